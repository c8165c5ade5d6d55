"""A second engine looks at the place of a value: whether it agrees, and with how much of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from domain.document import Box
from domain.field import Value
from domain.vocabulary import term
from extractors.kind import Draft
from extractors.readers.ink import Ink, is_han, plain
from extractors.readers.labels import distance
from extractors.risk import CONFUSED, GLYPHS, MISREAD, NUMERIC, WORDED, fixed
from extractors.standing import alike

Second = Callable[[int, Sequence[Box], str], list[str]]
"""A second engine: page number, boxes of one line each in the upright frame, the only characters that may stand there (empty: any) → the
text it reads in each, empty where it reads nothing."""

FIGURES = "0123456789,.-/"
LATIN = FIGURES + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

SPECKS = " -_—~.,:;|'`\"*"
"""What the second engine makes of dirt and of the ends of borders."""

DASHES = str.maketrans("—–―－一ー", "------")
"""What engines make of a hyphen among Latin letters and figures."""

PARTS = 40
"""The longest list of which every part is shown to the second engine."""

MOST = 2 / 3
"""The share of a list's parts, or of a name's glyphs, that the second engine must read alike, where it reads none of them otherwise."""

WIDER, FLATTER, TIGHTER = 0.15, -0.1, -0.2
"""How far a crop is grown for another look, in heights of its line: a glyph at its end may have been cut (then any character may stand
there, since a 元 at the end must not be taken for a figure); or what stands above and below a line that is not quite level, rules and other
lines, hides its glyphs."""


AGAINST, UNASKED = "against", "unasked"
"""The second engine reads another value; there is none."""

SURE = MISREAD[0][0]
"""The first engine's score from which on it is quite sure of a glyph."""


def opinion(name: str, draft: Draft, second: Second) -> str | None:
    """By what witness the second engine agrees; AGAINST where it reads another value in figures; None where its answer tells nothing: it
    reads nothing of the form, or another name, as it often does. A list agrees when all of its parts do."""
    if draft.parts:
        return _of_parts(draft.parts, second) if len(draft.parts) <= PARTS else None
    texts: list[str] = []
    numeric = term(name).type in NUMERIC
    agrees = _agrees(draft, second, texts, numeric)
    if agrees:
        return "ocr:second"
    if name in WORDED and isinstance(draft.value, str):
        if _glyphs_agree(name, draft.ink, texts):
            return GLYPHS
        if name == "org.registered_address" and any(_nearly(str(v), draft.value) for t in texts for v in _values(t, draft)):
            return "ocr:second-nearly"
    return AGAINST if numeric and agrees is False else None


def _of_parts(parts: Sequence[Draft], second: Second) -> str | None:
    """Whether the second engine reads all parts of a list alike, or most of them, and none of which the first is not quite sure otherwise:
    small figures alone in a cell are hard for it."""
    alike_parts = 0
    for k, part in enumerate(parts):
        agrees = _agrees(part, second, [])
        if agrees is False and part.ink.weakest < SURE:
            return AGAINST
        if agrees is not True and k + 1 - alike_parts > (1 - MOST) * len(parts):
            return None
        alike_parts += agrees is True
    return "ocr:second-parts" if alike_parts == len(parts) else "ocr:second-most"


def _agrees(draft: Draft, second: Second, texts: list[str], figures: bool = False) -> bool | None:
    """Whether the second engine reads the same value in the draft's place, at once, with a little more room around it or a little less;
    None where it reads no value of the form at all. What it reads is put to ``texts``."""
    alphabet = _alphabet(draft)
    looks = ((0.0, 0.0, alphabet), (WIDER, WIDER, ""), (0.0, FLATTER if alphabet else TIGHTER, alphabet))
    seen = False
    for wide, high, letters in looks:
        boxes = [b.grown(wide * b.height, high * b.height) for b in _rows(draft.ink)]
        text = "".join(t.strip() for t in second(draft.ink.page, boxes, letters))
        texts.append(text)
        values = _values(text, draft)
        if _same_ink(text, draft) or (figures and _same_figures(text, draft.ink.text)) or any(alike(v, draft.value) for v in values):
            return True
        seen = seen or bool(values)
    return False if seen else None


def _values(text: str, draft: Draft) -> list[Value]:
    """The value in what the second engine reads; specks at either end are left out where they stand in the way."""
    if draft.ink.text.translate(DASHES).isascii():
        text = text.translate(DASHES)
    for said in dict.fromkeys((text, text.strip(SPECKS), text.replace(",", "."))):
        if said and draft.parser and (found := draft.parser(plain(said))):
            return [found.value]
    return []


def _same_ink(text: str, draft: Draft) -> bool:
    """Whether the second engine saw the very same signs, or among others those of a number too long to be met by chance."""
    said, seen = ("".join(t.translate(DASHES).split()) for t in (text, draft.ink.text))
    if said == seen:
        return True
    return isinstance(draft.value, str) and re.fullmatch("[A-Z0-9]{7,}", draft.value) is not None and draft.value in said \
        and draft.value == "".join(c for c in seen if c not in SPECKS)


def _same_figures(text: str, seen: str) -> bool:
    """Whether the second engine saw the same figures, three or more and in the same order, whatever it made of the words between them."""
    figures = re.sub("[^0-9]", "", seen)
    return len(figures) >= 3 and re.sub("[^0-9]", "", text) == figures and re.search(r"[零〇一二三四五六七八九十百千萬億]", seen) is None


def _glyphs_agree(name: str, ink: Ink, texts: Sequence[str]) -> bool:
    """Whether, of a name, the second engine reads alike all figures, every glyph that the first engine is not quite sure of or that stands
    for a rarer one, and most glyphs in all, and finds none between them that the first engine dropped."""
    places = [i for i, c in enumerate(ink.text) if c != " "]
    seen = "".join(ink.text[i] for i in places)
    settled = fixed(name, ink.text)
    agreed: set[int] = set()
    for text in texts:
        said = "".join(text.split())
        blocks = [b for b in SequenceMatcher(None, said, seen, autojunk=False).get_matching_blocks() if b.size]
        for a, b in zip(blocks, blocks[1:], strict=False):
            if b.b == a.b + a.size and any(is_han(c) for c in said[a.a + a.size:b.a]):
                return False
        agreed |= {places[k] for b in blocks for k in range(b.b, b.b + b.size)}
    scores = dict(zip(range(len(ink.text)), ink.scores or (ink.confidence,) * len(ink.text), strict=False))
    free = [i for i in places if i not in settled]
    unsure = [i for i in free if scores.get(i, 0.0) < SURE or ink.text[i].isdigit() or ink.text[i] in CONFUSED]
    return agreed.issuperset(unsure) and len(agreed & {*free}) >= MOST * len(free)


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
