"""Keys with which a program acts for an account: made and revoked by its owner, shown once, kept as a hash.

    made, key = make(session, person, "報表程式", READ, days=90)      # ``key`` is told once and is nowhere kept
    holder = holder_of(session, key)                                  # at the API's door: who, and what the key may do

A key is 32 random bytes, so its SHA-256 needs no salt and no slow hash. It does what its owner may do, and with scope READ only looks.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.errors import BadValue, NotFound
from intake import clock
from intake.people import audit
from intake.people.person import APPLICANT, CLERK, MANAGER, Person, need
from intake.store.tables import Account
from intake.store.tables_machines import KeyRow

BEGIN = "shouwen_"
READ, WRITE = "read", "write"
SCOPES = {READ: "只能查看", WRITE: "可以查看與送出"}
DAYS = (30, 90, 365)
"""How long a key may be good, in days."""
MOST = 20
"""Keys of one account that may be good at the same time."""
OWNERS = (APPLICANT, CLERK, MANAGER)
_ACTIVE = "active"
_USED_AGAIN = timedelta(minutes=1)
"""The last use is kept to the minute: a program that asks often writes no more than that."""


@dataclass(frozen=True)
class KeyView:
    """A key as its owner sees it; ``mark`` is how it begins. ``good`` is false once revoked or past its day."""

    id: int
    name: str
    mark: str
    scope: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None
    good: bool


@dataclass(frozen=True)
class Holder:
    """Who stands behind a key."""

    person: Person
    scope: str
    mark: str


def make(session: Session, person: Person, name: str, scope: str, days: int) -> tuple[KeyView, str]:
    """A new key of the person and its text, which cannot be had again. Raises NotAllowed, BadValue."""
    need(person, *OWNERS)
    name = " ".join(name.split())
    if not 1 <= len(name) <= 80:
        raise BadValue("name", name, "1 到 80 個字的名稱")
    if scope not in SCOPES:
        raise BadValue("scope", scope, "、".join(SCOPES))
    if days not in DAYS:
        raise BadValue("days", days, "、".join(f"{d} 天" for d in DAYS))
    now = clock.now()
    if sum(k.good for k in keys_of(session, person)) >= MOST:
        raise BadValue("name", name, f"最多 {MOST} 把有效的金鑰，請先撤銷用不到的")
    key = BEGIN + secrets.token_urlsafe(32)
    row = KeyRow(account_id=person.id, name=name, mark=key[:len(BEGIN) + 5], key_hash=_hash(key), scope=scope, created_at=now,
                 expires_at=now + timedelta(days=days))
    session.add(row)
    session.flush()
    return _view(row), key


def keys_of(session: Session, person: Person) -> list[KeyView]:
    """The person's keys, newest first, also those that are no longer good."""
    return [_view(k) for k in session.scalars(select(KeyRow).where(KeyRow.account_id == person.id).order_by(KeyRow.id.desc()))]


def revoke(session: Session, person: Person, key_id: int) -> KeyView:
    """The key is good no more, from this moment on. Raises NotFound for a key of somebody else."""
    row = session.get(KeyRow, key_id)
    if row is None or row.account_id != person.id:
        raise NotFound("key", str(key_id))
    row.revoked_at = row.revoked_at or clock.now()
    session.flush()
    return _view(row)


def revoke_all(session: Session, account_id: int, by: Person | None, why: str) -> int:
    """None of the account's keys is good any more, each with its line in the log; how many were."""
    good = (KeyRow.account_id == account_id, KeyRow.revoked_at.is_(None), KeyRow.expires_at > clock.now())
    revoked = list(session.scalars(select(KeyRow).where(*good)))
    for row in revoked:
        row.revoked_at = clock.now()
        audit.record(session, by, audit.DELETE, f"key/{row.id}", {"why": why})
    session.flush()
    return len(revoked)


def is_key(token: str) -> bool:
    """Whether a token has the form of a key; a log-in's never has."""
    return token.startswith(BEGIN)


def holder_of(session: Session, key: str) -> Holder | None:
    """Who stands behind a key; None where it is unknown, revoked, too old, or its account is closed."""
    found = session.execute(select(KeyRow, Account).join(Account, Account.id == KeyRow.account_id).where(
        KeyRow.key_hash == _hash(key), KeyRow.revoked_at.is_(None), KeyRow.expires_at > clock.now(), Account.state == _ACTIVE)).first()
    if found is None:
        return None
    row, account = found
    return Holder(Person(account.id, account.login, account.role, account.name, account.email), row.scope, row.mark)


def used(session: Session, key: str) -> None:
    """Keep when the key was used last."""
    row = session.scalar(select(KeyRow).where(KeyRow.key_hash == _hash(key)))
    if row is not None and (row.used_at is None or clock.now() - row.used_at >= _USED_AGAIN):
        row.used_at = clock.now()
        session.flush()


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _view(row: KeyRow) -> KeyView:
    return KeyView(row.id, row.name, row.mark, row.scope, row.created_at, row.expires_at, row.used_at, row.revoked_at,
                   row.revoked_at is None and row.expires_at > clock.now())
