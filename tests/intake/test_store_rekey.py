"""A sample is drawn fairly, can be drawn again, and says what it may say: how often the machine was right, and how sure that is."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from domain.document import Box
from domain.errors import NotAllowed
from domain.field import ACCEPTED, REVIEW, DocumentReading, FileReading, Reading
from intake.people.person import Person
from intake.proportion import wilson
from intake.settings import Settings
from intake.store import desk, erase, rekey, repository
from intake.store.database import Database
from intake.store.papers import PaperStore, Stored
from intake.store.tables_desk import Presence
from intake.store.views import Picture

BOX = Box(0.1, 0.1, 0.3, 0.12)


def paper(kind: str, **values: tuple[object, str]) -> DocumentReading:
    fields = {k.replace("__", "."): Reading(v, str(v), 1, BOX, 0.99, status) for k, (v, status) in values.items()}
    return DocumentReading(kind, 1.0, (1,), fields)


@pytest.fixture
def case(database: Database, applicant: Person) -> int:
    """A case that was sent in with two papers: three accepted values and one in doubt."""
    papers = [paper("company_registration_form", org__name=("甲公司", ACCEPTED), fin__paid_in_capital=(5_000_000, ACCEPTED),
                    org__uniform_no=("10458574", REVIEW)),
              paper("insured_headcount_table", hc__latest_count=(41, ACCEPTED))]
    with database.session() as session:
        made = repository.create_case(session, "sme-std", applicant)
        repository.agree(session, made.id, applicant, "text")
        for n, found in enumerate(papers):
            sha = f"{n:064x}"
            row = repository.add_paper(session, made.id, Stored(sha, 1), f"{n}.pdf", "application/pdf", applicant)
            repository.save_reading(session, row.id, f"run-{n}", FileReading(f"{n}.pdf", sha, 1, (found,)), "engine")
            repository.save_picture(session, row.id, Picture(1, sha, 100, 140))
        repository.submit(session, made.id, repository.case(session, made.id).version)
        return made.id


def every(_: str) -> bool:
    return True


def test_only_what_was_accepted_without_a_person_is_drawn(database: Database, case: int, clerk: Person) -> None:
    with database.session() as session:
        number = rekey.draw(session, clerk, 10, 7, every)
        found = rekey.items(session, number)
        assert Counter(i.field for i in found) == Counter(["org.name", "fin.paid_in_capital", "hc.latest_count"])
        again = rekey.items(session, rekey.draw(session, clerk, 10, 7, every))
        assert [(i.place, i.field) for i in again] == [(i.place, i.field) for i in found]
        few = rekey.items(session, rekey.draw(session, clerk, 2, 1, every))
        assert {i.kind for i in few} == {"company_registration_form", "insured_headcount_table"}


def test_a_draft_is_nobodys_to_sample(database: Database, applicant: Person, clerk: Person) -> None:
    with database.session() as session:
        repository.create_case(session, "sme-std", applicant)
        with pytest.raises(NotAllowed):
            rekey.draw(session, clerk, 5, 1, every)


def test_a_round_counts_what_agrees_and_leaves_out_what_nobody_can_read(database: Database, case: int, clerk: Person) -> None:
    with database.session() as session:
        number = rekey.draw(session, clerk, 3, 1, every)
        typed: dict[str, object] = {"org.name": "甲 公司", "fin.paid_in_capital": 5_000_001, "hc.latest_count": None}
        for item in rekey.items(session, number):
            rekey.key(session, item.id, clerk, typed[item.field])
        found = rekey.find(session, number)
        assert (found.keyed, found.legible, found.right) == (3, 2, 1)
        wrong = next(i for i in rekey.items(session, number) if i.agrees is False)
        assert wrong.field == "fin.paid_in_capital"
        with pytest.raises(NotAllowed):
            rekey.key(session, wrong.id, clerk, 5_000_000)
        with pytest.raises(NotAllowed):
            rekey.judge(session, wrong.id, "perhaps")
        rekey.judge(session, wrong.id, rekey.MACHINE)
        assert rekey.find(session, number).right == 2
        assert [(a.name, a.n, a.right) for a in rekey.by(rekey.items(session, number), lambda i: i.kind)] == [
            ("company_registration_form", 2, 2)]


def test_an_erased_case_takes_its_values_out_of_the_rounds(database: Database, case: int, clerk: Person, settings: Settings) -> None:
    with database.session() as session:
        number = rekey.draw(session, clerk, 3, 1, every)
        desk.look(session, case, clerk)
        store = PaperStore(settings.papers_dir)
        erase.case(session, store, repository.case(session, case).number, clerk, erase.ASKED, "")
        assert rekey.items(session, number) == []
        assert rekey.find(session, number).size == 0
        assert session.scalar(select(func.count()).select_from(Presence)) == 0


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(1, 400), min_size=1, max_size=9), st.integers(1, 600))
def test_strata_give_in_proportion(sizes: dict[str, int], n: int) -> None:
    given_out = rekey.shares(sizes, n)
    total = sum(sizes.values())
    assert sum(given_out.values()) == min(n, total)
    assert all(0 <= given_out[k] <= sizes[k] for k in sizes)
    if n >= len(sizes):
        assert all(given_out[k] >= 1 for k in sizes)
        lifted = sum(sizes[k] * min(n, total) < total for k in sizes)
        assert all(abs(given_out[k] - min(n, total) * sizes[k] / total) <= 1 + lifted for k in sizes)


@given(st.integers(0, 500), st.integers(1, 500))
def test_an_interval_holds_its_share_and_narrows_with_more(k: int, n: int) -> None:
    k = min(k, n)
    low, high = wilson(k, n)
    assert 0 <= low <= k / n + 1e-9
    assert k / n - 1e-9 <= high <= 1
    wide = high - low
    low, high = wilson(4 * k, 4 * n)
    assert high - low < wide
