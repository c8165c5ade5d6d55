"""Near misses are computed: what is said to turn a rule does turn it, and beyond the ends that are named it does not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from drawn_facts import any_facts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.decision import FAIL, NEEDS_EVIDENCE, PASS, VALUE
from domain.errors import UnknownField
from domain.vocabulary import term
from eligibility.cases import TODAY, examples
from eligibility.decide import decide
from eligibility.programme import find, load
from eligibility.rule import SUBMITTED
from eligibility.turning import SCALES
from eligibility.what_if import CHANGE, SUPPLY, WAIT, until, what_if, with_forward

PROGRAMMES = pytest.mark.parametrize("programme", load().values(), ids=lambda p: p.id)


def outcome(programme, rule, facts, as_of, field=None, value=None):
    """What the rule says when the whole programme is asked with the fact changed."""
    changed = facts if field is None else {**facts, field: value}
    day = date.fromisoformat(value) if field == SUBMITTED and as_of else as_of
    return next(f for f in decide(programme, changed, day, TODAY).findings if f.rule == rule)


def beyond(change, programme, facts, as_of):
    """The outcomes one step outside of the ends that the change names."""
    scale = SCALES.get(term(change.field).type)
    steps = ((change.least, -1), (change.most, 1))
    outside = [scale.number(end) + step for end, step in steps if end is not None]
    if change.how == WAIT:
        outside = [n for n in outside if n >= scale.number(facts.get(SUBMITTED) or as_of.isoformat())]
    return [outcome(programme, change.rule, facts, as_of, change.field, scale.value(n)).outcome for n in outside if n >= scale.low]


def check(programme, facts, as_of):
    """All that is promised of every change; the number of changes."""
    before = {f.rule: f for f in decide(programme, facts, as_of, TODAY).findings}
    failed = {r for r, f in before.items() if f.mandatory and f.outcome == FAIL}
    changes = what_if(programme, facts, as_of, TODAY)
    for c in changes:
        assert before[c.rule].mandatory
        assert before[c.rule].outcome in (FAIL, NEEDS_EVIDENCE)
        assert c.outcome == PASS or (c.outcome, before[c.rule].outcome) == (VALUE, NEEDS_EVIDENCE)
        for value in (c.value, c.least, c.most):
            if value is not None:
                assert outcome(programme, c.rule, facts, as_of, c.field, value).outcome == c.outcome, c
        assert c.outcome not in beyond(c, programme, facts, as_of), c
        day = date.fromisoformat(c.value) if c.field == SUBMITTED and as_of else as_of
        after = decide(programme, {**facts, c.field: c.value}, day, TODAY)
        assert {f.rule for f in after.findings if f.mandatory and f.outcome == FAIL} <= failed
        assert c.sentence.endswith("。")
        known = facts.get(c.field) is not None or (c.field == SUBMITTED and as_of is not None)
        assert (c.how == SUPPLY) == (not known)
    return len(changes)


@PROGRAMMES
def test_every_change_that_is_offered_turns_its_rule_and_only_for_the_better(programme):
    shown = examples(programme.folder)
    counts = [check(programme, e.facts, e.as_of) for e in shown[:: 4 if len(shown) > 30 else 1]]
    assert any(counts)


@settings(max_examples=30, deadline=None)
@given(
    capital=st.none() | st.integers(0, 10**10),
    heads=st.none() | st.integers(0, 1000),
    founded=st.none() | st.dates(date(1990, 1, 1), date(2025, 3, 1)),
    day=st.none() | st.dates(date(2018, 1, 1), date(2026, 12, 31)),
)
def test_it_holds_for_any_firm(capital, heads, founded, day):
    facts = {
        "fin.paid_in_capital": capital,
        "hc.insured_latest_count": heads,
        "hc.regular_employees": heads,
        "org.founding_date": founded and founded.isoformat(),
        "app.submitted_date": day and day.isoformat(),
        "org.industry_section": "製造業",
    }
    known = {f: v for f, v in facts.items() if v is not None}
    for programme in ("sme-std", "tops-supplier", "youth-loan"):
        check(find(programme), known, None)


@PROGRAMMES
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_it_holds_for_any_facts(programme, data):
    as_of = data.draw(st.sampled_from([None, date(2019, 2, 25), date(2025, 3, 15)]))
    check(programme, data.draw(any_facts(programme)), as_of)


def test_the_threshold_is_the_figure_in_force():
    facts = {"org.industry_section": "製造業", "fin.paid_in_capital": 150_000_000, "hc.regular_employees": 250}
    for day, limit in (("2020-06-23", 80_000_000), ("2020-06-24", 100_000_000)):
        found = what_if(find("sme-std"), facts | {"app.submitted_date": day}, None, TODAY)
        capital = [c for c in found if c.field == "fin.paid_in_capital"]
        assert [(c.how, c.value, c.least, c.most) for c in capital] == [(CHANGE, limit, None, limit)]
    supplier = what_if(find("tops-supplier"), {"fin.paid_in_capital": 150_000_000, "hc.insured_latest_count": 230}, TODAY, TODAY)
    said = {c.field: c.sentence for c in supplier if c.rule == "tops-supplier.capital-or-headcount"}
    assert said == {
        "fin.paid_in_capital": "「實收資本額」現為 15,000 萬元，如為 1 億元以下，即符合。",
        "hc.insured_latest_count": "「最近一期投保人數」現為 230 人，如為 199 人以下，即符合。",
    }


def test_a_share_of_another_fact_is_found_without_being_a_figure_of_the_law():
    facts = {"fin.paid_in_capital": 7_777_777, "app.submitted_date": "2019-02-20"}
    least = [c.least for c in what_if(find("youth-loan"), facts, None, TODAY) if c.field == "person.registered_contribution"]
    assert least == [1_555_556]


@pytest.mark.parametrize(
    ("closed", "wait"), [("2016-01-31", "2019-01-31"), ("2016-02-24", "2019-02-24"), ("2016-02-26", None), ("2016-02-29", None)]
)
def test_waiting_is_offered_to_the_day_but_not_beyond_the_last_day_of_the_round(closed, wait):
    facts = {"prior.smea_guidance_close_date": closed, "app.submitted_date": "2019-01-10"}
    waits = [c for c in what_if(find("green-giant"), facts, None, TODAY) if c.how == WAIT]
    assert [(c.rule, c.value, c.least) for c in waits] == ([("green-giant.three-year-cooldown", wait, wait)] if wait else [])
    if wait == "2019-01-31":
        assert waits[0].sentence == "108年1月31日以後送件，即符合。"


@pytest.mark.parametrize("founded", ["2019-03-02", "2020-02-29", "2024-12-31"])
def test_until_when_an_answer_holds_is_found_to_the_day(founded):
    facts = {"org.founding_date": founded, "app.submitted_date": "2025-03-15"}
    ends = [u for u in until(find("tops-supplier"), facts, None, TODAY) if u.rule == "tops-supplier.startup-group"]
    assert [(u.outcome, u.value) for u in ends] == [(VALUE, "sme")]
    day = ends[0].day
    rule = ends[0].rule
    eve = day - timedelta(days=1)
    assert outcome(find("tops-supplier"), rule, facts, None, SUBMITTED, eve.isoformat()).value == "startup"
    assert outcome(find("tops-supplier"), rule, facts, None, SUBMITTED, day.isoformat()).value == "sme"
    if founded == "2019-03-02":
        assert day == date(2027, 3, 2)
        assert ends[0].sentence == "116年3月2日起送件的，108年3月2日核准設立，到116年3月2日已滿 8 年，屬中小企業組。"


@PROGRAMMES
def test_on_the_eve_of_each_such_day_the_answer_is_the_same(programme):
    for e in examples(programme.folder)[::3]:
        for u in until(programme, e.facts, e.as_of, TODAY):
            now = outcome(programme, u.rule, e.facts, e.as_of)
            eve, then = (outcome(programme, u.rule, e.facts, e.as_of, SUBMITTED, d.isoformat()) for d in (u.day - timedelta(days=1), u.day))
            assert (eve.outcome, eve.value if now.outcome == VALUE else None) == (now.outcome, now.value if now.outcome == VALUE else None)
            assert then.outcome == u.outcome
            assert (then.outcome, then.value) != (now.outcome, now.value)


def test_without_a_day_nothing_is_said_of_days_and_bad_facts_are_refused():
    assert until(find("tops-supplier"), {"org.founding_date": "2019-03-02"}, None, TODAY) == ()
    with pytest.raises(UnknownField):
        what_if(find("tops-supplier"), {"org.nickname": "x"}, None, TODAY)


def test_a_way_forward_is_added_only_where_the_rule_gave_none():
    programme = find("tops-supplier")
    facts = {"fin.paid_in_capital": 150_000_000, "hc.insured_latest_count": 230}
    decision = decide(programme, facts, TODAY, TODAY)
    changes = what_if(programme, facts, TODAY, TODAY)
    after = with_forward(decision, changes)
    said = {c.rule: c.sentence for c in reversed(changes)}
    assert [f.forward for f in after.findings] == [f.forward or said.get(f.rule, "") for f in decision.findings]
