"""The outcome of a case as the clerk's table shows it. A ✗ that rests on nothing but the day the case came is no verdict while its papers
are not read and looked at: then the table says what it waits for, and afterwards why it is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from domain.decision import FAIL
from intake.store import results
from intake.store.views import QueueRow
from intake.web.render import OUTCOME_WORDS
from intake.web.text import Text

OF_THE_CASE = "app."
"""How the fields begin that the applicant or the office says of the case itself, as the day it came; papers tell the others."""
DAYS = frozenset({"app.submitted_date", "app.received_date", "app.window_start", "app.window_end"})
LATE = ("已過", "已逾")


@dataclass(frozen=True)
class Verdict:
    """``tone``, ``sign`` and ``word`` as of an outcome; ``why`` in short, "" where it needs none; ``whole`` the sentence."""

    tone: str
    sign: str
    word: str
    why: str = ""
    whole: str = ""


def verdicts(session: Session, rows: Sequence[QueueRow], text: Text) -> dict[int, Verdict]:
    """Of each case of the table, by its id."""
    against = {k: _against(d.decision) for k, d in results.newest(session, [r.id for r in rows if r.outcome == FAIL]).items()}
    return {r.id: _verdict(r, against.get(r.id, ()), text) for r in rows}


def _against(decision: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    return tuple(f for f in decision["findings"] if f["mandatory"] and f["outcome"] == FAIL)


def _verdict(row: QueueRow, against: Sequence[Mapping[str, Any]], text: Text) -> Verdict:
    tone, sign, word = OUTCOME_WORDS[row.outcome]
    whole = "；".join(str(f["explanation"]).rstrip("。") for f in against)
    why = text("逾期") if against and all(map(_late, against)) else whole
    if row.unread:
        return Verdict("", "–", text("等讀完"))
    if against and (row.doubts or not row.papers) and all(u.startswith(OF_THE_CASE) for f in against for u in f["used"]):
        return Verdict("", "–", text("等核對") if row.papers else text("等文件"), why, whole)
    return Verdict(tone, sign, text(word), why, whole)


def _late(finding: Mapping[str, Any]) -> bool:
    return set(finding["used"]) <= DAYS and any(w in finding["explanation"] for w in LATE)
