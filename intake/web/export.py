"""The clerk's table as a file: the cases that are shown, under the same filters, masked in the same way, and a line in the log."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from domain.errors import NotFound
from eligibility import programme as programmes
from intake import clock
from intake.people import audit
from intake.store import repository
from intake.store.repository import SORTS, QueueFilter
from intake.store.views import CASE_STATES, QueueRow
from intake.web import render, sheets
from intake.web.clerk import masked
from intake.web.door import Clerk
from intake.web.sheets import Cell

router = APIRouter(include_in_schema=False, prefix="/desk")

MOST = 10_000
"""Cases in one file."""
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
HEADINGS = ("案號", "狀態", "申請人", "統一編號", "計畫", "判斷", "待看", "文件", "未讀", "收件日", "期限", "期限名稱", "承辦")


@router.get("/export.{kind}")
def export(visit: Clerk, kind: str, state: str = "", q: str = "", programme: str = "", sort: str = "due", mine: int = 0,
           case: Annotated[list[str] | None, Query()] = None) -> Response:
    """The table as CSV or XLSX. ``case``: only these of it, by number."""
    if kind not in TYPES:
        raise NotFound("export", kind)
    wanted = QueueFilter((state,) if state in CASE_STATES else (), programme, visit.person.id if mine else None, q.strip(),
                         sort if sort in SORTS else "due", MOST)
    found = [r for r in repository.queue(visit.session, wanted) if not case or r.number in case]
    visit.record(audit.EXPORT, "queue", format=kind, lines=len(found), state=state, searched=bool(q.strip()))
    rows = [_line(r) for r in found]
    data = sheets.as_csv(HEADINGS, rows) if kind == "csv" else sheets.as_xlsx("案件", HEADINGS, rows)
    headers = {"Content-Disposition": f'attachment; filename="cases-{clock.today()}.{kind}"'}
    return Response(data, media_type=TYPES[kind], headers=headers)


def _line(r: QueueRow) -> tuple[Cell, ...]:
    known = programmes.load().get(r.programme)
    received: date | None = r.received_on
    return (r.number, CASE_STATES[r.state], masked(r.title), r.login, known.name if known else r.programme,
            render.OUTCOME_WORDS[r.outcome][2], r.doubts, r.papers, r.unread, received, r.due_on, r.due, r.clerk)
