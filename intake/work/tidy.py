"""What is kept no longer than its rule says, and goes without anybody's hand: files nobody claimed, and letters that have left."""

from __future__ import annotations

from datetime import datetime, timedelta

from intake import clock
from intake.people import audit, mail
from intake.settings import Settings
from intake.store import arrivals, erase, keeping
from intake.store.database import Database
from intake.store.papers import PaperStore


def tidy(database: Database, store: PaperStore, settings: Settings) -> tuple[int, int]:
    """Let go of what is over; how many files and how many letters went. Each file and the sum of the letters is a line in the log."""
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
    letters = mail.tidy(database, settings, _before(rules[keeping.LETTERS].days))
    if letters:
        with database.session() as session:
            audit.record(session, None, audit.DELETE, "letters", {"letters": letters, "why": "kept as long as their rule says"})
    return len(over), letters


def _before(days: int) -> datetime:
    return clock.now() - timedelta(days=days)
