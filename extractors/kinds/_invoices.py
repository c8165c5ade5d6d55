"""What invoices share: dates among periods, totals, tax arithmetic, amounts in 大寫.

Tax: three-part invoices add 5 % of the sales, rounded half up (營業稅法第 14 條); two-part ones include it (施行細則第 32-1 條).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from domain.taiwan import roc_date
from extractors.kind import Draft, Sketch
from extractors.readers.ink import Ink, Paper, Sheet
from extractors.readers.labels import find_in
from extractors.readers.places import Below, Beside
from extractors.readers.values import Found, chinese_amount, day, digits_amount, entity, has_suffix, invoice_no

TOTAL_LABELS = ("總計", "合計", "總計金額", "應付總額", "發票金額")
NET_LABELS = ("銷售額合計", "銷售額", "應稅銷售額", "未稅金額")
UNTAXED = ("應稅", "零稅率", "免稅", "含稅")
"""The boxes to tick that stand between a label and its amount."""

TAX_LABELS = ("營業稅額", "營業稅", "稅額")
_NOT_THE_DAY = re.compile(r"核准|文號|列印|製表|傳真|FROM|FAX|電話|字第")


def half_up_tax(net: int) -> int:
    """5 % of ``net`` in whole 元, half up."""
    return (net * 5 + 50) // 100


def purchase_day(paper: Paper) -> list[Draft]:
    """The invoice's date: written out with 中華民國 first, then any other date; never the period, never a fax header."""
    plain: list[Draft] = []
    out: list[Draft] = []
    for sheet in paper.sheets:
        for ink in sheet.inks:
            if _NOT_THE_DAY.search(ink.text) or (ink.box.top < 0.02 and len(ink.text) > 24):
                continue
            if found := day(ink):
                draft = Draft(found.value, ink.part(found.start, found.end), day, firm=bool(out) is False)
                (out if re.search(r"民國|日期", ink.text) else plain).append(draft)
        out += _row_days(sheet.inks, sheet.row) if not out and not plain else []
    return [*out, *plain][:2]


def _row_days(inks: tuple[Ink, ...], row: object) -> list[Draft]:
    """A date set wide: 中華民國 115 年 3 月 30 日 in several stretches of one row."""
    for ink in inks:
        if find_in(ink.text, "中華民國") and callable(row):
            joined = Ink.joined(row(ink.box))
            if found := day(joined):
                return [Draft(found.value, joined.part(found.start, found.end), day)]
    return []


def total_drafts(paper: Paper) -> list[Draft]:
    """The total in digits: behind or under 總計; the 大寫 line is a witness of its own."""
    for label in TOTAL_LABELS:
        for reader in (Beside((label,), figure, skip=UNTAXED, unless_after=("新臺幣", "新台幣", "筆")), Below((label,), figure)):
            if out := [d for d in reader(paper) if d.value is not None]:
                return out
    return []


_NO_INVOICE = re.compile(r"機號|序號|交易|訂單|卡號|帳號|載具|檢查|店號|會員|電話|TEL|FAX|NO\.|S/?N", re.IGNORECASE)


def invoice_numbers(paper: Paper) -> list[Draft]:
    """What has the form of an invoice number, the largest print first: in one stretch, or two letters and eight digits side by side.
    Another one of nearly the same size contradicts."""
    found: list[Draft] = []
    for sheet in paper.sheets:
        pairs = [Ink.joined([a, b]) for a, b in zip(sheet.inks, sheet.inks[1:], strict=False)
                 if re.fullmatch(r"[A-Z]{2}", a.text) and re.fullmatch(r"[-－]?[0-9 ]{8,15}", b.text) and a.box.same_row(b.box)]
        for ink in (*sheet.inks, *pairs):
            if not _NO_INVOICE.search(ink.text) and (hit := invoice_no(ink)):
                found.append(Draft(hit.value, ink.part(hit.start, hit.end), invoice_no))
    found.sort(key=lambda d: -round(d.ink.height, 2))
    return [replace(d, firm=d.ink.height > 0.75 * found[0].ink.height) for d in found[:3]]


_NOT_SELLER = re.compile(r"營業人|蓋用|備註|專用章|負責人|電話|TEL|地址|買.人|.受人|品名|收據|發票|統一編號|統編"
                         r"|[0-9:$%]|經手|銀貨|新[臺台]幣")


_SEAL_WORDS = ("統一編號", "統一發票專用章", "免用統一發票", "收據專用章", "營業人蓋用", "備註")


def name_near(sheet: Sheet, anchors: Sequence[Ink], not_this: Sequence[str] = ()) -> list[Draft]:
    """The name that stands with a seller's number or seal: in the same column, the closest with a business name's ending; else the
    closest above."""
    found: list[tuple[bool, float, Ink, Found]] = []
    for anchor in anchors:
        x, y = anchor.box.centre
        for ink in sheet.inks:
            dx, dy = abs(ink.box.centre[0] - x), ink.box.centre[1] - y
            if ink is anchor or dx > 0.16 or not -8 * anchor.height < dy < 5 * anchor.height or _NOT_SELLER.search(ink.text):
                continue
            if any(find_in(ink.text, word) for word in _SEAL_WORDS):
                continue
            hit = entity(ink)
            if hit is None or hit.value in not_this or (not has_suffix(str(hit.value)) and dy > 0):
                continue
            found.append((not has_suffix(str(hit.value)), abs(dy), ink, hit))
    found.sort(key=lambda f: f[:2])
    return [Draft(h.value, i.part(h.start, h.end), entity) for _, _, i, h in found[:1]]


def figure(ink: Ink) -> Found | None:
    """An amount that stands alone or at the head of the ink."""
    if found := digits_amount(ink):
        return found
    m = re.match(r"[^0-9A-Za-z\u4e00-\u9fff]{0,3}(?:NT\$?|\$)?([0-9]{1,3}(?:[,.][0-9]{3})+|[0-9]+)(?![0-9年月日%])(?:元|\s|$)", ink.text)
    return digits_amount(ink.part(m.start(1), m.end(1))) and Found(int(re.sub(r"[,.]", "", m[1])), m.start(1), m.end(1)) if m else None


def written_out(paper: Paper) -> tuple[int, Ink] | None:
    """The amount in 大寫 and its ink, also where the words and their label are in several stretches of one row."""
    for sheet in paper.sheets:
        for ink in sheet.inks:
            if len(re.findall(r"[零壹貳參叁肆伍陸柒捌玖]", ink.text)) < 1 or len(re.findall(r"[拾佰仟萬元]", ink.text)) < 1:
                continue
            body = re.split(r"新[臺台]幣|大寫\)?:?", ink.text)[-1]
            value = chinese_amount(body)
            if value:
                return value, ink
    return None


def big_writing(sketch: Sketch) -> None:
    """The amount in 大寫 says what the digits say."""
    hit, total = written_out(sketch.paper), sketch.number("inv.total_amount")
    if hit is None or total is None:
        return
    if hit[0] == total:
        sketch.vouch("financial-numerals", "inv.total_amount")
    elif not any(d.witness == "qr" for d in sketch.drafts["inv.total_amount"]):
        sketch.doubt(f"大寫讀作 {hit[0]:,} 元，與數字 {total:,} 元不同", "inv.total_amount")


def net_tax_total(sketch: Sketch) -> None:
    """Net and tax make the total, and the tax is five per cent."""
    net, tax, total = (sketch.number(f"inv.{n}_amount") for n in ("net", "tax", "total"))
    if net is None or tax is None or total is None:
        return
    names = ("inv.net_amount", "inv.tax_amount", "inv.total_amount")
    if net + tax == total:
        sketch.vouch("check:net-plus-tax", *names)
        if tax == half_up_tax(net):
            sketch.vouch("check:tax-rate", *names)
        elif tax and abs(tax - half_up_tax(net)) > 1:
            sketch.problems.append("營業稅額不是銷售額的 5%。")
    else:
        sketch.doubt(f"銷售額 {net:,} 加稅額 {tax:,} 不等於總計 {total:,}", *names)
        sketch.problems.append("銷售額加稅額不等於總計。")


def date_in_period(sketch: Sketch) -> None:
    """The date falls into the two months that the invoice is printed for."""
    when = sketch.text("inv.date")
    if when is None:
        return
    for sheet in sketch.paper.sheets:
        for ink in sheet.inks:
            text = "".join(ink.text.split())
            if re.search(r"年.{1,3}[月]?[、,\-~－—–至].{1,3}月", text) and (first := roc_date.parse_month(re.sub("[—–]", "-", text))):
                y, m = int(first[:4]), int(first[5:])
                if when[:7] in (f"{y:04d}-{m:02d}", f"{y:04d}-{m + 1:02d}"):
                    sketch.vouch("check:range", "inv.date")
                else:
                    sketch.doubt("開立日期不在發票期別內", "inv.date")
                return
