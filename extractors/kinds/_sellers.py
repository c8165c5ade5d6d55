"""The seller's name: at its label, in the seal, with the seller's number, or at the head of the paper; never a line of goods."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.kind import Draft
from extractors.kinds._parties import (
    BEFORE_TITLE,
    BUYER_NAME,
    PLACE_OF_SEAL,
    SEAL,
    SELLER_NAME,
    SELLER_TOO,
    sealed,
    seals,
    seller_no,
    shop_at_head,
    table_top,
)
from extractors.kinds._thirds import of_third
from extractors.readers.ink import Ink, Paper, Sheet
from extractors.readers.labels import distance, find_in
from extractors.readers.names import entity, has_suffix
from extractors.readers.places import Beside
from extractors.readers.values import Found

_NOT_SELLER = re.compile(r"[存收扣報備].{1,2}聯|第.聯|"
                         r"營業人|蓋用|備註|專用章|負責人|電話|TEL|地址|買.{1,2}人|.受人|.安人|品名|收據|發票|統一編號|統編"
                         r"|[0-9:$%√✓□■]|經手|銀貨|新[臺台]幣|[稅税]|合計|總計|抬頭|年.*月"
                         r"|數.?量|單.?價|總.?價|金.?額|免用|銷售額|地.?址|日.?期|客戶|顧客|單號|號碼|店家$|店名$|商號$|[縣市].{1,4}[鄉鎮市區].*[里村鄰路街段巷弄號]")
_BUSINESS = r"..公司$|.商行|.企業社|.工作室|..[行社店坊館廠鋪舖屋園]$"
_SEAL_WORDS = (*SEAL, *PLACE_OF_SEAL, "統一編號", "備註", "負責人")


OF_TRADER = Beside(("營業人",), entity, glued=False, unless_after=("蓋", "名稱", "統一", "統編", "識別", "地址", "簽", "使用", "填",
                                                                "申報"))


def seller_name(paper: Paper) -> list[Draft]:
    """The seller's name: at its label, else in the seal or with the seller's number, else at the head of a register's strip."""
    direct = [_mended(d) for d in Beside(SELLER_NAME, entity)(paper) if d.value and not re.fullmatch(r"[\W0-9A-Za-z]+", str(d.value))] \
        or [d for d in (*Beside(SELLER_TOO, entity)(paper), *OF_TRADER(paper)) if d.value and re.search(_BUSINESS, str(d.value))]
    if direct:
        return direct
    sheet = paper.first
    buyers = {str(d.value) for d in Beside(BUYER_NAME, entity, whole=True)(paper) if d.value}
    anchors = [*(d.ink for d in seller_no(paper)[:1]), *seals(sheet)[:1]]
    near, head = _near(sheet, anchors, buyers), _at_head(sheet, buyers)
    if near and head and str(head[0].value).startswith(str(near[0].value)):
        return [*head, *(replace(d, firm=False) for d in near)]
    if near and head and _clearer(head[0], near[0]):
        return [*head, *near]
    if near and (whole := _whole(sheet, str(near[0].value), buyers)):
        return [*whole, *(replace(d, firm=False) for d in near)]
    return near or head or _alone(sheet, buyers) or [
        d for d in Beside(SELLER_NAME, entity, below=True)(paper) if d.value and has_suffix(str(d.value)) and d.value not in buyers]


def _whole(sheet: Sheet, cut: str, buyers: set[str]) -> list[Draft]:
    """The name that stands in print with more before what was read of a seal: there its first line was lost."""
    found = [(i, f) for i in sheet.inks if len(i.text) > len(cut) and cut in i.text and not _NOT_SELLER.search(i.text) and (f := entity(i))
             and str(f.value).endswith(cut) and len(str(f.value)) > len(cut) + 1 and f.value not in buyers and not of_third(sheet, i)]
    return [Draft(f.value, i.part(f.start, f.end), entity) for i, f in found] if len({f.value for _, f in found}) == 1 else []


def _clearer(head: Draft, near: Draft) -> bool:
    """Whether the head says the seal's name with one sign otherwise and more legibly: print, not ink on print."""
    said = str(head.value)
    return re.fullmatch("[\u4e00-\u9fff]+", said) is not None and distance(str(near.value), said, 1) == 1 \
        and head.ink.confidence > near.ink.confidence


def _alone(sheet: Sheet, buyers: set[str]) -> list[Draft]:
    """The only name of a business beside or below the table of goods: the seal's, whose other words are lost."""
    top = table_top(sheet)
    found = [(i, f) for i in sheet.inks if top is not None and i.box.top > top and not _NOT_SELLER.search(i.text) and i.confidence > 0.7
             and (f := entity(i)) and re.search(_BUSINESS, str(f.value)) and f.value not in buyers and not of_third(sheet, i)]
    return [_mended(Draft(f.value, i.part(f.start, f.end), entity)) for i, f in found] if len(found) == 1 else []


def _near(sheet: Sheet, anchors: Sequence[Ink], buyers: set[str]) -> list[Draft]:
    """The name that stands with the seller's number or seal: in the same column, the closest with a business name's ending; else the
    closest above."""
    top = table_top(sheet)
    found: list[tuple[bool, float, Ink, Found]] = []
    for anchor in anchors:
        x, y = anchor.box.centre
        for ink in sheet.inks:
            dx, dy = abs(ink.box.centre[0] - x), ink.box.centre[1] - y
            if ink is anchor or dx > 0.16 or not -8 * anchor.height < dy < 5 * anchor.height or _NOT_SELLER.search(ink.text):
                continue
            if any(find_in(ink.text, word) for word in _SEAL_WORDS) or (top is not None and ink.box.bottom < top < anchor.box.top):
                continue
            if _of_goods(sheet, ink, top) or of_third(sheet, ink):
                continue
            hit = entity(ink)
            named = hit is not None and has_suffix(str(hit.value))
            if hit is None or str(hit.value) in buyers or (not named and (dy > 0 or ink.confidence < 0.7)):
                continue
            found.append((not named, abs(dy), ink, hit))
    found.sort(key=lambda f: f[:2])
    if found and _END.fullmatch(str(found[0][3].value)) and (more := _broken(sheet, found[0][2])):
        return [Draft("".join(more.text.split()), more, entity)]
    return [_mended(Draft(h.value, i.part(h.start, h.end), entity, labelled=sealed(sheet, i))) for _, _, i, h in found[:1]]


_END = re.compile("(?:股份|份)?有?限?公司|企?業社|商[行號店]|工?作室|修?護?廠")
"""What is left of a seller's name whose beginning stands in the line before, as seals break it."""


def _broken(sheet: Sheet, end: Ink) -> Ink | None:
    """The name whose end is given, with the line before it: above, or left of it where the lines of a seal run down."""
    tall = end.box.height * sheet.page.height > end.box.width * sheet.page.width
    before = []
    for ink in sheet.inks:
        if not re.fullmatch("[\u4e00-\u9fff]{3,12}", ink.text) or _NOT_SELLER.search(ink.text) or ink is end:
            continue
        gap, size = ((end.box.left - ink.box.right, end.box.width) if tall else (end.box.top - ink.box.bottom, end.height))
        beside = end.box.same_row(ink.box, 0.4) if tall else end.box.same_column(ink.box, 0.4)
        if beside and -0.6 * size < gap < 0.8 * size:
            before.append((abs(gap), ink))
    return Ink.joined([min(before, key=lambda b: b[0])[1], end]) if before else None


def _of_goods(sheet: Sheet, ink: Ink, top: float | None) -> bool:
    """Whether the ink is a line of the table of goods: two figures or more stand right of it."""
    row = [i for i in sheet.row(ink.box) if i.box.left >= ink.box.right
           and re.fullmatch(r"(?:NT)?\$?[0-9][0-9,.]*(?:TX)?|[×xX*@][0-9]+", i.text)]
    return top is not None and ink.box.top > top and len(row) > 1


def _mended(draft: Draft) -> Draft:
    """有限公 can only be the head of 有限公司 whose last glyph the engine lost; the ink stays as read, so a person looks."""
    value = draft.value
    return replace(draft, value=f"{value}司") if isinstance(value, str) and value.endswith("有限公") else draft


def _at_head(sheet: Sheet, buyers: set[str]) -> list[Draft]:
    """The name over the title or, on a strip without a table, at its head."""
    top, shop = table_top(sheet), shop_at_head(sheet)
    title = next((i for i in sheet.inks if re.search("統一發票|收據", i.text)), None)
    for ink in sheet.inks[:6]:
        if (m := BEFORE_TITLE.match(ink.text)) and (found := entity(part := ink.part(0, m.end(1)))) and found.value not in buyers:
            return [Draft(found.value, part.part(found.start, found.end), entity)]
        over = ink is shop or (title is not None and ink.box.bottom <= title.box.top + 0.3 * title.height)
        if (top is not None and not over) or _NOT_SELLER.search(ink.text) or of_third(sheet, ink):
            continue
        found = entity(ink)
        if found and found.value not in buyers and (ink is shop or re.search(_BUSINESS, str(found.value))):
            return [Draft(found.value, ink.part(found.start, found.end), entity, labelled=ink is shop)]
    return []
