"""A programme is a folder: programme.yaml (clauses, papers, forms), parameters.yaml, rules.py, cases.yaml and, where
it has a procedure, workflow.yaml.

The folder is named after the programme with _ for -; rules may stand in several files ``rules*.py``. Each public function defined there
is the rule of the same name in programme.yaml, with - for _. Folders are scanned once; an ill-formed one stops the start.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from domain.errors import UnknownProgramme
from domain.field import Value
from eligibility import check
from eligibility.parameters import Parameter
from eligibility.rule import Rule
from eligibility.steps import OnlyIf, Workflow

HOME = Path(__file__).parent / "programmes"
APART = frozenset({"intake"})
"""Checks that belong to every case and to no programme: loaded by ``intake_checks``, not offered as a programme."""
OF_EVERY_CASE = "intake."
"""How the ids of those checks begin; they stand after the programme's own findings in each decision."""


@dataclass(frozen=True)
class WantedPaper:
    """A paper that the programme asks for. ``form`` is original, copy or "" (as uploaded); ``kinds`` are the kinds of READING.md
    that satisfy it; ``age`` says in Chinese how old it may be; ``instead_of`` names the paper that it may replace."""

    field: str
    name: str
    copies: int
    form: str
    seals: tuple[str, ...]
    age: str
    kinds: tuple[str, ...]
    why: str
    clause: str
    only_if: OnlyIf
    instead_of: str = ""

    def wanted_for(self, facts: Mapping[str, Value]) -> bool:
        """Whether this applicant has to bring it, as far as is known."""
        return self.only_if.holds(facts)


@dataclass(frozen=True)
class WantedForm:
    """A form that the programme asks for. ``once_drawn``: only when a template for it exists."""

    id: str
    only_if: OnlyIf
    once_drawn: bool = False


@dataclass(frozen=True)
class Programme:
    """A programme as loaded. ``edition`` is the hash of its folder, so that a decision can be asked again. ``applied_for`` is false for
    a standard, which is asked but for which nobody hands in an application."""

    id: str
    name: str
    summary: str
    applicants: str
    rules: tuple[Rule, ...]
    parameters: Mapping[str, Parameter]
    papers: tuple[WantedPaper, ...]
    forms: tuple[WantedForm, ...]
    edition: str
    folder: Path
    workflow: Workflow = Workflow()
    applied_for: bool = True

    def forms_for(self, facts: Mapping[str, Value], drawn: Collection[str] | None = None) -> tuple[str, ...]:
        """The forms this applicant needs. ``drawn`` are the ids of the forms that exist as templates; unless given, those that wait
        for their template are left out."""
        return tuple(f.id for f in self.forms if f.only_if.holds(facts) and (f.id in drawn if drawn is not None else not f.once_drawn))

    def papers_for(self, facts: Mapping[str, Value]) -> tuple[WantedPaper, ...]:
        """The papers this applicant has to bring, as far as is known."""
        return tuple(p for p in self.papers if p.wanted_for(facts))


def read(folder: Path) -> Programme:
    """The programme in ``folder``. Raises DefinitionError with the first mistake (``check.mistakes`` gives them all)."""
    draft, mistakes = check.draft(folder)
    if mistakes or draft is None:
        raise mistakes[0]
    data = draft.data
    return Programme(
        data["id"],
        data["name"],
        data["summary"],
        data.get("applicants", ""),
        draft.rules,
        draft.parameters,
        tuple(_paper(p) for p in data.get("papers") or ()),
        tuple(_form(f) for f in data.get("forms") or ()),
        edition(folder),
        folder,
        draft.workflow,
        data.get("applied_for", True) is not False,
    )


def edition(folder: Path) -> str:
    """The hash of the folder's files: names and bytes, without caches."""
    digest = hashlib.sha256()
    for file in sorted(f for f in folder.iterdir() if f.suffix in (".yaml", ".py")):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _paper(p: Mapping[str, Any]) -> WantedPaper:
    return WantedPaper(
        p["field"],
        p["name"],
        p.get("copies", 1),
        p.get("form", ""),
        tuple(p.get("seals", ())),
        p.get("age", ""),
        tuple(p.get("kinds", ())),
        p.get("why", ""),
        p.get("clause", ""),
        OnlyIf.of(p),
        p.get("instead_of", ""),
    )


def _form(f: Mapping[str, Any]) -> WantedForm:
    return WantedForm(f["id"], OnlyIf.of(f), f.get("once_drawn", False))


@cache
def load() -> Mapping[str, Programme]:
    """Every programme by id. Raises DefinitionError for the first ill-formed folder."""
    return _scan(lambda name: name not in APART)


@cache
def intake_checks() -> Programme:
    """The checks that belong to every case, in the form of a programme."""
    return _scan(lambda name: name in APART)["intake"]


def _scan(wanted: Callable[[str], bool]) -> Mapping[str, Programme]:
    found = [read(f) for f in sorted(HOME.iterdir()) if (f / "programme.yaml").exists() and wanted(f.name)]
    return {p.id: p for p in found}


def find(programme: str) -> Programme:
    """Raises UnknownProgramme."""
    try:
        return load()[programme]
    except KeyError:
        raise UnknownProgramme(programme, sorted(load())) from None
