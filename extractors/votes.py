"""Names that a paper prints twice: a glyph that one place shows poorly is taken from the other that shows it well.

The head of each page, a seal, a list of directors say the same name again. A name so put right waits for a person, who is told so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from domain.document import OCR
from extractors.kind import Draft, Sketch
from extractors.readers.ink import Ink
from extractors.risk import ENTITIES

PERSON = "org.responsible_person"
SENTENCE = "有字看不清楚，依同一份文件另一處寫作「{}」，請核對"
POOR, CLEARER = 0.9, 0.1
"""The engine's score of a glyph below which it may give way, and by how much the other's must be better."""

SHORTEST = 3
"""A name of fewer signs is like too many others."""


def vote(sketch: Sketch) -> None:
    """Put right the poorly legible glyphs of the paper's names by other places that print nearly the same name."""
    for name in (*ENTITIES, PERSON):
        drafts = sketch.drafts.get(name, [])
        at = next((k for k, d in enumerate(drafts) if d.value is not None), None)
        if at is None or (better := _better(sketch, drafts[at])) is None:
            continue
        drafts[at] = replace(drafts[at], value=better)
        sketch.doubt(SENTENCE.format(better), name)


def _better(sketch: Sketch, draft: Draft) -> str | None:
    """The draft's name with its poor glyphs as another place of the paper has them; None where no place has them better."""
    ink, value = draft.ink, draft.value
    if ink.source != OCR or value != ink.text or len(ink.scores) != len(ink.text) or len(ink.text) < SHORTEST or min(ink.scores) >= POOR:
        return None
    best = list(zip(ink.text, ink.scores, strict=True))
    for text, scores in _alike(sketch, ink) if not _again(sketch, ink) else ():
        for k, (c, s) in enumerate(zip(text, scores, strict=True)):
            if ink.scores[k] < POOR and s > max(best[k][1], ink.scores[k] + CLEARER):
                best[k] = (c, s)
    told = "".join(c for c, _ in best)
    return told if told != ink.text else None


def _again(sketch: Sketch, ink: Ink) -> bool:
    """Whether another stretch says the very same."""
    return any(ink.text in i.text and (i.page != ink.page or i.box.overlap(ink.box) == 0) for s in sketch.paper.sheets for i in s.inks)


def _alike(sketch: Sketch, ink: Ink) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Other stretches of as many signs, of which no more than a third differ."""
    size = len(ink.text)
    for sheet in sketch.paper.sheets:
        for other in sheet.inks:
            if len(other.scores) != len(other.text) or (other.page == ink.page and other.box.overlap(ink.box) > 0):
                continue
            for k in range(len(other.text) - size + 1):
                part = other.text[k:k + size]
                if 0 < sum(a != b for a, b in zip(part, ink.text, strict=True)) <= size // 3:
                    yield part, other.scores[k:k + size]
