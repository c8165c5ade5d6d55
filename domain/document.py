"""Where ink stands: boxes, lines of text with a box for each character, pages, documents.

Fractions everywhere: 0 is the left or top edge, 1 the right or bottom edge. A page has two frames. Readers work in the
*upright* frame (turned so that text reads, a photographed sheet flattened); people and contracts see the *displayed* frame
(EXIF orientation and PDF /Rotate applied, nothing of ours). ``Page.displayed`` maps a box from the first to the second.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Homography = tuple[float, float, float, float, float, float, float, float, float]
IDENTITY: Homography = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)

Others = tuple[tuple[str, float], ...]
"""Characters that one may be instead of what it was read as, each with the engine's score."""

TEXT_LAYER = "text-layer"
OCR = "ocr"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in fractions of a page, origin top left."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def centre(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def holds(self, other: Box) -> bool:
        """Whether the centre of ``other`` lies inside."""
        x, y = other.centre
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def overlap(self, other: Box) -> float:
        """The area that both cover."""
        w = min(self.right, other.right) - max(self.left, other.left)
        h = min(self.bottom, other.bottom) - max(self.top, other.top)
        return w * h if w > 0 and h > 0 else 0.0

    def same_row(self, other: Box, share: float = 0.5) -> bool:
        """Whether the two share at least ``share`` of the lower one's height."""
        shared = min(self.bottom, other.bottom) - max(self.top, other.top)
        return shared >= share * min(self.height, other.height)

    def same_column(self, other: Box, share: float = 0.5) -> bool:
        shared = min(self.right, other.right) - max(self.left, other.left)
        return shared >= share * min(self.width, other.width)

    def grown(self, dx: float, dy: float) -> Box:
        return Box(max(0.0, self.left - dx), max(0.0, self.top - dy), min(1.0, self.right + dx), min(1.0, self.bottom + dy))

    def as_list(self) -> list[float]:
        return [round(v, 5) for v in (self.left, self.top, self.right, self.bottom)]

    @staticmethod
    def around(boxes: Iterable[Box]) -> Box:
        """The smallest box that holds all. Raises ValueError when there is none."""
        bs = list(boxes)
        return Box(min(b.left for b in bs), min(b.top for b in bs), max(b.right for b in bs), max(b.bottom for b in bs))

    def mapped(self, h: Homography) -> Box:
        """The bounding box of the four corners under ``h``, clipped to the page."""
        xs, ys = [], []
        for x, y in ((self.left, self.top), (self.right, self.top), (self.right, self.bottom), (self.left, self.bottom)):
            w = h[6] * x + h[7] * y + h[8]
            xs.append((h[0] * x + h[1] * y + h[2]) / w)
            ys.append((h[3] * x + h[4] * y + h[5]) / w)
        left, top, right, bottom = (min(1.0, max(0.0, v)) for v in (min(xs), min(ys), max(xs), max(ys)))
        return Box(left, top, right, bottom)


@dataclass(frozen=True, slots=True)
class Line:
    """A run of ink without a wide gap: one table cell's line, one label, one value. ``chars`` has one box for each
    character of ``text`` (measured in a text layer, spread by width in OCR). ``confidence`` is the engine's, 1.0 for a text layer;
    ``scores`` are the engine's own of each character, empty where it gives none.
    ``alternatives``, one for each character or none at all, are what a doubtful character may be instead, with the engine's score."""

    text: str
    box: Box
    chars: tuple[Box, ...]
    confidence: float = 1.0
    source: str = TEXT_LAYER
    scores: tuple[float, ...] = ()
    alternatives: tuple[Others, ...] = ()

    def span(self, start: int, end: int) -> Box:
        """The box of ``text[start:end]``; the whole line's where the span is empty."""
        part = self.chars[start:end]
        return Box.around(part) if part else self.box


@dataclass(frozen=True, slots=True)
class Code:
    """A decoded bar code. ``payload`` is the raw bytes, since invoices may be Big5."""

    symbology: str
    payload: bytes
    box: Box


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled cell of a table, found in the page's drawing or its picture (upright frame)."""

    box: Box


@dataclass(frozen=True)
class Page:
    """One page in its upright frame. ``number`` counts from 1 within the file. ``turned`` is the clockwise turn in degrees
    that made the displayed page upright; ``displayed`` maps upright fractions to displayed fractions. Slips that lie on one page,
    each its own way, are a Page each, all with its number. ``notes`` tell people why print alone is not to be believed here."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    source: str = TEXT_LAYER
    turned: int = 0
    displayed: Homography = IDENTITY
    codes: tuple[Code, ...] = ()
    cells: tuple[Rule, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True)
class Document:
    """The pages of one paper: the unit that a kind reads. ``region`` bounds it where two papers lie on one page."""

    pages: tuple[Page, ...]
    region: Box | None = None
    notes: tuple[str, ...] = ()

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(p.number for p in self.pages)


def text_of(lines: Sequence[Line]) -> str:
    return "\n".join(line.text for line in lines)
