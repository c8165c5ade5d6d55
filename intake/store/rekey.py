"""Blind re-keying: a random sample of values that were accepted without a person, keyed again by one who sees only the ink.

The sample is drawn with a seed out of all such values, each kind of paper in proportion. The same seed over the same values draws the
same sample.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.case import same
from domain.document import Box
from domain.errors import NotAllowed, NotFound
from domain.field import ACCEPTED, FileReading, Value
from intake import clock
from intake.people.person import Person
from intake.store.stops import case_stopped
from intake.store.tables import Account, CaseRow, PaperRow, PictureRow, ReadingRow
from intake.store.tables_rekey import RekeyItem, RekeyRound
from intake.store.views import DRAFT, READ

MACHINE, KEYED, NEITHER = "machine", "keyed", "neither"
VERDICTS = {MACHINE: "機器對", KEYED: "重鍵對", NEITHER: "都不對"}
"""Who was right where the two differ, once somebody has looked at both."""


@dataclass(frozen=True)
class Drawn:
    """A value that could be drawn."""

    case_id: int
    paper_id: int
    kind: str
    field: str
    page: int
    box: Box
    value: Value


@dataclass(frozen=True)
class ItemView:
    """One value of a round. ``keyed`` is whether somebody has keyed it; ``typed`` None then means that it could not be read."""

    id: int
    round: int
    place: int
    case: str
    paper_id: int
    kind: str
    field: str
    page: int
    box: Box
    machine: Value
    keyed: bool
    typed: Value
    agrees: bool | None
    verdict: str

    @property
    def right(self) -> bool:
        """Whether the machine was right, as far as is known: a difference nobody has looked into counts against it."""
        return bool(self.agrees) or self.verdict == MACHINE


@dataclass(frozen=True)
class RoundView:
    """A sample: ``size`` values out of ``population``; how many are keyed, could be read, and were right."""

    id: int
    seed: int
    size: int
    population: int
    by: str
    at: datetime
    keyed: int
    legible: int
    right: int


def population(session: Session, typable: Callable[[str], bool]) -> Iterator[Drawn]:
    """Every accepted value of the newest reading of each paper that was sent in, where its page has a picture; oldest paper first."""
    drawn = {(p, n) for p, n in session.execute(select(PictureRow.paper_id, PictureRow.page))}
    newest = select(func.max(ReadingRow.id)).group_by(ReadingRow.paper_id).scalar_subquery()
    rows = session.execute(
        select(PaperRow.case_id, PaperRow.id, ReadingRow.reading).join(ReadingRow, ReadingRow.paper_id == PaperRow.id)
        .join(CaseRow, CaseRow.id == PaperRow.case_id)
        .where(ReadingRow.id.in_(newest), PaperRow.state == READ, CaseRow.state != DRAFT,
               ~case_stopped(CaseRow.id)).order_by(PaperRow.id)
        .execution_options(yield_per=200))
    for case_id, paper_id, reading in rows:
        for paper in FileReading.from_json(reading).documents:
            for name, r in sorted(paper.fields.items()):
                if r.status == ACCEPTED and r.value is not None and (paper_id, r.page) in drawn and typable(name):
                    yield Drawn(case_id, paper_id, paper.kind, name, r.page, r.box, r.value)


def accepted(session: Session) -> int:
    """How many values were accepted without a person in what was sent in; those of them that can be keyed are the population."""
    newest = select(func.max(ReadingRow.id)).group_by(ReadingRow.paper_id).scalar_subquery()
    query = (select(func.sum(ReadingRow.accepted)).join(PaperRow, PaperRow.id == ReadingRow.paper_id)
             .join(CaseRow, CaseRow.id == PaperRow.case_id)
             .where(ReadingRow.id.in_(newest), PaperRow.state == READ, CaseRow.state != DRAFT, ~case_stopped(CaseRow.id)))
    return int(session.scalar(query) or 0)


def shares(sizes: Mapping[str, int], n: int) -> dict[str, int]:
    """How many of ``n`` each stratum gives: in proportion to its size, at least one where there are enough for all, never more than it
    has.

    >>> shares({"a": 90, "b": 9, "c": 1}, 10)
    {'a': 8, 'b': 1, 'c': 1}
    """
    total = sum(sizes.values())
    n = min(n, total)
    if n < len(sizes):
        largest = sorted(sizes, key=lambda k: (-sizes[k], k))
        return {k: int(k in largest[:n]) for k in sizes}
    out = {k: max(1, n * v // total) for k, v in sizes.items()}
    while sum(out.values()) != n:
        # the stratum that is furthest from its due gives or takes one
        over = sum(out.values()) > n
        free = [k for k in sizes if (out[k] > 1 if over else out[k] < sizes[k])]
        k = max(free, key=lambda k: ((out[k] - n * sizes[k] / total) * (1 if over else -1), k))
        out[k] += -1 if over else 1
    return out


def draw(session: Session, person: Person, size: int, seed: int, typable: Callable[[str], bool]) -> int:
    """Draw a sample and keep it; returns the round. Raises NotAllowed where there is nothing to draw."""
    by_kind: dict[str, list[Drawn]] = {}
    for one in population(session, typable):
        by_kind.setdefault(one.kind, []).append(one)
    if not by_kind:
        raise NotAllowed("a sample of nothing")
    dice = Random(seed)
    wanted = shares({k: len(v) for k, v in sorted(by_kind.items())}, size)
    sample = [one for kind, n in sorted(wanted.items()) for one in dice.sample(by_kind[kind], n)]
    dice.shuffle(sample)
    made = RekeyRound(seed=seed, size=len(sample), population=sum(map(len, by_kind.values())), account_id=person.id, at=clock.now())
    session.add(made)
    session.flush()
    session.add_all(RekeyItem(round_id=made.id, place=i, case_id=d.case_id, paper_id=d.paper_id, kind=d.kind, field=d.field, page=d.page,
                              box={"box": d.box.as_list()}, machine={"value": d.value}, keyed=None, agrees=None, account_id=None, at=None)
                    for i, d in enumerate(sample, 1))
    session.flush()
    return made.id


def rounds(session: Session) -> list[RoundView]:
    """Every round, newest first."""
    rows = session.execute(select(RekeyRound, Account.name).join(Account).order_by(RekeyRound.id.desc()))
    return [_round(r, name, items(session, r.id)) for r, name in rows]


def find(session: Session, round_id: int) -> RoundView:
    """Raises NotFound."""
    found = session.execute(select(RekeyRound, Account.name).join(Account).where(RekeyRound.id == round_id)).first()
    if found is None:
        raise NotFound("rekey", str(round_id))
    return _round(found[0], found[1], items(session, round_id))


def _round(r: RekeyRound, by: str, every: list[ItemView]) -> RoundView:
    legible = [i for i in every if i.agrees is not None]
    # values of cases that were deleted are gone: what is left is what there is to key
    return RoundView(r.id, r.seed, len(every), r.population, by, r.at, sum(i.keyed for i in every), len(legible),
                     sum(i.right for i in legible))


def items(session: Session, round_id: int) -> list[ItemView]:
    """The values of a round in the order in which they are keyed."""
    rows = session.execute(select(RekeyItem, CaseRow.number).join(CaseRow, CaseRow.id == RekeyItem.case_id)
                           .where(RekeyItem.round_id == round_id).order_by(RekeyItem.place))
    return [_item(r, number) for r, number in rows]


def item(session: Session, round_id: int, place: int) -> ItemView:
    """Raises NotFound."""
    found = next((i for i in items(session, round_id) if i.place == place), None)
    if found is None:
        raise NotFound("rekey", f"{round_id}/{place}")
    return found


def _item(r: RekeyItem, number: str) -> ItemView:
    return ItemView(r.id, r.round_id, r.place, number, r.paper_id, r.kind, r.field, r.page, Box(*r.box["box"]), r.machine["value"],
                    r.keyed is not None, r.keyed["value"] if r.keyed else None, r.agrees, r.verdict)


def key(session: Session, item_id: int, person: Person, value: Value) -> bool | None:
    """Keep what was keyed (None: it could not be read) and whether it agrees. Raises NotAllowed where it was keyed already: nobody
    keys again after having seen the machine's value."""
    row = _row(session, item_id)
    if row.keyed is not None:
        raise NotAllowed("keying a value twice")
    row.keyed, row.account_id, row.at = {"value": value}, person.id, clock.now()
    row.agrees = None if value is None else agree(row.machine["value"], value)
    session.flush()
    return row.agrees


def judge(session: Session, item_id: int, verdict: str) -> None:
    """Keep who was right. Raises NotAllowed where the two do not differ or ``verdict`` is none of VERDICTS."""
    row = _row(session, item_id)
    if verdict not in VERDICTS or row.agrees is not False:
        raise NotAllowed(f"the verdict {verdict!r}")
    row.verdict = verdict
    session.flush()


def _row(session: Session, item_id: int) -> RekeyItem:
    row = session.get(RekeyItem, item_id, with_for_update=True)
    if row is None:
        raise NotFound("rekey", str(item_id))
    return row


def agree(a: Value, b: Value) -> bool:
    """Whether two keyed values are the same; the order of a list counts, blanks and width do not."""
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(agree, a, b))
    return same(a, b)


@dataclass(frozen=True)
class Agreement:
    """Of ``n`` values that could be read, ``right`` were right."""

    name: str
    n: int
    right: int


def by(every: list[ItemView], what: Callable[[ItemView], str]) -> list[Agreement]:
    """The agreement of a round by field or by kind, the worst first."""
    legible = [i for i in every if i.agrees is not None]
    n, right = Counter(map(what, legible)), Counter(what(i) for i in legible if i.right)
    return sorted((Agreement(k, n[k], right[k]) for k in n), key=lambda a: (a.right / a.n, -a.n, a.name))
