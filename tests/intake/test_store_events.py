"""What happens in a case is told once and in order, whoever writes at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from intake.people.person import Person
from intake.store import events, repository
from intake.store.database import Database
from intake.store.views import CaseView


@pytest.fixture
def case(database: Database, applicant: Person) -> CaseView:
    with database.session() as session:
        return repository.create_case(session, "sme-std", applicant)


def test_events_come_in_order_to_whoever_asks_since(database: Database, case: CaseView) -> None:
    with database.session() as session:
        start = events.last(session, case.id)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda i: _emit(database, case.id, i), range(12)))
    with database.reading() as session:
        first = events.since(session, case.id, start, limit=5)
        rest = events.since(session, case.id, first[-1].seq)
    assert sorted(e.data["n"] for e in first + rest) == list(range(12))
    assert [e.seq for e in first + rest] == sorted(e.seq for e in first + rest)


def _emit(database: Database, case_id: int, number: int) -> None:
    with database.session() as session:
        events.emit(session, case_id, "entry", {"n": number})
