"""Amounts whose figures stand one under each printed unit (拾 億 仟 佰 拾 萬 仟 佰 拾 元)."""

from __future__ import annotations

import re
from statistics import median

from extractors.kind import Draft, Reader
from extractors.readers.ink import Ink, Paper, Sheet
from extractors.readers.labels import Hit, hits
from extractors.readers.values import digits_amount

_UNITS = re.compile(r"[拾十億仟千佰百萬]{4,12}元?")
APART, OFF = 1.6, 0.8
"""How many places two figures may lie apart that stand in neighbouring ones, and how far the last may lie from the last unit."""


def under_units(*labels: str) -> Reader:
    """The amount in the row of one of the labels; none where a figure is missing among the others or at their end."""

    def read(paper: Paper) -> list[Draft]:
        for label in labels:
            for sheet in paper.sheets:
                for hit in hits(sheet, label):
                    if (head := _head(hit)) and (figures := _figures(sheet, head)):
                        return [Draft(int(figures.text.replace(" ", "")), figures, digits_amount, labelled=not hit.slips)]
        return []

    return read


def _head(hit: Hit) -> Ink | None:
    """The units right of a label, in its row or half a row above or below it."""
    near = [i for i in hit.sheet.inks if i.box.left > hit.box.right - 0.01 and _UNITS.fullmatch("".join(i.text.split()))
            and abs(i.box.centre[1] - hit.box.centre[1]) < 2 * hit.box.height]
    return min(near, key=lambda i: abs(i.box.centre[1] - hit.box.centre[1]), default=None)


def _figures(sheet: Sheet, head: Ink) -> Ink | None:
    """The figures under the units, as one."""
    units = [b.centre[0] for c, b in zip(head.text, head.boxes, strict=True) if c != " "]
    pitch = median(b - a for a, b in zip(units, units[1:], strict=False))
    under = [i for i in sheet.inks if re.fullmatch("[0-9 ]+", i.text) and head.box.bottom - 0.3 * head.height < i.box.centre[1]
             < head.box.bottom + 2.5 * head.height and units[0] - pitch < i.box.centre[0] < units[-1] + pitch]
    if not under:
        return None
    level = min(under, key=lambda i: i.box.top)
    row = sorted((i for i in under if i.box.same_row(level.box)), key=lambda i: i.box.left)
    spots = [b.centre[0] for i in row for c, b in zip(i.text, i.boxes, strict=True) if c != " "]
    close = all(b - a < APART * pitch for a, b in zip(spots, spots[1:], strict=False))
    return Ink.joined(row) if close and abs(spots[-1] - units[-1]) < OFF * pitch else None
