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
from generators import docx, printing, square
from generators.template import BLANK_TYPES, FormTemplate

TEMPLATE = Path(__file__).resolve().parent / "cover.docx"
CODE = "word/media/image1.png"
"""Where the template has the picture of the code."""
LEADS = "掃描右上方的碼並登入，可查每一個印出值的出處。"
BEARS = "右上方的碼就是識別碼。每一個印出值的出處在 bundle.zip 裡，用 shouwen trace verify 核對。"


@dataclass(frozen=True)
class Point:
    """Something to see to. ``where`` names form and slot, or the field; ``message`` says why, in Traditional Chinese."""

    where: str
    message: str


@dataclass(frozen=True)
class Bring:
    """A paper that the programme wants on the counter; ``how`` says copies and seals: 正本 1 份，蓋大小章."""

    name: str
    how: str


@dataclass(frozen=True)
class Cover:
    """What the cover sheet says. ``made_at`` is Taipei time without a zone; ``signs`` what must still be signed or sealed by hand;
    ``bring`` what goes to the office. ``mark`` is the bundle's mark (``proof.mark``); ``link`` the address of the case's trace, "" where
    there is no service: the code on the sheet leads there, or else bears the mark."""

    title: str
    case_number: str
    applicant: str
    uniform_no: str
    programme: str
    decision: str
    made_at: datetime
    points: tuple[Point, ...] = ()
    signs: tuple[str, ...] = ()
    bring: tuple[Bring, ...] = ()
    mark: str = ""
    link: str = ""

    @property
    def code(self) -> str:
        """What the code on the sheet says."""
        return self.link or " ".join(filter(None, ("SHOUWEN/1", self.case_number, self.mark)))


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
        who = "申請人更正的和文件不同" if conflict.claimed else "文件之間不一致"
        out.append(Point(_where(conflict.field, blank), f"{who}：{said}。{_left(conflict.field, blank)}"))
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
        "bring": [{"name": printing.clean(b.name), "how": printing.clean(b.how)} for b in cover.bring],
        "mark": " ".join(cover.mark[i:i + 8] for i in range(0, len(cover.mark), 8)), "code_says": LEADS if cover.link else BEARS,
        "entries": [{"title": printing.clean(e.title), "page": e.page} for e in entries],
    }
    clean = {k: printing.clean(v) if isinstance(v, str) else v for k, v in context.items()}
    return docx.render(TEMPLATE, clean, f"{cover.title} {cover.case_number}".strip(), when, {CODE: square.png(cover.code)})


def _label(field: str) -> str:
    try:
        return vocabulary.term(field).short
    except UnknownField:
        return field


def _places(origins: Sequence[Origin], files: Mapping[str, str]) -> str:
    seen = [f"{files.get(o.document, f'文件 {o.document[:8]}')} 第 {o.page} 頁" for o in origins if isinstance(o, Read)]
    return "、".join(dict.fromkeys(seen)) or "所填資料"
