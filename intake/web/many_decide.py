"""Many cases decided at once: those that nothing speaks against. First a page lists what will happen to which; then each case is decided
in a transaction of its own, as if by one press in the case. The others are named with what stands in the way, and left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from domain.decision import FAIL, NEEDS_EVIDENCE, PASS, UNDETERMINED
from domain.errors import BadValue, NotAllowed, NotFound, Stale, Stopped, UsageError
from eligibility import programme as programmes
from intake import clock
from intake.people import audit
from intake.store import desk, repository, rulings, stops
from intake.store.views import CASE_STATES, CLOSED, DRAFT, PASSED, REFUSED, SUPPLEMENT, CaseView, DecisionView
from intake.web import door, findings, moving, open_points, render, tabs
from intake.web.door import Posted, Visit, visiting, words
from intake.web.errors import sentence
from intake.web.findings import Outcome
from intake.web.render import OUTCOME_WORDS

router = APIRouter(include_in_schema=False, prefix="/desk/many")

ACTS = {"pass": PASSED, "refuse": REFUSED}
WANTED = {PASSED: PASS, REFUSED: FAIL}
"""The outcome that a case must have for it."""
MOST = 100
"""How many cases one press takes."""
MINUTES = int(rulings.FOR.total_seconds() // 60)
LETTER_GONE = "不能再復原：時間已過、通知已經寄出，或有人又存過"


@dataclass(frozen=True)
class Ready:
    """A case that will be decided; ``why`` is the reason that is ready for a refusal."""

    case: CaseView
    programme: str
    why: str = ""


@dataclass(frozen=True)
class Left:
    """A case that is left alone, and everything that stands in the way."""

    case: CaseView
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Done:
    """What became of one of the cases; ``version`` as it is now where it can be taken back, -1 where not."""

    number: str
    title: str
    good: bool
    sentence: str
    version: int = -1


Act = Callable[[Visit, CaseView, int], Done]


def chosen(form: FormData) -> list[tuple[str, int]]:
    """The numbers of the cases that a form names, each with the version that its page showed. Raises UsageError where they are too many
    for one press: then nothing is done to any."""
    out, named_ones = [], form.getlist("case")
    if len(named_ones) > MOST:
        raise UsageError(f"{len(named_ones)} cases at once",
                         f"一次最多辦 {MOST} 件，這次選了 {len(named_ones)} 件，都沒有動；請分次選取。")
    for named in named_ones:
        number, _, version = str(named).partition(":")
        out.append((number, int(version) if version.isdecimal() else -1))
    return out


def preview(visit: Visit, numbers: Iterable[tuple[str, int]], act: str) -> Response:
    """What pressing the button would do, case by case; nothing is saved."""
    ready, left = [], []
    for number, _ in numbers:
        case = repository.case(visit.session, number)
        visit.record(audit.LOOK, f"case/{number}")
        outcome = _outcome(visit, repository.latest_decision(visit.session, case.id))
        if reasons := tuple(against(visit, case, outcome, ACTS[act])):
            left.append(Left(case, reasons))
        else:
            known = programmes.load().get(case.programme)
            ready.append(Ready(case, known.name if known else case.programme, _why(outcome) if outcome else ""))
    return render.page(visit, "many_decide.html", act=act, state=ACTS[act], ready=ready, left=left, back=tabs.table(visit), minutes=MINUTES)


def _outcome(visit: Visit, decision: DecisionView | None) -> Outcome | None:
    return findings.outcome(decision, {}, visit.text) if decision else None


def _why(outcome: Outcome) -> str:
    """The reason of a refusal: each condition that is not met, with its clause."""
    return "\n".join(f"{f.explanation.rstrip('。')}（{f.citation}）。" for f in outcome.deciding if f.outcome == FAIL)


def against(visit: Visit, case: CaseView, outcome: Outcome | None, state: str) -> Iterator[str]:
    """Everything that keeps a case from being decided among many, in words."""
    text = visit.text
    if case.state == DRAFT:
        yield text("申請人還沒有送件")
    elif case.state in CLOSED:
        yield text("已經決定：{state}", state=text(CASE_STATES[case.state]))
    elif case.state == SUPPLEMENT:
        yield text("已通知補件，還在等申請人")
    if stops.stopped(visit.session, case.id):
        yield text("當事人請求停止處理")
    if case.clerk_id not in (None, visit.person.id):
        yield text("由{name}承辦", name=case.clerk)
    if others := desk.others(visit.session, case.id, visit.person):
        yield text("{names} 也在看這一件", names="、".join(others))
    if repository.progress(visit.session, case.id).working:
        yield text("還在讀取或判斷")
    found = outcome.outcome if outcome else ""
    if found != WANTED[state]:
        yield text("判斷的結果是「{outcome}」。", outcome=text(OUTCOME_WORDS[found][2]))
    facts = repository.facts(visit.session, case.id)
    papers = repository.papers(visit.session, case.id)
    yield from (p.sentence for p in open_points.points(case, facts, papers, found, text) if p.code != open_points.NOT_FIT)
    if facts.conflicts:
        yield text("有 {n} 處文件互相矛盾", n=len(facts.conflicts))
    yield from (n.message for n in repository.notices(visit.session, case.id, case.received_on or clock.today()))
    if outcome:
        unanswered = (FAIL, NEEDS_EVIDENCE, UNDETERMINED) if state == PASSED else (FAIL,)
        yield from (f.explanation for f in outcome.checks if f.outcome in unanswered)


@router.post("/decide")
def decide(request: Request, form: Posted) -> Response:
    """Decide those that the page listed and that still nothing speaks against. Raises NotAllowed for any other act."""
    act = words(form, "act")
    if act not in ACTS:
        raise NotAllowed(f"{act!r} with many cases")
    return _all(request, form, partial(_decide, state=ACTS[act], form=form))


@router.post("/undecide")
def undecide(request: Request, form: Posted) -> Response:
    """Take the decisions or askings of one press back, as far as their letters have not gone."""
    return _all(request, form, _undecide)


def _all(request: Request, form: FormData, act: Act) -> Response:
    done = [_one(request, number, version, act) for number, version in chosen(form)]
    with visiting(request) as visit:
        door.clerk_of(visit)
        return render.page(visit, "many_done.html", done=sorted(done, key=lambda d: d.good), back=tabs.table(visit), minutes=MINUTES)


def _one(request: Request, number: str, version: int, act: Act) -> Done:
    """One case in a transaction of its own; what is refused has written nothing, and the others go on."""
    try:
        with visiting(request) as visit:
            door.clerk_of(visit)
            case = repository.case(visit.session, number)
            name = case.title or case.login
            return act(visit, case, version)
    except (Stale, BadValue, Stopped) as refused:
        return Done(number, name, False, moving.WHY if isinstance(refused, BadValue) else sentence(refused))
    except NotFound as gone:
        return Done(number, "", False, sentence(gone))


def _decide(visit: Visit, case: CaseView, version: int, *, state: str, form: FormData) -> Done:
    outcome = _outcome(visit, repository.latest_decision(visit.session, case.id))
    if reasons := tuple(against(visit, case, outcome, state)):
        return Done(case.number, case.title or case.login, False, "；".join(r.rstrip("。") for r in reasons))
    moving.move(visit, case, state, words(form, f"why-{case.number}"), version)
    now = repository.case(visit.session, case.number)
    said = visit.text("已改為「{state}」。", state=visit.text(CASE_STATES[state]))
    return Done(case.number, case.title or case.login, True, said, now.version)


def _undecide(visit: Visit, case: CaseView, version: int) -> Done:
    if rulings.undoable(visit.session, case, visit.person) is None:
        return Done(case.number, case.title or case.login, False, LETTER_GONE)
    state = moving.take_back(visit, case, version)
    return Done(case.number, case.title or case.login, True,
                visit.text("已復原，這件回到「{state}」；沒有寄出通知。", state=visit.text(CASE_STATES[state])))
