"""What deciding promises (DECIDING.md): every rule once, unknown is never an answer, the same question has the same answer."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import date

import pytest

from domain.decision import FAIL, NEEDS_EVIDENCE, OUTCOMES, PASS, UNDETERMINED, VALUE, Clause, Finding
from domain.errors import BadValue, UnknownField, UnknownProgramme
from domain.vocabulary import groups, terms
from eligibility.cases import TODAY, examples
from eligibility.decide import aggregate, decide
from eligibility.programme import Programme, find, intake_checks, load

EVERY = [*load().values(), intake_checks()]
PROGRAMMES = pytest.mark.parametrize("programme", EVERY, ids=lambda p: p.id)
CASES = [pytest.param(p, e, id=f"{p.id}: {e.name}") for p in EVERY for e in examples(p.folder)]


@pytest.mark.parametrize(("programme", "example"), CASES)
def test_each_worked_example_comes_out_as_written(programme, example):
    decision = decide(programme, example.facts, example.as_of, TODAY).as_json()
    found = {f["rule"].removeprefix(f"{programme.id}."): f for f in decision["findings"]}
    said = {rule: {k: found[rule][k] for k in want} for rule, want in example.expect.items()}
    assert said == dict(example.expect)
    assert example.outcome in (None, decision["outcome"])


@PROGRAMMES
def test_every_rule_answers_once_and_in_form(programme):
    decision = decide(programme, {}, None, TODAY)
    checks = () if programme is intake_checks() else intake_checks().rules
    assert [f.rule for f in decision.findings] == [r.id for r in (*programme.rules, *checks)]
    for f in decision.findings:
        assert f.outcome in OUTCOMES
        assert f.explanation.endswith("。"), f.rule
        assert f.clause.text
        assert (f.outcome == NEEDS_EVIDENCE) == bool(f.missing), f.rule
        assert set(f.missing) <= {*terms(), *groups()}, f.rule
    assert decision.edition.startswith(programme.edition)
    assert decision.as_of == TODAY


@pytest.mark.parametrize(("programme", "example"), CASES)
def test_the_checks_of_every_case_stand_beside_and_change_nothing(programme, example):
    alone = decide(programme, example.facts, example.as_of, TODAY, intake=False)
    whole = decide(programme, example.facts, example.as_of, TODAY)
    assert whole.outcome == alone.outcome
    assert whole.findings[: len(alone.findings)] == alone.findings
    beside = whole.findings[len(alone.findings) :]
    assert not any(f.mandatory for f in beside)
    by_itself = decide(intake_checks(), example.facts, example.as_of, TODAY).findings
    assert beside == (() if programme is intake_checks() else tuple(replace(f, mandatory=False) for f in by_itself))
    if beside:
        assert whole.edition == f"{programme.edition}+{intake_checks().edition}"


@PROGRAMMES
def test_every_rule_is_shown_at_work_by_an_example(programme):
    said = {f.rule: set() for f in decide(programme, {}, None, TODAY, intake=False).findings}
    for example in examples(programme.folder):
        for f in decide(programme, example.facts, example.as_of, TODAY, intake=False).findings:
            said[f.rule].add(f.outcome)
    assert [rule for rule, outcomes in said.items() if not outcomes & {PASS, FAIL, VALUE, UNDETERMINED}] == []


@PROGRAMMES
def test_knowing_nothing_shuts_nobody_out(programme):
    decision = decide(programme, {}, None, TODAY)
    assert FAIL not in {f.outcome for f in decision.findings}
    assert decision.outcome != FAIL


def _finding(outcome: str, mandatory: bool = True) -> Finding:
    return Finding("x.y", outcome, Clause("", "", ""), mandatory=mandatory)


@pytest.mark.parametrize(
    ("findings", "outcome"),
    [
        ([], PASS),
        ([_finding("value"), _finding("not_applicable"), _finding(PASS)], PASS),
        ([_finding(PASS), _finding(NEEDS_EVIDENCE)], NEEDS_EVIDENCE),
        ([_finding(NEEDS_EVIDENCE), _finding(UNDETERMINED)], UNDETERMINED),
        ([_finding(UNDETERMINED), _finding(FAIL)], FAIL),
        ([_finding(PASS), _finding(FAIL, mandatory=False), _finding(UNDETERMINED, mandatory=False)], PASS),
    ],
)
def test_the_worst_mandatory_finding_is_the_outcome(findings, outcome):
    assert aggregate(findings) == outcome


def test_the_example_of_the_contract():
    decision = decide(find("tops-supplier"), {"fin.paid_in_capital": 100_000_000}, date(2025, 4, 1), TODAY)
    finding = next(f for f in decision.as_json()["findings"] if f["rule"] == "tops-supplier.capital-or-headcount")
    assert finding["outcome"] == "pass"
    assert finding["used"] == {"fin.paid_in_capital": 100_000_000}
    assert finding["missing"] == []
    assert finding["parameters"] == {"max_paid_in_capital": 100_000_000, "max_headcount_exclusive": 200}
    assert finding["explanation"] == "實收資本額 100,000,000 元，未超過 1 億元。"
    assert finding["clause"]["source"] == "001_f2c9833269b5fe69.txt"
    assert decision.as_json()["as_of"] == "2025-04-01"


def test_the_day_is_the_one_asked_then_the_application_then_today():
    programme, facts = find("tops-supplier"), {"app.submitted_date": "2025-03-15"}
    assert decide(programme, facts, date(2025, 5, 1), TODAY).as_of == date(2025, 5, 1)
    assert decide(programme, facts, None, TODAY).as_of == date(2025, 3, 15)
    assert decide(programme, {}, None, TODAY).as_of == TODAY


def test_the_day_of_application_goes_before_the_day_asked_and_today_never_stands_in():
    programme = find("tops-supplier")
    founded = {"org.founding_date": "2017-06-01"}

    def group(facts, as_of):
        finding = next(f for f in decide(programme, facts, as_of, date(2025, 1, 1)).findings if f.rule.endswith("startup-group"))
        return finding.value or finding.outcome

    assert group(founded | {"app.submitted_date": "2025-01-02"}, date(2026, 1, 1)) == "startup"
    assert group(founded, date(2026, 1, 1)) == "sme"
    assert group(founded, None) == NEEDS_EVIDENCE


def test_null_is_unknown_and_an_unknown_field_or_form_is_refused():
    programme = find("tops-supplier")
    assert decide(programme, {"fin.paid_in_capital": None}, None, TODAY) == decide(programme, {}, None, TODAY)
    with pytest.raises(UnknownField):
        decide(programme, {"fin.capital": 1}, None, TODAY)
    with pytest.raises(BadValue):
        decide(programme, {"fin.paid_in_capital": "1,000"}, None, TODAY)
    with pytest.raises(BadValue):
        decide(programme, {"cmp.labor_violations": [{"date": "114年3月", "amount": 1}]}, None, TODAY)
    with pytest.raises(UnknownProgramme):
        find("no-such")


def test_what_is_missing_is_named_with_its_register():
    finding = next(f for f in decide(find("tops-supplier"), {}, None, TODAY).findings if f.rule.endswith("viol-debarred"))
    assert finding.missing == ("cmp.debarred_vendor",)
    assert "政府採購網-拒絕往來廠商名單" in finding.explanation


def test_a_decision_takes_less_than_two_milliseconds():
    programme: Programme = find("green-giant")
    facts = examples(programme.folder)[-4].facts
    decide(programme, facts, None, TODAY)
    best = min(_seconds(programme, facts) for _ in range(20))
    assert best < 0.002


def _seconds(programme: Programme, facts) -> float:
    start = time.perf_counter()
    decide(programme, facts, None, TODAY)
    return time.perf_counter() - start


def test_forms_and_papers_are_those_that_the_applicant_needs():
    programme = find("green-giant")
    assert programme.forms_for({"app.mode": "bright"}) == ("F10", "F11")
    assert programme.forms_for({"app.mode": "energy"}) == ("F10", "F11", "F12")
    assert programme.forms_for({}) == ("F10", "F11", "F12")
    assert programme.forms_for({"app.mode": "energy"}, {"F10", "F11", "F12", "F13"}) == ("F10", "F11", "F12", "F13")
    assert programme.forms_for({"app.mode": "energy"}, {"F10", "F12"}) == ("F10", "F12")
    letter = next(p for p in programme.papers if p.field == "doc.willingness_letter")
    assert (letter.form, letter.copies, letter.seals) == ("original", 1, ("公司章", "負責人章"))
    assert next(p for p in programme.papers if p.field == "doc.guidance_plan").copies == 5
    for_business = {p.field for p in find("tops-supplier").papers_for({"org.registration_kind": "business"})}
    assert "doc.business_transcript" in for_business
    assert "doc.registration_form" not in for_business


KINDS = {
    "company_registration_form",
    "company_approval_letter",
    "business_approval_letter",
    "business_registration_transcript",
    "registry_printout",
    "insured_headcount_table",
    "insurance_premium_bill",
    "insured_roster",
    "uniform_invoice",
    "einvoice_proof",
    "receipt",
    "vat_return",
}
"""The kinds of paper of READING.md."""


@PROGRAMMES
def test_papers_and_forms_are_named_in_the_words_of_the_contracts(programme):
    for paper in programme.papers:
        assert set(paper.kinds) <= KINDS
        assert paper.form in ("", "original", "copy")
        assert paper.copies >= 1
        assert paper.why
    assert all(re.fullmatch(r"F\d\d", f.id) for f in programme.forms)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("cmp.labor_violations", [{"date": 5}]),
        ("cmp.labor_violations", [{"date": "2025-1-1"}]),
        ("cmp.env_violations", [{"amount": "100"}]),
        ("rd.expenses", [{"amount": 1.5}]),
        ("plan.person_months", float("nan")),
        ("contract.progress_gap_percent", float("inf")),
    ],
)
def test_a_record_or_number_of_the_wrong_form_is_refused_by_name(field, value):
    with pytest.raises(BadValue) as refused:
        decide(find("t103"), {field: value}, date(2025, 1, 1), TODAY)
    assert refused.value.field.startswith(field)


@pytest.mark.parametrize("amount", [-1, 10**16, 10**40])
def test_an_amount_that_cannot_be_written_out_is_asked_about(amount):
    decision = decide(find("startup-subsidy"), {"subsidy.approved": amount}, date(2025, 1, 1), TODAY)
    finding = next(f for f in decision.findings if f.rule.endswith("budget-proof-amounts"))
    assert (finding.outcome, finding.missing) == (NEEDS_EVIDENCE, ("subsidy.approved",))
