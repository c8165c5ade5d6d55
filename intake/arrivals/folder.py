"""The folder that office scanners write into.

    04595257/掃描0001.pdf          a folder, or the begin of a file's name, is the applicant's 統一編號 or the case number
    1151120-0001_存款證明.pdf
    done/1151120/000017-掃描0001.pdf and 000017-掃描0001.pdf.說明.txt
    refused/1151120/…              what cannot be read; the note says why

A file is taken once it has not changed for a while. Its bytes are brought to the disk of the paper store, what becomes of it is committed
in one transaction, and only then is it moved away: a process that is killed in between does the rest at its next look, since the
same file (path, content, time of last change) is known again. Links, hidden files and half-copied ones are left alone.
"""

from __future__ import annotations

import logging
import mimetypes
import os
import stat
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from domain.errors import ReadRefused
from extractors.limits import Limits
from extractors.pages.sniff import sniff
from intake.arrivals import place
from intake.store import arrivals
from intake.store.arrivals import FOLDER, PARKED, TAKEN, TURNED_AWAY, ArrivalView, Coming
from intake.store.clean import storable
from intake.store.database import Database
from intake.store.papers import PaperStore, chunks

LOG = logging.getLogger(__name__)
DONE, REFUSED = "done", "refused"
NOTE = ".說明.txt"
HALF = (".tmp", ".part", ".partial", ".crdownload", ".filepart", ".swp")
ALONE = ("thumbs.db", "desktop.ini")
DEEPEST = 4
"""Folders within folders that are looked into."""
Seen = tuple[int, int, int]
"""What tells that a file has changed: size in bytes, time of the last change in nanoseconds, inode."""


class ScanFolder:
    """The folder; ``settle`` is for how many seconds a file must not have changed. One process looks at a time (``work/errands.py``)."""

    def __init__(self, database: Database, papers: PaperStore, folder: Path, settle: float) -> None:
        self.database, self.papers, self.folder, self.settle = database, papers, folder, settle
        self._seen: dict[Path, tuple[Seen, float]] = {}
        self.stuck: dict[str, str] = {}
        """Files that the last look could not take, by name, and why."""

    def look(self) -> int:
        """Take what is ready; returns how many files went. One that cannot be moved or opened is tried again at the next look.

        Raises OSError where the folder is not there and cannot be made, as when a share is not mounted: its parents are never made."""
        self.folder.mkdir(mode=0o770, exist_ok=True)
        taken, now, there = 0, time.monotonic(), {}
        self.stuck.clear()
        for path, seen in self._files(self.folder, 0):
            before = self._seen.get(path)
            since = before[1] if before is not None and before[0] == seen else now
            there[path] = (seen, since)
            if now - since < self.settle:
                continue
            try:
                taken += self._take(path, seen)
            except OSError as error:
                LOG.warning("a file of the scanners' folder waits: %s", type(error).__name__)
                self.stuck[storable(path.name)] = type(error).__name__
            except Exception as error:
                # whatever is wrong with one file holds up no other
                LOG.exception("a file of the scanners' folder waits")
                self.stuck[storable(path.name)] = type(error).__name__
        self._seen = there
        return taken

    def _files(self, folder: Path, depth: int) -> Iterator[tuple[Path, Seen]]:
        for entry in sorted(os.scandir(folder), key=lambda e: e.name):
            name = entry.name.lower()
            if name.startswith((".", "~")) or name.endswith(HALF) or name in ALONE or depth == 0 and name in (DONE, REFUSED):
                continue
            if entry.is_dir(follow_symlinks=False) and depth < DEEPEST:
                yield from self._files(Path(entry.path), depth + 1)
            elif entry.is_file(follow_symlinks=False):
                yield Path(entry.path), _seen(entry.stat(follow_symlinks=False))

    def _take(self, path: Path, seen: Seen) -> bool:
        # a scanner may write names that are not UTF-8
        inside = PurePosixPath(storable(path.relative_to(self.folder).as_posix()))
        coming = Coming("", FOLDER, inside.name, mimetypes.guess_type(inside.name)[0] or "application/octet-stream", inside.as_posix())
        try:
            sniff(path, Limits() if self.papers.limit is None else Limits(file_bytes=self.papers.limit))
            with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
                stored = self.papers.put(chunks(file))
                if _seen(os.fstat(file.fileno())) != seen:
                    return False
        except ReadRefused as refused:
            key = place.key_of(FOLDER, coming.origin, refused.code, str(seen))
            with self.database.session() as session:
                kept = arrivals.find(session, key) or place.turn_away(session, replace(coming, key=key), refused)
        else:
            key = place.key_of(FOLDER, coming.origin, stored.sha256, str(seen[1]))
            ref = next((r for r in (place.reference(part) for part in inside.parts) if r), "")
            with self.database.session() as session:
                kept = arrivals.find(session, key) or place.put(session, replace(coming, key=key), stored, place.by_reference(session, ref))
        self._away(path, kept)
        return True

    def _away(self, path: Path, kept: ArrivalView) -> None:
        """Beside its note into done or refused. The name comes from the arrival, so that a second try writes over the first."""
        target = self.folder / (REFUSED if kept.state == TURNED_AWAY else DONE) / f"{kept.at.year - 1911:03d}{kept.at:%m%d}"
        target.mkdir(parents=True, exist_ok=True)
        new = target / f"{kept.id:06d}-{path.name}"
        # a long name and ours around it may be longer than a file system takes: 255 bytes
        if len(os.fsencode(new.name)) + len(NOTE.encode()) > 255:
            new = target / f"{kept.id:06d}{path.suffix[:10]}"
        new.with_name(new.name + NOTE).write_text(note(kept), encoding="utf-8")
        os.replace(path, new)


def note(kept: ArrivalView) -> str:
    """What the note beside a file says."""
    said = {
        TAKEN: f"已收進案件 {kept.number}，系統會自動讀取。",
        PARKED: f"已收下，還不知道是哪一件案件的（{kept.reason}）。請承辦人員到「無主文件」指定案件；在那之前不會讀取內容。",
        TURNED_AWAY: f"沒有收下：{kept.reason}",
        arrivals.ATTACHED: f"已由承辦人員放進案件 {kept.number}。", arrivals.DISMISSED: "承辦人員決定不收。",
    }
    about = {"收件編號": kept.id, "時間": f"{kept.at:%Y-%m-%d %H:%M:%S}", "原來的位置": kept.origin, "SHA-256": kept.sha256 or "—"}
    return "\n".join([said[kept.state], "", *(f"{name}：{value}" for name, value in about.items()), ""])


def _seen(found: os.stat_result) -> Seen:
    return found.st_size, found.st_mtime_ns, found.st_ino if stat.S_ISREG(found.st_mode) else -1
