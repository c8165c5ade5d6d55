"""PDF files through PDFium: page count, size as displayed, pixels, and the raw page for the text layer."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from domain.errors import ReadRefused
from extractors.limits import Limits
from extractors.ocr.engine import Pixels

_POINTS = 72
_BIGGEST_SIDE = 14_400
"""Points: the largest side a page may have by PDF 32000-1 annex C (200 inches); beyond it a box is nonsense."""
_LONGEST = 16_000
"""Pixels: the longer side of a rendered page at most."""
_A4 = (595.0, 842.0)


class PdfFile:
    """An open PDF. Raises ReadRefused ``encrypted`` (a password is needed to open), ``corrupt`` or ``too_many_pages``."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._limits = limits
        try:
            self._pdf = pdfium.PdfDocument(path)
        except pdfium.PdfiumError as e:
            if getattr(e, "err_code", None) == raw.FPDF_ERR_PASSWORD or "password" in str(e).lower():
                raise ReadRefused("encrypted", "a password is needed to open it") from e
            raise ReadRefused("corrupt", str(e)) from e
        self._kept: tuple[int, Any] | None = None
        self.pages = len(self._pdf)
        if self.pages > limits.pages:
            raise ReadRefused("too_many_pages", f"{self.pages} pages, at most {limits.pages}")
        if self.pages == 0:
            raise ReadRefused("corrupt", "no pages")

    def page(self, number: int) -> Any:
        """The PDFium page ``number`` (from 1), kept until another is asked for. Filled form fields and notes become part of it, since
        people see them too; a crop box that shows nothing of the page is passed over, as viewers do."""
        if self._kept is None or self._kept[0] != number:
            self._kept = (number, self._opened(number))
        return self._kept[1]

    def _opened(self, number: int) -> Any:
        try:
            page = self._pdf[number - 1]
            if not min(page.get_size()) > 0:
                page.set_cropbox(*page.get_mediabox())
                page.close()
                page = self._pdf[number - 1]
            if raw.FPDFPage_GetAnnotCount(page.raw) > 0:
                raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
                page.close()
                page = self._pdf[number - 1]
            return page
        except pdfium.PdfiumError as e:
            raise ReadRefused("corrupt", f"page {number}: {e}") from e

    def size(self, page: Any) -> tuple[float, float]:
        """Width and height as displayed, in points; A4 where the page's box is nonsense."""
        w, h = page.get_size()
        if not (math.isfinite(w) and math.isfinite(h) and 1 <= w <= _BIGGEST_SIDE and 1 <= h <= _BIGGEST_SIDE):
            return _A4
        return w, h

    def pixels(self, page: Any, dpi: int) -> Pixels:
        """The page as displayed, BGR, at ``dpi`` or at what ``render_pixels`` allows."""
        w, h = page.get_size()
        if not (math.isfinite(w) and math.isfinite(h) and w > 0 and h > 0):
            raise ReadRefused("corrupt", f"a page of {w} by {h} points")
        scale = min(dpi / _POINTS, math.sqrt(self._limits.render_pixels / (w * h)), _LONGEST / max(w, h))
        if min(w, h) * scale < 1:
            raise ReadRefused("too_large", f"a page of {w:.0f} by {h:.0f} points", unsafe=True)
        bitmap = page.render(scale=scale, rev_byteorder=False, prefer_bgrx=False)
        return np.ascontiguousarray(bitmap.to_numpy()[:, :, :3])

    def close(self) -> None:
        self._kept = None
        self._pdf.close()
