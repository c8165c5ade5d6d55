"""A decision as an auditor reads it: what stands in the way first, and each rule as it judged beside the rule as it is now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from domain.decision import FAIL, NOT_APPLICABLE, PASS, VALUE, plain
from eligibility import programme as programmes
from eligibility.programme import Programme
from eligibility.rule import Rule
from intake.store.views import DecisionView
from intake.web.findings import ORDER

FOLDED = (PASS, VALUE, NOT_APPLICABLE)
"""What asks nothing of anybody stands folded, each kind under its count."""
MANY = 5
"""So many of one kind are read at a glance; more that are only not yet known stand folded too."""


@dataclass(frozen=True)
class Judged:
    """A finding as it was stored in ``found``. ``citation`` and ``text`` are its clause as it is now, where that is another; ``figures``
    those that it used and that are others today, as (clause, then, today); ``gone``: there is no such rule any more."""

    found: Mapping[str, Any]
    citation: str = ""
    text: str = ""
    figures: tuple[tuple[str, str, str], ...] = ()
    gone: bool = False

    @property
    def differs(self) -> bool:
        return bool(self.text or self.gone)


@dataclass(frozen=True)
class Judgement:
    """All of a decision. ``edition`` is the one in force now where it is another than the one that judged, else ""."""

    every: tuple[Judged, ...]
    edition: str = ""

    @property
    def first(self) -> list[Judged]:
        """What is not met, and a few that are not yet known."""
        hidden = {outcome for outcome, _ in self.folded}
        return [j for j in self.every if j.found["outcome"] not in hidden]

    @property
    def folded(self) -> list[tuple[str, list[Judged]]]:
        groups = [(o, [j for j in self.every if j.found["outcome"] == o]) for o in ORDER if o != FAIL]
        return [(outcome, some) for outcome, some in groups if len(some) > (0 if outcome in FOLDED else MANY)]

    @property
    def reworded(self) -> int:
        """How many rules have other words now, or are gone."""
        return sum(j.differs for j in self.every)

    def using(self, fields: Sequence[str]) -> list[Judged]:
        return [j for j in self.every if not j.found["used"].keys().isdisjoint(fields)]

    def waiting_for(self, fields: Sequence[str]) -> list[Judged]:
        """What could not be judged before one of these values is settled."""
        return [j for j in self.every if not set(j.found["missing"]).isdisjoint(fields) and j not in self.using(fields)]


def runs(decisions: Sequence[DecisionView]) -> list[list[DecisionView]]:
    """The decisions of a case in their order, those in a row together that came to the same under the same edition."""
    return [list(same) for _, same in groupby(decisions, key=lambda d: (d.outcome, d.edition, d.as_of))]


def judgement(decision: DecisionView | None, today: date) -> Judgement:
    """The findings of a decision, what is not met first, each beside its rule as it is now."""
    if decision is None:
        return Judgement(())
    known, checks = programmes.load().get(decision.programme), programmes.intake_checks()
    own, _, of_all = decision.edition.partition("+")
    now = "" if known is None else f"{known.edition}+{checks.edition}" if of_all else known.edition
    of = {r.id: (r, p) for p in (known, checks) if p for r in p.rules}
    found = sorted(decision.decision["findings"], key=lambda f: ORDER.index(f["outcome"]))
    return Judgement(tuple(_beside(f, of.get(f["rule"]), today) for f in found), "" if now == decision.edition else now)


def _beside(found: Mapping[str, Any], rule: tuple[Rule, Programme] | None, today: date) -> Judged:
    if rule is None:
        return Judged(found, gone=True)
    clause, was = rule[0].clause, found["clause"]
    other = (clause.citation, clause.text) != (was["citation"], was["text"])
    return Judged(found, clause.citation if other else "", clause.text if other else "", tuple(_figures(found, rule[1], today)))


def _figures(found: Mapping[str, Any], programme: Programme, today: date) -> list[tuple[str, str, str]]:
    out = []
    for name, then in found.get("parameters", {}).items():
        known = programme.parameters.get(name)
        now = plain(known.on(today)) if known else None
        if known and then != now:
            out.append((known.clause, _said(then, known.unit), _said(now, known.unit)))
    return out


def _said(value: Any, unit: str) -> str:
    """A figure with its unit; where none is or was in force, that.

    >>> _said(80000000, "元"), _said(None, "元"), _said(["A", "B"], "")
    ('80,000,000 元', '沒有規定', 'A、B')
    """
    if value is None:
        return "沒有規定"
    if isinstance(value, list):
        return "、".join(_said(v, unit) for v in value)
    said = f"{value:,}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
    return f"{said} {unit}".strip()
