"""A decision as the desks show it: one sentence, then clause by clause what was used, what is missing, what would change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain import vocabulary
from domain.decision import FAIL, NEEDS_EVIDENCE, NOT_APPLICABLE, PASS, UNDETERMINED, VALUE
from eligibility.evidence import where
from eligibility.programme import OF_EVERY_CASE
from intake.store.views import DecisionView
from intake.web import questions, values
from intake.web.facts import Spot
from intake.web.text import Text
from intake.web.ways import NONE, Way, Ways

ORDER = (FAIL, NEEDS_EVIDENCE, UNDETERMINED, PASS, VALUE, NOT_APPLICABLE)


@dataclass(frozen=True)
class Used:
    """A value that a rule used, with the ink behind it."""

    field: str
    label: str
    shown: str
    spots: tuple[Spot, ...]


@dataclass(frozen=True)
class FindingView:
    """One rule's answer. ``missing`` are (what, where it comes from); ``forward`` is the rule's own word on what to do, ``ways`` are the
    computed changes that would turn it."""

    rule: str
    outcome: str
    mandatory: bool
    explanation: str
    citation: str
    clause: str
    used: tuple[Used, ...]
    missing: tuple[tuple[str, str], ...]
    missing_fields: tuple[str, ...]
    value: str
    forward: str
    ways: tuple[Way, ...] = ()

    @property
    def by_office(self) -> bool:
        """Whether it waits for the office alone: for a register to be asked, for somebody's judgement, for the case to be sent in."""
        return self.outcome == UNDETERMINED or (
            self.outcome == NEEDS_EVIDENCE and bool(self.missing_fields) and all(map(questions.of_the_office, self.missing_fields)))


@dataclass(frozen=True)
class Outcome:
    """The whole answer: ``sentence`` says it, ``deciding`` are the mandatory conditions, ``checks`` those made of every case whatever the
    programme, ``others`` the rest."""

    outcome: str
    sentence: str
    deciding: tuple[FindingView, ...]
    others: tuple[FindingView, ...]
    checks: tuple[FindingView, ...] = ()

    @property
    def own(self) -> tuple[FindingView, ...]:
        """The mandatory conditions that the applicant can settle or has settled."""
        return tuple(f for f in self.deciding if not f.by_office)

    @property
    def offices(self) -> tuple[FindingView, ...]:
        return tuple(f for f in self.deciding if f.by_office)

    @property
    def wanting(self) -> int:
        """For how many mandatory conditions the applicant has still to bring or say something."""
        return sum(f.outcome == NEEDS_EVIDENCE for f in self.own)

    @property
    def every(self) -> tuple[FindingView, ...]:
        return (*self.deciding, *self.others, *self.checks)


def fields_used(decision: Mapping[str, Any]) -> set[str]:
    return {f for finding in decision["findings"] for f in finding["used"]}


def outcome(found: DecisionView, spots: Mapping[str, tuple[Spot, ...]], text: Text, ways: Ways = NONE) -> Outcome:
    """The answer of a stored decision; ``spots`` the ink behind the fields it used, ``ways`` what would change it."""
    all_of_them = [_finding(f, spots, ways.by_rule.get(f["rule"], ())) for f in found.decision["findings"]]
    ranked = sorted(all_of_them, key=lambda f: ORDER.index(f.outcome))
    deciding = tuple(f for f in ranked if f.mandatory and f.outcome != NOT_APPLICABLE)
    checks = tuple(f for f in ranked if f.rule.startswith(OF_EVERY_CASE))
    others = tuple(f for f in ranked if f not in deciding and f not in checks)
    return Outcome(found.outcome, _sentence(found.outcome, deciding, text), deciding, others, checks)


def _sentence(outcome: str, deciding: Sequence[FindingView], text: Text) -> str:
    n = sum(f.outcome == outcome for f in deciding)
    return {
        PASS: text("符合申請條件"), FAIL: text("有 {n} 項條件不符合", n=n), NEEDS_EVIDENCE: text("還差 {n} 項資料", n=n),
        UNDETERMINED: text("有 {n} 項要由承辦人員認定", n=n),
    }[outcome]


def _finding(f: Mapping[str, Any], spots: Mapping[str, tuple[Spot, ...]], ways: tuple[Way, ...]) -> FindingView:
    used = tuple(Used(name, values.label(name), values.shown(name, v), spots.get(name, ())) for name, v in f["used"].items())
    missing = tuple((values.label(m), where(m) if m in vocabulary.terms() else "") for m in f["missing"])
    # figures without their names say nothing: the explanation has them
    value = "" if f["value"] is None or isinstance(f["value"], Mapping) else values.shown("", f["value"])
    return FindingView(f["rule"], f["outcome"], f["mandatory"], f["explanation"], f["clause"]["citation"], f["clause"]["text"], used,
                       missing, tuple(f["missing"]), value, f.get("forward", ""), ways)
