"""The ink in which a value may stand: behind its label, in the cell or row to the right, below; and what goes on with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from domain.document import OCR, Box
from extractors.readers.ink import Cell, Ink, Sheet, is_han
from extractors.readers.labels import Hit
from extractors.readers.words import is_label

Tail = Callable[[str, str], bool]
"""Whether a line goes on with a value: the value so far, the line's text."""

EDGE = 0.006
"""How far ruled borders of neighbouring cells may lie apart, as a fraction of the page."""


def with_next(sheet: Sheet, ink: Ink, tail: Tail) -> Ink | None:
    """The ink with the next stretch of its row or the line below it, where that goes on with the value."""
    last = [b for b in ink.boxes if b.same_row(ink.boxes[-1])]
    foot = Box.around(last)
    beside = [i for i in sheet.row(foot) if 0 <= i.box.left - foot.right < 8 * ink.em]
    below = [i for i in sheet.inks if -0.4 * foot.height < i.box.top - foot.bottom < 1.3 * foot.height
             and i.box.left < foot.right and i.box.right > foot.left - 12 * ink.em]
    for other in (*beside[:1], *sorted(below, key=lambda i: (i.box.top, abs(i.box.left - foot.left)))):
        if tail(ink.text, other.text):
            return Ink.joined([ink, other])
    return None


def _in_cell_after(hit: Hit, cell: Cell) -> list[Ink]:
    """Ink of the label's own cell behind or under the label; notes in brackets left out."""
    mine = [i for i in cell.inks if i not in hit.inks and not i.text.startswith("(") and not _within(hit, i)]
    h = hit.box.height
    after = [i for i in mine if i.box.left >= hit.box.right and hit.box.top - 0.5 * h < i.box.centre[1] < hit.box.bottom + h]
    if any(i.box.same_row(hit.box, 0.3) for i in after):
        level = any(i.box.same_row(hit.box) for i in after)
        return [i for i in after if not level or i.box.centre[1] > hit.box.top]
    return [i for i in mine if _beneath(hit, i)]


def _beneath(hit: Hit, ink: Ink) -> bool:
    """Whether the ink stands under the label: the boxes that engines draw around lines set close run a little into each other."""
    return ink.box.top >= hit.box.bottom - 0.45 * hit.box.height


def _within(hit: Hit, ink: Ink) -> bool:
    return hit.box.grown(0.002, 0.002).holds(ink.box)


def _crowded(hit: Hit, cell: Cell) -> bool:
    """Whether labels of other rows stand in the label's cell too: the rules between them were lost, or are not printed."""
    return any(is_label(i.text) for i in cell.inks if i not in hit.inks and not i.box.same_row(hit.box))


def right(hit: Hit, whole: bool, skipped: Callable[[Ink], bool]) -> Iterator[Ink]:
    sheet = hit.sheet
    cell = sheet.cell_of(hit.box)
    if cell is not None and _crowded(hit, cell):
        yield from _rows_of([i for i in cell.inks if i not in hit.inks and i.box.same_row(hit.box) and i.box.left >= hit.box.right], whole)
        level = [c for c in sheet.cells if c.inks and c.box.left >= cell.box.right - EDGE and c.box.top < hit.box.centre[1] < c.box.bottom]
        for other in sorted(level, key=lambda c: c.box.left)[:1]:
            rows = other.inks if other.box.height < 0.6 * cell.box.height else [i for i in other.inks if i.box.same_row(hit.box)]
            if rows:
                yield Ink.joined(rows)
        return
    if cell is not None:
        own = _in_cell_after(hit, cell)
        if own and cell.box.width > 3 * hit.box.width:
            yield from _rows_of(own, whole)
        neighbours = [c for c in sheet.cells if c.inks and c.box.left >= cell.box.right - EDGE and _same_band(c.box, cell.box)]
        neighbours.sort(key=lambda c: c.box.left)
        stacked = bool(own) and all(_beneath(hit, i) for i in own)
        neighbours = neighbours[:next((k for k, c in enumerate(neighbours) if _of_its_own(c, stacked, hit.box)), len(neighbours))]
        loose = [i for i in sheet.row(hit.box) if i.box.left >= cell.box.right - EDGE and i not in hit.inks
                 and ((home := sheet.cell_of(i.box)) is None or home.box.holds(hit.box))
                 and (not neighbours or i.box.centre[0] < neighbours[0].box.left)]
        yield from _rows_of(loose, whole)
        if whole and (boxed := _boxed(neighbours)):
            yield boxed
        for other in neighbours[:3]:
            kept = _unstamped(_in_band(sheet, cell, other), hit.box)
            if kept and other.ink is not None:
                yield Ink.joined(kept) if len(kept) < len(other.inks) else other.ink
        return
    edge = max(hit.box.right, hit.after.box.right if hit.after else 0.0) - 0.2 * hit.box.height
    for share in (0.5, 0.2):
        right = [i for i in sheet.row(hit.box, share) if i.box.left >= edge and i not in hit.inks and not skipped(i)]
        right = [i for i in right if not _stacked(hit, i)]
        if right:
            yield from _rows_of(right, whole)
            return


def _stacked(hit: Hit, ink: Ink) -> bool:
    """Whether the ink stands in the row of values under the row of the label, where the label's own value is right under it."""
    return hit.after is None and _beneath(hit, ink) and any(
        _beneath(hit, i) and i.box.same_row(ink.box) and abs(i.box.left - hit.box.left) < 1.5 * i.em for i in hit.sheet.row(ink.box))


def _of_its_own(cell: Cell, stacked: bool, label: Box) -> bool:
    """Whether a cell beside a label's is another label's: it holds one alone or, where values stand ``stacked`` under their labels in
    the same cell, one over its value, also one that an engine could not read, in the label's row."""
    if cell.ink is not None and is_label(cell.ink.text):
        return True
    first = cell.inks[0]
    return stacked and len(cell.inks) > 1 and (is_label(first.text) or (
        first.source == OCR and first.box.same_row(label) and not re.search("[0-9]", first.text)))


_COMPLETE = re.compile(r"[\u4e00-\u9fff]{2,}(?:公司|商號|[行社店坊館舖鋪屋院堂軒莊閣苑室])$")


def _unstamped(inks: Sequence[Ink], row: Box) -> list[Ink]:
    """The stretches of a cell in a label's ``row`` without those of a seal: askew, or behind a complete name in its row."""
    if len(inks) < 2:
        return list(inks)
    level = min(inks, key=lambda i: abs(i.box.centre[1] - row.centre[1]))
    inks = [i for i in inks if i is level or not _askew(i, level)]
    first = inks[0]
    if not _COMPLETE.fullmatch(first.text):
        return list(inks)
    return [i for i in inks if i is first or not re.fullmatch(r"[\u4e00-\u9fff]{1,6}", i.text) or i.text in SUFFIXES
            or (i.box.top > first.box.bottom - 0.4 * first.height and abs(i.box.left - first.box.left) < 1.5 * first.em)]


def _askew(ink: Ink, first: Ink) -> bool:
    """Whether a few characters lie in the row of the first stretch but neither on its line nor of its size: part of a seal."""
    if not re.fullmatch(r"[\u4e00-\u9fff]{1,6}", ink.text) or ink.text in SUFFIXES or min(
            ink.box.bottom, first.box.bottom) - max(ink.box.top, first.box.top) < 0.2 * min(ink.height, first.height):
        return False
    off = abs(ink.box.centre[1] - first.box.centre[1])
    return ink.source == OCR and (not 0.7 < ink.height / first.height < 1.4 or off > 0.35 * first.height)


_DIGITS_ONLY = re.compile(r"[0-9OolI| ]{1,8}")


def _boxed(cells: Sequence[Cell]) -> Ink | None:
    """Digits written one or a few a box, put together."""
    run: list[Ink] = []
    for cell in cells:
        if cell.ink is None or not _DIGITS_ONLY.fullmatch(cell.ink.text):
            break
        run.append(cell.ink)
    return Ink.joined(run) if len(run) > 1 else None


def _in_band(sheet: Sheet, cell: Cell, other: Cell) -> list[Ink]:
    """The ink of a cell beside the label's: where it takes in other labels' rows too, since a rule was lost, that of the label's row."""
    mates = [c for c in sheet.cells if c.box != cell.box and c.box.same_column(cell.box, 0.6)
             and other.box.top < c.box.centre[1] < other.box.bottom]
    if not mates or other.box.height < 1.35 * cell.box.height:
        return list(other.inks)
    return [i for i in other.inks if cell.box.top <= i.box.centre[1] <= cell.box.bottom]


def _same_band(a: Box, b: Box) -> bool:
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    return shared > 0.6 * min(a.height, b.height)


SUFFIXES = ("股份有限公司", "有限公司")
"""Pre-printed at the right end of a name's cell."""


def _rows_of(inks: Sequence[Ink], whole: bool) -> Iterator[Ink]:
    """The value's stretches as one where ``whole`` (those close together, and a pre-printed suffix), then each of the first three; what
    stands behind another label is that one's."""
    inks = inks[:next((k for k, i in enumerate(inks) if is_label(i.text)), len(inks))]
    spaced = [i for i in inks if len(i.text) == 1 and is_han(i.text)]
    if not whole and 1 < len(spaced) == len(inks) < 5 and all(b.box.left - a.box.right < 3 * a.em for a, b in zip(inks, inks[1:],
            strict=False)):
        yield Ink.joined(inks)
    if whole and len(inks) > 1:
        run = [inks[0]]
        for ink in inks[1:]:
            wide = 5.0 if len(ink.text) <= 2 and _DIGITS_ONLY.fullmatch(ink.text) and _DIGITS_ONLY.fullmatch(run[-1].text) else 1.5
            close = ink.box.left - run[-1].box.right < wide * max(ink.em, run[-1].em) and not _labelled(ink)
            if ink.text in SUFFIXES or (close and not _COMPLETE.fullmatch(run[0].text)):
                run.append(ink)
            else:
                break
        if len(run) > 1:
            yield Ink.joined(run)
    yield from inks[:3]


def below(hit: Hit) -> Iterator[Ink]:
    sheet = hit.sheet
    cell = sheet.cell_of(hit.box)
    if cell is not None and not _crowded(hit, cell):
        own = [i for i in cell.inks if _beneath(hit, i) and i not in hit.inks and not _note(i)]
        if own:
            yield Ink.joined(own)
        under = [c for c in sheet.cells if c.box.top >= cell.box.bottom - EDGE and c.box.same_column(cell.box, 0.6) and c.inks]
        for other in sorted(under, key=lambda c: c.box.top)[:1]:
            if other.ink is not None:
                yield other.ink
        return
    span = hit.box if hit.after is not None else Box.around([hit.box, *(i.box for i in hit.inks if i.box.same_row(hit.box))])
    under_ink = [i for i in sheet.inks if i.box.top >= hit.box.bottom - 0.4 * hit.box.height and _near_column(i.box, span)
                 and not _note(i)]
    nearest = min(under_ink, key=lambda i: i.box.top, default=None)
    if nearest is not None and nearest.box.top - hit.box.bottom < 3 * hit.box.height and not is_label(nearest.text):
        yield nearest


def _note(ink: Ink) -> bool:
    """Whether the ink is a note in brackets, such as the unit of a column."""
    return re.fullmatch(r"[(（][^()（）]*[)）]", ink.text) is not None


def _near_column(a: Box, b: Box) -> bool:
    """Whether two boxes stand over each other: they overlap sideways, or their middles are close."""
    return min(a.right, b.right) > max(a.left, b.left) or abs(a.centre[0] - b.centre[0]) < 0.6 * max(a.width, b.width)


def continued(hit: Hit) -> Ink | None:
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
    if _COMPLETE.fullmatch(first.text):
        return None
    for ink in hit.sheet.row(first.box):
        if ink.box.left >= first.box.right and ink.box.left - run[-1].box.right < 2.5 * max(ink.em, first.em) and not _labelled(ink):
            run.append(ink)
    return Ink.joined(run) if len(run) > 1 else None


def _labelled(ink: Ink) -> bool:
    return re.match(r"^[^0-9]{1,8}:", ink.text) is not None
