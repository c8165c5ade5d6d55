"""The five rights as rows with a clock: what was asked, until when it must be answered, what was answered (SYS-06, SYS-32, SYS-33).

個人資料保護法第 13 條: a request to see or to get a copy (第 10 條) is decided within 15 days, once to be extended by 15; one to
correct, stop or erase (第 11 條) within 30 days, once by 30. The day of the request does not count; a last day that is a holiday is
not moved, to be on the safe side. An extension is told to the asker in writing with its reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.errors import BadValue, NotAllowed, NotFound
from intake import clock
from intake.people.person import Person
from intake.store.tables_rights import RightsRequest

SEE, COPY, CORRECT, STOP, DELETE = "see", "copy", "correct", "stop", "delete"
RIGHTS = {SEE: "查詢或請求閱覽", COPY: "請求製給複製本", CORRECT: "請求補充或更正", STOP: "請求停止蒐集、處理或利用", DELETE: "請求刪除"}
"""The rights in the words and the order of 個人資料保護法第 3 條."""

OPEN, DONE, REFUSED = "open", "done", "refused"
STATES = {OPEN: "等候答覆", DONE: "已辦理", REFUSED: "未准許"}
CLAUSES = {True: "個人資料保護法第 13 條第 1 項：15 日內准駁，得延長 15 日",
           False: "個人資料保護法第 13 條第 2 項：30 日內准駁，得延長 30 日"}
SELF = "self"
"""Who answered where the asker was served at once."""


@dataclass(frozen=True)
class Request:
    """A request. ``case_number`` "" is all that is held; ``extended`` the reason of an extension; ``answered_by`` a log-in or SELF."""

    id: int
    login: str
    kind: str
    case_number: str
    text: str
    asked_at: datetime
    due_on: date
    state: str
    extended: str
    answer: str
    answered_by: str
    answered_at: datetime | None

    @property
    def clause(self) -> str:
        return CLAUSES[self.kind in (SEE, COPY)]

    def left(self, today: date) -> int:
        """Days left to answer, below zero where it is late."""
        return (self.due_on - today).days


def days(kind: str) -> int:
    """The days of 第 13 條 for a request of this kind.

    >>> days("copy"), days("delete")
    (15, 30)
    """
    return 15 if kind in (SEE, COPY) else 30


def ask(session: Session, person: Person, kind: str, case_number: str = "", text: str = "") -> Request:
    """Keep a request; its clock runs from today. Raises BadValue where there is no such right, or nothing says what is to be mended."""
    if kind not in RIGHTS:
        raise BadValue("權利", kind, "、".join(RIGHTS))
    if kind == CORRECT and not text.strip():
        raise BadValue("說明", text, "要更正的是哪一項、應該是什麼")
    row = RightsRequest(login=person.login, kind=kind, case_number=case_number, text=text.strip()[:2000], asked_at=clock.now(),
                        due_on=clock.today() + timedelta(days=days(kind)), state=OPEN, extended="", answer="", answered_by="")
    session.add(row)
    session.flush()
    return _view(row)


def answer(session: Session, request_id: int, by: str, state: str, words: str) -> Request:
    """Answer an open request. A refusal says why. Raises NotFound, NotAllowed where it was answered, BadValue without a reason."""
    row = _open(session, request_id)
    if state not in (DONE, REFUSED):
        raise BadValue("結果", state, f"{DONE}、{REFUSED}")
    if state == REFUSED and not words.strip():
        raise BadValue("理由", words, "不准許的理由與依據，申請人會看到")
    row.state, row.answer, row.answered_by, row.answered_at = state, words.strip()[:2000], by, clock.now()
    session.flush()
    return _view(row)


def served(session: Session, person: Person, kind: str, case_number: str = "", words: str = "") -> Request:
    """A right that the person used by themselves and got at once; seeing the same thing again on the same day is one use."""
    day = datetime.combine(clock.today(), datetime.min.time())
    again = session.scalar(select(RightsRequest).where(
        RightsRequest.login == person.login, RightsRequest.kind == kind, RightsRequest.case_number == case_number,
        RightsRequest.answered_by == SELF, RightsRequest.asked_at >= day)) if kind == SEE else None
    return _view(again) if again is not None else answer(session, ask(session, person, kind, case_number).id, SELF, DONE, words)


def extend(session: Session, request_id: int, reason: str) -> Request:
    """As many days again, once, with a reason. Raises NotFound, NotAllowed where it was extended or answered, BadValue without a reason."""
    row = _open(session, request_id)
    if row.extended:
        raise NotAllowed("a second extension")
    if not reason.strip():
        raise BadValue("理由", reason, "延長的原因，要以書面通知請求人")
    row.extended, row.due_on = reason.strip()[:1000], row.due_on + timedelta(days=days(row.kind))
    session.flush()
    return _view(row)


def request(session: Session, request_id: int) -> Request:
    """Raises NotFound."""
    row = session.get(RightsRequest, request_id)
    if row is None:
        raise NotFound("request", str(request_id))
    return _view(row)


def waiting(session: Session) -> list[Request]:
    """What waits for an answer, the first to end first."""
    rows = session.scalars(select(RightsRequest).where(RightsRequest.state == OPEN).order_by(RightsRequest.due_on, RightsRequest.id))
    return [_view(r) for r in rows]


def answered(session: Session, limit: int = 100) -> list[Request]:
    """What was answered, newest first."""
    rows = session.scalars(select(RightsRequest).where(RightsRequest.state != OPEN).order_by(RightsRequest.id.desc()).limit(limit))
    return [_view(r) for r in rows]


def of_person(session: Session, person: Person) -> list[Request]:
    """What the person asked for, newest first."""
    rows = session.scalars(select(RightsRequest).where(RightsRequest.login == person.login).order_by(RightsRequest.id.desc()))
    return [_view(r) for r in rows]


def count_waiting(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(RightsRequest).where(RightsRequest.state == OPEN)) or 0


def _open(session: Session, request_id: int) -> RightsRequest:
    row = session.get(RightsRequest, request_id, populate_existing=True, with_for_update=True)
    if row is None:
        raise NotFound("request", str(request_id))
    if row.state != OPEN:
        raise NotAllowed("a request that was answered")
    return row


def _view(r: RightsRequest) -> Request:
    return Request(r.id, r.login, r.kind, r.case_number, r.text, r.asked_at, r.due_on, r.state, r.extended, r.answer, r.answered_by,
                   r.answered_at)
