"""The manager's pages of the rights that people use: what waits with its clock, the answer, an extension (SYS-32, SYS-33)."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from domain.errors import BadValue
from intake import clock
from intake.people import accounts, audit
from intake.store import repository, rights, stops
from intake.web import render, values
from intake.web import rights as own
from intake.web.door import Manager, Posted, Visit, go, words
from intake.web.errors import sentence

router = APIRouter()


@router.get("/rights")
def every(visit: Manager) -> Response:
    visit.record(audit.LOOK, "manage/rights")
    return render.page(visit, "manage_rights.html", waiting=rights.waiting(visit.session), answered=rights.answered(visit.session),
                       rights=rights.RIGHTS, states=rights.STATES, today=clock.today(), stopped=stops.all_stopped(visit.session),
                       self=rights.SELF)


@router.get("/rights/{request_id}")
def one(visit: Manager, request_id: int) -> Response:
    visit.record(audit.LOOK, f"request/{request_id}")
    return _one(visit, request_id)


def _one(visit: Visit, request_id: int, problem: str = "", typed: str = "") -> Response:
    asked = rights.request(visit.session, request_id)
    person = accounts.person(visit.session, asked.login)
    cases = repository.cases_of(visit.session, person) if person else []
    return render.page(visit, "manage_right.html", 422 if problem else 200, asked=asked, rights=rights.RIGHTS, states=rights.STATES,
                       today=clock.today(), person=person, problem=problem, typed=typed, open=rights.OPEN, delete=rights.DELETE,
                       cases=[c for c in cases if asked.case_number in ("", c.number)], days=rights.days(asked.kind))


@router.post("/rights/{request_id}")
def answer(visit: Manager, request_id: int, form: Posted) -> Response:
    act, text = words(form, "act"), words(form, "text")
    try:
        if act == "extend":
            asked = rights.extend(visit.session, request_id, text)
            own.tell(visit, asked, "right-extended", why=asked.extended, due=values.day(asked.due_on))
        else:
            asked = rights.answer(visit.session, request_id, visit.person.login, act, text)
            own.tell(visit, asked, "right-answered", state=rights.STATES[asked.state], answer=asked.answer)
    except BadValue as wrong:
        return _one(visit, request_id, sentence(wrong), text)
    said = {rights.DONE: "granted", rights.REFUSED: "not granted"}.get(act, act)
    visit.record(audit.CHANGE, f"request/{request_id}", what=said)
    return go(f"/manage/rights/{request_id}")
