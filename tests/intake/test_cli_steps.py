"""``programmes steps``: the way through a programme and the deadlines that run."""

import json
from pathlib import Path

from typer.testing import CliRunner

from intake.cli import main
from intake.cli.app import app


def run(*arguments: str) -> str:
    main.load("programmes")
    done = CliRunner().invoke(app, ["programmes", "steps", *arguments])
    assert done.exit_code == 0, done.stderr
    return done.stdout


def test_steps_and_deadlines_with_their_clauses(tmp_path: Path) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text(json.dumps({"app.notice_date": "2019-02-26"}), encoding="utf-8")
    said = json.loads(run("green-giant", "--facts", str(facts), "--as-of", "2019-02-27", "--json"))
    assert [s["id"] for s in said["steps"]][:3] == ["apply", "check", "supplement"]
    due = next(c for c in said["clocks"] if c["clock"] == "supplement")
    assert (due["last"], due["left"], due["clause"]["citation"]) == ("2019-03-04", 5, "玖、二")
    shown = run("green-giant", "--as-of", "2019-02-27")
    assert "申請人" in shown
    assert "已過期" in shown


def test_a_standard_without_a_procedure_has_no_steps() -> None:
    said = json.loads(run("sme-std", "--json"))
    assert said["steps"] == said["clocks"] == []
