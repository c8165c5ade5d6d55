"""免用統一發票收據: the receipt of a small business that need not issue uniform invoices. Its seal is the seller."""

from __future__ import annotations

import re

from domain.document import Document
from extractors.kind import Kind, Sketch
from extractors.kinds import _amounts as amounts
from extractors.kinds._invoices import big_writing, column_adds_up, paid_and_changed, purchase_day, written_total
from extractors.kinds._parties import parties_differ, seller_no
from extractors.kinds._sellers import seller_name
from extractors.kinds._written import in_words, parse_words
from extractors.readers import einvoice
from extractors.readers.einvoice import NOT_THIS
from extractors.readers.ink import Ink, Paper, Sheet, is_han, plain
from extractors.readers.labels import find_in
from extractors.readers.places import InTable
from extractors.readers.values import digits_amount


def lines_add_up(sketch: Sketch) -> None:
    """The lines' prices add up to the total."""
    total = sketch.number("inv.total_amount")
    if total is None:
        return
    parts = [d.value for d in InTable(("總價", "金額", "小計"), digits_amount)(sketch.paper) if isinstance(d.value, int)
             and d.value != total]
    words = in_words(sketch.paper)
    written = [v for s in sketch.paper.sheets for i in s.inks if (v := _line_in_words(i))]
    if len(written) > 1 and sum(written) == total or any(sum(parts[:n]) == total for n in range(2, len(parts) + 1)):
        sketch.vouch("check:sum", "inv.total_amount")
    elif words and words.others:
        sketch.doubt("大寫可讀作兩種金額，請核對", "inv.total_amount")


def _line_in_words(ink: Ink) -> int | None:
    """The amount of a line of goods that is written out: 不織布袋十一件計貳佰肆拾貳元."""
    m = re.search("[件個張組台式箱包份次]計(.+元)$", "".join(ink.text.split()))
    found = parse_words(plain(m[1])) if m else None
    return int(str(found.value)) if found else None


_INVOICE = re.compile(r"(?<!免用)統一發票專用章|(?<![A-Z0-9])[A-Z]{2}[ \-]?[0-9]{8}(?![0-9])")


def of_another(sketch: Sketch) -> None:
    """What an invoice bears, its number and the seal for invoices, is on no receipt of a business that issues none: another paper lies on
    the page, and what was read may be that one's."""
    if any(_INVOICE.search("".join(i.text.split())) for s in sketch.paper.sheets for i in s.inks):
        sketch.doubt("同一頁似乎另有一張統一發票，請核對是哪一張的", *sketch.drafts)


_TITLE = re.compile(r"(?:免用(?:統一)?發票)?收[据據](?:[(（](?P<note>.{1,10})[)）]|N[oO]\.?[0-9]*)?")


def headed(sheet: Sheet) -> float:
    """收據 alone as a heading; with other words before it (捐款收據, 租金收據) it is another paper. 免用統一發票 in brackets behind it, and
    the seal of a business that need not issue invoices, speak for it too; an e-invoice's QR code is on none."""
    if einvoice.find(sheet.codes):
        return -NOT_THIS
    bare = 0.0
    headings = [(i.text, i) for i in sheet.headings]
    for text, ink in (*headings, *(("".join(i.text for i in run), None) for run in _rows_from_left(sheet))):
        if (m := _TITLE.fullmatch("".join(text.split()))) and not (ink and _set_wide_before(sheet, ink)):
            bare = max(bare, 5.0 if "免用" in (m["note"] or "") else 3.5 if len(m["note"] or "") <= 4 else 0.0)
    sealed = any(find_in(i.text, "免用統一發票專用章") for i in sheet.inks)
    told = in_words(Paper(Document((sheet.page,), sheet.region), (sheet,))) if bare and not sealed else None
    return bare + 1.5 * (sealed or told is not None)


def _rows_from_left(sheet: Sheet) -> list[list[Ink]]:
    """The stretches of each row that a single sign begins, all that stand in it: a title set wide."""
    starts = [i for i in sheet.inks if i.text in ("收", "免")]
    return [[i for i in sheet.row(ink.box) if i.box.left >= ink.box.left] for ink in starts if not _set_wide_before(sheet, ink)]


def _set_wide_before(sheet: Sheet, ink: Ink) -> bool:
    """Whether a single sign stands a little before the ink in its row: the title begins there (捐　款　收　據)."""
    return any(len(i.text) == 1 and is_han(i.text) and 0 < ink.box.left - i.box.left < 8 * ink.em for i in sheet.row(ink.box))


KIND = Kind(
    id="receipt",
    name="免用統一發票收據",
    titles=("免用統一發票收據", "收據(免用統一發票)", "收據(免用發票)"),
    labels=("收據", "買受人", "統一編號", "品名", "數量", "單價", "總價", "合計新臺幣", "經手人", "銀貨兩訖",
            "免用統一發票專用章", "備註", "抬頭", "此據", "客戶", "應收總額", "實收", "收款人", "店章"),
    fields={
        "inv.date": (purchase_day,),
        "inv.seller_uniform_no": (seller_no,),
        "inv.seller_name": (seller_name,),
        "inv.total_amount": (amounts.or_else(amounts.total, written_total),),
    },
    checks=(big_writing, lines_add_up, column_adds_up, parties_differ, paid_and_changed, of_another),
    against=("三聯式", "二聯式", "電子發票證明聯", "繳款單", "主旨", "收據聯"),
    needs=("收據", "免用統一發票"),
    never=("捐款", "捐贈", "代收轉付", "保險費", "掛號", "門診", "學雜費", "存款", "政治獻金", "規費", "罰鍰"),
    alone=("收據",),
    signs=(headed,),
    small=True,
)
