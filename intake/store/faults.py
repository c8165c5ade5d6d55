"""Papers that a fault of ours left unread: our own code failed, or the stored file is gone. Neither is the applicant's to mend."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from domain.errors import READ_CODES
from intake.store import stops
from intake.store.tables import CaseRow, PaperRow
from intake.store.views import CLOSED, RECEIVED, UNREADABLE

FAILED, LOST = "internal", "lost"
OURS = (FAILED, LOST)
PAPER_ERRORS = {
    **READ_CODES,
    FAILED: "系統讀這個檔案時出了問題，檔案已經保留；請再讀一次，仍然不行請通知管理人員。",
    LOST: "收到的檔案在系統裡找不到了，不是檔案壞掉；請通知管理人員由備份放回，放回後再讀一次。",
}
"""Why a paper could not be read: the codes of READING, and the faults of our own."""


def count(session: Session) -> tuple[int, int]:
    """How many papers of open cases our code failed on, and how many are gone from the store."""
    rows = select(PaperRow.error_code, func.count()).where(*_left()).group_by(PaperRow.error_code)
    found = dict(session.execute(rows).all())
    return found.get(FAILED, 0), found.get(LOST, 0)


def again(session: Session, edition: str, *, every: bool = False) -> Sequence[int]:
    """The papers that are to be read once more, now back in state received: those that failed in another ``edition`` of the program than
    this one, or ``every`` one. Those of cases that are decided, or stopped by the person concerned, are left as they are."""
    failed = (PaperRow.error_code == FAILED) & (PaperRow.failed_in != edition)
    rows = session.scalars(select(PaperRow).where(*_left(), *(() if every else (failed,))).order_by(PaperRow.id).with_for_update())
    out = []
    for row in list(rows):
        if not stops.stopped(session, row.case_id):
            row.state, row.error_code, row.failed_in = RECEIVED, None, edition
            out.append(row.id)
    session.flush()
    return out


def _left() -> tuple[ColumnElement[bool], ...]:
    open_ones = select(CaseRow.id).where(CaseRow.state.not_in(CLOSED))
    return PaperRow.state == UNREADABLE, PaperRow.error_code.in_(OURS), PaperRow.case_id.in_(open_ones)
