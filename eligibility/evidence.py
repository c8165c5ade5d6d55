"""Which paper, register or person gives a fact, in words for people (evidence.csv). A field without a line has none."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def sources() -> Mapping[str, str]:
    """Field id to the name of its source."""
    text = files("eligibility").joinpath("evidence.csv").read_text(encoding="utf-8")
    return {r["field"]: r["source"] for r in csv.DictReader(text.splitlines())}


def where(field: str) -> str:
    """The source of ``field``, or "" where none is known."""
    return sources().get(field, "")
