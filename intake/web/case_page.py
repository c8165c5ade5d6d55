"""What the applicant's pages of one case have in common: finding it, how far it is, showing a page of it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session
from starlette.responses import Response

from domain.case import CaseFacts
from domain.errors import NotAllowed
from domain.field import Entry
from eligibility import evidence
from eligibility import programme as programmes
from eligibility.programme import Programme
from eligibility.workflow import OVERDUE, RUNNING, UNKNOWN, Due
from generators.template import FormTemplate
from intake import deadlines
from intake.people import audit
from intake.store import events, repository, stops
from intake.store.undo import UNDONE
from intake.store.views import CASE_STATES, DRAFT, SUBMITTED, SUPPLEMENT, CaseView
from intake.web import facts as fact_views
from intake.web import questions as asking
from intake.web import render
from intake.web.door import Visit
from intake.web.facts import FactView
from intake.web.questions import Question

SOON = 30
"""Days before its end from which a deadline stands over every page of a case in preparation."""

STEPS = ("papers", "check", "questions", "result", "forms")


@dataclass(frozen=True)
class Opened:
    """A case with what every one of its pages shows. ``done`` names the steps that need nothing more."""

    case: CaseView
    programme: Programme
    facts: CaseFacts
    views: tuple[FactView, ...]
    questions: tuple[tuple[str, list[Question]], ...]
    done: frozenset[str]

    @property
    def doubts(self) -> list[FactView]:
        """What the applicant must look at, in the order of the eye."""
        return [v for v in self.views if v.open]

    @property
    def held(self) -> list[FactView]:
        """What the applicant says against their papers, and the office decides."""
        return [v for v in self.views if v.held]


def opened(visit: Visit, number: str, look: bool = True) -> Opened:
    """The applicant's own case; ``look`` writes the look into the log. Raises NotFound for anybody else's."""
    case = repository.case(visit.session, number, visit.person)
    if look:
        visit.record(audit.LOOK, f"case/{case.number}")
    facts = repository.facts(visit.session, case.id)
    programme = programmes.find(case.programme)
    progress = repository.progress(visit.session, case.id)
    decision = repository.latest_decision(visit.session, case.id)
    views = tuple(fact_views.views(visit.session, case.id, facts))
    asked = tuple(asking.questions(wanted_forms(visit, programme, facts), facts, decision.decision if decision else None))
    read = progress.read > 0 and progress.waiting + progress.reading == 0
    done = {"papers": read, "check": read and not any(v.open for v in views),
            "questions": decision is not None and asking.left(asked) == 0, "result": case.outcome == "pass", "forms": progress.forms > 0}
    return Opened(case, programme, facts, views, asked, frozenset(k for k, v in done.items() if v))


def wanted_forms(visit: Visit, programme: Programme, facts: CaseFacts) -> list[FormTemplate]:
    """The forms that the programme asks of this applicant and that there is a template for."""
    drawn = visit.service.forms
    return [drawn[f] for f in programme.forms_for(facts.known(), drawn) if f in drawn]


def show(visit: Visit, page: str, at: Opened, status: int = 200, **context: Any) -> Response:
    saved = max([at.case.created_at, *(p.added_at for p in repository.papers(visit.session, at.case.id)),
                 *(o.at for f in at.facts.facts.values() for o in f.origins if isinstance(o, Entry))])
    dues, said = deadlines.dues(visit.session, at.case, at.facts), told(visit.session, at.case)
    undated = no_day(at, dues)
    return render.page(visit, page, status, case=at.case, programme=at.programme, done=at.done, held=at.held,
                       editable=editable(at.case), saved_at=saved, resent=resent(visit.session, at.case),
                       told=said if undated else deadlines.without(said), first=first(at, said), no_day=undated,
                       answered_by=answered_by(at.programme, dues), clocks=mine(at.case, at.programme, dues),
                       stopped=stops.stopped(visit.session, at.case.id), after=events.last(visit.session, at.case.id), **context)


def mine(case: CaseView, programme: Programme, dues: Sequence[Due]) -> list[Due]:
    """The deadlines that the applicant has to keep and that run or have passed; of a case in preparation only those that end soon, since
    what is over or far off stands in its result."""
    steps = {s.id for s in programme.workflow.steps if s.who == "applicant"}
    near = [d for d in dues if d.step in steps and (d.state in (RUNNING, OVERDUE) or (d.state == UNKNOWN and d.plain))]
    return [d for d in near if d.left is not None and 0 <= d.left <= SOON] if case.state == DRAFT else near


def no_day(at: Opened, dues: Sequence[Due]) -> bool:
    """Whether something is asked for and neither the programme nor a field says until when: then the letter does, or nobody."""
    asking = {c.id for c in at.programme.workflow.clocks if deadlines.ASKED in c.start}
    return at.case.state == SUPPLEMENT and not any(d.clock in asking for d in mine(at.case, at.programme, dues))


def first(at: Opened, said: str = "") -> str:
    """The step where the applicant goes on: ``questions`` where one that must be answered is open and is all that is wanted, by what the
    office ``said`` where it said something, else by the list of the programme; ``papers`` else."""
    open_ones = [q for _, group in at.questions for q in group if q.wanted and not q.value]
    if said:
        named = any(q.label in said or evidence.name(q.field) in said for q in open_ones)
        asked = named and not any(p.name in said for p in at.programme.papers)
    else:
        known = at.facts.known()
        asked = bool(open_ones) and not any(p.kinds and not known.get(p.field) for p in at.programme.papers_for(known))
    return "questions" if asked else "papers"


def answered_by(programme: Programme, dues: Sequence[Due]) -> date | None:
    """The day by which the office has to do its next step; None where no such clock runs."""
    steps = {s.id for s in programme.workflow.steps if s.who != "applicant"}
    return min((day for d in dues if d.step in steps and d.state == RUNNING and (day := d.last or d.plain)), default=None)


def told(session: Session, case: CaseView) -> str:
    """What the office last told the applicant about the case and did not take back; "" where it is not their turn."""
    begin, back = told_begin(case.state), taken_back(case.state)
    said = [""]
    for note in repository.notes(session, case.id):
        if note.text.startswith(begin):
            said.append(note.text.removeprefix(begin))
        elif note.text == back and len(said) > 1:
            said.pop()
    return said[-1]


def resent(session: Session, case: CaseView) -> datetime | None:
    """When the applicant sent the case in again, with what the office had asked for; None where they never did, or it is asked anew."""
    came = events.states(session, case.id)
    again = [at for (before, _), (state, at) in itertools.pairwise(came) if before == SUPPLEMENT and state == SUBMITTED]
    return again[-1] if again and case.state != SUPPLEMENT else None


def told_begin(state: str) -> str:
    """How a note begins that the applicant reads too."""
    return f"{CASE_STATES[state]}（給申請人）："


def taken_back(state: str) -> str:
    """The note that a decision or an asking was taken back."""
    return f"{UNDONE}「{CASE_STATES[state]}」。"


def editable(case: CaseView) -> bool:
    """Whether the applicant may still change the case: before it is sent in, or while a supplement is asked for."""
    return case.state in (DRAFT, SUPPLEMENT)


def must_be_open(case: CaseView) -> None:
    """Raises NotAllowed after the case was sent in."""
    if not editable(case):
        raise NotAllowed("a change after the case was sent in")


def in_hand(visit: Visit, number: str) -> CaseView:
    """A case that a clerk may change: one that has been sent in. Raises NotFound, NotAllowed; Stopped where its owner stopped it."""
    found = repository.case(visit.session, number)
    if found.state == DRAFT:
        raise NotAllowed("a change of a case that was not sent in")
    stops.require_going(visit.session, found.id)
    return found
