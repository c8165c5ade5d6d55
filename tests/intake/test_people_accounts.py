"""Accounts: opened by a mailed code, guarded by a real password, counted when guessed at."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text

from domain.errors import BadValue, NotAllowed, TooManyTries, WeakPassword, WrongCode, WrongSignIn
from intake import clock
from intake.people import accounts, demo, passwords
from intake.people.accounts import Policy
from intake.people.person import AUDITOR, CLERK, Person, need
from intake.store.database import Database
from intake.store.tables import Mail

UBN, EMAIL, GOOD = "10458574", "office@example.com", "Right-Horse-9"


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> list[timedelta]:
    """Put a duration into the list and the service's clock stands that much later."""
    ahead: list[timedelta] = []
    really = clock.now

    def now() -> datetime:
        return really() + sum(ahead, timedelta())

    monkeypatch.setattr(clock, "now", now)
    return ahead


def code_in_mail(database: Database) -> str:
    with database.reading() as session:
        body = session.scalars(select(Mail.body).order_by(Mail.id.desc())).first()
    found = re.search(r"\b[0-9]{6}\b", body or "")
    assert found
    return found.group()


def opened(database: Database) -> Person:
    with database.session() as session:
        accounts.open_account(session, UBN, EMAIL)
    with database.session() as session:
        return accounts.activate(session, UBN, code_in_mail(database), GOOD)


def test_an_account_is_opened_with_the_mailed_code(database: Database) -> None:
    person = opened(database)
    assert (person.login, person.role, person.email) == (UBN, "applicant", EMAIL)
    with database.session() as session:
        token, same = accounts.sign_in(session, UBN, GOOD, "192.0.2.1")
        assert same == person
        assert accounts.who(session, token) == person
        accounts.sign_out(session, token)
        assert accounts.who(session, token) is None
        assert accounts.who(session, "") is None


def test_before_the_code_nobody_signs_in(database: Database) -> None:
    with database.session() as session:
        accounts.open_account(session, UBN, EMAIL)
    for password in (GOOD, ""):
        with pytest.raises(WrongSignIn), database.session() as session:
            accounts.sign_in(session, UBN, password, "192.0.2.1")


@pytest.mark.parametrize(("ubn", "email"), [
    ("12345678", EMAIL), ("", EMAIL), ("00000000", EMAIL), (UBN, "no-at-sign"),
    (UBN, "a@b\r\nBcc: c@example.com"), (UBN, "two@a.tw,b@c.tw")])
def test_what_is_no_number_or_no_address_is_refused(database: Database, ubn: str, email: str) -> None:
    with pytest.raises(BadValue), database.session() as session:
        accounts.open_account(session, ubn, email)


def test_a_code_works_once(database: Database) -> None:
    opened(database)
    with pytest.raises(WrongCode), database.session() as session:
        accounts.activate(session, UBN, code_in_mail(database), "Other-Horse-9")


def test_guessing_voids_the_code(database: Database) -> None:
    with database.session() as session:
        accounts.open_account(session, UBN, EMAIL, Policy(code_tries=3))
    right = code_in_mail(database)
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    for _ in range(3):
        with pytest.raises(WrongCode), database.session() as session:
            accounts.activate(session, UBN, wrong, GOOD)
    with pytest.raises(WrongCode), database.session() as session:
        accounts.activate(session, UBN, right, GOOD)


def test_a_weak_password_costs_no_code(database: Database) -> None:
    with database.session() as session:
        accounts.open_account(session, UBN, EMAIL, Policy(code_tries=1))
    with pytest.raises(WeakPassword) as weak, database.session() as session:
        accounts.activate(session, UBN, code_in_mail(database), "short")
    assert weak.value.missing == ("至少 8 個字元", "大寫英文字母", "數字", "符號（例如 ! @ # $ %）")
    assert "大寫英文字母" in weak.value.zh
    with database.session() as session:
        assert accounts.activate(session, UBN, code_in_mail(database), GOOD).login == UBN


def test_an_old_code_is_void(database: Database, later: list[timedelta]) -> None:
    with database.session() as session:
        accounts.open_account(session, UBN, EMAIL)
    later.append(timedelta(minutes=16))
    with pytest.raises(WrongCode), database.session() as session:
        accounts.activate(session, UBN, code_in_mail(database), GOOD)


def test_a_new_code_voids_the_one_before(database: Database) -> None:
    with database.session() as session:
        accounts.open_account(session, UBN, EMAIL)
    first = code_in_mail(database)
    with database.session() as session:
        accounts.open_account(session, UBN, EMAIL)
    if first != code_in_mail(database):
        with pytest.raises(WrongCode), database.session() as session:
            accounts.activate(session, UBN, first, GOOD)


def test_opening_twice_tells_the_owner_and_not_the_stranger(database: Database) -> None:
    opened(database)
    with database.session() as session:
        accounts.open_account(session, UBN, "stranger@example.com")
    with database.reading() as session:
        newest = session.scalars(select(Mail).order_by(Mail.id.desc())).first()
    assert newest is not None
    assert newest.recipient == EMAIL
    assert "已有帳號" in newest.subject
    assert not re.search(r"[0-9]{6}", newest.body)


def test_codes_are_limited_by_the_hour(database: Database, later: list[timedelta]) -> None:
    for _ in range(accounts.CODES_AN_HOUR):
        with database.session() as session:
            accounts.open_account(session, UBN, EMAIL)
    with pytest.raises(TooManyTries) as refused, database.session() as session:
        accounts.open_account(session, UBN, EMAIL)
    assert 0 < refused.value.wait_seconds <= 3600
    later.append(timedelta(hours=1, seconds=1))
    with database.session() as session:
        accounts.open_account(session, UBN, EMAIL)


def test_a_reset_changes_the_password_and_ends_every_log_in(database: Database) -> None:
    opened(database)
    with database.session() as session:
        token, _ = accounts.sign_in(session, UBN, GOOD, "192.0.2.1")
        accounts.start_reset(session, UBN)
    with database.session() as session:
        accounts.finish_reset(session, UBN, code_in_mail(database), "Other-Horse-9")
        assert accounts.who(session, token) is None
    with pytest.raises(WrongSignIn), database.session() as session:
        accounts.sign_in(session, UBN, GOOD, "192.0.2.1")
    with database.session() as session:
        assert accounts.sign_in(session, UBN, "Other-Horse-9", "192.0.2.1")[0]


def test_a_reset_of_nobody_says_nothing_and_sends_nothing(database: Database) -> None:
    with database.session() as session:
        accounts.start_reset(session, "nobody")
        assert session.scalars(select(Mail)).all() == []


def test_an_opening_code_resets_no_password(database: Database) -> None:
    opened(database)
    with database.session() as session:
        accounts.start_reset(session, UBN)
    with pytest.raises(WrongCode), database.session() as session:
        accounts.activate(session, UBN, code_in_mail(database), "Other-Horse-9")


def test_guessing_a_password_leads_to_a_pause(database: Database, later: list[timedelta]) -> None:
    opened(database)
    for _ in range(5):
        with pytest.raises(WrongSignIn), database.session() as session:
            accounts.sign_in(session, UBN, "Wrong-Horse-9", "192.0.2.1")
    with pytest.raises(TooManyTries) as refused, database.session() as session:
        accounts.sign_in(session, UBN, GOOD, "192.0.2.1")
    assert 0 < refused.value.wait_seconds <= 300
    with database.session() as session:
        assert accounts.sign_in(session, UBN, GOOD, "192.0.2.99")[0], "another address is not shut out"
    later.append(timedelta(seconds=301))
    with database.session() as session:
        assert accounts.sign_in(session, UBN, GOOD, "192.0.2.1")[0]


def test_trying_many_names_from_one_address_leads_to_a_pause(database: Database) -> None:
    policy = Policy(sign_in_tries=1)
    for number in range(accounts.ACCOUNTS_AN_ADDRESS):
        with pytest.raises(WrongSignIn), database.session() as session:
            accounts.sign_in(session, f"name{number}", GOOD, "192.0.2.1", policy)
    with pytest.raises(TooManyTries), database.session() as session:
        accounts.sign_in(session, "one-more", GOOD, "192.0.2.1", policy)


def test_a_log_in_ends_by_itself(database: Database, later: list[timedelta]) -> None:
    person = opened(database)
    with database.session() as session:
        token, _ = accounts.sign_in(session, UBN, GOOD, "192.0.2.1", Policy(session_hours=2))
    later.append(timedelta(hours=2) - timedelta(minutes=1))
    with database.reading() as session:
        assert accounts.who(session, token) == person
    later.append(timedelta(minutes=2))
    with database.reading() as session:
        assert accounts.who(session, token) is None


def test_no_secret_stands_in_the_database(database: Database) -> None:
    opened(database)
    with database.session() as session:
        token, _ = accounts.sign_in(session, UBN, GOOD, "192.0.2.1")
        kept = [str(row) for table in ("accounts", "sessions", "codes") for row in session.execute(text(f"select * from {table}"))]
    assert len(kept) == 3
    assert not any(secret in row for row in kept for secret in (GOOD, token, code_in_mail(database)))


def test_demo_accounts_are_made_once_and_can_sign_in(database: Database) -> None:
    for _ in range(2):
        with database.session() as session:
            people = demo.create(session)
    with database.session() as session:
        assert accounts.count(session) == len(people) == len(demo.ACCOUNTS)
        for account in demo.ACCOUNTS:
            assert accounts.sign_in(session, account.login, account.password, "192.0.2.1")[1].role == account.role


def test_a_role_is_needed() -> None:
    clerk = Person(1, "clerk", CLERK, "甲", "a@example.com")
    need(clerk, CLERK, AUDITOR)
    with pytest.raises(NotAllowed):
        need(clerk, AUDITOR)


@given(st.text(max_size=40))
def test_a_good_password_has_all_that_the_rule_wants(password: str) -> None:
    missing = passwords.missing(password)
    whole = password + "aB3-xxxx"
    assert ("至少 8 個字元" in missing) == (len(password) < 8)
    assert passwords.missing(whole) == ()
    assert all(rule not in passwords.missing(whole) for rule in missing)


@pytest.mark.parametrize("password", ["Aa1-" * 51, "Aa1 aaaa", "ａＢ３－ａａａａ", "AAAA111--", "aaaa111--"])
def test_these_are_no_passwords(password: str) -> None:
    assert passwords.missing(password)
