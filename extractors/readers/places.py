"""Where a value stands, said in the words of the paper: Beside("統一編號"), Below("總計"), Matching(...), Coded(...).

Each is a reader: called with a paper it gives drafts, best first. A value is looked for behind its label in the same line, then in
the cell to the right (or below), then in the row to the right; a place whose ink is not of the form wanted gives a draft without value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from domain.document import Box, Code
from domain.field import Value
from extractors.kind import Draft, Reader
from extractors.readers.ink import Cell, Ink, Paper, Sheet, is_han
from extractors.readers.labels import Hit, find_in, folded, hits
from extractors.readers.values import Parser

Tail = Callable[[str, str], bool]

EDGE = 0.006
"""How far ruled borders of neighbouring cells may lie apart, as a fraction of the page."""


@dataclass(frozen=True)
class Beside:
    """The value to the right of one of the ``labels`` (tried in order). ``skip`` are texts between label and value (中文); ``stop`` are
    ``whole`` joins what is set apart in the row; without ``glued`` a label that other words follow directly does not count. ``tail`` tells
    whether a line below goes on with the value (its text, the next line's)."""

    labels: tuple[str, ...]
    parse: Parser
    skip: tuple[str, ...] = ()
    unless_after: tuple[str, ...] = ()
    whole: bool = False
    below: bool = False
    firm: bool = True
    pages: int = 99
    glued: bool = True
    tail: Tail | None = None

    def __call__(self, paper: Paper) -> list[Draft]:
        found = [(hit, draft) for label in self.labels for sheet in paper.sheets[:self.pages]
                 for hit in hits(sheet, label, self.unless_after) if (draft := self._at(hit))]
        sure = [draft for hit, draft in found if not hit.glued]
        return sure + [replace(draft, firm=False) for hit, draft in found if hit.glued and self.glued]

    def _at(self, hit: Hit) -> Draft | None:
        seen: Ink | None = None
        for ink in self._places(hit):
            if self._skipped(ink.text):
                continue
            found = self.parse(ink)
            if self.tail and (longer := _with_next(hit.sheet, ink, self.tail)) and (more := self.parse(longer)):
                ink, found = longer, more
            if found:
                return Draft(found.value, ink.part(found.start, found.end), self.parse, self.firm, labelled=not (hit.slips or hit.glued))
            seen = seen or ink
        return Draft(None, seen, self.parse, self.firm) if seen and self.firm else None

    def _skipped(self, text: str) -> bool:
        """Whether the ink says nothing but words to be passed over, and marks such as ticks."""
        if not self.skip:
            return False
        rest = folded(text)
        for word in self.skip:
            rest = rest.replace(folded(word), "")
        return re.fullmatch(r"[\W_VvxXνΝ1-3]{0,8}", rest) is not None or any((s := find_in(text, w)) and s[2] and len(text) <= len(w) + 1
                                                                             for w in self.skip)

    def _places(self, hit: Hit) -> Iterator[Ink]:
        if hit.after is not None and not self._skipped(hit.after.text):
            if self.whole and (more := _continued(hit)):
                yield more
            yield hit.after
            return
        skipped = lambda ink: self._skipped(ink.text)  # noqa: E731
        yield from (_below(hit) if self.below else _right(hit, self.whole, skipped))


def _with_next(sheet: Sheet, ink: Ink, tail: Tail) -> Ink | None:
    """The ink with the line below it, where that goes on with the value: set in under it, or under its label."""
    last = [b for b in ink.boxes if b.same_row(ink.boxes[-1])]
    foot = Box.around(last)
    below = [i for i in sheet.inks if -0.4 * foot.height < i.box.top - foot.bottom < 1.3 * foot.height
             and i.box.left < foot.right and i.box.right > foot.left - 12 * ink.em]
    for other in sorted(below, key=lambda i: (i.box.top, abs(i.box.left - foot.left))):
        if tail(ink.text, other.text):
            return Ink.joined([ink, other])
    return None


def in_turn(*readers: Reader) -> Reader:
    """The drafts of the first reader that finds a value; what the others find may agree but not contradict."""

    def read(paper: Paper) -> list[Draft]:
        first: list[Draft] = []
        later: list[Draft] = []
        for reader in readers:
            drafts = list(reader(paper))
            if any(d.value is not None for d in first):
                later += [replace(d, firm=False) for d in drafts if d.value is not None]
            else:
                first += drafts
        return first + later

    return read


def around(labels: tuple[str, ...], parse: Parser, unless_after: tuple[str, ...] = (), *, whole: bool = True, pages: int = 99,
           tail: Tail | None = None) -> Reader:
    """The value beside one of the ``labels``; where nothing of its form stands there, the value below."""
    return in_turn(Beside(labels, parse, whole=whole, unless_after=unless_after, pages=pages, tail=tail),
                   Beside(labels, parse, below=True, unless_after=unless_after, pages=pages, tail=tail))


def Below(labels: tuple[str, ...], parse: Parser, **rest: bool) -> Beside:
    """The value under one of the ``labels``."""
    return Beside(labels, parse, below=True, **rest)  # type: ignore[arg-type]


def _in_cell_after(hit: Hit, cell: Cell) -> list[Ink]:
    """Ink of the label's own cell behind or under the label; notes in brackets left out."""
    mine = [i for i in cell.inks if i not in hit.inks and not i.text.startswith("(") and not _within(hit, i)]
    return [i for i in mine if i.box.top >= hit.box.bottom - 0.3 * hit.box.height or (i.box.same_row(hit.box)
                                                                                      and i.box.left >= hit.box.right)]


def _within(hit: Hit, ink: Ink) -> bool:
    return hit.box.grown(0.002, 0.002).holds(ink.box)


def _right(hit: Hit, whole: bool, skipped: Callable[[Ink], bool]) -> Iterator[Ink]:
    sheet = hit.sheet
    cell = sheet.cell_of(hit.box)
    if cell is not None:
        own = _in_cell_after(hit, cell)
        if own and cell.box.width > 3 * hit.box.width:
            yield from _rows_of(own, whole)
        neighbours = [c for c in sheet.cells if c.inks and c.box.left >= cell.box.right - EDGE and _same_band(c.box, cell.box)]
        neighbours.sort(key=lambda c: c.box.left)
        if whole and (boxed := _boxed(neighbours)):
            yield boxed
        for other in neighbours[:3]:
            if other.ink is not None:
                yield other.ink
        return
    edge = max(hit.box.right, hit.after.box.right if hit.after else 0.0) - 0.2 * hit.box.height
    for share in (0.5, 0.2):
        right = [i for i in sheet.row(hit.box, share) if i.box.left >= edge and i not in hit.inks and not skipped(i)]
        if right:
            yield from _rows_of(right, whole)
            return


_DIGITS_ONLY = re.compile(r"[0-9OolI| ]{1,8}")


def _boxed(cells: Sequence[Cell]) -> Ink | None:
    """Digits written one or a few a box, put together."""
    run: list[Ink] = []
    for cell in cells:
        if cell.ink is None or not _DIGITS_ONLY.fullmatch(cell.ink.text):
            break
        run.append(cell.ink)
    return Ink.joined(run) if len(run) > 1 else None


def _same_band(a: Box, b: Box) -> bool:
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    return shared > 0.6 * min(a.height, b.height)


SUFFIXES = ("股份有限公司", "有限公司")
"""Pre-printed at the right end of a name's cell."""


def _rows_of(inks: Sequence[Ink], whole: bool) -> Iterator[Ink]:
    """The value's stretches as one where ``whole`` (those close together, and a pre-printed suffix), then each of the first three."""
    spaced = [i for i in inks if len(i.text) == 1 and is_han(i.text)]
    if not whole and 1 < len(spaced) == len(inks) < 5 and all(b.box.left - a.box.right < 3 * a.em for a, b in zip(inks, inks[1:],
            strict=False)):
        yield Ink.joined(inks)
    if whole and len(inks) > 1:
        run = [inks[0]]
        for ink in inks[1:]:
            wide = 5.0 if len(ink.text) <= 2 and _DIGITS_ONLY.fullmatch(ink.text) and _DIGITS_ONLY.fullmatch(run[-1].text) else 1.5
            if ink.text in SUFFIXES or (ink.box.left - run[-1].box.right < wide * max(ink.em, run[-1].em) and not _labelled(ink)):
                run.append(ink)
            else:
                break
        if len(run) > 1:
            yield Ink.joined(run)
    yield from inks[:3]


def _below(hit: Hit) -> Iterator[Ink]:
    sheet = hit.sheet
    cell = sheet.cell_of(hit.box)
    if cell is not None:
        under = [c for c in sheet.cells if c.box.top >= cell.box.bottom - EDGE and c.box.same_column(cell.box, 0.6) and c.inks]
        for other in sorted(under, key=lambda c: c.box.top)[:1]:
            if other.ink is not None:
                yield other.ink
        return
    under_ink = [i for i in sheet.inks if i.box.top >= hit.box.bottom - 0.3 * hit.box.height and _near_column(i.box, hit.box)]
    nearest = min(under_ink, key=lambda i: i.box.top, default=None)
    if nearest is not None and nearest.box.top - hit.box.bottom < 3 * hit.box.height:
        yield nearest


def _near_column(a: Box, b: Box) -> bool:
    """Whether two boxes stand over each other: they overlap sideways, or their middles are close."""
    return min(a.right, b.right) > max(a.left, b.left) or abs(a.centre[0] - b.centre[0]) < 0.6 * max(a.width, b.width)


def _continued(hit: Hit) -> Ink | None:
    """The rest of the label's line with what stands right of it, and with the line below where it goes on (in its cell, or set in
    under the value)."""
    first = hit.after
    assert first is not None
    if _DIGITS_ONLY.fullmatch(first.text):
        digits = [i for i in hit.sheet.row(first.box) if i.box.left > first.box.left and i is not first and _DIGITS_ONLY.fullmatch(i.text)]
        run = [first]
        for ink in digits:
            if ink.box.left - run[-1].box.right < 5 * max(ink.em, run[-1].em) and sum(len(i.text) for i in run) < 8:
                run.append(ink)
        return Ink.joined(run) if len(run) > 1 else None
    cell = hit.sheet.cell_of(first.box)
    if cell is not None:
        later = [i for i in cell.inks if i.box.top >= first.box.bottom - 0.4 * first.height and i.box.top - first.box.bottom < first.height]
        return Ink.joined([first, later[0]]) if later and not _labelled(later[0]) else None
    run = [first]
    for ink in hit.sheet.row(first.box):
        if ink.box.left >= first.box.right and ink.box.left - run[-1].box.right < 2.5 * max(ink.em, first.em) and not _labelled(ink):
            run.append(ink)
    return Ink.joined(run) if len(run) > 1 else None


def _labelled(ink: Ink) -> bool:
    return re.match(r"^[^0-9]{1,8}:", ink.text) is not None


@dataclass(frozen=True)
class Matching:
    """Every stretch of ink in which the parser finds its value and whose text satisfies ``near`` (a regular expression over the text)."""

    parse: Parser
    near: str = ""
    firm: bool = True
    pages: int = 99
    most: int = 3

    def __call__(self, paper: Paper) -> list[Draft]:
        out: list[Draft] = []
        for sheet in paper.sheets[:self.pages]:
            for ink in sheet.inks:
                if self.near and not re.search(self.near, ink.text):
                    continue
                if found := self.parse(ink):
                    out.append(Draft(found.value, ink.part(found.start, found.end), self.parse, self.firm))
        return out[:self.most]


@dataclass(frozen=True)
class Coded:
    """A value out of a bar code: ``read`` takes the paper's codes of the given symbology and gives the value with its code, or None."""

    read: Callable[[Sequence[Code]], tuple[Value, Code, str] | None]

    def __call__(self, paper: Paper) -> list[Draft]:
        for sheet in paper.sheets:
            if hit := self.read(sheet.codes):
                value, code, text = hit
                return [Draft(value, Ink(text, (code.box,) * len(text), sheet.number), witness="qr")]
        return []


@dataclass(frozen=True)
class Column:
    """A table column: its head and its cells' ink from top to bottom."""

    head: Hit
    inks: tuple[Ink, ...]


def column(sheet: Sheet, labels: Sequence[str], unless_after: Sequence[str] = ()) -> Column | None:
    """The column under the first head found: ink below the head whose middle lies within the head's cell, or near the head."""
    for label in labels:
        for hit in hits(sheet, label, unless_after):
            if hit.after is not None and len(hit.after.text) > 4:
                continue
            cell = sheet.cell_of(hit.box)
            span = cell.box if cell else hit.box.grown(0.5 * hit.box.width, 0)
            inks = tuple(i for i in sheet.inks if i.box.top > hit.box.bottom - 0.2 * hit.box.height
                         and span.left <= i.box.centre[0] <= span.right)
            if inks:
                return Column(hit, inks)
    return None


@dataclass(frozen=True)
class InTable:
    """Every value of the column under one of the ``heads``, from top to bottom, over all pages."""

    heads: tuple[str, ...]
    parse: Parser

    def __call__(self, paper: Paper) -> list[Draft]:
        found = [(ink, self.parse(ink)) for sheet in paper.sheets if (under := column(sheet, self.heads)) for ink in under.inks]
        return [Draft(f.value, ink.part(f.start, f.end), self.parse) for ink, f in found if f]
