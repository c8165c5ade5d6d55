"""Who agrees: from drafts to readings with a status and a confidence.

A value passes without a person only when independent evidence agrees and nothing speaks against it: when nothing is doubted and the
chance that it is wrong, which ``extractors.risk`` estimates from the ink and the witnesses, is not above what the policy allows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from domain.document import TEXT_LAYER, Box
from domain.field import ACCEPTED, REVIEW, Reading, Value
from domain.taiwan import ubn
from domain.vocabulary import term
from extractors.doubts import doubts as against
from extractors.kind import Draft, Sketch
from extractors.policy import DEFAULT, Policy
from extractors.readers.ink import Ink, plain
from extractors.readers.labels import distance
from extractors.risk import NAMES, risk
from extractors.standing import alike, place

Second = Callable[[int, Sequence[Box], str], list[str]]
"""A second engine: page number, boxes of one line each in the upright frame, the only characters that may stand there (empty: any) → the
text it reads in each, empty where it reads nothing."""

FIGURES = "0123456789,.-/"
LATIN = FIGURES + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

SPECKS = " -_—~.,:;|'`\"*"
"""What the second engine makes of dirt and of the ends of borders."""

DASHES = str.maketrans("—–―－一ー", "------")
"""What engines make of a hyphen among Latin letters and figures."""


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
        if alike(other.value, best.value):
            if not _overlap(other.ink, best.ink):
                witnesses.add("same-paper")
        elif other.firm and not _shorter_form(name, best.value, other.value):
            doubts.append(f"同一份文件兩處不同：「{shown(best.value)}」與「{shown(other.value)}」")
    witnesses |= _checks(name, best.value)
    doubts += against(sketch, name, best)
    witnesses |= place(sketch, name, best)
    chance = risk(name, best, witnesses)
    if second is not None and best.ink.source != TEXT_LAYER and chance > most and not doubts and (agrees := _asked(name, best, second)):
        witnesses.add(agrees)
        chance = risk(name, best, witnesses)
    status = ACCEPTED if chance <= most and not doubts else REVIEW
    if doubts:
        chance = max(chance, DOUBTED)
    return _reading(sketch, best, status, 1.0 - chance, witnesses, doubts)


DOUBTED = 0.3
"""The least chance of being wrong that is stated of a value which something speaks against."""

PARTS = 40
"""The longest list of which every part is shown to the second engine."""


def _asked(name: str, draft: Draft, second: Second) -> str | None:
    """Whether the second engine agrees, by what witness. A list agrees when all of its parts do."""
    if draft.parts:
        return _parts_agree(draft.parts, second) if len(draft.parts) <= PARTS else None
    if _agrees(draft, second):
        return "ocr:second"
    if name == "org.registered_address" and isinstance(draft.value, str):
        value = _again(draft, second, 0.0, 0.0, "")
        return "ocr:second-nearly" if isinstance(value, str) and _nearly(value, draft.value) else None
    return None


def _parts_agree(parts: Sequence[Draft], second: Second) -> str | None:
    """Whether the second engine reads all parts of a list alike, or most of them and none otherwise."""
    alike_parts = 0
    for k, part in enumerate(parts):
        opinion = _opinion(part, second)
        if opinion is False or (opinion is None and k + 1 - alike_parts > (1 - MOST) * len(parts)):
            return None
        alike_parts += opinion is True
    return "ocr:second-parts" if alike_parts == len(parts) else "ocr:second-most"


WIDER, FLATTER = 0.15, -0.1
"""How far a crop is grown for another look, in heights of its line: a glyph at its end may have been cut (then any character may stand
there, since a 元 at the end must not be taken for a figure); or the rules of its cell above and below hide a few figures."""

MOST = 2 / 3
"""The share of a list's parts that the second engine must read alike, where it reads none of them otherwise."""


def _agrees(draft: Draft, second: Second) -> bool:
    """Whether the second engine reads the same value in the draft's place."""
    return _opinion(draft, second) is True


def _opinion(draft: Draft, second: Second) -> bool | None:
    """Whether the second engine reads the same value in the draft's place, at once, with a little more room around it or, of figures, with
    a little less; None where it reads no value of the form at all."""
    alphabet = _alphabet(draft)
    looks = ((0.0, 0.0, alphabet), (WIDER, WIDER, ""), *(((0.0, FLATTER, alphabet),) if alphabet else ()))
    seen = False
    for look in looks:
        value = _again(draft, second, *look)
        if value is not None and alike(value, draft.value):
            return True
        seen = seen or value is not None
    return False if seen else None


def _again(draft: Draft, second: Second, wide: float, high: float, alphabet: str) -> Value:
    """The value in what the second engine reads, line by line; specks at either end are left out where they stand in the way."""
    boxes = [b.grown(wide * b.height, high * b.height) for b in _rows(draft.ink)]
    text = "".join(t.strip() for t in second(draft.ink.page, boxes, alphabet))
    if draft.parser and _same_ink(text, draft):
        return draft.value
    if draft.ink.text.translate(DASHES).isascii():
        text = text.translate(DASHES)
    for said in dict.fromkeys((text, text.strip(SPECKS), text.replace(",", "."))):
        if said and draft.parser and (found := draft.parser(plain(said))):
            return found.value
    return None


def _same_ink(text: str, draft: Draft) -> bool:
    """Whether the second engine saw the very same signs, or among others those of a number too long to be met by chance."""
    said, seen = ("".join(t.translate(DASHES).split()) for t in (text, draft.ink.text))
    if said == seen:
        return True
    return isinstance(draft.value, str) and re.fullmatch("[A-Z0-9]{7,}", draft.value) is not None and draft.value in said \
        and draft.value == "".join(c for c in seen if c not in SPECKS)


def _rows(ink: Ink) -> list[Box]:
    """The boxes of the lines over which a value runs."""
    rows: list[list[Box]] = []
    for box in ink.boxes:
        if rows and box.same_row(rows[-1][-1]):
            rows[-1].append(box)
        else:
            rows.append([box])
    return [Box.around(r) for r in rows]


def _alphabet(draft: Draft) -> str:
    """Figures, or figures and capitals, where the first engine saw nothing else and the value is made of nothing else."""
    seen = {*draft.ink.text.translate(DASHES), *(draft.value if isinstance(draft.value, str) else "")}
    return next((letters for letters in (FIGURES, LATIN) if seen <= {*letters, " "}), "")


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
