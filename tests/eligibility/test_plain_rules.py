"""A programme without Python: the worked example of the documentation runs as it stands, and each mistake looks as shown there."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from domain.field import Value
from eligibility.cases import examples, failures
from eligibility.check import mistakes
from eligibility.decide import decide
from eligibility.parameters import Parameter, Period
from eligibility.plain_rules import KEYS, build
from eligibility.programme import read
from eligibility.rule import Answer
from eligibility.what_if import what_if
from eligibility.workflow import clock
from intake.cli import main
from intake.cli.app import app

DOC = (Path(__file__).resolve().parents[2] / "docs" / "programmes.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^### `([\w.]+)`\n.*?```yaml\n(.*?)```", DOC, re.M | re.S))
SHOWN = [
    (file, old, new, message)
    for file, old, new, message in re.findall(r"^- `([\w.]+)`：(?:漏了 )?`(.+?)`(?: 寫成 `(.+?)`)?\n\n  ```text\n  (.+?)\n", DOC, re.M)
]
TODAY = date(2026, 1, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "shop_energy"
    home.mkdir()
    for name, text in FILES.items():
        (home / name).write_text(text, encoding="utf-8")
    return home


def test_the_worked_example_is_a_whole_programme_of_five_rules(folder):
    assert set(FILES) == {"programme.yaml", "parameters.yaml", "workflow.yaml", "cases.yaml"}
    assert mistakes(folder) == []
    programme = read(folder)
    assert len(programme.rules) == 5
    assert len(examples(folder)) >= 9
    assert failures(programme) == []
    findings = [f for e in examples(folder) for f in decide(programme, e.facts, e.as_of, TODAY, intake=False).findings]
    assert {f.rule for f in findings if f.outcome == "fail"} == {f"shop-energy.{r}" for r in ("local", "small", "one-year", "window")}


def test_the_command_checks_the_folder_and_its_examples(folder):
    main.load("programmes")
    done = CliRunner().invoke(app, ["programmes", "check", str(folder)])
    assert (done.exit_code, done.stdout.strip()) == (0, "沒有問題。")
    (folder / "cases.yaml").write_text(FILES["cases.yaml"].replace("{one-year: fail}", "{one-year: pass}"), encoding="utf-8")
    done = CliRunner().invoke(app, ["programmes", "check", str(folder)])
    assert done.exit_code == 3
    assert "shop_energy/cases.yaml:7" in done.stderr


def test_its_decision_has_sentences_ways_forward_and_deadlines(folder):
    programme = read(folder)
    facts = {"fin.paid_in_capital": 5_000_001, "hc.insured_latest_count": 12, "org.registered_city": "澎湖縣",
             "org.founding_date": "2024-03-16", "app.submitted_date": "2025-03-15", "app.received_date": "2025-03-17",
             "doc.affidavit": {"present": True, "form": "copy"}}
    found = {f.rule.partition(".")[2]: f for f in decide(programme, facts, None, TODAY).findings}
    assert found["small"].explanation == "實收資本額 5,000,001 元，超過 500 萬元；最近一期投保人數 12 人，已達 10 人。"
    assert found["small"].forward == "實收資本額在 500 萬元以下，或最近一期投保人數未滿 10 人才符合。"
    assert found["affidavit"].missing == ("doc.affidavit",)
    assert "公司章" in found["affidavit"].explanation
    changes = {(c.rule.partition(".")[2], c.field): c for c in what_if(programme, facts, None, TODAY)}
    assert changes["one-year", "app.submitted_date"].least == "2025-03-16"
    assert changes["small", "hc.insured_latest_count"].most == 9
    assert next(d for d in clock(programme, facts, {}, date(2025, 3, 18)) if d.clock == "answer").last == date(2025, 3, 31)


@pytest.mark.parametrize(("file", "old", "new", "message"), SHOWN, ids=[f"{f}: {n or o}" for f, o, n, _ in SHOWN])
def test_each_mistake_looks_as_the_documentation_shows_it(folder, file, old, new, message):
    text = FILES[file]
    changed = text.replace(old, new, 1) if new else re.sub(rf"^ *{re.escape(old)}\n", "", text, count=1, flags=re.M)
    assert changed != text
    (folder / file).write_text(changed, encoding="utf-8")
    said = mistakes(folder) or failures(read(folder))
    assert said[0].zh == message


def test_the_documentation_shows_enough_of_them_and_every_way_to_say_a_condition():
    assert len(SHOWN) >= 12
    assert [k for k in KEYS if f"`{k}" not in DOC] == []


FIGURES = {
    name: Parameter(name, "", "一", (Period(value, None, None),))
    for name, value in {"limit": 10, "years": 3, "first": "2025-03-01", "last": "2025-03-31"}.items()
}


def answer(body: dict[str, object], **known: Value) -> Answer:
    wants, say = build(body, FIGURES)
    day = known.pop("day", None)
    values = {w.name: FIGURES[w.key].on(TODAY) if w.kind == "parameter" else day if w.name == "day" else known.get(w.name) for w in wants}
    return say(**values)


@pytest.mark.parametrize(
    ("key", "below", "at", "over"),
    [
        ("at_most", "pass", "pass", "fail"), ("at_least", "fail", "pass", "pass"),
        ("below", "pass", "fail", "fail"), ("above", "fail", "fail", "pass"),
    ],
)
def test_a_limit_counts_or_not_as_its_word_says(key, below, at, over):
    body = {key: {"hc.insured_latest_count": "limit"}}
    assert [answer(body, hc__insured_latest_count=n).outcome for n in (9, 10, 11)] == [below, at, over]
    assert answer(body).missing == ("hc.insured_latest_count",)


@pytest.mark.parametrize(("key", "outcomes"), [
    ("under_years", ["pass", "fail", "fail"]), ("within_years", ["pass", "pass", "fail"]), ("over_years", ["fail", "pass", "pass"])])
@pytest.mark.parametrize("start", [date(2016, 2, 29), date(2020, 5, 1)])
def test_years_turn_on_the_anniversary(key, outcomes, start):
    end = date(2019, 2, 28) if start.day == 29 else date(2023, 5, 1)
    days = [date.fromordinal(end.toordinal() + n) for n in (-1, 0, 1)]
    assert [answer({key: {"org.founding_date": "years"}}, org__founding_date=start, day=d).outcome for d in days] == outcomes
    assert answer({key: {"org.founding_date": "years"}}, org__founding_date=start).missing == ("app.submitted_date",)
    assert answer({key: {"org.founding_date": "years"}}, org__founding_date=days[2], day=days[0]).outcome == "needs_evidence"


def test_a_penalty_counts_for_the_years_and_an_empty_list_is_an_answer():
    body, day = {"clear": {"cmp.labor_violations": "years"}}, date(2025, 3, 15)
    assert answer(body, cmp__labor_violations=[], day=day).outcome == "pass"
    assert answer(body, cmp__labor_violations=[{"date": date(2022, 3, 15)}], day=day).outcome == "fail"
    assert answer(body, cmp__labor_violations=[{"date": date(2022, 3, 14)}], day=day).outcome == "pass"
    assert answer(body, cmp__labor_violations=[{"amount": 1}], day=day).outcome == "needs_evidence"
    assert answer(body, day=day).missing == ("cmp.labor_violations",)


@pytest.mark.parametrize(
    ("day", "outcome"), [("2025-02-28", "fail"), ("2025-03-01", "pass"), ("2025-03-31", "pass"), ("2025-04-01", "fail")])
def test_a_window_has_both_its_days(day, outcome):
    assert answer({"applied": {"from": "first", "until": "last"}}, day=date.fromisoformat(day)).outcome == outcome


def test_what_a_person_judges_is_never_decided():
    assert answer({"person": "計畫內容是否創新"}).outcome == "undetermined"
    both_of = {"at_most": {"hc.insured_latest_count": "limit"}, "person": "計畫內容是否創新"}
    assert answer(both_of, hc__insured_latest_count=10).outcome == "undetermined"
    assert answer(both_of, hc__insured_latest_count=11).outcome == "fail"
    assert answer(both_of).outcome == "needs_evidence"


KNOWN = st.one_of(st.none(), st.integers(8, 12))


@given(a=KNOWN, b=KNOWN, key=st.sampled_from(["any", "all"]))
def test_any_and_all_over_what_is_not_known(a, b, key):
    body = {key: [{"at_most": {"hc.insured_latest_count": "limit"}}, {"below": {"hc.regular_employees": "limit"}}]}
    said = answer(body, hc__insured_latest_count=a, hc__regular_employees=b)
    parts = [None if a is None else a <= 10, None if b is None else b < 10]
    settled = key == "any"
    truth = settled if settled in parts else None if None in parts else not settled
    assert said.outcome == {True: "pass", False: "fail", None: "needs_evidence"}[truth]
    assert (truth is None) == bool(said.missing)
    assert said.explanation.endswith("。")


@pytest.mark.parametrize(
    "body",
    [
        {"any": {}}, {"any": [{}]}, {"any": [{"perhaps": 1}]}, {"at_most": {"hc.insured_latest_count": 10}}, {"at_most": "limit"},
        {"at_most": {"org.name": "limit"}}, {"at_most": {"org.nick": "limit"}}, {"is": {"org.is_foreign_branch": "yes"}},
        {"paper": {"doc.affidavit": {"folds": 2}}}, {"paper": "org.name"}, {"applied": {}}, {"applied": {"from": "limit"}},
        {"clear": {"hc.insured_latest_count": "years"}}, {"within_years": {"org.founding_date": 3}},
    ],
)
def test_an_ill_formed_condition_is_refused(body):
    with pytest.raises(ValueError, match=r"·"):
        build(body, FIGURES)
