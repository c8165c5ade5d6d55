"""Files by their content: ``<folder>/ab/cd/<sha256>``, written once, never changed, readable by the service alone (0600).

The same bytes are one file however often they come. A file is there whole or not at all: it is written beside its place, brought
to the disk, and then renamed. The name that a person gave it stands in the database only, so no name of theirs reaches the file system.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from domain.errors import NotFound, ReadRefused

CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Stored:
    """What was taken in: ``size`` in bytes."""

    sha256: str
    size: int


def chunks(file: BinaryIO) -> Iterator[bytes]:
    """The file in pieces of 1 MB."""
    while chunk := file.read(CHUNK):
        yield chunk


class PaperStore:
    """The folder of all files. ``limit`` is the largest size taken, in bytes; None: no limit (files of our own making)."""

    def __init__(self, folder: Path, limit: int | None = None) -> None:
        self.folder, self.limit = folder, limit

    def put(self, pieces: Iterable[bytes]) -> Stored:
        """Take in a file piece by piece. Raises ReadRefused: ``too_large`` as soon as the limit is passed, ``empty`` without bytes."""
        with self.incoming() as incoming:
            for piece in pieces:
                incoming.write(piece)
            return incoming.keep()

    @contextmanager
    def incoming(self) -> Iterator[Incoming]:
        """For uploads whose pieces arrive one by one: ``write`` each, then ``keep``. Left without ``keep``, nothing stays behind."""
        drafts = self.folder / "incoming"
        drafts.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = drafts / secrets.token_hex(16)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            try:
                yield Incoming(self, draft, file)
            finally:
                draft.unlink(missing_ok=True)

    def tidy(self, older_than_seconds: float = 24 * 3600) -> int:
        """Remove what uploads left behind when the process that took them was killed; returns how many files."""
        gone = 0
        for path in (self.folder / "incoming").glob("*"):
            # one that is there no more has become a paper
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < time.time() - older_than_seconds:
                    path.unlink()
                    gone += 1
        return gone

    def path(self, sha256: str) -> Path:
        """Where a file is. Raises NotFound."""
        path = self._place(sha256)
        if not path.is_file():
            raise NotFound("file", sha256)
        return path

    def content(self, sha256: str) -> bytes:
        return self.path(sha256).read_bytes()

    def discard(self, sha256: str) -> None:
        """Remove a file's bytes; for files that are unsafe to keep and for deletion. No error where there are none."""
        self._place(sha256).unlink(missing_ok=True)

    def _place(self, sha256: str) -> Path:
        if not re.fullmatch(r"[0-9a-f]{64}", sha256):
            raise NotFound("file", sha256[:80])
        return self.folder / sha256[:2] / sha256[2:4] / sha256


class Incoming:
    """A file on its way in; ``size`` in bytes so far."""

    def __init__(self, store: PaperStore, draft: Path, file: BinaryIO) -> None:
        self._store, self._draft, self._file = store, draft, file
        self._hash = hashlib.sha256()
        self.size = 0

    def write(self, piece: bytes) -> None:
        """Raises ReadRefused ``too_large`` as soon as the limit is passed."""
        self.size += len(piece)
        if self._store.limit is not None and self.size > self._store.limit:
            raise ReadRefused("too_large", f"more than {self._store.limit} bytes")
        self._hash.update(piece)
        self._file.write(piece)

    def keep(self) -> Stored:
        """Put the file in its place for good. Raises ReadRefused ``empty``."""
        if self.size == 0:
            raise ReadRefused("empty", "no bytes")
        self._file.flush()
        os.fsync(self._file.fileno())
        place = self._store._place(self._hash.hexdigest())
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.replace(self._draft, place)
        _sync_folder(place.parent)
        return Stored(self._hash.hexdigest(), self.size)


def _sync_folder(folder: Path) -> None:
    # without this a power cut may lose the name of a file whose bytes are safe
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
