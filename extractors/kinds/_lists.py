"""Whether a list of codes has lost one in its middle: by the numbers of its lines, by ink among them that nobody could read, by an
empty place where a line should be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.kind import Draft
from extractors.readers.ink import Ink, Paper, Sheet

_NUMBER = re.compile(r"[(（]?0{0,2}([1-9][0-9]?)(?:[.、．)）,，]|$)")
ILLEGIBLE = 0.6
"""The engine's score of a stretch below which it is ink that nobody could read."""

WIDE = 1.7
"""How many usual steps from line to line are one too many."""


def gap_in(paper: Paper, parts: Sequence[Draft]) -> str | None:
    """A sentence for a person where a list of codes seems to lack one; None where nothing says so."""
    for sheet in paper.sheets:
        mine = sorted((p.ink for p in parts if p.ink.page == sheet.number), key=lambda i: i.box.top)
        numbers = [n for p in parts if p.ink.page == sheet.number and (n := _number(sheet, p.ink)) is not None]
        if len(numbers) > 1 and len(numbers) == len(mine) and any(b != a + 1 for a, b in pairwise(numbers)):
            return f"營業項目的項次不連續（{'、'.join(map(str, numbers))}），可能漏讀"
        if numbers and len(numbers) == len(mine) and min(numbers) > 1 and mine[0].page == parts[0].ink.page:
            return f"營業項目的項次從 {min(numbers)} 開始，可能漏讀前面的項目"
        if any(_hides(sheet, a, b) for a, b in pairwise(mine)):
            return "營業項目之間有看不清楚的字，可能漏讀一項"
        steps = [b.box.top - a.box.top for a, b in pairwise(mine) if b.box.top - a.box.top > 0.5 * a.height]
        usual = min(steps, default=0.0)
        for a, b in pairwise(mine):
            if len(steps) > 1 and b.box.top - a.box.top > WIDE * usual and not _between(sheet, a, b):
                return "營業項目之間空了一行，可能漏讀一項"
    return None


def _number(sheet: Sheet, code: Ink) -> int | None:
    """The number of a code's line, right before it in its own stretch or in the one to its left."""
    for ink in sheet.row(code.box):
        if ink.box.right <= code.box.left + 0.3 * code.em:
            m = _NUMBER.fullmatch(ink.text.strip())
        elif ink.box.overlap(code.box) > 0:
            m = _NUMBER.match(ink.text)
        else:
            continue
        if m:
            return int(m[1])
    return None


def _between(sheet: Sheet, a: Ink, b: Ink) -> list[Ink]:
    """The ink of lines that lie wholly between those of two codes, beginning no further right than their names may."""
    return [i for i in sheet.inks if a.box.bottom - 0.3 * a.height < i.box.centre[1] < b.box.top + 0.3 * b.height
            and a.box.left - 0.05 < i.box.left < a.box.right + 0.25]


def _hides(sheet: Sheet, a: Ink, b: Ink) -> bool:
    """Whether a line between two codes holds ink that could not be read."""
    return any(i.confidence < ILLEGIBLE for i in _between(sheet, a, b))
