"""「查登記」: a clerk asks a public register from a finding; the answer is kept with its time and raw text, as evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from domain.field import Value
from intake import clock, registers
from intake.people import audit
from intake.people.person import CLERK, MANAGER, need
from intake.registers import Register, Subject
from intake.settings import Settings
from intake.store import repository
from intake.store.views import CaseView
from intake.web import case_page, service
from intake.web.door import Posted, Visit, go, visiting, words
from intake.web.findings import FindingView
from intake.work import client

router = APIRouter(include_in_schema=False, prefix="/desk")


@dataclass(frozen=True)
class Offer:
    """A register that can tell what a finding misses. ``on``: the operator gave its address, so that it can be asked from here; else
    people look it up at its page."""

    register: Register
    on: bool


def offers(findings: Iterable[FindingView], settings: Settings) -> Mapping[str, list[Offer]]:
    """Finding by finding, the registers that can tell what is missing there: those that can be asked, or else those for people."""
    return {f.rule: _offers(set(f.missing_fields), settings) for f in findings}


def _offers(missing: set[str], settings: Settings) -> list[Offer]:
    telling = [r for r in registers.load().values() if missing & set(r.answers)]
    asked = [Offer(r, True) for r in telling if settings.registers.get(r.id)]
    return asked or [Offer(r, False) for r in telling]


def keep(visit: Visit, case: CaseView, facts: Mapping[str, Value], seen: str) -> None:
    """What a clerk found in a register's own page is kept as that register's answer, with what they saw. Raises BadValue."""
    known = repository.facts(visit.session, case.id).known()
    subject = Subject(str(known.get("org.uniform_no") or case.login), str(known.get("org.name") or case.title))
    left = dict(facts)
    for register in registers.load().values():
        told = {f: left.pop(f) for f in register.answers if f in left}
        if told:
            answer = registers.typed(register.id, subject, told, visit.person.name, clock.now(), seen)
            repository.save_answer(visit.session, case.id, answer, visit.person)


@router.post("/cases/{number}/lookup")
def look_up(request: Request, number: str, form: Posted) -> Response:
    """Ask a register about the applicant. No transaction stays open while the other side takes its time. Raises NotFound, NotAllowed,
    BadValue."""
    wanted = registers.find(words(form, "register"))
    with visiting(request) as visit:
        need(visit.person, CLERK, MANAGER)
        found = case_page.in_hand(visit, number)
        known = repository.facts(visit.session, found.id).known()
    subject = Subject(str(known.get("org.uniform_no") or found.login), str(known.get("org.name") or found.title))
    answer = registers.ask(wanted.id, subject, service.of(request).settings, clock.now())
    with visiting(request) as visit:
        repository.save_answer(visit.session, found.id, answer, visit.person)
        visit.record(audit.ADD, f"case/{number}", register=wanted.id, status=answer.status)
        client.enqueue_settle(visit.session, found.id)
    return go(f"/desk/cases/{number}#registers")
