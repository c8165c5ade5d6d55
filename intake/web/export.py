"""The clerk's table as a file: the cases that are shown, under the same filters, masked in the same way, and a line in the log."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from fastapi import APIRouter
from starlette.responses import Response

from domain.errors import NotFound
from eligibility import programme as programmes
from intake import clock
from intake.people import audit
from intake.store import repository
from intake.store.repository import QueueFilter
from intake.store.views import CASE_STATES, DRAFT, QueueRow
from intake.web import render, sheets, tabs
from intake.web.clerk import masked
from intake.web.door import Clerk, Posted, Visit
from intake.web.sheets import Cell

router = APIRouter(include_in_schema=False, prefix="/desk")

MOST = 10_000
"""Cases in one file."""
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
HEADINGS = ("案號", "狀態", "申請人", "統一編號", "計畫", "判斷", "待看", "文件", "未讀", "收件日", "期限", "期限名稱", "承辦")


@router.get("/export.{kind}")
def export(visit: Clerk, kind: str, state: str = "", q: str = "", programme: str = "", sort: str = "due", mine: int = 0) -> Response:
    """The table under these filters as CSV or XLSX."""
    return _file(visit, kind, tabs.wanted(tabs.query(state, q, programme, sort, mine), visit.person))


@router.post("/export.{kind}")
def chosen(visit: Clerk, kind: str, form: Posted) -> Response:
    """The cases that are ticked in the table."""
    ticked = {str(c).partition(":")[0] for c in form.getlist("case")}
    return _file(visit, kind, QueueFilter(tuple(s for s in CASE_STATES if s != DRAFT), sort="due"), ticked)


def _file(visit: Visit, kind: str, wanted: QueueFilter, only: Collection[str] | None = None) -> Response:
    if kind not in TYPES:
        raise NotFound("export", kind)
    found = [r for r in repository.queue(visit.session, replace(wanted, limit=MOST)) if only is None or r.number in only]
    detail = {"ticked": True} if only is not None else {"state": "".join(wanted.states[:1]), "searched": bool(wanted.text)}
    visit.record(audit.EXPORT, "queue", format=kind, lines=len(found), **detail)
    rows = [_line(r) for r in found]
    data = sheets.as_csv(HEADINGS, rows) if kind == "csv" else sheets.as_xlsx("案件", HEADINGS, rows)
    headers = {"Content-Disposition": f'attachment; filename="cases-{clock.today()}.{kind}"'}
    return Response(data, media_type=TYPES[kind], headers=headers)


def _line(r: QueueRow) -> tuple[Cell, ...]:
    known = programmes.load().get(r.programme)
    received: date | None = r.received_on
    return (r.number, CASE_STATES[r.state], masked(r.title), r.login, known.name if known else r.programme,
            render.OUTCOME_WORDS[r.outcome][2], r.doubts, r.papers, r.unread, received, r.due_on, r.due, r.clerk)
