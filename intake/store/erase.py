"""Erasing: everything of a case, or an applicant's account that has no case, and the certificate of it (SYS-61, SYS-63).

What belongs to a case is found by the references between the tables and by the names of their columns (``sha256``, ``…_sha256``
name files of the store), so a table that is added later is erased with the rest. Two steps, so that a crash leaves nothing behind:

    with database.session() as session:
        made = erase.case(session, store, number, person, ground, reason)    # rows go, the certificate is written
    erase.finish(database, store, settings)                                  # their files go; done again at the next start if need be
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, or_, select, text
from sqlalchemy import Table as Rows
from sqlalchemy.orm import Session

from domain.errors import NotAllowed, NotFound
from intake import clock
from intake.people import audit, mail
from intake.people.person import APPLICANT, Person
from intake.settings import Settings
from intake.store.cases import case as find
from intake.store.contents import paper as find_paper
from intake.store.database import Database
from intake.store.papers import PaperStore
from intake.store.tables import Account, BundleRow, CaseRow, EntryRow, Event, FormRow, Job, PaperRow, Table
from intake.store.tables_keeping import Erasure
from intake.store.views import CaseView

DUE, ASKED, OWN = "due", "asked", "own"
GROUNDS = {DUE: "保存期限屆滿", ASKED: "當事人請求刪除", OWN: "申請人刪除自己未送件的草稿"}
"""Why a case is erased: 個人資料保護法第 11 條第 3 項 (the purpose has gone or the time is over), 第 3 條第 5 款."""

UNBOUND = "這一卷裡有一份文件依當事人請求刪除，整卷一併移除；請用最新資料重填。"
"""What stands in place of a bundle that held an erased file."""

CASES, PAPERS, ACCOUNTS, JOBS = (Table.metadata.tables[k.__tablename__] for k in (CaseRow, PaperRow, Account, Job))
FORMS, BUNDLES, ENTRIES, EVENTS = (Table.metadata.tables[k.__tablename__] for k in (FormRow, BundleRow, EntryRow, Event))
_Where = dict[Rows, ColumnElement[bool]]


@dataclass(frozen=True)
class Content:
    """What there is of a case: rows by table, and the files by hash with their size in bytes; ``shared`` are files that also belong to
    another case and stay for it."""

    rows: Mapping[str, int]
    files: Mapping[str, int]
    shared: frozenset[str]


@dataclass(frozen=True)
class Certificate:
    """An erased case. ``finished_at`` None: its rows are gone, its files are about to."""

    id: int
    case_number: str
    programme: str
    state: str
    ground: str
    reason: str
    rows: Mapping[str, int]
    files: Mapping[str, int]
    shared: tuple[str, ...]
    by: str
    by_name: str
    at: datetime
    finished_at: datetime | None
    log_line: int

    @property
    def of_file(self) -> bool:
        """Whether one file of a case was erased, and not the case."""
        return self.case_number.startswith("P")


def content(session: Session, store: PaperStore, case_id: int) -> Content:
    """What erasing the case would remove."""
    return _content(session, store, _of_case(case_id))


def paper_content(session: Session, store: PaperStore, paper_id: int) -> Content:
    """What erasing that one file would remove. Raises NotFound."""
    found = find_paper(session, paper_id)
    return _content(session, store, _of_paper(session, found.id, found.sha256, found.case_id))


def _content(session: Session, store: PaperStore, where: _Where) -> Content:
    rows = {t.name: n for t, w in where.items() if (n := session.scalar(select(func.count()).select_from(t).where(w)))}
    files = _files(session, where)
    elsewhere = _held(session, files, where)
    return Content(rows, {f: _size(store, f) for f in sorted(files)}, frozenset(elsewhere))


def case(session: Session, store: PaperStore, number: str, person: Person, ground: str, reason: str) -> Certificate:
    """Remove every row of the case and write its certificate and the log's line; whether it may be done is for the caller to see.
    Raises NotFound."""
    view = find(session, number)
    mail.forget(session, number)
    return _erase(session, store, _of_case(view.id), view, (view.number, f"case/{view.number}"), person, (ground, reason))


def paper(session: Session, store: PaperStore, paper_id: int, person: Person, reason: str) -> Certificate:
    """Remove one file of a case that has somebody else's data in it: with its readings and pictures, what people confirmed in it, the
    forms that print from it and the bundles that hold it. The decisions, the notes and the rest of the case stay. Its certificate has the
    number ``P<paper>-<case>``. ``finish`` as for a case. Raises NotFound."""
    found = find_paper(session, paper_id)
    view = find(session, found.case_id)
    where = _of_paper(session, found.id, found.sha256, view.id)
    filled = session.execute(select(BUNDLES.c.run, BUNDLES.c.at).where(where[BUNDLES]).order_by(BUNDLES.c.id)).all()
    made = _erase(session, store, where, view, (f"P{found.id}-{view.number}", f"paper/{found.id}"), person, (ASKED, reason))
    # the other forms of a filling stay: they are found by its bundle
    session.add_all(BundleRow(case_id=view.id, run=run, problems={"problems": [UNBOUND]}, at=at) for run, at in filled)
    session.flush()
    return made


def _erase(session: Session, store: PaperStore, where: _Where, view: CaseView, names: tuple[str, str], person: Person,
           why: tuple[str, str]) -> Certificate:
    """Remove those rows; ``names``: the certificate's number and the log's record, ``why``: the ground and the reason."""
    there = _content(session, store, where)
    _delete(session, where)
    removed = {f: n for f, n in there.files.items() if f not in there.shared}
    row = Erasure(case_number=names[0], programme=view.programme, state=view.state, ground=why[0], reason=why[1], rows=dict(there.rows),
                  files={"removed": removed, "shared": sorted(there.shared)}, by=person.login, by_name=person.name, at=clock.now(),
                  log_line=0)
    row.log_line = audit.record(session, person, audit.DELETE, names[1], {
        "ground": why[0], "papers": there.rows.get("papers", 0), "files": len(removed)})
    session.add(row)
    session.flush()
    return _certificate(row)


def told(number: str) -> str:
    """What a letter says of an erased case."""
    return f"案件 {number} 已刪除"


def finish(database: Database, store: PaperStore, settings: Settings) -> int:
    """Remove the files of what was erased and did not get so far; how many cases. A file that a case has by now stays."""
    with database.reading() as session:
        open_ones = [(r.id, r.case_number, list(r.files["removed"])) for r in session.scalars(
            select(Erasure).where(Erasure.finished_at.is_(None)))]
    for row_id, number, files in open_ones:
        with database.session() as session:
            discard(session, store, files)
            # the letter that tells of the erasing may have left by now
            mail.forget_files(settings, number, but=told(number))
            session.get_one(Erasure, row_id).finished_at = clock.now()
    if open_ones and database.engine.dialect.name == "sqlite":
        # the erased bytes also stand in the journal until it is begun anew
        with database.engine.connect() as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    return len(open_ones)


def discard(session: Session, store: PaperStore, files: Iterable[str]) -> None:
    """Remove the files that no row names."""
    files = set(files)
    for sha256 in files - _held(session, files, {}):
        store.discard(sha256)


def account(session: Session, settings: Settings, login: str) -> None:
    """Remove an applicant's account with all that refers to it. Raises NotFound; NotAllowed while it has a case, or for staff."""
    row = session.scalar(select(Account).where(Account.login == login))
    if row is None:
        raise NotFound("account", login)
    if row.role != APPLICANT or session.scalar(select(func.count()).where(CaseRow.applicant_id == row.id)):
        raise NotAllowed("erasing an account that is in use")
    mail.forget(session, row.email, only_sent=True)
    mail.forget_files(settings, row.email)
    _delete(session, _where({ACCOUNTS: ACCOUNTS.c.id == row.id}))


def rows_of(session: Session, account_id: int) -> dict[str, list[dict[str, Any]]]:
    """Every row that is about an account or its cases, by table; without what guards it (hashes of passwords, codes and keys)."""
    where = _where({CASES: CASES.c.applicant_id == account_id})
    accounts = _where({ACCOUNTS: ACCOUNTS.c.id == account_id})
    # what others did in their cases is not this account's, so of the account only what nobody else's case has
    where |= {t: w for t, w in accounts.items() if t not in where}
    out = {}
    for table, condition in where.items():
        shown = [c for c in table.columns if not c.name.endswith("_hash") and c.name not in ("salt", "search")]
        found = session.execute(select(*shown).where(condition)).mappings()
        out[table.name] = [dict(row) for row in found]
    return {name: rows for name, rows in out.items() if rows}


def certificates(session: Session) -> list[Certificate]:
    """Every erasure, newest first."""
    return [_certificate(r) for r in session.scalars(select(Erasure).order_by(Erasure.id.desc()))]


def certificate(session: Session, number: str) -> Certificate:
    """The certificate of an erased case. Raises NotFound."""
    row = session.scalar(select(Erasure).where(Erasure.case_number == number))
    if row is None:
        raise NotFound("erasure", number)
    return _certificate(row)


def _certificate(r: Erasure) -> Certificate:
    return Certificate(r.id, r.case_number, r.programme, r.state, r.ground, r.reason, r.rows, r.files["removed"], tuple(r.files["shared"]),
                       r.by, r.by_name, r.at, r.finished_at, r.log_line)


def _of_case(case_id: int) -> _Where:
    where = _where({CASES: CASES.c.id == case_id})
    papers = select(PaperRow.id).where(PaperRow.case_id == case_id)
    where[JOBS] = or_((Job.kind == "read") & Job.subject.in_(papers), Job.kind.in_(("settle", "fill")) & (Job.subject == case_id))
    return where


def _of_paper(session: Session, paper_id: int, sha256: str, case_id: int) -> _Where:
    where = _where({PAPERS: PAPERS.c.id == paper_id})
    where[JOBS] = (Job.kind == "read") & (Job.subject == paper_id)
    rows = {ENTRIES: EntryRow.confirms, FORMS: FormRow.trace, EVENTS: Event.data}
    for table, column in rows.items():
        said = session.execute(select(table.c.id, column).where(table.c.case_id == case_id)).all()
        mine = [i for i, data in said if data and (data.get("paper") == paper_id if table is EVENTS else sha256 in json.dumps(data))]
        where[table] = table.c.id.in_(mine)
    # told now: the paper's row goes before these do
    added = session.scalar(select(PAPERS.c.added_at).where(PAPERS.c.id == paper_id))
    where[BUNDLES] = (BUNDLES.c.case_id == case_id) & (BUNDLES.c.at >= added)
    return where


def _where(where: _Where) -> _Where:
    """With the rows of each table that refer to these, and to those, and so on."""
    # parents stand before their children
    for table in Table.metadata.sorted_tables:
        refers = [key.parent.in_(select(key.column).where(where[key.column.table]))
                  for key in table.foreign_keys if key.column.table in where and key.column.table is not table]
        if refers and table not in where:
            where[table] = or_(*refers)
    return where


def _delete(session: Session, where: _Where) -> None:
    # jobs name their paper without a reference, so they go while it is there
    for table in (JOBS, *(t for t in reversed(Table.metadata.sorted_tables) if t is not JOBS)):
        if table in where:
            session.execute(delete(table).where(where[table]))
    # what was loaded before is no longer there
    session.expire_all()


def _hashes(table: Rows) -> list[ColumnElement[Any]]:
    return [c for c in table.columns if c.name == "sha256" or c.name.endswith("_sha256")]


def _files(session: Session, where: _Where) -> set[str]:
    """The files that these rows name."""
    return {f for t, w in where.items() for c in _hashes(t) for f in session.scalars(select(c).where(w)) if f}


def _held(session: Session, files: Collection[str], but: _Where) -> set[str]:
    """Those of the files that rows outside ``but`` name."""
    found: set[str] = set()
    for table in Table.metadata.sorted_tables:
        outside = ~but[table] if table in but else None
        for column in _hashes(table):
            query = select(column).where(column.in_(files))
            found |= set(session.scalars(query if outside is None else query.where(outside)))
    return found


def _size(store: PaperStore, sha256: str) -> int:
    try:
        return store.path(sha256).stat().st_size
    except NotFound:
        return 0
