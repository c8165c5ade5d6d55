"""The tables of the five rights: what people asked for, and where the use of their data is stopped."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from intake.store.tables import RowId, Table


class RightsRequest(Table):
    """One use of a right of 個人資料保護法第 3 條 and its answer, kept for inspection (SYS-33). It names the account and the case and
    refers to neither row, since it outlives them. ``kind``: see, copy, correct, stop, delete. ``state``: open, done, refused.

    One that came on paper has ``way`` paper, no ``login``, the day it came (``received_on``), who asks (``asker``, ``asks_as``: self,
    agent, authority), where the answer goes (``contact``), how it was made sure who they are (``identity``, "" until it is), and who
    wrote it down (``entered_by``)."""

    __tablename__ = "rights_requests"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    login: Mapped[str] = mapped_column(String(60), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    case_number: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime]
    due_on: Mapped[date] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(String(10), index=True)
    extended: Mapped[str] = mapped_column(Text, default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[str] = mapped_column(String(60), default="")
    answered_at: Mapped[datetime | None]
    way: Mapped[str] = mapped_column(String(10), default="online", server_default="online")
    asker: Mapped[str] = mapped_column(String(120), default="", server_default="")
    asks_as: Mapped[str] = mapped_column(String(10), default="self", server_default="self")
    contact: Mapped[str] = mapped_column(String(254), default="", server_default="")
    received_on: Mapped[date | None]
    identity: Mapped[str] = mapped_column(Text, default="", server_default="")
    entered_by: Mapped[str] = mapped_column(String(60), default="", server_default="")


class Stop(Table):
    """That the use of a case's data is stopped (SYS-06, SYS-08); ``lifted_at`` None: it still is."""

    __tablename__ = "stops"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]
