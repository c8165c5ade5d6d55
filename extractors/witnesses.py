"""Who agrees: from drafts to readings with a status and a confidence.

A value passes without a person only when independent evidence agrees and nothing speaks against it: when nothing is doubted and the
chance that it is wrong, which ``extractors.risk`` estimates from the ink and the witnesses, is not above what the policy allows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.document import TEXT_LAYER
from domain.field import ACCEPTED, REVIEW, Reading, Value
from domain.taiwan import ubn
from domain.vocabulary import term
from extractors.doubts import doubts as against
from extractors.kind import Draft, Sketch
from extractors.pointed import pointed
from extractors.policy import DEFAULT, Policy
from extractors.readers.ink import Ink
from extractors.risk import NAMES, ONE_WORD, OPPOSED, on_one_word, risk
from extractors.second import AGAINST, UNASKED, opinion
from extractors.second import Second as Second
from extractors.standing import alike, place


def settle(sketch: Sketch, second: Second | None = None, policy: Policy = DEFAULT) -> dict[str, Reading]:
    """The readings of one paper. ``second`` is asked only about values whose reading nothing else
    has vouched for, or that would not pass without."""
    out: dict[str, Reading] = {}
    for name, drafts in sketch.drafts.items():
        if drafts:
            out[name] = _settled(sketch, name, drafts, second, policy.risk)
    return out


def _settled(sketch: Sketch, name: str, drafts: Sequence[Draft], second: Second | None, most: float) -> Reading:
    best = next((d for d in drafts if d.value is not None), None)
    if best is None:
        return _illegible(sketch, name, drafts[0])
    witnesses = {_origin(best.ink)} | {best.witness} - {""} | sketch.vouched.get(name, set())
    doubts = list(sketch.doubted.get(name, ()))
    for other in drafts:
        if other is best or other.value is None:
            continue
        if alike(other.value, best.value):
            if not _overlap(other.ink, best.ink):
                witnesses.add("same-paper")
        elif other.firm and not _shorter_form(name, best.value, other.value):
            doubts.append(f"同一份文件兩處不同：「{shown(best.value)}」與「{shown(other.value)}」")
    witnesses |= _checks(name, best.value)
    doubts += against(sketch, name, best)
    witnesses |= place(sketch, name, best)
    chance = risk(name, best, witnesses)
    if best.ink.source != TEXT_LAYER and not doubts and (chance > most or on_one_word(witnesses)):
        says = opinion(name, best, second) if second is not None else UNASKED
        if says not in (None, AGAINST, UNASKED):
            chance = risk(name, best, witnesses := witnesses | {says})
        elif says is not None and on_one_word(witnesses):
            chance = max(chance, OPPOSED if says == AGAINST else ONE_WORD)
    status = ACCEPTED if chance <= most and not doubts else REVIEW
    if doubts:
        chance = max(chance, DOUBTED)
    return _reading(sketch, name, best, status, 1.0 - chance, witnesses, doubts)


DOUBTED = 0.4
"""The least chance of being wrong that is stated of a value which something speaks against: 69 of 164 at first sight."""


def _reading(sketch: Sketch, name: str, draft: Draft, status: str, confidence: float, witnesses: set[str],
             doubts: Sequence[str]) -> Reading:
    ink = pointed(sketch, name, draft)
    page = next(s.page for s in sketch.paper.sheets if s.number == ink.page)
    return Reading(draft.value, ink.text, ink.page, ink.box.mapped(page.displayed), round(confidence, 4), status,
                   tuple(sorted(witnesses)), tuple(dict.fromkeys(doubts)))


def _illegible(sketch: Sketch, name: str, draft: Draft) -> Reading:
    return _reading(sketch, name, replace(draft, value=None), REVIEW, 0.0, {_origin(draft.ink)}, ("印有此欄，但看不清楚或格式不符",))


def _origin(ink: Ink) -> str:
    return "text-layer" if ink.source == TEXT_LAYER else "ocr"


def _overlap(a: Ink, b: Ink) -> bool:
    return a.page == b.page and a.box.overlap(b.box) > 0


def _checks(name: str, value: Value) -> set[str]:
    """Witnesses that the value itself brings: its check digit."""
    if term(name).type == "digits8" and isinstance(value, str):
        if ubn.is_strong(value):
            return {"check:uniform-no-10"}
        if ubn.is_valid(value):
            return {"check:uniform-no-5"}
    return set()


def _shorter_form(name: str, a: Value, b: Value) -> bool:
    """Whether one text is only a part of the other, or its lines put together in another order: no contradiction, no agreement."""
    if not isinstance(a, str) or not isinstance(b, str) or name not in (*NAMES, "ins.unit_no"):
        return False
    return a in b or b in a or sorted(a) == sorted(b)


def shown(value: Value) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def between_papers(sketches: Sequence[Sketch]) -> None:
    """Vouch for what two papers of one file say alike; a contradiction is left for the case to show."""
    said: dict[str, list[tuple[Sketch, Value]]] = {}
    for sketch in sketches:
        for name in ("org.uniform_no", "org.name", "org.responsible_person", "org.registered_address", "fin.paid_in_capital", "ins.unit_no",
                     "ins.unit_name", "org.founding_date", "reg.approval_no", "reg.approval_date", "hc.latest_count"):
            if (value := sketch.value(name)) is not None:
                said.setdefault("org.name" if name == "ins.unit_name" else name, []).append((sketch, value))
    for name, pairs in said.items():
        for sketch, value in pairs:
            if any(other is not sketch and alike(value, v) for other, v in pairs):
                sketch.vouch("other-paper", name)
                if name == "org.name":
                    sketch.vouch("other-paper", "ins.unit_name")
