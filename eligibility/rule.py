"""A rule is a plain function; the names of its parameters are what it needs.

    def capital_or_headcount(max_paid_in_capital: int, max_headcount_exclusive: int,
                             fin__paid_in_capital: int | None = None, hc__insured_latest_count: int | None = None) -> Answer: ...

* ``fin__paid_in_capital`` is the field ``fin.paid_in_capital`` of the vocabulary (the first double underscore is the dot);
  a group of records such as ``purchase`` goes by its own name
* a name without a double underscore is a figure of the programme's parameters.yaml, in force on the day
* ``day`` is the day of the application: ``app.submitted_date``, else the day that was asked about
* ``office_calendar`` is the office calendar
* a parameter with the default None may be unknown; without one the rule is not called before the value is known

Dates come as ``date``, documents as ``Paper``, percent and other decimals as ``Decimal``, the rest as VALUES.md writes it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.decision import FAIL, NEEDS_EVIDENCE, NOT_APPLICABLE, PASS, UNDETERMINED, VALUE, Clause
from domain.vocabulary import groups, terms

FIELD, PARAMETER, DAY, CALENDAR = "field", "parameter", "day", "calendar"
SUBMITTED = "app.submitted_date"


@dataclass(frozen=True)
class Answer:
    """What a rule says. ``missing`` empty with needs_evidence: everything unknown that the rule asked for is missing."""

    outcome: str
    explanation: str
    value: Any = None
    forward: str = ""
    missing: tuple[str, ...] = ()


def passed(why: str, value: Any = None) -> Answer:
    return Answer(PASS, why, value)


def failed(why: str, forward: str = "", value: Any = None) -> Answer:
    return Answer(FAIL, why, value, forward)


def needs(why: str, *missing: str, forward: str = "", value: Any = None) -> Answer:
    return Answer(NEEDS_EVIDENCE, why, value, forward, missing)


def undetermined(why: str, forward: str = "", value: Any = None) -> Answer:
    return Answer(UNDETERMINED, why, value, forward)


def valued(value: Any, why: str) -> Answer:
    return Answer(VALUE, why, value)


def not_applicable(why: str, value: Any = None) -> Answer:
    return Answer(NOT_APPLICABLE, why, value)


def either(*branches: bool | None) -> bool | None:
    """Three-valued or: true when one is known true, false only when all are known false."""
    if any(b is True for b in branches):
        return True
    return None if any(b is None for b in branches) else False


def both(*branches: bool | None) -> bool | None:
    """Three-valued and: false when one is known false, true only when all are known true."""
    if any(b is False for b in branches):
        return False
    return None if any(b is None for b in branches) else True


def at_most(amount: int | None, limit: int) -> bool | None:
    """以下, 不逾, 上限: inclusive."""
    return None if amount is None else amount <= limit


def at_least(amount: int | None, limit: int) -> bool | None:
    """以上, 達, 至少: inclusive."""
    return None if amount is None else amount >= limit


def below(amount: int | None, limit: int) -> bool | None:
    """未滿, 未達: exclusive."""
    return None if amount is None else amount < limit


@dataclass(frozen=True)
class Want:
    """One thing that a rule asks for. ``key`` is a field id or the name of a parameter."""

    name: str
    kind: str
    key: str
    may_be_unknown: bool


@dataclass(frozen=True)
class Mandatory:
    """Whether failing shuts the applicant out: always, never, or while a version of the law is in force."""

    always: bool = True
    since: date | None = None
    until: date | None = None

    def on(self, day: date) -> bool:
        return self.always and (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Rule:
    """A rule with its clause. ``id`` is whole (``tops-supplier.no-fee``); ``ask`` says where to look when something is missing."""

    id: str
    clause: Clause
    mandatory: Mandatory
    ask: str
    wants: tuple[Want, ...]
    function: Callable[..., Answer]


def function_name(short_id: str) -> str:
    """``no-fee`` is decided by the function ``no_fee``."""
    return short_id.replace("-", "_")


def wants_of(function: Callable[..., Answer], parameters: Mapping[str, object]) -> tuple[Want, ...]:
    """What ``function`` asks for. Raises ValueError naming a parameter that is neither a field nor a figure of the programme."""
    return tuple(_want(p, parameters) for p in inspect.signature(function).parameters.values())


def _want(p: inspect.Parameter, parameters: Mapping[str, object]) -> Want:
    if p.default is not inspect.Parameter.empty and p.default is not None:
        raise ValueError(f"參數 parameter {p.name!r} 的預設值只能是 None · has a default other than None")
    optional = p.default is None
    if p.name == "day":
        return Want(p.name, DAY, SUBMITTED, optional)
    if p.name == "office_calendar":
        return Want(p.name, CALENDAR, "", optional)
    if "__" in p.name or p.name in groups():
        field = p.name.replace("__", ".", 1)
        if field not in terms() and field not in groups():
            raise ValueError(f"參數 parameter {p.name!r} 不是欄位代號 · is no field of the vocabulary ({field})")
        return Want(p.name, FIELD, field, optional)
    if p.name not in parameters:
        raise ValueError(f"參數 parameter {p.name!r} 不是欄位代號，也不在 parameters.yaml · is neither a field nor a figure")
    return Want(p.name, PARAMETER, p.name, optional)
