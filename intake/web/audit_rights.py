"""The auditor's view of the rights that people used and of what was erased: when, under which clause, whether in time. Nobody's words and
no whole account stand here; what was erased is known by its certificate alone (SYS-33, SYS-63)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fastapi import APIRouter
from starlette.responses import Response

from eligibility import programme as programmes
from intake import clock
from intake.people import audit
from intake.people.person import APPLICANT, MANAGER, ROLES
from intake.store import erase, rights, stops
from intake.store.erase import Certificate
from intake.store.rights import Request
from intake.web import manage_keeping, render
from intake.web.door import Auditor

router = APIRouter(include_in_schema=False, prefix="/audit")

SHOWN = 200
"""So many answered requests, the newest."""


def masked(login: str) -> str:
    """An account as an auditor sees it: enough to tell two apart.

    >>> masked("10458574")
    '1045****'
    """
    return login[:4] + "*" * max(0, len(login) - 4)


def by_role(made: Certificate) -> Certificate:
    """A certificate with the role of whoever erased in place of their name, and the account masked: the log's line has it whole."""
    return replace(made, by=masked(made.by), by_name=ROLES[APPLICANT if made.ground == erase.OWN else MANAGER])


def late(asked: Request) -> bool:
    """Whether the answer came, or is still to come, after the last day of 第 13 條."""
    return (asked.answered_at.date() if asked.answered_at else clock.today()) > asked.due_on


@router.get("/rights")
def every(visit: Auditor) -> Response:
    visit.record(audit.LOOK, "audit/rights")
    asked: Sequence[Request] = [*rights.waiting(visit.session), *rights.answered(visit.session, SHOWN)]
    return render.page(visit, "audit_rights.html", requests=asked, masked=masked, late=late, rights=rights.RIGHTS, states=rights.STATES,
                       self=rights.SELF, stopped=stops.all_stopped(visit.session), grounds=erase.GROUNDS,
                       certificates=[by_role(c) for c in erase.certificates(visit.session)])


@router.get("/erased/{number}")
def certificate(visit: Auditor, number: str) -> Response:
    """What is left of an erased case. Raises NotFound where no case of that number was erased."""
    made = by_role(erase.certificate(visit.session, number))
    visit.record(audit.LOOK, f"case/{made.case_number}", what="certificate")
    return render.page(visit, "manage_certificate.html", programme=programmes.load().get(made.programme),
                       **manage_keeping.of_certificate(visit, made))
