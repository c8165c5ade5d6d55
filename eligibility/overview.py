"""One set of facts, every programme: which are open, which nearly, which not, best chance first, and what each still wants.

Pure: facts and days in, standings out. Only mandatory findings count for a standing, as for the outcome of a decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.decision import FAIL, NEEDS_EVIDENCE, PASS, UNDETERMINED, Decision, Finding
from domain.field import Value
from domain.vocabulary import check_facts
from eligibility.decide import decide
from eligibility.evidence import name, where
from eligibility.programme import Programme, WantedPaper

OPEN = "open"
NEARLY = "nearly"
UNSETTLED = "unsettled"
CLOSED = "closed"
STATES: Mapping[str, str] = {OPEN: "可以申請", NEARLY: "接近符合", UNSETTLED: "資料還不夠", CLOSED: "目前不符合"}
"""Best first. Nothing failed in ``nearly`` and ``unsettled``; in ``nearly`` at least half of what was asked is already met, so that a
programme about which hardly anything is known does not look like a good chance."""

PAPER = "doc."


@dataclass(frozen=True)
class Standing:
    """Where an applicant stands with one programme. ``papers`` and ``fields`` are missing; ``papers`` are those of the programme's
    list, ``fields`` what the open mandatory findings name, papers of that list left out."""

    programme: Programme
    decision: Decision
    state: str
    met: tuple[Finding, ...]
    failed: tuple[Finding, ...]
    waiting: tuple[Finding, ...]
    judged: tuple[Finding, ...]
    papers: tuple[WantedPaper, ...]
    fields: tuple[str, ...]

    @property
    def asked(self) -> int:
        """How many mandatory conditions apply, as far as is known."""
        return len(self.met) + len(self.failed) + len(self.waiting) + len(self.judged)

    @property
    def share(self) -> float:
        """How much of what was asked is met, 0 to 1; 1 where nothing was asked."""
        return len(self.met) / self.asked if self.asked else 1.0

    def as_json(self) -> dict[str, Any]:
        """The decision in the form of DECIDING.md, with the standing beside it."""
        return {
            **self.decision.as_json(),
            "name": self.programme.name,
            "state": self.state,
            "met": [f.rule for f in self.met],
            "failed": [f.rule for f in self.failed],
            "waiting": [f.rule for f in self.waiting],
            "judged": [f.rule for f in self.judged],
            "missing_papers": [
                {"field": p.field, "name": p.name, "copies": p.copies, "seals": list(p.seals), "clause": p.clause} for p in self.papers
            ],
            "missing_fields": [{"field": f, "name": name(f), "where": where(f)} for f in self.fields],
        }


def overview(programmes: Iterable[Programme], facts: Mapping[str, Value], as_of: date | None, today: date) -> tuple[Standing, ...]:
    """Every programme's standing, ranked: by state, then by how few things are failed, how much is met, how little is missing; equals
    in the order given. The days are those of ``decide``. Raises UnknownField, BadValue."""
    return tuple(sorted((standing(p, facts, as_of, today) for p in programmes), key=_rank))


def standing(programme: Programme, facts: Mapping[str, Value], as_of: date | None, today: date) -> Standing:
    """One programme's standing. Raises UnknownField, BadValue."""
    decision = decide(programme, facts, as_of, today)
    mandatory = [f for f in decision.findings if f.mandatory]
    met, failed, waiting, judged = (
        tuple(f for f in mandatory if f.outcome == outcome) for outcome in (PASS, FAIL, NEEDS_EVIDENCE, UNDETERMINED)
    )
    papers = missing_papers(programme, facts)
    listed = {p.field for p in programme.papers}
    fields = tuple(dict.fromkeys(m for f in waiting for m in f.missing if m not in listed))
    return Standing(programme, decision, _state(met, failed, waiting, judged), met, failed, waiting, judged, papers, fields)


def missing_papers(programme: Programme, facts: Mapping[str, Value]) -> tuple[WantedPaper, ...]:
    """The papers that this applicant has to bring and that are not known to be there, nor the one that may stand in. A paper that is
    there but lacks a seal or copies is not missing: its rule says what it lacks. Raises UnknownField, BadValue."""
    known = check_facts(dict(facts))
    wanted = programme.papers_for(known)
    settled = {p.field for p in wanted if _there(known.get(p.field))}
    replaced = {p.instead_of for p in wanted if p.field in settled}
    replacing = {p.field for p in wanted if p.instead_of and _there(known.get(p.instead_of))}
    missing: dict[str, WantedPaper] = {}
    for p in wanted:
        if p.field not in settled | replaced | replacing:
            missing.setdefault(f"{p.field} {p.name}", p)
    return tuple(missing.values())


def _there(fact: Value) -> bool:
    return fact is True or (isinstance(fact, Mapping) and fact.get("present") is True)


def _state(met: tuple[Finding, ...], failed: tuple[Finding, ...], waiting: tuple[Finding, ...], judged: tuple[Finding, ...]) -> str:
    if failed:
        return CLOSED
    if not waiting and not judged:
        return OPEN
    return NEARLY if len(met) >= len(waiting) + len(judged) else UNSETTLED


def _rank(s: Standing) -> tuple[int, int, float, int]:
    return list(STATES).index(s.state), len(s.failed), -s.share, len(s.papers) + len(s.fields)
