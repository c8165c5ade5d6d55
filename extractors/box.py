"""A box that a person drew on a page, read once more: what stands in it, and the value of the field that it is to be.

The answer is a proposal. Its status is always review, whoever agrees: a person drew the box and a person confirms what came of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import numpy as np

from domain import vocabulary
from domain.document import OCR, TEXT_LAYER, Box, Line, Page
from domain.errors import ReadRefused
from domain.field import REVIEW, Reading, Value
from extractors.limits import Limits
from extractors.ocr import tesseract
from extractors.ocr.default import default_engine
from extractors.ocr.engine import Engine, Pixels
from extractors.pages import scan
from extractors.pages.clean import ink
from extractors.pages.source import Source, open_source
from extractors.readers import values
from extractors.readers.ink import plain
from extractors.readers.values import Parser

SECOND = "ocr:second"
LEAST = 4
"""Pixels: a box that is lower or narrower holds nothing to read."""
_MARGIN = 0.35
"""The paper put around the box before the detector looks, in shares of its height: it overlooks what touches the edge."""
_ASLANT = 0.15
"""The share of their height that the parts of one row have in common at least, however the sheet lies."""
_LONG = ("longtext", "texts", "dates")

PARSERS: dict[str, Parser] = {"money": values.amount, "integer": values.count, "date": values.day, "month": values.month,
                              "digits8": values.uniform_no}
"""How the types that have a form of their own are found in ink; all others are taken as they stand."""

FIGURES = {"money": "0123456789,", "integer": "0123456789", "digits8": "0123456789"}
"""The only characters that the second engine may see in the types that are figures and nothing else."""
FAINTEST = 0.85
"""The engine's score below which a text is told and no value is made of it."""

FAINT = "框選處的字看不清楚，請對照文件打字。"
EMPTY = "框選處沒有讀到字，請把框拉大一點，或直接打字。"
MISFIT = "框選處的字不合這個欄位的格式，請對照文件更正。"
DIFFER = "第二引擎讀成「{text}」，請對照文件。"


def read_box(path: Path, page: int, box: Box, field: str, *, turn: int = 0, limits: Limits = Limits(),  # noqa: B008
             engine: Callable[[], Engine] = default_engine) -> Reading:
    """Read ``box`` (displayed frame of ``page``, counted from 1) of the file at ``path`` as a value of ``field``. ``turn``: the clockwise
    turn in degrees (0, 90, 180, 270) in which the person looked at the page. ``value`` None: nothing of the field's form stands there.

    Raises ReadRefused, and UnknownField."""
    vocabulary.term(field)
    with open_source(path, limits, engine) as source:
        if not 1 <= page <= source.pages:
            raise ReadRefused("corrupt", f"page {page} of {source.pages}")
        written = source.text_page(page)
        lines = _inside(written, box) if written is not None else []
        if lines:
            return _reading(field, lines, page, box, 1.0, (TEXT_LAYER,), "")
        crop = _cut(source, page, box, turn)
        if crop is None:
            return Reading(None, "", page, box, 0.0, REVIEW, (), (EMPTY,))
        found = _seen(crop, engine())
        second = tesseract.read_crop(crop, alphabet=FIGURES.get(vocabulary.term(field).type, "")) if len(found) == 1 else ""
        sure = min((line.confidence for line in found), default=0.0)
        return _reading(field, [line.text for line in found], page, box, sure, (OCR,) if found else (), second)


def _inside(page: Page, box: Box) -> list[str]:
    """The characters of a text layer whose middles lie in the box, line by line."""
    out = []
    for line in page.lines:
        kept = "".join(c for c, at in zip(line.text, line.chars, strict=False) if box.holds(at.mapped(page.displayed)))
        if kept.strip():
            out.append(kept.strip())
    return out


def _cut(source: Source, page: int, box: Box, turn: int) -> Pixels | None:
    """The pixels of the box as the person saw them, with paper around; None where the box is too small to hold anything."""
    pixels = source.pixels(page)
    height, width = pixels.shape[:2]
    left, right = round(box.left * width), round(box.right * width)
    top, bottom = round(box.top * height), round(box.bottom * height)
    if right - left < LEAST or bottom - top < LEAST:
        return None
    crop = np.ascontiguousarray(np.rot90(pixels[top:bottom, left:right], -(turn // 90) % 4))
    margin = max(8, round(_MARGIN * min(crop.shape[:2])))
    return np.asarray(cv2.copyMakeBorder(crop, *(margin,) * 4, cv2.BORDER_REPLICATE), np.uint8)


def _seen(crop: Pixels, engine: Engine) -> list[Line]:
    """The lines of the crop; where the detector finds none, the crop is taken as one."""
    cleaned = ink(crop)
    page, _ = scan.read(cleaned, 1, engine)
    if page.lines:
        return in_rows(page.lines)
    reply = engine.recognise_lines([cleaned.text])[0]
    return [Line(reply.text, Box(0.0, 0.0, 1.0, 1.0), (), reply.confidence, OCR)] if reply.text.strip() else []


def in_rows(lines: Sequence[Line]) -> list[Line]:
    """Row by row from the top, each from the left: on a sheet that lies a little askew the right end of a row may stand the higher."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda x: x.box.centre[1]):
        row = next((r for r in rows if _of_row(line, r)), None)
        if row is None:
            rows.append([line])
        else:
            row.append(line)
    return [line for row in rows for line in sorted(row, key=lambda x: x.box.left)]


def _of_row(line: Line, row: Sequence[Line]) -> bool:
    """Whether a line goes on in a row: as high as it, or only partly so on a sheet that lies aslant, with nothing of the row over it."""
    beside = all(not line.box.same_column(r.box, 0.1) for r in row)
    return row[0].box.same_row(line.box) or (beside and any(r.box.same_row(line.box, _ASLANT) for r in row))


def _reading(field: str, lines: list[str], page: int, box: Box, sure: float, witnesses: tuple[str, ...], second: str) -> Reading:
    kind = vocabulary.term(field).type
    text = "\n".join(_tidy(t) for t in lines) if kind in _LONG else _tidy(" ".join(lines))
    value = value_of(field, text) if sure >= FAINTEST else None
    doubts = [] if value is not None else [EMPTY if not text else FAINT if sure < FAINTEST else MISFIT]
    if second and value is not None:
        if value_of(field, _tidy(second)) == value:
            witnesses = (*witnesses, SECOND)
        else:
            doubts.append(DIFFER.format(text=_tidy(second)))
    return Reading(value, text, page, box, round(sure, 4), REVIEW, witnesses, tuple(doubts))


def _tidy(text: str) -> str:
    """A line as people write it: no blanks between Chinese characters, none around."""
    return re.sub(r"(?<=[^\x00-\x7f]) +| +(?=[^\x00-\x7f])", "", text).strip()


def value_of(field: str, text: str) -> Value:
    """The value of ``field`` that a text states; None where it states none of the field's form."""
    term = vocabulary.term(field)
    if not text:
        return None
    if term.type in PARSERS:
        found = PARSERS[term.type](plain(text))
        return found.value if found else None
    if term.type in ("choice", "bool") or term.choices:
        found = values.one_of(*term.choices)(plain(text)) if term.choices else None
        return found.value if found else None
    if term.type in ("text", "longtext", "country"):
        return text
    return text.splitlines() if term.type == "texts" else None
