"""The figures of the law, each with the days it was in force and its clause (parameters.yaml).

    max_paid_in_capital:
      unit: 元
      clause: 參、二(一)1.(2)
      values:
        - {value: 80000000, until: 2020-06-23}
        - {value: 100000000, from: 2020-06-24}

A figure whose document names no first or last day has no ``from`` or ``until``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.errors import DefinitionError
from eligibility.located import Located


@dataclass(frozen=True)
class Period:
    value: Any
    since: date | None
    until: date | None

    def holds(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Parameter:
    """One figure: an integer (元, days, years, people), a Decimal (per cent), a text, or a list of such."""

    name: str
    unit: str
    clause: str
    periods: tuple[Period, ...]

    def on(self, day: date) -> Any:
        """What was in force on ``day``; None where nothing was."""
        return next((p.value for p in self.periods if p.holds(day)), None)

    @property
    def varies(self) -> bool:
        """Whether the day matters."""
        return len(self.periods) > 1


def build(source: Located, mistakes: list[DefinitionError]) -> Mapping[str, Parameter]:
    """The parameters of a file; what is wrong in it is added to ``mistakes``."""
    out: dict[str, Parameter] = {}
    for name, body in (source.data or {}).items():
        if not isinstance(body, dict) or not body.get("values") or "clause" not in body:
            mistakes.append(source.mistake((name,), f"{name} 沒有 clause: 或 values: · has no clause or no values", "補上 · give them"))
            continue
        periods = _periods(source, name, body["values"], mistakes)
        out[name] = Parameter(name, body.get("unit", ""), body["clause"], periods)
    return out


def _periods(source: Located, name: str, values: Any, mistakes: list[DefinitionError]) -> tuple[Period, ...]:
    periods = []
    for i, entry in enumerate(values):
        path = (name, "values", i)
        if not isinstance(entry, dict) or "value" not in entry or set(entry) - {"value", "from", "until"}:
            mend = "寫 value:，有起訖日再寫 from: 和 until: · write these"
            mistakes.append(source.mistake(path, f"{name} 的數額要寫 {{value, from, until}} · a value has other keys", mend))
            continue
        try:
            since, until = (date.fromisoformat(entry[k]) if k in entry else None for k in ("from", "until"))
        except (TypeError, ValueError):
            mistakes.append(source.mistake(path, f"{name} 的起訖日不是日期 · is no date", "寫成西元 YYYY-MM-DD · write it so"))
            continue
        periods.append(Period(entry["value"], since, until))
    for earlier, later in zip(periods, periods[1:], strict=False):
        if earlier.until is None or later.since is None or earlier.until >= later.since:
            mend = "依先後排，前一個在後一個開始前結束 · order them"
            mistakes.append(source.mistake((name, "values"), f"{name} 的期間重疊 · the periods overlap", mend))
            break
    return tuple(periods)
