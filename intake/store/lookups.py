"""What public registers answered about a case: kept as evidence, and its facts beside what the papers say."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.field import Entry
from intake.people.person import Person
from intake.registers.register import ANSWERS, Answer
from intake.store import events
from intake.store.cases import case
from intake.store.tables import RegisterAnswerRow


def save_answer(session: Session, case_id: int, answer: Answer, person: Person) -> None:
    """Keep an answer, also one that says nothing: that somebody looked is evidence too. Raises NotFound."""
    case(session, case_id)
    session.add(RegisterAnswerRow(
        case_id=case_id, register=answer.register, name=answer.name, subject=answer.subject, status=answer.status,
        facts=dict(answer.facts), notes={"notes": list(answer.notes)}, url=answer.url, raw=answer.raw, account_id=person.id, by=person.name,
        at=answer.looked_up_at))
    session.flush()
    events.emit(session, case_id, "register", {"register": answer.register, "status": answer.status})


def answers(session: Session, case_id: int) -> list[Answer]:
    """Every answer about the case, oldest first."""
    rows = session.scalars(select(RegisterAnswerRow).where(RegisterAnswerRow.case_id == case_id).order_by(RegisterAnswerRow.id))
    return [Answer(r.register, r.name, r.subject, r.status, r.facts, tuple(r.notes["notes"]), r.at, r.url, r.raw, r.by) for r in rows]


def looked_up(session: Session, case_id: int) -> list[Entry]:
    """The facts of the newest good answer of each register, as entries by that register."""
    newest = {a.register: a for a in answers(session, case_id) if a.status in ANSWERS}
    said = ((a, field, value) for a in newest.values() for field, value in a.facts.items())
    return [Entry(field, value, a.name, a.looked_up_at, f"由{a.by}查詢 {a.url}") for a, field, value in said]
