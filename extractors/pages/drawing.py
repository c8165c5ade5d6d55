"""What stands on a PDF page besides its text: straight rules, and how much of the page pictures cover."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw

Segment = tuple[float, float, float, float]
"""x0, y0, x1, y1 in PDF user space."""

_THIN, _LONG = 2.5, 6.0
"""Points: a filled box no thicker than the first and no shorter than the second is a rule."""
_PATH_PARTS = 400
_DOTS = 40
"""The fewest dots that make a bar code: the smallest QR code has 21 rows, in each of which are two dark runs and more."""
_DEEPEST = 3
"""How many forms within each other are looked into."""


@dataclass(frozen=True)
class Drawing:
    """``segments`` in PDF user space; ``pictures`` the share of the page under pictures; ``objects`` how many things are drawn;
    ``fax_dpi`` the resolution of a picture of one bit a pixel that fills the page, 0 where there is none; ``coded`` whether something is
    drawn that may be a bar code: a picture, a path of many parts, or many small ones."""

    segments: tuple[Segment, ...]
    pictures: float
    objects: int
    fax_dpi: float = 0.0
    coded: bool = False


def survey(page: Any, limit: int) -> Drawing:
    """Look through at most ``limit`` objects of a PDFium page."""
    segments: list[Segment] = []
    covered, count, fax, dots = 0.0, 0, 0.0, 0
    x0, y0, x1, y1 = page.get_bbox()
    for thing, sort, level in _things(page.raw, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject):
        count += 1
        if count > limit:
            break
        if sort == raw.FPDF_PAGEOBJ_IMAGE:
            dots += _DOTS
            l, b, r, t = _bounds(thing)
            share = max(0.0, min(r, x1) - max(l, x0)) * max(0.0, min(t, y1) - max(b, y0))
            covered += share
            if share > 0.5 * (x1 - x0) * (y1 - y0):
                fax = _bilevel_dpi(thing, page)
        elif sort == raw.FPDF_PAGEOBJ_PATH:
            if level == 0:
                segments += _segments(thing)
            dots += _dots(thing)
    return Drawing(tuple(segments), covered / max(1.0, (x1 - x0) * (y1 - y0)), count, fax, dots >= _DOTS)


def _things(parent: Any, count: Callable[[Any], int], get: Callable[[Any, int], Any], level: int = 0) -> Iterator[tuple[Any, int, int]]:
    """What is drawn, also within forms: PDFium's handle, its sort, and in how many forms it lies."""
    for i in range(count(parent)):
        if thing := get(parent, i):
            sort = raw.FPDFPageObj_GetType(thing)
            yield thing, sort, level
            if sort == raw.FPDF_PAGEOBJ_FORM and level < _DEEPEST:
                yield from _things(thing, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, level + 1)


def _dots(path: Any) -> int:
    """How many dots of a bar code a path may be: all of them, one, or none where it is a rule, a frame or a simple shape."""
    parts = raw.FPDFPath_CountSegments(path)
    if parts > 4 * _DOTS:
        return _DOTS
    l, b, r, t = _bounds(path)
    return int(max(r - l, t - b) < _LONG)


def _bilevel_dpi(thing: Any, page: Any) -> float:
    """The resolution of a picture of one bit a pixel; 0 for every other."""
    data = raw.FPDF_IMAGEOBJ_METADATA()
    if not raw.FPDFImageObj_GetImageMetadata(thing, page.raw, data) or data.bits_per_pixel != 1:
        return 0.0
    return float(data.vertical_dpi)


def _bounds(thing: Any) -> Segment:
    l, b, r, t = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(thing, l, b, r, t):
        return 0.0, 0.0, 0.0, 0.0
    return l.value, b.value, r.value, t.value


def _segments(path: Any) -> list[Segment]:
    """The straight rules of one path: a thin filled box, the sides of a stroked box, the strokes of a longer path."""
    l, b, r, t = _bounds(path)
    w, h = r - l, t - b
    if max(w, h) < _LONG:
        return []
    if h <= _THIN:
        return [(l, (b + t) / 2, r, (b + t) / 2)]
    if w <= _THIN:
        return [((l + r) / 2, b, (l + r) / 2, t)]
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    parts = raw.FPDFPath_CountSegments(path)
    if not stroke.value or parts > _PATH_PARTS:
        return []
    return _strokes(path, parts)


def _strokes(path: Any, parts: int) -> list[Segment]:
    m = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(path, m)
    x, y = ctypes.c_float(), ctypes.c_float()
    out: list[Segment] = []
    start = last = (0.0, 0.0)
    for i in range(parts):
        part = raw.FPDFPath_GetPathSegment(path, i)
        raw.FPDFPathSegment_GetPoint(part, x, y)
        at = (m.a * x.value + m.c * y.value + m.e, m.b * x.value + m.d * y.value + m.f)
        kind = raw.FPDFPathSegment_GetType(part)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = at
        elif kind == raw.FPDF_SEGMENT_LINETO:
            out.append((*last, *at))
        last = at
        if raw.FPDFPathSegment_GetClose(part):
            out.append((*last, *start))
    return [s for s in out if (abs(s[0] - s[2]) < 0.5) != (abs(s[1] - s[3]) < 0.5) and abs(s[0] - s[2]) + abs(s[1] - s[3]) > _LONG]
