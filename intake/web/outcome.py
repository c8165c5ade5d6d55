"""The applicant's desk, last part: the answer, the forms, the check list of what to hand in, sending the case in."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from domain.errors import NotFound
from eligibility.overview import STATES
from intake import clock, deadlines
from intake.people import audit
from intake.store import repository, rulings
from intake.store.views import DRAFT, FormView
from intake.web import clerk_forms, findings, fitting, form_pictures, papers, service, ways
from intake.web.case_page import Opened, must_be_open, opened, show
from intake.web.door import Applicant, Posted, SignedIn, Visit, go, peeking, whole
from intake.web.facts import spots_of
from intake.work import client

router = APIRouter(include_in_schema=False)

FORMATS = {
    "pdf": ("application/pdf", "PDF"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word"),
    "odt": ("application/vnd.oasis.opendocument.text", "ODF"),
}
BUNDLES = {"pdf": "application/pdf", "zip": "application/zip"}


@router.get("/cases/{number}/result")
def result(visit: Applicant, number: str) -> Response:
    at = opened(visit, number)
    found = repository.latest_decision(visit.session, at.case.id)
    seen, forward = None, ways.NONE
    if found is not None:
        spots = spots_of(visit.session, at.case.id, at.facts, findings.fields_used(found.decision))
        forward = ways.of_decision(found, clock.today())
        seen = findings.outcome(found, spots, visit.text, forward)
    return show(visit, "result.html", at, outcome=seen, decision=found, doubts=at.doubts, ends=forward.ends,
                dues=deadlines.dues(visit.session, at.case, at.facts),
                others=fitting.others(visit.session, at.case, at.facts), states=STATES, marks=fitting.MARKS, over=_over(at),
                progress=repository.progress(visit.session, at.case.id))


@router.get("/cases/{number}/forms")
def forms(visit: Applicant, number: str) -> Response:
    return _forms(visit, opened(visit, number))


def _forms(visit: Visit, at: Opened) -> Response:
    last = clerk_forms.filled(visit.session, at.case.id, at.facts)
    filled = last.forms
    return show(visit, "forms.html", at, forms=[(f, blanks(f)) for f in filled], stale=last.stale, bundle=last.bundle,
                progress=repository.progress(visit.session, at.case.id), formats=FORMATS, over=_over(at),
                bring=at.programme.papers_for(at.facts.known()),
                alone=[f for f in filled if not any(f.form in p.why or f.title in p.name for p in at.programme.papers)])


def _over(at: Opened) -> str:
    """For a draft of a programme whose time is over: since when, so that it is known before sending and not only after it."""
    return fitting.over(clock.today()).get(at.programme.id, "") if at.case.state == DRAFT else ""


def blanks(form: FormView) -> list[str]:
    """What a filled form says is still to be looked at: its problems, in its own words."""
    return [p["message"] for p in form.trace.get("problems", [])]


@router.post("/cases/{number}/forms")
def fill(visit: Applicant, number: str) -> Response:
    at = opened(visit, number, look=False)
    client.enqueue_fill(visit.session, at.case.id)
    visit.record(audit.FILL, f"case/{number}", asked=True)
    return go(f"/cases/{number}/forms")


@router.post("/cases/{number}/submit")
def submit(visit: Applicant, number: str, form: Posted) -> Response:
    at = opened(visit, number, look=False)
    must_be_open(at.case)
    repository.submit(visit.session, at.case.id, whole(form, "version"))
    rulings.answered(visit.session, at.case.id)
    deadlines.keep(visit.session, at.case.id)
    visit.record(audit.CHANGE, f"case/{number}", state="submitted")
    client.enqueue_settle(visit.session, at.case.id)
    client.enqueue_fill(visit.session, at.case.id)
    return go(f"/cases/{number}/result")


@router.get("/cases/{number}/forms/{form_id}.{kind}")
def form_file(visit: SignedIn, number: str, form_id: str, kind: str) -> Response:
    """A filled form to save. Raises NotFound where it was not made."""
    form = _form(visit, number, form_id)
    sha256 = {"pdf": form.pdf_sha256, "docx": form.docx_sha256, "odt": form.odt_sha256}.get(kind)
    if sha256 is None:
        raise NotFound("form", f"{form_id}.{kind}")
    visit.record(audit.PRINT, f"form/{form.id}", case=number, form=form_id, format=kind)
    return papers.stored(visit.request, sha256, FORMATS[kind][0], f"{number}-{form.form}-{form.title}.{kind}")


@router.get("/cases/{number}/forms/{form_id}/pages/{page}.webp")
def form_picture(request: Request, number: str, form_id: str, page: int) -> Response:
    with peeking(request) as visit:
        form = _form(visit, number, form_id)
    if form.pdf_sha256 is None:
        raise NotFound("form", form_id)
    # drawing takes a moment, and no transaction stays open over it
    return form_pictures.answer(service.of(request), form.pdf_sha256, page)


@router.get("/cases/{number}/bundle.{kind}")
def bundle(visit: SignedIn, number: str, kind: str) -> Response:
    """Everything in one file. Raises NotFound before the first filling."""
    case = repository.case(visit.session, number, visit.person)
    found = repository.bundle(visit.session, case.id)
    sha256 = None if found is None else {"pdf": found.pdf_sha256, "zip": found.zip_sha256}.get(kind)
    if sha256 is None:
        raise NotFound("bundle", f"{number}.{kind}")
    visit.record(audit.PRINT, f"case/{number}", format=kind)
    return papers.stored(visit.request, sha256, BUNDLES[kind], f"{number}.{kind}")


def _form(visit: Visit, number: str, form_id: str) -> FormView:
    case = repository.case(visit.session, number, visit.person)
    for form in repository.forms(visit.session, case.id):
        if form.form == form_id:
            return form
    raise NotFound("form", form_id)
