"""A drawing shows each figure in its place, nothing where nothing was counted, and periods without gap or overlap."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from intake.web.figures import STEPS, periods
from intake.web.plot import Point, Series, plot

VALUES = st.lists(st.one_of(st.none(), st.floats(0, 1e6)), min_size=1, max_size=20)


@given(VALUES, st.booleans())
def test_every_figure_stands_within_the_drawing_in_its_order(values: list[float | None], whole: bool) -> None:
    counted = [None if v is None else float(int(v)) if whole else v for v in values]
    drawn = plot([Series("a", tuple(Point(str(i), v, str(v)) for i, v in enumerate(counted)))], whole=whole)
    dots = drawn.lines[0].dots
    assert len(dots) == sum(v is not None for v in counted)
    for dot in dots:
        assert drawn.left <= dot.x <= drawn.right
        assert drawn.top - 0.1 <= dot.y <= drawn.bottom + 0.1
    for a in dots:
        for b in dots:
            if (a.point.value or 0) > (b.point.value or 0):
                assert a.y <= b.y
    if whole:
        assert all("." not in text for _, text in drawn.ticks)


def test_a_line_breaks_where_nothing_was_counted() -> None:
    values = (1, 2, None, 3, 4, None, 5)
    drawn = plot([Series("a", tuple(Point(str(i), v, "") for i, v in enumerate(values)))])
    assert [len(p.split()) for p in drawn.lines[0].paths] == [2, 2]


@given(st.sampled_from(sorted(STEPS)), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_periods_follow_each_other_and_the_last_holds_today(step: str, today: date) -> None:
    found = periods(step, today)
    assert len(found) == STEPS[step][1]
    assert all(a.after == b.first for a, b in zip(found, found[1:], strict=False))
    assert found[-1].first <= today < found[-1].after
    if step == "week":
        assert all(p.first.weekday() == 0 and p.after - p.first == timedelta(days=7) for p in found)
