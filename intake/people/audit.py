"""The log of who did what: append-only, each line chained to the one before by SHA-256 (SYS-30, SYS-34).

``hash`` is the SHA-256 of the canonical JSON (sorted keys, no blanks, UTF-8) of the line's seq, at, who, role, action, record, detail
and previous; ``previous`` is the hash of the line before, 64 zeros for the first. ``detail`` is hashed as the text that is stored.
The database refuses UPDATE and DELETE by triggers; ``verify`` finds whatever got past them, a tail cut off included.

What was seen or changed is named by field and record, never by its value: the log outlives the personal data (SYS-62).
Call ``record`` after the change it is about, in the same session: lines wait for each other until the session ends.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from domain.errors import LogBroken
from intake import clock
from intake.people.person import Person
from intake.store.tables_log import AuditHead, AuditLine

ADD, CHANGE, LOOK, PRINT, DELETE, SIGN_IN, SIGN_OUT, EXPORT, CONSENT, READ, DECIDE, FILL, VERIFY, REFUSE = (
    "新增", "修改", "查詢", "列印", "刪除", "登入", "登出", "匯出", "同意", "讀取", "判定", "產生表單", "驗證", "拒絕")
ACTIONS = (ADD, CHANGE, LOOK, PRINT, DELETE, SIGN_IN, SIGN_OUT, EXPORT, CONSENT, READ, DECIDE, FILL, VERIFY, REFUSE)
FIRST = "0" * 64
SYSTEM = "system"
HEADINGS = ("序號", "時間", "使用者", "角色", "動作", "對象", "細節", "前一筆雜湊", "雜湊")


@dataclass(frozen=True)
class AuditView:
    """One line. ``record`` is like case/1151120-0001, paper/17, form/3, account/04595257."""

    seq: int
    at: datetime
    who: str
    role: str
    action: str
    record: str
    detail: dict[str, Any]
    previous: str
    hash: str


@dataclass(frozen=True)
class Verified:
    """The chain holds: how many lines, since when, until when (None where there is none)."""

    lines: int
    since: datetime | None
    until: datetime | None
    head: str = field(default=FIRST)


def record(session: Session, who: Person | None, action: str, what: str, detail: Mapping[str, Any] | None = None) -> int:
    """Add a line; returns its number. ``who`` None is the service itself; ``action`` is one of ACTIONS. Raises ValueError else."""
    if action not in ACTIONS:
        raise ValueError(f"no audit action {action!r}")
    head = session.scalar(select(AuditHead).where(AuditHead.id == 1).with_for_update().execution_options(populate_existing=True))
    if head is None:
        raise LogBroken(1, "沒有鏈首")
    line = AuditLine(seq=head.seq + 1, at=clock.now().isoformat(timespec="seconds"), who=who.login if who else SYSTEM,
                     role=who.role if who else SYSTEM, action=action, record=what[:120], detail=_canonical(dict(detail or {})),
                     previous=head.hash)
    line.hash = _hash(line)
    session.add(line)
    head.seq, head.hash = line.seq, line.hash
    session.flush()
    return line.seq


def _canonical(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _hash(line: AuditLine) -> str:
    hashed = {k: getattr(line, k) for k in ("seq", "at", "who", "role", "action", "record", "detail", "previous")}
    return hashlib.sha256(_canonical(hashed).encode()).hexdigest()


def verify(session: Session) -> Verified:
    """Compute the whole chain again. Raises LogBroken with the number of the first line that does not hold."""
    # one statement, so that a line added meanwhile cannot stand between the head and the count
    head = session.execute(select(AuditHead.seq, AuditHead.hash, select(func.max(AuditLine.seq)).scalar_subquery())).first()
    if head is None:
        raise LogBroken(1, "沒有鏈首")
    last, last_hash, newest = head
    previous, number, since, until = FIRST, 0, None, None
    lines = session.scalars(select(AuditLine).where(AuditLine.seq <= last).order_by(AuditLine.seq)
                            .execution_options(yield_per=1000, populate_existing=True))
    for line in lines:
        number += 1
        if line.seq != number:
            raise LogBroken(number, "這一筆不見了")
        if line.previous != previous:
            raise LogBroken(number, "與前一筆接不上")
        if line.hash != _hash(line):
            raise LogBroken(number, "內容被改過")
        previous, until = line.hash, line.at
        since = since or line.at
    if number < last:
        raise LogBroken(number + 1, "其後的紀錄不見了")
    if (newest or 0) > last:
        raise LogBroken(last + 1, "這一筆不是由系統加上的")
    if previous != last_hash:
        raise LogBroken(number, "與鏈尾的雜湊不符")
    return Verified(number, _time(since), _time(until), previous)


def last(session: Session, before: datetime | None = None) -> tuple[int, str] | None:
    """Number and hash of the newest line, or of the newest one from before a time; None where there is none."""
    query = select(AuditLine.seq, AuditLine.hash).order_by(AuditLine.seq.desc()).limit(1)
    found = session.execute(query if before is None else query.where(AuditLine.at < before.isoformat(timespec="seconds"))).first()
    return None if found is None else (found.seq, found.hash)


def hash_of(session: Session, line: int) -> str | None:
    """The hash of a line by its number; None where there is no such line."""
    return session.scalar(select(AuditLine.hash).where(AuditLine.seq == line))


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


@dataclass(frozen=True)
class AuditFilter:
    """What to show. Days are whole days, both included; ``record`` finds every record that begins so, ``also`` those that are called so
    besides."""

    who: str = ""
    action: str = ""
    record: str = ""
    since: date | None = None
    until: date | None = None
    also: frozenset[str] = frozenset()


def search(session: Session, wanted: AuditFilter | None = None, limit: int | None = 100, offset: int = 0) -> list[AuditView]:
    """The lines that match, newest first; ``limit`` None for all (an export)."""
    query = select(AuditLine).where(*_matching(wanted or AuditFilter())).order_by(AuditLine.seq.desc()).limit(limit).offset(offset)
    return [AuditView(x.seq, datetime.fromisoformat(x.at), x.who, x.role, x.action, x.record, json.loads(x.detail), x.previous, x.hash)
            for x in session.scalars(query)]


def count(session: Session, wanted: AuditFilter | None = None) -> int:
    """How many lines match."""
    return session.scalar(select(func.count()).select_from(AuditLine).where(*_matching(wanted or AuditFilter()))) or 0


def _matching(f: AuditFilter) -> list[ColumnElement[bool]]:
    out: list[ColumnElement[bool]] = []
    if f.who:
        out.append(AuditLine.who == f.who)
    if f.action:
        out.append(AuditLine.action == f.action)
    if f.record:
        begins = AuditLine.record.startswith(f.record, autoescape=True)
        out.append(or_(begins, AuditLine.record.in_(f.also)) if f.also else begins)
    if f.since:
        out.append(AuditLine.at >= f.since.isoformat())
    if f.until:
        out.append(AuditLine.at < (f.until + timedelta(days=1)).isoformat())
    return out


def as_csv(lines: Iterable[AuditView]) -> str:
    """The lines as CSV with a byte order mark, which spreadsheets need to show Chinese; cells cannot start a formula."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for x in lines:
        writer.writerow([f"'{c}" if isinstance(c, str) and c[:1] in "=+-@\t\r" and c else c for c in cells(x)])
    return out.getvalue()


def cells(x: AuditView) -> tuple[int | str, ...]:
    """A line as it stands in a file, under HEADINGS: the details as they were hashed."""
    return (x.seq, x.at.isoformat(sep=" "), x.who, x.role, x.action, x.record, _canonical(x.detail), x.previous, x.hash)
