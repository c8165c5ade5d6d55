"""Who is at the door: one visit is one request, one person, one transaction.

A page route asks for the desk it belongs to and gets a ``Visit``::

    @router.get("/cases")
    def cases(visit: Applicant) -> Response: ...

The transaction is committed when the route returns and before the answer leaves; whatever is raised rolls it back. A GET only looks: its
session cannot write, and what it leaves in the log is written when the page is done.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import Depends
from sqlalchemy.orm import Session
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.errors import NotAllowed, NotSignedIn
from intake.people import accounts, audit, keys
from intake.people.person import APPLICANT, AUDITOR, CLERK, MANAGER, Person, need
from intake.web import security, service, text
from intake.web.service import Service
from intake.web.text import Text


@dataclass(frozen=True)
class Visit:
    """One request at a desk. ``session`` is the open transaction; ``token`` the log-in's, "" where nobody has signed in; ``key`` how the
    program's key begins that was shown instead of a log-in, ``only_looks`` whether that key is for looking. ``kept`` is what a visit that
    only looks writes once it is over; None where the transaction is a writing one."""

    request: Request
    service: Service
    session: Session
    text: Text
    token: str
    guest: Person | None
    key: str = ""
    only_looks: bool = False
    kept: list[Callable[[Session], object]] | None = None

    @property
    def person(self) -> Person:
        """Who has signed in. Raises NotSignedIn; NotAllowed where a key that only looks asks for a change."""
        if self.guest is None:
            raise NotSignedIn
        if self.only_looks and self.request.method not in security.SAFE_METHODS:
            raise NotAllowed("a change with a key that only looks")
        return self.guest

    @property
    def address(self) -> str:
        """The network address of the visitor, for the limits on tries."""
        return self.request.client.host if self.request.client else ""

    @property
    def fragment(self) -> bool:
        """Whether a script asked for a part of a page."""
        return self.request.headers.get("hx-request") == "true"

    def record(self, action: str, record: str, **detail: Any) -> None:
        """One line in the log, saved with this transaction."""
        told = detail | ({"key": self.key} if self.key else {})
        self.keep(lambda session: audit.record(session, self.guest, action, record, told))

    def record_first(self, action: str, record: str, **detail: Any) -> None:
        """One line in the log before anything else, where what follows is to show it, whatever becomes of the rest."""
        if self.kept is None:
            self.record(action, record, **detail)
            return
        with self.service.database.session() as session:
            replace(self, session=session, kept=None).record(action, record, **detail)
        # the next look at the database begins after that line
        self.session.rollback()

    def keep(self, write: Callable[[Session], object]) -> None:
        """Write now, or once the visit is over where it only looks."""
        if self.kept is None:
            write(self.session)
        else:
            self.kept.append(write)

    def looked(self, paper: int) -> bool:
        """Whether this log-in's first look at the paper is in the log; turning its pages is not another."""
        return (self._mark, paper) in self.service.looked

    def look(self, paper: int) -> None:
        """Write the first look at a paper into the log."""
        if not self.looked(paper):
            self.service.looked.add((self._mark, paper))
            self.record(audit.LOOK, f"paper/{paper}")

    @property
    def _mark(self) -> str:
        return hashlib.sha256(self.token.encode()).hexdigest()


def language(request: Request) -> Text:
    return text.pick(request.query_params.get("lang"), request.cookies.get(text.COOKIE))


@contextmanager
def visiting(request: Request, token: str | None = None) -> Iterator[Visit]:
    """Anybody's visit, for a route that needs its transactions apart; all others ask for a desk. ``token`` instead of the cookie's: of a
    log-in or a program's key."""
    s = service.of(request)
    with s.database.session() as session:
        visit = _visit(request, s, session, token)
        if visit.key:
            keys.used(session, visit.token)
        yield visit


@contextmanager
def looking(request: Request, token: str | None = None) -> Iterator[Visit]:
    """A visit that changes nothing but the log: the page is made without the write lock, which is held for the lines alone once it is
    done and before the answer leaves. Whatever is raised leaves no line."""
    s = service.of(request)
    with s.database.reading() as session:
        visit = replace(_visit(request, s, session, token), kept=[])
        yield visit
    if visit.kept or visit.key:
        with s.database.session() as session:
            if visit.key:
                keys.used(session, visit.token)
            for write in visit.kept or ():
                write(session)


@contextmanager
def peeking(request: Request, token: str | None = None) -> Iterator[Visit]:
    """A visit that only looks, and so waits for no writer and holds none up: for pictures, of which a page has many."""
    s = service.of(request)
    with s.database.reading() as session:
        yield _visit(request, s, session, token)


def _visit(request: Request, s: Service, session: Session, bearer: str | None) -> Visit:
    # a key is for programs: no page takes it out of a cookie
    if bearer and keys.is_key(bearer):
        holder = keys.holder_of(session, bearer)
        if holder is None:
            return Visit(request, s, session, language(request), bearer, None)
        return Visit(request, s, session, language(request), bearer, holder.person, holder.mark, holder.scope == keys.READ)
    token = request.cookies.get(security.SESSION_COOKIE, "") if bearer is None else bearer
    return Visit(request, s, session, language(request), token, accounts.who(session, token) if token else None)


def opened(request: Request) -> Iterator[Visit]:
    with looking(request) if request.method in security.SAFE_METHODS else visiting(request) as visit:
        yield visit


def applicant_of(visit: Visit) -> Person:
    """Who has signed in, an applicant. Raises NotSignedIn, NotAllowed."""
    need(visit.person, APPLICANT)
    return visit.person


def clerk_of(visit: Visit) -> Person:
    """Who has signed in, one who may work on cases. Raises NotSignedIn, NotAllowed."""
    need(visit.person, CLERK, MANAGER)
    return visit.person


def desk(*roles: str) -> Callable[[Visit], Visit]:
    """Only people of these roles come in. Raises NotSignedIn, NotAllowed."""

    def enter(visit: Anyone) -> Visit:
        need(visit.person, *roles)
        return visit

    return enter


async def posted(request: Request) -> FormData:
    """The form that was sent, its token checked before (``security.guard``)."""
    return await request.form(max_part_size=1024 * 1024)


Anyone = Annotated[Visit, Depends(opened, scope="function")]
SignedIn = Annotated[Visit, Depends(desk(APPLICANT, CLERK, AUDITOR, MANAGER))]
Applicant = Annotated[Visit, Depends(desk(APPLICANT))]
Clerk = Annotated[Visit, Depends(desk(CLERK, MANAGER))]
Auditor = Annotated[Visit, Depends(desk(AUDITOR, MANAGER))]
Manager = Annotated[Visit, Depends(desk(MANAGER))]
Posted = Annotated[FormData, Depends(posted)]


def go(address: str) -> RedirectResponse:
    """On to another page, after a form."""
    return RedirectResponse(address, status_code=303)


def words(form: FormData, name: str) -> str:
    """A text of a form, "" where it is not there or is a file."""
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def whole(form: FormData, name: str) -> int:
    """A whole number of a form, -1 where it is none."""
    text = words(form, name)
    return int(text) if text.isdecimal() else -1


def sign_cookie(answer: Response, visit: Visit, token: str) -> None:
    """The log-in's cookie: out of reach of scripts and of other sites."""
    answer.set_cookie(security.SESSION_COOKIE, token, max_age=visit.service.settings.session_hours * 3600, httponly=True,
                      samesite="lax", secure=visit.service.settings.secure_cookies, path="/")
