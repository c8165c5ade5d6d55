"""Keys and addresses for notices as JSON: what a program needs to look after itself. A key is never made with a key, only after a log-in,
so that a key that got into wrong hands cannot outlive its own revoking."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from domain.errors import NotAllowed, NotFound
from intake.people import audit, keys
from intake.people.person import need
from intake.store import hooks
from intake.web import api_shapes as shapes
from intake.web.api_door import Caller
from intake.web.door import Visit
from intake.work import hooks as sending
from intake.work import reach

router = APIRouter(responses=shapes.PROBLEMS, tags=["programs"])


def _owner(visit: Visit) -> None:
    need(visit.person, *keys.OWNERS)


@router.get("/keys")
def key_list(visit: Caller) -> list[dict[str, Any]]:
    """The caller's keys, newest first; ``mark`` is how each begins."""
    _owner(visit)
    return [asdict(k) for k in keys.keys_of(visit.session, visit.person)]


@router.post("/keys", status_code=201)
def make_key(visit: Caller, body: shapes.NewKey) -> dict[str, Any]:
    """A new key; ``key`` is told here and nowhere again. Wants a log-in's token: a key cannot make another."""
    _owner(visit)
    if visit.key:
        raise NotAllowed("a key made with a key")
    kept, key = keys.make(visit.session, visit.person, body.name, body.scope, body.days)
    visit.record(audit.ADD, f"key/{kept.id}", scope=kept.scope, until=kept.expires_at.date().isoformat(), through="api")
    return asdict(kept) | {"key": key}


@router.delete("/keys/{key_id}", status_code=204)
def revoke_key(visit: Caller, key_id: int) -> Response:
    """The key is good no more; a key may revoke itself."""
    _owner(visit)
    kept = keys.revoke(visit.session, visit.person, key_id)
    visit.record(audit.DELETE, f"key/{kept.id}", through="api")
    return Response(status_code=204)


def _hook(hook: hooks.HookView, secret: str = "") -> dict[str, Any]:
    shown = {k: v for k, v in asdict(hook).items() if k not in ("account_id", "salt")}
    return shown | ({"secret": secret} if secret else {})


def _secret(visit: Visit, hook: hooks.HookView) -> str:
    return sending.secret(visit.service.key, hook.salt)


@router.get("/hooks")
def hook_list(visit: Caller) -> list[dict[str, Any]]:
    """The caller's addresses, oldest first."""
    _owner(visit)
    return [_hook(h) for h in hooks.hooks_of(visit.session, visit.person)]


@router.post("/hooks", status_code=201)
def add_hook(visit: Caller, body: shapes.NewHook) -> dict[str, Any]:
    """A new address; ``secret`` is told here and nowhere again."""
    _owner(visit)
    reach.check(body.url, private=visit.service.settings.hook_private)
    made = hooks.add(visit.session, visit.person, body.url, tuple(body.events))
    visit.record(audit.ADD, f"hook/{made.id}", events=list(made.events), through="api")
    return _hook(made, _secret(visit, made))


@router.get("/hooks/{hook_id}")
def one_hook(visit: Caller, hook_id: int) -> dict[str, Any]:
    """An address and how the newest fifty messages to it fared."""
    _owner(visit)
    found = hooks.hook(visit.session, hook_id, visit.person)
    told = [{k: v for k, v in asdict(d).items() if k not in ("hook_id", "body")} for d in hooks.deliveries(visit.session, hook_id)]
    return _hook(found) | {"deliveries": told}


@router.post("/hooks/{hook_id}")
def change_hook(visit: Caller, hook_id: int, body: shapes.HookChange) -> dict[str, Any]:
    """``act``: on, off, ping (a message to try it), or secret (another one, told in the answer)."""
    _owner(visit)
    found = hooks.hook(visit.session, hook_id, visit.person)
    if body.act == "ping":
        hooks.ping(visit.session, hook_id, visit.person)
    elif body.act == "secret":
        found = hooks.change(visit.session, hook_id, visit.person, new_secret=True)
    else:
        found = hooks.change(visit.session, hook_id, visit.person, state=hooks.ACTIVE if body.act == "on" else hooks.OFF)
    visit.record(audit.CHANGE, f"hook/{hook_id}", what=body.act, through="api")
    return _hook(found, _secret(visit, found) if body.act == "secret" else "")


@router.post("/hooks/{hook_id}/deliveries/{delivery_id}", status_code=202)
def send_again(visit: Caller, hook_id: int, delivery_id: int) -> dict[str, Any]:
    """Send a message once more, with the id it had."""
    _owner(visit)
    hooks.hook(visit.session, hook_id, visit.person)
    told = next((d for d in hooks.deliveries(visit.session, hook_id) if d.id == delivery_id), None)
    if told is None:
        raise NotFound("delivery", str(delivery_id))
    hooks.again(visit.session, delivery_id, visit.person)
    visit.record(audit.CHANGE, f"hook/{hook_id}", what="again", through="api")
    return {"message": told.message, "state": hooks.WAITING}


@router.delete("/hooks/{hook_id}", status_code=204)
def remove_hook(visit: Caller, hook_id: int) -> Response:
    """Take an address away; what waits for it is dropped."""
    _owner(visit)
    hooks.change(visit.session, hook_id, visit.person, state=hooks.GONE)
    visit.record(audit.DELETE, f"hook/{hook_id}", what="remove", through="api")
    return Response(status_code=204)
