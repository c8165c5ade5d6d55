"""What a worker does beside its jobs, each in a thread of its own: send mail, tell programs, look into the scanners' folder
and the mailbox.

An errand that fails is logged and tried again after its pause, and keeps none of the others waiting. The folder and the mailbox are looked
into by one process of a machine at a time; on two machines the key of each coming makes the second taking up void.
"""

from __future__ import annotations

import fcntl
import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from intake.arrivals.folder import ScanFolder
from intake.arrivals.mailbox import Mailbox
from intake.people import mail
from intake.settings import Settings
from intake.store.database import Database
from intake.store.papers import PaperStore
from intake.work import hooks

LOG = logging.getLogger(__name__)
FOLDER_SECONDS = 1.0
AFTER_FAILURE_SECONDS = 30.0
"""A share that is gone or a server that is down is asked again not sooner."""


def begin(database: Database, settings: Settings) -> None:
    """Start the threads; they end with the process."""
    poll = settings.worker_poll_seconds
    _every("mail", poll, lambda: mail.deliver(database, settings))
    _every("hooks", poll, lambda: hooks.deliver(database, settings))
    papers = PaperStore(settings.papers_dir, settings.upload_max_bytes)
    if settings.scan_dir:
        scans = ScanFolder(database, papers, Path(settings.scan_dir).expanduser(), settings.scan_settle_seconds)
        _every("folder", min(FOLDER_SECONDS, settings.scan_settle_seconds / 2), scans.look, settings.data_dir / "folder.lock")
    if settings.imap_host:
        _every("mailbox", settings.imap_poll_seconds, Mailbox(database, papers, settings).look, settings.data_dir / "mailbox.lock")


def _every(name: str, seconds: float, errand: Callable[[], object], lock: Path | None = None) -> None:
    def go() -> None:
        while True:
            pause = seconds
            try:
                if lock is None:
                    errand()
                else:
                    _alone(lock, errand)
            except Exception:
                LOG.exception("the errand %s failed; it is tried again", name)
                pause = max(seconds, AFTER_FAILURE_SECONDS)
            time.sleep(pause)

    threading.Thread(target=go, name=name, daemon=True).start()


def _alone(lock: Path, errand: Callable[[], object]) -> None:
    with lock.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        errand()
