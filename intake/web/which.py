"""The pages of 「我符合哪些」: before any case, and beside one."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter
from starlette.responses import Response

from domain.case import CaseFacts
from eligibility import programme as programmes
from eligibility.overview import STATES
from eligibility.rule import SUBMITTED
from intake.people import audit
from intake.store import repository
from intake.store.views import CaseView
from intake.web import fitting, questions, render, values
from intake.web.account import CONSENT_VERSION
from intake.web.case_page import opened, show
from intake.web.door import Applicant, Posted, Visit, words
from intake.web.fitting import Answers

router = APIRouter(include_in_schema=False)
NOTHING = Answers({}, {}, {})


@router.get("/cases/programmes")
def which(visit: Applicant) -> Response:
    return _which(visit, fitting.newest(visit.session, visit.person), NOTHING)


@router.post("/cases/programmes")
def asked(visit: Applicant, form: Posted) -> Response:
    return _asked(visit, fitting.newest(visit.session, visit.person), fitting.answers(form), words(form, "begin"))


@router.get("/cases/{number}/programmes")
def which_else(visit: Applicant, number: str) -> Response:
    found = repository.case(visit.session, number, visit.person)
    visit.record(audit.LOOK, f"case/{number}")
    return _which(visit, found, NOTHING, beside=True)


@router.post("/cases/{number}/programmes")
def asked_else(visit: Applicant, number: str, form: Posted) -> Response:
    found = repository.case(visit.session, number, visit.person)
    return _asked(visit, found, fitting.answers(form), words(form, "begin"), beside=True)


def _asked(visit: Visit, source: CaseView | None, said: Answers, begin: str, beside: bool = False) -> Response:
    wanted = programmes.load().get(begin)
    if wanted is not None and wanted.applied_for and not said.problems:
        return _begin(visit, source, begin, said)
    return _which(visit, source, said, beside)


def _begin(visit: Visit, source: CaseView | None, programme: str, said: Answers) -> Response:
    """A new case and its consent, asked for at once: what comes along waits in the page and is kept when they have agreed."""
    case = repository.create_case(visit.session, programme, visit.person)
    visit.record(audit.ADD, f"case/{case.number}", programme=programme)
    carry = {f: values.box(f, v) for f, v in said.given.items()} | ({"from": source.number} if source else {})
    return show(visit, "consent.html", opened(visit, case.number, look=False), consent_version=CONSENT_VERSION, problem="", carry=carry)


def _which(visit: Visit, source: CaseView | None, said: Answers, beside: bool = False) -> Response:
    """``beside``: beside the case ``source``, whose own programme is left out and whose day counts."""
    there = repository.facts(visit.session, source.id) if source else CaseFacts()
    facts = fitting.known(there, said.given, visit.person.name)
    sure = replace(facts, facts={f: facts.facts[f] for f in facts.known()})
    own = source.programme if source and beside else ""
    day = said.day or fitting.day_of(source if beside else None)
    every = fitting.cards(facts.known(), day, repository.cases_of(visit.session, visit.person), own)
    cards, ended = [c for c in every if not c.over], [c for c in every if c.over]
    forms = list(visit.service.forms.values())
    return render.page(
        visit, "programmes.html", 422 if said.problems else 200, cards=cards, ended=ended, source=source, own=programmes.load().get(own),
        beside=beside, states=STATES, asks=[questions.plain(f, sure, forms) for f in fitting.brief_questions()], said=said,
        asked=any(v is not None for v in said.given.values()), day=values.box(SUBMITTED, day.isoformat()), day_field=SUBMITTED,
        doubts=len(there.doubtful()), counts=[(word, sum(_counted(c, s) for c in cards)) for s, word in STATES.items()]
        + [("已截止", len(ended))])


def _counted(card: fitting.Card, state: str) -> bool:
    """Whether a card is one of that many programmes; a standard, which nobody applies for, is none."""
    return card.standing.state == state and card.standing.programme.applied_for
