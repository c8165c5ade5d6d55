"""The figures behind the dashboards: single things that happened, each with the case it is of. What is plotted is only ever a sum, a
share or a median of these, so that every point can show what it is made of.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.store import undo
from intake.store.events import UNDONE
from intake.store.tables import CaseRow, EntryRow, Event, Job, PaperRow, ReadingRow
from intake.store.views import CLOSED, DRAFT


@dataclass(frozen=True)
class Thing:
    """Something that happened at ``at`` in the case ``case``: ``value`` out of ``of``, or ``value`` alone. ``what`` says it: the name of
    a paper or a state."""

    at: datetime
    case: str
    what: str = ""
    field: str = ""
    kind: str = ""
    value: float = 1
    of: float = 1


def readings(session: Session, since: datetime, until: datetime) -> list[Thing]:
    """Each read of a paper: how many of its values were accepted without a person, out of all."""
    rows = session.execute(select(ReadingRow.at, ReadingRow.accepted, ReadingRow.total, PaperRow.name, CaseRow.number)
                           .join(PaperRow, PaperRow.id == ReadingRow.paper_id).join(CaseRow, CaseRow.id == PaperRow.case_id)
                           .where(ReadingRow.at >= since, ReadingRow.at < until, ReadingRow.run.not_like("copy-%"), ReadingRow.total > 0)
                           .order_by(ReadingRow.id))
    return [Thing(at, number, name, value=accepted, of=total) for at, accepted, total, name, number in rows]


def settled(session: Session, since: datetime, until: datetime, confirming: Iterable[str]) -> list[Thing]:
    """Each reading that a person settled and did not take back: ``value`` 1 where it was mended, 0 where it was confirmed with one of the
    reasons ``confirming``. ``what`` is the status that the machine gave it."""
    yes = frozenset(confirming)
    # an entry that takes another back says which in its value, and came after it
    undone = session.scalars(select(EntryRow.value).where(EntryRow.at >= since, EntryRow.why == undo.UNDONE))
    gone = {v[undo.UNDOES] for v in undone if undo.UNDOES in v}
    rows = session.execute(select(EntryRow.id, EntryRow.at, EntryRow.field, EntryRow.why, EntryRow.confirms, CaseRow.number)
                           .join(CaseRow, CaseRow.id == EntryRow.case_id)
                           .where(EntryRow.at >= since, EntryRow.at < until, EntryRow.confirms.is_not(None)).order_by(EntryRow.id))
    return [Thing(at, number, confirms["status"], field, confirms.get("kind", ""), float(why not in yes))
            for row_id, at, field, why, confirms, number in rows if confirms and row_id not in gone]


def waits(session: Session, since: datetime, until: datetime) -> list[Thing]:
    """Each paper that was read: the seconds from its coming in, or from the wish to read it again, until it was read."""
    rows = session.execute(select(Job.created_at, Job.done_at, PaperRow.name, CaseRow.number).join(PaperRow, PaperRow.id == Job.subject)
                           .join(CaseRow, CaseRow.id == PaperRow.case_id)
                           .where(Job.kind == "read", Job.error == "", Job.done_at >= since, Job.done_at < until).order_by(Job.done_at))
    return [Thing(done, number, name, value=(done - asked).total_seconds()) for asked, done, name, number in rows if done is not None]


def came(session: Session, since: datetime, until: datetime) -> list[Thing]:
    """Each case that was sent in."""
    rows = session.execute(select(CaseRow.submitted_at, CaseRow.number)
                           .where(CaseRow.submitted_at >= since, CaseRow.submitted_at < until).order_by(CaseRow.submitted_at))
    return [Thing(at, number) for at, number in rows if at is not None]


def ended(session: Session, since: datetime, until: datetime) -> list[Thing]:
    """Each time a case came to its end: passed or refused."""
    return [Thing(at, number, state) for number, steps in _steps(session).items() for at, state in steps
            if state in CLOSED and since <= at < until]


def stand(session: Session, moments: Iterable[datetime]) -> dict[datetime, list[Thing]]:
    """At each moment, every case that had been sent in and was not at its end: ``what`` its state, ``value`` its age in days."""
    steps = _steps(session)
    return {moment: [Thing(came[0][0], number, came[-1][1], value=(moment - came[0][0]) / timedelta(days=1))
                     for number, every in steps.items()
                     if (came := [s for s in every if s[0] <= moment]) and came[-1][1] not in CLOSED] for moment in moments}


def _steps(session: Session) -> dict[str, list[tuple[datetime, str]]]:
    """Of each case that was sent in, when it came to which state."""
    rows = session.execute(select(Event.at, Event.data["state"].as_string(), Event.data[UNDONE].as_boolean(), CaseRow.number)
                           .join(CaseRow, CaseRow.id == Event.case_id).where(Event.kind == "case").order_by(Event.id))
    out: dict[str, list[tuple[datetime, str]]] = {}
    for at, state, undone, number in rows:
        if undone and out.get(number):
            out[number].pop()
        if state != DRAFT and (not out.get(number) or out[number][-1][1] != state):
            out.setdefault(number, []).append((at, state))
    return out
