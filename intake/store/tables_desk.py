"""Tables of the clerk's desk: who looks at a case now, and the filters that a clerk has saved as tabs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intake.store.tables import RowId, Table


class Presence(Table):
    """That somebody has a case open: their page says so again and again. Rows are removed soon after the last word."""

    __tablename__ = "presences"
    __table_args__ = (UniqueConstraint("case_id", "account_id"),)
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    seen_at: Mapped[datetime] = mapped_column(index=True)


class SavedFilter(Table):
    """A clerk's own tab of the queue. ``query`` holds state, programme, q, mine and sort as the address has them."""

    __tablename__ = "saved_filters"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(40))
    query: Mapped[dict[str, Any]]
