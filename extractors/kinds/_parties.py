"""Who sells and who buys: the 統一編號 and names of both parties of an invoice or receipt.

The buyer is written in the head, above the table of goods; the seller stands in the seal, at its label, or at the head of a
register's strip. On a poor copy the labels are lost before the figures are, so the place decides where no label is legible.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from domain.taiwan import ubn
from extractors.kind import Draft, Sketch
from extractors.readers.ink import Ink, Paper, Sheet
from extractors.readers.labels import find_in
from extractors.readers.places import Beside
from extractors.readers.values import Found, entity, has_suffix, uniform_no

SELLER_NO = ("賣方統一編號", "賣方統編", "賣方", "營業人統一編號", "營業人統編", "店統編", "商店統一編號", "銷售人統一編號")
BUYER_NO = ("買受人統一編號", "買方統一編號", "買受人統編", "買方統編", "買方", "買受人註記統編")
SELLER_NAME = ("賣方名稱", "營業人名稱", "商店名稱", "店名", "商號名稱", "具領商號", "商號", "賣方營業人", "賣方", "銷售人",
               "出賣人", "開立人")
BUYER_NAME = ("買受人名稱", "買受人", "買方名稱", "買方營業人", "買方", "抬頭", "茲收到")
SELLER_TOO = ("廠商名稱", "店家名稱", "店家", "行號名稱", "收款人", "受款人", "領款人", "具領人", "出具人", "立據人", "店章")
"""Words before whoever is paid: a business, or the person who takes the money for it."""
SEAL = ("統一發票專用章", "免用統一發票", "發票專用章", "收據專用章", "統一發票章")
PLACE_OF_SEAL = ("營業人蓋用", "蓋用統一發票")
_HEADS = ("品名", "數量", "單價", "金額", "總價")
_OTHER_NUMBERS = re.compile(r"[A-Z]{2}[ \-]?[0-9]{8}|電話|TEL|傳真|FAX|\(0[0-9]\)|帳號|日期", re.IGNORECASE)


def table_top(sheet: Sheet) -> float | None:
    """Where the table of goods begins: the row of its heads."""
    spots = [i for i in sheet.inks if any((s := find_in(i.text, w)) and s[2] == 0 and len(i.text) < len(w) + 4 for w in _HEADS)]
    spots += [run[0] for run in sheet.spread if any(find_in("".join(i.text for i in run), w) for w in _HEADS)]
    return min((i.box.top for i in spots), default=None) if spots else _first_row_of_figures(sheet)


def _first_row_of_figures(sheet: Sheet) -> float | None:
    """Where the first row with a quantity, a price and an amount, or two of them, begins."""
    boxed = [i.box for i in _boxed(sheet)]
    figures = [i for i in sheet.inks if re.fullmatch(r"[0-9]{1,3}(?:[,.][0-9]{3})+|[0-9]{1,7}", i.text)
               and not any(b.overlap(i.box) > 0 for b in boxed)]
    for ink in figures:
        row = sheet.row(ink.box)
        if sum(i in figures for i in row) >= 2 and not any(re.search("[年月日]", i.text) for i in row):
            return ink.box.top
    return None


def seals(sheet: Sheet) -> list[Ink]:
    """The words of seals, the most telling first."""
    for word in SEAL:
        found = [i for i in sheet.inks if (s := find_in(i.text, word)) and s[2] <= 1 and not re.search("蓋用|營業人|營巢人", i.text)
                 and len(i.text) <= len(word) + 6 and ("收據" not in i.text or "章" in i.text)]
        if found:
            return found[::-1]
    return []


def numbers(sheet: Sheet) -> list[tuple[Ink, str]]:
    """Every 統一編號 of the sheet, in one stretch or one figure a box."""
    out = []
    letters = [i for i in sheet.inks if re.fullmatch(r"[A-Z]{2}[-－]?", i.text)]
    for ink in (*sheet.inks, *_boxed(sheet)):
        if any(i.box.same_row(ink.box) and 0 <= ink.box.left - i.box.left < 10 * i.em for i in letters):
            continue
        if not _OTHER_NUMBERS.search(ink.text) and (found := uniform_no(ink)):
            out.append((ink.part(found.start, found.end), str(found.value)))
    return out


def _boxed(sheet: Sheet) -> list[Ink]:
    """Eight figures of one row that stand about equally far apart."""
    out: list[Ink] = []
    done: set[int] = set()
    for seed in sheet.inks:
        if id(seed) in done or not re.fullmatch(r"[0-9]{1,2}", seed.text):
            continue
        run: list[Ink] = []
        for ink in [i for i in sheet.row(seed.box, 0.7) if re.fullmatch(r"[0-9]{1,2}", i.text)]:
            done.add(id(ink))
            if run and ink.box.left - run[-1].box.right > 4 * min(ink.em, run[-1].em):
                out += _eight(run)
                run = []
            run.append(ink)
        out += _eight(run)
    return out


def _eight(run: Sequence[Ink]) -> list[Ink]:
    """A run of eight figures in at least five stretches, as one."""
    return [Ink.joined(run)] if len(run) >= 5 and sum(len(i.text) for i in run) == 8 else []


def heads(paper: Paper, mine: Sequence[str], others: Sequence[str]) -> list[Draft]:
    """The 統一編號 of one party in blocks of both: of the words of a party above it in its column, or before it in its row, the
    nearest says whose it is."""
    for sheet in paper.sheets:
        spots = [(ink, any(_begins(ink.text, w) for w in mine)) for ink in sheet.headings
                 if any(_begins(ink.text, w) for w in (*mine, *others))]
        for ink, number in numbers(sheet):
            over = [(s, m) for s, m in spots if s.box.top <= ink.box.top + 0.3 * ink.height and s.box.left < ink.box.right
                    and ink.box.left - s.box.left < 0.25]
            if over and max(over, key=lambda p: (round(p[0].box.top, 2), p[0].box.left))[1]:
                return [Draft(number, ink, uniform_no)]
    return []


def _begins(text: str, word: str) -> bool:
    body = re.sub(r"[^\u4e00-\u9fff]", "", text)
    return body.startswith(word) and len(body) <= len(word) + 22


def buyer_no(paper: Paper) -> list[Draft]:
    """The buyer's number: at its label, else the one that stands in the head, above the table of goods and apart from any seal."""
    direct = [d for d in Beside(BUYER_NO, uniform_no, whole=True)(paper) if d.value is not None]
    if direct:
        return direct
    sheet = paper.first
    top = table_top(sheet)
    labelled = [d for d in Beside(("統一編號", "統編"), uniform_no, whole=True)(paper) if d.value is not None]
    buyer = next((i for i in sheet.inks if any((s := find_in(i.text, w)) and s[2] == 0 for w in BUYER_NAME)), None)
    out = [d for d in labelled if _in_head(d.ink, top, buyer) and not _sealed(sheet, d.ink)]
    if out or top is None:
        return out
    title = next((i for i in sheet.inks if re.search("發票|收據|[一二三]聯", i.text)), None)
    loose = [(i, n) for i, n in numbers(sheet) if i.box.bottom < top + 0.2 * i.height and not _sealed(sheet, i)
             and (title is None or i.box.top > title.box.bottom)]
    return [Draft(n, i, uniform_no) for i, n in loose[:1]] if buyer is not None or len(loose) == 1 else []


def _in_head(ink: Ink, top: float | None, buyer: Ink | None) -> bool:
    if top is not None:
        return ink.box.centre[1] < top and (buyer is None or ink.box.centre[1] > buyer.box.top - 0.16)
    return buyer is not None and abs(ink.box.centre[1] - buyer.box.centre[1]) < 0.16


def _sealed(sheet: Sheet, ink: Ink) -> bool:
    """Whether the ink stands within a seal: its words near it, in one column. 收據專用章 is mostly printed where a seal is to come."""
    return any(abs(s.box.centre[0] - ink.box.centre[0]) < 0.13 and abs(s.box.centre[1] - ink.box.centre[1]) < 0.16 and s.page == ink.page
               for s in seals(sheet) if "收據" not in s.text)


def seller_no(paper: Paper) -> list[Draft]:
    """The seller's number: at its label, else in the seal, else the one that is not the buyer's and stands below the head."""
    direct = [d for d in Beside(SELLER_NO, uniform_no)(paper) if d.value is not None] or heads(paper, SELLER_NAME, BUYER_NAME)
    if direct:
        return direct
    sheet = paper.first
    buyers = buyer_no(paper)
    rest = [(i, n) for i, n in numbers(sheet) if not any(d.ink.box.overlap(i.box) > 0 for d in buyers)]
    top, stamp = table_top(sheet), seals(sheet)
    below = [(i, n) for i, n in rest if (top is not None and i.box.top > top) or _sealed(sheet, i)]
    if not below and top is None:
        below = [(i, n) for i, n in rest if n not in {d.value for d in buyers}]
    order = sorted(below, key=lambda p: (not ubn.is_valid(p[1]), min((apart(p[0], s) for s in stamp), default=0.0)))
    return [Draft(n, i, uniform_no, labelled=_sealed(sheet, i)) for i, n in order[:1]]


def apart(a: Ink, b: Ink) -> float:
    (ax, ay), (bx, by) = a.box.centre, b.box.centre
    return math.hypot(ax - bx, ay - by)


_NOT_SELLER = re.compile(r"營業人|蓋用|備註|專用章|負責人|電話|TEL|地址|買.{1,2}人|.受人|.安人|品名|收據|發票|統一編號|統編"
                         r"|[0-9:$%√✓□■]|經手|銀貨|新[臺台]幣|[稅税]|合計|總計|抬頭|年.*月"
                         r"|數.?量|單.?價|總.?價|金.?額|免用|銷售額|地.?址")
_BUSINESS = r"..公司$|.商行|.企業社|.工作室|..[行社店坊館廠鋪舖屋園]$"
_SEAL_WORDS = (*SEAL, *PLACE_OF_SEAL, "統一編號", "備註", "負責人")


def seller_name(paper: Paper) -> list[Draft]:
    """The seller's name: at its label, else in the seal or with the seller's number, else at the head of a register's strip."""
    direct = [_mended(d) for d in Beside(SELLER_NAME, entity)(paper) if d.value and not re.fullmatch(r"[\W0-9A-Za-z]+", str(d.value))] \
        or [d for d in Beside(SELLER_TOO, entity)(paper) if d.value and re.search(_BUSINESS, str(d.value))]
    if direct:
        return direct
    sheet = paper.first
    buyers = {str(d.value) for d in Beside(BUYER_NAME, entity, whole=True)(paper) if d.value}
    anchors = [*(d.ink for d in seller_no(paper)[:1]), *seals(sheet)[:1]]
    return _near(sheet, anchors, buyers) or _at_head(sheet, buyers) or _alone(sheet, buyers)


def _alone(sheet: Sheet, buyers: set[str]) -> list[Draft]:
    """The only name of a business beside or below the table of goods: the seal's, whose other words are lost."""
    top = table_top(sheet)
    found = [(i, f) for i in sheet.inks if top is not None and i.box.top > top and not _NOT_SELLER.search(i.text) and i.confidence > 0.7
             and (f := entity(i)) and re.search(_BUSINESS, str(f.value)) and f.value not in buyers]
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
            if _of_goods(sheet, ink, top):
                continue
            hit = entity(ink)
            named = hit is not None and has_suffix(str(hit.value))
            if hit is None or str(hit.value) in buyers or (not named and (dy > 0 or ink.confidence < 0.7)):
                continue
            found.append((not named, abs(dy), ink, hit))
    found.sort(key=lambda f: f[:2])
    return [_mended(Draft(h.value, i.part(h.start, h.end), entity, labelled=_sealed(sheet, i))) for _, _, i, h in found[:1]]


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
    top = table_top(sheet)
    title = next((i for i in sheet.inks if re.search("統一發票|收據", i.text)), None)
    for ink in sheet.inks[:6]:
        over = title is not None and ink.box.bottom <= title.box.top + 0.3 * title.height
        if (top is not None and not over) or _NOT_SELLER.search(ink.text):
            continue
        found = entity(ink)
        if found and found.value not in buyers and re.search(_BUSINESS, str(found.value)):
            return [Draft(found.value, ink.part(found.start, found.end), entity)]
    return []


def parties_differ(sketch: Sketch) -> None:
    """Nobody sells to himself, and both numbers hold their check."""
    buyer, seller = sketch.text("inv.buyer_uniform_no"), sketch.text("inv.seller_uniform_no")
    if buyer and buyer == seller:
        sketch.doubt("買賣雙方統一編號相同，請核對", "inv.buyer_uniform_no", "inv.seller_uniform_no")
    for name, number in (("inv.buyer_uniform_no", buyer), ("inv.seller_uniform_no", seller)):
        if number and not ubn.is_valid(number) and not any(d.witness == "qr" for d in sketch.drafts[name]):
            sketch.doubt("統一編號檢查碼不符，可能看錯字", name)
