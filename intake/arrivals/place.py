"""Where a file that came in by itself belongs, and putting it there.

Nothing is read before consent (SYS-01): what belongs to no case that has it, or to no case for sure, is kept unread for a clerk.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from sqlalchemy.orm import Session

from domain.errors import NotAllowed, NotFound, ReadRefused, Stopped
from domain.taiwan import ubn as uniform_no
from intake.people import accounts, audit
from intake.store import arrivals, repository
from intake.store.arrivals import ENDED, FOLDER, PARKED, TAKEN, TURNED_AWAY, ArrivalView, Coming
from intake.store.papers import Stored
from intake.store.views import DRAFT, RECEIVED, SUPPLEMENT, CaseView
from intake.work import client

CASE_NUMBER = re.compile(r"(?<![\d-])(\d{7}-\d{4})(?![\d-])")
_BEGIN = re.compile(r"(\d{7}-\d{4}|\d{8})(?![\d])")

NOBODY = "檔名或資料夾開頭沒有統一編號或案號"
UNKNOWN_CASE = "沒有這個案號"
UNKNOWN_FIRM = "這個統一編號還沒有開戶"
NO_CASE = "這個統一編號沒有進行中、已同意個人資料使用的案件"
SEVERAL = "這個統一編號有好幾件進行中的案件"
NO_CONSENT = "這件案件的申請人還沒有同意個人資料使用"
OVER = "這件案件已經結案"
STOPPED = "這件案件目前不能再加文件"
NO_NUMBER = "主旨沒有案號"
STRANGER = "寄件人不是這件案件登記的電子郵件"
UNPROVEN = "寄件人沒有通過郵件伺服器的驗證"
SENT_IN = "案件已送件，也沒有通知補件"


@dataclass(frozen=True)
class Place:
    """The case a file goes into; None: a clerk has to say, and ``reason`` tells people why."""

    case: CaseView | None
    reason: str = ""


def key_of(*parts: str) -> str:
    """The key of one coming of a file."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def reference(name: str) -> str:
    """The 統一編號 or case number that a file or folder name begins with, "" for none.

    >>> reference("1151120-0001 補件"), reference("04595257_變更登記表.pdf"), reference("20261120.pdf"), reference("掃描.pdf")
    ('1151120-0001', '04595257', '', '')
    """
    found = _BEGIN.match(name.strip())
    if found is None or "-" not in found[1] and not uniform_no.is_valid(found[1]):
        return ""
    return found[1]


def by_reference(session: Session, ref: str) -> Place:
    """Where a scan belongs whose name begins with ``ref``: the case of that number, or the one case of that firm that goes on."""
    if not ref:
        return Place(None, NOBODY)
    if "-" in ref:
        try:
            return _open(repository.case(session, ref))
        except NotFound:
            return Place(None, UNKNOWN_CASE)
    owner = accounts.person(session, ref)
    if owner is None:
        return Place(None, UNKNOWN_FIRM)
    going_on = [c for c in repository.cases_of(session, owner) if c.state not in ENDED and c.consented_at is not None]
    if len(going_on) > 1:
        return Place(None, SEVERAL)
    return Place(going_on[0]) if going_on else Place(None, NO_CASE)


def by_letter(session: Session, subject: str, sender: str, proven: bool) -> Place:
    """Where a letter's attachments belong: the case whose number its subject carries, if the sender is its applicant and may add to it now.
    ``proven``: the mail server vouches for the sender."""
    numbers = set(CASE_NUMBER.findall(subject))
    if len(numbers) != 1:
        return Place(None, NO_NUMBER)
    try:
        found = repository.case(session, numbers.pop())
    except NotFound:
        return Place(None, UNKNOWN_CASE)
    owner = accounts.person(session, found.login)
    if owner is None or not sender or owner.email.casefold() != sender.casefold():
        return Place(None, STRANGER)
    if not proven:
        return Place(None, UNPROVEN)
    place = _open(found)
    return Place(None, SENT_IN) if place.case and found.state not in (DRAFT, SUPPLEMENT) else place


def _open(case: CaseView) -> Place:
    if case.consented_at is None:
        return Place(None, NO_CONSENT)
    return Place(None, OVER) if case.state in ENDED else Place(case)


def likely(session: Session, waiting: ArrivalView) -> list[CaseView]:
    """The cases among which a clerk will mostly find the one of a file that waits: those that go on of the firm whose number the path
    begins with, or from whose address the letter came; where path or subject names one of them, that one alone. A sender whom the mail
    server does not vouch for is nobody's."""
    if waiting.way == FOLDER:
        ref = next((r for r in map(reference, PurePosixPath(waiting.origin).parts) if r), "")
        owner = accounts.person(session, ref)
        owners, named = [owner] if owner else [], {ref}
    else:
        owners = [] if waiting.reason == UNPROVEN else accounts.applicants_at(session, waiting.origin)
        named = set(CASE_NUMBER.findall(waiting.subject))
    going_on = [c for o in owners for c in repository.cases_of(session, o) if c.state not in ENDED and c.consented_at is not None]
    return [c for c in going_on if c.number in named] or going_on


def put(session: Session, coming: Coming, stored: Stored, place: Place) -> ArrivalView:
    """Make the file a paper of its case and have it read, or keep it for a clerk."""
    reason = place.reason
    if place.case is not None:
        try:
            with session.begin_nested():
                return _into(session, coming, stored, place.case)
        except (NotAllowed, Stopped):
            reason = STOPPED
    kept = arrivals.keep(session, coming, stored, PARKED, reason)
    audit.record(session, None, audit.ADD, f"arrival/{kept.id}", {"through": coming.way, "sha256": stored.sha256, "state": PARKED})
    return kept


def _into(session: Session, coming: Coming, stored: Stored, case: CaseView) -> ArrivalView:
    # the paper is the applicant's; that nobody's hand put it there stands in the log
    owner = accounts.person(session, case.login)
    if owner is None:
        raise NotAllowed("a paper for an account that is closed")
    paper = repository.add_paper(session, case.id, stored, coming.name, coming.media_type, owner)
    if paper.state == RECEIVED:
        client.enqueue_read(session, paper.id)
    audit.record(session, None, audit.ADD, f"paper/{paper.id}", {"case": case.number, "sha256": stored.sha256, "through": coming.way})
    return arrivals.keep(session, coming, stored, TAKEN, "", paper)


def turn_away(session: Session, coming: Coming, refused: ReadRefused) -> ArrivalView:
    """Note a file that cannot be a paper; its bytes are not kept."""
    kept = arrivals.keep(session, coming, None, TURNED_AWAY, refused.zh)
    audit.record(session, None, audit.REFUSE, f"arrival/{kept.id}", {"through": coming.way, "code": refused.code})
    return kept
