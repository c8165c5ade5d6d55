"""Tesseract, the second witness: it makes other mistakes than the first engine, so its agreement means something."""

from __future__ import annotations

import os
from collections.abc import Sequence

import cv2
import numpy as np
import pytesseract

from extractors.ocr.engine import Pixels

os.environ.setdefault("OMP_THREAD_LIMIT", "1")
_HEIGHT = 48
_SECONDS = 10
_PAPER, _GAP = 245, 14
"""The brightness of paper in a stack of lines, and the pixels above and below each line there."""


def read_crops(images: Sequence[Pixels], *, digits: bool = False) -> list[str]:
    """The text of each line, '' where Tesseract sees none or is not installed. ``digits``: only figures and their marks.

    Lines are read together, one below another, since a start of Tesseract costs as much as three lines; each is read on its own where
    Tesseract then sees more lines or fewer."""
    if len(images) > 1 and all(min(i.shape[:2]) >= 4 for i in images):
        lines = [" ".join(line.split()) for line in _said(_stacked(images), 6, digits).splitlines() if line.strip()]
        if len(lines) == len(images):
            return lines
    return [read_crop(i, digits=digits) for i in images]


def read_crop(image: Pixels, *, digits: bool = False) -> str:
    """The text of one line, '' where Tesseract sees none or is not installed. ``digits``: only figures and their marks."""
    height = image.shape[0]
    if height < 4 or image.shape[1] < 4:
        return ""
    if height < _HEIGHT:
        image = np.asarray(cv2.resize(image, None, fx=_HEIGHT / height, fy=_HEIGHT / height, interpolation=cv2.INTER_CUBIC), np.uint8)
    image = np.asarray(cv2.copyMakeBorder(image, 12, 12, 12, 12, cv2.BORDER_REPLICATE), np.uint8)
    return " ".join(_said(image, 7, digits).split())


def _stacked(images: Sequence[Pixels]) -> Pixels:
    """Crops of lines one below another, brought to one height and one contrast, on paper."""
    rows = []
    for image in images:
        height, width = image.shape[:2]
        size = (max(1, round(width * _HEIGHT / height)), _HEIGHT)
        row = cv2.resize(image, size, interpolation=cv2.INTER_CUBIC if height < _HEIGHT else cv2.INTER_AREA)
        dark, paper = (float(v) for v in np.percentile(row, (2, 80)))
        rows.append(np.clip((row.astype(np.float32) - dark) * ((_PAPER - 10) / max(paper - dark, 20.0)) + 10, 0, 255).astype(np.uint8))
    room = max(r.shape[1] for r in rows)
    wide = [cv2.copyMakeBorder(r, _GAP, _GAP, 20, 20 + room - r.shape[1], cv2.BORDER_CONSTANT, value=(_PAPER,)) for r in rows]
    return np.asarray(np.vstack(wide), np.uint8)


def _said(image: Pixels, layout: int, digits: bool) -> str:
    """What Tesseract prints for a picture. ``layout``: its page segmentation mode."""
    config = f"--psm {layout}" + (" -c tessedit_char_whitelist=0123456789,.-/" if digits else "")
    try:
        text: str = pytesseract.image_to_string(image, lang="eng" if digits else "chi_tra", config=config, timeout=_SECONDS)
    except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError, RuntimeError):
        return ""
    return text
