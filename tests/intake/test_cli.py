"""The command line keeps the contracts: what goes to standard output, how it ends, what it says of bad usage."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
BASELINE: dict[str, Any] = {
    "org.registration_kind": "company", "org.registered_address": "臺北市信義區松仁路1號", "fin.paid_in_capital": 50_000_000,
    "hc.insured_latest_count": 30, "app.submitted_date": "2025-03-15"}


def shouwen(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "intake.cli.main", *map(str, arguments)], cwd=ROOT, capture_output=True, text=True,
                          timeout=120, check=False)


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(BASELINE), encoding="utf-8")
    return path


def test_a_decision_is_one_json_object_with_every_rule_once(facts: Path) -> None:
    done = shouwen("decide", "--programme", "tops-supplier", "--facts", facts, "--json")
    assert done.returncode == 0, done.stderr
    decision = json.loads(done.stdout)
    assert decision["as_of"] == "2025-03-15"
    rules = [f["rule"] for f in decision["findings"]]
    assert len(rules) == len(set(rules))
    assert [r.partition(".")[0] for r in rules] == ["tops-supplier"] * 27 + ["intake"] * 9
    capital = next(f for f in decision["findings"] if f["rule"] == "tops-supplier.capital-or-headcount")
    assert capital["outcome"] == "pass"
    assert capital["used"]["fin.paid_in_capital"] == 50_000_000
    assert capital["clause"]["source"] == "001_f2c9833269b5fe69.txt"
    assert decision["outcome"] == "needs_evidence"


@pytest.mark.parametrize(("change", "named"), [
    ({"org.nickname": "x"}, "org.nickname"), ({"fin.paid_in_capital": "5000"}, "fin.paid_in_capital"),
    ({"org.founding_date": "108-06-01"}, "org.founding_date")])
def test_a_bad_fact_is_refused_by_name_with_the_form_wanted(tmp_path: Path, change: dict[str, Any], named: str) -> None:
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(BASELINE | change), encoding="utf-8")
    done = shouwen("decide", "--programme", "tops-supplier", "--facts", path, "--json")
    assert done.returncode == 2
    assert named in done.stderr
    assert not done.stdout


def test_an_unknown_programme_form_or_option_is_bad_usage(facts: Path, tmp_path: Path) -> None:
    assert shouwen("decide", "--programme", "no-such", "--facts", facts).returncode == 2
    assert shouwen("fill", "F99", "--facts", facts, "--out", tmp_path).returncode == 2
    assert shouwen("fill", "F10", "--facts", facts, "--out", tmp_path, "--format", "doc").returncode == 2
    assert shouwen("read").returncode == 2
    assert shouwen("read", tmp_path / "missing.pdf").returncode == 2


def test_refused_files_have_a_line_each_and_exit_3(tmp_path: Path) -> None:
    empty, words = tmp_path / "empty.pdf", tmp_path / "words.docx"
    empty.write_bytes(b"")
    words.write_bytes(b"PK\x03\x04 not for us")
    done = shouwen("read", empty, words, "--json")
    assert done.returncode == 3
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(x["file"], x["error"]["code"]) for x in lines] == [("empty.pdf", "empty"), ("words.docx", "unsupported_type")]
    assert all(x["documents"] == [] and len(x["sha256"]) == 64 for x in lines)


def test_a_form_and_its_trace_are_written(facts: Path, tmp_path: Path) -> None:
    done = shouwen("fill", "f12", "--facts", facts, "--out", tmp_path / "o", "--json")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "o" / "F12.docx").read_bytes()[:2] == b"PK"
    trace = json.loads((tmp_path / "o" / "F12.trace.json").read_text(encoding="utf-8"))
    assert trace["slots"]["paid_in_capital"]["printed"] == "5,000"
    assert trace["slots"]["paid_in_capital"]["origin"]["entered_by"] == "facts.json"
    assert trace["slots"]["contact_name"] == {"printed": "", "field": "contact.name", "value": None, "origin": None}


@pytest.mark.parametrize("command", [("kinds",), ("kinds", "--fields"), ("programmes",), ("forms",)])
def test_what_is_known_is_listed_as_json(command: tuple[str, ...]) -> None:
    done = shouwen(*command, "--json")
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)) >= 3


@pytest.mark.parametrize("command", [("programmes", "check"), ("forms", "check")])
def test_the_definitions_are_in_order(command: tuple[str, ...]) -> None:
    done = shouwen(*command)
    assert done.returncode == 0, done.stderr


def test_help_speaks_both_languages() -> None:
    said = shouwen("read", "--help").stdout
    assert "讀文件" in said
    assert "Read papers" in said
