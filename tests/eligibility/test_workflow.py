"""The clocks of a case: from when, until when, what follows; each deadline of RULES.md 13.2 has one."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.vocabulary import terms
from eligibility.cases import TODAY
from eligibility.check import mistakes
from eligibility.dates import calendar
from eligibility.decide import decide
from eligibility.programme import find, load
from eligibility.steps import DUE, WHO
from eligibility.workflow import DONE, LATE, OPENED, OVER, OVERDUE, RUNNING, UNKNOWN, WAITING, clock

WITH = {p.id: p for p in load().values() if p.workflow.steps}


def only(programme, wanted, facts, today, **events):
    return next(d for d in clock(find(programme), facts, events, date.fromisoformat(today)) if d.clock == wanted)


@pytest.mark.parametrize(
    ("programme", "wanted", "facts", "today", "last", "state"),
    [
        ("tops-supplier", "review", {"app.received_date": "2025-01-24"}, "2025-01-24", "2025-02-07", RUNNING),
        ("tops-supplier", "review", {"app.received_date": "2025-03-14"}, "2025-03-22", "2025-03-21", OVERDUE),
        ("tops-supplier", "review", {"app.received_date": "2014-03-14"}, "2014-03-22", None, UNKNOWN),
        ("tops-supplier", "update", {"listing.last_update_date": "2024-02-29"}, "2025-01-01", "2025-03-03", RUNNING),
        ("tops-listing", "update", {"listing.last_update_date": "2024-06-03"}, "2025-06-03", "2025-06-03", RUNNING),
        ("tops-award", "period", {}, "2025-02-28", "2025-02-28", WAITING),
        ("tops-award", "pioneer", {}, "2024-12-01", "2024-11-30", OVER),
        ("startup-subsidy", "window", {"app.window_end": "2018-06-30"}, "2018-07-01", "2018-06-30", OVERDUE),
        ("startup-subsidy", "supplement", {"app.notice_date": "2018-06-30"}, "2018-07-01", None, UNKNOWN),
        ("startup-subsidy", "revision", {"plan.revised_due_date": "2018-08-01"}, "2018-08-01", "2018-08-01", RUNNING),
        ("startup-subsidy", "claim-lump-sum", {"proc.acceptance_date": "2018-09-10"}, "2018-10-11", "2018-10-11", RUNNING),
        ("green-giant", "application", {}, "2019-02-25", "2019-02-25", RUNNING),
        ("green-giant", "supplement", {"app.notice_date": "2019-02-26"}, "2019-03-02", "2019-03-04", RUNNING),
        ("green-giant", "supplement", {"app.notice_date": "2019-02-26", "app.supplement_date": "2019-03-05"}, "2019-04-01", "2019-03-04",
         LATE),
        ("green-giant", "revision", {"review.second_decision_date": "2019-04-01"}, "2019-04-04", "2019-04-08", RUNNING),
        ("green-giant", "self-fund", {"contract.signed_date": "2019-04-01", "fund.self_paid_date": "2019-05-01"}, "2019-06-01",
         "2019-05-01", DONE),
        ("green-giant", "cooldown", {"prior.smea_guidance_close_date": "2016-02-29"}, "2019-02-28", "2019-02-28", OPENED),
        ("green-giant", "cooldown", {"prior.smea_guidance_close_date": "2016-02-29"}, "2019-02-27", "2019-02-28", WAITING),
        ("t103", "bid", {"bid.received_at": "2014-01-23T17:00:00"}, "2014-02-01", "2014-01-23", DONE),
        ("t103", "question", {}, "2014-01-06", "2014-01-05", OVERDUE),
        ("t103", "originals", {"bid.award_date": "2025-03-03"}, "2025-03-12", "2025-03-12", RUNNING),
        ("t103", "contract", {"bid.award_date": "2025-03-03"}, "2025-03-22", "2025-03-21", OVERDUE),
        ("t103", "bond", {"bid.award_date": "2014-02-10"}, "2014-02-11", None, UNKNOWN),
        ("t103", "payment", {"contract.payment_request_date": "2025-03-03"}, "2025-03-04", "2025-04-16", RUNNING),
        ("t103", "change", {"contract.project_end_date": "2014-12-15"}, "2014-10-15", "2014-10-15", RUNNING),
        ("t103", "cure", {"app.notice_date": "2025-05-01"}, "2025-05-12", "2025-05-12", RUNNING),
        ("wage-deduct", "filing", {"app.tax_return_deadline": "2015-05-31"}, "2015-06-01", "2015-05-31", OVERDUE),
        ("rd-credit", "opening", {"app.tax_return_start": "2015-05-01"}, "2015-01-31", "2015-02-01", WAITING),
        ("rd-credit", "application", {"app.tax_return_deadline": "2015-05-31"}, "2015-05-31", "2015-05-31", RUNNING),
        ("rd-credit", "holding", {"rd.asset_purchase_date": "2014-07-01"}, "2017-07-02", "2017-07-01", OVER),
        ("youth-loan", "startup-money", {"org.founding_date": "2015-01-05"}, "2015-09-05", "2015-09-05", RUNNING),
        ("youth-loan", "business-age", {"org.founding_date": "2015-01-05"}, "2020-01-06", "2020-01-05", OVERDUE),
    ],
)
def test_each_deadline_ends_on_its_day(programme, wanted, facts, today, last, state):
    due = only(programme, wanted, facts, today)
    assert (due.last and due.last.isoformat(), due.state) == (last, state)
    assert due.sentence.startswith(due.name)
    assert due.sentence.endswith("。")
    assert due.clause.text
    json.dumps(due.as_json(), ensure_ascii=False)


def test_days_left_are_counted_to_the_last_day():
    due = only("green-giant", "supplement", {"app.notice_date": "2019-02-26"}, "2019-02-27")
    assert (due.plain, due.last, due.left, due.workdays_left) == (date(2019, 3, 1), date(2019, 3, 4), 5, 1)
    assert "遇假日順延" in due.sentence
    gone = only("green-giant", "supplement", {"app.notice_date": "2019-02-26"}, "2019-03-05")
    assert (gone.left, gone.workdays_left, gone.overdue) == (-1, None, "視同放棄")
    assert "視同放棄" in gone.sentence


def test_an_event_stands_in_for_a_fact_and_never_goes_before_it():
    event = only("green-giant", "supplement", {}, "2019-03-01", supplement_asked=date(2019, 2, 26))
    assert event.started == date(2019, 2, 26)
    fact = only("green-giant", "supplement", {"app.notice_date": "2019-03-01"}, "2019-03-01", supplement_asked=date(2019, 2, 26))
    assert fact.started == date(2019, 3, 1)


def test_a_clock_that_has_not_begun_is_not_shown_and_the_most_pressing_comes_first():
    programme = find("green-giant")
    assert [d.clock for d in clock(programme, {}, {}, date(2019, 2, 1))] == ["application"]
    facts = {"app.notice_date": "2019-02-26", "contract.signed_date": "2019-04-01"}
    assert [d.clock for d in clock(programme, facts, {}, date(2019, 3, 1))] == ["application", "supplement", "self-fund"]


def test_before_the_office_calendar_begins_nothing_is_made_up():
    due = only("green-giant", "supplement", {"app.notice_date": "2016-03-01"}, "2016-03-04")
    assert (due.state, due.plain, due.last, due.left) == (RUNNING, date(2016, 3, 4), None, 0)
    assert "是否順延不明" in due.sentence
    assert only("green-giant", "supplement", {"app.notice_date": "2016-03-01"}, "2016-03-05").state == UNKNOWN


KNOWN = st.dates(date(2017, 1, 1), date(2027, 9, 1))
BY_START = [
    ("tops-supplier", "review", "app.received_date"), ("green-giant", "supplement", "app.notice_date"),
    ("green-giant", "self-fund", "contract.signed_date"), ("t103", "originals", "bid.award_date"),
    ("t103", "payment", "contract.payment_request_date"), ("t103", "cure", "app.notice_date"),
    ("startup-subsidy", "claim-lump-sum", "proc.acceptance_date"),
]


@pytest.mark.parametrize(("programme", "wanted", "field"), BY_START)
@settings(max_examples=60, deadline=None)
@given(starts=st.tuples(KNOWN, KNOWN).map(sorted))
def test_a_last_day_is_never_a_holiday_nor_earlier_for_a_later_start(programme, wanted, field, starts):
    ends = [only(programme, wanted, {field: s.isoformat()}, s.isoformat()).last for s in starts]
    assert all(calendar().works(e) for e in ends)
    assert ends[0] <= ends[1]
    assert all(e > s for s, e in zip(starts, ends, strict=True))


@pytest.mark.parametrize(("programme", "wanted", "field"), BY_START)
@settings(max_examples=30, deadline=None)
@given(start=KNOWN, passed=st.integers(0, 60))
def test_a_clock_runs_until_its_last_day_and_is_over_the_day_after(programme, wanted, field, start, passed):
    due = only(programme, wanted, {field: start.isoformat()}, (start + timedelta(days=passed)).isoformat())
    assert due.state == (RUNNING if due.left >= 0 else OVERDUE)
    assert due.left == (due.last - start).days - passed


@pytest.mark.parametrize(("programme", "wanted", "field"), [b for b in BY_START if b[2] != "proc.acceptance_date"])
@settings(max_examples=30, deadline=None)
@given(start=KNOWN)
def test_a_clock_says_what_its_rule_says(programme, wanted, field, start):
    facts = {field: start.isoformat()}
    chosen = next(c for c in find(programme).workflow.clocks if c.id == wanted)
    finding = next(f for f in decide(find(programme), facts, None, TODAY).findings if f.rule == chosen.rule)
    said = finding.value if isinstance(finding.value, dict) else {}
    due = only(programme, wanted, facts, start.isoformat())
    if "due" in said:
        assert said["due"] == due.plain
    if "due_after_holidays" in said:
        assert said["due_after_holidays"] == due.last


@pytest.mark.parametrize("programme", WITH.values(), ids=lambda p: p.id)
def test_steps_are_somebodys_and_name_the_papers_of_the_programme(programme):
    ids = [s.id for s in programme.workflow.steps]
    papers = {p.field for p in programme.papers}
    for step in programme.workflow.steps:
        assert step.who in WHO
        assert set(step.after) <= set(ids[: ids.index(step.id)])
        assert set(step.papers) <= set(terms())
    handed_in = {p for s in programme.workflow.steps for p in s.papers}
    elsewhere = {"doc.business_transcript", "doc.energy_application_form", "doc.energy_data_sheet", "doc.attendance_authorization",
                 "doc.registration_form"}
    assert papers - handed_in <= elsewhere
    assert {c.kind for c in programme.workflow.clocks} <= {DUE, "opens", "lasts"}


def test_every_programme_that_is_a_procedure_has_its_way():
    assert set(load()) - set(WITH) == {"sme-std"}


FILE = """steps:
  - {id: apply, who: applicant, does: 申請, rule: small}
clocks:
  - {id: answer, step: apply, name: 回覆, from: [app.received_date], workdays: answer_days, overdue: 沒有規定, rule: small}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "small_help"
    home.mkdir()
    rule = "rules:\n  small: {mandatory: true, citation: 一, source: S9, text: 一百萬元以下。}\n"
    texts = {
        "programme.yaml": "id: small-help\nname: 小幫手\nsummary: 測試。\nsources: {S9: 009.txt}\n" + rule,
        "parameters.yaml": "answer_days: {unit: 工作天, clause: 二, values: [{value: 5}]}\n",
        "rules.py": "from eligibility.rule import Answer, passed\n\n\n"
                    "def small(fin__paid_in_capital: int) -> Answer:\n    return passed('是。')\n",
        "workflow.yaml": FILE,
    }
    for name, text in texts.items():
        (home / name).write_text(text, encoding="utf-8")
    return home


def test_a_figure_that_only_a_clock_asks_for_is_asked_for(folder):
    assert mistakes(folder) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ("who: applicant", "who: 申請人", 2, "who:"), ("does: 申請, ", "", 2, "does:"),
        ("rule: small}\nclocks", "rule: large}\nclocks", 2, "large"), ("does:", "doing: x, does:", 2, "doing"),
        ("step: apply", "step: file", 4, "file"), ("workdays: answer_days", "workdays: 5", 4, "5"),
        ("workdays:", "days: answer_days, workdays:", 4, "enough"), ("from: [app.received_date], ", "", 4, "from:"),
        ("app.received_date", "app.mode", 4, "app.mode"), ("app.received_date", "sometime", 4, "sometime"),
        ("overdue: 沒有規定, ", "", 4, "overdue"), ("overdue: 沒有規定, rule: small", "overdue: 沒有規定, rule: big", 4, "big"),
        ("workdays:", "kind: late, workdays:", 4, "kind"), ("workdays:", "holiday: skips, workdays:", 4, "holiday"),
        ("steps:", "stages:", 1, "steps:"), ("{id: apply, who", "{who", 2, "id"),
        ("rule: small}\nclocks", "rule: small, after: [x]}\nclocks", 2, "x"),
        ("clocks:", "  - {id: apply, who: office, does: 再申請}\nclocks:", 3, "twice"), ("steps:", "steps: {", 1, "YAML"),
    ],
)
def test_each_mistake_is_shown_where_it_stands(folder, old, new, line, problem):
    text = (folder / "workflow.yaml").read_text(encoding="utf-8")
    assert old in text
    (folder / "workflow.yaml").write_text(text.replace(old, new), encoding="utf-8")
    shown = [f"{m.where} {m.problem}" for m in mistakes(folder)]
    where = "small_help/workflow.yaml:" + ("" if problem == "YAML" else str(line))
    assert any(s.startswith(where) and problem in s for s in shown), shown
