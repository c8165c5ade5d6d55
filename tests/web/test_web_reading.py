"""A page that only looks is made without SQLite's write lock: it is taken for the line in the log alone, once the page is done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event, func, select

from intake.people import accounts, audit
from intake.people.person import APPLICANT, AUDITOR, CLERK, MANAGER
from intake.settings import Settings
from intake.store import repository
from intake.store.tables_log import AuditLine
from intake.web.main import create_app
from intake.web.security import SESSION_COOKIE
from intake.web.service import Service

PASSWORD = "Right-Horse-9"
MOST = 8
"""Statements of one line in the log: the lock, the head, the line, the head again, the end; twice that at most."""
PAGES = ((CLERK, "/desk"), (CLERK, "/desk/cases/{number}"), (CLERK, "/desk/next"), (APPLICANT, "/cases/{number}/papers"),
         (APPLICANT, "/cases/{number}/result"), (AUDITOR, "/audit"), (AUDITOR, "/audit/figures"), (MANAGER, "/manage"),
         (MANAGER, "/manage/keeping"))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, dict[str, TestClient], str]]:
    app = create_app(Settings(data_dir=tmp_path_factory.mktemp("office")))
    service: Service = app.state.service
    with service.database.session() as session:
        people = {r: accounts.create_staff(session, "10458574" if r == APPLICANT else r, r, "某人", f"{r}@example.com", PASSWORD)
                  for r in (APPLICANT, CLERK, AUDITOR, MANAGER)}
        case = repository.create_case(session, "green-giant", people[APPLICANT])
        repository.agree(session, case.id, people[APPLICANT], "F11")
        repository.submit(session, case.id, 0)
        clients = {r: TestClient(app, cookies={SESSION_COOKIE: accounts.sign_in(session, p.login, PASSWORD, "test")[0]})
                   for r, p in people.items()}
    yield service, clients, case.number
    service.close()


@pytest.mark.parametrize(("role", "page"), PAGES)
def test_the_lock_is_held_for_the_log_alone(office: tuple[Service, dict[str, TestClient], str], role: str, page: str) -> None:
    service, clients, number = office
    held: list[str] = []
    locked = False

    def statement(_connection: Any, _cursor: Any, text: str, *_: Any) -> None:
        nonlocal locked
        locked = locked or text == "BEGIN IMMEDIATE"
        if locked:
            held.append(text)

    def end(_connection: Any) -> None:
        nonlocal locked
        locked = False

    event.listen(service.database.engine, "before_cursor_execute", statement)
    event.listen(service.database.engine, "commit", end)
    try:
        answer = clients[role].get(page.format(number=number))
    finally:
        event.remove(service.database.engine, "before_cursor_execute", statement)
        event.remove(service.database.engine, "commit", end)
    assert answer.status_code == 200
    tables = {w for t in held for w in ("cases", "papers", "readings", "decisions", "events", "jobs") if f" {w}" in t}
    assert tables == set()
    assert len(held) <= MOST


def test_the_look_is_in_the_log_when_the_page_has_come(office: tuple[Service, dict[str, TestClient], str]) -> None:
    service, clients, number = office

    def looks() -> int:
        with service.database.reading() as session:
            lines = select(func.count()).select_from(AuditLine).where(AuditLine.record == f"case/{number}", AuditLine.action == audit.LOOK)
            return session.scalar(lines) or 0

    before = looks()
    assert clients[CLERK].get(f"/desk/cases/{number}").status_code == 200
    assert looks() == before + 1
    assert clients[CLERK].get("/desk/cases/1010101-0001").status_code == 404
    assert looks() == before + 1


def test_an_export_of_the_log_carries_its_own_line(office: tuple[Service, dict[str, TestClient], str]) -> None:
    _, clients, _ = office
    told = clients[AUDITOR].get("/audit/export.csv").text
    assert told.count(audit.EXPORT) == 1
