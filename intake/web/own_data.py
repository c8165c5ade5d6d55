"""All that is held about a person, for the person: as a page and as a ZIP that programs (JSON) and people (CSV) can read.

Who else looked at it is told by role: a clerk's own name is theirs.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from sqlalchemy.orm import Session

from domain.case import CaseFacts
from domain.errors import NotFound
from domain.field import Read
from intake.people import audit
from intake.people.audit import AuditFilter, AuditView
from intake.people.person import ROLES, Person
from intake.registers.register import Answer
from intake.store import erase, repository, rights, stops
from intake.store.papers import PaperStore
from intake.store.rights import Request
from intake.store.views import CASE_STATES, CaseView, DecisionView, FormView, NoteView, PaperView
from intake.web import values
from intake.web.facts import KIND_WORDS

_UNSAFE = re.compile(r"[^\w.()（）-]+")
README = """這是收文系統裡與您有關的全部資料（個人資料保護法第 3 條、第 10 條）。

account.json       帳號
requests.csv       您行使權利的紀錄
rows.json          資料庫中屬於您的每一列（密碼與驗證碼的雜湊除外）
log.csv            稽核紀錄中與您有關的各筆：什麼時候、哪一種人員、做了什麼
<案號>/case.json    案件狀態、同意的時間與文字版本
<案號>/facts.csv    讀到和填寫的資料；facts.json 是同樣的內容與每個值的來歷
<案號>/decisions.json  每一次判斷與所用的值
<案號>/papers/      您的文件原檔；readings.json 是讀取的結果
<案號>/forms/       填好的表單
<案號>/registers.json  查過的公開登記
<案號>/notes.csv    承辦的紀事
"""


@dataclass(frozen=True)
class CaseData:
    """What is held of one case. ``facts`` are label, value and where it comes from."""

    case: CaseView
    stopped: datetime | None
    papers: Sequence[PaperView]
    every: CaseFacts
    facts: Sequence[tuple[str, str, str, str]]
    decisions: Sequence[DecisionView]
    forms: Sequence[FormView]
    answers: Sequence[Answer]
    notes: Sequence[NoteView]


@dataclass(frozen=True)
class OwnData:
    """What is held of a person."""

    person: Person
    cases: Sequence[CaseData]
    requests: Sequence[Request]
    log: Sequence[AuditView]


def all_of(session: Session, person: Person) -> OwnData:
    """Everything about the person; nothing of anybody else's."""
    cases = [_case(session, c) for c in repository.cases_of(session, person)]
    return OwnData(person, cases, rights.of_person(session, person), log(session, person, cases))


def _case(session: Session, case: CaseView) -> CaseData:
    every = repository.facts(session, case.id)
    facts = [(f, values.label(f), values.shown(f, fact.value), "、".join(dict.fromkeys(_said(o) for o in fact.origins)))
             for f, fact in sorted(every.facts.items())]
    return CaseData(case, stops.stopped(session, case.id), repository.papers(session, case.id, removed=True), every, facts,
                    repository.decisions(session, case.id), repository.forms(session, case.id), repository.answers(session, case.id),
                    repository.notes(session, case.id))


def _said(origin: Any) -> str:
    if isinstance(origin, Read):
        return f"{KIND_WORDS.get(origin.kind, '文件')} 第 {origin.page} 頁"
    return str(getattr(origin, "by", "")) or "由其他值算出"


def log(session: Session, person: Person, cases: Iterable[CaseData]) -> list[AuditView]:
    """The lines of the log that the person wrote or that are about their account, cases and papers; oldest first."""
    records = {f"account/{person.login}"}
    for c in cases:
        records |= {f"case/{c.case.number}", *(f"paper/{p.id}" for p in c.papers), *(f"form/{f.id}" for f in c.forms)}
    found = {x.seq: x for x in audit.search(session, AuditFilter(who=person.login), None)}
    for record in records:
        found |= {x.seq: x for x in audit.search(session, AuditFilter(record=record), None) if x.record == record}
    return [found[seq] for seq in sorted(found)]


def by_whom(line: AuditView, person: Person) -> str:
    """Who wrote a line, as its subject may see it."""
    return "本人" if line.who == person.login else ROLES.get(line.role, "系統")


def packed(session: Session, store: PaperStore, person: Person, folder: Path) -> Path:
    """All of it as a ZIP in ``folder``; whoever asked removes it."""
    data = all_of(session, person)
    with NamedTemporaryFile(dir=folder, prefix="own-data-", suffix=".zip", delete=False) as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
            out.writestr("README.txt", README)
            out.writestr("account.json", _json({"login": person.login, "name": person.name, "email": person.email, "role": person.role}))
            out.writestr("requests.csv", table(("權利", "案號", "說明", "提出", "期限", "結果", "答覆", "答覆時間"), (
                (rights.RIGHTS[r.kind], r.case_number, r.text, r.asked_at, r.due_on, rights.STATES[r.state], r.answer, r.answered_at or "")
                for r in data.requests)))
            out.writestr("log.csv", table(("序號", "時間", "誰", "動作", "對象", "細節"), (
                (x.seq, x.at, by_whom(x, person), x.action, x.record, _json(x.detail)) for x in data.log)))
            out.writestr("rows.json", _json(erase.rows_of(session, person.id)))
            for case in data.cases:
                _put_case(session, store, out, case)
        return Path(file.name)


def tidy(folder: Path) -> None:
    """Remove copies that nobody took because the service ended in between."""
    for left in folder.glob("own-data-*.zip"):
        left.unlink(missing_ok=True)


def _put_case(session: Session, store: PaperStore, out: zipfile.ZipFile, data: CaseData) -> None:
    c = data.case
    out.writestr(f"{c.number}/case.json", _json({
        "number": c.number, "programme": c.programme, "title": c.title, "state": CASE_STATES[c.state], "outcome": c.outcome,
        "created_at": c.created_at, "consented_at": c.consented_at, "submitted_at": c.submitted_at, "received_on": c.received_on,
        "stopped_at": data.stopped}))
    out.writestr(f"{c.number}/facts.csv", table(("欄位", "名稱", "值", "來歷"), data.facts))
    out.writestr(f"{c.number}/facts.json", _json(data.every.as_json()))
    out.writestr(f"{c.number}/decisions.json", _json([d.decision | {"at": d.at, "facts": d.facts} for d in data.decisions]))
    out.writestr(f"{c.number}/readings.json", _json([r.as_json() for r in repository.readings(session, c.id)]))
    out.writestr(f"{c.number}/registers.json", _json([
        {"register": a.name, "at": a.looked_up_at, "status": a.status, "facts": dict(a.facts), "url": a.url, "raw": a.raw}
        for a in data.answers]))
    out.writestr(f"{c.number}/notes.csv", table(("時間", "誰", "內容"), ((n.at, n.by, n.text) for n in data.notes)))
    for number, paper in enumerate(data.papers, 1):
        _put_file(store, out, paper.sha256, f"{c.number}/papers/{number:02d}-{_UNSAFE.sub('_', paper.name)[-80:]}")
    for form in data.forms:
        for sha256, ending in ((form.docx_sha256, "docx"), (form.pdf_sha256, "pdf")):
            if sha256:
                _put_file(store, out, sha256, f"{c.number}/forms/{form.form}.{ending}")


def _put_file(store: PaperStore, out: zipfile.ZipFile, sha256: str, name: str) -> None:
    try:
        # papers are packed by their own format already
        out.write(store.path(sha256), name, zipfile.ZIP_STORED)
    except NotFound:
        out.writestr(f"{name}.txt", "這個檔案不安全，系統沒有保留。")


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """CSV with a byte order mark, for spreadsheets; no cell can start a formula.

    >>> table(("值",), [("=1+1",), (3,)])
    '\\ufeff值\\r\\n\\'=1+1\\r\\n3\\r\\n'
    """
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(headings)
    for row in rows:
        cells = [c.isoformat(sep=" ") if isinstance(c, datetime) else c for c in row]
        writer.writerow([f"'{c}" if isinstance(c, str) and c[:1] and c[:1] in "=+-@\t\r" else c for c in cells])
    return out.getvalue()


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1, default=str) + "\n"
