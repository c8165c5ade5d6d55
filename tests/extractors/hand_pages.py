"""Pages set by hand, for tests: rows of text at given places, and ruled tables."""

from __future__ import annotations

from collections.abc import Sequence

from domain.document import Box, Line, Page, Rule
from domain.field import DocumentReading
from extractors.papers import read_papers

Row = list[tuple[float, str]]
WIDE, NARROW, TALL, STEP = 0.015, 0.008, 0.012, 0.026
"""The width of a Chinese character and of any other, the height of both, the way from row to row: fractions of the page."""


def line(left: float, top: float, text: str) -> Line:
    """One stretch of a text layer."""
    at, chars = left, []
    for c in text:
        width = WIDE if ord(c) > 0x2E80 else NARROW
        chars.append(Box(at, top, at + width, top + TALL))
        at += width
    return Line(text, Box.around(chars), tuple(chars))


def page(*rows: Row, number: int = 1, top: float = 0.03) -> Page:
    """Rows of (left edge, text)."""
    lines = [line(left, top + STEP * k, text) for k, row in enumerate(rows) for left, text in row]
    return Page(number, 1000, 1400, tuple(lines))


def table(rows: Sequence[Sequence[str]], edges: Sequence[float], above: Sequence[Row] = (), below: Sequence[Row] = (),
          number: int = 1) -> Page:
    """A ruled table between free rows. A cell's text may have several lines (``\\n``)."""
    y = 0.03 + STEP * len(above)
    lines = [line(left, 0.03 + STEP * k, text) for k, row in enumerate(above) for left, text in row]
    cells = []
    for row in rows:
        high = STEP * max(1 + text.count("\n") for text in row)
        for text, left, right in zip(row, edges, edges[1:], strict=False):
            cells.append(Rule(Box(left, y, right, y + high)))
            lines += [line(left + 0.006, y + 0.007 + STEP * k, part) for k, part in enumerate(text.split("\n")) if part]
        y += high
    lines += [line(left, y + 0.02 + STEP * k, text) for k, row in enumerate(below) for left, text in row]
    return Page(number, 1000, 1400, tuple(lines), cells=tuple(cells))


def read(*pages: Page) -> DocumentReading:
    """The one paper that the pages make."""
    (paper,) = read_papers(pages)
    return paper


def values(*pages: Page) -> dict[str, object]:
    """The fields of the one paper that the pages make."""
    return {f: r.value for f, r in read(*pages).fields.items()}
