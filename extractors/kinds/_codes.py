"""The codes of the business items of a register, in printed order, and what says that one of them is lost or misread."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.document import OCR, Box
from extractors.kind import Draft, Sketch
from extractors.kinds._item_order import printed_order
from extractors.kinds._lists import gap_in
from extractors.readers.ink import Ink, Paper, Sheet
from extractors.readers.items import business_code, is_sound
from extractors.readers.labels import find_in


def codes_of(paper: Paper) -> list[Draft]:
    """The codes of the business items, in printed order, from the page on that begins to list them."""
    heads = [k for k, s in enumerate(paper.sheets) if any(find_in(i.text, w) for w in ("所營事業", "營業項目", "所營業務") for i in s.inks)]
    for sheets in (list(paper.sheets[heads[0]:]) if heads else [], list(paper.sheets)):
        found: list[tuple[Ink, str]] = []
        for sheet in sheets:
            if sheet is not sheets[0] and not any(is_sound(i.text) for i in sheet.inks):
                continue
            found += [f for f in _codes_on(sheet) if f[1] not in {code for _, code in found}]
        if found:
            found, _ = printed_order(sheets, found)
            parts = tuple(Draft(code, ink, business_code) for ink, code in found)
            home = [ink for ink, _ in found if ink.page == found[0][0].page]
            return [Draft([code for _, code in found], Ink.joined(home), parts=parts)]
    return []


def _codes_on(sheet: Sheet) -> list[tuple[Ink, str]]:
    """The codes of one page. What only looks like a misread code counts where it stands next to another in their column, or where there is
    no sound one: dates and numbers look like that too."""
    found: list[tuple[Ink, str]] = []
    for ink in sheet.inks:
        rest: Ink | None = ink
        while rest is not None and (at := business_code(rest)) is not None:
            found.append((rest.part(at.start, at.end), str(at.value)))
            rest = rest.part(at.end, len(rest.text)) if rest.text[at.end:].strip() else None
    found = [(ink, code) for ink, code in found if ink.text == code or not (ink.text.isdigit() and any(
        "日" in i.text or "期" in i.text for i in sheet.row(ink.box) if i.box.right <= ink.box.left + 0.01))]
    if not any(ink.text == code for ink, code in found):
        return [(ink, code) for ink, code in found if not ink.text.isdigit()]
    kept = [ink for ink, code in found if ink.text == code]
    reach = _pitch(kept)
    while more := [ink for ink, _ in found if ink not in kept and any(_next_to(ink, k, reach) for k in kept)]:
        kept += more
    bare = [ink for ink in sheet.inks if ink.source == OCR and re.fullmatch("[0-9]{6}", ink.text) and _before_a_trade(sheet, ink)
            and any(_next_to(ink, k, reach) for k in kept) and not any(ink.box.holds(k.box) for k in kept)]
    whole = [(ink, code) for ink, code in found if ink in kept]
    return sorted([*whole, *((ink, f"I{ink.text}") for ink in bare)], key=lambda f: _place_on(sheet, f[0])) if bare else whole


def _before_a_trade(sheet: Sheet, ink: Ink) -> bool:
    """Whether the name of a trade stands right of the ink: six figures there are a code that lost its thin letter."""
    right = [i.text for i in sheet.row(ink.box) if i.box.left >= ink.box.right - 0.3 * ink.em]
    return bool(right) and re.fullmatch(r"[\u4e00-\u9fff、()（）]{2,24}業", right[0]) is not None


def _place_on(sheet: Sheet, ink: Ink) -> int:
    """Where in the reading order of its page the ink stands."""
    return next((k for k, i in enumerate(sheet.inks) if i.boxes and ink.boxes[0] in i.boxes), len(sheet.inks))


def _pitch(inks: Sequence[Ink]) -> float:
    """How far a code may stand above or below the next in its column: one and a half of their rows."""
    tops = sorted(i.box.top for i in inks)
    steps = [b - a for a, b in zip(tops, tops[1:], strict=False) if b - a > 0.5 * inks[0].height]
    return 1.5 * min(steps) if steps else 3.0 * inks[0].height


def _next_to(ink: Ink, other: Ink, reach: float) -> bool:
    return abs(ink.box.left - other.box.left) < 2 * other.em and abs(ink.box.top - other.box.top) <= reach


def codes_complete(sketch: Sketch) -> None:
    """Whatever stands in the column of the codes is a code: one that cannot be read makes the list doubtful."""
    drafts = sketch.drafts.get("org.business_items")
    if not drafts or not drafts[0].parts:
        return
    cut = [p for p in drafts[0].parts if len("".join(p.ink.text.split())) < len(str(p.value))]
    if cut:
        sketch.doubt(f"營業項目有一個代碼少了一個字（{cut[0].ink.text}）", "org.business_items")
    if told := [p for p in drafts[0].parts if p.ink.source == OCR and _like_z(str(p.value), p.ink.text)]:
        sketch.doubt(f"營業項目代碼「{told[0].value}」的第二碼看不清楚是 Z 或 2", "org.business_items")
    if gap := gap_in(sketch.paper, drafts[0].parts):
        sketch.doubt(gap, "org.business_items")
    across = sorted(((p.ink, str(p.value)) for p in drafts[0].parts), key=lambda f: _place_in_text(sketch.paper, f[0]))
    if not printed_order(sketch.paper.sheets, across)[1]:
        sketch.doubt("營業項目分欄排列，看不出是逐列還是逐欄的順序，請核對次序", "org.business_items")
    for sheet in sketch.paper.sheets:
        boxes = [p.ink.box for p in drafts[0].parts if p.ink.page == sheet.number]
        if not boxes:
            continue
        column = Box.around(boxes)
        reach = 2.5 * boxes[0].height
        for ink in sheet.inks:
            near = column.top - reach < ink.box.centre[1] < column.bottom + reach and ink.box.same_column(column, 0.6)
            body = "".join(ink.text.split())
            if near and _SPOILT.fullmatch(body) and not any(b.overlap(ink.box) > 0 for b in boxes):
                sketch.doubt(f"營業項目有一個代碼看不清楚（{body}）", "org.business_items")


def _place_in_text(paper: Paper, ink: Ink) -> tuple[int, int]:
    """The page of the ink and where in the reading order of that page it stands."""
    sheet = next(s for s in paper.sheets if s.number == ink.page)
    return ink.page, _place_on(sheet, ink)


_SPOILT = re.compile(r"(?=(?:.*[0-9]){3})(?!.*[.].*[.])(?![0-9]+[.][0-9]{3}$)[0-9A-Za-z()\[\]{}|!.]{5,9}")
"""What may be left of a code; no date or amount."""


def _like_z(code: str, text: str) -> bool:
    """Whether an engine may have taken the one for the other: a Z that it did not see, a 2 where what is left over of a class mostly has
    the Z (JZ99990)."""
    return re.match("[A-Y]Z", code) is not None and "Z" not in text.upper() or re.fullmatch("[CEGHIJ]299990", code) is not None
