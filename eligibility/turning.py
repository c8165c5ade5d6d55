"""Where along an ordered fact a rule's answer turns: asked of the rule itself, found by bisection.

A scale maps the values of an ordered type to whole numbers: 元 and counts as they are, other numbers in hundredths, days by their number.
The rule is asked at chosen points, and between two neighbouring points that differ the last and the first value are bisected. A stretch
that lies wholly between two points is not seen; what is found has been asked and is so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.field import Value

FIRST_DAY, LAST_DAY = date(1912, 1, 1).toordinal(), date(2100, 12, 31).toordinal()
DAYS_AWAY = (1, 7, 30, 91, 182, *(365 * n for n in range(1, 31)))
MOST = 10**12


@dataclass(frozen=True)
class Scale:
    """``number`` may be given anything that a rule knows and is None where that is not of this type."""

    number: Callable[[Any], int | None]
    value: Callable[[int], Value]
    low: int
    high: int
    far: tuple[int, ...]
    relative: bool


def _whole(x: Any) -> int | None:
    return int(x) if _is_number(x) and x == int(x) else None


def _hundredths(x: Any) -> int | None:
    return int(x * 100) if _is_number(x) else None


def _is_number(x: Any) -> bool:
    return not isinstance(x, bool | str | date) and hasattr(x, "__int__")


def _ordinal(x: Any) -> int | None:
    try:
        return date.fromisoformat(x).toordinal() if isinstance(x, str) else x.toordinal() if isinstance(x, date) else None
    except ValueError:
        return None


AMOUNTS = Scale(_whole, lambda i: i, 0, MOST, (0, *(10**k for k in range(13))), False)
NUMBERS = Scale(
    _hundredths, lambda i: i // 100 if i % 100 == 0 else i / 100, 0, 100 * MOST, (0, *(10**k for k in range(12)), 5_000), False
)
DAYS = Scale(_ordinal, lambda i: date.fromordinal(i).isoformat(), FIRST_DAY, LAST_DAY, DAYS_AWAY, True)
SCALES = {"money": AMOUNTS, "integer": AMOUNTS, "number": NUMBERS, "percent": NUMBERS, "date": DAYS}


@dataclass(frozen=True)
class Span:
    """A stretch of values with one outcome, both ends asked. ``least`` and ``most`` None: no end was met on that side."""

    inside: int
    least: int | None
    most: int | None
    width: int

    def nearest(self, to: int | None) -> int:
        """The value of the stretch next to ``to``; without one, an end of it."""
        ends = [e for e in (self.most, self.least) if e is not None] or [self.inside]
        return ends[0] if to is None else min(ends, key=lambda e: abs(e - to))


def points(scale: Scale, anchors: Iterable[Any]) -> list[int]:
    """Where to ask: far and wide, and closely around everything that the rule knows."""
    near = {n for a in anchors if (n := scale.number(a)) is not None}
    around = {n + d for n in near for d in (-1, 0, 1)}
    far = {n + s * d for n in near for d in scale.far for s in (-1, 1)} if scale.relative else set(scale.far)
    return sorted(p for p in around | far if scale.low <= p <= scale.high)


def spans(asked: Sequence[int], outcome_at: Callable[[int], str], wanted: str) -> list[Span]:
    """The stretches of ``asked`` whose outcome is ``wanted``, their ends bisected."""
    outcomes = [outcome_at(p) for p in asked]

    def good(p: int) -> bool:
        return outcome_at(p) == wanted

    found, i = [], 0
    while i < len(asked):
        if outcomes[i] != wanted:
            i += 1
            continue
        j = i
        while j + 1 < len(asked) and outcomes[j + 1] == wanted:
            j += 1
        least = None if i == 0 else edge(asked[i], asked[i - 1], good)
        most = None if j + 1 == len(asked) else edge(asked[j], asked[j + 1], good)
        found.append(Span(asked[i], least, most, j - i))
        i = j + 1
    return found


def edge(inside: int, outside: int, good: Callable[[int], bool]) -> int:
    """The last good value from ``inside`` towards ``outside``, which is not good; the value beyond it is not good either."""
    while abs(outside - inside) > 1:
        middle = (inside + outside) // 2
        if good(middle):
            inside = middle
        else:
            outside = middle
    return inside
