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
    """Everything to see to: contradictions and doubts, one line a fact however many forms left it blank; then what does not hold; then
    what is missing, one line a form. ``files`` gives a file's name by its SHA-256."""
    names = files or {}
    contradicted = {c.field for c in facts.conflicts}
    doubtful = [f for f in facts.doubtful().values() if f.field not in contradicted]
    told = contradicted | {f.field for f in doubtful}
    blank: dict[str, list[str]] = {}
    wrong, missing = [], []
    for form in forms:
        gaps = []
        for problem in form.problems:
            slot, done = templates[form.form].slot(problem.slot), form.slots[problem.slot]
            empty = slot.field and not done.printed and not templates[form.form].how[slot.id].compute
            if empty and slot.field in told:
                blank.setdefault(slot.field, []).append(form.title)
            elif empty and slot.required and slot.field not in facts.known():
                gaps.append(f"「{slot.label}」")
            else:
                wrong.append(Point(f"{form.title}「{slot.label}」", problem.message))
        if gaps:
            missing.append(Point(form.title, f"沒有資料，留白待補填：{'、'.join(dict.fromkeys(gaps))}。"))
    out = []
    for conflict in facts.conflicts:
        said = "；".join(f"「{v}」見{_places(origins, names)}" for v, origins in conflict.values)
        out.append(Point(_where(conflict.field, blank), f"文件之間不一致：{said}。{_left(conflict.field, blank)}"))
    for fact in doubtful:
        doubts = "；".join(dict.fromkeys(d for o in fact.origins if isinstance(o, Read) for d in o.doubts))
        value = "看不清楚" if fact.value is None else f"讀成「{fact.value}」，待人確認"
        why = f"（{doubts}）" if doubts else ""
        out.append(Point(_where(fact.field, blank), f"{value}{why}，見{_places(fact.origins, names)}。{_left(fact.field, blank)}"))
    return (*out, *wrong, *missing)


def _where(field: str, blank: Mapping[str, Sequence[str]]) -> str:
    return f"「{_label(field)}」" + (f"：{'、'.join(dict.fromkeys(blank[field]))}" if field in blank else "")


def _left(field: str, blank: Mapping[str, Sequence[str]]) -> str:
    return "表單上先留白。" if field in blank else ""


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
