"""The tables of the log: its lines and its head."""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from intake.store.tables import RowId, Table


class AuditLine(Table):
    """One line of the log. Triggers refuse UPDATE and DELETE; ``hash`` chains it to the line before (``people/audit.py``).
    ``at`` and ``detail`` are text so that the hashed bytes are the stored ones."""

    __tablename__ = "audit_log"
    seq: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(19), index=True)
    who: Mapped[str] = mapped_column(String(60), index=True)
    role: Mapped[str] = mapped_column(String(20))
    action: Mapped[str] = mapped_column(String(20), index=True)
    record: Mapped[str] = mapped_column(String(120), index=True)
    detail: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditHead(Table):
    """The last line's number and hash: one row, locked while a line is added, and the proof that no tail was cut off."""

    __tablename__ = "audit_head"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str] = mapped_column(String(64))
