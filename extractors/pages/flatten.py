"""A sheet of paper in a photograph: its four corners, when they are plain to see, and the frame in which it lies flat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from extractors.ocr.engine import Pixels, Quad
from extractors.pages.frame import Size
from extractors.pages.scan import Frame

_SIDE = 480
"""The longer side of the picture in which the sheet is looked for."""
_SMALLEST = 0.18
_LARGEST = 0.985
_MARGIN = 0.006
_STEP = 0.12
"""How much brighter the sheet is than what lies beside it, as a difference of natural logarithms: light and shadow fall on both alike."""
_SHARP = (0.07, 0.14, 0.21)
"""Changes of brightness from one pixel of the small picture to the next but one that make an outline, in the same measure."""
_NEAR, _FAR, _SUDDEN = (2, 3, 4), (9, 10, 11), 0.6
"""How far from a side its brightness is compared, in pixels of the small picture, and how much of the difference between far places must
be there between near ones already: a sheet ends at once, a shadow fades."""
_SEEN = 0.7
"""The least share of each side that must be a true edge, or run along the edge of the picture where nothing can be lost."""


@dataclass(frozen=True)
class Outline:
    """A paper of which all four edges are seen: its corners in pixels of the displayed picture, clockwise from the top left, the share of
    the picture that its outline takes, and how plain it is: that share, less where the edges are weak."""

    corners: Quad
    share: float
    worth: float


def outlines(image: Pixels, least: float = _SMALLEST) -> list[Outline]:
    """What may be papers in a displayed picture, the plainest first: bright convex quadrilaterals that fill their own outlines and end in
    an edge on every side, since a side along a shadow would cut off what stands in the dark. One may lie within another."""
    size = (image.shape[1], image.shape[0])
    scale = _SIDE / max(size)
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    grey = np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY) if small.ndim == 3 else small, np.uint8)
    light = np.log(np.maximum(cv2.GaussianBlur(grey, (3, 3), 0), 8).astype(np.float32))
    out = []
    for mask in _masks(cv2.GaussianBlur(grey, (5, 5), 0), light):
        contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for contour in contours:
            hull = cv2.convexHull(contour)
            area = float(cv2.contourArea(hull))
            quad = _four(hull) if least * grey.size < area < _LARGEST * grey.size else None
            if quad is None:
                continue
            inside = float(cv2.contourArea(quad))
            if inside > 0 and area / inside > 0.94 and cv2.contourArea(contour) > 0.85 * inside and _plausible(quad):
                support = _support(quad, light)
                if support > 0:
                    out.append(Outline(np.asarray(quad / np.float32(scale), np.float32), area / grey.size, area / grey.size * support))
    return sorted(out, key=lambda s: -s.worth)


def flattened(image: Pixels, seen: Sequence[Outline] | None = None) -> Frame | None:
    """The frame of the sheet in a displayed picture; None where no sheet stands out clearly against its background, or where
    it fills the picture straight, as scans do. ``seen``: its outlines, where they have been looked for."""
    size = (image.shape[1], image.shape[0])
    sheet = next((s for s in (outlines(image) if seen is None else seen) if s.share > _SMALLEST), None)
    return None if sheet is None or _straight(sheet.corners, size) else laid_flat(sheet.corners, size)


def laid_flat(corners: Quad, size: Size) -> Frame:
    """The frame that a sheet with these corners fills, a little larger than found since ink may stand at the very edge."""
    middle = corners.mean(axis=0)
    quad = np.asarray(middle + (corners - middle) * (1 + 2 * _MARGIN), np.float32)
    width = round(float(max(np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[2] - quad[3]))))
    height = round(float(max(np.linalg.norm(quad[3] - quad[0]), np.linalg.norm(quad[2] - quad[1]))))
    target = np.asarray(((0, 0), (width, 0), (width, height), (0, height)), np.float32)
    return Frame(np.asarray(cv2.getPerspectiveTransform(quad, target), np.float64), (width, height), size)


def _masks(grey: Any, light: Any) -> list[Any]:
    """Bright regions, by Otsu's level and by the level of the desk at the border, and what sharp edges enclose, however dark."""
    _, otsu = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    edge = np.concatenate((grey[:6].ravel(), grey[-6:].ravel(), grey[:, :6].ravel(), grey[:, -6:].ravel()))
    desk = float(np.percentile(edge, 75))
    above = np.where(grey > min(250.0, desk + 25), 255, 0).astype(np.uint8)
    close = np.ones((9, 9), np.uint8)
    return [*(cv2.morphologyEx(m, cv2.MORPH_CLOSE, close) for m in (otsu, above)), *_enclosed(light)]


def _enclosed(light: Any) -> list[Any]:
    """The areas within the outlines that sharp changes of ``light`` (logarithms) draw: all of them, and only the sharpest, since the
    grain of a desk may be as sharp as the edge of a sheet in the dark."""
    across, down = (cv2.Sobel(light, cv2.CV_32F, x, 1 - x, ksize=3, scale=0.25) for x in (1, 0))
    change = cv2.magnitude(across, down)
    out = []
    for least in _SHARP:
        outlines, _ = cv2.findContours((change > least).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        filled = cv2.drawContours(np.zeros(light.shape, np.uint8), outlines, -1, 255, cv2.FILLED)
        body = cv2.morphologyEx(filled, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
        out.append(cv2.erode(body, np.ones((3, 3), np.uint8)))
    return out


def _support(quad: Quad, light: Any) -> float:
    """How much of the outline is the edge of something bright, from 0 to 1; 0 where a side is mostly none."""
    height, width = light.shape
    seen = []
    for i in range(4):
        start, end = quad[i], quad[(i + 1) % 4]
        along = (end - start) / np.linalg.norm(end - start)
        out = np.asarray((along[1], -along[0]), np.float32)
        at = start + np.linspace(0.04, 0.96, 60, dtype=np.float32)[:, None] * (end - start)
        rim = np.minimum.reduce((at[:, 0], at[:, 1], width - 1 - at[:, 0], height - 1 - at[:, 1])) < _NEAR[-1]
        near, far = (_fall(light, at, out, distances) for distances in (_NEAR, _FAR))
        edges = (near > _STEP) & (near > _SUDDEN * far) & ~rim
        if (edges | rim).mean() < _SEEN:
            return 0.0
        seen.append(float(edges.mean() + 0.5 * rim.mean()))
    return sum(seen) / 4


def _fall(light: Any, at: Quad, out: Quad, distances: Sequence[int]) -> Any:
    """How much light is lost on the way out at each of the points, between the given distances before and behind them."""
    inner, outer = (np.median([_sampled(light, at + sign * d * out) for d in distances], axis=0) for sign in (-1, 1))
    return inner - outer


def _sampled(values: Any, at: Quad) -> Any:
    height, width = values.shape
    x, y = np.clip(np.round(at[:, 0]), 0, width - 1).astype(int), np.clip(np.round(at[:, 1]), 0, height - 1).astype(int)
    return values[y, x]


def _four(hull: Any) -> Quad | None:
    """The hull as four corners; None where it has no four."""
    length = cv2.arcLength(hull, True)
    for slack in (0.01, 0.02, 0.03, 0.05):
        shape = cv2.approxPolyDP(hull, slack * length, True)
        if len(shape) == 4:
            return clockwise(np.asarray(shape.reshape(4, 2), np.float32))
    return None


def clockwise(corners: Quad) -> Quad:
    """Four corners in order, from the one nearest the top left."""
    middle = corners.mean(axis=0)
    turn = np.argsort(np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0]))
    ordered = corners[turn]
    first = int(np.argmin(ordered.sum(axis=1)))
    return np.asarray(np.roll(ordered, -first, axis=0), np.float32)


def _plausible(quad: Quad) -> bool:
    """Whether opposite sides and angles are those of a sheet seen from in front."""
    sides = [float(np.linalg.norm(quad[(i + 1) % 4] - quad[i])) for i in range(4)]
    if min(sides) < 20 or any(not 0.6 < a / b < 1.67 for a, b in ((sides[0], sides[2]), (sides[1], sides[3]))):
        return False
    for i in range(4):
        a, b = quad[(i + 1) % 4] - quad[i], quad[i - 1] - quad[i]
        if abs(float(a @ b)) > 0.45 * float(np.linalg.norm(a) * np.linalg.norm(b)):
            return False
    return True


def _straight(quad: Quad, size: Size) -> bool:
    """Whether the quadrilateral is an upright rectangle already: then nothing is gained by bending pixels."""
    w, h = size
    lean = max(abs(float(quad[1][1] - quad[0][1])), abs(float(quad[2][1] - quad[3][1]))) / w
    slant = max(abs(float(quad[3][0] - quad[0][0])), abs(float(quad[2][0] - quad[1][0]))) / h
    x0, y0, x1, y1 = quad[:, 0].min(), quad[:, 1].min(), quad[:, 0].max(), quad[:, 1].max()
    return bool(max(lean, slant) < 0.006 and (x1 - x0) * (y1 - y0) > 0.8 * w * h)
