"""What came in by itself and where it went. A file that belongs to no case yet lies here unread until a clerk says whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.errors import NotAllowed, NotFound
from intake import clock
from intake.people.person import Person
from intake.store import contents
from intake.store.cases import case as find_case
from intake.store.cases import require_consent
from intake.store.papers import Stored
from intake.store.tables_arrivals import ArrivalRow
from intake.store.views import PASSED, REFUSED, CaseView, PaperView

FOLDER, MAIL = "folder", "mail"
WAYS = {FOLDER: "掃描資料夾", MAIL: "電子郵件"}
TAKEN, PARKED, TURNED_AWAY, ATTACHED, DISMISSED = "taken", "parked", "refused", "attached", "dismissed"
ENDED = (PASSED, REFUSED)
"""States of a case that takes no more papers."""


@dataclass(frozen=True)
class Coming:
    """A file at the door. ``key`` names this one coming of it (64 hexadecimal digits); ``origin`` is its path in the folder, or the
    sender."""

    key: str
    way: str
    name: str
    media_type: str
    origin: str
    subject: str = ""


@dataclass(frozen=True)
class ArrivalView:
    """A file that came in. ``sha256`` is "" where nothing was kept; ``number`` the case it is in, "" for none; ``reason`` for people."""

    id: int
    way: str
    state: str
    sha256: str
    name: str
    size: int
    origin: str
    subject: str
    reason: str
    number: str
    at: datetime


def find(session: Session, key: str) -> ArrivalView | None:
    """What became of that coming of a file; None where it has not been here."""
    row = session.scalar(select(ArrivalRow).where(ArrivalRow.key == key))
    return None if row is None else _view(session, row)


def keep(session: Session, coming: Coming, stored: Stored | None, state: str, reason: str = "",
         paper: PaperView | None = None) -> ArrivalView:
    """Note what became of a file at the door; ``stored`` None where its bytes are not kept."""
    row = ArrivalRow(key=coming.key, way=coming.way, state=state, sha256=stored.sha256 if stored else "", name=coming.name[:255],
                     size=stored.size if stored else 0, media_type=coming.media_type[:100], origin=coming.origin[:300],
                     subject=coming.subject[:300], reason=reason, case_id=paper.case_id if paper else None,
                     paper_id=paper.id if paper else None, at=clock.now())
    session.add(row)
    session.flush()
    return _view(session, row)


def parked(session: Session) -> list[ArrivalView]:
    """What waits for a clerk to say whose it is, oldest first."""
    return [_view(session, r) for r in session.scalars(select(ArrivalRow).where(ArrivalRow.state == PARKED).order_by(ArrivalRow.id))]


def parked_count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(ArrivalRow).where(ArrivalRow.state == PARKED)) or 0


def arrival(session: Session, arrival_id: int) -> ArrivalView:
    """Raises NotFound."""
    return _view(session, _row(session, arrival_id))


def attach(session: Session, arrival_id: int, number: str, person: Person) -> tuple[CaseView, PaperView]:
    """Put what waits into a case. Raises NotFound (also where it waits no more), NotAllowed before consent or after the case has ended."""
    row = _waiting(session, arrival_id)
    found = find_case(session, number)
    require_consent(session, found.id)
    if found.state in ENDED:
        raise NotAllowed("a paper for a case that has ended")
    paper = contents.add_paper(session, found.id, Stored(row.sha256, row.size), row.name, row.media_type, person)
    row.state, row.case_id, row.paper_id, row.settled_by, row.settled_at = ATTACHED, found.id, paper.id, person.id, clock.now()
    session.flush()
    return found, paper


def dismiss(session: Session, arrival_id: int, person: Person | None) -> str:
    """Let go of what waits: who sent it and what it was called is wiped. Returns the hash of its bytes, to be discarded once this is
    committed (``erase.discard``). ``person`` None: its time was over. Raises NotFound."""
    row = _waiting(session, arrival_id)
    sha256, row.state, row.settled_by, row.settled_at = row.sha256, DISMISSED, person.id if person else None, clock.now()
    row.sha256 = row.name = row.origin = row.subject = ""
    session.flush()
    return sha256


def _row(session: Session, arrival_id: int) -> ArrivalRow:
    row = session.get(ArrivalRow, arrival_id, with_for_update=True)
    if row is None:
        raise NotFound("arrival", str(arrival_id))
    return row


def _waiting(session: Session, arrival_id: int) -> ArrivalRow:
    row = _row(session, arrival_id)
    if row.state != PARKED:
        raise NotFound("parked file", str(arrival_id))
    return row


def _view(session: Session, row: ArrivalRow) -> ArrivalView:
    number = find_case(session, row.case_id).number if row.case_id is not None else ""
    return ArrivalView(row.id, row.way, row.state, row.sha256, row.name, row.size, row.origin, row.subject, row.reason, number, row.at)
