"""Where a value stands, said in the words of the paper: Beside("統一編號"), Below("總計"), Matching(...), Coded(...).

Each is a reader: called with a paper it gives drafts, best first. A value is looked for behind its label in the same line, then in
the cell to the right (or below), then in the row to the right; a place whose ink is not of the form wanted gives a draft without value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from domain.document import OCR, Code
from domain.field import Value
from extractors.kind import Draft, Reader
from extractors.readers.ink import Ink, Paper, Sheet
from extractors.readers.labels import Hit, distance, find_in, folded, hits
from extractors.readers.spots import Tail, below, continued, right, with_next
from extractors.readers.values import Found, Parser
from extractors.readers.words import is_label


@dataclass(frozen=True)
class Beside:
    """The value to the right of one of the ``labels`` (tried in order). ``skip`` are texts between label and value (中文); ``stop`` are
    ``whole`` joins what is set apart in the row; without ``glued`` a label that other words follow directly does not count. ``tail`` tells
    whether a line below goes on with the value (its text, the next line's)."""

    labels: tuple[str, ...]
    parse: Parser
    skip: tuple[str, ...] = ()
    unless_after: tuple[str, ...] = ()
    whole: bool = False
    below: bool = False
    firm: bool = True
    pages: int = 99
    glued: bool = True
    tail: Tail | None = None

    def __call__(self, paper: Paper) -> list[Draft]:
        found = [(hit, draft) for label in self.labels for sheet in paper.sheets[:self.pages]
                 for hit in hits(sheet, label, self.unless_after) if (draft := self._at(hit))]
        sure = [draft for hit, draft in found if not hit.glued]
        if any(d.ink.source != OCR for d in sure):  # a text layer makes no slips: a label nearly like the wanted one is another
            sure = [draft for late in (False, True) for hit, draft in found if not hit.glued and (hit.slips > 0) == late]
        return sure + [replace(draft, firm=False) for hit, draft in found if hit.glued and self.glued]

    def _at(self, hit: Hit) -> Draft | None:
        seen: Ink | None = None
        for ink in self._places(hit):
            if self._skipped(ink.text):
                continue
            found = self.parse(ink)
            if self.tail and (longer := with_next(hit.sheet, ink, self.tail)) and (more := self.parse(longer)):
                ink, found = longer, more
            if found and hit.after and found.start >= len(hit.after.text) and (own := self.parse(hit.after)):
                ink, found = hit.after, own  # what stands in the label's own line comes before what another line below says
            if found:
                ink, found = self._alone(hit, ink, found)
                return Draft(found.value, ink.part(found.start, found.end), self.parse, self.firm, labelled=not (hit.slips or hit.glued))
            seen = seen or (None if is_label(ink.text) else ink)
        return Draft(None, seen, self.parse, self.firm) if seen and self.firm else None

    def _alone(self, hit: Hit, ink: Ink, found: Found) -> tuple[Ink, Found]:
        """The same value without its neighbours, whose poorer legibility would count against it."""
        if ink.source == OCR and self.whole:
            for other in self._places(hit):
                if other.confidence > ink.confidence and ink.box.holds(other.box) and (again := self.parse(other)) \
                        and again.value == found.value:
                    return other, again
        return ink, found

    def _skipped(self, text: str) -> bool:
        """Whether the ink says nothing but words to be passed over, and marks such as ticks."""
        if not self.skip:
            return False
        rest = folded(text)
        for word in self.skip:
            rest = rest.replace(folded(word), "")
        return re.fullmatch(r"[\W_VvxXνΝ1-3]{0,8}", rest) is not None or any((s := find_in(text, w)) and s[2] and len(text) <= len(w) + 1
                                                                             for w in self.skip)

    def _places(self, hit: Hit) -> Iterator[Ink]:
        if hit.after is not None and not self._skipped(hit.after.text):
            if self.whole and (more := continued(hit)):
                yield more
            yield hit.after
            return
        skipped = lambda ink: self._skipped(ink.text)  # noqa: E731
        yield from (below(hit) if self.below else right(hit, self.whole, skipped))


def in_turn(*readers: Reader) -> Reader:
    """The drafts of the first reader that finds a value; what the others find may agree but not contradict."""

    def read(paper: Paper) -> list[Draft]:
        first: list[Draft] = []
        later: list[Draft] = []
        for reader in readers:
            drafts = list(reader(paper))
            if any(d.value is not None for d in first):
                later += [replace(d, firm=False) for d in drafts if d.value is not None]
            else:
                first += drafts
        return first + later

    return read


UNSURE, CLEARER = 0.9, 0.08
"""Below which score of the engine a text gives way to another print of the same that scores so much better."""


def clearest(*readers: Reader, unlike: float = 1 / 3, below: float = UNSURE) -> Reader:
    """The drafts of all readers, in order; where the first is poorly legible and much the same stands clearer elsewhere, that first.
    ``unlike`` is the share of characters that may differ, ``below`` the score under which the first gives way."""

    def read(paper: Paper) -> list[Draft]:
        drafts = [d for reader in readers for d in reader(paper)]
        lead = next((d for d in drafts if d.value is not None), None)
        if lead is None or lead.ink.confidence >= below:
            return drafts
        name = str(lead.value)
        rivals = [d for d in drafts if d.value is not None and d.ink.confidence >= lead.ink.confidence + CLEARER
                  and distance(name, str(d.value), len(name)) <= max(1, int(len(name) * unlike))]
        best = max(rivals, key=lambda d: d.ink.confidence, default=None)
        return drafts if best is None else [best, *(d for d in drafts if d is not best)]

    return read


def around(labels: tuple[str, ...], parse: Parser, unless_after: tuple[str, ...] = (), *, whole: bool = True, pages: int = 99,
           tail: Tail | None = None) -> Reader:
    """The value beside one of the ``labels``; where nothing of its form stands there, the value below."""
    return in_turn(Beside(labels, parse, whole=whole, unless_after=unless_after, pages=pages, tail=tail),
                   Beside(labels, parse, below=True, unless_after=unless_after, pages=pages, tail=tail))


def Below(labels: tuple[str, ...], parse: Parser, **rest: bool) -> Beside:
    """The value under one of the ``labels``."""
    return Beside(labels, parse, below=True, **rest)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Matching:
    """Every stretch of ink in which the parser finds its value and whose text satisfies ``near`` (a regular expression over the text).
    ``told``: what ``near`` asks for says what the value is, as a label does."""

    parse: Parser
    near: str = ""
    firm: bool = True
    pages: int = 99
    most: int = 3
    told: bool = False

    def __call__(self, paper: Paper) -> list[Draft]:
        out: list[Draft] = []
        for sheet in paper.sheets[:self.pages]:
            for ink in sheet.inks:
                if self.near and not re.search(self.near, ink.text):
                    continue
                if found := self.parse(ink):
                    out.append(Draft(found.value, ink.part(found.start, found.end), self.parse, self.firm, labelled=self.told))
        return out[:self.most]


def always(value: Value) -> bool:
    """A condition that every value satisfies."""
    return True


@dataclass(frozen=True)
class Only:
    """The one value of its form on the whole paper, wherever it stands; nothing where there are several. Only values that ``holds`` is
    true of count, and only ink that ``unless`` (a regular expression) does not match."""

    parse: Parser
    holds: Callable[[Value], bool] = always
    unless: str = ""
    pages: int = 99

    def __call__(self, paper: Paper) -> list[Draft]:
        found = [d for sheet in paper.sheets[:self.pages] for ink in sheet.inks if not self.unless or not re.search(self.unless, ink.text)
                 for d in self._of(ink)]
        return found[:1] if found and all(d.value == found[0].value for d in found) else []

    def _of(self, ink: Ink) -> Iterator[Draft]:
        rest: Ink | None = ink
        while rest is not None and (at := self.parse(rest)) is not None and at.end > 0:
            if self.holds(at.value):
                yield Draft(at.value, rest.part(at.start, at.end), self.parse)
            rest = rest.part(at.end, len(rest.text)) if rest.text[at.end:].strip() else None


@dataclass(frozen=True)
class Running:
    """A value in running text, also over a line's end: ``pattern`` finds it (its first group), with blanks taken out; its words before
    the value say what it is, as a label does."""

    pattern: str
    parse: Parser

    def __call__(self, paper: Paper) -> list[Draft]:
        for sheet in paper.sheets:
            for run in (sheet.inks[k:k + n] for n in (1, 2, 3) for k in range(len(sheet.inks) - n + 1)):
                if not re.search(self.pattern, "".join(i.text for i in run).replace(" ", "")):
                    continue
                ink = Ink.joined(run)
                places = [i for i, c in enumerate(ink.text) if c != " "]
                if m := re.search(self.pattern, "".join(ink.text[i] for i in places)):
                    spot = ink.part(places[m.start(1)], places[m.end(1) - 1] + 1)
                    if found := self.parse(spot):
                        sure = min(i.confidence for i in run if {*i.boxes} & {*spot.boxes})
                        return [Draft(found.value, replace(spot.part(found.start, found.end), confidence=sure), self.parse, labelled=True)]
        return []


@dataclass(frozen=True)
class After:
    """What stands behind ``pattern`` in its line, where the engine read the line and garbled its label."""

    pattern: str
    parse: Parser

    def __call__(self, paper: Paper) -> list[Draft]:
        for ink in (i for s in paper.sheets for i in s.inks if i.source == OCR):
            m = re.search(self.pattern, ink.text)
            if m and ink.text[m.end():].strip() and (found := self.parse(spot := ink.part(m.end(), len(ink.text)))):
                return [Draft(found.value, spot.part(found.start, found.end), self.parse)]
        return []


@dataclass(frozen=True)
class Coded:
    """A value out of a bar code: ``read`` takes the paper's codes of the given symbology and gives the value with its code, or None."""

    read: Callable[[Sequence[Code]], tuple[Value, Code, str] | None]

    def __call__(self, paper: Paper) -> list[Draft]:
        for sheet in paper.sheets:
            if hit := self.read(sheet.codes):
                value, code, text = hit
                return [Draft(value, Ink(text, (code.box,) * len(text), sheet.number), witness="qr")]
        return []


@dataclass(frozen=True)
class Column:
    """A table column: its head and its cells' ink from top to bottom."""

    head: Hit
    inks: tuple[Ink, ...]


def column(sheet: Sheet, labels: Sequence[str], unless_after: Sequence[str] = ()) -> Column | None:
    """The column under the first head found: ink below the head whose middle lies within the head's cell, or near the head."""
    for label in labels:
        for hit in hits(sheet, label, unless_after):
            if hit.after is not None and len(hit.after.text) > 4:
                continue
            cell = sheet.cell_of(hit.box)
            span = cell.box if cell else hit.box.grown(0.5 * hit.box.width, 0)
            inks = tuple(i for i in sheet.inks if i.box.top > hit.box.bottom - 0.2 * hit.box.height
                         and span.left <= i.box.centre[0] <= span.right)
            if inks:
                return Column(hit, inks)
    return None


@dataclass(frozen=True)
class InTable:
    """Every value of the column under one of the ``heads``, from top to bottom, over all pages."""

    heads: tuple[str, ...]
    parse: Parser

    def __call__(self, paper: Paper) -> list[Draft]:
        found = [(ink, self.parse(ink)) for sheet in paper.sheets if (under := column(sheet, self.heads)) for ink in under.inks]
        return [Draft(f.value, ink.part(f.start, f.end), self.parse) for ink, f in found if f]
