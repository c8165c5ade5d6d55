"""The number of a row is given once, also after the row is gone and also in a database from before that was so."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, text

from intake.people import audit, mail
from intake.people.person import Person
from intake.settings import Settings
from intake.store import desk, erase, events, migrate, repository
from intake.store.database import Database
from intake.store.papers import PaperStore, Stored
from intake.store.tables import Table
from intake.store.views import CaseView

ACCOUNT = "insert into accounts (id, login, role, name, email, state, created_at) values (4, :login, 'applicant', '', '', 'active', :day)"
CASE = ("insert into cases (id, number, programme, applicant_id, state, version, created_at, title, outcome, doubts, search) "
        "values (5, '1150102-0001', 'sme-std', 4, 'passed', 3, :day, '', '', 0, '')")
LETTER = ("insert into outbox (id, recipient, subject, body, created_at, next_at, tries, error) "
          "values (3, 'office@example.com', '', '', :day, :day, 0, '')")
RULING = "insert into rulings (case_id, version, state, before, mail_id, at) values (5, 3, 'passed', 'submitted', 9, :day)"
ERASURE = ("insert into erasures (case_number, programme, state, ground, reason, rows, files, highest, by, by_name, at, log_line) values "
           "('1150102-0002', 'sme-std', 'draft', 'own', '', '{}', '{}', :highest, '', '', :day, 1)")
TOLD = "insert into events (id, case_id, kind, data, at) values (70, 5, 'entry', '{}', :day)"
LOGGED = ("insert into audit_log (seq, at, who, role, action, record, detail, previous, hash) "
          "values (1, '', '', '', '', :record, '', '', '')")


def test_every_table_counts_on(database: Database) -> None:
    counted = [t.name for t in Table.metadata.sorted_tables if "id" in t.columns and t.columns["id"].autoincrement is not False
               and t.columns["id"].type.python_type is int]
    assert len(counted) > 30
    with database.engine.connect() as connection:
        if database.engine.dialect.name == "sqlite":
            made = connection.execute(text("select name from sqlite_master where type = 'table' and sql like '%AUTOINCREMENT%'"))
            assert set(counted) - set(made.scalars()) == set()
        else:
            last = {t: connection.execute(text(f"select pg_get_serial_sequence('{t}', 'id')")).scalar_one() for t in counted}
            assert None not in last.values()


def opened(database: Database, person: Person) -> CaseView:
    with database.session() as session:
        return repository.create_case(session, "sme-std", person)


def test_what_an_erased_case_had_is_not_given_to_another(database: Database, settings: Settings, applicant: Person) -> None:
    """An open page asks for what came after the last event it saw, the log names paper/2: neither may meet another case's rows."""
    store = PaperStore(settings.papers_dir)
    opened(database, applicant)
    seen: list[tuple[int, int, int]] = []
    for _ in range(2):
        case = opened(database, applicant)
        with database.session() as session:
            repository.agree(session, case.id, applicant, "F11")
            paper = repository.add_paper(session, case.id, Stored("a" * 64, 3), "a.pdf", "application/pdf", applicant)
            seen.append((case.id, paper.id, events.last(session, case.id)))
            erase.case(session, store, case.number, applicant, erase.OWN, "")
    assert all(later > earlier for earlier, later in zip(*seen, strict=True))


def test_a_letter_and_a_tab_that_went_leave_their_number_to_none(database: Database, applicant: Person, clerk: Person) -> None:
    with database.session() as session:
        first = mail.put(session, applicant.email, "甲", "")
        mail.forget(session, applicant.email)
        assert mail.put(session, applicant.email, "乙", "") > first
        tab = desk.save_tab(session, clerk, "我的", {"mine": "1"})
        desk.drop_tab(session, clerk, tab.id)
        assert desk.save_tab(session, clerk, "別的", {"mine": "1"}).id > tab.id


@pytest.fixture
def before(settings: Settings) -> Iterator[Database]:
    """A database as it was before its numbers were given once, with rows, and with traces of rows that are gone."""
    settings.prepare()
    database = Database(settings.database)
    migrate.run(database, "0009")
    with database.engine.execution_options(shouwen_writes=True).begin() as connection:
        for sql in (ACCOUNT, CASE, LETTER, RULING, ERASURE, TOLD, LOGGED):
            given = {"day": "2026-01-02", "login": "10458574", "highest": json.dumps({"cases": 6, "papers": 44}), "record": "form/12"}
            connection.execute(text(sql), {k: v for k, v in given.items() if f":{k}" in sql})
    yield database
    database.close()


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_database_from_before_counts_on_from_what_it_still_knows(before: Database) -> None:
    def kept(connection: Connection) -> list[list[tuple[object, ...]]]:
        tables = ("cases", "outbox", "events", "rulings")
        return [[tuple(r) for r in connection.execute(text(f"select * from {t} order by 1"))] for t in tables]

    with before.engine.connect() as connection:
        rows = kept(connection)
    migrate.run(before)
    with before.engine.connect() as connection:
        assert kept(connection) == rows
        assert connection.execute(text("pragma integrity_check")).scalars().all() == ["ok"]
        assert connection.execute(text("pragma foreign_key_check")).all() == []
        last = connection.execute(text("select name, seq from sqlite_sequence where seq > 0 order by name")).all()
    assert [tuple(r) for r in last] == [("accounts", 4), ("cases", 6), ("erasures", 1), ("events", 70), ("forms", 12), ("outbox", 9),
                                        ("papers", 44), ("rulings", 1)]
    with before.session() as session:
        session.execute(text("delete from events"))
        assert mail.put(session, "office@example.com", "", "") == 10, "the number of the letter that the decision named stays its own"
        events.emit(session, 5, "entry", {})
        assert events.last(session, 5) == 71
    with pytest.raises(Exception, match="append-only"), before.session() as session:
        session.execute(text("delete from audit_log"))
    migrate.run(before)


@pytest.mark.parametrize("settings", ["postgresql"], indirect=True)
def test_a_postgresql_database_from_before_keeps_its_rows(before: Database) -> None:
    migrate.run(before)
    with before.session() as session:
        assert session.execute(text("select number from cases")).scalars().all() == ["1150102-0001"]
        assert audit.count(session) == 1
