"""Uploads in pieces: announced, sent piece by piece, taken up again after a lost line; the last piece makes it a paper of the case."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict
from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from domain.errors import NotFound, ReadRefused
from intake.people.person import Person
from intake.store import repository
from intake.store.partial import Partial, Partials
from intake.web import papers, service
from intake.web.case_page import must_be_open
from intake.web.door import Posted, applicant_of, go, visiting, whole, words
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
    """How much of it is here, and the ``sha256`` of that: a file chosen again goes on only where it begins so; of one that has become a
    paper the answer of an upload. Raises NotFound where it was tidied away."""
    partials = Partials(service.of(request).uploads)
    found = partials.find(upload, number, _person(request, number).id)
    return _arrived(request, number, found.done) if found.done else _told(found, sha256=partials.digest(found))


@router.post("/cases/{number}/uploads/{upload}/drop")
def drop(request: Request, number: str, upload: str, form: Posted) -> Response:
    """Let go of a file that came half; the page of the papers again, also where it is gone already."""
    partials, person = Partials(service.of(request).uploads), _person(request, number)
    with suppress(NotFound):
        partials.drop(partials.find(upload, number, person.id))
    return go(f"/cases/{number}/papers")


@router.patch("/cases/{number}/uploads/{upload}")
async def piece(request: Request, number: str, upload: str) -> Response:
    """The bytes from the header ``Upload-Offset`` on; after the last piece the answer is that of an upload."""
    at = request.headers.get("upload-offset", "")
    return await run_in_threadpool(_piece, request, number, upload, int(at) if at.isdecimal() else -1, await request.body())


def _piece(request: Request, number: str, upload: str, at: int, body: bytes) -> Response:
    partials, person = Partials(service.of(request).uploads), _person(request, number)
    partial = partials.find(upload, number, person.id)
    try:
        if not partial.done:
            return _added(request, number, partials, partial, at, body)
    except NotFound:
        # the same file came from another place, and that one was first
        partial = partials.find(upload, number, person.id)
    return _arrived(request, number, partial.done)


def _added(request: Request, number: str, partials: Partials, partial: Partial, at: int, body: bytes) -> Response:
    try:
        partial = partials.append(partial, at, body)
    except ReadRefused as refused:
        return _finish(request, number, Taken(partial.name, partial.media_type, None, refused.code, refused.zh))
    if not partial.whole:
        return _told(partial)
    with partials.taken(partial) as stored:
        return _finish(request, number, Taken(partial.name, partial.media_type, stored))


def _arrived(request: Request, number: str, sha256: str) -> Response:
    """The answer of an upload once more. Raises NotFound where the paper has been erased since."""
    with visiting(request) as visit:
        there = repository.papers(visit.session, repository.case(visit.session, number, visit.person).id)
        found = [p for p in there if p.sha256 == sha256]
        if not found:
            raise NotFound("upload", sha256[:12])
        return JSONResponse(papers.answer(visit.text, found, []))


def _person(request: Request, number: str) -> Person:
    """The applicant whose open case this is. Raises NotSignedIn, NotAllowed, NotFound."""
    with visiting(request) as visit:
        must_be_open(repository.case(visit.session, number, applicant_of(visit)))
        return visit.person


def _finish(request: Request, number: str, taken: Taken) -> Response:
    with visiting(request) as visit:
        added = papers.add(visit.session, visit.person, repository.case(visit.session, number, visit.person), [taken])
        return JSONResponse(papers.answer(visit.text, added, [taken]))


def _told(partial: Partial, **more: str) -> Response:
    shown: dict[str, Any] = asdict(partial)
    return JSONResponse({k: shown[k] for k in ("id", "offset", "size")} | more)
