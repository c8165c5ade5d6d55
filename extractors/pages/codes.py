"""Bar codes: QR (ISO/IEC 18004) and Code 39, through ZXing. The payload stays raw bytes, since invoices may be Big5."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp

from domain.document import Code
from extractors.ocr.engine import Pixels, Quad
from extractors.pages import frame
from extractors.pages.scan import Frame

_FORMATS = {zxingcpp.BarcodeFormat.QRCode: "QRCode", zxingcpp.BarcodeFormat.Code39: "Code39"}
_LARGEST = 4600
"""The longest side, in pixels, of a picture that is searched enlarged."""


@dataclass(frozen=True)
class Rendering:
    """One way to show a picture to the decoder: its scale, the blur in pixels (negative: sharpened instead), and the level between
    black and white (of each neighbourhood, or of the whole picture)."""

    scale: float = 1.0
    blur: float = 0.0
    whole: bool = False

    def of(self, grey: Pixels) -> Pixels:
        if self.scale != 1:
            way = cv2.INTER_AREA if self.scale < 1 else cv2.INTER_CUBIC
            grey = np.asarray(cv2.resize(grey, None, fx=self.scale, fy=self.scale, interpolation=way), np.uint8)
        if self.blur > 0:
            return np.asarray(cv2.GaussianBlur(grey, (0, 0), self.blur), np.uint8)
        if self.blur < 0:
            return np.asarray(cv2.addWeighted(grey, 1 - self.blur, cv2.GaussianBlur(grey, (0, 0), 2.0), self.blur, 0), np.uint8)
        return grey


RENDERINGS = (Rendering(whole=True), Rendering(2.0), Rendering(1.0, 2.0, True), Rendering(0.75, 1.0), Rendering(1.0, -1.5),
              Rendering(3.0), Rendering(1.5, 1.0), Rendering(2.0, 2.0, True))
"""What is tried, in this order, where codes must be but are not found: each finds some that those before it do not. Dots that a thermal
printer leaves out want blur, small codes want size, faded ones a level of the whole picture."""


@dataclass(frozen=True)
class Spot:
    """A bar code where it stands in a picture: its corners in pixels, from its own top left clockwise. ``payload`` empty: it could not be
    decoded, and ``corners`` may begin anywhere."""

    symbology: str
    payload: bytes
    corners: Quad

    def code(self, at: Frame) -> Code:
        """The code with its box in the upright frame ``at``."""
        return Code(self.symbology, self.payload, frame.box_of(frame.points(at.matrix, self.corners), at.size))


def spotted(image: Pixels) -> list[Spot]:
    """The codes that a displayed picture shows at first sight, with those that cannot be decoded."""
    return list(_spots(_grey(image), Rendering(), tuple(_FORMATS)))


def find_codes(image: Pixels, at: Frame, enough: Callable[[Sequence[Code]], bool] | None = None,
               seen: Sequence[Spot] | None = None) -> tuple[Code, ...]:
    """The codes of a displayed picture, boxes in the upright frame ``at``. ``enough`` makes the search a hard one: the picture is shown
    in other renderings until it says that what is found will do. ``seen``: what it shows at first sight, if that is known."""
    grey = _grey(image)
    found = [spot.code(at) for spot in (spotted(grey) if seen is None else seen) if spot.payload]
    if enough is None:
        return tuple(found)
    for rendering in RENDERINGS:
        if enough(found):
            break
        if rendering.scale > 1 and rendering.scale * max(grey.shape) > _LARGEST:
            continue
        for code in (spot.code(at) for spot in _spots(grey, rendering, (zxingcpp.BarcodeFormat.QRCode,)) if spot.payload):
            if not any(code.payload == c.payload and code.box.overlap(c.box) > 0 for c in found):
                found.append(code)
    return tuple(found)


def _grey(image: Pixels) -> Pixels:
    return image if image.ndim == 2 else np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8)


def _spots(grey: Pixels, rendering: Rendering, formats: Sequence[zxingcpp.BarcodeFormat]) -> Iterator[Spot]:
    level = zxingcpp.Binarizer.GlobalHistogram if rendering.whole else zxingcpp.Binarizer.LocalAverage
    for code in zxingcpp.read_barcodes(rendering.of(grey), formats=zxingcpp.BarcodeFormats(list(formats)), binarizer=level,
                                       return_errors=True):
        p = code.position
        corners = np.asarray([(c.x, c.y) for c in (p.top_left, p.top_right, p.bottom_right, p.bottom_left)], np.float32)
        corners = np.asarray(corners / np.float32(rendering.scale), np.float32)
        yield Spot(_FORMATS.get(code.format, str(code.format)), bytes(code.bytes) if code.valid else b"", corners)
