"""What the papers of a case say of each other reaches the rules as facts ``case.*``, and stands in no list of readings."""

from __future__ import annotations

from datetime import datetime

from test_papers_together import FORM, LETTER, OURS, THEIRS, paper

from domain.case import CaseFacts, from_facts, merge
from domain.field import REVIEW, Entry
from domain.vocabulary import check_facts

AT = datetime(2025, 3, 2)
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
