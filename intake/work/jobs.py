"""The end of a job: done once, or given up with a reason."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.errors import ReaderBroken, ShouwenError
from intake import clock
from intake.store import events, repository
from intake.store.database import Database
from intake.store.tables import Job
from intake.work import client
from intake.work.edition import edition, replaced

LOG = logging.getLogger(__name__)
OUR_FAULT = "系統處理時出了問題，資料都還在；請再試一次，仍然不行請通知管理人員。"
REPLACED_STATUS = 75
"""What a process ends with whose program was replaced (EX_TEMPFAIL of sysexits.h): whoever keeps it running starts it again."""


def finish(session: Session, job: str) -> bool:
    """Whether the job is still to be done; it counts as done when the session commits. The effect belongs into the same session."""
    row = _open(session, job)
    if row is None:
        return False
    row.done_at = clock.now()
    session.flush()
    return True


def give_up(session: Session, job: str, error: str, zh: str = OUR_FAULT, failed_in: str = "") -> None:
    """End a job without its effect and tell the live pages; nothing happens where it is done already. ``zh`` is for people;
    ``failed_in``: the edition whose fault it is, in which another try would end as this one did."""
    row = _open(session, job)
    if row is None:
        return
    row.done_at, row.error = clock.now(), error[:300]
    case_id = row.subject
    if row.kind == client.READ:
        repository.fail_reading(session, row.subject, failed_in)
        case_id = repository.paper(session, row.subject).case_id
    session.flush()
    events.emit(session, case_id, "failed", {"job": row.kind, "message": zh})


def _open(session: Session, job: str) -> Job | None:
    row = session.scalar(select(Job).where(Job.id == job).with_for_update().execution_options(populate_existing=True))
    return None if row is None or row.done_at is not None else row


@contextmanager
def ending(database: Database, job: str) -> Iterator[None]:
    """What the service refuses on purpose ends the job; anything else is left to the engine, which tries again. Where the program was
    replaced while it ran, the process ends: whoever is started next goes on with the job, all of one edition."""
    try:
        yield
    except Exception as error:
        if replaced():
            LOG.warning("job %s: %s, and the program's files were replaced; ending, so that the new program goes on", job, error)
            logging.shutdown()
            os._exit(REPLACED_STATUS)
        if isinstance(error, ReaderBroken) or not isinstance(error, ShouwenError):
            raise
        LOG.warning("job %s ended: %s", job, error)
        with database.session() as session:
            give_up(session, job, str(error), error.zh, edition())
