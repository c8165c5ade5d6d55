"""Tesseract, the second witness: it makes other mistakes than the first engine, so its agreement means something.

It stays loaded in this process, since a start of the program costs as much as a dozen lines. The trained data are the system's.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import cv2
import numpy as np
import tesserocr

from extractors.ocr.engine import Pixels

_HEIGHT, _MARGIN, _WIDEST = 48, 14, 5000
"""Pixels: the height to which a line is brought, the paper around it, and the width beyond which nothing is one line."""
_INK, _PAPER = 10, 245
"""The brightness to which a line's ink and paper are brought."""
_FAINTEST = 16
"""The least difference in brightness between ink and paper."""
_MILLISECONDS = 10_000
_FOLDERS = ("/usr/share", "/usr/local/share", "/opt/homebrew/share")
_LINE, _BLOCK = tesserocr.PSM.SINGLE_LINE, tesserocr.PSM.SINGLE_BLOCK
_asking = Lock()


def installed() -> bool:
    """Whether the trained data for Chinese and for figures are there; without them its silence means nothing."""
    return all(any((f / f"{language}.traineddata").is_file() for f in _folders()) for language in ("chi_tra", "eng"))


def read_crops(images: Sequence[Pixels], *, alphabet: str = "") -> list[str]:
    """The text of each line, '' where Tesseract sees none or is not installed. ``alphabet``: the only characters that may stand there;
    empty for Chinese and all else."""
    return [read_crop(i, alphabet=alphabet) for i in images]


def read_crop(image: Pixels, *, alphabet: str = "") -> str:
    """The text of one line; the same for one."""
    height, width = image.shape[:2]
    if height < 4 or width < 4 or width * _HEIGHT > height * _WIDEST:
        return ""
    line = _plain(image)
    if line is None:
        return ""
    with _asking:
        api = _loaded("eng" if alphabet else "chi_tra")
        if api is None:
            return ""
        api.SetVariable("tessedit_char_whitelist", alphabet)
        return _said(api, line, _LINE) or _said(api, line, _BLOCK)


def _plain(image: Pixels) -> Pixels | None:
    """A line in grey at one height and one contrast, with paper around it; None where nothing is written."""
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY) if image.ndim == 3 else image
    height, width = grey.shape
    size = (max(1, round(width * _HEIGHT / height)), _HEIGHT)
    grey = cv2.resize(grey, size, interpolation=cv2.INTER_CUBIC if height < _HEIGHT else cv2.INTER_AREA)
    dark, paper = (float(v) for v in np.percentile(grey, (2, 80)))
    if paper - dark < _FAINTEST:
        return None
    even = (grey.astype(np.float32) - dark) * ((_PAPER - _INK) / (paper - dark)) + _INK
    line = np.clip(even, 0, 255).astype(np.uint8)
    return np.asarray(cv2.copyMakeBorder(line, *(_MARGIN,) * 4, cv2.BORDER_CONSTANT, value=(_PAPER,)), np.uint8)


def _said(api: Any, line: Pixels, layout: int) -> str:
    """What Tesseract makes of a grey picture. ``layout``: its page segmentation mode."""
    height, width = line.shape
    try:
        api.SetPageSegMode(layout)
        api.SetImageBytes(line.tobytes(), width, height, 1, width)
        text = api.GetUTF8Text() if api.Recognize(_MILLISECONDS) else ""
    except RuntimeError:
        return ""
    finally:
        api.Clear()
    return " ".join(text.split())


@cache
def _loaded(language: str) -> Any:
    """The engine with the trained data of a language; None where they are not installed."""
    folder = next((f for f in _folders() if (f / f"{language}.traineddata").is_file()), None)
    if folder is None:
        return None
    try:
        api = tesserocr.PyTessBaseAPI(path=f"{folder}/", lang=language, psm=_LINE, oem=tesserocr.OEM.LSTM_ONLY)
    except RuntimeError:
        return None
    api.SetVariable("debug_file", os.devnull)
    return api


def _folders() -> Iterator[Path]:
    """Where trained data may be, best first."""
    if prefix := os.environ.get("TESSDATA_PREFIX"):
        yield from (Path(prefix), Path(prefix, "tessdata"))
    for share in _FOLDERS:
        yield from sorted(Path(share, "tesseract-ocr").glob("*/tessdata"), reverse=True)
        yield Path(share, "tessdata")
