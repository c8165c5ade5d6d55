"""A person settles a fact: confirms what was read, takes one of two sides, or types another value.

Whoever confirms says which value they saw; if it is another one by now, nothing is saved and they are told.
"""

from __future__ import annotations

from domain.case import CaseFacts
from domain.errors import BadValue, NotFound, Stale
from domain.field import Read, Value
from intake.people import audit
from intake.store import looks, repository
from intake.store.views import CaseView
from intake.web import values
from intake.web.door import Visit
from intake.web.facts import ADOPTED, MENDED, FactView

CONFIRMED, CHOSEN, ADDED, KEPT = "看過文件，確認無誤", "兩份文件不一致，選這一個", "看過文件後補上", "看過文件，照文件上的"

EITHER = "下面其中一個（按 Tab 選、Enter 確定），或您在文件上看到的"


def confirm(visit: Visit, case: CaseView, facts: CaseFacts, view: FactView, seen: str, version: int, ink: Read | None = None) -> None:
    """What was read is right; ``ink`` is a box that was read again for it. Raises Stale where the value is not what was seen."""
    if view.value is None or view.box != seen:
        raise Stale(f"case {case.number}", f"「{view.label}」現在是 {view.shown}")
    _save(visit, case, facts, view, view.value, version, CONFIRMED, ink)


def take_side(visit: Visit, case: CaseView, facts: CaseFacts, view: FactView, side: int, seen: str, version: int) -> None:
    """Of several values, this one. Raises Stale where it is not what was seen."""
    if not 0 <= side < len(view.sides) or view.sides[side].box != seen:
        told = "的讀取結果已更新" if view.value is None else f"現在是 {view.shown}"
        raise Stale(f"case {case.number}", f"「{view.label}」{told}")
    chosen = view.sides[side]
    _save(visit, case, facts, view, chosen.value, version, ADOPTED if chosen.by else KEPT if view.held else CHOSEN)


def change(visit: Visit, case: CaseView, facts: CaseFacts, view: FactView, typed: str, version: int, why: str = "",
           ink: Read | None = None) -> None:
    """Another value, as typed; what was read stays as the value's other origin. Raises BadValue, Stale."""
    value = values.typed(view.id, typed)
    if value is None:
        raise BadValue(view.id, typed, EITHER if view.sides else values.WANTED.get(view.kind, "文字"))
    _save(visit, case, facts, view, value, version, why or (MENDED if view.spots else ""), ink)


def _save(visit: Visit, case: CaseView, facts: CaseFacts, view: FactView, value: Value, version: int, why: str,
          drawn: Read | None = None) -> None:
    for name in view.fields:
        read = next((o for o in facts.facts[name].origins if isinstance(o, Read)), None) if name in facts.facts else None
        version = repository.add_entry(visit.session, case.id, visit.person, name, value, version, why, drawn or read)
    visit.record(audit.CHANGE, f"case/{case.number}", fields=list(view.fields), why=why)


def answer(visit: Visit, case: CaseView, facts: CaseFacts, given: dict[str, Value], version: int, why: str = "") -> int:
    """Save the answers that differ from what is known; how many they were. Raises Stale."""
    new = {f: v for f, v in given.items() if v != (facts.facts[f].value if f in facts.facts else None)}
    for name, value in new.items():
        version = repository.add_entry(visit.session, case.id, visit.person, name, value, version, why)
    if new:
        visit.record(audit.CHANGE, f"case/{case.number}", fields=sorted(new))
    return len(new)


def add(visit: Visit, case: CaseView, field: str, typed: str, version: int, why: str, ink: Read | None = None) -> None:
    """A value for a field that nothing tells yet. Raises BadValue, Stale."""
    value = values.typed(field, typed)
    if value is None:
        raise BadValue(field, typed, values.WANTED.get(looks.kind_of(field), "文字"))
    repository.add_entry(visit.session, case.id, visit.person, field, value, version, why, ink)
    visit.record(audit.CHANGE, f"case/{case.number}", fields=[field], why=why)


def find(views: tuple[FactView, ...], field: str) -> FactView:
    """The view that a page's field names. Raises NotFound."""
    for view in views:
        if view.id == field:
            return view
    raise NotFound("fact", field)
