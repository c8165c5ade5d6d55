"""Opening an account, signing in and out, a forgotten password, and what is done with personal data."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter
from starlette.responses import Response

from domain.errors import ServiceError, ShouwenError, UsageError, WrongCode
from intake.people import accounts, audit
from intake.people.accounts import Policy
from intake.people.person import Person
from intake.store import keeping
from intake.web import render, security
from intake.web.door import Anyone, Posted, Visit, go, sign_cookie, words
from intake.web.errors import sentence

router = APIRouter(include_in_schema=False)

CONSENT_VERSION = "F11-108-2"
"""The version of the words in ``pages/consent_text.html``; a change of the words is a new version."""

ASKED_COOKIE = "asked"
"""For whom a code was mailed, kept in the visitor's own browser as long as the code holds: whoever leaves the page to read their mail finds
it as it was, and a page that is loaded again sends nothing twice."""


@router.get("/")
def front(visit: Anyone) -> Response:
    return go(render.HOME[visit.guest.role] if visit.guest else "/login")


@router.get("/privacy")
def privacy(visit: Anyone) -> Response:
    return render.page(visit, "privacy.html", consent_version=CONSENT_VERSION, rules=keeping.rules(visit.session),
                       rule_names=keeping.NAMES)


@router.get("/login")
def login(visit: Anyone, next: str = "/") -> Response:
    return _login(visit, "", next)


@router.post("/login")
def sign_in(visit: Anyone, form: Posted) -> Response:
    name, onward = words(form, "login"), words(form, "next")
    try:
        token, person = accounts.sign_in(visit.session, name, str(form.get("password", "")), visit.address, _policy(visit))
    except ServiceError as refused:
        audit.record(visit.session, None, audit.REFUSE, f"account/{name[:60]}", {"why": type(refused).__name__})
        return _login(visit, name, onward, sentence(refused), 429 if "Many" in type(refused).__name__ else 401)
    return _in(visit, token, person, onward)


@router.post("/logout")
def sign_out(visit: Anyone) -> Response:
    if visit.guest:
        accounts.sign_out(visit.session, visit.token)
        visit.record(audit.SIGN_OUT, f"account/{visit.guest.login}")
    answer = go("/login")
    answer.delete_cookie(security.SESSION_COOKIE, path="/")
    return answer


@router.get("/open")
def open_form(visit: Anyone) -> Response:
    login, email = _asked(visit)
    return _open(visit, login if email else "", email)


@router.post("/open")
def open_account(visit: Anyone, form: Posted) -> Response:
    ubn, email = words(form, "ubn"), words(form, "email")
    if words(form, "agree") != CONSENT_VERSION:
        return _open(visit, ubn, email, "請先閱讀個人資料使用說明，同意後再開戶。")
    try:
        accounts.open_account(visit.session, ubn, email, _policy(visit))
    except ShouwenError as refused:
        return _open(visit, ubn, email, sentence(refused), agreed=True)
    audit.record(visit.session, None, audit.CONSENT, f"account/{ubn}", {"text": CONSENT_VERSION})
    audit.record(visit.session, None, audit.ADD, f"account/{ubn}")
    return _mailed(visit, "/open/code", ubn, email)


@router.get("/open/code")
def open_code_form(visit: Anyone) -> Response:
    return _code(visit, "/open/code", _asked(visit)[0])


@router.post("/open/code")
def open_code(visit: Anyone, form: Posted) -> Response:
    return _with_code(visit, form, "/open/code")


@router.get("/reset")
def reset_form(visit: Anyone) -> Response:
    return render.page(visit, "reset.html")


@router.post("/reset")
def reset(visit: Anyone, form: Posted) -> Response:
    name = words(form, "login")
    accounts.start_reset(visit.session, name, _policy(visit))
    audit.record(visit.session, None, audit.CHANGE, f"account/{name[:60]}", {"what": "reset asked"})
    return _mailed(visit, "/reset/code", name)


@router.get("/reset/code")
def reset_code_form(visit: Anyone) -> Response:
    return _code(visit, "/reset/code", _asked(visit)[0])


@router.post("/reset/code")
def reset_code(visit: Anyone, form: Posted) -> Response:
    return _with_code(visit, form, "/reset/code")


def _with_code(visit: Visit, form: Posted, action: str) -> Response:
    """Set the password with the mailed code and sign in."""
    name, code, password = words(form, "login"), words(form, "code"), str(form.get("password", ""))
    use = accounts.activate if action == "/open/code" else accounts.finish_reset
    try:
        person = use(visit.session, name, code, password)
        audit.record(visit.session, person, audit.CHANGE, f"account/{person.login}", {"what": "password"})
        token, person = accounts.sign_in(visit.session, name, password, visit.address, _policy(visit))
    except (ServiceError, UsageError) as refused:
        return _code(visit, action, name, sentence(refused), "" if isinstance(refused, WrongCode) else code)
    answer = _in(visit, token, person, "")
    answer.delete_cookie(ASKED_COOKIE, path="/")
    return answer


def _mailed(visit: Visit, page: str, login: str, email: str = "") -> Response:
    """On to the page for the code."""
    answer = go(page)
    settings = visit.service.settings
    answer.set_cookie(ASKED_COOKIE, urlencode({"login": login[:60], "email": email[:254]}), max_age=settings.code_minutes * 60,
                      httponly=True, samesite="lax", secure=settings.secure_cookies, path="/")
    return answer


def _asked(visit: Visit) -> tuple[str, str]:
    """Account and address for which a code was asked a while ago from this browser; "" where none was."""
    kept = dict(parse_qsl(visit.request.cookies.get(ASKED_COOKIE, "")))
    return kept.get("login", ""), kept.get("email", "")


def _in(visit: Visit, token: str, person: Person, onward: str) -> Response:
    audit.record(visit.session, person, audit.SIGN_IN, f"account/{person.login}")
    home = render.HOME[person.role]
    # only a path of ours: //elsewhere would leave the site
    answer = go(onward if onward.startswith("/") and not onward.startswith(("//", "/\\", "/login", "/logout")) and onward != "/" else home)
    sign_cookie(answer, visit, token)
    return answer


def _policy(visit: Visit) -> Policy:
    return Policy.of(visit.service.settings)


def _login(visit: Visit, name: str, onward: str, problem: str = "", status: int = 200) -> Response:
    return render.page(visit, "login.html", status, login=name, next=onward, problem=problem, told="")


def _open(visit: Visit, ubn: str = "", email: str = "", problem: str = "", agreed: bool = False) -> Response:
    return render.page(visit, "open.html", 422 if problem else 200, ubn=ubn, email=email, problem=problem, agreed=agreed,
                       consent_version=CONSENT_VERSION)


def _code(visit: Visit, action: str, name: str, problem: str = "", code: str = "") -> Response:
    again = "/open" if action == "/open/code" else "/reset"
    return render.page(visit, "code.html", 422 if problem else 200, action=action, login=name, problem=problem, again=again,
                       code=code, email=_asked(visit)[1] if action == "/open/code" else "",
                       minutes=visit.service.settings.code_minutes)


