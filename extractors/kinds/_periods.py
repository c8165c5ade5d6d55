"""Figures of two periods side by side (上期 beside 本期): which of them are those of the period that the paper is of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.kind import Draft, Reader
from extractors.readers.ink import Ink, Paper, Sheet
from extractors.readers.values import Parser

_HEAD = re.compile(r"(?:([上前][期月次]|前一期)|[本當][期月次])(?:[(（][^()（）]{2,14}[)）])?")
"""The head of a column of one period, with its month in brackets or without."""

_FIGURE = re.compile(r"(?:NT)?\$?[0-9][0-9,]*[人名元]?|[-－—–─無]{1,2}")
_RUN = re.compile("[0-9][0-9,]*")


def of_this_period(reader: Reader, parse: Parser) -> Reader:
    """The drafts of a reader; one that stands under the heads of several periods is that of the present one. Where figures cannot be told
    one column from the other, the draft has no value."""

    def read(paper: Paper) -> list[Draft]:
        return [_told(paper, draft, parse) for draft in reader(paper)]

    return read


def _told(paper: Paper, draft: Draft, parse: Parser) -> Draft:
    sheet = next(s for s in paper.sheets if s.number == draft.ink.page)
    heads = _heads_above(sheet, draft.ink)
    if not heads:
        return draft
    start = min(h.box.left - h.box.width for h, _ in heads)
    row = [part for i in sheet.row(draft.ink.boxes[0]) if i.box.right > start for part in _figures(i)]
    now = [past for _, past in heads].index(False)
    if len(row) != len(heads):  # a dash was lost: a figure alone is of the head that it stands nearest to
        nearest = min(heads, key=lambda h: abs(h[0].box.centre[0] - draft.ink.box.centre[0]))
        return draft if not nearest[1] and len(_RUN.findall(draft.ink.text)) < 2 else replace(draft, value=None)
    found = parse(row[now])
    if found is None:
        return replace(draft, value=None)
    return replace(draft, value=found.value, ink=row[now].part(found.start, found.end))


def _figures(ink: Ink) -> list[Ink]:
    """The stretch itself where it is one figure, its figures where it is several."""
    if _FIGURE.fullmatch("".join(ink.text.split())) and len(_RUN.findall(ink.text)) < 2:
        return [ink]
    words = [ink.part(*m.span()) for m in re.finditer(r"\S+", ink.text)]
    return [w for w in words if _FIGURE.fullmatch(w.text)] if len(words) > 1 else []


def _heads_above(sheet: Sheet, ink: Ink) -> Sequence[tuple[Ink, bool]]:
    """The heads of periods, one of them the present one, in the nearest row above the ink that has them; whether each is of the past."""
    found = [(i, m[1] is not None) for i in sheet.inks
             if i.box.bottom < ink.box.centre[1] and (m := _HEAD.fullmatch("".join(i.text.split())))]
    for base, _ in sorted(found, key=lambda h: -h[0].box.top):
        row = sorted(((i, past) for i, past in found if i.box.same_row(base.box)), key=lambda h: h[0].box.left)
        if len(row) > 1 and [past for _, past in row].count(False) == 1:
            return row if row[0][0].box.left - row[0][0].box.width < ink.boxes[0].centre[0] else []
    return []
