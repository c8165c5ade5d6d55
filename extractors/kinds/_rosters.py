"""Rosters that a firm's own program prints: headed by the firm's name and the month, not by an office's title."""

from __future__ import annotations

import re

from domain.document import Document
from extractors.kind import Draft
from extractors.kinds._persons import people
from extractors.readers.ink import Ink, Paper, Sheet
from extractors.readers.names import entity, has_suffix

_HEADING = re.compile(r"(?:投保|加保|在保|納保|勞保|勞工保險|被保險人)(?:人員|員工|被保險人|單位)*(?:名冊|清冊|名單|一覽表)"
                      r"(?:[(（][^()（）]*[)）]?)?$")
_MONTH = re.compile(r"(?:民國)?[0-9]{2,4}[年./][0-9]{1,2}(?:月份?)?度?$")
_UNIT = re.compile(r"證號?[:：]?[0-9]{8}[-－]?[A-Z]")
HEAD = 0.25
"""The share of the page in which a heading stands."""

LIKE_A_TITLE = 5.0


def _headings(sheet: Sheet) -> list[tuple[Ink, int]]:
    """The stretches that are such a heading, and where in each it begins, the month before it included."""
    out = []
    for ink in sheet.inks:
        if ink.box.bottom < HEAD and (m := _HEADING.search(ink.text)):
            month = _MONTH.search(ink.text[:m.start()])
            out.append((ink, month.start() if month else m.start()))
    return out


def listed(sheet: Sheet) -> float:
    """How much a heading of a list of insured persons, with the unit's number and rows of persons, says for a roster."""
    text = "".join(sheet.text.split())
    if not _UNIT.search(text) or not _headings(sheet):
        return 0.0
    rows = people(Paper(Document((sheet.page,), sheet.region), (sheet,)))
    return LIKE_A_TITLE if rows and "姓名" in text else 0.0


def before_heading(paper: Paper) -> list[Draft]:
    """The firm's name before the heading, in its stretch or right left of it in its row."""
    for ink, start in _headings(paper.first):
        left = [i for i in paper.first.row(ink.box) if i.box.right <= ink.box.left + 0.002]
        for spot in (*((ink.part(0, start),) if ink.text[:start].strip() else ()), *left[-1:]):
            if (found := entity(spot)) and has_suffix(str(found.value)) and re.fullmatch("[\u4e00-\u9fff]{3,24}", str(found.value)):
                return [Draft(found.value, spot.part(found.start, found.end), entity, firm=False)]
    return []
