"""What nobody claimed and letters that have left go when their time is over, and an errand that fails is told until it goes well."""

from __future__ import annotations

import os
import socket
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from domain.errors import NotFound
from intake import clock
from intake.arrivals.folder import ScanFolder
from intake.people import mail
from intake.people.person import Person
from intake.settings import Settings
from intake.store import arrivals, errands, hooks, keeping, rights
from intake.store.arrivals import Coming
from intake.store.database import Database
from intake.store.papers import PaperStore
from intake.store.partial import Partials
from intake.store.tables import Mail, Worker
from intake.store.tables_arrivals import ArrivalRow
from intake.store.tables_log import AuditLine
from intake.store.tables_machines import DeliveryRow
from intake.store.tables_rights import RightsRequest
from intake.work import errands as doing
from intake.work import health, sweep
from intake.work import hooks as telling
from intake.work.alone import alone, held
from intake.work.tidy import tidy


@pytest.fixture
def store(settings: Settings) -> PaperStore:
    return PaperStore(settings.papers_dir)


def park(database: Database, store: PaperStore, name: str, days_ago: int) -> tuple[int, str]:
    stored = store.put([name.encode()])
    with database.session() as session:
        coming = Coming(stored.sha256, arrivals.FOLDER, name, "application/pdf", f"盤/{name}")
        kept = arrivals.keep(session, coming, stored, arrivals.PARKED, "?")
        session.execute(update(ArrivalRow).where(ArrivalRow.id == kept.id).values(at=clock.now() - timedelta(days=days_ago)))
    return kept.id, stored.sha256


def test_a_file_nobody_claimed_goes_after_its_days_and_leaves_only_its_line(database: Database, settings: Settings, store: PaperStore,
                                                                           clerk: Person) -> None:
    (old, gone), (_, there) = park(database, store, "舊的.pdf", 20), park(database, store, "新的.pdf", 5)
    assert tidy(database, store, settings) == (0, 0, 0)
    with database.session() as session:
        keeping.set_rule(session, keeping.PARKED, 10, "查兩週查不到就退回", clerk)
    assert tidy(database, store, settings) == (1, 0, 0)
    with pytest.raises(NotFound):
        store.path(gone)
    with database.reading() as session:
        assert [a.name for a in arrivals.parked(session)] == ["新的.pdf"]
        row = session.get_one(ArrivalRow, old)
        assert (row.state, row.name, row.origin, row.sha256, row.settled_by) == (arrivals.DISMISSED, "", "", "", None)
        assert session.scalar(select(AuditLine.who).where(AuditLine.record == f"arrival/{old}")) is not None
    assert store.path(there).exists()
    assert tidy(database, store, settings) == (0, 0, 0)


def test_a_letter_that_left_goes_from_the_outbox_and_the_folder(database: Database, settings: Settings, store: PaperStore) -> None:
    with database.session() as session:
        mail.put(session, "office@example.com", "收文：開戶驗證碼", "您的驗證碼是 123456")
    assert mail.deliver(database, settings) == 1
    with database.session() as session:
        mail.put(session, "office@example.com", "收文：還沒寄", "內文")
    (file,) = settings.mail_dir.glob("*.eml")
    assert tidy(database, store, settings) == (0, 0, 0)
    long_ago = time.time() - 31 * 86400
    os.utime(file, (long_ago, long_ago))
    with database.session() as session:
        session.execute(update(Mail).where(Mail.sent_at.is_not(None)).values(sent_at=clock.now() - timedelta(days=31)))
    assert tidy(database, store, settings) == (0, 1, 0)
    assert not file.exists()
    with database.reading() as session:
        assert [m.subject for m in session.scalars(select(Mail))] == ["收文：還沒寄"]


def test_the_words_of_a_request_go_after_their_years_and_that_it_was_answered_stays(database: Database, settings: Settings,
                                                                                    store: PaperStore, clerk: Person) -> None:
    asked = rights.Paper(rights.SEE, "陳示範", rights.PERSON, "臺北市示範路 1 號", clock.today(), "我的投保資料有哪些", "", "當面核對證件")
    with database.session() as session:
        old, new, still = (rights.ask_on_paper(session, clerk, asked).id for _ in range(3))
        rights.extend(session, old, "資料很多")
        for answered in (old, new):
            rights.answer(session, answered, "boss", rights.DONE, "附上陳示範的清單")
        long_ago = clock.now() - timedelta(days=keeping.BESIDE[keeping.REQUESTS].days + 1)
        for row in (session.get_one(RightsRequest, k) for k in (old, still)):
            row.asked_at = long_ago
        session.get_one(RightsRequest, old).answered_at = long_ago
    assert tidy(database, store, settings) == (0, 0, 1)
    assert tidy(database, store, settings) == (0, 0, 0)
    with database.reading() as session:
        gone, kept, waits = (rights.request(session, k) for k in (old, new, still))
        assert "示範" not in repr(gone)
        assert (gone.kind, gone.state, gone.answered_at) == (rights.SEE, rights.DONE, long_ago)
        assert gone.extended
        assert gone.forgotten
        assert (kept.asker, waits.asker) == ("陳示範", "陳示範")
        assert session.scalar(select(AuditLine.detail).where(AuditLine.record == "requests")) is not None


def test_whose_an_answered_request_was_goes_with_its_words(database: Database, settings: Settings, store: PaperStore,
                                                           applicant: Person) -> None:
    with database.session() as session:
        old, new = (rights.served(session, applicant, rights.COPY, words=w) for w in ("已下載 ZIP", "又下載"))
        long_ago = clock.now() - timedelta(days=keeping.BESIDE[keeping.REQUESTS].days + 1)
        row = session.get_one(RightsRequest, old.id)
        row.asked_at = row.answered_at = long_ago
    assert tidy(database, store, settings) == (0, 0, 1)
    assert tidy(database, store, settings) == (0, 0, 0)
    with database.reading() as session:
        gone, kept = rights.request(session, old.id), rights.request(session, new.id)
        assert applicant.login not in repr(gone)
        assert gone.forgotten
        assert (gone.kind, gone.state, gone.way) == (rights.COPY, rights.DONE, rights.ONLINE)
        assert kept.login == applicant.login


def test_an_errand_that_fails_is_told_until_it_goes_well(database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doing, "AFTER_FAILURE_SECONDS", 0.05)
    broken, went, over = threading.Event(), threading.Event(), threading.Event()
    broken.set()

    def errand() -> None:
        if over.is_set():
            threading.Event().wait()
        if broken.is_set():
            raise OSError("no such share")
        went.set()

    def failing() -> list[errands.Failing]:
        with database.reading() as session:
            return errands.failing(session)

    doing._every(database, "w1", doing.FOLDER, 0.05, errand)
    end = time.monotonic() + 60
    while not (failing() and failing()[0].failures > 1) and time.monotonic() < end:
        time.sleep(0.05)
    (found,) = failing()
    assert (found.worker, found.name) == ("w1", doing.FOLDER)
    assert "no such share" in found.error
    with database.reading() as session:
        now = health.health(session, settings)
    assert any(e.name == doing.FOLDER and e.failing and e.do for e in now.errands)
    assert any(w.bad and "差事" in w.what for w in now.warnings)
    broken.clear()
    assert went.wait(60)
    end = time.monotonic() + 60
    while failing() and time.monotonic() < end:
        time.sleep(0.05)
    over.set()
    assert failing() == []


def test_every_errand_has_its_words(database: Database, settings: Settings) -> None:
    assert set(health.ERRANDS) == {doing.MAIL, doing.HOOKS, doing.FOLDER, doing.MAILBOX, doing.TIDY}
    with database.reading() as session:
        on = {e.name: e.on for e in health.health(session, settings).errands}
    assert on == {doing.MAIL: True, doing.HOOKS: True, doing.TIDY: True, doing.FOLDER: False, doing.MAILBOX: False}


def test_what_a_dead_worker_failed_at_is_told_no_more(database: Database, settings: Settings) -> None:
    with database.session() as session:
        session.add(Worker(name="dead", pid=1, started_at=clock.now(), beat=0.0))
        errands.failed(session, "dead", doing.MAIL, "OSError")
    with database.session() as session:
        assert sweep.bury(session, settings) == ["dead"]
    with database.reading() as session:
        assert errands.failing(session) == []


def test_a_worker_that_was_started_again_says_since_when(database: Database) -> None:
    first = clock.now() - timedelta(days=2)
    with database.session() as session:
        session.add(Worker(name="one", pid=0, started_at=first, beat=0.0))

    def since() -> datetime:
        sweep.beat(database, "one")
        with database.reading() as session:
            return session.get_one(Worker, "one").started_at

    anew = since()
    assert anew > first
    assert since() == anew


def test_a_worker_that_is_only_slow_keeps_its_jobs(database: Database, settings: Settings) -> None:
    silent = settings.worker_beat_seconds * (sweep.BEATS + 1)
    with database.session() as session:
        session.add_all([Worker(name=n, pid=1, started_at=clock.now(), beat=time.time() - silent) for n in ("slow", "dead")])
    with alone(settings.data_dir, "slow") as mine, database.session() as session:
        assert mine
        assert sweep.bury(session, settings) == ["dead"]
        session.get_one(Worker, "slow").beat = time.time() - settings.worker_beat_seconds * (sweep.STUCK + 1)
        session.flush()
        assert sweep.bury(session, settings) == ["slow"], "alive, but it does nothing any more"


def test_a_name_is_held_by_one_and_free_again_after_it(tmp_path: Path) -> None:
    assert not held(tmp_path, "one")
    with alone(tmp_path, "one") as first, alone(tmp_path, "one") as second:
        assert (first, second) == (True, False)
        assert held(tmp_path, "one")
    assert not held(tmp_path, "one")
    with alone(tmp_path, "one") as again:
        assert again


def test_a_scan_that_cannot_be_taken_is_named(database: Database, store: PaperStore, tmp_path: Path) -> None:
    scans = ScanFolder(database, store, tmp_path / "scans", 0)
    (tmp_path / "scans").mkdir()
    (tmp_path / "scans" / "一.pdf").write_bytes(b"%PDF-1.4\n")
    (tmp_path / "scans" / "done").write_bytes(b"no folder")
    with pytest.raises(OSError, match="一.pdf"):
        doing._look(scans)
    (tmp_path / "scans" / "done").unlink()
    doing._look(scans)
    assert scans.stuck == {}


def test_what_came_half_and_was_left_goes_while_the_worker_runs(database: Database, settings: Settings, store: PaperStore) -> None:
    partials = Partials(store)
    left, going_on = (partials.begin("1151120-0001", 1, name, "application/pdf", 9) for name in ("舊的.pdf", "新的.pdf"))
    for path in (store.folder / "incoming").glob(f"{left.id}*"):
        os.utime(path, (time.time() - 2 * 86400,) * 2)
    tidy(database, store, settings)
    assert partials.waiting("1151120-0001", 1) == [going_on]
    assert not list((store.folder / "incoming").glob(f"{left.id}*"))


def test_a_late_failure_does_not_undo_what_another_worker_brought(database: Database, settings: Settings, applicant: Person) -> None:
    """The other one's try is under way while this one still waits for its answer, and is refused by a port where nobody listens."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}/"
    with database.session() as session:
        hook = hooks.add(session, applicant, url, (hooks.STATE,))
        hooks.ping(session, hook.id, applicant)
    with database.session() as session:
        claimed = telling.claim(session)
        assert claimed is not None
    with database.session() as session:
        session.execute(update(DeliveryRow).values(state=hooks.SENT, tries=telling.MOST_TRIES))
    assert not telling._send(database, settings.model_copy(update={"hook_private": True}), *claimed)
    with database.reading() as session:
        assert [d.state for d in hooks.deliveries(session, hook.id)] == [hooks.SENT]
        assert hooks.hook(session, hook.id, applicant).state == hooks.ACTIVE
