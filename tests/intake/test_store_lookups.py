"""What a register answered is kept as evidence and reaches the case beside what the papers say."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from domain.errors import NotFound
from domain.field import Entry
from intake import registers
from intake.people.person import Person
from intake.registers import Answer, Subject
from intake.store import repository
from intake.store.database import Database

AT = datetime(2026, 3, 2, 9, 30)
URL = "https://register.example/1"
SUBJECT = Subject("04595257")


def answer(status: str = "found", at: datetime = AT, **facts: object) -> Answer:
    told = {k.replace("__", "."): v for k, v in facts.items()}
    return Answer("gcis-company", "商工登記公示資料（公司）", "04595257", status, told, ("有 2 筆",), at, URL, "[…]")


def test_answers_are_kept_word_by_word_with_who_asked(database: Database, applicant: Person, clerk: Person) -> None:
    with database.session() as session:
        case = repository.create_case(session, "sme-std", applicant)
        repository.save_answer(session, case.id, answer(org__name="晨光機械股份有限公司"), clerk)
        repository.save_answer(session, case.id, answer("busy", AT + timedelta(minutes=1)), clerk)
    with database.session() as session:
        first, second = repository.answers(session, case.id)
    assert (first.raw, first.url, first.looked_up_at, first.notes, first.by) == ("[…]", URL, AT, ("有 2 筆",), clerk.name)
    assert first.facts == {"org.name": "晨光機械股份有限公司"}
    assert second.status == "busy"
    with database.session() as session, pytest.raises(NotFound):
        repository.save_answer(session, 10**6, answer(), clerk)


def test_the_newest_good_answer_of_a_register_counts(database: Database, applicant: Person, clerk: Person) -> None:
    with database.session() as session:
        case = repository.create_case(session, "sme-std", applicant)
        repository.save_answer(session, case.id, answer(fin__paid_in_capital=1, org__status="停業"), clerk)
        repository.save_answer(session, case.id, answer(at=AT + timedelta(days=1), fin__paid_in_capital=2), clerk)
        repository.save_answer(session, case.id, answer("unreadable", AT + timedelta(days=2)), clerk)
        facts = repository.facts(session, case.id)
    assert facts.known()["fin.paid_in_capital"] == 2
    assert "org.status" not in facts.known()
    (origin,) = facts.facts["fin.paid_in_capital"].origins
    assert isinstance(origin, Entry)
    assert (origin.by, origin.at) == ("商工登記公示資料（公司）", AT + timedelta(days=1))


def test_what_a_person_typed_counts_and_their_entry_settles(database: Database, applicant: Person, clerk: Person) -> None:
    with database.session() as session:
        case = repository.create_case(session, "tops-supplier", applicant)
        told = registers.typed("debarred", SUBJECT, {"cmp.debarred_vendor": True}, clerk.name, AT, "列印第 1 頁")
        repository.save_answer(session, case.id, told, clerk)
        assert repository.facts(session, case.id).known()["cmp.debarred_vendor"] is True
        repository.add_entry(session, case.id, clerk, "cmp.debarred_vendor", False, case.version, "同名之誤")
        fact = repository.facts(session, case.id).facts["cmp.debarred_vendor"]
    assert fact.value is False
    assert [o.by for o in fact.origins if isinstance(o, Entry)] == [clerk.name, "政府採購拒絕往來廠商名單"]
