"""Every dated rule on both sides of the day on which it turns, and from a 29 February (RULES.md 0.1)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.vocabulary import terms
from eligibility.cases import TODAY
from eligibility.decide import ask, put, with_groups
from eligibility.programme import intake_checks, load
from eligibility.rule import DAY, FIELD

ROWS = yaml.safe_load(Path(__file__).with_name("boundaries.yaml").read_text(encoding="utf-8"))
RULES = {r.id: (p, r) for p in [*load().values(), intake_checks()] for r in p.rules}
RECORDED = {
    "green-giant.contracting", "green-giant.cooperation", "green-giant.followup-3y", "intake.founding-date-source",
    "startup-subsidy.acceptance-date-def", "startup-subsidy.eligible-base", "startup-subsidy.max-amount", "t103.bid-validity",
    "t103.bond-validity-and-return", "t103.cure-10d", "t103.payment-1", "t103.renewal-1-month", "t103.start-date",
    "tops-buyer.terms-consent", "tops-supplier.annual-update", "tops-supplier.ip-and-accuracy", "tops-supplier.promotion-duties",
    "wage-deduct.econ-trigger", "wage-deduct.period", "youth-loan.business-applicant", "intake.latest-document",
    "tops-supplier.viol-food", "tops-supplier.viol-disability",
}
"""Rules that record a day or compute one from it and never turn on it alone, and those that share the test of another
(``viol-food`` and ``viol-disability`` that of ``viol-environment``; the applicant's age that of ``person-role-age``;
``latest-document`` and ``period`` stand below)."""


def said(rule: str, facts: dict[str, object]) -> str:
    programme, wanted = RULES[rule]
    finding = ask(wanted, programme, put(with_groups(dict(facts)), None, TODAY))
    return finding.value if isinstance(finding.value, str) and finding.outcome == "value" else finding.outcome


@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r['rule']} {r['field']} {r['last']}")
def test_an_answer_turns_on_its_day_and_not_a_day_sooner(row):
    last = date.fromisoformat(str(row["last"]))
    hour = "T00:00:00" if terms()[row["field"]].type == "datetime" else ""
    days = [(last + timedelta(days=n)).isoformat() + hour for n in (0, 1)]
    assert [said(row["rule"], row["facts"] | {row["field"]: d}) for d in days] == [row["then"], row["next"]]


def test_every_dated_rule_is_tried_on_both_sides():
    dated = {
        r for r, (_, rule) in RULES.items()
        for w in rule.wants
        if w.kind in (FIELD, DAY) and w.key in terms() and terms()[w.key].type in ("date", "datetime")
    }
    tried = {row["rule"] for row in ROWS}
    assert dated - tried - RECORDED == set()
    assert dated >= RECORDED


def later(start: date, years: int = 0, months: int = 0) -> date:
    """The same day later, or the last day of a shorter month: the plain reading, apart from the code."""
    month = start.year * 12 + start.month - 1 + 12 * years + months
    for day in range(start.day, 0, -1):
        try:
            return date(month // 12, month % 12 + 1, day)
        except ValueError:
            continue
    raise AssertionError


STARTS = st.one_of(st.sampled_from([date(y, 2, 29) for y in range(1992, 2025, 4)]), st.dates(date(1992, 1, 1), date(2024, 12, 31)))
NEAR = st.integers(-3, 3)
BY_SPAN = {
    "green-giant.three-year-cooldown": (
        lambda a, d: {"prior.smea_guidance_close_date": a, "app.submitted_date": d}, {"years": 3}, lambda s, e, d: d >= e, "pass"),
    "tops-supplier.startup-group": (
        lambda a, d: {"org.founding_date": a, "app.submitted_date": d}, {"years": 8}, lambda s, e, d: d < e, "startup"),
    "youth-loan.business-age-5": (
        lambda a, d: {"org.founding_date": a, "app.submitted_date": d}, {"years": 5}, lambda s, e, d: d <= e, "pass"),
    "youth-loan.amount-startup": (
        lambda a, d: {"org.founding_date": a, "app.submitted_date": d, "loan.purpose": "準備金及開辦", "loan.amount": 1_000_000},
        {"months": 8}, lambda s, e, d: d <= e, "pass"),
    "startup-subsidy.startup-age": (
        lambda a, d: {"supplier.founding_date": a, "proc.order_date": d}, {"years": 5}, lambda s, e, d: d <= e, "pass"),
    "rd-credit.three-year-holding": (
        lambda a, d: {"rd.asset_purchase_date": a, "rd.asset_disposed_date": d, "rd.credited_tax": 1}, {"years": 3},
        lambda s, e, d: d > e, "pass"),
    "tops-listing.noncooperation": (
        lambda a, d: {"listing.last_update_date": a, "app.submitted_date": d}, {"years": 1}, lambda s, e, d: d <= e, "not_applicable"),
    "startup-subsidy.claim-lump-sum": (
        lambda a, d: {"proc.payment_mode": "一次", "proc.acceptance_date": a, "app.claim_date": d, "doc.settlement_certificate": True,
                      "doc.claim_receipt": True, "doc.expense_statement": True, "doc.budget_inclusion_proof": True},
        {"months": 1}, lambda s, e, d: d <= e, "pass"),
    "youth-loan.person-role-age": (
        lambda a, d: {"person.birth_date": a, "app.submitted_date": d, "person.role_in_business": "負責人",
                      "person.household_registered": True}, {"years": 20}, lambda s, e, d: d >= e, "pass"),
    "t103.debarment-period": (
        lambda a, d: {"cmp.debarred_vendor": True, "cmp.debarred_ground": 7, "cmp.debarred_published_date": a,
                      "bid.received_at": d + "T09:00:00"}, {"years": 1},
        lambda s, e, d: d > e or (d == e and e.day == s.day), "pass"),
}


@pytest.mark.parametrize("rule", BY_SPAN)
@settings(max_examples=60, deadline=None)
@given(start=STARTS, beside=NEAR)
def test_years_and_months_are_counted_from_any_day_a_29_february_too(rule, start, beside):
    facts, span, holds, good = BY_SPAN[rule]
    end = later(start, **span)
    day = end + timedelta(days=beside)
    assert (said(rule, facts(start.isoformat(), day.isoformat())) == good) == holds(start, end, day)


@pytest.mark.parametrize(("rule", "field"), [
    ("tops-supplier.viol-environment", "cmp.env_violations"), ("tops-supplier.viol-labor", "cmp.labor_violations"),
    ("tops-supplier.viol-food", "cmp.food_violations"), ("tops-supplier.viol-disability", "cmp.disability_act_violations"),
    ("tops-listing.cancel-on-violation", "cmp.labor_violations")])
@settings(max_examples=60, deadline=None)
@given(day=STARTS, beside=NEAR)
def test_a_penalty_exactly_three_years_ago_still_counts(rule, field, day, beside):
    event = later(day, years=-3) + timedelta(days=beside)
    others = {f: [] for f in ("cmp.env_violations", "cmp.labor_violations", "cmp.food_violations", "cmp.disability_act_violations")}
    clean = {"cmp.rp_criminal_final": False, "cmp.debarred_vendor": False, "cmp.tax_arrears_3y": False}
    facts = {**others, **clean, field: [{"date": event.isoformat(), "amount": 200_000}], "app.submitted_date": day.isoformat()}
    assert (said(rule, facts) == "fail") == (beside >= 0)


@pytest.mark.parametrize(
    ("hired", "first", "outcome"),
    [("2014-05-19", True, "fail"), ("2014-05-20", True, "pass"), ("2015-06-30", False, "fail"), ("2015-07-01", False, "pass")])
def test_hires_count_from_the_first_day_of_a_period(hired, first, outcome):
    facts = {"hc.hire_dates": [hired], "wage.trigger_announced_date": "2015-07-01", "wage.is_first_announcement": first}
    assert said("wage-deduct.period", facts) == outcome


@pytest.mark.parametrize(("hired", "outcome"), [("2018-02-28", "pass"), ("2018-03-01", "fail")])
def test_two_years_from_a_29_february_end_with_the_february_that_has_none(hired, outcome):
    facts = {"hc.hire_dates": [hired], "wage.trigger_announced_date": "2016-02-29", "wage.is_first_announcement": False}
    assert said("wage-deduct.period", facts) == outcome


@pytest.mark.parametrize(("month", "outcome"), [("2025-02", "pass"), ("2025-01", "needs_evidence")])
def test_the_list_of_the_insured_is_at_most_two_months_behind(month, outcome):
    facts = {"doc.approval_letter": True, "reg.approval_letter_date": "2024-12-01", "org.last_change_date": "2024-12-01"}
    assert said("intake.latest-document", facts | {"hc.insured_latest_period": month, "app.submitted_date": "2025-04-30"}) == outcome
