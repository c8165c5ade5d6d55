"""「查登記」: a register that is switched on is asked from the finding, and its answer is kept as evidence; the others are for people."""

from __future__ import annotations

import pytest
from house import FORM, HEADCOUNT, REGISTERED, House, sample

from intake import registers
from intake.settings import Settings
from intake.store import repository
from intake.web import findings, lookup


def finding(*missing: str) -> findings.FindingView:
    return findings.FindingView("x.y", "needs_evidence", True, "", "", "", (), (), missing, "", "")


@pytest.fixture
def sent_in(house: House) -> str:
    """An empty case of the shop that was sent in: nothing is known but its number."""
    shop = house.signed_in("shop")
    number = shop.new_case("tops-supplier")
    shop.get(f"/cases/{number}/forms")
    shop.post(f"/cases/{number}/submit", {"version": shop.version})
    house.settle(number)
    return number


def test_only_what_can_tell_the_missing_is_offered_and_people_look_where_nothing_can_be_asked(tmp_path: object) -> None:
    on = Settings(data_dir=tmp_path, registers={"gcis-business": "http://127.0.0.1:1/"}, _env_file=None)
    missing = finding("org.name", "org.registered_address")
    assert [(o.register.id, o.on) for o in lookup.offers([missing], on)["x.y"]] == [("gcis-business", True)]
    off = lookup.offers([missing], Settings(data_dir=tmp_path, _env_file=None))["x.y"]
    assert {o.register.id for o in off} >= {"gcis-company", "gcis-business"}
    assert not any(o.on for o in off)
    assert all(set(o.register.answers) & set(missing.missing_fields) for o in off)
    assert lookup.offers([finding("plan.name")], on) == {"x.y": []}


def test_a_register_is_asked_and_its_answer_kept_word_by_word(house: House, sent_in: str) -> None:
    clerk = house.signed_in("clerk")
    page = clerk.get(f"/desk/cases/{sent_in}").text
    assert 'name="register" value="gcis-company"' in page
    assert registers.find("debarred").page in page
    assert 'value="debarred"' not in page
    shown = clerk.post(f"/desk/cases/{sent_in}/lookup", {"register": "gcis-company"}).text
    assert "查到了" in shown
    assert REGISTERED["Paid_In_Capital_Amount"] in shown
    house.settle(sent_in)
    facts = house.api("clerk").get(f"/cases/{sent_in}/facts").json()
    assert facts["fin.paid_in_capital"] == 50_000_000
    assert "商工登記" in facts["origins"]["fin.paid_in_capital"][0]["entered_by"]
    with house.database.reading() as session:
        (answer,) = repository.answers(session, repository.case(session, sent_in).id)
    assert (answer.status, answer.by, answer.subject) == ("found", "承辦甲", REGISTERED["Business_Accounting_NO"])


def test_only_a_clerk_asks_and_only_about_a_case_that_was_sent_in(house: House, sent_in: str) -> None:
    shop, clerk = house.signed_in("shop"), house.signed_in("clerk")
    shop.get("/cases")
    assert shop.post(f"/desk/cases/{sent_in}/lookup", {"register": "gcis-company"}).status_code == 403
    draft = house.read_case(papers=(FORM,))
    clerk.get("/desk")
    assert clerk.post(f"/desk/cases/{draft}/lookup", {"register": "gcis-company"}).status_code == 403
    assert clerk.post(f"/desk/cases/{sent_in}/lookup", {"register": "no-such"}).status_code == 404
    with house.database.reading() as session:
        assert repository.answers(session, repository.case(session, sent_in).id) == []


def test_a_register_that_is_off_says_where_to_look(house: House, sent_in: str) -> None:
    clerk = house.signed_in("clerk")
    clerk.get(f"/desk/cases/{sent_in}")
    shown = clerk.post(f"/desk/cases/{sent_in}/lookup", {"register": "debarred"}).text
    assert "請到網頁查" in shown


def test_what_a_clerk_found_in_a_register_is_kept_as_its_answer(house: House, sent_in: str) -> None:
    clerk = house.signed_in("clerk")
    clerk.get(f"/desk/cases/{sent_in}")
    unsourced = clerk.post(f"/desk/cases/{sent_in}/found", {"cmp.debarred_vendor": "否", "why": " ", "version": clerk.version})
    assert unsourced.status_code == 422
    assert "請寫查到什麼、在哪裡查" in unsourced.text
    body = {"cmp.debarred_vendor": "否", "why": "名單上查無此統編", "version": clerk.version}
    assert "名單上查無此統編" in clerk.post(f"/desk/cases/{sent_in}/found", body).text
    assert "對方回覆的原文" not in clerk.page, "the words are the clerk's own"
    printed = sample(HEADCOUNT)
    files = [("file", ("拒絕往來查詢.pdf", printed.read_bytes(), "application/pdf"))]
    assert house.signed_in("shop").post(f"/desk/cases/{sent_in}/papers", files=files).status_code == 403
    assert clerk.post(f"/desk/cases/{sent_in}/papers", files=files).url.path == f"/desk/cases/{sent_in}"
    assert "加入「拒絕往來查詢.pdf」" in clerk.page
    empty = clerk.post(f"/desk/cases/{sent_in}/papers", files=[("file", ("空的.pdf", b"", "application/pdf"))])
    assert empty.status_code == 422
    house.settle(sent_in)
    with house.database.reading() as session:
        (answer,) = repository.answers(session, repository.case(session, sent_in).id)
    assert (answer.register, answer.status, answer.facts) == ("debarred", "typed", {"cmp.debarred_vendor": False})
    assert answer.raw == "名單上查無此統編"
    assert answer.url == registers.find("debarred").page
    assert house.api("clerk").get(f"/cases/{sent_in}/facts").json()["cmp.debarred_vendor"] is False
