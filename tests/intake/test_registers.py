"""Public registers: off unless set, every answer with its time and raw text, and whatever the other side does, an answer that says so."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from register_server import Reply, Server, serving
from typer.testing import CliRunner

from domain.errors import BadValue, NotFound, UnknownField
from domain.vocabulary import check_facts
from intake import registers
from intake.cli import main
from intake.cli.app import app
from intake.registers import Subject, gcis, gcis_company
from intake.registers.fetch import Fetch
from intake.settings import Settings

AT = datetime(2026, 3, 2, 9, 30)
SUBJECT = Subject("04595257")
QUICK = Fetch(seconds=0.4, tries=3, pause=0.01, max_bytes=4096)
COMPANY = {
    "Business_Accounting_NO": "04595257", "Company_Status_Desc": "核准設立", "Company_Name": "晨光機械股份有限公司",
    "Capital_Stock_Amount": 80000000, "Paid_In_Capital_Amount": 50000000, "Responsible_Name": "林O晨",
    "Company_Location": "臺北市信義區松仁路1號", "Register_Organization_Desc": "臺北市政府", "Company_Setup_Date": "0970516",
    "Change_Of_Approval_Data": "1130905", "Revoke_App_Date": "", "Case_Status": "", "Case_Status_Desc": "", "Sus_App_Date": "",
}
BUSINESS = {
    "President_No": "04595257", "Business_Name": "晨光商行", "Business_Current_Status": "01", "Business_Current_Status_Desc": "核准設立",
    "Business_Register_Funds": 200000, "Responsible_Name": "林O晨", "Business_Organization_Type": "06",
    "Business_Organization_Type_Desc": "獨資", "Agency": "376610000A", "Agency_Desc": "臺南市政府",
    "Business_Address": "臺南市東區東門路1號", "Business_Setup_Approve_Date": "1080301", "Business_Last_Change_Date": "1100402",
}
BUSY_PAGE = "<!DOCTYPE html><html><body>系統忙碌中，請稍後再試</body></html>"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


def said(server: Server, register: str = "gcis-company", subject: Subject = SUBJECT, fetch: Fetch = QUICK) -> Any:
    return registers.find(register).ask(subject, server.base, fetch)


def rows(*found: dict[str, Any]) -> Reply:
    return Reply(json.dumps(found, ensure_ascii=False))


def test_a_company_is_read_as_it_is_registered(server: Server) -> None:
    server.say(rows(COMPANY))
    found = said(server)
    assert found.status == "found"
    assert found.facts == {
        "org.name": "晨光機械股份有限公司", "org.status": "核准設立",
        "fin.authorized_capital": 80_000_000, "fin.paid_in_capital": 50_000_000,
        "org.registered_address": "臺北市信義區松仁路1號", "org.founding_date": "2008-05-16", "org.last_change_date": "2024-09-05",
        "org.registration_kind": "company"}
    assert found.notes == ("負責人姓名經遮蔽（林O晨），只能對照",)
    assert json.loads(found.raw) == [COMPANY]
    assert "Business_Accounting_NO eq 04595257" in server.asked[0]
    assert check_facts(dict(found.facts)) == found.facts


def test_numbers_may_come_as_text_and_a_name_unmasked(server: Server) -> None:
    server.say(rows(COMPANY | {"Paid_In_Capital_Amount": "50,000,000", "Capital_Stock_Amount": "80000000.0", "Responsible_Name": "林晨"}))
    found = said(server)
    assert (found.facts["fin.paid_in_capital"], found.facts["fin.authorized_capital"]) == (50_000_000, 80_000_000)
    assert found.facts["org.responsible_person"] == "林晨"


def test_what_is_absent_or_unreadable_is_no_fact(server: Server) -> None:
    spoilt = {"Change_Of_Approval_Data": "", "Company_Setup_Date": "097/13/40", "Paid_In_Capital_Amount": "12.5", "Company_Name": None}
    server.say(rows(COMPANY | spoilt))
    found = said(server)
    assert not {"org.last_change_date", "org.founding_date", "fin.paid_in_capital", "org.name"} & set(found.facts)
    assert sum("看不懂" in n for n in found.notes) == 2


def test_of_several_rows_the_one_that_changed_last_counts(server: Server) -> None:
    server.say(rows(COMPANY, COMPANY | {"Change_Of_Approval_Data": "1141001", "Paid_In_Capital_Amount": 60000000}, COMPANY))
    found = said(server)
    assert found.facts["fin.paid_in_capital"] == 60_000_000
    assert any("3 筆" in n for n in found.notes)


@pytest.mark.parametrize("body", ["", "   ", "[]"])
def test_nothing_found_is_an_answer_of_its_own(server: Server, body: str) -> None:
    server.say(Reply(body))
    assert (said(server).status, len(server.asked)) == ("none", 1)


ANOTHER = json.dumps([COMPANY | {"Business_Accounting_NO": "10458575"}])


@pytest.mark.parametrize("body", ["{}", "not json", '{"a": [1]}', "[1, 2]", "[[", "null", ANOTHER])
def test_a_reply_that_is_no_answer_says_so_and_keeps_its_text(server: Server, body: str) -> None:
    server.say(Reply(body))
    found = said(server)
    assert (found.status, dict(found.facts), found.raw) == ("unreadable", {}, body)


@pytest.mark.parametrize("fault", [Reply(BUSY_PAGE), Reply("", 500), Reply("", 503), Reply("", 429), Reply("[]", wait=1.0)])
def test_a_busy_register_is_asked_again_and_then_left(server: Server, fault: Reply) -> None:
    server.say(fault)
    assert (said(server).status, len(server.asked)) == ("busy", 3)
    server.asked.clear()
    server.say(fault, rows(COMPANY))
    assert (said(server).status, len(server.asked)) == ("found", 2)


def test_a_register_that_dribbles_is_cut_off(server: Server) -> None:
    server.say(Reply(json.dumps([COMPANY]), wait=0.15, pieces=20))
    began = time.monotonic()
    assert said(server, fetch=Fetch(seconds=0.4, tries=1)).status == "busy"
    assert time.monotonic() - began < 1.5


@pytest.mark.parametrize("fault", [
    Reply("[" + " " * 5000 + "]"), Reply("", 404), Reply("", 403), Reply("", 302, headers={"Location": "http://127.0.0.1:1/"})])
def test_too_much_a_refusal_and_another_address_are_not_followed(server: Server, fault: Reply) -> None:
    server.say(fault)
    assert (said(server).status, len(server.asked)) == ("unreadable", 1)


def test_nobody_there_is_busy() -> None:
    with serving() as gone:
        pass
    assert said(gone).status == "busy"


def test_a_business_is_asked_at_its_office(server: Server) -> None:
    server.say(rows({"President_No": "04595257", "Agency": "376610000A"}), containing="426D5542")
    server.say(rows(BUSINESS), containing="Agency eq 376610000A")
    found = said(server, "gcis-business")
    assert found.facts == {
        "org.name": "晨光商行", "org.status": "核准設立", "fin.paid_in_capital": 200_000, "org.registered_address": "臺南市東區東門路1號",
        "org.organization_type": "獨資", "org.founding_date": "2019-03-01", "org.last_change_date": "2021-04-02",
        "org.registration_kind": "business"}
    assert len(server.asked) == 2
    assert said(server, "gcis-business", Subject("04595257", agency="376610000A")).facts == found.facts
    assert len(server.asked) == 3


def test_a_business_that_moved_counts_where_it_changed_last(server: Server) -> None:
    server.say(rows({"Agency": "1"}, {"Agency": "2"}, {"Agency": "1"}), containing="426D5542")
    server.say(rows(BUSINESS), containing="Agency eq 1")
    moved = {"Business_Address": "高雄市苓雅區四維路2號", "Business_Last_Change_Date": "1120101"}
    server.say(rows(BUSINESS | moved), containing="Agency eq 2")
    assert said(server, "gcis-business").facts["org.registered_address"] == "高雄市苓雅區四維路2號"
    server.say(Reply(BUSY_PAGE), containing="Agency eq 2")
    assert said(server, "gcis-business").status == "busy"
    server.say(Reply(""), containing="Agency eq 2")
    assert said(server, "gcis-business").facts["org.registered_address"] == "臺南市東區東門路1號"


@pytest.mark.parametrize(("offices", "status"), [(Reply(""), "none"), (Reply('[{"x": 1}]'), "unreadable"), (Reply(BUSY_PAGE), "busy")])
def test_without_an_office_nothing_is_asked_of_it(server: Server, offices: Reply, status: str) -> None:
    server.say(offices)
    assert said(server, "gcis-business").status == status


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
                    lambda x: st.lists(x, max_size=3) | st.dictionaries(st.sampled_from(sorted(COMPANY)), x, max_size=6), max_leaves=12)


NUMBERED = {"Business_Accounting_NO": st.just("04595257")}
ROWS = st.fixed_dictionaries(NUMBERED, optional=dict.fromkeys(sorted(COMPANY.keys() - NUMBERED), JSON))


@settings(max_examples=150, deadline=None)
@given(row=ROWS)
def test_whatever_a_row_holds_its_facts_are_of_the_form_wanted(row: dict[str, Any]) -> None:
    reply = gcis.Reply((row,), "", "")
    found = gcis.of(reply, "04595257", "Business_Accounting_NO", "Change_Of_Approval_Data",
                    gcis_company.FIELDS)
    assert check_facts(dict(found.facts)) == dict(found.facts)


def test_every_register_says_where_and_what_to_look_for() -> None:
    every = registers.load()
    by_hand = {"debarred", "labour", "environment", "judgments", "tax-arrears", "food", "disability"}
    assert set(every) == {"gcis-company", "gcis-business"} | by_hand
    for r in every.values():
        assert r.answers
        assert r.page.startswith("https://")
        assert r.look_for


def test_nothing_leaves_the_house_unless_the_operator_says_so(tmp_path: Path, server: Server) -> None:
    off = Settings(data_dir=tmp_path, _env_file=None)
    for register in registers.load():
        answer = registers.ask(register, SUBJECT, off, AT)
        assert (answer.status, answer.raw, answer.facts) == ("by_hand", "", {})
        assert registers.load()[register].look_for in answer.message
    on = Settings(data_dir=tmp_path, registers={"gcis-company": server.base.rstrip("/")}, _env_file=None)
    server.say(rows(COMPANY))
    answer = registers.ask("gcis-company", SUBJECT, on, AT)
    assert (answer.status, answer.looked_up_at, json.loads(answer.raw)) == ("found", AT, [COMPANY])
    assert answer.url.startswith(server.base)
    json.dumps(answer.as_json(), ensure_ascii=False)
    with pytest.raises(ValidationError):
        Settings(data_dir=tmp_path, registers={"gcis-company": "file:///etc/passwd"}, _env_file=None)


def test_a_question_that_cannot_be_asked_is_refused(tmp_path: Path) -> None:
    house = Settings(data_dir=tmp_path, _env_file=None)
    with pytest.raises(NotFound):
        registers.ask("no-such", SUBJECT, house, AT)
    for number in ("1234567", "1234567a", "04595257 or 1 eq 1"):
        with pytest.raises(BadValue):
            registers.ask("gcis-company", Subject(number), house, AT)


def test_what_a_person_found_is_an_answer_in_its_form() -> None:
    fined = [{"date": "2025-05-01", "amount": 20000}]
    answer = registers.typed("labour", SUBJECT, {"cmp.labor_violations": fined}, "承辦", AT, "列印第 3 頁")
    assert (answer.status, answer.by, answer.raw) == ("typed", "承辦", "列印第 3 頁")
    with pytest.raises(BadValue):
        registers.typed("labour", SUBJECT, {"cmp.env_violations": []}, "承辦", AT, "")
    with pytest.raises(BadValue):
        registers.typed("labour", SUBJECT, {"cmp.labor_violations": "無"}, "承辦", AT, "")
    with pytest.raises((BadValue, UnknownField)):
        registers.typed("labour", SUBJECT, {"cmp.nothing": 1}, "承辦", AT, "")


def test_the_command_asks_and_says_what_came_of_it(server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    main.load("lookup")
    server.say(rows(COMPANY))
    monkeypatch.setenv("SHOUWEN_REGISTERS", json.dumps({"gcis-company": server.base}))
    monkeypatch.setenv("SHOUWEN_REGISTER_SECONDS", "1")
    done = CliRunner().invoke(app, ["lookup", "gcis-company", "04595257", "--json"])
    assert (done.exit_code, json.loads(done.stdout)["facts"]["fin.paid_in_capital"]) == (0, 50_000_000)
    assert "晨光機械" in CliRunner().invoke(app, ["lookup", "gcis-company", "04595257"]).stdout
    server.say(Reply("nonsense"))
    assert CliRunner().invoke(app, ["lookup", "gcis-company", "04595257"]).exit_code == 3
    listed = json.loads(CliRunner().invoke(app, ["lookup", "--json"]).stdout)
    assert [r["id"] for r in listed if r["on"]] == ["gcis-company"]
    assert "請到網頁查" in CliRunner().invoke(app, ["lookup", "debarred", "04595257"]).stdout
