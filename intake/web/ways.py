"""What would change an answer and until when it holds, computed anew from facts: nothing here is written by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.errors import BadValue, UnknownField
from domain.field import Value
from domain.vocabulary import term
from eligibility import programme as programmes
from eligibility.evidence import where
from eligibility.programme import Programme
from eligibility.rule import SUBMITTED
from eligibility.what_if import CHANGE, Change, Until, until, what_if
from intake.store.views import DecisionView


@dataclass(frozen=True)
class Way:
    """One change that would turn a rule. ``source`` is the paper, register or person that gives the fact, "" for the applicant's own
    choice of a day."""

    rule: str
    field: str
    sentence: str
    source: str


@dataclass(frozen=True)
class Ways:
    """``by_rule``: the single changes that would turn each rule; ``ends``: the days on which an answer ends, soonest first."""

    by_rule: Mapping[str, tuple[Way, ...]]
    ends: tuple[Until, ...] = ()

    @property
    def every(self) -> tuple[Way, ...]:
        """All changes, each sentence once."""
        once = {w.sentence: w for ways in self.by_rule.values() for w in ways}
        return tuple(once.values())


NONE = Ways({})


def ways(programme: Programme, facts: Mapping[str, Value], as_of: date | None, today: date) -> Ways:
    """The ways forward under one programme; the days are those of ``decide``. Raises UnknownField, BadValue."""
    grouped: defaultdict[str, list[Way]] = defaultdict(list)
    for change in what_if(programme, facts, as_of, today):
        if not _has_been(change):
            grouped[change.rule].append(_way(change))
    return Ways({rule: tuple(found) for rule, found in grouped.items()}, until(programme, facts, as_of or today, today))


def of_decision(found: DecisionView, today: date) -> Ways:
    """The ways forward from a kept decision and the facts that it was made from. None where the rules have changed since: what would
    turn them then may turn nothing now. Before the case is sent in, its answers end as if it were sent in today."""
    programme = programmes.load().get(found.programme)
    if programme is None or found.edition.partition("+")[0] != programme.edition:
        return NONE
    try:
        known = ways(programme, found.facts, None, found.as_of)
        return known if SUBMITTED in found.facts else Ways(known.by_rule, until(programme, found.facts, today, today))
    except (UnknownField, BadValue):
        # kept under a vocabulary that has changed since
        return NONE


def _has_been(change: Change) -> bool:
    """A change of a day that is known: nobody is founded on another day than they were."""
    return change.how == CHANGE and term(change.field).type == "date"


def _way(change: Change) -> Way:
    return Way(change.rule, change.field, change.sentence, "" if change.field == SUBMITTED else where(change.field))
