"""``decide`` for every programme at once and for a stream of cases: what goes out, line by line, and how it ends."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from domain.errors import BadValue, UnknownProgramme, UsageError
from eligibility.overview import STATES
from eligibility.programme import load
from intake.cli import main

ROOT = Path(__file__).resolve().parents[2]
FACTS: dict[str, Any] = {
    "org.registration_kind": "company", "org.registered_address": "臺北市信義區松仁路1號", "fin.paid_in_capital": 50_000_000,
    "hc.insured_latest_count": 30, "org.industry_section": "製造業", "app.submitted_date": "2025-03-15"}


def decide(*arguments: str | Path, given: bytes = b"") -> Result:
    main.load("decide")
    return CliRunner().invoke(main.app, ["decide", *map(str, arguments)], input=given)


def said(done: Result) -> list[Any]:
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(FACTS), encoding="utf-8")
    return path


def test_every_programme_has_one_entry_best_chance_first(facts: Path) -> None:
    done = decide("--all", "--facts", facts, "--json")
    assert done.exit_code == 0, done.stderr
    entries = json.loads(done.stdout)
    assert sorted(entries) == sorted(load())
    assert [e["rank"] for e in entries.values()] == list(range(1, len(entries) + 1))
    states = [list(STATES).index(e["state"]) for e in entries.values()]
    assert states == sorted(states)
    assert entries["sme-std"]["state"] == "open"
    supplier = entries["tops-supplier"]
    assert supplier["as_of"] == "2025-03-15"
    assert "doc.company_intro" in [p["field"] for p in supplier["missing_papers"]]
    assert "org.name" in [f["field"] for f in supplier["missing_fields"]]
    alone = json.loads(decide("--programme", "tops-supplier", "--facts", facts, "--json").stdout)
    assert {k: supplier[k] for k in alone} == alone


@pytest.mark.parametrize("which", [("--all",), ("--programme", "tops-supplier")])
def test_the_ways_forward_and_the_days_ahead_stand_beside_the_decision(tmp_path: Path, which: tuple[str, ...]) -> None:
    path = tmp_path / "facts.json"
    large = {"fin.paid_in_capital": 150_000_000, "hc.insured_latest_count": 230, "org.founding_date": "2019-03-02"}
    path.write_text(json.dumps(FACTS | large), encoding="utf-8")
    found = json.loads(decide(*which, "--facts", path, "--json").stdout)
    entry = found["tops-supplier"] if "--all" in which else found
    capital = next(c for c in entry["what_if"] if c["field"] == "fin.paid_in_capital")
    assert capital == {
        "rule": "tops-supplier.capital-or-headcount", "how": "change", "field": "fin.paid_in_capital", "value": 100_000_000,
        "outcome": "pass", "sentence": "「實收資本額」現為 15,000 萬元，如為 1 億元以下，即符合。", "least": None, "most": 100_000_000}
    assert [(u["rule"], u["day"], u["value"]) for u in entry["until"]] == [("tops-supplier.startup-group", "2027-03-02", "sme")]


def test_the_day_that_is_asked_about_holds_for_every_programme(facts: Path) -> None:
    entries = json.loads(decide("--all", "--facts", facts, "--as-of", "2019-02-20", "--json").stdout)
    assert {e["as_of"] for e in entries.values()} == {"2019-02-20"}


def test_people_see_each_programme_with_its_state(facts: Path) -> None:
    done = decide("--all", "--facts", facts)
    assert done.exit_code == 0, done.stderr
    assert all(programme in done.stdout for programme in load())
    assert "可以申請" in done.stdout


def test_a_stream_has_one_line_for_each_line_and_goes_on_after_a_bad_one(tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    lines = [json.dumps(FACTS), '{"fin.paid_in_capital": "1"}', "not json", "", "[1]", '{"org.nickname": 1}', b"\xff\xfe".hex(),
             '{"cmp.labor_violations": [{"date": "2025-1-1"}]}', json.dumps({"app.mode": None})]
    cases.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = decide("--programme", "tops-supplier", "--file", cases, "--json")
    assert done.exit_code == 3
    answers = said(done)
    assert len(answers) == len(lines)
    assert [s["error"]["code"] if "error" in s else s["outcome"] for s in answers] == [
        "needs_evidence", "bad_value", "bad_json", "bad_json", "bad_value", "unknown_field", "bad_json", "bad_value", "needs_evidence"]
    assert [s["line"] for s in answers if "error" in s] == [2, 3, 4, 5, 6, 7, 8]
    assert "fin.paid_in_capital" in answers[1]["error"]["message"]
    assert "cmp.labor_violations.date" in answers[7]["error"]["message"]


def test_a_line_that_is_no_text_is_one_bad_line() -> None:
    done = decide("--programme", "tops-buyer", "--file", "-", given=b'\xef\xbb\xbf{}\n\xff\xfe{}\n{}')
    assert done.exit_code == 3
    assert ["error" in s for s in said(done)] == [False, True, False]


def test_good_lines_end_with_0_and_say_what_one_decision_says(facts: Path) -> None:
    line = json.dumps(FACTS).encode() + b"\n"
    done = decide("--programme", "green-giant", "--file", "-", given=line * 3)
    assert done.exit_code == 0, done.stderr
    alone = json.loads(decide("--programme", "green-giant", "--facts", facts, "--json").stdout)
    assert said(done) == [{k: v for k, v in alone.items() if k not in ("what_if", "until")}] * 3


def test_every_programme_can_be_asked_for_each_line() -> None:
    done = decide("--all", "--file", "-", given=json.dumps(FACTS).encode() + b"\n{}\n")
    assert done.exit_code == 0, done.stderr
    assert [sorted(x) for x in said(done)] == [sorted(load())] * 2


def test_an_answer_does_not_wait_for_the_next_line_and_a_bad_line_ends_with_3() -> None:
    command = [sys.executable, "-m", "intake.cli.main", "decide", "--programme", "sme-std", "--file", "-"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdin
        assert running.stdout
        for line, key in ((b"{}\n", "programme"), (b"[]\n", "error")):
            running.stdin.write(line)
            running.stdin.flush()
            assert key in json.loads(running.stdout.readline())
        running.stdin.close()
        assert running.wait(60) == 3


@pytest.mark.parametrize(("arguments", "error"), [
    (("--facts", "FACTS"), BadValue), (("--all", "--programme", "t103", "--facts", "FACTS"), BadValue), (("--all",), BadValue),
    (("--all", "--facts", "FACTS", "--file", "-"), BadValue), (("--programme", "no-such", "--file", "-"), UnknownProgramme),
    (("--programme", "t103", "--file", "MISSING"), UsageError)])
def test_bad_usage_is_said_before_anything_is_decided(facts: Path, arguments: tuple[str, ...], error: type[UsageError]) -> None:
    places = {"FACTS": facts, "MISSING": facts.with_name("missing.jsonl")}
    done = decide(*(places.get(a, a) for a in arguments), given=b"{}\n")
    assert isinstance(done.exception, error)
    assert not done.stdout
