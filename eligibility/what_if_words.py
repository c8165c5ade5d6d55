"""The sentences of ``what_if``: one form for all rules.

>>> span("fin.paid_in_capital", "change", 120000000, None, 100000000, "pass")
'「實收資本額」現為 12,000 萬元，如為 1 億元以下，即符合。'
>>> span("app.submitted_date", "wait", "2019-02-20", "2020-03-01", None, "pass")
'109年3月1日以後送件，即符合。'
>>> option("cmp.labor_dispute", "supply", False, "pass")
'「勞資爭議」如為「否」，即符合。'
"""

from __future__ import annotations

from datetime import date

from domain.decision import PASS, Finding
from domain.field import Value
from domain.vocabulary import term
from eligibility.bodies import CHINESE
from eligibility.dates import roc
from eligibility.evidence import name
from eligibility.words import about, yuan

WORDS = {True: "是", False: "否"}


def sayable(value: Value) -> bool:
    """Whether people can be told this value: yes and no, and words that are Chinese."""
    return isinstance(value, bool) or value in CHINESE or not str(value).isascii()


def option(field: str, how: str, value: Value, outcome: str) -> str:
    """One value of a few."""
    if term(field).type == "document":
        return f"附上「{name(field)}」並經確認無誤，{_end(outcome)}"
    said = WORDS[value] if isinstance(value, bool) else CHINESE.get(value, value)
    return f"「{name(field)}」{'經查證為' if how == 'change' else '如為'}「{said}」，{_end(outcome)}"


def span(field: str, how: str, known: Value, least: Value, most: Value, outcome: str) -> str:
    """A stretch of values; without an end any value does."""
    wide = _between(field, least, most)
    if how == "wait":
        return f"{wide}送件，{_end(outcome)}"
    if not wide:
        return f"補上「{name(field)}」，{_end(outcome)}"
    now = "" if known is None else f"現為 {_said(field, known)}，"
    return f"「{name(field)}」{now}如為 {wide}，{_end(outcome)}"


def until(day: date, then: Finding) -> str:
    """What the rule says from that day on, in its own words."""
    return f"{roc(day)}起送件的，{then.explanation}"


def _end(outcome: str) -> str:
    return "即符合。" if outcome == PASS else "即可判定。"


def _between(field: str, least: Value, most: Value) -> str:
    low, high = ("以後", "以前") if term(field).type == "date" else ("以上", "以下")
    if least is not None and least == most:
        return _said(field, least)
    ends = [*([f"{_said(field, least)}{low}"] if least is not None else []), *([f"{_said(field, most)}{high}"] if most is not None else [])]
    return "、".join(ends)


def _said(field: str, value: Value) -> str:
    t = term(field)
    if t.type == "date":
        return roc(date.fromisoformat(value))
    if t.type == "money":
        return about(value) if value and value % 1_000_000 == 0 else yuan(value)
    return f"{value:,}{'' if t.unit == '%' else ' '}{t.unit}".strip()
