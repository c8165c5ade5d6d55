"""How many pages a form came to, where its rules limit them; known only once it is a PDF."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pypdf import PdfReader

from domain.field import Computed
from domain.form import FilledForm, Problem, SlotValue
from generators.template import FormTemplate


def counted(form: FilledForm, template: FormTemplate, pdf: Path) -> FilledForm:
    """``form`` with the number of its pages in the slot that asks for it, and a problem where there are too many or another number was
    given; ``form`` itself where its pages are not limited or ``pdf`` is not there."""
    rule = template.pages
    if rule is None or not pdf.is_file():
        return form
    number = len(PdfReader(pdf).pages) - rule.without
    slot = form.slots[rule.slot]
    problems = [p for p in form.problems if p.message != rule.message]
    if number > rule.most:
        problems.append(Problem(rule.slot, rule.message))
    if slot.value is None:
        slot = SlotValue(str(number), slot.field, number, Computed((), "由 PDF 的頁數計"))
    elif slot.value != number:
        problems.append(Problem(rule.slot, f"所給的頁數是 {slot.value}，實際為 {number} 頁，請查明。"))
    return replace(form, slots={**form.slots, rule.slot: slot}, problems=tuple(problems))
