"""What is kept no longer than its rule says, and goes without anybody's hand: files nobody claimed, letters
that have left, the words of requests that were answered long ago, and what came half and was not gone on with."""

from __future__ import annotations

from datetime import datetime, timedelta

from intake import clock
from intake.people import audit, mail
from intake.settings import Settings
from intake.store import arrivals, erase, keeping, rights
from intake.store.database import Database
from intake.store.papers import PaperStore


def tidy(database: Database, store: PaperStore, settings: Settings) -> tuple[int, int, int]:
    """Let go of what is over; how many files and letters went, and how many requests lost their words. Each file and the sums of the
    others are lines in the log."""
    with database.reading() as session:
        rules = keeping.rules(session)
        over = [a.id for a in arrivals.parked(session) if a.at < _before(rules[keeping.PARKED].days)]
    for arrival_id in over:
        with database.session() as session:
            sha256 = arrivals.dismiss(session, arrival_id, None)
            audit.record(session, None, audit.DELETE, f"arrival/{arrival_id}", {"why": "kept as long as its rule says"})
        # only after the commit: what is not committed still needs its bytes
        with database.session() as session:
            erase.discard(session, store, [sha256])
    store.tidy()
    letters = mail.tidy(database, settings, _before(rules[keeping.LETTERS].days))
    with database.session() as session:
        requests = rights.forget(session, _before(rules[keeping.REQUESTS].days))
        for what, gone in (("letters", letters), ("requests", requests)):
            if gone:
                audit.record(session, None, audit.DELETE, what, {what: gone, "why": "kept as long as their rule says"})
    return len(over), letters, requests


def _before(days: int) -> datetime:
    return clock.now() - timedelta(days=days)
