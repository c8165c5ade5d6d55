"""The log: every line is chained, and whatever is done to it afterwards is found."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection, text

from domain.errors import LogBroken
from intake import clock
from intake.people import audit
from intake.people.audit import AuditFilter
from intake.people.person import Person
from intake.store.database import Database


@pytest.fixture
def log(database: Database, clerk: Person) -> Database:
    for number in range(1, 6):
        with database.session() as session:
            audit.record(session, clerk if number % 2 else None, audit.LOOK if number % 2 else audit.READ, f"case/1151120-000{number}",
                         {"欄位": "org.name", "b": number})
    return database


def broken_at(database: Database, tamper: Callable[[Connection], None]) -> int:
    """The first bad line after the triggers were taken away and the log was changed behind the service's back."""
    with database.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            for name in ("audit_log_no_update", "audit_log_no_delete"):
                connection.execute(text(f"drop trigger {name}"))
        else:
            connection.execute(text("alter table audit_log disable trigger all"))
        tamper(connection)
    with pytest.raises(LogBroken) as found, database.reading() as session:
        audit.verify(session)
    assert str(found.value.line) in found.value.zh
    return found.value.line


def test_an_untouched_log_holds(log: Database) -> None:
    with log.reading() as session:
        found = audit.verify(session)
    assert found.lines == 5
    assert found.since is not None
    assert found.until is not None
    assert found.since <= found.until


def test_an_empty_log_holds(database: Database) -> None:
    with database.reading() as session:
        assert audit.verify(session).lines == 0


@pytest.mark.parametrize("column", ["at", "who", "role", "action", "record", "detail", "previous", "hash"])
def test_a_changed_line_is_found(log: Database, column: str) -> None:
    assert broken_at(log, lambda c: c.execute(text(f"update audit_log set {column} = 'x' where seq = 3")) and None) == 3


def test_a_line_taken_out_is_found(log: Database) -> None:
    assert broken_at(log, lambda c: c.execute(text("delete from audit_log where seq = 2")) and None) == 2


def test_a_tail_cut_off_is_found(log: Database) -> None:
    assert broken_at(log, lambda c: c.execute(text("delete from audit_log where seq > 3")) and None) == 4


def test_a_log_emptied_is_found(log: Database) -> None:
    assert broken_at(log, lambda c: c.execute(text("delete from audit_log")) and None) == 1


def test_a_line_added_by_hand_is_found(log: Database) -> None:
    copy = "insert into audit_log select 6, at, who, role, action, record, detail, hash, hash from audit_log where seq = 5"
    assert broken_at(log, lambda c: c.execute(text(copy)) and None) == 6


def test_a_line_written_anew_with_its_own_hash_is_found_at_the_next(log: Database) -> None:
    def forge(connection: Connection) -> None:
        connection.execute(text("update audit_log set who = 'nobody' where seq = 3"))
        line = connection.execute(text("select * from audit_log where seq = 3")).one()
        connection.execute(text("update audit_log set hash = :hash where seq = 3"), {"hash": audit._hash(line)})  # type: ignore[arg-type]

    assert broken_at(log, forge) == 4


def test_lines_written_at_once_make_one_chain(database: Database, clerk: Person) -> None:
    def write(number: int) -> None:
        for _ in range(5):
            with database.session() as session:
                audit.record(session, clerk, audit.CHANGE, f"case/{number}")

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(6)))
    with database.reading() as session:
        assert audit.verify(session).lines == 30


def test_what_was_rolled_back_leaves_no_line(log: Database) -> None:
    def undone() -> None:
        with log.session() as session:
            audit.record(session, None, audit.PRINT, "form/1")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        undone()
    with log.reading() as session:
        assert audit.verify(session).lines == 5


def test_an_action_that_nobody_knows_is_refused(database: Database) -> None:
    with pytest.raises(ValueError, match="no audit action"), database.session() as session:
        audit.record(session, None, "做了什麼", "case/1")


def test_the_log_is_searched_newest_first(log: Database) -> None:
    with log.reading() as session:
        assert [x.seq for x in audit.search(session)] == [5, 4, 3, 2, 1]
        assert [x.seq for x in audit.search(session, AuditFilter(who="clerk-a"), limit=2)] == [5, 3]
        assert [x.seq for x in audit.search(session, AuditFilter(action=audit.READ))] == [4, 2]
        assert [x.record for x in audit.search(session, AuditFilter(record="case/1151120-0003"))] == ["case/1151120-0003"]
        assert audit.search(session, AuditFilter(record="case/%")) == []
        today = clock.today()
        assert audit.count(session, AuditFilter(since=today, until=today)) == 5
        assert audit.search(session, AuditFilter(action=audit.LOOK))[0].detail == {"欄位": "org.name", "b": 5}


def test_the_export_opens_in_a_spreadsheet_and_starts_no_formula(log: Database) -> None:
    with log.session() as session:
        audit.record(session, None, audit.EXPORT, "=HYPERLINK(1)")
        exported = audit.as_csv(audit.search(session, limit=None))
    assert exported.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(exported[1:])))
    assert rows[0] == list(audit.HEADINGS)
    assert rows[1][5] == "'=HYPERLINK(1)"
    assert len(rows) == 7
