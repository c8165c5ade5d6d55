"""The cage: files from outside are opened in a child process under limits, which may die without the worker dying.

The child (``cage_child``) is kept warm between files and made anew when it has grown too big, has read its share of pages, or died.
Parent and child talk in JSON lines over a socket pair; the child's logs go to the inherited standard error or to a file.

    with Cage(CageSettings()) as cage:
        reading = cage.read(path, "paper.pdf")
"""

from __future__ import annotations

import json
import logging
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any

from domain.document import Box
from domain.errors import READ_CODES, ReaderBroken, ReaderFailed, ReadRefused
from domain.field import FileReading, Reading
from extractors.limits import Limits
from extractors.policy import DEFAULT, Policy
from extractors.read import digest

Progress = Callable[[int, int], None]
log = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parents[2]
_TICK = 0.05
OURS = "internal"
ASKED_TO_END = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
_STARTER = ThreadPoolExecutor(1, thread_name_prefix="cage")
"""One lasting thread starts every child: PDEATHSIG fires when the *thread* that forked ends, not only when the process does."""


@dataclass(frozen=True)
class CageSettings:
    """Times in seconds, sizes in bytes. A file of up to 20 pages has ``seconds`` of wall time, a longer one in proportion; one page
    ``page_seconds``; both count as CPU seconds too. ``memory`` is the resident size at which a child is killed, ``recycle_memory``
    and ``recycle_pages`` the ones after which it is replaced between files. ``log`` takes the child's standard error."""

    seconds: float = 120.0
    page_seconds: float = 30.0
    start_seconds: float = 60.0
    memory: int = 3 * 1024**3
    recycle_memory: int = 1200 * 1024**2
    recycle_pages: int = 400
    written_file: int = 128 * 1024**2
    open_files: int = 256
    limits: Limits = Limits()
    policy: Policy = DEFAULT
    log: Path | None = None


class ChildDied(Exception):
    """The child ended before it answered, or failed. ``code`` is what READING.md calls it, OURS where the fault is not the file's."""

    def __init__(self, code: str, detail: str, *, unsafe: bool = False) -> None:
        self.code, self.detail, self.unsafe = code, detail, unsafe
        super().__init__(f"{code}: {detail}")


class Cage:
    """One child at a time, started when first needed; callers of several threads wait for each other."""

    def __init__(self, settings: CageSettings = CageSettings()) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._child: _Child | None = None
        self._scratch = tempfile.TemporaryDirectory(prefix="cage-")

    def __enter__(self) -> Cage:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        with self._lock:
            self._drop()
            self._scratch.cleanup()

    @property
    def pid(self) -> int | None:
        """The process id of the child that lives now."""
        return self._child.process.pid if self._child else None

    def read(self, path: Path, name: str, on_progress: Progress | None = None) -> FileReading:
        """Read one file. Never raises for a bad file: ``error`` of the reading is filled, and ``unsafe`` where it must not be kept.
        Raises ReaderBroken where no child starts, ReaderFailed where our own code fails, twice."""
        name = Path(name).name
        try:
            answer = self._ask({"do": "read", "path": str(path.resolve()), "name": name}, on_progress)
        except (ChildDied, ReadRefused) as e:
            log.warning("read of %s ended: %s", name, e)
            return FileReading(name, digest(path), 0, (), (e.code, READ_CODES[e.code]), e.unsafe)
        return replace(FileReading.from_json(answer["reading"]), unsafe=answer["unsafe"], text=answer["text"],
                       turned=tuple(answer["turned"]))

    def pictures(self, path: Path, into: Path, *, side: int = 1600, on_progress: Progress | None = None) -> list[Path]:
        """Each page as displayed as ``0001.webp`` … in the folder ``into``, longer side at most ``side`` pixels.
        Raises ReadRefused when the file cannot be opened."""
        into.mkdir(parents=True, exist_ok=True)
        question = {"do": "pictures", "path": str(path.resolve()), "into": str(into.resolve()), "side": side}
        try:
            answer = self._ask(question, on_progress)
        except ChildDied as e:
            raise ReadRefused(e.code, str(e), unsafe=e.unsafe) from e
        if answer["error"]:
            raise ReadRefused(answer["error"], "refused in the cage", unsafe=answer["unsafe"])
        return [into / f for f in answer["files"]]

    def read_box(self, path: Path, page: int, box: Box, field: str, turn: int = 0) -> Reading:
        """What stands in a box that a person drew (displayed frame of ``page``), read as a value of ``field``; ``turn`` as in
        ``extractors.box``. Raises ReadRefused when the file cannot be opened, ReaderBroken where no child starts."""
        question = {"do": "box", "path": str(path.resolve()), "page": page, "box": box.as_list(), "field": field, "turn": turn}
        try:
            answer = self._ask(question, None)
        except ChildDied as e:
            raise ReadRefused(e.code, str(e), unsafe=e.unsafe) from e
        if answer["error"]:
            raise ReadRefused(answer["error"], "refused in the cage", unsafe=answer["unsafe"])
        return Reading.from_json(answer["seen"])

    def warm(self) -> None:
        """Start the child before it is asked anything. Raises ReaderBroken where none starts."""
        with self._lock:
            self._child = self._child or _Child(self._settings, Path(self._scratch.name))

    def rest(self) -> None:
        """Let the child go; the next question starts another."""
        with self._lock:
            self._drop()

    def _ask(self, question: Mapping[str, Any], on_progress: Progress | None) -> dict[str, Any]:
        """Ask the child; a crash or a fault of ours is tried once more in a fresh child, since what an earlier file left behind may be
        the cause."""
        with self._lock:
            for last in (False, True):
                fresh = self._child is None
                try:
                    child = self._child = self._child or _Child(self._settings, Path(self._scratch.name))
                    answer = child.ask(question, on_progress)
                except ChildDied as e:
                    self._drop()
                    if last and e.code == OURS:
                        raise ReaderFailed(e.detail) from e
                    if last or e.code not in ("corrupt", OURS):
                        raise
                    log.warning("the cage's %s child: %s; trying again in a new one", "fresh" if fresh else "used", e)
                    continue
                except BaseException:
                    self._drop()
                    raise
                if child.pages >= self._settings.recycle_pages or answer["rss"] >= self._settings.recycle_memory:
                    self._drop()
                return answer
            raise AssertionError("unreachable")

    def _drop(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child = None


class _Child:
    def __init__(self, settings: CageSettings, scratch: Path) -> None:
        self._settings = settings
        self.pages = 0
        ours, theirs = socket.socketpair()
        errors = settings.log.open("ab") if settings.log else None
        try:
            self.process = _STARTER.submit(
                subprocess.Popen, [sys.executable, "-P", "-m", "intake.work.cage_child", str(theirs.fileno()), _parameters(settings)],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors, cwd=scratch, env=_environment(scratch),
                pass_fds=(theirs.fileno(),), start_new_session=True,
            ).result()
        finally:
            theirs.close()
            if errors:
                errors.close()
        self._socket, self._rest = ours, b""
        self._poll = select.poll()
        self._poll.register(ours, select.POLLIN)
        try:
            self._next(time.monotonic() + settings.start_seconds)
        except ChildDied as e:
            self.kill()
            raise ReaderBroken(str(e)) from e

    def ask(self, question: Mapping[str, Any], on_progress: Progress | None) -> dict[str, Any]:
        """The child's answer. Raises ChildDied."""
        started = last = time.monotonic()
        done, pages = 0, 0
        try:
            self._socket.sendall(json.dumps(question).encode() + b"\n")
        except OSError as e:
            raise self._death() from e
        while True:
            end = started + self._settings.seconds * max(1.0, pages / 20)
            if done < pages or not pages:
                end = min(end, last + self._settings.page_seconds)
            message = self._next(end)
            if "progress" not in message:
                if "failed" in message:
                    raise ChildDied(OURS, message["failed"])
                self.pages += pages
                return message
            last = time.monotonic()
            done, pages = message["progress"]
            if on_progress is not None and done:
                on_progress(done, pages)

    def _next(self, end: float) -> dict[str, Any]:
        """The next message, waited for until ``end``, with an eye on the child's memory."""
        while b"\n" not in self._rest:
            if time.monotonic() > end:
                raise ChildDied("timeout", "wall time is up")
            if (size := resident(self.process.pid)) > self._settings.memory:
                raise ChildDied("too_large", f"{size} bytes of memory", unsafe=True)
            if not self._poll.poll(_TICK * 1000):
                continue
            try:
                more = self._socket.recv(1 << 20)
            except OSError:
                more = b""
            if not more:
                raise self._death()
            self._rest += more
        line, _, self._rest = self._rest.partition(b"\n")
        message: dict[str, Any] = json.loads(line)
        return message

    def _death(self) -> ChildDied:
        try:
            status = self.process.wait(5)
        except subprocess.TimeoutExpired:
            return ChildDied("corrupt", "the child closed its socket")
        if status == -signal.SIGXCPU:
            return ChildDied("timeout", "CPU time is up")
        # by a signal: something in the file brought a library down, unless somebody asked it to end; by itself: an error nobody caught
        ours = status >= 0 or -status in ASKED_TO_END
        return ChildDied(OURS if ours else "corrupt", f"the child ended with status {status}")

    def kill(self) -> None:
        """End the child and what it started, at once."""
        self._socket.close()
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def resident(pid: int) -> int:
    """The resident size of a process in bytes; 0 when it is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def _parameters(settings: CageSettings) -> str:
    return json.dumps({"seconds": settings.seconds, "memory": settings.memory, "written_file": settings.written_file,
                       "open_files": settings.open_files, "parent": os.getpid(), "limits": asdict(settings.limits),
                       "policy": asdict(settings.policy)})


def _environment(scratch: Path) -> dict[str, str]:
    """Nothing of ours but what finds programs, words and a place for scratch files: no secret reaches the child."""
    kept = {k: os.environ[k] for k in ("PATH", "LANG", "LC_ALL", "TZ", "TESSDATA_PREFIX") if k in os.environ}
    return kept | {"PYTHONPATH": str(_ROOT), "TMPDIR": str(scratch), "HOME": str(scratch), "OMP_THREAD_LIMIT": "1",
                   "PYTHONDONTWRITEBYTECODE": "1"}
