"""Ink: a stretch of printed text with a box for each character, tidied to READING's text form.

Tidying turns full-width Latin letters, digits and ASCII punctuation to half width, leaves every Chinese character as printed,
and drops blanks except between two ASCII characters, so that positions in the text stay positions of boxes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from domain.document import OCR, TEXT_LAYER, Box, Document, Line, Others, Page

EDGE = 0.002
"""How near the left or right edge of a picture ink must lie to be thought cut off there, as a fraction of its width."""

_CONTROL = {"\u200b", "\ufeff", "\u00ad"}


def half_width(c: str) -> str:
    """The half-width form of a full-width ASCII character; every other character as it is."""
    if "\uff01" <= c <= "\uff5e":
        return unicodedata.normalize("NFKC", c)
    return " " if c in "\u3000\u00a0\t" else c


def is_han(c: str) -> bool:
    return "\u3400" <= c <= "\u9fff" or "\uf900" <= c <= "\ufaff" or "\U00020000" <= c <= "\U0003ffff" or c in "〇○"


@dataclass(frozen=True)
class Ink:
    """``text`` and ``boxes`` have one length. ``confidence`` is the lowest of the lines it came from; ``page`` the page's number.
    ``cut`` tells that its line reaches the edge of a picture, where a part of it may be missing. ``scores`` are the engine's of each
    character; empty where it gives none. ``alternatives`` are what it would have each be instead."""

    text: str
    boxes: tuple[Box, ...]
    page: int
    confidence: float = 1.0
    source: str = TEXT_LAYER
    cut: bool = False
    scores: tuple[float, ...] = ()
    alternatives: tuple[Others, ...] = ()

    @property
    def weakest(self) -> float:
        """The engine's score of the character that it is least sure of; of the line where it scores no characters."""
        return min((s for c, s in zip(self.text, self.scores, strict=False) if c != " "), default=self.confidence)

    @cached_property
    def box(self) -> Box:
        return Box.around(self.boxes)

    @property
    def height(self) -> float:
        return self.box.height

    @cached_property
    def em(self) -> float:
        """How wide a Chinese character of this ink is, as a fraction of the page's width."""
        return self.box.width / max(0.5, sum(1.0 if ord(c) > 0x2E80 else 0.55 for c in self.text))

    def part(self, start: int, end: int) -> Ink:
        """The ink of ``text[start:end]`` without blanks at its ends. Raises ValueError where nothing is left."""
        while start < end and self.text[start] == " ":
            start += 1
        while end > start and self.text[end - 1] == " ":
            end -= 1
        if start >= end:
            raise ValueError("no ink in the span")
        return Ink(self.text[start:end], self.boxes[start:end], self.page, self.confidence, self.source, self.cut,
                   self.scores[start:end], self.alternatives[start:end])

    @staticmethod
    def joined(inks: Sequence[Ink]) -> Ink:
        """Several stretches of one page as one, in the order given. Raises ValueError when there is none."""
        if not inks:
            raise ValueError("nothing to join")
        parts: list[tuple[str, Box, float, Others]] = []
        for ink in inks:
            if parts and parts[-1][0].isascii() and ink.text[:1].isascii():
                parts.append((" ", ink.boxes[0], 1.0, ()))
            others = ink.alternatives if len(ink.alternatives) == len(ink.text) else ((),) * len(ink.text)
            parts.extend(zip(ink.text, ink.boxes, ink.scores or (ink.confidence,) * len(ink.text), others, strict=True))
        worst = OCR if any(i.source != TEXT_LAYER for i in inks) else TEXT_LAYER
        scores = tuple(s for _, _, s, _ in parts) if any(i.scores for i in inks) else ()
        others = tuple(o for _, _, _, o in parts) if any(i.alternatives for i in inks) else ()
        return Ink("".join(c for c, _, _, _ in parts), tuple(b for _, b, _, _ in parts), inks[0].page, min(i.confidence for i in inks),
                   worst, any(i.cut for i in inks), scores, others)

    @staticmethod
    def of(line: Line, page: int) -> Ink | None:
        """A line's ink, or None where it holds no visible character."""
        pairs: list[tuple[str, Box, float, Others]] = []
        scores = line.scores or (line.confidence,) * len(line.text)
        for c, box, score, other in zip(line.text, line.chars, scores, line.alternatives or ((),) * len(line.text), strict=True):
            c = half_width(c)
            if c in _CONTROL or unicodedata.category(c) == "Cc":
                continue
            if c == " " and (not pairs or pairs[-1][0] == " "):
                continue
            pairs.append((c, box, score, other))
        kept = [(c, b, s, o) for i, (c, b, s, o) in enumerate(pairs)
                if c != " " or (0 < i < len(pairs) - 1 and pairs[i - 1][0].isascii() and pairs[i + 1][0].isascii())]
        if not kept:
            return None
        cut = line.source != TEXT_LAYER and (line.box.left < EDGE or line.box.right > 1 - EDGE)
        return Ink("".join(c for c, _, _, _ in kept), tuple(b for _, b, _, _ in kept), page, line.confidence, line.source, cut,
                   tuple(s for _, _, s, _ in kept) if line.scores else (), tuple(o for _, _, _, o in kept) if line.alternatives else ())


def plain(text: str, page: int = 1, source: str = OCR) -> Ink:
    """Ink without a place, for text that a second engine read from a crop."""
    box = Box(0.0, 0.0, 1.0, 1.0)
    ink = Ink.of(Line(text, box, (box,) * len(text), 1.0, source), page)
    return ink or Ink("", (), page, 1.0, source)


@dataclass(frozen=True)
class Cell:
    """A ruled cell and the ink in it, in reading order."""

    box: Box
    inks: tuple[Ink, ...]

    @cached_property
    def ink(self) -> Ink | None:
        """All ink of the cell as one; specks that the engine hardly believed in are left out."""
        sound = [i for i in self.inks if i.confidence >= 0.5] or list(self.inks)
        return Ink.joined(sound) if sound else None


class Sheet:
    """One page as readers see it: ink in reading order, rows, and ruled cells where there are any. The upright frame throughout."""

    def __init__(self, page: Page, region: Box | None = None) -> None:
        self.page = page
        self.number = page.number
        self.region = region
        boxes = [c.box for c in page.cells]
        inks = [i for line in page.lines for piece in _split_by_cells(line, boxes) if (i := Ink.of(piece, page.number))]
        self.inks: tuple[Ink, ...] = tuple(reading_order(i for i in inks if region is None or region.holds(i.box)))
        self.cells: tuple[Cell, ...] = tuple(_fill(boxes, self.inks))
        self.codes = tuple(c for c in page.codes if region is None or region.holds(c.box))

    def without(self, gone: Iterable[Ink]) -> Sheet:
        """The same sheet without some of its ink."""
        left_out = {id(i) for i in gone}
        out = Sheet.__new__(Sheet)
        out.page, out.number, out.region, out.codes = self.page, self.number, self.region, self.codes
        out.inks = tuple(i for i in self.inks if id(i) not in left_out)
        out.cells = tuple(Cell(c.box, tuple(i for i in c.inks if id(i) not in left_out)) for c in self.cells)
        return out

    def cell_of(self, box: Box) -> Cell | None:
        """The smallest ruled cell that holds the middle of ``box``."""
        inside = [c for c in self.cells if c.box.holds(box)]
        return min(inside, key=lambda c: c.box.width * c.box.height, default=None)

    def row(self, box: Box, share: float = 0.5) -> list[Ink]:
        """All ink in the row of ``box``, from left to right."""
        top, bottom = box.top, box.bottom
        near = (i for i, above, below in self._bands if above <= bottom and below >= top)
        return sorted((i for i in near if i.box.same_row(box, share)), key=lambda i: i.box.left)

    @cached_property
    def _bands(self) -> tuple[tuple[Ink, float, float], ...]:
        """Every stretch with its upper and lower edge: rows are asked for thousands of times a page, and most ink is far from them."""
        return tuple((i, i.box.top, i.box.bottom) for i in self.inks)

    @cached_property
    def text(self) -> str:
        return "\n".join(i.text for i in self.inks)

    @cached_property
    def headings(self) -> tuple[Ink, ...]:
        """Stretches that may be headings: each line, and neighbours on one row put together."""
        pairs = [Ink.joined([a, b]) for a, b in zip(self.inks, self.inks[1:], strict=False) if a.box.same_row(b.box)
                 and 0 <= b.box.left - a.box.right < 8 * a.em and len(a.text) + len(b.text) < 40]
        return (*self.inks, *pairs)

    @cached_property
    def spread(self) -> tuple[tuple[Ink, ...], ...]:
        """Runs of one or two Chinese characters each that stand in one row with nothing between: labels set wide (總　　計)."""
        runs: list[tuple[Ink, ...]] = []
        short = [i for i in self.inks if len(i.text) <= 3 and 0 < sum(map(is_han, i.text)) <= 2 and not any(c.isascii() and c.isalnum()
                for c in i.text)]
        done: set[int] = set()
        for ink in short:
            if id(ink) in done:
                continue
            run: list[Ink] = []
            for other in self.row(ink.box):
                if other in short and (not run or other.box.left >= run[-1].box.left):
                    run.append(other)
                elif other.box.left > ink.box.left:
                    break
                else:
                    run = []
            done |= {id(i) for i in run}
            if len(run) > 1:
                runs.append(tuple(run))
        return tuple(runs)

    @cached_property
    def wide(self) -> tuple[tuple[Ink, tuple[Ink, ...]], ...]:
        """The runs of ``spread``, each as one stretch and in its parts."""
        return tuple((Ink.joined(run), run) for run in self.spread)


class Paper:
    """A document as readers see it: its sheets, in order."""

    def __init__(self, document: Document, sheets: Sequence[Sheet] = ()) -> None:
        """``sheets``: those of the document's pages, where they have been made already."""
        self.document = document
        self.sheets = tuple(sheets) or tuple(Sheet(p, document.region) for p in document.pages)

    @property
    def first(self) -> Sheet:
        return self.sheets[0]

    @cached_property
    def text(self) -> str:
        return "\n".join(s.text for s in self.sheets)

    @property
    def born_digital(self) -> bool:
        return all(s.page.source == TEXT_LAYER for s in self.sheets)


def reading_order(inks: Iterable[Ink]) -> list[Ink]:
    """From top to bottom by rows, each row from left to right. Two stretches one over the other are never one row."""
    rows: list[list[Ink]] = []
    for ink in sorted(inks, key=lambda i: i.box.centre[1]):
        for row in reversed(rows[-3:]):
            if abs(ink.box.centre[1] - row[0].box.centre[1]) < 0.5 * min(ink.height, row[0].height) and not any(
                    min(i.box.right, ink.box.right) - max(i.box.left, ink.box.left) > 0.4 * min(i.box.width, ink.box.width) for i in row):
                row.append(ink)
                break
        else:
            rows.append([ink])
    return [i for row in rows for i in sorted(row, key=lambda i: i.box.left)]


def _split_by_cells(line: Line, cells: Sequence[Box]) -> list[Line]:
    """A line that runs over a ruled border, cut where its characters pass from one cell into the next beside it."""
    if not cells or not line.text:
        return [line]
    if any(c.left <= line.box.left and line.box.right <= c.right and c.holds(line.box) for c in cells):
        return [line]
    near = [c for c in cells if c.top < line.box.bottom and c.bottom > line.box.top]
    if len(near) < 2:
        return [line]
    cells = near
    homes: list[int] = []
    for c, box in zip(line.text, line.chars, strict=True):
        home = _home(box, cells)
        homes.append(homes[-1] if homes and (c == " " or home < 0) else home)
    cuts = [i for i in range(1, len(homes)) if homes[i] != homes[i - 1] and homes[i - 1] >= 0 and _side_by_side(cells[homes[i - 1]],
            cells[homes[i]])]
    if not cuts:
        return [line]
    spans = zip([0, *cuts], [*cuts, len(homes)], strict=True)
    return [Line(line.text[a:b], line.span(a, b), line.chars[a:b], line.confidence, line.source, line.scores[a:b], line.alternatives[a:b])
            for a, b in spans]


def _side_by_side(a: Box, b: Box) -> bool:
    return a.same_row(b) and min(a.right, b.right) - max(a.left, b.left) < 0.2 * min(a.width, b.width)


def _home(box: Box, cells: Sequence[Box]) -> int:
    x, y = box.centre
    inside = [(c.width * c.height, i) for i, c in enumerate(cells) if c.left <= x <= c.right and c.top <= y <= c.bottom]
    return min(inside)[1] if inside else -1


def _fill(boxes: Sequence[Box], inks: Sequence[Ink]) -> Iterable[Cell]:
    held: dict[int, list[Ink]] = {}
    for ink in inks:
        held.setdefault(_home(ink.box, boxes), []).append(ink)
    for i, box in enumerate(boxes):
        yield Cell(box, tuple(held.get(i, ())))
