"""From a page's file in ``pages/`` to an answer."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from starlette.requests import Request
from starlette.responses import HTMLResponse

from domain.decision import FAIL, NEEDS_EVIDENCE, NOT_APPLICABLE, PASS, UNDETERMINED, VALUE
from eligibility.paper import SEALS
from intake.people.person import APPLICANT, AUDITOR, CLERK, MANAGER, ROLES
from intake.store import looks
from intake.store.views import CASE_STATES, PAPER_STATES
from intake.web import door, row_ink, security, service, values
from intake.web.door import Visit
from intake.web.text import COOKIE, LANGUAGES

HERE = Path(__file__).parent
HOME = {APPLICANT: "/cases", CLERK: "/desk", MANAGER: "/manage", AUDITOR: "/audit"}
"""Where each role begins."""

OUTCOME_WORDS = {
    PASS: ("good", "✓", "符合"), FAIL: ("bad", "✗", "不符合"), NEEDS_EVIDENCE: ("ask", "?", "還缺資料"),
    UNDETERMINED: ("ask", "?", "須由承辦人員認定"), VALUE: ("", "＝", "計算結果"),
    NOT_APPLICABLE: ("", "–", "不適用"), "": ("", "–", "尚未判斷"),
}
"""Of each outcome: tone, mark and word; a colour never says it alone."""

pages = Environment(loader=FileSystemLoader(HERE / "pages"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
                    lstrip_blocks=True)
pages.globals |= {
    "shown": values.shown, "box": values.box, "label": values.label, "word": values.word, "kind_of": looks.kind_of,
    "name_of": values.label, "table_of": values.table, "lines_of": row_ink.lines,
    "outcomes": OUTCOME_WORDS, "case_states": CASE_STATES, "paper_states": PAPER_STATES, "roles": ROLES, "home": HOME,
    "wanted": values.WANTED, "seals": SEALS,
}


@pass_context
def _moment(page: Context, at: datetime | None) -> str:
    """A time as the visitor's language writes it: an English reader does not count the years of the Republic."""
    return f"{at:%Y-%m-%d %H:%M}" if at is not None and _english(page) else values.moment(at)


@pass_context
def _day(page: Context, when: date | str | None) -> str:
    return str(when) if when is not None and _english(page) else values.day(when)


def _english(page: Context) -> bool:
    text = page.get("lang")
    return text is not None and text.lang == "en"


pages.filters |= {"when": _moment, "day": _day}


def page(visit: Visit, name: str, status: int = 200, **context: Any) -> HTMLResponse:
    """The page ``name`` with what every page needs: the words, who is here, the token of its forms."""
    return answer(visit.request, name, status, who=visit.guest, **context)


def answer(request: Request, name: str, status: int = 200, **context: Any) -> HTMLResponse:
    """A page without a visit (an error may have ended it)."""
    visit = request.cookies.get(security.VISIT_COOKIE) or security.new_visit()
    token = security.form_token(service.of(request).key, visit, request.cookies.get(security.SESSION_COOKIE, ""))
    text = door.language(request)
    settings = service.of(request).settings
    asked = [(k, v) for k, v in request.query_params.multi_items() if k != "lang"]
    known = {"who": None, "_": text, "lang": text, "path": request.url.path, "token": token, "version": version(),
             "other_language": "?" + urlencode([*asked, ("lang", "zh" if text.lang == "en" else "en")]),
             "just_saved": bool(request.query_params.get("saved")), "agency": settings.agency_name, "contact": settings.agency_contact}
    out = HTMLResponse(pages.get_template(name).render(known | context), status_code=status)
    if request.query_params.get("lang") in LANGUAGES:
        out.set_cookie(COOKIE, text.lang, max_age=365 * 86400, httponly=True, samesite="lax", path="/",
                       secure=service.of(request).settings.secure_cookies)
    if security.VISIT_COOKIE not in request.cookies:
        out.set_cookie(security.VISIT_COOKIE, visit, httponly=True, samesite="lax", path="/",
                       secure=service.of(request).settings.secure_cookies)
    return out


def version() -> str:
    """Changes whenever a static file does, so that a browser keeps them as long as it likes."""
    return _stamp


_stamp = f"{max(int(p.stat().st_mtime) for p in (HERE / 'static').iterdir()):x}"
