"""The kinds of paper, one file each. The folder is scanned once; an ill-formed file stops the start."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module

from domain.errors import DefinitionError, UnknownField
from domain.vocabulary import term
from extractors.kind import Kind


@cache
def load() -> Mapping[str, Kind]:
    """Every kind by id. Raises DefinitionError where a file of this folder does not define a kind as it must."""
    return {kind.id: kind for kind in (_kind(m.name) for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))}


def _kind(name: str) -> Kind:
    where = f"extractors/kinds/{name}.py"
    try:
        module = import_module(f"{__name__}.{name}")
    except (ImportError, TypeError, NameError, SyntaxError) as error:
        raise DefinitionError(where, f"cannot be imported: {error}", "mend the file") from error
    kind = getattr(module, "KIND", None)
    check(kind, name, where)
    assert isinstance(kind, Kind)
    return kind


def check(kind: object, name: str, where: str) -> None:
    """Raises DefinitionError unless ``kind`` is a well-formed kind for the file ``name``."""
    if not isinstance(kind, Kind):
        raise DefinitionError(where, "has no KIND of type Kind", "define KIND = Kind(...)")
    if kind.id != name:
        raise DefinitionError(where, f"KIND.id is {kind.id!r}", f"call it {name!r} as the file")
    if not kind.name or not kind.titles or not kind.fields:
        raise DefinitionError(where, "KIND has no name, no titles or no fields", "give at least one of each")
    for field, readers in kind.fields.items():
        try:
            term(field)
        except UnknownField as error:
            raise DefinitionError(where, f"{field!r} is not in the vocabulary", "add the line to domain/vocabulary.csv") from error
        if not readers or not all(callable(r) for r in readers):
            raise DefinitionError(where, f"{field!r} has no reader", "give at least one")
