"""What a clerk does with the papers of a case: one that does not belong to it is set aside, and taken back, its bytes and readings stay;
a print-out of what was looked up, or what came on paper, is added."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from domain.errors import NotAllowed, NotFound, ReadRefused
from intake.people import audit
from intake.people.person import CLERK, MANAGER, need
from intake.store import repository
from intake.store.views import RECEIVED, REMOVED
from intake.web import case_page, papers, service
from intake.web.door import Clerk, Posted, go, visiting, whole, words
from intake.work import client

router = APIRouter(include_in_schema=False, prefix="/desk")


@router.post("/cases/{number}/papers")
def bring(request: Request, number: str, form: Posted) -> Response:
    """Add files to the case. Raises ReadRefused for the first that cannot be taken; the others are in."""
    with visiting(request) as visit:
        need(visit.person, CLERK, MANAGER)
        case_page.in_hand(visit, number)
    taken = papers.take(service.of(request).uploads, form.getlist("file"))
    with visiting(request) as visit:
        found = case_page.in_hand(visit, number)
        for paper in papers.add(visit.session, visit.person, found, taken):
            repository.add_note(visit.session, found.id, visit.person, f"加入「{paper.name}」。")
    for file in taken:
        if file.stored is None:
            raise ReadRefused(file.code, f"{file.name}：{file.sentence}")
    return go(f"/desk/cases/{number}#files")


@router.post("/cases/{number}/papers/{paper_id}")
def move(visit: Clerk, number: str, paper_id: int, form: Posted) -> Response:
    """``act``: aside or back."""
    found, paper, act = case_page.in_hand(visit, number), repository.paper(visit.session, paper_id), words(form, "act")
    if paper.case_id != found.id:
        raise NotFound("paper", str(paper_id))
    if act == "aside" and paper.state != REMOVED:
        repository.remove_paper(visit.session, paper_id, whole(form, "version"))
        visit.record(audit.DELETE, f"paper/{paper_id}", case=number, what="aside")
    elif act == "back" and paper.state == REMOVED:
        if repository.restore_paper(visit.session, paper_id, whole(form, "version")).state == RECEIVED:
            client.enqueue_read(visit.session, paper_id)
        visit.record(audit.ADD, f"paper/{paper_id}", case=number, what="back")
    else:
        raise NotAllowed(f"{act!r} with a paper that is {paper.state}")
    said = "不算在這件裡" if act == "aside" else "放回案件"
    repository.add_note(visit.session, found.id, visit.person, f"「{paper.name}」{said}。")
    client.enqueue_settle(visit.session, found.id)
    return go(f"/desk/cases/{number}")
