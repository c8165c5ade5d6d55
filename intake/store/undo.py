"""Taking a save back: a new entry that says which one no longer counts. Nothing is overwritten, and the log keeps both.

An entry's ``value`` column holds ``{"value": …}``; of an entry that takes another back, ``{"value": null, "undoes": <its id>}``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.errors import NotAllowed
from intake import clock
from intake.people.person import Person
from intake.store import events
from intake.store.cases import advance
from intake.store.tables import EntryRow

UNDOES = "undoes"
UNDONE = "復原"
FOR = timedelta(hours=1)
"""How long a save can be taken back by one key; later it is mended like anything else."""
TOGETHER = timedelta(seconds=2)
"""Fields that one press settled have the same value, the same reason and nearly the same time."""


def standing(rows: Sequence[EntryRow]) -> list[EntryRow]:
    """The entries that still count, oldest first: without those taken back and without the taking back itself."""
    gone: set[int] = set()
    kept = []
    for row in reversed(rows):
        if row.id in gone:
            continue
        if UNDOES in row.value:
            gone.add(row.value[UNDOES])
        else:
            kept.append(row)
    return kept[::-1]


def last(session: Session, case_id: int, person: Person) -> list[EntryRow]:
    """What the person's last save of this case put in, field by field; nothing where that was too long ago, somebody has saved one of
    these fields since, or the case was moved on since: one key never reaches behind a decision or a letter."""
    every = standing(list(session.scalars(select(EntryRow).where(EntryRow.case_id == case_id).order_by(EntryRow.id))))
    mine = [r for r in every if r.account_id == person.id and r.at >= clock.now() - FOR]
    group: list[EntryRow] = []
    for row in reversed(mine):
        if group and not _together(row, group[-1]):
            break
        group.append(row)
    newest = {r.field: r.id for r in every}
    last_word = group and all(newest[r.field] == r.id for r in group) and not events.moved_after(session, case_id, group[0].version)
    return group[::-1] if last_word else []


def _together(a: EntryRow, b: EntryRow) -> bool:
    return (a.version + 1, a.value, a.why) == (b.version, b.value, b.why) and b.at - a.at <= TOGETHER


def undo(session: Session, case_id: int, person: Person, expected_version: int) -> list[str]:
    """Take the person's last save back; returns its fields. Raises Stale, and NotAllowed where there is nothing to take back."""
    rows = last(session, case_id, person)
    if not rows:
        raise NotAllowed("an undo of nothing")
    for row in rows:
        case = advance(session, case_id, expected_version)
        expected_version = case.version
        session.add(EntryRow(case_id=case_id, version=expected_version, field=row.field, value={"value": None, UNDOES: row.id},
                             account_id=person.id, by=person.name, why=UNDONE, confirms=None, at=clock.now()))
        session.flush()
        events.emit(session, case_id, "entry", {"field": row.field, "version": expected_version})
    return [r.field for r in rows]
