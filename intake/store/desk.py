"""What the clerk's desk keeps beside the cases: who looks at a case now, and saved filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from domain.errors import NotFound
from intake import clock
from intake.people.person import Person
from intake.store.tables import Account
from intake.store.tables_desk import Presence, SavedFilter

PRESENT_SECONDS = 60
"""How long somebody counts as looking after their page last said so."""
MOST_FILTERS = 12


def look(session: Session, case_id: int, person: Person) -> list[str]:
    """Note that the person has the case open; the names of the others who have it open too."""
    now = clock.now()
    session.execute(delete(Presence).where(Presence.seen_at < now - timedelta(seconds=PRESENT_SECONDS)))
    row = session.scalar(select(Presence).where(Presence.case_id == case_id, Presence.account_id == person.id))
    if row is None:
        session.add(Presence(case_id=case_id, account_id=person.id, seen_at=now))
    else:
        row.seen_at = now
    session.flush()
    return others(session, case_id, person)


def others(session: Session, case_id: int, person: Person) -> list[str]:
    """Who else has the case open now, by name."""
    since = clock.now() - timedelta(seconds=PRESENT_SECONDS)
    return list(session.scalars(select(Account.name).join(Presence, Presence.account_id == Account.id).where(
        Presence.case_id == case_id, Presence.account_id != person.id, Presence.seen_at >= since).order_by(Account.name)))


def leave(session: Session, case_id: int, person: Person) -> None:
    """The person has closed the case."""
    session.execute(delete(Presence).where(Presence.case_id == case_id, Presence.account_id == person.id))


@dataclass(frozen=True)
class Tab:
    """A saved filter; ``query`` as in ``SavedFilter``."""

    id: int
    name: str
    query: Mapping[str, str]


def tabs(session: Session, person: Person) -> list[Tab]:
    """The person's saved filters, in the order they were made."""
    rows = session.scalars(select(SavedFilter).where(SavedFilter.account_id == person.id).order_by(SavedFilter.id))
    return [Tab(r.id, r.name, r.query) for r in rows]


def save_tab(session: Session, person: Person, name: str, query: Mapping[str, str]) -> Tab:
    """Keep a filter; one of the same name is replaced, and of too many the oldest goes."""
    mine = list(session.scalars(select(SavedFilter).where(SavedFilter.account_id == person.id).order_by(SavedFilter.id)))
    row = next((r for r in mine if r.name == name[:40]), None)
    if row is None:
        if len(mine) >= MOST_FILTERS:
            session.delete(mine[0])
        row = SavedFilter(account_id=person.id, name=name[:40], query=dict(query))
        session.add(row)
    row.query = dict(query)
    session.flush()
    return Tab(row.id, row.name, row.query)


def drop_tab(session: Session, person: Person, tab_id: int) -> None:
    """Forget a filter. Raises NotFound for anybody else's."""
    row = session.get(SavedFilter, tab_id)
    if row is None or row.account_id != person.id:
        raise NotFound("filter", str(tab_id))
    session.delete(row)
    session.flush()
