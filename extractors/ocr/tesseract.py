"""Tesseract, the second witness: it makes other mistakes than the first engine, so its agreement means something."""

from __future__ import annotations

import os

import cv2
import numpy as np
import pytesseract

from extractors.ocr.engine import Pixels

os.environ.setdefault("OMP_THREAD_LIMIT", "1")
_HEIGHT = 48
_SECONDS = 10


def read_crop(image: Pixels, *, digits: bool = False) -> str:
    """The text of one line, '' where Tesseract sees none or is not installed. ``digits``: only figures and their marks."""
    height = image.shape[0]
    if height < 4 or image.shape[1] < 4:
        return ""
    if height < _HEIGHT:
        image = np.asarray(cv2.resize(image, None, fx=_HEIGHT / height, fy=_HEIGHT / height, interpolation=cv2.INTER_CUBIC), np.uint8)
    image = np.asarray(cv2.copyMakeBorder(image, 12, 12, 12, 12, cv2.BORDER_REPLICATE), np.uint8)
    config = "--psm 7" + (" -c tessedit_char_whitelist=0123456789,.-/" if digits else "")
    try:
        text: str = pytesseract.image_to_string(image, lang="eng" if digits else "chi_tra", config=config, timeout=_SECONDS)
    except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError, RuntimeError):
        return ""
    return " ".join(text.split())
