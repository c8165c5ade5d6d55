"""Uploads in pieces: announced, sent piece by piece, taken up again after a lost line; the last piece makes it a paper of the case."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from domain.errors import ReadRefused
from intake.people.person import Person
from intake.store import repository
from intake.store.partial import Partial, Partials
from intake.web import papers, service
from intake.web.case_page import must_be_open
from intake.web.door import Posted, applicant_of, visiting, whole, words
from intake.web.papers import Taken

router = APIRouter(include_in_schema=False)


@router.post("/cases/{number}/uploads")
def begin(request: Request, number: str, form: Posted) -> Response:
    """Announce a file: ``name``, ``type``, ``size`` in bytes. Answers with its ``id`` and the ``offset`` to send from."""
    person = _person(request, number)
    name, kind = words(form, "name") or "paper", words(form, "type")
    try:
        return _told(Partials(service.of(request).uploads).begin(number, person.id, name, kind, whole(form, "size")))
    except ReadRefused as refused:
        return _finish(request, number, Taken(name, kind, None, refused.code, refused.zh))


@router.get("/cases/{number}/uploads/{upload}")
def offset(request: Request, number: str, upload: str) -> Response:
    """How much of it is here. Raises NotFound where it was tidied away or has become a paper."""
    return _told(Partials(service.of(request).uploads).find(upload, number, _person(request, number).id))


@router.patch("/cases/{number}/uploads/{upload}")
async def piece(request: Request, number: str, upload: str) -> Response:
    """The bytes from the header ``Upload-Offset`` on; after the last piece the answer is that of an upload."""
    at = request.headers.get("upload-offset", "")
    return await run_in_threadpool(_piece, request, number, upload, int(at) if at.isdecimal() else -1, await request.body())


def _piece(request: Request, number: str, upload: str, at: int, body: bytes) -> Response:
    partials = Partials(service.of(request).uploads)
    partial = partials.find(upload, number, _person(request, number).id)
    try:
        partial = partials.append(partial, at, body)
    except ReadRefused as refused:
        return _finish(request, number, Taken(partial.name, partial.media_type, None, refused.code, refused.zh))
    if not partial.whole:
        return _told(partial)
    with partials.taken(partial) as stored:
        return _finish(request, number, Taken(partial.name, partial.media_type, stored))


def _person(request: Request, number: str) -> Person:
    """The applicant whose open case this is. Raises NotSignedIn, NotAllowed, NotFound."""
    with visiting(request) as visit:
        must_be_open(repository.case(visit.session, number, applicant_of(visit)))
        return visit.person


def _finish(request: Request, number: str, taken: Taken) -> Response:
    with visiting(request) as visit:
        added = papers.add(visit.session, visit.person, repository.case(visit.session, number, visit.person), [taken])
        return JSONResponse(papers.answer(visit.text, added, [taken]))


def _told(partial: Partial) -> Response:
    shown: dict[str, Any] = asdict(partial)
    return JSONResponse({k: shown[k] for k in ("id", "offset", "size")})
