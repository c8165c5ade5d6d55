"""What is wrong with a form folder, said so that a clerk can mend it (``shouwen forms check``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from docx import Document

from domain import vocabulary
from domain.case import CaseFacts
from domain.errors import DefinitionError, FormNotFilled
from generators import docx, expression, fill, template
from generators.template import BLANK_TYPES, ROOT, FormTemplate

EMPTY_AT = datetime(2000, 1, 1)
"""The hour written into the empty form that is drawn for a check and thrown away."""


@dataclass(frozen=True)
class Mistake:
    """``form`` is F12/108, ``place`` the file and the slot or word, ``mend`` what to do, in Traditional Chinese."""

    form: str
    place: str
    problem: str
    mend: str

    def __str__(self) -> str:
        return f"{self.form} {self.place}：{self.problem}；{self.mend}。"


def check(root: Path = ROOT) -> list[Mistake]:
    """Every mistake of every edition; an ill-formed folder is one mistake, and the others are still looked at."""
    out: list[Mistake] = []
    for folder in sorted(root.glob("*/*/")):
        if folder.name.startswith((".", "_")) or folder.parent.name.startswith((".", "_")):
            continue
        try:
            out += check_form(template.load_folder(folder))
        except DefinitionError as e:
            out.append(Mistake(f"{folder.parent.name}/{folder.name}", e.where, e.problem, e.mend))
    return out


def check_form(form: FormTemplate) -> list[Mistake]:
    name = f"{form.id}/{form.edition}"
    return [Mistake(name, *m) for m in (*_tags(form), *_fields(form), *_words(form), *_drawing(form), *_hash(form))]


def record(root: Path = ROOT) -> list[FormTemplate]:
    """Record the hash of every template whose form has no other mistake; those newly recorded are returned."""
    out = []
    for form in (f for found in template.editions(root).values() for f in found):
        wrong = [*_tags(form), *_fields(form), *_words(form), *_drawing(form)]
        if not wrong and any(True for _ in _hash(form)):
            form.recorded.write_text(f"{form.sha256}  {form.docx.name}\n", encoding="ascii")
            out.append(form)
    return out


def squeezed(text: str) -> str:
    """``text`` without blanks and line breaks: how words are looked for on a form."""
    return "".join(text.split())


def _tags(form: FormTemplate) -> Iterator[tuple[str, str, str]]:
    try:
        used = docx.tags(form.docx)
    except docx.BROKEN as e:
        yield "template.docx", f"標記讀不出來（{e}）", "請檢查 {{ 與 }}、{% 與 %} 是否成對"
        return
    known = form.tags()
    for tag in sorted(used - set(known)):
        yield f"template.docx {{{{ {tag} }}}}", "這個標記不是本表單的欄位", "請改成 form.yaml 裡的欄位 id，或在 form.yaml 加上這個欄位"
    for slot in form.slots:
        mine = {t for t, owner in known.items() if owner == slot.id}
        if not mine & used and form.how[slot.id].type not in BLANK_TYPES:
            yield f"form.yaml {slot.id}", "欄位沒有印在表單上", f"請在 template.docx 該處寫上 {{{{ {slot.id} }}}}"
        boxes = {f"{slot.id}_{i + 1}" for i in range(len(slot.options))}
        for tag in sorted((boxes - used) if boxes & used else set()):
            yield f"form.yaml {slot.id}", f"選項的方框 {tag} 沒有印在表單上", f"請在該選項的文字前寫上 {{{{ {tag} }}}}"


def _drawing(form: FormTemplate) -> Iterator[tuple[str, str, str]]:
    """The empty form can be drawn: loops close where they should, and nothing in them fails."""
    if any(True for _ in _tags(form)):
        return
    try:
        fill.fill(form, CaseFacts(), EMPTY_AT)
    except FormNotFilled as e:
        yield "template.docx", f"空白表單畫不出來（{e.detail}）", "請檢查 {% %} 標記的位置：表格列用 {%tr，段落用 {%p，各自成一列或一段"


def _hash(form: FormTemplate) -> Iterator[tuple[str, str, str]]:
    """The template is the one that was looked at and recorded: what an old trace names by its hash can be found again."""
    mend = "請核對範本後執行 shouwen forms check --record 登記"
    if not form.recorded.is_file():
        yield form.recorded.name, "這個版本的雜湊還沒有登記", mend
    elif form.recorded.read_text(encoding="ascii", errors="replace").split()[:1] != [form.sha256]:
        yield form.recorded.name, "template.docx 與登記的雜湊不同，登記之後改過", mend


def _fields(form: FormTemplate) -> Iterator[tuple[str, str, str]]:
    for slot in form.slots:
        how = form.how[slot.id]
        if slot.field and slot.field not in vocabulary.terms():
            yield f"form.yaml {slot.id}", f"沒有「{slot.field}」這個欄位代號", "請用 shouwen kinds --fields 查代號"
        for text in filter(None, (how.compute, how.fallback, how.pick)):
            yield from _expression(f"form.yaml {slot.id}", text)
    for rule in form.checks:
        yield from _expression(f"form.yaml checks {rule.slot}", rule.holds)


def _expression(place: str, text: str) -> Iterator[tuple[str, str, str]]:
    for field in expression.unknown_fields(text):
        yield place, f"算式裡的「{field}」不是欄位代號", "請用 shouwen kinds --fields 查代號"


def _words(form: FormTemplate) -> Iterator[tuple[str, str, str]]:
    """The fixed words stand in the form, each after the one before; words that a slot prints (fixed text) count as standing there."""
    try:
        text = docx.text(Document(str(form.docx)))
    except docx.BROKEN as e:
        yield "template.docx", f"檔案打不開（{e}）", "請重新存成 .docx"
        return
    for slot in form.slots:
        if fixed := form.how[slot.id].text:
            text = text.replace(f"{{{{ {slot.id} }}}}", fixed)
    body, at = squeezed(text), 0
    for word in form.fixed:
        found = body.find(squeezed(word), at)
        if found < 0:
            where = "順序不對，它前面的字在它之後" if squeezed(word) in body else "表單上沒有"
            yield f"template.docx「{word[:30]}」", f"固定文字{where}", "請照公告的表單補回，或改正 form.yaml 的 fixed"
        else:
            at = found + len(squeezed(word))
