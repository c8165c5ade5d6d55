"""The proposal's text (F03), the papers of TOPS (F14–F16), and the plan book and contract of t103 (F23, F27, F28)."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter

from domain.case import CaseFacts
from domain.form import FilledForm, Slot
from generators import docx, pages, printing, template
from generators.fill import fill
from generators.template import How

Case = Callable[[Mapping[str, Any]], CaseFacts]
FORMS = template.load()
SLOTS = dict(line.split(": ") for line in (Path(__file__).parent / "slots_of_forms.txt").read_text(encoding="utf-8").splitlines())
"""The slots of the inventory, form by form."""

TEXT = {
    "plan.demand_items": "智慧路燈控制器 120 組", "plan.intended_use": "省道", "plan.adoption_plan": "汰換",
    "plan.expected_benefits": "省電 30%",
    "plan.budget_plan": "分三期", "plan.control_mechanism": "月會",
}
BIDDER = {
    "org.name": "虹杉節能顧問股份有限公司", "org.uniform_no": "04595257", "org.responsible_person": "王堃喆",
    "org.registered_address": "臺中市大里區仁化路一段128號", "org.phone": "04-2406-1234", "org.fax": "04-2406-1235",
    "contact.name": "林峯𠮷", "contact.phone": "04-2406-1234#215", "contact.email": "a@example.com.tw", "agent.name": "李喆",
    "org.industry_text": "顧問業",
}
ACCOUNT = {"bank": "臺灣銀行", "branch": "大里分行", "code": "0040123", "account": "012345678901", "holder": "虹杉節能顧問股份有限公司"}
CONTRACT = {
    **BIDDER, "contract.fee_cap": 14440000, "cost.fee": 700000, "fund.self": 1000000, "contract.price": 15440000,
    "contract.bank_account": ACCOUNT,
    "contract.travel_report_copies": 3, "contract.signed_date": "2014-02-20",
}


def words(form: FilledForm) -> str:
    return docx.text(Document(io.BytesIO(form.docx)))


def said(form: FilledForm) -> list[str]:
    return [p.slot for p in form.problems]


@pytest.mark.parametrize("name", FORMS)
def test_every_slot_of_the_inventory_is_there(name: str) -> None:
    mine = [s.id for s in FORMS[name].slots]
    assert [s for s in mine if s not in ("increase_more", "decrease_more")] == SLOTS[name].split()


def test_the_six_sections_stand_in_their_order_after_the_contents(case: Case, when: datetime) -> None:
    form = fill(FORMS["F03"], case(TEXT), when)
    text = words(form)
    at = [text.rindex(title) for title in ("(一)需求品項", "(二)預定用途", "(三)採用規劃", "(四)預期效益", "(五)經費與配合款",
                                              "(六)管考機制")]
    assert at == sorted(at)
    assert all(text.index(value) > at[i] for i, value in enumerate(TEXT.values()))
    assert form.problems == ()


def test_sums_that_differ_from_the_summary_sheet_are_told(case: Case, when: datetime) -> None:
    facts = TEXT | {"budget.current": 1, "budget.capital": 1, "budget.total": 3, "subsidy.requested": 1, "subsidy.local_share": 1}
    assert said(fill(FORMS["F03"], case(facts), when)) == ["sec5_budget", "sec5_budget"]


@pytest.mark.parametrize(("sheets", "given", "problems"), [(21, None, 0), (22, None, 1), (22, 21, 1), (6, 7, 1), (6, 5, 0)])
def test_the_pages_are_counted_without_the_contents(sheets: int, given: int | None, problems: int, case: Case, when: datetime,
                                                    tmp_path: Path) -> None:
    pdf = tmp_path / "F03.pdf"
    writer = PdfWriter()
    for _ in range(sheets):
        writer.add_blank_page(595, 842)
    writer.write(pdf)
    form = fill(FORMS["F03"], case(TEXT | ({} if given is None else {"plan.page_count": given})), when)
    counted = pages.counted(form, FORMS["F03"], pdf)
    assert counted.slots["page_count"].printed == str(given or sheets - 1)
    assert [p.slot for p in counted.problems] == ["page_count"] * problems
    assert pages.counted(form, FORMS["F03"], tmp_path / "none.pdf") is form
    assert pages.counted(form, FORMS["F10"], pdf) is form


def test_the_letter_of_authority_bears_no_text_of_ours(case: Case, when: datetime) -> None:
    form = fill(FORMS["F14"], case(BIDDER), when)
    assert "虹杉節能顧問股份有限公司" in words(form)
    assert "李喆" in words(form)
    assert "請附上主辦機關公告之授權書正式檔案" in words(form)
    assert said(form) == ["principal_seal"]


def test_the_password_is_never_printed(case: Case, when: datetime) -> None:
    form = fill(FORMS["F15"], case(BIDDER | {"account.password_hash": "$argon2id$secret"}), when)
    assert "secret" not in words(form)
    assert form.slots["password"].printed == ""
    assert form.slots["password"].value is None
    assert form.slots["account"].printed == "04595257"
    assert form.problems == ()


def test_the_upload_list_takes_the_transcript_of_a_business(case: Case, when: datetime) -> None:
    form = fill(FORMS["F16"], case({"doc.business_transcript": True, "doc.labor_insurance_list": {"present": False}}), when)
    assert form.slots["registration_form"].printed == "■已附"
    assert form.slots["labor_list"].printed == "■未附"
    assert form.slots["company_intro"].printed == ""
    assert "company_intro" in said(form)
    sealed = {"present": True, "company_seal": True, "responsible_seal": False}
    assert "authorization" in said(fill(FORMS["F16"], case({"doc.authorization_letter": sealed}), when))


def test_the_plan_book_keeps_its_outline(case: Case, when: datetime) -> None:
    goals = [{"item": "輔導", "target": "70 家"}, {"item": "培訓"}]
    form = fill(FORMS["F27"], case(BIDDER | {"plan.kpi_commitments": goals}), when)
    text = words(form)
    assert "貳、廠商名稱：虹杉節能顧問股份有限公司" in text
    assert text.index("壹、計畫目標") < text.index("輔導\n70 家") < text.index("貳、實施策略及方法")
    assert form.problems == ()


def test_the_blanks_of_the_contract(case: Case, when: datetime) -> None:
    form = fill(FORMS["F28"], case(CONTRACT), when)
    text = words(form)
    for printed in ("上限為新台幣(大寫)壹仟肆佰肆拾肆萬元整", "公費為定額新台幣(大寫)柒拾萬元整", "自行籌措新台幣(大寫)壹佰萬元整",
                    "撥付乙方新台幣(大寫)肆佰參拾參萬貳仟元整", "履約保證金：新台幣(大寫)壹佰伍拾肆萬肆仟元整",
                    "撥款帳號：臺灣銀行大里總(分)行；金融機構編號(銀行代碼含分行共 7 碼)：0040123；帳號：012345678901",
                    "出國報告3份", "中華民國 103 年 2 月 20 日"):
        assert printed in text
    assert form.slots["pay1_amount"].as_json()["origin"] == {"computed_from": ["contract.fee_cap"], "how": "服務費用上限的 30%"}
    assert form.problems == ()


@pytest.mark.parametrize(("facts", "slot"), [
    ({"contract.bank_account": {**ACCOUNT, "code": "12345"}}, "bank_code"),
    ({"contract.bank_account": {**ACCOUNT, "holder": "別人"}}, "bank_account"),
    ({"contract.price": 14440000}, "fee_cap"), ({"cost.fee": 20000000}, "fee"),
    ({"contract.fee_cap": 15000000, "contract.price": 16000000}, "fee_cap"),
])
def test_what_does_not_hold_of_the_contract_is_told(facts: dict[str, Any], slot: str, case: Case, when: datetime) -> None:
    assert slot in said(fill(FORMS["F28"], case(CONTRACT | facts), when))


def test_an_answer_with_a_remark_ticks_its_box_and_prints_the_remark(case: Case, when: datetime) -> None:
    form = fill(FORMS["F23"], case({
        "sys.antivirus": "是，軟體甲", "sys.firewall": "否（改接中）", "sys.ids": "否", "sys.languages": "JAVA、其他：Python",
        "sys.location": "處外，某機房",
        "sys.maintenance_mode": "遠端維護，VPN；有限制來源 IP；OpenVPN 2.3", "sys.accessibility_level": "A+", "sys.concurrent": "500 人次",
        "sys.response_seconds": "不要求", "sys.size": "畫面數 20，table 數 15，程式數 40，元件數 8",
        "sys.servers": "甲機，DL380，8 核，32GB，1TB，無，Web Server、DB Server", "sys.is_public": "是、本年度新增",
    }), when)
    text = words(form)
    for printed in ("■是，使用軟體為軟體甲", "■否，說明：改接中", "■JAVA", "■其他Python", "管理單位名稱(如中華電信桃園機房)：某機房",
                    "方式為：VPN",
                    "使用軟體/版本：OpenVPN 2.3", "■有限制來源 IP　□未限制來源 IP", "■是，等級為A+", "■500人次　□無限制",
                    "□______秒　■不要求",
                    "畫面數：20　table 數：15　程式數：40　元件數：8", "■Web Server\n□AP Server\n■DB Server □其他",
                    "□是，軟硬體名稱/版本：____________\n■否", "是否為本年度新增之系統(網站)　■是　□否"):
        assert printed in text
    assert form.slots["antivirus"].printed == "■是，軟體甲"
    assert not {"antivirus", "languages", "location", "maintenance_mode", "servers_hw"} & set(said(form))


@pytest.mark.parametrize(("facts", "slot"), [
    ({"sys.firewall": "否"}, "firewall"), ({"sys.vuln_scan": "否"}, "scan"), ({"sys.collects_personal_data": "是"}, "pd_fields"),
    ({"sys.collects_personal_data": "否", "sys.pd_fields": "姓名"}, "pd_fields"), ({"sys.ids": "不清楚"}, "ids"),
    ({"sys.is_public": "是、否"}, "public_service"), ({"sys.internet": "是；否"}, "internet_access"),
    ({"sys.maintenance_mode": "有限制來源 IP；未限制來源 IP"}, "maintenance_mode"),
])
def test_answers_that_want_more_are_told(facts: dict[str, Any], slot: str, case: Case, when: datetime) -> None:
    assert slot in said(fill(FORMS["F23"], case(facts), when))


@given(option=st.sampled_from(["是", "否", "其他"]), comma=st.sampled_from("，,：:；;"),
       remark=st.text(st.sampled_from("甲乙丙AB12 "), max_size=9))
def test_a_remark_never_changes_the_choice(option: str, comma: str, remark: str) -> None:
    options = ("是", "否", "其他")
    slot, how = Slot("x", "x", "check1", options=options), How("check1", values=options, remark="____")
    done = printing.printed(slot, how, option + comma + remark)
    place = options.index(option) + 1
    assert [done.tags[f"x_{n}"] for n in (1, 2, 3)] == [printing.TICKED if n == place else printing.EMPTY for n in (1, 2, 3)]
    assert done.tags[f"x_{place}_remark"] == (remark.strip() or "____")


@pytest.mark.parametrize(("kind", "day", "amount", "level"), [
    ("財物", "2022-12-31", 1000000, "公告金額以上未達查核金額"), ("財物", "2022-12-31", 999999, "未達公告金額"),
    ("財物", "2023-01-01", 1499999, "未達公告金額"), ("財物", "2023-01-01", 1500000, "公告金額以上未達查核金額"),
    ("勞務", "2018-05-01", 10000000, "查核金額以上未達巨額"), ("財物", "2018-05-01", 10000000, "公告金額以上未達查核金額"),
    ("勞務", "2018-05-01", 20000000, "巨額"), ("工程", "2018-05-01", 199999999, "查核金額以上未達巨額"),
    ("財物", "2018-05-01", 100000000, "巨額"),
])
@pytest.mark.parametrize("name", ["F04", "F07"])
def test_the_level_of_a_purchase_goes_by_its_day_and_kind(name: str, kind: str, day: str, amount: int, level: str, case: Case,
                                                          when: datetime) -> None:
    facts = {"proc.category_kind": kind, "proc.order_date": day, "proc.procurement_amount": amount}
    assert fill(FORMS[name], case(facts), when).slots["procurement_level"].printed == f"■{level}"
    given = fill(FORMS[name], case(facts | {"proc.procurement_level": "巨額"}), when)
    assert ("procurement_level" in said(given)) == (level != "巨額")
    assert fill(FORMS[name], case(facts | {"proc.category_kind": "其他"}), when).slots["procurement_level"].printed == ""
