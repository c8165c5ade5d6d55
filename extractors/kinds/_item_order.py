"""In which order a list of business items is printed that stands in several columns: across, row by row, or down, column by column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.readers.ink import Ink, Sheet
from extractors.whole import LAST_ITEM

Item = tuple[Ink, str]

_BEFORE = re.compile(r"(?:^|[^0-9])0{0,2}([1-9][0-9]?)[.、．)）,，:： ]{0,2}$")


def printed_order(sheets: Sequence[Sheet], found: Sequence[Item]) -> tuple[list[Item], bool]:
    """The items in printed order, and whether the page tells that order. Items that do not stand in columns, or several of which stand in
    one line of text, keep the order they have. Of two orders that one holds by which the numbers of the lines rise; else that one which
    ends with the item that ends such lists, where the other does not. Neither: the order given, and the page does not tell."""
    down: list[Item] = []
    for sheet in sheets:
        here = [f for f in found if f[0].page == sheet.number]
        columns = _columns(here)
        if len(columns) < 2 or _in_lines(sheet, here):
            down += here
        else:
            down += [item for column in columns for item in sorted(column, key=lambda f: f[0].box.top)]
    across = [item for sheet in sheets for item in found if item[0].page == sheet.number]
    if [c for _, c in down] == [c for _, c in across]:
        return list(found), True
    numbers = {id(ink): n for sheet in sheets for ink, _ in found if ink.page == sheet.number and (n := _number(sheet, ink)) is not None}
    told = [_rises([numbers[id(ink)] for ink, _ in order if id(ink) in numbers]) for order in (across, down)]
    if told[0] == told[1]:
        told = [order[-1][1] == LAST_ITEM for order in (across, down)]
    return (down if told[1] and not told[0] else list(found)), told[0] != told[1]


def _columns(items: Sequence[Item]) -> list[list[Item]]:
    """The items by the columns in which they stand, from left to right; one list where they do not stand in columns side by side: ragged,
    or one list below another."""
    columns: list[list[Item]] = []
    for item in sorted(items, key=lambda f: f[0].box.left):
        if columns and item[0].box.left - columns[-1][0][0].box.left < item[0].box.width:
            columns[-1].append(item)
        else:
            columns.append([item])
    ragged = any(column[-1][0].box.left - column[0][0].box.left > 0.4 * column[0][0].box.width for column in columns)
    beside = any(a[0].box.same_row(b[0].box) for left, right in pairwise(columns) for a in left for b in right)
    return columns if beside and not ragged else [list(items)]


def _in_lines(sheet: Sheet, items: Sequence[Item]) -> bool:
    """Whether several of the codes stand in one stretch of text: such a text runs across."""
    middles = [ink.box.centre for ink, _ in items]
    return any(sum(i.box.top <= y <= i.box.bottom and i.box.left <= x <= i.box.right for x, y in middles) > 1 for i in sheet.inks)


def _number(sheet: Sheet, code: Ink) -> int | None:
    """The number that stands right before a code, in its own stretch of text or in one to its left."""
    for ink in reversed(sheet.row(code.box)):
        before = "".join(c for c, b in zip(ink.text, ink.boxes, strict=True) if b.centre[0] < code.box.left)
        if before.strip() and code.box.left - ink.box.left < 0.8 * code.box.width + 0.02 and (found := _BEFORE.search(before)):
            return int(found[1])
    return None


def _rises(numbers: Sequence[int]) -> bool:
    return len(numbers) > 1 and all(a < b for a, b in pairwise(numbers))
