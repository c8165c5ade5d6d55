"""Brings the database to the newest tables at start. Two processes that start at once wait for each other."""

from __future__ import annotations

import fcntl
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from intake.settings import Settings
from intake.store.database import Database

ROOT = Path(__file__).resolve().parents[2]
LOCK = 0x5348_4F55


def upgrade(settings: Settings) -> Database:
    """Make the folders, run the migrations that are missing, and give the database."""
    settings.prepare()
    if settings.database.startswith("sqlite:///"):
        Path(settings.database.removeprefix("sqlite:///")).touch(mode=0o600)
    database = Database(settings.database)
    with (settings.data_dir / "migrate.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        run(database)
    return database


def run(database: Database, revision: str = "head") -> None:
    """Run the migrations up to ``revision`` in one transaction."""
    config = Config(str(ROOT / "alembic.ini"))
    with database.engine.execution_options(shouwen_writes=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
