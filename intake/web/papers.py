"""Papers on the web: taking files in, the pictures of their pages, the files themselves.

A page's picture was made by the worker in the cage when the paper was read; the web process never opens a file that came from outside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from domain.errors import ReadRefused
from intake.people import audit
from intake.people.person import Person
from intake.store import repository
from intake.store.papers import PaperStore, Stored, chunks
from intake.store.views import RECEIVED, CaseView, PaperView
from intake.web import service
from intake.web.door import SignedIn, looking, peeking
from intake.web.text import Text
from intake.work import client

router = APIRouter(include_in_schema=False)

KEEP = "private, max-age=86400, immutable"


@dataclass(frozen=True)
class Taken:
    """One file of an upload: stored, or refused with its code and the sentence for people."""

    name: str
    media_type: str
    stored: Stored | None
    code: str = ""
    sentence: str = ""


def take(store: PaperStore, files: Sequence[object]) -> list[Taken]:
    """Put each file of a form into the store, one by one: a bad one is refused and the rest go on."""
    out = []
    for file in files:
        if not isinstance(file, UploadFile) or not file.filename:
            continue
        try:
            out.append(Taken(file.filename, file.content_type or "", store.put(chunks(file.file))))
        except ReadRefused as refused:
            out.append(Taken(file.filename, file.content_type or "", None, refused.code, refused.zh))
    return out


def add(session: Session, person: Person, case: CaseView, taken: Sequence[Taken]) -> list[PaperView]:
    """Put what was taken in into the case and ask for it to be read. Raises NotAllowed before the consent."""
    repository.require_consent(session, case.id)
    out = []
    for file in taken:
        if file.stored is None:
            audit.record(session, person, audit.REFUSE, f"case/{case.number}", {"file": file.name[:80], "code": file.code})
            continue
        paper = repository.add_paper(session, case.id, file.stored, file.name, file.media_type, person)
        audit.record(session, person, audit.ADD, f"paper/{paper.id}", {"case": case.number, "sha256": paper.sha256})
        if paper.state == RECEIVED:
            client.enqueue_read(session, paper.id)
        out.append(paper)
    return out


def answer(text: Text, added: Sequence[PaperView], taken: Sequence[Taken]) -> dict[str, Any]:
    """What a script is told of an upload: the papers that were added, and each file that was refused with its reason."""
    return {"papers": [{"id": p.id, "name": p.name, "state": p.state} for p in added],
            "refused": [{"name": t.name, "code": t.code, "message": text(t.sentence)} for t in taken if t.stored is None]}


def read_again(session: Session, person: Person, paper: PaperView) -> None:
    """Ask for a paper to be read once more; what was read before stays for the record."""
    client.enqueue_read(session, paper.id)
    audit.record(session, person, audit.READ, f"paper/{paper.id}", {"asked": True})


@router.get("/papers/{paper_id}/pages/{number}.webp")
def picture(request: Request, paper_id: int, number: int) -> Response:
    """The picture of a page as displayed."""
    return picture_for(request, None, paper_id, number)


def picture_for(request: Request, token: str | None, paper_id: int, number: int) -> Response:
    """The picture for whoever has signed in with ``token`` (None: with the cookie). Raises NotSignedIn, NotFound."""
    with peeking(request, token) as visit:
        paper = repository.paper(visit.session, paper_id, visit.person)
        found = repository.picture(visit.session, paper.id, number)
        known = visit.looked(paper.id)
    if not known:
        with looking(request, token) as visit:
            visit.look(paper.id)
    return stored(request, found.sha256, "image/webp")


@router.get("/papers/{paper_id}/file")
def original(visit: SignedIn, paper_id: int) -> Response:
    """The file as it came, to be saved and never to be shown by the browser."""
    paper = repository.paper(visit.session, paper_id, visit.person)
    visit.record(audit.EXPORT, f"paper/{paper.id}", what="file")
    return stored(visit.request, paper.sha256, "application/octet-stream", paper.name)


def stored(request: Request, sha256: str, media_type: str, name: str = "") -> Response:
    """A file of the store. ``name``: to be saved under that name. Raises NotFound."""
    headers = {"Cache-Control": KEEP, "ETag": f'"{sha256}"'}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    if name:
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
        headers["Cache-Control"] = "no-store"
    return FileResponse(service.of(request).uploads.path(sha256), media_type=media_type, headers=headers)
