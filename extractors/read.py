"""One file → the papers in it, as READING.md wants them. Touches nothing but the file; raises ReadRefused and nothing else on bad input."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from domain.document import Box, Page
from domain.errors import ReadRefused
from domain.field import FileReading
from extractors.limits import Limits
from extractors.look import Sheet
from extractors.ocr import tesseract
from extractors.ocr.default import default_engine
from extractors.ocr.engine import Engine
from extractors.pages.source import open_source
from extractors.papers import read_papers
from extractors.policy import DEFAULT, Policy

Progress = Callable[[int, int], None]
"""Called with pages done and pages in all."""


def read_file(path: Path, name: str, *, limits: Limits = Limits(), on_progress: Progress | None = None,  # noqa: B008
              engine: Callable[[], Engine] = default_engine, policy: Policy = DEFAULT) -> FileReading:
    """Read the file at ``path``, called ``name`` by whoever sent it. ``engine`` is made only when a page needs OCR; ``policy`` says
    how sure a value must be to be accepted.

    Raises ReadRefused with a code of READING.md (``domain.errors.READ_CODES``).
    """
    started = time.monotonic()
    with open_source(path, limits, engine) as source:
        if on_progress is not None:
            on_progress(0, source.pages)
        sheets: list[Sheet] = []
        for sheet in source.sheets():
            sheets.append(sheet)
            if on_progress is not None:
                on_progress(sheet.page.number, source.pages)
            if limits.seconds is not None and time.monotonic() - started > limits.seconds:
                raise ReadRefused("timeout", f"{sheet.page.number} of {source.pages} pages in {limits.seconds} s")

        def second(place: int, boxes: Sequence[Box], alphabet: str) -> list[str]:
            return sheets[place - 1].second_opinions(boxes, alphabet=alphabet)

        documents = read_papers([s.page for s in sheets], second if tesseract.installed() else None, policy)
        return FileReading(Path(name).name, digest(path), source.pages, documents, text="\n".join(s.page.text for s in sheets),
                           turned=_turned([s.page for s in sheets], source.pages))


def _turned(pages: Sequence[Page], count: int) -> tuple[int, ...]:
    """The turn that makes each page of the file upright; 0 where its papers lie this way and that."""
    turns: dict[int, set[int]] = {}
    for page in pages:
        turns.setdefault(page.number, set()).add(page.turned)
    return tuple(turns[n].pop() if len(turns.get(n, ())) == 1 else 0 for n in range(1, count + 1))


def digest(path: Path) -> str:
    """The SHA-256 of the file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
