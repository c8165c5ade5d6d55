"""The forms of startup-subsidy: sums, units of 千元, 大寫, and what does not add up."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import pytest
from docx import Document

from domain.case import CaseFacts
from domain.form import FilledForm
from generators import docx, template
from generators.fill import fill

Case = Callable[[Mapping[str, Any]], CaseFacts]
FORMS = template.load()

PLAN: dict[str, Any] = {
    "org.name": "臺中市政府", "plan.year": 107, "plan.serial_no": 1, "plan.total_applications": 2, "app.submitted_date": "2018-03-15",
    "plan.start_date": "2018-04-01", "plan.end_date": "2018-12-31", "budget.current": 3000000, "budget.capital": 1500500,
    "subsidy.requested": 2000000, "subsidy.share_source": "資訊中心", "proc.items_products": ["控制器", "感測器"],
    "plan.intended_use": "道路", "plan.adoption_plan": "汰換", "plan.expected_benefits": "省電", "plan.control_mechanism": "月會",
    "contact.unit": "資訊中心", "contact.name": "林喆", "contact.title": "科長", "contact.email": "a@example.gov.tw",
    "contact.phone": "04-2228-9111",
}


def words(form: FilledForm) -> str:
    return docx.text(Document(io.BytesIO(form.docx)))


def said(form: FilledForm) -> list[str]:
    return [p.slot for p in form.problems]


def test_the_cover_of_a_proposal(case: Case, when: datetime) -> None:
    form = fill(FORMS["F01"], case(PLAN), when)
    assert "107 年度「採購新創產品或服務」\n提案計畫書-1/2" in words(form)
    assert "中華民國 107 年 3 月 15 日" in words(form)
    assert form.problems == ()


def test_the_year_is_printed_by_the_form_itself(case: Case, when: datetime) -> None:
    form = fill(FORMS["F01"], case({}), when)
    assert "107 年度「採購新創產品或服務」\n提案計畫書-○/n" in words(form)
    assert "year" not in said(form)


def test_the_summary_counts_in_thousands_and_adds_up(case: Case, when: datetime) -> None:
    form = fill(FORMS["F02"], case(PLAN), when)
    text = words(form)
    for printed in ("107 年度採購新創產品或服務計畫-1/2", "民國107年4月1日至107年12月31日", "4,500.5", "3,000", "1,500.5", "2,000",
                    "2,500.5", "控制器、感測器"):
        assert printed in text
    assert form.slots["total_budget"].value == 4500500
    assert form.slots["total_budget"].as_json()["origin"] == {
        "computed_from": ["budget.current", "budget.capital"], "how": "經常門加資本門"}
    assert form.slots["plan_title"].printed == "107 年度採購新創產品或服務計畫-1/2"
    assert form.problems == ()


@pytest.mark.parametrize(("form", "facts", "slots"), [
    ("F01", {"plan.year": 108}, ["year"]),
    ("F01", {"plan.serial_no": 3}, ["serial_no"]),
    ("F02", {"budget.total": 4500000}, ["total_budget"]),
    ("F02", {"subsidy.local_share": 2500000}, ["share_amount"]),
    ("F02", {"plan.end_date": "2018-03-31"}, ["period_end"]),
    ("F02", {"subsidy.requested": 5000000, "subsidy.local_share": -499500}, ["share_amount"]),
    ("F02", {"proc.items_products": None}, ["products"]),
    ("F02", {"plan.title": "智慧路燈計畫"}, ["plan_title"]),
])
def test_what_does_not_add_up_is_said(form: str, facts: dict[str, Any], slots: list[str], case: Case, when: datetime) -> None:
    filled = fill(FORMS[form], case(PLAN | facts), when)
    assert said(filled) == slots
    assert words(filled)


def test_a_sum_of_a_gap_stays_a_gap(case: Case, when: datetime) -> None:
    form = fill(FORMS["F02"], case(PLAN | {"budget.capital": None}), when)
    assert (form.slots["total_budget"].printed, form.slots["share_amount"].printed) == ("", "")
    assert said(form) == ["total_budget", "capital_account", "share_amount"]


def test_a_title_is_not_printed_twice(case: Case, when: datetime) -> None:
    facts = {k: v for k, v in PLAN.items() if k != "plan.serial_no"} | {"plan.title": "107年度採購新創產品或服務計畫-1/2"}
    assert words(fill(FORMS["F02"], case(facts), when)).count("採購新創產品或服務計畫") == 1
