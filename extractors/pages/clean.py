"""Making ink stand out before OCR: seals lifted, fax dots blurred, shadow evened."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.ocr.engine import Pixels

_SATURATED = 60
_TILES = 24


def ink(image: Pixels) -> Pixels:
    """Grey picture in which text is dark and seals are gone. ``image`` is grey or BGR."""
    grey = image if image.ndim == 2 else _without_seals(image)
    if bilevel(grey):
        return np.asarray(cv2.GaussianBlur(grey, (0, 0), 0.8), np.uint8)
    return grey


def bilevel(grey: Pixels) -> bool:
    """Whether nearly all pixels are pure black or white, as a fax has them."""
    sample = grey[:: max(1, grey.shape[0] // 300), :: max(1, grey.shape[1] // 300)]
    return bool(((sample < 8) | (sample > 247)).mean() > 0.995)


def _without_seals(image: Pixels) -> Pixels:
    """Grey, with red ink lifted to the level of the paper. The red channel already shows seal ink much lighter than
    black ink; its level is measured on the picture and stretched to white, so that black strokes under a seal stay."""
    blue, green, red = cv2.split(image)
    grey = np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8)
    other = cv2.max(blue, green)
    redness = cv2.subtract(red, other)
    mask = np.asarray(redness > _SATURATED)
    share = float(mask.mean())
    if share < 0.0005 or _is_print(mask):
        return grey
    level = float(np.percentile(red[mask], 40))
    if level < 90:
        return grey
    zone = cv2.dilate(np.asarray(redness > _SATURATED // 3, np.uint8), np.ones((3, 3), np.uint8))
    lifted = np.clip(red.astype(np.float32) * (250.0 / level), 0, 255).astype(np.uint8)
    return np.asarray(np.where(zone > 0, np.maximum(grey, lifted), grey), np.uint8)


def _is_print(mask: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> bool:
    """Whether red ink lies all over the page: then it is the printed form itself and must stay."""
    tiles = cv2.resize(mask.astype(np.float32), (_TILES, _TILES), interpolation=cv2.INTER_AREA)
    return bool((tiles > 0.004).mean() > 0.45)
