"""A request on paper from somebody without an account: the desk writes it down, and gives a receipt with the day of the answer."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.responses import Response

from domain.errors import BadValue, NotFound
from intake import clock
from intake.people import audit
from intake.store import repository, rights
from intake.web import render, values
from intake.web import rights as own
from intake.web.door import Clerk, Posted, Visit, go, words
from intake.web.errors import sentence

router = APIRouter(include_in_schema=False, prefix="/desk/requests")

FIELDS = ("kind", "asker", "asks_as", "contact", "received", "case", "text", "identity")


@router.get("/new")
def new(visit: Clerk) -> Response:
    return _form(visit, {"received": values.day(clock.today()), "asks_as": rights.PERSON, "kind": ""})


def _form(visit: Visit, typed: dict[str, str], problem: str = "") -> Response:
    return render.page(visit, "paper_request.html", 422 if problem else 200, typed=dict.fromkeys(FIELDS, "") | typed, problem=problem,
                       rights=rights.RIGHTS, askers=rights.ASKERS, days={k: rights.days(k) for k in rights.RIGHTS})


@router.post("/new")
def keep(visit: Clerk, form: Posted) -> Response:
    try:
        asked = rights.ask_on_paper(visit.session, visit.person, _asked(visit, form))
    except BadValue as wrong:
        return _form(visit, {k: words(form, k) for k in FIELDS}, sentence(wrong))
    visit.record(audit.ADD, f"request/{asked.id}", right=asked.kind, case=asked.case_number, through="paper", proven=asked.proven)
    own.tell(visit, asked, "right-received", due=values.day(asked.due_on))
    return go(f"/desk/requests/{asked.id}")


def _asked(visit: Visit, form: FormData) -> rights.Paper:
    """What was typed. Raises BadValue for a case that is not there or a day that is none."""
    number = words(form, "case")
    if number:
        try:
            number = repository.case(visit.session, number).number
        except NotFound:
            raise BadValue("案號", number, "系統裡有的案號；不知道是哪一件就留空白") from None
    typed = values.typed("app.received_date", words(form, "received"))
    return rights.Paper(words(form, "kind"), words(form, "asker"), words(form, "asks_as"), words(form, "contact"),
                        date.fromisoformat(str(typed)) if typed else None, words(form, "text"), number, words(form, "identity"))


@router.get("/{request_id}")
def receipt(visit: Clerk, request_id: int) -> Response:
    """What was written down, to be printed for whoever asks. Raises NotFound for a request that came otherwise,
    or whose words are no longer kept."""
    asked = rights.request(visit.session, request_id)
    if not asked.on_paper or asked.forgotten:
        raise NotFound("request", str(request_id))
    visit.record(audit.PRINT, f"request/{request_id}", what="receipt")
    return render.page(visit, "paper_receipt.html", asked=asked, rights=rights.RIGHTS, askers=rights.ASKERS)
