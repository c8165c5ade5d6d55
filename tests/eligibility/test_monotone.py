"""With facts taken away a finding may only become less certain: never from fail to pass, nor the other way round (DECIDING.md)."""

from __future__ import annotations

from datetime import date

import pytest
from drawn_facts import any_facts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.decision import FAIL, NEEDS_EVIDENCE, NOT_APPLICABLE, PASS, UNDETERMINED, VALUE
from eligibility.cases import TODAY, examples
from eligibility.decide import decide
from eligibility.programme import intake_checks, load

DECIDED = (PASS, FAIL, VALUE)
OPEN = (NEEDS_EVIDENCE, UNDETERMINED, NOT_APPLICABLE)


def _outcomes(programme, facts, as_of):
    return {f.rule: f.outcome for f in decide(programme, facts, as_of, TODAY).findings}


ALSO_COMPUTES = {
    "rd-credit.method-choice",
    "startup-subsidy.max-amount",
    "t103.business-tax",
    "t103.fee-tier",
    "t103.payment-1",
    "t103.payment-2",
    "t103.performance-bond",
    "startup-subsidy.serial-numbering",
    "startup-subsidy.settlement-total",
    "startup-subsidy.settlement-overdue-days",
}
"""Rules that compute a figure and, once somebody states one, compare it: without the statement the figure alone remains."""


def _only_less_certain(programme, before, fewer, as_of):
    after = _outcomes(programme, fewer, as_of)
    return {r: (was, after[r]) for r, was in before.items() if was in DECIDED and not _may_become(r, was, after[r])}


def _may_become(rule, was, now):
    return now in (was, *OPEN) or (now == VALUE and rule in ALSO_COMPUTES)


@pytest.mark.parametrize("programme", [*load().values(), intake_checks()], ids=lambda p: p.id)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_facts_taken_away_only_make_findings_less_certain(programme, data):
    facts = data.draw(any_facts(programme))
    gone = data.draw(st.sets(st.sampled_from(sorted(facts)))) if facts else set()
    as_of = None if "app.submitted_date" in facts else data.draw(st.sampled_from([None, date(2019, 2, 25), date(2025, 3, 15)]))
    before = _outcomes(programme, facts, as_of)
    assert _only_less_certain(programme, before, {k: v for k, v in facts.items() if k not in gone}, as_of) == {}


@pytest.mark.parametrize("programme", [*load().values(), intake_checks()], ids=lambda p: p.id)
def test_each_fact_of_each_example_can_go_missing(programme):
    for example in examples(programme.folder):
        before = _outcomes(programme, example.facts, example.as_of)
        for gone in example.facts:
            fewer = {k: v for k, v in example.facts.items() if k != gone}
            assert _only_less_certain(programme, before, fewer, example.as_of) == {}, (example.name, gone)
