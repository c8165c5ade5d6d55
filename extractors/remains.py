"""What a poor copy still says of a field whose label it spoilt: values of the right form, told apart by what is left of the words beside
them, by their order and by their size.

Asked only for fields of which nothing else found a value, on pages that an engine read. Such a value always waits for a person, who is told
so; where two candidates are alike nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from statistics import median

from domain.document import OCR
from domain.vocabulary import term
from extractors.forms_left import DAYS, FIELDS, Wanted, number, torn_day
from extractors.kind import Draft, Sketch
from extractors.readers.ink import Ink, Sheet
from extractors.readers.labels import folded
from extractors.readers.letters import letter_no, number_goes_on
from extractors.readers.spots import with_next
from extractors.readers.values import Found
from extractors.readers.words import is_label

SENTENCE = "欄名看不清楚，依格式與位置推定，請核對"
LIKE = 0.33
"""The share of a label's signs, in their order, that what stands beside a value must still have to speak for it."""

BOXES = 8
"""A 統一編號 in boxes has so many figures."""

COVERED = 0.3
"""The share of a stretch that another value's must cover to be the same ink; lines of photos run into each other a little."""

WHOLE = 0.99
"""From this share on all of a label stands there."""

POOR = 0.9
"""A page is a poor copy where half of its stretches, or a quarter of those that may be labels, score less."""

COUNT, TABLE = "hc.latest_count", "hc.monthly_insured"
HEAD = 0.03
"""What stands above is the line of a fax or of a browser."""

_ISSUED = re.compile("抄錄|列印|查詢|核發|製發|印表|產製|發給|印製|預查|章程|到職|任期|收件|收文|傳真|合夥人"
                     "|代理|監察|經理|會計|承辦|校對|聯絡|受任|股東")
"""Words beside a value that is another's: of the print, of the articles, of a partner, of an agent."""

_TIMED = re.compile(r" ?(?:上午|下午|[0-9]{1,2}[:：時])")
@dataclass(frozen=True)
class Candidate:
    """A value of the right form, where it stands, and what share of a label's signs is left beside it."""

    value: object
    draft: Draft
    like: float
    after: str = ""


def fill(sketch: Sketch, fields: Sequence[str]) -> None:
    """Give each of the kind's ``fields`` that has no value the one that its form and place tell, doubted."""
    sheets = sketch.paper.sheets
    lost = [f for f in fields if (f in FIELDS or f in DAYS) and sketch.value(f) is None]
    if TABLE in fields and COUNT in lost:
        lost.remove(COUNT)  # of a table of months it is the last one's
    if not lost or sketch.paper.born_digital:
        return
    poor = [s for s in sheets if _is_poor(s)]
    for field in lost:
        wanted = FIELDS.get(field)
        if wanted and (best := _best(wanted, _candidates(sketch, wanted), bool(poor))):
            _put(sketch, field, best)
    if set(DAYS) <= set(fields) and any(f in DAYS for f in lost):
        _days(sketch, [f for f in lost if f in DAYS], bool(poor))


def _put(sketch: Sketch, field: str, best: Candidate) -> None:
    sketch.drafts.setdefault(field, []).insert(0, best.draft)
    sketch.doubt(SENTENCE, field)


def _best(wanted: Wanted, spots: Sequence[Candidate], poor: bool) -> Candidate | None:
    """The candidate whose words are most like the label; without such words one of a few, on a poor copy."""
    told = [c for c in spots if c.like >= LIKE]
    top = max((c.like for c in told), default=0.0)
    leading = [c for c in told if c.like >= top - 0.01]
    if leading and (len({str(c.draft.value) for c in leading}) == 1 or not wanted.largest):
        return leading[0] if len({str(c.draft.value) for c in leading}) == 1 or wanted.most > 1 else None
    rest = leading or spots
    if not rest or not poor or len({str(c.draft.value) for c in rest}) > wanted.most:
        return None
    return max(rest, key=lambda c: c.draft.value if isinstance(c.draft.value, int) else 0) if wanted.largest else rest[0]


def _days(sketch: Sketch, lost: Sequence[str], poor: bool) -> None:
    """The days of founding and of the last change: by what is left of their words, else the first and the second of two in their order, or
    the one that is left over beside the one that is known."""
    for field in lost:
        spots = [c for c in _candidates(sketch, DAYS[field]) if c.like >= 0.5]
        if len({str(c.draft.value) for c in spots}) == 1:
            _put(sketch, field, spots[0])
    lost = [f for f in lost if sketch.value(f) is None]
    spots = [c for c in _candidates(sketch, DAYS["org.founding_date"]) if not _TIMED.match(c.after)]
    if not poor or not lost or not spots:
        return
    first, change = (sketch.text(f) for f in DAYS)
    if len(lost) == 2:
        pairs = [(a, b) for a, b in pairwise(spots) if _together(a.draft.ink, b.draft.ink) and str(a.value) <= str(b.value)]
        for field, spot in zip(DAYS, pairs[0] if len(pairs) == 1 else spots if len(spots) == 1 else (), strict=False):
            _put(sketch, field, spot)
    elif len(spots) == 1 and ((first and str(spots[0].value) >= first) or (change and str(spots[0].value) <= change)):
        _put(sketch, lost[0], spots[0])


def _together(a: Ink, b: Ink) -> bool:
    """Whether two days stand in one row, or one right under the other in a column."""
    return a.page == b.page and (a.box.same_row(b.box) or (abs(a.box.left - b.box.left) < 0.02
                                                           and 0 < b.box.top - a.box.top < 3.5 * a.height))


def _candidates(sketch: Sketch, wanted: Wanted) -> list[Candidate]:
    """The stretches of the form wanted that are no other field's and stand by no other label, in reading order."""
    numbers = {str(ds[0].value) for n, ds in sketch.drafts.items() if ds and term(n).type == "digits8"}
    taken = [d.ink for ds in sketch.drafts.values() for d in ds[:1] if d.value is not None and not d.parts]
    out: list[Candidate] = []
    for sheet in sketch.paper.sheets:
        for ink in (*sheet.inks, *(_boxed(sheet) if wanted.parse is number else ())):
            if ink.source != OCR or ink.box.top < HEAD:
                continue
            longer = with_next(sheet, ink, number_goes_on) if wanted.parse is letter_no else None
            for run in (ink, longer):
                found = wanted.parse(run) if run is not None else None
                if run is None or found is None:
                    continue
                if wanted.parse is number and str(found.value) in numbers:
                    break
                spot = run.part(found.start, found.end)
                if any(t.page == spot.page and t.box.overlap(spot.box) > COVERED * spot.box.width * spot.box.height for t in taken):
                    break
                words = _words_of(sheet, run, found.start)
                likes = [max(_like(w, label) for label in wanted.words) for w in words]
                if not any(_ISSUED.search(w) or (is_label(w) and max(likes) < WHOLE) for w in words):
                    like = max(likes, default=0.0)
                    like = 1.0 if _before_number(wanted, run, found) else like
                    out.append(Candidate(found.value, Draft(found.value, spot, wanted.parse, firm=False), like, run.text[found.end:]))
                break
    return out


def _boxed(sheet: Sheet) -> list[Ink]:
    """Eight figures that stand one a box in a row, as one stretch."""
    figures = [i for i in sheet.inks if i.source == OCR and re.fullmatch("[0-9]", i.text)]
    out: list[Ink] = []
    for first in figures:
        row = [i for i in figures if i.box.same_row(first.box) and i.box.left >= first.box.left]
        row.sort(key=lambda i: i.box.left)
        steps = [b.box.left - a.box.left for a, b in pairwise(row)]
        if len(row) == BOXES and max(steps) < 1.5 * min(steps):
            out.append(Ink.joined(row))
    return out


def _before_number(wanted: Wanted, ink: Ink, found: Found) -> bool:
    """Whether a letter's number follows its date at once."""
    return wanted.parse is torn_day and re.match(r"[\u4e00-\u9fff]{2,12}[字宇]第", "".join(ink.text[found.end:].split())) is not None


def _words_of(sheet: Sheet, ink: Ink, start: int) -> list[str]:
    """What may be the label of a value: the words before it in its own stretch; else what stands left of it; else right above it."""
    own = re.sub(r"[\W0-9]+$", "", ink.text[:start])[-10:]
    if own:
        return [own]
    row = [i for i in sheet.row(ink.box) if i.box.right <= ink.box.left + 0.01]
    lone = [i.text for i in row if len(i.text) == 1 and _worded(i.text)]
    left = "".join(lone) if len(lone) > 1 else _worded(row[-1].text) if row else ""
    over = [i for i in sheet.inks if i is not ink and -0.5 * ink.height < ink.box.top - i.box.bottom < 1.2 * ink.height
            and abs(i.box.left - ink.box.left) < 1.5 * ink.em]
    above = _worded(max(over, key=lambda i: i.box.bottom).text) if over else ""
    return [w for w in (left, above) if w][:1] if left and not above else [w for w in (above, left) if w]


def _worded(text: str) -> str:
    """The Chinese signs of a stretch that may be a label: few, and without figures."""
    body = re.sub(r"[^\u4e00-\u9fff]", "", text)
    return body if 1 <= len(body) <= 10 and not re.search("[0-9]{3}", text) else ""


@lru_cache(maxsize=4_000)
def _like(text: str, label: str) -> float:
    """The share of signs that two texts have in common in their order, of the longer one."""
    a, b = folded(text), folded(label)
    row = [0] * (len(b) + 1)
    for x in a:
        last = 0
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], last + 1 if x == y else max(row[j], row[j - 1])
    return row[-1] / max(len(a), len(b), 1)


def _is_poor(sheet: Sheet) -> bool:
    """Whether much of a page is hardly legible, or its short words are, which labels are among."""
    inks = [i for i in sheet.inks if i.source == OCR and i.box.top > HEAD]
    words = sorted(i.confidence for i in inks if _worded(i.text))
    return bool(inks) and (median(i.confidence for i in inks) < POOR or (len(words) > 3 and words[len(words) // 4] < POOR))
