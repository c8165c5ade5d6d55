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

SETTLED: dict[str, Any] = {
    "org.name": "臺中市政府", "settle.issue_date": "2019-01-20", "proc.contract_no": "107-A-012", "supplier.name": "虹杉新創股份有限公司",
    "proc.item_name": "控制器 200 組", "proc.procurement_level": "公告金額以上未達查核金額", "proc.contract_end": "2018-12-10",
    "proc.place": "西屯區", "proc.completion_date": "2018-12-15", "proc.acceptance_start_date": "2018-12-20",
    "proc.acceptance_date": "2018-12-28", "settle.exempt_days": 2, "settle.late_penalty": 13500, "settle.other_penalty": 0,
    "settle.contract_amount": 4500000, "settle.increase_items": [{"amount": 120000, "ref": "2018-10-05"}], "settle.decrease_items": [],
    "settle.acceptance_deduction": 20000,
}

SPENT: dict[str, Any] = {
    "org.name": "臺中市政府", "plan.serial_no": 1, "plan.total_applications": 2, "subsidy.approved": 2000000,
    "expense.income_rows": [{"source": "單位預算", "amount": 2600000}],
    "expense.items": [{"item": "控制器", "amount": 4000000}, {"item": "安裝", "amount": 600000}], "app.claim_date": "2019-01-25",
}

BUDGETED: dict[str, Any] = {
    "org.name": "臺中市政府", "subsidy.granting_agency": "經濟部中小企業處", "subsidy.approval_ref": "107年5月1日中企創字第10701234560號",
    "plan.serial_no": 1, "plan.total_applications": 2, "subsidy.approved": 2000000, "subsidy.local_share": 2500500,
    "budget.agency": "資訊中心", "budget.included_year": 107, "budget.share_year": 107,
    "budget.kind": "總預算第 次追加減預算", "budget.nth": 2,
    "budget.share_kind": "業經本縣(市)議會以 年 月 日 字第 號 函同意以墊付款先行支用", "budget.share_council_ref": "107年6月1日議字第12號",
    "app.claim_date": "2019-01-25",
}

INSPECTED: dict[str, Any] = {
    **{k: v for k, v in SETTLED.items() if k.startswith(("org.", "proc.", "supplier."))}, "prelim.scope": "部分",
    "prelim.datetime": "2018-12-20T14:05:00", "prelim.place": "西屯區", "settle.contract_amount": 4500000, "prelim.change_count": 0,
    "prelim.course": "逐項點交。", "prelim.result": "與契約、圖說、貨樣規定不符及其情形", "prelim.nonconformity": "3 組破損。",
    "prelim.fix_deadline": "2019-01-05",
}

COMPLETE = {"F06": BUDGETED, "F07": INSPECTED, "F01": PLAN, "F02": PLAN, "F04": SETTLED, "F05": SPENT}


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
    ("F02", {"subsidy.requested": 5000000, "subsidy.local_share": -499500}, ["subsidy_requested", "share_amount"]),
    ("F02", {"subsidy.requested": 4000001}, ["subsidy_requested"]),
    ("F02", {"proc.contract_price": 2222222, "org.fiscal_tier": 2}, ["subsidy_requested"]),
    ("F02", {"proc.contract_price": 2224000, "org.fiscal_tier": 2}, []),
    ("F02", {"proc.contract_price": 2600000, "org.fiscal_tier": 1}, ["subsidy_requested"]),
    ("F02", {"proc.items_products": None}, ["products"]),
    ("F02", {"plan.title": "智慧路燈計畫"}, ["plan_title"]),
    ("F04", {"settle.total": 4500000}, ["settlement_total"]),
    ("F04", {"settle.overdue_days": 4}, ["overdue_days"]),
    ("F04", {"settle.exempt_days": 6}, ["exempt_days"]),
    ("F04", {"settle.increase_items": [{"amount": 1}]}, ["increase_1_ref"]),
    ("F04", {"settle.decrease_items": [{"amount": 1}]}, ["decrease_1_ref"]),
    ("F04", {"proc.acceptance_start_date": "2018-12-14"}, ["acceptance_start"]),
    ("F04", {"proc.acceptance_date": "2018-12-19"}, ["acceptance_date"]),
    ("F04", {"proc.procurement_level": "很大"}, ["procurement_level"]),
    ("F05", {"expense.income_rows": [{"amount": 2600000}]}, ["income_own_rows"]),
    ("F05", {"expense.items": [{"item": "控制器", "amount": 1}]}, ["expense_total"]),
    ("F06", {"budget.nth": None}, ["subsidy_budget_nth"]),
    ("F06", {"budget.share_council_ref": None}, ["share_council_ref"]),
    ("F06", {"budget.kind": "私房錢"}, ["subsidy_budget_kind"]),
    ("F07", {"prelim.overdue": "未逾期"}, ["overdue"]),
    ("F07", {"prelim.nonconformity": None}, ["nonconformity"]),
    ("F07", {"prelim.fix_deadline": None}, ["fix_deadline"]),
    ("F07", {"prelim.result": "相符", "prelim.fix_deadline": None}, ["nonconformity"]),
])
def test_what_does_not_add_up_is_said(form: str, facts: dict[str, Any], slots: list[str], case: Case, when: datetime) -> None:
    filled = fill(FORMS[form], case(COMPLETE[form] | facts), when)
    assert said(filled) == slots
    assert words(filled)


def test_a_sum_of_a_gap_stays_a_gap(case: Case, when: datetime) -> None:
    form = fill(FORMS["F02"], case(PLAN | {"budget.capital": None}), when)
    assert (form.slots["total_budget"].printed, form.slots["share_amount"].printed) == ("", "")
    assert said(form) == ["total_budget", "capital_account", "share_amount"]


def test_a_title_is_not_printed_twice(case: Case, when: datetime) -> None:
    facts = {k: v for k, v in PLAN.items() if k != "plan.serial_no"} | {"plan.title": "107年度採購新創產品或服務計畫-1/2"}
    assert words(fill(FORMS["F02"], case(facts), when)).count("採購新創產品或服務計畫") == 1


def test_the_acceptance_certificate_counts_days_and_money(case: Case, when: datetime) -> None:
    form = fill(FORMS["F04"], case(SETTLED), when)
    printed = {k: v.printed for k, v in form.slots.items()}
    assert [printed[s] for s in ("overdue_days", "penalty_days", "increase_1", "increase_1_ref", "increase_2", "increase_total",
                                 "decrease_total", "settlement_total", "term")] \
        == ["5", "3", "120,000", "民國107年10月5日", "", "120,000", "0", "4,600,000", "民國107年12月10日"]
    assert "臺中市政府 財物勞務結算驗收證明書" in words(form)
    assert "■公告金額以上未達查核金額" in words(form)
    assert form.problems == ()


def test_work_in_time_is_not_overdue(case: Case, when: datetime) -> None:
    form = fill(FORMS["F04"], case(SETTLED | {"proc.completion_date": "2018-12-01", "settle.exempt_days": 0}), when)
    assert (form.slots["overdue_days"].printed, form.slots["penalty_days"].printed) == ("0", "0")


def test_a_third_increase_is_not_lost(case: Case, when: datetime) -> None:
    items = [{"amount": n * 1000, "ref": f"第{n}號"} for n in (1, 2, 3)]
    form = fill(FORMS["F04"], case(SETTLED | {"settle.increase_items": items}), when)
    assert "第 3 次：3,000 元，簽准日期或核准文號：第3號" in words(form)
    assert form.slots["increase_total"].printed == "6,000"
    assert said(form) == ["increase_2"]


def test_unknown_changes_are_not_taken_for_none(case: Case, when: datetime) -> None:
    form = fill(FORMS["F04"], case(SETTLED | {"settle.increase_items": None}), when)
    assert form.slots["settlement_total"].printed == ""


def test_income_and_expense_stand_side_by_side(case: Case, when: datetime) -> None:
    form = fill(FORMS["F05"], case(SPENT), when)
    assert form.problems == ()
    rows = [[c.text for c in r.cells] for r in Document(io.BytesIO(form.docx)).tables[0].rows]
    assert rows[3:6] == [["經濟部中小企業處補助款(核定數)", "2,000,000", "項目", "金額"],
                         ["自籌款 (需註明來源) 單位預算", "2,600,000", "控制器", "4,000,000"], ["", "", "安裝", "600,000"]]
    assert rows[-1] == ["合計", "4,600,000", "合計", "4,600,000"]
    assert len(rows) == 11
    many = [{"item": f"第{n}項", "amount": n} for n in range(1, 21)]
    longer = fill(FORMS["F05"], case(SPENT | {"expense.items": many}), when)
    assert "第20項" in words(longer)
    assert words(longer).count("自籌款 (需註明來源)") == 1


def test_the_budget_proof_writes_amounts_out_and_puts_the_number_at_the_ticked_kind(case: Case, when: datetime) -> None:
    form = fill(FORMS["F06"], case(BUDGETED), when)
    text = words(form)
    assert form.problems == ()
    for printed in ("臺中市接受中央計畫型補助款納入預算證明", "新臺幣貳佰萬元整", "新臺幣貳佰伍拾萬零伍佰元整", "■總預算第2次追加減預算",
                    "□特別預算第　次追加減預算", "■業經本縣(市)議會以107年6月1日議字第12號函同意以墊付款先行支用",
                    "中華民國 108 年 1 月 25 日"):
        assert printed in text
    assert text.count("■") == 2


def test_the_preliminary_inspection(case: Case, when: datetime) -> None:
    form = fill(FORMS["F07"], case(INSPECTED), when)
    text = words(form)
    assert form.problems == ()
    for printed in ("□全部/■部分", "時間： 107 年 12 月 20 日 下午 2 時 05 分", "107年", "12月", "15日", "■逾期　□未逾期",
                    "□與契約、圖說、貨樣規定相符。",
                    "■與契約、圖說、貨樣規定不符及其情形：3 組破損。", "[改善、拆除、重作、退貨、換貨之期限]：民國108年1月5日"):
        assert printed in text
    assert form.slots["completion_date"].printed == "107年12月15日"
    assert form.slots["overdue"].as_json()["origin"]["computed_from"] == ["proc.contract_end", "proc.completion_date"]


@pytest.mark.parametrize(("hour", "printed"), [("00:30", "上午 12 時 30 分"), ("11:59", "上午 11 時 59 分"), ("12:00", "下午 12 時 00 分")])
def test_noon_is_afternoon(hour: str, printed: str, case: Case, when: datetime) -> None:
    assert printed in words(fill(FORMS["F07"], case({"prelim.datetime": f"2018-12-20T{hour}:00"}), when))
