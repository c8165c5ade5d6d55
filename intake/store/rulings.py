"""What the office decided or asked for, and taking it back while nobody outside was told by letter.

A letter that tells of a decision, or asks for a supplement, waits for ``FOR`` in the outbox. Until then whoever wrote it may take it back:
the case goes to the state that it came from and the letter is dropped. Nothing is overwritten: both are events, and lines of the log.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.errors import NotAllowed
from intake import clock
from intake.people import mail
from intake.people.person import Person
from intake.store import events
from intake.store.cases import advance
from intake.store.tables_rulings import RulingRow
from intake.store.views import CLOSED, SUPPLEMENT, CaseView

FOR = timedelta(minutes=10)
"""How long a decision can be taken back, and how long its letter waits."""
WAITING = (*CLOSED, SUPPLEMENT)
"""The states that can be taken back."""


@dataclass(frozen=True)
class Ruling:
    """A case was ``state`` (one of WAITING) at ``at`` and came from ``before``. ``letter``: a letter tells the applicant. ``until``
    is when that letter leaves and the decision can no longer be taken back."""

    state: str
    before: str
    at: datetime
    letter: bool

    @property
    def until(self) -> datetime:
        return self.at + FOR


def asked(session: Session, now: CaseView, before: str, person: Person) -> None:
    """Keep that a supplement is asked for; ``now`` is the case after it. What is decided keeps itself (``cases.set_state``)."""
    session.add(RulingRow(case_id=now.id, version=now.version, state=SUPPLEMENT, before=before, account_id=person.id, at=clock.now()))
    session.flush()


def taken_back(session: Session, found: CaseView) -> Ruling | None:
    """The decision that was taken back last, while the case stands where it stood before it; None where there is none."""
    row = session.scalar(select(RulingRow).where(RulingRow.case_id == found.id).order_by(RulingRow.id.desc()).limit(1))
    if row is None or row.undone_at is None or row.before != found.state:
        return None
    return Ruling(row.state, row.before, row.at, row.mail_id is not None)


def last_asked(session: Session, case_id: int) -> datetime | None:
    """When the newest supplement was asked for that was not taken back; None where none is known."""
    standing = select(RulingRow.at).where(RulingRow.case_id == case_id, RulingRow.undone_at.is_(None))
    return session.scalar(standing.where(RulingRow.state == SUPPLEMENT).order_by(RulingRow.id.desc()).limit(1))


def answered(session: Session, case_id: int) -> None:
    """The supplement is there: a letter that still waits to ask for it is moot."""
    row = _newest(session, case_id)
    if row is not None and row.state == SUPPLEMENT and row.mail_id is not None:
        mail.withdraw(session, row.mail_id)


def with_letter(session: Session, case_id: int, mail_id: int) -> None:
    """Note which letter tells of the case's newest decision."""
    row = _newest(session, case_id)
    if row is not None:
        row.mail_id = mail_id
        session.flush()


def undoable(session: Session, found: CaseView, person: Person) -> Ruling | None:
    """The decision that the person could take back now: their own, nothing saved since, its letter not gone. None where there is none."""
    row = _undoable(session, found, person)
    return None if row is None else Ruling(row.state, row.before, row.at, row.mail_id is not None)


def undo(session: Session, found: CaseView, person: Person, expected_version: int) -> Ruling:
    """Take it back. Raises Stale; NotAllowed where there is nothing to take back, or the letter has gone meanwhile."""
    row = _undoable(session, found, person)
    if row is None:
        raise NotAllowed("an undo of no decision")
    case = advance(session, found.id, expected_version)
    if row.mail_id is not None and not mail.withdraw(session, row.mail_id):
        raise NotAllowed("an undo of a decision that was mailed")
    row.undone_at, case.state = clock.now(), row.before
    session.flush()
    events.emit(session, case.id, "case", {"state": case.state, "version": case.version, events.UNDONE: True})
    return Ruling(row.state, row.before, row.at, row.mail_id is not None)


def _undoable(session: Session, found: CaseView, person: Person) -> RulingRow | None:
    row = _newest(session, found.id)
    fresh = row is not None and row.version == found.version and row.account_id == person.id and clock.now() < row.at + FOR
    return row if fresh and row is not None and (row.mail_id is None or mail.waiting(session, row.mail_id)) else None


def _newest(session: Session, case_id: int) -> RulingRow | None:
    return session.scalar(select(RulingRow).where(RulingRow.case_id == case_id, RulingRow.undone_at.is_(None))
                          .order_by(RulingRow.id.desc()).limit(1))
