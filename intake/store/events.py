"""What happens in a case, as it happens, for the live pages: rows that the worker and the web write and the event stream polls.

Kinds: ``paper`` (data: paper, name, state, and while reading page and pages), ``settled`` (outcome, doubts), ``filled`` (forms, problems),
``entry`` (field, version), ``case`` (state, version; ``undone`` where a decision was taken back), ``failed`` (job: read, settle or fill;
message: a sentence for people).
Data holds no values read from papers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake import clock
from intake.store import hooks
from intake.store.tables import CaseRow, Event
from intake.store.views import DRAFT

UNDONE = "undone"


@dataclass(frozen=True)
class EventView:
    """``seq`` rises without end; give the last one seen to ``since``."""

    seq: int
    case_id: int
    kind: str
    data: dict[str, Any]
    at: datetime


def emit(session: Session, case_id: int, kind: str, data: dict[str, Any]) -> None:
    """Note what happened; seen by others when the session commits. Programs that want to know of it are told (``store/hooks.py``)."""
    # numbers are given in the order of commit only where writers of one case wait for each other
    if session.scalar(select(CaseRow.id).where(CaseRow.id == case_id).with_for_update()) is None:
        # the case was erased while its work was under way
        return
    hooks.announce(session, case_id, kind, data)
    session.add(Event(case_id=case_id, kind=kind, data=data, at=clock.now()))
    session.flush()


def since(session: Session, case_id: int, seq: int, limit: int = 200) -> list[EventView]:
    """The events of a case after ``seq``, oldest first."""
    rows = session.scalars(select(Event).where(Event.case_id == case_id, Event.id > seq).order_by(Event.id).limit(limit))
    return [EventView(e.id, e.case_id, e.kind, e.data, e.at) for e in rows]


def last(session: Session, case_id: int) -> int:
    """The number of the case's newest event, 0 where there is none: where a new listener starts."""
    return session.scalar(select(func.max(Event.id)).where(Event.case_id == case_id)) or 0


def newest(session: Session, case_id: int, kind: str) -> int:
    """The number of the case's newest event of that kind, 0 where there is none."""
    return session.scalar(select(func.max(Event.id)).where(Event.case_id == case_id, Event.kind == kind)) or 0


def states(session: Session, case_id: int) -> list[tuple[str, datetime]]:
    """The states that a case came to and when, oldest first; draft, where it began, and decisions that were taken back are left out."""
    rows = session.scalars(select(Event).where(Event.case_id == case_id, Event.kind == "case").order_by(Event.id))
    out: list[tuple[str, datetime]] = []
    for e in rows:
        state = str(e.data["state"])
        # a supplement asked for anew and taken back is still asked for
        if UNDONE in e.data and out and out[-1][0] != state:
            out.pop()
        # a clerk who takes a case tells its state again
        if state != (out[-1][0] if out else DRAFT):
            out.append((state, e.at))
    return out


def moved_after(session: Session, case_id: int, version: int) -> bool:
    """Whether the case came to its state after its ``version``; a decision that was taken back counts as never made."""
    came = [(DRAFT, 0)]
    for data in session.scalars(select(Event.data).where(Event.case_id == case_id, Event.kind == "case").order_by(Event.id)):
        if UNDONE in data and len(came) > 1 and came[-1][0] != data["state"]:
            came.pop()
        elif data["state"] != came[-1][0]:
            came.append((str(data["state"]), int(data["version"])))
    return came[-1][1] > version
