"""Which papers of a case came along from an earlier one of the same person."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.store.tables import CaseRow, PaperRow, ReadingRow
from intake.store.views import REMOVED


@dataclass(frozen=True)
class Along:
    """``count`` papers came from the case ``number``."""

    number: str
    count: int


def came(session: Session, case_id: int) -> Along | None:
    """What came along and is still there; None where nothing did, or the earlier case is erased."""
    here = select(ReadingRow.paper_id, ReadingRow.run).join(PaperRow).where(
        PaperRow.case_id == case_id, PaperRow.state != REMOVED, ReadingRow.run.startswith("copy-"))
    copied = {paper: int(run.split("-")[1]) for paper, run in session.execute(here)}
    if not copied:
        return None
    earlier = select(CaseRow.number).join(PaperRow, PaperRow.case_id == CaseRow.id).join(ReadingRow).where(
        ReadingRow.id.in_(copied.values()))
    number = session.scalar(earlier.limit(1))
    return None if number is None else Along(number, len(copied))
