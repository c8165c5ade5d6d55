"""The small expressions of form.yaml (``budget.current + budget.capital``), over the known facts only.

A fact that is not known makes the whole expression unknown: nothing is ever computed from a gap. Field ids are written as they are.
They run in Jinja's sandbox; the only functions are Jinja's filters, ``roc`` (a date in full), ``days``
(between two dates), ``total`` (of one key over records), ``ubn`` and ``national_id`` (whether the check of a
統一編號 or 身分證字號 holds) and ``known('org.fax')`` (whether a fact is known at all).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from types import SimpleNamespace
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, Undefined, UndefinedError
from jinja2.environment import TemplateExpression
from jinja2.sandbox import SandboxedEnvironment

from domain import vocabulary
from domain.field import Value
from domain.taiwan import national_id, roc_date, ubn

_FIELD = re.compile(r"(?<![\w.'\"])[a-z]+\.[a-z0-9_]+")
_KNOWN = re.compile(r"known\(['\"]([^'\"]+)['\"]\)")


def _total(rows: Iterable[Mapping[str, Any]], key: str) -> int:
    """The sum of one key over records; StrictUndefined semantics: a record without it makes the sum unknown."""
    return sum(row[key] for row in rows)


def _roc(iso: str) -> str:
    return roc_date.in_full(date.fromisoformat(iso))


def _days(start: str, end: str) -> int:
    """Days from one date to another; negative where the second is earlier."""
    return (date.fromisoformat(end) - date.fromisoformat(start)).days


def _environment() -> SandboxedEnvironment:
    env = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    env.globals |= {"total": _total, "roc": _roc, "days": _days, "ubn": ubn.is_valid, "national_id": national_id.is_valid}
    return env


_ENVIRONMENT = _environment()


@cache
def _compiled(expression: str) -> TemplateExpression:
    return _ENVIRONMENT.compile_expression(expression, undefined_to_none=False)


def syntax_problem(expression: str) -> str | None:
    """What is wrong with the expression as written, or None."""
    try:
        _compiled(expression)
    except TemplateSyntaxError as e:
        return str(e)
    return None


def fields(expression: str) -> tuple[str, ...]:
    """The field ids that the expression asks for, in its order; those that the vocabulary does not have too."""
    outside = re.sub(r"'[^']*'|\"[^\"]*\"", "''", expression)
    return tuple(dict.fromkeys((*_FIELD.findall(outside), *_KNOWN.findall(expression))))


def needed(expression: str) -> tuple[str, ...]:
    """The field ids without which the expression has no value: all but those that it asks for with ``known`` first."""
    asked = _KNOWN.findall(expression)
    return tuple(f for f in fields(expression) if f not in asked)


def evaluate(expression: str, known: Mapping[str, Value]) -> Value:
    """The value, or None where a fact that it needs is not known (or is of a form that does not compute)."""
    groups: dict[str, dict[str, Value]] = {}
    for name, value in known.items():
        if "." in name and value is not None:
            group, _, last = name.partition(".")
            groups.setdefault(group, {})[last] = value
    spaces = {g: SimpleNamespace(**values) for g, values in groups.items()}
    try:
        result = _compiled(expression)(**spaces, known=lambda name: known.get(name) is not None)
    except (UndefinedError, TypeError, KeyError, ValueError):
        return None
    return None if isinstance(result, Undefined) else result


def of_record(expression: str, record: Mapping[str, Value]) -> Value:
    """The value of an expression over the keys of one record, or None where a key that it needs is not there."""
    try:
        result = _compiled(expression)(**{k: v for k, v in record.items() if v is not None})
    except (UndefinedError, TypeError, KeyError, ValueError):
        return None
    return None if isinstance(result, Undefined) else result


def unknown_fields(expression: str) -> tuple[str, ...]:
    """Field ids in the expression that the vocabulary does not have."""
    return tuple(f for f in fields(expression) if f not in vocabulary.terms())
