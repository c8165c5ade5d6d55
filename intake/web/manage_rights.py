"""The manager's pages of the rights that people use: what waits with its clock, the answer, an extension (SYS-32, SYS-33)."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from domain.errors import BadValue, NotAllowed, NotFound
from intake import clock
from intake.people import accounts, audit
from intake.people.person import MANAGER, Person, need
from intake.store import erase, naming, repository, rights, stops
from intake.store.naming import Holding
from intake.store.views import CASE_STATES, CaseView, QueueRow
from intake.web import manage_keeping, render, service, values
from intake.web import rights as own
from intake.web.door import Manager, Posted, Visit, go, visiting, words
from intake.web.errors import sentence
from intake.work import client

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
def one(visit: Manager, request_id: int, made: str = "") -> Response:
    """``made``: the number of the certificate that has just come of it; the answer begins with it."""
    visit.record(audit.LOOK, f"request/{request_id}")
    return _one(visit, request_id, typed=f"有您資料的一份文件已刪除，刪除證明編號 {int(made)}。" if made.isdecimal() else "")


def _one(visit: Visit, request_id: int, problem: str = "", typed: str = "") -> Response:
    asked = rights.request(visit.session, request_id)
    person, cases, named = _about(visit, asked)
    return render.page(visit, "manage_right.html", 422 if problem else 200, asked=asked, rights=rights.RIGHTS, states=rights.STATES,
                       today=clock.today(), person=person, problem=problem, typed=typed, open=rights.OPEN, delete=rights.DELETE,
                       askers=rights.ASKERS, named=named, cases=cases, holdings=_holdings(visit, asked, cases, named),
                       days=rights.days(asked.kind))


def _about(visit: Visit, asked: rights.Request) -> tuple[Person | None, list[CaseView], list[QueueRow]]:
    """Whose request it is, the cases it is about, and those where the name of whoever asks on paper stands."""
    person = accounts.person(visit.session, asked.login) if asked.login else None
    cases = repository.cases_of(visit.session, person) if person else _of_paper(visit, asked)
    return person, [c for c in cases if asked.case_number in ("", c.number)], _naming(visit, asked)


def _holdings(visit: Visit, asked: rights.Request, cases: Sequence[CaseView], named: Sequence[QueueRow]) -> list[Holding]:
    """The files that may be erased one by one for the request: of the cases it is about all, of the others those with the name."""
    if asked.kind != rights.DELETE or asked.state != rights.OPEN or asked.asks_as == rights.AUTHORITY:
        return []
    about = [c.number for c in cases]
    elsewhere = naming.papers(visit.session, [r.number for r in named if r.number not in about], asked.asker) if asked.on_paper else []
    return [*naming.papers(visit.session, about), *elsewhere]


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
            if act == rights.DONE and not text:
                _deleted(visit, rights.request(visit.session, request_id))
            asked = rights.answer(visit.session, request_id, visit.person.login, act, text)
            own.tell(visit, asked, "right-answered", state=rights.STATES[asked.state], answer=asked.answer)
    except BadValue as wrong:
        return _one(visit, request_id, sentence(wrong), text)
    said = {rights.DONE: "granted", rights.REFUSED: "not granted"}.get(act, act)
    visit.record(audit.CHANGE, f"request/{request_id}", what=said)
    return go(f"/manage/rights/{request_id}")


def _deleted(visit: Visit, asked: rights.Request) -> None:
    """Nobody is told that it was done, without a word of what, while the case that is to be deleted is still there. Raises BadValue."""
    _, cases, _ = _about(visit, asked)
    if asked.kind == rights.DELETE and cases:
        raise BadValue("答覆", "", "這些案件還在：先刪除，或寫明刪除了什麼")


@router.get("/rights/{request_id}/papers/{paper_id}")
def confirm(visit: Manager, request_id: int, paper_id: int) -> Response:
    """What would go with one file, before it does."""
    visit.record(audit.LOOK, f"paper/{paper_id}", what="erase")
    return _confirm(visit, request_id, paper_id)


def _confirm(visit: Visit, request_id: int, paper_id: int, problem: str = "", reason: str = "") -> Response:
    held = _held(visit, request_id, paper_id)
    there = erase.paper_content(visit.session, visit.service.uploads, paper_id)
    return render.page(visit, "manage_erase_paper.html", 422 if problem else 200, held=held, content=there, problem=problem, reason=reason,
                       asked=rights.request(visit.session, request_id), tables=manage_keeping.TABLES)


def _held(visit: Visit, request_id: int, paper_id: int) -> Holding:
    """The file, where the request lets it be erased. Raises NotFound; NotAllowed while it is not sure who asks."""
    asked = rights.request(visit.session, request_id)
    _, cases, named = _about(visit, asked)
    found = [h for h in _holdings(visit, asked, cases, named) if h.paper_id == paper_id]
    if not found:
        raise NotFound("paper", str(paper_id))
    if not asked.proven:
        raise NotAllowed("erasing for somebody of whom it is not sure who they are")
    return found[0]


@router.post("/rights/{request_id}/papers/{paper_id}")
def erase_paper(request: Request, request_id: int, paper_id: int, form: Posted) -> Response:
    """Erase the file: the case's number typed is the second confirmation. The bytes go after the rows are gone for good."""
    s, reason = service.of(request), words(form, "reason")
    with visiting(request) as visit:
        need(visit.person, MANAGER)
        held = _held(visit, request_id, paper_id)
        if words(form, "again") != held.case_number or not reason:
            return _confirm(visit, request_id, paper_id, "請寫理由，並把案號再打一次。", reason)
        made = erase.paper(visit.session, s.uploads, paper_id, visit.person, reason)
        case = repository.case(visit.session, held.case_number)
        repository.add_note(visit.session, case.id, visit.person, f"依權利請求第 {request_id} 號刪除一份文件，刪除證明編號 {made.id}。")
        client.enqueue_settle(visit.session, case.id)
    erase.finish(s.database, s.uploads, s.settings)
    return go(f"/manage/rights/{request_id}?made={made.id}")
