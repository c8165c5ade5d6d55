"""The deadlines of a case: what happened to it and when, put to the clocks of its programme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from domain.case import CaseFacts
from domain.field import Value
from eligibility import programme as programmes
from eligibility.dates import roc
from eligibility.programme import Programme
from eligibility.workflow import OVERDUE, RUNNING, Due
from eligibility.workflow import clock as clocks
from intake import clock
from intake.store import events, repository, rulings
from intake.store.views import PASSED, REFUSED, SUBMITTED, SUPPLEMENT, CaseView

ASKED, SUPPLEMENTED = "supplement_asked", "supplemented"
BEGIN = "補件期限："
"""How the line of a letter begins that names the deadline."""
NOTED = ("app.notice_date", "app.supplement_date")
"""What a clerk may note of a supplement by hand."""


def happened(session: Session, case: CaseView) -> dict[str, date]:
    """What the case knows of itself by day, under the names of ``eligibility.steps.EVENTS``. Of several supplements the last one counts,
    from the day its letter leaves."""
    out: dict[str, date] = {}
    if case.submitted_at is not None:
        out["submitted"] = case.submitted_at.date()
    if case.received_on is not None:
        out["received"] = case.received_on
    for state, at in events.states(session, case.id):
        day = at.date()
        if state == SUPPLEMENT:
            out[ASKED] = _leaves(at)
            out.pop(SUPPLEMENTED, None)
        elif state == SUBMITTED and ASKED in out:
            out.setdefault(SUPPLEMENTED, day)
        out.pop("decided", None)
        if state in (PASSED, REFUSED):
            out["decided"] = day
    # one that is asked for anew while it is out has the days that its newest letter promises
    again = rulings.last_asked(session, case.id) if case.state == SUPPLEMENT else None
    return out | ({ASKED: _leaves(again)} if again else {})


def _leaves(asked_at: datetime) -> date:
    """The day on which the letter leaves that asks for a supplement."""
    return (asked_at + rulings.FOR).date()


def dues(session: Session, case: CaseView, facts: CaseFacts) -> tuple[Due, ...]:
    """The deadlines of a case as of today, what wants attention first."""
    programme = programmes.load().get(case.programme)
    return () if programme is None else _dues(programme, facts.known(), happened(session, case))


def _dues(programme: Programme, known: Mapping[str, Value], days: Mapping[str, date]) -> tuple[Due, ...]:
    asked = days.get(ASKED)
    # what was noted by hand of an earlier supplement says nothing of this one
    current = {f: v for f, v in known.items() if not (f in NOTED and asked and str(v) < asked.isoformat())}
    return clocks(programme, current, days, clock.today())


def if_asked_today(session: Session, case: CaseView, facts: CaseFacts) -> Due | None:
    """The deadline of a supplement that is asked for today; None where the programme has none."""
    programme = programmes.load().get(case.programme)
    if programme is None:
        return None
    wanted = {c.id for c in programme.workflow.clocks if ASKED in c.start}
    days = {e: d for e, d in happened(session, case).items() if e != SUPPLEMENTED} | {ASKED: _leaves(clock.now())}
    return next((d for d in _dues(programme, facts.known(), days) if d.clock in wanted), None)


def in_a_letter(due: Due | None) -> str:
    """The deadline as a letter says it; "" where the programme sets none, or leaves it to the letter."""
    if due is None or due.plain is None:
        return ""
    moved = f"（原為{roc(due.plain)}，遇假日順延）" if due.last and due.last != due.plain else ""
    doubt = "" if due.last else "（是否遇假日順延，辦公日曆沒有資料，請以這一天為準）"
    return f"{BEGIN}{roc(due.last or due.plain)}{moved}{doubt}，依{due.clause.citation}；逾期{due.overdue}。"


def without(letter: str) -> str:
    """A letter's words without the line that names the deadline, for where it stands by itself."""
    return "\n".join(line for line in letter.split("\n") if not line.startswith(BEGIN))


def urgent(found: Sequence[Due]) -> Due | None:
    """The deadline that ends first of those that run or have passed without being kept."""
    open_ones = [d for d in found if d.state in (RUNNING, OVERDUE) and (d.last or d.plain)]
    return min(open_ones, key=lambda d: d.last or d.plain or date.max, default=None)


def keep(session: Session, case_id: int) -> None:
    """Bring the case's line in the clerk's table up to date."""
    case = repository.case(session, case_id)
    first = urgent(dues(session, case, repository.facts(session, case_id)))
    repository.save_due(session, case_id, (first.last or first.plain) if first else None, first.name if first else "")
