"""Sales papers set by hand, line by line, as they are printed outside of our own layouts."""

from __future__ import annotations

from collections.abc import Sequence

from domain.document import OCR, TEXT_LAYER, Box, Code, Line, Page, Rule
from domain.field import DocumentReading
from extractors.papers import read_papers

Row = Sequence[tuple[float, str]]
EM = 0.015


def line(left: float, top: float, text: str, *, em: float = EM, score: float = 1.0) -> Line:
    """One stretch of print; a Latin character is half as wide as a Chinese one, all are 1.6 % high. ``1.5@`` before it sets it one and
    a half times as large. A ``score`` below 1 makes it an engine's."""
    head, mark, body = text.partition("@")
    size, body = (float(head), body) if mark and head.replace(".", "").isdigit() else (1.0, text)
    at, chars = left, []
    for c in body:
        width = size * em * (1.0 if ord(c) > 0x2E80 else 0.53)
        chars.append(Box(at, top, at + width, top + 0.016 * size))
        at += width
    return Line(body, Box.around(chars), tuple(chars), score, TEXT_LAYER if score == 1.0 else OCR)


def sheet(*rows: Row, step: float = 0.03, codes: Sequence[Code] = (), cells: Sequence[Box] = (), width: int = 1000, height: int = 1400,
          score: float = 1.0, em: float = EM) -> Page:
    """Rows of (left edge, text) from top to bottom; an empty row is a gap."""
    lines = tuple(line(left, 0.03 + step * k, text, em=em, score=score) for k, row in enumerate(rows) for left, text in row)
    return Page(1, width, height, lines, TEXT_LAYER if score == 1.0 else OCR, codes=tuple(codes), cells=tuple(Rule(c) for c in cells))


def spaced(left: float, gap: float, text: str) -> Row:
    """Each character a stretch of its own, ``gap`` apart: what stands in boxes or under printed places."""
    return [(left + gap * k, c) for k, c in enumerate(text) if c != " "]


def read(*pages: Page) -> DocumentReading:
    (paper,) = read_papers(pages)
    return paper


def values(*pages: Page) -> dict[str, object]:
    return {f: r.value for f, r in read(*pages).fields.items()}
