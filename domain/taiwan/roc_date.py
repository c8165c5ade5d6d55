"""Dates and months as Taiwan's papers print them; Republic of China years are Gregorian minus 1911.

>>> parse("中華民國113年9月19日"), parse("0860109"), parse("一百一十三年九月十九日"), parse("2024/9/19")
(datetime.date(2024, 9, 19), datetime.date(1997, 1, 9), datetime.date(2024, 9, 19), datetime.date(2024, 9, 19))
>>> parse_month("11508"), parse_month("113年03-04月"), in_full(date(2024, 9, 19))
('2026-08', '2024-03', '民國113年9月19日')
"""

from __future__ import annotations

import re
from datetime import date

from domain.taiwan.numerals import to_int

_NUM = r"[0-9零〇○一二三四五六七八九十百廿卅]{1,5}"
_WRITTEN = re.compile(rf"(?:中華民國|民國)?({_NUM})年({_NUM})月({_NUM})日?")
_POINTED = re.compile(r"(?<![0-9])([0-9]{2,4})[./\-－]([0-9]{1,2})[./\-－]([0-9]{1,2})(?![0-9])")
_SOLID = re.compile(r"(?<![0-9])([0-9]{6,8})(?![0-9])")
_MONTH = re.compile(rf"(?:中華民國|民國)?({_NUM})年({_NUM})(?:月?[、，,\-~－至]({_NUM}))?月")
_MONTH_POINTED = re.compile(r"(?<![0-9])([0-9]{2,4})[./\-－]([0-9]{1,2})(?![0-9./\-－])")
_MONTH_SOLID = re.compile(r"(?<![0-9])([0-9]{5})(?![0-9])")


def _year(value: int) -> int | None:
    """Gregorian year of a printed one: below 200 it is a Republic year."""
    if 1 <= value < 200:
        return value + 1911
    return value if 1912 <= value < 2200 else None


def _date(y: int | None, m: int | None, d: int | None) -> date | None:
    year = None if y is None else _year(y)
    if year is None or m is None or d is None:
        return None
    try:
        return date(year, m, d)
    except ValueError:
        return None


def _tidy(text: str) -> str:
    full = str.maketrans("０１２３４５６７８９／．－", "0123456789/.-")
    return "".join(text.translate(full).split())


def find(text: str) -> tuple[date, int, int] | None:
    """The first date in ``text`` with its start and end in the text *without blanks*; None where there is none."""
    body = _tidy(text)
    for m in _WRITTEN.finditer(body):
        if (when := _date(to_int(m[1]), to_int(m[2]), to_int(m[3]))) is not None:
            return when, m.start(), m.end()
    for m in _POINTED.finditer(body):
        if (when := _date(int(m[1]), int(m[2]), int(m[3]))) is not None:
            return when, m.start(), m.end()
    for m in _SOLID.finditer(body):
        s = m[1]
        if (when := _date(int(s[:-4]), int(s[-4:-2]), int(s[-2:]))) is not None:
            return when, m.start(), m.end()
    return None


def parse(text: str) -> date | None:
    """The first date that ``text`` prints, in any of the forms of DOCUMENTS.md 7.1; None where there is none."""
    hit = find(text)
    return None if hit is None else hit[0]


def parse_month(text: str) -> str | None:
    """The first year and month that ``text`` prints, as YYYY-MM; of a two-month period its first month."""
    body = _tidy(text)
    for m in _MONTH.finditer(body):
        y, mo = to_int(m[1]), to_int(m[2])
        if y is not None and mo is not None and (year := _year(y)) and 1 <= mo <= 12:
            return f"{year:04d}-{mo:02d}"
    for m in _MONTH_POINTED.finditer(body):
        if (year := _year(int(m[1]))) and 1 <= int(m[2]) <= 12:
            return f"{year:04d}-{int(m[2]):02d}"
    for m in _MONTH_SOLID.finditer(body):
        if (year := _year(int(m[1][:3]))) and 1 <= int(m[1][3:]) <= 12:
            return f"{year:04d}-{int(m[1][3:]):02d}"
    return None


def in_full(when: date) -> str:
    """民國113年9月19日."""
    return f"民國{when.year - 1911}年{when.month}月{when.day}日"


def parts(when: date) -> tuple[int, int, int]:
    """Republic year, month, day, for forms that print them apart."""
    return when.year - 1911, when.month, when.day
