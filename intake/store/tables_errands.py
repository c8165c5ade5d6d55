"""The table of errands that fail."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from intake.store.tables import Table


class ErrandRow(Table):
    """An errand of a worker that fails at the moment (``work/errands.py``): since when, how often, why the last time. Gone once it goes
    well again, so that an errand that never fails writes nothing."""

    __tablename__ = "errands"
    worker: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    since: Mapped[datetime]
    last: Mapped[datetime]
    failures: Mapped[int]
    error: Mapped[str] = mapped_column(String(300), default="", server_default="")
