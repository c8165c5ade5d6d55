"""A value as people read it on a screen, and as they type it back in.

``shown`` and ``typed`` are each other's reverse for every type that a person may type: what the page shows, typed again
unchanged, is the same value. Dates are shown and taken in Republic of China years (民國), amounts with thousands separators.

>>> shown("fin.paid_in_capital", 5000000), shown("org.founding_date", "2008-03-05"), shown("app.mode", "energy")
('5,000,000 元', '民國97年3月5日', '節能管理個廠')
>>> typed("fin.paid_in_capital", "５００萬"), typed("org.founding_date", "97.3.5"), typed("hc.insured_latest_period", "民國108年1月")
(5000000, '2008-03-05', '2019-01')
"""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from domain import vocabulary
from domain.errors import BadValue
from domain.field import Value
from domain.taiwan import money, roc_date
from intake.store.looks import kind_of

UNKNOWN = "—"
PEOPLE_TYPE = frozenset({"money", "integer", "number", "percent", "date", "month", "datetime", "bool", "text", "longtext", "digits8",
                         "country", "choice", "choices", "texts", "dates", "document"})
"""The types that a person can type into one box; records and rows are read from papers or sent through the API."""

VIOLATIONS = frozenset({"cmp.env_violations", "cmp.labor_violations", "cmp.food_violations", "cmp.disability_act_violations"})
"""What a register says of an applicant: lists of records that a person types one a line, 無 where nothing was found."""

YES, NO = "是", "否"
NOTHING = "無"
HERE, NOT_HERE = "已備妥", "沒有"

COLUMNS = {"month": "年月", "count": "人數"}
"""Heads of records that are no group of the vocabulary."""


@cache
def _words() -> dict[str, dict[str, str]]:
    text = Path(__file__).with_name("choices.yaml").read_text(encoding="utf-8")
    loaded = yaml.safe_load(text)
    return {field: {str(k): str(v) for k, v in words.items()} for field, words in loaded.items()}


def word(field: str, choice: str) -> str:
    """The Chinese word of a coded choice; the choice itself where it is a word already."""
    return _words().get(field, {}).get(choice, choice)


def label(field: str) -> str:
    """The Chinese label of a field; of a group, the group's."""
    if field in vocabulary.groups():
        return word("groups", field)
    return vocabulary.term(field).short if field in vocabulary.terms() else field


def shown(field: str, value: Value) -> str:
    """``value`` as a person reads it: unit, 民國 year, Chinese words. An em dash where it is not known."""
    if value is None:
        return UNKNOWN
    known = field in vocabulary.terms()
    kind = kind_of(field) if known or field in vocabulary.groups() else ""
    unit = vocabulary.term(field).unit if known else ""
    if kind in ("money", "integer", "number", "percent") and isinstance(value, int | float):
        tail = "%" if kind == "percent" else f" {unit}" if unit else ""
        return f"{value:,}{tail}"
    if kind == "bool" and isinstance(value, bool):
        return YES if value else NO
    if kind == "choice":
        return word(field, str(value))
    if kind == "document":
        return _paper(value)
    return _plain(field, value)


def _paper(value: Value) -> str:
    there = value.get("present", True) if isinstance(value, dict) else bool(value)
    return HERE if there else NOT_HERE


def _plain(field: str, value: Value) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, int | float):
        return f"{value:,}"
    if isinstance(value, str):
        return _when(value)
    if isinstance(value, list):
        if value and all(isinstance(v, dict) for v in value):
            return "；".join(_record(v) for v in value)
        return "、".join(word(field, _when(v)) if isinstance(v, str) else str(v) for v in value) or "（無）"
    return _record(value) if isinstance(value, dict) else str(value)


def table(field: str, value: Value) -> tuple[list[str], list[list[str]]]:
    """Records as a table: the heads and the cells as people read them; nothing where the value is no list of records."""
    rows = [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []
    names = list(dict.fromkeys(k for row in rows for k in row))
    heads = [COLUMNS.get(k) or label(f"{field}.{k}") for k in names]
    return heads, [[shown(f"{field}.{k}", row.get(k)) for k in names] for row in rows]


def _record(record: dict[str, Any]) -> str:
    return " ".join(f"{v:,}" if isinstance(v, int) and not isinstance(v, bool) else _when(str(v)) for v in record.values())


def _when(text: str) -> str:
    """An ISO date, month or time in Republic years; other text as it is."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return roc_date.in_full(date.fromisoformat(text))
        if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
            return f"民國{int(text[:4]) - 1911}年{int(text[5:])}月"
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}", text):
            at = datetime.fromisoformat(text)
            return f"{roc_date.in_full(at.date())} {at:%H:%M}"
    except ValueError:
        return text
    return text


def box(field: str, value: Value) -> str:
    """``value`` as it stands in an input box: without unit, lists one a line."""
    if value is None:
        return ""
    kind = kind_of(field)
    if kind in ("money", "integer", "number", "percent"):
        return f"{value:,}"
    if kind == "bool":
        return "yes" if value else "no"
    if kind == "document":
        return "yes" if _paper(value) == HERE else "no"
    if kind in ("texts", "dates", "choices") and isinstance(value, list):
        return "\n".join(_when(v) if kind == "dates" else str(v) for v in value)
    if kind in ("date", "month", "datetime"):
        return _when(str(value))
    if field in VIOLATIONS and isinstance(value, list):
        return "\n".join(_record(v) for v in value) or NOTHING
    return str(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def typed(field: str, raw: str) -> Value:
    """The value that a person typed; None for an empty box (not known).

    Raises UnknownField, and BadValue with the form that is wanted."""
    kind = "violations" if field in VIOLATIONS else kind_of(field)
    text = raw.strip() if kind in ("longtext", "texts", "dates", "choices", "violations") else unicodedata.normalize("NFKC", raw).strip()
    if not text:
        return None
    value = _READ.get(kind, lambda t: t)(text)
    if value is None:
        raise BadValue(field, raw.strip(), WANTED.get(kind, "文字"))
    vocabulary.check(field, value)
    return value


def can_be_typed(field: str) -> bool:
    """Whether ``field`` is of the vocabulary and fits into one box."""
    return field in VIOLATIONS or (field in vocabulary.terms() and vocabulary.term(field).type in PEOPLE_TYPE)


WANTED = {
    "money": "金額，例如 5,000,000 或 500萬", "integer": "整數，例如 25", "number": "數字，例如 12.5", "percent": "百分比，例如 10",
    "date": "日期，例如 114年3月15日", "month": "年月，例如 114年3月", "datetime": "日期與時間，例如 114年3月15日 14:30",
    "bool": "是或否", "document": "是或否", "digits8": "8 位數字", "dates": "日期，一行一個，例如 114年3月15日",
    "violations": "查無紀錄填「無」；有紀錄時一行一筆：處分日 金額 法條",
}
"""What to type, said to people."""


def _number(text: str) -> int | float | None:
    body = text.replace(",", "").rstrip("%").strip()
    if re.fullmatch(r"-?\d{1,15}", body):
        return int(body)
    return float(body) if re.fullmatch(r"-?\d{1,12}\.\d{1,6}", body) else None


def _integer(text: str) -> int | None:
    body = text.replace(",", "").rstrip("人次份元年分").strip()
    return int(body) if re.fullmatch(r"-?\d{1,15}", body) else None


def _money(text: str) -> int | None:
    body = text.replace(" ", "")
    both = re.fullmatch(r"([\d,]+)億零?(\d{1,4}|\d,\d{3})萬元?", body)
    if both:
        return int(both[1].replace(",", "") or 0) * 100_000_000 + int(both[2].replace(",", "")) * 10_000
    mixed = re.fullmatch(r"([\d,]+)(?:\.(\d{1,4}))?(萬|億)元?", body)
    if mixed:
        zeros, unit = (4, 10_000) if mixed[3] == "萬" else (8, 100_000_000)
        return int(mixed[1].replace(",", "") or 0) * unit + int((mixed[2] or "0").ljust(zeros, "0"))
    # a period that OCR would forgive as a misread comma is a slip when a person types it
    return None if re.search(r"\d\.\d", body) else money.parse(body)


def _day(text: str) -> str | None:
    found = roc_date.find(text)
    body = "".join(text.split())
    return found[0].isoformat() if found and found[1] == 0 and found[2] == len(body) else None


def _month(text: str) -> str | None:
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})", text)
    if iso and 1 <= int(iso[2]) <= 12:
        return f"{iso[1]}-{int(iso[2]):02d}"
    return None if _day(text) else roc_date.parse_month(text)


def _time(text: str) -> str | None:
    found = re.fullmatch(r"(.+?)[ T]+(\d{1,2}):(\d{2})(?::\d{2})?", text)
    day = _day(found[1]) if found else None
    if found is None or day is None or int(found[2]) > 23 or int(found[3]) > 59:
        return None
    return f"{day}T{int(found[2]):02d}:{found[3]}:00"


def _yes_no(text: str) -> bool | None:
    return {"yes": True, "no": False, YES: True, NO: False, "true": True, "false": False, HERE: True, NOT_HERE: False, "有": True}.get(text)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _days(text: str) -> list[str] | None:
    days = [_day(line) for line in _lines(text)]
    return [d for d in days if d] if all(days) else None


def _violations(text: str) -> list[dict[str, Any]] | None:
    """Records as the register gives them: the day of the ruling, the fine where there is one, the law."""
    if text == NOTHING:
        return []
    out = []
    for line in _lines(unicodedata.normalize("NFKC", text)):
        first, _, rest = line.replace("、", " ").partition(" ")
        day, (second, _, law) = _day(first), rest.strip().partition(" ")
        fine = _money(second)
        law = law.strip() if fine is not None else rest.strip()
        if day is None or not law:
            return None
        out.append({"date": day} | ({} if fine is None else {"amount": fine}) | {"law": law})
    return out


def _digits(text: str) -> str | None:
    body = text.replace(" ", "").replace("-", "")
    return body if re.fullmatch(r"\d{8}", body) else None


_READ: dict[str, Any] = {
    "money": _money, "integer": _integer, "number": _number, "percent": _number, "date": _day, "month": _month, "datetime": _time,
    "bool": _yes_no, "document": _yes_no, "texts": _lines, "choices": _lines, "dates": _days, "digits8": _digits, "violations": _violations,
}


def moment(at: datetime | None) -> str:
    """A time on a screen: 115/11/20 16:30 (民國)."""
    return UNKNOWN if at is None else f"{at.year - 1911}/{at:%m/%d %H:%M}"


def day(when: date | str | None) -> str:
    """A day on a screen: 115/11/20 (民國)."""
    d = date.fromisoformat(when) if isinstance(when, str) else when
    return UNKNOWN if d is None else f"{d.year - 1911}/{d:%m/%d}"
