"""One process under one name: a lock that ends with its process, however that ends, so that it also tells who is alive."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TRIES, PAUSE_SECONDS = 20, 0.05
"""Whoever asks about a name holds its lock for a moment, so a worker that starts just then tries again."""


@contextmanager
def alone(folder: Path, name: str) -> Iterator[bool]:
    """Hold the name; False where another process holds it."""
    with _file(folder, name).open("w") as lock:
        for _ in range(TRIES):
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(PAUSE_SECONDS)
            else:
                yield True
                return
        yield False


def held(folder: Path, name: str) -> bool:
    """Whether a process that uses the same folder holds the name. A name that nobody ever held there is not held."""
    try:
        with _file(folder, name).open("r") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    return False


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.lock"
