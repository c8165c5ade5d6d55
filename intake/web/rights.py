"""The five rights of a person over their own data (個人資料保護法第 3 條): see, copy, correct, stop, delete."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from domain.errors import BadValue, NotFound
from eligibility import programme as programmes
from intake import clock
from intake.people import accounts, audit, letters, mail
from intake.store import erase, repository, rights, stops
from intake.store.rights import Request as Asked
from intake.store.views import DRAFT, CaseView
from intake.web import own_data, render, security, service, values
from intake.web.case_page import editable
from intake.web.door import Applicant, Posted, Visit, applicant_of, go, peeking, visiting, words
from intake.web.errors import sentence
from intake.web.facts import KIND_WORDS

router = APIRouter(include_in_schema=False, prefix="/rights")

ALL = "全部資料"


@dataclass(frozen=True)
class Held:
    """A case of the person with what the page says of it."""

    case: CaseView
    programme: str
    stopped: object
    editable: bool


def held(visit: Visit) -> list[Held]:
    """The person's cases, newest first."""
    known, still = programmes.load(), stops.all_stopped(visit.session)
    return [Held(c, known[c.programme].name if c.programme in known else c.programme, still.get(c.number), editable(c))
            for c in repository.cases_of(visit.session, visit.person)]


@router.get("")
def overview(visit: Applicant) -> Response:
    return _overview(visit)


def _overview(visit: Visit, problem: str = "", status: int = 200, **typed: str) -> Response:
    return render.page(visit, "rights.html", status, held=held(visit), requests=rights.of_person(visit.session, visit.person),
                       rights=rights.RIGHTS, states=rights.STATES, today=clock.today(), problem=problem, typed=typed,
                       days={k: rights.days(k) for k in rights.RIGHTS})


@router.get("/data")
def see(visit: Applicant) -> Response:
    """All that is held about the person."""
    shown = own_data.all_of(visit.session, visit.person)
    person = visit.person
    visit.keep(lambda session: rights.served(session, person, rights.SEE, words="在頁面上查看"))
    visit.record(audit.LOOK, f"account/{visit.person.login}", what="own data")
    return render.page(visit, "rights_data.html", data=shown, by_whom=own_data.by_whom, paper_kinds=KIND_WORDS)


@router.post("/copy")
def copy(request: Request) -> Response:
    """A ZIP of all of it. It is packed between two short transactions, since papers can be large."""
    with peeking(request) as visit:
        applicant_of(visit)
        packed = own_data.packed(visit.session, service.of(request).uploads, visit.person, service.of(request).settings.data_dir)
    with visiting(request) as visit:
        rights.served(visit.session, visit.person, rights.COPY, words="已下載 ZIP")
        visit.record(audit.EXPORT, f"account/{visit.person.login}", what="own data")
    return FileResponse(packed, media_type="application/zip", filename=f"my-data-{clock.today()}.zip",
                        background=BackgroundTask(packed.unlink, missing_ok=True))


@router.post("/correct")
def correct(visit: Applicant, form: Posted) -> Response:
    number, text = words(form, "case"), words(form, "text")
    try:
        asked = rights.ask(visit.session, visit.person, rights.CORRECT, _own(visit, number), text)
    except BadValue as wrong:
        return _overview(visit, sentence(wrong), 422, text=text)
    _received(visit, asked)
    return go("/rights?saved=1#requests")


@router.post("/stop")
def stop(visit: Applicant, form: Posted) -> Response:
    """Processing ends at once, for one case or all."""
    number = words(form, "case")
    for case in _cases(visit, number):
        stops.stop(visit.session, case.id, visit.person.id)
        visit.record(audit.CHANGE, f"case/{case.number}", what="stopped")
    _served(visit, rights.STOP, number, "已立即停止；可以隨時恢復。")
    return go("/rights#stop")


@router.post("/go")
def go_on(visit: Applicant, form: Posted) -> Response:
    """Take back a stop: what waited is taken up."""
    for case in _cases(visit, words(form, "case")):
        stops.lift(visit.session, case.id)
        visit.record(audit.CHANGE, f"case/{case.number}", what="resumed")
    return go("/rights#stop")


@router.get("/delete")
def deleting() -> Response:
    """Whoever loads the question again, or in the other language, begins anew."""
    return go("/rights#delete")


@router.post("/delete")
def delete(request: Request, form: Posted) -> Response:
    """First what would happen, then, confirmed, drafts go at once and the rest is asked of the office."""
    number, s = words(form, "case"), service.of(request)
    with visiting(request) as visit:
        applicant_of(visit)
        cases = _cases(visit, number)
        drafts, sent = [c for c in cases if c.state == DRAFT], [c for c in cases if c.state != DRAFT]
        if words(form, "sure") != "yes":
            counts = {c.number: len(repository.papers(visit.session, c.id)) for c in cases}
            return render.page(visit, "rights_delete.html", case=number, drafts=drafts, sent=sent, counts=counts, all=ALL,
                               account=not number and not sent, days=rights.days(rights.DELETE))
        for case in drafts:
            erase.case(visit.session, s.uploads, case.number, visit.person, erase.OWN, "申請人在「我的資料」刪除未送件的草稿")
            rights.served(visit.session, visit.person, rights.DELETE, case.number, "草稿已刪除")
        for case in sent:
            if not any(r.kind == rights.DELETE and r.case_number == case.number and r.state == rights.OPEN
                       for r in rights.of_person(visit.session, visit.person)):
                _received(visit, rights.ask(visit.session, visit.person, rights.DELETE, case.number, words(form, "text")))
        leaving = not number and not sent
        if leaving:
            rights.served(visit.session, visit.person, rights.DELETE, "", "帳號已刪除")
            visit.record(audit.DELETE, f"account/{visit.person.login}")
            erase.account(visit.session, s.settings, visit.person.login)
    erase.finish(s.database, s.uploads, s.settings)
    answer = go("/login" if leaving else "/rights#requests")
    if leaving:
        answer.delete_cookie(security.SESSION_COOKIE, path="/")
    return answer


def _own(visit: Visit, number: str) -> str:
    """The number of one of the person's cases, "" for all. Raises NotFound for anybody else's."""
    return repository.case(visit.session, number, visit.person).number if number else ""


def _cases(visit: Visit, number: str) -> list[CaseView]:
    if number:
        return [repository.case(visit.session, number, visit.person)]
    return repository.cases_of(visit.session, visit.person)


def _received(visit: Visit, asked: Asked) -> None:
    visit.record(audit.ADD, f"request/{asked.id}", right=asked.kind, case=asked.case_number)
    tell(visit, asked, "right-received", due=values.day(asked.due_on))


def _served(visit: Visit, kind: str, number: str, said: str) -> None:
    made = rights.served(visit.session, visit.person, kind, number, said)
    visit.record(audit.ADD, f"request/{made.id}", right=kind, case=number)
    tell(visit, made, "right-answered", state=rights.STATES[made.state], answer=said)


def tell(visit: Visit, asked: Asked, letter: str, **places: Any) -> None:
    """Write to whoever asked; an account that is gone is not written to, and on paper only who left a mail address."""
    try:
        email = asked.contact if asked.on_paper else accounts.email_of(visit.session, asked.login)
    except NotFound:
        return
    if not mail.is_address(email):
        return
    letters.send(visit.session, email, letter, right=rights.RIGHTS[asked.kind], case=asked.case_number or ALL, **places)
