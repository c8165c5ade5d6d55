"""Days of a register's list of entries: one row for each registration, with its day in one column and its sort (設立, 變更) in another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.kind import Draft, Reader
from extractors.readers.ink import Ink, Paper, Sheet
from extractors.readers.values import day

_DAYS = re.compile(r"(?:核准|登記|核准登記|核准變更|異動|生效)(?:日期|年月日)|日期")
_SORTS = re.compile(r"(?:登記|異動|變更|申請|案件)(?:類別|種類|類型|別|事由|原因|事項|案由)|類別|案由|事由|登記")
FOUNDED = re.compile(r"(?:核准|申請|商業)?(?:設立|創設|新設|開業)(?:登記)?")
CHANGED = re.compile(r"(?:核准|申請|商業)?(?:變更|轉讓|遷址|增資|減資|改名|更名|變更組織)(?:登記)?")


def entered(sort: re.Pattern[str]) -> Reader:
    """The latest day of the entries of one sort. Nothing where the day of such an entry is not read, or where the sort of a later one is
    not: the wanted day may be that."""

    def read(paper: Paper) -> list[Draft]:
        rows = [row for sheet in paper.sheets for row in _rows(sheet)]
        mine = [(str(found.value), ink, found) for ink, what in rows if sort.fullmatch(what) and (found := day(ink))]
        if not mine or len(mine) != sum(sort.fullmatch(what) is not None for _, what in rows):
            return []
        latest, ink, found = max(mine, key=lambda m: m[0])
        unclear = [ink for ink, what in rows if not what and ((other := day(ink)) is None or str(other.value) > latest)]
        if unclear or (sort is FOUNDED and len(mine) > 1):
            return []
        return [Draft(latest, ink.part(found.start, found.end), day, labelled=True, witness="row")]

    return read


def _rows(sheet: Sheet) -> Iterator[tuple[Ink, str]]:
    """What stands in the column of the days, and what its row says in the column of the sorts; '' where that is nothing."""
    for head in (i for i in sheet.inks if _DAYS.fullmatch(i.text)):
        beside = [i for i in sheet.row(head.box) if i is not head]
        sorts = [i for i in beside if _SORTS.fullmatch(i.text)]
        if not sorts or any(_DAYS.fullmatch(i.text) for i in beside):
            continue
        below = [i for i in sheet.inks if i.box.top >= head.box.bottom - 0.3 * head.height
                 and abs(i.box.centre[0] - head.box.centre[0]) < 0.6 * head.box.width]
        for ink in (i for i in below if re.search("[0-9]", i.text)):
            said = ["".join(i.text.split()) for i in sheet.row(ink.box) if any(i.box.same_column(s.box, 0.7) for s in sorts)]
            known = [s for s in said if FOUNDED.fullmatch(s) or CHANGED.fullmatch(s)]
            yield ink, known[0] if len(set(known)) == 1 else ""
