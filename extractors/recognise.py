"""Which paper each page is, which pages belong together, and where a bundle splits.

Evidence is weighed for every kind: a title counts much (more near the top and in large type), each label a little, words that speak
against it take away. A page that is none of ours stays ``unknown``; nothing is forced.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.document import Box, Document, Page
from extractors import kinds
from extractors.evidence import ENOUGH, evidence, label_weight
from extractors.kind import Kind
from extractors.readers.ink import Ink, Sheet
from extractors.readers.labels import find_in, folded
from extractors.sequence import lone_number, of_one_firm, page_counter, said_to_go_on
from extractors.shares import APART, shares

UNKNOWN = "unknown"
MARGIN = 1.0
"""How far the best kind must lead the next."""


@dataclass(frozen=True)
class Recognised:
    """One paper found: its kind (or ``unknown``), how sure, its pages, the number of pages that it says it has, and its pages as readers
    see them, where they take the whole page."""

    kind: str
    confidence: float
    document: Document
    pages_said: int | None = None
    sheets: tuple[Sheet, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What one page is: kind, evidence, lead over the next kind, and the page number it prints (page, of)."""

    kind: str
    score: float
    lead: float
    titled: bool
    counter: tuple[int, int] | None

    @property
    def confidence(self) -> float:
        if self.kind == UNKNOWN:
            return 0.5
        return round(min(0.99, 0.55 + 0.04 * min(self.score, 9.0) + 0.03 * min(self.lead, 4.0)), 4)


Group = list[tuple[Sheet, Verdict]]


def recognise(pages: Sequence[Page], known: Mapping[str, Kind] | None = None) -> list[Recognised]:
    """The papers of one file, in page order."""
    catalogue = kinds.load() if known is None else known
    out: list[Recognised | Group] = []
    group: Group = []
    for page in pages:
        sheet = Sheet(page)
        verdict = judge(sheet, catalogue)
        if group and not _continues(group, sheet, verdict, catalogue):
            out.append(group)
            group = []
        if not group and (parts := _regions(sheet, verdict, catalogue)):
            out += parts
            continue
        group.append((sheet, verdict))
    if group:
        out.append(group)
    return [part if isinstance(part, Recognised) else _closed(part) for part in _in_order(out, catalogue)]


def _in_order(parts: Sequence[Recognised | Group], catalogue: Mapping[str, Kind]) -> list[Recognised | Group]:
    """The parts with neighbours put together whose pages came out of order: they print page numbers that make one whole paper."""
    out: list[Recognised | Group] = []
    rest = list(parts)
    while rest:
        size = next((n for n in range(len(rest), 1, -1) if _whole(rest[:n], catalogue)), 0)
        if size:
            pages = [p for part in rest[:size] if not isinstance(part, Recognised) for p in part]
            out.append(sorted(pages, key=lambda p: p[1].counter or (0, 0)))
        else:
            out.append(rest[0])
        rest = rest[max(1, size):]
    return out


def _whole(parts: Sequence[Recognised | Group], catalogue: Mapping[str, Kind]) -> bool:
    """Whether parts of one kind bear page numbers of one paper, each once: all of them, or some where no part names another firm."""
    pages = [p for part in parts if not isinstance(part, Recognised) for p in part]
    kinds_there = {v.kind for _, v in pages} - {UNKNOWN}
    if any(isinstance(part, Recognised) for part in parts) or len(kinds_there) != 1 or not catalogue[kinds_there.pop()].several:
        return False
    numbers = [v.counter[0] for _, v in pages if v.counter]
    of = {v.counter and v.counter[1] for _, v in pages}
    if len({s.number for s, _ in pages}) != len(pages):
        return False
    if len(of) != 1 or len(numbers) != len(set(numbers)) or len(numbers) != len(pages):
        return False
    return len(pages) in of or of_one_firm([s for s, _ in pages])


def judge(sheet: Sheet, catalogue: Mapping[str, Kind]) -> Verdict:
    """Which kind the evidence on one page favours."""
    scores = sorted(((*evidence(sheet, kind), kind.id) for kind in catalogue.values()), reverse=True)
    counter = page_counter(sheet)
    if not scores or scores[0][0] < ENOUGH:
        return Verdict(UNKNOWN, scores[0][0] if scores else 0.0, 0.0, False, counter)
    score, titled, best = scores[0]
    lead = score - scores[1][0] if len(scores) > 1 else 9.0
    if lead < MARGIN and not titled:
        tied = sorted(((label_weight(sheet, catalogue[k]), k) for s, _, k in scores if score - s < MARGIN), reverse=True)
        if tied[0][0] - tied[1][0] < MARGIN:
            return Verdict(UNKNOWN, score, lead, False, counter)
        best, lead = tied[0][1], tied[0][0] - tied[1][0]
    return Verdict(best, score, lead, titled, counter)


def _continues(group: Sequence[tuple[Sheet, Verdict]], sheet: Sheet, verdict: Verdict, catalogue: Mapping[str, Kind]) -> bool:
    """Whether this page belongs to the paper that the pages before it make."""
    head, last = group[0][1], group[-1][1]
    kind = catalogue.get(head.kind)
    if kind is None or not kind.several:
        return False
    if verdict.kind not in (head.kind, UNKNOWN):
        return False
    if sheet.number == group[-1][0].number:
        return False
    if last.counter and verdict.counter:
        return verdict.counter == (last.counter[0] + 1, last.counter[1])
    if last.counter and len(group) >= last.counter[1]:
        return False
    if verdict.kind == UNKNOWN and verdict.counter and len(group) + 1 == verdict.counter[0] > 1:
        return of_one_firm([group[0][0], sheet])
    if not verdict.counter and not verdict.titled and lone_number(sheet) == len(group) + 1:
        return of_one_firm([group[0][0], sheet])
    goes_on = said_to_go_on(group[-1][0], sheet) or bool(kind.goes_on and kind.goes_on(group[-1][0], sheet))
    if verdict.kind == UNKNOWN:
        begun = last.counter is not None and head.counter is not None and head.counter[0] == 1 and len(group) < last.counter[1]
        return verdict.counter is None and (goes_on or begun)
    if verdict.counter:
        return verdict.counter[0] > 1
    return goes_on or not _begins(sheet, kind)


def _begins(sheet: Sheet, kind: Kind) -> bool:
    """Whether a page looks like a first page: several of the labels that stand on first pages."""
    text = folded(sheet.text)
    return sum(folded(label) in text for label in kind.first_page) >= 2


def _closed(group: Sequence[tuple[Sheet, Verdict]]) -> Recognised:
    head = next((v for _, v in group if v.kind != UNKNOWN), group[0][1])
    said = next((v.counter[1] for _, v in group if v.counter), None)
    confidence = max(v.confidence for _, v in group) if head.kind != UNKNOWN else head.confidence
    return Recognised(head.kind, confidence, Document(tuple(s.page for s, _ in group)), said, tuple(s for s, _ in group))


_NO_TITLE = re.compile(r"章|憑|攜帶|正本|辦理|免用統一發票$|以下|聯單|蓋|專用|扣抵聯[(]|申報|請|[。,;]")


_FOOT = re.compile(r"合.{0,2}計|總.{0,2}計|總額|經手|元整|找.{0,2}零|收.{0,2}現|銀貨|課稅別")
_INVOICE_NO = re.compile(r"[A-Z]{2}[ \-－]?[0-9]{8}")


def _numbered_apart(sheet: Sheet, title: Box, others: Sequence[Box]) -> bool:
    """Whether an invoice's number stands near a title, nearer than to any other: a small title of a slip, not words on a larger paper."""
    x, y = title.centre
    for ink in sheet.inks:
        a, b = ink.box.centre
        if _INVOICE_NO.search(ink.text) and abs(a - x) < 0.25 and abs(b - y) < APART and all(
                abs(b - o.centre[1]) + abs(a - o.centre[0]) > abs(b - y) + abs(a - x) for o in others):
            return True
    return False


def _titles_on(sheet: Sheet, small: Sequence[Kind]) -> list[tuple[Box, str, float]]:
    """Where the titles of small papers stand on a page, of which kind each is, and how large."""
    spots: list[tuple[Box, str, float]] = []

    def add(title: Ink, kind: str) -> None:
        x, y = title.box.centre
        if not any(abs(x - s.centre[0]) < 2 * APART and abs(y - s.centre[1]) < APART for s, _, _ in spots):
            spots.append((title.box, kind, title.em))

    for ink in sheet.headings:
        hits = [(len(t) - 9 * s[2], k.id, s) for k in small for t in k.titles if (s := find_in(ink.text, t)) and s[2] <= (len(t) > 6)
                and len(ink.text) <= len(t) + 8 and not _NO_TITLE.search(ink.text)]
        if hits:
            _, kind, (start, end, _) = max(hits)
            add(ink.part(start, end), kind)
    others = {kind for _, kind, _ in spots}
    for other in (k for k in small if others - {k.id} and k.id not in others):
        for ink in sheet.headings:
            if "".join(ink.text.split()) in other.alone:
                add(ink, other.id)
    return spots


def _regions(sheet: Sheet, verdict: Verdict, catalogue: Mapping[str, Kind]) -> list[Recognised]:
    """Two or more small papers that lie on one page, each with its part of the page; none where there is only one."""
    small = {k.id: k for k in catalogue.values() if k.small}
    if verdict.kind not in (*small, UNKNOWN):
        return []
    spots = _titles_on(sheet, list(small.values()))
    largest = max((em for _, _, em in spots), default=0.0)
    spots = [(b, k, largest if _numbered_apart(sheet, b, [o for o, _, _ in spots if o is not b]) else em) for b, k, em in spots]
    cut = shares([b for b, _, _ in spots], [em for _, _, em in spots], [i.box for i in sheet.inks],
                 [i.box for i in sheet.inks if _FOOT.search(i.text)])
    regions = [(spots[i][1], share) for i, share in cut] if len(cut) > 1 else []
    for k in small.values():
        parts = k.parts(sheet) if k.parts else ()
        if len(parts) > max(1, len(regions)):
            regions = [(k.id, part) for part in parts]
    out = []
    for kind, region in regions:
        part = judge(Sheet(sheet.page, region), catalogue)
        found = part.kind if part.kind in small else kind
        out.append(Recognised(found, max(part.confidence, verdict.confidence), Document((sheet.page,), region)))
    return sorted(out, key=lambda r: (r.document.region.top, r.document.region.left) if r.document.region else (0.0, 0.0))
