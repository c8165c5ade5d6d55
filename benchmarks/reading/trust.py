"""Where to set the operating point: what each would accept and let slip, by quality, and what a point chosen on other layouts gives.

Values of one layout share its fate, so an interval over values is too narrow. Layouts are therefore drawn anew, with repetition, and a
point is judged on layouts that had no say in its choice.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.scoring import Judged
from extractors.policy import DEFAULT

POINTS = (0.001, 0.002, 0.004, 0.006, 0.008, 0.012, 0.02, 0.04)
"""The operating points shown: the largest stated chance of being wrong that passes."""

TARGET = 1 / 1000
"""The share of wrong values among the accepted that the default aims at."""

DRAWS, SEED = 1000, 20260


@dataclass(frozen=True)
class Point:
    """What an operating point would give: values accepted and wrong among them, of all, and the same by quality."""

    risk: float
    values: int
    accepted: int
    silent: int
    by_quality: Mapping[str, tuple[int, int, int]]
    """Quality → values, accepted, wrong."""


def points(values: Sequence[Judged]) -> list[Point]:
    return [_point(values, risk) for risk in sorted({*POINTS, DEFAULT.risk})]


def _point(values: Sequence[Judged], risk: float) -> Point:
    each: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for v in values:
        passes = v.passes(risk)
        for k, counts in enumerate((True, passes, passes and not v.right)):
            each[v.quality][k] += counts
    total = [sum(c[k] for c in each.values()) for k in range(3)]
    return Point(risk, total[0], total[1], total[2], {q: (c[0], c[1], c[2]) for q, c in sorted(each.items())})


@dataclass(frozen=True)
class LeftOut:
    """Values of every layout at the point that is best on all other layouts: the largest one at which no more than TARGET is wrong there.
    ``least`` and ``most``: the share of wrong values among the accepted at the default point, in per cent, where layouts are drawn anew."""

    layouts: int
    values: int
    accepted: int
    silent: int
    chosen: Mapping[float, int]
    least: float
    most: float


def left_out(values: Sequence[Judged]) -> LeftOut:
    """The same for layouts with a name; papers of none are left aside."""
    mine: dict[str, list[Judged]] = defaultdict(list)
    for v in values:
        if v.layout:
            mine[v.layout].append(v)
    grid = sorted({*POINTS, DEFAULT.risk})
    tally = {layout: {risk: _counts(some, risk) for risk in grid} for layout, some in mine.items()}
    whole = {risk: tuple(sum(t[risk][k] for t in tally.values()) for k in range(2)) for risk in grid}
    chosen: dict[float, int] = defaultdict(int)
    accepted = silent = 0
    for each in tally.values():
        fit = [r for r in grid if whole[r][1] - each[r][1] <= TARGET * (whole[r][0] - each[r][0])]
        best = max(fit, default=grid[0])
        chosen[best] += 1
        accepted, silent = accepted + each[best][0], silent + each[best][1]
    least, most = _spread([t[DEFAULT.risk] for t in tally.values()])
    return LeftOut(len(mine), sum(map(len, mine.values())), accepted, silent, dict(sorted(chosen.items())), least, most)


def _counts(values: Sequence[Judged], risk: float) -> tuple[int, int]:
    passed = [v for v in values if v.passes(risk)]
    return len(passed), sum(not v.right for v in passed)


def _spread(tally: Sequence[tuple[int, int]]) -> tuple[float, float]:
    """The middle 95 % of the share of wrong values in per cent, where as many layouts are drawn anew from these."""
    if not tally:
        return 0.0, 100.0
    dice = random.Random(SEED)
    shares = []
    for _ in range(DRAWS):
        some = dice.choices(tally, k=len(tally))
        shares.append(100 * sum(s for _, s in some) / max(1, sum(a for a, _ in some)))
    shares.sort()
    return shares[round(0.025 * DRAWS)], shares[round(0.975 * DRAWS) - 1]
