"""Which deadlines of a case run, from when and until when (RULES.md 0.1, 13.2). Pure: facts, events and the day in, dues out.

The day of the event is not counted (民法第 120 條). Calendar days, months and years end on the same day later; a last day on which the
offices are closed moves on to the next working day (民法第 122 條); working days follow the office calendar. A year that the calendar
does not know leaves the last day unknown: it is never assumed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from domain.decision import Clause
from domain.field import Value
from eligibility.dates import OfficeCalendar, anniversary, calendar, days_after, months_after, roc
from eligibility.decide import ask, put
from eligibility.programme import Programme
from eligibility.steps import DUE, OPENS, Clock

RUNNING, OVERDUE, DONE, LATE, UNKNOWN = "running", "overdue", "done", "late", "unknown"
WAITING, OPENED, OVER = "waiting", "opened", "over"
ORDER = (OVERDUE, UNKNOWN, RUNNING, WAITING, LATE, DONE, OPENED, OVER)
"""What wants attention first."""


@dataclass(frozen=True)
class Due:
    """One clock of a case. ``plain`` is the last day as counted, ``last`` the same after holidays; either is None where it is not known.
    ``left`` are calendar days from today to the last day, negative when it is over, and ``workdays_left`` working days; both None where
    nothing runs. A clock that ``opens`` gives the first day instead, one that ``lasts`` the last day of a period: ``waiting`` before it
    opens or while it lasts, then ``opened`` or ``over``."""

    clock: str
    step: str
    name: str
    state: str
    started: date | None
    plain: date | None
    last: date | None
    done: date | None
    left: int | None
    workdays_left: int | None
    overdue: str
    sentence: str
    clause: Clause

    def as_json(self) -> dict[str, Any]:
        days = {k: None if v is None else v.isoformat() for k in ("started", "plain", "last", "done") for v in [getattr(self, k)]}
        return {"clock": self.clock, "step": self.step, "name": self.name, "state": self.state, **days, "left": self.left,
                "workdays_left": self.workdays_left, "overdue": self.overdue, "sentence": self.sentence, "clause": self.clause.as_json()}


def clock(programme: Programme, facts: Mapping[str, Value], events: Mapping[str, date], today: date) -> tuple[Due, ...]:
    """The clocks of ``programme`` that have begun or have a fixed day, what wants attention first. ``facts`` as known (days as text),
    ``events`` by the names of ``steps.EVENTS``; a fact goes before an event."""
    found = (_due(c, programme, facts, events, today) for c in programme.workflow.clocks if c.only_if.holds(facts))
    dues = [d for d in found if d is not None]
    return tuple(sorted(dues, key=lambda d: (ORDER.index(d.state), d.last or d.plain or date.max)))


def _due(c: Clock, programme: Programme, facts: Mapping[str, Value], events: Mapping[str, date], today: date) -> Due | None:
    offices = calendar()
    started, done = _first(c.start, facts, events), _first(c.done, facts, events)
    if c.start and started is None:
        return None
    plain, last = _ends(c, programme, facts, events, started, today, offices)
    if plain is None and not c.start:
        return None
    state = _state(plain, last, done, today) if c.kind == DUE else _phase(c.kind, plain, today)
    left = workdays = None
    if state in (RUNNING, OVERDUE, WAITING) and (end := last or plain):
        left = (end - today).days
        workdays = _workdays(today, end, offices) if left >= 0 else None
    return Due(c.id, c.step, c.name, state, started, plain, last, done, left, workdays, c.overdue,
               _sentence(c, state, started, plain, last, done, offices), c.clause)


def _first(names: Sequence[str], facts: Mapping[str, Value], events: Mapping[str, date]) -> date | None:
    known = (date.fromisoformat(str(facts[n])[:10]) if facts.get(n) else events.get(n) for n in names)
    return next((d for d in known if d is not None), None)


def _ends(
    c: Clock, programme: Programme, facts: Mapping[str, Value], events: Mapping[str, date], started: date | None, today: date,
    offices: OfficeCalendar,
) -> tuple[date | None, date | None]:
    """The last day as counted, and after holidays."""
    if c.answer:
        rule = next(r for r in programme.rules if r.id == c.rule)
        value = ask(rule, programme, put(dict(facts), None, today)).value
        day = value.get(c.answer) if isinstance(value, Mapping) else None
        return day, day
    if not c.unit:
        fixed = next((str(programme.parameters[n].on(today)) for n in c.until if n in programme.parameters), "")
        day = date.fromisoformat(fixed[:10]) if fixed else _first(c.until, facts, events)
        return day, day
    length = programme.parameters[c.length].on(started or today)
    if started is None or length is None:
        return None, None
    if c.unit == "workdays":
        day = offices.workday_after(started, length)
        return day, day
    length = -length if c.back else length
    counted = {"days": days_after, "months": months_after, "years": anniversary}[c.unit](started, length)
    return counted, counted if c.kind == OPENS or c.back or not c.moves else offices.rolled(counted)


def _state(plain: date | None, last: date | None, done: date | None, today: date) -> str:
    if plain is None:
        return UNKNOWN if done is None else DONE
    at = done or today
    if at <= (last or plain):
        return RUNNING if done is None else DONE
    if last is None:
        return UNKNOWN
    return OVERDUE if done is None else LATE


def _phase(kind: str, day: date | None, today: date) -> str:
    if day is None:
        return UNKNOWN
    if kind == OPENS:
        return WAITING if today < day else OPENED
    return WAITING if today <= day else OVER


def _workdays(today: date, end: date, offices: OfficeCalendar) -> int | None:
    works = [offices.works(today + timedelta(days=n)) for n in range(1, (end - today).days + 1)]
    return None if None in works else sum(w is True for w in works)


def _sentence(
    c: Clock, state: str, started: date | None, plain: date | None, last: date | None, done: date | None, offices: OfficeCalendar
) -> str:
    since = f"{roc(started)}起算，" if started else ""
    if plain is None:
        why = f"{offices.unknown}，末日算不出來" if c.unit else "期限依通知所定"
        return f"{c.name}：{since}{why}。"
    if c.kind != DUE:
        return f"{c.name}：{since}{roc(plain)}起。" if c.kind == OPENS else f"{c.name}：{since}至{roc(last or plain)}止。"
    end = f"期限{roc(last or plain)}" + (f"（原為{roc(plain)}，遇假日順延）" if last and last != plain else "")
    doubt = "" if last else f"，{offices.unknown}，是否順延不明"
    said = {
        RUNNING: "", OVERDUE: f"，已過期：{c.overdue}", DONE: f"，已於{roc(done)}完成" if done else "",
        LATE: f"，{roc(done)}才完成，已逾期：{c.overdue}" if done else "",
    }.get(state, "")
    return f"{c.name}：{since}{end}{doubt}{said}。"
