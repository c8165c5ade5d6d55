"""The five rights as rows with a clock: what was asked, until when it must be answered, what was answered (SYS-06, SYS-32, SYS-33).

個人資料保護法第 13 條: a request to see or to get a copy (第 10 條) is decided within 15 days, once to be extended by 15; one to
correct, stop or erase (第 11 條) within 30 days, once by 30. The day of the request does not count; a last day that is a holiday is
not moved, to be on the safe side. An extension is told to the asker in writing with its reason.

Whoever has no account asks on paper: the desk writes it down, its clock runs from the day it came, and nothing is granted before it is
sure who asks. An authority or a third party that asks has no such clock; the days are the office's own (SYS-15: the owner decides).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, or_, select
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
AUTHORITY_CLAUSE = "個人資料保護法第 16 條、第 20 條：先通知委託的機關，由機關決定是否提供；日數是內部的期限"
SELF = "self"
"""Who answered where the asker was served at once."""
ONLINE, PAPER = "online", "paper"
PERSON, AGENT, AUTHORITY = "self", "agent", "authority"
ASKERS = {PERSON: "當事人本人", AGENT: "代理人", AUTHORITY: "機關或第三人"}
"""Who may ask on paper."""
GONE = "—"
"""In place of an extension's reason once the words of a request are no longer kept: that it was extended stays known."""


@dataclass(frozen=True)
class Request:
    """A request. ``case_number`` "" is all that is held; ``extended`` the reason of an extension; ``answered_by`` a log-in or SELF. The
    rest, from ``way`` on, is told in ``RightsRequest``."""

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
    way: str = ONLINE
    asker: str = ""
    asks_as: str = PERSON
    contact: str = ""
    received_on: date | None = None
    identity: str = ""
    entered_by: str = ""

    @property
    def on_paper(self) -> bool:
        return self.way == PAPER

    @property
    def forgotten(self) -> bool:
        """Whether its words, and whose it was, are no longer kept."""
        return not self.asker and not self.login

    @property
    def proven(self) -> bool:
        """Whether it is sure who asks: by their log-in, or as the desk wrote down."""
        return not self.on_paper or bool(self.identity)

    @property
    def clause(self) -> str:
        if self.asks_as == AUTHORITY:
            return AUTHORITY_CLAUSE
        return CLAUSES[self.kind in (SEE, COPY)]

    def left(self, today: date) -> int:
        """Days left to answer, below zero where it is late."""
        return (self.due_on - today).days


@dataclass(frozen=True)
class Paper:
    """A request as it stands on paper; ``identity`` "" where it is not yet sure who asks."""

    kind: str
    asker: str
    asks_as: str
    contact: str
    received_on: date | None
    text: str
    case_number: str = ""
    identity: str = ""


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


def ask_on_paper(session: Session, by: Person, asked: Paper) -> Request:
    """Write down a request that came on paper; its clock runs from the day it came. Raises BadValue."""
    name, text = " ".join(asked.asker.split()), asked.text.strip()
    if not 1 <= len(name) <= 120:
        raise BadValue("請求人", asked.asker, "1 到 120 個字")
    if asked.asks_as not in ASKERS:
        raise BadValue("身分", asked.asks_as, "、".join(ASKERS.values()))
    if asked.kind not in RIGHTS:
        raise BadValue("權利", asked.kind, "、".join(RIGHTS.values()))
    if not asked.contact.strip():
        raise BadValue("聯絡方式", asked.contact, "答覆要寄到哪裡：地址或電子信箱")
    if asked.received_on is None or asked.received_on > clock.today():
        raise BadValue("收到的日期", asked.received_on, "今天或之前的日期，例如 115年11月20日")
    if not text:
        raise BadValue("請求的內容", asked.text, "請求書上寫的：哪些資料、要做什麼")
    due = asked.received_on + timedelta(days=days(asked.kind))
    row = RightsRequest(
        login="", kind=asked.kind, case_number=asked.case_number, text=text[:2000], asked_at=clock.now(), due_on=due, state=OPEN,
        extended="", answer="", answered_by="", way=PAPER, asker=name, asks_as=asked.asks_as, contact=asked.contact.strip()[:254],
        received_on=asked.received_on, identity=asked.identity.strip()[:1000], entered_by=by.login)
    session.add(row)
    session.flush()
    return _view(row)


def prove(session: Session, request_id: int, how: str) -> Request:
    """Write down how it was made sure who asks; what stood there before stays before it. Raises NotFound, NotAllowed where it was answered
    or did not come on paper, BadValue without words."""
    row = _open(session, request_id)
    if row.way != PAPER:
        raise NotAllowed("an identity for a request that came with a log-in")
    if not how.strip():
        raise BadValue("身分核對", how, "看了什麼證件或委任書，怎麼核對的；不要抄寫證號")
    row.identity = "\n".join(t for t in (row.identity, how.strip()[:1000]) if t)
    session.flush()
    return _view(row)


def answer(session: Session, request_id: int, by: str, state: str, words: str) -> Request:
    """Answer an open request. A refusal says why; one on paper is granted only once it is sure who asks, and says what was done. Raises
    NotFound, NotAllowed where it was answered, BadValue without a reason."""
    row = _open(session, request_id)
    if row.way == PAPER and state == DONE:
        if not row.identity:
            raise BadValue("身分核對", "", "先核對請求人是誰，再准許；核對不了的，請以「不准許」答覆並寫明原因")
        if not words.strip():
            raise BadValue("答覆", words, "做了什麼，或給了什麼，會印在回覆書上")
    if state not in (DONE, REFUSED):
        raise BadValue("結果", state, f"{DONE}、{REFUSED}")
    if state == REFUSED and not words.strip():
        raise BadValue("答覆的內容", words, "不准許的理由與依據，申請人會看到")
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
        raise BadValue("答覆的內容", reason, "延長的原因，要以書面通知請求人")
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


def forget(session: Session, before: datetime) -> int:
    """Empty the words of what was answered before a time: who asked, whose account it was and where the answer went, what was asked and
    what was said. That a right was used, when, and whether it was granted in time stays (SYS-33). How many had something to lose."""
    r = RightsRequest
    wordy = or_(r.text != "", r.answer != "", r.extended.not_in(("", GONE)), r.asker != "", r.login != "", r.contact != "",
                r.identity != "")
    rows = session.scalars(select(r).where(r.state != OPEN, r.answered_at < before, wordy)).all()
    for row in rows:
        row.text = row.answer = row.asker = row.login = row.contact = row.identity = ""
        row.extended = GONE if row.extended else ""
    session.flush()
    return len(rows)


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
                   r.answered_at, r.way, r.asker, r.asks_as, r.contact, r.received_on, r.identity, r.entered_by)
