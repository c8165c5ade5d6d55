"""Every decision that the office took on a case, also those that were taken back: what an auditor reads, and nobody changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.store.tables import Account
from intake.store.tables_rulings import RulingRow


@dataclass(frozen=True)
class Ruled:
    """``by`` decided at ``at`` that the case is ``state``; it came from ``before``, and went back there at ``undone_at`` where that is
    known. ``by`` is "" where nobody is known."""

    state: str
    before: str
    by: str
    at: datetime
    undone_at: datetime | None


def every(session: Session, case_id: int) -> list[Ruled]:
    """Newest first."""
    rows = session.execute(select(RulingRow, Account.name).outerjoin(Account, Account.id == RulingRow.account_id)
                           .where(RulingRow.case_id == case_id).order_by(RulingRow.id.desc()))
    return [Ruled(r.state, r.before, name or "", r.at, r.undone_at) for r, name in rows]
