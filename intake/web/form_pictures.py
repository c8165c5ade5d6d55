"""Pictures of the pages of a filled form, drawn from its PDF when first asked for and kept beside the papers.

The PDF is our own, but the words in it are not: it is drawn in the cage like any paper. One drawing at a time.
"""

from __future__ import annotations

import os
import tempfile
import threading
from pathlib import Path

from starlette.responses import FileResponse, Response

from domain.errors import NotFound
from intake.web.service import Service
from intake.work.cage import Cage

_LOCK = threading.Lock()
SIDE = 1400


def answer(service: Service, sha256: str, page: int) -> Response:
    """The picture of a page (from 1). Raises NotFound, and ReadRefused where the PDF cannot be drawn."""
    folder = service.settings.data_dir / "form_pictures" / sha256[:2] / sha256
    if not folder.is_dir():
        _draw(service, sha256, folder)
    file = folder / f"{page:04d}.webp"
    if not 1 <= page <= 9999 or not file.is_file():
        raise NotFound("picture", f"{sha256[:8]}/{page}")
    return FileResponse(file, media_type="image/webp", headers={"Cache-Control": "private, max-age=86400, immutable"})


def _draw(service: Service, sha256: str, folder: Path) -> None:
    with _LOCK:
        if folder.is_dir():
            return
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as drafts, Cage() as cage:
            cage.pictures(service.uploads.path(sha256), Path(drafts) / "pages", side=SIDE)
            os.replace(Path(drafts) / "pages", folder)
