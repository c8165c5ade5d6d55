"""Which edition of the code runs here: a paper that our own code failed on is worth another try once the code is another, and a fault
says nothing while the files of a program that runs are being replaced."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

ENGINE = " ".join(f"{name} {version(name)}" for name in ("rapidocr", "openvino", "tesserocr", "pypdfium2"))
ROOT = Path(__file__).resolve().parents[2]
PARTS = ("extractors", "domain", "intake/work")
WHOLE = ("domain", "extractors", "eligibility", "generators", "form_templates", "intake")
SUFFIXES = (".py", ".csv", ".yaml", ".docx")
_begun: list[str] = []


@cache
def edition() -> str:
    """16 hexadecimal digits that change with the code, the vocabulary and the engines that read papers."""
    return _digest(PARTS)


def begin() -> None:
    """Remember the files of the whole program as they are now, at the start of a process that runs for long."""
    _begun[:] = [_digest(WHOLE)]


def replaced() -> bool:
    """Whether the program's files are others than at ``begin``: then parts of two editions may have met, as when a child starts."""
    try:
        return bool(_begun) and _begun[0] != _digest(WHOLE)
    except OSError:
        # gone between listing and reading
        return True


def _digest(parts: Sequence[str]) -> str:
    said = hashlib.sha256(ENGINE.encode())
    for part in parts:
        for file in sorted(f for f in (ROOT / part).rglob("*") if f.suffix in SUFFIXES):
            said.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes())
    return said.hexdigest()[:16]
