"""The manager's pages of keeping and erasing: the schedule, what is due, erasing with a second confirmation, certificates."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from domain.errors import BadValue, NotAllowed
from eligibility import programme as programmes
from intake import clock
from intake.people import audit
from intake.people.person import MANAGER, need
from intake.store import erase, keeping, repository, rights
from intake.store.erase import Certificate
from intake.store.views import CASE_STATES
from intake.web import manage_people, render, service
from intake.web import rights as own
from intake.web.door import Manager, Posted, Visit, go, visiting, whole, words
from intake.web.errors import sentence

router = APIRouter(include_in_schema=False, prefix="/manage")

PLACE = "本系統的資料庫與檔案庫"
TABLES = {
    "cases": "案件", "consents": "同意", "papers": "文件", "readings": "讀取結果", "pictures": "頁面圖", "entries": "填寫與確認",
    "register_answers": "登記查詢", "decisions": "判斷", "forms": "表單", "bundles": "整卷", "notes": "紀事", "events": "經過",
    "jobs": "工作", "stops": "停止處理", "arrivals": "自動收件", "deliveries": "程式通知", "rekey_items": "抽驗", "presences": "正在看",
    "rulings": "准駁與補件",
}
"""What people call the tables; one that is not here keeps its name."""
METHODS = {"sqlite": "資料庫的列逐一刪除並覆寫，檔案自磁碟移除",
           "postgresql": "資料庫的列逐一刪除，原來的空間由資料庫的 vacuum 清出，檔案自磁碟移除"}


@router.get("/keeping")
def schedule(visit: Manager) -> Response:
    visit.record(audit.LOOK, "manage/keeping")
    return _schedule(visit)


def _schedule(visit: Visit, problem: str = "", typed: dict[str, str] | None = None) -> Response:
    return render.page(visit, "manage_keeping.html", 422 if problem else 200, problem=problem, rules=keeping.rules(visit.session),
                       due=keeping.due(visit.session, clock.today()), programmes=programmes.load(), grounds=erase.GROUNDS,
                       certificates=erase.certificates(visit.session), history=keeping.history(visit.session), typed=typed or {},
                       names=keeping.NAMES, saved=visit.request.query_params.get("saved", ""))


@router.post("/keeping")
def change_rule(visit: Manager, form: Posted) -> Response:
    ending = words(form, "ending")
    try:
        rule = keeping.set_rule(visit.session, ending, whole(form, "days"), words(form, "reason"), visit.person)
    except BadValue as wrong:
        return _schedule(visit, sentence(wrong), {k: words(form, k) for k in ("ending", "days", "reason")})
    visit.record(audit.CHANGE, f"keeping/{ending}", days=rule.days)
    return go(f"/manage/keeping?saved={ending}")


def ground(visit: Visit, number: str) -> str:
    """Why the case may be erased now. Raises NotFound, NotAllowed where nothing allows it."""
    repository.case(visit.session, number)
    if any(d.number == number for d in keeping.due(visit.session, clock.today())):
        return erase.DUE
    if _asked(visit, number):
        return erase.ASKED
    raise NotAllowed("erasing a case that is not due and that nobody asked to erase")


def _asked(visit: Visit, number: str) -> list[rights.Request]:
    owner = repository.case(visit.session, number).login
    return [r for r in rights.waiting(visit.session) if r.kind == rights.DELETE and _may(r, owner, number)]


def _may(asked: rights.Request, owner: str, number: str) -> bool:
    """Whether the request is about that case: its owner's, or on paper one that names it, from a person it is sure who is."""
    if asked.on_paper:
        return asked.case_number == number and asked.proven and asked.asks_as != rights.AUTHORITY
    return asked.login == owner and asked.case_number in ("", number)


@router.get("/keeping/{number}")
def confirm(visit: Manager, number: str) -> Response:
    """What would be erased, before it is."""
    visit.record(audit.LOOK, f"case/{number[:20]}", what="erase")
    return _confirm(visit, number)


def _confirm(visit: Visit, number: str, problem: str = "", reason: str = "") -> Response:
    why, case = ground(visit, number), repository.case(visit.session, number)
    there = erase.content(visit.session, visit.service.uploads, case.id)
    return render.page(visit, "manage_erase.html", 422 if problem else 200, case=case, ground=erase.GROUNDS[why], content=there,
                       requests=_asked(visit, number), problem=problem, reason=reason, programme=programmes.load().get(case.programme),
                       tables=TABLES)


@router.post("/keeping/{number}")
def erase_case(request: Request, number: str, form: Posted) -> Response:
    """Erase the case: its number typed again is the second confirmation. The files go after the rows are gone for good."""
    s, reason = service.of(request), words(form, "reason")
    with visiting(request) as visit:
        need(visit.person, MANAGER)
        why = ground(visit, number)
        if words(form, "again") != number or not reason:
            return _confirm(visit, number, "請寫理由，並把案號再打一次。", reason)
        asked = [r for r in _asked(visit, number) if r.case_number == number]
        made = erase.case(visit.session, s.uploads, number, visit.person, why, reason)
        for r in asked:
            done = rights.answer(visit.session, r.id, visit.person.login, rights.DONE, f"{erase.told(number)}，刪除證明編號 {made.id}。")
            own.tell(visit, done, "right-answered", state=rights.STATES[done.state], answer=done.answer)
    erase.finish(s.database, s.uploads, s.settings)
    return go(f"/manage/erased/{number}")


@router.get("/erased/{number}")
def certificate(visit: Manager, number: str) -> Response:
    """The certificate, to be printed."""
    made = erase.certificate(visit.session, number)
    visit.record(audit.PRINT, f"case/{number[:20]}", what="certificate")
    return render.page(visit, "manage_certificate.html", programme=programmes.load().get(made.programme), **of_certificate(visit, made))


def of_certificate(visit: Visit, made: Certificate) -> dict[str, Any]:
    """What the page of a certificate shows."""
    return {"made": made, "one_file": made.of_file, "grounds": erase.GROUNDS, "state": CASE_STATES[made.state], "place": PLACE,
            "tables": TABLES, "method": METHODS[visit.session.get_bind().dialect.name],
            "address": manage_people.address(visit.service.settings)}
