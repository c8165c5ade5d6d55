"""What the law said: clause, finding, decision, in the form of DECIDING.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

PASS = "pass"
FAIL = "fail"
NEEDS_EVIDENCE = "needs_evidence"
UNDETERMINED = "undetermined"
VALUE = "value"
NOT_APPLICABLE = "not_applicable"
OUTCOMES = (PASS, FAIL, NEEDS_EVIDENCE, UNDETERMINED, VALUE, NOT_APPLICABLE)


@dataclass(frozen=True)
class Clause:
    """The words of the law, verbatim. ``source`` is the file of the programme document that holds them; ``also`` are further places
    that the same rule rests on."""

    citation: str
    text: str
    source: str
    also: tuple[Clause, ...] = ()

    def as_json(self) -> dict[str, Any]:
        further = {"also": [c.as_json() for c in self.also]} if self.also else {}
        return {"citation": self.citation, "text": self.text, "source": self.source, **further}


@dataclass(frozen=True)
class Finding:
    """One rule's answer. ``missing`` names the fields (or papers and registers) that would let it decide;
    ``explanation`` is one sentence in Traditional Chinese with the values used; ``forward`` what would change the answer."""

    rule: str
    outcome: str
    clause: Clause
    value: Any = None
    used: Mapping[str, Any] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)
    explanation: str = ""
    mandatory: bool = True
    forward: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule, "outcome": self.outcome, "value": plain(self.value), "clause": self.clause.as_json(),
            "used": plain(self.used), "missing": list(self.missing), "parameters": plain(self.parameters),
            "explanation": self.explanation, "mandatory": self.mandatory, "forward": self.forward,
        }


@dataclass(frozen=True)
class Decision:
    """``edition`` is the hash of the programme folder that decided (and after a + that of the checks of every case), so that the same
    can be asked again."""

    programme: str
    as_of: date
    outcome: str
    findings: tuple[Finding, ...]
    edition: str = ""

    def as_json(self) -> dict[str, Any]:
        return {"programme": self.programme, "as_of": self.as_of.isoformat(), "outcome": self.outcome,
                "edition": self.edition, "findings": [f.as_json() for f in self.findings]}


def plain(value: Any) -> Any:
    """``value`` with dates as ISO text and whole decimals as integers, for JSON."""
    if isinstance(value, Mapping):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
