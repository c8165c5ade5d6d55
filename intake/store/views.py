"""What the desks see of the store: small frozen values, free of the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

DRAFT, SUBMITTED, REVIEWING, SUPPLEMENT, PASSED, REFUSED = "draft", "submitted", "reviewing", "supplement", "passed", "failed"
CASE_STATES = {DRAFT: "準備中", SUBMITTED: "已送件", REVIEWING: "審查中", SUPPLEMENT: "待補件", PASSED: "通過", REFUSED: "不通過"}
"""States of a case and what people call them. draft is the applicant's; all others wait on a clerk's desk or have left it."""
CLOSED = (PASSED, REFUSED)
"""Those of a case that was decided."""

RECEIVED, READING, READ, UNREADABLE, REMOVED = "received", "reading", "read", "refused", "removed"
PAPER_STATES = {RECEIVED: "已收到", READING: "讀取中", READ: "讀好了", UNREADABLE: "讀不了", REMOVED: "已移除"}


@dataclass(frozen=True)
class CaseView:
    """A case. ``login`` is the applicant's 統一編號; ``title`` the organisation's name once read; ``outcome`` the last decision's
    ("" before the first); ``doubts`` how many facts wait for a person; ``version`` goes back with every save; ``due`` names the most
    urgent deadline, which ends on ``due_on`` (None: none runs)."""

    id: int
    number: str
    programme: str
    applicant_id: int
    login: str
    title: str
    state: str
    version: int
    clerk_id: int | None
    clerk: str
    outcome: str
    doubts: int
    created_at: datetime
    submitted_at: datetime | None
    received_on: date | None
    consented_at: datetime | None
    due_on: date | None = None
    due: str = ""


@dataclass(frozen=True)
class PaperView:
    """A file of a case. ``pages`` and ``kinds`` are None and () until it is read; ``doubts`` its values that wait for a person;
    ``error`` is the sentence for people of ``error_code``; ``size`` in bytes; ``pictures`` the pages with a stored picture."""

    id: int
    case_id: int
    sha256: str
    name: str
    size: int
    media_type: str
    state: str
    pages: int | None
    error_code: str | None
    error: str
    kinds: tuple[str, ...]
    doubts: int
    pictures: tuple[int, ...]
    added_at: datetime


@dataclass(frozen=True)
class Picture:
    """The stored picture of a page as displayed; ``sha256`` is its name in the paper store, sizes in pixels, ``turned`` the clockwise turn
    in degrees that makes it upright."""

    page: int
    sha256: str
    width: int
    height: int
    turned: int = 0


@dataclass(frozen=True)
class QueueRow:
    """A line of the clerk's table; of its ``papers`` so many are ``unread``, could not be read (``refused``), and came after the supplement
    was asked for (``fresh``, only while it is).
    Names are whole: mask them for those who do not need them (``people/mask.py``)."""

    id: int
    number: str
    programme: str
    login: str
    title: str
    state: str
    outcome: str
    doubts: int
    papers: int
    unread: int
    clerk: str
    submitted_at: datetime | None
    received_on: date | None
    due_on: date | None = None
    due: str = ""
    version: int = 0
    refused: int = 0
    fresh: int = 0


@dataclass(frozen=True)
class HistoryItem:
    """One value that a field had. ``kind`` is read, entered, or undone (an entry was taken back); ``origin`` the JSON of FILLING;
    ``by`` the engine or the person. ``paper_id`` leads to the ink where it was read."""

    at: datetime
    kind: str
    field: str
    value: Any
    by: str
    why: str
    origin: dict[str, Any]
    paper_id: int | None


@dataclass(frozen=True)
class DecisionView:
    """A decision in the form of DECIDING and the known facts it was made from."""

    id: int
    programme: str
    edition: str
    as_of: date
    outcome: str
    decision: dict[str, Any]
    facts: dict[str, Any]
    at: datetime


@dataclass(frozen=True)
class FormView:
    """A filled form; the hashes are names in the paper store, None where LibreOffice could not make it. ``trace`` after FILLING."""

    id: int
    case_id: int
    form: str
    edition: str
    title: str
    docx_sha256: str
    odt_sha256: str | None
    pdf_sha256: str | None
    trace: dict[str, Any]
    at: datetime


@dataclass(frozen=True)
class BundleView:
    """The newest bundle; None where it could not be made. ``problems``: sentences about what could not be made."""

    pdf_sha256: str | None
    zip_sha256: str | None
    problems: tuple[str, ...]
    at: datetime


@dataclass(frozen=True)
class NoteView:
    id: int
    by: str
    text: str
    at: datetime


@dataclass(frozen=True)
class Progress:
    """How far a case's work is. ``working`` is true while any job of the case waits or runs."""

    papers: int
    waiting: int
    reading: int
    read: int
    refused: int
    doubts: int
    outcome: str
    forms: int
    working: bool
