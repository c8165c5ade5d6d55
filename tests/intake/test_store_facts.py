"""What an applicant said before a paper was there to be looked at yields to the paper; what was said against its sure ink waits."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from domain.document import Box
from domain.field import DocumentReading, FileReading, Read, Reading
from intake import clock
from intake.people.person import Person
from intake.store import repository
from intake.store.database import Database
from intake.store.papers import Stored
from intake.store.tables import EntryRow
from intake.store.views import CaseView

SPOT, FORM, CAPITAL = Box(0.1, 0.2, 0.3, 0.25), "company_registration_form", "fin.paid_in_capital"


def reading(capital: int) -> FileReading:
    field = Reading(capital, str(capital), 1, SPOT, 0.99, "accepted", ("text-layer",))
    return FileReading("表.pdf", "a" * 64, 1, (DocumentReading(FORM, 1.0, (1,), {CAPITAL: field}),))


@pytest.fixture
def case(database: Database, applicant: Person) -> CaseView:
    with database.session() as session:
        found = repository.create_case(session, "sme-std", applicant)
        repository.agree(session, found.id, applicant, "1")
        repository.add_paper(session, found.id, Stored("a" * 64, 3), "a.pdf", "application/pdf", applicant)
        return found


def said(database: Database, case: CaseView, who: Person, value: int, ink: Read | None = None, *, earlier: bool = False) -> None:
    with database.session() as session:
        version = repository.case(session, case.id).version
        repository.add_entry(session, case.id, who, CAPITAL, value, version, confirms=ink)
        if earlier:
            session.execute(update(EntryRow).values(at=clock.now() - timedelta(minutes=1)))


def read(database: Database, case: CaseView) -> None:
    with database.session() as session:
        paper, = repository.papers(session, case.id)
        repository.save_reading(session, paper.id, "one", reading(10_670_000), "test")


def capital(database: Database, case: CaseView) -> object:
    with database.session() as session:
        return repository.facts(session, case.id).known().get(CAPITAL)


def sides(database: Database, case: CaseView) -> list[object]:
    """The values that wait for the office, the applicant's first; none where nothing does."""
    with database.session() as session:
        return [v for c in repository.facts(session, case.id).conflicts if c.field == CAPITAL and c.claimed for v, _ in c.values]


def test_what_was_said_before_a_paper_was_there_yields_to_the_paper(database: Database, case: CaseView, applicant: Person) -> None:
    said(database, case, applicant, 5_000_000, earlier=True)
    assert capital(database, case) == 5_000_000
    read(database, case)
    assert capital(database, case) == 10_670_000
    with database.session() as session:
        assert [h.value for h in repository.value_history(session, case.id, CAPITAL)] == [5_000_000, 10_670_000]
        repository.remove_paper(session, repository.papers(session, case.id)[0].id, repository.case(session, case.id).version)
    assert capital(database, case) == 5_000_000


def test_what_was_said_after_it_or_beside_its_ink_waits_for_the_office(database: Database, case: CaseView, applicant: Person) -> None:
    said(database, case, applicant, 6_000_000, Read("a" * 64, 1, SPOT, "6,000,000", "review", FORM), earlier=True)
    read(database, case)
    assert (capital(database, case), sides(database, case)) == (None, [6_000_000, 10_670_000])
    said(database, case, applicant, 7_000_000)
    assert (capital(database, case), sides(database, case)) == (None, [7_000_000, 10_670_000])


def test_a_clerks_word_stands_whenever_it_was_said(database: Database, case: CaseView, clerk: Person) -> None:
    said(database, case, clerk, 5_000_000, earlier=True)
    read(database, case)
    assert capital(database, case) == 5_000_000
