"""The papers of a bid for t103 (F17–F22) and the affidavit of wage-deduct (F29)."""

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

BIDDER: dict[str, Any] = {
    "org.name": "虹杉節能顧問股份有限公司", "org.name_en": "Hongshan Energy Consulting Co., Ltd.", "org.uniform_no": "04595257",
    "org.responsible_person": "王堃喆", "org.registered_address": "臺中市大里區仁化路一段128號", "org.phone": "04-2406-1234",
    "org.address_en": "No. 128, Sec. 1, Renhua Rd., Dali Dist., Taichung City", "org.fax": "04-2406-1235",
    "contact.name": "林峯𠮷", "contact.phone": "04-2406-1234#215", "app.sign_date": "2014-01-20",
}

CHECKED: dict[str, Any] = {
    **BIDDER, "doc.qualification_review_form": True, "doc.registration_form": {"present": True, "form": "copy"}, "doc.tax_business": True,
    "doc.bidder_statement": True, "bid.plan_book_copies": 15,
}

SENT: dict[str, Any] = {**BIDDER, "agent.name": "林峯𠮷", "agent.id_no": "A123456789"}

STATED: dict[str, Any] = {
    **BIDDER, "bid.statement_answers": ["否"] * 12,
    "bid.sme_subcontracts": [{"item": "設計", "amount": 200000}, {"item": "印刷", "amount": 1500}],
    "hc.domestic_total": 85, "cmp.debarred_vendor": False,
}

PRICED: dict[str, Any] = {
    **BIDDER, "cost.direct_salary": 5000000, "cost.management": 4500000, "cost.other_direct": 3000000, "cost.fee": 700000,
}

SLOTS = {
    "F18": "vendor_name_zh vendor_name_en representative address_zh address_en phone uniform_no review_items review_result reviewers",
    "F22": "direct_salary management travel equipment_use other_business other_direct fee business_tax total self_fund_columns",
    "F29": "declarant uniform_no circumstances representative seals sign_date",
    "F17": "vendor_name submitter representative doc1_attached doc2_attached doc3_attached doc4_attached plan_books result checker "
           "agent_note",
    "F19": "agent_name agent_id_no vendor_name vendor_seal representative representative_seal",
    "F20": " ".join(f"item_{n:02d}" for n in range(1, 12)) + " item_11_rows item_12 item_12_total item_12_disabled item_12_indigenous "
           "vendor_name_zh uniform_no vendor_name_en phone address_en fax vendor_seals sign_date",
    "F21": "tender_title serial vendor_name uniform_no address representative phone",
}

COMPLETE = {"F18": BIDDER, "F22": PRICED, "F29": BIDDER, "F17": CHECKED, "F19": SENT, "F20": STATED, "F21": BIDDER}
BOXES = [f"item_{n:02d}" for n in range(1, 11)]


def words(form: FilledForm) -> str:
    return docx.text(Document(io.BytesIO(form.docx)))


def rows(form: FilledForm, table: int = 0) -> list[list[str]]:
    return [[c.text for c in r.cells] for r in Document(io.BytesIO(form.docx)).tables[table].rows]


def said(form: FilledForm) -> list[str]:
    return [p.slot for p in form.problems]


@pytest.mark.parametrize("form", SLOTS)
def test_the_trace_holds_the_slots_of_the_inventory(form: str, case: Case, when: datetime) -> None:
    for facts in ({}, COMPLETE[form]):
        assert list(fill(FORMS[form], case(facts), when).trace()["slots"]) == SLOTS[form].split()


@pytest.mark.parametrize("form", SLOTS)
def test_an_empty_form_shows_no_sign_of_the_machine(form: str, case: Case, when: datetime) -> None:
    filled = fill(FORMS[form], case({}), when)
    text = words(filled)
    assert "None" not in text
    assert "{{" not in text
    assert "■" not in text
    required = {s.id for s in FORMS[form].slots if s.required and FORMS[form].how[s.id].type != "fixed"}
    assert required <= set(said(filled))


@pytest.mark.parametrize("form", sorted(SLOTS.keys() - {"F22"}))
def test_a_value_is_only_text(form: str, case: Case, when: datetime) -> None:
    name = "{{ 7*7 }}甲<乙 & 丙>堃喆峯𠮷" + "永續" * 60
    text = words(fill(FORMS[form], case(COMPLETE[form] | {"org.name": name}), when))
    assert name in text


def test_a_whole_bid_checks_itself(case: Case, when: datetime) -> None:
    form = fill(FORMS["F17"], case(CHECKED), when)
    assert form.problems == ()
    assert rows(form)[4:8] == [["1", "廠商資格審查表", "", "■已附", "□未附"], ["2", "依法設立登記之證明", "", "■已附", "□未附"],
                               ["3", "廠商納稅證明", "", "■已附", "□未附"], ["4", "投標廠商聲明書", "", "■已附", "□未附"]]
    assert "計畫書應 1 式15份" in words(form)
    assert "自我檢查結果：■齊全　□不齊全" in words(form)
    assert form.slots["agent_note"].printed == ""


@pytest.mark.parametrize(("facts", "result", "slots"), [
    ({"doc.tax_business": {"present": False}}, "□齊全　■不齊全", []),
    ({"doc.bidder_statement": False}, "□齊全　■不齊全", []),
    ({"doc.bidder_statement": None}, "□齊全　□不齊全", ["doc4_attached", "result"]),
    ({"bid.plan_book_copies": 10}, "□齊全　■不齊全", ["plan_books"]),
    ({"bid.self_check_complete": "不齊全"}, "■齊全　□不齊全", ["result"]),
    ({"doc.registration_form": False, "doc.registry_printout": True}, "□齊全　■不齊全", ["doc2_attached"]),
    ({"doc.tax_business": False, "doc.tax_profit": True}, "□齊全　■不齊全", ["doc3_attached"]),
    ({"agent.name": "林峯𠮷", "doc.attendance_authorization": False}, "■齊全　□不齊全", ["agent_note"]),
])
def test_what_is_lacking_in_a_bid(facts: dict[str, Any], result: str, slots: list[str], case: Case, when: datetime) -> None:
    form = fill(FORMS["F17"], case(CHECKED | facts), when)
    assert f"自我檢查結果：{result}" in words(form)
    assert said(form) == slots


def test_an_agent_brings_the_letter_of_authority(case: Case, when: datetime) -> None:
    form = fill(FORMS["F17"], case(CHECKED | {"agent.name": "林峯𠮷", "doc.attendance_authorization": {"present": True}}), when)
    assert "所備證件：委託代理出席授權書)" in words(form)
    assert form.problems == ()


def test_an_agent_is_named_and_numbered(case: Case, when: datetime) -> None:
    form = fill(FORMS["F19"], case(SENT), when)
    assert form.problems == ()
    assert "代理人姓名：林峯𠮷\n身分證字號：A123456789" in words(form)
    assert form.slots["vendor_seal"].printed == form.slots["representative_seal"].printed == ""


@pytest.mark.parametrize("number", ["A123456788", "A12345678", "a123456789", "１２３"])
def test_a_number_that_does_not_check_is_said(number: str, case: Case, when: datetime) -> None:
    assert said(fill(FORMS["F19"], case(SENT | {"agent.id_no": number}), when)) == ["agent_id_no"]


@pytest.mark.parametrize("answers", [["否"] * 12, ["是"] * 12, ["未答"] * 12, None])
def test_the_legal_declarations_are_never_ticked(answers: list[str] | None, case: Case, when: datetime) -> None:
    for debarred in (True, False, None):
        form = fill(FORMS["F20"], case(STATED | {"bid.statement_answers": answers, "cmp.debarred_vendor": debarred}), when)
        assert [form.slots[b].printed for b in BOXES] == [""] * 10
        assert [(r[0], r[-2:]) for r in rows(form)[1:11]] == [(str(n), ["□是", "□否"]) for n in range(1, 11)]
        assert any("法律聲明" in p.message for p in form.problems)


def test_the_statement_prints_what_people_answered_and_counted(case: Case, when: datetime) -> None:
    form = fill(FORMS["F20"], case(STATED), when)
    assert said(form) == ["item_01"]
    table = rows(form)
    assert table[11][-2:] == ["□是", "■否"]
    assert [r[1:4] for r in table[12:15]] == [["項目　設計", "項目　設計", "200,000"], ["項目　印刷", "項目　印刷", "1,500"],
                                             ["合計金額", "合計金額", "201,500"]]
    assert table[15][-2:] == ["□是", "■否"]
    assert "目前總人數計______人" in words(form)
    assert "日期：103 年 1 月 20 日" in words(form)


@pytest.mark.parametrize(("total", "ticks", "count"), [(100, ["□是", "■否"], "______"), (101, ["■是", "□否"], "101")])
def test_more_than_a_hundred_is_a_hundred_and_one(total: int, ticks: list[str], count: str, case: Case, when: datetime) -> None:
    answers = ["否"] * 11 + ["是" if total > 100 else "否"]
    facts = STATED | {"hc.domestic_total": total, "hc.disabled": 1, "hc.indigenous": 0, "bid.statement_answers": answers}
    form = fill(FORMS["F20"], case(facts), when)
    assert said(form) == ["item_01"]
    assert rows(form)[15][-2:] == ticks
    assert f"目前總人數計{count}人" in words(form)
    assert ("身心障礙人士計1人，原住民計0人" in words(form)) == (total > 100)


@pytest.mark.parametrize(("facts", "slots"), [
    ({"bid.statement_answers": ["否"] * 3 + ["是"] + ["否"] * 8}, ["item_01"]),
    ({"cmp.debarred_vendor": True}, ["item_09"]),
    ({"bid.statement_answers": ["否"] * 10 + ["未答", "否"]}, ["item_11"]),
    ({"bid.sme_subcontracts": None}, ["item_11_rows"]),
    ({"bid.statement_answers": ["否"] * 10 + ["是", "否"]}, ["item_11_rows"]),
    ({"bid.sme_subcontracts": [{"item": "設計"}, {"item": "印刷", "amount": 5}]}, ["item_11_rows"]),
    ({"bid.sme_subcontracts": [{"item": str(n), "amount": n} for n in range(3)]}, ["item_11_rows"]),
    ({"hc.domestic_total": 101, "hc.disabled": 1, "hc.indigenous": 0}, ["item_12"]),
    ({"bid.statement_answers": ["否"] * 11 + ["是"], "hc.domestic_total": 101}, ["item_12_disabled", "item_12_indigenous"]),
    ({"org.uniform_no": "04595258"}, ["uniform_no"]),
])
def test_a_statement_that_contradicts_itself_is_said(facts: dict[str, Any], slots: list[str], case: Case, when: datetime) -> None:
    problems = [p for p in fill(FORMS["F20"], case(STATED | facts), when).problems if "法律聲明" not in p.message]
    assert [p.slot for p in problems] == slots


def test_amounts_that_are_not_all_known_have_no_sum(case: Case, when: datetime) -> None:
    facts = STATED | {"bid.sme_subcontracts": [{"item": "設計"}, {"item": "印刷", "amount": 5}]}
    assert rows(fill(FORMS["F20"], case(facts), when))[14][1:4] == ["合計金額", "合計金額", ""]
    none = STATED | {"bid.sme_subcontracts": [{"item": "0", "amount": 0}]}
    assert rows(fill(FORMS["F20"], case(none), when))[14][3] == "0"


def test_the_envelope_bears_what_the_tender_asks_for(case: Case, when: datetime) -> None:
    form = fill(FORMS["F21"], case(BIDDER | {"bid.tender_title": "103年度提升中小企業節能減碳能力輔導計畫"}), when)
    assert form.problems == ()
    assert "【103 年度提升中小企業節能減碳能力輔導計畫】\n(案號：A31038709)" in words(form)
    assert rows(form, 1)[0] == ["廠商名稱：", "虹杉節能顧問股份有限公司"]
    assert rows(form, 1)[2] == ["地址：", "臺中市大里區仁化路一段128號"]
    assert form.slots["serial"].printed == ""
    assert said(fill(FORMS["F21"], case(BIDDER | {"bid.tender_title": "另案"}), when)) == ["tender_title"]


def test_the_office_reviews_and_the_bidder_only_heads_the_sheet(case: Case, when: datetime) -> None:
    form = fill(FORMS["F18"], case(BIDDER | {"doc.registration_form": True, "doc.tax_business": True, "doc.bidder_statement": True}), when)
    text = words(form)
    assert form.problems == ()
    assert "虹杉節能顧問股份有限公司\nHongshan Energy Consulting Co., Ltd." in text
    assert "臺中市大里區仁化路一段128號\nNo. 128, Sec. 1, Renhua Rd., Dali Dist., Taichung City" in text
    assert "■" not in text
    assert [form.slots[s].printed for s in ("review_items", "review_result", "reviewers")] == ["", "", ""]


def test_a_price_adds_up_with_its_tax(case: Case, when: datetime) -> None:
    form = fill(FORMS["F22"], case(PRICED), when)
    assert form.problems == ()
    sums = ["3,000,000", "700,000", "660,000", "13,860,000"]
    assert [form.slots[s].printed for s in ("other_direct", "fee", "business_tax", "total")] == sums
    assert [form.slots[s].printed for s in ("travel", "equipment_use", "other_business")] == ["", "", ""]
    assert form.slots["total"].origin is not None
    assert "13,860,000 元" in words(form)
    assert "政府經費 ____________ 元，自籌款 ____________ 元" in words(form)


def test_one_that_pays_no_business_tax_budgets_none(case: Case, when: datetime) -> None:
    form = fill(FORMS["F22"], case(PRICED | {"org.vat_exempt": True}), when)
    assert [form.slots[s].printed for s in ("business_tax", "total")] == ["0", "13,200,000"]
    assert said(fill(FORMS["F22"], case(PRICED | {"org.vat_exempt": True, "cost.business_tax": 660000}), when)) == ["business_tax"] * 2


def test_what_the_firm_pays_itself_stands_apart(case: Case, when: datetime) -> None:
    form = fill(FORMS["F22"], case(PRICED | {"cost.other_direct": 4000000, "fund.self": 1000000}), when)
    assert "政府經費 13,910,000 元，自籌款 1,000,000 元" in words(form)
    assert form.problems == ()
    alone = fill(FORMS["F22"], case({"fund.self": 1000000}), when)
    assert alone.slots["self_fund_columns"].printed == "政府經費 ____________ 元，自籌款 1,000,000 元"


@pytest.mark.parametrize(("facts", "slots"), [
    ({"cost.management": 5000001}, ["management"]),
    ({"cost.total": 13860001}, ["total"]),
    ({"cost.business_tax": 660001}, ["business_tax"]),
    ({"cost.other_direct": 4000000}, ["total"]),
    ({"cost.other_direct": 4000000, "fund.self": 100000000}, ["self_fund_columns"]),
    ({"cost.fee": None}, ["fee", "business_tax", "total"]),
])
def test_a_price_that_does_not_hold_is_said(facts: dict[str, Any], slots: list[str], case: Case, when: datetime) -> None:
    problems = fill(FORMS["F22"], case(PRICED | facts), when).problems
    assert [p.slot for p in problems] == slots
    assert not any("「免納營業稅" in p.message for p in problems)


@pytest.mark.parametrize(("salary", "management", "direct", "most"), [
    (1000000, 200000, 3799999, 240000), (1000000, 1000000, 2999999, 300000), (1000000, 1000000, 3000000, 360000),
    (4000000, 4000000, 1999999, 500000), (2000000, 1000000, 7000000, 480000), (5000000, 5000000, 4999999, 700000),
    (3000000, 2000000, 10000000, 700000), (5000000, 4000000, 11000000, 810000), (9000000, 9000000, 7000000, 1440000),
    (9000000, 9000000, 32000000, 1260000), (9000000, 9000000, 81999999, 1260000), (9000000, 9000000, 82000000, 1080000),
    (40000000, 40000000, 20000000, 3000000),
])
def test_the_fee_keeps_under_its_tier(salary: int, management: int, direct: int, most: int, case: Case, when: datetime) -> None:
    facts = {"cost.direct_salary": salary, "cost.management": management, "cost.other_direct": direct}
    assert "fee" not in said(fill(FORMS["F22"], case(PRICED | facts | {"cost.fee": most}), when))
    assert said(fill(FORMS["F22"], case(PRICED | facts | {"cost.fee": most + 1}), when)).count("fee") == 1


def test_the_affidavit_declares_the_seven_circumstances(case: Case, when: datetime) -> None:
    form = fill(FORMS["F29"], case(BIDDER), when)
    lines = words(form).splitlines()
    assert form.problems == ()
    at = next(i for i, line in enumerate(lines) if line.startswith("一、提供之增僱工作機會"))
    assert [line[0] for line in lines[at:at + 7]] == list("一二三四五六七")
    assert "\n".join(lines[at:at + 7]) == form.slots["circumstances"].printed
    assert lines[at - 1].startswith("具切結書人虹杉節能顧問股份有限公司(統一編號：04595257)申請")
    assert "無前項規定情形" in lines[at - 1]
    assert "中華民國 103 年 1 月 20 日" in lines
