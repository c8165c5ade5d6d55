"""The addresses at which a program wants to be told, and how the messages to them fare."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from domain.errors import BadValue, NotFound, UsageError
from intake.people import audit
from intake.store import hooks
from intake.web import render
from intake.web.door import Posted, Visit, go, whole, words
from intake.web.errors import sentence
from intake.web.keys import Owner
from intake.work import hooks as sending
from intake.work import reach

router = APIRouter(include_in_schema=False, prefix="/hooks")

STATES = {hooks.ACTIVE: ("good", "✓", "使用中"), hooks.OFF: ("ask", "–", "已停用")}
DELIVERY_STATES = {hooks.WAITING: ("ask", "…", "等著送"), hooks.SENT: ("good", "✓", "送到了"), hooks.FAILED: ("bad", "✗", "沒有送到")}
KINDS = {**hooks.EVENTS, hooks.PING: "試送"}


@router.get("")
def mine(visit: Owner) -> Response:
    return _list(visit)


def _list(visit: Visit, problem: str = "", url: str = "") -> Response:
    return render.page(visit, "hooks.html", 422 if problem else 200, hooks=hooks.hooks_of(visit.session, visit.person), events=hooks.EVENTS,
                       states=STATES, problem=problem, url=url, private=visit.service.settings.hook_private)


@router.post("")
def add(visit: Owner, form: Posted) -> Response:
    """A new address; the answer shows its secret, which is shown once."""
    url = words(form, "url")
    events = tuple(e for e in hooks.EVENTS if e in form.getlist("events"))
    try:
        reach.check(url, private=visit.service.settings.hook_private)
        made = hooks.add(visit.session, visit.person, url, events)
    except BadValue as wrong:
        return _list(visit, "請選至少一種要通知的事。" if wrong.field == "events" else sentence(wrong), url)
    except UsageError as wrong:
        return _list(visit, sentence(wrong), url)
    visit.record(audit.ADD, f"hook/{made.id}", events=list(made.events))
    return _one(visit, made, sending.secret(visit.service.key, made.salt))


@router.get("/{hook_id}")
def one(visit: Owner, hook_id: int) -> Response:
    return _one(visit, hooks.hook(visit.session, hook_id, visit.person))


def _one(visit: Visit, hook: hooks.HookView, secret: str = "") -> Response:
    return render.page(visit, "hook.html", hook=hook, secret=secret, deliveries=hooks.deliveries(visit.session, hook.id), states=STATES,
                       delivery_states=DELIVERY_STATES, kinds=KINDS, most=sending.MOST_TRIES)


@router.post("/{hook_id}")
def change(visit: Owner, hook_id: int, form: Posted) -> Response:
    """``act``: ping, on, off, secret, remove, or again with ``delivery``."""
    act, hook = words(form, "act"), hooks.hook(visit.session, hook_id, visit.person)
    if act == "ping":
        hooks.ping(visit.session, hook_id, visit.person)
    elif act == "again":
        if whole(form, "delivery") not in {d.id for d in hooks.deliveries(visit.session, hook_id)}:
            raise NotFound("delivery", words(form, "delivery"))
        hooks.again(visit.session, whole(form, "delivery"), visit.person)
    elif act == "secret":
        hook = hooks.change(visit.session, hook_id, visit.person, new_secret=True)
    elif act in ("on", "off", "remove"):
        state = {"on": hooks.ACTIVE, "off": hooks.OFF, "remove": hooks.GONE}[act]
        hook = hooks.change(visit.session, hook_id, visit.person, state=state)
    visit.record(audit.DELETE if act == "remove" else audit.CHANGE, f"hook/{hook_id}", what=act)
    if act == "secret":
        return _one(visit, hook, sending.secret(visit.service.key, hook.salt))
    return go("/hooks" if act == "remove" else f"/hooks/{hook_id}")
