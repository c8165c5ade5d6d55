"""Numbers of cases are given once: what the log says of case 1151120-0001 must never fit another, also after it is erased.

Row ids are given once by the database: PostgreSQL's sequences never go back, and under SQLite the tables count on (AUTOINCREMENT).
"""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.store.tables import CaseRow
from intake.store.tables_keeping import Erasure


def last_of(session: Session, prefix: str) -> str | None:
    """The highest case number that begins so, of the cases that are there and of those that were erased."""
    found = (session.scalar(select(func.max(c)).where(c.startswith(prefix))) for c in (CaseRow.number, Erasure.case_number))
    return max((n for n in found if n is not None), default=None)
