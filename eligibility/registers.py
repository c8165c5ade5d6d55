"""Records of penalties as people look them up: who is clear, within how many years, over what fine.

A record is a mapping with ``date`` (處分日) and ``amount`` (元); either may be unknown. An empty list: looked up, nothing found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from eligibility.dates import anniversary, years_before
from eligibility.rule import both

Records = Sequence[Mapping[str, Any]]


def within(records: Records, day: date, years: int) -> list[Mapping[str, Any]]:
    """The records that count or may count at ``day``: those of the last ``years`` years and those without a day."""
    since = years_before(day, years)
    return [r for r in records if r.get("date") is None or r["date"] >= since]


def clear(records: Records, day: date, years: int) -> bool | None:
    """Whether no record falls within the years; None where only undated ones may."""
    near = within(records, day, years)
    return both(*(False if r.get("date") else None for r in near))


def fined_over(records: Records, day: date, years: int, limit: int) -> Mapping[str, Any] | None:
    """The first dated record within the years whose fine alone is over ``limit`` (逾: exclusive)."""
    return next((r for r in within(records, day, years) if r.get("date") and (r.get("amount") or 0) > limit), None)


def free_from(event: date, years: int) -> date:
    """The first day on which ``event`` is no longer within the look-back."""
    day = anniversary(event, years)
    while years_before(day, years) <= event:
        day += timedelta(days=1)
    return day
