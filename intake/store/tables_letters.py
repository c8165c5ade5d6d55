"""The table of mail texts that the manager changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from intake.store.tables import RowId, Table


class LetterText(Table):
    """One change of a letter's text. Never changed: the newest row of a letter counts; an empty body is the built-in text again."""

    __tablename__ = "letter_texts"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    letter: Mapped[str] = mapped_column(String(40), index=True)
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]
