"""What is erased is gone: from every table, from the files, from the database's own pages; and it leaves a certificate."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select, text

from domain.document import Box
from domain.errors import NotAllowed, NotFound
from domain.field import DocumentReading, FileReading, Read, Reading
from intake.people import accounts, audit, mail
from intake.people.audit import AuditFilter
from intake.people.person import Person
from intake.registers.register import FOUND, Answer
from intake.settings import Settings
from intake.store import erase, events, repository, rights, stops
from intake.store.database import Database
from intake.store.papers import PaperStore
from intake.store.repository import FormFiles
from intake.store.tables import Account, Table
from intake.store.views import CaseView, Picture
from intake.work import client

SECRET, TYPED, FILE_NAME = "林秘密的名字", "A123456789", "林秘密的薪資表.pdf"
COUNTED = ("cases", "consents", "papers", "readings", "pictures", "entries", "notes", "forms", "bundles", "events", "jobs", "stops",
           "register_answers")


@pytest.fixture
def store(settings: Settings) -> PaperStore:
    return PaperStore(settings.papers_dir)


def full(database: Database, store: PaperStore, applicant: Person, clerk: Person, content: bytes = b"%PDF " + SECRET.encode()) -> CaseView:
    """A case with something in every table."""
    with database.session() as session:
        case = repository.create_case(session, "sme-std", applicant)
        repository.agree(session, case.id, applicant, "F11")
        stored = store.put([content])
        paper = repository.add_paper(session, case.id, stored, FILE_NAME, "application/pdf", applicant)
        client.enqueue_read(session, paper.id)
        spot = Reading(SECRET, SECRET, 1, Box(0.1, 0.2, 0.3, 0.25), 0.99, "accepted", ("text-layer",))
        repository.save_reading(session, paper.id, f"run-{case.id}", FileReading(
            FILE_NAME, stored.sha256, 1, (DocumentReading("company_registration_form", 1.0, (1,), {"org.responsible_person": spot}),)), "e")
        repository.save_picture(session, paper.id, Picture(1, store.put([b"picture " + content]).sha256, 10, 10))
        version = repository.case(session, case.id).version
        repository.add_entry(session, case.id, applicant, "agent.id_no", TYPED, version, "因為" + SECRET)
        repository.add_note(session, case.id, clerk, "請 " + SECRET + " 補件")
        repository.save_answer(session, case.id, Answer("gcis-company", "商工登記", "10458574", FOUND, {"org.name": SECRET}, (),
                                                        case.created_at, "https://example.com", SECRET, clerk.name), clerk)
        forms = [FormFiles("F10", "108", "表", store.put([b"docx" + content]).sha256, None, store.put([b"pdf" + content]).sha256,
                           {"slots": {"name": {"value": SECRET}}})]
        repository.save_forms(session, case.id, f"fill-{case.id}", forms, None, store.put([b"zip" + content]).sha256)
        client.enqueue_settle(session, case.id)
        audit.record(session, applicant, audit.ADD, f"paper/{paper.id}", {"case": case.number})
        mail.put(session, applicant.email, f"收文：案件 {case.number} 待補件", "請 " + SECRET + " 補件")
        stops.stop(session, case.id, applicant.id)
        return repository.case(session, case.id)


def gone(database: Database, store: PaperStore, settings: Settings, case: CaseView, person: Person) -> erase.Certificate:
    with database.session() as session:
        made = erase.case(session, store, case.number, person, erase.ASKED, "當事人請求")
    assert erase.finish(database, store, settings) == 1
    return made


def test_nothing_of_the_case_is_left(database: Database, store: PaperStore, settings: Settings, applicant: Person, clerk: Person) -> None:
    case = full(database, store, applicant, clerk)
    with database.session() as session:
        assert {t for t, n in erase.content(session, store, case.id).rows.items() if n} >= set(COUNTED)
    mail.deliver(database, settings)
    gone(database, store, settings, case, clerk)
    with database.reading() as session:
        for table in Table.metadata.sorted_tables:
            said = " ".join(str(tuple(row)) for row in session.execute(select(table)))
            for word in (SECRET, TYPED, FILE_NAME):
                assert word not in said, table.name
        for name in COUNTED:
            assert session.execute(select(Table.metadata.tables[name])).all() == [], name
    assert [p for p in settings.papers_dir.rglob("*") if p.is_file()] == []
    # also not in the pages of the database file, its journal or the letters on disk
    for path in settings.data_dir.rglob("*"):
        if path.is_file():
            for word in (SECRET, TYPED, FILE_NAME):
                assert word.encode() not in path.read_bytes(), path


def test_the_certificate_says_what_was_erased_and_the_log_only_that_it_was(
        database: Database, store: PaperStore, settings: Settings, applicant: Person, clerk: Person) -> None:
    case = full(database, store, applicant, clerk)
    files = {p.name: p.stat().st_size for p in settings.papers_dir.rglob("*") if p.is_file()}
    gone(database, store, settings, case, clerk)
    with database.reading() as session:
        made = erase.certificate(session, case.number)
        assert dict(made.files) == files
        assert made.rows["papers"] == 1
        assert (made.by, made.ground, made.reason) == (clerk.login, erase.ASKED, "當事人請求")
        assert made.finished_at is not None
        line = audit.search(session, AuditFilter(action=audit.DELETE))[0]
        assert (line.seq, line.record) == (made.log_line, f"case/{case.number}")
        assert set(line.detail) == {"ground", "papers", "files"}
        assert audit.verify(session).lines > 0
        with pytest.raises(NotFound):
            repository.case(session, case.number)


def test_another_case_keeps_the_file_that_both_have(database: Database, store: PaperStore, settings: Settings, applicant: Person,
                                                    clerk: Person) -> None:
    case, other = full(database, store, applicant, clerk), full(database, store, applicant, clerk)
    made = gone(database, store, settings, case, clerk)
    assert made.files == {}
    with database.reading() as session:
        kept = repository.papers(session, other.id)[0]
        assert store.content(kept.sha256).startswith(b"%PDF")
        assert kept.sha256 in made.shared
        assert repository.facts(session, other.id).facts["org.responsible_person"].value == SECRET
    gone(database, store, settings, other, clerk)
    with pytest.raises(NotFound):
        store.path(kept.sha256)


def test_the_numbers_of_what_is_gone_are_not_given_again(database: Database, store: PaperStore, settings: Settings, applicant: Person,
                                                         clerk: Person) -> None:
    case = full(database, store, applicant, clerk)
    with database.reading() as session:
        paper = repository.papers(session, case.id)[0].id
    gone(database, store, settings, case, clerk)
    again = full(database, store, applicant, clerk)
    with database.reading() as session:
        assert again.number > case.number
        assert repository.papers(session, again.id)[0].id > paper


def test_files_that_a_crash_left_are_removed_at_the_next_start(database: Database, store: PaperStore, settings: Settings,
                                                              applicant: Person, clerk: Person) -> None:
    case = full(database, store, applicant, clerk)
    with database.session() as session:
        made = erase.case(session, store, case.number, clerk, erase.DUE, "期滿")
    assert made.finished_at is None
    assert all(store.path(f).is_file() for f in made.files)
    assert erase.finish(database, store, settings) == 1
    assert not any(Path(store.folder).rglob("[0-9a-f]*/*/*"))
    assert erase.finish(database, store, settings) == 0


def test_an_account_goes_when_it_has_no_case(database: Database, store: PaperStore, settings: Settings, applicant: Person,
                                             clerk: Person) -> None:
    case = full(database, store, applicant, clerk)
    with database.session() as session:
        accounts.sign_in(session, applicant.login, "Right-Horse-9", "127.0.0.1")
        rights.ask(session, applicant, rights.DELETE)
    with pytest.raises(NotAllowed), database.session() as session:
        erase.account(session, settings, applicant.login)
    with pytest.raises(NotAllowed), database.session() as session:
        erase.account(session, settings, clerk.login)
    gone(database, store, settings, case, clerk)
    with database.session() as session:
        erase.account(session, settings, applicant.login)
    with database.reading() as session:
        assert session.scalar(select(Account).where(Account.login == applicant.login)) is None
        # that there was a request stays, for whoever inspects the office
        assert [r.kind for r in rights.waiting(session)] == [rights.DELETE]


def test_work_under_way_notices_that_its_case_is_gone(database: Database, store: PaperStore, settings: Settings, applicant: Person,
                                                      clerk: Person) -> None:
    case = full(database, store, applicant, clerk)
    with database.session() as session:
        stops.lift(session, case.id)
        paper = repository.papers(session, case.id)[0].id
        assert stops.may_keep(session, paper)
    gone(database, store, settings, case, clerk)
    with database.session() as session:
        assert not stops.may_keep(session, paper)
        events.emit(session, case.id, "paper", {"paper": paper})
        assert session.execute(text("select count(*) from events")).scalar_one() == 0


def test_of_one_erased_file_nothing_is_left_and_the_rest_of_the_case_is(database: Database, store: PaperStore, settings: Settings,
                                                                        applicant: Person, clerk: Person) -> None:
    case = full(database, store, applicant, clerk)
    with database.session() as session:
        stops.lift(session, case.id)
        (one,) = repository.papers(session, case.id)
        stays = repository.add_paper(session, case.id, store.put([b"%PDF other"]), "別的.pdf", "application/pdf", applicant)
        ink = Read(one.sha256, 1, Box(0.1, 0.2, 0.3, 0.25), SECRET, "review")
        version = repository.case(session, case.id).version
        repository.add_entry(session, case.id, clerk, "org.responsible_person", SECRET, version, "看過", ink)
        seen = {"slots": {"who": {"value": SECRET, "origin": ink.as_json()}}}
        forms = [FormFiles(name, "108", "表", store.put([name.encode()]).sha256, None, None, slots)
                 for name, slots in (("F10", {"slots": {}}), ("F12", seen))]
        repository.save_forms(session, case.id, "later", forms, None, store.put([b"second zip"]).sha256)
    with database.session() as session:
        made = erase.paper(session, store, one.id, clerk, "當事人請求")
    assert erase.finish(database, store, settings) == 1
    assert (made.of_file, made.case_number, made.rows["papers"]) == (True, f"P{one.id}-{case.number}", 1)
    with database.reading() as session:
        assert [p.id for p in repository.papers(session, case.id)] == [stays.id]
        assert [f.form for f in repository.forms(session, case.id)] == ["F10"], "the form that prints from it is gone, the other stays"
        bound = repository.bundle(session, case.id)
        assert bound is not None
        assert (bound.pdf_sha256, bound.zip_sha256, bound.problems) == (None, None, (erase.UNBOUND,))
        for name in ("papers", "readings", "pictures", "entries", "events", "forms"):
            said = " ".join(str(tuple(row)) for row in session.execute(select(Table.metadata.tables[name]).where(text("1=1"))))
            assert FILE_NAME not in said
            assert name == "forms" or SECRET not in said.replace("因為" + SECRET, "")
        assert audit.search(session, AuditFilter(action=audit.DELETE))[0].record == f"paper/{one.id}"
    for gone_file in made.files:
        with pytest.raises(NotFound):
            store.path(gone_file)
    with database.session() as session:
        new = repository.add_paper(session, case.id, store.put([b"%PDF third"]), "新的.pdf", "application/pdf", applicant)
    assert new.id > max(one.id, stays.id)
