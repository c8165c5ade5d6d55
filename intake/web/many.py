"""Many cases at once: taken in hand, asked for a supplement, each with its own ready letter that can still be mended, or decided
(``many_decide.py``).

One that somebody has changed meanwhile is left as it is and said so; the others go on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.responses import Response

from domain.errors import BadValue, NotAllowed, Stale, Stopped
from eligibility import programme as programmes
from intake import clock, deadlines
from intake.people import audit
from intake.store import repository, rulings
from intake.store.views import PASSED, REFUSED, SUPPLEMENT, CaseView
from intake.web import case_page, findings, letter, many_decide, moving, render, tabs
from intake.web.door import Clerk, Posted, Visit, go, words
from intake.web.errors import sentence
from intake.web.many_decide import Done

router = APIRouter(include_in_schema=False, prefix="/desk")

TAKEN, ASKED, SKIPPED = "已列為您承辦", "已通知補件", "沒有寫通知，未送出"


@dataclass(frozen=True)
class Letter:
    """A case with the letter that is ready for it, and the deadline that the letter would name."""

    case: CaseView
    text: str
    due: str


@router.post("/many")
def many(visit: Clerk, form: Posted) -> Response:
    """What is to be done with the chosen cases."""
    act = words(form, "act")
    if act in many_decide.ACTS and form.getlist("case"):
        return many_decide.preview(visit, many_decide.chosen(form), act)
    chosen = _chosen(visit, form)
    if not chosen:
        return go("/desk")
    if act == "take":
        return _done(visit, [_try(visit, case, _take, version, "") for case, version in chosen])
    if act == "send":
        return _done(visit, [_try(visit, case, _ask, version, words(form, f"why-{case.number}")) for case, version in chosen])
    if act != "supplement":
        raise NotAllowed(f"{act!r} with many cases")
    open_ones = [case for case, _ in chosen if case.state not in (PASSED, REFUSED)]
    return render.page(visit, "many.html", letters=[_letter(visit, case) for case in open_ones], left=len(chosen) - len(open_ones),
                       minutes=many_decide.MINUTES)


def _chosen(visit: Visit, form: FormData) -> list[tuple[CaseView, int]]:
    """The cases that the form names, each with the version that the page showed. Raises NotFound, NotAllowed."""
    return [(case_page.in_hand(visit, number), version) for number, version in many_decide.chosen(form)]


def _letter(visit: Visit, case: CaseView) -> Letter:
    facts = repository.facts(visit.session, case.id)
    decision = repository.latest_decision(visit.session, case.id)
    outcome = findings.outcome(decision, {}, visit.text) if decision else None
    notices = repository.notices(visit.session, case.id, case.received_on or clock.today())
    text = letter.wanting(programmes.find(case.programme), facts, outcome, notices, repository.papers(visit.session, case.id))
    state, written = moving.written(visit, case)
    text = written if state == SUPPLEMENT else text
    visit.record(audit.LOOK, f"case/{case.number}")
    return Letter(case, text, deadlines.in_a_letter(deadlines.if_asked_today(visit.session, case, facts)))


def _try(visit: Visit, case: CaseView, act: Callable[[Visit, CaseView, int, str], str], version: int, why: str) -> Done:
    # the first thing that either act writes is the case's version: what is refused there has written nothing
    try:
        said = act(visit, case, version, why)
        now = repository.case(visit.session, case.number)
        back = now.version if act is _ask and rulings.undoable(visit.session, now, visit.person) else -1
        return Done(case.number, case.title or case.login, True, said, back)
    except (Stale, BadValue, Stopped) as refused:
        said = SKIPPED if isinstance(refused, BadValue) else sentence(refused)
        return Done(case.number, case.title or case.login, False, said)


def _take(visit: Visit, case: CaseView, version: int, _: str) -> str:
    if case.clerk_id != visit.person.id:
        repository.assign(visit.session, case.id, visit.person.id, version)
        visit.record(audit.CHANGE, f"case/{case.number}", clerk=visit.person.login)
    return TAKEN


def _ask(visit: Visit, case: CaseView, version: int, why: str) -> str:
    moving.move(visit, case, SUPPLEMENT, why, version)
    return ASKED


def _done(visit: Visit, done: list[Done]) -> Response:
    return render.page(visit, "many_done.html", done=sorted(done, key=lambda d: d.good), back=tabs.table(visit),
                       minutes=many_decide.MINUTES)
