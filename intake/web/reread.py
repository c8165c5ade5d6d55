"""Mending by eye: a clerk draws a box on the page, the ink in it is read again, and the answer is put into the field as a proposal.

The page gets the proposal with a seal over it and sends both back with the value: what is kept as the value's origin is what was read
here, not what a browser says was read.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from domain.document import Box
from domain.errors import NotAllowed, ReadRefused
from domain.field import Read
from intake.people import audit
from intake.store import looks, repository, stops
from intake.store.repository import read_from_json
from intake.web import case_page, door, render, values
from intake.web.door import Clerk, Posted, visiting, whole, words
from intake.web.facts import Spot
from intake.web.service import Service

router = APIRouter(include_in_schema=False, prefix="/desk")

TURNS = (0, 90, 180, 270)
REDRAWN = "框出文件上的位置，重讀後確認"


@router.post("/cases/{number}/box/soon")
def soon(visit: Clerk, number: str) -> Response:
    """A box is being drawn: what reads it gets ready meanwhile."""
    case_page.in_hand(visit, number)
    visit.service.warm_soon()
    return Response(status_code=204)


@router.post("/cases/{number}/box")
def read_box(request: Request, number: str, form: Posted) -> Response:
    """Read a box again. The reading takes a moment, so the database is free meanwhile: one visit before, one after."""
    field, page, turn, box = words(form, "field"), whole(form, "page"), whole(form, "turn"), _box(words(form, "box"))
    with visiting(request) as visit:
        door.clerk_of(visit)
        found = case_page.in_hand(visit, number)
        paper = repository.paper(visit.session, whole(form, "paper"))
        if paper.case_id != found.id or not values.can_be_typed(field) or turn not in TURNS:
            raise NotAllowed("a box of another case, or for a field that cannot be typed")
        stops.require_going(visit.session, found.id)
        picture = repository.picture(visit.session, paper.id, page)
        visit.record(audit.READ, f"paper/{paper.id}", what="box", page=page, field=field)
        service = visit.service
    try:
        seen = service.cage.read_box(service.uploads.path(paper.sha256), page, box, field, turn)
    finally:
        service.rest_later()
    kind = next((k for k in paper.kinds if k != "unknown"), "")
    read = Read(paper.sha256, page, box, seen.text, seen.status, kind, seen.witnesses, seen.doubts)
    said = json.dumps(read.as_json() | {"value": seen.value}, ensure_ascii=False, sort_keys=True)
    spot = Spot(paper.id, paper.name, "", page, box, seen.text, picture.width, picture.height, picture.turned)
    with visiting(request) as visit:
        door.clerk_of(visit)
        return render.page(visit, "proposal.html", spot=spot, seen=seen, said=said, seal=_seal(service, number, field, said),
                           box=_typed(field, values.box(field, seen.value)), sure=round(seen.confidence * 100))


def _typed(field: str, text: str) -> str:
    return {"yes": values.YES, "no": values.NO}.get(text, text) if looks.kind_of(field) == "bool" else text


def _box(text: str) -> Box:
    """left,top,right,bottom in fractions of the displayed page. Raises ReadRefused."""
    try:
        left, top, right, bottom = (min(1.0, max(0.0, float(v))) for v in text.split(","))
    except ValueError as wrong:
        raise ReadRefused("corrupt", "no box") from wrong
    return Box(min(left, right), min(top, bottom), max(left, right), max(top, bottom))


def _seal(service: Service, number: str, field: str, said: str) -> str:
    return hmac.new(service.key, f"box\0{number}\0{field}\0{said}".encode(), hashlib.sha256).hexdigest()


def drawn(service: Service, number: str, field: str, form: FormData) -> Read | None:
    """The reading of a box that a form brings along with its value; None where it brings none. Raises NotAllowed for one that
    was not read here."""
    said, seal = words(form, "said"), words(form, "seal")
    if not said:
        return None
    if not hmac.compare_digest(seal, _seal(service, number, field, said)):
        raise NotAllowed("a reading that was not made here")
    data: dict[str, Any] = json.loads(said)
    return read_from_json(data)
