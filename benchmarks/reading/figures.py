"""From records to figures: shares by kind and quality, silent errors, acceptance, boxes, the reliability of the stated confidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.contract import UNKNOWN
from benchmarks.reading import trust
from benchmarks.reading.sides import ALL, SCANNED, Side
from benchmarks.scoring import Judged, Judgement, Outcome, wilson

FAXED = "q3"
"""The quality at which truth says what is legible."""

EDGES = (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 1.0)
"""The bins of stated confidence; each holds its lower edge, the last both."""

@dataclass(frozen=True)
class Count:
    """What a set of values comes to."""

    values: int
    exact: int
    weight: int
    weight_exact: int
    missing: int
    accepted: int
    silent: int
    boxes: int
    boxes_right: int

    @property
    def share(self) -> float | None:
        """Exact values, core fields double, in per cent."""
        return 100 * self.weight_exact / self.weight if self.weight else None

    @property
    def acceptance(self) -> float | None:
        return 100 * self.accepted / self.values if self.values else None


def count(values: Sequence[Judged]) -> Count:
    weights = [2 if v.core else 1 for v in values]
    placed = [v.placed for v in values if v.placed is not None]
    return Count(
        len(values), sum(v.right for v in values), sum(weights), sum(w for v, w in zip(values, weights, strict=True) if v.right),
        sum(v.got is None for v in values), sum(v.accepted for v in values), sum(v.silent for v in values), len(placed), sum(placed),
    )


def of_quality(key: str) -> Callable[[Judged | Judgement], bool]:
    """Whether a record belongs to a column: a quality, all, or all that was scanned. Papers that share a page are in none."""
    return lambda v: not v.shared and (key == ALL or v.quality == key or (key == SCANNED and v.quality != "q0"))


def cell(outcome: Outcome, kind: str = ALL, quality: str = ALL) -> Count:
    belongs = of_quality(quality)
    return count([v for v in outcome.values if belongs(v) and kind in (ALL, v.kind)])


@dataclass(frozen=True)
class Legible:
    """A set of values by what a person could still read: all, those that are legible, and what became of the lost ones."""

    every: Count
    legible: Count
    blank: int
    right: int
    wrong: int
    wrong_accepted: int

    @property
    def lost(self) -> int:
        return self.every.values - self.legible.values


def by_eye(outcome: Outcome, kind: str = ALL, quality: str = FAXED) -> Legible:
    """The values of a kind at a quality, parted by whether they are legible."""
    belongs = of_quality(quality)
    some = [v for v in outcome.values if belongs(v) and kind in (ALL, v.kind)]
    lost = [v for v in some if not v.legible]
    wrong = [v for v in lost if v.got is not None and not v.right]
    return Legible(
        count(some), count([v for v in some if v.legible]), sum(v.got is None for v in lost), sum(v.right for v in lost), len(wrong),
        sum(v.accepted for v in wrong),
    )


def kinds_right(outcome: Outcome, quality: str = ALL) -> tuple[int, int]:
    """Papers of the right kind, and all papers."""
    belongs = of_quality(quality)
    some = [p for p in outcome.papers if belongs(p)]
    return sum(p.seen == p.kind for p in some), len(some)


def confused(outcome: Outcome) -> list[tuple[str, str, int]]:
    """Which kind was taken for which, the most frequent first."""
    pairs = Counter((p.kind, str(p.seen)) for p in outcome.papers if not p.shared and p.seen != p.kind)
    return [(a, b, n) for (a, b), n in pairs.most_common()]


def strangers(outcome: Outcome) -> tuple[int, int]:
    """Papers that are none of ours and were left unknown, and all such papers."""
    some = [p for p in outcome.papers if p.kind == UNKNOWN]
    return sum(p.seen == UNKNOWN for p in some), len(some)


@dataclass(frozen=True)
class Bin:
    """Values whose stated confidence lies in a bin: how many, what was stated in the mean, what share was right, within what interval."""

    low: float
    high: float
    values: int
    right: int
    stated: float
    least: float
    most: float


def reliability(values: Sequence[Judged]) -> list[Bin]:
    """The bins that hold any value; a field left without a value states nothing."""
    out = []
    for low, high in zip(EDGES, EDGES[1:], strict=False):
        some = [v for v in values if v.got is not None and (low <= v.confidence < high or (high == 1.0 and v.confidence == 1.0))]
        if some:
            right = sum(v.right for v in some)
            least, most = wilson(right, len(some))
            out.append(Bin(low, high, len(some), right, round(sum(v.confidence for v in some) / len(some), 5), least, most))
    return out


def as_json(side: Side, qualities: Sequence[str]) -> dict[str, Any]:
    """Every figure of one side."""
    o = side.outcome
    mine = [v for v in o.values if not v.shared]
    kinds = [*sorted({v.kind for v in mine}), ALL]
    whole = cell(o)
    low, high = wilson(whole.silent, whole.accepted)
    return {
        "cells": {f"{k}/{q}": asdict(c) | {"share": c.share} for k in kinds for q in (*qualities, SCANNED, ALL)
                  if (c := cell(o, k, q)).values},
        "legible": {k: asdict(g) | {"share": g.every.share, "share_legible": g.legible.share, "lost": g.lost} for k in kinds
                    if (g := by_eye(o, k)).every.values},
        "kinds": {q: kinds_right(o, q) for q in (*qualities, ALL)},
        "confused": confused(o),
        "strangers_left_unknown": strangers(o),
        "bundles_split": (o.bundles_right, o.bundles),
        "pages_of_the_right_kind": (o.pages_right, o.pages),
        "documents_invented": o.invented,
        "extras": len(o.extras),
        "extras_accepted": sum(x.accepted for x in o.extras),
        "silent_interval_95": [low, high],
        "straight_through": (sum(p.straight for p in o.papers if not p.shared and p.kind != UNKNOWN),
                             sum(not p.shared and p.kind != UNKNOWN for p in o.papers)),
        "shared_pages": asdict(count([v for v in o.values if v.shared])),
        "reliability": [asdict(b) for b in reliability(mine)],
        "operating_points": [asdict(p) for p in trust.points(mine)],
        "chosen_without_the_layout": asdict(trust.left_out(mine)),
        "costs": {q: asdict(c) for q, c in sorted(side.costs.items())},
        "refused": side.refused,
    }
