"""What a public register is to us: whom to ask about, what it answers, and what came back, with its time and raw text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from domain.field import Value
from intake.registers.fetch import Fetch

FOUND, NONE, BUSY, UNREADABLE, BY_HAND, TYPED = "found", "none", "busy", "unreadable", "by_hand", "typed"
STATUSES: Mapping[str, str] = {
    FOUND: "查到了", NONE: "查無資料", BUSY: "對方忙線或連不上，請稍後再查", UNREADABLE: "對方的回覆看不懂，請到網頁查",
    BY_HAND: "請到網頁查，把結果填回來", TYPED: "由承辦查閱後填入",
}
"""``found``, ``none`` and ``typed`` are answers; the others say why there is none."""
ANSWERS = (FOUND, TYPED)


@dataclass(frozen=True)
class Subject:
    """Whom to ask about. ``number`` is the 統一編號; ``agency`` the code of the registering office, where known."""

    number: str
    name: str = ""
    agency: str = ""


@dataclass(frozen=True)
class Said:
    """What a register's reply says: facts by field id, and what a person should know beside them, in 正體中文."""

    status: str
    facts: Mapping[str, Value] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    raw: str = ""
    url: str = ""


@dataclass(frozen=True)
class Answer:
    """One look-up, kept as evidence: who was asked about whom, when (Taipei time), at which address, and the reply word by word."""

    register: str
    name: str
    subject: str
    status: str
    facts: Mapping[str, Value]
    notes: tuple[str, ...]
    looked_up_at: datetime
    url: str
    raw: str
    by: str = ""

    @property
    def message(self) -> str:
        """What came of it, in one line."""
        return f"{self.name}：{STATUSES[self.status]}" + ("；" + "；".join(self.notes) if self.notes else "") + "。"

    def as_json(self) -> dict[str, Any]:
        return {"register": self.register, "name": self.name, "subject": self.subject, "status": self.status, "facts": dict(self.facts),
                "notes": list(self.notes), "looked_up_at": self.looked_up_at.isoformat(timespec="seconds"), "url": self.url,
                "raw": self.raw, "by": self.by, "message": self.message}


class Register(Protocol):
    """One public register: a file of this folder with an object REGISTER. ``answers`` are the fields that it can tell, ``page`` where
    people look it up, ``look_for`` what they look for there, in 正體中文."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def answers(self) -> tuple[str, ...]: ...
    @property
    def page(self) -> str: ...
    @property
    def look_for(self) -> str: ...

    def ask(self, subject: Subject, base: str, fetch: Fetch) -> Said:
        """Look the subject up below the address ``base``. Never raises for what the other side does."""


@dataclass(frozen=True)
class OnPaper:
    """A register whose way of answering programs is not documented: people look it up and type what they found."""

    id: str
    name: str
    answers: tuple[str, ...]
    page: str
    look_for: str

    def ask(self, subject: Subject, base: str, fetch: Fetch) -> Said:
        return Said(BY_HAND, notes=(self.look_for,), url=base or self.page)
