"""No case passes unseen: what stands against it is said, a foreign paper is set aside, and the table leads on to its next case."""

from __future__ import annotations

import json
import re

import pytest
from house import FORM, HEADCOUNT, LETTER, PEOPLE, House, Visitor, sample, wait
from sqlalchemy import select

from domain.field import REVIEW
from intake.people import audit
from intake.store import repository
from intake.store.tables import Job
from intake.store.tables_log import AuditLine

BROKEN = ("壞掉的.pdf", b"%PDF-1.4 nothing that could be read")


def send(house: House, *papers: str, more: tuple[tuple[str, bytes], ...] = ()) -> str:
    shop = house.signed_in("shop")
    number = shop.new_case()
    shop.upload(number, *((sample(p).name, sample(p).read_bytes()) for p in papers), *more)
    house.settle(number)
    with house.database.session() as session:
        case = repository.case(session, number)
        repository.submit(session, case.id, case.version)
    return number


@pytest.fixture(scope="module")
def clerk(house: House) -> Visitor:
    return house.signed_in("clerk")


def state(house: House, number: str) -> str:
    with house.database.reading() as session:
        return repository.case(session, number).state


def test_a_case_with_open_points_passes_only_once_they_were_seen(house: House, clerk: Visitor) -> None:
    number = send(house, FORM, more=(BROKEN,))
    page = clerk.get(f"/desk/cases/{number}").text
    assert "「壞掉的.pdf」讀不了" in page
    assert f"申請帳號是 {PEOPLE['shop'][0]}" in page
    seen = re.search(r'name="against" value="([^"]+)"', page)
    assert seen is not None
    assert set(seen[1].split()) >= {"unreadable", "other-number", "outcome"}
    for given in ({}, {"sure": "yes"}, {"sure": "yes", "against": "outcome"}, {"against": seen[1]}):
        answer = clerk.post(f"/desk/cases/{number}/state", {"state": "passed", "version": clerk.version} | given)
        assert answer.status_code == 422
        assert "還有沒處理的事" in answer.text
        assert state(house, number) == "submitted"
    answer = clerk.post(f"/desk/cases/{number}/state", {"state": "passed", "version": clerk.version, "sure": "yes", "against": seen[1]})
    assert answer.status_code == 200
    assert "已改為「通過」" in answer.text
    with house.database.reading() as session:
        case = repository.case(session, number)
        said = [n.text for n in repository.notes(session, case.id)]
        lines = session.scalars(select(AuditLine.detail).where(AuditLine.record == f"case/{number}", AuditLine.action == audit.CHANGE))
        logged = [json.loads(d) for d in lines]
    assert any(t.startswith("通過時看過並認可") and "壞掉的.pdf" in t for t in said)
    assert any(set(d.get("open", ())) == set(seen[1].split()) for d in logged)


def test_the_letter_asks_anew_for_what_cannot_be_read_and_for_another_firms_paper(house: House, clerk: Visitor) -> None:
    number = send(house, FORM, HEADCOUNT, more=(BROKEN,))
    clerk.get(f"/desk/cases/{number}")
    letter = re.search(r'<textarea id="letter"[^>]*>(.*?)</textarea>', clerk.page, re.DOTALL)
    assert letter is not None
    assert "「壞掉的.pdf」讀不了：" in letter[1]
    assert letter[1].count("請重新掃描") == 1
    assert f"「{sample(HEADCOUNT).name}」看起來是別家公司的文件，請換成貴單位的" in letter[1]


def test_a_paper_of_another_firm_is_set_aside_with_its_doubts_and_taken_back(house: House, clerk: Visitor) -> None:
    number = send(house, FORM, HEADCOUNT)

    def doubtful() -> set[str]:
        with house.database.reading() as session:
            facts = repository.facts(session, repository.case(session, number).id)
        return {f for f, fact in facts.facts.items() if fact.status == REVIEW and f.startswith(("ins.", "hc."))}

    before = doubtful()
    assert before
    page = clerk.get(f"/desk/cases/{number}").text
    where = re.search(r'可能是別家公司的文件.{0,400}?action="(/desk/cases/[^"]+/papers/\d+)"', page, re.DOTALL)
    assert where is not None
    assert clerk.post(where[1], {"act": "aside", "version": clerk.version}).status_code == 200
    assert doubtful() == set()
    assert clerk.post(where[1], {"act": "aside", "version": clerk.version}).status_code == 403
    assert clerk.get(f"/desk/cases/{number}").text.count("不算在這件裡") > 1
    assert clerk.post(where[1], {"act": "back", "version": clerk.version}).status_code == 200
    assert doubtful() == before
    with house.database.reading() as session:
        case = repository.case(session, number).id
        said = [n.text for n in repository.notes(session, case)]
    assert said == [f"「{sample(HEADCOUNT).name}」{w}。" for w in ("不算在這件裡", "放回案件")]


def test_a_paper_of_another_case_is_not_set_aside_through_this_one(house: House, clerk: Visitor) -> None:
    one, other = send(house, LETTER), send(house, LETTER)
    with house.database.reading() as session:
        paper = repository.papers(session, repository.case(session, other).id)[0].id
    clerk.get(f"/desk/cases/{one}")
    assert clerk.post(f"/desk/cases/{one}/papers/{paper}", {"act": "aside", "version": clerk.version}).status_code == 404


def test_an_empty_answer_to_a_contradiction_says_what_can_be_done(house: House, clerk: Visitor) -> None:
    number = send(house, FORM, LETTER)
    clerk.get(f"/desk/cases/{number}")
    answer = clerk.post(f"/desk/cases/{number}/facts", {"field": "org.uniform_no", "version": clerk.version, "seen": "", "value": ""})
    assert answer.status_code == 422
    assert "下面其中一個" in answer.text


def test_the_next_case_is_the_next_of_the_table_that_was_looked_at(house: House) -> None:
    clerk = house.signed_in("clerk-two")
    three = [send(house, LETTER) for _ in range(3)]
    wait(lambda: all(state(house, n) == "submitted" for n in three))
    clerk.get("/desk?sort=-age")
    assert clerk.get(f"/desk/next?after={three[2]}").url.path == f"/desk/cases/{three[1]}"
    clerk.get("/desk?sort=age")
    assert clerk.get(f"/desk/next?after={three[1]}").url.path == f"/desk/cases/{three[2]}"
    # a table of this case alone leads on in the whole
    clerk.get(f"/desk?q={three[1]}&sort=-age")
    assert clerk.get(f"/desk/next?after={three[1]}").url.path == f"/desk/cases/{three[0]}"


def test_forms_that_are_older_than_the_case_are_told_and_filled_anew(house: House, clerk: Visitor) -> None:
    number = send(house, FORM)
    assert "還沒有填過表單" in clerk.get(f"/desk/cases/{number}").text
    with house.database.session() as session:
        case = repository.case(session, number).id
        name = repository.facts(session, case).facts["org.name"].value
        slots = {"name": {"field": "org.name", "value": name, "printed": name}, "seal": {"field": "", "value": None, "printed": ""}}
        made = repository.FormFiles("F10", "x", "做好的表單", "a" * 64, None, "b" * 64, {"slots": slots, "problems": []})
        repository.save_forms(session, case, f"made-{number}", [made], None, "c" * 64)
    page = clerk.get(f"/desk/cases/{number}").text
    assert f'/cases/{number}/bundle.zip"' in page
    assert "案件又改過" not in page
    answer = clerk.post(f"/desk/cases/{number}/facts", {"field": "contact.name", "act": "new", "value": "陳示範", "version": clerk.version})
    assert answer.status_code == 200
    house.settle(number)
    assert "案件又改過" in clerk.get(f"/desk/cases/{number}").text
    assert clerk.post(f"/desk/cases/{number}/forms").status_code == 200
    assert "正在填表單" in clerk.page
    with house.database.reading() as session:
        assert session.scalar(select(Job.id).where(Job.kind == "fill", Job.subject == case)) is not None
