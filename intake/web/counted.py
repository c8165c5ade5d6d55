"""What a printed figure is counted in, and how it came from the value: a form that counts in 萬元 prints another figure than the ink."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain import vocabulary
from generators.template import FormTemplate
from intake.store.views import FormView

WORTH = {"money元": ("元", 1), "money千元": ("千元", 1_000), "money萬元": ("萬元", 10_000)}
"""Of each way to print an amount: its unit, and how many 元 that is."""


def unit(form: FormView, slot: str, templates: Mapping[str, FormTemplate]) -> str:
    """The unit that stands behind what the slot printed; "" where there is none, where the print says it itself, or where the edition of
    the form is not at hand."""
    template = templates.get(form.form)
    how = template.how.get(slot) if template and template.edition == form.edition else None
    done = form.trace["slots"][slot]
    if how is None or not done["printed"]:
        return ""
    if how.type in WORTH:
        found = WORTH[how.type][0]
    else:
        known = vocabulary.terms().get(done["field"]) if how.type == "int" else None
        found = "%" if how.type == "percent" else known.unit if known else ""
    return "" if found and done["printed"].endswith(found) else found


def sum_said(form: FormView, slot: str, templates: Mapping[str, FormTemplate]) -> str:
    """How the printed figure came from the value, where the form counts in more than 元; else ""."""
    done: Mapping[str, Any] = form.trace["slots"][slot]
    found, value = unit(form, slot, templates), done["value"]
    worth = next((n for u, n in WORTH.values() if u == found), 1)
    if worth == 1 or isinstance(value, bool) or not isinstance(value, int):
        return ""
    return f"{value:,} 元 ÷ {worth:,}＝{done['printed']} {found}"
