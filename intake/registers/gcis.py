"""The replies of 經濟部商工行政資料開放平臺 (OData, JSON): rows of plain values with quirks (DOCUMENTS 4).

Days are seven 民國 digits, amounts numbers or the text of numbers, what is absent is "", people's names are masked with the letter O,
and where nothing is found the body may be empty.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urljoin

from domain.field import Value
from domain.taiwan import money, roc_date
from intake.registers.fetch import Fetch, Got
from intake.registers.register import BUSY, FOUND, NONE, UNREADABLE, Said

BASE = "https://data.gcis.nat.gov.tw/od/data/api/"
MASK = re.compile(r"[OＯ○〇●*＊]")
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Reply:
    """What came back word by word, its rows, and what to say instead where there are none."""

    rows: tuple[Row, ...]
    raw: str
    url: str
    instead: Said | None = None

    def useless(self, why: str) -> Said:
        """The answer where the rows are not what was asked for."""
        return Said(UNREADABLE, {}, (why,), self.raw, self.url)


def ask(base: str, dataset: str, condition: str, fetch: Fetch) -> Reply:
    """The rows of a data set that meet an OData condition."""
    got = fetch.get(f"{urljoin(base, dataset)}?$format=json&$filter={quote(condition)}&$skip=0&$top=50")
    if got.problem:
        return _without(got, BUSY if got.problem == "busy" else UNREADABLE)
    if not got.text.strip():
        return _without(got, NONE)
    try:
        data = json.loads(got.text)
    except (ValueError, RecursionError):
        return _without(got, UNREADABLE)
    if not isinstance(data, list) or not all(isinstance(r, dict) for r in data):
        return _without(got, UNREADABLE)
    return Reply(tuple(data), got.text, got.url) if data else _without(got, NONE)


def _without(got: Got, status: str) -> Reply:
    return Reply((), got.text, got.url, Said(status, raw=got.text, url=got.url))


def of(reply: Reply, number: str, key: str, changed: str, fields: Mapping[str, tuple[str, str]]) -> Said:
    """The facts of the row under ``number`` that changed last. ``key`` and ``changed`` are the row's keys of the number and that day."""
    if reply.instead:
        return reply.instead
    ours = [r for r in reply.rows if str(r.get(key, "")).strip() == number]
    if not ours:
        return reply.useless("回覆的不是這個統一編號")
    newest = max(ours, key=lambda r: day(str(r.get(changed) or "")) or "")
    notes = [f"有 {len(ours)} 筆，取異動日期最新的一筆"] if len(ours) > 1 else []
    return _answer(newest, fields, reply, notes)


def _answer(row: Row, fields: Mapping[str, tuple[str, str]], reply: Reply, notes: Sequence[str]) -> Said:
    """``fields`` maps a field id to the row's key and the kind of value (text, money, day, person)."""
    facts: dict[str, Value] = {}
    told = list(notes)
    for name, (key, kind) in fields.items():
        text = str(row.get(key) if row.get(key) is not None else "").strip()
        if not text:
            continue
        if kind == "person" and MASK.search(text):
            told.append(f"負責人姓名經遮蔽（{text}），只能對照")
            continue
        value = _value(kind, text)
        if value is None:
            told.append(f"{key} 的內容「{text}」看不懂，沒有採用")
        else:
            facts[name] = value
    return Said(FOUND, facts, tuple(told), reply.raw, reply.url)


def day(text: str) -> str | None:
    """The ISO day of seven 民國 digits (also six); None for anything else."""
    found = roc_date.parse(text) if re.fullmatch(r"[0-9]{6,7}", text) else None
    return found.isoformat() if found else None


def _value(kind: str, text: str) -> Value:
    if kind == "money":
        return money.parse(text[:-2] if text.endswith(".0") else text)
    return day(text) if kind == "day" else text
