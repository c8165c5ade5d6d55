"""The migrations make the tables that the code means, whoever starts first."""

from __future__ import annotations

import json
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from intake.people import audit
from intake.settings import Settings
from intake.store import migrate
from intake.store.database import Database
from intake.store.tables import Table


def test_the_migrations_make_the_tables_of_the_code(database: Database) -> None:
    with database.engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), Table.metadata)
    # the work engine keeps its own tables in the same PostgreSQL database, in a schema of its own
    assert found == []


def test_two_starts_at_once_make_them_once(settings: Settings) -> None:
    with ThreadPoolExecutor(3) as pool:
        opened = list(pool.map(lambda _: migrate.upgrade(settings), range(3)))
    with opened[0].engine.connect() as connection:
        assert connection.execute(text("select count(*) from alembic_version")).scalar_one() == 1
        assert connection.execute(text("select count(*) from audit_head")).scalar_one() == 1
    for database in opened:
        database.close()


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_sqlite_waits_for_writers_and_holds_its_references(database: Database) -> None:
    with database.engine.connect() as connection:
        assert connection.execute(text("pragma journal_mode")).scalar_one() == "wal"
        assert connection.execute(text("pragma busy_timeout")).scalar_one() >= 5000
        assert connection.execute(text("pragma foreign_keys")).scalar_one() == 1


def test_what_is_kept_is_for_the_service_alone(database: Database, settings: Settings) -> None:
    key = settings.secret_key()
    assert len(key) == 32
    assert settings.secret_key() == key
    assert stat.S_IMODE((settings.data_dir / "secret.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.data_dir.stat().st_mode) == 0o700
    if database.engine.dialect.name == "sqlite":
        assert stat.S_IMODE((settings.data_dir / "shouwen.db").stat().st_mode) == 0o600


@pytest.mark.parametrize("statement", ["update audit_log set who = 'x'", "delete from audit_log"])
def test_the_log_can_only_grow(database: Database, statement: str) -> None:
    with database.session() as session:
        audit.record(session, None, audit.LOOK, "case/1")
    with pytest.raises(DBAPIError, match="append-only"), database.engine.begin() as connection:
        connection.execute(text(statement))


def test_a_reading_session_writes_nothing(database: Database) -> None:
    with pytest.raises(DBAPIError, match="read-?only"), database.reading() as session:
        audit.record(session, None, audit.LOOK, "case/1")
    with database.reading() as session:
        assert audit.count(session) == 0


def test_earlier_decisions_are_known_after_the_tables_came(settings: Settings) -> None:
    settings.prepare()
    database = Database(settings.database)
    told = [(1, "submitted"), (2, "passed"), (3, "passed"), (4, "reviewing"), (5, "failed")]
    try:
        migrate.run(database, "0008")
        with database.engine.execution_options(shouwen_writes=True).begin() as connection:
            connection.execute(text("insert into accounts (id, login, role, name, email, state, created_at) "
                                    "values (1, '10458574', 'applicant', 'x', 'x@example.com', 'active', '2026-01-02')"))
            connection.execute(text("insert into cases (id, number, programme, applicant_id, state, version, created_at, title, outcome, "
                                    "doubts, search) values (1, '1150102-0001', 'sme-std', 1, 'failed', 5, '2026-01-02', '', '', 0, '')"))
            for version, state in told:
                connection.execute(text("insert into events (case_id, kind, data, at) values (1, 'case', :data, '2026-01-02')"),
                                   {"data": json.dumps({"state": state, "version": version})})
        migrate.run(database)
        with database.engine.connect() as connection:
            kept = connection.execute(text("select version, state, before from rulings order by id")).all()
        assert [tuple(k) for k in kept] == [(2, "passed", "submitted"), (5, "failed", "reviewing")]
    finally:
        database.close()
