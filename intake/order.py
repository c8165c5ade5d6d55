"""In which order a programme wants the parts of a bundle, and what of them goes to the counter: copies, originals, seals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from domain.field import FileReading, Value
from eligibility.paper import ORIGINAL
from eligibility.programme import Programme, WantedPaper
from extractors import kinds
from generators.bundle import Form, Paper
from generators.cover import Bring

_FORM = re.compile(r"F\d{2}")
BOTH_SEALS = {"公司章", "負責人章"}
"""What an office calls 大小章."""


def parts(wanted: Programme, known: Mapping[str, Value], forms: Sequence[Form], files: Sequence[Path],
          readings: Mapping[str, FileReading], hashes: Mapping[Path, str]) -> list[Form | Paper]:
    """Forms and uploads in the order of the programme's list of papers. Forms that it does not name come before the first of them that it
    does, papers that it does not ask for last. ``readings`` by SHA-256, ``hashes`` the SHA-256 of each file."""
    asked = wanted.papers_for(known)
    kinds_of = {kind: i for i, paper in reversed(list(enumerate(asked))) for kind in paper.kinds}
    last = len(asked)
    ranked: list[tuple[int, Form | Paper]] = [(_place(f, asked), f) for f in forms]
    names = kinds.load()
    for path in files:
        reading = readings.get(hashes[path])
        found = [d.kind for d in reading.documents if d.kind in names] if reading else []
        title = "、".join(dict.fromkeys(names[k].name for k in found)) or "其他文件"
        place = min((kinds_of.get(k, last) for k in found), default=last + 1)
        ranked.append((place, Paper(path, f"{title}（{path.name}）")))
    return [part for _, part in sorted(ranked, key=lambda r: r[0])]


def _place(form: Form, asked: Sequence[WantedPaper]) -> int:
    """Which of the wanted papers this form is, filled: the one of its title, or else the first whose reason names its number."""
    titled = (i for i, p in enumerate(asked) if form.title and form.title in p.name)
    named = (i for i, p in enumerate(asked) if form.id in _FORM.findall(p.why))
    return next(titled, next(named, -1))


def bring(wanted: Programme, known: Mapping[str, Value]) -> tuple[Bring, ...]:
    """What this applicant hands in, in the programme's order."""
    return tuple(Bring(p.name, how(p)) for p in wanted.papers_for(known))


def how(paper: WantedPaper) -> str:
    """Copies and seals in an office's words: 正本 1 份，蓋大小章。"""
    kind = {ORIGINAL: "正本", "copy": "影本"}.get(paper.form, "")
    said = f"{kind} {paper.copies} 份".strip()
    sealed = _seals(paper.seals)
    aged = f"（{paper.age}）" if paper.age else ""
    return "，".join(filter(None, (said, sealed))) + aged


def _seals(seals: Iterable[str]) -> str:
    asked = list(seals)
    if not asked:
        return ""
    if set(asked) >= BOTH_SEALS:
        asked = ["大小章", *(s for s in asked if s not in BOTH_SEALS)]
    stamped, signed = [s for s in asked if not s.endswith("簽章")], [s for s in asked if s.endswith("簽章")]
    return "，".join(filter(None, ("蓋" + "、".join(stamped) if stamped else "", "、".join(signed))))
