"""Rosters: the rows that hold a person, the months that they are of, and the totals printed above or below them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from domain.taiwan import roc_date
from extractors.kinds._months import EARLIEST, MONTH
from extractors.readers.ink import Ink, Paper, Sheet
from extractors.readers.labels import hits
from extractors.readers.places import column
from extractors.readers.values import month as month_in

MONTH_LABELS = ("計費年月", "費用年月", "投保年月", "資料年月", "名冊年月", "保險費年月", "計算年月", "計費月份", "所屬年月",
                "名冊月份", "投保月份", "資料月份", "費用月份", "保費月份", "保費年月", "所屬月份", "適用年月", "查詢年月", "查詢月份",
                "年月份", "年月")
NATIONAL = re.compile(r"(?<![A-Z])[A-Z][A-D0-9][0-9*＊xX]{8}")
_NUMBER = re.compile(r"[A-Z][A-D0-9:*＊xX○]{7,9}|[A-Z]{1,2}[0-9]{6,8}|[0-9A-Z][0-9:A-D]{1,4}[*＊xX○]{2,7}[0-9?]{0,5}")
_BORN = re.compile(r"(?:民國)?0?[0-9]{2,3}[./:年\-]?[0-9*＊]{2}[./:月\-]?[0-9*＊]{2}日?|(?:19|20)[0-9]{2}[./\-][0-9]{1,2}[./\-][0-9]{1,2}")
_WAGE = re.compile(r"[1-9][0-9]{1,2}[.,:][0-9]{3}元?|[1-9][0-9]{4}")
_NO_PERSON = re.compile(r"合計|總計|小計|共計|保險證號|年月[:：]|日期[:：]?|單位名稱|電話|頁次|第.{0,3}頁")


@dataclass(frozen=True)
class Person:
    """The row of one person: its inks from left to right, the number that leads it, the month that it says it is of."""

    inks: tuple[Ink, ...]
    serial: int | None
    month: str | None

    @property
    def number(self) -> str | None:
        """The 身分證字號 or 居留證號, where it reads as one."""
        return next((m[0] for i in self.inks if (m := NATIONAL.search(i.text))), None)


def goes_on(last: Sheet, sheet: Sheet) -> bool:
    """Whether the serial numbers of the persons on a page begin right after those of the page before it."""
    before, after = ([p.serial for p in _people(s) if p.serial is not None] for s in (last, sheet))
    return bool(before and after) and min(after) == max(before) + 1


@lru_cache(maxsize=2)
def people(paper: Paper) -> list[Person]:
    """Every person's row, all pages; where rows tell months, those of the latest month."""
    found = [p for sheet in paper.sheets for p in _people(sheet)]
    months = {p.month for p in found if p.month}
    latest = max(months, default="")
    return [p for p in found if p.month == latest] if len(months) > 1 else found


def _people(sheet: Sheet) -> Iterator[Person]:
    done: set[int] = set()
    heads = column(sheet, MONTH_LABELS)
    months = {id(i) for i in heads.inks} if heads else set()
    numbers = column(sheet, ("序號", "編號", "項次"))
    serials = {id(i) for i in numbers.inks} if numbers else set()
    blocks = _blocks(sheet)
    before: Person | None = None
    for ink in sheet.inks:
        if id(ink) in done:
            continue
        whole = sheet.row(ink.box)
        done |= {id(i) for i in whole}
        for person in (p for row in _side_by_side(whole, blocks) if (p := _person(row, months, serials))):
            if before is None or not _second_line(before, person):
                yield person
                before = person


def _second_line(before: Person, person: Person) -> bool:
    """Whether a row goes on with the person of the row above: that one has the personal number and no day of birth, this one the other way
    round, and no serial number of its own."""
    born = [any(_BORN.fullmatch(w) for i in p.inks for w in i.text.split()) for p in (before, person)]
    return bool(before.number) and not person.number and born == [False, True] and _numbered(before) >= _numbered(person)


def _numbered(person: Person) -> bool:
    """Whether a short number leads the row."""
    return person.serial is not None


def _person(row: Sequence[Ink], months: Container[int], serials: Container[int]) -> Person | None:
    if not _is_person(row):
        return None
    said = next((roc_date.parse_month(i.text) for i in row if id(i) in months and MONTH.fullmatch(i.text)), None)
    lead = next((i for i in row if id(i) in serials), row[0])
    serial = int(lead.text) if re.fullmatch(r"[0-9]{1,4}", lead.text) else None
    return Person(tuple(row), serial, said)


def _blocks(sheet: Sheet) -> int:
    """How many lists of persons stand side by side on a sheet: as many as heads of names, or of personal numbers, in one row."""
    return max((sum(bool(re.fullmatch(word, i.text)) for i in sheet.row(ink.box)) for word in _HEADS for ink in sheet.inks
                if re.fullmatch(word, ink.text)), default=1)


_HEADS = ("(?:被保險人)?姓名", "(?:國民)?身分證(?:統一編|字|編)?號碼?")


def _side_by_side(row: list[Ink], blocks: int) -> list[list[Ink]]:
    """The parts of a row that tell one person each, where lists stand side by side: each begins with its serial number, or with what
    stands right before the personal number."""
    spots = [k for k, i in enumerate(row) if NATIONAL.search(i.text) or _NUMBER.fullmatch(i.text)]
    if blocks < 2 or not 1 < len(spots) <= blocks:
        return [row]
    starts = [0]
    for a, b in zip(spots, spots[1:], strict=False):
        starts.append(next((k for k in range(b - 1, a, -1) if re.fullmatch("[0-9]{1,4}", row[k].text)), max(a + 1, b - 1)))
    return [row[a:b] for a, b in zip(starts, [*starts[1:], len(row)], strict=True)]


def _is_person(row: Sequence[Ink]) -> bool:
    """Whether a row has a personal number, or a day of birth and a wage."""
    if any(_NO_PERSON.search(i.text) for i in row):
        return False
    words = [w for i in row for w in (*i.text.split(), *re.split("[ :]", i.text))]
    if any(_NUMBER.fullmatch(w) for w in words) or any(NATIONAL.search(i.text) for i in row):
        return True
    return any(map(_BORN.fullmatch, words)) and any(map(_WAGE.fullmatch, words))


@lru_cache(maxsize=2)
def serials(paper: Paper) -> list[Ink]:
    """The numbers in the column of serial numbers, all pages."""
    return [i for s in paper.sheets if (under := column(s, ("序號", "編號", "項次"))) for i in under.inks if re.fullmatch(r"[0-9]{1,4}",
            i.text)]


@dataclass(frozen=True)
class Section:
    """A part of the paper that is of one month: from its label down to the next one's."""

    month: str
    at: Ink
    sheets: tuple[tuple[Sheet, float, float], ...]


@lru_cache(maxsize=2)
def sections(paper: Paper) -> list[Section]:
    """The parts of the paper by month, in printed order; a page that repeats its head goes on with the part before."""
    for label in MONTH_LABELS:  # months under two different labels are not two parts: one of them is of something else
        marks: list[tuple[int, Ink, str]] = []
        for k, sheet in enumerate(paper.sheets):
            for hit in hits(sheet, label):
                if hit.after is not None and (found := month_in(hit.after)) and isinstance(found.value, str) and found.value >= EARLIEST:
                    rest = hit.after.text[found.end:]
                    if not re.match(r"\s*(?:至|~|～|-)", rest):
                        marks.append((k, hit.after.part(found.start, found.end), found.value))
        if marks:
            break
    marks.sort(key=lambda m: (m[0], m[1].box.top))
    out: list[Section] = []
    for i, (k, at, month) in enumerate(marks):
        later = marks[i + 1] if i + 1 < len(marks) else None
        last = later[0] if later else len(paper.sheets) - 1
        spans = tuple((paper.sheets[n], at.box.top if n == k else 0.0, later[1].box.top if later and n == later[0] else 1.0)
                      for n in range(k, last + 1))
        if out and out[-1].month == month:
            out[-1] = Section(month, out[-1].at, out[-1].sheets + spans)
        else:
            out.append(Section(month, at, spans))
    return out
