"""Papers that list several months, in rows or in columns: the latest month by its value and the figures beside it are wanted, whatever the
order; a figure of another month never passes by the label at the head of its column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from domain.document import OCR, Box
from domain.taiwan import roc_date
from extractors.kind import Check, Draft, Reader, Sketch
from extractors.kinds._months import MONTH, consecutive
from extractors.kinds._torn import mended_month
from extractors.readers.ink import Ink, Paper, Sheet
from extractors.readers.values import Parser

_FIGURE = re.compile(r"\*{0,4}(?:NT)?\$?[0-9][0-9,.]*[人名元]?\*?")
_SPOILT = re.compile(r"[0-9]{2,3}(?:年[^日]{1,4}|[./\-][^日./\-,]{1,3}月?)")
"""What may be a month of a list, of which a sign is lost or misread."""

_STAMPED = re.compile(r"([0-9]{2,3}年[0-9]{1,2}月)[^份底末日:：,，、至~()（）-][\u4e00-\u9fff]?")
"""A month into which a stamp's signs ran."""

_COMPACT = re.compile("[0-9]{5,6}")
_DAY_OR_MONTH = re.compile(r"年月|月份|[月期]別|日期?$|期[間限]|年度")
_OF_PREMIUM = re.compile("計費|費用|保費|保險費|所屬|投保|計算")
_OF_MONTH = re.compile(r"年月|月份|[月期]別|期間|^月$|年度")
_OF_PAYMENT = re.compile("繳|入帳|收|扣|開單|限|寬|印|製|日")

GAP = 5
"""How far, in their height, two rows of one list lie apart at most."""


@dataclass(frozen=True)
class Listing:
    """``months`` are the spots of the months (None where one cannot be read) in reading order; ``across``: they stand in one row, each at
    the head of its column. ``sure`` False: which of them is the latest, or of what they are the months, is not certain."""

    sheet: Sheet
    months: tuple[tuple[str | None, Ink], ...]
    across: bool
    sure: bool
    figures: tuple[Ink, ...]

    @property
    def latest(self) -> str:
        return max(month for month, _ in self.months if month)

    def home(self, ink: Ink) -> int | None:
        """Which of the months the ink stands beside (or under); None where it is no part of the list."""
        if ink.page != self.sheet.number:
            return None
        if self.across:
            return self._above(ink.boxes[0] if len(ink.boxes) < 2 else ink.box)
        near = [k for k, (_, at) in enumerate(self.months) if at.box.same_row(ink.boxes[0]) and at.box.left <= ink.boxes[0].right]
        return max(near, key=lambda k: self.months[k][1].box.left, default=None)

    def _above(self, box: Box) -> int | None:
        middles = [at.box.centre[0] for _, at in self.months]
        step = min(b - a for a, b in zip(middles, middles[1:], strict=False))
        k = min(range(len(middles)), key=lambda k: abs(middles[k] - box.centre[0]))
        return k if box.top >= self.months[k][1].box.top - 0.01 and abs(middles[k] - box.centre[0]) < 0.5 * step else None

    def of_latest(self) -> list[int]:
        return [k for k, (month, _) in enumerate(self.months) if month == self.latest]

    def beside(self, k: int) -> list[Ink]:
        """The figures of one month, in reading order."""
        return [i for i in self.figures if self.home(i) == k]

    def counterpart(self, ink: Ink) -> Ink | None:
        """The figure of the latest month that stands where the ink does beside its own month; None where that is not certain."""
        home, (to, *more) = self.home(ink), self.of_latest()
        if home is None or more:
            return None
        if self.across:
            level = [i for i in self.beside(to) if i.box.same_row(ink.boxes[0])]
            return level[0] if len(level) == 1 else None
        own, there = self.beside(home), self.beside(to)
        start = self.months[to][1].box.left - self.months[home][1].box.left
        near = [i for i in there if min(abs(i.box.left - ink.box.left - start), abs(i.box.right - ink.box.right - start),
                                        abs(i.box.centre[0] - ink.box.centre[0] - start)) < 0.8 * ink.height]
        if len(near) != 1:
            return None
        nth = next((n for n, i in enumerate(own) if i.box.overlap(ink.box) > 0), None)
        return near[0] if len(own) != len(there) or nth is None or there[nth] is near[0] else None


def of_latest(reader: Reader, parse: Parser) -> Reader:
    """The drafts of a reader; one that stands beside another month of a list than the latest is that of the latest. Where the two cannot be
    paired, the draft has no value."""

    def read(paper: Paper) -> Sequence[Draft]:
        drafts, found = reader(paper), listing(paper)
        return [_moved(found, d, parse) for d in drafts] if found else drafts

    return read


def _moved(found: Listing, draft: Draft, parse: Parser) -> Draft:
    home, latest = found.home(draft.ink), found.of_latest()
    if home is None or home in latest:
        return draft
    if found.months[home][1].box.overlap(draft.ink.box) > 0:
        month, at = found.months[latest[0]]
        return replace(draft, value=month, ink=at)
    ink = found.counterpart(draft.ink)
    value = parse(ink) if ink else None
    if ink is None or value is None:
        return replace(draft, value=None)
    return replace(draft, value=value.value, ink=ink.part(value.start, value.end))


def latest_only(month: str, *others: str) -> Check:
    """A check that a paper that lists months gives the latest of them and the figures beside it."""

    def check(sketch: Sketch) -> None:
        found = listing(sketch.paper)
        said = sketch.text(month)
        if found is None:
            return
        spots = {n: next((d.ink for d in sketch.drafts.get(n, ()) if d.value is not None), None) for n in (month, *others)}
        inside = [n for n, ink in spots.items() if ink is not None and found.home(ink) is not None]
        later = said is not None and said > found.latest
        if not found.sure and (inside or not later):
            sketch.doubt("本單列有數個月份，無法確定最近一個月是哪一列，請核對", month, *others)
        if later:
            if wrong := [n for n in inside if n != month]:
                sketch.doubt("這個數字在其他月份的列上，請核對", *wrong)
            return
        if said != found.latest:
            sketch.doubt("本單列有數個月份，這不是其中最近的一個，請核對", month, *others)
        digits = {re.sub("[^0-9]", "", i.text) for k in found.of_latest() for i in found.beside(k)}
        for name in others:
            value = sketch.number(name)
            if value is not None and str(value) not in digits:
                sketch.doubt("本單列有數個月份，這不是最近一個月那一列的數字，請核對", name)

    return check


@lru_cache(maxsize=2)
def listing(paper: Paper) -> Listing | None:
    """The list of months on a paper; None where it tells of one month only."""
    return next((found for sheet in paper.sheets if (found := _down(sheet) or _across(sheet))), None)


def _words(sheet: Sheet) -> list[Ink]:
    words = [mended_month(ink.part(m.start(), m.end())) for ink in sheet.inks for m in re.finditer("[^ ]+", ink.text)]
    return [i.part(0, m.end(1)) if (m := _STAMPED.fullmatch(i.text)) else i for i in words]


def _month(ink: Ink) -> str | None:
    text = ink.text.strip("()（）")
    return roc_date.parse_month(text) if MONTH.fullmatch(text) else None


def _spots(sheet: Sheet) -> tuple[list[tuple[str | None, Ink]], list[Ink]]:
    """What are or may be months, and the other figures."""
    words = _words(sheet)
    spots = [(_month(i), i) for i in words if _month(i) or _SPOILT.fullmatch(i.text) and not _FIGURE.fullmatch(i.text)]
    taken = {id(i) for _, i in spots}
    return spots, [i for i in words if id(i) not in taken and _FIGURE.fullmatch(i.text)]


def _down(sheet: Sheet) -> Listing | None:
    """Months under one another, each with figures behind it."""
    spots, figures = _spots(sheet)
    columns = [c for c in _columns(spots) if len({m for m, _ in c if m}) > 1 and _is_list(sheet, c, figures)]
    if not columns:
        return None
    rank = {id(c): _rank(sheet, c) for c in columns}
    best = [c for c in columns if rank[id(c)] == max(rank.values())]
    if max(rank.values()) < 0 or (max(rank.values()) == 0 and all(_COMPACT.fullmatch(i.text) for _, i in best[0])):
        return None
    apart = all(any(a[-1][1].box.right < i.box.left < b[0][1].box.left for i in figures if _level(i, a))
                for a, b in zip(best, best[1:], strict=False))
    months = [m for c in best for m in c]
    values = [m for m, _ in months if m]
    ordered = values in (sorted(set(values)), sorted(set(values), reverse=True))
    whole = None not in (m for m, _ in months) and ordered and apart
    ocr = any(i.source == OCR for _, i in months)
    follow = sorted(values) == consecutive(min(values), len(values))
    kept = {id(i) for c in columns for _, i in c}
    return Listing(sheet, tuple(months), False, whole and (follow or not ocr),
                   tuple(i for i in figures if id(i) not in kept))


def _level(ink: Ink, column: Sequence[tuple[str | None, Ink]]) -> bool:
    return any(ink.box.same_row(at.box) for _, at in column)


def _columns(spots: Sequence[tuple[str | None, Ink]]) -> list[list[tuple[str | None, Ink]]]:
    """Spots that stand under one another in rows of one list, columns from the left."""
    out: list[list[tuple[str | None, Ink]]] = []
    for month, ink in sorted(spots, key=lambda s: s[1].box.top):
        for column in out:
            last = column[-1][1]
            if last.box.same_column(ink.box, 0.7) and 0 < ink.box.centre[1] - last.box.centre[1] < GAP * last.height:
                column.append((month, ink))
                break
        else:
            out.append([(month, ink)])
    return sorted((c for c in out if len(c) > 1), key=lambda c: c[0][1].box.left)


def _is_list(sheet: Sheet, column: Sequence[tuple[str | None, Ink]], figures: Sequence[Ink]) -> bool:
    """Whether figures stand behind two months or more and no label before any: else it is a form that asks for several months."""
    behind = 0
    for _, at in column:
        row = sheet.row(at.box)
        before = [i for i in row if i.box.right <= at.box.left + 0.2 * at.em]
        if before and _DAY_OR_MONTH.search(before[-1].text.rstrip(" :：")):
            return False
        behind += any(i.box.left > at.box.right and i.box.same_row(at.box) for i in figures)
    return behind > 1


def _rank(sheet: Sheet, column: Sequence[tuple[str | None, Ink]]) -> int:
    """How surely the head over a column says that its months are those that the premiums are of; below 0: that they are others."""
    top = column[0][1]
    over = [i for i in sheet.inks if i.box.bottom <= top.box.centre[1] and i.box.same_column(top.box, 0.3)
            and top.box.top - i.box.bottom < GAP * top.height]
    head = max(over, key=lambda i: i.box.bottom).text if over else ""
    if _OF_PREMIUM.search(head):
        return 2
    if _OF_PAYMENT.search(head):
        return -1
    return 1 if _OF_MONTH.search(head) else 0


def _across(sheet: Sheet) -> Listing | None:
    """Months beside one another with nothing between, each over figures."""
    spots, figures = _spots(sheet)
    for _, first in spots:
        row = [(m, i) for m, i in sorted(spots, key=lambda s: s[1].box.left) if i.box.same_row(first.box)]
        if len({m for m, _ in row if m}) < 2 or any(m is None for m, _ in row):
            continue
        between = [i for i in sheet.row(first.box) if row[0][1].box.right <= i.box.centre[0] <= row[-1][1].box.left
                   and not any(i.box.overlap(at.box) > 0 for _, at in row)]
        if between:
            continue
        found = Listing(sheet, tuple(row), True, True, tuple(figures))
        under = [{found.home(i) for i in figures if i.box.same_row(base.box) and i.box.top > first.box.centre[1]} for base in figures]
        if any(len(homes - {None}) == len(row) for homes in under):
            values = [m for m, _ in row if m]
            return replace(found, sure=values in (sorted(set(values)), sorted(set(values), reverse=True)))
    return None
