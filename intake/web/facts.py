"""A case's facts as the desks show them: the value, the ink behind it, who agrees, why the machine doubts.

Facts that were read from the very same ink (one printed figure that answers two questions) are one ``FactView`` and are settled together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from domain import vocabulary
from domain.case import CaseFacts
from domain.document import Box
from domain.errors import BadValue, NotFound
from domain.field import REVIEW, Entry, Fact, Origin, Read, Value
from extractors import kinds
from intake.store import looks, repository
from intake.store.views import PaperView
from intake.web import values

WITNESS_WORDS = (
    ("text-layer", "文字層"), ("ocr:second", "第二引擎"), ("ocr", "OCR"), ("qr", "QR 碼"), ("bar-code", "條碼"),
    ("check:uniform-no", "檢查碼"),
    ("financial-numerals", "大寫"), ("closed-list", "代碼表"), ("same-paper", "同一份文件他處"), ("other-paper", "其他文件"),
    ("check:year", "年份合理"), ("check:range", "範圍合理"), ("check:sequence", "月份連續"), ("check:row-count", "列數相符"),
    ("check:", "算式相符"), ("label", "欄名在旁"), ("sole", "全頁唯一"), ("row", "同一列"),
    ("form", "格式特有"), ("apart", "其他的各在別欄"), ("paired", "成對"), ("complete", "月份只有這些"),
    ("largest", "全頁最大"), ("first", "全頁最前"),
)
"""How a witness is called on the screen: the first whose beginning fits."""

ALONE = "只有一次讀取，沒有其他佐證，請對照文件。"
"""The reason of a doubt that states none."""

KIND_WORDS = {**{k.id: k.name for k in kinds.load().values()}, "unknown": "認不出的文件"}
"""What a kind of paper is called on the screen."""


MENDED, ADOPTED = "看過文件後更正", "看過文件，採用申請人的更正"
"""Why a value was entered by somebody who looked at the ink and took something else: what they typed, what the applicant says."""

WIDE = 3.0
"""A crop is at least so many times as wide as it is high, where the page allows."""


@dataclass(frozen=True)
class Spot:
    """A place on a page, with what is needed to cut it out of the page's picture. ``width`` 0: no picture is stored yet. ``doubts``: why
    its reading was not taken by itself; () where it was."""

    paper: int
    file: str
    kind: str
    page: int
    box: Box
    text: str
    width: int
    height: int
    turned: int = 0
    doubts: tuple[str, ...] = ()

    @property
    def transform(self) -> str:
        """What turns the picture upright, as an SVG transform; "" where it is so."""
        return {90: f"translate({self.height} 0) rotate(90)", 180: f"translate({self.width} {self.height}) rotate(180)",
                270: f"translate(0 {self.width}) rotate(270)"}.get(self.turned, "")

    @property
    def view(self) -> str:
        """The part of the upright picture to show, as an SVG viewBox in pixels: the ink with some of what stands around it."""
        b = self.box
        box = {90: Box(1 - b.bottom, b.left, 1 - b.top, b.right), 180: Box(1 - b.right, 1 - b.bottom, 1 - b.left, 1 - b.top),
               270: Box(b.top, 1 - b.right, b.bottom, 1 - b.left)}.get(self.turned, b)
        width, height = (self.height, self.width) if self.turned in (90, 270) else (self.width, self.height)
        around = box.grown(max(0.04, box.width * 0.35), max(0.016, min(0.03, box.height * 0.9)))
        wide = min(1.0, WIDE * around.height * height / width)
        if wide > around.width:
            # near an edge of the page the window moves inwards and stays as wide
            left = min(max(0.0, around.centre[0] - wide / 2), 1.0 - wide)
            around = Box(left, around.top, left + wide, around.bottom)
        return " ".join(f"{v:.0f}" for v in (around.left * width, around.top * height,
                                             max(1.0, around.width * width), max(1.0, around.height * height)))

    @property
    def sheet(self) -> str:
        """The whole upright page, as an SVG viewBox in pixels."""
        return f"0 0 {self.height} {self.width}" if self.turned in (90, 270) else f"0 0 {self.width} {self.height}"

    @property
    def rect(self) -> dict[str, str]:
        """The ink's own rectangle in pixels of the picture as displayed."""
        b = self.box.grown(0.004, 0.003)
        return {"x": f"{b.left * self.width:.0f}", "y": f"{b.top * self.height:.0f}",
                "width": f"{b.width * self.width:.0f}", "height": f"{b.height * self.height:.0f}"}


@dataclass(frozen=True)
class Side:
    """One of several values that contradict each other, with the places that say so; ``by`` is the applicant where it is their word."""

    value: Value
    shown: str
    box: str
    spots: tuple[Spot, ...]
    by: str = ""


@dataclass(frozen=True)
class FactView:
    """One thing to show or to settle. ``fields`` are settled together; the first names it."""

    fields: tuple[str, ...]
    label: str
    kind: str
    value: Value
    shown: str
    box: str
    doubtful: bool
    spots: tuple[Spot, ...]
    witnesses: tuple[str, ...]
    doubts: tuple[str, ...]
    sides: tuple[Side, ...] = ()
    entered: tuple[Entry, ...] = ()
    order: tuple[float, ...] = field(default=(), compare=False)

    @property
    def id(self) -> str:
        return self.fields[0]

    @property
    def held(self) -> bool:
        """Whether the applicant has said what they had to say, against sure ink, and the office decides."""
        return bool(self.sides) and bool(self.sides[0].by)

    @property
    def open(self) -> bool:
        """Whether the applicant still has to look."""
        return self.doubtful and not self.held

    @property
    def overruled(self) -> bool:
        """Whether a person's word stands although the papers were read to say something else."""
        if not self.entered or not self.spots or self.value is None:
            return False
        word = self.entered[0]
        return word.why in (MENDED, ADOPTED) or (word.confirms is None and not any(_says(self.id, s.text, self.value) for s in self.spots))

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """The choices of the vocabulary as (value, words)."""
        known = vocabulary.terms().get(self.id)
        return tuple((c, values.word(self.id, c)) for c in known.choices) if known else ()


def views(session: Session, case_id: int, facts: CaseFacts) -> list[FactView]:
    """Every fact that a paper or a person gave, in the order of the eye: paper by paper, page by page, from the top."""
    cut = _Cut(session, repository.papers(session, case_id))
    sides = {c.field: tuple(_side(c.field, v, os, cut) for v, os in c.values) for c in facts.conflicts}
    return sorted((_view(group, sides, cut) for group in looks.questions(facts)), key=lambda v: v.order)


def _side(field: str, value: Value, origins: Sequence[Origin], cut: _Cut) -> Side:
    claim = next((o.by for o in origins[:1] if isinstance(o, Entry) and o.claimed), "")
    return Side(value, values.shown(field, value), values.box(field, value), cut.spots(origins), claim)


def _says(field: str, text: str, value: Value) -> bool:
    """Whether a text that was read says the value."""
    try:
        return bool(values.typed(field, text) == value)
    except BadValue:
        return False


def _view(group: list[Fact], sides: Mapping[str, tuple[Side, ...]], cut: _Cut) -> FactView:
    fact = group[0]
    reads = _reads(fact)
    spots = cut.spots(reads)
    first = reads[0] if reads else None
    order = cut.order(first) if first else (9e9,)
    return FactView(
        fields=tuple(f.field for f in group), label=values.label(fact.field), kind=looks.kind_of(fact.field), value=fact.value,
        shown=values.shown(fact.field, fact.value), box=values.box(fact.field, fact.value),
        doubtful=looks.doubtful(group), spots=spots,
        witnesses=tuple(dict.fromkeys(witness(w) for r in _taken(reads) for w in r.witnesses)),
        doubts=_doubts(fact, reads),
        sides=sides.get(fact.field, ()), entered=tuple(o for o in fact.origins if isinstance(o, Entry)),
        order=order,
    )


def _reads(fact: Fact) -> list[Read]:
    """The readings behind a fact; what a person looked at when they entered the value that counts comes first."""
    reads = [o for o in fact.origins if isinstance(o, Read)]
    first = fact.origins[0]
    seen = first.confirms if isinstance(first, Entry) else None
    return [seen, *(r for r in reads if r != seen)] if seen is not None else reads


def _taken(reads: Sequence[Read]) -> Sequence[Read]:
    """Those that were taken by themselves, else all: what speaks for a value that was put aside speaks for nothing."""
    return [r for r in reads if r.status != REVIEW] or reads


def _doubts(fact: Fact, reads: Sequence[Read]) -> tuple[str, ...]:
    """Why a person must look; nothing where nobody must."""
    if fact.status != REVIEW:
        return ()
    return tuple(dict.fromkeys([*fact.notes, *(d for r in reads for d in r.doubts)])) or (ALONE,)


def witness(name: str) -> str:
    """The screen's word for a witness; its own name where there is none."""
    return next((w for begin, w in WITNESS_WORDS if name.startswith(begin)), name)


class _Cut:
    """Finds the paper and the stored picture behind an origin; looks each picture up once."""

    def __init__(self, session: Session, papers: Iterable[PaperView]) -> None:
        self.session = session
        self.papers = {p.sha256: (i, p) for i, p in enumerate(papers)}
        self.sizes: dict[tuple[int, int], tuple[int, int, int]] = {}

    def spots(self, origins: Iterable[Any]) -> tuple[Spot, ...]:
        return tuple(s for o in origins if isinstance(o, Read) and (s := self.spot(o)) is not None)

    def spot(self, read: Read) -> Spot | None:
        if read.document not in self.papers:
            return None
        paper = self.papers[read.document][1]
        width, height, turned = self._size(paper.id, read.page)
        return Spot(paper.id, paper.name, KIND_WORDS.get(read.kind, read.kind), read.page, read.box, read.text, width, height, turned,
                    read.doubts if read.status == REVIEW else ())

    def _size(self, paper: int, page: int) -> tuple[int, int, int]:
        if (paper, page) not in self.sizes:
            try:
                picture = repository.picture(self.session, paper, page)
                self.sizes[paper, page] = (picture.width, picture.height, picture.turned)
            except NotFound:
                self.sizes[paper, page] = (0, 0, 0)
        return self.sizes[paper, page]

    def order(self, read: Read) -> tuple[float, ...]:
        at = self.papers[read.document][0] if read.document in self.papers else 9e8
        return (at, read.page, round(read.box.top, 2), read.box.left)


def spots(session: Session, case_id: int, origins: Iterable[Any]) -> tuple[Spot, ...]:
    """The ink of those origins that were read from the papers of the case."""
    return _Cut(session, repository.papers(session, case_id)).spots(origins)


def spots_of(session: Session, case_id: int, facts: CaseFacts, fields: Iterable[str]) -> dict[str, tuple[Spot, ...]]:
    """The ink behind some facts, for the page of the decision."""
    cut = _Cut(session, repository.papers(session, case_id))
    return {f: cut.spots(facts.facts[f].origins) for f in fields if f in facts.facts}
