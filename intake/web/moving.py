"""A case on to another state, with its letter: what one press does for one case, or for many; and a decision, or the asking for a
supplement, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from domain.errors import BadValue
from intake import deadlines
from intake.people import accounts, audit, letters
from intake.store import repository, rulings
from intake.store.undo import UNDONE
from intake.store.views import CASE_STATES, REFUSED, SUPPLEMENT, CaseView
from intake.web import manage_people, open_points
from intake.web.case_page import taken_back, told_begin
from intake.web.door import Visit
from intake.web.open_points import Point

LONGEST = 2000
WITH_WORDS = (REFUSED, SUPPLEMENT)
"""The states that want a reason, which the applicant reads."""
WHY = "請寫下原因，申請人會看到。"


def move(visit: Visit, found: CaseView, state: str, why: str, version: int, passed_over: Sequence[Point] = ()) -> None:
    """Set the state, keep what the applicant is told as a note, and mail it to them, once it can no longer be taken back where it can be;
    ``passed_over`` is what stood against it. Raises Stale, and BadValue where a reason is wanted and none is given."""
    why = why[:LONGEST]
    if state in WITH_WORDS and not why:
        raise BadValue("why", why, WHY)
    due = deadlines.if_asked_today(visit.session, found, repository.facts(visit.session, found.id)) if state == SUPPLEMENT else None
    now = repository.set_state(visit.session, found.id, state, version, visit.person)
    if state == SUPPLEMENT:
        rulings.asked(visit.session, now, found.state, visit.person)
    deadlines.keep(visit.session, found.id)
    why = "\n".join(t for t in (why, deadlines.in_a_letter(due)) if t)
    if why:
        repository.add_note(visit.session, found.id, visit.person, told_begin(state) + why)
        _write(visit, found, state, why)
    if passed_over:
        seen = "；".join(p.sentence.rstrip("。") for p in passed_over)
        repository.add_note(visit.session, found.id, visit.person, f"通過時看過並認可：{seen}。")
    visit.record(audit.CHANGE, f"case/{found.number}", state=state, **open_points.as_detail(passed_over))


def _write(visit: Visit, case: CaseView, state: str, why: str) -> None:
    """Tell the applicant by mail; what the case is about stays behind the log-in."""
    applicant = accounts.person(visit.session, case.login)
    if applicant is not None and applicant.email:
        wait = rulings.FOR if state in rulings.WAITING else timedelta(0)
        letter = letters.send(visit.session, applicant.email, "case-state", wait=wait, number=case.number, state=CASE_STATES[state],
                              why=why, link=f"{manage_people.address(visit.service.settings)}/cases/{case.number}")
        if state in rulings.WAITING:
            rulings.with_letter(visit.session, case.id, letter)


def take_back(visit: Visit, found: CaseView, version: int) -> str:
    """Take one's own decision or asking back; the state that the case is in again. Raises Stale, NotAllowed."""
    ruling = rulings.undo(visit.session, found, visit.person, version)
    deadlines.keep(visit.session, found.id)
    repository.add_note(visit.session, found.id, visit.person, taken_back(ruling.state))
    visit.record(audit.CHANGE, f"case/{found.number}", state=ruling.before, why=f"{UNDONE}「{CASE_STATES[ruling.state]}」")
    return ruling.before


def written(visit: Visit, found: CaseView) -> tuple[str, str]:
    """What had been decided or asked for and was taken back last, and the words of the clerk's that went with it; ("", "") where nothing
    was, or the case moved on since."""
    back = rulings.taken_back(visit.session, found)
    begin = told_begin(back.state) if back else ""
    told = next((n.text for n in reversed(repository.notes(visit.session, found.id)) if back and n.text.startswith(begin)), "")
    return (back.state, deadlines.without(told.removeprefix(begin))) if back else ("", "")
