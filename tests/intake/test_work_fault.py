"""A fault of our own while a paper is read is told as ours: the paper stays, is read again by another edition, and health shows it."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pikepdf
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from domain.case import CaseFacts
from eligibility import programme
from extractors.limits import Limits
from intake import clock
from intake.people import audit
from intake.people.person import Person
from intake.settings import Settings
from intake.store import faults, repository, stops
from intake.store.database import Database
from intake.store.papers import PaperStore, Stored
from intake.store.tables import Job
from intake.store.views import PASSED, RECEIVED, UNREADABLE, PaperView
from intake.web import letter
from intake.work import client, jobs
from intake.work.cage import Cage, CageSettings
from intake.work.health import health
from intake.work.workflows import gone


def test_a_fault_of_ours_keeps_the_paper_and_is_shown(database: Database, settings: Settings, applicant: Person, tmp_path: Path) -> None:
    made = pikepdf.new()
    made.add_blank_page(page_size=(60, 80))
    made.save(tmp_path / "a.pdf")
    files = PaperStore(settings.data_dir / "papers")
    stored = files.put([(tmp_path / "a.pdf").read_bytes()])
    with database.session() as session:
        case = repository.create_case(session, "sme-std", applicant)
        repository.agree(session, case.id, applicant, "F11")
        paper = repository.add_paper(session, case.id, stored, "a.pdf", "application/pdf", applicant)
        job = client.enqueue_read(session, paper.id)
    with Cage(CageSettings(limits=Limits(pages=cast(int, "many")))) as cage, jobs.ending(database, job):
        cage.read(files.path(stored.sha256), "a.pdf")
    with database.reading() as session:
        told = repository.paper(session, paper.id)
        assert (told.state, told.error_code) == (UNREADABLE, "internal")
        assert "損毀" not in told.error
        assert "TypeError" in (session.scalar(select(Job.error).where(Job.id == job)) or "")
        assert any("沒有做成" in w.what for w in health(session, settings).warnings)
    assert files.path(stored.sha256).is_file()
    with database.session() as session:
        again = repository.add_paper(session, case.id, stored, "a.pdf", "application/pdf", applicant)
        assert (again.id, again.state, again.error) == (paper.id, RECEIVED, "")


def left_unread(session: Session, applicant: Person, stored: Stored, edition: str) -> PaperView:
    """A paper of a case of its own that our code failed on."""
    case = repository.create_case(session, "sme-std", applicant)
    repository.agree(session, case.id, applicant, "F11")
    paper = repository.add_paper(session, case.id, stored, "a.pdf", "application/pdf", applicant)
    job = client.enqueue_read(session, paper.id)
    repository.fail_reading(session, paper.id, edition)
    session.execute(update(Job).where(Job.id == job).values(done_at=clock.now()))
    return paper


def test_another_edition_reads_once_more_what_failed_and_notes_it(database: Database, applicant: Person, clerk: Person) -> None:
    with database.session() as session:
        paper, ended, stopped = (left_unread(session, applicant, Stored(c * 64, 3), "old") for c in "abc")
        repository.set_state(session, ended.case_id, PASSED, 0)
        stops.stop(session, stopped.case_id, applicant.id)

    def asked_again(edition: str, *, every: bool = False) -> int:
        with database.session() as session:
            return client.read_again(session, clerk if every else None, edition, every=every)

    assert asked_again("old") == 0
    assert asked_again("new") == 1
    assert asked_again("new") == 0
    with database.session() as session:
        assert repository.paper(session, paper.id).state == RECEIVED
        assert [x.record for x in audit.search(session, audit.AuditFilter(action=audit.READ))] == [f"paper/{paper.id}"]
        repository.fail_reading(session, paper.id, "new")
        assert faults.count(session)[0] == 2
    # it failed in this edition too: nothing more by itself, but a person may ask
    assert asked_again("new") == 0
    assert asked_again("new", every=True) == 1


def test_a_file_that_is_gone_is_our_matter_and_not_called_damaged(database: Database, settings: Settings, applicant: Person) -> None:
    files = PaperStore(settings.data_dir / "papers")
    stored = files.put([b"%PDF-1.4 once was here"])
    with database.session() as session:
        case = repository.create_case(session, "sme-std", applicant)
        repository.agree(session, case.id, applicant, "F11")
        paper = repository.add_paper(session, case.id, stored, "a.pdf", "application/pdf", applicant)
    files.discard(stored.sha256)
    with database.session() as session:
        repository.save_reading(session, paper.id, "r", gone(paper), "engine")
        told = repository.paper(session, paper.id)
        assert (told.state, told.error_code) == (UNREADABLE, faults.LOST)
        assert "不是檔案壞掉" in told.error
        assert letter.wanting(programme.find("sme-std"), CaseFacts(), None, (), [told]).count("a.pdf") == 0
        assert any("data/papers" in w.what for w in health(session, settings).warnings)
        # handed in once more, it is there again
        assert repository.add_paper(session, case.id, files.put([b"%PDF-1.4 once was here"]), "a.pdf", "", applicant).state == RECEIVED
