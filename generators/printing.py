"""A value as the form prints it: 民國 dates in the form's own spacing, money in its own unit, □ and ■.

Every function raises BadValue where the value is not of a form that can print: nothing is ever printed that only looks right.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from domain import vocabulary
from domain.errors import BadValue
from domain.field import Value
from domain.form import Slot
from domain.taiwan import money
from generators import expression
from generators.template import CHECK_TYPES, How, Part

EMPTY, TICKED = "□", "■"

_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")

_ISO = re.compile(r"[0-9]{4}-[01][0-9]-[0-3][0-9]")
"""A date as a fact writes it; no form prints it so."""


@dataclass(frozen=True)
class Printed:
    """``text`` is what the slot prints, for the trace; ``tags`` what each of its tags becomes."""

    text: str
    tags: Mapping[str, Any]


def clean(text: str) -> str:
    """``text`` without what XML cannot hold or what would turn the line around; line breaks stay."""
    text = _BIDI.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    return "".join(c for c in text if c == "\n" or not (unicodedata.category(c) in ("Cc", "Cs") or c in "\ufffe\uffff"))


def blank(slot: Slot, how: How) -> Printed:
    """The slot as the empty form has it."""
    tags: dict[str, Any] = {slot.id: how.text or how.blank}
    tags |= {f"{slot.id}_{i + 1}": EMPTY for i in range(len(slot.options))}
    tags |= {f"{slot.id}_{p.key}": p.blank for p in how.parts}
    if how.type in ("rocdate", "datetime"):
        tags |= {f"{slot.id}_{p}": "" for p in "ymd"}
    if how.remark:
        tags |= {f"{slot.id}_{i + 1}_remark": how.remark for i in range(len(slot.options))}
    if how.rest:
        tags[f"{slot.id}_rest"] = how.rest
    if how.type == "rows":
        tags[slot.id] = _lined(slot, how, [])
    return Printed(how.text, tags)


def printed(slot: Slot, how: How, value: Value) -> Printed:
    """``value`` as the slot prints it. Raises BadValue."""
    tags = dict(blank(slot, how).tags)
    if how.parts:
        record = _record(slot, how, value)
        pieces = {p.key: expression.of_record(p.of, record) if p.of else record.get(p.key) for p in how.parts}
        told = {f"{slot.id}_{p.key}": one(p.type, pieces[p.key], slot.field) for p in how.parts if pieces[p.key] is not None}
        tags |= told
        if not how.key:
            return Printed("，".join(told.values()), tags)
        value = record.get(how.key)
        if value is None:
            raise BadValue(slot.field, value, f"含有 {how.key} 的物件")
    if how.type in CHECK_TYPES:
        return _checks(slot, how, value, tags)
    if how.type == "rows":
        return _rows(slot, how, value, tags)
    if how.type in ("rocdate", "datetime"):
        when = _day(value, slot.field)
        names = _digits(when, how.spaced)
        tags |= {f"{slot.id}_{k}": names[k] for k in "ymd"}
        text = how.layout.format(**names, **_clock(value) if how.type == "datetime" else {})
    else:
        text = one(how.type, value, slot.field, how.separator)
    tags[slot.id] = _without(how.prefix, text.removesuffix(how.suffix) if how.suffix else text)
    return Printed(how.prefix + tags[slot.id], tags)


def _without(prefix: str, text: str) -> str:
    """``text`` without what the form itself prints before it, however that is spaced."""
    spaced = r"\s*".join(re.escape(c) for c in "".join(prefix.split()))
    return re.sub(rf"^\s*{spaced}\s*", "", text) if prefix else text


class Rows(list[dict[str, Any]]):
    """The rows of a slot; beyond the last stands an empty one, so that two lists can go side by side."""

    def __init__(self, rows: Sequence[dict[str, Any]], empty: dict[str, Any]) -> None:
        super().__init__(rows)
        self.empty = empty

    def at(self, index: int) -> dict[str, Any]:
        return self[index] if 0 <= index < len(self) else self.empty


def _record(slot: Slot, how: How, value: Value) -> dict[str, Value]:
    """A record; a text of several parts (名稱, 用量) is parted at its commas."""
    if isinstance(value, str):
        pieces = re.split(r"\s*[，,]\s*", value, maxsplit=len(how.parts) - 1)
        return {p.key: piece for p, piece in zip(how.parts, pieces, strict=False)}
    if not isinstance(value, dict):
        raise BadValue(slot.field, value, "物件")
    return value


def one(style: str, value: Value, field: str, separator: str = "、") -> str:
    """One value alone. Raises BadValue."""
    if style in ("text", "longtext"):
        return _text(value, field, separator)
    if style in ("int", "percent"):
        return _number(value, field)
    if style.startswith("money") or style in ("大寫", "大寫數"):
        return _money(style, value, field)
    if style == "rocdate":
        return How.layout.format(**_digits(_day(value, field), False))
    raise BadValue(field, value, f"可印成 {style} 的值")


def _text(value: Value, field: str, separator: str) -> str:
    if isinstance(value, list):
        return separator.join(_text(v, field, separator) for v in value)
    if isinstance(value, str):
        known = vocabulary.terms().get(field)
        dated = _ISO.fullmatch(value) or (known is not None and known.type in ("date", "dates"))
        return one("rocdate", value, field) if dated else clean(value).strip()
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise BadValue(field, value, "文字")
    return _number(value, field)


def _number(value: Value, field: str) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise BadValue(field, value, "數字")
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        raise BadValue(field, value, "數字") from None
    if not exact.is_finite():
        raise BadValue(field, value, "數字")
    return f"{int(exact)}" if exact == exact.to_integral_value() else f"{exact:f}".rstrip("0")


def _money(style: str, value: Value, field: str) -> str:
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadValue(field, value, "整數（元）")
    if style in ("大寫", "大寫數") and value < 0:
        raise BadValue(field, value, "不是負數的整數（元）")
    if style == "大寫":
        return "新臺幣" + money.in_financial(value)
    if style == "大寫數":
        return money.in_financial(value).removesuffix("元整")
    if style == "money萬元":
        return money.in_wan(value)
    if style == "money千元":
        exact = Decimal(value) / 1000
        return f"{exact:,f}".rstrip("0").rstrip(".") if value % 1000 else f"{value // 1000:,}"
    return money.grouped(value)


def _day(value: Value, field: str) -> date:
    try:
        return date.fromisoformat(value[:10])
    except (TypeError, ValueError):
        raise BadValue(field, value, "日期 YYYY-MM-DD（西元）") from None


def _digits(when: date, spaced: bool) -> dict[str, str]:
    """Republic year, month, day. Years before the Republic count back: 民國前1年 is 1911."""
    year = when.year - 1911
    words = {"y": str(year) if year > 0 else f"前{1 - year}", "m": str(when.month), "d": str(when.day)}
    return {k: " ".join(v) for k, v in words.items()} if spaced else words


def _clock(value: str) -> dict[str, str]:
    when = datetime.fromisoformat(value)
    return {"half": "上" if when.hour < 12 else "下", "hour": str(when.hour % 12 or 12), "minute": f"{when.minute:02d}"}


def _ticked(texts: Sequence[str], values: Sequence[Value], value: Value, field: str, single: bool) -> list[bool]:
    chosen = value if isinstance(value, list) else [value]
    means = [[t, *(v if isinstance(v, list) else [v])] for t, v in zip(texts, values, strict=True)]
    hits = [[any(type(m) is type(c) and m == c for m in ms) for c in chosen] for ms in means]
    found = [any(h) for h in hits]
    stray = [c for i, c in enumerate(chosen) if not any(h[i] for h in hits)]
    if stray or (single and sum(found) != 1):
        raise BadValue(field, value, ("恰好一項：" if single else "") + "「" + "」「".join(texts) + "」")
    return found


def _parted(options: Sequence[str], value: Value) -> tuple[Value, str]:
    """The option that ``value`` begins with and the remark after it; ``value`` itself where it is an option, or begins with none."""
    if not isinstance(value, str) or value in options:
        return value, ""
    begun = [o for o in options if re.match(re.escape(o) + r"\s*[，,：:；;。（( ]", value)]
    if not begun:
        return value, ""
    option = max(begun, key=len)
    rest = value[len(option):].strip(" ，,：:；;。")
    whole = re.fullmatch(r"[（(]([^（）()]*)[）)]", rest)
    return option, clean(whole[1] if whole else rest)


def _several(value: Value, options: Sequence[str]) -> Value:
    """The choices of a text that names several."""
    if not isinstance(value, str) or value in options:
        return value
    return [piece.strip() for piece in re.split(r"[、；;\n]", value) if piece.strip()]


def _checks(slot: Slot, how: How, value: Value, tags: dict[str, Any]) -> Printed:
    single = how.type == "check1"
    chosen = value if single else _several(value, slot.options)
    means = [[t, *(v if isinstance(v, list) else [v])] for t, v in zip(slot.options, how.values, strict=True)]
    remarks: dict[int, str] = {}
    if how.remark or how.rest:
        words = [str(m) for ms in means for m in ms]
        pairs = [_parted(words, v) for v in (chosen if isinstance(chosen, list) else [chosen])]
        beyond = [v for v, _ in pairs if how.rest and isinstance(v, str) and v not in words]
        chosen = [v for v, _ in pairs if v not in beyond]
        remarks = {i: remark for i, ms in enumerate(means) for v, remark in pairs if remark and v in ms}
        tags |= {f"{slot.id}_{i + 1}_remark": remark for i, remark in remarks.items() if how.remark}
        tags |= {f"{slot.id}_rest": clean("、".join(beyond))} if beyond else {}
    else:
        beyond = []
    found = _ticked(slot.options, how.values, chosen, slot.field, single and not beyond)
    tags |= {f"{slot.id}_{i + 1}": TICKED if yes else EMPTY for i, yes in enumerate(found)}
    ticked = [i for i, yes in enumerate(found) if yes]
    tags[slot.id] = "、".join(slot.options[i] for i in ticked)
    told = [TICKED + slot.options[i] + (f"，{remarks[i]}" if i in remarks else "") for i in ticked]
    return Printed("、".join((*told, *map(clean, beyond))), tags)


def _row(columns: Sequence[Part], record: Mapping[str, Any], field: str, number: int) -> dict[str, Any]:
    out: dict[str, Any] = {"no": number, "nn": f"{number:02d}"}
    for c in columns:
        value = expression.of_record(c.of, record) if c.of and record else record.get(c.key)
        if c.options:
            value = _several(value, c.options) if c.type == "checkN" else value
            found = [False] * len(c.options) if value is None else _ticked(c.options, c.values, value, field, c.type == "check1")
            out |= {f"{c.key}_{i + 1}": TICKED if yes else EMPTY for i, yes in enumerate(found)}
        else:
            out[c.key] = c.blank if value is None else one(c.type, value, field)
    return out


def _lined(slot: Slot, how: How, rows: list[dict[str, Any]]) -> Rows:
    """As many lines as the form has, at least."""
    more = [_row(how.columns, {}, slot.field, i + 1) for i in range(len(rows), how.least)]
    return Rows(rows + more, _row(how.columns, {}, slot.field, 0))


def _columns(columns: Sequence[Part], value: Value) -> dict[str, Value]:
    if len(columns) == 1 or not isinstance(value, str):
        return {columns[0].key: value}
    pieces = [p.strip() for p in re.split(r"[，,|]", value, maxsplit=len(columns) - 1)]
    return {c.key: piece for c, piece in zip(columns, pieces, strict=False) if piece}


def _rows(slot: Slot, how: How, value: Value, tags: dict[str, Any]) -> Printed:
    """Records, or bare values where the slot has one column; a text of several columns (甲機，DL380，8 核) is parted at its commas."""
    if not isinstance(value, list):
        raise BadValue(slot.field, value, "清單")
    records = [v if isinstance(v, dict) else _columns(how.columns, v) for v in value]
    rows = [_row(how.columns, record, slot.field, i + 1) for i, record in enumerate(records)]
    texts = [" ".join(str(r[c.key]) for c in how.columns if not c.options and record.get(c.key) is not None)
             for r, record in zip(rows, records, strict=True)]
    tags[slot.id] = _lined(slot, how, rows)
    return Printed("；".join(t for t in texts if t), tags)
