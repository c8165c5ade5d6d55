"""What is in a case: its papers, what was read from them, what people entered, and the facts that follow from both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.case import CaseFacts, merge
from domain.document import Box
from domain.errors import NotFound
from domain.field import ACCEPTED, REVIEW, Entry, FileReading, Read, Value
from domain.notice import Notice
from domain.notice import notices as together
from domain.vocabulary import check_facts, groups, term
from intake import clock
from intake.people.person import Person
from intake.store import events, undo
from intake.store.cases import advance, case
from intake.store.clean import storable
from intake.store.faults import FAILED, OURS, PAPER_ERRORS
from intake.store.lookups import looked_up
from intake.store.papers import Stored
from intake.store.pictures import save_picture
from intake.store.tables import CaseRow, EntryRow, PaperRow, PictureRow, ReadingRow
from intake.store.views import READ, READING, RECEIVED, REMOVED, UNREADABLE, CaseView, HistoryItem, PaperView, Picture

SERVICE = "收文系統"
"""Who says the facts that the service itself knows: when a case was sent in and received."""

LONGEST_TEXT = 400_000
"""Characters of a file that are kept for the search: some hundred full pages."""


def add_paper(session: Session, case_id: int, stored: Stored, name: str, media_type: str, person: Person) -> PaperView:
    """Put a stored file into a case, state received. The same bytes are the same paper: one removed, or failed by our fault, is back."""
    case(session, case_id)
    row = session.scalar(select(PaperRow).where(PaperRow.case_id == case_id, PaperRow.sha256 == stored.sha256))
    if row is None:
        row = PaperRow(case_id=case_id, sha256=stored.sha256, name=_base_name(name), size=stored.size,
                       media_type=media_type[:100], state=RECEIVED, added_by=person.id, added_at=clock.now())
        session.add(row)
    elif row.state == REMOVED or (row.state == UNREADABLE and row.error_code in OURS):
        row.state, row.error_code = RECEIVED, None
    session.flush()
    _tell(session, row)
    return paper(session, row.id)


def copy_paper(session: Session, paper_id: int, case_id: int, person: Person) -> PaperView:
    """The same paper in another case, with its newest reading and its pictures: nothing is read again. Raises NotFound."""
    source = _row(session, paper_id)
    copy = add_paper(session, case_id, Stored(source.sha256, source.size), source.name, source.media_type, person)
    newest = session.scalar(select(ReadingRow).where(ReadingRow.paper_id == paper_id).order_by(ReadingRow.id.desc()).limit(1))
    if newest is not None:
        save_reading(session, copy.id, f"copy-{newest.id}-{copy.id}", replace(FileReading.from_json(newest.reading), text=newest.text),
                     newest.engine)
    for found in session.scalars(select(PictureRow).where(PictureRow.paper_id == paper_id)):
        save_picture(session, copy.id, Picture(found.page, found.sha256, found.width, found.height, found.turned))
    return paper(session, copy.id)


def _base_name(name: str) -> str:
    return storable(name).replace("\\", "/").rpartition("/")[2].strip()[:255] or "未命名"


def _tell(session: Session, row: PaperRow) -> None:
    events.emit(session, row.case_id, "paper", {"paper": row.id, "name": row.name, "state": row.state})


def _row(session: Session, paper_id: int) -> PaperRow:
    row = session.get(PaperRow, paper_id)
    if row is None:
        raise NotFound("paper", str(paper_id))
    return row


def paper(session: Session, paper_id: int, person: Person | None = None) -> PaperView:
    """A paper. With ``person``: an applicant finds only papers of their own cases. Raises NotFound."""
    row = _row(session, paper_id)
    case(session, row.case_id, person)
    return _paper_view(session, row)


def papers(session: Session, case_id: int, *, removed: bool = False) -> list[PaperView]:
    """The papers of a case in the order they came; removed ones, which are kept for the record, only where asked for."""
    rows = session.scalars(select(PaperRow).where(PaperRow.case_id == case_id).order_by(PaperRow.id))
    return [_paper_view(session, r) for r in rows if removed or r.state != REMOVED]


def _paper_view(session: Session, row: PaperRow) -> PaperView:
    found = reading(session, row.id) if row.state == READ else None
    kinds = tuple(d.kind for d in found.documents) if found else ()
    doubts = sum(r.status == REVIEW for d in found.documents for r in d.fields.values()) if found else 0
    shown = tuple(session.scalars(select(PictureRow.page).where(PictureRow.paper_id == row.id).order_by(PictureRow.page)))
    return PaperView(row.id, row.case_id, row.sha256, row.name, row.size, row.media_type, row.state, row.pages, row.error_code,
                     PAPER_ERRORS.get(row.error_code or "", ""), kinds, doubts, shown, row.added_at)


def remove_paper(session: Session, paper_id: int, expected_version: int) -> None:
    """Take a paper out of its case; its bytes and readings stay for the record. Raises NotFound, Stale."""
    row = _row(session, paper_id)
    advance(session, row.case_id, expected_version)
    row.state = REMOVED
    session.flush()
    _tell(session, row)


def restore_paper(session: Session, paper_id: int, expected_version: int) -> PaperView:
    """Take a removed paper back into its case, as it was read; state received where it never was. Raises NotFound, Stale."""
    row = _row(session, paper_id)
    advance(session, row.case_id, expected_version)
    newest = reading(session, paper_id)
    row.state = RECEIVED if newest is None else UNREADABLE if newest.error else READ
    session.flush()
    _tell(session, row)
    return _paper_view(session, row)


def start_reading(session: Session, paper_id: int) -> None:
    """State reading; a paper that was removed meanwhile stays so."""
    row = _row(session, paper_id)
    if row.state != REMOVED:
        row.state = READING
        session.flush()
        _tell(session, row)


def save_reading(session: Session, paper_id: int, run: str, found: FileReading, engine: str) -> None:
    """Keep what a read gave. The same ``run`` saves once, however often it comes. A refused file gives state refused and its code."""
    row = _row(session, paper_id)
    if has_reading(session, run):
        # the job ran twice, and the second run had begun before the first was done
        if row.state == READING:
            row.state = UNREADABLE if row.error_code else READ
            session.flush()
        return
    values = [r for d in found.documents for r in d.fields.values()]
    session.add(ReadingRow(paper_id=paper_id, run=run, reading=found.as_json(), text=found.text[:LONGEST_TEXT], engine=engine[:200],
                           accepted=sum(r.status == ACCEPTED for r in values), total=len(values), at=clock.now()))
    row.pages = found.pages
    row.error_code = found.error[0] if found.error else None
    if row.state != REMOVED:
        row.state = UNREADABLE if found.error else READ
    session.flush()
    _tell(session, row)


def has_reading(session: Session, run: str) -> bool:
    """Whether that job has kept its reading."""
    return session.scalar(select(ReadingRow.id).where(ReadingRow.run == run)) is not None


def fail_reading(session: Session, paper_id: int, edition: str = "") -> None:
    """State refused by a fault of our own, in this ``edition`` of the program: the paper can be read again."""
    row = _row(session, paper_id)
    if row.state in (RECEIVED, READING):
        row.state, row.error_code, row.failed_in = UNREADABLE, FAILED, edition
        session.flush()
        _tell(session, row)


def reading(session: Session, paper_id: int) -> FileReading | None:
    """The newest reading of a paper, refused ones too; None before the first."""
    newest = select(ReadingRow.reading).where(ReadingRow.paper_id == paper_id).order_by(ReadingRow.id.desc()).limit(1)
    data = session.scalar(newest)
    return None if data is None else FileReading.from_json(data)


def readings(session: Session, case_id: int) -> list[FileReading]:
    """The newest reading of each paper of the case that could be read, in the order the papers came."""
    ids = session.scalars(select(PaperRow.id).where(PaperRow.case_id == case_id, PaperRow.state == READ).order_by(PaperRow.id))
    found = (reading(session, i) for i in ids)
    return [r for r in found if r is not None and r.error is None]


def texts(session: Session, case_id: int) -> list[str]:
    """All that the papers of the case say, one text a paper."""
    newest = (select(func.max(ReadingRow.id)).join(PaperRow, PaperRow.id == ReadingRow.paper_id)
              .where(PaperRow.case_id == case_id, PaperRow.state == READ).group_by(ReadingRow.paper_id))
    return list(session.scalars(select(ReadingRow.text).where(ReadingRow.id.in_(newest)).order_by(ReadingRow.id)))


def add_entry(session: Session, case_id: int, person: Person, field: str, value: Value, expected_version: int,
              why: str = "", confirms: Read | None = None) -> int:
    """Keep a value that a person entered, confirmed or (``value`` None) withdrew; returns the case's new version.

    Nothing is overwritten: the newest entry of a field counts. Raises UnknownField, BadValue, NotFound, and Stale when somebody
    saved the case since ``expected_version``."""
    if field not in groups():
        term(field)
    if value is not None:
        check_facts({field: value})
    row = advance(session, case_id, expected_version)
    session.add(EntryRow(case_id=case_id, version=row.version, field=field, value={"value": value}, account_id=person.id, by=person.name,
                         why=why, confirms=confirms.as_json() if confirms else None, at=clock.now()))
    session.flush()
    events.emit(session, case_id, "entry", {"field": field, "version": row.version})
    return row.version


def entries(session: Session, case_id: int, person: Person | None = None) -> list[Entry]:
    """Everything that people, or one person, entered and did not take back, oldest first."""
    return [_entry(r, case_row(session, case_id).applicant_id) for r in _standing(session, case_id)
            if person is None or r.account_id == person.id]


def _standing(session: Session, case_id: int) -> list[EntryRow]:
    return undo.standing(list(session.scalars(select(EntryRow).where(EntryRow.case_id == case_id).order_by(EntryRow.id))))


def _entry(row: EntryRow, owner: int | None = None) -> Entry:
    # the applicant's own word is a claim
    ink = read_from_json(row.confirms) if row.confirms else None
    return Entry(row.field, row.value["value"], row.by, row.at, row.why, ink, owner is not None and row.account_id == owner)


def read_from_json(data: Mapping[str, Any]) -> Read:
    """A Read from its JSON (the origin of FILLING), as a page sends it back to confirm it. Raises KeyError, TypeError, ValueError."""
    return Read(str(data["document"]), int(data["page"]), Box(*map(float, data["box"])), str(data["text"]), str(data["status"]),
                str(data.get("kind", "")), tuple(data.get("witnesses", ())), tuple(data.get("doubts", ())))


def facts(session: Session, case_id: int) -> CaseFacts:
    """All that the case knows: papers, entries, what registers answered, and what the service itself knows (the days it was sent in and
    received, the consent). What the applicant says against ink that leaves no doubt waits for the office.

    The service's own facts yield to a clerk's entry, not to the applicant's: nobody backdates their own case. What the applicant said
    before a paper was there to be looked at yields to what the paper says."""
    view = case(session, case_id)
    own, files = _own(view), readings(session, case_id)
    ours = {e.field for e in own}
    rows = [e for e in _standing(session, case_id) if e.field not in ours or e.account_id != view.applicant_id]
    yielding = _said_before(session, case_id, files, [e for e in rows if e.account_id == view.applicant_id and e.confirms is None])
    return merge(files, [*own, *(_entry(e, view.applicant_id) for e in rows if e.id not in yielding)], looked_up(session, case_id),
                 view.login)


def _said_before(session: Session, case_id: int, files: Sequence[FileReading], unseen: Sequence[EntryRow]) -> set[int]:
    """Which of the entries that confirm no ink are older than the first read of every paper that speaks of their field."""
    first = dict(session.execute(
        select(PaperRow.sha256, func.min(ReadingRow.at)).join(ReadingRow, ReadingRow.paper_id == PaperRow.id)
        .where(PaperRow.case_id == case_id, PaperRow.state == READ).group_by(PaperRow.sha256)).all()) if unseen else {}
    early = [e for e in unseen if any(e.at < at for at in first.values())]
    if not early:
        return set()
    told = {f: [first[o.document] for o in fact.origins if isinstance(o, Read)] for f, fact in merge(files).facts.items()}
    return {e.id for e in early if told.get(e.field) and e.at < min(told[e.field])}


def notices(session: Session, case_id: int, day: date) -> tuple[Notice, ...]:
    """What is to be noticed about the case's papers side by side, stale ones as of the day on which the case was received or sent in,
    as its facts have it, else ``day``."""
    known = facts(session, case_id).known()
    told = known.get("app.received_date") or known.get("app.submitted_date")
    day = date.fromisoformat(told) if told else day
    return together(readings(session, case_id), entries(session, case_id), day, case(session, case_id).login)


def _own(view: CaseView) -> list[Entry]:
    out = []
    if view.consented_at is not None:
        out.append(Entry("app.consent_recorded", view.consented_at.isoformat(timespec="seconds"), SERVICE, view.consented_at))
    if view.submitted_at is not None:
        out.append(Entry("app.submitted_date", view.submitted_at.date().isoformat(), SERVICE, view.submitted_at))
        if view.received_on is not None:
            out.append(Entry("app.received_date", view.received_on.isoformat(), SERVICE, view.submitted_at))
    return out


def value_history(session: Session, case_id: int, field: str) -> list[HistoryItem]:
    """Every value that a field of the case ever had, oldest first: each read of each paper (also of removed ones) and each entry."""
    items = []
    reads = session.execute(select(ReadingRow, PaperRow.id).join(PaperRow).where(PaperRow.case_id == case_id).order_by(ReadingRow.id))
    for row, paper_id in reads:
        fact = merge([FileReading.from_json(row.reading)]).facts.get(field)
        spots = [o for o in fact.origins if isinstance(o, Read)] if fact else []
        items += [HistoryItem(row.at, "read", field, fact.value, row.engine, "", o.as_json(), paper_id) for o in spots if fact]
    said = session.scalars(select(EntryRow).where(EntryRow.case_id == case_id, EntryRow.field == field).order_by(EntryRow.id))
    items += [HistoryItem(e.at, "undone" if undo.UNDOES in e.value else "entered", field, e.value["value"], e.by, e.why,
                          _entry(e).as_json(), None) for e in said]
    return sorted(items, key=lambda i: i.at)


def paper_counts(session: Session, case_id: int) -> dict[str, int]:
    """How many papers of the case are in each state."""
    counts = select(PaperRow.state, func.count()).where(PaperRow.case_id == case_id).group_by(PaperRow.state)
    return dict(session.execute(counts).all())


def case_row(session: Session, case_id: int) -> CaseRow:
    row = session.get(CaseRow, case_id)
    if row is None:
        raise NotFound("case", str(case_id))
    return row
