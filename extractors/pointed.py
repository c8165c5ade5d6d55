"""At which ink a reading points: the value's own signs, and its plain print before a seal that repeats it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from domain.vocabulary import term
from extractors.kind import Draft, Sketch
from extractors.readers.ink import Ink, Sheet
from extractors.standing import SELLER, words_beside

_SEAL = re.compile(r"專用章|印章$|戳記$")
ACROSS, DOWN = 0.13, 0.12
"""How far the middle of what stands in a seal lies from that of the seal's words, as fractions of the page."""


def pointed(sketch: Sketch, name: str, draft: Draft) -> Ink:
    """The ink that is shown as the value's place; no evidence of anything."""
    ink = draft.ink
    if draft.witness == "qr" or draft.parts:
        return ink
    sheet = next(s for s in sketch.paper.sheets if s.number == ink.page)
    if (term(name).type == "digits8" or name == SELLER) and _sealed(sheet, ink):
        plain = [i for i in _again(sketch, draft) if not _sealed(sheet, i)]
        return next((i for i in plain if name == SELLER or words_beside(sketch, replace(draft, ink=i))), ink)
    if isinstance(draft.value, str) and len(draft.value) < len(ink.text) and (at := ink.text.find(draft.value)) >= 0:
        return ink.part(at, at + len(draft.value))
    return ink


def _sealed(sheet: Sheet, ink: Ink) -> bool:
    x, y = ink.box.centre
    return any(abs(i.box.centre[0] - x) < ACROSS and abs(i.box.centre[1] - y) < DOWN for i in sheet.inks if _SEAL.search(i.text))


def _again(sketch: Sketch, draft: Draft) -> Iterator[Ink]:
    """The other places of a page where the value's signs stand."""
    for sheet in sketch.paper.sheets:
        for ink in sheet.inks if sheet.number == draft.ink.page else ():
            at = ink.text.find(str(draft.value))
            if at >= 0 and ink.box.overlap(draft.ink.box) == 0:
                yield ink.part(at, at + len(str(draft.value)))
