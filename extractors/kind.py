"""What a kind of paper is: how it is recognised, which fields it has, how they are read and checked.

A kind is one file in ``extractors/kinds/`` that exposes ``KIND``; the folder is scanned, nothing else is edited.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from domain.document import Box
from domain.field import Value
from extractors.readers.ink import Ink, Paper, Sheet
from extractors.readers.values import Parser


@dataclass(frozen=True)
class Draft:
    """One reading of one field before it is weighed. ``value`` None: something is printed there but it is not of the form wanted.
    ``firm`` False marks a place that may agree but not contradict (a seal, a footer). ``witness`` names evidence that the place itself
    brings (``qr``, ``closed-list``). ``parts`` are the readings that a list is made of. ``labelled``: it stands right by a label of its
    own that was read without a slip. ``repaired`` names the witness (or the beginning of its name) whose rule chose this value among
    several readings of the ink: it is used up and vouches no more."""

    value: Value
    ink: Ink
    parser: Parser | None = None
    firm: bool = True
    witness: str = ""
    parts: tuple[Draft, ...] = ()
    labelled: bool = False
    repaired: str = ""


Reader = Callable[[Paper], Sequence[Draft]]


@dataclass
class Sketch:
    """One paper being read: every draft of every field, then what the checks say of them."""

    kind: str
    paper: Paper
    drafts: dict[str, list[Draft]]
    vouched: dict[str, set[str]] = field(default_factory=dict)
    doubted: dict[str, list[str]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def value(self, name: str) -> Value:
        """The value of the first draft that has one."""
        return next((d.value for d in self.drafts.get(name, ()) if d.value is not None), None)

    def number(self, name: str) -> int | None:
        value = self.value(name)
        return value if isinstance(value, int) else None

    def text(self, name: str) -> str | None:
        value = self.value(name)
        return value if isinstance(value, str) else None

    def vouch(self, witness: str, *names: str) -> None:
        for name in names:
            self.vouched.setdefault(name, set()).add(witness)

    def doubt(self, sentence: str, *names: str) -> None:
        for name in names:
            self.doubted.setdefault(name, []).append(sentence)


Check = Callable[[Sketch], None]
Sign = Callable[[Sheet], float]
"""How much something other than words speaks for a kind on one sheet, in the measure of a label's 1 and a title's 5: a bar code, figures
that stand as only this paper has them."""


@dataclass(frozen=True)
class Kind:
    """``name`` is what people call the paper; ``titles`` are words of its heading, any of which is strong evidence (longer before shorter);
    ``labels`` are weaker, each counts; ``against`` are words that speak against it. ``several`` tells whether a paper of this kind may
    have more than one page; ``small`` whether several may lie on one page, where one of ``alone``, words too short for a title, marks one
    that lies with papers of other kinds if it fills its line; two of ``first_page`` mark the page on which a paper begins.
    Without one of ``needs`` (where there are any), or with one of ``never``, a page is not of this kind.
    ``parts`` tells, by other evidence than titles, the part of a page that each of several small papers takes; ``goes_on`` whether a page
    that looks like a first one goes on with what the page before it holds."""

    id: str
    name: str
    titles: tuple[str, ...]
    labels: tuple[str, ...]
    fields: Mapping[str, Sequence[Reader]]
    checks: tuple[Check, ...] = ()
    against: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    first_page: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    signs: tuple[Sign, ...] = ()
    parts: Callable[[Sheet], Sequence[Box]] | None = None
    goes_on: Callable[[Sheet, Sheet], bool] | None = None
    several: bool = False
    small: bool = False
