"""Pictures of a file's pages as any plain program sees them: PDF rendered, EXIF obeyed, nothing cleaned."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pillow_heif
import pypdfium2
from PIL import Image, ImageOps

DPI = 200

pillow_heif.register_heif_opener()


def images(path: Path) -> Iterator[Image.Image]:
    """Every page in turn, RGB; PDF at ``DPI``."""
    if path.suffix == ".pdf":
        document = pypdfium2.PdfDocument(path)
        for i in range(len(document)):
            yield document[i].render(scale=DPI / 72).to_pil().convert("RGB")
        document.close()
        return
    with Image.open(path) as image:
        for frame in range(getattr(image, "n_frames", 1)):
            image.seek(frame)
            yield ImageOps.exif_transpose(image).convert("RGB")
