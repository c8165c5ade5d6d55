"""Words of a table that an engine tore or spoilt: heads in pieces, months with a stray sign."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from domain.document import OCR
from extractors.readers.ink import Ink, Sheet

_NO_DAY = re.compile(r"(?:中華民國|民國)?[0-9]{2,3}年[0-9]{1,2}[日曰目用](?=份?$)")
_SPECK = re.compile(r"(1[0-9]{2}|[1-9][0-9])[.,·]/(?:0[1-9]|1[0-2])")
_PIECE = re.compile(r"[\u4e00-\u9fff]{1,3}")


def mended_month(ink: Ink) -> Ink:
    """A year and a month whose last sign the engine took for a like one (114年12日), which is no day, with that sign put right; one with a
    speck before the stroke (107./02) without it."""
    if ink.source != OCR:
        return ink
    if m := _SPECK.fullmatch(ink.text):
        return _without(ink, m.end(1))
    if m := _NO_DAY.match(ink.text):
        return replace(ink, text=ink.text[:m.end() - 1] + "月" + ink.text[m.end():])
    return ink


def _without(ink: Ink, at: int) -> Ink:
    kept = [k for k in range(len(ink.text)) if k != at]
    scores = tuple(ink.scores[k] for k in kept) if ink.scores else ()
    return Ink("".join(ink.text[k] for k in kept), tuple(ink.boxes[k] for k in kept), ink.page, ink.confidence, ink.source, ink.cut, scores)


@lru_cache(maxsize=4)
def torn(sheet: Sheet) -> list[Ink]:
    """Words of four signs or more that an engine read in pieces of up to three, side by side in one row."""
    pieces = [i for i in sheet.inks if i.source == OCR and _PIECE.fullmatch(i.text)]
    out: list[Ink] = []
    for first in pieces:
        run = [first]
        for ink in sheet.row(first.box):
            if ink in pieces and -0.5 * first.em < ink.box.left - run[-1].box.right < 0.8 * first.em and ink is not first:
                run.append(ink)
        if len(run) > 1 and sum(len(i.text) for i in run) > 3:
            out.append(Ink.joined(run))
    return out
