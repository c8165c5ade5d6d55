"""Whether a list of business items is whole: every item has its code, and the numbers of its lines leave none out."""

from __future__ import annotations

import re

from extractors.kind import Draft, Sketch

_ITEM = re.compile(r"(?<![事營商企行])(?:業|之業務)(?=$|[)）、，,;；。.(（]|[A-Z][A-Z0-9][0-9]{5}|[0-9]{1,2}[.、])")


_TRADE = re.compile(r"(?:[0-9]{1,2}[.、])?[\u4e00-\u9fff（）()、]{2,24}(?<![事營商企行])業")


def paired(sketch: Sketch, draft: Draft) -> bool:
    """Whether as many names of business items (…業) stand beside the codes of a list as it has codes: none is lost, none is another
    number."""
    names = 0
    for sheet in sketch.paper.sheets:
        boxes = [p.ink.box for p in draft.parts if p.ink.page == sheet.number]
        if not boxes:
            if sum(_TRADE.fullmatch(i.text) is not None for i in sheet.inks) > 1:
                return False
            continue
        step = max(b.height for b in boxes)
        top, foot = min(b.top for b in boxes) - step, max(b.bottom for b in boxes) + 3 * step
        names += sum(len(_ITEM.findall(i.text)) for i in sheet.inks if top < i.box.centre[1] < foot)
    return names == len(draft.parts)


_LINE_NUMBER = re.compile(r"[(（]?0{0,2}([1-9][0-9]?)(?:[.、．)）,，]|$)")
LAST_ITEM = "ZZ99999"
"""What a list of business items mostly ends with: all that needs no licence (公司營業項目代碼表)."""


def numbered(sketch: Sketch, draft: Draft) -> bool:
    """Whether the lines of a list of business items are numbered from 1 without a gap, and the last is the item that ends such lists:
    none is lost, neither between two others nor behind the last one read."""
    said = []
    for part in draft.parts:
        sheet = next(s for s in sketch.paper.sheets if s.number == part.ink.page)
        before = [i.text for i in sheet.row(part.ink.box) if i.box.right <= part.ink.box.left + 0.3 * part.ink.em]
        found = _LINE_NUMBER.fullmatch(before[-1].strip()) if before else None
        said.append(int(found[1]) if found else 0)
    return said == list(range(1, len(said) + 1)) and len(said) > 1 and draft.parts[-1].value == LAST_ITEM
