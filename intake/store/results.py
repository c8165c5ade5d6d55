"""What the work made of a case: decisions, filled forms, bundles, and how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.case import CaseFacts
from domain.decision import Decision
from domain.errors import NotFound
from domain.field import FileReading
from domain.identity import folded
from intake import clock
from intake.store import events, looks
from intake.store.contents import case_row, paper_counts, texts
from intake.store.tables import BundleRow, DecisionRow, FormRow, Job, PaperRow
from intake.store.views import READ, READING, RECEIVED, REMOVED, UNREADABLE, BundleView, DecisionView, FormView, Progress


def save_decision(session: Session, case_id: int, run: str, decision: Decision, facts: CaseFacts, readings: Sequence[FileReading]) -> None:
    """Keep a decision and what it was made from, and bring the case's line in the lists up to date. The same ``run`` saves once."""
    if session.scalar(select(DecisionRow.id).where(DecisionRow.run == run)) is not None:
        return
    session.add(DecisionRow(case_id=case_id, run=run, programme=decision.programme, edition=decision.edition, as_of=decision.as_of,
                            outcome=decision.outcome, decision=decision.as_json(), facts=facts.known(), at=clock.now()))
    row = case_row(session, case_id)
    known = facts.known()
    row.title = str(known.get("org.name", row.title))[:200]
    row.outcome, row.doubts = decision.outcome, looks.doubts(facts)
    row.search = _searched(session, case_id, facts, readings)
    session.flush()
    events.emit(session, case_id, "settled", {"outcome": row.outcome, "doubts": row.doubts})


def _searched(session: Session, case_id: int, facts: CaseFacts, readings: Sequence[FileReading]) -> str:
    """What the search of the desk looks through: all that the papers say, and what people entered."""
    read = [r.text for f in readings for d in f.documents for r in d.fields.values() if r.text]
    said = [v for f in facts.facts.values() for v in (f.value if isinstance(f.value, list) else [f.value]) if isinstance(v, str)]
    lines = (line for text in (*texts(session, case_id), *read, *said) for line in text.splitlines())
    return "\n".join(sorted({folded(line) for line in lines} - {""}))


def decisions(session: Session, case_id: int) -> list[DecisionView]:
    """Every decision of the case, newest first."""
    rows = session.scalars(select(DecisionRow).where(DecisionRow.case_id == case_id).order_by(DecisionRow.id.desc()))
    return [_decision_view(r) for r in rows]


def latest_decision(session: Session, case_id: int) -> DecisionView | None:
    """The newest decision; None before the first."""
    r = session.scalar(select(DecisionRow).where(DecisionRow.case_id == case_id).order_by(DecisionRow.id.desc()).limit(1))
    return None if r is None else _decision_view(r)


def newest(session: Session, case_ids: Sequence[int]) -> dict[int, DecisionView]:
    """The newest decision of each of these cases that has one, in one statement."""
    last = select(func.max(DecisionRow.id)).where(DecisionRow.case_id.in_(case_ids)).group_by(DecisionRow.case_id)
    rows = session.scalars(select(DecisionRow).where(DecisionRow.id.in_(last))) if case_ids else ()
    return {r.case_id: _decision_view(r) for r in rows}


def _decision_view(r: DecisionRow) -> DecisionView:
    return DecisionView(r.id, r.programme, r.edition, r.as_of, r.outcome, r.decision, r.facts, r.at)


@dataclass(frozen=True)
class FormFiles:
    """A filled form whose files are in the paper store; None where a format could not be made."""

    form: str
    edition: str
    title: str
    docx_sha256: str
    odt_sha256: str | None
    pdf_sha256: str | None
    trace: dict[str, Any]


def save_forms(session: Session, case_id: int, run: str, forms: Sequence[FormFiles], pdf_sha256: str | None,
               zip_sha256: str | None, problems: Sequence[str] = ()) -> None:
    """Keep the filled forms and the bundle of one filling; ``problems`` are sentences about what could not be made.
    The same ``run`` saves once."""
    if session.scalar(select(BundleRow.id).where(BundleRow.run == run)) is not None:
        return
    at = clock.now()
    session.add_all(FormRow(case_id=case_id, run=run, form=f.form, edition=f.edition, title=f.title, docx_sha256=f.docx_sha256,
                            odt_sha256=f.odt_sha256, pdf_sha256=f.pdf_sha256, trace=f.trace, at=at) for f in forms)
    session.add(BundleRow(case_id=case_id, run=run, pdf_sha256=pdf_sha256, zip_sha256=zip_sha256,
                          problems={"problems": list(problems)}, at=at))
    session.flush()
    events.emit(session, case_id, "filled", {"forms": [f.form for f in forms], "problems": list(problems)})


def forms(session: Session, case_id: int) -> list[FormView]:
    """The forms of the newest filling, in the order of the programme."""
    run = select(BundleRow.run).where(BundleRow.case_id == case_id).order_by(BundleRow.id.desc()).limit(1).scalar_subquery()
    rows = session.scalars(select(FormRow).where(FormRow.case_id == case_id, FormRow.run == run).order_by(FormRow.id))
    return [_form_view(r) for r in rows]


def form(session: Session, form_row_id: int) -> FormView:
    """A filled form by its row, older fillings too. Raises NotFound."""
    row = session.get(FormRow, form_row_id)
    if row is None:
        raise NotFound("form", str(form_row_id))
    return _form_view(row)


def _form_view(r: FormRow) -> FormView:
    return FormView(r.id, r.case_id, r.form, r.edition, r.title, r.docx_sha256, r.odt_sha256, r.pdf_sha256, r.trace, r.at)


def bundle(session: Session, case_id: int) -> BundleView | None:
    """The newest bundle; None before the first filling."""
    row = session.scalar(select(BundleRow).where(BundleRow.case_id == case_id).order_by(BundleRow.id.desc()).limit(1))
    return None if row is None else BundleView(row.pdf_sha256, row.zip_sha256, tuple(row.problems["problems"]), row.at)


def progress(session: Session, case_id: int) -> Progress:
    """How far the work on a case is. Raises NotFound."""
    row = case_row(session, case_id)
    counts = paper_counts(session, case_id)
    of_papers = select(PaperRow.id).where(PaperRow.case_id == case_id)
    open_jobs = select(func.count()).select_from(Job).where(
        Job.done_at.is_(None), ((Job.kind == "read") & Job.subject.in_(of_papers)) | ((Job.kind != "read") & (Job.subject == case_id)))
    return Progress(sum(n for s, n in counts.items() if s != REMOVED), counts.get(RECEIVED, 0), counts.get(READING, 0),
                    counts.get(READ, 0), counts.get(UNREADABLE, 0), row.doubts, row.outcome, len(forms(session, case_id)),
                    bool(session.scalar(open_jobs)))
