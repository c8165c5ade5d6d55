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

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from domain.errors import DefinitionError, UsageError
from domain.field import Value
from eligibility.decide import decide
from eligibility.located import Located, read
from eligibility.programme import Programme

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
    if not isinstance(source.data, dict) or not isinstance(source.data.get("cases"), list):
        raise source.mistake((), "檔案裡沒有 cases: · the file has no cases:", "寫 cases: 和一個一個例子 · write cases:")
    base = source.data.get("base") or {}
    return tuple(_example(source, i, base, case) for i, case in enumerate(source.data["cases"]))


def failures(programme: Programme) -> list[DefinitionError]:
    """Each expectation of the programme's examples that does not come out, with its line; and every mistake in the file itself."""
    try:
        source, worked = read(programme.folder / "cases.yaml"), examples(programme.folder)
    except DefinitionError as e:
        return [e]
    return [e for i, example in enumerate(worked) for e in _failures(programme, source, i, example)]


def _failures(programme: Programme, source: Located, i: int, example: Example) -> Iterator[DefinitionError]:
    path = ("cases", i)
    try:
        decision = decide(programme, example.facts, example.as_of, TODAY, intake=False).as_json()
    except UsageError as e:
        yield source.mistake((*path, "facts"), f"「{example.name}」{e.zh} · {e}", "改事實的代號或格式 · mend the facts")
        return
    found = {f["rule"].partition(".")[2]: f for f in decision["findings"]}
    for rule, wanted in example.expect.items():
        if rule not in found:
            problem = f"「{example.name}」：沒有 {rule} 這條規則 · no such rule"
            yield source.mistake((*path, "expect", rule), problem, "改規則代號 · mend the id")
            continue
        for key, value in wanted.items():
            said = found[rule].get(key)
            if said != value:
                why = found[rule]["explanation"]
                problem = f"「{example.name}」的 {rule} 期待 {key}: {value}，結果是 {said}（{why}）· comes out otherwise"
                yield source.mistake((*path, "expect", rule), problem, "改例子，或改規則 · mend the example or the rule")
    if example.outcome not in (None, decision["outcome"]):
        problem = f"「{example.name}」期待整體結果 {example.outcome}，結果是 {decision['outcome']} · comes out otherwise"
        yield source.mistake((*path, "outcome"), problem, "改例子，或改規則 · mend the example or the rule")


def _example(source: Any, i: int, base: Mapping[str, Any], case: Mapping[str, Any]) -> Example:
    if not isinstance(case, dict) or not case.get("name") or not isinstance(case.get("expect"), dict):
        problem = "這個例子沒有 name 或 expect · a case has no name or expects nothing"
        raise source.mistake(("cases", i), problem, "補上 name: 和 expect: · give them")
    try:
        day = date.fromisoformat(case["as_of"]) if "as_of" in case else None
    except (TypeError, ValueError):
        raise source.mistake(("cases", i, "as_of"), f"{case['as_of']} 不是日期 · is no date", "寫成 YYYY-MM-DD · write it so") from None
    facts = {f: _plain(v) for f, v in {**base, **(case.get("facts") or {})}.items() if v is not None}
    expect = {r: _plain(e) if isinstance(e, dict) else {"outcome": e} for r, e in case["expect"].items()}
    return Example(case["name"], day, facts, expect, case.get("outcome"))


def _plain(value: Any) -> Any:
    """Facts as JSON gives them: a fraction is a float there."""
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_plain(v) for v in value]
    return float(value) if isinstance(value, Decimal) else value
