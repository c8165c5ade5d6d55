"""Cases: opening, finding, the clerk's queue, consent, state. Every function takes an open session and never commits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, update
from sqlalchemy import case as when
from sqlalchemy.orm import Session, aliased

from domain.errors import NotAllowed, NotFound, Stale
from domain.identity import folded
from domain.vocabulary import terms
from intake import clock
from intake.people.person import APPLICANT, Person
from intake.store import events, numbers, stops
from intake.store.tables import Account, CaseRow, Consent, EntryRow, Event, Note, PaperRow
from intake.store.tables_rulings import RulingRow
from intake.store.views import (
    CASE_STATES,
    CLOSED,
    DRAFT,
    READING,
    RECEIVED,
    REMOVED,
    SUBMITTED,
    SUPPLEMENT,
    UNREADABLE,
    CaseView,
    NoteView,
    QueueRow,
)

Clerk = aliased(Account)


def create_case(session: Session, programme: str, applicant: Person) -> CaseView:
    """Open a case in state draft. Its number is the 民國 day and a count within it: 1151120-0001."""
    day = clock.today()
    prefix = f"{day.year - 1911:03d}{day:%m%d}-"
    _one_at_a_time(session, "case-number")
    last = numbers.last_of(session, prefix)
    number = f"{prefix}{int(last.removeprefix(prefix)) + 1 if last else 1:04d}"
    row = CaseRow(number=number, programme=programme, applicant_id=applicant.id, state=DRAFT, version=0, created_at=clock.now())
    session.add(row)
    session.flush()
    return case(session, row.id)


def _one_at_a_time(session: Session, name: str) -> None:
    # SQLite's writers already wait for each other
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(name))))


def case(session: Session, key: int | str, person: Person | None = None) -> CaseView:
    """A case by id or number. With ``person``: an applicant finds only their own. Raises NotFound."""
    found = session.execute(_cases().where(CaseRow.number == key if isinstance(key, str) else CaseRow.id == key)).first()
    if found is None or (person is not None and person.role == APPLICANT and found[0].applicant_id != person.id):
        raise NotFound("case", str(key))
    return _view(found)


def cases_of(session: Session, person: Person) -> list[CaseView]:
    """The cases that a person has applied for, newest first."""
    return [_view(r) for r in session.execute(_cases().where(CaseRow.applicant_id == person.id).order_by(CaseRow.id.desc()))]


def cases_among(session: Session, ids: Select[int]) -> list[CaseView]:
    """The cases whose ids ``ids`` selects, in one statement."""
    return [_view(r) for r in session.execute(_cases().where(CaseRow.id.in_(ids)))]


def _cases() -> Select[CaseRow, str, str, datetime]:
    agreed = select(func.min(Consent.at)).where(Consent.case_id == CaseRow.id).scalar_subquery()
    return (select(CaseRow, Account.login, Clerk.name, agreed)
            .join(Account, Account.id == CaseRow.applicant_id).outerjoin(Clerk, Clerk.id == CaseRow.clerk_id))


def _view(found: Any) -> CaseView:
    row, login, clerk, agreed = found
    return CaseView(row.id, row.number, row.programme, row.applicant_id, login, row.title, row.state, row.version, row.clerk_id,
                    clerk or "", row.outcome, row.doubts, row.created_at, row.submitted_at, row.received_on, agreed,
                    row.due_on, row.due)


@dataclass(frozen=True)
class QueueFilter:
    """What the clerk's table shows. ``states`` empty: all that wait on a clerk; ``text`` is searched in number, 統一編號, name and the
    papers and entries whole; ``clerk_id`` the clerk who has it; ``sort`` one of SORTS."""

    states: tuple[str, ...] = ()
    programme: str = ""
    clerk_id: int | None = None
    text: str = ""
    sort: str = "age"
    limit: int = 50
    offset: int = 0


SORTS = ("due", "age", "-age", "doubts", "programme", "title", "state")


def queue(session: Session, wanted: QueueFilter | None = None) -> list[QueueRow]:
    """The clerk's table; a case that has not been sent in is shown only where ``states`` names draft."""
    f = wanted or QueueFilter()
    of_case = select(func.count()).where(PaperRow.case_id == CaseRow.id)
    papers = of_case.where(PaperRow.state != REMOVED).scalar_subquery()
    unread = of_case.where(PaperRow.state.in_((RECEIVED, READING))).scalar_subquery()
    refused = of_case.where(PaperRow.state == UNREADABLE).scalar_subquery()
    # the newest event of this kind is the asking, or a clerk's taking the case after it
    asked = select(func.max(Event.at)).where(Event.case_id == CaseRow.id, Event.kind == "case").correlate(CaseRow).scalar_subquery()
    since = of_case.where(PaperRow.state != REMOVED, PaperRow.added_at > asked).scalar_subquery()
    fresh = when((CaseRow.state == SUPPLEMENT, since), else_=0)
    query = (select(CaseRow, Account.login, Clerk.name, papers, unread, refused, fresh)
             .join(Account, Account.id == CaseRow.applicant_id).outerjoin(Clerk, Clerk.id == CaseRow.clerk_id)
             .where(*_matching(f)).order_by(*_order(f.sort)).limit(f.limit).offset(f.offset))
    return [QueueRow(c.id, c.number, c.programme, login, c.title, c.state, c.outcome, c.doubts, n, waiting, clerk or "",
                     c.submitted_at, c.received_on, c.due_on, c.due, c.version, bad, new)
            for c, login, clerk, n, waiting, bad, new in session.execute(query)]


def queue_numbers(session: Session, wanted: QueueFilter) -> list[str]:
    """The numbers of every case that a filter finds, in its order, whatever its limit."""
    query = select(CaseRow.number).join(Account, Account.id == CaseRow.applicant_id).where(*_matching(wanted))
    return list(session.scalars(query.order_by(*_order(wanted.sort))))


def queue_count(session: Session, wanted: QueueFilter) -> int:
    """How many cases a filter finds, whatever its limit."""
    query = select(func.count()).select_from(CaseRow).join(Account, Account.id == CaseRow.applicant_id).where(*_matching(wanted))
    return session.scalar(query) or 0


def queue_counts(session: Session) -> dict[str, int]:
    """How many cases are in each state, for the tabs; every state is there."""
    found = dict(session.execute(select(CaseRow.state, func.count()).group_by(CaseRow.state)).all())
    return {state: found.get(state, 0) for state in CASE_STATES}


def _matching(f: QueueFilter) -> list[ColumnElement[bool]]:
    states = f.states or tuple(s for s in CASE_STATES if s not in (DRAFT, *CLOSED))
    out: list[ColumnElement[bool]] = [CaseRow.state.in_(states)]
    if f.programme:
        out.append(CaseRow.programme == f.programme)
    if f.clerk_id is not None:
        out.append(CaseRow.clerk_id == f.clerk_id)
    for word in f.text.split():
        columns = [c.icontains(word, autoescape=True) for c in (CaseRow.number, CaseRow.title, Account.login)]
        out.append(or_(*columns, CaseRow.search.icontains(folded(word), autoescape=True)))
    return out


def _order(sort: str) -> list[Any]:
    sent = when((CaseRow.submitted_at.is_(None), CaseRow.created_at), else_=CaseRow.submitted_at)
    orders: dict[str, list[Any]] = {
        "due": [CaseRow.due_on.is_(None), CaseRow.due_on, sent, CaseRow.id],
        "age": [sent, CaseRow.id], "-age": [sent.desc(), CaseRow.id.desc()], "doubts": [CaseRow.doubts.desc(), CaseRow.id],
        "programme": [CaseRow.programme, CaseRow.id], "title": [CaseRow.title, CaseRow.id], "state": [CaseRow.state, CaseRow.id],
    }
    return orders.get(sort, orders["age"])


def agree(session: Session, case_id: int, person: Person, text_version: str) -> datetime:
    """Record that the applicant agreed to the consent text of that version (SYS-09). Agreeing again to the same text changes nothing."""
    there = session.scalar(select(Consent.at).where(Consent.case_id == case_id, Consent.text_version == text_version))
    if there is not None:
        return there
    at = clock.now()
    session.add(Consent(case_id=case_id, account_id=person.id, text_version=text_version, at=at))
    session.flush()
    return at


def require_consent(session: Session, case_id: int) -> datetime:
    """When consent was first given. Raises NotAllowed where it was not: nothing personal is processed before (SYS-01); Stopped where the
    applicant stopped it."""
    stops.require_going(session, case_id)
    at = session.scalar(select(func.min(Consent.at)).where(Consent.case_id == case_id))
    if at is None:
        raise NotAllowed("processing before consent")
    return at


def submit(session: Session, case_id: int, expected_version: int) -> CaseView:
    """The applicant sends the case in: state submitted, the time and the day of receipt kept. Raises Stale, NotAllowed."""
    row = advance(session, case_id, expected_version)
    require_consent(session, case_id)
    row.state, row.submitted_at = SUBMITTED, row.submitted_at or clock.now()
    row.received_on = row.received_on or clock.today()
    return _changed(session, row)


def set_state(session: Session, case_id: int, state: str, expected_version: int, by: Person | None = None) -> CaseView:
    """A clerk moves the case on; ``state`` is one of CASE_STATES. What is decided is kept as a ruling (``rulings.py``). Raises Stale."""
    row = advance(session, case_id, expected_version)
    before, row.state = row.state, state
    if state in CLOSED and state != before:
        session.add(RulingRow(case_id=row.id, version=row.version, state=state, before=before, account_id=by.id if by else None,
                              at=clock.now()))
    return _changed(session, row)


def assign(session: Session, case_id: int, clerk_id: int | None, expected_version: int) -> CaseView:
    """Give the case to a clerk, or back to nobody. Raises Stale."""
    row = advance(session, case_id, expected_version)
    row.clerk_id = clerk_id
    return _changed(session, row)


def save_due(session: Session, case_id: int, due_on: date | None, due: str) -> None:
    """Keep the most urgent deadline of a case: its last day and its name; no save by a person."""
    session.execute(update(CaseRow).where(CaseRow.id == case_id).values(due_on=due_on, due=due[:80]))


def _changed(session: Session, row: CaseRow) -> CaseView:
    session.flush()
    events.emit(session, row.id, "case", {"state": row.state, "version": row.version})
    return case(session, row.id)


def advance(session: Session, case_id: int, expected_version: int) -> CaseRow:
    """Take the next version of the case for one person's save. Raises NotFound, and Stale when somebody saved since
    ``expected_version``: the error names the fields they changed; Stopped where the use of its data is stopped."""
    stops.require_going(session, case_id)
    won = session.scalar(update(CaseRow).where(CaseRow.id == case_id, CaseRow.version == expected_version)
                         .values(version=CaseRow.version + 1).returning(CaseRow.id))
    row = session.get(CaseRow, case_id, populate_existing=True)
    if row is None:
        raise NotFound("case", str(case_id))
    if won is None:
        raise Stale(f"case {row.number}", changes_since(session, row, expected_version))
    return row


def changes_since(session: Session, row: CaseRow, version: int) -> str:
    """What was saved after ``version``, in Chinese: who, when, which fields; never the values."""
    rows = session.scalars(select(EntryRow).where(EntryRow.case_id == row.id, EntryRow.version > version).order_by(EntryRow.id))
    said = [f"{e.by} 於 {e.at:%H:%M} 存了「{_label(e.field)}」" for e in rows]
    return "、".join(said) if said else f"案件 {row.number} 的狀態或承辦人已更動，現在是「{CASE_STATES[row.state]}」"


def _label(field: str) -> str:
    known = terms().get(field)
    return known.short if known else field


def add_note(session: Session, case_id: int, person: Person, text: str) -> NoteView:
    row = Note(case_id=case_id, account_id=person.id, text=text, at=clock.now())
    session.add(row)
    session.flush()
    return NoteView(row.id, person.name, row.text, row.at)


def notes(session: Session, case_id: int) -> list[NoteView]:
    """The clerks' notes on a case, oldest first."""
    rows = session.execute(select(Note, Account.name).join(Account).where(Note.case_id == case_id).order_by(Note.id))
    return [NoteView(n.id, name, n.text, n.at) for n, name in rows]
