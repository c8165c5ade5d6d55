"""Slips in one photograph are told apart however each lies; what is one paper stays one."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.document import OCR, Box, Code, Line, Page
from extractors.ocr.engine import Pixels, Quad
from extractors.pages import flatten, frame
from extractors.pages.clean import Ink
from extractors.pages.codes import Spot
from extractors.pages.scan import Frame, whole
from extractors.pages.slips import SMALLEST, Slip, ink_of, legible, own, papers, slips

SIZE = (2000, 1500)


def laid(width: float, height: float, at: tuple[float, float], degrees: float, box: tuple[float, ...] = (0, 0, 1, 1)) -> Quad:
    """A part of a sheet of paper, in shares of it, that lies about the place ``at`` and leans by ``degrees``."""
    left, top, right, bottom = box
    p = np.array(((left, top), (right, top), (right, bottom), (left, bottom))) - 0.5
    a = np.deg2rad(degrees)
    turned = (p * (width, height)) @ np.array(((np.cos(a), np.sin(a)), (-np.sin(a), np.cos(a))))
    return np.asarray(turned + at, np.float32)


def paper(at: tuple[float, float], degrees: float = 0.0) -> Quad:
    return flatten.clockwise(laid(300, 500, at, degrees))


def lines(at: tuple[float, float], degrees: float = 0.0, count: int = 8) -> list[Quad]:
    """The lines on a slip of 300 by 500 pixels."""
    return [laid(300, 500, at, degrees, (0.1, 0.06 + 0.1 * k, 0.9, 0.11 + 0.1 * k)) for k in range(count)]


def code(at: tuple[float, float], degrees: float, payload: bytes = b"x") -> Spot:
    """The QR code at the foot of such a slip."""
    return Spot("QRCode", payload, laid(300, 500, at, degrees, (0.1, 0.84, 0.35, 0.99)))


def on(quad: Quad, found: list[Slip]) -> list[int]:
    """The slips to which a line was given."""
    return [k for k, slip in enumerate(found) if any(np.array_equal(t, quad) for t in slip.text)]


@given(st.lists(st.floats(0, 359), min_size=2, max_size=4))
def test_papers_with_text_are_a_slip_each_however_they_lie(leans: list[float]) -> None:
    places = [(400.0 + 600 * (k % 3), 375.0 + 750 * (k // 3)) for k in range(len(leans))]
    text = [lines(place, lean) for place, lean in zip(places, leans, strict=True)]
    found = slips([paper(p, d) for p, d in zip(places, leans, strict=True)], [t for ts in text for t in ts], [], SIZE)
    assert len(found) == len(leans)
    assert [[on(t, found) for t in ts] for ts in text] == [[[k]] * 8 for k in range(len(leans))]


@given(st.floats(0, 359), st.floats(40, 140), st.booleans())
def test_slips_whose_edges_are_not_seen_are_told_apart_by_their_codes(lean: float, other: float, decoded: bool) -> None:
    places, leans = ((500.0, 700.0), (1500.0, 700.0)), (lean, lean + other)
    text = [lines(p, d) for p, d in zip(places, leans, strict=True)]
    codes = [code(p, d) for p, d in zip(places, leans, strict=True)]
    lost = [Spot("QRCode", b"", code((1500, 100), 0).corners)] if decoded else []
    found = slips([], [t for ts in text for t in ts], [*codes, *lost], SIZE)
    assert len(found) == 2
    assert len({on(t, found)[0] for t in text[0]}) == len({on(t, found)[0] for t in text[1]}) == 1
    assert on(text[0][0], found) != on(text[1][0], found)
    for ts, slip in zip(text, sorted(found, key=lambda s: float(s.outline[:, 0].mean())), strict=True):
        assert all(cv2.pointPolygonTest(slip.corners, (float(x), float(y)), False) >= 0 for t in ts for x, y in t)


def test_a_paper_too_faint_for_a_first_look_is_looked_at_beside_two_that_are_not() -> None:
    places = ((400.0, 375.0), (1000.0, 375.0), (1600.0, 375.0))
    text = [t for p in places[:2] for t in lines(p)]
    assert len(slips([paper(p) for p in places], text, [], SIZE)) == 3
    assert slips([paper(p) for p in places[1:]], lines(places[1]), [], SIZE) == []


@pytest.mark.parametrize(("count", "codes", "told"), [(2, 0, False), (3, 0, True), (0, 1, True)])
def test_a_thing_with_hardly_a_word_on_it_is_no_slip(count: int, codes: int, told: bool) -> None:
    box = Box(0.1, 0.1, 0.2, 0.2)
    page = Page(1, 100, 100, (Line("字", box, (box,)),) * count, OCR, codes=(Code("QRCode", b"x", box),) * codes)
    assert legible(page) is told


def test_an_upside_down_neighbour_is_a_slip_of_its_own() -> None:
    at, other = (500.0, 700.0), (1300.0, 700.0)
    text = lines(at, 3) + lines(other, 183)
    assert len(slips([], text, [code(at, 3), code(other, 183)], SIZE)) == 2


@pytest.mark.parametrize("codes", [[], [code((500, 700), 2)], [code((500, 700), 2), code((1300, 700), 4)]])
def test_what_lies_one_way_and_has_no_edges_stays_one_picture(codes: list[Spot]) -> None:
    assert slips([], lines((500, 700), 2) + lines((1300, 700), 4), codes, SIZE) == []


def test_one_paper_on_a_desk_stays_one_picture() -> None:
    at = (900.0, 700.0)
    assert slips([paper(at, 20)], lines(at, 20), [code(at, 20)], SIZE) == []


def test_white_boxes_of_a_form_are_no_slips() -> None:
    boxes = [laid(400, 200, (600, 500), 0), laid(400, 200, (600, 900), 0)]
    form = [laid(1600, 1200, (1000, 750), 0, (0.05, 0.04 * k, 0.95, 0.02 + 0.04 * k)) for k in range(25)]
    inside = [laid(400, 200, (600, y), 0, (0.1, 0.2 * k, 0.9, 0.1 + 0.2 * k)) for y in (500, 900) for k in range(1, 5)]
    assert slips(boxes, form + inside, [], SIZE) == []


def test_of_outlines_one_over_another_the_plainest_counts() -> None:
    outer, inner, beside = paper((500, 700)), laid(150, 200, (500, 700), 0), paper((1300, 700))
    seen = [flatten.Outline(q, 0.05, w) for q, w in ((outer, 0.9), (inner, 0.5), (beside, 0.4))]
    assert [float(q[0][0]) for q in papers(seen)] == [float(outer[0][0]), float(beside[0][0])]


@pytest.mark.parametrize("lean", [0.0, 33.0, 178.0])
def test_papers_on_a_desk_are_seen_by_their_edges(lean: float) -> None:
    desk = np.full((SIZE[1], SIZE[0]), 90, np.uint8)
    places = ((450.0, 500.0), (1400.0, 900.0))
    for place in places:
        cv2.fillConvexPoly(desk, paper(place, lean).astype(np.int32), 220)
    found = papers(flatten.outlines(desk, SMALLEST))
    assert sorted(tuple(np.round(q.mean(axis=0), -2).tolist()) for q in found) == [(400.0, 500.0), (1400.0, 900.0)]


def slip(at: tuple[float, float], lean: float = 0.0) -> Slip:
    return Slip(tuple(lines(at, lean)), paper(at, lean), laid(500, 800, at, lean))


def reading(start: Frame, spots: list[tuple[float, float]]) -> Page:
    """A page of one slip with a line at each of these places of the photo."""
    out = []
    for place in spots:
        (x, y), (w, h) = frame.points(start.matrix, (place,))[0], start.size
        box = Box(float(x) / w - 0.001, float(y) / h - 0.001, float(x) / w + 0.001, float(y) / h + 0.001)
        out.append(Line(f"{place[0]:.0f}", box, (box,) * len(f"{place[0]:.0f}"), source=OCR))
    return Page(1, *start.size, tuple(out), OCR)


def test_what_stands_on_a_neighbour_is_left_to_it() -> None:
    mine, other = slip((500, 700)), slip((950, 700))
    start = mine.frame(SIZE)
    page = reading(start, [(500, 600), (700, 600), (760, 600), (950, 600)])
    assert [n.text for n in own(page, mine, [other], start).lines] == ["500", "700"]


def test_a_line_seen_with_a_slip_is_its_own_though_a_neighbour_reaches_over_it() -> None:
    mine, wide = slip((500, 700)), Slip((), laid(900, 900, (700, 700), 0), laid(900, 900, (700, 700), 0))
    x, y = (float(v) for v in mine.text[0].mean(axis=0))
    start = mine.frame(SIZE)
    assert [n.text for n in own(reading(start, [(x, y)]), mine, [wide], start).lines] == ["500"]


def test_each_slip_has_its_own_stamps() -> None:
    picture: Pixels = np.zeros((4, 4), np.uint8)
    written = Ink(picture, (((450, 650, 100, 100), picture), ((1250, 650, 100, 100), picture)))
    assert [zone[0] for zone, _ in ink_of(written, slip((500, 700))).stamps] == [450]


def test_the_frame_of_a_slip_holds_it_straight() -> None:
    quad = paper((900, 700), 30)
    at = Slip((), quad, quad).frame(SIZE)
    assert np.allclose(at.size, (300, 500), rtol=0.05)
    assert at.displayed == SIZE == whole(np.zeros((SIZE[1], SIZE[0]), np.uint8)).size


@pytest.mark.parametrize(("high", "told"), [(40, False), (16, True)])
def test_print_too_small_to_be_sure_of_is_told(high: int, told: bool) -> None:
    here = slip((500, 700))
    start = here.frame(SIZE)
    box = Box(0.1, 0.3, 0.9, 0.3 + high / start.size[1])
    page = Page(1, *start.size, (Line("總計500", box, (box,) * 5, source=OCR),), OCR)
    assert bool(own(page, here, [], start).notes) is told
