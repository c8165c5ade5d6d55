"""Making ink stand out before OCR: seals lifted off the text they cover, fax dots blurred."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from extractors.ocr.engine import Pixels

_RED = 45
"""How much redder than blue and green a pixel of seal ink is at least, beyond the cast of the paper."""
_COVERS = 0.02
"""The share of dark ink in a red zone from which on the zone covers text."""


def ink(image: Pixels) -> Pixels:
    """Grey picture in which text is dark and seals over text are gone. ``image`` is grey or BGR."""
    grey = image if image.ndim == 2 else _without_seals(image)
    if bilevel(grey):
        return np.asarray(cv2.GaussianBlur(grey, (0, 0), 0.8), np.uint8)
    return grey


def bilevel(grey: Pixels) -> bool:
    """Whether nearly all pixels are pure black or white, as a fax has them."""
    sample = grey[:: max(1, grey.shape[0] // 300), :: max(1, grey.shape[1] // 300)]
    return bool(((sample < 8) | (sample > 247)).mean() > 0.995)


def _without_seals(image: Pixels) -> Pixels:
    """Grey, with red ink lifted where it covers other ink. Red ink that stands alone (an invoice's number, the seller's stamp)
    is print like any other and stays.

    The red channel shows seal ink much lighter than black ink; its level is measured on the picture and stretched to white, so
    that black strokes under a seal stay."""
    grey = np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8)
    zones, redness = _red_zones(image)
    if not zones:
        return grey
    red = image[:, :, 2]
    out = grey.copy()
    for x, y, w, h in zones:
        part = (slice(y, y + h), slice(x, x + w))
        mask = redness[part] > _RED
        level = float(np.percentile(red[part][mask], 30))
        dark = (red[part] < 0.62 * level) & ~mask
        if level < 90 or dark.mean() < _COVERS:
            continue
        stained = cv2.dilate((redness[part] > _RED // 3).astype(np.uint8), np.ones((3, 3), np.uint8))
        lifted = np.clip(red[part].astype(np.float32) * (250.0 / level), 0, 255).astype(np.uint8)
        out[part] = np.where(stained > 0, np.maximum(grey[part], lifted), grey[part])
    return out


def _red_zones(image: Pixels) -> tuple[list[tuple[int, int, int, int]], Any]:
    """Boxes (x, y, width, height) around the red ink of a BGR picture, and how red each pixel is (8 bit)."""
    other = cv2.max(image[:, :, 0], image[:, :, 1])
    redness = cv2.subtract(image[:, :, 2], other)
    height, width = redness.shape
    step = max(1, max(height, width) // 600)
    small = cv2.resize(redness, (width // step, height // step), interpolation=cv2.INTER_AREA)
    cast = int(np.median(small))
    if cast:
        redness = cv2.subtract(redness, np.full_like(redness, cast))
        small = cv2.subtract(small, np.full_like(small, cast))
    mask = (small > _RED // 2).astype(np.uint8)
    if mask.mean() < 0.0003:
        return [], redness
    mask = cv2.dilate(mask, np.ones((7, 7), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    zones = []
    for x, y, w, h, area in stats[1:]:
        if area > 60:
            zone = (int(x) * step, int(y) * step, int(w) * step, int(h) * step)
            if (redness[zone[1] : zone[1] + zone[3], zone[0] : zone[0] + zone[2]] > _RED).any():
                zones.append(zone)
    return zones, redness
