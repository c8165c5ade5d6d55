"""Papers that may be another firm's, where the papers of a draft contradict each other: asked about whole before anything on them is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.identity import OWNER_NO
from intake.web.facts import FactView, Spot


@dataclass(frozen=True)
class Stranger:
    """A paper with another number than the account's: the number as shown and the place that says it."""

    number: str
    spot: Spot


def strangers(views: Sequence[FactView], own: str) -> list[Stranger]:
    """Each such paper once, in the order of the sides. Nothing where the account is no number, or where the papers agree on one."""
    found: dict[int, Stranger] = {}
    for view in views if own.isdecimal() else ():
        for side in view.sides if OWNER_NO in view.fields else ():
            for spot in side.spots if not side.by and str(side.value) != own else ():
                found.setdefault(spot.paper, Stranger(side.shown, spot))
    return list(found.values())
