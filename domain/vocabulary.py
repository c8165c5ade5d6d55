"""Every field id once: Chinese label, type, unit. A new field is one line in vocabulary.csv.

Types (FIELDS.md as fixed by VALUES.md): money (integer 元), integer, number (halves and decimals as JSON numbers), percent,
date (YYYY-MM-DD), month (YYYY-MM), datetime (YYYY-MM-DDTHH:MM:SS, Taipei), bool, text, longtext, digits8, country (ISO alpha-2),
choice and choices (words of the ``choices`` column when it names any), texts, dates, document (bool or object), rows (a list of
objects), record (one object), monthly (a list of {"month", "count"} or 12 integers).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from domain.errors import BadValue, UnknownField

COMPANIONS = ("conflicts", "review", "origins")
"""Keys that a facts file may carry beside the facts (facts.json of a case has them); never facts."""


@dataclass(frozen=True)
class Term:
    """One field of the vocabulary."""

    id: str
    label: str
    type: str
    unit: str
    choices: tuple[str, ...]
    called: str = ""

    @property
    def short(self) -> str:
        """The name for screens: the ``short`` column, or else the first of the labels."""
        return self.called or re.split(r" / |（| \(", self.label)[0].strip()


@cache
def terms() -> Mapping[str, Term]:
    """Every field by id, in the order of the file."""
    text = files("domain").joinpath("vocabulary.csv").read_text(encoding="utf-8")
    return {r["id"]: Term(r["id"], r["label"], r["type"], r["unit"], tuple(filter(None, r["choices"].split("|"))), r["short"])
            for r in csv.DictReader(text.splitlines())}


def term(field: str) -> Term:
    """The vocabulary's entry. Raises UnknownField."""
    try:
        return terms()[field]
    except KeyError:
        raise UnknownField(field) from None


@cache
def groups() -> frozenset[str]:
    """The groups whose records may be given as a list under the group's name: ``purchase``."""
    return frozenset({"purchase"})


def _int(v: Any) -> bool:
    return isinstance(v, int) and not isinstance(v, bool)


def _iso(v: Any) -> bool:
    try:
        return isinstance(v, str) and len(v) == 10 and bool(date.fromisoformat(v))
    except ValueError:
        return False


def _iso_time(v: Any) -> bool:
    try:
        return isinstance(v, str) and len(v) == 19 and bool(datetime.fromisoformat(v))
    except ValueError:
        return False


def _month(v: Any) -> bool:
    return isinstance(v, str) and re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", v) is not None


def _monthly(v: Any) -> bool:
    return isinstance(v, list) and (
        (len(v) == 12 and all(_int(x) for x in v))
        or all(isinstance(x, dict) and _month(x.get("month")) and _int(x.get("count")) for x in v))


def _texts(v: Any) -> bool:
    return isinstance(v, list) and all(isinstance(x, str) for x in v)


def _rows(v: Any) -> bool:
    return isinstance(v, list) and all(isinstance(x, dict) for x in v)


FORMS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "money": (lambda v: _int(v), "整數（元），例如 5000000"),
    "integer": (_int, "整數"),
    "number": (lambda v: _int(v) or isinstance(v, float), "數字"),
    "percent": (lambda v: _int(v) or isinstance(v, float), "百分比數字，12.5 表示 12.5%"),
    "date": (_iso, "日期 YYYY-MM-DD（西元）"),
    "month": (_month, "年月 YYYY-MM（西元）"),
    "datetime": (_iso_time, "時間 YYYY-MM-DDTHH:MM:SS（臺北時間）"),
    "bool": (lambda v: isinstance(v, bool), "true 或 false；不知道就不要填"),
    "text": (lambda v: isinstance(v, str), "文字"),
    "longtext": (lambda v: isinstance(v, str), "文字"),
    "digits8": (lambda v: isinstance(v, str) and re.fullmatch(r"[0-9]{8}", v) is not None, "8 位數字的文字"),
    "country": (lambda v: isinstance(v, str) and re.fullmatch(r"[A-Z]{2}", v) is not None, "ISO 3166-1 兩碼國別"),
    "choice": (lambda v: isinstance(v, str), "選項文字"),
    "choices": (_texts, "選項文字的清單"),
    "texts": (_texts, "文字的清單"),
    "dates": (lambda v: isinstance(v, list) and all(_iso(x) for x in v), "日期的清單"),
    "document": (lambda v: isinstance(v, bool | dict), "true、false，或說明文件狀態的物件"),
    "rows": (_rows, "物件的清單"),
    "record": (lambda v: isinstance(v, dict), "物件"),
    "monthly": (_monthly, '12 個整數，或 {"month": "YYYY-MM", "count": n} 的清單'),
}


def check(field: str, value: Any) -> None:
    """Raises UnknownField or BadValue unless ``value`` is of the form that ``field`` wants. None is always allowed: unknown."""
    t = term(field)
    if value is None:
        return
    good, wanted = FORMS[t.type]
    if not good(value):
        raise BadValue(field, value, wanted)
    words = value if isinstance(value, list) else [value]
    if t.choices and any(w not in t.choices for w in words):
        raise BadValue(field, value, "「" + "」「".join(t.choices) + "」其中之一")


def check_facts(data: Any) -> dict[str, Any]:
    """The facts of a facts file, checked one by one; unknown (null) ones and companion keys left out.

    Raises UnknownField, BadValue."""
    if not isinstance(data, dict):
        raise BadValue("facts", data, "一個 JSON 物件，欄位代號對值")
    out: dict[str, Any] = {}
    for key, value in data.items():
        if key in COMPANIONS:
            continue
        if key in groups():
            out[key] = _checked_records(key, value)
            continue
        check(key, value)
        if value is not None:
            out[key] = value
    return out


def _checked_records(group: str, value: Any) -> list[dict[str, Any]]:
    if not _rows(value):
        raise BadValue(group, value, FORMS["rows"][1])
    for record in value:
        for key, v in record.items():
            if f"{group}.{key}" in terms():
                check(f"{group}.{key}", v)
    return list(value)
