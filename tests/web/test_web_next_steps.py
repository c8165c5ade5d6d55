"""What an applicant is told to do next, what is the office's to do, and what an auditor sees of rights and erased cases."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from house import FORM, PASSWORD, House, hurry, letters, wait
from hypothesis import given
from hypothesis import strategies as st

from domain import vocabulary
from domain.decision import FAIL, NEEDS_EVIDENCE, PASS, UNDETERMINED
from eligibility.rule import SUBMITTED
from intake.store import repository
from intake.store.views import SUPPLEMENT
from intake.web import audit_rights, fitting, questions
from intake.web.account import CONSENT_VERSION
from intake.web.findings import FindingView

NEW, TYPO = "10458701", "10458700"


def finding(outcome: str, *missing: str) -> FindingView:
    return FindingView("r", outcome, True, "", "", "", (), (), missing, "", "")


@given(st.sampled_from(sorted(vocabulary.terms())))
def test_what_an_applicant_is_asked_about_is_never_the_offices(field: str) -> None:
    assert not (questions.asked(field) and questions.of_the_office(field))
    assert not (field.startswith("doc.") and questions.of_the_office(field))


def test_a_condition_is_the_offices_only_where_the_applicant_can_do_nothing() -> None:
    assert finding(NEEDS_EVIDENCE, "cmp.debarred_vendor", SUBMITTED).by_office
    assert finding(UNDETERMINED).by_office
    assert not finding(NEEDS_EVIDENCE, "cmp.debarred_vendor", "contact.name").by_office
    assert not finding(NEEDS_EVIDENCE, "doc.company_intro").by_office
    assert not finding(NEEDS_EVIDENCE).by_office
    assert not finding(PASS, "cmp.debarred_vendor").by_office
    assert not finding(FAIL, "cmp.debarred_vendor").by_office


def test_what_the_office_looks_up_stands_apart(house: House) -> None:
    number = house.read_case(programme="tops-supplier")
    page = house.signed_in("shop").get(f"/cases/{number}/result").text
    own, _, offices = page.partition("送件後由承辦人員查證的")
    assert "拒絕往來廠商" in offices
    assert "拒絕往來廠商" not in own.partition("必要的條件")[2]
    assert "公司簡介" in own


def test_sending_in_says_what_comes_next_and_a_supplement_leads_to_the_papers(house: House) -> None:
    number = house.read_case(papers=(FORM,))
    shop = house.signed_in("shop")
    shop.get(f"/cases/{number}/forms")
    sent = shop.post(f"/cases/{number}/submit", {"version": shop.version})
    assert re.search(r"已於 [^<]+ 送件<", sent.text)
    assert "有結果或要補件時會寄信給您" in sent.text
    clerk = house.signed_in("clerk")
    clerk.get(f"/desk/cases/{number}")
    clerk.post(f"/desk/cases/{number}/state", {"state": SUPPLEMENT, "why": "請補勞保資料", "version": clerk.version})
    asked = shop.get(f"/cases/{number}")
    assert asked.url.path == f"/cases/{number}/papers"
    assert "請補勞保資料" in asked.text
    assert f"/cases/{number}/forms#send" in asked.text
    assert "要補件" in shop.get("/cases").text
    assert "送出補件" in shop.get(f"/cases/{number}/forms").text
    hurry(house)
    told = f"/cases/{number}"
    wait(lambda: any(told in text and "請補勞保資料" in text for text in letters(house)))


def test_programmes_whose_time_is_over_come_last_folded_with_the_reason(house: House) -> None:
    shop = house.signed_in("shop")
    page = shop.get("/cases/new").text
    order = re.findall(r'name="programme" value="([^"]+)"', page)
    assert order.index("green-giant") > order.index("tops-supplier")
    ended = page.partition('<details id="ended"')[2].partition("</details>")[0]
    assert re.findall(r'name="programme" value="([^"]+)"', ended) == order[-ended.count("<input"):]
    assert "108年2月25日為止，已經截止" in ended.partition('value="green-giant"')[2]
    assert "103年1月23日為止，已經截止" in ended.partition('value="t103"')[2]
    cards = shop.get("/cases/programmes").text
    assert cards.index('<details id="ended"') > cards.index('id="p-tops-supplier"')
    assert {"p-t103", "p-green-giant"} <= set(re.findall(r'id="(p-[^"]+)"', cards.partition('<details id="ended"')[2]))
    late, open_one = shop.new_case("green-giant"), shop.new_case("tops-supplier")
    assert "108年2月25日為止，已經截止" in shop.get(f"/cases/{late}/forms").text.partition('id="send"')[2]
    assert "已經截止" not in shop.get(f"/cases/{open_one}/forms").text


@given(st.dates(date(2000, 1, 1), date(2013, 12, 31)))
def test_before_its_last_day_no_programme_is_said_to_be_over(day: date) -> None:
    assert "t103" not in fitting.over(day)
    assert "green-giant" not in fitting.over(day)


def test_opening_an_account_asks_for_nothing_twice(house: House) -> None:
    visitor = house.visitor()
    visitor.get("/open")
    wrong = visitor.post("/open", {"ubn": TYPO, "email": "twice@example.com", "agree": CONSENT_VERSION})
    assert wrong.status_code == 422
    assert f'value="{CONSENT_VERSION}" checked' in wrong.text
    asked = visitor.post("/open", {"ubn": NEW, "email": "twice@example.com", "agree": CONSENT_VERSION})
    assert asked.url.path == "/open/code"
    assert "twice@example.com" in asked.text
    assert f'value="{NEW}"' in visitor.get("/open/code").text
    assert f'value="{NEW}"' in visitor.get("/open").text
    wait(lambda: bool(letters(house, "twice@example.com")))
    assert len(letters(house, "twice@example.com")) == 1
    found = re.search(r"\b(\d{6})\b", letters(house, "twice@example.com")[-1])
    assert found
    visitor.get("/open/code")
    weak = visitor.post("/open/code", {"login": NEW, "code": found[1], "password": "weakpassword"})
    assert f'value="{found[1]}"' in weak.text
    done = visitor.post("/open/code", {"login": NEW, "code": found[1], "password": PASSWORD})
    assert done.url.path == "/cases"
    assert "asked" not in visitor.client.cookies


def test_an_auditor_sees_the_rights_used_and_what_was_erased_but_nobodys_words(house: House) -> None:
    shop = house.signed_in("shop")
    number = shop.new_case()
    shop.get("/rights")
    shop.post("/rights/correct", {"case": "", "text": "地址應為臺北市示範路"})
    shop.get("/rights")
    shop.post("/rights/delete", {"case": number, "sure": "yes"})
    auditor = house.signed_in("auditor")
    page = auditor.get("/audit/rights").text
    assert number in page
    assert audit_rights.masked(shop.login) in page
    assert shop.login not in page
    assert "示範路" not in page
    gone = auditor.get(f"/audit/value?case={number}")
    assert gone.url.path == f"/audit/erased/{number}"
    assert gone.status_code == 200
    assert shop.login not in gone.text
    assert "測試股份有限公司" not in gone.text
    assert house.signed_in("shop").get("/audit/rights").status_code == 403
    assert house.signed_in("clerk").get(f"/audit/erased/{number}").status_code == 403


def test_an_auditor_is_told_of_a_number_and_a_day_that_cannot_be(house: House) -> None:
    auditor = house.signed_in("auditor")
    assert auditor.get("/audit/value?case=nothing").status_code == 404
    assert "沒有這個案號" in auditor.page
    assert "看不出是哪一天" in auditor.get("/audit?since=昨天").text
    assert "看不出是哪一天" not in auditor.get("/audit?since=115/1/1&until=2026-12-31").text
    assert auditor.get("/audit/verify").url.path == "/audit"


def test_papers_of_another_number_than_the_accounts_are_told(house: House, read_case: str) -> None:
    page = house.signed_in("shop").get(f"/cases/{read_case}/papers").text
    with house.database.reading() as session:
        number: Any = repository.facts(session, repository.case(session, read_case).id).known()["org.uniform_no"]
    assert f"文件上的統一編號是 {number}，不是您的帳號" in page


def test_a_value_changed_against_its_ink_is_shown_as_such(house: House) -> None:
    number = house.read_case()
    shop = house.signed_in("shop")
    shop.get(f"/cases/{number}/check")
    shop.post(f"/cases/{number}/check", {"field": "fin.paid_in_capital", "act": "change", "value": "300萬", "version": shop.version})
    shop.get(f"/cases/{number}/forms")
    shop.post(f"/cases/{number}/submit", {"version": shop.version})
    clerk = house.signed_in("clerk")
    clerk.get(f"/desk/cases/{number}")
    seen = re.findall(r'name="side" value="0"><input type="hidden" name="seen" value="([^"]+)', clerk.page)[0]
    clerk.post(f"/desk/cases/{number}/facts", {"field": "fin.paid_in_capital", "act": "side", "side": "0", "seen": seen,
                                               "version": clerk.version})
    auditor = house.signed_in("auditor")
    page = auditor.get(f"/audit/value?case={number}&field=fin.paid_in_capital").text
    assert "改過，與文件上讀到的不同" in page
    assert "已採用" not in page
    assert "與文件不同" in auditor.get(f"/audit/value?case={number}").text
    assert "改過，與文件上讀到的不同" not in auditor.get(f"/audit/value?case={number}&field=org.name").text


def test_nobody_is_told_that_their_part_is_done_while_something_of_it_is_missing(house: House) -> None:
    shop = house.signed_in("shop")
    number = shop.new_case("wage-deduct")
    shop.get(f"/cases/{number}/questions")
    shop.post(f"/cases/{number}/questions", {"version": shop.version})
    house.settle(number)
    page = shop.get(f"/cases/{number}/result").text
    assert "您的部分都齊了" not in page
    assert re.search(r"<h1>還差 \d+ 項資料</h1>", page)


def test_who_has_to_sign_in_first_is_told_where_they_come_back_to(house: House) -> None:
    visitor = house.visitor()
    sent = visitor.get("/cases/new")
    assert sent.url.path == "/login"
    assert "登入後會回到那一頁" in sent.text
    assert "登入後會回到那一頁" not in visitor.get("/login").text


def test_a_standard_that_fits_is_no_programme_to_apply_for(house: House) -> None:
    shop = house.signed_in("shop")
    shop.get("/cases/programmes")
    page = shop.post("/cases/programmes", {"fin.paid_in_capital": "5000000", "hc.regular_employees": "10"}).text
    shown = sum(int(n) for n in re.findall(r'<strong class="num">(\d+)</strong>', page))
    cards = len(re.findall(r'id="p-[\w-]+"', page))
    assert 0 < shown < cards, "the standard has a card and is not counted"


def test_an_auditor_sees_what_a_computed_value_follows_from(house: House, read_case: str) -> None:
    page = house.signed_in("auditor").get(f"/audit/value?case={read_case}&field=org.registered_city").text
    shown = re.search(r'<p class="value">([^<]+)</p>', page)
    assert shown
    assert shown[1].endswith(("市", "縣"))
    assert f"/audit/value?case={read_case}&amp;field=org.registered_address" in page
    assert "登記地址所在縣市" in page
