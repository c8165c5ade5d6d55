"""Asking for work. A job is a row written in the caller's own transaction, so that a paper and the wish to read it are kept together or
not at all; a worker takes each up as the durable workflow of the same id (``work/worker.py``), which makes a second taking up harmless.

    enqueue_read(session, paper_id)      read the paper, keep its page pictures and reading, then settle its case
    enqueue_settle(session, case_id)     merge the facts and ask the law (after an entry, a removal, a submission)
    read_again(session, person, edition) read what a fault of ours left unread
    enqueue_fill(session, case_id)       fill the forms and pack the bundle
"""

from __future__ import annotations

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import clock
from intake.people import audit
from intake.people.person import Person
from intake.store import faults, repository
from intake.store.tables import Job

READ, SETTLE, FILL = "read", "settle", "fill"
AGAIN = "上次因系統的問題沒有讀成"


def enqueue_read(session: Session, paper_id: int) -> str:
    """Ask for a paper to be read; returns the job. Raises NotAllowed before the case's consent (SYS-01), NotFound."""
    repository.require_consent(session, repository.paper(session, paper_id).case_id)
    return _ask(session, READ, paper_id)


def read_again(session: Session, person: Person | None, edition: str, *, every: bool = False) -> int:
    """Ask for the papers to be read once more that a fault of ours left unread (``store/faults.py``), each with its line in the log; how
    many. ``person`` None: by itself, since the program is another ``edition`` now."""
    papers = faults.again(session, edition, every=every)
    for paper_id in papers:
        enqueue_read(session, paper_id)
        audit.record(session, person, audit.READ, f"paper/{paper_id}", {"asked": person is not None, "why": AGAIN})
    return len(papers)


def enqueue_settle(session: Session, case_id: int) -> str:
    """Ask for the case's facts to be merged and decided."""
    return _ask(session, SETTLE, case_id)


def enqueue_fill(session: Session, case_id: int) -> str:
    """Ask for the case's forms and bundle."""
    return _ask(session, FILL, case_id)


def _ask(session: Session, kind: str, subject: int) -> str:
    """A job of the same kind and subject that no worker has taken up yet will do."""
    waiting = session.scalar(select(Job.id).where(Job.kind == kind, Job.subject == subject, Job.taken_by.is_(None), Job.done_at.is_(None)))
    if waiting is not None:
        return waiting
    job = Job(id=f"{kind}-{subject}-{secrets.token_hex(6)}", kind=kind, subject=subject, created_at=clock.now())
    session.add(job)
    session.flush()
    return job.id
