"""A PDF page read by its text layer, if the text layer tells the whole truth about the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from domain.document import TEXT_LAYER, Page
from extractors.limits import Limits
from extractors.pages import frame, textlayer
from extractors.pages.drawing import Drawing, survey
from extractors.pages.pdf import PdfFile
from extractors.pages.rules import Rules, of_segments
from extractors.pages.scan import Frame
from extractors.pages.textlayer import Glyph

_ENOUGH = 12
_CHINESE = 0.05
_STRANGE = 0.08
_LONG_ENOUGH, _LETTERS, _PAIRED = 200, 0.7, 0.15
"""The least text that shows its language, and the shares of Latin letters in it and of common pairs in these: languages have 0.17 to 0.36,
letters drawn at random 0.04."""
_PAIRS = ("th", "he", "in", "er", "an", "re", "on", "at", "en", "nd", "es", "or", "te", "of", "ed", "is", "it", "al", "ar", "st", "to",
          "nt")
_PICTURE = 0.5
_COVERED = 0.7
_LOOK_DPI = 60


def read(file: PdfFile, number: int, limits: Limits) -> tuple[Page, Frame] | None:
    """Page ``number`` by its text layer (an empty page has an empty one); None where there is none or it cannot be trusted: the page
    is then a picture to read.

    Trusted is text that is Chinese (a font without its table of characters gives Latin gibberish) or plainly a European language, holds
    few characters of private use, and, where a picture covers half the page, accounts for the ink that is to be seen (a scan with a
    stamp of text, or with somebody else's hidden OCR under it, does not)."""
    page = file.page(number)
    width, height = file.size(page)
    found = textlayer.glyphs(page, width, height, limits.page_characters)
    drawing = survey(page, limits.page_objects)
    if drawing.objects and (len(found) < _ENOUGH or not (_plausible(found) or _foreign(page, found, limits))):
        return None
    if drawing.pictures > _PICTURE and (_hidden(page) or not _accounts(file, page, found, (width, height))):
        return None
    turn = textlayer.reading_turn(found)
    upright, w, h = textlayer.turned_back(found, turn, width, height)
    rules = _rules(page, drawing, (width, height), turn)
    walls = [(wall.upper * w, wall.top * h, wall.bottom * h) for wall in rules.walls]
    scale = limits.dpi / 72
    shown = (max(1, round(width * scale)), max(1, round(height * scale)))
    matrix, size = frame.quarter_turns((360 - turn) % 360, shown)
    at = Frame(matrix, size, shown, (360 - turn) % 360)
    back = frame.fractions(frame.inverse(matrix), size, shown)
    lines = textlayer.lines(upright, w, h, walls)
    return Page(number, w, h, lines, TEXT_LAYER, at.turned, back, cells=rules.cells), at


def _plausible(found: Sequence[Glyph]) -> bool:
    chinese = sum(1 for g in found if "\u4e00" <= g.text <= "\u9fff")
    strange = sum(1 for g in found if "\ue000" <= g.text <= "\uf8ff" or g.text == "\ufffd" or g.text >= "\U000f0000" or g.text < " ")
    return chinese >= _CHINESE * len(found) and strange <= _STRANGE * len(found)


def _foreign(page: Any, found: Sequence[Glyph], limits: Limits) -> bool:
    """Whether the text is that of a European language, of which gibberish has neither the letters nor their commonest pairs; not where
    characters are drawn that the text layer leaves out, which may be Chinese."""
    letters = sum(1 for g in found if "a" <= g.text <= "z" or "A" <= g.text <= "Z")
    if len(found) < _LONG_ENOUGH or letters < _LETTERS * len(found):
        return False
    text = "".join(g.text for g in found).lower()
    return sum(text.count(pair) for pair in _PAIRS) > _PAIRED * letters and not textlayer.unmapped(page, limits.page_characters)


def _hidden(page: Any) -> bool:
    """Whether most text objects are drawn invisibly (PDF 32000-1 9.3.6, mode 3), as OCR layers are."""
    modes = [textlayer.render_mode(thing) for thing in page.get_objects(filter=[1], max_depth=3)]
    return sum(1 for m in modes if m == textlayer.INVISIBLE) > 0.5 * len(modes)


def _accounts(file: PdfFile, page: Any, found: Sequence[Glyph], size: tuple[float, float]) -> bool:
    """Whether most of the dark ink of the page stands where the text layer says."""
    image = file.pixels(page, _LOOK_DPI)
    dark = image.max(axis=2) < 128
    total = int(dark.sum())
    if not total:
        return True
    h, w = dark.shape
    inside = np.zeros_like(dark)
    for g in found:
        left, right = int(g.left / size[0] * w), int(g.right / size[0] * w) + 2
        inside[max(0, int(g.top / size[1] * h) - 1) : int(g.bottom / size[1] * h) + 2, max(0, left - 1) : right] = True
    return float((dark & inside).sum()) >= _COVERED * total


def _rules(page: Any, drawing: Drawing, size: tuple[float, float], turn: int) -> Rules:
    """The rules in fractions of the upright page."""
    x0, y0, x1, y1 = page.get_bbox()
    w, h = max(1.0, x1 - x0), max(1.0, y1 - y0)
    total = (page.get_rotation() - turn) % 360
    out = []
    for ax, ay, bx, by in drawing.segments:
        a = _turned((ax - x0) / w, 1 - (ay - y0) / h, total)
        b = _turned((bx - x0) / w, 1 - (by - y0) / h, total)
        if all(-0.01 <= v <= 1.01 for v in (*a, *b)):
            out.append((*a, *b))
    return of_segments(out)


def _turned(x: float, y: float, turn: int) -> tuple[float, float]:
    """A point in fractions of a page, after the page is turned clockwise."""
    return {0: (x, y), 90: (1 - y, x), 180: (1 - x, 1 - y), 270: (y, 1 - x)}[turn]
