"""Files that arrive in pieces over a bad line: each piece is on the disk before it is answered, and the next goes on from there.

A file on its way lies with the store's other drafts and is tidied away with them a day after its last piece. That it has become a paper
is remembered as long, by its hash alone: whoever missed the last answer, or sent the same file from another place too, is told.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import BinaryIO, Literal

from domain.errors import NotFound, ReadRefused
from intake.store.papers import PaperStore, Stored, chunks

PIECE_MAX = 4 * 1024 * 1024
"""Largest piece taken, in bytes."""


@dataclass(frozen=True)
class Partial:
    """A file on its way into a case. ``size`` is what was announced, ``offset`` what is here, in bytes; ``person`` is the account's id;
    ``done`` the SHA-256 of the paper that it has become."""

    id: str
    case: str
    person: int
    name: str
    media_type: str
    size: int
    offset: int = 0
    done: str = ""

    @property
    def whole(self) -> bool:
        return self.offset == self.size


class Partials:
    """The files on their way into ``store``."""

    def __init__(self, store: PaperStore) -> None:
        self.store, self.folder = store, store.folder / "incoming"

    def begin(self, case: str, person: int, name: str, media_type: str, size: int) -> Partial:
        """A new file of ``size`` bytes. Raises ReadRefused: ``empty``, ``too_large``."""
        if size <= 0:
            raise ReadRefused("empty", "no bytes")
        if self.store.limit is not None and size > self.store.limit:
            raise ReadRefused("too_large", f"{size} bytes, more than {self.store.limit}")
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial = Partial(secrets.token_hex(16), case, person, name[:255], media_type[:120], size)
        for path, content in ((self._bytes(partial.id), b""), (self._about(partial.id), json.dumps(asdict(partial)).encode())):
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(content)
        return partial

    def find(self, id: str, case: str, person: int) -> Partial:
        """A person's own file for that case. Raises NotFound."""
        # once more, since it may become a paper between the two looks of the first
        found = self._own(id, case, person) or self._own(id, case, person) if re.fullmatch(r"[0-9a-f]{32}", id) else None
        if found is None:
            raise NotFound("upload", id[:40])
        return found

    def _own(self, id: str, case: str, person: int) -> Partial | None:
        try:
            about = json.loads(self._about(id).read_bytes())
            size = about["size"] if about.get("done") else self._bytes(id).stat().st_size
        except (FileNotFoundError, ValueError):
            # it has become a paper or was let go at this moment, or is only being announced
            return None
        return Partial(**{**about, "offset": size}) if (about["case"], about["person"]) == (case, person) else None

    def waiting(self, case: str, person: int) -> list[Partial]:
        """A person's files on their way into that case, by name."""
        there = [self._own(p.stem, case, person) for p in self.folder.glob("*.json")]
        return sorted((p for p in there if p is not None and not p.done), key=lambda p: p.name)

    def drop(self, partial: Partial) -> None:
        """Let go of what is here of a file."""
        self._about(partial.id).unlink(missing_ok=True)
        self._bytes(partial.id).unlink(missing_ok=True)

    def digest(self, partial: Partial) -> str:
        """The SHA-256 of the bytes that are here: whether a file chosen again begins with them."""
        with self._bytes(partial.id).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def append(self, partial: Partial, at: int, piece: bytes) -> Partial:
        """Add a piece that begins at byte ``at``. One that begins elsewhere changes nothing: the answer says where to go on. Raises
        ReadRefused ``too_large`` beyond the announced size; NotFound where another has sent the rest meanwhile."""
        if at != partial.offset:
            return partial
        if at + len(piece) > partial.size or len(piece) > PIECE_MAX:
            raise ReadRefused("too_large", "more bytes than announced")
        with self._open(partial, "r+b") as file:
            file.seek(at)
            file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        # a day is counted for both from this piece
        with suppress(FileNotFoundError):
            os.utime(self._about(partial.id))
        return Partial(**{**asdict(partial), "offset": at + len(piece)})

    @contextmanager
    def taken(self, partial: Partial) -> Iterator[Stored]:
        """The whole file put into the store; what lay on its way goes when the caller is done without an error. Raises NotFound where
        another has done so meanwhile."""
        with self._open(partial, "rb") as file:
            stored = self.store.put(chunks(file))
        yield stored
        told = self._about(partial.id).with_suffix(".done")
        told.touch(mode=0o600)
        told.write_text(json.dumps(asdict(replace(partial, name="", media_type="", done=stored.sha256))))
        told.replace(self._about(partial.id))
        self._bytes(partial.id).unlink(missing_ok=True)

    def _open(self, partial: Partial, mode: Literal["rb", "r+b"]) -> BinaryIO:
        try:
            return self._bytes(partial.id).open(mode)
        except FileNotFoundError:
            raise NotFound("upload", partial.id) from None

    def _bytes(self, id: str) -> Path:
        return self.folder / id

    def _about(self, id: str) -> Path:
        return self.folder / f"{id}.json"
