"""The figures that number the pages of a bundle, drawn as a font of the document's own.

A font that is not in the file prints in whatever the printer has, and a PDF with one is no PDF/A (ISO 19005-2, 6.2.11.4). Ten figures
and a stroke are drawn here as a Type 3 font (ISO 32000-1, 9.6.5), which needs no font file and stays text: it can be searched and copied.
"""

from __future__ import annotations

from collections.abc import Mapping

import pikepdf

_UNITS = 1000
_PEN = b"60 w 1 J 1 j\n"
FIGURE, NARROW = 500, 250
"""Widths in thousandths of the size."""

_DRAWN: Mapping[str, tuple[int, str]] = {
    "0": (FIGURE, "85 350 m 85 777 415 777 415 350 c 415 -77 85 -77 85 350 c"),
    "1": (FIGURE, "120 550 m 270 670 l 270 30 l"),
    "2": (FIGURE, "90 510 m 90 725 410 725 410 500 c 410 370 100 170 80 30 c 420 30 l"),
    "3": (FIGURE, "90 575 m 150 715 400 705 400 520 c 400 400 300 365 200 365 c 320 365 425 310 425 190 c 425 -25 120 -25 75 145 c"),
    "4": (FIGURE, "345 30 m 345 670 l 60 215 l 440 215 l"),
    "5": (FIGURE, "395 670 m 130 670 l 100 385 l 200 465 420 430 420 225 c 420 -25 120 -25 75 130 c"),
    "6": (FIGURE, "370 655 m 190 610 85 450 85 235 c 85 -42 420 -42 420 220 c 420 455 120 455 85 235 c"),
    "7": (FIGURE, "70 670 m 430 670 l 190 30 l"),
    "8": (FIGURE, "250 370 m 60 370 60 670 250 670 c 440 670 440 370 250 370 c 30 370 30 30 250 30 c 470 30 470 370 250 370 c"),
    "9": (FIGURE, "130 45 m 310 90 415 250 415 465 c 415 742 80 742 80 480 c 80 245 380 245 415 465 c"),
    "/": (NARROW, "25 -10 m 225 710 l"),
    " ": (NARROW, ""),
}
_NAMES = dict(zip("0123456789/ ", ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "slash", "space"),
                  strict=True))


def font(document: pikepdf.Pdf) -> pikepdf.Object:
    """The figures as a font of ``document``, to be shared by its pages."""
    codes = sorted(_DRAWN)
    first, last = ord(codes[0]), ord(codes[-1])
    widths = [_DRAWN[chr(c)][0] if chr(c) in _DRAWN else 0 for c in range(first, last + 1)]
    glyphs = pikepdf.Dictionary()
    differences: list[object] = []
    for c in codes:
        width, path = _DRAWN[c]
        glyphs[f"/{_NAMES[c]}"] = document.make_stream(f"{width} 0 d0\n".encode() + (_PEN + path.encode() + b" S" if path else b""))
        differences.extend([ord(c), pikepdf.Name(f"/{_NAMES[c]}")])
    return document.make_indirect(pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type3, Name=pikepdf.Name.ShouwenNo, FontBBox=[0, -20, FIGURE, 720],
        FontMatrix=[1 / _UNITS, 0, 0, 1 / _UNITS, 0, 0], CharProcs=glyphs, FirstChar=first, LastChar=last, Widths=widths,
        Encoding=pikepdf.Dictionary(Type=pikepdf.Name.Encoding, Differences=pikepdf.Array(differences)), Resources=pikepdf.Dictionary(),
        ToUnicode=document.make_stream(_to_unicode(codes))))


def width(text: str, size: float) -> float:
    """How wide ``text`` stands at ``size`` points. Raises KeyError for what is no figure, stroke or blank."""
    return sum(_DRAWN[c][0] for c in text) * size / _UNITS


def _to_unicode(codes: list[str]) -> bytes:
    lines = "".join(f"<{ord(c):02X}> <{ord(c):04X}>\n" for c in codes)
    return (f"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /ShouwenNo def\n/CMapType 2 def\n"
            f"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n{len(codes)} beginbfchar\n{lines}endbfchar\n"
            "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n").encode()
