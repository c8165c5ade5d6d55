"""The tables of keeping and erasing: how long a case is kept after its end, and what was erased."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from intake.store.tables import RowId, Table


class KeepingRule(Table):
    """For how many days the cases that ended in ``ending`` (draft, passed, failed) are kept, and why (SYS-60). Never changed: the newest
    row of an ending counts."""

    __tablename__ = "keeping_rules"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    ending: Mapped[str] = mapped_column(String(20), index=True)
    days: Mapped[int] = mapped_column(Integer)
    reason: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]


class Erasure(Table):
    """The certificate of an erased case (SYS-61, SYS-63): no personal data, only what there was and that it is gone. ``rows`` counts by
    table, ``files`` are hash and size; ``finished_at`` None while files wait."""

    __tablename__ = "erasures"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    case_number: Mapped[str] = mapped_column(String(20), unique=True)
    programme: Mapped[str] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(20))
    ground: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    rows: Mapped[dict[str, Any]]
    files: Mapped[dict[str, Any]]
    by: Mapped[str] = mapped_column(String(60))
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    log_line: Mapped[int] = mapped_column(BigInteger)
