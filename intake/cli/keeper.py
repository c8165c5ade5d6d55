"""Keeps one worker running beside the web service: starts it, starts it again when it dies, ends it with the service."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from types import TracebackType

LOG = logging.getLogger(__name__)
PAUSE_SECONDS = 1.0
END_SECONDS = 20.0


class Keeper:
    """A context: the worker runs inside it. A worker that was killed is followed by another, which goes on with its work."""

    def __init__(self) -> None:
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="keeper")

    def __enter__(self) -> Keeper:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._ending.set()
        self._thread.join()

    def _keep(self) -> None:
        while not self._ending.is_set():
            # a session of its own: Ctrl-C is for the service, which then ends the worker in order
            child = subprocess.Popen([sys.executable, "-m", "intake.cli.main", "worker", "--parent", str(os.getpid())],
                                     start_new_session=True)
            while child.poll() is None and not self._ending.wait(0.2):
                pass
            if child.poll() is None:
                _end(child)
            elif not self._ending.wait(PAUSE_SECONDS):
                LOG.warning("the worker ended with %s; starting another", child.returncode)


def _end(child: subprocess.Popen[bytes]) -> None:
    child.send_signal(signal.SIGTERM)
    try:
        child.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def end_with(parent: int) -> None:
    """End this process in order when ``parent`` is no longer its parent: a killed service leaves no worker behind."""
    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(PAUSE_SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent", daemon=True).start()
