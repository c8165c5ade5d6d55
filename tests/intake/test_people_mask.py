"""Masked values show too little to find a person by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.people import mask


@pytest.mark.parametrize(("field", "value", "shown"), [
    ("agent.id_no", "A123456789", "A1******89"),
    ("contact.phone", "(02) 2345-6789 分機 12", "(**) ****-***9 分機 12"),
    ("contact.email", "someone@example.com", "s***@example.com"),
    ("org.responsible_person", "王小明", "王○明"),
    ("contact.name", "歐陽娜娜", "歐○○娜"),
    ("contact.name", "John Smith", "J*** S****"),
    ("person.birth_date", "1980-01-02", "＊＊＊"),
    ("org.name", "測試股份有限公司", "測試股份有限公司"),
    ("fin.paid_in_capital", 5_000_000, 5_000_000),
    ("contact.name", None, None),
])
def test_what_is_personal_is_masked(field: str, value: object, shown: object) -> None:
    assert mask.value(field, value) == shown


@given(st.text(alphabet="王李陳林小大明華美", min_size=2, max_size=5))
def test_a_masked_name_hides_what_is_between(name: str) -> None:
    shown = mask.name(name)
    assert "○" in shown
    assert len(shown) == len(name)
    assert shown != name


@given(st.text(alphabet="0123456789-() ", max_size=20))
def test_a_masked_phone_shows_three_digits(number: str) -> None:
    digits = sum(c.isdigit() for c in number)
    assert sum(c.isdigit() for c in mask.phone(number)) == min(3, digits)
