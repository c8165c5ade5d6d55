"""Picture files, decoded under limits, in the displayed frame (EXIF orientation applied)."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from domain.errors import ReadRefused
from extractors.limits import Limits
from extractors.ocr.engine import Pixels
from extractors.pages import sniff

pillow_heif.register_heif_opener(thumbnails=False)
_FORMATS = {sniff.JPEG: "JPEG", sniff.PNG: "PNG", sniff.TIFF: "TIFF", sniff.WEBP: "WEBP", sniff.HEIC: "HEIF"}
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, AttributeError, RuntimeError, OverflowError,
           ZeroDivisionError, MemoryError, UnidentifiedImageError)
"""What Pillow and its plug-ins raise on broken files."""


class PictureFile:
    """A file of one or more pictures (frames of a TIFF are pages; other types have one page).

    Raises ReadRefused ``corrupt``, ``too_large`` or ``too_many_pages``.
    """

    def __init__(self, path: Path, kind: str, limits: Limits) -> None:
        self._path, self._kind, self._limits = path, kind, limits
        with self._open() as image:
            self._fits(image.size)
            self.pages = self._count(image) if kind == sniff.TIFF else 1

    def pixels(self, number: int) -> Pixels:
        """Page ``number`` (from 1) as displayed, grey or BGR."""
        with self._open() as image:
            if number > 1:
                image.seek(number - 1)
            self._fits(image.size)
            image.load()
            if image.size[0] * image.size[1] > self._limits.picture_pixels:
                raise ReadRefused("too_large", f"decodes to {image.size}", unsafe=True)
            return _plain(ImageOps.exif_transpose(image))

    def _count(self, image: Any) -> int:
        """Frames are counted one by one, since a chain of directories may be a circle."""
        n = 1
        while True:
            try:
                image.seek(n)
            except EOFError:
                return n
            n += 1
            if n > self._limits.pages:
                raise ReadRefused("too_many_pages", f"more than {self._limits.pages} frames")

    def _fits(self, size: tuple[int, int]) -> None:
        if size[0] < 1 or size[1] < 1:
            raise ReadRefused("corrupt", f"a picture of {size[0]} by {size[1]} pixels")
        if size[0] * size[1] > self._limits.picture_pixels:
            raise ReadRefused("too_large", f"{size[0]} by {size[1]} pixels, at most {self._limits.picture_pixels}", unsafe=True)

    @contextmanager
    def _open(self) -> Iterator[Any]:
        """The file opened as the type it was sniffed to be; whatever breaks is told as ReadRefused."""
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            Image.MAX_IMAGE_PIXELS = self._limits.picture_pixels
            try:
                with Image.open(self._path, formats=(_FORMATS[self._kind],)) as image:
                    yield image
            except ReadRefused:
                raise
            except (Image.DecompressionBombWarning, Image.DecompressionBombError) as e:
                raise ReadRefused("too_large", str(e), unsafe=True) from e
            except _BROKEN as e:
                raise ReadRefused("corrupt", f"{type(e).__name__}: {e}") from e


def _plain(image: Any) -> Pixels:
    """Grey or BGR of 8 bits; what is transparent is paper."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, (255, 255, 255, 255))
        image = Image.alpha_composite(paper, image).convert("RGB")
    if image.mode in ("1", "L"):
        return np.asarray(image.convert("L"), np.uint8)
    if image.mode.startswith("I") or image.mode == "F":
        deep = np.asarray(image, np.float64)
        top = 65535.0 if image.mode != "F" else max(1.0, float(deep.max()))
        return np.asarray(np.clip(deep / top * 255.0, 0, 255), np.uint8)
    return np.asarray(cv2.cvtColor(np.asarray(image.convert("RGB"), np.uint8), cv2.COLOR_RGB2BGR), np.uint8)
