"""The scanners' folder: each file goes to its case once, whatever happens in between, and what belongs nowhere waits for a clerk unread."""

from __future__ import annotations

import multiprocessing
import os
import random
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from domain.errors import NotAllowed, NotFound
from intake.arrivals import folder, place
from intake.arrivals.folder import NOTE, ScanFolder
from intake.people import audit
from intake.people.person import Person
from intake.settings import Settings
from intake.store import arrivals, erase, hooks, repository
from intake.store.database import Database
from intake.store.papers import PaperStore
from intake.store.tables import Job, PaperRow
from intake.store.tables_arrivals import ArrivalRow
from intake.store.tables_machines import DeliveryRow
from intake.store.views import PASSED, CaseView

PDF = b"%PDF-1.4\n"


@pytest.fixture
def scans(database: Database, settings: Settings, tmp_path: Path) -> ScanFolder:
    root = tmp_path / "scans"
    root.mkdir()
    return ScanFolder(database, PaperStore(settings.papers_dir, 1000), root, 0)


@pytest.fixture
def case(database: Database, applicant: Person) -> CaseView:
    with database.session() as session:
        made = repository.create_case(session, "sme-std", applicant)
        repository.agree(session, made.id, applicant, "f11-108")
        return repository.case(session, made.id)


def put(scans: ScanFolder, name: str, data: bytes) -> Path:
    path = scans.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def left(scans: ScanFolder) -> list[str]:
    """What still lies where the scanner put it."""
    inside = (p.relative_to(scans.folder) for p in scans.folder.rglob("*") if p.is_file())
    return sorted(str(p) for p in inside if p.parts[0] not in (folder.DONE, folder.REFUSED))


def moved(scans: ScanFolder, where: str) -> dict[str, str]:
    """Moved files under the name they came with, each with its note."""
    files = [p for p in (scans.folder / where).rglob("*") if p.is_file() and not p.name.endswith(NOTE)]
    return {p.name.partition("-")[2]: p.with_name(p.name + NOTE).read_text(encoding="utf-8") for p in files}


def test_a_scan_goes_to_the_case_that_its_name_or_folder_says(scans: ScanFolder, case: CaseView, database: Database) -> None:
    put(scans, "10458574/一.pdf", PDF + b"1")
    put(scans, f"{case.number}_二.pdf", PDF + b"2")
    put(scans, f"收發/{case.number}/三.pdf", PDF + b"3")
    assert scans.look() == 3
    assert left(scans) == []
    with database.reading() as session:
        assert {p.name for p in repository.papers(session, case.id)} == {"一.pdf", f"{case.number}_二.pdf", "三.pdf"}
        assert session.scalar(select(func.count()).select_from(Job).where(Job.kind == "read")) == 3
        logged = [x for x in audit.search(session) if x.action == audit.ADD]
        assert [x.detail["through"] for x in logged] == ["folder"] * 3
        assert {x.who for x in logged} == {audit.SYSTEM}
    notes = moved(scans, folder.DONE)
    assert all(case.number in n for n in notes.values())


def test_what_has_no_case_waits_unread_and_a_clerk_says_whose_it_is(scans: ScanFolder, case: CaseView, database: Database, clerk: Person,
                                                                   other: Person) -> None:
    with database.session() as session:
        unconsented = repository.create_case(session, "sme-std", other)
    put(scans, "一.pdf", PDF + b"1")
    put(scans, f"{unconsented.number}.pdf", PDF + b"2")
    put(scans, "10458575/三.pdf", PDF + b"3")
    put(scans, "04595257/四.pdf", PDF + b"4")
    put(scans, "9990101-0001.pdf", PDF + b"5")
    assert scans.look() == 5
    with database.session() as session:
        reasons = {a.name: a.reason for a in arrivals.parked(session)}
        assert reasons == {"一.pdf": place.NOBODY, f"{unconsented.number}.pdf": place.NO_CONSENT, "三.pdf": place.NO_CASE,
                           "四.pdf": place.UNKNOWN_FIRM, "9990101-0001.pdf": place.UNKNOWN_CASE}
        assert session.scalar(select(func.count()).select_from(Job)) == 0
        waiting = next(a for a in arrivals.parked(session) if a.name == "一.pdf")
        with pytest.raises(NotAllowed):
            arrivals.attach(session, waiting.id, unconsented.number, clerk)
        _, paper = arrivals.attach(session, waiting.id, case.number, clerk)
        assert paper.name == "一.pdf"
        with pytest.raises(NotFound):
            arrivals.attach(session, waiting.id, case.number, clerk)
    assert "無主文件" in moved(scans, folder.DONE)["一.pdf"]


def test_one_firm_with_two_cases_and_a_case_that_has_ended(scans: ScanFolder, case: CaseView, database: Database,
                                                           applicant: Person) -> None:
    with database.session() as session:
        second = repository.create_case(session, "green-giant", applicant)
        repository.agree(session, second.id, applicant, "f11-108")
    put(scans, "10458574-a.pdf", PDF + b"1")
    scans.look()
    with database.session() as session:
        assert [a.reason for a in arrivals.parked(session)] == [place.SEVERAL]
        repository.set_state(session, second.id, PASSED, 0)
    put(scans, "10458574-b.pdf", PDF + b"2")
    put(scans, f"{second.number}.pdf", PDF + b"3")
    scans.look()
    with database.reading() as session:
        assert [p.name for p in repository.papers(session, case.id)] == ["10458574-b.pdf"]
        assert arrivals.parked(session)[-1].reason == place.OVER


def test_what_is_no_paper_is_refused_with_its_reason(scans: ScanFolder, case: CaseView, database: Database) -> None:
    put(scans, f"{case.number}-a.docx", b"PK\x03\x04 a letter")
    put(scans, f"{case.number}-b.pdf", b"")
    put(scans, f"{case.number}-c.pdf", PDF + b"x" * 1000)
    scans.look()
    notes = moved(scans, folder.REFUSED)
    assert [("PDF、JPEG" in n, "空的" in n, "大小上限" in n) for _, n in sorted(notes.items())] == [
        (True, False, False), (False, True, False), (False, False, True)]
    with database.reading() as session:
        assert repository.papers(session, case.id) == []
        assert [x.action for x in audit.search(session)] == [audit.REFUSE] * 3


def test_a_file_that_still_grows_is_left(scans: ScanFolder, case: CaseView) -> None:
    scans.settle = 0.3
    path = put(scans, f"{case.number}.pdf", PDF)
    assert scans.look() == 0
    time.sleep(0.35)
    path.write_bytes(PDF + b"more")
    assert scans.look() == 0
    time.sleep(0.35)
    assert scans.look() == 1


def test_links_hidden_files_and_halves_are_left_alone(scans: ScanFolder, case: CaseView, tmp_path: Path) -> None:
    secret = tmp_path / "secret.pdf"
    secret.write_bytes(PDF)
    (scans.folder / f"{case.number}.pdf").symlink_to(secret)
    (scans.folder / case.number).symlink_to(tmp_path)
    for name in (".hidden.pdf", "~lock.pdf", f"{case.number}.pdf.part", "Thumbs.db"):
        put(scans, name, PDF)
    assert scans.look() == 0
    assert secret.exists()


def test_a_file_that_cannot_be_moved_is_taken_once_and_moved_later(scans: ScanFolder, case: CaseView, database: Database) -> None:
    put(scans, f"{case.number}.pdf", PDF)
    in_the_way = put(scans, folder.DONE, b"a file where the folder should be")
    assert scans.look() == 0
    with database.reading() as session:
        assert len(repository.papers(session, case.id)) == 1
    in_the_way.unlink()
    assert scans.look() == 1
    assert left(scans) == []
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ArrivalRow)) == 1


def test_the_same_scan_once_more_is_the_same_paper(scans: ScanFolder, case: CaseView, database: Database) -> None:
    for name in ("a", "b"):
        put(scans, f"{case.number}-{name}.pdf", PDF)
        scans.look()
    with database.reading() as session:
        assert len(repository.papers(session, case.id)) == 1
    assert len(moved(scans, folder.DONE)) == 2


def test_a_name_as_long_as_the_disk_allows_is_moved_too(scans: ScanFolder, case: CaseView) -> None:
    put(scans, f"{case.number}{'長' * 70}.pdf", PDF)
    assert scans.look() == 1
    assert left(scans) == []


def test_a_name_that_is_no_text_is_taken_and_holds_up_no_other(scans: ScanFolder, case: CaseView, database: Database) -> None:
    name = os.fsdecode(case.number.encode() + b"-\xb3\xf8\xa7i.pdf")
    (scans.folder / name).write_bytes(PDF)
    put(scans, f"{case.number}-b.pdf", PDF + b"2")
    assert scans.look() == 2
    assert (left(scans), scans.stuck) == ([], {})
    with database.reading() as session:
        assert {p.name for p in repository.papers(session, case.id)} == {f"{case.number}-\ufffd\ufffd\ufffdi.pdf", f"{case.number}-b.pdf"}


def test_what_is_let_go_leaves_no_bytes_and_no_name(scans: ScanFolder, case: CaseView, database: Database, clerk: Person) -> None:
    put(scans, "一.pdf", PDF + b"1")
    put(scans, "二.pdf", PDF + b"2")
    put(scans, f"{case.number}.pdf", PDF + b"2")
    scans.look()
    with database.session() as session:
        one, two = arrivals.parked(session)
        erase.discard(session, scans.papers, [arrivals.dismiss(session, a.id, clerk) for a in (one, two)])
        assert arrivals.parked(session) == []
        gone = arrivals.arrival(session, one.id)
        assert (gone.name, gone.origin, gone.sha256) == ("", "", "")
    with pytest.raises(NotFound):
        scans.papers.path(one.sha256)
    # the same bytes are a paper of the case
    assert scans.papers.content(two.sha256) == PDF + b"2"


def test_an_erased_case_leaves_nothing_of_what_came_in_or_was_told(scans: ScanFolder, case: CaseView, database: Database,
                                                                  applicant: Person, clerk: Person) -> None:
    with database.session() as session:
        hooks.add(session, applicant, "https://example.com/", (hooks.STATE,))
        hooks.add(session, clerk, "https://example.org/", (hooks.STATE,))
    path = put(scans, f"{case.number}.pdf", PDF)
    scans.look()
    assert not path.exists()
    with database.session() as session:
        repository.submit(session, case.id, 0)
        assert session.scalar(select(func.count()).select_from(DeliveryRow)) == 2
    with database.session() as session:
        erase.case(session, scans.papers, case.number, clerk, erase.ASKED, "請求")
        assert session.scalar(select(func.count()).select_from(ArrivalRow)) == 0
        assert session.scalar(select(func.count()).select_from(DeliveryRow)) == 0


def watch(settings: Settings, root: Path) -> None:
    scans = ScanFolder(Database(settings.database), PaperStore(settings.papers_dir), root, 0.01)
    while True:
        scans.look()


def test_killed_again_and_again_it_loses_nothing_and_takes_nothing_twice(scans: ScanFolder, case: CaseView, database: Database,
                                                                        settings: Settings) -> None:
    names = [f"{case.number}-{n:02d}.pdf" for n in range(16)]
    for n, name in enumerate(names):
        put(scans, name, PDF + str(n).encode())
    # what this process has open must not be shared with a copy of it
    database.close()
    # a copy of this process is there at once, where a new one would first load for seconds
    fork = multiprocessing.get_context("fork")
    chance, end, kills = random.Random(7), time.monotonic() + 120, 0
    while left(scans):
        assert time.monotonic() < end, left(scans)
        process = fork.Process(target=watch, args=(settings, scans.folder))
        process.start()
        before = len(left(scans))
        while before == len(left(scans)) > 0 and time.monotonic() < end:
            time.sleep(0.005)
        time.sleep(chance.uniform(0, 0.1))
        process.kill()
        process.join()
        kills += 1
    assert kills > 2
    with database.reading() as session:
        assert sorted(p.name for p in repository.papers(session, case.id)) == names
        assert session.scalar(select(func.count()).select_from(ArrivalRow)) == len(names)
        assert session.scalar(select(func.count()).select_from(PaperRow)) == len(names)
        assert audit.verify(session).lines == len(names)
    assert set(moved(scans, folder.DONE)) == set(names)


@given(st.text(max_size=40))
def test_any_name_gives_a_reference_or_none(name: str) -> None:
    found = place.reference(name)
    assert found == "" or name.strip().startswith(found)
