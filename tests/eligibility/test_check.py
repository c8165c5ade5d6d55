"""An ill-formed programme folder is refused with file, line and what to mend; a new one needs no edit elsewhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from domain.errors import DefinitionError
from eligibility.check import mistakes
from eligibility.decide import decide
from eligibility.programme import load, read

PROGRAMME = """id: small-help
name: 小幫手
summary: 測試用的計畫。
sources: {S9: 009.txt}
forms: [{id: F99}]
papers: [{field: doc.invoice, name: 統一發票}]
rules:
  small:
    mandatory: true
    citation: 一
    source: S9
    text: 資本額在一百萬元以下。
"""
PARAMETERS = """max_capital:
  unit: 元
  clause: 一
  values:
    - {value: 1000000, until: 2020-12-31}
    - {value: 2000000, from: 2021-01-01}
"""
RULES = '''"""Rules."""
from eligibility.rule import Answer, failed, passed


def small(fin__paid_in_capital: int, max_capital: int) -> Answer:
    return passed("夠小。") if fin__paid_in_capital <= max_capital else failed("太大。")
'''


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "small_help"
    home.mkdir()
    for name, text in (("programme.yaml", PROGRAMME), ("parameters.yaml", PARAMETERS), ("rules.py", RULES)):
        (home / name).write_text(text, encoding="utf-8")
    return home


def _change(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")


def test_a_well_formed_folder_is_a_programme(folder):
    assert mistakes(folder) == []
    programme = read(folder)
    assert programme.forms_for({}) == ("F99",)
    assert decide(programme, {"fin.paid_in_capital": 1_500_000}, date(2021, 1, 1), date(2021, 1, 1)).outcome == "pass"


def test_figures_are_those_in_force_on_the_day(folder):
    programme, facts = read(folder), {"fin.paid_in_capital": 1_500_000}
    assert decide(programme, facts, date(2020, 12, 31), date(2026, 1, 1)).outcome == "fail"
    assert decide(programme, facts, date(2021, 1, 1), date(2026, 1, 1)).outcome == "pass"
    finding = decide(programme, facts, None, date(2026, 1, 1)).findings[0]
    assert (finding.outcome, finding.missing) == ("needs_evidence", ("app.submitted_date",))


def test_a_day_on_which_nothing_was_in_force_decides_nothing(folder):
    _change(
        folder,
        "parameters.yaml",
        "- {value: 1000000, until: 2020-12-31}\n    - {value: 2000000, from: 2021-01-01}",
        "- {value: 1000000, from: 2021-01-01}",
    )
    finding = decide(read(folder), {"fin.paid_in_capital": 1}, date(2019, 1, 1), date(2019, 1, 1)).findings[0]
    assert finding.outcome == "undetermined"


def test_the_edition_changes_with_the_folder(folder):
    before = read(folder).edition
    _change(folder, "rules.py", "太大", "超過")
    assert read(folder).edition != before


@pytest.mark.parametrize(
    ("name", "old", "new", "where", "problem"),
    [
        ("rules.py", "fin__paid_in_capital: int", "fin__capital: int", "rules.py:5", "fin.capital"),
        ("rules.py", "max_capital: int", "most: int", "rules.py:5", "'most'"),
        ("rules.py", "def small", "def tiny", "programme.yaml:8", "small"),
        ("rules.py", "def small(", "def small(:", "rules.py:5", "cannot be loaded"),
        ("rules.py", "max_capital: int)", "max_capital: int = 3)", "rules.py:5", "default"),
        ("programme.yaml", "    text: 資本額在一百萬元以下。\n", "", "programme.yaml:8", "text"),
        ("programme.yaml", "mandatory: true", "mandatory: often", "programme.yaml:8", "mandatory"),
        ("programme.yaml", "source: S9", "source: S8", "programme.yaml:8", "S8"),
        ("programme.yaml", "id: small-help", "id: big-help", "programme.yaml:1", "big-help"),
        ("programme.yaml", "doc.invoice", "doc.bill", "programme.yaml:6", "doc.bill"),
        ("programme.yaml", "name: 小幫手\n", "", "programme.yaml:1", "name:"),
        ("programme.yaml", "rules:\n  small:", "rules:\n  small: 1\n  small:", "programme.yaml:9", "twice"),
        ("programme.yaml", "sources: {S9", "sources: {S9: {", "programme.yaml", "YAML"),
        ("parameters.yaml", "until: 2020-12-31", "until: 109-12-31", "parameters.yaml:5", "date"),
        ("parameters.yaml", "until: 2020-12-31", "until: 2021-12-31", "parameters.yaml:4", "overlap"),
        ("parameters.yaml", "  clause: 一\n", "", "parameters.yaml:1", "clause"),
        ("parameters.yaml", "- {value: 1000000,", "- {amount: 1000000,", "parameters.yaml:5", "value"),
        ("parameters.yaml", "max_capital:", "unused: {clause: 一, values: [{value: 1}]}\nmax_capital:", "parameters.yaml:1", "unused"),
    ],
)
def test_each_mistake_is_shown_where_it_stands(folder, name, old, new, where, problem):
    _change(folder, name, old, new)
    shown = [f"{m.where} {m.problem}" for m in mistakes(folder)]
    assert any(s.startswith(f"small_help/{where}") and problem in s for s in shown), shown
    assert all(m.mend and m.zh for m in mistakes(folder))
    with pytest.raises(DefinitionError):
        read(folder)


@pytest.mark.parametrize("name", ["programme.yaml", "parameters.yaml"])
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    assert [m.where for m in mistakes(folder)] == [f"small_help/{name}"]


def test_our_own_programmes_are_well_formed():
    assert {p: mistakes(load()[p].folder) for p in load()} == dict.fromkeys(load(), [])
