"""The manager's pages of the rights that people use: what waits with its clock, the answer, an extension (SYS-32, SYS-33)."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from domain.errors import BadValue, NotFound
from intake import clock
from intake.people import accounts, audit
from intake.store import repository, rights, stops
from intake.store.views import CASE_STATES, CaseView, QueueRow
from intake.web import render, values
from intake.web import rights as own
from intake.web.door import Manager, Posted, Visit, go, words
from intake.web.errors import sentence

router = APIRouter(include_in_schema=False, prefix="/manage")

MOST_NAMED = 200
"""Cases that are listed for a name."""


@router.get("/rights")
def every(visit: Manager) -> Response:
    visit.record(audit.LOOK, "manage/rights")
    return render.page(visit, "manage_rights.html", waiting=rights.waiting(visit.session), answered=rights.answered(visit.session),
                       rights=rights.RIGHTS, states=rights.STATES, today=clock.today(), stopped=stops.all_stopped(visit.session),
                       self=rights.SELF, askers=rights.ASKERS)


@router.get("/rights/{request_id}")
def one(visit: Manager, request_id: int) -> Response:
    visit.record(audit.LOOK, f"request/{request_id}")
    return _one(visit, request_id)


def _one(visit: Visit, request_id: int, problem: str = "", typed: str = "") -> Response:
    asked = rights.request(visit.session, request_id)
    person = accounts.person(visit.session, asked.login)
    cases = repository.cases_of(visit.session, person) if person else _of_paper(visit, asked)
    return render.page(visit, "manage_right.html", 422 if problem else 200, asked=asked, rights=rights.RIGHTS, states=rights.STATES,
                       today=clock.today(), person=person, problem=problem, typed=typed, open=rights.OPEN, delete=rights.DELETE,
                       askers=rights.ASKERS, named=_naming(visit, asked),
                       cases=[c for c in cases if asked.case_number in ("", c.number)], days=rights.days(asked.kind))


def _of_paper(visit: Visit, asked: rights.Request) -> list[CaseView]:
    """The case that a request on paper names, while it is there."""
    try:
        return [repository.case(visit.session, asked.case_number)] if asked.on_paper and asked.case_number else []
    except NotFound:
        return []


def _naming(visit: Visit, asked: rights.Request) -> list[QueueRow]:
    """The cases whose papers or entries carry the name of whoever asks on paper: where their data may be."""
    if not asked.on_paper or asked.state != rights.OPEN:
        return []
    visit.record(audit.LOOK, "queue", searched=True, what=f"request/{asked.id}")
    wanted = repository.QueueFilter(tuple(CASE_STATES), text=asked.asker, limit=MOST_NAMED)
    return repository.queue(visit.session, wanted)


@router.get("/rights/{request_id}/reply")
def reply(visit: Manager, request_id: int) -> Response:
    """The answer as a letter to be printed and sent."""
    asked = rights.request(visit.session, request_id)
    if asked.forgotten or (asked.state == rights.OPEN and not asked.extended):
        raise NotFound("reply", str(request_id))
    visit.record(audit.PRINT, f"request/{request_id}", what="reply")
    return render.page(visit, "right_reply.html", asked=asked, rights=rights.RIGHTS, states=rights.STATES, open=rights.OPEN,
                       today=clock.today())


@router.post("/rights/{request_id}")
def answer(visit: Manager, request_id: int, form: Posted) -> Response:
    act, text = words(form, "act"), words(form, "text")
    try:
        if act == "prove":
            rights.prove(visit.session, request_id, text)
        elif act == "extend":
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
