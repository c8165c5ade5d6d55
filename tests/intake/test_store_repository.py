"""The store keeps its promises on SQLite and on PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from domain.case import CaseFacts, merge
from domain.decision import Clause, Decision, Finding
from domain.document import Box
from domain.errors import BadValue, NotAllowed, NotFound, Stale, UnknownField
from domain.field import DocumentReading, FileReading, Read, Reading
from intake import clock
from intake.people.person import Person
from intake.store import repository
from intake.store.database import Database
from intake.store.papers import Stored
from intake.store.repository import FormFiles, QueueFilter
from intake.store.views import READ, READING, RECEIVED, REMOVED, UNREADABLE, CaseView, Picture
from intake.work import client

SPOT = Box(0.1, 0.2, 0.3, 0.25)
STORED = Stored("a" * 64, 3)


def reading(sha256: str, status: str = "accepted", **values: object) -> FileReading:
    fields = {name.replace("__", "."): Reading(value, str(value), 1, SPOT, 0.99, status, ("text-layer",)) for name, value in values.items()}
    return FileReading("表.pdf", sha256, 1, (DocumentReading("company_registration_form", 1.0, (1,), fields),))


@pytest.fixture
def case(database: Database, applicant: Person) -> CaseView:
    with database.session() as session:
        return repository.create_case(session, "sme-std", applicant)


def test_numbers_count_within_the_day(database: Database, applicant: Person) -> None:
    with database.session() as session:
        numbers = [repository.create_case(session, "sme-std", applicant).number for _ in range(3)]
    day = clock.today()
    assert numbers == [f"{day.year - 1911}{day:%m%d}-000{i}" for i in (1, 2, 3)]


def test_cases_opened_at_once_get_numbers_of_their_own(database: Database, applicant: Person) -> None:
    def open_five(_: int) -> list[str]:
        out = []
        for _ in range(5):
            with database.session() as session:
                out.append(repository.create_case(session, "sme-std", applicant).number)
        return out

    with ThreadPoolExecutor(4) as pool:
        numbers = [n for some in pool.map(open_five, range(4)) for n in some]
    assert len(set(numbers)) == 20


def test_an_applicant_finds_only_their_own(database: Database, case: CaseView, applicant: Person, other: Person, clerk: Person) -> None:
    with database.session() as session:
        paper = repository.add_paper(session, case.id, STORED, "a.pdf", "application/pdf", applicant)
        assert repository.case(session, case.number, applicant).id == case.id
        assert repository.paper(session, paper.id, clerk).id == paper.id
        assert repository.cases_of(session, other) == []
        with pytest.raises(NotFound):
            repository.case(session, case.id, other)
        with pytest.raises(NotFound):
            repository.paper(session, paper.id, other)


def test_the_same_bytes_are_one_paper_and_a_removed_one_comes_back(database: Database, case: CaseView, applicant: Person) -> None:
    with database.session() as session:
        first = repository.add_paper(session, case.id, STORED, r"C:\scans\表.pdf", "application/pdf", applicant)
        again = repository.add_paper(session, case.id, STORED, "另一個名字.pdf", "application/pdf", applicant)
        assert first.id == again.id
        assert first.name == "表.pdf"
        repository.remove_paper(session, first.id, 0)
        assert repository.papers(session, case.id) == []
        assert repository.paper(session, first.id).state == REMOVED
        repository.add_paper(session, case.id, STORED, "表.pdf", "application/pdf", applicant)
        assert [p.state for p in repository.papers(session, case.id)] == [RECEIVED]


def test_nothing_is_read_before_consent(database: Database, case: CaseView, applicant: Person) -> None:
    with database.session() as session:
        paper = repository.add_paper(session, case.id, STORED, "a.pdf", "application/pdf", applicant)
        with pytest.raises(NotAllowed):
            client.enqueue_read(session, paper.id)
        given = repository.agree(session, case.id, applicant, "f11-108")
        assert repository.agree(session, case.id, applicant, "f11-108") == given
        first = client.enqueue_read(session, paper.id)
        assert client.enqueue_read(session, paper.id) == first
        assert repository.progress(session, case.id).working
        assert repository.facts(session, case.id).known()["app.consent_recorded"] == given.isoformat()


def test_a_job_is_kept_with_its_paper_or_not_at_all(database: Database, case: CaseView, applicant: Person) -> None:
    class Breaks(Exception):
        pass

    def broken() -> None:
        with database.session() as session:
            repository.agree(session, case.id, applicant, "f11-108")
            paper = repository.add_paper(session, case.id, STORED, "a.pdf", "application/pdf", applicant)
            client.enqueue_read(session, paper.id)
            raise Breaks

    with pytest.raises(Breaks):
        broken()
    with database.reading() as session:
        assert repository.papers(session, case.id) == []
        assert not repository.progress(session, case.id).working


def test_a_run_saves_its_reading_once(database: Database, case: CaseView, applicant: Person) -> None:
    with database.session() as session:
        paper = repository.add_paper(session, case.id, STORED, "a.pdf", "application/pdf", applicant)
        repository.start_reading(session, paper.id)
        assert repository.paper(session, paper.id).state == READING
        for name in ("甲公司", "乙公司"):
            repository.save_reading(session, paper.id, "read-1", reading(STORED.sha256, org__name=name), "engine 1")
            # another run of the same job that had begun before this one was done
            repository.start_reading(session, paper.id)
        repository.save_reading(session, paper.id, "read-1", reading(STORED.sha256), "engine 1")
        seen = repository.paper(session, paper.id)
        assert (seen.state, seen.pages, seen.kinds) == (READ, 1, ("company_registration_form",))
        assert repository.facts(session, case.id).known()["org.name"] == "甲公司"
        repository.save_reading(session, paper.id, "read-2", reading(STORED.sha256, "review", org__name="丙公司"), "engine 2")
        assert repository.paper(session, paper.id).doubts == 1
        assert repository.facts(session, case.id).doubtful()["org.name"].value == "丙公司"
        assert [(h.value, h.by) for h in repository.value_history(session, case.id, "org.name")] == [
            ("甲公司", "engine 1"), ("丙公司", "engine 2")]


def test_a_refused_file_says_why_and_gives_no_facts(database: Database, case: CaseView, applicant: Person) -> None:
    with database.session() as session:
        paper = repository.add_paper(session, case.id, STORED, "a.pdf", "application/pdf", applicant)
        refused = FileReading("a.pdf", STORED.sha256, 0, (), ("encrypted", "…"))
        repository.save_reading(session, paper.id, "read-1", refused, "engine")
        seen = repository.paper(session, paper.id)
        assert (seen.state, seen.error_code) == (UNREADABLE, "encrypted")
        assert "密碼" in seen.error
        assert repository.readings(session, case.id) == []


def test_a_paper_that_failed_can_be_read_again(database: Database, case: CaseView, applicant: Person) -> None:
    with database.session() as session:
        paper = repository.add_paper(session, case.id, STORED, "a.pdf", "application/pdf", applicant)
        repository.start_reading(session, paper.id)
        repository.fail_reading(session, paper.id)
        assert "再讀一次" in repository.paper(session, paper.id).error
        repository.save_reading(session, paper.id, "read-2", reading(STORED.sha256), "engine")
        assert (repository.paper(session, paper.id).state, repository.paper(session, paper.id).error) == (READ, "")


def test_an_entry_settles_a_fact_and_overwrites_nothing(database: Database, case: CaseView, applicant: Person, clerk: Person) -> None:
    with database.session() as session:
        paper = repository.add_paper(session, case.id, STORED, "a.pdf", "application/pdf", applicant)
        repository.save_reading(session, paper.id, "read-1", reading(STORED.sha256, "review", fin__paid_in_capital=500), "engine")
        spot = Read(STORED.sha256, 1, SPOT, "500", "review", "company_registration_form")
        version = repository.add_entry(session, case.id, clerk, "fin.paid_in_capital", 5_000_000, 0, "少讀了四個零", spot)
        repository.add_entry(session, case.id, clerk, "fin.paid_in_capital", 5_000_001, version)
        fact = repository.facts(session, case.id).facts["fin.paid_in_capital"]
        assert (fact.value, len(fact.origins)) == (5_000_001, 3)
        assert repository.entries(session, case.id)[0].confirms == spot
        assert [h.value for h in repository.value_history(session, case.id, "fin.paid_in_capital")] == [500, 5_000_000, 5_000_001]


def test_an_entry_of_the_wrong_form_is_refused(database: Database, case: CaseView, clerk: Person) -> None:
    with database.session() as session:
        with pytest.raises(BadValue):
            repository.add_entry(session, case.id, clerk, "org.uniform_no", "1234", 0)
        with pytest.raises(UnknownField):
            repository.add_entry(session, case.id, clerk, "org.nothing", "x", 0)
        with pytest.raises(UnknownField):
            repository.add_entry(session, case.id, clerk, "conflicts", [], 0)
        assert repository.entries(session, case.id) == []
        assert repository.case(session, case.id).version == 0


def test_the_second_save_is_told_what_changed(database: Database, case: CaseView, applicant: Person, clerk: Person) -> None:
    with database.session() as session:
        repository.add_entry(session, case.id, applicant, "org.phone", "02-0000-0000", case.version)
    with pytest.raises(Stale) as refused, database.session() as session:
        repository.add_entry(session, case.id, clerk, "org.name", "甲公司", case.version)
    assert "測試商行" in refused.value.changed
    assert "電話" in refused.value.changed
    assert "0000" not in refused.value.zh
    with database.reading() as session:
        assert [e.field for e in repository.entries(session, case.id)] == ["org.phone"]


def test_of_two_writers_at_once_one_wins(database: Database, case: CaseView, clerk: Person) -> None:
    def save(name: str) -> bool:
        try:
            with database.session() as session:
                repository.add_entry(session, case.id, clerk, "org.name", name, 0)
        except Stale:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(save, [f"公司{i}" for i in range(8)]))
    assert won.count(True) == 1
    with database.reading() as session:
        assert repository.facts(session, case.id).known()["org.name"] == f"公司{won.index(True)}"


def test_sending_in_needs_consent_and_keeps_the_days(database: Database, case: CaseView, applicant: Person) -> None:
    with pytest.raises(NotAllowed), database.session() as session:
        repository.submit(session, case.id, 0)
    with database.session() as session:
        repository.agree(session, case.id, applicant, "f11-108")
        sent = repository.submit(session, case.id, 0)
        assert (sent.state, sent.received_on, sent.version) == ("submitted", clock.today(), 1)
        known = repository.facts(session, case.id).known()
        assert known["app.received_date"] == known["app.submitted_date"] == clock.today().isoformat()
        with pytest.raises(Stale):
            repository.set_state(session, case.id, "passed", 0)


def test_only_a_clerk_can_correct_the_day_of_receipt(database: Database, case: CaseView, applicant: Person, clerk: Person) -> None:
    with database.session() as session:
        repository.agree(session, case.id, applicant, "f11-108")
        version = repository.submit(session, case.id, 0).version
        version = repository.add_entry(session, case.id, applicant, "app.received_date", "2020-01-01", version)
        assert repository.facts(session, case.id).known()["app.received_date"] == clock.today().isoformat()
        repository.add_entry(session, case.id, clerk, "app.received_date", "2026-01-05", version, "紙本先送")
        assert repository.facts(session, case.id).known()["app.received_date"] == "2026-01-05"


def test_the_queue_filters_searches_and_sorts(database: Database, applicant: Person, other: Person, clerk: Person) -> None:
    with database.session() as session:
        wanted = (("sme-std", applicant), ("tops-supplier", other), ("sme-std", other))
        cases = [repository.create_case(session, programme, who) for programme, who in wanted]
        for c, name in zip(cases[:2], ("百分之100%公司", "一百公司"), strict=True):
            repository.agree(session, c.id, applicant, "f11-108")
            repository.submit(session, c.id, 0)
            found = [reading(STORED.sha256, org__name=name)]
            repository.save_decision(session, c.id, f"run-{c.id}", decision("pass"), merge(found), found)
        assert [r.number for r in repository.queue(session)] == [c.number for c in cases[:2]]
        assert [r.number for r in repository.queue(session, QueueFilter(states=("draft",)))] == [cases[2].number]
        assert [r.number for r in repository.queue(session, QueueFilter(text="100%"))] == [cases[0].number]
        assert [r.number for r in repository.queue(session, QueueFilter(text="%"))] == [cases[0].number]
        assert [r.number for r in repository.queue(session, QueueFilter(text="10458575"))] == [cases[1].number]
        assert [r.number for r in repository.queue(session, QueueFilter(programme="tops-supplier"))] == [cases[1].number]
        assert [r.number for r in repository.queue(session, QueueFilter(sort="-age"))] == [c.number for c in reversed(cases[:2])]
        repository.assign(session, cases[1].id, clerk.id, 1)
        assert [r.clerk for r in repository.queue(session, QueueFilter(clerk_id=clerk.id))] == ["承辦甲"]
        assert repository.queue_counts(session)["submitted"] == 2


def decision(outcome: str) -> Decision:
    clause = Clause("第二條", "條文", "sme.txt")
    return Decision("sme-std", date(2026, 11, 20), outcome, (Finding("R1", outcome, clause, used={"org.name": "甲"}),), "edition")


def test_results_are_kept_once_a_run_and_the_newest_counts(database: Database, case: CaseView) -> None:
    with database.session() as session:
        assert repository.latest_decision(session, case.id) is None
        assert repository.bundle(session, case.id) is None
        for outcome in ("pass", "fail"):
            repository.save_decision(session, case.id, "settle-1", decision(outcome), CaseFacts(), [])
        newest = repository.latest_decision(session, case.id)
        assert newest is not None
        assert newest.outcome == "pass"
        assert newest.decision["findings"][0]["clause"]["text"] == "條文"
        for run, form in (("fill-1", "F10"), ("fill-1", "F11"), ("fill-2", "F12")):
            files = FormFiles(form, "108", "表", "d" * 64, None, "f" * 64, {"slots": {}})
            repository.save_forms(session, case.id, run, [files], None, "e" * 64, ("沒有 ODT",))
        assert [f.form for f in repository.forms(session, case.id)] == ["F12"]
        bundle = repository.bundle(session, case.id)
        assert bundle is not None
        assert bundle.problems == ("沒有 ODT",)


def test_pictures_are_replaced_not_doubled(database: Database, case: CaseView, applicant: Person) -> None:
    with database.session() as session:
        paper = repository.add_paper(session, case.id, STORED, "a.pdf", "application/pdf", applicant)
        for sha256 in ("1" * 64, "2" * 64):
            repository.save_picture(session, paper.id, Picture(1, sha256, 800, 1131))
        assert repository.picture(session, paper.id, 1) == Picture(1, "2" * 64, 800, 1131)
        assert repository.paper(session, paper.id).pictures == (1,)
        with pytest.raises(NotFound):
            repository.picture(session, paper.id, 2)
