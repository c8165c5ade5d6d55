"""Tables of blind re-keying: the rounds, and the values of each. They go with the case that a value is of."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intake.store.tables import RowId, Table


class RekeyRound(Table):
    """One random sample: drawn with ``seed`` out of ``population`` accepted values."""

    __tablename__ = "rekey_rounds"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    seed: Mapped[int]
    size: Mapped[int]
    population: Mapped[int]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]


class RekeyItem(Table):
    """One value to be keyed. ``machine`` {"value": …} is what was accepted without a person; ``keyed`` the same of whoever keyed it,
    {"value": null} where the crop could not be read, NULL before. ``agrees`` is NULL before and where it could not be read.
    ``verdict`` of a difference: machine, keyed or neither, "" before somebody has looked at both."""

    __tablename__ = "rekey_items"
    __table_args__ = (UniqueConstraint("round_id", "place"),)
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rekey_rounds.id"))
    place: Mapped[int]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("papers.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(60))
    field: Mapped[str] = mapped_column(String(80))
    page: Mapped[int]
    box: Mapped[dict[str, Any]]
    machine: Mapped[dict[str, Any]]
    keyed: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    agrees: Mapped[bool | None]
    verdict: Mapped[str] = mapped_column(String(10), default="", server_default="")
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime | None]
