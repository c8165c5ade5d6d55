"""The texts of the mails to people: built in here, changed by the manager in the database (every change is kept), filled when sent.

A place is ``{name}`` and only the names that a letter knows are filled; what else stands in braces stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.errors import BadValue, NotFound
from intake import clock
from intake.people import mail
from intake.people.person import Person
from intake.store.tables_letters import LetterText

_PLACE = re.compile(r"\{(\w+)\}")
SUBJECT_MOST, BODY_MOST = 120, 4000


@dataclass(frozen=True)
class Letter:
    """A letter. ``places`` gives each place an example for the preview; ``needed`` are those that the text cannot do without."""

    id: str
    name: str
    subject: str
    body: str
    places: Mapping[str, str]
    needed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Change:
    """One change of a letter; an empty body is the return to the built-in text."""

    letter: str
    subject: str
    body: str
    by: str
    at: datetime


_NOT_YOU = "若不是您本人申請，可以不理會這封信。請勿把驗證碼告訴任何人。"
_CODE = f"您的驗證碼是 {{code}}，{{minutes}} 分鐘內有效。\n{_NOT_YOU}"
_CODE_PLACES = {"code": "012345", "minutes": "15"}
_RIGHT = {"right": "請求刪除", "case": "1150102-0003", "due": "115年2月1日"}

LETTERS: Mapping[str, Letter] = {x.id: x for x in (
    Letter("open-code", "開戶驗證碼", "收文：開戶驗證碼", _CODE, _CODE_PLACES, frozenset({"code"})),
    Letter("reset-code", "重設密碼驗證碼", "收文：重設密碼驗證碼", _CODE, _CODE_PLACES, frozenset({"code"})),
    Letter("account-there", "重複開戶的通知", "收文：這個統一編號已有帳號",
           "有人以貴單位的統一編號申請開戶，但帳號早已開通。若是您本人，請直接登入或重設密碼；若不是，可以不理會這封信。", {}),
    Letter("invite", "工作人員帳號", "收文：請設定您的密碼",
           "您的帳號是 {login}（{role}）。\n請到 {address}/open/code 輸入帳號與驗證碼 {code}，設定密碼；{hours} 小時內有效。\n"
           "請勿把驗證碼告訴任何人。",
           {"login": "clerk-a", "role": "承辦人員", "address": "https://example.com", "code": "012345", "hours": "24"},
           frozenset({"login", "code"})),
    Letter("case-state", "案件狀態", "收文：案件 {number} {state}",
           "您的案件 {number} 目前是「{state}」。\n\n{why}\n\n請登入後查看：{link}",
           {"number": "1150102-0003", "state": "待補件", "why": "請補下列資料：\n1. 最近一期勞保繳款單",
            "link": "https://example.com/cases/1150102-0003"}, frozenset({"number", "why"})),
    Letter("right-received", "收到權利請求", "收文：已收到您的請求（{right}）",
           "已收到您的請求：{right}（{case}）。\n最遲在 {due} 前答覆您，必要時得延長一次，會先告訴您原因。", _RIGHT,
           frozenset({"right", "due"})),
    Letter("right-extended", "權利請求延長", "收文：您的請求延長答覆（{right}）",
           "您的請求：{right}（{case}）。\n因為：{why}\n答覆期限延長到 {due}。", _RIGHT | {"why": "要向保存機關調卷"},
           frozenset({"why", "due"})),
    Letter("right-answered", "權利請求的答覆", "收文：您的請求已答覆（{right}）",
           "您的請求：{right}（{case}）。\n結果：{state}\n\n{answer}",
           {"right": "請求刪除", "case": "1150102-0003", "state": "已辦理", "answer": "案件已刪除，刪除證明見系統。"},
           frozenset({"state", "answer"})),
)}


def letter(letter_id: str) -> Letter:
    """A built-in letter. Raises NotFound."""
    if letter_id not in LETTERS:
        raise NotFound("letter", letter_id[:40])
    return LETTERS[letter_id]


def in_force(session: Session, letter_id: str) -> tuple[str, str]:
    """Subject and body as they are sent now."""
    built_in, newest = letter(letter_id), next(iter(history(session, letter_id)), None)
    return (newest.subject, newest.body) if newest is not None and newest.body else (built_in.subject, built_in.body)


def history(session: Session, letter_id: str) -> list[Change]:
    """Every change of the letter, newest first."""
    rows = session.scalars(select(LetterText).where(LetterText.letter == letter_id).order_by(LetterText.id.desc()))
    return [Change(r.letter, r.subject, r.body, r.by, r.at) for r in rows]


def changed(session: Session) -> frozenset[str]:
    """The letters that are not as built in."""
    return frozenset(k for k, x in LETTERS.items() if in_force(session, k) != (x.subject, x.body))


def change(session: Session, letter_id: str, subject: str, body: str, person: Person) -> None:
    """Put another text in force. Raises NotFound; BadValue where it is empty, too long, lacks a place that it needs or has one that the
    letter does not know."""
    check(letter_id, subject, body)
    session.add(LetterText(letter=letter_id, subject=subject.strip(), body=_lines(body), by=person.login, at=clock.now()))
    session.flush()


def reset(session: Session, letter_id: str, person: Person) -> None:
    """Put the built-in text in force again. Raises NotFound."""
    session.add(LetterText(letter=letter(letter_id).id, subject="", body="", by=person.login, at=clock.now()))
    session.flush()


def check(letter_id: str, subject: str, body: str) -> None:
    """Raises NotFound, BadValue as ``change`` does."""
    known = letter(letter_id)
    if not 1 <= len(subject.strip()) <= SUBJECT_MOST or "\n" in subject.strip() or "\r" in subject.strip():
        raise BadValue("主旨", subject, f"一行，1 到 {SUBJECT_MOST} 個字")
    if not 1 <= len(body.strip()) <= BODY_MOST:
        raise BadValue("內文", body, f"1 到 {BODY_MOST} 個字")
    used = set(_PLACE.findall(subject + body))
    if missing := sorted(known.needed - set(_PLACE.findall(body))):
        raise BadValue("內文", body, "內文要有 " + "、".join(f"{{{m}}}" for m in missing))
    if strange := sorted(used - set(known.places)):
        raise BadValue("內文", body, "可用的只有 " + "、".join(f"{{{p}}}" for p in known.places)
                       + "；不認得 " + "、".join(f"{{{s}}}" for s in strange))


def filled(text: str, values: Mapping[str, object]) -> str:
    """The text with its places filled.

    >>> filled("{code}，{minutes} 分鐘，{x.y} {other}", {"code": 7, "minutes": 15})
    '7，15 分鐘，{x.y} {other}'
    """
    return _PLACE.sub(lambda m: str(values.get(m[1], m[0])), text)


def send(session: Session, recipient: str, letter_id: str, *, wait: timedelta = timedelta(0), **values: object) -> int:
    """Put the letter into the outbox and return its number; it leaves after the session commits, not sooner than after ``wait``."""
    subject, body = in_force(session, letter_id)
    return mail.put(session, recipient, " ".join(filled(subject, values).split())[:200], filled(body, values), wait)


def _lines(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().replace("\r\n", "\n").split("\n"))
