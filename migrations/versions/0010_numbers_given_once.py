"""A row's number is given once, also under SQLite: the log, addresses, letters and open pages name rows that are gone."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

TABLES = ("accounts", "api_keys", "arrivals", "bundles", "cases", "codes", "consents", "decisions", "deliveries", "entries", "erasures",
          "events", "forms", "hooks", "keeping_rules", "letter_texts", "notes", "outbox", "papers", "pictures", "presences", "readings",
          "register_answers", "rekey_items", "rekey_rounds", "rights_requests", "rulings", "saved_filters", "sessions", "stops", "tries")
KEY, COUNTED = "PRIMARY KEY (id)", "PRIMARY KEY (id AUTOINCREMENT)"

GONE = {
    "cases": ("select max(json_extract(highest, '$.cases')) from erasures",
              "select max(subject) from jobs where kind in ('settle', 'fill')"),
    "papers": ("select max(json_extract(highest, '$.papers')) from erasures", "select max(subject) from jobs where kind = 'read'"),
    "outbox": ("select max(mail_id) from rulings",),
}
"""Where else the numbers of rows stand that are there no more; and in the log, below."""
LOGGED = {"papers": "paper", "forms": "form", "api_keys": "key", "hooks": "hook", "arrivals": "arrival", "rights_requests": "request",
          "rekey_rounds": "rekey"}


def upgrade() -> None:
    bind = op.get_bind()
    # PostgreSQL's sequences never go back
    if bind.dialect.name == "sqlite":
        _count_on(bind)
    op.drop_column("erasures", "highest")


def _count_on(bind: sa.Connection) -> None:
    # such a table brings SQLite's own list of numbers, which stays
    bind.exec_driver_sql("create table counted (id integer primary key autoincrement)")
    bind.exec_driver_sql("drop table counted")
    for table in TABLES:
        given = {"name": table, "last": _last(bind, table)}
        bind.execute(sa.text("insert into sqlite_sequence (name, seq) values (:name, :last)"), given)
    # nothing that is stored changes, and a copy of each table would drop what refers to it
    version = bind.exec_driver_sql("pragma schema_version").scalar_one()
    bind.exec_driver_sql("pragma writable_schema = on")
    for table in TABLES:
        found = {"name": table, "key": KEY, "counted": COUNTED}
        changed = bind.execute(sa.text("update sqlite_master set sql = replace(sql, :key, :counted) where type = 'table' and name = :name "
                                       "and instr(sql, :key)"), found)
        if changed.rowcount != 1:
            raise RuntimeError(f"the table {table} is not as the migrations before made it")
    bind.exec_driver_sql(f"pragma schema_version = {version + 1}")
    bind.exec_driver_sql("pragma writable_schema = off")


def _last(bind: sa.Connection, table: str) -> int:
    """The highest number of the table that is known to have been given."""
    asked = [f"select max(id) from {table}", *GONE.get(table, ())]
    if table in LOGGED:
        word = LOGGED[table]
        asked.append(f"select max(cast(substr(record, {len(word) + 2}) as integer)) from audit_log where record glob '{word}/[0-9]*'")
    return max(int(bind.exec_driver_sql(sql).scalar() or 0) for sql in asked)
