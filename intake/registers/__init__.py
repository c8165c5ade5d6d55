"""Public registers: off unless the operator gives an address; every answer is kept with its time and raw text.

    registers.load()                                               # id → Register, one file each, for lists and buttons
    answer = registers.ask("gcis-company", Subject("04595257"), settings, clock.now())
    answer = registers.typed("debarred", Subject("04595257"), {"cmp.debarred_vendor": False}, "王承辦", clock.now(), "列印頁 3")
    repository.save_answer(session, case_id, answer, person)       # evidence; its facts reach the case beside what the papers say

``ask`` never raises for what the other side does: ``answer.status`` and ``answer.message`` say what came of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib import import_module
from pathlib import Path

from domain.errors import BadValue, DefinitionError, NotFound
from domain.field import Value
from domain.vocabulary import check_facts, terms
from intake.registers.fetch import Fetch
from intake.registers.register import BY_HAND, TYPED, Answer, Register, Subject
from intake.settings import Settings

__all__ = ["Answer", "Register", "Subject", "ask", "find", "load", "typed"]

SHARED = ("fetch", "gcis", "register")
"""The files of this folder that are no register."""


@cache
def load() -> Mapping[str, Register]:
    """Every register by id. Raises DefinitionError for a file without one, or that answers what the vocabulary does not have."""
    found: dict[str, Register] = {}
    for file in sorted(Path(__file__).parent.glob("[a-z]*.py")):
        if file.stem in SHARED:
            continue
        register: Register | None = getattr(import_module(f"intake.registers.{file.stem}"), "REGISTER", None)
        if register is None:
            raise DefinitionError(f"registers/{file.name}", "沒有 REGISTER · has no REGISTER", "補上 · add one")
        for field in register.answers:
            if field not in terms():
                raise DefinitionError(f"registers/{file.name}", f"{field} 不是欄位代號 · is no field", "改代號 · mend it")
        found[register.id] = register
    return found


def find(register: str) -> Register:
    """Raises NotFound."""
    if register not in load():
        raise NotFound("register", register)
    return load()[register]


def ask(register: str, subject: Subject, settings: Settings, at: datetime) -> Answer:
    """Look ``subject`` up, if the operator gave the register's address; else say where a person may. Raises NotFound, BadValue."""
    asked = find(register)
    if not re.fullmatch(r"[0-9]{8}", subject.number):
        raise BadValue("org.uniform_no", subject.number, "8 位數字的統一編號")
    base = settings.registers.get(register, "")
    if not base:
        return Answer(register, asked.name, subject.number, BY_HAND, {}, (asked.look_for,), at, asked.page, "")
    said = asked.ask(subject, base if base.endswith("/") else f"{base}/", Fetch(settings.register_seconds))
    return Answer(register, asked.name, subject.number, said.status, said.facts, said.notes, at, said.url, said.raw)


def typed(register: str, subject: Subject, facts: Mapping[str, Value], by: str, at: datetime, seen: str) -> Answer:
    """What a person found in the register's page; ``seen`` says what it looked like (the text, or which print-out is attached).
    Raises NotFound, UnknownField, BadValue."""
    asked = find(register)
    for field in facts:
        if field not in asked.answers:
            raise BadValue(field, facts[field], f"{asked.name}能回答的欄位（{'、'.join(asked.answers)}）")
    return Answer(register, asked.name, subject.number, TYPED, check_facts(dict(facts)), (), at, asked.page, seen, by)
