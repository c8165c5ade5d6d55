"""Days, three-valued logic and amounts in words, as RULES.md 0.1 counts them."""

from __future__ import annotations

import doctest
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility import dates, evidence, words
from eligibility.dates import anniversary, calendar, days_after, month_index, months_after, years_before
from eligibility.paper import Paper
from eligibility.rule import both, either

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
TRUTH = st.sampled_from([True, False, None])


@given(start=DAYS, years=st.integers(1, 20))
def test_an_anniversary_is_the_same_day_or_the_28th(start, years):
    there = anniversary(start, years)
    assert (there.year, there.month) == (start.year + years, start.month)
    assert there.day == start.day or (start.month, start.day, there.day) == (2, 29, 28)


@given(day=DAYS, years=st.integers(1, 10))
def test_exactly_n_years_ago_is_within_and_the_day_before_is_not(day, years):
    first = years_before(day, years)
    assert anniversary(first, years) in (day, day - timedelta(days=1))
    assert first - timedelta(days=1) < first <= day


@given(start=DAYS, months=st.integers(-30, 30))
def test_months_keep_the_day_or_end_the_month(start, months):
    there = months_after(start, months)
    assert month_index(there.isoformat()[:7]) == month_index(start.isoformat()[:7]) + months
    assert there.day == start.day or (there + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2025-03-14", 5, "2025-03-21"),
        ("2025-01-24", 1, "2025-02-03"),
        ("2025-02-05", 3, "2025-02-08"),
        ("2026-09-24", 1, "2026-09-29"),
        ("2030-01-01", 5, None),
        ("2026-12-28", 5, "2027-01-05"), ("2027-12-30", 5, None),
    ],
)
def test_working_days_follow_the_office_calendar(start, days, due):
    assert calendar().workday_after(date.fromisoformat(start), days) == (due and date.fromisoformat(due))


@given(start=st.dates(date(2017, 1, 1), date(2027, 11, 1)), days=st.integers(1, 20))
def test_a_working_day_is_one_and_there_are_as_many_before_it(start, days):
    due = calendar().workday_after(start, days)
    between = [days_after(start, n) for n in range(1, (due - start).days + 1)]
    assert calendar().works(due)
    assert sum(calendar().works(d) for d in between) == days


@given(day=st.dates(date(2017, 1, 1), date(2027, 12, 1)))
def test_a_last_day_that_is_closed_moves_to_the_next_that_is_open(day):
    rolled = calendar().rolled(day)
    assert calendar().works(rolled)
    assert not any(calendar().works(days_after(day, n)) for n in range((rolled - day).days))


@given(st.lists(TRUTH, min_size=1, max_size=4))
def test_or_and_and_over_unknowns_agree_with_every_way_to_fill_them(branches):
    filled = [[]]
    for b in branches:
        filled = [[*f, v] for f in filled for v in ([b] if b is not None else [True, False])]
    for three_valued, two_valued in ((either, any), (both, all)):
        results = {two_valued(f) for f in filled}
        assert three_valued(*branches) == (results.pop() if len(results) == 1 else None)


def test_what_an_object_leaves_out_is_not_known():
    assert Paper.of(True).lacks(original=True, copies=5, seals=("company_seal",)) == []
    assert Paper.of(False).lacks() == ["文件本身"]
    assert Paper.of({"form": "original"}).lacks() == ["文件本身"]
    assert Paper.of({"present": True}).lacks() == []
    assert Paper.of({"present": True}).lacks(original=True, copies=5, seals=("company_seal", "responsible_seal")) == [
        "正本",
        "5 份",
        "公司章",
        "負責人章",
    ]
    assert Paper.of({"present": True, "form": "copy", "copies": 4}).lacks(original=True, copies=5) == [
        "正本（目前是影本）",
        "5 份（目前 4 份）",
    ]


@pytest.mark.parametrize("module", [dates, evidence, words], ids=lambda m: m.__name__)
def test_the_examples_in_the_docstrings_hold(module):
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0
