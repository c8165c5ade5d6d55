"""Which files have somebody's name in them: where the data of a person may be who is not the applicant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.store.tables import CaseRow, PaperRow, ReadingRow
from intake.store.views import REMOVED


@dataclass(frozen=True)
class Holding:
    """A file of a case; ``aside``: it was taken out of the case, and its bytes are still kept."""

    case_number: str
    paper_id: int
    name: str
    aside: bool


def papers(session: Session, numbers: Sequence[str], name: str = "") -> list[Holding]:
    """The files of those cases, taken out or not; with ``name`` those whose newest reading has it, blanks aside."""
    newest = select(func.max(ReadingRow.id)).group_by(ReadingRow.paper_id)
    query = (select(CaseRow.number, PaperRow, ReadingRow.text).join(PaperRow, PaperRow.case_id == CaseRow.id)
             .outerjoin(ReadingRow, (ReadingRow.paper_id == PaperRow.id) & ReadingRow.id.in_(newest))
             .where(CaseRow.number.in_(numbers)).order_by(CaseRow.number, PaperRow.id))
    wanted = _bare(name)
    return [Holding(number, paper.id, paper.name, paper.state == REMOVED) for number, paper, text in session.execute(query)
            if wanted in _bare(text or "")]


def _bare(text: str) -> str:
    return "".join(text.split())
