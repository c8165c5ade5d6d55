"""What a worker does beside its jobs, each in a thread of its own: send mail, tell programs, look into the scanners' folder
and the mailbox.

An errand that fails is logged, kept for the manager's page (``store/errands.py``) and tried again after its pause, and keeps none of the
others waiting. The folder and the mailbox are looked into by one process of a machine at a time; on two machines the key of each coming
makes the second taking up void.
"""

from __future__ import annotations

import fcntl
import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from intake.arrivals.folder import ScanFolder
from intake.arrivals.mailbox import Mailbox
from intake.people import mail
from intake.settings import Settings
from intake.store import errands as kept
from intake.store.database import Database
from intake.store.papers import PaperStore
from intake.work import hooks, tidy

LOG = logging.getLogger(__name__)
FOLDER_SECONDS = 1.0
AFTER_FAILURE_SECONDS = 30.0
"""A share that is gone or a server that is down is asked again not sooner."""
AFTER_FAILURE_MOST_SECONDS = 300.0
TIDY_SECONDS = 3600.0
MAIL, HOOKS, FOLDER, MAILBOX, TIDY = "mail", "hooks", "folder", "mailbox", "tidy"


def begin(database: Database, settings: Settings) -> None:
    """Start the threads; they end with the process."""
    poll, papers = settings.worker_poll_seconds, PaperStore(settings.papers_dir, settings.upload_max_bytes)
    with database.session() as session:
        kept.well(session, settings.worker_name)

    def every(name: str, seconds: float, errand: Callable[[], object], lock: Path | None = None) -> None:
        _every(database, settings.worker_name, name, seconds, errand, lock)

    every(MAIL, poll, lambda: mail.deliver(database, settings))
    every(HOOKS, poll, lambda: hooks.deliver(database, settings))
    every(TIDY, TIDY_SECONDS, lambda: tidy.tidy(database, papers, settings), settings.data_dir / "tidy.lock")
    if settings.scan_dir:
        scans = ScanFolder(database, papers, Path(settings.scan_dir).expanduser(), settings.scan_settle_seconds)
        every(FOLDER, min(FOLDER_SECONDS, settings.scan_settle_seconds / 2), lambda: _look(scans), settings.data_dir / "folder.lock")
    if settings.imap_host:
        every(MAILBOX, settings.imap_poll_seconds, Mailbox(database, papers, settings).look, settings.data_dir / "mailbox.lock")


def _look(scans: ScanFolder) -> None:
    scans.look()
    if scans.stuck:
        raise OSError(f"{len(scans.stuck)} 個檔案拿不走：{'、'.join(f'{n}（{why}）' for n, why in scans.stuck.items())}")


def _every(database: Database, worker: str, name: str, seconds: float, errand: Callable[[], object], lock: Path | None = None) -> None:
    def go() -> None:
        fails = False
        while True:
            pause = seconds
            try:
                if lock is None:
                    errand()
                else:
                    _alone(lock, errand)
                if fails:
                    fails = not _note(database, worker, name, None)
            except Exception as error:
                LOG.exception("the errand %s failed; it is tried again", name)
                fails = True
                _note(database, worker, name, error)
                # one that is to come round seldom is not to wait so long for its next try
                pause = max(min(seconds, AFTER_FAILURE_MOST_SECONDS), AFTER_FAILURE_SECONDS)
            time.sleep(pause)

    threading.Thread(target=go, name=name, daemon=True).start()


def _note(database: Database, worker: str, name: str, error: Exception | None) -> bool:
    """Keep for the manager whether the errand fails; false where that cannot be kept either."""
    try:
        with database.session() as session:
            if error is None:
                kept.well(session, worker, name)
            else:
                kept.failed(session, worker, name, f"{type(error).__name__}: {error}")
    except SQLAlchemyError:
        LOG.exception("what became of the errand %s was not kept", name)
        return False
    return True


def _alone(lock: Path, errand: Callable[[], object]) -> None:
    with lock.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        errand()
