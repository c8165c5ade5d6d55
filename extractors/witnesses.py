"""Who agrees: from drafts to readings with a status and a confidence.

A value passes without a person only when independent evidence agrees and nothing speaks against it. The chance that a value is wrong
is estimated: it starts from where the text came from (a text layer, or an engine with its score) and every independent witness
multiplies it by how often that witness would pass a wrong value. What is not above the policy's risk is accepted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from domain.document import TEXT_LAYER, Box
from domain.field import ACCEPTED, REVIEW, Reading, Value
from domain.taiwan import ubn
from domain.vocabulary import term
from extractors.kind import Draft, Sketch
from extractors.policy import DEFAULT, Policy
from extractors.readers.ink import Ink, is_han, plain
from extractors.readers.labels import distance
from extractors.readers.values import has_suffix, misgrouped

Second = Callable[[int, Sequence[Box], bool], list[str]]
"""A second engine: page number, boxes of one line each in the upright frame, digits only → the text it reads in each, empty where it
reads nothing. Boxes of one list come together, since every start of the engine costs."""

TEXT_LAYER_WRONG = 0.001
BY_SCORE = ((0.995, 0.008), (0.98, 0.012), (0.95, 0.03), (0.90, 0.15), (0.80, 0.25), (0.0, 0.5))
"""The chance that a value read by the engine is wrong, by the engine's score for the line: measured on 500 values of generated
papers (none of 360 wrong in the first band, none of 50 in the second, 1 of 57, 3 of 17), rounded towards caution."""

LETS_PASS: Mapping[str, float] = {
    "qr": 0.001, "ocr:second": 0.06, "ocr:second-parts": 0.06, "ocr:second-nearly": 0.3,
    "check:uniform-no-10": 0.12, "check:uniform-no-5": 0.3, "closed-list": 0.03, "same-paper": 0.1, "other-paper": 0.1,
    "financial-numerals": 0.05, "check:sequence": 0.03, "check:range": 0.2, "check:year": 0.6, "check:row-count": 0.05,
}
"""How often each witness would let a wrong value pass; any other ``check:`` counts as arithmetic."""

ARITHMETIC = 0.05
NAMES = ("org.name", "org.responsible_person", "ins.unit_name", "inv.seller_name", "org.registered_address")
ENTITIES = ("org.name", "ins.unit_name", "inv.seller_name")
"""Names that mostly end in 公司, 行, 社 and the like: one that does not may be some other words, so it needs more agreement."""

SAME_ENGINE = 0.5
"""What agreement of the same engine with itself is worth for names: it misreads a rare glyph the same way every time."""

DIGITS = re.compile(r"^[0-9.,/\- ]+$")


def settle(sketch: Sketch, second: Second | None = None, policy: Policy = DEFAULT) -> dict[str, Reading]:
    """The readings of one paper. ``second`` is asked only about values that nothing else has vouched for."""
    out: dict[str, Reading] = {}
    for name, drafts in sketch.drafts.items():
        if drafts:
            out[name] = _settled(sketch, name, drafts, second, policy.risk)
    return out


def _settled(sketch: Sketch, name: str, drafts: Sequence[Draft], second: Second | None, most: float) -> Reading:
    best = next((d for d in drafts if d.value is not None), None)
    if best is None:
        return _illegible(sketch, drafts[0])
    witnesses = {_origin(best.ink)} | {best.witness} - {""} | sketch.vouched.get(name, set())
    doubts = list(sketch.doubted.get(name, ()))
    for other in drafts:
        if other is best or other.value is None:
            continue
        if same(other.value, best.value):
            if not _overlap(other.ink, best.ink):
                witnesses.add("same-paper")
        elif other.firm and not _shorter_form(name, best.value, other.value):
            doubts.append(f"同一份文件兩處不同：「{shown(best.value)}」與「{shown(other.value)}」")
    witnesses |= _checks(name, best.value)
    doubts += _glyph_doubts(name, best)
    if best.ink.cut and best.witness != "qr":
        doubts.append("字在影像邊緣，可能被切掉一部分")
    risk = _risk(name, best.ink, witnesses)
    if second is not None and risk > most and not doubts and (agrees := _asked(name, best, second)):
        witnesses.add(agrees)
        risk = _risk(name, best.ink, witnesses)
    status = ACCEPTED if risk <= most and not doubts else REVIEW
    if doubts:
        risk = max(risk, 0.3)
    return _reading(sketch, best, status, 1.0 - risk, witnesses, doubts)


PARTS = 14
"""The longest list of which every part is shown to the second engine."""


def _asked(name: str, draft: Draft, second: Second) -> str | None:
    """Whether the second engine agrees, by what witness. A list agrees when all of its parts do."""
    if draft.parts:
        agreed = len(draft.parts) <= PARTS and all(
            _again(p, t) == p.value or _again(p, _alone(p, second)) == p.value for p, t in _column(draft.parts, second))
        return "ocr:second-parts" if agreed else None
    if draft.parser is None:
        return None
    value = _again(draft, _alone(draft, second))
    if value is not None and same(value, draft.value):
        return "ocr:second"
    if name == "org.registered_address" and isinstance(value, str) and isinstance(draft.value, str) and _nearly(value, draft.value):
        return "ocr:second-nearly"
    return None


def _column(parts: Sequence[Draft], second: Second) -> Iterator[tuple[Draft, str]]:
    """Each part with what the second engine reads there; parts of one page and one sort are asked about together."""
    together: dict[tuple[int, bool], list[Draft]] = {}
    for part in parts:
        together.setdefault((part.ink.page, _digits(part)), []).append(part)
    for (page, digits), some in together.items():
        yield from zip(some, second(page, [p.ink.box for p in some], digits), strict=True)


def _alone(draft: Draft, second: Second) -> str:
    """What the second engine reads in the draft's place; a line among others sometimes gains a character that is not there."""
    return second(draft.ink.page, (draft.ink.box,), _digits(draft))[0]


def _digits(draft: Draft) -> bool:
    return bool(DIGITS.match(draft.ink.text))


def _again(draft: Draft, text: str) -> Value:
    """The value in what the second engine reads in the draft's place."""
    found = draft.parser(plain(text)) if text.strip() and draft.parser else None
    return found.value if found else None


def _nearly(a: str, b: str) -> bool:
    """Whether two addresses have the same figures and differ in no more than one character of ten."""
    return re.findall(r"[0-9]+", a) == re.findall(r"[0-9]+", b) and distance(a, b, 3) <= len(b) // 10


def _reading(sketch: Sketch, draft: Draft, status: str, confidence: float, witnesses: set[str], doubts: Sequence[str]) -> Reading:
    page = next(s.page for s in sketch.paper.sheets if s.number == draft.ink.page)
    return Reading(draft.value, draft.ink.text, draft.ink.page, draft.ink.box.mapped(page.displayed), round(confidence, 4), status,
                   tuple(sorted(witnesses)), tuple(dict.fromkeys(doubts)))


def _illegible(sketch: Sketch, draft: Draft) -> Reading:
    return _reading(sketch, replace(draft, value=None), REVIEW, 0.0, {_origin(draft.ink)}, ("印有此欄，但看不清楚或格式不符",))


def _origin(ink: Ink) -> str:
    return "text-layer" if ink.source == TEXT_LAYER else "ocr"


def _overlap(a: Ink, b: Ink) -> bool:
    return a.page == b.page and a.box.overlap(b.box) > 0


def _risk(name: str, ink: Ink, witnesses: set[str]) -> float:
    if "qr" in witnesses:
        return LETS_PASS["qr"]
    risk = TEXT_LAYER_WRONG if ink.source == TEXT_LAYER else next(r for least, r in BY_SCORE if ink.confidence >= least)
    if term(name).type == "money" and misgrouped(ink.text):
        risk = min(1.0, 10 * risk)
    if name in ENTITIES and not has_suffix(ink.text):
        risk = min(1.0, 10 * risk)
    for witness in witnesses - {"ocr", "text-layer"}:
        lets = LETS_PASS.get(witness, ARITHMETIC)
        if name in NAMES and witness in ("same-paper", "other-paper"):
            lets = SAME_ENGINE
        risk *= lets
    return risk


def _checks(name: str, value: Value) -> set[str]:
    """Witnesses that the value itself brings: its check digit."""
    if term(name).type == "digits8" and isinstance(value, str):
        if ubn.is_strong(value):
            return {"check:uniform-no-10"}
        if ubn.is_valid(value):
            return {"check:uniform-no-5"}
    return set()


def _glyph_doubts(name: str, draft: Draft) -> list[str]:
    """Glyphs in a name that Taiwan's own character set does not have, or an engine's low score: both engines fail on them silently."""
    if draft.ink.source == TEXT_LAYER:
        return []
    if term(name).type == "digits8" and draft.witness != "qr" and isinstance(draft.value, str) and not ubn.is_valid(draft.value):
        return ["統一編號檢查碼不符，可能看錯字"]
    if name in NAMES and isinstance(draft.value, str):
        odd = [c for c in draft.value if is_han(c) and not _in_big5(c)]
        if odd:
            return [f"「{'、'.join(odd)}」字形罕見或為異體字，請核對"]
    return []


def _in_big5(c: str) -> bool:
    try:
        c.encode("cp950")
    except UnicodeEncodeError:
        return False
    return True


def same(a: Value, b: Value) -> bool:
    """Whether two values agree; text without blanks."""
    if isinstance(a, str) and isinstance(b, str):
        return "".join(a.split()) == "".join(b.split())
    return bool(a == b)


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
            if any(other is not sketch and same(value, v) for other, v in pairs):
                sketch.vouch("other-paper", name)
                if name == "org.name":
                    sketch.vouch("other-paper", "ins.unit_name")
