"""The tables. Only ``intake/store`` and ``intake/people`` use these classes; everybody else gets the frozen views of ``views.py``.

Times are Taipei time without a zone (``intake/clock.py``); days are dates; JSON columns hold the forms of READING, DECIDING and FILLING.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, MetaData, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

# SQLite numbers rows by itself only in a column of type INTEGER, and gives each number once only where a migration says AUTOINCREMENT
RowId = BigInteger().with_variant(Integer, "sqlite")


class Table(DeclarativeBase):
    metadata = MetaData(naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s", "pk": "pk_%(table_name)s",
    })
    type_annotation_map = {dict[str, Any]: JSON}


class Account(Table):
    """Someone who may sign in. ``login`` of an applicant is the 統一編號 (SYS-21); staff have a name. ``state``: opened (no password
    yet), active, closed."""

    __tablename__ = "accounts"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    login: Mapped[str] = mapped_column(String(60), unique=True)
    role: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]


class SignIn(Table):
    """One log-in. The token itself is only in the person's cookie; ``token_hash`` is its SHA-256."""

    __tablename__ = "sessions"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    address: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class MailedCode(Table):
    """A 6-digit code that was mailed, hashed. ``purpose``: open or reset."""

    __tablename__ = "codes"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(10))
    code_hash: Mapped[str] = mapped_column(String(200))
    tries_left: Mapped[int]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Try(Table):
    """A failed log-in or code, counted by account and address (``key`` is a hash of both)."""

    __tablename__ = "tries"
    __table_args__ = (Index(None, "key", "at"),)
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


class CaseRow(Table):
    """A case. ``version`` rises with every save by a person. ``title``, ``outcome``, ``doubts`` and ``search`` are what the last
    settling found, ``due_on`` and ``due`` the most urgent deadline, kept here for lists."""

    __tablename__ = "cases"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    programme: Mapped[str] = mapped_column(String(60))
    applicant_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    clerk_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    state: Mapped[str] = mapped_column(String(20), index=True)
    version: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    received_on: Mapped[date | None]
    title: Mapped[str] = mapped_column(String(200), default="")
    outcome: Mapped[str] = mapped_column(String(20), default="")
    doubts: Mapped[int] = mapped_column(default=0)
    search: Mapped[str] = mapped_column(Text, default="")
    due_on: Mapped[date | None] = mapped_column(index=True)
    due: Mapped[str] = mapped_column(String(80), default="", server_default="")


class Consent(Table):
    """That someone agreed to the processing of personal data for a case: who, when, which text (SYS-01, SYS-09)."""

    __tablename__ = "consents"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    text_version: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]


class PaperRow(Table):
    """A file of a case, its bytes in the paper store under ``sha256``. ``failed_in``: the edition whose fault left it unread."""

    __tablename__ = "papers"
    __table_args__ = (UniqueConstraint("case_id", "sha256"),)
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[str] = mapped_column(String(255))
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(100))
    state: Mapped[str] = mapped_column(String(20))
    pages: Mapped[int | None]
    error_code: Mapped[str | None] = mapped_column(String(40))
    failed_in: Mapped[str] = mapped_column(String(40), default="", server_default="")
    added_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    added_at: Mapped[datetime]


class ReadingRow(Table):
    """What one read of one paper gave. ``run`` is the job that read it: the same job saves once. The newest row of a paper counts.
    ``text`` is all that its pages say, for the search; ``accepted`` of its ``total`` values needed no person."""

    __tablename__ = "readings"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("papers.id"), index=True)
    run: Mapped[str] = mapped_column(String(80), unique=True)
    reading: Mapped[dict[str, Any]]
    text: Mapped[str] = mapped_column(Text, default="", server_default="")
    engine: Mapped[str] = mapped_column(String(200))
    accepted: Mapped[int] = mapped_column(default=0, server_default="0")
    total: Mapped[int] = mapped_column(default=0, server_default="0")
    at: Mapped[datetime]


class PictureRow(Table):
    """The picture of one page as displayed, in the paper store under ``sha256``; sizes in pixels, ``turned`` the clockwise turn in degrees
    that makes it upright."""

    __tablename__ = "pictures"
    __table_args__ = (UniqueConstraint("paper_id", "page"),)
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("papers.id"))
    page: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    width: Mapped[int]
    height: Mapped[int]
    turned: Mapped[int] = mapped_column(default=0, server_default="0")


class EntryRow(Table):
    """A value that a person entered, confirmed or withdrew (``value`` null within), at the case's ``version`` after it. Never changed."""

    __tablename__ = "entries"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    version: Mapped[int]
    field: Mapped[str] = mapped_column(String(80))
    value: Mapped[dict[str, Any]]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    by: Mapped[str] = mapped_column(String(120))
    why: Mapped[str] = mapped_column(Text)
    confirms: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    at: Mapped[datetime]


class RegisterAnswerRow(Table):
    """What a public register answered, or a person found in it: evidence, never changed. The newest answer of a register counts."""

    __tablename__ = "register_answers"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    register: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120))
    subject: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20))
    facts: Mapped[dict[str, Any]]
    notes: Mapped[dict[str, Any]]
    url: Mapped[str] = mapped_column(Text)
    raw: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]


class DecisionRow(Table):
    """A decision with the facts it was made from, so that it can be made again."""

    __tablename__ = "decisions"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    run: Mapped[str] = mapped_column(String(80), unique=True)
    programme: Mapped[str] = mapped_column(String(60))
    edition: Mapped[str] = mapped_column(String(80))
    as_of: Mapped[date]
    outcome: Mapped[str] = mapped_column(String(20))
    decision: Mapped[dict[str, Any]]
    facts: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class FormRow(Table):
    """A filled form: its files in the paper store and its trace. ``run`` is the job that filled it."""

    __tablename__ = "forms"
    __table_args__ = (UniqueConstraint("run", "form"),)
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    run: Mapped[str] = mapped_column(String(80))
    form: Mapped[str] = mapped_column(String(20))
    edition: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    docx_sha256: Mapped[str] = mapped_column(String(64))
    odt_sha256: Mapped[str | None] = mapped_column(String(64))
    pdf_sha256: Mapped[str | None] = mapped_column(String(64))
    trace: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class BundleRow(Table):
    """All of a case as one PDF and one ZIP, in the paper store."""

    __tablename__ = "bundles"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    run: Mapped[str] = mapped_column(String(80), unique=True)
    pdf_sha256: Mapped[str | None] = mapped_column(String(64))
    zip_sha256: Mapped[str | None] = mapped_column(String(64))
    problems: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class Note(Table):
    __tablename__ = "notes"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class Mail(Table):
    """A letter waiting to be sent or sent. The code in its text is wiped when it has gone."""

    __tablename__ = "outbox"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    next_at: Mapped[datetime]
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(String(300), default="")


class Event(Table):
    """Something that happened in a case, for the live pages. ``id`` rises over all cases."""

    __tablename__ = "events"
    __table_args__ = (Index(None, "case_id", "id"),)
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    kind: Mapped[str] = mapped_column(String(40))
    data: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class Job(Table):
    """Work that was asked for, written with what it is about. A worker takes it up as the durable workflow of the same id; ``error``: why
    it ended without its effect."""

    __tablename__ = "jobs"
    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    subject: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    taken_by: Mapped[str | None] = mapped_column(String(40), index=True)
    done_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(String(300), default="")


class Worker(Table):
    """A worker's heartbeat: ``name`` is its stable name, ``beat`` seconds since the epoch."""

    __tablename__ = "workers"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    pid: Mapped[int]
    started_at: Mapped[datetime]
    beat: Mapped[float]
