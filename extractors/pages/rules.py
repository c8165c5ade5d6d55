"""The ruled lines of a page and the cells that they make, from its picture or from the drawing of a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from domain.document import Box, Rule
from extractors.ocr.engine import Pixels

CANVAS = 1280
"""The longer side, in pixels, of the picture in which rules are looked for."""
_ACROSS, _DOWN = 1 / 26, 1 / 64
"""The shortest rule across and down, in shares of the longer side. A short stroke down counts only between two rules across."""
_TOUCH = 4
_SMALLEST, _LARGEST = 9, 0.5
_ROOM = 12
"""Pixels around a drawing that its thickened rules do not reach."""


@dataclass(frozen=True)
class Wall:
    """A rule down the page, in fractions: where its upper and its lower end stand, and how thick it is."""

    upper: float
    lower: float
    top: float
    bottom: float
    width: float

    def at(self, y: float) -> float:
        """Where it stands at the height ``y``."""
        share = (y - self.top) / max(self.bottom - self.top, 1e-6)
        return self.upper + share * (self.lower - self.upper)


@dataclass(frozen=True)
class Rules:
    walls: tuple[Wall, ...] = ()
    cells: tuple[Rule, ...] = ()


def of_picture(small: Pixels) -> Rules:
    """The rules of a grey upright picture whose longer side is about ``CANVAS``. Rules lean at most a degree or so."""
    side = max(small.shape[:2])
    dark = cv2.adaptiveThreshold(small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 15, 12)
    across = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, int(side * _ACROSS)), np.uint8))
    down = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((int(side * _DOWN), 1), np.uint8))
    if not across.any() or not down.any():
        return Rules()
    across = cv2.morphologyEx(across, cv2.MORPH_CLOSE, np.ones((3, 15), np.uint8))
    down, walls = _between(down, across)
    return Rules(tuple(walls), _cells(across | down))


def of_segments(segments: Sequence[tuple[float, float, float, float]]) -> Rules:
    """The rules of a drawing: segments (x0, y0, x1, y1) in fractions of the page, each lying across or down."""
    walls = tuple(_straight(*s) for s in segments if abs(s[2] - s[0]) < abs(s[3] - s[1]))
    if not walls:
        return Rules()
    ends = np.rint(np.asarray(segments) * (CANVAS - 1)).astype(int)
    low, high = (np.clip(v, 0, CANVAS - 1) for v in (ends.reshape(-1, 2).min(axis=0) - _ROOM, ends.reshape(-1, 2).max(axis=0) + _ROOM))
    grid = np.zeros((CANVAS, CANVAS), np.uint8)
    for x0, y0, x1, y1 in ends.tolist():
        cv2.line(grid, (x0, y0), (x1, y1), 255, 1)
    return Rules(walls, _cells(grid, (int(low[0]), int(low[1]), int(high[0]) + 1, int(high[1]) + 1)))


def _straight(x0: float, y0: float, x1: float, y1: float) -> Wall:
    (top, upper), (bottom, lower) = sorted(((y0, x0), (y1, x1)))
    return Wall(upper, lower, top, bottom, 0.0)


def _between(down: Any, across: Any) -> tuple[Any, list[Wall]]:
    """The strokes down that end on a rule across at both ends, or are too long to belong to a letter: as a mask and as walls."""
    height, width = down.shape
    down = cv2.morphologyEx(down, cv2.MORPH_CLOSE, np.ones((7, 3), np.uint8))
    near = cv2.dilate(across, np.ones((2 * _TOUCH + 1, 2 * _TOUCH + 1), np.uint8))
    strokes, _ = cv2.findContours(down, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    kept, walls = np.zeros_like(down), []
    for stroke in strokes:
        x, y, w, h = cv2.boundingRect(stroke)
        if w > max(8, h // 4):
            continue
        ends = near[y, x : x + w].any() and near[y + h - 1, x : x + w].any()
        if ends or h > height * 4 * _DOWN:
            cv2.drawContours(kept, [stroke], -1, 255, cv2.FILLED)
            walls.append(_wall(down[y : y + h, x : x + w], x, y, width, height))
    return kept, walls


def _wall(stroke: Any, x: int, y: int, width: int, height: int) -> Wall:
    """The wall in the window ``stroke`` at (x, y) of a picture of the given size."""
    third = max(1, len(stroke) // 3)
    ends = [float(np.nonzero(part)[1].mean()) for part in (stroke[:third], stroke[-third:])]
    lean = (ends[1] - ends[0]) * len(stroke) / max(1, len(stroke) - third)
    middle = (ends[0] + ends[1]) / 2 + 0.5
    thick = float((stroke > 0).sum(axis=1).mean())
    return Wall((x + middle - lean / 2) / width, (x + middle + lean / 2) / width, y / height, (y + len(stroke)) / height, thick / width)


def _cells(grid: Any, within: tuple[int, int, int, int] | None = None) -> tuple[Rule, ...]:
    """The holes of the grid that are nearly rectangles, row by row. ``within``: the part (left, top, right, bottom) outside of which
    nothing is drawn."""
    height, width = grid.shape
    left, top, right, bottom = within or (0, 0, width, height)
    grid = cv2.erode(cv2.dilate(grid[top:bottom, left:right], np.ones((7, 7), np.uint8)), np.ones((5, 5), np.uint8))
    contours, tree = cv2.findContours(grid, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE, offset=(left, top))
    cells = []
    for contour, (_, _, _, parent) in zip(contours, tree[0] if tree is not None else (), strict=True):
        if parent < 0:
            continue
        x, y, w, h = cv2.boundingRect(contour)
        if min(w, h) < _SMALLEST or w * h > _LARGEST * width * height or cv2.contourArea(contour) < 0.75 * (w - 1) * (h - 1):
            continue
        cells.append(Rule(Box(x / width, y / height, (x + w) / width, (y + h) / height)))
    return tuple(sorted(cells, key=lambda c: (round(c.box.top * 200), c.box.left)))
