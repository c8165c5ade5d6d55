"""Counting days as the clauses do (RULES.md 0.1).

* ``anniversary``: 29 February becomes the 28th where there is no such day; 未滿N年 at d is d < anniversary(N),
  N年內 and 未超過N年 at d is d <= anniversary(N)
* 於N年內 at d is event >= d minus N years: an event exactly N years ago is within
* N日內: the day of the event is not counted, the last day is event + N calendar days
* N個工作天: days on which the offices work, after the office calendar; 民法第 122 條: a last day that is a holiday moves on

>>> anniversary(date(2020, 2, 29), 1), years_before(date(2024, 2, 29), 3), months_after(date(2025, 1, 31), 1)
(datetime.date(2021, 2, 28), datetime.date(2021, 2, 28), datetime.date(2025, 2, 28))
>>> calendar().workday_after(date(2025, 3, 14), 5), calendar().rolled(date(2025, 2, 28)), calendar().rolled(date(1999, 1, 2))
(datetime.date(2025, 3, 21), datetime.date(2025, 3, 3), None)
"""

from __future__ import annotations

import calendar as gregorian
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

import yaml


def anniversary(start: date, years: int) -> date:
    """``start`` plus whole years (negative: minus)."""
    return months_after(start, 12 * years)


def years_before(day: date, years: int) -> date:
    """The first day that counts as within the last ``years`` years of ``day``."""
    return anniversary(day, -years)


def months_after(start: date, months: int) -> date:
    """The same day of the month ``months`` later, or the last day of a shorter month."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, gregorian.monthrange(year, month + 1)[1]))


def period_end(start: date, years: int) -> date:
    """The last day of a period of years that begins on ``start``: the day before the same day, or where that month has no such day the
    last of the month (民法第 121 條第 2 項).

    >>> period_end(date(2015, 7, 1), 2), period_end(date(2016, 2, 29), 2)
    (datetime.date(2017, 6, 30), datetime.date(2018, 2, 28))
    """
    end = anniversary(start, years)
    return end if end.day != start.day else end - timedelta(days=1)


def days_after(start: date, days: int) -> date:
    """The last day of N日內 counted from ``start``."""
    return start + timedelta(days=days)


def month_index(month: str) -> int:
    """YYYY-MM as a running number of months."""
    return int(month[:4]) * 12 + int(month[5:7])


def roc(day: date) -> str:
    """114年3月15日, for sentences."""
    return f"{day.year - 1911}年{day.month}月{day.day}日"


@dataclass(frozen=True)
class OfficeCalendar:
    """Weekdays off and weekend days worked, and the years that are known."""

    years: frozenset[int]
    off: frozenset[date]
    worked: frozenset[date]

    @property
    def span(self) -> str:
        """The years that are known, for sentences: 106 至 116 年."""
        return f"{min(self.years) - 1911} 至 {max(self.years) - 1911} 年"

    @property
    def unknown(self) -> str:
        """Why a day could not be counted."""
        return f"辦公日曆只有 {self.span}的資料"

    def works(self, day: date) -> bool | None:
        """Whether the offices work on ``day``; None for a year that is not known."""
        if day.year not in self.years:
            return None
        return day in self.worked or (day.weekday() < 5 and day not in self.off)

    def workday_after(self, start: date, days: int) -> date | None:
        """The ``days``-th working day after ``start``, which is not counted; None where a year on the way is not known."""
        day, left = start, days
        while left > 0:
            day += timedelta(days=1)
            works = self.works(day)
            if works is None:
                return None
            left -= works
        return day

    def rolled(self, day: date) -> date | None:
        """``day``, or the next working day where the offices are closed; None where the year is not known."""
        while True:
            works = self.works(day)
            if works is None:
                return None
            if works:
                return day
            day += timedelta(days=1)


@cache
def calendar() -> OfficeCalendar:
    """The office calendar of office_calendar.yaml."""
    text = files("eligibility").joinpath("office_calendar.yaml").read_text(encoding="utf-8")
    years = yaml.safe_load(text)
    off = frozenset(date.fromisoformat(f"{y}-{d}") for y, t in years.items() for d in t["closed"])
    worked = frozenset(date.fromisoformat(f"{y}-{d}") for y, t in years.items() for d in t["worked"])
    return OfficeCalendar(frozenset(years), off, worked)
