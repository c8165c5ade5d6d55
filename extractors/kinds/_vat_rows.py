"""Rows of a tax return: the figure that belongs to a label or to the printed number of its box."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from domain.document import OCR
from extractors.readers.ink import Ink, Sheet
from extractors.readers.labels import find_in, hits, likely

FIGURE = re.compile(r"(?<![0-9,])(?<![0-9], )([0-9]{1,3}(?:, ?[0-9]{3})+|[0-9]+)(?![0-9,])")
"""An engine may see a blank behind a thousands mark: what follows it is no figure of its own."""


_CENTS = re.compile(r"(?<=,[0-9]{3})\.0{1,2}(?![0-9])")
_NOUGHT = re.compile(r"[oO〇○Ｏ0][\]|)）lI]?")


def figures_in(inks: Sequence[Ink]) -> list[tuple[int, Ink]]:
    """The figures of the stretches from left to right; a lone round glyph in a column of figures is a nought."""
    out = []
    for ink in inks:
        if ink.source == OCR and _NOUGHT.fullmatch(ink.text):
            out.append((0, ink))
            continue
        for m in FIGURE.finditer(_CENTS.sub(lambda c: " " * len(c[0]), ink.text).replace(".", ",")):
            out.append((int(re.sub("[, ]", "", m[1])), ink.part(m.start(1), m.end(1))))
    return out


WHOLE = "總銷售額"
"""A label that counts only at the head of its line and without a slip, since parts of other labels are nearly like it."""

SHORT = ("應繳稅額", "實繳稅額")
"""Labels that a slip makes another one (應退稅額)."""

CARRIED = "累積留抵稅額"
"""The credit of the period before; that of this one (本期) is what is carried on."""

NUMBERS = {"銷售額總計": 25, "應實繳稅額": 111, "實繳稅額": 111, "應繳稅額": 111,
           "銷項稅額合計": 101, "得扣抵進項稅額合計": 107, "累積留抵稅額": 108, "小計": 110}
"""The numbers that the form prints in its boxes before the amounts; one that stands alone in its row is no amount."""


def row_value(sheet: Sheet, words: tuple[str, ...]) -> tuple[int, Ink, bool] | None:
    """The amount of the row of a label: of the figures right of it, the one that is written as money, else the last one before other
    words begin; the form's own numbers are not amounts. Also whether its label was read without a slip and no other figure is like it."""
    for word in words:
        spots = [(s[2], ink, s) for ink in sheet.inks if (s := find_in(ink.text, word)) and len(ink.text) <= len(word) + 16
                 and (word != WHOLE or s[::2] == (0, 0))]
        spots = spots or [(s[2], ink, s) for h in hits(sheet, word) if (s := find_in((ink := Ink.joined(h.inks)).text, word))]
        spots = [p for p in spots if not (word in SHORT and p[0]) and not (word == CARRIED and "本期" in p[1].text[:p[2][0]])]
        for _, ink, spot in sorted(spots, key=lambda p: p[0]):
            if re.search(r"[應免][稅税積](?!額)|零[稅税]|補徵|歇業|特種|其中|土地|購買|勞務"
                         r"|全年|累計|去年|同期|上年|前期" + ("" if word == CARRIED else "|上期"), ink.text[:spot[1]]):
                continue
            own = ink.text[spot[1]:]
            inside = ink.part(spot[1], len(ink.text)) if re.search(r"[0-9,.]{4,}", own) else None
            right = [i for i in sheet.row(ink.box) if i is not ink and i.box.left >= ink.part(spot[0], spot[1]).box.right - 0.002]
            found = _amount([*([inside] if inside else []), *right], {NUMBERS.get(word), NUMBERS["銷售額總計"]})
            if not inside and (found is None or _askew(ink, found[1])) and (hit := _by_order(sheet, ink) or _by_numbers(sheet, ink)):
                return *hit, False
            if found:
                if _askew(ink, found[1]):
                    return *found, False
                alone = len(figures_in([i for i in right if i.box.left < found[1].box.right])) <= 1
                return *found, not spot[2] and (alone or "," in found[1].text)
    return None


def _askew(label: Ink, figure: Ink) -> bool:
    """Whether a figure stands so far above or below the line of its label that it may be another line's."""
    return abs(label.box.centre[1] - figure.box.centre[1]) > 0.3 * min(label.height, figure.height)


def _by_order(sheet: Sheet, label: Ink) -> tuple[int, Ink] | None:
    """The figure of a list of one column of labels and one of figures whose lines do not meet, since the paper lies askew: there are as
    many of both, so the order tells which belongs to which."""
    labels = [i for i in sheet.inks if abs(i.box.left - label.box.left) < 0.03 and not re.search("[0-9:]", i.text) and len(i.text) < 16]
    amounts = [i for i in sheet.inks if i.box.left > label.box.right and re.fullmatch("[0-9]{1,3}(?:,[0-9]{3})*", i.text)]
    edge = max((i.box.right for i in amounts), default=0.0)
    if not amounts or len(labels) != len(amounts) or any(edge - i.box.right > 0.02 for i in amounts) or label not in labels:
        return None
    return figures_in([sorted(amounts, key=lambda i: i.box.top)[sorted(labels, key=lambda i: i.box.top).index(label)]])[0]


def _by_numbers(sheet: Sheet, label: Ink) -> tuple[int, Ink] | None:
    """The figure of a list of numbered lines whose figures stand half a line off their labels, since the paper is bent: there are as many
    numbers before the labels as figures behind them, so the order tells which belongs to which."""
    own = next((i for i in sheet.row(label.box) if _ORDINAL.fullmatch(i.text) and 0 <= label.box.left - i.box.right < 0.06), None)
    if own is None:
        return None
    ordinals = [i for i in sheet.inks if _ORDINAL.fullmatch(i.text) and abs(i.box.centre[0] - own.box.centre[0]) < 0.03]
    amounts = [i for i in sheet.inks if i.box.left > label.box.right and re.fullmatch("[0-9]{1,3}(?:[,.][0-9]{3})*", i.text)]
    edge = sorted(i.box.right for i in amounts)[len(amounts) // 2] if amounts else 0.0
    amounts = [i for i in amounts if abs(i.box.right - edge) < 0.025]
    if len(ordinals) != len(amounts) or len(amounts) < 4:
        return None
    return figures_in([sorted(amounts, key=lambda i: i.box.top)[sorted(ordinals, key=lambda i: i.box.top).index(own)]])[0]


_ORDINAL = re.compile("[0-9]{1,3}")


def _amount(row: Sequence[Ink], numbers: Container[int | None]) -> tuple[int, Ink] | None:
    """The amount of a row: the first figure with a thousands mark or 元 behind it, else the last before other words begin."""
    seen: list[tuple[int, Ink]] = []
    for k, ink in enumerate(row):
        figures = figures_in([ink])
        if not figures:
            if seen and len(ink.text) > 2:
                break
            continue
        for value, spot in figures:
            behind = ink.text[ink.text.find(spot.text) + len(spot.text):] or (row[k + 1].text if k + 1 < len(row) else "")
            if re.search(r"[,.]", spot.text) or behind.startswith("元"):
                return value, spot
        seen += figures
    return next((p for p in reversed(seen) if p[0] not in numbers or seen.index(p) > 0 and seen[0][0] in (p[0], 11)), None)


ENOUGH_LINES = 3
_OF_TAX = ("銷項稅額合計", "得扣抵進項稅額合計", "累積留抵稅額", "應實繳稅額", "申報留抵稅額", "得退稅限額合計", "應退稅額")


def lines_of_tax(sheet: Sheet) -> int:
    """How many of the lines of the part that computes what is payable stand on a page."""
    return sum(any(len(i.text) <= len(words) + 16 and find_in(i.text, words) for i in likely(sheet, words)) for words in _OF_TAX)


def _between(sheet: Sheet, number: int) -> list[Ink]:
    """What stands in the column of the numbers of boxes between the number before and the one after: a number that was misread."""
    before, after = ([i for i in sheet.inks if i.text == str(n)] for n in (number - 1, number + 1))
    if len(before) != 1 or len(after) != 1 or not before[0].box.same_column(after[0].box, 0.4):
        return []
    top, foot = before[0].box.centre[1], after[0].box.centre[1]
    between = [i for i in sheet.inks if top < i.box.centre[1] < foot and i.box.same_column(before[0].box, 0.4) and len(i.text) < 4]
    return between if foot - top < 5 * before[0].height and len(between) == 1 else []


def coded(sheet: Sheet, code: int) -> tuple[int, Ink] | None:
    """The last figure of the line of a code that stands in one column between the codes before and after (10, 11, 12)."""
    for ink in sheet.inks:
        if ink.text != str(code):
            continue
        column = [i for i in sheet.inks if abs(i.box.centre[0] - ink.box.centre[0]) < 0.015 and abs(i.box.centre[1] - ink.box.centre[1])
                  < 3 * ink.height and re.fullmatch("[0-9]{1,2}", i.text)]
        near = [i.text for i in sorted(column, key=lambda i: i.box.top)]
        if near != [str(code - 1), str(code), str(code + 1)]:
            continue
        row = [i for i in sheet.row(ink.box) if i.box.left > ink.box.right and not re.search(r"[\u4e00-\u9fff+]", i.text.rstrip("元"))]
        if row and (figures := figures_in(row[-1:])):
            return figures[-1]
    return None


def numbered(sheet: Sheet, number: int | None) -> tuple[int, Ink] | None:
    """The figure right of the number of a box, the one that shares most of its height."""
    spots = [i for i in sheet.inks if i.text == str(number)] or _between(sheet, number or 0)
    if number is None or number < 100 or len(spots) != 1:
        return None
    box = spots[0].box
    shared = [(min(box.bottom, i.box.bottom) - max(box.top, i.box.top), *f) for i in sheet.inks if 0 <= i.box.left - box.right < 0.2
              and not re.search(r"[\u4e00-\u9fff+]", i.text.rstrip("元"))
              for f in figures_in([i])[:1]]
    best = max(shared, key=lambda s: s[0], default=None)
    return best[1:] if best and best[0] > 0.4 * box.height else None
