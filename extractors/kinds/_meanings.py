"""Amounts told by what their labels mean, whatever the exact words are: 發票總金額, 合計3項, 應付 NT$, 銷售額(應稅), 稅金.

A label is all that stands before the figures of its line, without notes in brackets, currencies and counts; its words tell whether it is
the net, the tax or the total. Its figure stands behind it, right of it before any other words, or below it where it heads a column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from extractors.kind import Draft, Reader
from extractors.readers.ink import Ink, Paper, Sheet
from extractors.readers.labels import folded
from extractors.readers.values import Found, digits_amount, figures


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(folded(pattern))


_OTHER = _words(r"現金|找[零回]|收現|刷卡|信用|禮券|點數|儲值|已付|實收|預收|訂金|折[扣讓]|優惠|餘額|累計|零稅|免稅|數量|筆數|件數|項次"
                r"|單價|小計|悠遊|行動支付|品項|稅率|課稅別|匯率|上期|前期|尚欠|進項|留抵")
_MEANINGS = {
    "tax": _words(r"(?<![含未])稅額|稅金(?!額)|營業稅|加值稅|^稅$|^VAT|^TAX"),
    "net": _words(r"未稅|稅前|不含稅|銷售額|銷貨額|貨價|應稅(?:合計|金額)?$"),
    "total": _words(r"總計|合計|共計|總額|總金額|總價款|應[付收]|付款金額|發票金額|含稅|總數|^計$|^TOTAL|AMOUNTDUE"),
}
_NOISE = re.compile(r"[(（\[][^)）\]]*[)）\]]?|NT\$?|TWD|新[臺台]幣|[0-9]{1,2}%|共?[0-9]{1,3}[項筆件點]|[^0-9A-Z\u4e00-\u9fff]")
_AMOUNT = re.compile(r"(?<![0-9A-Za-z.,@×*/\-:])((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.0{1,2})?)"
                     r"(?![0-9.,:/\-%×*@]|[年月日項筆件點個人張台組])")
_BETWEEN = re.compile(r"[(（]?(?:NT\$?|TWD|\$|元|新[臺台]幣|[含未內應]稅|[0-9]{1,2}%|共?[0-9]{1,3}[項筆件點])+[)）:]*|[(（][^)）0-9]*[)）]"
                      r"|[^0-9A-Za-z\u4e00-\u9fff]+")


def is_noise(text: str) -> bool:
    """Whether a stretch is a currency, a rate, a count of items or a note that stands between a label and its amount."""
    return _BETWEEN.fullmatch("".join(text.split())) is not None


def meaning(text: str) -> str | None:
    """What a label says that its amount is: ``net``, ``tax`` or ``total``; None where it says something else or nothing of amounts."""
    said = "".join(text.upper().split())
    words = folded(_NOISE.sub("", said))
    if re.search(r"[(（\[](?:未稅|不含稅|稅前)", said) and re.fullmatch(folded("合計|總計|小計|金額|共計|總額|總金額"), words):
        return "net"
    if not words or len(words) > 12 or re.search("[0-9]", words) or _OTHER.search(words):
        return None
    return next((kind for kind, pattern in _MEANINGS.items() if pattern.search(words)), None)


def amount_in(ink: Ink, start: int = 0) -> Found | None:
    """The first amount of a stretch from ``start`` on; notes in brackets tell none of their own."""
    m = _AMOUNT.search(ink.text, start)
    if m is None or re.search(r"[(（](?!NT|\$)", ink.text[start:m.start()]):
        return None
    value = figures(re.sub(r"\.0+$", "", m[1]))
    return None if value is None else Found(value, m.start(1), m.end(1))


def _labelled(sheet: Sheet) -> Iterator[tuple[str, Draft]]:
    """Every label of an amount with its figure."""
    for ink in (*sheet.inks, *(ink for ink, _ in sheet.wide)):
        at = 0
        while found := amount_in(ink, at):
            if what := meaning(ink.text[at:found.start]):
                yield what, Draft(found.value, ink.part(found.start, found.end), digits_amount, labelled=True)
            at = found.end
        if what := meaning(ink.text[at:]):
            label = ink.part(at, len(ink.text))
            if hit := _right(sheet, label):
                level = abs(hit[1].box.centre[1] - label.box.centre[1]) < 0.3 * min(label.height, hit[1].height)
                yield what, Draft(hit[0], hit[1], digits_amount, labelled=level)
            elif hit := _under(sheet, label):
                yield what, Draft(hit[0], hit[1], digits_amount)


def _right(sheet: Sheet, label: Ink) -> tuple[int, Ink] | None:
    row = [i for i in sheet.row(label.box) if i.box.left >= label.box.right - 0.2 * label.height and not is_noise(i.text)]
    if len(row) > 1 and re.fullmatch("[0-9]{1,2}", row[0].text) and row[1].text[:1].isdigit():
        return None
    over = [i for i in row if i.box.same_column(row[0].box)]
    return _figure(min(over, key=lambda i: abs(i.box.centre[1] - label.box.centre[1]))) if over else None


def _under(sheet: Sheet, label: Ink) -> tuple[int, Ink] | None:
    cell = sheet.cell_of(label.box)
    span = cell.box if cell else label.box
    under = [i for i in sheet.inks if -0.3 * label.height < i.box.top - label.box.bottom < 2.5 * label.height
             and (i.box.same_column(label.box, 0.4) or span.left < i.box.centre[0] < span.right) and not is_noise(i.text)]
    return _figure(min(under, key=lambda i: i.box.top)) if under else None


def _figure(ink: Ink) -> tuple[int, Ink] | None:
    found = digits_amount(ink) or amount_in(ink)
    if found is None or re.search(r"[\u4e00-\u9fff]", ink.text[:found.start]) or re.fullmatch("[0-9]{8}", ink.text):
        return None
    return (found.value, ink.part(found.start, found.end)) if isinstance(found.value, int) else None


def taxed_sum(sheet: Sheet) -> Draft | None:
    """The total that a tax and another sum make, where both sums bear words of a total: 合計 132, 稅額 7, 含稅總額 139."""
    found = list(_labelled(sheet))
    taxes, sums = ([d for kind, d in found if kind == what and d.value] for what in ("tax", "total"))
    return next((d for t, n, d in product(taxes, sums, sums) if int(str(t.value)) + int(str(n.value)) == d.value), None)


def by_meaning(part: str) -> Reader:
    """The ``net``, ``tax`` or ``total`` behind or under any words that mean it: of several those that net + tax = total picks out, else the
    largest print first, so that another one raises a doubt."""

    def read(paper: Paper) -> list[Draft]:
        for sheet in paper.sheets:
            found: dict[str, list[Draft]] = {kind: [] for kind in _MEANINGS}
            for kind, draft in _labelled(sheet):
                found[kind].append(draft)
            fitting = [dict(zip(_MEANINGS, three, strict=True)) for three in product(found["tax"], found["net"], found["total"])
                       if int(str(three[0].value)) + int(str(three[1].value)) == three[2].value]
            if fitting:
                return [max(fitting, key=lambda three: int(str(three["total"].value)))[part]]
            if found[part]:
                return sorted(found[part], key=lambda d: -round(d.ink.height, 3))
        return []

    return read
