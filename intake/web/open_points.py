"""What stands against passing a case, said where the clerk decides: whoever passes it nevertheless says that they have seen it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from domain.case import CaseFacts
from domain.decision import PASS
from domain.field import Entry
from domain.identity import OWNER_NO
from domain.taiwan import ubn
from intake.store import looks
from intake.store.views import READING, RECEIVED, UNREADABLE, CaseView, PaperView
from intake.web.render import OUTCOME_WORDS
from intake.web.text import Text

UNREAD, UNREADABLE_FILE, OTHER_NUMBER, DOUBTS, NOT_FIT = "unread", "unreadable", "other-number", "doubts", "outcome"


@dataclass(frozen=True)
class Point:
    """``code`` is one of the constants above; ``sentence`` for people; ``loud`` where nothing else on the page says it; ``file`` the
    name of the file that it is about, "" where it is about the case."""

    code: str
    sentence: str
    loud: bool = field(default=False)
    file: str = ""


def points(case: CaseView, facts: CaseFacts, papers: Sequence[PaperView], outcome: str, text: Text) -> tuple[Point, ...]:
    """All of them, the loud ones first. ``outcome`` is the newest decision's, "" before the first."""
    out = [Point(UNREADABLE_FILE, text("「{file}」讀不了：{why}", file=p.name, why=text(p.error)), True, p.name)
           for p in papers if p.state == UNREADABLE]
    waiting = sum(p.state in (RECEIVED, READING) for p in papers)
    if waiting:
        out.append(Point(UNREAD, text("還有 {n} 份文件沒有讀完。", n=waiting), True))
    read = _numbers(facts)
    if read and case.login not in read and ubn.is_valid(case.login):
        out.append(Point(OTHER_NUMBER, text("文件上的統一編號是 {read}，申請帳號是 {login}；請確認是不是申請人的文件。",
                                            read="、".join(read), login=case.login), True))
    if doubts := looks.doubts(facts):
        out.append(Point(DOUBTS, text("還有 {n} 處存疑，沒有人看過。", n=doubts)))
    if outcome != PASS:
        out.append(Point(NOT_FIT, text("判斷的結果是「{outcome}」。", outcome=text(OUTCOME_WORDS[outcome][2]))))
    return tuple(out)


def _numbers(facts: CaseFacts) -> list[str]:
    """The numbers that the papers or the office give the applicant, each once, also where they contradict each other; what the applicant
    says against their papers is left out."""
    fact = facts.facts.get(OWNER_NO)
    sides = next((c.values for c in facts.conflicts if c.field == OWNER_NO), ((fact.value, fact.origins),) if fact else ())
    return [str(v) for v, origins in sides if v and not any(isinstance(o, Entry) and o.claimed for o in origins)]


def unseen(now: Sequence[Point], seen: str) -> bool:
    """Whether something stands against it that the page did not show; ``seen`` are the codes it did, blank between."""
    return bool({p.code for p in now} - set(seen.split()))


def as_detail(now: Sequence[Point]) -> Mapping[str, list[str]]:
    """For the log: the codes of what was passed over."""
    return {"open": sorted({p.code for p in now})} if now else {}
