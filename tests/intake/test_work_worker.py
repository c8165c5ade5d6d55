"""The worker, as a process of its own with its real cage: killed at any moment, it loses nothing and does nothing twice.

These run for some seconds each: a worker has to load its readers anew at every start.
"""

from __future__ import annotations

import random
import signal
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, update
from workers import Workers, idle, paper, upload, wait

from intake.people import accounts, audit
from intake.people.audit import AuditFilter
from intake.people.person import APPLICANT, Person
from intake.settings import Settings
from intake.store import events, migrate, repository
from intake.store.database import Database
from intake.store.papers import PaperStore
from intake.store.tables import BundleRow, DecisionRow, EntryRow, Job, ReadingRow
from intake.store.views import READ, READING, RECEIVED, UNREADABLE, CaseView
from intake.work import client

pytestmark = pytest.mark.timeout(600)

PROGRAMME = "sme-std"


@pytest.fixture
def workers(settings: Settings, database: Database) -> Iterator[Workers]:
    there = Workers(settings)
    yield there
    there.end()


@dataclass(frozen=True)
class House:
    """A service with one worker that runs through several tests."""

    settings: Settings
    database: Database
    workers: Workers
    applicant: Person


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("house"), _env_file=None)
    database = migrate.upgrade(settings)
    with database.session() as session:
        applicant = accounts.create_staff(session, "10458574", APPLICANT, "測試商行", "shop@example.com", "Right-Horse-9")
    workers = Workers(settings)
    workers.start()
    # whoever is slower to load would be the second of its name
    wait(lambda: "is ready" in workers.log.read_text(), workers)
    yield House(settings, database, workers, applicant)
    workers.end()
    database.close()


def opened(database: Database, applicant: Person, programme: str = PROGRAMME) -> CaseView:
    with database.session() as session:
        case = repository.create_case(session, programme, applicant)
        repository.agree(session, case.id, applicant, "f11-108")
        return case


@pytest.fixture
def case(database: Database, applicant: Person) -> CaseView:
    return opened(database, applicant)


def done(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(ReadingRow)) or 0


def holds_together(database: Database, case: CaseView, papers: list[int]) -> None:
    """Every paper was read exactly once in effect, the log is whole, and the decision saw all of it."""
    with database.reading() as session:
        assert {p.id: p.state for p in repository.papers(session, case.id)} == dict.fromkeys(papers, READ)
        per_paper = select(ReadingRow.paper_id, func.count()).group_by(ReadingRow.paper_id)
        assert dict(session.execute(per_paper).all()) == dict.fromkeys(papers, 1)
        assert len(repository.readings(session, case.id)) == len(papers)
        assert session.scalars(select(Job.error).where(Job.error != "")).all() == []
        assert audit.verify(session).lines > 0
        lines = [x.record for x in audit.search(session, AuditFilter(action=audit.READ), limit=None)]
        assert sorted(lines) == sorted(f"paper/{p}" for p in papers)
        settled = session.scalar(select(func.count()).select_from(Job).where(Job.kind == client.SETTLE))
        assert session.scalar(select(func.count()).select_from(DecisionRow)) == settled
        decided = repository.latest_decision(session, case.id)
        assert decided is not None
        assert decided.programme == PROGRAMME
        assert all(p.pictures == (1,) for p in repository.papers(session, case.id))


@pytest.mark.parametrize("settings", ["sqlite", "postgresql"], indirect=True)
def test_killed_in_the_middle_and_started_again(workers: Workers, database: Database, settings: Settings, case: CaseView,
                                                applicant: Person, tmp_path: Path) -> None:
    papers = [upload(database, settings, case, applicant, paper(tmp_path, n), f"{n}.pdf") for n in range(8)]
    for killed_at in (1, 4):
        worker = workers.start()
        wait(lambda n=killed_at: done(database) >= n, workers)  # type: ignore[misc]
        time.sleep(random.uniform(0, 0.2))
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    assert not idle(database), "the kills came too late to prove anything"
    workers.start()
    wait(lambda: idle(database), workers)
    holds_together(database, case, papers)


@pytest.mark.parametrize("settings", ["sqlite", "postgresql"], indirect=True)
def test_two_workers_share_the_work_and_one_may_die(workers: Workers, database: Database, settings: Settings, case: CaseView,
                                                    applicant: Person, tmp_path: Path) -> None:
    first, _ = workers.start("worker-a"), workers.start("worker-b")
    papers = [upload(database, settings, case, applicant, paper(tmp_path, n), f"{n}.pdf") for n in range(7)]
    wait(lambda: done(database) >= 3, workers)
    first.kill()
    first.wait()
    wait(lambda: idle(database), workers)
    holds_together(database, case, papers)


def test_work_that_a_restored_backup_has_forgotten_is_done_anew(house: House, tmp_path: Path) -> None:
    case = opened(house.database, house.applicant)
    read = upload(house.database, house.settings, case, house.applicant, paper(tmp_path, 101), "1.pdf")
    wait(lambda: idle(house.database), house.workers)
    with house.database.session() as session:
        session.execute(delete(ReadingRow).where(ReadingRow.paper_id == read))
        session.execute(update(Job).where(Job.kind == client.READ, Job.subject == read).values(done_at=None))
    wait(lambda: idle(house.database), house.workers)
    with house.database.reading() as session:
        assert repository.reading(session, read) is not None


def test_a_good_paper_a_bad_one_and_a_correction(house: House, tmp_path: Path) -> None:
    database, settings, applicant = house.database, house.settings, house.applicant
    case = opened(database, applicant)
    good = upload(database, settings, case, applicant, paper(tmp_path, 102, pages=3), "好.pdf")
    bad = upload(database, settings, case, applicant, b"PK\x03\x04 no such paper", "壞.pdf")
    wait(lambda: idle(database), house.workers)
    with database.session() as session:
        read, refused = repository.paper(session, good), repository.paper(session, bad)
        assert (read.state, read.pages, read.pictures) == (READ, 3, (1, 2, 3))
        assert (refused.state, refused.error_code) == (UNREADABLE, "unsupported_type")
        drawn = repository.picture(session, good, 2)
        assert PaperStore(settings.papers_dir).content(drawn.sha256)[8:12] == b"WEBP"
        assert drawn.height > drawn.width > 500
        told = [e.data for e in events.since(session, case.id, 0) if e.kind == "paper" and e.data["paper"] == good]
        assert [t["state"] for t in told][:2] == [RECEIVED, READING]
        assert told[-1]["state"] == READ
        assert {"page": 3, "pages": 3}.items() <= told[-2].items()
        version = repository.add_entry(session, case.id, applicant, "org.name", "甲公司", 0)
        client.enqueue_settle(session, case.id)
    wait(lambda: idle(database), house.workers)
    with database.reading() as session:
        decided = repository.latest_decision(session, case.id)
        assert decided is not None
        assert decided.facts["org.name"] == "甲公司"
        assert repository.case(session, case.id).title == "甲公司"
        assert repository.case(session, case.id).version == version, "the worker's own saves stand in nobody's way"
        assert session.scalar(select(func.count()).where(EntryRow.case_id == case.id)) == 1


@pytest.mark.office
@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_forms_wait_for_the_papers_and_survive_a_kill(workers: Workers, database: Database, settings: Settings, applicant: Person,
                                                     tmp_path: Path) -> None:
    with database.session() as session:
        case = repository.create_case(session, "green-giant", applicant)
        repository.agree(session, case.id, applicant, "f11-108")
        client.enqueue_fill(session, case.id)
        repository.add_entry(session, case.id, applicant, "org.name", "甲乙丙股份有限公司", 0)
    upload(database, settings, case, applicant, paper(tmp_path, 1), "../申請 書.pdf")
    worker = workers.start()
    wait(lambda: taken(database, client.FILL), workers)
    time.sleep(random.uniform(0, 1))
    worker.kill()
    worker.wait()
    workers.start()
    wait(lambda: idle(database), workers)
    with database.reading() as session:
        kinds = [e.kind for e in events.since(session, case.id, 0) if e.kind in ("settled", "filled", "failed")]
        assert kinds == ["settled", "filled"]
        assert session.scalar(select(func.count()).select_from(BundleRow)) == 1
        assert audit.count(session, AuditFilter(action=audit.FILL)) == 1
        forms, bundle = repository.forms(session, case.id), repository.bundle(session, case.id)
    store = PaperStore(settings.papers_dir)
    assert {"F10", "F11", "F12"} <= {f.form for f in forms}
    for form in forms:
        assert store.content(form.docx_sha256).startswith(b"PK")
        assert store.content(form.odt_sha256 or "").startswith(b"PK")
        assert store.content(form.pdf_sha256 or "").startswith(b"%PDF")
        assert form.trace["form"] == form.form
    assert bundle is not None
    assert bundle.problems == ()
    assert store.content(bundle.pdf_sha256 or "").startswith(b"%PDF")
    with zipfile.ZipFile(store.path(bundle.zip_sha256 or "")) as packed:
        wanted = {"reading.jsonl", "facts.json", "decision.json", "bundle.pdf", "forms/F12.docx", "papers/01-申請_書.pdf"}
        assert wanted <= set(packed.namelist())


def taken(database: Database, kind: str) -> bool:
    with database.reading() as session:
        return session.scalar(select(Job.id).where(Job.kind == kind, Job.taken_by.is_not(None))) is not None


def test_a_case_that_cannot_be_settled_says_so_and_blocks_nothing(house: House) -> None:
    lost, good = opened(house.database, house.applicant, "no-such-programme"), opened(house.database, house.applicant)
    with house.database.session() as session:
        client.enqueue_settle(session, lost.id)
        client.enqueue_settle(session, good.id)
    wait(lambda: idle(house.database), house.workers)
    with house.database.reading() as session:
        (told,) = [e for e in events.since(session, lost.id, 0) if e.kind == "failed"]
        assert "no-such-programme" in told.data["message"]
        assert repository.latest_decision(session, lost.id) is None
        assert repository.latest_decision(session, good.id) is not None


def test_a_name_belongs_to_one_worker(house: House) -> None:
    second = house.workers.start()
    assert second.wait(timeout=240) != 0
    assert house.workers.running[0].poll() is None
    assert "running already" in house.workers.log.read_text()


def test_what_fails_for_no_reason_of_the_paper_is_tried_again(house: House, tmp_path: Path) -> None:
    case, drafts = opened(house.database, house.applicant), house.settings.data_dir / "drafts" / "worker-1"
    away = drafts.rename(tmp_path / "away")
    # as a disk that fails for a moment
    drafts.write_bytes(b"")
    read = upload(house.database, house.settings, case, house.applicant, paper(tmp_path, 401), "1.pdf")
    wait(lambda: "drafts/worker-1/" in house.workers.log.read_text(), house.workers)
    drafts.unlink()
    away.rename(drafts)
    wait(lambda: idle(house.database), house.workers)
    with house.database.reading() as session:
        assert repository.paper(session, read).state == READ
        assert session.scalar(select(Job.error).where(Job.kind == client.READ, Job.subject == read)) == ""
        assert session.scalar(select(func.count()).where(ReadingRow.paper_id == read)) == 1
