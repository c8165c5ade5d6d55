"""A text as a QR code (ISO/IEC 18004) for paper: black on white, a quiet zone of four modules, about a seventh of it may be soiled."""

from __future__ import annotations

import io

import qrcode
from PIL import Image
from qrcode.constants import ERROR_CORRECT_M

MODULE = 8
"""Picture points a module."""


def png(text: str) -> bytes:
    """The code as PNG."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(text)
    rows = code.get_matrix()
    picture = Image.new("1", (len(rows), len(rows)), 1)
    picture.putdata([0 if dark else 1 for row in rows for dark in row])
    out = io.BytesIO()
    picture.resize((len(rows) * MODULE, len(rows) * MODULE), Image.Resampling.NEAREST).save(out, "PNG")
    return out.getvalue()
