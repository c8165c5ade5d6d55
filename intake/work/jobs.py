"""The end of a job: done once, or given up with a reason."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.errors import ShouwenError
from intake import clock
from intake.store import events, repository
from intake.store.database import Database
from intake.store.tables import Job
from intake.work import client
from intake.work.edition import edition

LOG = logging.getLogger(__name__)
OUR_FAULT = "系統處理時出了問題，資料都還在；請再試一次，仍然不行請通知管理人員。"


def finish(session: Session, job: str) -> bool:
    """Whether the job is still to be done; it counts as done when the session commits. The effect belongs into the same session."""
    row = _open(session, job)
    if row is None:
        return False
    row.done_at = clock.now()
    session.flush()
    return True


def give_up(session: Session, job: str, error: str, zh: str = OUR_FAULT) -> None:
    """End a job without its effect and tell the live pages; nothing happens where it is done already. ``zh`` is for people."""
    row = _open(session, job)
    if row is None:
        return
    row.done_at, row.error = clock.now(), error[:300]
    case_id = row.subject
    if row.kind == client.READ:
        repository.fail_reading(session, row.subject, edition())
        case_id = repository.paper(session, row.subject).case_id
    session.flush()
    events.emit(session, case_id, "failed", {"job": row.kind, "message": zh})


def _open(session: Session, job: str) -> Job | None:
    row = session.scalar(select(Job).where(Job.id == job).with_for_update().execution_options(populate_existing=True))
    return None if row is None or row.done_at is not None else row


@contextmanager
def ending(database: Database, job: str) -> Iterator[None]:
    """What the service refuses on purpose ends the job; anything else is left to the engine."""
    try:
        yield
    except ShouwenError as error:
        LOG.warning("job %s ended: %s", job, error)
        with database.session() as session:
            give_up(session, job, str(error), error.zh)
