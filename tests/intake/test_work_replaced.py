"""The program's files are replaced while it runs, as an update does: no paper ends as failed for that."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from workers import ROOT, Workers, idle, paper, upload, wait

from intake.people.person import Person
from intake.settings import Settings
from intake.store import events, repository
from intake.store.database import Database
from intake.store.views import READ, UNREADABLE
from intake.work import edition, jobs

PROGRAM = ("domain", "extractors", "eligibility", "generators", "form_templates", "intake", "migrations")


@pytest.mark.timeout(300)
@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_paper_under_way_waits_for_the_new_program(database: Database, settings: Settings, applicant: Person, tmp_path: Path) -> None:
    """Some seconds: two workers load their readers."""
    program = tmp_path / "program"
    for part in PROGRAM:
        shutil.copytree(ROOT / part, program / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "alembic.ini", program)
    with database.session() as session:
        case = repository.create_case(session, "sme-std", applicant)
        repository.agree(session, case.id, applicant, "f11-108")
    workers = Workers(settings, program)
    try:
        old = workers.start()
        wait(lambda: "is ready" in workers.log.read_text(), workers)
        child = program / "intake" / "work" / "cage_child.py"
        whole = child.read_text(encoding="utf-8")
        # half of it is there: no child starts
        child.write_text(whole[: len(whole) // 2], encoding="utf-8")
        papers = [upload(database, settings, case, applicant, paper(tmp_path, n), f"{n}.pdf") for n in range(2)]
        assert old.wait(120) == jobs.REPLACED_STATUS
        child.write_text(whole + "\n", encoding="utf-8")
        workers.start()
        wait(lambda: idle(database), workers)
    finally:
        workers.end()
    with database.reading() as session:
        assert {p.id: p.state for p in repository.papers(session, case.id)} == dict.fromkeys(papers, READ)
        told = [e.data["state"] for e in events.since(session, case.id, 0) if e.kind == "paper"]
        assert UNREADABLE not in told


def test_only_a_program_that_runs_for_long_looks_whether_it_was_replaced(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(edition, "_begun", [])
    monkeypatch.setattr(edition, "ROOT", tmp_path)
    assert not edition.replaced()
    (tmp_path / "domain").mkdir()
    edition.begin()
    assert not edition.replaced()
    (tmp_path / "domain" / "new.py").write_text("", encoding="utf-8")
    assert edition.replaced()
