"""Accounts of the office are made, closed and changed by a manager; letters are changed and never lose what they are for."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from domain.errors import BadValue, NotFound, UsageError, WrongCode, WrongSignIn
from intake.people import accounts, keys, letters, staff
from intake.people.person import AUDITOR, CLERK, MANAGER, Person
from intake.store import repository
from intake.store.database import Database
from intake.store.tables import Mail
from intake.store.tables_log import AuditLine

PASSWORD = "Right-Horse-9"
HERE = "https://desk.example"


@pytest.fixture
def boss(database: Database) -> Person:
    with database.session() as session:
        return accounts.create_staff(session, "boss", MANAGER, "主管", "boss@example.com", PASSWORD)


def code_of(database: Database, email: str) -> str:
    with database.reading() as session:
        body = session.scalars(select(Mail.body).where(Mail.recipient == email).order_by(Mail.id.desc())).first()
    found = re.search(r"\b\d{6}\b", body or "")
    assert found
    return found[0]


def test_an_invited_clerk_sets_a_password_with_the_code(database: Database, boss: Person) -> None:
    with database.session() as session:
        staff.invite(session, "clerk-b", CLERK, "承辦乙", "b@example.com", HERE)
    with pytest.raises(WrongSignIn), database.session() as session:
        accounts.sign_in(session, "clerk-b", PASSWORD, "127.0.0.1")
    code = code_of(database, "b@example.com")
    with database.session() as session:
        assert accounts.activate(session, "clerk-b", code, PASSWORD).role == CLERK
        accounts.sign_in(session, "clerk-b", PASSWORD, "127.0.0.1")


def test_closing_ends_log_ins_and_codes_and_gives_the_cases_back(database: Database, boss: Person, applicant: Person,
                                                                 clerk: Person) -> None:
    with database.session() as session:
        token, _ = accounts.sign_in(session, clerk.login, PASSWORD, "127.0.0.1")
        case = repository.create_case(session, "sme-std", applicant)
        repository.assign(session, case.id, clerk.id, 0)
        accounts.start_reset(session, clerk.login)
    code = code_of(database, clerk.email)
    with database.session() as session:
        staff.close(session, boss, clerk.login)
    with database.session() as session:
        assert accounts.who(session, token) is None
        assert repository.case(session, case.id).clerk_id is None
    with pytest.raises(WrongCode), database.session() as session:
        accounts.finish_reset(session, clerk.login, code, PASSWORD)
    with pytest.raises(UsageError), database.session() as session:
        staff.send_code(session, clerk.login, HERE)
    with database.session() as session:
        staff.reopen(session, clerk.login, HERE)
    with pytest.raises(WrongSignIn), database.session() as session:
        accounts.sign_in(session, clerk.login, PASSWORD, "127.0.0.1")
    code = code_of(database, clerk.email)
    with database.session() as session:
        assert accounts.activate(session, clerk.login, code, PASSWORD).login == clerk.login


def test_the_last_manager_and_oneself_are_kept(database: Database, boss: Person, clerk: Person) -> None:
    with database.session() as session:
        for by in (boss, clerk):
            with pytest.raises(UsageError):
                staff.close(session, by, boss.login)
            with pytest.raises(UsageError):
                staff.change_role(session, by, boss.login, CLERK)
        assert not staff.change_role(session, boss, clerk.login, MANAGER), "nobody was logged in"
        staff.close(session, clerk, boss.login)
        assert [p.state for p in staff.every(session, "boss")] == [staff.CLOSED]


def test_what_is_no_account_of_the_office_is_refused(database: Database, boss: Person, applicant: Person) -> None:
    with database.session() as session:
        for login, role, name, email in (("12345678", CLERK, "x", "x@example.com"), ("ok-name", "applicant", "x", "x@example.com"),
                                         ("ok-name", CLERK, "", "x@example.com"), ("ok-name", CLERK, "x", "nowhere"),
                                         (boss.login, CLERK, "x", "x@example.com")):
            with pytest.raises(BadValue):
                staff.invite(session, login, role, name, email, HERE)
        with pytest.raises(BadValue):
            staff.change_role(session, boss, applicant.login, AUDITOR)
        with pytest.raises(NotFound):
            staff.close(session, boss, "nobody")


def test_a_letter_is_sent_as_it_is_in_force(database: Database, boss: Person) -> None:
    with database.session() as session:
        letters.change(session, "case-state", "案 {number}", "{number}：{state}\r\n{why}", boss)
        assert letters.changed(session) == {"case-state"}
        letters.send(session, "a@example.com", "case-state", number="1", state="通過", why="{number} 完成")
        sent = session.scalars(select(Mail)).one()
        # what a value says is not filled again
        assert (sent.subject, sent.body) == ("案 1", "1：通過\n{number} 完成")
        letters.reset(session, "case-state", boss)
        assert letters.changed(session) == frozenset()
        assert [bool(h.body) for h in letters.history(session, "case-state")] == [False, True]


@pytest.mark.parametrize("letter", list(letters.LETTERS.values()), ids=lambda x: x.id)
def test_every_built_in_letter_is_itself_allowed_and_fills_whole(letter: letters.Letter) -> None:
    letters.check(letter.id, letter.subject, letter.body)
    shown = letters.filled(letter.subject, letter.places) + letters.filled(letter.body, letter.places)
    assert not re.search(r"\{\w+\}", shown)


@given(st.text(max_size=60), st.text(max_size=200))
def test_a_letter_that_is_allowed_always_bears_its_code(subject: str, body: str) -> None:
    try:
        letters.check("reset-code", subject, body)
    except BadValue:
        return
    assert "999999" in letters.filled(body, {"code": "999999", "minutes": 15})


@given(st.text(max_size=60))
def test_filling_touches_nothing_but_its_places(text: str) -> None:
    assert letters.filled(text, {}) == text
    assert letters.filled(text + "{code}", {"code": "{code}"}).endswith("{code}")


def test_closing_another_role_and_a_new_password_end_every_key_and_the_log_says_so(database: Database, boss: Person, clerk: Person) -> None:
    def made() -> str:
        with database.session() as session:
            return keys.make(session, clerk, "報表", keys.READ, 30)[1]

    def works(key: str) -> bool:
        with database.reading() as session:
            return keys.holder_of(session, key) is not None

    first, second = made(), made()
    assert works(first)
    with database.session() as session:
        accounts.start_reset(session, clerk.login)
    code = code_of(database, clerk.email)
    with database.session() as session:
        accounts.finish_reset(session, clerk.login, code, PASSWORD + "x")
    assert not works(first)
    assert not works(second)
    third = made()
    with database.session() as session:
        staff.change_role(session, boss, clerk.login, MANAGER)
    assert not works(third)
    fourth = made()
    with database.session() as session:
        staff.close(session, boss, clerk.login)
        staff.reopen(session, clerk.login, HERE)
    with database.session() as session:
        accounts.activate(session, clerk.login, code_of(database, clerk.email), PASSWORD)
    assert not works(fourth)
    with database.reading() as session:
        lines = list(session.execute(select(AuditLine.who, AuditLine.detail).where(AuditLine.record.like("key/%")).order_by(AuditLine.seq)))
    assert [who for who, _ in lines] == [clerk.login, clerk.login, boss.login, boss.login]
    assert all(word in detail for word, (_, detail) in zip(("password", "password", "role", "closed"), lines, strict=True))
