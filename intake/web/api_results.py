"""The API, second half: facts and entries, decisions, forms, what the service knows, the log."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from domain.errors import NotAllowed, NotFound
from eligibility import programme as programmes
from eligibility.what_if import until, what_if
from intake import clock, deadlines
from intake.people import audit
from intake.people.person import APPLICANT, AUDITOR, CLERK, MANAGER, need
from intake.store import of_case, repository
from intake.web import api_shapes as shapes
from intake.web import fitting, papers
from intake.web.account import CONSENT_VERSION
from intake.web.api_door import Caller, own_case, seen_case
from intake.web.outcome import BUNDLES, FORMATS
from intake.web.questions import may_say
from intake.work import client

router = APIRouter(responses=shapes.PROBLEMS)


@router.get("/cases/{number}/facts", tags=["facts"])
def facts(visit: Caller, number: str) -> dict[str, Any]:
    """What the case knows: the known facts, and ``conflicts``, ``review`` and ``origins`` beside them."""
    return repository.facts(visit.session, seen_case(visit, number).id).as_json()


@router.get("/cases/{number}/notices", tags=["facts"])
def notices(visit: Caller, number: str) -> list[dict[str, Any]]:
    """What is to be noticed about the papers side by side: another firm's, stale ones, those that came twice or in part."""
    found = seen_case(visit, number)
    return [n.as_json() for n in repository.notices(visit.session, found.id, found.received_on or clock.today())]


@router.get("/cases/{number}/entries", tags=["facts"])
def entries(visit: Caller, number: str) -> list[dict[str, Any]]:
    """Everything that people entered, oldest first."""
    return [{"field": e.field, "value": e.value} | e.as_json() for e in repository.entries(visit.session, seen_case(visit, number).id)]


@router.post("/cases/{number}/entries", status_code=201, tags=["facts"])
def enter(visit: Caller, number: str, body: shapes.NewEntries) -> shapes.Versioned:
    """Enter values. What was read stays as another origin. 409 when somebody saved the case since ``version``."""
    found, version = own_case(visit, number), body.version
    if visit.person.role == APPLICANT:
        known = repository.facts(visit.session, found.id)
        if barred := [f for f in body.values if not may_say(f, known)]:
            raise NotAllowed(f"an applicant's entry of {', '.join(barred)}")
    for name, value in body.values.items():
        version = repository.add_entry(visit.session, found.id, visit.person, name, value, version, body.why)
    visit.record(audit.CHANGE, f"case/{number}", fields=sorted(body.values))
    client.enqueue_settle(visit.session, found.id)
    return shapes.Versioned(version=version)


@router.get("/cases/{number}/decision", tags=["results"])
def decision(visit: Caller, number: str) -> dict[str, Any]:
    """The newest decision, in the format of DECIDING. 404 before the first."""
    found = repository.latest_decision(visit.session, seen_case(visit, number).id)
    if found is None:
        raise NotFound("decision", number)
    return found.decision


@router.get("/cases/{number}/deadlines", tags=["results"])
def dues(visit: Caller, number: str) -> list[dict[str, Any]]:
    """The deadlines of the case as of today, what wants attention first: from when, until when, how long still, what follows."""
    found = seen_case(visit, number)
    return [d.as_json() for d in deadlines.dues(visit.session, found, repository.facts(visit.session, found.id))]


@router.get("/cases/{number}/programmes", tags=["results"])
def standings(visit: Caller, number: str, as_of: date | None = None) -> list[dict[str, Any]]:
    """Every programme by what the case knows of its applicant, best chance first: the decision, what is met and missing, what would
    change it (``what_if``) and until when it holds (``until``). ``as_of``: the day of the application, else that of the case or today."""
    found = seen_case(visit, number)
    known = fitting.known(repository.facts(visit.session, found.id), {}, "").known()
    day, today = as_of or fitting.day_of(found), clock.today()
    return [{"rank": rank, **s.as_json(), "what_if": [c.as_json() for c in what_if(s.programme, known, day, today)],
             "until": [u.as_json() for u in until(s.programme, known, day, today)]}
            for rank, s in enumerate(fitting.standings(known, day), start=1)]


@router.post("/cases/{number}/forms", status_code=202, tags=["results"])
def fill(visit: Caller, number: str) -> dict[str, str]:
    """Ask for the forms to be filled and packed with what is known now."""
    need(visit.person, APPLICANT, CLERK, MANAGER)
    found = repository.case(visit.session, number, visit.person)
    visit.record(audit.FILL, f"case/{number}", asked=True)
    return {"job": client.enqueue_fill(visit.session, found.id)}


@router.get("/cases/{number}/forms", tags=["results"])
def forms(visit: Caller, number: str) -> list[dict[str, Any]]:
    """The filled forms, each with its trace of FILLING; ``places`` in it says where each slot prints: [page, left, top, right, bottom] in
    fractions of the page."""
    found = seen_case(visit, number)
    return [{"form": f.form, "edition": f.edition, "title": f.title, "at": f.at.isoformat(), "trace": f.trace}
            for f in repository.forms(visit.session, found.id)]


@router.get("/cases/{number}/forms/{form}.{kind}", tags=["results"], response_class=Response)
def form_file(visit: Caller, number: str, form: str, kind: str) -> Response:
    """A filled form: ``kind`` is pdf, docx or odt."""
    seen = repository.case(visit.session, number, visit.person)
    found = next((f for f in repository.forms(visit.session, seen.id) if f.form == form), None)
    sha256 = None if found is None else {"pdf": found.pdf_sha256, "docx": found.docx_sha256, "odt": found.odt_sha256}.get(kind)
    if found is None or sha256 is None:
        raise NotFound("form", f"{form}.{kind}")
    visit.record(audit.PRINT, f"form/{found.id}", case=number, form=form, format=kind)
    return papers.stored(visit.request, sha256, FORMATS[kind][0], f"{form}.{kind}")


@router.get("/cases/{number}/bundle.{kind}", tags=["results"], response_class=Response)
def bundle(visit: Caller, number: str, kind: str) -> Response:
    """Everything in one file: ``kind`` is pdf or zip."""
    found = repository.bundle(visit.session, repository.case(visit.session, number, visit.person).id)
    sha256 = None if found is None else {"pdf": found.pdf_sha256, "zip": found.zip_sha256}.get(kind)
    if sha256 is None:
        raise NotFound("bundle", f"{number}.{kind}")
    visit.record(audit.PRINT, f"case/{number}", format=kind)
    return papers.stored(visit.request, sha256, BUNDLES[kind], f"{number}.{kind}")


@router.get("/consent", tags=["knowledge"])
def consent() -> dict[str, str]:
    """The version of the consent text that is asked for now, and where to read it."""
    return {"version": CONSENT_VERSION, "text": "/privacy"}


@router.get("/programmes", tags=["knowledge"])
def programme_list(visit: Caller) -> list[dict[str, Any]]:
    """Every programme: what it asks for and which rules decide it."""
    return [{"id": p.id, "name": p.name, "summary": p.summary, "edition": p.edition, "papers": [asdict(x) for x in p.papers],
             "forms": list(p.forms_for({}, visit.service.forms))} for p in programmes.load().values()]


@router.get("/forms", tags=["knowledge"])
def form_list(visit: Caller) -> list[dict[str, Any]]:
    """Every form in its newest edition, with its slots."""
    return [{"form": f.id, "edition": f.edition, "title": f.title, "programme": f.programme, "slots": [asdict(s) for s in f.slots]}
            for f in visit.service.forms.values()]


@router.get("/audit", tags=["audit"])
def log(visit: Caller, record: str = "", offset: int = 0) -> list[dict[str, Any]]:
    """The log, newest first, 100 lines at a time."""
    need(visit.person, AUDITOR, MANAGER)
    visit.record(audit.LOOK, "audit", through="api")
    return [asdict(x) for x in audit.search(visit.session, of_case.asked(visit.session, record), 100, max(0, offset))]


@router.post("/audit/verify", tags=["audit"])
def verify(visit: Caller) -> dict[str, Any]:
    """Compute the chain of the log again. 409 with the first bad line when it does not hold."""
    need(visit.person, AUDITOR, MANAGER)
    found = audit.verify(visit.session)
    visit.record(audit.VERIFY, "audit", whole=True)
    return asdict(found)
