"""What an applicant claims against their own papers waits for the office; what nothing speaks against is taken at its word."""

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from domain.case import CLAIM, from_facts, merge
from domain.document import Box
from domain.field import ACCEPTED, REVIEW, DocumentReading, Entry, FileReading, Reading

AT = datetime(2025, 3, 1, 9)
FIELD = "fin.paid_in_capital"


def paper(value: object, status: str = ACCEPTED, sha: str = "a") -> FileReading:
    read = Reading(value, str(value), 1, Box(0.1, 0.2, 0.3, 0.22), 0.99, status, ("text-layer",))
    return FileReading("a.pdf", sha * 64, 1, (DocumentReading("company_registration_form", 0.99, (1,), {FIELD: read}),))


def claim(value: object) -> Entry:
    return Entry(FIELD, value, "申請人", AT, claimed=True)


def office(value: object) -> Entry:
    return Entry(FIELD, value, "承辦", AT)


amounts = st.integers(1, 10**9)


@given(amounts, amounts)
def test_a_claim_never_overrides_sure_ink_and_says_both(read: int, said: int) -> None:
    case = merge([paper(read)], [claim(said)])
    if read == said:
        assert case.known()[FIELD] == read
        return
    assert FIELD not in case.known()
    assert case.facts[FIELD].status == REVIEW
    assert case.facts[FIELD].notes == (CLAIM,)
    (conflict,) = case.conflicts
    assert conflict.claimed
    assert [v for v, _ in conflict.values] == [said, read]
    assert FIELD in case.about["case.doubtful_fields"]


@given(amounts, amounts, amounts)
def test_the_office_decides_whatever_it_takes_and_a_later_claim_waits_again(read: int, said: int, decided: int) -> None:
    settled = merge([paper(read)], [claim(said), office(decided)])
    assert settled.known()[FIELD] == decided
    assert not settled.conflicts
    again = merge([paper(read)], [claim(said), office(decided), claim(said)])
    assert again.known().get(FIELD) == (decided if said == decided else None)


def test_a_claim_settles_what_is_in_doubt_and_what_no_paper_says() -> None:
    assert merge([paper(5, REVIEW)], [claim(7)]).known()[FIELD] == 7
    assert merge([], [claim(7), claim(8)]).known()[FIELD] == 8


def test_a_claim_taken_back_leaves_the_ink() -> None:
    case = merge([paper(5)], [claim(7), claim(5)])
    assert case.known()[FIELD] == 5
    assert not case.conflicts


def test_of_two_papers_that_contradict_each_other_the_applicant_may_take_one_but_no_third_value() -> None:
    papers = [paper(5), paper(6, sha="b")]
    assert merge(papers, [claim(6)]).known()[FIELD] == 6
    third = merge(papers, [claim(7)])
    assert FIELD not in third.known()
    assert [v for v, _ in third.conflicts[0].values] == [7, 5, 6]


def test_without_the_papers_the_claim_is_all_there_is() -> None:
    assert merge([paper(5)], [claim(7)]).known().get(FIELD) is None
    assert merge([], [claim(7)]).known()[FIELD] == 7


def test_facts_json_says_that_a_claim_waits_and_gives_it_back() -> None:
    data = merge([paper(5)], [claim(7)]).as_json()
    assert [c["claimed"] for c in data["conflicts"]] == [True]
    (again,) = from_facts(data, {}, "facts.json", AT).conflicts
    assert again.claimed
    assert again.as_json() == data["conflicts"][0]


def test_papers_that_contradict_each_other_are_nobodys_claim() -> None:
    data = merge([paper(5), paper(6, sha="b")]).as_json()
    assert "claimed" not in data["conflicts"][0]
    assert not from_facts(data, {}, "facts.json", AT).conflicts[0].claimed
