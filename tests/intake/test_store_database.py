"""What only looks never waits and never writes, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from intake import clock
from intake.people.person import Person
from intake.store import repository
from intake.store.database import Database


def test_notes_keep_their_writer(database: Database, applicant: Person, clerk: Person) -> None:
    with database.session() as session:
        case = repository.create_case(session, "sme-std", applicant)
        repository.add_note(session, case.id, clerk, "已電話確認")
        assert [(n.by, n.text) for n in repository.notes(session, case.id)] == [("承辦甲", "已電話確認")]


def test_a_reader_never_waits_for_a_writer(database: Database, applicant: Person, clerk: Person) -> None:
    with database.session() as session:
        case = repository.create_case(session, "sme-std", applicant)
    with database.session() as writing:
        repository.add_note(writing, case.id, clerk, "還沒存")
        begun = clock.now()
        with database.reading() as session:
            assert repository.notes(session, case.id) == []
        assert clock.now() - begun < timedelta(seconds=3)


def test_the_database_itself_refuses_a_change_by_a_reader(database: Database, applicant: Person) -> None:
    # past the objects of the session, so that nothing but the database can notice
    with pytest.raises(DBAPIError), database.reading() as session:
        session.execute(text("update accounts set name = 'x' where id = :id"), {"id": applicant.id})
    # the connection is used again: what follows may write
    with database.session() as session:
        session.execute(text("update accounts set name = 'y' where id = :id"), {"id": applicant.id})
    with database.reading() as session:
        assert session.scalar(text("select name from accounts where id = :id"), {"id": applicant.id}) == "y"
