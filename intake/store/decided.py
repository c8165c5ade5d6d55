"""What was changed in a case after it had been passed or refused: the decision stands as it was taken, and whether it would be taken so
again is for the office to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.store import undo
from intake.store.cases import case
from intake.store.results import decisions
from intake.store.tables import CaseRow, EntryRow, Event
from intake.store.views import PASSED, REFUSED, CaseView, DecisionView

CLOSED = (PASSED, REFUSED)


@dataclass(frozen=True)
class Change:
    """One value that was changed since: which field, by whom, when, why."""

    field: str
    by: str
    at: datetime
    why: str


@dataclass(frozen=True)
class Since:
    """``at`` is when the case was decided; ``then`` and ``now`` are the outcomes of the decision that was before the desk and of the newest
    one, "" where there was none."""

    case: CaseView
    at: datetime
    changes: tuple[Change, ...]
    then: str
    now: str

    @property
    def differs(self) -> bool:
        """Whether the conditions would come out otherwise now."""
        return self.then != self.now


def changed(session: Session, found: CaseView) -> Since | None:
    """What was changed after the case was decided; None where nothing was, or it is not decided."""
    if found.state not in CLOSED:
        return None
    came, version, state = None, 0, ""
    for e in session.scalars(select(Event).where(Event.case_id == found.id, Event.kind == "case").order_by(Event.id)):
        # a clerk who takes a case tells its state again
        if e.data["state"] != state:
            came, version, state = e.at, int(e.data["version"]), str(e.data["state"])
    if came is None:
        return None
    rows = undo.standing(list(session.scalars(select(EntryRow).where(EntryRow.case_id == found.id).order_by(EntryRow.id))))
    later = tuple(Change(r.field, r.by, r.at, r.why) for r in rows if r.version > version)
    if not later:
        return None
    every = decisions(session, found.id)
    before = next((d for d in every if d.at <= came), None)
    return Since(found, came, later, _outcome(before), _outcome(every[0] if every else None))


def _outcome(found: DecisionView | None) -> str:
    return found.outcome if found else ""


def all_changed(session: Session) -> Sequence[Since]:
    """Every case that was changed after it was decided, those first that would come out otherwise, then the newest change."""
    first = (select(Event.case_id, func.min(Event.at).label("at")).where(Event.kind == "case", Event.data["state"].as_string().in_(CLOSED))
             .group_by(Event.case_id).subquery())
    numbers = session.scalars(select(CaseRow.number).join(first, first.c.case_id == CaseRow.id)
                              .where(CaseRow.state.in_(CLOSED), select(EntryRow.id).where(EntryRow.case_id == CaseRow.id,
                                                                                         EntryRow.at >= first.c.at).exists()))
    found = [s for n in numbers if (s := changed(session, case(session, n))) is not None]
    return sorted(found, key=lambda s: (not s.differs, -s.changes[-1].at.timestamp()))
