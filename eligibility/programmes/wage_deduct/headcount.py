"""Monthly insured nationals: averages (truncated, 說明五) and the months from which more people are employed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Monthly = Sequence[int | Mapping[str, Any]]


def average(counts: Sequence[int]) -> int:
    """Truncated: 50/9 is 5."""
    return sum(counts) // len(counts)


def years(monthly: Monthly) -> list[list[int]]:
    """The counts of each year in order; twelve integers are one year."""
    by_year: dict[str, list[tuple[str, int]]] = {}
    for i, entry in enumerate(monthly):
        month, count = (f"0000-{i + 1:02d}", entry) if isinstance(entry, int) else (entry["month"], entry["count"])
        by_year.setdefault(month[:4], []).append((month, count))
    return [[c for _, c in sorted(by_year[y])] for y in sorted(by_year)]


def first_month_up(counts: Sequence[int], least: int) -> int | None:
    """The first month (counted from 1) at which the number rises and from which the average is at least ``least`` over that before."""
    rises = (i for i in range(1, len(counts)) if counts[i] > counts[i - 1])
    return next((i + 1 for i in rises if average(counts[i:]) - average(counts[:i]) >= least), None)
