"""All programmes at once: every one has a place, the state follows from its mandatory findings, and what is missing is named."""

from __future__ import annotations

import dataclasses
import json
from datetime import date

import pytest

from domain.decision import FAIL, NEEDS_EVIDENCE, PASS, UNDETERMINED
from domain.errors import BadValue, UnknownField
from eligibility.cases import TODAY, examples
from eligibility.decide import decide
from eligibility.overview import CLOSED, NEARLY, OPEN, STATES, UNSETTLED, missing_papers, overview, standing
from eligibility.programme import find, load

EVERY = [(p, e) for p in load().values() for e in examples(p.folder)]
FIRM = {
    "org.registration_kind": "company",
    "org.industry_section": "製造業",
    "fin.paid_in_capital": 50_000_000,
    "org.founding_date": "2008-05-16",
    "app.submitted_date": "2019-02-20",
}


def test_every_programme_has_one_place_best_first():
    places = overview(load().values(), FIRM, None, TODAY)
    assert sorted(s.programme.id for s in places) == sorted(load())
    order = [list(STATES).index(s.state) for s in places]
    assert order == sorted(order)
    assert places[0].programme.id == "sme-std"
    assert places[0].state == OPEN
    assert places[-1].programme.id == "youth-loan"
    assert [f.rule for f in places[-1].failed] == ["youth-loan.business-age-5"]


@pytest.mark.parametrize(("programme", "example"), EVERY, ids=[f"{p.id}: {e.name}" for p, e in EVERY])
def test_the_standing_agrees_with_the_decision(programme, example):
    s = standing(programme, example.facts, example.as_of, TODAY)
    assert s.decision == decide(programme, example.facts, example.as_of, TODAY)
    wanted = {PASS: {OPEN}, FAIL: {CLOSED}, NEEDS_EVIDENCE: {NEARLY, UNSETTLED}, UNDETERMINED: {NEARLY, UNSETTLED}}
    assert s.state in wanted[s.decision.outcome]
    assert bool(s.failed) == (s.decision.outcome == FAIL)
    assert (s.state == NEARLY) <= (2 * len(s.met) >= len(s.met) + len(s.waiting) + len(s.judged))
    assert {p.field for p in s.papers}.isdisjoint(s.fields)
    json.dumps(s.as_json(), ensure_ascii=False, allow_nan=False)


def test_nothing_known_is_neither_open_nor_nearly_nor_closed():
    assert {s.state for s in overview(load().values(), {}, None, TODAY)} == {UNSETTLED}


def test_what_is_missing_is_named_with_its_source_and_goes_away_when_it_comes():
    programme = find("tops-supplier")
    before = standing(programme, FIRM, None, TODAY).as_json()
    address = next(f for f in before["missing_fields"] if f["field"] == "org.registered_address")
    assert address["name"] == "登記地址"
    assert address["where"]
    assert "doc.company_intro" in [p["field"] for p in before["missing_papers"]]
    more = FIRM | {"org.registered_address": "臺北市信義區松仁路1號", "doc.company_intro": True}
    after = standing(programme, more, None, TODAY).as_json()
    assert "org.registered_address" not in [f["field"] for f in after["missing_fields"]]
    assert "doc.company_intro" not in [p["field"] for p in after["missing_papers"]]
    assert "tops-supplier.taipei-address" in after["met"]


def test_a_paper_that_is_there_is_not_missing_and_one_known_absent_is():
    programme = find("green-giant")
    facts = FIRM | {"doc.guidance_plan": {"copies": 5}, "doc.proposal_slides": {"present": True}}
    missing = {p.field for p in missing_papers(programme, facts)}
    assert "doc.guidance_plan" in missing
    assert "doc.proposal_slides" not in missing
    assert "doc.proposal_slides" in {p.field for p in missing_papers(programme, FIRM | {"doc.proposal_slides": False})}


@pytest.mark.parametrize("there", ["doc.business_license", "doc.business_transcript"])
def test_either_of_two_papers_that_replace_each_other_will_do(there):
    programme = find("green-giant")
    wanted = next(p for p in programme.papers if p.instead_of)
    assert (wanted.field, wanted.instead_of) == ("doc.business_transcript", "doc.business_license")
    facts = {"org.registration_kind": "business"}
    assert wanted in missing_papers(programme, facts)
    assert wanted not in missing_papers(programme, facts | {there: True})


def test_the_order_depends_on_nothing_but_the_facts_and_the_days():
    ids = [s.programme.id for s in overview(load().values(), FIRM, date(2019, 2, 20), TODAY)]
    assert ids == [s.programme.id for s in overview(load().values(), dict(reversed(FIRM.items())), date(2019, 2, 20), TODAY)]
    with pytest.raises(dataclasses.FrozenInstanceError):
        overview(load().values(), FIRM, None, TODAY)[0].state = OPEN


def test_bad_facts_are_refused_by_name():
    with pytest.raises(UnknownField):
        overview(load().values(), {"org.nickname": "x"}, None, TODAY)
    with pytest.raises(BadValue):
        overview(load().values(), {"fin.paid_in_capital": "1"}, None, TODAY)
