"""One picture of a page → its upright frame and its lines, through an OCR engine.

The pixels are never turned or flattened as a whole: the frame is a homography, the detector sees a small picture of it, and
each line is cut straight out of the original pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from domain.document import OCR, Box, Line, Page
from extractors.ocr.engine import Engine, Matrix, Pixels, Quad, Reply
from extractors.ocr.once import Once
from extractors.pages import frame, turn
from extractors.pages.clean import Ink, Zone
from extractors.pages.pieces import Piece, blank, pieces
from extractors.pages.rules import CANVAS, Rules, of_picture

DETECT_SIDE = 1152
_FAINTEST = 0.3
_STAMP_FAINTEST = 0.85
_LEAN = 0.08
_SEAL = 2
"""How many lines that run across a page written in columns are worth reading: a seal has as many."""
_TOUCHES, _CUT = 0.002, 4
"""How near an edge of a flattened sheet a line touches it, in shares of the frame, and how many lines at one edge mean that the sheet
goes on beyond it."""


@dataclass(frozen=True)
class Frame:
    """The upright frame of a displayed picture: ``matrix`` carries displayed pixels to upright pixels of ``size``."""

    matrix: Matrix
    size: frame.Size
    displayed: frame.Size
    turned: int = 0

    def crop(self, ink: Pixels, quad: Quad) -> Pixels:
        """A quadrilateral of the upright frame, cut straight out of the displayed picture ``ink``."""
        width = int(max(np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[2] - quad[3])))
        height = int(max(np.linalg.norm(quad[3] - quad[0]), np.linalg.norm(quad[2] - quad[1])))
        width, height = max(width, 1), max(height, 1)
        target = np.asarray(((0, 0), (width, 0), (width, height), (0, height)), np.float32)
        source = frame.points(frame.inverse(self.matrix), quad)
        cut = cv2.getPerspectiveTransform(source, target)
        return np.asarray(cv2.warpPerspective(ink, cut, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8)

    def laid(self, image: Pixels) -> Pixels:
        """The whole frame, cut out of the displayed picture."""
        w, h = self.size
        return self.crop(image, np.asarray(((0, 0), (w, 0), (w, h), (0, h)), np.float32))

    def small(self, ink: Pixels, side: int) -> tuple[Pixels, float]:
        """The whole frame with its longer side at most ``side`` pixels, and the scale."""
        scale = min(1.0, side / max(self.size))
        w, h = (max(1, round(v * scale)) for v in self.size)
        if np.allclose(self.matrix, np.eye(3)):
            return np.asarray(cv2.resize(ink, (w, h), interpolation=cv2.INTER_AREA), np.uint8), scale
        first = min(1.0, 2 * scale)
        half = cv2.resize(ink, None, fx=first, fy=first, interpolation=cv2.INTER_AREA) if first < 1 else ink
        matrix = frame.scaling(scale) @ self.matrix @ frame.scaling(1 / first)
        out = cv2.warpPerspective(half, matrix, (w, h), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(out, np.uint8), scale

    def then(self, matrix: Matrix, size: frame.Size, turned: int = 0) -> Frame:
        return Frame(matrix @ self.matrix, size, self.displayed, (self.turned + turned) % 360)


def read(written: Ink, number: int, engine: Engine, start: Frame | None = None, side: int = DETECT_SIDE,
         seen: Sequence[Quad] | None = None, *, alone: bool = True) -> tuple[Page, Frame]:
    """Lines of what is written on a displayed picture, as a Page in the upright frame. ``start``: the frame of a flattened sheet,
    otherwise the picture as it is; ``alone`` tells that nothing else lies in the picture. ``seen``: where its text stands, if known."""
    ink = written.text
    at = start or whole(ink)
    quads = detect(at, ink, engine, side) if seen is None or start is not None else list(seen)
    if start is not None and alone and _cut(quads, at.size):
        at = whole(ink)
        quads = detect(at, ink, engine, side) if seen is None else list(seen)
    first, across = at, list[Quad]()
    if quads and not turn.lies(quads):
        across = [q for q in quads if turn.wide(q)]
        at, quads = _turned(at, quads, ink, engine, side, 90)
    degrees = turn.lean(quads)
    if abs(degrees) > _LEAN:
        straight = frame.rotation(-degrees, at.size)
        quads = [frame.points(straight, q) for q in quads]
        at = at.then(straight, at.size)
    once = Once(engine)
    rules, parts, crops = _cut_up(at, quads, written)
    cut = {id(p.quad): c for p, c in zip(parts, crops, strict=True)}
    if parts and turn.upside_down([p.quad for p in parts], lambda q: cut[id(q)], once):
        at, quads = _turned(at, quads, ink, engine, side, 180)
        rules, parts, crops = _cut_up(at, quads, written)
    lines = _lines([p.quad for p in parts], crops, once, at.size, _FAINTEST)
    if len(across) >= _SEAL:
        lines = _with_crosswise(lines, across, first, at, written, engine)
    for zone, stamp in written.stamps:
        lines += _of_stamp(zone, stamp, at, engine)
    lines.sort(key=lambda line: (round(line.box.centre[1] * 200), line.box.left))
    back = frame.fractions(frame.inverse(at.matrix), at.size, at.displayed)
    return Page(number, at.size[0], at.size[1], tuple(lines), OCR, at.turned, back, cells=rules.cells), at


def _with_crosswise(lines: list[Line], quads: Sequence[Quad], first: Frame, at: Frame, written: Ink, engine: Engine) -> list[Line]:
    """The lines of a page whose rows run down, with those that run across it, plain to read as the picture was first seen: the seal of a
    paper that is written in columns. What was read of such a line in the turned frame is dropped."""
    found = _lines(quads, [first.crop(written.text, q) for q in quads], engine, first.size, _STAMP_FAINTEST)
    matrix = at.matrix @ frame.inverse(first.matrix)

    def carried(box: Box) -> Box:
        (w, h), (l, t, r, b) = first.size, box.as_list()
        return frame.box_of(frame.points(matrix, ((l * w, t * h), (r * w, t * h), (r * w, b * h), (l * w, b * h))), at.size)

    added = [replace(n, box=carried(n.box), chars=tuple(carried(c) for c in n.chars)) for n in found]
    if len(added) < _SEAL:
        return lines
    return [n for n in lines if n.confidence >= _STAMP_FAINTEST or not any(a.box.overlap(n.box) > 0 for a in added)] + added


def _cut_up(at: Frame, quads: Sequence[Quad], written: Ink) -> tuple[Rules, list[Piece], list[Pixels]]:
    """The ruled cells of a frame, the pieces worth reading, and each of them cut out."""
    rules = of_picture(at.small(written.text if written.ruled is None else written.ruled, CANVAS)[0])
    parts = pieces(quads, rules, at.size)
    return rules, parts, [_wider(p.clean(at.crop(written.text, p.quad)), written.widened) for p in parts]


def _lines(quads: Sequence[Quad], crops: Sequence[Pixels], engine: Engine, size: frame.Size, faintest: float) -> list[Line]:
    """The crops that hold something, read; what is fainter than ``faintest`` is left out."""
    written = [(q, c) for q, c in zip(quads, crops, strict=True) if not blank(c)]
    replies = engine.recognise_lines([c for _, c in written])
    return [_line(q, r, size) for (q, _), r in zip(written, replies, strict=True) if r.text.strip() and r.confidence >= faintest]


def _wider(crop: Pixels, by: float) -> Pixels:
    return crop if by == 1 else np.asarray(cv2.resize(crop, None, fx=by, fy=1), np.uint8)


def _of_stamp(zone: Zone, stamp: Pixels, at: Frame, engine: Engine) -> list[Line]:
    """The lines of a stamp that was lifted off the text, where they are plain to read."""
    x, y, w, h = zone
    upright = frame.points(at.matrix, ((x, y), (x + w, y), (x + w, y + h), (x, y + h)))
    left, top = upright.min(axis=0)
    right, bottom = upright.max(axis=0)
    box = np.asarray(((left, top), (right, top), (right, bottom), (left, bottom)), np.float32)
    inside = Frame(at.matrix @ frame.shift(x, y), at.size, (w, h))
    seen = inside.crop(stamp, box)
    quads = engine.detect(seen)
    placed = [np.asarray(q + (left, top), np.float32) for q in quads]
    return _lines(placed, [inside.crop(stamp, q) for q in placed], engine, at.size, _STAMP_FAINTEST)


def whole(ink: Pixels) -> Frame:
    """The frame of a picture as it is displayed."""
    size = (ink.shape[1], ink.shape[0])
    return Frame(np.eye(3), size, size)


def detect(at: Frame, ink: Pixels, engine: Engine, side: int = DETECT_SIDE) -> list[Quad]:
    """Where text stands in a frame, in its pixels."""
    image, scale = at.small(ink, side)
    return [q / np.float32(scale) for q in engine.detect(image)]


def _cut(quads: Sequence[Quad], size: frame.Size) -> bool:
    """Whether so many lines touch one edge of the frame that it must have been laid through the text."""
    if not quads:
        return False
    places = np.stack(quads) / np.asarray(size, np.float32)
    least, most = places.min(axis=1), places.max(axis=1)
    return bool(max((least < _TOUCHES).sum(axis=0).max(), (most > 1 - _TOUCHES).sum(axis=0).max()) >= _CUT)


def _turned(at: Frame, quads: list[Quad], ink: Pixels, engine: Engine, side: int, degrees: int) -> tuple[Frame, list[Quad]]:
    """The frame turned clockwise. Boxes of a half turn are the same boxes; a quarter turn is looked at again, since the
    detector is made for rows."""
    matrix, size = frame.quarter_turns(degrees, at.size)
    at = at.then(matrix, size, degrees)
    if degrees == 180:
        return at, [np.ascontiguousarray(np.roll(frame.points(matrix, q), 2, axis=0)) for q in quads]
    return at, detect(at, ink, engine, side)


def _line(quad: Quad, reply: Reply, size: frame.Size) -> Line:
    box = frame.box_of(quad, size)
    scores = reply.scores if len(reply.scores) == len(reply.text) else ()
    return Line(reply.text, box, _characters(reply, box), reply.confidence, OCR, scores,
                reply.alternatives if len(reply.alternatives) == len(reply.text) else ())


def _characters(reply: Reply, box: Box) -> tuple[Box, ...]:
    """A box for each character: around the places where the engine saw them, else spread by width."""
    widths = [1.0 if ord(c) > 0x2E80 else 0.55 for c in reply.text]
    if len(reply.centres) == len(reply.text) > 1:
        middles = list(reply.centres)
        edges = [(a * v + b * u) / (u + v) for a, b, u, v in zip(middles, middles[1:], widths, widths[1:], strict=False)]
        starts = [max(0.0, 2 * middles[0] - edges[0]), *edges]
        ends = [*edges, min(1.0, 2 * middles[-1] - edges[-1])]
    else:
        total = np.cumsum([0.0, *widths]) / sum(widths)
        starts, ends = [float(v) for v in total[:-1]], [float(v) for v in total[1:]]
    return tuple(Box(box.left + s * box.width, box.top, box.left + max(s, e) * box.width, box.bottom)
                 for s, e in zip(starts, ends, strict=True))
