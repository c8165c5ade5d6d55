"""The facts of a case: what its papers say, merged, and what people entered.

The same fact from two papers is one fact with two origins; a contradiction is a conflict that names every place and has no value.
Papers speak in the field ids of READING.md; rules and forms ask in those of FIELDS.md: the bridge between them is here, once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from domain import identity, present
from domain.derived import derived
from domain.field import (
    ACCEPTED,
    REVIEW,
    DocumentReading,
    Entry,
    Fact,
    FileReading,
    Origin,
    Read,
    Value,
    origin_from_json,
)

LETTERS = ("company_approval_letter", "business_approval_letter")
REGISTRATIONS = ("company_registration_form", "business_registration_transcript", "registry_printout")
HEADCOUNTS = ("insured_headcount_table", "insurance_premium_bill", "insured_roster")

RENAMED: Mapping[str, Mapping[str, str]] = {
    **{kind: {"reg.approval_date": "reg.approval_letter_date", "reg.approval_no": "reg.approval_letter_no"} for kind in LETTERS},
    **{kind: {"hc.latest_count": "hc.insured_latest_count", "hc.latest_month": "hc.insured_latest_period"} for kind in HEADCOUNTS},
}
"""What a paper's field is called as a fact, where the two differ; the field's own id is kept beside it."""

CLAIM = "申請人更正的和文件不同，要由承辦人員看過"
"""The note of a fact that waits for the office since the applicant says another thing than their papers."""


Sides = tuple[tuple[Value, tuple[Origin, ...]], ...]


@dataclass(frozen=True)
class Conflict:
    """A contradiction between papers (or parts of one), or of the applicant with their papers: each value with what says so."""

    field: str
    values: Sides

    @property
    def claimed(self) -> bool:
        """Whether the applicant's own word is one of the sides; it is the first then."""
        return any(isinstance(o, Entry) and o.claimed for _, os in self.values[:1] for o in os[:1])

    def as_json(self) -> dict[str, Any]:
        """``claimed`` stands where it is so: the first value is the applicant's own word, which waits for the office."""
        sides = [{"value": v, "origins": [o.as_json() for o in os]} for v, os in self.values]
        return {"field": self.field, "values": sides, **({"claimed": True} if self.claimed else {})}


@dataclass(frozen=True)
class CaseFacts:
    """All that a case knows. ``known()`` is what rules may use: accepted facts only, and ``about``, the facts ``case.*`` of what its
    papers say of each other, which nobody states and no form prints."""

    facts: Mapping[str, Fact] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    about: Mapping[str, Value] = field(default_factory=dict)

    def known(self) -> dict[str, Value]:
        return {**{k: f.value for k, f in self.facts.items() if f.status == ACCEPTED and f.value is not None}, **self.about}

    def doubtful(self) -> dict[str, Fact]:
        return {k: f for k, f in self.facts.items() if f.status == REVIEW}

    def as_json(self) -> dict[str, Any]:
        """facts.json of FILLING.md: the known facts, and beside them the conflicts, the doubtful values and every origin."""
        return {
            **self.known(),
            "conflicts": [c.as_json() for c in self.conflicts],
            "review": {k: {"value": f.value, "origins": [o.as_json() for o in f.origins]} for k, f in self.doubtful().items()},
            "origins": {k: [o.as_json() for o in f.origins] for k, f in self.facts.items() if f.status == ACCEPTED},
        }


def from_facts(data: Mapping[str, Any], known: Mapping[str, Value], source: str, at: datetime) -> CaseFacts:
    """The facts of a facts file (``known``: its checked facts). Where the file is a case's own facts.json, the origins, doubts and
    conflicts written beside the facts come back; a fact without one is an entry by whoever gave the file ``source`` at ``at``.

    Raises KeyError or ValueError where the companions are not of the form that ``CaseFacts.as_json`` writes."""
    facts: dict[str, Fact] = {}
    about = {k: v for k, v in known.items() if k.startswith(identity.ABOUT)}
    for name, value in ((k, v) for k, v in known.items() if k not in about):
        told = tuple(origin_from_json(name, value, o) for o in data.get("origins", {}).get(name, ()))
        facts[name] = Fact(name, value, told or (Entry(name, value, source, at, "由事實檔提供"),))
    for name, doubt in data.get("review", {}).items():
        if name not in facts:
            told = tuple(origin_from_json(name, doubt["value"], o) for o in doubt["origins"])
            facts[name] = Fact(name, doubt["value"], told, REVIEW)
    conflicts = tuple(_conflict_from_json(c) for c in data.get("conflicts", ()) if c["field"] not in known)
    return CaseFacts(facts | derived(facts), conflicts, about)


def _conflict_from_json(data: Mapping[str, Any]) -> Conflict:
    sides = [(v["value"], tuple(origin_from_json(data["field"], v["value"], o) for o in v["origins"])) for v in data["values"]]
    if data.get("claimed") is True and sides:
        value, told = sides[0]
        sides[0] = value, tuple(replace(o, claimed=True) if isinstance(o, Entry) and not i else o for i, o in enumerate(told))
    return Conflict(data["field"], tuple(sides))


def same(a: Value, b: Value) -> bool:
    """Whether two papers say the same: text is compared without blanks, in one width, with 台 as 臺. The printed form is kept."""
    return bool(_folded(a) == _folded(b))


def _folded(value: Value) -> Any:
    return identity.folded(value) if isinstance(value, str) else value


class Said(NamedTuple):
    """One value as one paper states it; ``day`` is the day as at which a registry paper speaks."""

    value: Value
    read: Read
    day: str | None = None


def merge(files: Sequence[FileReading], entries: Iterable[Entry] = (), looked_up: Iterable[Entry] = (), account: str = "") -> CaseFacts:
    """Merge what the papers say, what registers answered (``looked_up``, by the register's name) and what people entered; a person's
    entry settles a fact, and the readings stay as its origins. What stands on a paper that seems to be another firm's is in doubt until
    a person has looked, and so is what a register contradicts, and what the applicant claims against papers that leave no doubt.
    ``account`` is the number under which the applicant came, "" where none is known."""
    entries = tuple(entries)
    applicant = identity.owner(files, entries, account)
    about = identity.about(files, applicant)
    files = _doubting_foreign(files, applicant)
    said: dict[str, list[Said]] = {}
    for sha, paper in present.papers(files):
        day = identity.as_at(paper)
        for name, value, read in _spoken(sha, paper):
            said.setdefault(name, []).append(Said(value, read, day))
    _keep_latest_month(said)
    facts: dict[str, Fact] = {}
    conflicts: list[Conflict] = []
    for name, pairs in said.items():
        fact, conflict = _agreed(name, pairs)
        facts[name] = fact
        if conflict:
            conflicts.append(conflict)
    facts |= present.listed(files) | present.purchases(files)
    for told in looked_up:
        facts[told.field], conflict = _beside(facts.get(told.field), told)
        conflicts = [*(c for c in conflicts if c.field != told.field or conflict is None), *([conflict] if conflict else [])]
    grounds = {f: g for f in facts if (g := _ground(facts[f], next((c for c in conflicts if c.field == f), None)))}
    for entry in entries:
        name, before = entry.field, facts.get(entry.field)
        conflicts = [c for c in conflicts if c.field != name]
        ground = grounds.get(name, ())
        if before and entry.claimed and entry.value is not None and ground and not any(same(v, entry.value) for v, _ in ground):
            facts[name] = Fact(name, None, (entry, *before.origins), REVIEW, (CLAIM,))
            conflicts.append(Conflict(name, ((entry.value, (entry,)), *ground)))
        else:
            facts[name] = _entered(before, entry)
            if ground and not entry.claimed:
                grounds[name] = ((entry.value, facts[name].origins),)
    facts |= derived(facts)
    doubtful = sorted(k for k, f in facts.items() if f.status == REVIEW)
    return CaseFacts(facts, tuple(conflicts), {**about, **({"case.doubtful_fields": doubtful} if doubtful else {})})


def _doubting_foreign(files: Sequence[FileReading], applicant: identity.Owner) -> list[FileReading]:
    """The files with every value of another firm's papers put in doubt."""
    return [replace(f, documents=tuple(_doubted(d, why) if (why := identity.foreign(d, applicant)) else d for d in f.documents))
            for f in files]


def _doubted(paper: DocumentReading, why: str) -> DocumentReading:
    return replace(paper, fields={k: replace(r, status=REVIEW, doubts=(*r.doubts, why)) for k, r in paper.fields.items()}, foreign=True)


def _spoken(sha: str, paper: DocumentReading) -> Iterable[tuple[str, Value, Read]]:
    """The facts that one paper states, under the ids that rules and forms ask for."""
    for name, r in paper.fields.items():
        read = Read(sha, r.page, r.box, r.text, r.status, paper.kind, r.witnesses, r.doubts)
        if paper.kind in present.INVOICES:
            continue  # invoices speak as purchases
        renamed = RENAMED.get(paper.kind, {}).get(name)
        if renamed is None or paper.kind in HEADCOUNTS:
            yield name, r.value, read
        if renamed is not None:
            yield renamed, r.value, read
    yield from _dated(sha, paper)


def _dated(sha: str, paper: DocumentReading) -> Iterable[tuple[str, Value, Read]]:
    """A registration form approved as 設立 gives the founding date, one approved as 變更 the last change; so does a letter of change."""
    kind, when = paper.fields.get("reg.form_kind"), paper.fields.get("reg.approval_date")
    if kind is None or when is None or kind.value is None:
        return
    status = ACCEPTED if kind.status == when.status == ACCEPTED else REVIEW
    read = Read(sha, when.page, when.box, when.text, status, paper.kind, when.witnesses, when.doubts)
    if kind.value == "設立" and paper.kind == "company_registration_form":
        yield "org.founding_date", when.value, read
    elif kind.value == "變更":
        yield "org.last_change_date", when.value, read


def _keep_latest_month(said: dict[str, list[Said]]) -> None:
    """Head counts of different months do not contradict each other: only the papers of the latest month speak for the latest count."""
    for month_field, count_field in (("hc.insured_latest_period", "hc.insured_latest_count"), ("hc.latest_month", "hc.latest_count")):
        months = [(v, r) for v, r, _ in said.get(month_field, ()) if v is not None]
        if not months:
            continue
        latest = max(v for v, _ in months)
        older = {(r.document, r.kind) for v, r in months if v != latest}
        current = {(r.document, r.kind) for v, r in months if v == latest}
        for name in (month_field, count_field):
            if name in said:
                said[name] = [s for s in said[name] if (s.read.document, s.read.kind) not in older
                              or (s.read.document, s.read.kind) in current]


def _agreed(name: str, said: Sequence[Said]) -> tuple[Fact, Conflict | None]:
    """One fact of all that was said. Accepted readings rule; where they differ there is no value, unless one stands in a later edition
    of the registry. Readings in doubt that differ from an accepted one are kept as origins with a note. Two files that agree, each in
    doubt for want of a witness, are each other's witness."""
    sure = [s for s in said if s.read.status == ACCEPTED and s.value is not None]
    groups: list[list[Said]] = []
    for one in sure or [s for s in said if s.value is not None]:
        for group in groups:
            if same(group[0].value, one.value):
                group.append(one)
                break
        else:
            groups.append([one])
    origins: tuple[Origin, ...] = tuple(s.read for s in said)
    if not groups:
        return Fact(name, None, origins, REVIEW, ("看不清楚",)), None
    if len(groups) > 1:
        latest = _latest_edition(name, groups)
        if sure and latest is not None:
            told = (f"各份登記不同，以 {latest.day} 的登記為準",)
            return Fact(name, latest.value, _agreeing_first(said, latest.value), ACCEPTED, told), None
        sides = tuple((g[0].value, tuple(s.read for s in g)) for g in groups)
        return Fact(name, None, origins, REVIEW, ("文件之間不一致",)), Conflict(name, sides)
    if not sure and _vouch(groups[0]):
        return Fact(name, groups[0][0].value, origins, ACCEPTED, ("兩份文件相同",)), None
    return Fact(name, groups[0][0].value, _agreeing_first(said, groups[0][0].value), ACCEPTED if sure else REVIEW), None


def _agreeing_first(said: Sequence[Said], value: Value) -> tuple[Origin, ...]:
    """The readings of a value, those that say so before those in doubt that do not: the first is the ink that people are shown."""
    return tuple(s.read for s in sorted(said, key=lambda s: s.value is None or not same(s.value, value)))


def _latest_edition(name: str, groups: Sequence[Sequence[Said]]) -> Said | None:
    """The value of the registry's latest edition, where every side is a dated registry paper and one is later than all others."""
    if name not in identity.REGISTERED or any(s.day is None for g in groups for s in g):
        return None
    newest = sorted(((max(s.day or "" for s in g), i) for i, g in enumerate(groups)), reverse=True)
    return None if newest[0][0] == newest[1][0] else max(groups[newest[0][1]], key=lambda s: s.day or "")


def _vouch(group: Sequence[Said]) -> bool:
    """Whether papers of two files say the same with nothing against them but that no witness was found."""
    return len({s.read.document for s in group if not s.read.doubts}) > 1


def _beside(before: Fact | None, told: Entry) -> tuple[Fact, Conflict | None]:
    """A register's answer beside what is known: alone it is the fact, agreeing it is one origin more, differing it is a contradiction."""
    if before is None:
        return Fact(told.field, told.value, (told,)), None
    origins = (*before.origins, told)
    if before.value is None or same(before.value, told.value):
        return replace(before, origins=origins), None
    return Fact(told.field, None, origins, REVIEW, (f"與{told.by}不一致",)), Conflict(
        told.field, ((before.value, before.origins), (told.value, (told,))))


def _ground(fact: Fact, conflict: Conflict | None) -> Sides:
    """What the ink says for sure: one value, or several that contradict each other; nothing where all of it is in doubt."""
    sides = conflict.values if conflict else ((fact.value, fact.origins),) if fact.status == ACCEPTED and fact.value is not None else ()
    sure = all(any(isinstance(o, Read) and (o.status == ACCEPTED or conflict is None) for o in os) for _, os in sides)
    return sides if sure else ()


def _entered(before: Fact | None, entry: Entry) -> Fact:
    origins = (entry, *(before.origins if before else ()))
    return Fact(entry.field, entry.value, origins, ACCEPTED if entry.value is not None else REVIEW)
