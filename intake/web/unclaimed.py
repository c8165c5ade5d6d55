"""What came in by itself and belongs to no case for sure: the clerk says whose it is, or lets it go."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.responses import Response

from domain.errors import NotAllowed, NotFound, ShouwenError, Stopped
from intake import clock
from intake.arrivals import place
from intake.people import audit
from intake.store import arrivals, erase, keeping
from intake.store.views import CASE_STATES, RECEIVED
from intake.web import papers, render
from intake.web.door import Clerk, Posted, Visit, go, words
from intake.web.service import Service
from intake.work import client

router = APIRouter(include_in_schema=False, prefix="/desk/unclaimed")


@router.get("")
def waiting(visit: Clerk) -> Response:
    visit.record(audit.LOOK, "unclaimed")
    return _page(visit)


def _page(visit: Visit, problem: str = "", at: int = 0, number: str = "") -> Response:
    files = arrivals.parked(visit.session)
    return render.page(visit, "unclaimed.html", 422 if problem else 200, files=files, ways=arrivals.WAYS, problem=problem, at=at,
                       number=number, likely={f.id: place.likely(visit.session, f) for f in files}, states=CASE_STATES,
                       today=clock.today(), days=keeping.rules(visit.session)[keeping.PARKED].days)


@router.get("/{arrival_id}/file")
def file(visit: Clerk, arrival_id: int) -> Response:
    """The file as it came, to be saved and looked at; never shown by the browser."""
    found = arrivals.arrival(visit.session, arrival_id)
    if found.state != arrivals.PARKED:
        raise NotFound("parked file", str(arrival_id))
    visit.record(audit.EXPORT, f"arrival/{arrival_id}", what="file")
    return papers.stored(visit.request, found.sha256, "application/octet-stream", found.name)


@router.post("/{arrival_id}/attach")
def attach(visit: Clerk, arrival_id: int, form: Posted) -> Response:
    """Put it into the case of that number, where it is read like any other paper."""
    number = words(form, "number")
    try:
        with visit.session.begin_nested():
            case, paper = arrivals.attach(visit.session, arrival_id, number, visit.person)
            if paper.state == RECEIVED:
                client.enqueue_read(visit.session, paper.id)
    except (NotFound, NotAllowed, Stopped) as refused:
        return _page(visit, _why(refused), arrival_id, number)
    visit.record(audit.ADD, f"paper/{paper.id}", case=case.number, sha256=paper.sha256, through=f"arrival/{arrival_id}")
    return go("/desk/unclaimed")


def _why(refused: ShouwenError) -> str:
    if isinstance(refused, NotFound):
        return "沒有這個案號，請再核對一次。"
    if isinstance(refused, Stopped):
        return refused.zh
    return "這件案件已經結案，或申請人還沒有同意個人資料使用，不能放進去。"


@router.post("/{arrival_id}/dismiss")
def dismiss(visit: Clerk, arrival_id: int) -> Response:
    """Let it go; its bytes are wiped where nothing else needs them."""
    sha256 = arrivals.dismiss(visit.session, arrival_id, visit.person)
    visit.record(audit.DELETE, f"arrival/{arrival_id}")
    answer = go("/desk/unclaimed")
    # only after the commit: what is not committed still needs its bytes
    answer.background = BackgroundTask(_discard, visit.service, sha256)
    return answer


def _discard(service: Service, sha256: str) -> None:
    with service.database.session() as session:
        erase.discard(session, service.uploads, [sha256])
