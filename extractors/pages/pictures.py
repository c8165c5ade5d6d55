"""Each page as displayed, as a WebP file: what people look at beside the values."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2

from extractors.limits import Limits
from extractors.ocr.default import default_engine
from extractors.pages.source import open_source

_QUALITY = 72


def write_pictures(path: Path, into: Path, side: int, limits: Limits, on_progress: Callable[[int, int], None] | None = None) -> list[Path]:
    """``0001.webp`` … in the folder ``into``, longer side at most ``side`` pixels. Raises ReadRefused."""
    out = []
    with open_source(path, limits, default_engine) as source:
        for number in range(1, source.pages + 1):
            pixels = source.pixels(number)
            scale = min(1.0, side / max(pixels.shape[:2]))
            small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else pixels
            target = into / f"{number:04d}.webp"
            cv2.imwrite(str(target), small, [cv2.IMWRITE_WEBP_QUALITY, _QUALITY])
            out.append(target)
            if on_progress is not None:
                on_progress(number, source.pages)
    return out
