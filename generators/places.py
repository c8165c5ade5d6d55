"""Where on its pages a form prints each value, so that a click on the value leads to its origin.

The form is set once more with the ground of every tag in a colour that is its slot's alone. A ground changes neither the words nor their
widths, so the lines break as in the form itself, and LibreOffice writes each ground into the PDF as a rectangle: no text is searched
for, and two equal values are told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pikepdf

from domain.document import Box

_BASE = 0x70_00_00
"""The colours of the slots: this and the slot's number, from 1."""

_RUN = re.compile(r"<w:r(?: [^>]*)?>(?:(?!<w:r[ >]).)*?</w:r>", re.DOTALL)
_PROPERTIES = re.compile(r"<w:rPr>.*?</w:rPr>", re.DOTALL)
_TEXT = re.compile(r"(<w:t(?: [^>]*)?>)(.*?)(</w:t>)", re.DOTALL)
_TAG = re.compile(r"\{\{.*?\}\}")
_NAME = re.compile(r"\{\{-?\s*(\w+)")
_GROUND = re.compile(r"<w:(?:shd|highlight)(?: [^>]*)?/>")
_LOOP = re.compile(r"\{%-?\s*for\s+(\w+)\s+in\s+(\w+)")

_NEAR = 0.006
"""How near two grounds of one line stand, in fractions of the page."""

_FILL, _END = ("f", "F", "f*", "b", "b*", "B", "B*"), ("n", "S", "s")

Place = tuple[int, Box]
"""A page (from 1) and the rectangle on it, in fractions of the page from its upper left corner."""


def grounded(source: str, tags: Mapping[str, str], slots: Sequence[str]) -> str:
    """The XML of a template with each tag on its slot's ground. ``tags`` gives the slot of each tag; rows of a list belong to the
    list's slot. A tag that is nobody's stays as it is."""
    owners = dict(tags) | {row: tags[rows] for row, rows in _LOOP.findall(source) if rows in tags}
    colours = {slot: f"{_BASE + number:06X}" for number, slot in enumerate(slots, 1)}
    return _RUN.sub(lambda run: _run(run.group(0), owners, colours), source)


def _run(run: str, owners: Mapping[str, str], colours: Mapping[str, str]) -> str:
    found = _PROPERTIES.search(run)
    look = found.group(0) if found else ""
    plain = _GROUND.sub("", look).removeprefix("<w:rPr>").removesuffix("</w:rPr>")

    def ground(tag: re.Match[str]) -> str:
        name = _NAME.match(tag.group(0))
        slot = owners.get(name[1]) if name else None
        if slot is None:
            return tag.group(0)
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{colours[slot]}"/>'
        return (f'</w:t></w:r><w:r><w:rPr>{plain}{shade}</w:rPr><w:t xml:space="preserve">{tag.group(0)}</w:t></w:r>'
                f'<w:r>{look}<w:t xml:space="preserve">')

    return _TEXT.sub(lambda t: t[1] + _TAG.sub(ground, t[2]) + t[3], run)


def read(pdf: Path, slots: Sequence[str], form: Path | None = None) -> dict[str, list[Place]]:
    """The places of each slot in a PDF that was made of a grounded form; nothing where it cannot be opened, or where it has not as many
    pages as the ``form`` that is shown."""
    out: dict[str, list[Place]] = {}
    try:
        if form is not None and _pages(form) != _pages(pdf):
            return {}
        with pikepdf.open(pdf) as document:
            for number, page in enumerate(document.pages, 1):
                for colour, box in _grounds(page):
                    if 1 <= colour - _BASE <= len(slots):
                        _add(out.setdefault(slots[colour - _BASE - 1], []), number, box)
    except (pikepdf.PdfError, OSError, ValueError):
        return {}
    return out


def _pages(pdf: Path) -> int:
    with pikepdf.open(pdf) as document:
        return len(document.pages)


def _add(found: list[Place], page: int, box: Box) -> None:
    """Add a ground; one that goes on where the last one on its line ended makes that longer, since a change of script parts a value."""
    if found:
        at, last = found[-1]
        level = abs(last.top - box.top) < _NEAR and abs(last.bottom - box.bottom) < _NEAR
        if at == page and level and last.left - _NEAR <= box.left <= last.right + _NEAR:
            found[-1] = (page, Box(min(last.left, box.left), min(last.top, box.top), max(last.right, box.right),
                                   max(last.bottom, box.bottom)))
            return
    found.append((page, box))


def _grounds(page: pikepdf.Page) -> Iterator[tuple[int, Box]]:
    """Each filled area of a page with its colour: what bounds the path, in fractions of the page."""
    left, bottom, right, top = (float(x) for x in page.cropbox)
    matrix, colour = pikepdf.Matrix(), 0
    kept = list[tuple[pikepdf.Matrix, int]]()
    path: list[tuple[float, float]] = []
    for step in pikepdf.parse_content_stream(page):
        name, numbers = str(step.operator), [float(o) for o in step.operands if isinstance(o, int | float | Decimal)]
        if name == "q":
            kept.append((matrix, colour))
        elif name == "Q" and kept:
            matrix, colour = kept.pop()
        elif name == "cm":
            matrix = pikepdf.Matrix(*numbers) @ matrix
        elif name == "rg":
            red, green, blue = (round(v * 255) for v in numbers)
            colour = red << 16 | green << 8 | blue
        elif name in ("m", "l"):
            path.append(matrix.transform((numbers[0], numbers[1])))
        elif name == "re":
            x, y, wide, high = numbers
            path += [matrix.transform(p) for p in ((x, y), (x + wide, y + high))]
        elif name in _FILL and path:
            xs, ys = [p[0] for p in path], [p[1] for p in path]
            yield colour, Box(*(min(1.0, max(0.0, v)) for v in (
                (min(xs) - left) / (right - left), (top - max(ys)) / (top - bottom),
                (max(xs) - left) / (right - left), (top - min(ys)) / (top - bottom))))
            path = []
        elif name in _END:
            path = []


def as_json(places: Mapping[str, Sequence[Place]]) -> dict[str, list[list[float]]]:
    """By slot, each place as [page, left, top, right, bottom]."""
    return {slot: [[page, *(round(v, 5) for v in box.as_list())] for page, box in found] for slot, found in places.items()}
