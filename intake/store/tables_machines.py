"""The tables of programs that talk with the service: their keys, where they want to be told, and what they were told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from intake.store.tables import RowId, Table


class KeyRow(Table):
    """A key with which a program acts for an account. The key itself is shown once; ``key_hash`` is its SHA-256, ``mark`` its beginning,
    by which people know it. ``scope``: read or write."""

    __tablename__ = "api_keys"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    mark: Mapped[str] = mapped_column(String(20))
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    scope: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class HookRow(Table):
    """An address that an account wants to be told at. ``events`` are kinds, blank between; ``salt`` is what its secret is made from with
    the service's own key, so that the database alone gives no secret away. ``state``: active, off, removed."""

    __tablename__ = "hooks"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    url: Mapped[str] = mapped_column(String(500))
    events: Mapped[str] = mapped_column(String(200))
    salt: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime]


class DeliveryRow(Table):
    """One message to one address, kept in the transaction of what it tells and sent by a worker until it arrives or is given up.
    ``message`` is its id, the same at every try; ``status`` the last answer's, None before the first; ``error`` a word on why not."""

    __tablename__ = "deliveries"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    hook_id: Mapped[int] = mapped_column(ForeignKey("hooks.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    message: Mapped[str] = mapped_column(String(40), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    next_at: Mapped[datetime]
    done_at: Mapped[datetime | None] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(10), index=True)
    status: Mapped[int | None]
    error: Mapped[str] = mapped_column(String(200), default="")
