"""What a clerk would notice about the papers of a case when they lie side by side: sentences, never values.

Nothing here settles anything; a notice says what to look at and what to do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.field import DocumentReading, Entry, FileReading
from domain.identity import Owner, folded, foreign, owner, sure

OTHER_FIRM, NEARLY, STALE, TWICE, INCOMPLETE = "other-firm", "nearly-same-name", "stale", "twice", "incomplete"
INSURANCE_MONTHS = 2
"""A headcount older than so many months before the day asked about is not 最近一期 any more: bills come about a month and a half after
their month ends. Ours, since no clause gives a measure."""
PRINTED_DAYS = 31
"""A print-out or certificate older than a month is to be asked for anew (簡章: 一個月內; configuration)."""
PRINTED = ("ins.printed_on", "reg.printed_on")


@dataclass(frozen=True)
class Notice:
    """``code`` is one of the constants of this module, ``files`` the names of the files concerned, ``message`` a sentence in 正體中文."""

    code: str
    message: str
    files: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "message": self.message, "files": list(self.files), "pages": list(self.pages)}


def notices(files: Sequence[FileReading], entries: Iterable[Entry] = (), day: date | None = None, account: str = "") -> tuple[Notice, ...]:
    """All that is to be noticed. ``day``: the day on which the papers are to be current; without it nothing is stale.
    ``account``: the number under which the applicant came."""
    applicant = owner(files, tuple(entries), account)
    out: list[Notice] = []
    for file in files:
        for paper in file.documents:
            out += [Notice(code, message, (file.file,), paper.pages) for code, message in _of_one(paper, applicant, day)]
    return (*out, *_twice(files))


def _of_one(paper: DocumentReading, applicant: Owner, day: date | None) -> Iterator[tuple[str, str]]:
    if why := foreign(paper, applicant):
        yield (NEARLY if _one_off(paper, applicant) else OTHER_FIRM), why
    for problem in paper.problems:
        if "頁" in problem and "補齊" in problem:
            yield INCOMPLETE, problem
    if day is None:
        return
    month = sure(paper, "hc.latest_month")
    if month and (behind := _months(str(month), day)) > INSURANCE_MONTHS:
        yield STALE, f"投保人數是{_roc(str(month))}的，距今 {behind} 個月，不是最近一期；請補最近一期的勞保資料。"
        return
    for field in PRINTED:
        printed = sure(paper, field)
        if printed and (old := (day - date.fromisoformat(str(printed))).days) > PRINTED_DAYS:
            yield STALE, f"這份文件是{_roc(str(printed))}列印的，已超過 {PRINTED_DAYS} 天（{old} 天）；請補近一個月內的。"


def _roc(day: str) -> str:
    """A day or a month as papers here print it.

    >>> _roc("2015-12"), _roc("2016-01-16")
    ('104年12月', '105年1月16日')
    """
    year, *rest = (int(v) for v in day.split("-"))
    return f"{year - 1911}年" + "".join(f"{n}{unit}" for n, unit in zip(rest, "月日", strict=False))


def _months(month: str, day: date) -> int:
    """Whole months from ``YYYY-MM`` to the month of ``day``."""
    year, number = (int(v) for v in month.split("-")[:2])
    return (day.year - year) * 12 + day.month - number


def _one_off(paper: DocumentReading, applicant: Owner) -> bool:
    """Whether the names differ in a single character: a misreading, or the very thing to find."""
    for field in ("org.name", "ins.unit_name"):
        name = sure(paper, field)
        if name and applicant.name:
            a, b = folded(str(name)), folded(applicant.name)
            return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1
    return False


def _twice(files: Sequence[FileReading]) -> Iterator[Notice]:
    """The same file handed in twice, and one invoice in two papers."""
    same: dict[str, list[str]] = defaultdict(list)
    numbers: dict[tuple[str, str], list[str]] = defaultdict(list)
    for file in files:
        same[file.sha256].append(file.file)
        for paper in file.documents:
            if number := sure(paper, "inv.number"):
                numbers[str(number), str(sure(paper, "inv.seller_uniform_no") or "")].append(file.file)
    for names in same.values():
        if len(names) > 1:
            yield Notice(TWICE, f"同一個檔案交了 {len(names)} 次：{'、'.join(names)}。", tuple(names))
    for (number, _), names in numbers.items():
        if len(names) > 1 and len({f.sha256 for f in files if f.file in names}) > 1:
            yield Notice(TWICE, f"發票 {number} 出現 {len(names)} 次，請確認是不是同一張。", tuple(names))
