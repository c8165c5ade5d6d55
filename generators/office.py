"""Many forms to ODT and PDF at once: a few LibreOffices side by side, each on a batch, each with a profile and a time limit of its own.

A batch spreads LibreOffice's start over its files. Where one dies or hangs, what it had finished is kept, the rest goes alone, file by
file, and only a file that fails by itself is given up (``convert``). No LibreOffice lives longer than its batch, so none can go stale.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from domain.errors import FormNotFilled
from generators import convert

BATCH = 60
"""Files a call: the start is a tenth of the work or less."""


@dataclass(frozen=True)
class Sheet:
    """A .docx to convert and the folder that its other formats go into, under its own base name."""

    docx: Path
    out: Path


def convert_many(sheets: Sequence[Sheet], formats: Sequence[str], *, workers: int = 2, batch: int = BATCH, soffice: str = "soffice",
                 timeout: float = 120.0) -> list[FormNotFilled]:
    """Convert every sheet into each format. ``timeout`` in seconds, for one call. Returns what could not be made; the rest stands."""
    batches = [sheets[i:i + batch] for i in range(0, len(sheets), batch)]
    with ThreadPoolExecutor(workers, "office") as pool:
        done = pool.map(lambda some: _batch(some, formats, soffice, timeout), batches)
        return [failure for failures in done for failure in failures]


def _batch(sheets: Sequence[Sheet], formats: Sequence[str], soffice: str, timeout: float) -> list[FormNotFilled]:
    with tempfile.TemporaryDirectory(prefix="shouwen-batch-") as name:
        room = Path(name)
        drafts = [Path(shutil.copyfile(s.docx, room / f"{i:04d}.docx")) for i, s in enumerate(sheets)]
        _, failures = convert.attempt(drafts, formats, room / "out", soffice=soffice, timeout=timeout)
        for draft, sheet in zip(drafts, sheets, strict=True):
            for form in formats:
                made = room / "out" / f"{draft.stem}.{form}"
                if made.is_file():
                    sheet.out.mkdir(parents=True, exist_ok=True)
                    part = sheet.out / f"{sheet.docx.stem}.{form}.part"
                    shutil.copyfile(made, part)
                    os.replace(part, sheet.out / f"{sheet.docx.stem}.{form}")
        names = {d.stem: s.docx.stem for d, s in zip(drafts, sheets, strict=True)}
        return [FormNotFilled(names.get(f.form, f.form), f.detail) for f in failures]
