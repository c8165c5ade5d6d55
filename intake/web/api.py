"""The same things as JSON under ``/api/v1``: readings, decisions and forms in the contracts' own formats.

Sign in with ``POST /api/v1/sessions`` and send the token as ``Authorization: Bearer …``. Errors are
``{"error": {"code", "message"}}``. Work is answered at once with 202; ``GET /cases/{number}`` says how far it is.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, File, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from domain.errors import BadValue, NotFound
from eligibility import programme as programmes
from intake import deadlines
from intake.people import accounts, audit
from intake.people.accounts import Policy
from intake.people.person import APPLICANT, need
from intake.store import repository, rulings
from intake.store.repository import QueueFilter
from intake.store.views import CaseView, PaperView
from intake.web import api_shapes as shapes
from intake.web import live, papers, service
from intake.web.account import CONSENT_VERSION
from intake.web.api_door import Bearer, Caller, own_case, seen_case
from intake.web.door import Visit, looking, visiting
from intake.work import client

VERSION = "1"
DESCRIPTION = ("掃描進來，事實與出處出來；逐條問法規；官方表單填好出去。"
               "Papers in, facts with their place on the page out, the law asked, the forms filled in.")
TAGS = [{"name": n, "description": d} for n, d in (
    ("sessions", "登入 Signing in"), ("cases", "案件 Cases"), ("papers", "文件與讀取結果 Papers and readings (READING)"),
    ("facts", "事實與更正 Facts and entries"), ("results", "判斷與表單 Decisions (DECIDING) and forms (FILLING)"),
    ("programs", "金鑰與通知網址 Keys and addresses for notices"),
    ("knowledge", "計畫與表單 Programmes and forms"), ("audit", "稽核 Audit"))]

router = APIRouter(responses=shapes.PROBLEMS)


@router.post("/sessions", status_code=201, tags=["sessions"])
def sign_in(visit: Caller, body: shapes.SignIn) -> shapes.Token:
    """Sign in; the token is good for some hours."""
    token, person = accounts.sign_in(visit.session, body.login, body.password, visit.address, Policy.of(visit.service.settings))
    audit.record(visit.session, person, audit.SIGN_IN, f"account/{person.login}", {"through": "api"})
    return shapes.Token(token=token, login=person.login, role=person.role)


@router.delete("/sessions", status_code=204, tags=["sessions"])
def sign_out(visit: Caller) -> Response:
    visit.record(audit.SIGN_OUT, f"account/{visit.person.login}")
    accounts.sign_out(visit.session, visit.token)
    return Response(status_code=204)


def _full(visit: Visit, case: CaseView) -> dict[str, Any]:
    out = {k: v for k, v in asdict(case).items() if k not in ("id", "applicant_id", "clerk_id")}
    return out | {"progress": asdict(repository.progress(visit.session, case.id))}


def _paper(p: PaperView) -> dict[str, Any]:
    return asdict(p)


@router.get("/cases", tags=["cases"])
def cases(visit: Caller, text: str = "", state: str = "", offset: int = 0) -> list[dict[str, Any]]:
    """An applicant's own cases; for staff the queue, 50 at a time."""
    if visit.person.role == APPLICANT:
        return [_full(visit, c) for c in repository.cases_of(visit.session, visit.person)]
    visit.record(audit.LOOK, "queue", through="api")
    return [asdict(r) for r in repository.queue(visit.session, QueueFilter((state,) if state else (), text=text, offset=max(0, offset)))]


@router.post("/cases", status_code=201, tags=["cases"])
def create(visit: Caller, body: shapes.NewCase) -> dict[str, Any]:
    """Open a case. Give ``consent`` the version of the consent text (``GET /consent``) to agree to it at once."""
    need(visit.person, APPLICANT)
    wanted = programmes.find(body.programme)
    if body.consent not in ("", CONSENT_VERSION):
        raise BadValue("app.consent_recorded", body.consent, CONSENT_VERSION)
    case = repository.create_case(visit.session, wanted.id, visit.person)
    visit.record(audit.ADD, f"case/{case.number}", programme=wanted.id)
    if body.consent:
        repository.agree(visit.session, case.id, visit.person, body.consent)
        visit.record(audit.CONSENT, f"case/{case.number}", text=body.consent)
    return _full(visit, repository.case(visit.session, case.number))


@router.get("/cases/{number}", tags=["cases"])
def case(visit: Caller, number: str) -> dict[str, Any]:
    """A case and how far the work on it is."""
    return _full(visit, seen_case(visit, number))


@router.post("/cases/{number}/submit", tags=["cases"])
def submit(visit: Caller, number: str, body: shapes.Versioned) -> dict[str, Any]:
    """Send the case in."""
    need(visit.person, APPLICANT)
    found = own_case(visit, number)
    found = repository.submit(visit.session, found.id, body.version)
    rulings.answered(visit.session, found.id)
    deadlines.keep(visit.session, found.id)
    visit.record(audit.CHANGE, f"case/{number}", state=found.state)
    client.enqueue_settle(visit.session, found.id)
    return _full(visit, found)


@router.get("/cases/{number}/events", tags=["cases"], response_class=Response)
def happening(request: Request, number: str, bearer: Bearer, after: int = 0) -> Response:
    """What happens in the case, as server-sent events."""
    with looking(request, bearer.credentials if bearer else "") as visit:
        found = seen_case(visit, number)
    return live.stream(request, found.id, live.start(request, after))


@router.post("/cases/{number}/papers", status_code=202, tags=["papers"])
def upload(request: Request, number: str, file: Annotated[list[UploadFile], File(description="one or several files")],
           bearer: Bearer) -> JSONResponse:
    """Add papers. A bad file is refused with its code of READING and the rest go on; reading starts by itself."""
    token = bearer.credentials if bearer else ""
    with visiting(request, token) as visit:
        repository.require_consent(visit.session, own_case(visit, number).id)
    taken = papers.take(service.of(request).uploads, file)
    with visiting(request, token) as visit:
        added = papers.add(visit.session, visit.person, own_case(visit, number), taken)
        refused = [{"name": t.name, "code": t.code, "message": t.sentence} for t in taken if t.stored is None]
        kept = [{"id": p.id, "name": p.name, "sha256": p.sha256, "state": p.state} for p in added]
        return JSONResponse({"papers": kept, "refused": refused}, 202 if added else 422)


@router.get("/cases/{number}/papers", tags=["papers"])
def paper_list(visit: Caller, number: str) -> list[dict[str, Any]]:
    return [_paper(p) for p in repository.papers(visit.session, seen_case(visit, number).id)]


@router.delete("/papers/{paper_id}", status_code=204, tags=["papers"])
def remove(visit: Caller, paper_id: int, version: int) -> Response:
    """Take a paper out of its case; ``version`` is the case's as you saw it."""
    paper = repository.paper(visit.session, paper_id, visit.person)
    found = repository.case(visit.session, paper.case_id, visit.person)
    own_case(visit, found.number)
    repository.remove_paper(visit.session, paper_id, version)
    visit.record(audit.DELETE, f"paper/{paper_id}", case=found.number)
    client.enqueue_settle(visit.session, found.id)
    return Response(status_code=204)


@router.get("/papers/{paper_id}/reading", tags=["papers"])
def reading(visit: Caller, paper_id: int) -> dict[str, Any]:
    """What was read from a paper, in the format of READING. 404 before the first read."""
    paper = repository.paper(visit.session, paper_id, visit.person)
    visit.record(audit.LOOK, f"paper/{paper_id}", through="api")
    found = repository.reading(visit.session, paper.id)
    if found is None:
        raise NotFound("reading", str(paper_id))
    return found.as_json()


@router.get("/papers/{paper_id}/pages/{page}.webp", tags=["papers"], response_class=Response)
def picture(request: Request, paper_id: int, page: int, bearer: Bearer) -> Response:
    """The picture of a page as displayed; the boxes of READING are fractions of it."""
    return papers.picture_for(request, bearer.credentials if bearer else "", paper_id, page)


@router.get("/papers/{paper_id}/file", tags=["papers"], response_class=Response)
def original(visit: Caller, paper_id: int) -> Response:
    return papers.original(visit, paper_id)


@router.get("/cases/{number}/readings", tags=["papers"])
def readings(visit: Caller, number: str) -> list[dict[str, Any]]:
    """The newest reading of each paper that could be read."""
    return [r.as_json() for r in repository.readings(visit.session, seen_case(visit, number).id)]
