"""What the papers of a case say of each other reaches the rules as facts ``case.*``, and stands in no list of readings."""

from __future__ import annotations

from datetime import datetime

from test_papers_together import FORM, LETTER, OURS, THEIRS, paper

from domain.case import CaseFacts, from_facts, merge
from domain.field import ACCEPTED, REVIEW, Entry
from domain.vocabulary import check_facts

AT = datetime(2025, 3, 2)
REGISTER = "商工登記公示資料（公司）"
OTHER = paper("registry_printout", "c", org__uniform_no=THEIRS, org__status="核准設立")


def test_papers_that_name_the_applicant_are_counted_and_others_are_told_apart() -> None:
    assert merge([FORM, LETTER]).about == {"case.agreeing_papers": 2}
    case = merge([FORM, LETTER, OTHER])
    assert case.about["case.agreeing_papers"] == 2
    (why,) = case.about["case.other_firm_papers"]
    assert OURS in why
    assert THEIRS in why
    assert case.about["case.doubtful_fields"] == ["org.status"]
    assert case.about.items() <= case.known().items()
    assert not set(case.about) & set(case.facts)


def test_what_a_person_settled_is_not_in_doubt_any_more() -> None:
    doubtful = paper("registry_printout", "c", REVIEW, org__uniform_no=OURS)
    assert merge([doubtful]).about["case.doubtful_fields"] == ["org.uniform_no"]
    assert "case.doubtful_fields" not in merge([doubtful], [Entry("org.uniform_no", OURS, "clerk", AT, "")]).about


def test_nothing_is_said_of_a_case_without_papers() -> None:
    assert merge([]).about == CaseFacts().about == {}


def test_it_comes_back_from_a_facts_file() -> None:
    data = merge([FORM, LETTER, OTHER]).as_json()
    after = from_facts(data, check_facts(data), "facts.json", AT)
    assert after.as_json() == data


def test_a_register_alone_gives_the_fact_under_its_name() -> None:
    told = Entry("org.status", "核准設立", REGISTER, AT)
    fact = merge([FORM], [], [told]).facts["org.status"]
    assert (fact.value, fact.status, fact.origins) == ("核准設立", ACCEPTED, (told,))


def test_a_register_that_agrees_is_one_origin_more_and_settles_no_doubt() -> None:
    told = Entry("org.uniform_no", OURS, REGISTER, AT)
    agreed = merge([FORM], [], [told]).facts["org.uniform_no"]
    assert (agreed.value, agreed.status, agreed.origins[-1]) == (OURS, ACCEPTED, told)
    doubtful = merge([paper("registry_printout", "c", REVIEW, org__uniform_no=OURS)], [], [told]).facts["org.uniform_no"]
    assert doubtful.status == REVIEW


def test_a_register_that_says_otherwise_overwrites_nothing() -> None:
    told = Entry("fin.paid_in_capital", 9_000_000, REGISTER, AT)
    case = merge([FORM], [], [told])
    assert "fin.paid_in_capital" not in case.known()
    (conflict,) = case.conflicts
    assert [v for v, _ in conflict.values] == [5_000_000, 9_000_000]
    assert REGISTER in case.facts["fin.paid_in_capital"].notes[0]
    settled = merge([FORM], [Entry("fin.paid_in_capital", 5_000_000, "clerk", AT)], [told])
    assert settled.known()["fin.paid_in_capital"] == 5_000_000
    assert not settled.conflicts
    assert told in settled.facts["fin.paid_in_capital"].origins
