"""Several slips in one photograph, each lying its own way: where each lies, and the frame in which it lies straight.

Two kinds of evidence: the edges of the papers, and what the detector and the decoder see in the whole picture. A paper whose four edges
are plain to see takes what stands within them; lines and QR codes that are left over are gathered into what must be further slips.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import cv2
import numpy as np

from domain.document import Code, Line, Page
from extractors.ocr.engine import Quad
from extractors.pages import flatten, frame
from extractors.pages.clean import Ink
from extractors.pages.codes import Spot
from extractors.pages.scan import Frame

SMALLEST = 0.012
"""The least share of a picture that a slip takes."""
_FEWEST, _MORE = 3, 5
"""The fewest lines of text on a slip with a QR code or with edges that are seen, and on any other."""
_MEETS = 0.12
"""Of two papers that share more than this part of the smaller one, one is a paper and the other is made of shadows."""
_LEANS = 15.0
"""Lines of one slip lean no more than so many degrees apart."""
_ASKEW = 10.0
"""Beyond so many degrees from the lean of what stands around it a line is of another slip."""
_ABOVE, _BESIDE = 4.0, 2.5
"""How far lines of one slip stand apart, one over another and one beside another, in heights of a line."""
_QR = "QRCode"
_MARGIN = 2.0
"""The paper around the text of a slip whose edges are not seen, in heights of a line."""
T = TypeVar("T")
_BEYOND = 0.35
"""How far beyond its text such a slip is looked at, in shares of that text's width and height: large type at a lean is overlooked."""
_SMALL = 28.0
"""The height of the middle line of a slip, in pixels, below which its print is misread now and then, the engine sure of itself."""
TOO_SMALL = "這張在照片裡太小，字看不準，請靠近一點重拍，一張照片少放幾張。"
_LINE_OF_CODE = 0.15
"""The height of a line beside a QR code, in sides of the code."""


@dataclass(frozen=True)
class Slip:
    """One slip of a displayed picture, in pixels: the text and codes that were seen on it in the whole picture, the outline within which
    everything is its own, and the corners of what to look at, which reach further where its edges are not seen."""

    text: tuple[Quad, ...]
    outline: Quad
    corners: Quad

    def frame(self, size: frame.Size) -> Frame:
        """The frame in which the slip lies straight, one of four ways."""
        return flatten.laid_flat(self.corners, size)


def papers(outlines: Sequence[flatten.Outline]) -> list[Quad]:
    """Of the papers that may be there, those that do not lie within or over a plainer one."""
    out: list[Quad] = []
    for sheet in outlines:
        if all(_shared(sheet.corners, other) < _MEETS for other in out):
            out.append(sheet.corners)
    return out


def slips(papers: Sequence[Quad], text: Sequence[Quad], codes: Sequence[Spot], size: frame.Size) -> list[Slip]:
    """The slips that lie in a picture, where there are two or more that do not lie alike: ``papers`` seen by their edges, and what the
    ``text`` and ``codes`` outside of them make. None where these do not fall apart so: boxes of a form, a picture on a page."""
    rows = [_row(q) for q in text] + [_of_code(c) for c in codes if c.symbology == _QR]
    inside = [[r for r in rows if _within(r.quad.mean(axis=0), quad)] for quad in papers]
    plain = sum(_enough(held, _FEWEST) for held in inside)
    found = [Slip(tuple(r.quad for r in held), quad, quad) for quad, held in zip(papers, inside, strict=True) if held or plain > 1]
    taken = {id(r) for held in inside for r in held}
    loose = [group for group in _gathered([r for r in rows if id(r) not in taken]) if _enough(group, _MORE)]
    if plain < 2 and not _differ([*loose, *(held for held in inside if held)], coded=not plain):
        return []
    for group in loose:
        outline = _around(group)
        if any(_shared(outline, quad) > _MEETS for quad in papers):
            return []
        found.append(Slip(tuple(r.quad for r in group), outline, _around(group, _BEYOND)))
    return found if len(found) > 1 else []


def own(page: Page, slip: Slip, others: Sequence[Slip], at: Frame) -> Page:
    """The page of one slip without what stands on its neighbours, or nearer to one of them. Its notes tell where it is too small to be
    read for sure."""
    def mine(ink: Line | Code) -> bool:
        x, y = ink.box.centre
        place = frame.points(frame.inverse(at.matrix), ((x * at.size[0], y * at.size[1]),))[0]
        near = _depth(place, slip.outline)
        return any(_within(place, t) for t in slip.text) or all(near >= _depth(place, other.outline) for other in others)

    lines = tuple(n for n in page.lines if mine(n))
    small = bool(lines) and float(np.median([n.box.height for n in lines])) * page.height < _SMALL
    return replace(page, lines=lines, codes=tuple(c for c in page.codes if mine(c)), notes=(TOO_SMALL,) if small else ())


def legible(page: Page) -> bool:
    """Whether so much stands on what looked like a slip that it may be one."""
    return len(page.lines) >= _FEWEST or bool(page.codes)


def ink_of(written: Ink, slip: Slip) -> Ink:
    """What is written on a picture, of its stamps only those of one slip."""
    return replace(written, stamps=tuple((zone, stamp) for zone, stamp in written.stamps
                                         if _within(np.asarray((zone[0] + zone[2] / 2, zone[1] + zone[3] / 2)), slip.corners)))


def _within(place: Any, quad: Quad) -> bool:
    return _depth(place, quad) >= 0


def _depth(place: Any, quad: Quad) -> float:
    """How far within an outline a place lies, in pixels; less than 0 outside."""
    return float(cv2.pointPolygonTest(quad.reshape(-1, 1, 2), (float(place[0]), float(place[1])), True))


def _shared(a: Quad, b: Quad) -> float:
    """The part of the smaller of two convex outlines that both cover."""
    least = min(float(cv2.contourArea(a)), float(cv2.contourArea(b)))
    return float(cv2.intersectConvexConvex(a, b)[0]) / least if least > 0 else 1.0


@dataclass(frozen=True)
class _Row:
    """A line of text, or a QR code: ``angle`` is its direction in degrees, None where too short to tell; ``height`` that of a line, in
    pixels. Of a line the direction is known but for a half turn."""

    quad: Quad
    angle: float | None
    height: float
    coded: bool = False


def _row(quad: Quad) -> _Row:
    first, other = quad[1] - quad[0], quad[2] - quad[1]
    w, h = float(np.linalg.norm(first)), float(np.linalg.norm(other))
    return _Row(quad, _direction(first if w >= h else other) % 180 if max(w, h) > 2.5 * min(w, h) else None, min(w, h))


def _of_code(code: Spot) -> _Row:
    along = code.corners[1] - code.corners[0]
    height = _LINE_OF_CODE * float(np.linalg.norm(along))
    return _Row(code.corners, _direction(along), height, coded=True) if code.payload else _Row(code.corners, None, height)


def _direction(along: Any) -> float:
    return float(np.degrees(np.arctan2(along[1], along[0]))) % 360


def _apart(a: float, b: float, whole: float = 180.0) -> float:
    """The angle between two directions, in degrees; a turn by ``whole`` is none."""
    return abs((a - b + whole / 2) % whole - whole / 2)


def _enough(group: Sequence[_Row], lines: int) -> bool:
    """Whether what stands together may be a slip; a QR code tells more than lines do."""
    return sum(not r.coded for r in group) >= (_FEWEST if any(r.coded for r in group) else lines)


def _differ(groups: Sequence[Sequence[_Row]], *, coded: bool) -> bool:
    """Whether some groups do not lie alike: by their QR codes, which have one upright each, or where ``coded`` is not asked by lines."""
    ways = [r.angle for g in groups for r in g if r.coded and r.angle is not None]
    if any(_apart(a, ways[0], 360.0) > _LEANS for a in ways):
        return True
    leans = [] if coded else [_lean(g) for g in groups]
    return any(_apart(a, leans[0]) > _LEANS for a in leans)


def _gathered(rows: Sequence[_Row]) -> list[list[_Row]]:
    """Lines and codes put together that lean alike and stand over or beside each other, near."""
    groups = [part for group in _linked(rows, _near) for part in _parted(group)]
    return [[row for group in near for row in group] for near in _linked(groups, _meet)]


def _parted(group: list[_Row]) -> list[list[_Row]]:
    """What stands together, parted where its QR codes lie different ways, each line with the codes that are near and lean as it does; else
    where some lines lean another way than the rest."""
    seeds = _linked([r for r in group if r.coded], _alike)
    if len(seeds) < 2:
        lean = _lean(group)
        straight, aside, short = list[_Row](), list[_Row](), list[_Row]()
        for row in group:
            (short if row.angle is None else aside if _apart(row.angle, lean) > _ASKEW else straight).append(row)
        parts = [part for part in (straight, *_linked(aside, _near)) if part] or [[]]
        for row in short:
            min(parts, key=lambda part: min((_between(row, r) for r in part), default=0.0)).append(row)
        return parts
    places = [np.concatenate([r.quad for r in seed]).mean(axis=0) for seed in seeds]

    def away(row: _Row, k: int) -> float:
        leans = 0.0 if row.angle is None else _apart(row.angle, _lean(seeds[k]))
        return float(np.linalg.norm(row.quad.mean(axis=0) - places[k])) * (1 + leans / _LEANS)

    around: list[list[_Row]] = [[] for _ in seeds]
    for row in group:
        around[min(range(len(seeds)), key=lambda k: away(row, k))].append(row)
    return [part for part in around if part]


def _between(a: _Row, b: _Row) -> float:
    return float(np.linalg.norm(a.quad.mean(axis=0) - b.quad.mean(axis=0)))


def _alike(a: _Row, b: _Row) -> bool:
    """Whether two QR codes lie one way."""
    return a.angle is not None and b.angle is not None and _apart(a.angle, b.angle, 360.0) <= _LEANS


def _linked(items: Sequence[T], link: Callable[[T, T], bool]) -> list[list[T]]:
    """The items in groups, in each of which every one is linked to another."""
    out: list[list[T]] = []
    for item in items:
        linked = [group for group in out if any(link(item, other) for other in group)]
        out = [group for group in out if not any(group is other for other in linked)]
        out.append([item, *(other for group in linked for other in group)])
    return out


def _near(a: _Row, b: _Row) -> bool:
    if a.angle is not None and b.angle is not None and _apart(a.angle, b.angle) > _LEANS:
        return False
    angle = a.angle if a.angle is not None else b.angle
    if angle is None:
        return False
    (l, t, r, m), (left, top, right, bottom) = (_straightened(row.quad, angle) for row in (a, b))
    height = max(a.height, b.height)
    across, down = max(l, left) - min(r, right), max(t, top) - min(m, bottom)
    return across < 0 and down < _ABOVE * height or down < 0 and across < _BESIDE * height


def _meet(a: Sequence[_Row], b: Sequence[_Row]) -> bool:
    """Whether two groups are parts of one slip: they lean alike, and the paper around the one reaches into that around the other."""
    if any(all(r.angle is None for r in group) for group in (a, b)) or not all(_alike(p, q) for p in a for q in b if p.coded and q.coded):
        return False
    return _apart(_lean(a), _lean(b)) <= _LEANS and _shared(_around(a), _around(b)) > 0


def _straightened(quads: Any, angle: float) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of points after they are turned back by ``angle`` degrees."""
    a = np.deg2rad(-angle)
    turned = np.asarray(quads, np.float64).reshape(-1, 2) @ np.array(((np.cos(a), np.sin(a)), (-np.sin(a), np.cos(a))))
    (left, top), (right, bottom) = turned.min(axis=0), turned.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def _lean(rows: Sequence[_Row]) -> float:
    """The direction of a group but for a half turn: that of its QR codes, which is exact, else of its lines."""
    angles = [r.angle for r in rows if r.coded and r.angle is not None] or [r.angle for r in rows if r.angle is not None] or [0.0]
    first = angles[0]
    return first + float(np.median([(v - first + 90) % 180 - 90 for v in angles]))


def _around(rows: Sequence[_Row], beyond: float = 0.0) -> Quad:
    """The rectangle around what stands together, leaning as it does, with paper around, by a share ``beyond`` of it at least."""
    angle = _lean(rows)
    margin = _MARGIN * float(np.median([r.height for r in rows]))
    left, top, right, bottom = _straightened(np.stack([r.quad for r in rows]), angle)
    wide, high = max(margin, beyond * (right - left)), max(margin, beyond * (bottom - top))
    left, top, right, bottom = left - wide, top - high, right + wide, bottom + high
    a = np.deg2rad(angle)
    back = np.array(((np.cos(a), np.sin(a)), (-np.sin(a), np.cos(a))))
    corners = np.array(((left, top), (right, top), (right, bottom), (left, bottom))) @ back
    return flatten.clockwise(np.asarray(corners, np.float32))
