"""From the detector's boxes to the pieces worth reading: boxes split at the walls of table cells, one piece for a row of boxed digits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from domain.document import Box
from extractors.ocr.engine import Pixels, Quad
from extractors.pages import frame
from extractors.pages.rules import Rules

_COMB = 4
"""The fewest adjacent cells of one digit each that make a comb."""

_NARROW = 1.8
"""A cell at most this many times as wide as it is high, in pixels, may hold one digit."""


@dataclass(frozen=True)
class Piece:
    """A line to read: its corners in pixels of the upright frame, and the walls that cross it and must be wiped out first
    (left and right edge, in shares of its width)."""

    quad: Quad
    wiped: tuple[tuple[float, float], ...] = ()

    def clean(self, crop: Pixels) -> Pixels:
        """The crop with the crossing walls painted over by what stands beside them."""
        if not self.wiped:
            return crop
        out = crop.astype(np.float32)
        width = crop.shape[1]
        for left, right in self.wiped:
            a, b = max(0, int(left * width) - 1), min(width - 1, int(right * width) + 1)
            share = np.linspace(0.0, 1.0, b - a + 1, dtype=np.float32)[None, :]
            out[:, a : b + 1] = out[:, a : a + 1] * (1 - share) + out[:, b : b + 1] * share
        return np.asarray(out, np.uint8)


def pieces(quads: Sequence[Quad], rules: Rules, size: frame.Size) -> list[Piece]:
    """What to read. Quads lie straight in the upright frame of ``size`` pixels."""
    shape = size[1] / size[0]
    combs = _combs([c.box for c in rules.cells if c.box.width < _NARROW * c.box.height * shape])
    rows = [Box.around(c) for c in combs]
    whole = [_comb_piece(c, size) for c in combs]
    out = []
    for quad in quads:
        box = frame.box_of(quad, size)
        inside = [r for r in rows if r.overlap(box) > 0.5 * box.width * box.height]
        if inside:
            continue
        out += _split(quad, box, [r for r in rows if r.overlap(box) > 0], rules, size)
    return out + whole


def _split(quad: Quad, box: Box, near: Sequence[Box], rules: Rules, size: frame.Size) -> list[Piece]:
    """The parts of one box between the walls that cross it; a comb that it runs into is cut off."""
    y, margin = box.centre[1], 0.7 * box.height * size[1] / size[0]
    walls = [(w.at(y), w.width) for w in rules.walls if w.top < y < w.bottom
             and _stands_at_cell(w.at(y), y, rules)]
    cuts = [(x - w, x + w) for x, w in walls if box.left + margin < x < box.right - margin]
    cuts += [(r.left, r.right) for r in near if r.same_row(box) and (r.left > box.left or r.right < box.right)]
    if not cuts or not box.width:
        return [Piece(quad)]
    edges, at = [], box.left
    for left, right in sorted(cuts):
        edges.append((at, left))
        at = max(at, right)
    edges.append((at, box.right))
    least = 0.4 * box.height * size[1] / size[0]
    return [Piece(_between(quad, (a - box.left) / box.width, (b - box.left) / box.width)) for a, b in edges if b - a > least]


def _stands_at_cell(x: float, y: float, rules: Rules) -> bool:
    """Whether a cell ends at the wall: a long stroke of a letter has none."""
    return any(c.box.top < y < c.box.bottom and min(abs(c.box.left - x), abs(c.box.right - x)) < 0.012 for c in rules.cells)


def _between(quad: Quad, start: float, end: float) -> Quad:
    a, b = max(0.0, start), min(1.0, end)
    top, bottom = quad[1] - quad[0], quad[2] - quad[3]
    return np.asarray((quad[0] + a * top, quad[0] + b * top, quad[3] + b * bottom, quad[3] + a * bottom), np.float32)


def _combs(cells: Sequence[Box]) -> list[list[Box]]:
    """Rows of adjacent narrow cells of one width: one digit stands in each."""
    out: list[list[Box]] = []
    row: list[Box] = []
    for cell in sorted(cells, key=lambda c: (round(c.top * 200), c.left)):
        if row and not _adjoins(row[-1], cell):
            out.append(row)
            row = []
        row.append(cell)
    out.append(row)
    return [r for r in out if len(r) >= _COMB]


def _adjoins(a: Box, b: Box) -> bool:
    return (a.same_row(b, 0.8) and abs(a.height - b.height) < 0.25 * a.height and abs(a.width - b.width) < 0.3 * a.width
            and abs(b.left - a.right) < 0.35 * a.width)


def _comb_piece(cells: Sequence[Box], size: frame.Size) -> Piece:
    around = Box.around(cells)
    inset = 0.1 * around.height
    side = 0.06 * cells[0].width
    box = replace(around, top=around.top + inset, bottom=around.bottom - inset, left=around.left + side, right=around.right - side)
    wiped = []
    for a, b in zip(cells, cells[1:], strict=False):
        middle, half = (a.right + b.left) / 2, max(abs(b.left - a.right), 0.12 * a.width) / 2
        wiped.append(((middle - half - box.left) / box.width, (middle + half - box.left) / box.width))
    w, h = size
    quad = ((box.left * w, box.top * h), (box.right * w, box.top * h), (box.right * w, box.bottom * h), (box.left * w, box.bottom * h))
    return Piece(np.asarray(quad, np.float32), tuple(wiped))


def blank(crop: Pixels) -> bool:
    """Whether nothing is written in a crop."""
    small = cv2.resize(crop, (min(64, crop.shape[1]), min(24, crop.shape[0])), interpolation=cv2.INTER_AREA)
    return float(np.percentile(small, 98)) - float(np.percentile(small, 2)) < 24
