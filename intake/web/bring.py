"""The papers that a programme wants, and how far the case has them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from eligibility.programme import WantedPaper
from intake.store.views import PaperView

MADE_HERE = re.compile(r"[，；]?本系統可產生 ?F\d+")
"""How a programme says of a paper that the service fills it in."""


@dataclass(frozen=True)
class Wanted:
    """One of them. ``here``: a paper of the kind has come; ``asked``: each that has come has something to look at first. ``made``: the
    service fills it in at the last step; ``why`` then leaves that out."""

    paper: WantedPaper
    here: bool
    asked: bool
    made: bool
    why: str


def wanted(papers: Sequence[WantedPaper], there: Sequence[PaperView], noticed: Collection[int]) -> list[Wanted]:
    """``noticed`` are the ids of the papers of which something is to be said: too old, another firm's."""
    sound = {k for p in there if p.id not in noticed for k in p.kinds}
    come = {k for p in there for k in p.kinds}
    return [Wanted(p, bool(come & set(p.kinds)), not sound & set(p.kinds), bool(MADE_HERE.search(p.why)), MADE_HERE.sub("", p.why))
            for p in papers]
