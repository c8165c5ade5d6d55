"""A box that a person drew is read as a value of its field, and always as a proposal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import vocabulary
from domain.document import Box, Line
from domain.errors import ReadRefused, UnknownField
from domain.field import REVIEW
from extractors import box
from extractors.box import read_box

PAPERS = Path(__file__).parents[2] / "fixtures/documents/company_registration_form"


def sample(name: str) -> tuple[Path, dict[str, dict[str, object]]]:
    folder = PAPERS / name
    file = next(f for f in folder.iterdir() if f.suffix not in (".json", ".md"))
    truth = json.loads(next(folder.glob("*.json")).read_text(encoding="utf-8"))
    return file, truth["documents"][0]["fields"]


def around(field: dict[str, object]) -> Box:
    return Box(*field["box"]).grown(0.004, 0.003)  # type: ignore[misc]


@pytest.mark.parametrize("field", ["org.uniform_no", "org.name", "fin.paid_in_capital", "reg.approval_date"])
def test_a_box_on_a_text_layer_holds_its_characters(field: str) -> None:
    file, truth = sample("reg-shares-change-q0")
    seen = read_box(file, int(str(truth[field]["page"])), around(truth[field]), field)
    assert (seen.value, seen.status, seen.witnesses) == (truth[field]["value"], REVIEW, ("text-layer",))


@pytest.mark.engine
@pytest.mark.parametrize("field", ["org.uniform_no", "org.responsible_person", "reg.approval_date"])
def test_the_pixels_of_a_box_go_to_the_engine(field: str) -> None:
    file, truth = sample("reg-shares-change-q2")
    seen = read_box(file, int(str(truth[field]["page"])), around(truth[field]), field)
    assert (seen.value, seen.status) == (truth[field]["value"], REVIEW)
    assert "ocr" in seen.witnesses


@pytest.mark.engine
def test_a_box_with_nothing_in_it_gives_no_value_and_says_so() -> None:
    file, truth = sample("reg-shares-change-q2")
    for nothing in (Box(0.01, 0.005, 0.06, 0.012), Box(0.5, 0.5, 0.5, 0.5)):
        seen = read_box(file, 1, nothing, "fin.paid_in_capital")
        assert seen.value is None
        assert seen.doubts


def test_what_is_no_page_and_what_is_no_field_is_refused() -> None:
    file, _ = sample("reg-shares-change-q0")
    with pytest.raises(ReadRefused):
        read_box(file, 99, Box(0, 0, 1, 1), "org.name")
    with pytest.raises(UnknownField):
        read_box(file, 1, Box(0, 0, 1, 1), "org.no_such_field")


def test_a_row_that_lies_askew_is_read_from_the_left() -> None:
    def line(text: str, left: float, top: float) -> Line:
        return Line(text, Box(left, top, left + 0.2, top + 0.3), ())

    lines = [line("股份有限公司", 0.7, 0.1), line("岳禾塑膠工業", 0.1, 0.16), line("第二列", 0.1, 0.6)]
    assert [x.text for x in box.in_rows(lines)] == ["岳禾塑膠工業", "股份有限公司", "第二列"]
    steep = [line("甲二", 0.5, 0.0), line("甲一", 0.1, 0.2), line("乙二", 0.5, 0.4), line("乙一", 0.1, 0.6)]
    assert [x.text for x in box.in_rows(steep)] == ["甲一", "甲二", "乙一", "乙二"]
    below = [line("第一列", 0.1, 0.0), line("第二列", 0.12, 0.28)]
    assert [x.text for x in box.in_rows(below)] == ["第一列", "第二列"]


@given(st.sampled_from(sorted(vocabulary.terms())), st.text(max_size=30))
def test_whatever_stands_in_a_box_gives_a_value_of_the_vocabulary_or_none(field: str, text: str) -> None:
    value = box.value_of(field, text)
    if value is not None and vocabulary.term(field).type in box.PARSERS:
        vocabulary.check(field, value)


@pytest.mark.parametrize(("field", "text", "value"), [
    ("fin.paid_in_capital", "新臺幣 5,840,000 元", 5_840_000), ("reg.approval_date", "103年10月9日", "2014-10-09"),
    ("org.uniform_no", "8 2 0 9 0 1 3 4", "82090134"), ("fin.paid_in_capital", "腊", None), ("org.name", "", None),
])
def test_a_value_is_taken_out_of_what_stands_around_it(field: str, text: str, value: object) -> None:
    assert box.value_of(field, text) == value
