"""三聯式・二聯式統一發票, hand-written, typed or printed by a cash register (統一發票使用辦法第 7、9 條)."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from domain.taiwan import ubn
from extractors.kind import Draft, Kind, Sketch
from extractors.kinds._invoices import (
    NET_LABELS,
    TAX_LABELS,
    UNTAXED,
    big_writing,
    date_in_period,
    figure,
    invoice_numbers,
    name_near,
    net_tax_total,
    purchase_day,
    total_drafts,
)
from extractors.readers.ink import Ink, Paper, Sheet
from extractors.readers.labels import find_in
from extractors.readers.places import Beside, in_turn
from extractors.readers.values import entity, invoice_no, uniform_no

SEAL = ("統一發票專用章", "發票專用章", "統一發票章")
BUYER = ("買受人", "買方", "抬頭")
SELLER_WORDS = ("賣方統一編號", "賣方統編", "賣方", "營業人統一編號", "營業人統編", "店統編")
BUYER_WORDS = ("買受人統一編號", "買方統一編號", "買受人統編", "買方統編", "買方")


def _numbers(sheet: Sheet) -> list[tuple[Ink, str]]:
    """Every 統一編號 on the sheet: eight digits alone in a line, or boxed digits put together."""
    out = []
    for ink in sheet.inks:
        if re.search(r"[A-Z]{2}[ \-]?[0-9]{8}|電話|TEL|\(0[0-9]\)", ink.text):
            continue
        if found := uniform_no(ink):
            out.append((ink.part(found.start, found.end), str(found.value)))
    return out


def _anchor(sheet: Sheet, words: Sequence[str], last: bool = False) -> Ink | None:
    found = [i for i in sheet.inks if any((s := find_in(i.text, w)) and s[2] == 0 for w in words)]
    return (found[-1] if last else found[0]) if found else None


def seller_no(paper: Paper) -> list[Draft]:
    """The seller's number: behind its label, else the number in the seal, else the one that is not the buyer's."""
    direct = [d for d in Beside(SELLER_WORDS, uniform_no)(paper) if d.value is not None]
    if direct:
        return direct
    sheet = paper.first
    numbers = _numbers(sheet)
    seal = _anchor(sheet, SEAL, last=True)
    if seal is not None and numbers:
        near = [(i, n) for i, n in numbers if _distance(i, seal) < 0.35 and i.box.left > seal.box.left - 0.12]
        if near:
            return _by_validity(near, seal)
    buyers = {d.value for d in buyer_no(paper)}
    rest = [(i, n) for i, n in numbers if n not in buyers]
    return [Draft(n, i, uniform_no) for i, n in rest[:1]]


def _by_validity(near: list[tuple[Ink, str]], seal: Ink) -> list[Draft]:
    order = sorted(near, key=lambda p: (not ubn.is_valid(p[1]), _distance(p[0], seal)))
    return [Draft(n, i, uniform_no, firm=k == 0) for k, (i, n) in enumerate(order[:1])]


def _distance(a: Ink, b: Ink) -> float:
    (ax, ay), (bx, by) = a.box.centre, b.box.centre
    return math.hypot(ax - bx, ay - by)


def buyer_no(paper: Paper) -> list[Draft]:
    """The buyer's number: behind its label, else the 統一編號 in the head of the invoice, above the table and apart from the seal."""
    direct = [d for d in Beside(BUYER_WORDS, uniform_no)(paper) if d.value is not None]
    if direct:
        return direct
    sheet = paper.first
    buyer = _anchor(sheet, BUYER)
    seal = _anchor(sheet, SEAL, last=True)
    table = _anchor(sheet, ("品名", "數量", "單價"))
    drafts = Beside(("統一編號", "統編"), uniform_no, whole=True)(paper)
    out = []
    for d in drafts:
        y = d.ink.box.centre[1]
        above = table is None or y < table.box.top
        near = buyer is None or abs(y - buyer.box.centre[1]) < 0.16
        in_seal = seal is not None and _distance(d.ink, seal) < 0.2 and y > seal.box.top - 0.1
        if above and near and not in_seal and (buyer is not None or table is not None):
            out.append(d)
    return out


def seller_name(paper: Paper) -> list[Draft]:
    """The seller's name: behind 賣方, else in the seal or with the seller's number, else at the head of a register's strip."""
    direct = [d for d in Beside(("賣方名稱", "營業人名稱", "賣方"), entity)(paper) if d.value is not None and not str(d.value).isdigit()]
    if direct:
        return direct
    sheet = paper.first
    buyers = [str(d.value) for d in Beside(("買受人", "買方", "抬頭"), entity)(paper) if d.value]
    number = [d.ink for d in seller_no(paper)[:1]]
    seal = _anchor(sheet, SEAL, last=True)
    return name_near(sheet, [*number, *([seal] if seal else [])], buyers) or _head_name(sheet)


def _head_name(sheet: Sheet) -> list[Draft]:
    for ink in sheet.inks[:8]:
        if re.search(r"公司|商行|企業社|工作室|行$|社$|店$", ink.text) and not re.search(r"買受人|發票",
                                                                                         ink.text) and (found := entity(ink)):
            return [Draft(found.value, ink.part(found.start, found.end), entity)]
    return []


def parties(sketch: Sketch) -> None:
    """Both numbers hold their check, and differ."""
    buyer, seller = sketch.text("inv.buyer_uniform_no"), sketch.text("inv.seller_uniform_no")
    if buyer and buyer == seller:
        sketch.doubt("買賣雙方統一編號相同，請核對", "inv.buyer_uniform_no", "inv.seller_uniform_no")
    for name, number in (("inv.buyer_uniform_no", buyer), ("inv.seller_uniform_no", seller)):
        if number and not ubn.is_valid(number):
            sketch.doubt("統一編號檢查碼不符，可能看錯字", name)


KIND = Kind(
    id="uniform_invoice",
    name="統一發票",
    titles=("統一發票三聯式", "統一發票二聯式", "三聯式統一發票", "二聯式統一發票", "收銀機統一發票", "電子計算機統一發票", "統一發票"),
    labels=("買受人", "統一編號", "品名", "數量", "單價", "金額", "備註", "銷售額合計", "營業稅", "總計新臺幣", "應稅", "零稅率", "免稅",
            "統一發票專用章", "扣抵聯", "收執聯",
            "存根聯", "買受人註記欄"),
    fields={
        "inv.number": (in_turn(Beside(("發票號碼", "字軌號碼"), invoice_no), invoice_numbers),),
        "inv.date": (purchase_day,),
        "inv.buyer_uniform_no": (buyer_no,),
        "inv.seller_uniform_no": (seller_no,),
        "inv.seller_name": (seller_name,),
        "inv.net_amount": (Beside(NET_LABELS, figure),),
        "inv.tax_amount": (Beside(TAX_LABELS, figure, skip=UNTAXED),),
        "inv.total_amount": (total_drafts,),
    },
    checks=(net_tax_total, big_writing, date_in_period, parties),
    against=("免用統一發票", "電子發票證明聯", "申報書", "進項", "收據"),
    small=True,
)
