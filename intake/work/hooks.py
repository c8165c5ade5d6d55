"""Sends the messages that wait for programs, each signed, and tries again with growing pauses.

A message and its signature have the form of the Standard Webhooks specification 1.0 (standardwebhooks.com): the headers ``webhook-id``
(the same at every try: whoever receives drops what came already), ``webhook-timestamp`` (seconds since the epoch) and
``webhook-signature``, ``v1,`` and the base64 of HMAC-SHA256 over ``id.timestamp.body`` with the secret's bytes.

A message is claimed before it goes, and its next try stands in the database before the first is made: a killed worker loses none, and
may send one twice. An address that says 410 Gone, or that took none of MOST_TRIES, is turned off and its owner told by mail.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
import time
from datetime import timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from domain.errors import ShouwenError
from intake import clock
from intake.people import accounts, audit, mail
from intake.settings import Settings
from intake.store import hooks
from intake.store.database import Database
from intake.store.tables import Account
from intake.store.tables_machines import DeliveryRow, HookRow
from intake.work import reach

LOG = logging.getLogger(__name__)
MOST_TRIES = 9
FIRST_PAUSE_SECONDS, GROWTH = 5, 4
"""5 s after the first try, then four times as long each time: the ninth comes after a day and a quarter."""
GONE_STATUS = 410
SECRET_BEGIN = "whsec_"


def secret(key: bytes, salt: str) -> str:
    """The secret of an address, from the service's own key and the address's salt."""
    made = hmac.new(key, f"hook\0{salt}".encode(), hashlib.sha256).digest()
    return SECRET_BEGIN + base64.b64encode(made).decode()


def signature(told: str, message: str, at: int, body: bytes) -> str:
    """The header's value for a message of that id at that second, made with the secret ``told``."""
    key = base64.b64decode(told.removeprefix(SECRET_BEGIN))
    return "v1," + base64.b64encode(hmac.new(key, f"{message}.{at}.".encode() + body, hashlib.sha256).digest()).decode()


def pause(tries: int) -> timedelta:
    """How long to wait after so many tries.

    >>> [pause(n).total_seconds() for n in (1, 2, 3)]
    [5.0, 20.0, 80.0]
    """
    return timedelta(seconds=FIRST_PAUSE_SECONDS * GROWTH ** (tries - 1))


def deliver(database: Database, settings: Settings) -> int:
    """Send what is due; returns how many arrived."""
    arrived = 0
    while True:
        with database.reading() as session:
            if session.scalar(_due().limit(1)) is None:
                return arrived
        with database.session() as session:
            claimed = claim(session)
        if claimed is None:
            return arrived
        arrived += _send(database, settings, *claimed)


def _due() -> Select[DeliveryRow]:
    there = select(DeliveryRow).join(HookRow, HookRow.id == DeliveryRow.hook_id).join(Account, Account.id == HookRow.account_id)
    return there.where(DeliveryRow.state == hooks.WAITING, DeliveryRow.next_at <= clock.now(), HookRow.state == hooks.ACTIVE,
                       Account.state == accounts.ACTIVE).order_by(DeliveryRow.id)


def claim(session: Session) -> tuple[hooks.DeliveryView, hooks.HookView] | None:
    """The next message that is due and where it goes; its next try stands in the database already. None where none is due."""
    row = session.scalar(_due().limit(1).with_for_update(skip_locked=True, of=DeliveryRow))
    if row is None:
        return None
    row.tries += 1
    row.next_at = clock.now() + pause(row.tries)
    session.flush()
    found = session.get_one(HookRow, row.hook_id)
    return hooks.delivery_view(row), hooks.hook_view(found)


def _send(database: Database, settings: Settings, letter: hooks.DeliveryView, to: hooks.HookView) -> bool:
    body, at = letter.body.encode(), int(time.time())
    headers = {
        "Content-Type": "application/json; charset=utf-8", "User-Agent": "shouwen", "webhook-id": letter.message,
        "webhook-timestamp": str(at),
        "webhook-signature": signature(secret(settings.secret_key(), to.salt), letter.message, at, body),
    }
    status, error = None, ""
    try:
        status = reach.post(to.url, body, headers, settings.hook_seconds, private=settings.hook_private)
    except ShouwenError as problem:
        error = problem.why if isinstance(problem, reach.NotReached) else problem.zh
    good = status is not None and 200 <= status < 300
    with database.session() as session:
        _keep(session, letter, status, "" if good else error or f"對方回答 {status}", good)
    return good


def _keep(session: Session, letter: hooks.DeliveryView, status: int | None, error: str, good: bool) -> None:
    row = session.get(DeliveryRow, letter.id, with_for_update=True)
    # another worker may have brought it while this one still waited for an answer
    if row is None or row.state == hooks.SENT:
        return
    row.status, row.error = status, error[:200]
    gone = status == GONE_STATUS
    if good or gone or row.tries >= MOST_TRIES:
        row.state, row.done_at = (hooks.SENT if good else hooks.FAILED), clock.now()
    if row.state == hooks.FAILED:
        _turn_off(session, row.hook_id)
    LOG.info("message %s to address %s: %s", letter.message, letter.hook_id, status or error)


def _turn_off(session: Session, hook_id: int) -> None:
    """An address that takes nothing is left alone until its owner turns it on again."""
    row = session.get(HookRow, hook_id, with_for_update=True)
    if row is None or row.state != hooks.ACTIVE:
        return
    row.state = hooks.OFF
    audit.record(session, None, audit.CHANGE, f"hook/{hook_id}", {"state": hooks.OFF})
    owner = session.get(Account, row.account_id)
    if owner is not None and owner.email:
        mail.put(session, owner.email, "收文：通知網址已停用",
                 f"通知送不到您設定的網址，已經先停用：\n\n{row.url}\n\n還沒送到的通知都留著。網址修好後，請登入「通知網址」重新啟用。")
