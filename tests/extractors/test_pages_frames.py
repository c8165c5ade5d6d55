"""Places found in the upright frame are places on the page as displayed, however the page stands, leans or was photographed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.document import Box
from extractors.ocr.engine import Pixels, Quad
from extractors.pages import frame, turn
from extractors.pages.flatten import flattened
from extractors.pages.scan import Frame

sides = st.integers(200, 5000)
turns = st.sampled_from((0, 90, 180, 270))
places = st.floats(0.1, 0.9)


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    x, y = draw(places), draw(places)
    w, h = draw(st.floats(0.001, 0.08)), draw(st.floats(0.001, 0.08))
    return Box(x - w, y - h, x + w, y + h)


@st.composite
def corners(draw: st.DrawFn) -> Quad:
    """A sheet of 1000 by 1400 pixels, seen a little from the side."""
    off = [(draw(st.floats(-60, 60)), draw(st.floats(-60, 60))) for _ in range(4)]
    plain = ((100.0, 100.0), (1100.0, 100.0), (1100.0, 1500.0), (100.0, 1500.0))
    return np.asarray([(x + a, y + b) for (x, y), (a, b) in zip(plain, off, strict=True)], np.float32)


@given(sides, sides, turns, boxes())
def test_a_quarter_turn_and_back_is_the_same_place(w: int, h: int, turned: int, box: Box) -> None:
    matrix, size = frame.quarter_turns(turned, (w, h))
    there = frame.fractions(matrix, (w, h), size)
    back = frame.fractions(frame.inverse(matrix), size, (w, h))
    assert box.mapped(there).mapped(back).as_list() == pytest.approx(box.as_list(), abs=1e-4)


@given(turns, boxes())
def test_four_equal_turns_are_none(turned: int, box: Box) -> None:
    size, now = (1200, 1700), box
    for _ in range(4):
        matrix, after = frame.quarter_turns(turned, size)
        now, size = now.mapped(frame.fractions(matrix, size, after)), after
    assert now.as_list() == pytest.approx(box.as_list(), abs=1e-4)


@given(st.floats(-12, 12), places, places)
def test_a_lean_taken_out_and_put_back_is_the_same_point(degrees: float, x: float, y: float) -> None:
    size = (1600, 2300)
    matrix = frame.rotation(degrees, size)
    there = frame.points(matrix, [(x * size[0], y * size[1])])
    back = frame.points(frame.inverse(matrix), there)
    assert back[0] == pytest.approx((x * size[0], y * size[1]), abs=0.1)


@given(corners(), turns, st.floats(-3, 3), places, places)
def test_the_whole_way_of_a_photo_and_back(quad: Quad, turned: int, degrees: float, x: float, y: float) -> None:
    image = np.full((1600, 1200), 60, np.uint8)
    at = _flat(quad, image)
    matrix, size = frame.quarter_turns(turned, at.size)
    at = at.then(matrix, size, turned)
    at = at.then(frame.rotation(degrees, at.size), at.size)
    back = frame.fractions(frame.inverse(at.matrix), at.size, at.displayed)
    seen = Box(x, y, x, y).mapped(back)
    assume(0 < seen.left < 1 and 0 < seen.top < 1)
    again = frame.points(at.matrix, [(seen.left * 1200, seen.top * 1600)])[0]
    assert again == pytest.approx((x * at.size[0], y * at.size[1]), abs=0.6)


def _flat(quad: Quad, image: Pixels) -> Frame:
    """A frame that carries the quadrilateral to a sheet of 1000 by 1400."""
    target = np.asarray(((0, 0), (1000, 0), (1000, 1400), (0, 1400)), np.float64)
    rows, right = [], []
    for (x, y), (u, v) in zip(quad.astype(float), target, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    matrix = np.append(np.linalg.solve(np.asarray(rows), np.asarray(right)), 1.0).reshape(3, 3)
    return Frame(matrix, (1000, 1400), (image.shape[1], image.shape[0]))


@given(st.floats(-14, 14), st.integers(4, 30))
def test_the_lean_of_rows_is_measured(degrees: float, count: int) -> None:
    size = (1600, 2300)
    rows = [np.asarray(((100, y), (900, y), (900, y + 30), (100, y + 30)), np.float32) for y in range(200, 200 + 60 * count, 60)]
    leaning = [frame.points(frame.rotation(degrees, size), r) for r in rows]
    assert turn.lean(leaning) == pytest.approx(degrees, abs=0.05)
    assert turn.lies(leaning)
    standing, after = frame.quarter_turns(90, size)
    assert not turn.lies([_named(frame.points(standing, r)) for r in rows])


def _named(quad: Quad) -> Quad:
    """Corners in the detector's order: clockwise from the top left of the picture."""
    return np.asarray(np.roll(quad, -int(np.argmin(quad.sum(axis=1))), axis=0), np.float32)


def test_a_bright_sheet_on_a_dark_desk_is_flattened() -> None:
    desk = np.full((1600, 1200, 3), 70, np.uint8)
    quad = np.asarray(((150, 130), (1050, 180), (1090, 1480), (110, 1430)), np.int32)
    sheet = _filled(desk, quad)
    at = flattened(sheet)
    assert at is not None
    flat = frame.points(at.matrix, quad.astype(float))
    w, h = at.size
    assert flat == pytest.approx(np.asarray(((0, 0), (w, 0), (w, h), (0, h))), abs=0.02 * h)


def test_a_page_that_fills_the_picture_is_left_as_it_is() -> None:
    assert flattened(np.full((1600, 1200, 3), 240, np.uint8)) is None
    edged = np.full((1600, 1200, 3), 240, np.uint8)
    edged[:8] = edged[-8:] = 20
    assert flattened(edged) is None


def _filled(image: Pixels, quad: np.ndarray[tuple[int, ...], np.dtype[np.int32]]) -> Pixels:
    """The picture with a light polygon."""
    ys, xs = np.mgrid[0 : image.shape[0], 0 : image.shape[1]]
    inside = np.ones(ys.shape, bool)
    for (x0, y0), (x1, y1) in zip(quad, np.roll(quad, -1, axis=0), strict=True):
        inside &= (x1 - x0) * (ys - y0) - (y1 - y0) * (xs - x0) >= 0
    out = image.copy()
    out[inside] = 235
    return out
