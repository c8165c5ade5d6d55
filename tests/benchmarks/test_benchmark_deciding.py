"""The benchmark of deciding counts every rule and every case, and writes figures that a machine can read."""

import json

import pytest

from benchmarks.deciding import ALL, main, redecide, timings, worked
from eligibility.cases import TODAY
from eligibility.decide import decide
from eligibility.programme import intake_checks, load


def test_every_rule_is_timed_and_within_a_loose_limit():
    found = {t.programme: t for t in timings(rounds=1)}
    assert set(found) == {*load(), intake_checks().id, ALL}
    assert found[ALL].rules == sum(t.rules for n, t in found.items() if n != ALL) == 312
    assert found[ALL].examples == len(worked())
    assert 0 < found[ALL].median_ms < 100


def test_cases_decided_in_processes_come_out_as_here():
    again = redecide(cases=300, cores=2)
    assert sum(again.outcomes.values()) == again.cases == 300
    here = [decide(p, e.facts, e.as_of, TODAY).outcome for p, e in worked()[:300]]
    assert again.outcomes == {o: here.count(o) for o in sorted(set(here))}


def test_the_figures_are_json(capsys: pytest.CaptureFixture[str]):
    main(["--cases", "10", "--cores", "1", "--rounds", "1", "--json", "-"])
    figures = json.loads(capsys.readouterr().out)
    assert figures["again"]["cases"] == 10
    assert figures["decisions"][-1]["programme"] == ALL
