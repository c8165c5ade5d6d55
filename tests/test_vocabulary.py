"""The vocabulary holds every field of the data dictionary and refuses what is not of its form."""

import json
from pathlib import Path
from typing import Any

import pytest

from domain.errors import BadValue, UnknownField
from domain.vocabulary import FORMS, check, check_facts, terms

INDEX = Path(__file__).resolve().parents[2] / "shared" / "requirements" / "index.json"


@pytest.mark.skipif(not INDEX.exists(), reason="the data dictionary is not beside this checkout")
def test_every_field_of_the_dictionary_is_there() -> None:
    wanted = {f["id"].strip("`"): f["label"] for f in json.loads(INDEX.read_text(encoding="utf-8"))["fields"]}
    have = {t.id: t.label for t in terms().values()}
    assert wanted.items() <= have.items()


def test_every_type_has_a_form_and_every_id_a_group() -> None:
    for t in terms().values():
        assert t.type in FORMS, t
        assert t.id.count(".") == 1, t
        assert t.label, t
        assert not t.choices or t.type in ("choice", "choices"), t


@pytest.mark.parametrize(("field", "good", "bad"), [
    ("fin.paid_in_capital", 5_000_000, "5000000"),
    ("fin.paid_in_capital", 0, 5e6),
    ("fin.paid_in_capital", 1, True),
    ("org.founding_date", "2024-09-19", "113-09-19"),
    ("hc.insured_latest_period", "2025-02", "2025-13"),
    ("org.uniform_no", "04595257", 4595257),
    ("org.registration_kind", "company", "公司"),
    ("app.mode", "energy", "節能管理個廠"),
    ("doc.approval_letter", {"present": True, "copies": 1}, "有"),
    ("cmp.labor_violations", [{"date": "2024-05-01", "amount": 100_000}], {"date": "2024-05-01"}),
    ("hc.monthly_insured_domestic", [1] * 12, [1] * 11),
    ("app.submitted_date", "2025-03-15", "2025-02-30"),
])
def test_a_value_of_the_wrong_form_is_refused(field: str, good: Any, bad: Any) -> None:
    check(field, good)
    with pytest.raises(BadValue) as caught:
        check(field, bad)
    assert caught.value.field == field
    assert caught.value.wanted in caught.value.zh


def test_an_unknown_field_is_refused_by_name() -> None:
    with pytest.raises(UnknownField) as caught:
        check_facts({"org.nickname": "阿光"})
    assert caught.value.field == "org.nickname"


def test_null_is_unknown_and_companions_are_no_facts() -> None:
    assert check_facts({"org.name": None, "conflicts": [], "review": {}, "org.phone": "02-1234"}) == {"org.phone": "02-1234"}


def test_records_may_be_given_as_a_list_of_their_group() -> None:
    assert check_facts({"purchase": [{"date": "2024-10-01", "amount": 500_000}]})["purchase"][0]["amount"] == 500_000
    with pytest.raises(BadValue):
        check_facts({"purchase": [{"date": "2024-10-01", "amount": "500,000"}]})
