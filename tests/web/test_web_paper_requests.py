"""Somebody without an account asks on paper: written down at the counter, made sure of, answered, each step in the log."""

from __future__ import annotations

import re

import pytest
from house import FORM, HEADCOUNT, House, Visitor, letters
from sqlalchemy import select

from intake import clock
from intake.people import audit
from intake.store import erase, repository, rights
from intake.store.tables_log import AuditLine
from intake.web import values

GIVEN = {"received": values.day(clock.today()), "asker": "陳示範", "asks_as": "self", "kind": "see", "contact": "asks@example.com",
         "text": "貴單位有我的哪些資料"}


def written(house: House, who: str = "clerk", **more: str) -> tuple[Visitor, int]:
    desk = house.signed_in(who)
    desk.get("/desk/requests/new")
    answer = desk.post("/desk/requests/new", GIVEN | more)
    found = re.fullmatch(r"/desk/requests/(\d+)", answer.url.path)
    assert found, answer.text
    return desk, int(found[1])


def logged(house: House, request: int) -> list[tuple[str, str]]:
    with house.database.reading() as session:
        lines = select(AuditLine.who, AuditLine.action).where(AuditLine.record == f"request/{request}").order_by(AuditLine.seq)
        return [(who, act) for who, act in session.execute(lines)]


def test_it_is_written_down_made_sure_of_and_answered(house: House) -> None:
    clerk, request = written(house)
    assert "尚待核對" in clerk.page
    assert "15 日內准駁" in clerk.page
    manager = house.signed_in("manager")
    assert "身分未核對" in manager.get("/manage/rights").text
    page = manager.get(f"/manage/rights/{request}").text
    assert "陳示範" in page
    assert manager.post(f"/manage/rights/{request}", {"act": "done", "text": "沒有您的資料"}).status_code == 422
    assert manager.get(f"/manage/rights/{request}/reply").status_code == 404
    manager.get(f"/manage/rights/{request}")
    assert manager.post(f"/manage/rights/{request}", {"act": "prove", "text": "當面核對國民身分證"}).status_code == 200
    assert manager.post(f"/manage/rights/{request}", {"act": "done", "text": "經查沒有您的資料。"}).status_code == 200
    reply = manager.get(f"/manage/rights/{request}/reply").text
    assert "回覆書" in reply
    assert "經查沒有您的資料。" in reply
    told = [t for t in letters(house, "asks@example.com") if "經查沒有您的資料。" in t]
    with house.database.reading() as session:
        assert rights.request(session, request).answered_by == manager.login
    acts = logged(house, request)
    assert acts[:2] == [(clerk.login, audit.ADD), (clerk.login, audit.PRINT)]
    assert {(manager.login, a) for a in (audit.LOOK, audit.CHANGE, audit.PRINT)} <= set(acts)
    assert len(told) <= 1


def test_where_the_name_stands_in_papers_is_found(house: House) -> None:
    number = house.read_case(papers=(FORM,))
    with house.database.reading() as session:
        name = str(repository.facts(session, repository.case(session, number).id).facts["org.responsible_person"].value)
    _, request = written(house, asker=name)
    page = house.signed_in("manager").get(f"/manage/rights/{request}").text
    assert "文件或填寫裡有這個名字的案件" in page
    assert number in page


@pytest.mark.parametrize(("field", "wrong"), [
    ("received", "明天"), ("asker", ""), ("kind", "forget"), ("case", "1010101-9999"), ("text", ""), ("contact", "")])
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(house: House, field: str, wrong: str) -> None:
    desk = house.signed_in("clerk")
    desk.get("/desk/requests/new")
    answer = desk.post("/desk/requests/new", GIVEN | {field: wrong})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    kept = next(v for k, v in GIVEN.items() if k != field and k in ("asker", "contact"))
    assert kept in answer.text


@pytest.mark.parametrize("who", ["shop", "auditor"])
def test_only_the_desk_writes_one_down(house: House, who: str) -> None:
    visitor = house.signed_in(who)
    assert visitor.get("/desk/requests/new").status_code == 403


def test_a_case_is_erased_for_it_only_where_it_is_named_and_sure_who_asks(house: House) -> None:
    number = house.read_case(papers=(FORM,))
    manager = house.signed_in("manager")
    assert manager.get(f"/manage/keeping/{number}").status_code == 403
    _, request = written(house, kind="delete", case=number)
    assert manager.get(f"/manage/keeping/{number}").status_code == 403
    manager.get(f"/manage/rights/{request}")
    manager.post(f"/manage/rights/{request}", {"act": "prove", "text": "當面核對國民身分證與登記表"})
    assert manager.get(f"/manage/keeping/{number}").status_code == 200
    _, authority = written(house, kind="delete", case=house.read_case(papers=(FORM,)), asks_as="authority", identity="示字第1號函")
    with house.database.reading() as session:
        other = rights.request(session, authority).case_number
    assert manager.get(f"/manage/keeping/{other}").status_code == 403


def test_one_file_with_somebodys_data_is_erased_and_the_case_stays(house: House) -> None:
    number = house.read_case(papers=(FORM, HEADCOUNT))
    with house.database.reading() as session:
        case = repository.case(session, number)
        name = str(repository.facts(session, case.id).facts["org.responsible_person"].value)
        form, other = repository.papers(session, case.id)
    manager = house.signed_in("manager")
    clerk, request = written(house, kind="delete", asker=name)
    path = f"/manage/rights/{request}/papers/{form.id}"
    page = manager.get(f"/manage/rights/{request}").text
    assert form.name in page
    assert path not in page
    assert manager.get(path).status_code == 403
    assert manager.post(f"/manage/rights/{request}", {"act": "prove", "text": "當面核對國民身分證"}).status_code == 200
    assert path in manager.get(f"/manage/rights/{request}").text
    assert manager.get(f"/manage/rights/{request}/papers/{other.id}").status_code == 404, "the name does not stand there"
    assert clerk.get(path).status_code == 403
    manager.get(path)
    assert manager.post(path, {"again": "1150101-0001", "reason": "當事人請求"}).status_code == 422
    answer = manager.post(path, {"again": number, "reason": "當事人請求"})
    assert answer.url.path == f"/manage/rights/{request}"
    assert "刪除證明編號" in answer.text
    house.settle(number)
    with house.database.reading() as session:
        assert [p.id for p in repository.papers(session, case.id, removed=True)] == [other.id]
        assert "org.responsible_person" not in repository.facts(session, case.id).facts
        made = erase.certificate(session, f"P{form.id}-{number}")
        assert made.finished_at is not None
    assert form.sha256 in {*made.files, *made.shared}
    assert manager.get(f"/papers/{form.id}/file").status_code == 404
    shown = manager.get(f"/manage/erased/{made.case_number}").text
    assert "一份文件" in shown
    assert name not in shown
    assert house.signed_in("auditor").get(f"/audit/erased/{made.case_number}").status_code == 200
    manager.get(f"/manage/rights/{request}")
    assert manager.post(f"/manage/rights/{request}", {"act": "done", "text": "已刪除"}).status_code == 200
    assert manager.get(f"/manage/rights/{request}/papers/{other.id}").status_code == 404, "an answered request erases nothing"
