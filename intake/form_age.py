"""Whether filled forms still say what their case says: each filling keeps a mark of the facts that it was made from.

A day of its own would not do: a value may be added while the forms are being filled, and is then older than they are.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from domain.case import CaseFacts
from domain.field import Value
from generators.template import FormTemplate
from intake.store.views import FormView

MARK = "facts"
"""Under which name a kept trace holds the mark."""
BY_HAND = ("seal", "sign", "fixed")
"""What a form leaves for a hand, whatever is known."""


def mark(facts: CaseFacts) -> str:
    """The same for the same known facts, and for no others."""
    return hashlib.sha256(json.dumps(facts.known(), ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()


def stale(forms: Sequence[FormView], facts: CaseFacts, settled_since: bool) -> bool:
    """Whether a form was made from other facts than the case has now. ``settled_since``: the case was decided after the filling, which is
    all there is to go by for forms that were filled before marks were kept."""
    now = mark(facts)
    return any(f.trace[MARK] != now if MARK in f.trace else settled_since or bool(_other(f, facts.known(), facts)) for f in forms)


def newer(form: FormView, template: FormTemplate | None, facts: CaseFacts) -> dict[str, Value]:
    """The slots for which the case now knows another value than was printed, or one where the form is blank. Nothing for a form of an
    edition that is no longer the newest."""
    if template is None or template.edition != form.edition or form.trace.get(MARK) == mark(facts):
        return {}
    known = facts.known()
    added = {slot: known[done["field"]] for slot, done in form.trace["slots"].items()
             if done["value"] is None and done["field"] in known and _stated(template, slot)}
    return added | _other(form, known, facts)


def _stated(template: FormTemplate, slot: str) -> bool:
    """Whether a slot prints what is known, and neither a sum nor a signature."""
    how = template.how[slot]
    return template.slot(slot).source != "calc" and how.type not in BY_HAND and not how.compute


def _other(form: FormView, known: Mapping[str, Value], facts: CaseFacts) -> dict[str, Value]:
    """The printed slots whose value the case has otherwise now; what a form leaves empty, a signature for one, says nothing of its age."""
    return {slot: known.get(s["field"]) for slot, s in form.trace["slots"].items()
            if s["value"] is not None and s["field"] in facts.facts and s["value"] != known.get(s["field"])}
