"""「我符合哪些」: every programme against what is known of one applicant, best chance first, and how to begin with one.

What is known comes from the person's newest case, or the case at hand, and from a few answers that are used for the page and kept only
when an application is begun with them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from domain import vocabulary
from domain.case import CaseFacts
from domain.derived import derived
from domain.errors import BadValue
from domain.field import Computed, Entry, Fact, Value
from eligibility import evidence
from eligibility import programme as programmes
from eligibility.dates import roc
from eligibility.overview import CLOSED, NEARLY, OPEN, UNSETTLED, Standing, overview
from eligibility.rule import FIELD, SUBMITTED
from eligibility.workflow import OVERDUE
from eligibility.workflow import clock as deadlines_of
from intake import clock
from intake.people.person import Person
from intake.store import repository
from intake.store.views import DRAFT, REFUSED, CaseView
from intake.web import questions, values
from intake.web.errors import sentence
from intake.web.ways import Ways, ways

MARKS: Mapping[str, tuple[str, str]] = {OPEN: ("good", "✓"), NEARLY: ("ask", "≈"), UNSETTLED: ("", "?"), CLOSED: ("bad", "✗")}
"""Of each standing: tone and mark; the word stands beside it."""

OF_ONE_APPLICATION = ("app.", "case.", "plan.", "fund.", "advisor.")
"""How the facts begin that belong to one application and not to the applicant."""

BRIEF = ("choice", "money", "integer", "number", "percent", "bool", "date")
BESIDES = ("org.registered_address",)
ASKED_BY = 2
"""A question is asked here when the mandatory rules of so many programmes want it, and it is answered in a moment."""


@dataclass(frozen=True)
class Card:
    """One programme. ``missing`` are (what, where it comes from); ``begun`` is the person's case that is still in preparation, ``sent``
    the newest that was sent in and not refused, "" where there is none; ``over`` says since when nobody can apply any more."""

    standing: Standing
    ways: Ways
    missing: tuple[tuple[str, str], ...]
    begun: str
    over: str = ""
    sent: str = ""

    @property
    def tone(self) -> str:
        return MARKS[self.standing.state][0]

    @property
    def sign(self) -> str:
        return MARKS[self.standing.state][1]


@dataclass(frozen=True)
class Answers:
    """What was typed on the page: the values, and of those of a wrong form the sentence and the text. ``day`` is the day asked about."""

    given: Mapping[str, Value]
    problems: Mapping[str, str]
    typed: Mapping[str, str]
    day: date | None = None


def of_the_applicant(field: str) -> bool:
    """Whether a fact says something of the applicant that holds for every programme."""
    return not field.startswith(OF_ONE_APPLICATION)


@cache
def brief_questions() -> tuple[str, ...]:
    """The fields that are asked here, those that most programmes want first."""
    today = clock.today()
    wanted: Counter[str] = Counter()
    for p in programmes.load().values():
        wanted.update({w.key for r in p.rules if r.mandatory.on(today) for w in r.wants if w.kind == FIELD and _brief(w.key)})
    return tuple(f for f, n in wanted.most_common() if n >= ASKED_BY)


def _brief(field: str) -> bool:
    return questions.asked(field) and of_the_applicant(field) and (vocabulary.term(field).type in BRIEF or field in BESIDES)


def answers(form: FormData) -> Answers:
    """What a form of the page says; an empty box is not known, a box that was not sent says nothing."""
    given: dict[str, Value] = {}
    problems: dict[str, str] = {}
    typed = {f: form[f].strip() for f in (*brief_questions(), SUBMITTED) if isinstance(form.get(f), str)}  # type: ignore[union-attr]
    for name, text in typed.items():
        try:
            given[name] = values.typed(name, text)
        except BadValue as wrong:
            problems[name] = sentence(wrong)
    day = given.pop(SUBMITTED, None)
    return Answers(given, problems, {f: typed[f] for f in problems}, date.fromisoformat(day) if isinstance(day, str) else None)


def newest(session: Session, person: Person) -> CaseView | None:
    """The person's newest case that they agreed to have worked on."""
    return next((c for c in repository.cases_of(session, person) if c.consented_at is not None), None)


def known(facts: CaseFacts, given: Mapping[str, Value], by: str) -> CaseFacts:
    """The facts of a case that hold for every programme, with what was answered instead; what follows from others follows anew."""
    kept = {f: fact for f, fact in facts.facts.items() if of_the_applicant(f) and f not in given and not _follows(fact)}
    said = {f: Fact(f, v, (Entry(f, v, by, clock.now()),)) for f, v in given.items() if v is not None}
    whole = kept | said
    return replace(facts, facts=whole | derived(whole), about={})


def _follows(fact: Fact) -> bool:
    return bool(fact.origins) and isinstance(fact.origins[0], Computed) and not fact.field.startswith("doc.")


def cards(facts: Mapping[str, Value], day: date, mine: Sequence[CaseView], but: str = "") -> list[Card]:
    """Every programme but one, best chance first, for an application on ``day``."""
    begun = {c.programme: c.number for c in reversed(mine) if c.state == DRAFT}
    sent = {c.programme: c.number for c in reversed(mine) if c.state not in (DRAFT, REFUSED)}
    ended = over(day)
    return [_card(s, facts, day, *(known.get(s.programme.id, "") for known in (begun, ended, sent))) for s in standings(facts, day, but)]


def standings(facts: Mapping[str, Value], day: date, but: str = "") -> tuple[Standing, ...]:
    """The standing under every programme but one, best chance first, for an application on ``day``."""
    return overview((p for p in programmes.load().values() if p.id != but), applied(facts, day), day, clock.today())


def over(day: date) -> dict[str, str]:
    """The programmes that nobody can apply for any more on ``day``, whoever they are, each with the sentence that says since when."""
    found = {}
    for standing in standings({}, day):
        programme = standing.programme
        ours = {s.id for s in programme.workflow.steps if s.who == "applicant" and not s.after}
        fixed = [d for d in deadlines_of(programme, {}, {}, day) if d.step in ours and d.last is not None]
        if fixed and all(d.state == OVERDUE for d in fixed):
            name, last = max(((d.name, d.last) for d in fixed if d.last), key=lambda pair: pair[1])
            found[programme.id] = f"{name}：{roc(last)}為止，已經截止。"
        elif standing.failed:
            found[programme.id] = standing.failed[0].explanation
    return found


def applied(facts: Mapping[str, Value], day: date) -> Mapping[str, Value]:
    """The facts of somebody who applies on ``day``: a programme whose time is over is then seen to be so."""
    return {SUBMITTED: day.isoformat(), **facts}


def _card(s: Standing, facts: Mapping[str, Value], day: date, begun: str, ended: str, sent: str) -> Card:
    missing = tuple((evidence.name(f), evidence.where(f)) for f in s.fields)
    return Card(s, ways(s.programme, applied(facts, day), day, clock.today()), missing, begun, ended, sent)


def others(session: Session, case: CaseView, facts: CaseFacts, most: int = 3) -> list[Standing]:
    """The best of the other programmes, where nothing speaks against them, for the page of the result."""
    firm = known(facts, {}, "").known()
    day = day_of(case)
    ended = over(day)
    return [s for s in standings(firm, day, case.programme)
            if s.state in (OPEN, NEARLY) and s.programme.applied_for and s.programme.id not in ended][:most]


def day_of(case: CaseView | None) -> date:
    """The day that is asked about: that of the application once it is sent in, else today."""
    return case.submitted_at.date() if case and case.submitted_at else clock.today()
