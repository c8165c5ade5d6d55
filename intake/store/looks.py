"""What a person is asked to look at: facts that are one question, since one press settles them, are counted once, on every page alike."""

from __future__ import annotations

from typing import Any

from domain import vocabulary
from domain.case import CaseFacts
from domain.field import REVIEW, Computed, Entry, Fact, Read

ROWS = "rows"
"""What the values of a group of records are, which have no type in the vocabulary."""


def kind_of(field: str) -> str:
    """The vocabulary type of ``field``, ``rows`` for a group of records."""
    return ROWS if field in vocabulary.groups() else vocabulary.term(field).type


def questions(facts: CaseFacts) -> list[list[Fact]]:
    """The facts that a paper or a person gave, those together that have the same type and value and stand in the same places."""
    groups: dict[Any, list[Fact]] = {}
    for fact in facts.facts.values():
        if fact.origins and not isinstance(fact.origins[0], Computed) and not fact.field.startswith("doc."):
            groups.setdefault(_ink(fact), []).append(fact)
    return list(groups.values())


def doubtful(group: list[Fact]) -> bool:
    """Whether somebody must look before any of the facts may be used."""
    return any(f.status == REVIEW for f in group)


def doubts(facts: CaseFacts) -> int:
    """How many questions wait for a person."""
    return sum(map(doubtful, questions(facts)))


def _ink(fact: Fact) -> Any:
    """What tells one question from another: the type, the value and the places it was read from."""
    first = fact.origins[0]
    reads = tuple((o.document, o.page, o.box) for o in fact.origins if isinstance(o, Read))
    return (fact.field,) if isinstance(first, Entry) or not reads else (kind_of(fact.field), repr(fact.value), reads)
