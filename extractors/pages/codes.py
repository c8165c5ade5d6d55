"""Bar codes: QR (ISO/IEC 18004) and Code 39, through ZXing. The payload stays raw bytes, since invoices may be Big5."""

from __future__ import annotations

import numpy as np
import zxingcpp

from domain.document import Code
from extractors.ocr.engine import Pixels
from extractors.pages import frame
from extractors.pages.scan import Frame

_FORMATS = {zxingcpp.BarcodeFormat.QRCode: "QRCode", zxingcpp.BarcodeFormat.Code39: "Code39"}


def find_codes(image: Pixels, at: Frame) -> tuple[Code, ...]:
    """The codes of a displayed picture, boxes in the upright frame ``at``."""
    found = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormats(list(_FORMATS)))
    out = []
    for code in found:
        p = code.position
        corners = [(c.x, c.y) for c in (p.top_left, p.top_right, p.bottom_right, p.bottom_left)]
        box = frame.box_of(frame.points(at.matrix, np.asarray(corners, np.float32)), at.size)
        out.append(Code(_FORMATS.get(code.format, str(code.format)), bytes(code.bytes), box))
    return tuple(out)
