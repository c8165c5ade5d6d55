"""The rival: plain Tesseract (``chi_tra``, psm 3, turned by its own OSD) as pages for the same field readers.

What it lacks is what is measured: no cleaning, no seals lifted, no flattening of photos, no text layer, no bar codes, no second witness.
A line is split where a gap is wider than its letters are high, as a table's cells are apart.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytesseract
from PIL import Image

from benchmarks.plain_pages import images
from domain.document import Box, Homography, Line, Page
from domain.field import FileReading
from extractors.papers import read_papers
from extractors.read import digest

BACK: dict[int, Homography] = {
    0: (1, 0, 0, 0, 1, 0, 0, 0, 1),
    90: (0, 1, 0, -1, 0, 1, 0, 0, 1),
    180: (-1, 0, 1, 0, -1, 1, 0, 0, 1),
    270: (0, -1, 1, 1, 0, 0, 0, 0, 1),
}
"""From fractions of the page turned clockwise by so many degrees back to fractions of the page as displayed."""

os.environ["OMP_THREAD_LIMIT"] = "1"


def read_file(path: Path) -> FileReading:
    """What the field readers make of Tesseract's words."""
    pages = [_page(number, image) for number, image in enumerate(images(path), start=1)]
    return FileReading(path.name, digest(path), len(pages), read_papers(pages))


def _turn(image: str) -> int:
    """How far clockwise the picture file must be turned to stand upright, as OSD sees it; 0 where it cannot tell."""
    try:
        found = re.search(r"Rotate: (\d+)", pytesseract.image_to_osd(image, config="--dpi 200"))
    except pytesseract.TesseractError:
        return 0
    return int(found[1]) % 360 if found else 0


def _page(number: int, image: Image.Image) -> Page:
    with tempfile.NamedTemporaryFile(suffix=".bmp") as file:  # unpacked pixels: Tesseract is not charged for packing them
        image.save(file.name)
        degrees = _turn(file.name)
        upright = image.rotate(-degrees, expand=True) if degrees else image
        if degrees:
            upright.save(file.name)
        words: dict[str, list[Any]] = pytesseract.image_to_data(
            file.name, lang="chi_tra", config="--psm 3", output_type=pytesseract.Output.DICT
        )
    lines = tuple(line for row in _rows(words) for line in _lines(row, *upright.size))
    return Page(number, float(upright.width), float(upright.height), lines, "ocr", degrees, BACK[degrees])


Word = tuple[str, int, int, int, int, float]


def _rows(words: dict[str, list[Any]]) -> list[list[Word]]:
    """The words of each of Tesseract's lines, left to right."""
    rows: dict[tuple[int, int, int], list[Word]] = {}
    for i, text in enumerate(words["text"]):
        if not str(text).strip():
            continue
        key = (words["block_num"][i], words["par_num"][i], words["line_num"][i])
        left, top = int(words["left"][i]), int(words["top"][i])
        rows.setdefault(key, []).append(
            (str(text).strip(), left, top, left + int(words["width"][i]), top + int(words["height"][i]), float(words["conf"][i]) / 100)
        )
    return list(rows.values())


def _lines(row: list[Word], width: int, height: int) -> Iterator[Line]:
    run: list[Word] = []
    for word in row:
        if run and word[1] - run[-1][3] > 1.2 * max(w[4] - w[2] for w in run):
            yield _line(run, width, height)
            run = []
        run.append(word)
    if run:
        yield _line(run, width, height)


def _line(run: list[Word], width: int, height: int) -> Line:
    text, chars = "", []
    for word, left, top, right, bottom, _ in run:
        if text and text[-1].isascii() and word[0].isascii() and text[-1].isalpha() and word[0].isalpha():
            text += " "
            chars.append(Box(left / width, top / height, left / width, bottom / height))
        step = (right - left) / len(word)
        chars += [Box((left + i * step) / width, top / height, (left + (i + 1) * step) / width, bottom / height) for i in range(len(word))]
        text += word
    return Line(text, Box.around(chars), tuple(chars), sum(w[5] for w in run) / len(run), "ocr")
