"""A page with its pixels at hand: what readers need to look again, rendered anew when asked and never hoarded."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from domain.document import Box, Code, Page
from extractors.ocr import tesseract
from extractors.ocr.engine import Engine, Pixels, Reply
from extractors.pages.codes import find_codes
from extractors.pages.scan import Frame


class Sheet:
    """``page`` with the way back to its pixels. ``pixels`` gives the displayed picture (BGR or grey), ``ink`` the same
    cleaned for reading; both may render again at each call."""

    def __init__(self, page: Page, at: Frame, pixels: Callable[[], Pixels], ink: Callable[[], Pixels],
                 engine: Callable[[], Engine]) -> None:
        self.page, self._at, self._pixels, self._ink, self._engine = page, at, pixels, ink, engine
        self._codes: tuple[Code, ...] | None = page.codes or None

    def crop(self, box: Box, *, pad: float = 0.15, clean: bool = True) -> Pixels:
        """The pixels of a box of the upright frame, grown by ``pad`` of its height on every side; grey when ``clean``."""
        w, h = self._at.size
        grow = pad * box.height * h
        x0, y0, x1, y1 = box.left * w - grow, box.top * h - grow, box.right * w + grow, box.bottom * h + grow
        quad = np.asarray(((x0, y0), (x1, y0), (x1, y1), (x0, y1)), np.float32)
        return self._at.crop(self._ink() if clean else self._pixels(), quad)

    def second_opinion(self, box: Box, *, alphabet: str = "") -> str:
        """What Tesseract reads in the box; '' where it sees nothing."""
        return self.second_opinions((box,), alphabet=alphabet)[0]

    def second_opinions(self, boxes: Sequence[Box], *, alphabet: str = "") -> list[str]:
        """The same for several boxes of one line each, looked at together."""
        return tesseract.read_crops([self.crop(box) for box in boxes], alphabet=alphabet)

    def read_again(self, box: Box, *, pad: float = 0.15) -> Reply:
        """What the first engine reads in the box, cut out on its own."""
        return self._engine().recognise_lines([self.crop(box, pad=pad)])[0]

    def codes(self) -> tuple[Code, ...]:
        """The bar codes of the page, boxes in the upright frame; looked for once, when first asked."""
        if self._codes is None:
            self._codes = find_codes(self._pixels(), self._at)
        return self._codes
