"""What a file is, by its content; the name is never asked.

Signatures: PDF 32000-1 7.5.2 (``%PDF-`` may stand within the first 1024 bytes), JPEG ITU-T T.81, PNG W3C, TIFF 6.0 and
BigTIFF, WebP RIFF container, HEIF ISO/IEC 23008-12 (``ftyp`` brands).
"""

from __future__ import annotations

from pathlib import Path

from domain.errors import ReadRefused
from extractors.limits import Limits

PDF, JPEG, PNG, TIFF, WEBP, HEIC = "pdf", "jpeg", "png", "tiff", "webp", "heic"

_HEIF_BRANDS = frozenset((b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1"))


def sniff(path: Path, limits: Limits) -> str:
    """The type of the file. Raises ReadRefused ``empty``, ``too_large`` or ``unsupported_type``."""
    size = path.stat().st_size
    if size == 0:
        raise ReadRefused("empty", "the file has no bytes")
    if size > limits.file_bytes:
        raise ReadRefused("too_large", f"{size} bytes, at most {limits.file_bytes}")
    with path.open("rb") as stream:
        head = stream.read(1024)
    found = _of(head)
    if found is None:
        if not head.strip(b"\0 \t\r\n") and size <= len(head):
            raise ReadRefused("empty", "the file holds nothing but blanks")
        raise ReadRefused("unsupported_type", f"starts with {head[:8].hex()}")
    return found


def _of(head: bytes) -> str | None:
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"):
        return TIFF
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp" and (head[8:12] in _HEIF_BRANDS or any(head[i : i + 4] in _HEIF_BRANDS for i in range(16, 64, 4))):
        return HEIC
    if head.startswith(b"PK"):
        return None
    return PDF if b"%PDF-" in head else None
