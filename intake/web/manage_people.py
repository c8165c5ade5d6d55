"""The manager's page of accounts and roles."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from domain.errors import BadValue, TooManyTries, UsageError
from intake.people import audit, staff
from intake.people.accounts import Policy
from intake.settings import Settings
from intake.web import render
from intake.web.door import Manager, Posted, Visit, go, words
from intake.web.errors import sentence

router = APIRouter(include_in_schema=False, prefix="/manage")

DONE = {"invited": "已建立帳號，驗證碼寄出了。", "code": "驗證碼寄出了。", "closed": "已停用。", "ended": "已停用，登入中的也已登出。",
        "reopened": "已恢復，設定密碼的驗證碼寄出了。", "role": "角色已更改。",
        "again": "角色已更改，登入中的要重新登入。"}


@router.get("/people")
def people(visit: Manager, q: str = "", done: str = "") -> Response:
    visit.record(audit.LOOK, "manage/people", searched=bool(q.strip()))
    return _people(visit, q.strip(), told=DONE.get(done, ""))


def _people(visit: Visit, q: str = "", problem: str = "", told: str = "", typed: dict[str, str] | None = None) -> Response:
    return render.page(visit, "manage_people.html", 422 if problem else 200, people=staff.every(visit.session, q), q=q, problem=problem,
                       told=told, states=staff.STATES, most=staff.MOST_SHOWN, staff_roles=staff.STAFF_ROLES, typed=typed or {})


def address(settings: Settings) -> str:
    """The address that people open."""
    return (settings.public_url or f"http://{settings.host}:{settings.port}").rstrip("/")


@router.post("/people")
def invite(visit: Manager, form: Posted) -> Response:
    """A new account for somebody of the office."""
    typed = {k: words(form, k) for k in ("login", "role", "name", "email")}
    try:
        staff.invite(visit.session, **typed, address=address(visit.service.settings))
    except BadValue as wrong:
        return _people(visit, problem=sentence(wrong), typed=typed)
    visit.record(audit.ADD, f"account/{typed['login']}", role=typed["role"])
    return go("/manage/people?done=invited")


@router.post("/people/{login}")
def change(visit: Manager, login: str, form: Posted) -> Response:
    """Close, open again, change the role, or mail a code."""
    act, role, here = words(form, "act"), words(form, "role"), address(visit.service.settings)
    done = {"reopen": "reopened"}.get(act, "code")
    try:
        if act == "close":
            done = "ended" if staff.close(visit.session, visit.person, login) else "closed"
        elif act == "reopen":
            staff.reopen(visit.session, login, here)
        elif act == "role":
            done = "again" if staff.change_role(visit.session, visit.person, login, role) else "role"
        else:
            act = "code"
            staff.send_code(visit.session, login, here, Policy.of(visit.service.settings))
    except (UsageError, TooManyTries) as refused:
        return _people(visit, problem=sentence(refused))
    visit.record(audit.CHANGE, f"account/{login[:60]}", what=act, role=role if act == "role" else "")
    return go(f"/manage/people?done={done}")
