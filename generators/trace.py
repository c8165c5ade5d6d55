"""Where each printed value came from, and the trace file beside each form (FILLING.md)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from domain.field import ACCEPTED, Computed, Entry, Fact, Origin, Read
from domain.form import FilledForm


def origin(fact: Fact) -> Origin:
    """The one origin that settles the fact: the last thing a person said, or else the first sure reading, or a computation."""
    entries = [o for o in fact.origins if isinstance(o, Entry)]
    if entries:
        return entries[0]
    if fact.origins and isinstance(fact.origins[0], Computed):
        return fact.origins[0]
    sure = [o for o in fact.origins if isinstance(o, Read) and o.status == ACCEPTED]
    return next(iter((*sure, *fact.origins)), Computed((fact.field,), "由所給資料"))


def save(forms: Sequence[FilledForm], out: Path) -> list[Path]:
    """Write ``<form>.docx`` and ``<form>.trace.json`` of each form into ``out``; the .docx files are returned."""
    out.mkdir(parents=True, exist_ok=True)
    files = []
    for form in forms:
        file = out / f"{form.form}.docx"
        file.write_bytes(form.docx)
        text = json.dumps(form.trace(), ensure_ascii=False, indent=1) + "\n"
        (out / f"{form.form}.trace.json").write_text(text, encoding="utf-8")
        files.append(file)
    return files
