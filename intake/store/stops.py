"""Stopping the use of a case's data and taking it up again (個人資料保護法第 3 條第 4 款, 第 11 條).

While a case is stopped nobody saves anything in it, nothing is read, decided or filled: its jobs wait where they are.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from domain.errors import Stopped
from intake import clock
from intake.store import events
from intake.store.tables import CaseRow, PaperRow
from intake.store.tables_rights import Stop
from intake.store.views import READING, RECEIVED


def stop(session: Session, case_id: int, account_id: int) -> datetime:
    """Stop the case; since when it is. Stopping it again changes nothing."""
    since = stopped(session, case_id)
    if since is not None:
        return since
    row = Stop(case_id=case_id, account_id=account_id, at=clock.now())
    session.add(row)
    # one that is being read just now is not kept, and waits with the rest
    session.execute(update(PaperRow).where(PaperRow.case_id == case_id, PaperRow.state == READING).values(state=RECEIVED))
    session.flush()
    _tell(session, case_id)
    return row.at


def lift(session: Session, case_id: int) -> None:
    """Go on with the case: what waited is taken up."""
    session.execute(update(Stop).where(Stop.case_id == case_id, Stop.lifted_at.is_(None)).values(lifted_at=clock.now()))
    _tell(session, case_id)


def stopped(session: Session, case_id: int) -> datetime | None:
    """Since when the case is stopped; None where it is not."""
    return session.scalar(select(Stop.at).where(Stop.case_id == case_id, Stop.lifted_at.is_(None)).limit(1))


def all_stopped(session: Session) -> dict[str, datetime]:
    """The numbers of the cases that are stopped, and since when."""
    rows = session.execute(select(CaseRow.number, Stop.at).join(Stop, Stop.case_id == CaseRow.id).where(Stop.lifted_at.is_(None)))
    return dict(rows.all())


def require_going(session: Session, case_id: int) -> None:
    """Raises Stopped where the use of the case's data is stopped."""
    if stopped(session, case_id) is not None:
        raise Stopped(case_id)


def may_keep(session: Session, paper_id: int) -> bool:
    """Whether what was made of a paper may be kept: it is still there and its case is not stopped."""
    case_id = session.scalar(select(PaperRow.case_id).where(PaperRow.id == paper_id))
    return case_id is not None and stopped(session, case_id) is None


def case_stopped(case_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """For a query: the case of that id is stopped."""
    return exists().where(Stop.case_id == case_id, Stop.lifted_at.is_(None)).correlate(case_id.class_)


def paper_stopped(paper_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """For a query: the case of the paper of that id is stopped."""
    return exists().where(Stop.case_id == PaperRow.case_id, Stop.lifted_at.is_(None), PaperRow.id == paper_id).correlate(paper_id.class_)


def _tell(session: Session, case_id: int) -> None:
    row = session.get(CaseRow, case_id)
    if row is not None:
        events.emit(session, case_id, "case", {"state": row.state, "version": row.version})
