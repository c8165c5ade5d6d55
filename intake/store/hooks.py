"""Where programs want to be told, and the messages to them.

``announce`` is called by ``events.emit``: a message is kept in the transaction of what it tells, one for each address that may know of
the case, and a worker sends it (``work/hooks.py``). A message names the case, the paper, the state: never a value that was read.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from domain.errors import BadValue, NotFound
from intake import clock
from intake.people.person import APPLICANT, CLERK, MANAGER, Person, need
from intake.store.tables import Account, CaseRow, Event
from intake.store.tables_machines import DeliveryRow, HookRow
from intake.store.views import DRAFT, READ, UNREADABLE

PAPER_READ, DECIDED, STATE, FILLED, PING = "paper.read", "case.decided", "case.state", "forms.filled", "ping"
EVENTS = {PAPER_READ: "一份文件讀好了，或讀不了", DECIDED: "案件重新判斷了", STATE: "案件換了狀態", FILLED: "表單與整卷做好了"}
ACTIVE, OFF, GONE = "active", "off", "removed"
WAITING, SENT, FAILED = "waiting", "sent", "failed"
OWNER_ACTIVE = "active"
"""The state of an account that may come in (``people/accounts.py``)."""
MOST = 10
"""Addresses of one account."""


@dataclass(frozen=True)
class HookView:
    """An address. ``salt`` is half of what its secret is made from."""

    id: int
    account_id: int
    url: str
    events: tuple[str, ...]
    salt: str
    state: str
    created_at: datetime


@dataclass(frozen=True)
class DeliveryView:
    """A message and how it fares. ``status`` is the last answer's HTTP status; ``error`` says why it did not arrive."""

    id: int
    hook_id: int
    message: str
    kind: str
    body: str
    created_at: datetime
    next_at: datetime
    done_at: datetime | None
    tries: int
    state: str
    status: int | None
    error: str


def add(session: Session, person: Person, url: str, events: tuple[str, ...]) -> HookView:
    """An address at which the person wants to be told of ``events``; what may stand there is looked at before (``work/reach.py``).
    Raises NotAllowed, BadValue."""
    need(person, APPLICANT, CLERK, MANAGER)
    if not events or any(e not in EVENTS for e in events):
        raise BadValue("events", list(events), "至少一種：" + "、".join(EVENTS))
    if len(hooks_of(session, person)) >= MOST:
        raise BadValue("url", url, f"最多 {MOST} 個網址，請先移除用不到的")
    row = HookRow(account_id=person.id, url=url, events=" ".join(dict.fromkeys(events)), salt=secrets.token_hex(16), state=ACTIVE,
                  created_at=clock.now())
    session.add(row)
    session.flush()
    return hook_view(row)


def hooks_of(session: Session, person: Person) -> list[HookView]:
    """The person's addresses, oldest first."""
    rows = select(HookRow).where(HookRow.account_id == person.id, HookRow.state != GONE).order_by(HookRow.id)
    return [hook_view(h) for h in session.scalars(rows)]


def hook(session: Session, hook_id: int, person: Person) -> HookView:
    """One address of the person. Raises NotFound."""
    return hook_view(_own(session, hook_id, person))


def change(session: Session, hook_id: int, person: Person, *, state: str = "", new_secret: bool = False) -> HookView:
    """Turn it on, off, or take it away; or give it another secret. What waits for one that is taken away is dropped. Raises NotFound."""
    row = _own(session, hook_id, person)
    row.state = state if state in (ACTIVE, OFF, GONE) else row.state
    if new_secret:
        row.salt = secrets.token_hex(16)
    if row.state == GONE:
        waiting = (DeliveryRow.hook_id == row.id, DeliveryRow.state == WAITING)
        session.execute(update(DeliveryRow).where(*waiting).values(state=FAILED, done_at=clock.now(), error="已移除"))
    session.flush()
    return hook_view(row)


def deliveries(session: Session, hook_id: int, limit: int = 50) -> list[DeliveryView]:
    """The messages to an address, newest first."""
    rows = select(DeliveryRow).where(DeliveryRow.hook_id == hook_id).order_by(DeliveryRow.id.desc()).limit(limit)
    return [delivery_view(d) for d in session.scalars(rows)]


def ping(session: Session, hook_id: int, person: Person) -> None:
    """A message that says nothing, to try the address. Raises NotFound."""
    _put(session, _own(session, hook_id, person), PING, None, "", {})


def again(session: Session, delivery_id: int, person: Person) -> None:
    """Send a message once more, as the one it was: its id stays. Raises NotFound."""
    row = session.get(DeliveryRow, delivery_id)
    if row is None:
        raise NotFound("delivery", str(delivery_id))
    _own(session, row.hook_id, person)
    row.state, row.tries, row.next_at, row.done_at, row.error = WAITING, 0, clock.now(), None, ""
    session.flush()


def announce(session: Session, case_id: int, kind: str, data: Mapping[str, Any]) -> None:
    """Put what happens in a case into the messages of every address that wants it and whose owner may see the case: an applicant's own
    cases, and for the office those that were sent in. To be called before the event itself is added."""
    told = _told(session, case_id, kind, data)
    if told is None:
        return
    name, said = told
    case = session.get(CaseRow, case_id)
    if case is None:
        return
    # whoever may not come in any more is told nothing any more
    wanted = select(HookRow, Account.role).join(Account, Account.id == HookRow.account_id).where(
        HookRow.state != GONE, HookRow.events.contains(name, autoescape=True), Account.state == OWNER_ACTIVE)
    for row, role in session.execute(wanted):
        mine = case.applicant_id == row.account_id if role == APPLICANT else role in (CLERK, MANAGER) and case.state != DRAFT
        if mine and name in row.events.split():
            _put(session, row, name, case_id, case.number, said)


def _told(session: Session, case_id: int, kind: str, data: Mapping[str, Any]) -> tuple[str, dict[str, Any]] | None:
    if kind == "paper" and data["state"] in (READ, UNREADABLE):
        return PAPER_READ, {"paper": data["paper"], "state": data["state"]}
    if kind == "settled":
        return DECIDED, {"outcome": data["outcome"], "doubts": data["doubts"]}
    if kind == "filled":
        return FILLED, {"forms": list(data["forms"]), "problems": len(data["problems"])}
    if kind == "case":
        newest = select(Event.data).where(Event.case_id == case_id, Event.kind == "case").order_by(Event.id.desc()).limit(1)
        before = session.scalar(newest)
        # a clerk who takes a case tells its state again
        return None if before is not None and before["state"] == data["state"] else (STATE, {"state": data["state"]})
    return None


def _put(session: Session, row: HookRow, kind: str, case_id: int | None, number: str, data: Mapping[str, Any]) -> None:
    message, now = f"msg_{secrets.token_urlsafe(18)}", clock.now()
    at = now.replace(tzinfo=clock.TAIPEI).isoformat(timespec="seconds")
    body = json.dumps({"type": kind, "timestamp": at, "data": {"case": number, **data} if number else dict(data)}, ensure_ascii=False)
    session.add(DeliveryRow(hook_id=row.id, case_id=case_id, message=message, kind=kind, body=body, created_at=now, next_at=now,
                            tries=0, state=WAITING, error=""))
    session.flush()


def _own(session: Session, hook_id: int, person: Person) -> HookRow:
    row = session.get(HookRow, hook_id)
    if row is None or row.account_id != person.id or row.state == GONE:
        raise NotFound("hook", str(hook_id))
    return row


def hook_view(row: HookRow) -> HookView:
    return HookView(row.id, row.account_id, row.url, tuple(row.events.split()), row.salt, row.state, row.created_at)


def delivery_view(row: DeliveryRow) -> DeliveryView:
    return DeliveryView(row.id, row.hook_id, row.message, row.kind, row.body, row.created_at, row.next_at, row.done_at, row.tries,
                        row.state, row.status, row.error)
