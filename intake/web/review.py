"""The applicant's desk, second part: checking what was read, one doubt at a time, and answering what no paper says."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.responses import Response

from domain.errors import BadValue, NotAllowed
from domain.field import Value
from intake.store import repository
from intake.web import questions, settle, values
from intake.web.case_page import Opened, must_be_open, opened, show
from intake.web.door import Applicant, Posted, Visit, go, whole, words
from intake.web.errors import sentence
from intake.web.other_firms import strangers
from intake.web.questions import may_say
from intake.work import client

router = APIRouter(include_in_schema=False)


@router.get("/cases/{number}/check")
def check(visit: Applicant, number: str) -> Response:
    return _check(visit, opened(visit, number, look=not visit.fragment))


@router.post("/cases/{number}/check")
def checked(visit: Applicant, number: str, form: Posted) -> Response:
    at = opened(visit, number, look=False)
    must_be_open(at.case)
    view = settle.find(at.views, words(form, "field"))
    if not may_say(view.id, at.facts):
        raise NotAllowed(f"an applicant's entry of {view.id}")
    act, seen, version = words(form, "act"), words(form, "seen"), whole(form, "version")
    try:
        if act == "confirm":
            settle.confirm(visit, at.case, at.facts, view, seen, version)
        elif act == "side":
            settle.take_side(visit, at.case, at.facts, view, whole(form, "side"), seen, version)
        else:
            settle.change(visit, at.case, at.facts, view, _typed(form, "value"), version)
    except BadValue as wrong:
        # htmx puts only good answers into the page
        return _check(visit, at, sentence(wrong), 200 if visit.fragment else 422, words(form, "value"), view.id)
    client.enqueue_settle(visit.session, at.case.id)
    return _check(visit, opened(visit, number, look=False)) if visit.fragment else go(_here(visit, at))


def _check(visit: Visit, at: Opened, problem: str = "", status: int = 200, typed: str = "", first: str = "") -> Response:
    waiting = sorted(at.doubts, key=lambda v: (v.id != first, v.id != "org.uniform_no"))
    # Whose paper it is comes first: taking out another firm's paper settles whatever else it said.
    asked = [s for s in strangers(at.views, visit.person.login) if str(s.spot.paper) not in _ours(visit)]
    return show(visit, "check_one.html" if visit.fragment else "check.html", at, status, doubts=waiting,
                stranger=asked[0] if asked else None, here=_here(visit, at),
                agreed=[v for v in at.views if not v.doubtful and v.spots], problem=problem, typed=typed,
                progress=repository.progress(visit.session, at.case.id))


def _ours(visit: Visit) -> list[str]:
    """The papers of another number that the applicant has just said are theirs: as long as they go on from there."""
    return [p for p in visit.request.query_params.getlist("ours") if p.isdecimal()]


def _here(visit: Visit, at: Opened) -> str:
    return "&".join([f"/cases/{at.case.number}/check", *(f"ours={p}" for p in _ours(visit))]).replace("&", "?", 1)


@router.get("/cases/{number}/questions")
def ask(visit: Applicant, number: str) -> Response:
    return _ask(visit, opened(visit, number), {}, {})


@router.post("/cases/{number}/questions")
def answered(visit: Applicant, number: str, form: Posted) -> Response:
    at = opened(visit, number, look=False)
    must_be_open(at.case)
    given: dict[str, Value] = {}
    problems: dict[str, str] = {}
    for _, group in at.questions:
        for q in group:
            if q.field not in form and q.kind != "choices":
                continue
            try:
                given[q.field] = values.typed(q.field, _typed(form, q.field))
            except BadValue as wrong:
                problems[q.field] = sentence(wrong)
    settle.answer(visit, at.case, at.facts, given, whole(form, "version"))
    client.enqueue_settle(visit.session, at.case.id)
    if problems:
        # what was right is saved; what was wrong stays in its box
        return _ask(visit, opened(visit, number, look=False), problems, {f: _typed(form, f) for f in problems}, 422)
    client.enqueue_fill(visit.session, at.case.id)
    return go(f"/cases/{number}/{'questions?saved=1' if words(form, 'then') == 'questions' else 'result'}")


def _ask(visit: Visit, at: Opened, problems: dict[str, str], typed: dict[str, str], status: int = 200) -> Response:
    return show(visit, "questions.html", at, status, groups=questions.grouped(at.questions, problems), left=questions.left(at.questions),
                problems=problems, typed=typed)


def _typed(form: FormData, name: str) -> str:
    """What was typed or ticked: several ticks are lines."""
    return "\n".join(v for v in form.getlist(name) if isinstance(v, str))
