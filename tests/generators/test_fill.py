"""A filled form prints what is known, in the form's own way, and leaves the rest as the form has it."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.case import CaseFacts, Conflict
from domain.document import Box
from domain.errors import FormNotFilled
from domain.field import ACCEPTED, REVIEW, Entry, Fact, Read
from domain.form import FilledForm
from generators import check, docx, expression, template, trace
from generators.fill import fill

Case = Callable[[Mapping[str, Any]], CaseFacts]
FORMS = template.load()


def words(form: FilledForm) -> str:
    return docx.text(Document(io.BytesIO(form.docx)))


def said(form: FilledForm) -> dict[str, str]:
    return {p.slot: p.message for p in form.problems}


def read(value: str, status: str = ACCEPTED, page: int = 1, doubts: tuple[str, ...] = ()) -> Read:
    return Read("ab" * 32, page, Box(0.1, 0.1, 0.3, 0.12), value, status, "company_registration_form", ("ocr",), doubts)


def test_the_letter_of_intent(case: Case, green_giant: dict[str, Any], when: datetime) -> None:
    form = fill(FORMS["F10"], case(green_giant), when)
    text = words(form)
    assert "本公司願意配合輔導單位財團法人塑膠工業技術發展中心，提案申請「108 年度" in text
    assert "□優質亮點個廠　　■節能管理個廠　　□綠色供應鏈" in text
    assert "受輔導廠商名稱：虹杉精密塑膠股份有限公司" in text
    assert "負責人：王堃喆" in text
    assert "中 華 民 國 1 0 8 年 2 月 2 0 日" in text
    assert "(公司章)" in text
    assert "(負責人章)" in text
    assert "請打上" not in text
    assert form.problems == ()


def test_the_consent_leaves_the_signature_to_the_hand(case: Case, green_giant: dict[str, Any], when: datetime) -> None:
    form = fill(FORMS["F11"], case(green_giant), when)
    text = words(form)
    assert "公司全銜：虹杉精密塑膠股份有限公司" in text
    assert re.search(r"申請人/代表人簽名：_{10,}", text)
    assert "王堃喆" not in text
    assert "簽署日期： 108 年 2 月 20 日" in text
    assert "我已閱讀並同意個人資料使用同意書所述內容。" in text
    assert form.slots["signer_name"].printed == ""
    assert form.slots["consent_read"].printed == "我已閱讀並同意個人資料使用同意書所述內容。"


def test_the_application(case: Case, green_giant: dict[str, Any], when: datetime) -> None:
    form = fill(FORMS["F12"], case(green_giant), when)
    text = words(form)
    for printed in ("申請日期： 108 年 2 月 21 日", "04595257", "民國86年1月9日", "1,880.643萬元", "25,600萬元", "林峯𠮷",
                    "■節能管理個廠輔導",
                    "■溫室氣體排放量盤查與查證", "□產品/服務碳足跡盤查與查證",
                    "■能源管理監控系統", "總輔導經費之 25% (含查驗費用)",
                    "■14.塑膠製品業", "□25.服務業", "C805050 工業用塑膠製品製造業、F107200 化學原料批發業"):
        assert printed in text
    assert text.count("■") == 4
    assert form.slots["paid_in_capital"].printed == "1,880.643"
    assert form.slots["industry"].printed == "■14.塑膠製品業"
    assert form.slots["products"].as_json()["origin"] == {"computed_from": ["org.business_items"], "how": "由所營事業得知"}
    assert form.problems == ()


@pytest.mark.parametrize("name", FORMS)
def test_nothing_known_leaves_the_form_as_it_is(name: str, case: Case, when: datetime) -> None:
    form = fill(FORMS[name], case({}), when)
    text = words(form)
    for stray in ("None", "{{", "{%", "}}", "■", "Undefined"):
        assert stray not in text
    known = [s for s, v in form.slots.items() if v.printed]
    constant = {s for s, how in FORMS[name].how.items() if how.type == "fixed" or (how.fallback and not expression.fields(how.fallback))}
    assert set(known) == constant
    wanted = {s.id for s in FORMS[name].slots if s.required} - set(known)
    one_of_several = {c.slot for c in FORMS[name].checks if "known(" in c.holds and " or known(" in c.holds}
    always_said = {c.slot for c in FORMS[name].checks if c.holds == "false"}
    assert wanted <= {p.slot for p in form.problems} <= wanted | one_of_several | always_said


@pytest.mark.parametrize("name", FORMS)
def test_every_fixed_word_stands_in_a_filled_form(name: str, case: Case, green_giant: dict[str, Any], when: datetime) -> None:
    for facts in ({}, green_giant):
        body = check.squeezed(words(fill(FORMS[name], case(facts), when)))
        at = 0
        for word in FORMS[name].fixed:
            found = body.find(check.squeezed(word), at)
            assert found >= 0, word
            at = found + len(check.squeezed(word))


def test_the_blanks_of_the_empty_letter(case: Case, when: datetime) -> None:
    text = words(fill(FORMS["F10"], case({}), when))
    assert "財團法人 OOOOOO (填輔導單位名稱)，" in text
    assert "受輔導廠商名稱：(請打上公司名稱並蓋公司印)" in text
    assert "中 華 民 國 1 0 8 年 0 0 月 0 0 日" in text


@pytest.mark.parametrize("name", FORMS)
def test_every_slot_is_in_the_trace(name: str, case: Case, green_giant: dict[str, Any], when: datetime, tmp_path: Path) -> None:
    form = fill(FORMS[name], case(green_giant), when)
    assert [f.name for f in trace.save([form], tmp_path)] == [f"{name}.docx"]
    told = json.loads((tmp_path / f"{name}.trace.json").read_text(encoding="utf-8"))
    assert list(told) == ["form", "edition", "template_sha256", "filled_at", "slots", "problems"]
    assert (told["form"], told["edition"], told["filled_at"]) == (name, FORMS[name].edition, "2019-02-20T09:30:00")
    assert told["template_sha256"] == FORMS[name].sha256
    assert list(told["slots"]) == [s.id for s in FORMS[name].slots]
    for slot in told["slots"].values():
        assert set(slot) == {"printed", "field", "value", "origin"}
        assert (slot["origin"] is None) == (slot["printed"] == "")


def test_the_origin_is_the_reading_or_the_person_who_corrected_it(case: Case, green_giant: dict[str, Any], when: datetime) -> None:
    facts = dict(case(green_giant).facts)
    facts["org.name"] = Fact("org.name", "甲公司", (read("甲公司?", REVIEW, 1), read("甲公司", ACCEPTED, 2)))
    entry = Entry("org.responsible_person", "王堃喆", "clerk", when, "照正本更正")
    facts["org.responsible_person"] = Fact("org.responsible_person", "王堃喆", (entry, read("王堃吉", REVIEW)))
    slots = fill(FORMS["F10"], CaseFacts(facts), when).trace()["slots"]
    assert slots["company_name"]["origin"] == {"document": "ab" * 32, "page": 2, "box": [0.1, 0.1, 0.3, 0.12], "text": "甲公司",
                                               "status": "accepted", "witnesses": ["ocr"], "kind": "company_registration_form"} \
        or slots["company_name"]["origin"]["page"] == 2
    assert slots["responsible_person"]["origin"] == {"entered_by": "clerk", "entered_at": "2019-02-20T09:30:00", "why": "照正本更正"}


def test_a_value_in_doubt_is_left_blank_and_listed(case: Case, green_giant: dict[str, Any], when: datetime) -> None:
    facts = dict(case(green_giant).facts)
    facts["org.responsible_person"] = Fact("org.responsible_person", "王堃吉", (read("王堃吉", REVIEW, 1, ("兩次辨識不同",)),), REVIEW)
    form = fill(FORMS["F10"], CaseFacts(facts), when)
    assert "王堃" not in words(form)
    assert form.slots["responsible_person"].origin is None
    assert said(form) == {"responsible_person": "「負責人」的讀值待人確認（兩次辨識不同），先留白。"}


def test_what_papers_contradict_is_left_blank_and_listed_with_both(case: Case, green_giant: dict[str, Any], when: datetime) -> None:
    facts = dict(case(green_giant).facts)
    both = (read("甲公司"), read("乙公司", page=2))
    facts["org.name"] = Fact("org.name", None, both, REVIEW)
    form = fill(FORMS["F12"], CaseFacts(facts, (Conflict("org.name", (("甲公司", both[:1]), ("乙公司", both[1:]))),)), when)
    assert "甲公司" not in words(form)
    assert said(form) == {"company_name": "「公司名稱」各文件所載不一致（「甲公司」、「乙公司」），先留白，請查明後擇一。"}


def test_products_in_doubt_are_not_taken_from_elsewhere(case: Case, green_giant: dict[str, Any], when: datetime) -> None:
    facts = dict(case(green_giant).facts)
    facts["org.main_products"] = Fact("org.main_products", "塑膠", (read("塑膠", REVIEW),), REVIEW)
    form = fill(FORMS["F12"], CaseFacts(facts), when)
    assert form.slots["products"].printed == ""
    assert "products" in said(form)


@pytest.mark.parametrize(("form", "facts", "slot"), [
    ("F10", {"app.sign_date": "2019-02-26"}, "sign_date"),
    ("F10", {"app.sign_date": "2018-12-31"}, "sign_date"),
    ("F10", {"advisor.name": "社團法人中華節能協會"}, "advisor_name"),
    ("F10", {"app.mode": "shiny"}, "mode"),
    ("F10", {"app.mode": ["bright", "energy"]}, "mode"),
    ("F11", {"app.sign_date": "2019-02-26"}, "sign_date"),
    ("F12", {"app.submitted_date": "2019-02-26"}, "apply_date"),
    ("F12", {"org.founding_date": "2019-02-22"}, "founding_date"),
    ("F12", {"org.uniform_no": "04595258"}, "uniform_no"),
    ("F12", {"app.mode": "chain", "app.energy_services": ["節能管理個廠輔導"]}, "service_type"),
    ("F12", {"app.energy_service_items": []}, "service_items"),
    ("F12", {"org.business_items": ["C805050", "F107200"]}, "products"),
    ("F12", {"app.energy_service_items": ["節能健檢"]}, "service_items"),
    ("F12", {"org.industry_code25": "26"}, "industry"),
    ("F12", {"fin.paid_in_capital": 1.5}, "paid_in_capital"),
])
def test_what_does_not_hold_is_a_problem_of_its_slot(form: str, facts: dict[str, Any], slot: str, case: Case, green_giant: dict[str, Any],
                                                     when: datetime) -> None:
    assert slot in said(fill(FORMS[form], case(green_giant | facts), when))


def test_the_last_day_is_in_time(case: Case, green_giant: dict[str, Any], when: datetime) -> None:
    facts = green_giant | {"app.sign_date": "2019-02-25", "app.submitted_date": "2019-02-25"}
    assert [fill(FORMS[f], case(facts), when).problems for f in ("F10", "F11", "F12")] == [(), (), ()]


@pytest.mark.parametrize("name", ["財團法人甲中心", "甲中心"])
def test_the_foundation_is_named_once(name: str, case: Case, green_giant: dict[str, Any], when: datetime) -> None:
    form = fill(FORMS["F10"], case(green_giant | {"advisor.name": name}), when)
    assert "輔導單位財團法人甲中心，" in words(form)
    assert form.slots["advisor_name"].printed == "財團法人甲中心"


@pytest.mark.parametrize("value", [
    "A<B & C>", "{{ 7*7 }}", "{% for x in y %}", "\"'&amp;<w:p/>", "{{ ''.__class__.__mro__ }}", "堃喆峯𠮷犇", "]]>", "{# no comment #}",
    "第一行\n第二行",
])
def test_a_value_stays_text(value: str, case: Case, green_giant: dict[str, Any], when: datetime) -> None:
    form = fill(FORMS["F12"], case(green_giant | {"org.name": value}), when)
    assert value in words(form)
    assert form.slots["company_name"].printed == value


@given(value=st.text(max_size=80))
@settings(max_examples=25, deadline=None)
def test_any_text_prints_without_what_xml_cannot_hold(value: str) -> None:
    when = datetime(2019, 2, 20, 9, 30)
    form = fill(FORMS["F10"], CaseFacts({"org.name": Fact("org.name", value, (Entry("org.name", value, "x", when),))}), when)
    shown = form.slots["company_name"].printed
    if not re.search(r"[{%]_[{%]|[}%]_[}%]", shown):
        assert shown in words(form)


def test_the_same_facts_give_the_same_bytes(case: Case, green_giant: dict[str, Any], when: datetime) -> None:
    assert fill(FORMS["F12"], case(green_giant), when).docx == fill(FORMS["F12"], case(green_giant), when).docx


def test_a_tag_that_no_slot_fills_is_not_printed_as_a_gap(case: Case, when: datetime, tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("{{ stranger }}")
    document.save(str(tmp_path / "template.docx"))
    with pytest.raises(FormNotFilled) as caught:
        fill(replace(FORMS["F10"], folder=tmp_path), case({}), when)
    assert caught.value.form == "F10"
    assert "stranger" in caught.value.detail
