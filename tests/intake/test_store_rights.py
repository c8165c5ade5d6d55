"""The five rights have their clocks, a stopped case stands still, and what is over is due."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from domain.errors import BadValue, NotAllowed, Stopped
from intake import clock
from intake.people.person import Person
from intake.store import keeping, repository, rights, stops
from intake.store.database import Database
from intake.store.papers import Stored
from intake.store.tables import CaseRow, Event
from intake.store.views import DRAFT, PASSED, REFUSED, SUBMITTED, CaseView
from intake.work import client
from intake.work.worker import _free


@pytest.fixture
def case(database: Database, applicant: Person) -> CaseView:
    with database.session() as session:
        case = repository.create_case(session, "sme-std", applicant)
        repository.agree(session, case.id, applicant, "F11")
        return case


@pytest.mark.parametrize(("kind", "days"), [("see", 15), ("copy", 15), ("correct", 30), ("stop", 30), ("delete", 30)])
def test_each_right_has_the_days_of_the_act(database: Database, applicant: Person, kind: str, days: int) -> None:
    with database.session() as session:
        asked = rights.ask(session, applicant, kind, text="電話改成 02-2345-6789")
        assert asked.due_on == clock.today() + timedelta(days=days)
        longer = rights.extend(session, asked.id, "要向保存機關調卷")
        assert longer.due_on == clock.today() + timedelta(days=2 * days)
        assert longer.left(clock.today()) == 2 * days
        with pytest.raises(NotAllowed):
            rights.extend(session, asked.id, "再延一次")
        assert rights.waiting(session) == [longer]
        done = rights.answer(session, asked.id, "manager", rights.DONE, "已更正")
        assert (done.state, done.answered_by) == (rights.DONE, "manager")
        assert rights.waiting(session) == []
        with pytest.raises(NotAllowed):
            rights.answer(session, asked.id, "manager", rights.REFUSED, "反悔")


def test_what_lacks_its_words_is_not_taken(database: Database, applicant: Person) -> None:
    with database.session() as session:
        asked = rights.ask(session, applicant, rights.DELETE)
        for kind in ("forget", rights.CORRECT):
            with pytest.raises(BadValue):
                rights.ask(session, applicant, kind)
        with pytest.raises(BadValue):
            rights.extend(session, asked.id, " ")
        for state, words in ((rights.REFUSED, ""), ("open", "x")):
            with pytest.raises(BadValue):
                rights.answer(session, asked.id, "m", state, words)


def test_seeing_the_same_day_is_one_use_and_each_copy_is_one(database: Database, applicant: Person, other: Person) -> None:
    with database.session() as session:
        for _ in range(2):
            rights.served(session, applicant, rights.SEE)
            rights.served(session, applicant, rights.COPY)
        rights.served(session, other, rights.SEE)
        assert [r.kind for r in rights.of_person(session, applicant)].count(rights.SEE) == 1
        assert [r.kind for r in rights.of_person(session, applicant)].count(rights.COPY) == 2
        assert rights.count_waiting(session) == 0


def test_a_stopped_case_stands_still_until_it_is_taken_up_again(database: Database, case: CaseView, applicant: Person) -> None:
    with database.session() as session:
        paper = repository.add_paper(session, case.id, Stored("a" * 64, 3), "a.pdf", "application/pdf", applicant)
        client.enqueue_read(session, paper.id)
        client.enqueue_settle(session, case.id)
        client.enqueue_fill(session, case.id)
        assert {j.kind for j in session.scalars(_free())} == {"read", "settle"}
        since = stops.stop(session, case.id, applicant.id)
        assert stops.stop(session, case.id, applicant.id) == since
        assert session.scalars(_free()).all() == []
        assert stops.all_stopped(session) == {case.number: since}
        assert not stops.may_keep(session, paper.id)
        version = repository.case(session, case.id).version
        with pytest.raises(Stopped):
            client.enqueue_read(session, paper.id)
        with pytest.raises(Stopped):
            repository.submit(session, case.id, version)
        with pytest.raises(Stopped):
            repository.add_entry(session, case.id, applicant, "contact.name", "某人", version)
        stops.lift(session, case.id)
        assert {j.kind for j in session.scalars(_free())} == {"read", "settle"}
        assert stops.may_keep(session, paper.id)
        assert repository.submit(session, case.id, version).state == SUBMITTED


def test_forms_wait_for_the_papers_of_their_own_case_only(database: Database, case: CaseView, applicant: Person) -> None:
    with database.session() as session:
        other = repository.create_case(session, "sme-std", applicant)
        paper = repository.add_paper(session, case.id, Stored("a" * 64, 3), "a.pdf", "application/pdf", applicant)
        client.enqueue_read(session, paper.id)
        client.enqueue_fill(session, case.id)
        client.enqueue_fill(session, other.id)
        assert {(j.kind, j.subject) for j in session.scalars(_free())} == {("read", paper.id), ("fill", other.id)}


def test_stopping_one_case_leaves_others_alone(database: Database, case: CaseView, applicant: Person) -> None:
    with database.session() as session:
        other = repository.create_case(session, "sme-std", applicant)
        stops.stop(session, case.id, applicant.id)
        client.enqueue_settle(session, other.id)
        client.enqueue_settle(session, case.id)
        assert [j.subject for j in session.scalars(_free())] == [other.id]


def ended(database: Database, case: CaseView, state: str, days_ago: int) -> None:
    at = clock.now() - timedelta(days=days_ago)
    with database.session() as session:
        if state != DRAFT:
            repository.submit(session, case.id, 0)
            repository.set_state(session, case.id, state, 1)
        session.execute(update(Event).values(at=at))
        session.execute(update(CaseRow).values(created_at=at))


@pytest.mark.parametrize("state", [DRAFT, PASSED, REFUSED])
def test_a_case_is_due_the_day_after_its_time_is_over(database: Database, case: CaseView, clerk: Person, state: str) -> None:
    kept = keeping.BUILT_IN[state].days
    ended(database, case, state, kept)
    with database.session() as session:
        assert keeping.due(session, clock.today()) == []
        found = keeping.due(session, clock.today() + timedelta(days=1))
        assert [(d.number, d.state, d.kept_until) for d in found] == [(case.number, state, clock.today())]
        keeping.set_rule(session, state, kept + 10, "訴訟還沒有終結", clerk)
        assert keeping.due(session, clock.today() + timedelta(days=10)) == []
        assert keeping.rules(session)[state].by == clerk.login
        assert [r.days for r in keeping.history(session)] == [kept + 10]


def test_an_open_case_is_never_due(database: Database, case: CaseView) -> None:
    with database.session() as session:
        repository.submit(session, case.id, 0)
        assert keeping.due(session, date(2999, 1, 1)) == []


@pytest.mark.parametrize(("ending", "days", "why"), [("submitted", 10, "x"), (DRAFT, 0, "x"), (DRAFT, 99999, "x"), (DRAFT, 10, " ")])
def test_a_rule_has_an_ending_days_and_a_reason(database: Database, clerk: Person, ending: str, days: int, why: str) -> None:
    with database.session() as session, pytest.raises(BadValue):
        keeping.set_rule(session, ending, days, why, clerk)


@given(st.sampled_from(list(rights.RIGHTS)), st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(-40, 40))
def test_days_left_are_counted_from_the_day_of_asking(kind: str, day: date, after: int) -> None:
    due = day + timedelta(days=rights.days(kind))
    asked = rights.Request(1, "x", kind, "", "", datetime(day.year, day.month, day.day), due, rights.OPEN, "", "", "", None)
    assert asked.left(day + timedelta(days=after)) == rights.days(kind) - after
    assert str(rights.days(kind)) in asked.clause
