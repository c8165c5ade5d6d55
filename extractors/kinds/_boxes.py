"""Figures that stand one in a box or a printed place: a box holds a figure, whatever glyph the engine saw in it.

A glyph that stands for a figure counts as poorly read, so that it passes only where sums or the amount in 大寫 agree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.kind import Draft, Reader
from extractors.readers.ink import Ink, Paper

POORLY = 0.5
"""The score of a figure that was told only by its box."""

LIKE = {glyph: figure for figure, glyphs in {
    "0": "CcGOoDQUu℃〇○口", "1": "/|lI丨!]", "2": "Zz", "5": "Ss", "8": "B", "6": "b", "9": "gq", "4": "A",
}.items() for glyph in glyphs}


def as_figure(ink: Ink) -> Ink | None:
    """A box's ink as a figure: the likeliest that the engine would have instead, else the one that the glyph looks like; None where
    neither tells."""
    if re.fullmatch("[0-9]", ink.text):
        return ink
    if len(ink.text) != 1:
        return None
    others = sorted(((chance, c) for c, chance in (ink.alternatives[0] if ink.alternatives else ()) if c in "0123456789"), reverse=True)
    told = others[0][1] if others else LIKE.get(ink.text, "")
    return Ink(told, ink.boxes, ink.page, min(ink.confidence, POORLY), ink.source, ink.cut, (POORLY,)) if told else None


def apart(row: Sequence[Ink]) -> list[Ink]:
    """The figures at the head of a row that stand one a place, two or more, with whatever else stands in such a place among them."""
    run: list[Ink] = []
    for ink in row:
        if run:
            wide = 6.0 if len(ink.text) == len(run[-1].text) == 1 else 1.5
            if ink.box.left - run[-1].box.right > wide * min(ink.em, run[-1].em):
                break
        if not re.fullmatch(r"[0-9]{1,4}", ink.text):
            if not run or len(ink.text) != 1 or ink.text in "元圓整正" or not _next_place(run, ink):
                break
            ink = as_figure(ink) or ink
        run.append(ink)
    return run if len(run) > 1 else []


def _next_place(run: Sequence[Ink], ink: Ink) -> bool:
    """Whether the ink stands as far behind the run as its figures stand behind each other."""
    if any(len(i.text) > 1 for i in run):
        return False
    way = ink.box.centre[0] - run[-1].box.centre[0]
    return len(run) < 2 and way < 3 * run[-1].height or len(run) > 1 and way < 1.6 * (run[-1].box.centre[0] - run[-2].box.centre[0])


def figures_apart(row: Sequence[Ink]) -> Ink | None:
    """The figures of ``_apart`` put together; None where there are none, or where a gap or a strange sign says that one of them is lost."""
    run = apart(row)
    ways = [b.box.centre[0] - a.box.centre[0] for a, b in zip(run, run[1:], strict=False) if len(a.text) == len(b.text) == 1]
    lost = any(not i.text.isdigit() for i in run) or (ways and max(ways) >= 1.6 * min(ways))
    return Ink.joined(run) if run and not lost else None


def whole(reader: Reader) -> Reader:
    """The reader's amounts, with the figures that stand in boxes beside those that it took; none where one of these is lost."""

    def read(paper: Paper) -> list[Draft]:
        out = []
        for draft in reader(paper):
            if draft.value is not None and re.fullmatch("[0-9]{1,2}", draft.ink.text):
                row = next((s.row(draft.ink.box) for s in paper.sheets if s.number == draft.ink.page), [])
                runs = [run for run in (apart(row[k:]) for k in range(len(row))) if any(i.box == draft.ink.box for i in run)]
                if runs:
                    ink = figures_apart(runs[0])
                    draft = replace(draft, value=int(re.sub(r"\s", "", ink.text)), ink=ink) if ink else replace(draft, value=None)
            out.append(draft)
        return out

    return read


def broken(row: Sequence[Ink]) -> Ink | None:
    """The figures at the head of a row that one amount was broken into (8,77 1)."""
    run = list(row[:1])
    for ink in row[1:]:
        if not re.fullmatch(r"[0-9,.]+", run[-1].text + ink.text) or ink.box.left - run[-1].box.right > 0.4 * min(ink.em, run[-1].em):
            break
        run.append(ink)
    text = "".join(i.text for i in run)
    return _one(run) if len(run) > 1 and re.fullmatch(r"[0-9]{1,3}(?:[,.][0-9]{3})+|[0-9]+", text) else None


def _one(inks: Sequence[Ink]) -> Ink:
    """Stretches as one without the blanks that joining puts between figures."""
    joined = Ink.joined(inks)
    kept = [k for k, c in enumerate(joined.text) if c != " "]
    text, boxes = "".join(joined.text[k] for k in kept), tuple(joined.boxes[k] for k in kept)
    return Ink(text, boxes, joined.page, joined.weakest, joined.source, joined.cut)
