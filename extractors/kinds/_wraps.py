"""Whether a person's name goes on in the line below, where a narrow cell broke it."""

from __future__ import annotations

import re

from extractors.kind import Sketch
from extractors.readers.ink import Ink, Sheet
from extractors.readers.words import is_printed

PERSON = "org.responsible_person"
CLOSE, APART = 0.8, 1.5
"""How far below a name, in its heights, lines of one cell lie, and lines of a list at the most."""


def person_whole(sketch: Sketch) -> None:
    """Doubt a name right below which one or two characters of the same size begin where it begins: they may be its end."""
    best = next((d for d in sketch.drafts.get(PERSON, ()) if d.value is not None), None)
    sheet = next((s for s in sketch.paper.sheets if best and s.number == best.ink.page), None)
    if best and sheet and any(_may_end(sheet, best.ink, i) for i in sheet.inks):
        sketch.doubt("姓名下一行緊接有字，可能沒有讀完", PERSON)


def _may_end(sheet: Sheet, name: Ink, ink: Ink) -> bool:
    way = (ink.box.top - name.box.bottom) / name.height
    beneath = -0.4 < way < APART and abs(ink.box.left - name.box.left) < 0.6 * name.em
    if not beneath or re.fullmatch(r"[\u4e00-\u9fff]{1,2}", ink.text) is None:
        return False
    alone = not any(i.box.right <= ink.box.left for i in sheet.row(ink.box))
    return 0.7 < ink.height / name.height < 1.4 and (way < CLOSE or alone) and not is_printed(ink.text)
