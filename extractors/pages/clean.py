"""Making ink stand out before OCR: stamps lifted off the text they cover, fax dots blurred."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from extractors.ocr.engine import Pixels

_BLUR = 0.8
"""The blur, in dots of a fax, that makes its ragged letters readable; a median filter ruins them."""
_WIDENED = 1.12
"""How much wider a line of a fax is shown to the recogniser: coarse strokes part better (of 287 values ten more were right, none was lost;
1.3 and more loses some)."""
_RED, _BLUE = 2, 0
"""Channels of a BGR picture: the one in which a stamp of that colour is light."""
_COLOURED = 42
"""How far a pixel of stamp ink stands above the other two channels at least, beyond the cast of the paper."""
_COVERS = 0.004
"""The share of dark ink touching stamp ink, of the stamp ink, from which on a stamp covers text."""
_COMPACT = 0.45
"""The largest side of a stamp in shares of the page; what is larger is a coloured form."""

_STAMP, _STAMPS = 0.06, 3
"""The least side of a stamp that is read for itself, in shares of the page, and how many of them are."""
_RULE_LONG, _RULE_THICK = 0.028, 11
"""The least length of a table's rule, in shares of the page's longer side, and the thickness in pixels that none has."""
_SHADE, _UNEVEN = 200, 45
"""The size of the picture in which shadow is measured, and the difference in brightness of the paper that calls for evening."""

Zone = tuple[int, int, int, int]


@dataclass(frozen=True)
class Ink:
    """``text``: a grey picture in which text is dark and stamps that cover text are gone. ``stamps``: the larger of these stamps,
    each a box in pixels (x, y, width, height) and what of the stamp alone stands in it, dark on white. ``widened``: how much wider its
    lines are to be shown to the recogniser. ``ruled``: the picture in which to look for rules, where rules that cross a stamp had to be
    taken out of ``text``."""

    text: Pixels
    stamps: tuple[tuple[Zone, Pixels], ...] = ()
    widened: float = 1.0
    ruled: Pixels | None = None


def ink(image: Pixels, fax: float = 0.0) -> Ink:
    """What is written on a picture, grey or BGR. ``fax``: how many pixels one dot of a bilevel original has become; 0 where the
    original is none, or where it is not known."""
    if fax or bilevel(image):
        grey = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
        return Ink(np.asarray(cv2.GaussianBlur(grey, (0, 0), _BLUR * max(1.0, fax)), np.uint8), widened=_WIDENED)
    if image.ndim == 2:
        return Ink(_evened(image))
    text, ruled, stamps = _without_stamps(image)
    return Ink(_evened(text), stamps, ruled=None if ruled is text else ruled)


def bilevel(grey: Pixels) -> bool:
    """Whether nearly all pixels are pure black or white, as a fax has them."""
    sample = grey[:: max(1, grey.shape[0] // 300), :: max(1, grey.shape[1] // 300)]
    return bool(((sample < 8) | (sample > 247)).mean() > 0.995)


def _evened(grey: Pixels) -> Pixels:
    """The picture with its paper brought to one brightness, where a shadow lies over it."""
    scale = _SHADE / max(grey.shape)
    if scale >= 1:
        return grey
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((7, 7), np.uint8)), 21)
    dark, bright = (float(v) for v in np.percentile(paper, (10, 95)))
    if bright - dark < _UNEVEN:
        return grey
    level = cv2.resize(np.maximum(paper, 40), (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, level, scale=235), np.uint8)


def _without_stamps(image: Pixels) -> tuple[Pixels, Pixels, tuple[tuple[Zone, Pixels], ...]]:
    """Grey, the same with the rules that cross a stamp, and the larger stamps that were lifted off: red and blue ink is lifted where it
    covers other ink. Coloured ink that stands alone (an invoice's number, the seller's stamp, a form printed in blue) is print like any
    other and stays; from a stamp that lies over a table's rules the rules are lifted.

    The red channel shows red ink much lighter than black ink, the blue channel blue ink; the level of the stamp's ink there is
    measured on the picture and stretched to that of the paper, so that black strokes under a stamp stay."""
    grey = np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8)
    out, plain = grey, grey
    stamps: list[tuple[Zone, Pixels]] = []
    least = _STAMP * max(grey.shape)
    for channel in (_RED, _BLUE):
        zones, colour = _zones(image, channel)
        for x, y, w, h in zones:
            part = (slice(y, y + h), slice(x, x + w))
            light = np.ascontiguousarray(image[part][:, :, channel])
            ruled = _ruled(light, max(12, int(_RULE_LONG * max(grey.shape))))
            lifted = _lifted(out[part], light, colour[part], ruled)
            if lifted is not None:
                if min(w, h) >= least and len(stamps) < _STAMPS:
                    stamps.append(((x, y, w, h), _stamp(grey[part], colour[part], ruled)))
                out = out.copy() if out is grey else out
                out[part] = lifted
                if plain is not grey:
                    plain[part] = lifted
            elif ruled.any():
                plain = out.copy() if plain is grey else plain
                plain[part] = _unruled(out[part], ruled)
    return out if plain is grey else plain, out, tuple(stamps)


def _lifted(grey: Pixels, light: Pixels, colour: Pixels, ruled: Any) -> Pixels | None:
    """One zone without its stamp; None where the stamp covers nothing but the rules of a table (``ruled``). ``light`` is the channel
    in which it is light."""
    stamp = colour > _COLOURED
    if not stamp.any():
        return None
    level = float(np.percentile(light[stamp], 30))
    near = cv2.dilate(stamp.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    covered = near & ~stamp & (light < 0.6 * level) & (cv2.dilate(ruled, np.ones((5, 5), np.uint8)) == 0)
    if level < 90 or covered.sum() < _COVERS * stamp.sum():
        return None
    stained = cv2.dilate((colour > _COLOURED // 3).astype(np.uint8), np.ones((3, 3), np.uint8))
    paper = float(np.percentile(grey, 85))
    clear = np.minimum(light.astype(np.float32) * (max(paper, level) / level), paper).astype(np.uint8)
    return np.asarray(np.where(stained > 0, np.maximum(grey, clear), grey), np.uint8)


def _ruled(light: Pixels, least: int) -> Any:
    """The rules of a table that run through a zone, as a mask: thin dark strokes at least so many pixels long, nearly level or upright."""
    dark = (light < 0.75 * float(np.percentile(light, 85))).astype(np.uint8)
    out: Any = np.zeros_like(dark)
    for along, across in (((1, least), (_RULE_THICK, 1)), ((least, 1), (1, _RULE_THICK))):
        grown = cv2.dilate(dark, np.ones((3, 1) if along[0] == 1 else (1, 3), np.uint8))
        strokes: Any = cv2.morphologyEx(grown, cv2.MORPH_OPEN, np.ones(along, np.uint8))
        thick = cv2.morphologyEx(strokes, cv2.MORPH_OPEN, np.ones(across, np.uint8))
        out |= np.where(thick > 0, 0, strokes & dark).astype(np.uint8)
    return out


def _unruled(grey: Pixels, ruled: Any) -> Pixels:
    """A zone without the rules that cross the stamp in it: what stands beside a rule is carried across it."""
    return np.asarray(cv2.inpaint(grey, ruled, 3, cv2.INPAINT_NS), np.uint8) if ruled.any() else grey


def _stamp(grey: Pixels, colour: Pixels, ruled: Any) -> Pixels:
    """The stamp alone: the grey picture where it is coloured, and paper elsewhere. (Colour itself is too coarse in JPEG files.)"""
    stained = cv2.dilate((colour > _COLOURED // 2).astype(np.uint8), np.ones((3, 3), np.uint8))
    return np.asarray(np.where((stained > 0) | (ruled > 0), _unruled(grey, ruled), np.uint8(np.percentile(grey, 85))), np.uint8)


def _zones(image: Pixels, channel: int) -> tuple[list[Zone], Any]:
    """Boxes (x, y, width, height) around the ink of one colour, and how far each pixel is of that colour (8 bit)."""
    first, second = (c for c in (0, 1, 2) if c != channel)
    colour = cv2.subtract(image[:, :, channel], cv2.max(image[:, :, first], image[:, :, second]))
    height, width = colour.shape
    step = max(1, max(height, width) // 600)
    small = cv2.resize(colour, (max(1, width // step), max(1, height // step)), interpolation=cv2.INTER_AREA)
    cast = int(np.median(small))
    if cast:
        colour, small = (cv2.subtract(c, np.full_like(c, cast)) for c in (colour, small))
    mask = cv2.dilate((small > _COLOURED // 2).astype(np.uint8), np.ones((7, 7), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    largest = _COMPACT * max(small.shape)
    found = [(int(x), int(y), int(w), int(h)) for x, y, w, h, area in stats[1:] if area > 60 and max(w, h) < largest]
    return [(x * step, y * step, w * step, h * step) for x, y, w, h in found], colour
