"""A fault of our own code while a paper is read is told as ours: the paper stays, can be read again, and the desk's health shows it."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pikepdf
from sqlalchemy import select

from extractors.limits import Limits
from intake.people.person import Person
from intake.settings import Settings
from intake.store import repository
from intake.store.database import Database
from intake.store.papers import PaperStore
from intake.store.tables import Job
from intake.store.views import RECEIVED, UNREADABLE
from intake.work import client, jobs
from intake.work.cage import Cage, CageSettings
from intake.work.health import health


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
