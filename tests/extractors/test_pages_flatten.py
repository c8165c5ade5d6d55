"""Where a photographed sheet lies: its own edges count, shadows do not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.ocr.engine import Pixels, Quad
from extractors.pages import frame
from extractors.pages.flatten import flattened

WIDTH, HEIGHT = 900, 1200
SHEET = np.asarray(((70, 50), (850, 80), (820, 1150), (40, 1110)), np.float32)


def photograph(corners: Quad, light: Pixels | float = 1.0, desk: int = 120) -> Pixels:
    """A white sheet with rows of print to both margins, on a desk, in the given light."""
    page = np.full((1000, 700), 240, np.uint8)
    for y in range(60, 940, 40):
        page[y : y + 14, 40:660:2] = 30
    flat = np.asarray(((0, 0), (700, 0), (700, 1000), (0, 1000)), np.float32)
    place = cv2.getPerspectiveTransform(flat, corners)
    seen = cv2.warpPerspective(page, place, (WIDTH, HEIGHT))
    cover = cv2.warpPerspective(np.full_like(page, 255), place, (WIDTH, HEIGHT)).astype(np.float32) / 255
    scene = (seen * cover + desk * (1 - cover)) * light
    return np.asarray(cv2.GaussianBlur(scene, (0, 0), 1.0), np.uint8)


def shadow(along: float, depth: float) -> Pixels:
    """Light that falls by ``depth`` from one end to the other, half way at ``along``, over a tenth of the picture."""
    x = np.linspace(0, 1, WIDTH, dtype=np.float32)[None, :]
    y = np.linspace(0, 1, HEIGHT, dtype=np.float32)[:, None]
    return np.asarray(1 - depth / (1 + np.exp(-(0.9 * x + 0.1 * y - along) * 40)))


def found(image: Pixels) -> Quad:
    at = flattened(image)
    assert at is not None
    w, h = at.size
    return frame.points(frame.inverse(at.matrix), ((0, 0), (w, 0), (w, h), (0, h)))


def outside(corners: Quad, quad: Quad) -> float:
    """How far any of the corners lies outside the quadrilateral, in pixels."""
    return max(-cv2.pointPolygonTest(quad, (float(x), float(y)), True) for x, y in corners)


@settings(deadline=None, max_examples=40)
@given(st.floats(0.2, 0.9), st.floats(0.0, 0.5), st.sampled_from((50, 90, 120)))
def test_no_shadow_cuts_a_sheet(along: float, depth: float, desk: int) -> None:
    quad = found(photograph(SHEET, shadow(along, depth), desk))
    assert outside(SHEET, quad) < 2
    assert float(np.abs(quad - SHEET).max()) < 0.02 * HEIGHT


@settings(deadline=None, max_examples=40)
@given(st.lists(st.floats(0, 60), min_size=8, max_size=8))
def test_the_frame_follows_the_corners(moves: list[float]) -> None:
    quarter = np.asarray(((20, 20), (WIDTH - 80, 20), (WIDTH - 80, HEIGHT - 80), (20, HEIGHT - 80)), np.float32)
    corners = quarter + np.asarray(moves, np.float32).reshape(4, 2)
    at = flattened(photograph(corners))
    if at is not None:  # an upright rectangle may be left as it is
        w, h = at.size
        assert outside(corners, frame.points(frame.inverse(at.matrix), ((0, 0), (w, 0), (w, h), (0, h)))) < 2
        flat = frame.points(at.matrix, corners) / np.asarray(at.size, np.float32)
        assert float(np.abs(flat - ((0, 0), (1, 0), (1, 1), (0, 1))).max()) < 0.025


@pytest.mark.parametrize("depth", [0.2, 0.4, 0.6])
@pytest.mark.parametrize("along", [0.3, 0.5, 0.7])
def test_a_shadow_alone_is_no_sheet(along: float, depth: float) -> None:
    whole = np.asarray(((-50, -60), (WIDTH + 40, -20), (WIDTH + 30, HEIGHT + 50), (-40, HEIGHT + 20)), np.float32)
    assert flattened(photograph(whole, shadow(along, depth))) is None


def test_a_sheet_on_a_table_as_white_as_itself_is_left_alone() -> None:
    assert flattened(photograph(SHEET, desk=232)) is None
