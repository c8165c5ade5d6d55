"""Readings against truth, in READING's value forms: exact or not, accepted or not, in the right place or not; core fields count double.

Every judgement is kept as a record; figures are counted from the records afterwards, so that any cut of them can be asked for.
Papers that share a page with another are kept apart (``shared``), as the contract's scorer does.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from benchmarks.contract import CORE, FIELDS, UNKNOWN

EXTRA = "(not printed)"
_DASHES = r"[\s\-\u2010-\u2015\u2212]"
_POSTCODE = r"^[(\[]?\d{3,6}[)\]]?\s*"


@dataclass(frozen=True)
class Judged:
    """One value: what was printed (``EXTRA`` where nothing was) and what was read. ``placed`` None where the truth has no box;
    ``legible`` False where no person could read it any more."""

    file: str
    kind: str
    layout: str
    quality: str
    field: str
    wanted: Any
    got: Any
    right: bool
    status: str
    confidence: float
    placed: bool | None = None
    doubted: bool = False
    shared: bool = False
    witnesses: tuple[str, ...] = ()
    legible: bool = True

    @property
    def core(self) -> bool:
        return self.field in CORE[self.kind]

    @property
    def accepted(self) -> bool:
        return self.got is not None and self.status == "accepted"

    @property
    def silent(self) -> bool:
        """Would pass without a person, and is wrong."""
        return self.accepted and not self.right

    def passes(self, risk: float) -> bool:
        """Whether it would be accepted where a chance of ``risk`` to be wrong is allowed."""
        return self.got is not None and not self.doubted and 1 - self.confidence <= risk + 1e-9


@dataclass(frozen=True)
class Judgement:
    """One paper: its kind, and the kind that was seen (``None``: no document there). ``straight``: the kind is right, and every core
    value accepted and right."""

    file: str
    kind: str
    layout: str
    quality: str
    seen: str | None
    straight: bool
    shared: bool = False


@dataclass
class Outcome:
    """All judgements on the files read so far. ``invented``: documents of one of our kinds that are not there."""

    papers: list[Judgement] = field(default_factory=list)
    values: list[Judged] = field(default_factory=list)
    extras: list[Judged] = field(default_factory=list)
    bundles: int = 0
    bundles_right: int = 0
    pages: int = 0
    pages_right: int = 0
    invented: int = 0


def wilson(hits: int, of: int, z: float = 1.959964) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson); (0, 1) where nothing was counted."""
    if of == 0:
        return 0.0, 1.0
    p, d = hits / of, 1 + z * z / of
    middle, half = p + z * z / (2 * of), z * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    return max(0.0, (middle - half) / d), min(1.0, (middle + half) / d)


def same(name: str, wanted: Any, got: Any) -> bool:
    """Whether a value is the true one. Forgiven: width of Latin letters and digits, blanks beside Chinese characters, a postal code
    before an address, a missing check letter of a 保險證號. Nothing else: 台 is not 臺, "5" is not 5."""
    if isinstance(wanted, str) and isinstance(got, str):
        a, b = _plain(wanted), _plain(got)
        if name == "org.registered_address":
            a, b = (re.sub(_POSTCODE, "", x) for x in (a, b))
        if name == "ins.unit_no":
            a, b = (re.sub(_DASHES, "", x) for x in (a, b))
            return a == b or a[:8] == b
        return a == b
    return type(wanted) is type(got) and bool(wanted == got)


def _plain(text: str) -> str:
    narrow = "".join(unicodedata.normalize("NFKC", c) if "！" <= c <= "～" or c in "\u3000\u00a0" else c for c in text)
    return re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", re.sub(r"\s+", " ", narrow).strip())


def located(truth: Mapping[str, Any], reading: Mapping[str, Any]) -> bool:
    """Whether the reading's box lies where the value is printed: it covers 0.3 of the union, or its middle lies inside."""
    box = reading.get("box")
    if not (isinstance(box, list) and len(box) == 4):
        return False
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    for spot in (truth, *truth.get("alt", ())):
        true = spot.get("box")
        if not true or spot.get("page") != reading.get("page"):
            continue
        if _share(true, box) >= 0.3 or (true[0] <= x <= true[2] and true[1] <= y <= true[3]):
            return True
    return False


def _share(a: Sequence[float], b: Sequence[float]) -> float:
    w, h = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    if w <= 0 or h <= 0:
        return 0.0
    both = w * h
    return both / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - both)


def pair(wanted: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """Which document found stands for which paper: by pages in common, then by kind, then by equal values; each is taken once."""
    ranked = []
    for i, t in enumerate(wanted):
        for j, p in enumerate(found):
            mine, theirs = set(t["pages"]), set(p.get("pages") or ())
            if mine & theirs:
                equal = sum(same(n, f["value"], (p["fields"].get(n) or {}).get("value")) for n, f in t["fields"].items())
                ranked.append((len(mine & theirs) / len(mine | theirs), p["kind"] == t["kind"], equal, -i, -j))
    out: dict[int, int] = {}
    for *_, i, j in sorted(ranked, reverse=True):
        if -i not in out and -j not in out.values():
            out[-i] = -j
    return out


def judge(truth: Mapping[str, Any], documents: Sequence[Mapping[str, Any]], outcome: Outcome) -> None:
    """Judge what was found in one file (READING's documents; none where it was refused)."""
    wanted = truth["documents"]
    pairs = pair(wanted, documents)
    if not any(d.get("shared_page") for d in wanted):
        _pages(truth, documents, outcome)
        for j, document in enumerate(documents):
            if j not in pairs.values():
                outcome.invented += document["kind"] != UNKNOWN
                spare = {"kind": document["kind"], "layout": "", "quality": truth["quality"], "fields": {}}
                outcome.extras += _extras(truth["file"], spare, document["fields"], set(document["fields"]))
    for i, paper in enumerate(wanted):
        _paper(truth["file"], paper, documents[pairs[i]] if i in pairs else None, outcome)


def _pages(truth: Mapping[str, Any], documents: Sequence[Mapping[str, Any]], outcome: Outcome) -> None:
    if truth.get("bundle"):
        cut = [sorted(tuple(sorted(d.get("pages") or ())) for d in docs) for docs in (truth["documents"], documents)]
        outcome.bundles += 1
        outcome.bundles_right += cut[0] == cut[1]
    seen = {page: d["kind"] for d in documents for page in d.get("pages") or ()}
    for paper in truth["documents"]:
        outcome.pages += len(paper["pages"])
        outcome.pages_right += sum(seen.get(page, UNKNOWN) == paper["kind"] for page in paper["pages"])


def _paper(file: str, paper: Mapping[str, Any], document: Mapping[str, Any] | None, outcome: Outcome) -> None:
    kind, shared = paper["kind"], bool(paper.get("shared_page"))
    seen = document["kind"] if document else UNKNOWN if kind == UNKNOWN else None
    fields = document["fields"] if document else {}
    values = []
    for name, true in paper["fields"].items():
        reading = fields.get(name) or {}
        got = reading.get("value")
        if got is None and name in paper.get("optional", ()):
            continue
        right = got is not None and same(name, true["value"], got)
        placed = located(true, reading) if right and true.get("box") else None
        judged = _judged(file, paper, name, true["value"], reading, right, placed)
        values.append(replace(judged, legible=true.get("legible", True)))
    outcome.values += values
    if not shared:
        outcome.extras += _extras(file, paper, fields, set(FIELDS[kind]))
    straight = seen == kind and all(v.right and v.accepted for v in values if v.core)
    outcome.papers.append(Judgement(file, kind, paper["layout"], paper["quality"], seen, straight, shared))


def _extras(file: str, paper: Mapping[str, Any], fields: Mapping[str, Any], known: set[str]) -> list[Judged]:
    """Values read where nothing is printed; other field ids than the kind's own claim nothing."""
    return [_judged(file, paper, name, EXTRA, r, False, None) for name, r in fields.items()
            if name in known and name not in paper["fields"] and r.get("value") is not None]


def _judged(
    file: str, paper: Mapping[str, Any], name: str, wanted: Any, reading: Mapping[str, Any], right: bool, placed: bool | None
) -> Judged:
    return Judged(
        file, paper["kind"], paper["layout"], paper["quality"], name, wanted, reading.get("value"), right, reading.get("status", "absent"),
        float(reading.get("confidence") or 0.0), placed, bool(reading.get("doubts")), bool(paper.get("shared_page")),
        tuple(reading.get("witnesses", ())),
    )
