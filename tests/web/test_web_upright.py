"""The crop behind a value stands upright, whichever way the page lies in the scanner."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from house import FORM, HEADCOUNT, House
from hypothesis import given
from hypothesis import strategies as st

from domain.document import Box
from intake.store import pictures, repository
from intake.web.facts import Spot

WIDTH, HEIGHT = 800, 1200
PLACES = st.floats(0.02, 0.9).map(lambda v: round(v, 3))


def upright(spot: Spot, x: float, y: float) -> tuple[float, float]:
    """A point of the displayed picture in pixels as the transform puts it."""
    moved = re.match(r"translate\((\d+) (\d+)\) rotate\((\d+)\)", spot.transform)
    if not moved:
        return x, y
    dx, dy, turn = (int(v) for v in moved.groups())
    across, down = {90: (-y, x), 180: (-x, -y), 270: (y, -x)}[turn]
    return dx + across, dy + down


@given(st.sampled_from([0, 90, 180, 270]), PLACES, PLACES, st.floats(0.01, 0.09), st.floats(0.01, 0.09))
def test_the_window_lies_on_the_upright_page_and_shows_the_ink(turned: int, left: float, top: float, wide: float, high: float) -> None:
    spot = Spot(1, "a.pdf", "", 1, Box(left, top, left + wide, top + high), "字", WIDTH, HEIGHT, turned)
    x, y, across, down = (float(v) for v in spot.view.split())
    page = (HEIGHT, WIDTH) if turned in (90, 270) else (WIDTH, HEIGHT)
    assert min(x, y) >= -1
    assert x + across <= page[0] + 1
    assert y + down <= page[1] + 1
    for corner in ((left, top), (left + wide, top + high)):
        at = upright(spot, corner[0] * WIDTH, corner[1] * HEIGHT)
        assert x - 1 <= at[0] <= x + across + 1
        assert y - 1 <= at[1] <= y + down + 1


@pytest.mark.parametrize(("turned", "corner"), [(0, (0, 0)), (90, (HEIGHT, 0)), (180, (WIDTH, HEIGHT)), (270, (0, WIDTH))])
def test_the_displayed_corner_comes_where_a_clockwise_turn_puts_it(turned: int, corner: tuple[int, int]) -> None:
    assert upright(Spot(1, "", "", 1, Box(0, 0, 0.1, 0.1), "", WIDTH, HEIGHT, turned), 0, 0) == corner


def test_the_small_picture_of_a_page_that_lies_on_its_side_stands_upright(house: House) -> None:
    number = house.read_case(papers=(FORM, HEADCOUNT))
    with house.database.session() as session:
        first, second = repository.papers(session, repository.case(session, number).id)
        lies = pictures.picture(session, second.id, 1)
        pictures.save_picture(session, second.id, replace(lies, turned=90))
    page = house.signed_in("shop").get(f"/cases/{number}/papers").text
    shown = {int(m[2]): m[1] for m in re.finditer(r'<img class="([^"]+)" src="/papers/(\d+)/pages/1\.webp"', page)}
    assert shown == {first.id: "thumb", second.id: "thumb turned-90"}
