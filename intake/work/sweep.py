"""What keeps the work going when something dies: heartbeats, taking over from dead workers, and giving up what cannot be done.

A worker writes its beat; one that is silent for BEATS of them and does not hold its name any more is dead. One that holds its name
is only slow, as on a machine with too much to do, and is left alone until it was silent for STUCK of them. Whoever notices first takes
the jobs and has the engine run the unfinished workflows again. A job may so run twice: that is harmless (``workflows.py``).
"""

from __future__ import annotations

import logging
import os
import secrets
import time

from dbos import DBOS
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from intake import clock
from intake.settings import Settings
from intake.store import errands
from intake.store.database import Database
from intake.store.tables import Job, Worker
from intake.work import jobs
from intake.work.alone import held
from intake.work.edition import edition

LOG = logging.getLogger(__name__)
BEATS, STUCK = 5, 150
DIED = "MAX_RECOVERY_ATTEMPTS_EXCEEDED"
GIVEN_UP = ["ERROR", "CANCELLED", DIED]


def beat(database: Database, name: str) -> None:
    """Say that this worker lives."""
    with database.session() as session:
        row = session.get(Worker, name)
        if row is None:
            row = Worker(name=name)
            session.add(row)
        if row.pid != os.getpid():
            row.started_at = clock.now()
        row.pid, row.beat = os.getpid(), time.time()


def take_over(database: Database, settings: Settings) -> None:
    """Take the jobs of the workers that are dead, and have their unfinished workflows run again by whoever is free."""
    with database.session() as session:
        dead = bury(session, settings)
    if dead:
        LOG.warning("taking over from %s", ", ".join(dead))
        # the public resume takes a workflow also from a worker that is alive; this one only from those named
        DBOS._recover_pending_workflows(dead)


def bury(session: Session, settings: Settings) -> list[str]:
    """Free the jobs of the workers that are dead and forget them; who they were."""
    beat, now = settings.worker_beat_seconds, time.time()
    others = select(Worker.name, Worker.beat).where(Worker.name != settings.worker_name, Worker.beat < now - BEATS * beat)
    dead = [name for name, last in session.execute(others) if last < now - STUCK * beat or not held(settings.data_dir, name)]
    for other in dead:
        session.execute(update(Job).where(Job.taken_by == other, Job.done_at.is_(None)).values(taken_by=None))
        session.execute(delete(Worker).where(Worker.name == other))
        errands.well(session, other)
    return dead


def give_up(database: Database, name: str) -> None:
    """Close the jobs whose workflow ended in an error, and say so where people look. A job that is open although its workflow
    ended well is done anew under another id: the database is older than the engine's, as after restoring a backup."""
    with database.reading() as session:
        mine = list(session.scalars(select(Job.id).where(Job.taken_by == name, Job.done_at.is_(None))))
    if not mine:
        return
    for ended in DBOS.list_workflows(workflow_ids=mine, status=[*GIVEN_UP, "SUCCESS"], load_input=False):
        with database.session() as session:
            if ended.status == "SUCCESS":
                still = (Job.id == ended.workflow_id, Job.done_at.is_(None))
                session.execute(update(Job).where(*still).values(id=f"{ended.workflow_id[:60]}-{secrets.token_hex(4)}", taken_by=None))
            else:
                # an error that the engine cannot restore comes as the text of its bytes
                said = "see the log" if isinstance(ended.error, str) else repr(ended.error)
                LOG.error("job %s given up: %s", ended.workflow_id, said)
                # what died with its worker again and again is not to do so at each start
                jobs.give_up(session, ended.workflow_id, said, failed_in=edition() if ended.status == DIED else "")
