"""The details of a line of the log in words, for the screen; the log itself and its export keep what was written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.vocabulary import terms
from intake.people.person import ROLES
from intake.store import erase, rights
from intake.store.views import CASE_STATES

KEYS = {
    "programme": "計畫", "edition": "版本", "outcome": "結果", "engine": "引擎", "sha256": "SHA-256", "state": "狀態",
    "forms": "表單", "form": "表單", "format": "格式", "field": "欄位", "fields": "欄位", "case": "案件", "page": "頁",
    "searched": "搜尋文字", "text": "文字版本", "why": "原因", "what": "內容", "through": "經由", "register": "登記", "status": "狀態",
    "source": "來自", "papers": "文件", "clerk": "承辦", "file": "檔案", "files": "檔案", "code": "代碼", "lines": "筆數", "whole": "完整",
    "asked": "由人要求", "demo": "範例", "key": "金鑰", "scope": "範圍", "until": "到期", "events": "通知的事", "ticked": "只有勾選的",
    "right": "權利", "role": "角色", "days": "天數", "ground": "依據", "slot": "格",
}
"""What each detail is called; one that is not here keeps its name."""

WORDS: Mapping[str, str] = {
    **CASE_STATES, "pass": "符合", "fail": "不符合", "needs_evidence": "待補證明", "undetermined": "待認定", "read": "已讀",
    "refused": "拒收", "api": "程式介面", "file": "原檔", "note": "紀事", "folder": "掃描資料夾", "mail": "電子郵件", "parked": "無主文件",
    "ping": "試送", "again": "再送一次", "secret": "換密鑰", "on": "啟用", "off": "停用", "remove": "移除",
    "active": "使用中", "password": "密碼", "reset asked": "要求重設密碼",
    "stopped": "停止處理", "resumed": "恢復處理", "own data": "本人的資料", "erase": "刪除前查看", "certificate": "刪除證明",
    "close": "停用", "reopen": "恢復", "role": "改角色", "code": "寄驗證碼", "extend": "延長", "granted": "已辦理", "not granted": "未准許",
    "box": "框選重讀", "rekey": "抽驗", "verdict": "裁定", "keep": "改文字", "reset": "改回內建", **rights.RIGHTS, **erase.GROUNDS, **ROLES,
}


RECORDS = {"case": "案件", "paper": "文件", "form": "表單", "account": "帳號", "key": "金鑰", "hook": "通知網址", "arrival": "無主文件",
           "letter": "信件", "keeping": "保存期限", "rekey": "抽驗", "request": "權利請求"}
"""What a record of the log is called that has a number or a name of its own."""
PLACES = {"queue": "收件匣", "audit": "稽核紀錄", "audit/rights": "權利與刪除", "figures": "儀表", "unclaimed": "無主文件", "rekey": "抽驗",
          "manage/health": "運作", "manage/keeping": "保存與刪除", "manage/letters": "信件", "manage/people": "帳號與角色",
          "manage/rights": "權利請求", "manage/rules": "計畫與表單", "manage/settings": "設定"}
"""What the pages are called that a line tells of."""
PAGES = {"case": "/audit/value?case={}", "request": "/audit/rights#r-{}", "rekey": "/audit/rekey/{}"}


@dataclass(frozen=True)
class Record:
    """What a line is about: ``kind`` in words, ``name`` its number or name, ``link`` the page that shows it, ``case`` the case that it
    belongs to, ``title`` what the paper or form is called; "" where there is none."""

    kind: str
    name: str = ""
    link: str = ""
    case: str = ""
    title: str = ""


def records(names: Iterable[str], of: Mapping[str, tuple[str, str]]) -> dict[str, Record]:
    """Each record as the log calls it, in words; ``of``: the case and the name of papers and forms.

    >>> records(["paper/17", "queue", "odd"], {"paper/17": ("1151120-0001", "a.pdf")})["paper/17"]
    Record(kind='文件', name='17', link='/audit/value?case=1151120-0001', case='1151120-0001', title='a.pdf')
    """
    return {name: _record(name, *of.get(name, ("", ""))) for name in names}


def _record(name: str, case: str, title: str) -> Record:
    kind, _, own = name.partition("/")
    if name in PLACES or kind not in RECORDS:
        return Record(PLACES.get(name, name))
    link = PAGES["case"].format(case) if case else PAGES[kind].format(own) if kind in PAGES else ""
    return Record(RECORDS[kind], own, link, case, title)


_WORDED = frozenset({"state", "status", "outcome", "through", "what", "right", "ground", "role"})


def details(detail: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Label and text of each detail that says something, in Chinese.

    >>> details({"state": "", "searched": False, "fields": ["org.name"], "forms": ["F10/108"]})
    [('搜尋文字', '否'), ('欄位', '公司全銜'), ('表單', 'F10/108')]
    """
    return [(KEYS.get(k, k), _said(k, v)) for k, v in detail.items() if v not in ("", None, [])]


def _said(key: str, value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple):
        return "、".join(_said(key, v) for v in value)
    if key in ("field", "fields") and value in terms():
        return terms()[value].short
    return WORDS.get(str(value), str(value)) if key in _WORDED else str(value)
