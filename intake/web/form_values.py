"""A filled form whose values can be clicked: what each came from, its ink, who confirmed it.

Every hot spot is a link of its own, so that it can be reached with the keyboard and works without scripts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from domain.errors import NotFound
from domain.field import Computed, Entry, Read, origin_from_json
from intake import form_age
from intake.people import audit
from intake.store import repository
from intake.store.views import FormView
from intake.web import counted, render, values
from intake.web import facts as fact_views
from intake.web.door import SignedIn, Visit, go
from intake.web.facts import Spot

router = APIRouter(include_in_schema=False)

WIDE, HIGH = 1000, 1414
"""The page's own measure for the hot spots: A4."""
ROOM = 3
"""How far a hot spot goes beyond the ink, so that a finger meets a small box."""


@dataclass(frozen=True)
class HotSpot:
    """A value's place on a page, in the page's measure."""

    slot: str
    said: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Origin:
    """Where a printed value came from. ``computed`` are the fields it was computed from, as (id, name, value as shown)."""

    read: Read | None = None
    entry: Entry | None = None
    how: str = ""
    computed: tuple[tuple[str, str, str], ...] = ()
    spots: tuple[Spot, ...] = ()
    witnesses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chosen:
    """The value that was clicked; ``unit`` stands behind the print, ``sum`` says how the print came from a value in 元."""

    slot: str
    label: str
    printed: str
    field: str
    origin: Origin
    unit: str = ""
    sum: str = ""


@router.get("/cases/{number}/trace")
def trace(visit: SignedIn, number: str) -> Response:
    """Where the code on a printed bundle leads: the first form of the case. Raises NotFound."""
    case = repository.case(visit.session, number, visit.person)
    forms = repository.forms(visit.session, case.id)
    return go(f"/cases/{number}/forms/{forms[0].form}" if forms else f"/cases/{number}/forms")


@router.get("/cases/{number}/forms/{form_id}")
def values_of(visit: SignedIn, number: str, form_id: str, slot: str = "") -> Response:
    """The form with its hot spots, and beside it the value of ``slot``. Raises NotFound."""
    case = repository.case(visit.session, number, visit.person)
    forms = repository.forms(visit.session, case.id)
    form = next((f for f in forms if f.form == form_id), None)
    if form is None:
        raise NotFound("form", form_id)
    labels = _labels(visit, form)
    printed = [(name, labels.get(name, name), s["printed"]) for name, s in form.trace["slots"].items() if s["printed"]]
    chosen = _chosen(visit, case.id, form, slot, labels) if any(name == slot for name, _, _ in printed) else None
    visit.record(audit.LOOK, f"form/{form.id}", case=number, form=form_id, **({"slot": slot} if chosen else {}))
    return render.page(visit, "form_values.html", case=case, form=form, forms=forms, pages=_pages(form, labels), printed=printed,
                       chosen=chosen, wide=WIDE, high=HIGH, newer=_newer(visit, form, labels),
                       blank=[p["message"] for p in form.trace.get("problems", [])])


def _newer(visit: Visit, form: FormView, labels: Mapping[str, str]) -> list[tuple[str, str]]:
    """What the case knows otherwise now, or at all: the slot's name and the value as shown."""
    found = form_age.newer(form, visit.service.forms.get(form.form), repository.facts(visit.session, form.case_id))
    return [(labels.get(slot, slot), values.shown(form.trace["slots"][slot]["field"], value)) for slot, value in found.items()]


def _labels(visit: Visit, form: FormView) -> dict[str, str]:
    template = visit.service.forms.get(form.form)
    return {s.id: s.label for s in template.slots} if template and template.edition == form.edition else {}


def _pages(form: FormView, labels: Mapping[str, str]) -> list[tuple[int, list[HotSpot]]]:
    """The pages that can be shown, each with its hot spots in the order of the eye. A form that was filled before places were kept has
    its first page and no hot spot."""
    if form.pdf_sha256 is None:
        return []
    places: Mapping[str, Sequence[Sequence[float]]] = form.trace.get("places", {})
    spots: dict[int, list[HotSpot]] = {1: []}
    for slot, found in places.items():
        done = form.trace["slots"].get(slot)
        if done is None or not done["printed"]:
            continue
        for page, left, top, right, bottom in found:
            spots.setdefault(int(page), []).append(HotSpot(
                slot, f"{labels.get(slot, slot)}：{done['printed']}", round(left * WIDE - ROOM, 1), round(top * HIGH - ROOM, 1),
                round((right - left) * WIDE + 2 * ROOM, 1), round((bottom - top) * HIGH + 2 * ROOM, 1)))
    return [(page, sorted(some, key=lambda s: (round(s.y / 8), s.x))) for page, some in sorted(spots.items())]


def _chosen(visit: Visit, case_id: int, form: FormView, slot: str, labels: Mapping[str, str]) -> Chosen:
    done = form.trace["slots"][slot]
    origin = Origin() if done["origin"] is None else _origin(visit, case_id, done)
    known = visit.service.forms
    return Chosen(slot, labels.get(slot, slot), done["printed"], done["field"], origin, counted.unit(form, slot, known),
                  counted.sum_said(form, slot, known))


def _origin(visit: Visit, case_id: int, done: Mapping[str, Any]) -> Origin:
    found = origin_from_json(done["field"], done["value"], done["origin"])
    if isinstance(found, Computed):
        facts = repository.facts(visit.session, case_id).facts
        used = tuple((f, values.label(f), values.shown(f, facts[f].value) if f in facts else values.UNKNOWN) for f in found.computed_from)
        reads = [o for f in found.computed_from if f in facts for o in facts[f].origins]
        return Origin(how=found.how, computed=used, spots=fact_views.spots(visit.session, case_id, reads))
    read = found if isinstance(found, Read) else found.confirms
    return Origin(read, found if isinstance(found, Entry) else None, spots=fact_views.spots(visit.session, case_id, [read] if read else []),
                  witnesses=tuple(dict.fromkeys(fact_views.witness(w) for w in read.witnesses)) if read else ())
