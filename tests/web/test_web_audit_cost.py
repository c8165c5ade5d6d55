"""Cases that were changed after they were decided: many cost the auditor's log no more than one, and what came first is known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event, update
from sqlalchemy.orm import Session

from domain.decision import Decision
from intake import clock
from intake.people import accounts
from intake.people.person import APPLICANT, AUDITOR, CLERK, Person
from intake.settings import Settings
from intake.store import decided, repository
from intake.store.tables import DecisionRow, EntryRow, Event
from intake.store.views import PASSED
from intake.web.main import create_app
from intake.web.security import SESSION_COOKIE
from intake.web.service import Service

PASSWORD = "Right-Horse-9"
MOST = 20


def changed_case(service: Service, applicant: Person, clerk: Person, outcomes: tuple[str, str] = ("pass", "fail")) -> str:
    """A case that was passed and then changed; its outcomes before and since, all within the same second."""
    with service.database.session() as session:
        case = repository.create_case(session, "green-giant", applicant)
        repository.agree(session, case.id, applicant, "F11")
        repository.submit(session, case.id, case.version)
        settled(session, case.id, outcomes[0])
        version = repository.set_state(session, case.id, PASSED, repository.case(session, case.id).version).version
        repository.add_entry(session, case.id, clerk, "org.registered_address", "臺北市信義區松仁路1號", version, why="新登記表")
        settled(session, case.id, outcomes[1])
        now = clock.now()
        for table in (Event, EntryRow, DecisionRow):
            session.execute(update(table).where(table.case_id == case.id).values(at=now))
        return case.number


def settled(session: Session, case_id: int, outcome: str) -> None:
    """Keep a decision as the worker does."""
    made = Decision("green-giant", clock.today(), outcome, ())
    repository.save_decision(session, case_id, f"{case_id}-{outcome}", made, repository.facts(session, case_id), [])


def asked(service: Service, client: TestClient, page: str) -> int:
    """How many statements a page makes."""
    statements: list[str] = []

    def statement(_connection: Any, _cursor: Any, text: str, *_: Any) -> None:
        statements.append(text)

    event.listen(service.database.engine, "before_cursor_execute", statement)
    try:
        assert client.get(page).status_code == 200
    finally:
        event.remove(service.database.engine, "before_cursor_execute", statement)
    return len(statements)


@pytest.mark.parametrize("page", ["/audit", "/audit?record=case/"])
def test_many_changed_cases_cost_no_more_statements_than_one(tmp_path: Path, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app(Settings(data_dir=tmp_path))
    service: Service = app.state.service
    try:
        with service.database.session() as session:
            applicant, clerk, auditor = (accounts.create_staff(session, name, role, "某人", f"{role}@example.com", PASSWORD)
                                         for name, role in (("10458574", APPLICANT), (CLERK, CLERK), (AUDITOR, AUDITOR)))
            client = TestClient(app, cookies={SESSION_COOKIE: accounts.sign_in(session, auditor.login, PASSWORD, "test")[0]})
        numbers = {changed_case(service, applicant, clerk)}
        asked(service, client, page)
        one = asked(service, client, page)
        numbers |= {changed_case(service, applicant, clerk) for _ in range(12)}
        assert asked(service, client, page) == one
        assert one <= MOST
        with service.database.reading() as session:
            assert {s.case.number for s in decided.all_changed(session)} == numbers
            assert decided.count_changed(session) == len(numbers)
        monkeypatch.setattr(decided, "MOST", 5)
        said = client.get(page).text
        assert "決定以後又改過的案件（13）" in said
        assert "只看了最近改過的 5 件" in said
    finally:
        service.close()


def test_what_is_decided_in_the_same_second_as_the_clerk_decides_came_after(tmp_path: Path) -> None:
    app = create_app(Settings(data_dir=tmp_path))
    service: Service = app.state.service
    try:
        with service.database.session() as session:
            applicant, clerk = (accounts.create_staff(session, name, role, "某人", f"{role}@example.com", PASSWORD)
                                for name, role in (("10458574", APPLICANT), (CLERK, CLERK)))
        number = changed_case(service, applicant, clerk, ("fail", "needs_evidence"))
        with service.database.reading() as session:
            (since,) = decided.all_changed(session)
            assert (since.case.number, since.then, since.now) == (number, "fail", "needs_evidence")
    finally:
        service.close()
