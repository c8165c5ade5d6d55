"""Tables of counts with the years on one side and the months on the other, either way round."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from domain.taiwan import roc_date
from extractors.readers.ink import Ink, Sheet

Words = Callable[[Ink, Sheet], list[Ink]]
"""The words of a stretch, each with its ink."""

_MONTH = re.compile(r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月份?")
_YEAR = re.compile(r"(?:中華)?(?:民國)?((?:19|20)?[0-9]{2,3})(?:年度?)?")
_OFF = 0.03
"""How far the middles of a count and of its column's head may lie apart, as a fraction of the page."""


def month_of(text: str) -> int | None:
    """The month that a head says: 1月, 十二月份."""
    if not _MONTH.fullmatch(text):
        return None
    found = roc_date.parse_month(f"100年{text.rstrip('份')}")
    return int(found[5:]) if found else None


def year_of(text: str) -> int | None:
    """The year that a head says: 113年, 113年度, 民國113年, 2024年, 113."""
    m = _YEAR.fullmatch(text)
    year = int(m[1]) if m else 0
    if 1950 <= year <= 2100:
        return year
    return year + 1911 if 39 <= year <= 189 and m and (year >= 80 or not m[0].isdigit()) else None


def counts(sheet: Sheet, words: Words, number: Callable[[str], bool]) -> list[tuple[str, Ink]]:
    """Each count of a table of years and months (YYYY-MM, its ink): years down the side and months across, or the other way round."""
    tokens = [t for i in sheet.inks for t in words(i, sheet)]
    months, years = ([t for t in tokens if of(t.text)] for of in (month_of, year_of))
    return _grid(sheet, months, years, words, number) or _grid(sheet, years, months, words, number)


def _grid(sheet: Sheet, across: list[Ink], down: list[Ink], words: Words, number: Callable[[str], bool]) -> list[tuple[str, Ink]]:
    """The counts under ``across`` in the rows of ``down``: of the heads across, those of the one row that has most of them."""
    rows = [[h for h in across if h.box.same_row(first.box)] for first in across]
    heads = max(rows, key=len, default=[])
    if len({h.text for h in heads}) < 2 or len(heads) != len({h.text for h in heads}):
        return []
    out = []
    for side in down:
        if side.box.centre[0] >= min(h.box.left for h in heads) or side.box.top < heads[0].box.bottom - 0.3 * heads[0].height:
            continue
        right = [t for i in sheet.row(side.box) for p in parted(i, heads) for t in words(p, sheet) if t.box.left > side.box.right]
        for count in (t for t in right if number(t.text)):
            head = min(heads, key=lambda h: abs(h.box.centre[0] - count.box.centre[0]))
            year, month = year_of(side.text) or year_of(head.text), month_of(head.text) or month_of(side.text)
            if abs(head.box.centre[0] - count.box.centre[0]) < _OFF and year and month:
                out.append((f"{year:04d}-{month:02d}", count))
    return out


def parted(ink: Ink, heads: Sequence[Ink]) -> list[Ink]:
    """A stretch of figures that the engine ran together over several columns, cut where another column's head is the nearest."""
    if not re.fullmatch(r"[0-9][0-9.,·\- —]{3,}", ink.text):
        return [ink]
    homes = [min(range(len(heads)), key=lambda h: abs(heads[h].box.centre[0] - b.centre[0])) for b in ink.boxes]
    cuts = [0, *(k for k in range(1, len(homes)) if homes[k] != homes[k - 1]), len(homes)]
    spans = [(a, b) for a, b in zip(cuts, cuts[1:], strict=False) if re.search("[0-9]", ink.text[a:b])]
    if len(spans) < 2:
        return [ink]
    out = []
    for a, b in spans:
        figures = [k for k in range(a, b) if ink.text[k].isdigit()]
        out.append(ink.part(figures[0], figures[-1] + 1))
    return out


def years_of(months: Sequence[tuple[Ink, int]], years: Sequence[tuple[Ink, int]]) -> list[tuple[Ink, int, int]]:
    """Each month of a column with its year out of the column beside it (ink, month, year). A year may stand in the first row of its months
    or, in a cell that takes in all of them, at their middle: the months begin anew with each year. Where that does not come out, a year
    holds for what stands under it."""
    rows, said = (sorted(found, key=lambda r: r[0].box.centre[1]) for found in (months, years))
    steps = [b - a for (_, a), (_, b) in pairwise(rows)]
    falls = said[0][1] > said[-1][1] if len(said) > 1 else sum(s < 0 for s in steps) > sum(s > 0 for s in steps)
    cuts = [0, *(k + 1 for k, s in enumerate(steps) if s == 0 or (s > 0) == falls), len(rows)]
    blocks = [rows[a:b] for a, b in pairwise(cuts) if a < b]
    spans = [(b[0][0].box.top, b[-1][0].box.bottom) for b in blocks]
    named = [{y for i, y in said if top - 0.5 * i.height < i.box.centre[1] < foot + 0.5 * i.height} for top, foot in spans]
    step = -1 if falls else 1
    if blocks and all(len(n) == 1 for n in named) and all(b == a + step for a, b in pairwise(next(iter(n)) for n in named)):
        return [(ink, month, year) for block, (year,) in zip(blocks, named, strict=True) for ink, month in block]
    out = []
    for ink, month in rows:
        above = [y for i, y in said if i.box.centre[1] < ink.box.bottom]
        if above:
            out.append((ink, month, above[-1]))
    return out
