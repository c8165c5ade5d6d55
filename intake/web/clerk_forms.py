"""The forms of a case on the clerk's desk: whether they still say what the case says, and filling them anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from domain.case import CaseFacts
from intake import form_age
from intake.people import audit
from intake.store import events, repository
from intake.store.views import BundleView, FormView
from intake.web import case_page
from intake.web.door import Clerk, Posted, go
from intake.work import client

router = APIRouter(include_in_schema=False, prefix="/desk")


@dataclass(frozen=True)
class Filled:
    """What was filled last; ``stale``: a form was made from other facts than the case has now."""

    forms: Sequence[FormView]
    bundle: BundleView | None
    stale: bool


def filled(session: Session, case_id: int, facts: CaseFacts) -> Filled:
    forms = repository.forms(session, case_id)
    since = events.newest(session, case_id, "settled") > events.newest(session, case_id, "filled")
    return Filled(forms, repository.bundle(session, case_id), form_age.stale(forms, facts, since))


@router.post("/cases/{number}/forms")
def fill(visit: Clerk, number: str, form: Posted) -> Response:
    """Fill the forms and pack the bundle from what the case says now."""
    found = case_page.in_hand(visit, number)
    client.enqueue_fill(visit.session, found.id)
    visit.record(audit.FILL, f"case/{number}", asked=True)
    return go(f"/desk/cases/{number}?filling=1#forms")
