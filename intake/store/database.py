"""The database: SQLite in WAL mode or PostgreSQL, behind the same SQLAlchemy sessions.

One request or one job is one transaction, opened here and committed here:

    with database.session() as session:      # writes; under SQLite it takes the write lock at once (BEGIN IMMEDIATE)
        ...
    with database.reading() as session:      # only reads; never waits for a writer, never commits; the database refuses a change
        ...

Whatever is raised inside rolls everything back, but for the errors of COUNTED: a wrong password must be counted.
Keep a writing session short: read an upload to the end before opening one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session

from domain.errors import WrongCode, WrongSignIn

COUNTED = (WrongSignIn, WrongCode)
"""Refusals that are themselves something to keep; whoever raises one has written nothing else in that transaction."""

BUSY_SECONDS = 30


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


class Database:
    """A pool of connections to the service's tables. ``close()`` when done (tests; a process that ends need not)."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine: Engine = create_engine(url, json_serializer=_json, pool_pre_ping=not url.startswith("sqlite"),
                                            connect_args={"timeout": BUSY_SECONDS} if url.startswith("sqlite") else {})
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)

    @contextmanager
    def session(self) -> Iterator[Session]:
        with Session(self.engine.execution_options(shouwen_writes=True), expire_on_commit=False) as session:
            try:
                yield session
            except COUNTED:
                session.commit()
                raise
            session.commit()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        # psycopg begins such a transaction as READ ONLY, and the connection goes back to the pool without it
        reads = self.engine.execution_options(shouwen_reads=True, postgresql_readonly=True)
        with Session(reads, autoflush=False) as session:
            yield session
            if session.new or session.dirty or session.deleted:
                raise RuntimeError("a change in a session that only reads")

    def close(self) -> None:
        self.engine.dispose()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # the driver's own BEGIN would be deferred, and a deferred transaction that turns to writing can fail at once with "locked"
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA foreign_keys = ON")
    # what is erased is overwritten, not only left out
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    # connections are used again: each transaction says anew whether it may write
    connection.exec_driver_sql(f"PRAGMA query_only = {1 if options.get('shouwen_reads') else 0}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("shouwen_writes") else "BEGIN")
