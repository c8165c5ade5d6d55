"""The queue's filters: from the address to the store, and a clerk's own ones kept as tabs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter
from starlette.responses import Response

from intake.people.person import Person
from intake.store import desk, repository
from intake.store.repository import SORTS, QueueFilter
from intake.store.views import CASE_STATES, DRAFT
from intake.web.door import Clerk, Posted, Visit, go, words

router = APIRouter(include_in_schema=False, prefix="/desk")


TABLE_COOKIE = "table"
"""What the table was last asked to show, in the form of its address."""


@dataclass(frozen=True)
class TabView:
    """A clerk's tab: how many cases it finds now, its address, whether it is the one shown."""

    id: int
    name: str
    count: int
    address: str
    here: bool


def query(state: str, q: str, programme: str, sort: str, mine: int) -> dict[str, str]:
    """What an address asks for, without what is as it always is."""
    asked = {"state": state if state in CASE_STATES and state != DRAFT else "", "q": q.strip()[:200], "programme": programme,
             "sort": sort if sort in SORTS and sort != "due" else "", "mine": "1" if mine else ""}
    return {k: v for k, v in asked.items() if v}


def wanted(asked: Mapping[str, str], person: Person) -> QueueFilter:
    """The filter for the store; 我經手的 are the cases of whoever looks."""
    return QueueFilter((asked["state"],) if "state" in asked else (), asked.get("programme", ""), person.id if "mine" in asked else None,
                       asked.get("q", ""), asked.get("sort", "due"))


def last(visit: Visit) -> dict[str, str]:
    """What the visitor's table was last asked to show."""
    kept = dict(parse_qsl(visit.request.cookies.get(TABLE_COOKIE, "")))
    return query(kept.get("state", ""), kept.get("q", ""), kept.get("programme", ""), kept.get("sort", ""), int("mine" in kept))


def table(visit: Visit) -> str:
    """The address of the table as it was last looked at."""
    asked = last(visit)
    return "/desk?" + urlencode(asked) if asked else "/desk"


def counted(visit: Visit, asked: Mapping[str, str]) -> list[TabView]:
    """The visitor's own tabs with their counts."""
    return [TabView(t.id, t.name, repository.queue_count(visit.session, wanted(t.query, visit.person)),
                    "/desk?" + urlencode(t.query), dict(t.query) == dict(asked)) for t in desk.tabs(visit.session, visit.person)]


@router.post("/tabs")
def save(visit: Clerk, form: Posted) -> Response:
    """Keep the filter that is shown under a name of the clerk's."""
    asked = query(words(form, "state"), words(form, "q"), words(form, "programme"), words(form, "sort"), int(words(form, "mine") == "1"))
    name = words(form, "name")
    if name:
        desk.save_tab(visit.session, visit.person, name, asked)
    return go("/desk?" + urlencode(asked))


@router.post("/tabs/{tab}/drop")
def drop(visit: Clerk, tab: int, form: Posted) -> Response:
    desk.drop_tab(visit.session, visit.person, tab)
    return go("/desk")


def following(visit: Visit, after: str, then: str = "") -> str:
    """The case that follows the one in hand in the table as it was last looked at, or in the whole of it where that shows no other; ""
    where there is none. ``then`` followed a case that has left the table since."""
    asked = last(visit)
    for shown in (asked, {k: v for k, v in asked.items() if k == "sort"}):
        waiting = repository.queue_numbers(visit.session, wanted(shown, visit.person))
        if after not in waiting and then in waiting:
            return then
        later = waiting[waiting.index(after) + 1:] if after in waiting else waiting
        if onward := next((n for n in [*later, *waiting] if n != after), ""):
            return onward
    return ""


@router.get("/next")
def next_case(visit: Clerk, after: str = "", then: str = "") -> Response:
    onward = following(visit, after, then)
    return go(f"/desk/cases/{onward}" if onward else "/desk")
