"""A form as data: its slots, and a filled form with the origin of each printed value, in the form of FILLING.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.field import Origin, Value


@dataclass(frozen=True)
class Slot:
    """A place of a form that is filled. ``field`` is the vocabulary id it prints ("" where it is computed or stays blank);
    ``as_`` how the value is printed (text, rocdate, wan, check1 …: the words of FORMS.md); ``source`` one of reg, ins, inv,
    case, calc, man."""

    id: str
    label: str
    type: str
    field: str = ""
    source: str = "case"
    required: bool = False
    options: tuple[str, ...] = ()
    form: str = ""


@dataclass(frozen=True)
class SlotValue:
    """What a slot printed and why. ``origin`` None is a blank."""

    printed: str
    field: str
    value: Value
    origin: Origin | None

    def as_json(self) -> dict[str, Any]:
        return {"printed": self.printed, "field": self.field, "value": self.value,
                "origin": None if self.origin is None else self.origin.as_json()}


@dataclass(frozen=True)
class Problem:
    """Something for the cover sheet. ``message`` is a sentence in Traditional Chinese."""

    slot: str
    message: str

    def as_json(self) -> dict[str, str]:
        return {"slot": self.slot, "message": self.message}


@dataclass(frozen=True)
class FilledForm:
    """One filled form: the .docx bytes and its trace."""

    form: str
    edition: str
    title: str
    template_sha256: str
    filled_at: datetime
    docx: bytes
    slots: Mapping[str, SlotValue]
    problems: tuple[Problem, ...] = ()

    def trace(self) -> dict[str, Any]:
        return {"form": self.form, "edition": self.edition, "template_sha256": self.template_sha256,
                "filled_at": self.filled_at.isoformat(timespec="seconds"),
                "slots": {k: v.as_json() for k, v in self.slots.items()},
                "problems": [p.as_json() for p in self.problems]}
