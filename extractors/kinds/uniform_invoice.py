"""三聯式・二聯式統一發票, hand-written, typed or printed by a cash register (統一發票使用辦法第 7、9 條)."""

from __future__ import annotations

import re

from extractors.kind import Kind, Sketch
from extractors.kinds import _amounts as amounts
from extractors.kinds._invoices import (
    big_writing,
    column_adds_up,
    date_in_period,
    invoice_numbers,
    net_tax_total,
    paid_and_changed,
    purchase_day,
    written_total,
)
from extractors.kinds._parties import buyer_no, parties_differ, seller_no
from extractors.kinds._sellers import seller_name
from extractors.readers import einvoice
from extractors.readers.einvoice import NOT_THIS
from extractors.readers.ink import Sheet
from extractors.readers.places import Beside, in_turn
from extractors.readers.values import invoice_no


def lines_make_total(sketch: Sketch) -> None:
    """The lines of an invoice that states no tax apart add up to its total."""
    if not amounts.three_part(sketch.paper):
        column_adds_up(sketch)


def numbered(sheet: Sheet) -> float:
    """An invoice's number stands alone in the head of the paper; with net, tax and total that fit, and without the words of an e-invoice,
    nothing else is like it. With an e-invoice's QR code it is that, whatever else is printed."""
    if einvoice.find(sheet.codes):
        return -NOT_THIS
    if re.search("隨機碼|賣.?方|格式.?2[0-9]", sheet.text):
        return 0.0
    alone = any(i.box.top < 0.25 and re.fullmatch(r"[A-Z]{2}[ \-－]?[0-9 ]{8,9}", i.text) for i in sheet.inks)
    found = amounts.sums(sheet) if alone else None
    return 5.0 if found and found.tax else 3.0 if found else 1.0 if alone else 0.0


KIND = Kind(
    id="uniform_invoice",
    name="統一發票",
    titles=("統一發票三聯式", "統一發票二聯式", "三聯式統一發票", "二聯式統一發票", "收銀機統一發票", "電子計算機統一發票", "統一發票"),
    labels=("買受人", "統一編號", "品名", "數量", "單價", "金額", "備註", "銷售額合計", "營業稅", "總計新臺幣", "應稅", "零稅率", "免稅",
            "統一發票專用章", "扣抵聯", "收執聯", "存根聯", "買受人註記欄"),
    fields={
        "inv.number": (in_turn(Beside(("發票號碼", "字軌號碼"), invoice_no), invoice_numbers),),
        "inv.date": (purchase_day,),
        "inv.buyer_uniform_no": (buyer_no,),
        "inv.seller_uniform_no": (seller_no,),
        "inv.seller_name": (seller_name,),
        "inv.net_amount": (amounts.net,),
        "inv.tax_amount": (amounts.tax,),
        "inv.total_amount": (amounts.or_else(amounts.total, written_total),),
    },
    checks=(net_tax_total, big_writing, date_in_period, parties_differ, paid_and_changed, lines_make_total),
    against=("免用統一發票", "電子發票證明聯", "申報書", "進項", "收據", "報價單", "估價單", "出貨單", "送貨單", "訂購單", "採購單",
             "請款單", "對帳單", "折讓證明單", "折讓單", "請開立", "付款條件", "存證信函", "敬啟者", "受文者"),
    never=("累積留抵稅額", "申報留抵稅額", "得扣抵進項稅額", "應實繳稅額", "銷項稅額合計"),
    needs=("統一發票", "三聯式", "二聯式", "扣抵聯", "收執聯", "零稅率", "總計新臺幣", "發票號碼"),
    signs=(numbered,),
    small=True,
)
