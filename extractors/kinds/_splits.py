"""Counts of persons that a table parts by sex or by nationality beside their sum (男 女 合計): the sum is wanted, never a part."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from extractors.readers.ink import Ink, Sheet

_PART = re.compile(r"男|女|本國|外國|外籍|本籍|國人|移工|一般|全時|部分工時|身心障礙|原住民|正式|兼職|約聘|臨時")
_INSURANCE = re.compile(r"就保|就業|職災|職保|災保|健保|勞退|提繳|勞保|勞工保險|眷|加保|退保|月初|期初|上月")
_FIGURES = re.compile("[^0-9]")
ENOUGH = 0.8
"""The share of the rows in which the parts must make the sum: in the others a figure is lost or misread."""

HIGH = 8
"""How far, in its height, the head of a column stands above the first figure at the most."""

LONGEST = 16
"""No head of a column has more signs."""


@dataclass(frozen=True)
class Split:
    """Of ``width`` figures in a row that at ``total`` is the sum of the two at ``parts``; its column ends at ``right``."""

    width: int
    total: int
    parts: tuple[int, int]
    right: float

    def pick(self, numbers: Sequence[Ink]) -> tuple[Ink | None, bool]:
        """The sum among the figures of one row, and whether its parts make it."""
        if len(numbers) == self.width:
            a, b, c = (number(numbers[k]) for k in (*self.parts, self.total))
            return numbers[self.total], a + b == c
        near = [i for i in numbers if abs(i.box.right - self.right) < i.em or abs(i.box.right - self.right) < 0.5 * i.height]
        return (near[0] if len(near) == 1 else None), False


def number(ink: Ink) -> int:
    return int(_FIGURES.sub("", ink.text) or 0)


def split_of(sheet: Sheet, rows: Sequence[Sequence[Ink]]) -> Split | None:
    """How the rows' figures are parted; None where no two of them make a third beside them, where several do, or where the heads say that
    they count something else than parts of all."""
    width = max((len(r) for r in rows), key=[len(r) for r in rows].count, default=0)
    full = [r for r in rows if len(r) == width]
    if width < 3 or len(full) < 3:
        return None
    found = []
    for total in range(width):
        for parts in ((total - 2, total - 1), (total + 1, total + 2)):
            if not 0 <= parts[0] < parts[1] < width:
                continue
            figures = [tuple(number(r[k]) for k in (*parts, total)) for r in full]
            made = [(a, b) for a, b, c in figures if a + b == c]
            if len(made) >= ENOUGH * len(full) and sum(a > 0 < b for a, b in made) * 2 > len(full):
                found.append(Split(width, total, parts, median(r[total].box.right for r in full)))
    heads = {f: {head_of(sheet, full[0][k]) for k in f.parts} for f in found}
    named = [f for f in found if all(_PART.search(h) for h in heads[f])]
    if len(named or found) != 1:
        return None
    best = (named or found)[0]
    of_others = len(heads[best] - {""}) > 1 and any(_INSURANCE.search(h) and not _PART.search(h) for h in heads[best])
    return None if of_others else best


Counts = Callable[[Ink], Sequence[Ink]]


def parted(sheet: Sheet, rows: Sequence[tuple[Ink, Ink | None]], words: Counts) -> list[tuple[Ink | None, bool | None]]:
    """For the month and the chosen count of each row the count of everybody and whether a person must look; None where what is known of
    the row stands. ``words``: the counts of a stretch."""
    lists = [_behind(sheet, at, [a for a, _ in rows], words) for at, _ in rows]
    if split := split_of(sheet, lists):
        picked = [split.pick(figures) for figures in lists]
        return [(ink, not told) if ink else (chosen, True) for (ink, told), (_, chosen) in zip(picked, rows, strict=True)]
    first = min((i for figures in lists for i in figures), key=lambda i: i.box.top, default=None)
    return [(chosen, True if first and chosen and len(figures) > 1 and _is_part(head_of(sheet, chosen, first)) else None)
            for (_, chosen), figures in zip(rows, lists, strict=True)]


def _behind(sheet: Sheet, at: Ink, ats: Sequence[Ink], words: Counts) -> list[Ink]:
    """The counts behind a month, up to the next month of its row."""
    row = sheet.row(at.box)
    end = min((a.box.left for a in ats if a.box.left > at.box.right and a.box.same_row(at.box)), default=1.0)
    return [w for i in row for w in words(i) if at.box.right <= w.box.centre[0] < end]


def _is_part(head: str) -> bool:
    """Whether the head of a column names some of the persons only; one that says that it includes them does not."""
    return _PART.search(head) is not None and not re.search("含|合計|總計|小計", head)


def head_of(sheet: Sheet, ink: Ink, first: Ink | None = None) -> str:
    """The words right over a column of figures, by one of them and the first of the table; empty where there are none."""
    top = first or ink
    over = [i for i in sheet.inks if i.box.bottom <= top.box.top + 0.3 * top.height and top.box.top - i.box.bottom < HIGH * top.height
            and _lies_over(sheet, i, ink) and not re.search("[0-9]", i.text) and len(i.text) <= LONGEST]
    return max(over, key=lambda i: i.box.bottom).text if over else ""


def _lies_over(sheet: Sheet, head: Ink, ink: Ink) -> bool:
    cell = sheet.cell_of(head.box)
    span = cell.box if cell else head.box.grown(head.em, 0)
    return span.left < ink.box.centre[0] < span.right
