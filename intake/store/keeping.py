"""How long a case is kept after its end, and which are due (SYS-04, SYS-60): not longer than the purpose wants, and with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from domain.errors import BadValue
from intake import clock
from intake.people.person import Person
from intake.store import events
from intake.store.tables import Account, CaseRow, EntryRow, PaperRow
from intake.store.tables_keeping import KeepingRule
from intake.store.views import DRAFT, PASSED, REFUSED

LONGEST = 3660


@dataclass(frozen=True)
class Rule:
    """For how many days after its end a case of this ending is kept. ``by`` "" and ``at`` None: the built-in rule."""

    ending: str
    days: int
    reason: str
    by: str = ""
    at: datetime | None = None


BUILT_IN = {
    DRAFT: Rule(DRAFT, 90, "沒有送件，蒐集的目的沒有開始；最後一次動作後留 90 天，讓申請人有時間接著做。"),
    PASSED: Rule(PASSED, 1825, "公法上請求權五年不行使而消滅（行政程序法第 131 條第 1 項），在此之前可能要追回或說明；"
                 "期滿後目的消失（個人資料保護法第 11 條第 3 項）。"),
    REFUSED: Rule(REFUSED, 365, "處分未告知救濟期間的，一年內仍可聲明不服（行政程序法第 98 條第 3 項）；"
                  "期滿後目的消失（個人資料保護法第 11 條第 3 項）。"),
}
"""A draft counts from its last change, a decided case from its decision. A case that is still open is never due."""
PARKED, LETTERS, REQUESTS = "parked", "letters", "requests"
BESIDE = {
    PARKED: Rule(PARKED, 60, "沒有人認領，也沒有讀取內容；留兩個月讓承辦查明是誰的，再久就沒有目的（個人資料保護法第 11 條第 3 項）。"),
    LETTERS: Rule(LETTERS, 30, "寄出以後只為查明有沒有寄到而留；告訴申請人的話另外記在案件的紀事。"),
    REQUESTS: Rule(REQUESTS, 1827, "個人資料的損害賠償請求權自損害發生起逾五年消滅（個人資料保護法第 30 條），在此之前可能要說明怎麼答覆；"
                   "期滿後只留哪一項權利、哪一天、結果如何。"),
}
"""What is kept beside the cases: a file nobody claimed counts from its coming, a letter from when it left, the words of a request for
a right from its answer. A worker lets go of them."""
NAMES = {DRAFT: "沒有送件的草稿", PASSED: "通過的案件", REFUSED: "不通過的案件", PARKED: "沒有人認領的掃描檔與來信附件",
         LETTERS: "寄出的信", REQUESTS: "行使權利的請求與答覆的內容"}
"""What people, those outside too, call what a rule is about."""


@dataclass(frozen=True)
class Due:
    """A case whose time is over: it ended on ``ended_on`` and was to be kept until ``kept_until``."""

    number: str
    programme: str
    login: str
    title: str
    state: str
    ended_on: date
    kept_until: date


def rules(session: Session) -> dict[str, Rule]:
    """The rule in force of each ending, and of what is kept beside the cases."""
    out = BUILT_IN | BESIDE
    for r in session.scalars(select(KeepingRule).order_by(KeepingRule.id)):
        out[r.ending] = Rule(r.ending, r.days, r.reason, r.by, r.at)
    return out


def history(session: Session) -> list[Rule]:
    """Every change of a rule, newest first."""
    return [Rule(r.ending, r.days, r.reason, r.by, r.at) for r in session.scalars(select(KeepingRule).order_by(KeepingRule.id.desc()))]


def set_rule(session: Session, ending: str, days: int, reason: str, person: Person) -> Rule:
    """Change a rule. Raises BadValue: no such ending, not 1 to LONGEST days, or without a reason."""
    if ending not in NAMES:
        raise BadValue("結果", ending, "、".join(NAMES))
    if not 1 <= days <= LONGEST:
        raise BadValue("保存天數", days, f"1 到 {LONGEST} 的整數（天）")
    if not reason.strip():
        raise BadValue("理由", reason, "一句話，說明為什麼要保存這麼久")
    row = KeepingRule(ending=ending, days=days, reason=reason.strip()[:1000], by=person.login, at=clock.now())
    session.add(row)
    session.flush()
    return Rule(row.ending, row.days, row.reason, row.by, row.at)


def due(session: Session, today: date) -> list[Due]:
    """The cases that were kept as long as they may be, longest over first."""
    every, out = rules(session), []
    # no case ends before it begins: most are not old enough whenever they ended
    old = [and_(CaseRow.state == state, CaseRow.created_at < datetime.combine(today - timedelta(days=every[state].days), time()))
           for state in BUILT_IN]
    query = select(CaseRow, Account.login).join(Account, Account.id == CaseRow.applicant_id).where(or_(*old))
    for row, login in session.execute(query):
        ended = _ended(session, row)
        until = ended + timedelta(days=every[row.state].days)
        if until < today:
            out.append(Due(row.number, row.programme, login, row.title, row.state, ended, until))
    return sorted(out, key=lambda d: (d.kept_until, d.number))


def _ended(session: Session, row: CaseRow) -> date:
    """The day of the decision; of a draft, the day of its last change."""
    if row.state == DRAFT:
        last = (session.scalar(select(func.max(at)).where(of == row.id)) for at, of in (
            (EntryRow.at, EntryRow.case_id), (PaperRow.added_at, PaperRow.case_id)))
        return max([row.created_at, *(t for t in last if t is not None)]).date()
    told = [at for state, at in events.states(session, row.id) if state == row.state]
    return max(told, default=row.submitted_at or row.created_at).date()
