"""The other rival: RapidOCR's models as they come (PP-OCRv6 small, no line classifier), whole page, as pages for the same field readers.

The picture goes to the detector with at most 2,000 pixels a side, which is RapidOCR's own bound, and every box that it finds is cut out
and read. What it lacks is what is measured: no cleaning, no seals lifted, no flattening, no turning, no cells, no text layer, no bar
codes, no second witness. Run by our engine, it is spared its own slower runtime, and Mainland forms of characters are put back for it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import cv2
import numpy as np

from benchmarks.plain_pages import images
from domain.document import OCR, Box, Line, Page
from domain.field import FileReading
from extractors.ocr.engine import Pixels, Quad, Reply
from extractors.ocr.rapid import RapidEngine
from extractors.papers import read_papers
from extractors.read import digest

SIDE = 2000
FAINTEST = 0.5
"""RapidOCR's own bound on the score of a line."""


@cache
def _engine() -> RapidEngine:
    return RapidEngine(detect_side=SIDE)


def read_file(path: Path) -> FileReading:
    """What the field readers make of RapidOCR's lines."""
    pages = [_page(number, np.asarray(image, np.uint8)[:, :, ::-1]) for number, image in enumerate(images(path), start=1)]
    return FileReading(path.name, digest(path), len(pages), read_papers(pages))


def _page(number: int, picture: Pixels) -> Page:
    picture = np.ascontiguousarray(picture)
    height, width = picture.shape[:2]
    quads = _engine().detect(picture)
    replies = _engine().recognise_lines([_cut(picture, q) for q in quads])
    lines = [_line(q, r, width, height) for q, r in zip(quads, replies, strict=True) if r.text.strip() and r.confidence >= FAINTEST]
    return Page(number, float(width), float(height), tuple(lines), OCR)


def _cut(picture: Pixels, quad: Quad) -> Pixels:
    width, height = (max(1, int(np.linalg.norm(quad[a] - quad[b]))) for a, b in ((0, 1), (0, 3)))
    target = np.asarray(((0, 0), (width, 0), (width, height), (0, height)), np.float32)
    turn = cv2.getPerspectiveTransform(np.asarray(quad, np.float32), target)
    return np.asarray(cv2.warpPerspective(picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE), np.uint8)


def _line(quad: Quad, reply: Reply, width: int, height: int) -> Line:
    left, top, right, bottom = (float(np.clip(v, 0, 1)) for v in (
        quad[:, 0].min() / width, quad[:, 1].min() / height, quad[:, 0].max() / width, quad[:, 1].max() / height))
    weights = np.cumsum([0.0, *(1.0 if ord(c) > 0x2E80 else 0.55 for c in reply.text)])
    places = [left + (right - left) * float(v / weights[-1]) for v in weights]
    chars = tuple(Box(a, top, b, bottom) for a, b in zip(places, places[1:], strict=False))
    return Line(reply.text, Box(left, top, right, bottom), chars, reply.confidence, OCR)
