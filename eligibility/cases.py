"""The worked examples of a programme (cases.yaml): facts, and what each rule must say of them.

base: {org.registered_city: 臺北市}        # what every case starts from
cases:
  - name: V-TS-04
    as_of: 2025-03-15                     # optional, the day that is asked about
    facts: {fin.paid_in_capital: 100000001, hc.insured_latest_count: null}   # null takes a fact away
    expect: {capital-or-headcount: needs_evidence, startup-group: {outcome: value, value: startup}}
    outcome: needs_evidence               # optional, of the whole decision
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from domain.field import Value
from eligibility.located import read

TODAY = date(2026, 1, 1)
"""The day on which examples that name none are asked."""


@dataclass(frozen=True)
class Example:
    """``expect`` maps the short rule id to an outcome, or to the keys of a finding that must be so."""

    name: str
    as_of: date | None
    facts: Mapping[str, Value]
    expect: Mapping[str, Mapping[str, Any]]
    outcome: str | None


def examples(folder: Path) -> tuple[Example, ...]:
    """The examples of a programme folder. Raises DefinitionError for a file that is no YAML or a case without name or expect."""
    source = read(folder / "cases.yaml")
    base = source.data.get("base") or {}
    return tuple(_example(source, i, base, case) for i, case in enumerate(source.data["cases"]))


def _example(source: Any, i: int, base: Mapping[str, Any], case: Mapping[str, Any]) -> Example:
    if not case.get("name") or not case.get("expect"):
        raise source.mistake(("cases", i), "a case has no name or expects nothing", "give name: and expect:")
    facts = {f: _plain(v) for f, v in {**base, **(case.get("facts") or {})}.items() if v is not None}
    expect = {r: _plain(e) if isinstance(e, dict) else {"outcome": e} for r, e in case["expect"].items()}
    return Example(case["name"], date.fromisoformat(case["as_of"]) if "as_of" in case else None, facts, expect, case.get("outcome"))


def _plain(value: Any) -> Any:
    """Facts as JSON gives them: a fraction is a float there."""
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_plain(v) for v in value]
    return float(value) if isinstance(value, Decimal) else value
