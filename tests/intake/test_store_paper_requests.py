"""A request on paper runs from the day it came, and nothing is granted before it is sure who asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import BadValue, NotAllowed
from intake import clock
from intake.people.person import Person
from intake.store import rights
from intake.store.database import Database

ASKED = rights.Paper(rights.SEE, "陳示範", rights.PERSON, "臺北市示範路 1 號", clock.today(), "我的投保資料有哪些")


def test_its_clock_runs_from_the_day_it_came(database: Database, clerk: Person) -> None:
    came = clock.today() - timedelta(days=4)
    with database.session() as session:
        asked = rights.ask_on_paper(session, clerk, replace(ASKED, received_on=came))
        assert asked.due_on == came + timedelta(days=15)
        assert (asked.on_paper, asked.proven, asked.login, asked.entered_by) == (True, False, "", clerk.login)
        assert rights.waiting(session) == [asked]
        assert rights.of_person(session, clerk) == []


@pytest.mark.parametrize("wrong", [
    {"asker": "  "}, {"asks_as": "boss"}, {"kind": "forget"}, {"contact": " "}, {"received_on": None}, {"text": ""},
    {"received_on": clock.today() + timedelta(days=1)}])
def test_what_lacks_something_is_not_written_down(database: Database, clerk: Person, wrong: dict[str, Any]) -> None:
    with database.session() as session:
        with pytest.raises(BadValue):
            rights.ask_on_paper(session, clerk, replace(ASKED, **wrong))
        assert rights.waiting(session) == []


def test_it_is_granted_only_once_it_is_sure_who_asks(database: Database, clerk: Person) -> None:
    with database.session() as session:
        asked = rights.ask_on_paper(session, clerk, ASKED)
        with pytest.raises(BadValue, match="身分核對"):
            rights.answer(session, asked.id, "boss", rights.DONE, "附上清單")
        with pytest.raises(BadValue):
            rights.prove(session, asked.id, " ")
        assert rights.prove(session, asked.id, "當面核對國民身分證").proven
        with pytest.raises(BadValue, match="答覆"):
            rights.answer(session, asked.id, "boss", rights.DONE, "")
        assert rights.answer(session, asked.id, "boss", rights.DONE, "附上清單").state == rights.DONE
        with pytest.raises(NotAllowed):
            rights.prove(session, asked.id, "再核對一次")


def test_who_cannot_be_made_sure_of_is_refused_with_the_reason(database: Database, clerk: Person) -> None:
    with database.session() as session:
        asked = rights.ask_on_paper(session, clerk, ASKED)
        assert rights.answer(session, asked.id, "boss", rights.REFUSED, "無法核對請求人的身分").state == rights.REFUSED


def test_what_came_with_a_log_in_needs_no_other_proof(database: Database, applicant: Person) -> None:
    with database.session() as session:
        asked = rights.ask(session, applicant, rights.SEE)
        assert asked.proven
        with pytest.raises(NotAllowed):
            rights.prove(session, asked.id, "看過證件")


def test_an_authority_has_the_offices_own_days_and_another_clause(database: Database, clerk: Person) -> None:
    with database.session() as session:
        asked = rights.ask_on_paper(session, clerk, replace(ASKED, asker="示範市政府", asks_as=rights.AUTHORITY, kind=rights.COPY))
    assert "委託的機關" in asked.clause
    assert "第 13 條" not in asked.clause


@given(st.sampled_from(sorted(rights.RIGHTS)), st.integers(0, 400))
def test_the_days_are_those_of_the_right_whenever_it_came(kind: str, ago: int) -> None:
    asked = rights.Request(1, "", kind, "", "", clock.now(), clock.today() - timedelta(days=ago) + timedelta(days=rights.days(kind)),
                           rights.OPEN, "", "", "", None, rights.PAPER)
    assert asked.left(clock.today()) == rights.days(kind) - ago
