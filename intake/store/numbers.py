"""Numbers are given once: what the log says of case 1151120-0001 or of paper 17 must never fit another, also after they are erased.

PostgreSQL's sequences never go back. SQLite gives the highest row id again once its row is gone, so ids are chosen here.
"""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.store.tables import CaseRow, PaperRow
from intake.store.tables_keeping import Erasure


def last_of(session: Session, prefix: str) -> str | None:
    """The highest case number that begins so, of the cases that are there and of those that were erased."""
    found = (session.scalar(select(func.max(c)).where(c.startswith(prefix))) for c in (CaseRow.number, Erasure.case_number))
    return max((n for n in found if n is not None), default=None)


def unused(session: Session, kind: type[CaseRow] | type[PaperRow]) -> int | None:
    """An id that no row ever had; None where the database sees to it."""
    if session.get_bind().dialect.name != "sqlite":
        return None
    erased = (int(h.get(kind.__tablename__, 0)) for h in session.scalars(select(Erasure.highest)))
    there: int | None = session.scalar(select(func.max(kind.id)))
    return max(there or 0, *erased, 0) + 1
