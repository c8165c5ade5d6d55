"""The floor counts only lines that hold fields, and the soak reads in a cage until the pages asked for have passed."""

from pathlib import Path

import pytest

from benchmarks.floor import ALL, _holds, floor, given, table
from benchmarks.soak import papers, soak
from domain.document import Box
from intake.work.cage import CageSettings

SAMPLES = Path(__file__).parents[2] / "fixtures" / "documents"


def test_a_line_holds_a_field_where_they_overlap() -> None:
    field = Box(0.5, 0.5, 0.7, 0.52)
    assert _holds(Box(0.1, 0.495, 0.9, 0.525), field)
    assert not _holds(Box(0.1, 0.53, 0.9, 0.55), field)


@pytest.mark.engine
def test_the_floor_lies_below_a_read() -> None:
    some = [(p, t) for p, t in given(None) if t["quality"] == "q2" and t["pages"] == 1][:1]
    sums = floor(some)
    assert 0 < sums[ALL].field_lines < sums[ALL].lines
    assert sums[ALL].ratio > 1
    assert table(sums).count("\n") == len(sums) + 1


def test_the_soak_ends_with_the_pages_asked_for() -> None:
    text_only = [p for p in papers(SAMPLES) if p.stem.endswith("-q0")]
    seen = list(soak(text_only, 6, CageSettings(recycle_pages=4), step=3))
    assert seen[-1][0] >= 6
    assert max(most for _, _, most, _ in seen) > 0
    assert seen[-1][3] >= 2
