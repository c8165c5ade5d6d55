"""The clerk's desk: the cases that wait, and one case on one screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.responses import Response

from domain.case import CaseFacts
from domain.errors import BadValue, NotAllowed
from domain.field import Value
from domain.notice import OTHER_FIRM, Notice
from eligibility import programme as programmes
from extractors import kinds
from intake import clock, deadlines
from intake.people import audit, mask
from intake.store import arrivals, decided, desk, events, repository, rulings, stops
from intake.store.views import CASE_STATES, CLOSED, DRAFT, PASSED, REMOVED, SUPPLEMENT, CaseView, PaperView, QueueRow
from intake.web import (
    case_page,
    clerk_forms,
    findings,
    heads,
    letter,
    lookup,
    moving,
    open_points,
    papers,
    questions,
    render,
    reread,
    settle,
    tabs,
    together,
    values,
    verdicts,
    ways,
)
from intake.web import facts as fact_views
from intake.web.door import Clerk, Posted, Visit, go, whole, words
from intake.web.errors import sentence
from intake.work import client

router = APIRouter(include_in_schema=False, prefix="/desk")

ENDINGS = ("股份有限公司", "有限公司", "企業社", "工程行", "商行", "工作室", "商店", "工廠")
PAGE = 50
UNSOURCED = "沒有存：請寫查到什麼、在哪裡查，之後的人才能核對。"
SURE = "還有沒處理的事，列在「辦理」；看過而仍要通過的話，請先勾選。"


@dataclass(frozen=True)
class Row:
    """A line of the table: the applicant masked, the days since it came, the days left of its most urgent deadline, what it comes to."""

    row: QueueRow
    verdict: verdicts.Verdict
    applicant: str
    days: int | None
    left: int | None


def masked(title: str) -> str:
    """An organisation's name as the table shows it: its first two characters and what kind it is.

    >>> masked("永豐綠能塑膠股份有限公司"), masked("阿明商行"), masked("王小明")
    ('永豐○○○○股份有限公司', '阿明商行', '王○明')
    """
    ending = next((e for e in ENDINGS if title.endswith(e)), "")
    core = title.removesuffix(ending)
    return core[:2] + "○" * (len(core) - 2) + ending if ending else mask.name(title)


@router.get("")
def inbox(visit: Clerk, state: str = "", q: str = "", programme: str = "", sort: str = "due", mine: int = 0, page: int = 1) -> Response:
    page, asked = max(1, page), tabs.query(state, q, programme, sort, mine)
    wanted = replace(tabs.wanted(asked, visit.person), limit=PAGE + 1, offset=(page - 1) * PAGE)
    rows = repository.queue(visit.session, wanted)
    visit.record(audit.LOOK, "queue", state=state, searched=bool(q))
    said = verdicts.verdicts(visit.session, rows[:PAGE], visit.text)
    left = {r.id: -(_days(r.due_on) or 0) for r in rows if r.due_on}
    lines = [Row(r, said[r.id], masked(r.title), _days(r.received_on), left.get(r.id)) for r in rows[:PAGE]]
    # without a state the table shows what waits, and a search would seem to find nothing of a case that was decided
    ended = {s: repository.queue_count(visit.session, replace(wanted, states=(s,))) for s in CLOSED} if q and not state else {}
    answer = render.page(visit, "inbox.html", rows=lines, ended={s: n for s, n in ended.items() if n}, more=len(rows) > PAGE,
                         counts=repository.queue_counts(visit.session), state=state, q=q, programme=programme, sort=sort, mine=mine,
                         page=page, programmes=programmes.load(), draft=DRAFT, asked=asked, tabs=tabs.counted(visit, asked),
                         unclaimed=arrivals.parked_count(visit.session))
    # the next case is the next one of this table
    answer.set_cookie(tabs.TABLE_COOKIE, urlencode(asked), httponly=True, samesite="lax", path="/desk",
                      secure=visit.service.settings.secure_cookies)
    return answer


def _days(since: date | None) -> int | None:
    return None if since is None else (clock.today() - since).days


@router.get("/cases/{number}")
def case(visit: Clerk, number: str) -> Response:
    found = repository.case(visit.session, number)
    visit.record(audit.LOOK, f"case/{number}")
    return _case(visit, found, "clerk_fields.html" if visit.fragment else "clerk_case.html")


@router.get("/cases/{number}/now")
def case_now(visit: Clerk, number: str) -> Response:
    """The page as it is now, for one that is open: the look itself is in the log already."""
    return _case(visit, repository.case(visit.session, number), "clerk_case.html")


def _case(visit: Visit, found: CaseView, page: str, problem: str = "", status: int = 200, typed: tuple[str, str] = ("", ""),
          at_hand: str = "", why: str = "") -> Response:
    """``typed``: the field and what was typed into it; ``at_hand``: the box beside which the problem is told and where the hand goes on;
    ``why``: the reason that was typed."""
    facts = repository.facts(visit.session, found.id)
    every = fact_views.views(visit.session, found.id, facts)
    decision = repository.latest_decision(visit.session, found.id)
    outcome = None
    if decision is not None:
        spots = fact_views.spots_of(visit.session, found.id, facts, findings.fields_used(decision.decision))
        outcome = findings.outcome(decision, spots, visit.text, ways.of_decision(decision, clock.today()))
    programme, papers = programmes.find(found.programme), repository.papers(visit.session, found.id, removed=True)
    there = [p for p in papers if p.state != REMOVED]
    notices = repository.notices(visit.session, found.id, found.received_on or clock.today())
    against = open_points.points(found, facts, there, decision.outcome if decision else "", visit.text)
    foreign = _foreign(notices, there)
    return render.page(
        visit, page, status, case=found, programme=programme, doubts=[v for v in every if v.doubtful],
        agreed=[v for v in every if not v.doubtful], outcome=outcome, decision=decision,
        papers=there, aside=[p for p in papers if p.state == REMOVED], kinds=fact_views.KIND_WORDS,
        since=decided.changed(visit.session, found),
        against=against, heads=heads.heads(against, notices, foreign),
        moved=visit.request.query_params.get("moved", ""), then=visit.request.query_params.get("then", ""),
        gone=visit.request.query_params.get("gone") == "1",
        ruled=rulings.undoable(visit.session, found, visit.person), at_hand=at_hand,
        sheets=_sheets(visit, there), notes=repository.notes(visit.session, found.id), problem=problem, typed=typed,
        dues=deadlines.dues(visit.session, found, facts), if_asked=deadlines.if_asked_today(visit.session, found, facts),
        stopped=stops.stopped(visit.session, found.id),
        undoable=[values.label(f) for f in together.undoable(visit, found.id)], others=desk.others(visit.session, found.id, visit.person),
        unread=_unread(found, facts, outcome, there), letter_says=deadlines.in_a_letter,
        was=moving.written(visit, found), why=why,
        wanting=letter.wanting(programme, facts, outcome, notices, there), asks=_asks(visit, facts, outcome),
        offers=lookup.offers(outcome.every if outcome else (), visit.service.settings),
        looked=repository.answers(visit.session, found.id), filled=clerk_forms.filled(visit.session, found.id, facts),
        working=repository.progress(visit.session, found.id).working, filling=visit.request.query_params.get("filling") == "1",
        fresh=_fresh(visit, found, there), resent=case_page.resent(visit.session, found))


def _fresh(visit: Visit, case: CaseView, papers: Sequence[PaperView]) -> tuple[datetime, list[str]] | None:
    """When the supplement that is still out was asked for, and the files that came after it; None where none did."""
    asked = events.states(visit.session, case.id)[-1][1] if case.state == SUPPLEMENT else None
    came = [p.name for p in papers if asked and p.added_at > asked]
    return (asked, came) if asked and came else None


def _foreign(notices: Sequence[Notice], papers: Sequence[PaperView]) -> dict[str, int]:
    """The papers that seem to be another firm's: the file's name and the paper; none where two files have that name."""
    names = [p.name for p in papers]
    suspected = {f for n in notices if n.code == OTHER_FIRM for f in n.files if names.count(f) == 1}
    return {p.name: p.id for p in papers if p.name in suspected}


def _sheets(visit: Visit, papers: Sequence[PaperView]) -> list[tuple[int, str, int, int, int, int]]:
    """Every page with a picture: paper, file name, page, width, height, and the clockwise turn in degrees that makes it upright."""
    out = []
    for paper in papers:
        if paper.pictures:
            visit.look(paper.id)
        for number in paper.pictures:
            picture = repository.picture(visit.session, paper.id, number)
            out.append((paper.id, paper.name, number, picture.width, picture.height, picture.turned))
    return out


def _unread(case: CaseView, facts: CaseFacts, outcome: findings.Outcome | None, papers: Sequence[PaperView]) -> list[tuple[str, str]]:
    """Fields that the case's papers may tell, or that a finding misses, and nothing tells yet: id and label."""
    known = kinds.load()
    told = [f for p in papers for k in p.kinds if k in known for f in known[k].fields]
    missing = [m for f in (outcome.every if outcome else ()) for m in f.missing_fields]
    wanted = {f for f in (*missing, *told) if f not in facts.facts and values.can_be_typed(f) and not f.startswith("doc.")}
    return sorted(((f, values.label(f)) for f in wanted), key=lambda pair: pair[1]) if case.state != DRAFT else []


def _asks(visit: Visit, facts: CaseFacts, outcome: findings.Outcome | None) -> dict[str, list[questions.Question]]:
    """What a person may look up or find in order, finding by finding."""
    forms = list(visit.service.forms.values())
    every = outcome.every if outcome else ()
    return {f.rule: [questions.plain(name, facts, forms) for name in f.missing_fields if values.can_be_typed(name)] for f in every}


@router.post("/cases/{number}/facts")
def settle_fact(visit: Clerk, number: str, form: Posted) -> Response:
    found = case_page.in_hand(visit, number)
    facts = repository.facts(visit.session, found.id)
    field, act, seen, version, typed = (words(form, "field"), words(form, "act"), words(form, "seen"), whole(form, "version"),
                                        words(form, "value"))
    ink = reread.drawn(visit.service, number, field, form)
    try:
        if act == "new":
            if field in facts.facts or not values.can_be_typed(field):
                raise NotAllowed(f"an entry of {field!r} as a new one")
            settle.add(visit, found, field, typed, version, reread.REDRAWN if ink else settle.ADDED, ink)
        elif act == "side":
            view = settle.find(tuple(fact_views.views(visit.session, found.id, facts)), field)
            settle.take_side(visit, found, facts, view, whole(form, "side"), seen, version)
        else:
            view = settle.find(tuple(fact_views.views(visit.session, found.id, facts)), field)
            if view.value is not None and (view.kind not in values.PEOPLE_TYPE or values.typed(view.id, typed) == view.value):
                settle.confirm(visit, found, facts, view, seen, version, ink)
            else:
                settle.change(visit, found, facts, view, typed, version, reread.REDRAWN if ink else "", ink)
    except BadValue as wrong:
        # htmx puts only good answers where they belong
        page, status = ("clerk_fields.html", 200) if visit.fragment else ("clerk_case.html", 422)
        return _case(visit, found, page, sentence(wrong), status, (field, typed))
    client.enqueue_settle(visit.session, found.id)
    return _case(visit, repository.case(visit.session, number), "clerk_fields.html") if visit.fragment else go(f"/desk/cases/{number}")


@router.post("/cases/{number}/found")
def looked_up(visit: Clerk, number: str, form: Posted) -> Response:
    """What a person found in a register or on the counter, for one finding."""
    found = case_page.in_hand(visit, number)
    facts = repository.facts(visit.session, found.id)
    given: dict[str, Value] = {}
    try:
        for name in {k for k in form if values.can_be_typed(k)}:
            value = values.typed(name, "\n".join(v for v in form.getlist(name) if isinstance(v, str)))
            if value is not None:
                given[name] = value
    except BadValue as wrong:
        return _case(visit, found, "clerk_case.html", sentence(wrong), 422)
    seen = words(form, "why")
    if given and not seen:
        return _case(visit, found, "clerk_case.html", UNSOURCED, 422)
    settle.answer(visit, found, facts, given, whole(form, "version"), seen)
    lookup.keep(visit, found, given, seen)
    client.enqueue_settle(visit.session, found.id)
    return go(f"/desk/cases/{number}#findings")


@router.post("/cases/{number}/state")
def move(visit: Clerk, number: str, form: Posted) -> Response:
    """On to another state; a refusal needs its reason."""
    found, state = case_page.in_hand(visit, number), words(form, "state")
    if state not in CASE_STATES or state == DRAFT:
        raise NotAllowed(f"the state {state!r}")
    against, why = _against(visit, found) if state == PASSED else (), words(form, "why")
    if state not in moving.WITH_WORDS and (was := moving.written(visit, found))[0] != state and why == was[1]:
        # a reason that was taken back goes out with nothing that needs none
        why = ""
    if against and (words(form, "sure") != "yes" or open_points.unseen(against, words(form, "against"))):
        return _case(visit, found, "clerk_case.html", SURE, 422, at_hand="sure", why=why)
    onward = tabs.following(visit, number)
    try:
        moving.move(visit, found, state, why, whole(form, "version"), against)
    except BadValue:
        return _case(visit, found, "clerk_case.html", moving.WHY, 422, at_hand="letter" if state == SUPPLEMENT else "why")
    return go(f"/desk/cases/{number}?then={onward}&moved=1")


def _against(visit: Visit, found: CaseView) -> tuple[open_points.Point, ...]:
    decision = repository.latest_decision(visit.session, found.id)
    return open_points.points(found, repository.facts(visit.session, found.id), repository.papers(visit.session, found.id),
                              decision.outcome if decision else "", visit.text)


@router.post("/cases/{number}/notes")
def note(visit: Clerk, number: str, form: Posted) -> Response:
    found, text = case_page.in_hand(visit, number), words(form, "text")
    if text:
        repository.add_note(visit.session, found.id, visit.person, text[:2000])
        visit.record(audit.ADD, f"case/{number}", what="note")
    return go(f"/desk/cases/{number}?saved=1#notes")


@router.post("/cases/{number}/read")
def read_again(visit: Clerk, number: str, form: Posted) -> Response:
    """Ask for a paper of the case to be read once more."""
    found = case_page.in_hand(visit, number)
    paper = repository.paper(visit.session, whole(form, "paper"))
    if paper.case_id == found.id:
        papers.read_again(visit.session, visit.person, paper)
    return go(f"/desk/cases/{number}")
