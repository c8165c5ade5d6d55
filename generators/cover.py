"""The cover sheet of a bundle: whose case, what was decided, and everything that stayed blank, is in doubt or contradicts itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from domain import vocabulary
from domain.case import CaseFacts
from domain.errors import UnknownField
from domain.field import Origin, Read
from domain.form import FilledForm
from domain.taiwan import roc_date
from generators import docx, printing
from generators.template import BLANK_TYPES, FormTemplate

TEMPLATE = Path(__file__).resolve().parent / "cover.docx"


@dataclass(frozen=True)
class Point:
    """Something to see to. ``where`` names form and slot, or the field; ``message`` says why, in Traditional Chinese."""

    where: str
    message: str


@dataclass(frozen=True)
class Cover:
    """What the cover sheet says. ``made_at`` is Taipei time without a zone; ``signs`` what must still be signed or sealed by hand."""

    title: str
    case_number: str
    applicant: str
    uniform_no: str
    programme: str
    decision: str
    made_at: datetime
    points: tuple[Point, ...] = ()
    signs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A line of the contents; ``page`` is a number, or 未併入 for a paper that could not be put in."""

    title: str
    page: str


def points(forms: Sequence[FilledForm], templates: Mapping[str, FormTemplate], facts: CaseFacts,
           files: Mapping[str, str] | None = None) -> tuple[Point, ...]:
    """Every problem of the forms, then the conflicts and doubtful facts of the case. ``files`` gives a file's name by its SHA-256."""
    out = []
    for form in forms:
        for problem in form.problems:
            label = templates[form.form].slot(problem.slot).label
            out.append(Point(f"{form.title}「{label}」", problem.message))
    for conflict in facts.conflicts:
        said = "；".join(f"「{v}」見{_places(origins, files or {})}" for v, origins in conflict.values)
        out.append(Point(f"資料「{_label(conflict.field)}」", f"文件之間不一致：{said}。"))
    contradicted = {c.field for c in facts.conflicts}
    for name, fact in facts.doubtful().items():
        if name not in contradicted:
            value = "看不清楚" if fact.value is None else f"讀成「{fact.value}」，待人確認"
            out.append(Point(f"資料「{_label(name)}」", f"{value}，見{_places(fact.origins, files or {})}。"))
    return tuple(out)


def signs(forms: Sequence[FilledForm], templates: Mapping[str, FormTemplate]) -> tuple[str, ...]:
    """What must be signed or sealed by hand, one line a form."""
    lines = []
    for form in forms:
        places = [s.label for s in templates[form.form].slots if templates[form.form].how[s.id].type in BLANK_TYPES]
        if places:
            lines.append(f"{form.title}：{'、'.join(places)}")
    return tuple(lines)


def sheet(cover: Cover, entries: Sequence[Entry]) -> bytes:
    """Cover sheet and contents as .docx."""
    when = cover.made_at
    context = {
        "title": cover.title, "case_number": cover.case_number, "applicant": cover.applicant, "uniform_no": cover.uniform_no,
        "programme": cover.programme, "decision": cover.decision, "made_at": f"{roc_date.in_full(when.date())} {when:%H:%M}",
        "points": [{"where": printing.clean(p.where), "message": printing.clean(p.message)} for p in cover.points],
        "signs": [printing.clean(s) for s in cover.signs],
        "entries": [{"title": printing.clean(e.title), "page": e.page} for e in entries],
    }
    clean = {k: printing.clean(v) if isinstance(v, str) else v for k, v in context.items()}
    return docx.render(TEMPLATE, clean, f"{cover.title} {cover.case_number}".strip(), when)


def _label(field: str) -> str:
    try:
        return vocabulary.term(field).short
    except UnknownField:
        return field


def _places(origins: Sequence[Origin], files: Mapping[str, str]) -> str:
    seen = [f"{files.get(o.document, f'文件 {o.document[:8]}')} 第 {o.page} 頁" for o in origins if isinstance(o, Read)]
    return "、".join(dict.fromkeys(seen)) or "所填資料"
