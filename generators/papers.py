"""An uploaded paper as plain PDF pages, made in a child process under limits: ``python -m generators.papers IN OUT``.

PDF pages stay as they are displayed; what acts (scripts, links, attachments) does not come along. Images stand upright on A4. The child
prints why where it cannot; whatever happens to it, the bundle goes on.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path

import pikepdf
from PIL import Image, ImageOps, ImageSequence
from pillow_heif import register_heif_opener
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

MEMORY, CPU_SECONDS, FILE_SIZE = 2 << 30, 60, 400 << 20
MAX_PIXELS, MAX_PAGES = 120_000_000, 200
DOTS = 200
A4 = (1654, 2339)
MARGIN = 79
REASONS = {"encrypted": "有密碼", "unreadable": "檔案無法併入", "timeout": "檔案處理逾時"}
UNREADABLE = (pikepdf.PdfError, PyPdfError, OSError, ValueError, TypeError, SyntaxError, MemoryError, RuntimeError, Warning)
"""What opening a damaged or hostile file raises."""


def prepare(paper: Path, out: Path, *, timeout: float = 90.0) -> str | None:
    """Write the pages of ``paper`` to ``out``. None, or in one Chinese phrase why not. ``timeout`` in seconds."""
    try:
        done = subprocess.run([sys.executable, "-m", "generators.papers", str(paper.resolve()), str(out.resolve())],
                              timeout=timeout, capture_output=True, text=True, check=False, cwd=Path(__file__).resolve().parent.parent)
    except subprocess.TimeoutExpired:
        return REASONS["timeout"]
    if done.returncode == 0 and out.is_file():
        return None
    return REASONS.get(done.stdout.strip(), REASONS["unreadable"])


def count(files: Sequence[Path], *, timeout: float = 90.0) -> dict[Path, int]:
    """How many pages each file has, as far as it can be opened as PDF or picture. ``timeout`` in seconds, for all of them."""
    try:
        done = subprocess.run([sys.executable, "-m", "generators.papers", "--count", *(str(f.resolve()) for f in files)],
                              timeout=timeout, capture_output=True, text=True, check=False, cwd=Path(__file__).resolve().parent.parent)
    except subprocess.TimeoutExpired:
        return {}
    numbers = [int(n) for n in done.stdout.split()]
    return {f: n for f, n in zip(files, numbers, strict=False) if n > 0}


def counting(files: Sequence[Path]) -> int:
    """The child: one number a line, 0 for what cannot be opened."""
    _limit()
    register_heif_opener()
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    for file in files:
        sys.stdout.write(f"{_pages(file)}\n")
        sys.stdout.flush()
    return 0


def _pages(file: Path) -> int:
    try:
        if is_pdf(file):
            with pikepdf.open(file) as document:
                return len(document.pages)
        with Image.open(file) as image:
            return int(getattr(image, "n_frames", 1))
    except UNREADABLE:
        return 0


def main(source: Path, out: Path) -> int:
    """The child: exit status 0, or 3 with a reason's key on standard output."""
    _limit()
    try:
        if is_pdf(source):
            _pdf(source, out)
        else:
            _image(source, out)
        PdfWriter().append(PdfReader(out))
    except pikepdf.PasswordError:
        return _refuse("encrypted")
    except UNREADABLE:
        return _refuse("unreadable")
    return 0


def _limit() -> None:
    for limit, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, CPU_SECONDS), (resource.RLIMIT_FSIZE, FILE_SIZE)):
        resource.setrlimit(limit, (most, most))


def is_pdf(file: Path) -> bool:
    """Whether the file begins as a PDF does."""
    with file.open("rb") as stream:
        return b"%PDF-" in stream.read(1024)


def _refuse(reason: str) -> int:
    sys.stdout.write(reason)
    return 3


def _pdf(source: Path, out: Path) -> None:
    with pikepdf.open(source) as old, pikepdf.new() as new:
        if not 0 < len(old.pages) <= MAX_PAGES:
            raise ValueError("no pages, or too many")
        old.generate_appearance_streams()
        old.flatten_annotations("all")
        for page in old.pages:
            for name in ("/Annots", "/AA", "/Metadata", "/PieceInfo"):
                if name in page:
                    del page[name]
        new.pages.extend(old.pages)
        new.remove_unreferenced_resources()
        new.save(out, deterministic_id=True)


def _image(source: Path, out: Path) -> None:
    register_heif_opener()
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    with Image.open(source) as image:
        pages = list(_sheets(image))
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=DOTS, quality=85)


def _sheets(image: Image.Image) -> Iterator[Image.Image]:
    for number, frame in enumerate(ImageSequence.Iterator(image)):
        if number >= MAX_PAGES:
            raise ValueError("too many pages")
        upright = ImageOps.exif_transpose(frame.copy())
        grey = upright.mode in ("1", "L", "LA", "I;16")
        solid = Image.new("RGBA", upright.size, "white")
        solid.alpha_composite(upright.convert("RGBA"))
        size = A4 if solid.height >= solid.width else A4[::-1]
        fitted = ImageOps.contain(solid, (size[0] - 2 * MARGIN, size[1] - 2 * MARGIN), Image.Resampling.LANCZOS)
        page = Image.new("L" if grey else "RGB", size, "white")
        page.paste(fitted.convert(page.mode), ((size[0] - fitted.width) // 2, (size[1] - fitted.height) // 2))
        yield page


if __name__ == "__main__":
    if sys.argv[1] == "--count":
        sys.exit(counting([Path(a) for a in sys.argv[2:]]))
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
