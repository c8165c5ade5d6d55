"""A paper that does not belong to the case: the clerk sets it aside, and can take it back. Its bytes and readings stay."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from domain.errors import NotAllowed, NotFound
from intake.people import audit
from intake.store import repository
from intake.store.views import RECEIVED, REMOVED
from intake.web import case_page
from intake.web.door import Clerk, Posted, go, whole, words
from intake.work import client

router = APIRouter(include_in_schema=False, prefix="/desk")


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
