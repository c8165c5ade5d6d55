"""The program inside the cage: ``python -m intake.work.cage_child FD PARAMETERS``. Reads one question a line from the socket ``FD``."""

from __future__ import annotations

import ctypes
import json
import logging
import os
import resource
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from domain.document import Box
from domain.errors import READ_CODES, ReadRefused
from domain.field import FileReading
from extractors.box import read_box
from extractors.limits import Limits
from extractors.ocr.default import default_engine
from extractors.pages.pictures import write_pictures
from extractors.policy import Policy
from extractors.read import digest, read_file

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_CLONE_NEWNET = 0x40000000
_HEADROOM = 2 * 1024**3
"""Address space beyond the memory limit: maps that are never touched (weights, kernels, thread stacks) count there as well."""

log = logging.getLogger("cage")


def main() -> None:
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    given = json.loads(sys.argv[2])
    _die_with(given["parent"])
    _lock_in(given)
    limits, policy = Limits(**given["limits"]), Policy(**given["policy"])
    with socket.socket(fileno=int(sys.argv[1])) as line, line.makefile("rwb") as stream:

        def say(message: dict[str, Any]) -> None:
            stream.write(json.dumps(message, ensure_ascii=False).encode() + b"\n")
            stream.flush()

        say({"ready": os.getpid()})
        for raw in stream:
            _more_cpu(given["seconds"])
            say(_answer(json.loads(raw), limits, policy, lambda i, n: say({"progress": [i, n]})) | {"rss": _resident()})


def _answer(question: dict[str, Any], limits: Limits, policy: Policy, on_progress: Callable[[int, int], None]) -> dict[str, Any]:
    path = Path(question["path"])
    error, unsafe = "", False
    try:
        if question["do"] == "pictures":
            files = write_pictures(path, Path(question["into"]), question["side"], limits, on_progress)
            return {"files": [f.name for f in files], "error": "", "unsafe": False}
        if question["do"] == "box":
            seen = read_box(path, question["page"], Box(*question["box"]), question["field"], turn=question["turn"], limits=limits)
            return {"seen": seen.as_json(), "error": "", "unsafe": False}
        reading = read_file(path, question["name"], limits=limits, on_progress=on_progress, engine=default_engine, policy=policy)
        return {"reading": reading.as_json(), "unsafe": False, "text": reading.text, "turned": reading.turned}
    except ReadRefused as e:
        log.info("refused: %s", e)
        error, unsafe = e.code, e.unsafe
    except MemoryError:
        error, unsafe = "too_large", True
    except Exception as e:  # what a broken file may set off is refused by the readers; anything else is a fault of ours
        log.exception("a reader failed")
        return {"failed": _fault(e)}
    if question["do"] != "read":
        return {"files": [], "error": error, "unsafe": unsafe}
    refused = FileReading(question["name"], digest(path), 0, (), (error, READ_CODES[error]))
    return {"reading": refused.as_json(), "unsafe": unsafe, "text": "", "turned": ()}


def _fault(error: Exception) -> str:
    """What failed and where. The error's own words stay in the log: they may hold what stands in the file."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(where.filename).name}:{where.lineno}"


def _die_with(parent: int) -> None:
    """Let the kernel end this process when the parent ends, and end it now if that has happened already."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.unshare(_CLONE_NEWNET)
    if os.getppid() != parent:
        os._exit(1)


def _lock_in(given: dict[str, Any]) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (given["written_file"],) * 2)
    resource.setrlimit(resource.RLIMIT_NOFILE, (given["open_files"],) * 2)
    space = given["memory"] + _HEADROOM
    resource.setrlimit(resource.RLIMIT_AS, (space, space))


def _more_cpu(seconds: float) -> None:
    """Allow this file its CPU seconds beyond what earlier files have used (ten times over for long ones: the parent has the clock)."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + 10 * seconds) + 1, hard))


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
