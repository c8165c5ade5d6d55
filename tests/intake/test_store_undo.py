"""A save can be taken back by whoever made it; both stay in the record, and two saves never overwrite each other."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.errors import NotAllowed, NotFound, Stale
from intake import clock
from intake.people.person import Person
from intake.store import desk, repository, undo
from intake.store.database import Database


def value(database: Database, case: int, field: str) -> object:
    with database.reading() as session:
        fact = repository.facts(session, case).facts.get(field)
        return fact.value if fact else "nothing"


def opened(database: Database, applicant: Person) -> int:
    with database.session() as session:
        return repository.create_case(session, "sme-std", applicant).id


def put(database: Database, case: int, person: Person, field: str, what: object) -> None:
    with database.session() as session:
        repository.add_entry(session, case, person, field, what, repository.case(session, case).version)


def take_back(database: Database, case: int, person: Person) -> list[str]:
    with database.session() as session:
        return undo.undo(session, case, person, repository.case(session, case).version)


def test_undo_goes_back_save_by_save(database: Database, applicant: Person, clerk: Person) -> None:
    case = opened(database, applicant)
    put(database, case, applicant, "org.name", "甲商行")
    put(database, case, clerk, "org.name", "乙商行")
    put(database, case, clerk, "org.name", "丙商行")
    assert take_back(database, case, clerk) == ["org.name"]
    assert value(database, case, "org.name") == "乙商行"
    assert take_back(database, case, clerk) == ["org.name"]
    assert value(database, case, "org.name") == "甲商行"
    with pytest.raises(NotAllowed):
        take_back(database, case, clerk)
    with database.reading() as session:
        kinds = [h.kind for h in repository.value_history(session, case, "org.name")]
        assert sorted(kinds) == ["entered"] * 3 + ["undone"] * 2
        assert [e.value for e in repository.entries(session, case)] == ["甲商行"]


def test_nobody_takes_back_what_another_has_saved_since(database: Database, applicant: Person, clerk: Person) -> None:
    case = opened(database, applicant)
    put(database, case, clerk, "org.name", "甲商行")
    put(database, case, applicant, "org.name", "乙商行")
    with pytest.raises(NotAllowed):
        take_back(database, case, clerk)
    assert value(database, case, "org.name") == "乙商行"


def test_fields_that_one_press_settled_are_taken_back_together(database: Database, applicant: Person, clerk: Person) -> None:
    case = opened(database, applicant)
    put(database, case, clerk, "org.registered_address", "臺北市信義區松仁路1號")
    with database.session() as session:
        version = repository.case(session, case).version
        for field in ("org.name", "contact.name"):
            version = repository.add_entry(session, case, clerk, field, "甲商行", version, "看過")
    assert sorted(take_back(database, case, clerk)) == ["contact.name", "org.name"]
    assert value(database, case, "org.registered_address") == "臺北市信義區松仁路1號"


def test_undo_of_an_older_page_is_told_what_changed(database: Database, applicant: Person, clerk: Person) -> None:
    case = opened(database, applicant)
    put(database, case, clerk, "org.name", "甲商行")
    with pytest.raises(Stale), database.session() as session:
        undo.undo(session, case, clerk, 0)


def test_who_looks_is_known_for_a_minute(database: Database, applicant: Person, clerk: Person, other: Person,
                                         monkeypatch: pytest.MonkeyPatch) -> None:
    case = opened(database, applicant)
    with database.session() as session:
        assert desk.look(session, case, clerk) == []
        assert desk.look(session, case, other) == [clerk.name]
        assert desk.others(session, case, clerk) == [other.name]
        desk.leave(session, case, other)
        assert desk.others(session, case, clerk) == []
        desk.look(session, case, other)
        later = clock.now() + timedelta(seconds=desk.PRESENT_SECONDS + 1)
        monkeypatch.setattr(clock, "now", lambda: later)
        assert desk.look(session, case, clerk) == []


def test_a_tab_is_its_owners_and_one_name_is_one_tab(database: Database, clerk: Person, other: Person) -> None:
    with database.session() as session:
        desk.save_tab(session, clerk, "急件", {"sort": "due"})
        again = desk.save_tab(session, clerk, "急件", {"state": "supplement"})
        assert [t.query for t in desk.tabs(session, clerk)] == [{"state": "supplement"}]
        assert desk.tabs(session, other) == []
        with pytest.raises(NotFound):
            desk.drop_tab(session, other, again.id)
        desk.drop_tab(session, clerk, again.id)
        for n in range(desk.MOST_FILTERS + 2):
            desk.save_tab(session, clerk, f"第{n}", {})
        assert len(desk.tabs(session, clerk)) == desk.MOST_FILTERS
