"""A clerk is shown where a file that waits most likely belongs, and which cases got papers after a supplement was asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update

from intake import clock
from intake.arrivals import place
from intake.people.person import Person
from intake.store import arrivals, repository
from intake.store.arrivals import FOLDER, MAIL, PARKED, Coming
from intake.store.database import Database
from intake.store.papers import Stored
from intake.store.tables import PaperRow
from intake.store.views import REVIEWING, SUPPLEMENT, CaseView


@pytest.fixture
def likely(database: Database) -> Callable[..., list[str]]:
    """The numbers offered for a file that came so."""

    def ask(way: str, origin: str, subject: str = "", reason: str = "") -> list[str]:
        with database.session() as session:
            coming = Coming(place.key_of(way, origin, subject, reason), way, "a.pdf", "application/pdf", origin, subject)
            return [c.number for c in place.likely(session, arrivals.keep(session, coming, Stored("b" * 64, 1), PARKED, reason))]

    return ask


def opened(database: Database, who: Person, consent: bool = True) -> CaseView:
    with database.session() as session:
        case = repository.create_case(session, "sme-std", who)
        if consent:
            repository.agree(session, case.id, who, "f11-108")
        return case


def test_where_a_file_belongs_is_offered(database: Database, likely: Callable[..., list[str]], applicant: Person, other: Person) -> None:
    first, second, theirs = opened(database, applicant), opened(database, applicant), opened(database, other)
    opened(database, applicant, consent=False)
    newest_first = [second.number, first.number]
    assert likely(FOLDER, f"{applicant.login}/掃描 1.pdf") == newest_first
    assert likely(MAIL, "Shop@example.com", "請查收") == newest_first
    assert likely(MAIL, "shop@example.com", f"{first.number} 補件") == [first.number]
    assert likely(FOLDER, f"{other.login} 掃描.pdf") == [theirs.number]


def test_nobody_gets_a_case_offered_by_naming_it(database: Database, likely: Callable[..., list[str]], applicant: Person) -> None:
    case = opened(database, applicant)
    assert likely(MAIL, "stranger@example.com", case.number) == []
    assert likely(MAIL, "shop@example.com", case.number, place.UNPROVEN) == []
    assert likely(MAIL, "", case.number) == []
    assert likely(FOLDER, "掃描.pdf") == []


def test_papers_after_the_asking_are_told_apart_in_the_table(database: Database, applicant: Person, clerk: Person) -> None:
    case = opened(database, applicant)
    with database.session() as session:
        repository.add_paper(session, case.id, Stored("a" * 64, 3), "先.pdf", "application/pdf", applicant)
        repository.submit(session, case.id, 0)
        repository.set_state(session, case.id, SUPPLEMENT, 1)
        assert [r.fresh for r in repository.queue(session)] == [0]
        late = repository.add_paper(session, case.id, Stored("b" * 64, 3), "後.pdf", "application/pdf", applicant)
        session.execute(update(PaperRow).where(PaperRow.id == late.id).values(added_at=clock.now() + timedelta(hours=1)))
        assert [(r.papers, r.fresh) for r in repository.queue(session)] == [(2, 1)]
        repository.set_state(session, case.id, REVIEWING, 2)
        assert [r.fresh for r in repository.queue(session)] == [0], "nothing is waited for any more"
