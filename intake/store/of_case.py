"""Which case the records that the log names by a number of their own belong to: papers and filled forms."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.people.audit import AuditFilter
from intake.store.tables import CaseRow, FormRow, PaperRow

OWN = {"paper": (PaperRow.id, PaperRow.case_id, PaperRow.name), "form": (FormRow.id, FormRow.case_id, FormRow.title)}


def case_number(record: str) -> str:
    """The number of the case that somebody asks for, who may write it alone; "" where it is no case.

    >>> case_number("1151120-0001"), case_number("case/1151120-0001"), case_number("paper/17")
    ('1151120-0001', '1151120-0001', '')
    """
    found = re.fullmatch(r"(?:case/)?(\d{7}-\d{4})", record.strip())
    return found[1] if found else ""


def asked(session: Session, record: str) -> AuditFilter:
    """The lines of a record; of a case also those of its papers and forms, which have numbers of their own in the log."""
    number = case_number(record)
    return AuditFilter(record=f"case/{number}", also=records(session, number)) if number else AuditFilter(record=record.strip())


def records(session: Session, number: str) -> frozenset[str]:
    """What the log calls each paper and form of a case, removed papers and former fillings too; none where there is no such case."""
    return frozenset(f"{kind}/{n}" for kind, (row, of, _) in OWN.items()
                     for n in session.scalars(select(row).join(CaseRow, CaseRow.id == of).where(CaseRow.number == number)))


def belonging(session: Session, names: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Of records as the log calls them: the number of the case, and what the paper or form is called. Those that are gone are not there."""
    asked: dict[str, set[int]] = {kind: set() for kind in OWN}
    for kind, _, n in (name.partition("/") for name in names):
        if kind in OWN and n.isdecimal():
            asked[kind].add(int(n))
    return {f"{kind}/{n}": (number, title) for kind, wanted in asked.items() if wanted
            for n, number, title in session.execute(select(OWN[kind][0], CaseRow.number, OWN[kind][2])
                                                    .join(CaseRow, CaseRow.id == OWN[kind][1]).where(OWN[kind][0].in_(wanted)))}
