"""The keys with which programs act for the person who is here: made, shown once, revoked."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from domain.errors import BadValue
from intake.people import audit, keys
from intake.web import render
from intake.web.door import Posted, Visit, desk, go, whole, words
from intake.web.errors import sentence

router = APIRouter(include_in_schema=False, prefix="/keys")

Owner = Annotated[Visit, Depends(desk(*keys.OWNERS))]


@router.get("")
def mine(visit: Owner) -> Response:
    return _page(visit)


def _page(visit: Visit, made: str = "", problem: str = "", called: str = "") -> Response:
    return render.page(visit, "keys.html", 422 if problem else 200, keys=keys.keys_of(visit.session, visit.person), scopes=keys.SCOPES,
                       days=keys.DAYS, made=made, problem=problem, called=called)


@router.post("")
def make(visit: Owner, form: Posted) -> Response:
    """A new key. This answer is the only place where it stands."""
    name = words(form, "name")
    try:
        kept, key = keys.make(visit.session, visit.person, name, words(form, "scope"), whole(form, "days"))
    except BadValue as wrong:
        return _page(visit, problem=sentence(wrong) if name else "請給金鑰一個名稱（80 個字以內）。", called=name)
    visit.record(audit.ADD, f"key/{kept.id}", scope=kept.scope, until=kept.expires_at.date().isoformat())
    return _page(visit, made=key)


@router.post("/{key_id}/revoke")
def revoke(visit: Owner, key_id: int) -> Response:
    kept = keys.revoke(visit.session, visit.person, key_id)
    visit.record(audit.DELETE, f"key/{kept.id}")
    return go("/keys")
