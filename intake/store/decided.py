"""What was changed in a case after it had been passed or refused: the decision stands as it was taken, and whether it would be taken so
again is for the office to look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from intake.store import events, undo
from intake.store.cases import cases_among
from intake.store.tables import CaseRow, EntryRow, Event
from intake.store.tables_rulings import RulingRow
from intake.store.views import CLOSED, CaseView

MOST = 200
"""How many cases one list names."""


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
    return next(iter(_since(session, [found], select(CaseRow.id).where(CaseRow.id == found.id))), None)


def count_changed(session: Session) -> int:
    """How many cases were changed after they were decided, also beyond ``MOST``."""
    return session.scalar(select(func.count()).select_from(_changed_ones().subquery())) or 0


def all_changed(session: Session) -> Sequence[Since]:
    """The cases that were changed after they were decided, those first that would come out otherwise, then the newest change: of the
    ``MOST`` that were changed last. However many cases there are, the database is asked a fixed number of times, and looks up what was
    decided and saved later by number instead of going through all that ever happened."""
    ids = select(_changed_ones().order_by(func.max(EntryRow.id).desc()).limit(MOST).subquery().c.id)
    found = _since(session, cases_among(session, ids), ids)
    return sorted(found, key=lambda s: (not s.differs, -s.changes[-1].at.timestamp()))


def _changed_ones() -> Select[int]:
    """The ids of decided cases in which something was saved after the decision."""
    ruled = (select(RulingRow.case_id, func.max(RulingRow.version).label("version")).where(RulingRow.undone_at.is_(None))
             .group_by(RulingRow.case_id).subquery())
    return (select(CaseRow.id).join(ruled, ruled.c.case_id == CaseRow.id).join(EntryRow, EntryRow.case_id == CaseRow.id)
            .where(CaseRow.state.in_(CLOSED), CaseRow.version > ruled.c.version, EntryRow.version > ruled.c.version)
            .group_by(CaseRow.id))


def _since(session: Session, found: Sequence[CaseView], ids: Select[int]) -> Iterator[Since]:
    """Of these cases, whose ids ``ids`` selects, those that are decided and were changed since."""
    closed = [c for c in found if c.state in CLOSED]
    if not closed:
        return
    told: dict[int, list[Event]] = defaultdict(list)
    for event in session.scalars(select(Event).where(Event.case_id.in_(ids), Event.kind.in_(("case", "settled"))).order_by(Event.id)):
        told[event.case_id].append(event)
    entered: dict[int, list[EntryRow]] = defaultdict(list)
    for row in session.scalars(select(EntryRow).where(EntryRow.case_id.in_(ids)).order_by(EntryRow.id)):
        entered[row.case_id].append(row)
    for c in closed:
        came, version, then, now = _story(told[c.id])
        later = tuple(Change(r.field, r.by, r.at, r.why) for r in undo.standing(entered[c.id]) if r.version > version)
        if came is not None and later:
            yield Since(c, came, later, then, now)


def _story(told: Sequence[Event]) -> tuple[datetime | None, int, str, str]:
    """When the case came to the state that it has, its version and its outcome then, and its outcome now. What came first is told by the
    order of the events: their times are whole seconds, and a case can be decided anew within the second."""
    came: list[tuple[datetime, int, str, str]] = []
    outcome = ""
    for e in told:
        if e.kind == "settled":
            outcome = str(e.data["outcome"])
            continue
        if events.UNDONE in e.data and came and came[-1][2] != e.data["state"]:
            came.pop()
        if not came or e.data["state"] != came[-1][2]:
            # a clerk who takes a case tells its state again
            came.append((e.at, int(e.data["version"]), str(e.data["state"]), outcome))
    at, version, _, then = came[-1] if came else (None, 0, "", "")
    return at, version, then, outcome
