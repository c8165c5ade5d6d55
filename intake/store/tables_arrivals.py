"""The table of what came in by itself, through the scanners' folder or by mail."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from intake.store.tables import RowId, Table


class ArrivalRow(Table):
    """One file that came in. ``key`` names this one coming, so that it is taken once however often it is looked at; ``way``: folder or
    mail; ``origin`` its path in the folder, or the sender; ``state``: taken, parked, refused, attached, dismissed. ``sha256`` is "" where
    nothing was kept. ``reason`` is the sentence for people why it is parked or was refused."""

    __tablename__ = "arrivals"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    way: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(12), index=True)
    sha256: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(255))
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(100))
    origin: Mapped[str] = mapped_column(String(300))
    subject: Mapped[str] = mapped_column(String(300))
    reason: Mapped[str] = mapped_column(Text)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("papers.id"))
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
