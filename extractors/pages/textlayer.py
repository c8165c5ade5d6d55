"""The text layer of a PDF page: characters with boxes, gathered into lines without a wide gap."""

from __future__ import annotations

import ctypes
import math
import sys
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw

from domain.document import TEXT_LAYER, Box, Line

_GAP, _BLANK, _JUSTIFIED = 0.9, 0.28, 2.6
"""Widths of a gap in letter heights: ends a line; counts as a blank; may stand between justified single characters."""
_LARGE, _TOO_LARGE, _BELOW = 18.0, 2.5, 0.15
"""Points from which a glyph's box is compared with its font's size; how many sizes are too large; the share of a glyph below its line."""

_COLUMN, _WRITTEN_DOWN = 3, 0.4
"""The fewest glyphs of a column, and the share of a page's glyphs in columns from which on it is written so."""

_ASKEW = 0.3
"""The slope up to which a text is taken for turned by a few degrees."""

INVISIBLE = 3
_QUARTERS = 57.29578 / 90
"""Quarter turns in a radian."""
_RADICALS = {
    0x2EA0: "民", 0x2EC4: "西", 0x2EC6: "角", 0x2ED1: "長", 0x2ED8: "青", 0x2EDD: "食", 0x2EE3: "骨", 0x2EE4: "鬼", 0x2EE9: "黃",
    0x2EEC: "齊", 0x2EEE: "齒",
}
"""Radicals (CJK Radicals Supplement) that stand for whole characters and that NFKC leaves alone."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One printed character. Points; origin top left of the displayed page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    angle: int

    @property
    def height(self) -> float:
        return self.bottom - self.top


def glyphs(page: Any, width: float, height: float, limit: int) -> list[Glyph]:
    """The printed characters of a PDFium page in the order of its content; blanks and made-up characters left out.
    ``width`` and ``height``: the page as displayed, in points. At most ``limit`` characters."""
    textpage = page.get_textpage()
    handle = textpage.raw
    count = min(raw.FPDFText_CountChars(handle), limit)
    box = raw.FS_RECTF()
    ref = ctypes.byref(box)
    rotation = page.get_rotation() % 360
    x0, y0, x1, y1 = page.get_bbox()
    w, h = x1 - x0, y1 - y0
    out = []
    for i in range(count):
        code = raw.FPDFText_GetUnicode(handle, i)
        if code <= 32 or code in (0xA0, 0x3000, 0xFFFE, 0xFFFF) or 0xD800 <= code <= 0xDFFF and not (code := _pair(handle, i, code)):
            continue
        if not raw.FPDFText_GetLooseCharBox(handle, i, ref):
            continue
        l, b, r, t = box.left - x0, box.bottom - y0, box.right - x0, box.top - y0
        if l > r or b > t:
            l, r, b, t = min(l, r), max(l, r), min(b, t), max(b, t)
        if max(r - l, t - b) > _LARGE and (better := _by_matrix(handle, i, max(r - l, t - b))):
            l, b, r, t = better[0] - x0, better[1] - y0, better[2] - x0, better[3] - y0
        left, top, right, bottom = _displayed(l, b, r, t, w, h, rotation) if rotation else (l, h - t, r, h - b)
        if right < 0 or bottom < 0 or left > width or top > height:
            continue
        turn = round(-raw.FPDFText_GetCharAngle(handle, i) * _QUARTERS) * 90 + rotation
        out.append(Glyph(unified(code), left, top, right, bottom, turn % 360))
    textpage.close()
    return out


def _by_matrix(handle: Any, i: int, extent: float) -> tuple[float, float, float, float] | None:
    """The box of a glyph by its matrix and its font's size, where PDFium gives one far larger than these: of some glyphs of a text that is
    turned by a degree or two, as in seals, or that another font lends, it tells neither the place nor the size. None where the box is as
    large as the font says, or where a level text's glyph stands on its line."""
    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(handle, i, ctypes.byref(matrix)) or not abs(matrix.b) < _ASKEW * abs(matrix.a):
        return None
    size = raw.FPDFText_GetFontSize(handle, i) * math.hypot(matrix.b, matrix.d)
    if not 0 < size * _TOO_LARGE < extent or (matrix.b == 0 and _on_line(handle, i, matrix.f, size)):
        return None
    return matrix.e, matrix.f - _BELOW * size, matrix.e + size, matrix.f + (1 - _BELOW) * size


def _on_line(handle: Any, i: int, baseline: float, size: float) -> bool:
    """Whether PDFium puts a glyph of a level text on the line that its matrix says it stands on."""
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(handle, i, ctypes.byref(x), ctypes.byref(y))
    return abs(y.value - baseline) <= size


def unmapped(page: Any, limit: int) -> int:
    """How many of the first ``limit`` characters of a PDFium page are drawn of which the font does not tell what they are."""
    textpage = page.get_textpage()
    handle = textpage.raw
    count = sum(1 for i in range(min(raw.FPDFText_CountChars(handle), limit))
                if raw.FPDFText_GetUnicode(handle, i) == 0 or raw.FPDFText_HasUnicodeMapError(handle, i) == 1)
    textpage.close()
    return count


def unified(code: int) -> str:
    """The character of a code point; radicals and compatibility forms, which fonts without a table of their own give for plain
    characters, as the plain character; what a broken table gives beyond Unicode, as U+FFFD.

    >>> unified(0x2F47), unified(0x2EA0), unified(0xF90A), unified(0x110000)
    ('日', '民', '金', '\ufffd')
    """
    if code > sys.maxunicode:
        return "\ufffd"
    if 0x2F00 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF:
        return unicodedata.normalize("NFKC", chr(code))
    return _RADICALS.get(code, chr(code))


def render_mode(thing: Any) -> int:
    """The text rendering mode of a PDFium text object."""
    return int(raw.FPDFTextObj_GetTextRenderMode(thing.raw))


def _pair(handle: Any, i: int, code: int) -> int:
    """The character of a surrogate pair that starts at ``i``, 0 for its second half."""
    if code >= 0xDC00:
        return 0
    low = raw.FPDFText_GetUnicode(handle, i + 1)
    return 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00) if 0xDC00 <= low <= 0xDFFF else 0


def _displayed(l: float, b: float, r: float, t: float, w: float, h: float, rotation: int) -> tuple[float, float, float, float]:
    """From PDF user space (origin bottom left) to the displayed page under /Rotate: left, top, right, bottom."""
    if rotation == 90:
        return b, l, t, r
    if rotation == 180:
        return w - r, b, w - l, t
    if rotation == 270:
        return h - t, w - r, h - b, w - l
    return l, h - t, r, h - b


def reading_turn(found: Sequence[Glyph]) -> int:
    """How far the text of the displayed page stands turned clockwise: 0, 90, 180 or 270 degrees."""
    return Counter(g.angle for g in found).most_common(1)[0][0] if found else 0


def turned_back(found: Sequence[Glyph], turn: int, width: float, height: float) -> tuple[list[Glyph], float, float]:
    """The glyphs of a page that is turned by ``turn``, as they stand when it is turned back; with the new size."""
    if turn == 0:
        return list(found), width, height
    out = []
    for g in found:
        if turn == 90:
            edges = g.top, width - g.right, g.bottom, width - g.left
        elif turn == 180:
            edges = width - g.right, height - g.bottom, width - g.left, height - g.top
        else:
            edges = height - g.bottom, g.left, height - g.top, g.right
        out.append(Glyph(g.text, *edges, 0))
    return out, *((width, height) if turn == 180 else (height, width))


def lines(found: Sequence[Glyph], width: float, height: float, walls: Sequence[tuple[float, float, float]] = ()) -> tuple[Line, ...]:
    """Runs of glyphs on one row without a wide gap; of a page written in columns also these. ``walls`` are upright rules (x, top, bottom in
    points), which end a run."""
    walls = sorted(walls)
    down, across = _columns(found)
    runs = down + _joined(_runs(across, walls), walls)
    runs.sort(key=lambda r: (round(_middle(r) / 4), r[0].left))
    return tuple(_line(r, width, height) for r in runs)


def _middle(run: Sequence[Glyph]) -> float:
    return (min(g.top for g in run) + max(g.bottom for g in run)) / 2


def _follows(a: Glyph, b: Glyph, gap: float) -> bool:
    size = max(a.height, b.height)
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    return shared >= 0.5 * min(a.height, b.height) and -0.6 * size <= b.left - a.right <= gap * size and b.right > a.left


def _columns(found: Sequence[Glyph]) -> tuple[list[list[Glyph]], list[Glyph]]:
    """The columns of a page most of which is written from top to bottom, and the glyphs of its other lines: none and all of any other."""
    pieces = _runs(found, (), _stands_under)
    down = sum(len(p) for p in pieces if len(p) >= _COLUMN and sum(ord(g.text[0]) > 0x2E80 for g in p) > len(p) / 2)
    if down < _WRITTEN_DOWN * len(found):
        return [], list(found)
    rows = [r for r in _runs(found, ()) if len(r) >= _COLUMN]
    across = [g for r in rows for g in r]
    there = {id(g) for g in across}
    out: list[list[Glyph]] = []
    for g in sorted((g for g in found if id(g) not in there), key=lambda g: g.top):
        column = next((c for c in out if _stands_under(c[-1], g, _JUSTIFIED)), None)
        if column:
            column.append(g)
        else:
            out.append([g])
    return out, across


def _stands_under(a: Glyph, b: Glyph, gap: float) -> bool:
    size = max(a.right - a.left, b.right - b.left)
    shared = min(a.right, b.right) - max(a.left, b.left)
    return shared >= 0.5 * min(a.right - a.left, b.right - b.left) and -0.6 * size <= b.top - a.bottom <= gap * size and b.bottom > a.bottom


def _walled(a: Glyph, b: Glyph, walls: Sequence[tuple[float, float, float]]) -> bool:
    """Whether one of the walls, sorted by x, stands between two neighbours."""
    y = (a.top + a.bottom) / 2
    first = bisect_left(walls, (a.right - 0.3 * a.height,))
    last = bisect_left(walls, (b.left + 0.3 * b.height,))
    return any(top <= y <= bottom for _, top, bottom in walls[first:last])


def _runs(found: Sequence[Glyph], walls: Sequence[tuple[float, float, float]],
          follows: Callable[[Glyph, Glyph, float], bool] = _follows) -> list[list[Glyph]]:
    """Neighbours in the order of the content that are neighbours on the page."""
    out: list[list[Glyph]] = []
    for g in found:
        if out and follows(out[-1][-1], g, _GAP) and not _walled(out[-1][-1], g, walls):
            out[-1].append(g)
        else:
            out.append([g])
    return out


def _joined(runs: list[list[Glyph]], walls: Sequence[tuple[float, float, float]]) -> list[list[Glyph]]:
    """Runs that continue each other on the page though not in the content; single characters set wide count as one word."""
    runs = sorted(runs, key=lambda r: (r[0].left, r[0].top))
    by_row: list[list[Glyph]] = []
    used = [False] * len(runs)
    for i, run in enumerate(runs):
        if used[i]:
            continue
        current, last = list(run), run[-1]
        for j in range(i + 1, len(runs)):
            begin = runs[j][0]
            if used[j] or begin.left < last.left or begin.top > last.bottom or begin.bottom < last.top:
                continue
            if begin.left - last.right > _JUSTIFIED * max(last.height, begin.height) * 1.5:
                if begin.left - last.right > 200:
                    break
                continue
            single = len(runs[j]) == 1 and all(ord(g.text) > 0x2E80 for g in (last, begin)) and _single(current)
            gap = _JUSTIFIED if single else _GAP
            if _follows(last, begin, gap) and not _walled(last, begin, walls):
                current += runs[j]
                last = runs[j][-1]
                used[j] = True
        by_row.append(current)
    return by_row


def _single(run: Sequence[Glyph]) -> bool:
    return all(b.left - a.right > _GAP * a.height for a, b in zip(run, run[1:], strict=False))


def _line(run: Sequence[Glyph], width: float, height: float) -> Line:
    text, chars = [], []
    last = run[0]
    for g in run:
        x0, y0, x1, y1 = _share(g.left, width), _share(g.top, height), _share(g.right, width), _share(g.bottom, height)
        if g.left - last.right > _BLANK * (g.bottom - g.top) and g.left - last.right > _BLANK * (last.bottom - last.top):
            text.append(" ")
            chars.append(Box(_share(last.right, width), y0, x0, y1))
        text.append(g.text)
        chars.append(Box(x0, y0, x1, y1))
        last = g
    return Line("".join(text), Box.around(chars), tuple(chars), 1.0, TEXT_LAYER)


def _share(at: float, whole: float) -> float:
    """A place as a fraction of the page, clipped to it."""
    share = at / whole
    return 0.0 if share < 0 else 1.0 if share > 1 else share
