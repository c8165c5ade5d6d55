"""The table of what the office decided or asked for: which state a case came from, by whom, with which letter."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from intake.store.tables import RowId, Table


class RulingRow(Table):
    """A case was passed or refused, or a supplement was asked for.

    ``version`` is the case's version after it, ``before`` the state it came from, ``account_id`` who
    decided (None: not known), ``mail_id`` the letter in the outbox that tells of it. ``undone_at`` says when it was taken back."""

    __tablename__ = "rulings"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    version: Mapped[int]
    state: Mapped[str] = mapped_column(String(20))
    before: Mapped[str] = mapped_column(String(20))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    mail_id: Mapped[int | None] = mapped_column(BigInteger)
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
