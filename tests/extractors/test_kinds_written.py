"""Amounts in 大寫 are read as written, in a running line and in printed places; what is not one amount gives none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.taiwan import numerals
from extractors.kinds._written import parse_words
from extractors.readers.ink import plain

DIGITS = "零壹貳參肆伍陸柒捌玖"
PLACES = "億仟佰拾萬仟佰拾元"


def places(amount: int, digits: str, empty: str) -> str:
    """The amount in a printed row of places; the places before its first figure are ``empty``."""
    shown = f"{amount:09d}"
    first = next(k for k, c in enumerate(shown) if c != "0")
    return "".join((digits[int(c)] if k >= first else empty) + unit for k, (c, unit) in enumerate(zip(shown, PLACES, strict=True)))


def read(text: str) -> object:
    found = parse_words(plain(text))
    return found and found.value


@given(st.integers(1, 999_999_999))
def test_a_running_line_gives_its_amount(amount: int) -> None:
    assert read(f"總計新臺幣（中文大寫）：{numerals.to_financial(amount)}元整") == amount


@given(st.integers(1, 999_999_999), st.sampled_from((DIGITS, "0123456789")), st.sampled_from(("", "×", "零")))
def test_printed_places_give_the_amount_written_into_them(amount: int, digits: str, empty: str) -> None:
    assert read(f"合計新臺幣{places(amount, digits, empty)}整") == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("新臺幣拾伍萬元整", 150_000),
        ("合計新臺幣拾萬捌仟伍佰伍拾零元整", 8_550),
        ("新台幣（大寫）：柒仟柒伯陸拾圓正", 7_760),
        ("新臺幣壹萬貳仟參什肆元整", None),
        ("億仟佰拾萬仟佰拾元", None),
        ("新臺幣壹萬某仟元整", None),
        ("新臺幣伍佰貳仟元整", None),
    ],
)
def test_a_line_is_read_whole_or_not_at_all(text: str, amount: int | None) -> None:
    assert read(text) == amount


@given(st.text("零壹貳參肆伍陸柒捌玖拾佰仟萬億元整×新臺幣0123456789 ", max_size=24))
def test_any_signs_give_an_amount_or_none(text: str) -> None:
    value = read(text)
    assert value is None or (isinstance(value, int) and value > 0)
