"""Who calls the API and what they may touch: a bearer token or a program's key, one transaction a call, the caller's own cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.requests import Request

from intake.people import audit
from intake.people.person import APPLICANT, CLERK, MANAGER, need
from intake.store import repository
from intake.store.views import CaseView
from intake.web.case_page import must_be_open
from intake.web.door import Visit, looking, visiting
from intake.web.security import SAFE_METHODS

_scheme = HTTPBearer(auto_error=False, description="POST /api/v1/sessions 回傳的 token，或在「金鑰」頁做的金鑰")
Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(_scheme)]


def _enter(request: Request, bearer: Bearer) -> Iterator[Visit]:
    token = bearer.credentials if bearer else ""
    with looking(request, token) if request.method in SAFE_METHODS else visiting(request, token) as visit:
        yield visit


Caller = Annotated[Visit, Depends(_enter, scope="function")]
"""A call's visit: its token is in the header, never in a cookie."""


def seen_case(visit: Visit, number: str) -> CaseView:
    """A case that the caller may see. Raises NotFound."""
    found = repository.case(visit.session, number, visit.person)
    visit.record(audit.LOOK, f"case/{number}", through="api")
    return found


def own_case(visit: Visit, number: str) -> CaseView:
    """A case that the caller may change: the applicant's own while it is open, a clerk's once it was sent in. Raises NotAllowed."""
    need(visit.person, APPLICANT, CLERK, MANAGER)
    found = repository.case(visit.session, number, visit.person)
    if visit.person.role == APPLICANT:
        must_be_open(found)
    return found
