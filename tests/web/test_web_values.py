"""What a person reads on the screen and types back is the same value; what is not of the form wanted is refused, never guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import vocabulary
from domain.errors import BadValue
from intake.web import values

MONEY, DATE, MONTH, LIST = "fin.paid_in_capital", "org.founding_date", "hc.insured_latest_period", "org.business_items"


@given(st.integers(0, 10**13))
def test_an_amount_shown_and_typed_again_is_the_same(amount: int) -> None:
    assert values.typed(MONEY, values.box(MONEY, amount)) == amount
    assert values.typed(MONEY, values.shown(MONEY, amount)) == amount


@given(st.dates(date(1912, 1, 1), date(2100, 12, 31)))
def test_a_date_shown_and_typed_again_is_the_same(day: date) -> None:
    assert values.typed(DATE, values.shown(DATE, day.isoformat())) == day.isoformat()
    assert values.typed(DATE, day.isoformat()) == day.isoformat()


@given(st.integers(1912, 2100), st.integers(1, 12))
def test_a_month_shown_and_typed_again_is_the_same(year: int, month: int) -> None:
    value = f"{year:04d}-{month:02d}"
    assert values.typed(MONTH, values.shown(MONTH, value)) == value


@given(st.lists(st.from_regex(r"[A-Z]{1,2}[0-9]{6}", fullmatch=True), min_size=1, max_size=8))
def test_a_list_is_typed_one_item_a_line(items: list[str]) -> None:
    assert values.typed(LIST, values.box(LIST, items)) == items


@pytest.mark.parametrize(("field", "typed", "value"), [
    (MONEY, "5,000,000元", 5_000_000), (MONEY, "５００萬", 5_000_000), (MONEY, "1.5億", 150_000_000), (MONEY, "1億6,850萬元", 168_500_000),
    (MONEY, "新臺幣 12,345 元整", 12_345), (MONEY, "壹佰萬元整", 1_000_000), (DATE, "97.3.5", "2008-03-05"),
    (DATE, "民國９７年３月５日", "2008-03-05"), (DATE, "0970305", "2008-03-05"), (MONTH, "10801", "2019-01"),
    (MONTH, "2019-1", "2019-01"), ("org.is_startup", "是", True), ("org.is_startup", "no", False),
    ("org.uniform_no", "1234 5675", "12345675"), ("fin.paid_in_capital", "  ", None),
])
def test_people_may_type_as_they_write(field: str, typed: str, value: object) -> None:
    assert values.typed(field, typed) == value


@pytest.mark.parametrize(("field", "typed"), [
    (MONEY, "約五百萬吧"), (MONEY, "12.5"), (MONEY, "-5"), (MONEY, "1,00,000"), (DATE, "97年13月1日"), (DATE, "97年3月"),
    (DATE, "97年3月5日前後"), (MONTH, "108年"), ("org.is_startup", "也許"), ("org.uniform_no", "1234567"), ("app.mode", "別的"),
    ("hc.regular_employees", "二三十"),
])
def test_what_is_not_of_the_form_wanted_is_refused(field: str, typed: str) -> None:
    with pytest.raises(BadValue):
        values.typed(field, typed)


@given(st.sampled_from(sorted(f for f in vocabulary.terms() if values.can_be_typed(f))), st.text(max_size=40))
def test_whatever_is_typed_gives_a_value_of_the_vocabulary_or_a_refusal(field: str, typed: str) -> None:
    try:
        value = values.typed(field, typed)
    except BadValue:
        return
    vocabulary.check(field, value)


@pytest.mark.parametrize(("typed", "value"), [
    ("無", []), ("112年3月5日 60,000 水污染防治法", [{"date": "2023-03-05", "amount": 60_000, "law": "水污染防治法"}]),
    ("112.3.5 空氣污染防制法 第20條", [{"date": "2023-03-05", "law": "空氣污染防制法 第20條"}]),
])
def test_what_a_register_says_is_typed_one_record_a_line(typed: str, value: list[object]) -> None:
    assert values.typed("cmp.env_violations", typed) == value
    assert values.typed("cmp.env_violations", values.box("cmp.env_violations", value)) == value


@pytest.mark.parametrize("typed", ["沒有", "112年3月5日", "水污染防治法 60,000", "無\n112年3月5日 60,000 水污染防治法"])
def test_a_register_entry_without_its_day_or_law_is_refused(typed: str) -> None:
    with pytest.raises(BadValue):
        values.typed("cmp.env_violations", typed)


def test_unknown_is_shown_as_unknown_and_never_as_nothing() -> None:
    assert values.shown(MONEY, None) == "—"
    assert values.shown(MONEY, 0) == "0 元"
    assert values.shown("org.is_startup", False) == "否"
