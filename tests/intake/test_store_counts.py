"""A database from before the counts has them after the migration, as a new reading has them at once."""

from __future__ import annotations

import json

from sqlalchemy import select, text

from domain.document import Box
from domain.field import ACCEPTED, REVIEW, DocumentReading, FileReading, Reading
from intake.people.person import Person
from intake.settings import Settings
from intake.store import figures, migrate, rekey, repository
from intake.store.database import Database
from intake.store.papers import Stored
from intake.store.tables import ReadingRow


def found(*status: str) -> FileReading:
    fields = {f"org.{i}": Reading("值", "值", 1, Box(0, 0, 1, 1), 0.9, s) for i, s in enumerate(status)}
    return FileReading("a.pdf", "a" * 64, 1, (DocumentReading("unknown", 0.5, (1,), fields),))


def test_readings_that_were_there_are_counted(settings: Settings) -> None:
    settings.prepare()
    database = Database(settings.database)
    migrate.run(database, "0007")
    old = json.dumps(found(ACCEPTED, REVIEW, ACCEPTED).as_json())
    refused = json.dumps(FileReading("b.pdf", "b" * 64, 0, (), ("corrupt", "讀不了")).as_json())
    with database.session() as session:
        session.execute(text("insert into accounts (id, login, role, name, email, state, created_at) values "
                             "(1, '10458574', 'applicant', 'x', 'x@example.com', 'active', '2026-01-01 00:00:00')"))
        session.execute(text("insert into cases (id, number, programme, applicant_id, state, version, created_at, title, outcome, doubts, "
                             "search) values (1, '1150101-0001', 'sme-std', 1, 'submitted', 0, '2026-01-01 00:00:00', '', '', 0, '')"))
        session.execute(text("insert into papers (id, case_id, sha256, name, size, media_type, state, added_by, added_at) values "
                             "(1, 1, 'a', 'a.pdf', 1, 'application/pdf', 'read', 1, '2026-01-01 00:00:00')"))
        for run, reading in (("one", old), ("two", refused)):
            session.execute(text("insert into readings (paper_id, run, reading, engine, at) values (1, :run, :reading, 'x', "
                                 "'2026-01-01 00:00:00')"), {"run": run, "reading": reading})
    migrate.run(database)
    with database.reading() as session:
        counts = dict(session.execute(select(ReadingRow.run, ReadingRow.accepted)).all())
        totals = dict(session.execute(select(ReadingRow.run, ReadingRow.total)).all())
    database.close()
    assert counts == {"one": 2, "two": 0}
    assert totals == {"one": 3, "two": 0}


def test_a_new_reading_is_counted_at_once(database: Database, applicant: Person) -> None:
    with database.session() as session:
        case = repository.create_case(session, "sme-std", applicant)
        repository.agree(session, case.id, applicant, "F11")
        paper = repository.add_paper(session, case.id, Stored("a" * 64, 3), "a.pdf", "application/pdf", applicant)
        repository.save_reading(session, paper.id, "run", found(ACCEPTED, REVIEW, REVIEW), "x")
        row = session.scalars(select(ReadingRow)).one()
        assert (row.accepted, row.total) == (1, 3)
        (thing,) = figures.readings(session, row.at, row.at.replace(year=row.at.year + 1))
        assert (thing.value, thing.of) == (1, 3)
        assert rekey.accepted(session) == 0
        repository.submit(session, case.id, 0)
        assert rekey.accepted(session) == 1
