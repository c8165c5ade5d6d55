"""A value that is a list of records, record by record: each cell under its name, and the ink that tells it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.field import Value
from intake.web import values
from intake.web.facts import FactView, Spot

REACH = 8
"""The ink of one record stands together: so many places at most lie between two of its values."""
FIRST = ("invoice_no", "amount")
"""What tells one record from others, and what people look at: its ink is looked for first."""


@dataclass(frozen=True)
class Line:
    """One record: (name, value as shown), and the places that say so."""

    cells: tuple[tuple[str, str], ...]
    spots: tuple[Spot, ...]


def lines(view: FactView) -> list[Line]:
    """The records of a value with their ink; nothing where the value is no list of records. Each place speaks for one record only."""
    heads, shown = values.table(view.id, view.value)
    rows = [v for v in view.value if isinstance(v, dict)] if isinstance(view.value, list) else []
    left = dict(enumerate(view.spots))
    out = []
    for row, cells in zip(rows, shown, strict=True):
        mine = _of(row, left)
        for place in mine:
            del left[place]
        said = tuple((h, c) for h, c in zip(heads, cells, strict=True) if c != values.UNKNOWN)
        out.append(Line(said, tuple(view.spots[place] for place in mine)))
    return out


def _of(row: Mapping[str, Any], left: Mapping[int, Spot]) -> list[int]:
    """The places that say a value of the record, at most one a value, all of them near the first."""
    found: list[int] = []
    for name in sorted(row, key=lambda k: FIRST.index(k) if k in FIRST else len(FIRST)):
        place = next((p for p, s in left.items() if p not in found and _near(p, found, left) and _says(s.text, row[name])), None)
        if place is not None:
            found.append(place)
    return found


def _near(place: int, found: list[int], left: Mapping[int, Spot]) -> bool:
    return not found or (abs(place - found[0]) <= REACH and left[place].paper == left[found[0]].paper)


def _says(text: str, value: Value) -> bool:
    if isinstance(value, bool) or value is None:
        return False
    plain = re.sub(r"\W", "", text)
    return re.sub(r"\D", "", text) == str(value) if isinstance(value, int) else bool(plain) and plain == re.sub(r"\W", "", str(value))

