"""Two clerks and one case: who else looks at it now, who has it; and taking one's own last save or decision back."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from domain.errors import NotAllowed
from intake.people import audit
from intake.store import desk, repository, rulings, undo
from intake.store.undo import UNDONE
from intake.web import case_page, moving, render
from intake.web.door import Clerk, Posted, Visit, go, whole
from intake.work import client

router = APIRouter(include_in_schema=False, prefix="/desk")


@router.post("/cases/{number}/here")
def here(visit: Clerk, number: str) -> Response:
    """The page says every few seconds that it is open, and is told who else has it open. The look itself is in the log already."""
    found = repository.case(visit.session, number)
    return render.page(visit, "here.html", others=desk.look(visit.session, found.id, visit.person))


@router.post("/cases/{number}/gone")
def gone(visit: Clerk, number: str) -> Response:
    """The page is closed."""
    desk.leave(visit.session, repository.case(visit.session, number).id, visit.person)
    return Response(status_code=204)


@router.post("/cases/{number}/take")
def take(visit: Clerk, number: str, form: Posted) -> Response:
    """The clerk takes the case, or gives it back."""
    found = case_page.in_hand(visit, number)
    mine = None if found.clerk_id == visit.person.id else visit.person.id
    repository.assign(visit.session, found.id, mine, whole(form, "version"))
    visit.record(audit.CHANGE, f"case/{number}", clerk=visit.person.login if mine else "")
    return go(f"/desk/cases/{number}")


def undoable(visit: Visit, case_id: int) -> list[str]:
    """The fields of the save that the visitor could take back now."""
    return [r.field for r in undo.last(visit.session, case_id, visit.person)]


@router.post("/cases/{number}/undo")
def take_back(visit: Clerk, number: str, form: Posted) -> Response:
    """Take one's own last save back, by a new entry that says so."""
    found = case_page.in_hand(visit, number)
    if not undoable(visit, found.id):
        raise NotAllowed("an undo of nothing")
    fields = undo.undo(visit.session, found.id, visit.person, whole(form, "version"))
    visit.record(audit.CHANGE, f"case/{number}", fields=fields, why=UNDONE)
    client.enqueue_settle(visit.session, found.id)
    return go(f"/desk/cases/{number}")


@router.post("/cases/{number}/undecide")
def undecide(visit: Clerk, number: str, form: Posted) -> Response:
    """Take one's own decision back, as long as its letter has not gone; where it has, the page says what to do instead."""
    found = case_page.in_hand(visit, number)
    if rulings.undoable(visit.session, found, visit.person) is None:
        return go(f"/desk/cases/{number}?gone=1")
    moving.take_back(visit, found, whole(form, "version"))
    return go(f"/desk/cases/{number}?moved=undone")
