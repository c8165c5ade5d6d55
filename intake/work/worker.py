"""The worker process: takes up the jobs that the desks ask for and runs them as durable workflows.

``run`` never returns; the process may be ended in any way at any moment, ``kill -9`` included: what it had begun goes on at the next
start, or in another worker after a few heartbeats. It prints nothing; it logs.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
import sqlite3
import time

from dbos import DBOS, DBOSConfig, SetWorkflowID
from sqlalchemy import Select, exists, not_, or_, select, update
from sqlalchemy.orm import aliased

from domain.errors import DefinitionError
from eligibility import programme
from extractors import kinds
from generators import template
from intake.settings import Settings
from intake.store import migrate, stops
from intake.store.database import Database
from intake.store.papers import PaperStore
from intake.store.tables import Job, PaperRow
from intake.work import client, errands, sweep
from intake.work.alone import alone
from intake.work.cages import Cages
from intake.work.edition import begin, edition
from intake.work.workflows import Work

LOG = logging.getLogger(__name__)
WORK_EDITION = "1"
"""Which edition of the workflows this is: raised when their steps change, so that no workflow goes on in steps it did not begin in."""


def run(settings: Settings) -> None:
    """Work until the process is ended. Raises DefinitionError when a worker of this name is running already, or when a kind of paper,
    a programme or a form is ill-formed."""
    begin()
    for definitions in (kinds, programme, template):
        definitions.load()
    database = migrate.upgrade(settings)
    with alone(settings.data_dir, settings.worker_name) as mine:
        if not mine:
            raise DefinitionError("SHOUWEN_WORKER_NAME", f"a worker named {settings.worker_name} is running already",
                                  "give the second worker a name of its own")
        work = _start(settings, database)
        signal.signal(signal.SIGTERM, _leave)
        signal.signal(signal.SIGINT, _leave)
        errands.begin(database, settings)
        LOG.info("worker %s is ready", settings.worker_name)
        with database.session() as session:
            client.read_again(session, None, edition())
        _take_up(database, settings.worker_name, work, again=True)
        next_beat = 0.0
        while True:
            if time.monotonic() >= next_beat:
                next_beat = time.monotonic() + settings.worker_beat_seconds
                sweep.beat(database, settings.worker_name)
                sweep.take_over(database, settings)
                sweep.give_up(database, settings.worker_name)
            _take_up(database, settings.worker_name, work)
            time.sleep(settings.worker_poll_seconds)


def _start(settings: Settings, database: Database) -> Work:
    """The engine, launched under this worker's stable name, with a queue a kind of work."""
    drafts = settings.data_dir / "drafts" / settings.worker_name
    # what an earlier life of this worker left there when it was killed
    shutil.rmtree(drafts, ignore_errors=True)
    drafts.mkdir(mode=0o700, parents=True, exist_ok=True)
    if settings.engine_database.startswith("sqlite"):
        _write_ahead(settings.engine_database.removeprefix("sqlite:///"))
    DBOS(config=DBOSConfig(
        name="shouwen", system_database_url=settings.engine_database, executor_id=settings.worker_name, application_version=WORK_EDITION,
        log_level="WARNING", enable_otlp=False))
    papers = PaperStore(settings.papers_dir)
    papers.tidy()
    work = Work(database, papers, Cages(settings), drafts, settings.signing_key(), settings.public_url.rstrip("/"))
    DBOS.launch()
    for kind, many in ((client.READ, settings.read_workers), (client.SETTLE, 1), (client.FILL, 1)):
        DBOS.register_queue(kind, worker_concurrency=many, polling_interval_sec=settings.worker_poll_seconds, on_conflict="always_update")
    return work


def _take_up(database: Database, name: str, work: Work, *, again: bool = False) -> None:
    """Hand the jobs that nobody has to the engine; ``again``: also those that this worker took before it was ended, since it may
    have been ended before it handed them on. The engine knows a workflow by the job's id and starts it once."""
    with database.reading() as session:
        waiting = session.scalar(_free().limit(1))
    if waiting is None and not again:
        return
    with database.session() as session:
        jobs = list(session.scalars(_free().with_for_update(skip_locked=True, of=Job)))
        session.execute(update(Job).where(Job.id.in_([j.id for j in jobs])).values(taken_by=name))
        if again:
            jobs += session.scalars(select(Job).where(Job.taken_by == name, Job.done_at.is_(None), Job.id.not_in([j.id for j in jobs])))
    workflows = {client.READ: work.read_paper, client.SETTLE: work.settle_case, client.FILL: work.fill_case}
    for job in sorted(jobs, key=lambda j: (j.created_at, j.id)):
        with SetWorkflowID(job.id):
            DBOS.enqueue_workflow(job.kind, workflows[job.kind], job.id, job.subject)


def _free() -> Select[Job]:
    """The jobs that can be taken up. Forms wait until the papers of their case are read and settled: they print what those say. All
    jobs of a case wait while the use of its data is stopped."""
    before = aliased(Job)
    # correlated by name: two levels down it would otherwise mean the papers of any case that has a job
    papers = select(PaperRow.id).where(PaperRow.case_id == Job.subject).correlate(Job)
    unread = exists().where(before.done_at.is_(None), before.kind == client.READ, before.subject.in_(papers))
    unsettled = exists().where(before.done_at.is_(None), before.kind == client.SETTLE, before.subject == Job.subject)
    stopped = or_((Job.kind == client.READ) & stops.paper_stopped(Job.subject),
                  Job.kind.in_((client.SETTLE, client.FILL)) & stops.case_stopped(Job.subject))
    return select(Job).where(Job.taken_by.is_(None), Job.done_at.is_(None), not_(stopped),
                             or_(Job.kind != client.FILL, not_(or_(unread, unsettled))))


def _write_ahead(path: str) -> None:
    # the engine leaves the journal as it finds it
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()


def _leave(_signal: int, _frame: object) -> None:
    # nothing to tidy: every step can be taken up again, and the reading children end with us
    os._exit(0)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    run(Settings())
