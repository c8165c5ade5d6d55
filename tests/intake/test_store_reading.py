"""A session that only reads changes nothing, and says so instead of losing what was meant to be kept."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError

from intake import clock
from intake.people.person import Person
from intake.store.database import Database
from intake.store.tables import Account, Mail


def test_what_is_added_while_only_reading_is_an_error_and_not_kept(database: Database) -> None:
    with pytest.raises(RuntimeError, match="only reads"), database.reading() as session:
        session.add(Mail(recipient="a@example.com", subject="x", body="y", created_at=clock.now(), next_at=clock.now()))
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Mail)) == 0


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_sqlite_refuses_a_statement_that_writes_while_only_reading(database: Database, applicant: Person) -> None:
    with pytest.raises(OperationalError, match="readonly"), database.reading() as session:
        session.execute(update(Account).values(name="x"))
    # the same connection writes again where it may
    with database.session() as session:
        session.execute(update(Account).where(Account.id == applicant.id).values(name="改過的名字"))
    with database.reading() as session:
        assert session.get_one(Account, applicant.id).name == "改過的名字"
