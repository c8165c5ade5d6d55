"""Homographies between a page's frames, in pixels and in fractions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from domain.document import Box, Homography
from extractors.ocr.engine import Matrix, Quad

Size = tuple[int, int]
"""Width and height in pixels."""


def scaling(x: float, y: float | None = None) -> Matrix:
    return np.diag((x, x if y is None else y, 1.0))


def shift(x: float, y: float) -> Matrix:
    return np.array(((1.0, 0.0, x), (0.0, 1.0, y), (0.0, 0.0, 1.0)))


def inverse(matrix: Matrix) -> Matrix:
    return np.asarray(np.linalg.inv(matrix), np.float64)


def quarter_turns(turned: int, size: Size) -> tuple[Matrix, Size]:
    """The clockwise turn by ``turned`` (0, 90, 180 or 270 degrees) of a picture, and its size afterwards."""
    w, h = size
    if turned == 90:
        return np.array(((0.0, -1.0, h), (1.0, 0.0, 0.0), (0.0, 0.0, 1.0))), (h, w)
    if turned == 180:
        return np.array(((-1.0, 0.0, w), (0.0, -1.0, h), (0.0, 0.0, 1.0))), (w, h)
    if turned == 270:
        return np.array(((0.0, 1.0, 0.0), (-1.0, 0.0, w), (0.0, 0.0, 1.0))), (h, w)
    return np.eye(3), size


def rotation(degrees: float, size: Size) -> Matrix:
    """A small clockwise turn about the middle; the size stays."""
    a, (x, y) = np.deg2rad(degrees), (size[0] / 2, size[1] / 2)
    c, s = float(np.cos(a)), float(np.sin(a))
    turn = np.array(((c, -s, 0.0), (s, c, 0.0), (0.0, 0.0, 1.0)))
    return np.asarray(shift(x, y) @ turn @ shift(-x, -y))


def points(matrix: Matrix, at: Quad | Sequence[Sequence[float]]) -> Quad:
    """Points of shape (n, 2) carried over."""
    p = np.asarray(at, np.float64)
    q = np.c_[p, np.ones(len(p))] @ matrix.T
    return np.asarray(q[:, :2] / q[:, 2:], np.float32)


def fractions(matrix: Matrix, source: Size, target: Size) -> Homography:
    """A pixel homography between pictures of the two sizes, as one between fractions."""
    m = scaling(1 / target[0], 1 / target[1]) @ matrix @ scaling(*source)
    m = m / m[2, 2]
    a, b, c, d, e, f, g, h, i = (float(v) for v in m.ravel())
    return a, b, c, d, e, f, g, h, i


def box_of(quad: Quad, size: Size) -> Box:
    """The bounding box of points, in fractions of a picture, clipped to it."""
    x, y = np.clip(quad[:, 0] / size[0], 0.0, 1.0), np.clip(quad[:, 1] / size[1], 0.0, 1.0)
    return Box(float(x.min()), float(y.min()), float(x.max()), float(y.max()))
