"""Which errands of the workers fail now: kept by the workers, shown to the manager."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from intake import clock
from intake.store.tables_errands import ErrandRow


@dataclass(frozen=True)
class Failing:
    """An errand that has failed ``failures`` times since ``since``, for the last time at ``last`` and because of ``error``."""

    worker: str
    name: str
    since: datetime
    last: datetime
    failures: int
    error: str


def failed(session: Session, worker: str, name: str, error: str) -> None:
    """Note one more failure."""
    row = session.get(ErrandRow, (worker, name))
    if row is None:
        row = ErrandRow(worker=worker, name=name, since=clock.now(), failures=0)
        session.add(row)
    row.failures, row.last, row.error = row.failures + 1, clock.now(), error[:300]


def well(session: Session, worker: str, name: str = "") -> None:
    """It goes well; without ``name``, all errands of the worker begin anew."""
    mine = delete(ErrandRow).where(ErrandRow.worker == worker)
    session.execute(mine.where(ErrandRow.name == name) if name else mine)


def failing(session: Session) -> list[Failing]:
    """What fails now, the longest first."""
    rows = session.scalars(select(ErrandRow).order_by(ErrandRow.since))
    return [Failing(r.worker, r.name, r.since, r.last, r.failures, r.error) for r in rows]
