"""The applicant's desk, first part: the cases, choosing a programme, the consent, bringing papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from domain.errors import NotFound
from eligibility import programme as programmes
from eligibility.programme import Programme
from intake import clock
from intake.people import audit
from intake.store import along, pictures, repository, views
from intake.store.partial import Partials
from intake.store.views import SUPPLEMENT, CaseView, PaperView
from intake.web import carry, fitting, live, papers, render, service
from intake.web.account import CONSENT_VERSION
from intake.web.bring import wanted
from intake.web.case_page import STEPS, Opened, editable, first, must_be_open, opened, show, told
from intake.web.door import Applicant, Posted, Visit, applicant_of, go, peeking, visiting, words
from intake.web.facts import KIND_WORDS
from intake.web.facts import views as views_of
from intake.web.other_firms import strangers
from intake.web.papers import Taken
from intake.web.text import Text
from intake.work import client

router = APIRouter(include_in_schema=False)


@router.get("/cases")
def cases(visit: Applicant) -> Response:
    mine = repository.cases_of(visit.session, visit.person)
    doubts = {c.number: _theirs(visit, c) for c in mine if c.doubts and editable(c)}
    return render.page(visit, "cases.html", cases=mine, programmes=programmes.load(), doubts=doubts)


def _theirs(visit: Visit, case: CaseView) -> int:
    """How many doubts of a case wait for the applicant, and not for the office."""
    return sum(v.open for v in views_of(visit.session, case.id, repository.facts(visit.session, case.id)))


@router.get("/cases/new")
def choose(visit: Applicant) -> Response:
    return _choose(visit)


def _choose(visit: Visit, status: int = 200, problem: str = "") -> Response:
    """The programmes; those whose time is over come last, folded, with the reason."""
    over, offered = fitting.over(clock.today()), _offered().values()
    return render.page(visit, "choose.html", status, programmes=[p for p in offered if p.id not in over],
                       ended=[p for p in offered if p.id in over], over=over, problem=problem)


@router.post("/cases/new")
def create(visit: Applicant, form: Posted) -> Response:
    known, wanted = _offered(), words(form, "programme")
    if wanted not in known:
        return _choose(visit, 422, "請選一個計畫。")
    case = repository.create_case(visit.session, wanted, visit.person)
    visit.record(audit.ADD, f"case/{case.number}", programme=wanted)
    return go(f"/cases/{case.number}/consent")


def _offered() -> dict[str, Programme]:
    """What one can apply for; a standard is only asked."""
    return {p.id: p for p in programmes.load().values() if p.applied_for}


@router.get("/cases/{number}")
def case(visit: Applicant, number: str) -> Response:
    """On to the first step that still needs something."""
    at = opened(visit, number, look=False)
    if at.case.consented_at is None:
        return go(f"/cases/{number}/consent")
    if at.case.state == SUPPLEMENT:
        return go(f"/cases/{number}/{first(at, told(visit.session, at.case))}")
    return go(f"/cases/{number}/{next((s for s in _steps(at) if editable(at.case) and s not in at.done), 'result')}")


def _steps(at: Opened) -> tuple[str, ...]:
    """The steps that may still need something: no papers, nothing to check where the programme wants none and none has come."""
    return STEPS[:3] if "papers" in at.done or at.programme.papers_for(at.facts.known()) else STEPS[2:3]


@router.get("/cases/{number}/consent")
def consent_form(visit: Applicant, number: str) -> Response:
    return show(visit, "consent.html", opened(visit, number), consent_version=CONSENT_VERSION, problem="", carry={})


@router.post("/cases/{number}/consent")
def consent(visit: Applicant, number: str, form: Posted) -> Response:
    """``from`` is the case whose papers and answers come along; answers given on the way stand beside it."""
    at = opened(visit, number, look=False)
    if words(form, "agree") != CONSENT_VERSION:
        waiting = {name: words(form, name) for name in form if name not in ("token", "agree")}
        return show(visit, "consent.html", at, 422, consent_version=CONSENT_VERSION, carry=waiting,
                    problem="要先同意，才能開始處理您的文件。")
    repository.agree(visit.session, at.case.id, visit.person, CONSENT_VERSION)
    visit.record(audit.CONSENT, f"case/{number}", text=CONSENT_VERSION)
    given = fitting.answers(form).given
    if at.case.consented_at is None and (given or words(form, "from")):
        carry.along(visit, at.case, words(form, "from"), given)
    return go(f"/cases/{number}/{_steps(at)[0]}")


@router.get("/cases/{number}/papers")
def bring(visit: Applicant, number: str) -> Response:
    at = opened(visit, number)
    if at.case.consented_at is None:
        return go(f"/cases/{number}/consent")
    return _papers(visit, at)


@router.get("/cases/{number}/papers/list")
def paper_list(visit: Applicant, number: str) -> Response:
    return _papers(visit, opened(visit, number, look=False), page="paper_list.html")


def _papers(visit: Visit, at: Opened, status: int = 200, refused: tuple[Taken, ...] = (), page: str = "papers.html") -> Response:
    there = repository.papers(visit.session, at.case.id)
    noticed = repository.notices(visit.session, at.case.id, at.case.received_on or clock.today())
    names, foreign = {p.name for p in there}, _foreign(visit, at)
    said = {p.id: foreign.get(p.id) or [n.message for n in noticed if p.name in n.files] for p in there}
    bring = wanted(at.programme.papers_for(at.facts.known()), there, {i for i, messages in said.items() if messages})
    unread = [w.paper.name for w in bring if not w.here and not w.paper.kinds]
    return show(visit, page, at, status, refused=refused, papers=there, kinds=KIND_WORDS, bring=bring, strange=_strange(visit, at),
                open_doubts=_open_doubts(at), turns=pictures.turns(visit.session, at.case.id),
                remarks={p.id: _remark(p, at, visit.text, unread) for p in there},
                half=Partials(visit.service.uploads).waiting(at.case.number, visit.person.id) if editable(at.case) else (),
                noticed=said,
                along=along.came(visit.session, at.case.id) if editable(at.case) else None,
                notices=[n for n in noticed if not names.intersection(n.files)])


def _open_doubts(at: Opened) -> Counter[int]:
    """How many of the doubts that are still open stand on each paper."""
    return Counter(paper for v in at.doubts for paper in {s.paper for s in (*v.spots, *(s for side in v.sides for s in side.spots))})


def _strange(visit: Visit, at: Opened) -> str:
    """The number that the papers are of, where it is not that of the account; "" else."""
    number = at.facts.known().get("org.uniform_no")
    return str(number) if number and visit.person.login.isdecimal() and number != visit.person.login else ""


def _foreign(visit: Visit, at: Opened) -> dict[int, list[str]]:
    """The papers of another number than the account's where the papers contradict each other and nothing says yet who applies."""
    own = visit.person.login
    said = "這份文件上的統一編號是 {number}，不是您的帳號 {own}，可能是別家公司的文件。"
    return {s.spot.paper: [visit.text(said, number=s.number, own=own)] for s in strangers(at.views, own)}


def _remark(paper: PaperView, at: Opened, text: Text, unread: Sequence[str]) -> str:
    """What to say of a paper that this programme has no use for, kindly; "" for all others. ``unread``: papers still wanted that no reader
    knows."""
    known = [KIND_WORDS.get(k, k) for k in paper.kinds if k != "unknown"]
    if paper.state == views.READ and not known:
        if unread:
            return text("認不出這是哪一種。如果是{names}，留著就好，承辦人員會看；如果是別的文件，請重拍一張較清楚的。",
                        names="、".join(unread))
        return "認不出這是哪一種文件。如果是要交的文件，請換一張較清楚的，或請承辦人員看一下。"
    if paper.state != views.READ or carry.useful(paper, at.programme, at.facts):
        return ""
    return text("這是{names}，這個計畫沒有要這一份；留著不影響申請。", names="、".join(dict.fromkeys(known)))


@router.post("/cases/{number}/papers")
def upload(request: Request, number: str, form: Posted) -> Response:
    """Take files in. The store is written between two short transactions, so that a slow file holds nobody up."""
    with visiting(request) as visit:
        must_be_open(repository.case(visit.session, number, applicant_of(visit)))
    taken = papers.take(service.of(request).uploads, form.getlist("file"))
    with visiting(request) as visit:
        at = opened(visit, number, look=False)
        added = papers.add(visit.session, visit.person, at.case, taken)
        refused = tuple(t for t in taken if t.stored is None)
        if "application/json" in request.headers.get("accept", ""):
            return JSONResponse(papers.answer(visit.text, added, taken))
        if refused or not taken:
            return _papers(visit, at, 422, refused or (Taken("", "", None, "", "請先選檔案。"),))
        return go(f"/cases/{number}/papers")


@router.post("/cases/{number}/papers/{paper_id}/remove")
def remove(visit: Applicant, number: str, paper_id: int, form: Posted) -> Response:
    """Take a paper out; ``then`` is the step to go back to."""
    case = repository.case(visit.session, number, visit.person)
    must_be_open(case)
    if repository.paper(visit.session, paper_id, visit.person).case_id != case.id:
        raise NotFound("paper", str(paper_id))
    repository.remove_paper(visit.session, paper_id, case.version)
    visit.record(audit.DELETE, f"paper/{paper_id}", case=number)
    client.enqueue_settle(visit.session, case.id)
    return go(f"/cases/{number}/{'check' if words(form, 'then') == 'check' else 'papers'}")


@router.get("/cases/{number}/events")
def happening(request: Request, number: str, after: int = 0) -> Response:
    with peeking(request) as visit:
        found = repository.case(visit.session, number, visit.person)
    return live.stream(request, found.id, live.start(request, after))
