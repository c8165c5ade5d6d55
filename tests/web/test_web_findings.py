"""The findings of a decision as the desks group them: each once, those of every case apart, and the sentence from the mandatory ones."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from eligibility.cases import TODAY, examples
from eligibility.decide import decide
from eligibility.programme import find, load
from intake.store.views import DecisionView
from intake.web import findings
from intake.web.text import Text


def view(programme: str, facts: dict[str, object], intake: bool = True) -> DecisionView:
    made = decide(find(programme), facts, date(2025, 3, 15), TODAY, intake=intake)
    return DecisionView(1, made.programme, made.edition, made.as_of, made.outcome, made.as_json(), facts, datetime(2025, 3, 15))


@pytest.mark.parametrize("programme", load())
def test_each_finding_stands_in_one_group(programme: str) -> None:
    for example in examples(find(programme).folder)[:3]:
        decision = view(programme, dict(example.facts))
        seen = findings.outcome(decision, {}, Text("zh"))
        shown = [f.rule for f in (*seen.deciding, *seen.others, *seen.checks)]
        assert sorted(shown) == sorted(f["rule"] for f in decision.decision["findings"])
        assert [f.rule.partition(".")[0] for f in seen.checks] == ["intake"] * 9
        assert not any(f.rule.startswith("intake.") for f in (*seen.deciding, *seen.others))


def test_the_checks_of_every_case_change_no_sentence_and_older_decisions_have_none() -> None:
    facts: dict[str, object] = {"doc.privacy_consent": False}
    with_them, without = (findings.outcome(view("tops-buyer", facts, i), {}, Text("zh")) for i in (True, False))
    assert with_them.sentence == without.sentence
    assert without.checks == ()
    assert with_them.checks[0].outcome == "fail"
