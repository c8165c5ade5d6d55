"""Who sells and who buys: the 統一編號 and names of both parties of an invoice or receipt.

The buyer is written in the head, above the table of goods; the seller stands in the seal, at its label, or at the head of a
register's strip. On a poor copy the labels are lost before the figures are, so the place decides where no label is legible.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache

from domain.taiwan import ubn
from extractors.kind import Draft, Sketch
from extractors.kinds._numbers import boxed, has_label, led_by_buyer, numbers
from extractors.kinds._thirds import of_third
from extractors.readers.ink import Ink, Paper, Sheet
from extractors.readers.labels import find_in
from extractors.readers.places import Beside
from extractors.readers.values import uniform_no

SELLER_NO = ("賣方統一編號", "賣方統編", "賣方", "營業人統一編號", "營業人統編", "店統編", "商店統一編號", "銷售人統一編號")
BUYER_NO = ("買受人統一編號", "買方統一編號", "買受人統編", "買方統編", "買方", "買受人註記統編")
SELLER_NAME = ("賣方名稱", "營業人名稱", "商店名稱", "店名", "商號名稱", "具領商號", "商號", "賣方營業人", "賣方", "銷售人",
               "出賣人", "開立人")
BUYER_NAME = ("買受人名稱", "買受人", "買方名稱", "買方營業人", "買方", "購買人", "抬頭", "茲收到", "茲收自", "客戶名稱", "顧客名稱",
              "客戶", "顧客", "買受者", "付款人", "繳款人")
SELLER_TOO = ("廠商名稱", "店家名稱", "店家", "行號名稱", "收款人", "受款人", "領款人", "具領人", "出具人", "立據人", "店章")
"""Words before whoever is paid: a business, or the person who takes the money for it."""
SELLERS = (*SELLER_NAME, "營業人")
SEAL = ("統一發票專用章", "免用統一發票", "發票專用章", "收據專用章", "統一發票章")
PLACE_OF_SEAL = ("營業人蓋用", "蓋用統一發票")
_HEADS = ("品名", "數量", "單價", "金額", "總價")
BEFORE_TITLE = re.compile(r"([\u4e00-\u9fff]{2,16}(?:公司|商行|企業社|工作室|[行社店坊館廠鋪舖屋園]))"
                          r"(?=[^\u4e00-\u9fff]*(?:免用統一發票|免用發票|統一發票|收據))")
"""The seller's name before the title in one line."""


def table_top(sheet: Sheet) -> float | None:
    """Where the table of goods begins: the row of its heads."""
    spots = [i for i in sheet.inks if any((s := find_in(i.text, w)) and s[2] == 0 and len(i.text) < len(w) + 4 for w in _HEADS)]
    spots += [run[0] for run in sheet.spread if any(find_in("".join(i.text for i in run), w) for w in _HEADS)]
    return min((i.box.top for i in spots), default=None) if spots else _first_row_of_figures(sheet)


def _first_row_of_figures(sheet: Sheet) -> float | None:
    """Where the first row with a quantity, a price and an amount, or two of them, begins."""
    boxes = [i.box for i in boxed(sheet)]
    figures = [i for i in sheet.inks if re.fullmatch(r"[0-9]{1,3}(?:[,.][0-9]{3})+|[0-9]{1,7}(?:\.[0-9]{1,2})?", i.text)
               and not any(b.overlap(i.box) > 0 for b in boxes)]
    for ink in figures:
        row = sheet.row(ink.box)
        if sum(i in figures for i in row) >= 2 and not any(re.search("[年月日]", i.text) for i in row):
            return ink.box.top
    return None


_NO_SEAL = re.compile("蓋用|營業人|營巢人|^[(（]本")
"""What the print says of a seal to come, and a shop of itself in brackets beside its title."""


def seals(sheet: Sheet) -> list[Ink]:
    """The words of seals, the most telling first."""
    for word in SEAL:
        found = [i for i in sheet.inks if (s := find_in(i.text, word)) and s[2] <= 1 and not _NO_SEAL.search(i.text)
                 and len(i.text) <= len(word) + 6 and ("收據" not in i.text or "章" in i.text) and re.search("[章專用]", i.text)]
        if found:
            return found[::-1]
    return []


def heads(paper: Paper, mine: Sequence[str], others: Sequence[str]) -> list[Draft]:
    """The 統一編號 of one party in blocks of both: of the words of a party above it in its column, or before it in its row, the
    nearest says whose it is."""
    for sheet in paper.sheets:
        spots = [(ink, any(_begins(ink.text, w) for w in mine)) for ink in sheet.headings
                 if any(_begins(ink.text, w) for w in (*mine, *others))]
        for ink, number in numbers(sheet):
            over = [(s, m) for s, m in spots if s.box.top <= ink.box.top + 0.3 * ink.height and s.box.left < ink.box.right
                    and (ink.box.left - s.box.left < 0.25 or s.box.same_row(ink.box))]
            if over and max(over, key=lambda p: (round(p[0].box.top, 2), p[0].box.left))[1]:
                return [Draft(number, ink, uniform_no, labelled=has_label(sheet, ink))]
    return []


@lru_cache(maxsize=2_000)
def _words_of(text: str) -> str:
    """A stretch without the number of its row and without all that is no Chinese character."""
    return re.sub(r"^[(（]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[)）、.]|[^\u4e00-\u9fff]", "", text)


def _begins(text: str, word: str) -> bool:
    body = _words_of(text)
    return body.startswith(word) and len(body) <= len(word) + 22 and not body.startswith(PLACE_OF_SEAL)


def buyer_no(paper: Paper) -> list[Draft]:
    """The buyer's number: at its label, else in the block that the buyer's words begin, else the one that stands in the head, above the
    table of goods and apart from any seal."""
    direct = [d for d in Beside(BUYER_NO, uniform_no, whole=True)(paper) if d.value is not None] or [
        Draft(n, i, uniform_no, labelled=True) for i, n in led_by_buyer(paper.first)[:1]] or _in_blocks(paper)
    if direct:
        return direct
    sheet = paper.first
    top = table_top(sheet)
    labelled = [d for d in Beside(("統一編號", "統編"), uniform_no, whole=True)(paper) if d.value is not None] or [
        d for d in Beside(("統一編號", "統編"), uniform_no, below=True)(paper) if d.value is not None]
    buyer = next((i for i in sheet.inks if any((s := find_in(i.text, w)) and s[2] == 0 for w in BUYER_NAME)), None)
    out = [d for d in labelled if _in_head(d.ink, top, buyer) and not sealed(sheet, d.ink)
           and not _behind_seller(sheet, d.ink, buyer) and not _under_name(sheet, d.ink, buyer)]
    if out or top is None:
        return out or _lower_of_two(sheet)
    title = next((i for i in sheet.inks if re.search("發票|收據|[一二三]聯", i.text)), None)
    loose = [(i, n) for i, n in numbers(sheet) if i.box.bottom < top + 0.2 * i.height and not sealed(sheet, i)
             and (title is None or i.box.top > title.box.bottom) and not _of_shop(sheet, i, buyer)]
    return [Draft(n, i, uniform_no) for i, n in loose[:1]] if buyer is not None or len(loose) == 1 else []


def _in_blocks(paper: Paper) -> list[Draft]:
    """The buyer's number where the words of either party begin a block that has a number of its own."""
    blocks = heads(paper, BUYER_NAME, SELLERS), heads(paper, SELLERS, BUYER_NAME)
    return blocks[0] if all(blocks) and blocks[0][0].value != blocks[1][0].value else []


def _of_shop(sheet: Sheet, ink: Ink, buyer: Ink | None) -> bool:
    """Whether a number stands above all words of the buyer on a paper that a shop's name heads, in a line of its own that begins at the
    left or in the middle: then it is the shop's. A pad leaves the place right of its title or of its buyer to the buyer's number."""
    shop = shop_at_head(sheet)
    if shop is None or buyer is None or ink.box.top < shop.box.bottom or ink.box.bottom > buyer.box.top + 0.2 * ink.height:
        return False
    row = [i for i in sheet.row(ink.box) if i.box.left <= ink.box.left + 0.001]
    begin = min(row, key=lambda i: i.box.left, default=ink).box.left
    left, right = (sheet.region.left, sheet.region.right) if sheet.region else (0.0, 1.0)
    titled = any(re.search("統一發票(?!專用)|收據", i.text) for i in row)
    sealed_too = any(sealed(sheet, i) and i.box.top > buyer.box.bottom for i, _ in numbers(sheet))
    return begin < left + 0.45 * (right - left) and not titled and not sealed_too


def shop_at_head(sheet: Sheet) -> Ink | None:
    """The name of a business that stands alone over the title or left of it, before anything of the buyer."""
    title = next((i for i in sheet.inks if re.search("統一發票|收據|^據", i.text)), None)
    over = [i for i in sheet.inks if title is not None and re.search("[\u4e00-\u9fff]", i.text) and (
        i.box.bottom <= title.box.top + 0.3 * title.height or (i.box.same_row(title.box) and i.box.right < title.box.left))]
    return next((i for i in over[:2] if _is_shop("".join(i.text.split()))), None)


def _is_shop(text: str) -> bool:
    return SHOP.fullmatch(text) is not None or (re.fullmatch("[\u4e00-\u9fff]{3,12}[室廊院堂軒莊閣苑站所部棧居廳場宿廚]", text) is not None
                                                and not re.search("收據|發票|營業所|門市部|營業部|電話|[縣市區]", text))


SHOP = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·&]{2,24}(?:公司|商行|企業社|商號|工作室|[行社店坊館廠鋪舖屋園號])")


def _under_name(sheet: Sheet, ink: Ink, buyer: Ink | None) -> bool:
    """Whether a number stands right under a business's name in a block of their own above all words of the buyer: the shop's."""
    if buyer is None or "註記" in buyer.text or ink.box.bottom > buyer.box.top + 0.2 * ink.height:
        return False
    row = [i for i in sheet.row(ink.box) if i.box.left <= ink.box.left + 0.001]
    if any(re.search("統一發票(?!專用)|收據", i.text) for i in row):
        return False
    begin = min(row, key=lambda i: i.box.left, default=ink)
    over = [i for i in sheet.inks if 0 < begin.box.centre[1] - i.box.centre[1] < 2.2 * begin.height
            and abs(i.box.left - begin.box.left) < 2 * begin.em and not i.box.same_row(begin.box)]
    return bool(over) and _is_shop("".join(max(over, key=lambda i: i.box.top).text.split()))


def _behind_seller(sheet: Sheet, ink: Ink, buyer: Ink | None) -> bool:
    """Whether words before the seller stand between those before the buyer and a number below both."""
    return buyer is not None and any(_begins(i.text, w) and buyer.box.centre[1] < i.box.centre[1] < ink.box.centre[1] + 0.5 * ink.height
                                     for i in sheet.inks for w in (*SELLER_NAME, *SELLER_TOO))


def _lower_of_two(sheet: Sheet) -> list[Draft]:
    """On a strip with two numbers the seller's stands in the head, over the title or the invoice's own number, and the buyer's below it."""
    found = [(i, n) for i, n in numbers(sheet) if ubn.is_valid(n)]
    middle = next((i.box.centre[1] for i in sheet.inks if re.search(r"統一發票(?!專用章)|[A-Z]{2}[ \-]?[0-9]{8}", i.text)), None)
    below = [(i, n) for i, n in found if middle is not None and i.box.top > middle and not sealed(sheet, i)]
    if len({n for _, n in found}) != 2 or len(below) != 1 or below[0][1] in {n for i, n in found if i is not below[0][0]}:
        return []
    return [Draft(below[0][1], below[0][0], uniform_no, firm=False)]


def _in_head(ink: Ink, top: float | None, buyer: Ink | None) -> bool:
    if top is not None:
        return ink.box.centre[1] < top and (buyer is None or ink.box.centre[1] > buyer.box.top - 0.16)
    return buyer is not None and abs(ink.box.centre[1] - buyer.box.centre[1]) < 0.16


def sealed(sheet: Sheet, ink: Ink) -> bool:
    """Whether the ink stands within a seal: its words near it, in one column. 收據專用章 is mostly printed where a seal is to come. What
    stands over the table of goods is not within a seal below its head."""
    top = table_top(sheet)
    near = [s for s in seals(sheet) if "收據" not in s.text and s.page == ink.page and abs(s.box.centre[0] - ink.box.centre[0]) < 0.13
            and abs(s.box.centre[1] - ink.box.centre[1]) < 0.16]
    return any(top is None or not ink.box.bottom < top < s.box.top for s in near)


def seller_no(paper: Paper) -> list[Draft]:
    """The seller's number: at its label, else in the seal, else the one that is not the buyer's and stands below the head."""
    direct = [d for d in Beside(SELLER_NO, uniform_no)(paper) if d.value is not None] or heads(paper, SELLER_NAME, BUYER_NAME) or (
        heads(paper, SELLERS, BUYER_NAME) if _in_blocks(paper) else [])
    if direct:
        return direct
    sheet = paper.first
    if headed := _under_title(sheet):
        return headed
    buyers, led = buyer_no(paper), [i for i, _ in led_by_buyer(sheet)]
    rest = [(i, n) for i, n in numbers(sheet) if not any(b.box.overlap(i.box) > 0 for b in (*(d.ink for d in buyers), *led))]
    top, stamp = table_top(sheet), seals(sheet)
    below = [(i, n) for i, n in rest if (top is not None and i.box.top > top) or sealed(sheet, i)]
    if not below and top is None:
        headed_by = next((i for i in sheet.inks[:6] if BEFORE_TITLE.match(i.text)), None)
        below = [(i, n) for i, n in rest if n not in {d.value for d in buyers} and not (headed_by and _name_between(sheet, headed_by, i))]
    order = sorted(below, key=lambda p: (not ubn.is_valid(p[1]), min((apart(p[0], s) for s in stamp), default=0.0)))
    told = len({n for _, n in rest}) == 1 and any(d.labelled for d in buyers)
    return [Draft(n, i, uniform_no, labelled=sealed(sheet, i) or (told and has_label(sheet, i))) for i, n in order[:1]]


def _under_title(sheet: Sheet) -> list[Draft]:
    """The number that stands right under the seller's name and the title in one line, before any words of the buyer."""
    title = next((i for i in sheet.inks[:6] if BEFORE_TITLE.match(i.text)), None)
    told = min((i for i in sheet.inks if any(_begins(i.text, w) for w in BUYER_NAME)), key=lambda i: i.box.top, default=None)
    buyer = told.box.top if told else 1.0
    near = [(i, n) for i, n in numbers(sheet) if title and 0 <= i.box.centre[1] - title.box.centre[1] < 3 * title.height
            and i.box.bottom < buyer and not _name_between(sheet, title, i)]
    shop = shop_at_head(sheet)
    near = near or [(i, n) for i, n in numbers(sheet) if shop and shop.box.bottom <= i.box.top and ubn.is_valid(n)
                    and (_of_shop(sheet, i, told) if told else _over_goods(sheet, i))]
    near = near or [(i, n) for i, n in numbers(sheet) if ubn.is_valid(n) and _under_name(sheet, i, told)]
    return [Draft(n, i, uniform_no, labelled=has_label(sheet, i)) for i, n in near[:1]]


def _name_between(sheet: Sheet, title: Ink, number: Ink) -> bool:
    """Whether a firm's name stands between a title and a number: the buyer's, whose words are lost."""
    return any(title.box.bottom - 0.5 * i.height < i.box.centre[1] < number.box.top + 0.5 * i.height and i is not title
               and _is_shop("".join(i.text.split())) for i in sheet.inks)


def _over_goods(sheet: Sheet, ink: Ink) -> bool:
    """Whether a number stands over the title and the invoice's own number, in the head of a strip that names no buyer."""
    tops = [i.box.top for i in sheet.inks if re.search(r"聯.{0,4}統一發票|收銀機|[A-Z]{2}[ \-]?[0-9]{8}|^收據", i.text)]
    return bool(tops) and ink.box.bottom <= min(tops) + 0.2 * ink.height


def apart(a: Ink, b: Ink) -> float:
    (ax, ay), (bx, by) = a.box.centre, b.box.centre
    return math.hypot(ax - bx, ay - by)


def parties_differ(sketch: Sketch) -> None:
    """Nobody sells to himself, and both numbers hold their check."""
    buyer, seller = sketch.text("inv.buyer_uniform_no"), sketch.text("inv.seller_uniform_no")
    if buyer and buyer == seller:
        sketch.doubt("買賣雙方統一編號相同，請核對", "inv.buyer_uniform_no", "inv.seller_uniform_no")
    for name, number in (("inv.buyer_uniform_no", buyer), ("inv.seller_uniform_no", seller)):
        if number and not ubn.is_valid(number) and not any(d.witness == "qr" for d in sketch.drafts[name]):
            sketch.doubt("統一編號檢查碼不符，可能看錯字", name)
    told_by_words(sketch)
    for name in ("inv.buyer_uniform_no", "inv.seller_uniform_no", "inv.seller_name"):
        best = next((d for d in sketch.drafts.get(name, ()) if d.value is not None), None)
        if best and not best.witness and any(of_third(s, best.ink, near=1.0) for s in sketch.paper.sheets if s.number == best.ink.page):
            sketch.doubt("同一列印有其他業者的欄名，請核對是誰的", name)


def told_by_words(sketch: Sketch) -> None:
    """A number that neither words nor a seal tell whose it is, but only its place, is for a person to look at; below the goods it is the
    seller's where words tell another one for the buyer's."""
    sheets = {s.number: s for s in sketch.paper.sheets}
    for name, other in (("inv.buyer_uniform_no", ""), ("inv.seller_uniform_no", "inv.buyer_uniform_no")):
        drafts = [d for d in sketch.drafts.get(name, ()) if d.value is not None]
        apart_from = any(d.labelled and drafts and d.value not in (None, drafts[0].value) for d in sketch.drafts.get(other, ()))
        if drafts and not any(_told(sheets[d.ink.page], d, apart_from) for d in drafts if d.value == drafts[0].value):
            sketch.doubt("旁邊沒有字樣說明這是買方或賣方的統一編號，請核對", name)


def _told(sheet: Sheet, draft: Draft, apart_from: bool) -> bool:
    top = table_top(sheet)
    below = apart_from and top is not None and draft.ink.box.top > top
    return draft.labelled or bool(draft.witness) or below or has_label(sheet, draft.ink) or sealed(sheet, draft.ink)
