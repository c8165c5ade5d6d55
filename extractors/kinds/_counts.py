"""Counts of a table of months that were hardly legible: what the engine would have read instead, weighed against the months before and
after. A count so chosen is marked, so that a person looks."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from domain.document import OCR
from extractors.kinds._boxes import LIKE
from extractors.readers.ink import Ink

DOUBTFUL = 0.97
"""The engine's score of a figure below which it may be another one."""

BORDER = 0.8
"""The score below which a 1 at the end of a count may be the border of its cell."""

LOOKS_ALIKE, LOST = 0.05, 0.1
"""How likely a glyph stands for the figure that it looks like, and such a 1 for nothing."""


def figures_of(ink: Ink) -> list[tuple[int, float]]:
    """The counts that the ink may stand for, each with how likely its glyphs make it; none where a glyph stands for no figure."""
    if ink.source != OCR or not re.fullmatch(r"\S{1,4}", ink.text):
        return []
    options: list[list[tuple[str, float]]] = []
    for k, c in enumerate(ink.text):
        score = ink.scores[k] if k < len(ink.scores) else ink.confidence
        found = {c: score} if c.isdigit() and c.isascii() else {}
        for other, chance in ink.alternatives[k] if k < len(ink.alternatives) else ():
            if other.isascii() and other.isdigit():
                found[other] = max(found.get(other, 0.0), chance)
        if not found and c in LIKE:
            found[LIKE[c]] = LOOKS_ALIKE
        if k and k == len(ink.text) - 1 and c in "1l|I]" and score < BORDER:
            found[""] = LOST
        options.append(list(found.items()))
    return [(int("".join(c for c, _ in way)), math.prod(p for _, p in way)) for way in product(*options) if way[0][0]]


def likeliest(inks: Sequence[Ink | None], counts: Sequence[int | None]) -> list[tuple[int | None, bool]]:
    """For each month its count and whether it was chosen against what was read: a doubtful one is the likeliest of those that its glyphs
    may stand for, nearest to the sure ones before and after."""
    sure = [n if n is not None and ink is not None and (ink.source != OCR or ink.weakest >= DOUBTFUL) else None
            for ink, n in zip(inks, counts, strict=True)]
    out: list[tuple[int | None, bool]] = []
    for k, (ink, read) in enumerate(zip(inks, counts, strict=True)):
        near = [n for n in (_next(sure[:k][::-1]), _next(sure[k + 1:])) if n is not None]
        ways = figures_of(ink) if ink is not None and sure[k] is None and near else []
        if not ways:
            out.append((read, False))
            continue
        middle = sum(near) / len(near)
        best = max(ways, key=lambda w: math.log(max(w[1], 1e-9)) - abs(w[0] - middle) / max(2.0, 0.1 * middle))[0]
        out.append((best, best != read))
    return out


def _next(counts: Sequence[int | None]) -> int | None:
    return next((n for n in counts if n is not None), None)


def of_stamp(ink: Ink) -> Ink | None:
    """The count or the month of a stretch that a stamp's words (影本與正本相符) ran into; None where there is none."""
    m = _STAMPED.fullmatch(ink.text)
    spans = [m.span(k) for k in (1, 2) if m and m[k]]
    return ink.part(*spans[0]) if len(spans) == 1 else None


_STAMPED = re.compile(r"((?:民國)?[0-9]{2,4}年[0-9]{1,2}月)?[影本核與正相符無異]{2,10}([0-9]{1,5})?")


def weighed(ink: Ink) -> Ink:
    """The ink of a count that was chosen, counted as hardly read."""
    return replace(ink, scores=tuple(min(s, 0.5) for s in ink.scores), confidence=min(ink.confidence, 0.5))
