"""免用統一發票收據: the receipt of a small business that need not issue uniform invoices. Its seal is the seller."""

from __future__ import annotations

import re

from domain.taiwan import ubn
from extractors.kind import Draft, Kind, Sketch
from extractors.kinds._invoices import big_writing, name_near, purchase_day, total_drafts, written_out
from extractors.readers.ink import Ink, Paper, Sheet
from extractors.readers.labels import find_in
from extractors.readers.places import Beside, InTable
from extractors.readers.values import Found, chinese_amount, digits_amount, entity, has_suffix, uniform_no

SEAL = ("免用統一發票專用章", "免用統一發票章", "收據專用章", "發票專用章")


def _seal(sheet: Sheet) -> Ink | None:
    found = [i for i in sheet.inks if any(find_in(i.text, w) for w in SEAL[:2])] or [i for i in sheet.inks if find_in(i.text, SEAL[2])]
    return found[-1] if found else None


def _around_seal(sheet: Sheet, seal: Ink) -> list[Ink]:
    x, y = seal.box.centre
    return [i for i in sheet.inks if abs(i.box.centre[0] - x) < 0.16 and -0.22 < i.box.centre[1] - y < 0.3 and i is not seal]


def seller_no(paper: Paper) -> list[Draft]:
    direct = [d for d in Beside(("賣方統一編號", "商店統一編號", "營業人統一編號"), uniform_no)(paper) if d.value is not None]
    sheet = paper.first
    seal = _seal(sheet)
    found = [Draft(f.value, i.part(f.start, f.end), uniform_no) for i in (_around_seal(sheet, seal) if seal else ())
             if (f := uniform_no(i))]
    found.sort(key=lambda d: not ubn.is_valid(str(d.value)))
    return direct or found[:1] or _not_the_buyers(paper)


def _not_the_buyers(paper: Paper) -> list[Draft]:
    """A number that bears no label of its own and holds its check: the seal's, whose words were not legible."""
    buyers = {d.value for d in Beside(("統一編號", "統編"), uniform_no)(paper)}
    return [Draft(f.value, i.part(f.start, f.end), uniform_no) for i in paper.first.inks
            if re.fullmatch(r"[0-9 ]+", i.text) and (f := uniform_no(i)) and f.value not in buyers and ubn.is_valid(str(f.value))][:1]


def seller_name(paper: Paper) -> list[Draft]:
    """The seller's name: behind its label, else in the seal or with the seller's number, else above the title."""
    direct = [d for d in Beside(("商店名稱", "店名", "賣方", "營業人名稱", "商號名稱"), entity)(paper) if d.value is not None]
    if direct:
        return direct
    sheet = paper.first
    buyers = [str(d.value) for d in Beside(("買受人", "抬頭"), entity)(paper) if d.value]
    seal = _seal(sheet)
    near = name_near(sheet, [*(d.ink for d in seller_no(paper)[:1]), *([seal] if seal else [])], buyers)
    return near or [Draft(f.value, i.part(f.start, f.end), entity) for i in sheet.inks[:4] if (f := entity(i)) and has_suffix(str(f.value))
                    and f.value not in buyers and not re.search(r".受人|收據|抬頭", i.text)][:1]


def written_total(paper: Paper) -> list[Draft]:
    """The total, which a receipt pad prints in 大寫 only; digits behind 合計 come first where there are any."""
    digits = total_drafts(paper)
    hit = written_out(paper)
    if hit is None:
        return digits
    value, ink = hit
    return [*digits, Draft(value, ink, _written, firm=True)]


def _written(ink: Ink) -> Found | None:
    value = chinese_amount(re.split(r"新[臺台]幣|大寫\)?:?", ink.text)[-1])
    return Found(value, 0, len(ink.text)) if value else None


def lines_add_up(sketch: Sketch) -> None:
    """The lines' prices add up to the total."""
    total = sketch.number("inv.total_amount")
    if total is None:
        return
    parts = [d.value for d in InTable(("總價", "金額", "小計"), digits_amount)(sketch.paper) if isinstance(d.value, int)
             and d.value != total]
    if any(sum(parts[:n]) == total for n in range(2, len(parts) + 1)):
        sketch.vouch("check:sum", "inv.total_amount")


KIND = Kind(
    id="receipt",
    name="免用統一發票收據",
    titles=("免用統一發票收據", "收據"),
    labels=("買受人", "統一編號", "品名", "數量", "單價", "總價", "合計新臺幣", "經手人", "銀貨兩訖", "免用統一發票專用章", "備註", "抬頭"),
    fields={
        "inv.date": (purchase_day,),
        "inv.seller_uniform_no": (seller_no,),
        "inv.seller_name": (seller_name,),
        "inv.total_amount": (written_total,),
    },
    checks=(big_writing, lines_add_up),
    against=("三聯式", "二聯式", "電子發票證明聯", "繳款單", "主旨"),
    needs=("收據",),
    small=True,
)
