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
    return _of_masks(across, _between(down, across))


def of_segments(segments: Sequence[tuple[float, float, float, float]]) -> Rules:
    """The rules of a drawing: segments (x0, y0, x1, y1) in fractions of the page, each lying across or down."""
    across = np.zeros((CANVAS, CANVAS), np.uint8)
    down = np.zeros((CANVAS, CANVAS), np.uint8)
    for x0, y0, x1, y1 in segments:
        lies = abs(x1 - x0) >= abs(y1 - y0)
        a, b = ((round(x * (CANVAS - 1)), round(y * (CANVAS - 1))) for x, y in ((x0, y0), (x1, y1)))
        cv2.line(across if lies else down, a, b, 255, 1)
    return _of_masks(across, down) if across.any() and down.any() else Rules()


def _between(down: Any, across: Any) -> Any:
    """The strokes down that end on a rule across at both ends, or are too long to belong to a letter."""
    height = down.shape[0]
    down = cv2.morphologyEx(down, cv2.MORPH_CLOSE, np.ones((7, 3), np.uint8))
    near = cv2.dilate(across, np.ones((2 * _TOUCH + 1, 2 * _TOUCH + 1), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(down)
    keep = np.zeros(count, np.uint8)
    for i in range(1, count):
        x, y, w, h, _area = stats[i]
        if w > max(8, h // 4):
            continue
        ends = near[y, x : x + w].any() and near[y + h - 1, x : x + w].any()
        keep[i] = 255 if ends or h > height * 4 * _DOWN else 0
    return keep[labels]


def _wall(stroke: Any, x: int, y: int, width: int, height: int) -> Wall:
    """The wall in the window ``stroke`` at (x, y) of a picture of the given size."""
    third = max(1, len(stroke) // 3)
    ends = [float(np.nonzero(part)[1].mean()) for part in (stroke[:third], stroke[-third:])]
    lean = (ends[1] - ends[0]) * len(stroke) / max(1, len(stroke) - third)
    middle = (ends[0] + ends[1]) / 2 + 0.5
    thick = float((stroke > 0).sum(axis=1).mean())
    return Wall((x + middle - lean / 2) / width, (x + middle + lean / 2) / width, y / height, (y + len(stroke)) / height, thick / width)


def _of_masks(across: Any, down: Any) -> Rules:
    height, width = across.shape
    _, _, stats, _ = cv2.connectedComponentsWithStats(down)
    walls = tuple(_wall(down[y : y + h, x : x + w], x, y, width, height) for x, y, w, h, _ in stats[1:])
    grid = cv2.dilate(across | down, np.ones((3, 3), np.uint8))
    grid = cv2.morphologyEx(grid, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    _, _, found, _ = cv2.connectedComponentsWithStats((grid == 0).astype(np.uint8), connectivity=4)
    cells = []
    for x, y, w, h, area in found[1:]:
        if w < _SMALLEST or h < _SMALLEST or area < 0.75 * w * h or area > _LARGEST * width * height:
            continue
        if x == 0 or y == 0 or x + w == width or y + h == height:
            continue
        cells.append(Rule(Box((x - 1) / width, (y - 1) / height, (x + w + 1) / width, (y + h + 1) / height)))
    return Rules(walls, tuple(cells))
