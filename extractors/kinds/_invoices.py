"""What invoices and receipts share: numbers, dates among periods, and the checks of their amounts.

Tax: three-part invoices add 5 % of the sales, rounded half up (營業稅法第 14 條); two-part ones include it (施行細則第 32-1 條).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from domain.taiwan import roc_date
from extractors.kind import Draft, Sketch
from extractors.kinds._amounts import anywhere, figure, half_up_tax, sums
from extractors.kinds._written import SURE, in_cells, in_words, parse_words
from extractors.readers.ink import Ink, Paper, Sheet
from extractors.readers.labels import distance
from extractors.readers.values import Found, day, invoice_no

_OF_OTHER = re.compile(r"訂[購貨單]|製造|有效|保存|到期|出貨|送貨|交貨|退換|保固|期限|付款[日期]|印製|列印|印表|製表|查詢|下載|產製|匯出"
                       r"|收文|收件|到文|簽收|寄[件送]|傳送|上傳|核准")
"""Words before a day that is none of the sale."""

_NOT_THE_DAY = re.compile(r"N[oO][.: ]|核准|文號|列印|製表|傳真|FR[O0]M|FAX|電話|字第")
_PERIOD = re.compile(
    r"([0-9零〇○一二三四五六七八九十百]{2,5})年([0-9一二三四五六七八九十]{1,3})月?[、,，.·・:：\-~－—–至一]{1,2}"
    r"([0-9一二三四五六七八九十]{1,3})月")


def period(paper: Paper) -> tuple[str, Ink] | None:
    """The first of the two months (YYYY-MM) that the paper is printed for, and where it says so."""
    for sheet in paper.sheets:
        for ink in sheet.inks:
            for m in _PERIOD.finditer("".join(ink.text.split())):
                first, last = roc_date.parse_month(f"{m[1]}年{m[2]}月"), roc_date.parse_month(f"{m[1]}年{m[3]}月")
                if first and last and int(last[5:]) == int(first[5:]) + 1 and first[5:] in ("01", "03", "05", "07", "09", "11"):
                    return first, ink
    return None


def falls_into(when: str, first: str) -> bool:
    """Whether a day (YYYY-MM-DD) is of the two months that begin with ``first`` (YYYY-MM)."""
    return when[:4] == first[:4] and 0 <= int(when[5:7]) - int(first[5:7]) <= 1


def purchase_day(paper: Paper) -> list[Draft]:
    """The invoice's date: one that falls into the period, written out with 民國 or 日期 before any other; never the period, never a
    fax's header."""
    found: list[tuple[bool, Draft]] = []
    months = period(paper)
    for sheet in paper.sheets:
        for ink in sheet.inks:
            if _NOT_THE_DAY.search(ink.text) or _CODE.fullmatch(ink.text) or (ink.box.top < 0.02 and len(ink.text) > 24):
                continue
            hit = invoice_day(ink)
            if hit and _OF_OTHER.search(_words_before(sheet, ink, hit.start)):
                continue
            if hit and _SOLID.fullmatch(ink.text) and not (months and falls_into(str(hit.value), months[0])) and not _dated(sheet, ink):
                continue
            if hit:
                told = re.search(r"民.|日期|[0-9]{2}:[0-9]{2}", ink.text) is not None or _dated(sheet, ink)
                found.append((not told, _recent(Draft(hit.value, ink.part(hit.start, hit.end), invoice_day, labelled=told))))
        if not found:
            found += [(False, _recent(d)) for d in _row_days(sheet)]
    if not all(rank for rank, _ in found):
        found = [(rank, replace(d, firm=False) if rank else d) for rank, d in found]
    found.sort(key=lambda p: (months is not None and not falls_into(str(p[1].value), months[0]), p[0]))
    kept = [d for _, d in found[:2]]
    first = min((d for _, d in found if kept and d.value == kept[0].value), key=lambda d: (d.ink.page, d.ink.box.top), default=None)
    return kept if first is None else [replace(first, firm=kept[0].firm), *(d for d in kept if d is not first)]


def _words_before(sheet: Sheet, ink: Ink, start: int) -> str:
    """The words right before a place in a stretch, else those of the stretch to its left."""
    own = re.findall("[\u4e00-\u9fff]+", ink.text[:start])
    left = [i for i in sheet.row(ink.box) if i is not ink and i.box.right <= ink.box.left + 0.005]
    return own[-1] if own and own[-1] not in ("民國", "中華民國") else left[-1].text if left and len(left[-1].text) < 10 else ""


_CODE = re.compile(r"[A-Za-z]{1,4}[-－]?[0-9]{4,}")
"""A number of an order or a receipt, which may look like a date behind its letters."""

_DAY_LABEL = re.compile(r"(?:日\s*期|開立日|交易日|收款日|[Dd]ate|DATE)[:：]?")


def _dated(sheet: Sheet, ink: Ink) -> bool:
    """Whether the word for a date stands right before the ink in its row."""
    before = [i for i in sheet.row(ink.box) if i.box.right <= ink.box.left + 0.2 * ink.em]
    return bool(before) and _DAY_LABEL.search(before[-1].text) is not None and before[-1].text.rstrip(" :：")[-1:] in "期日eE"


_EARLIEST = "1971"
"""The year from which on papers of business to be read may be; 15年 of one before is what is left of 115年."""


def _recent(draft: Draft) -> Draft:
    """A day before all papers of business lost the first figure of its year: a hundred years later, for a person to look at."""
    when = str(draft.value)
    if when >= _EARLIEST or when.endswith("02-29"):
        return draft
    return replace(draft, value=f"{int(when[:4]) + 100}{when[4:]}", repaired="year", firm=False)


_BLURRED = re.compile(r"([01]?[0-9]{2})年([0-9]{1,2})月([0-9]{1,3})(?:日|(?![0-9]))")
_SOLID = re.compile(r"[0-9 ]{6,9}")


def invoice_day(ink: Ink) -> Found | None:
    """A date, also one before which a misread glyph of 中華民國 was taken for a figure (中學民4115年8月10日), with specks among the figures
    (115年7.月1日) or a 日 that became a figure (3月193)."""
    if found := day(ink):
        return found
    places = [i for i, c in enumerate(ink.text) if c != " " and not (c in ".·,、" and "年" in ink.text)]
    text = "".join(ink.text[i] for i in places)
    m = _BLURRED.search(text)
    while m is not None and int(m[1]) > 200:
        m = _BLURRED.search(text, m.start() + 1)
    cut = m is not None and re.search("民[^0-9]?[0-9]$", text[:m.start()])  # the figure before is the hundred or what is left of 國
    when = _of_republic(int(m[1]), int(m[2]), int(m[3]) if int(m[3]) <= 31 else int(m[3][:-1])) if m and (int(m[1]) >= 80 or cut) else None
    return Found(when, places[m.start()], places[m.end() - 1] + 1) if m and when else None


def _of_republic(year: int, month: int, dom: int) -> str | None:
    try:
        return date(year + 1911, month, dom).isoformat()
    except ValueError:
        return None


def _row_days(sheet: Sheet) -> list[Draft]:
    """A date set wide, or written into a printed 年 月 日: what stands in several stretches of one row, sign by sign."""
    for ink in sheet.inks:
        if "年" not in ink.text or "份" in ink.text:
            continue
        signs = sorted(((c, b, i) for i in sheet.row(ink.box) if re.fullmatch(r"[中華民國國年月日0-9一二三四五六七八九十 :.]+", i.text)
                        for c, b in zip(i.text, i.boxes, strict=True) if c != " "), key=lambda s: s[1].centre[0])
        if not signs:
            continue
        joined = Ink("".join(c for c, _, _ in signs), tuple(b for _, b, _ in signs), ink.page, min(i.confidence for _, _, i in signs),
                     ink.source, any(i.cut for _, _, i in signs))
        if found := invoice_day(joined):
            return [Draft(found.value, joined.part(found.start, found.end), invoice_day, labelled="民國" in joined.text)]
    return []


_NO_INVOICE = re.compile(r"機號|序號|交易|訂單|卡號|帳號|載具|檢查|店號|會員|電話|TEL[:. ]|FAX|FR[O0]M|NO[.:]|S/N|SN[:.]", re.IGNORECASE)


def invoice_numbers(paper: Paper) -> list[Draft]:
    """What has the form of an invoice number, the largest print first: in one stretch, or two letters and eight digits side by side.
    Another one of nearly the same size contradicts."""
    found: list[Draft] = []
    for sheet in paper.sheets:
        for ink in (*sheet.inks, *_beside_letters(sheet)):
            hit = None if _NO_INVOICE.search(ink.text) else invoice_no(ink)
            if hit and re.search("[A-Z]", ink.text[hit.start:hit.end]):
                found.append(Draft(hit.value, ink.part(hit.start, hit.end), invoice_no))
    found.sort(key=lambda d: (d.ink.text[:2].isalpha() is False, -round(d.ink.height, 2)))
    return [replace(d, firm=d.ink.height > 0.75 * found[0].ink.height) for d in found[:3]]


def _beside_letters(sheet: Sheet) -> list[Ink]:
    """Two letters with the figures right of them, in one stretch or a few."""
    out = []
    for letters in sheet.inks:
        if not re.fullmatch(r"[A-Z]{2}[-－]?", letters.text):
            continue
        run = [letters]
        for ink in sheet.row(letters.box):
            if ink.box.left < letters.box.right - 0.2 * letters.height or not re.fullmatch(r"[-－]?[0-9 ]{1,15}", ink.text):
                continue
            if ink.box.left - run[-1].box.right > 6 * letters.em:
                break
            run.append(ink)
        if len(run) > 1:
            out.append(Ink.joined(run))
    return out


def written_total(paper: Paper) -> list[Draft]:
    """The total in 大寫."""
    if hit := in_words(paper):
        lines = [i.text for s in paper.sheets if s.number == hit.ink.page for i in s.inks if i.box.holds(hit.ink.box)]
        told = any(re.search(rf"(?:[合總共]計|應收|實收).{{0,6}}{re.escape(hit.ink.text)}", line) for line in lines)
        return [Draft(hit.value, hit.ink, parse_words, labelled=told)]
    placed = in_cells(paper)
    return [Draft(placed[0], placed[1])] if placed else []


def big_writing(sketch: Sketch) -> None:
    """The amount in 大寫 says what the figures say."""
    hit, total = in_words(sketch.paper), sketch.number("inv.total_amount")
    if hit is None or total is None:
        return
    drafts = sketch.drafts["inv.total_amount"]
    if hit.says(total):
        if any(d.value == total and d.parser is not parse_words for d in drafts):
            sketch.vouch("financial-numerals", "inv.total_amount")
        elif hit.others:
            sketch.doubt("大寫可讀作兩種金額，請核對", "inv.total_amount")
    elif hit.ink.confidence >= SURE and not any(d.witness == "qr" for d in drafts):
        sketch.doubt(f"大寫讀作 {hit.value:,} 元，與數字 {total:,} 元不同", "inv.total_amount")


def net_tax_total(sketch: Sketch) -> None:
    """Net and tax make the total, and the tax is five per cent. Where they do not and one of them would if a single figure of it were
    read otherwise, that is proposed to the person who looks."""
    names = ("inv.net_amount", "inv.tax_amount", "inv.total_amount")
    net, tax, total = (sketch.number(n) for n in names)
    if net is None or tax is None or total is None or net + tax != total:
        _rows_of_their_own(sketch, names)
        net, tax, total = (sketch.number(n) for n in names)
    if net is None or tax is None or total is None:
        return
    if net + tax == total:
        sketch.vouch("check:net-plus-tax", *names)
        if tax == half_up_tax(net):
            sketch.vouch("check:tax-rate", *names)
        elif tax and abs(tax - half_up_tax(net)) > 1:
            sketch.problems.append("營業稅額不是銷售額的 5%。")
        return
    sketch.doubt(f"銷售額 {net:,} 加稅額 {tax:,} 不等於總計 {total:,}", *names)
    sketch.problems.append("銷售額加稅額不等於總計。")
    ways = zip(names, (total - tax, total - net, net + tax), (total - tax, net, net), (tax, total - net, tax), strict=True)
    fitting = [(name, value) for name, value, n, t in ways if n > 0 and t == half_up_tax(n)]
    for name, value in fitting if len(fitting) == 1 else ():
        best = next(d for d in sketch.drafts[name] if d.value is not None)
        if distance(str(best.value), str(value), 1) <= 1:
            sketch.drafts[name].insert(0, replace(best, value=value, firm=False))


def _rows_of_their_own(sketch: Sketch, names: Sequence[str]) -> None:
    """Where the figures beside the labels do not make net + tax = total and three others alone do, these are meant: on a slip that lies
    askew the rows of its two columns do not meet."""
    fit = next((s for sheet in sketch.paper.sheets if (s := anywhere(sheet))), None)
    if fit is None or fit.net is None or fit.tax is None:
        return
    for name, (value, ink) in zip(names, (fit.net, fit.tax, fit.total), strict=True):
        if sketch.value(name) not in (None, value):
            sketch.doubt(f"旁邊的標題與 {value:,} 元不在同一列，請核對", name)
        if sketch.value(name) != value:
            sketch.drafts[name] = [Draft(value, ink, figure), *(replace(d, firm=False) for d in sketch.drafts.get(name, ()))]


def date_in_period(sketch: Sketch) -> None:
    """The date falls into the two months that the invoice is printed for."""
    when, months = sketch.text("inv.date"), period(sketch.paper)
    if when is None or months is None:
        return
    first, ink = months
    if falls_into(when, first):
        sketch.vouch("check:range", "inv.date")
    elif not any(d.witness == "qr" for d in sketch.drafts["inv.date"]):
        sketch.doubt("開立日期不在發票期別內", "inv.date")


def column_adds_up(sketch: Sketch) -> None:
    """The figures above the total in its column make it together."""
    total = sketch.number("inv.total_amount")
    for sheet in sketch.paper.sheets:
        if (found := sums(sheet)) and found.lines > 1 and found.total[0] == total:
            sketch.vouch("check:sum", "inv.total_amount")


_PAID = re.compile(r"實收|收現|現金|收款|已收|付現")
_CHANGE = re.compile(r"找零|找回|找.?錢|^找$")


def paid_and_changed(sketch: Sketch) -> None:
    """What was paid less the change is the total; where nothing was changed, what was paid says the total once more."""
    total = sketch.number("inv.total_amount")
    for sheet in sketch.paper.sheets if total else ():
        paid, change = (_beside(sheet, words) for words in (_PAID, _CHANGE))
        if paid is not None and change is not None and paid - change == total:
            sketch.vouch("check:change", "inv.total_amount")
        elif paid == total and change in (None, 0):
            sketch.vouch("same-paper", "inv.total_amount")


def _beside(sheet: Sheet, words: re.Pattern[str]) -> int | None:
    """The amount behind the words, in their line or to their right in the row."""
    for ink in (*sheet.inks, *(ink for ink, _ in sheet.wide)):
        m = words.search("".join(ink.text.split()))
        if m is None:
            continue
        right = [i for i in sheet.row(ink.box) if i.box.left >= ink.box.right - 0.002]
        own = re.search(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)元?$", ink.text)
        found = figure(right[0]) if right else None
        if own or found:
            return int(own[1].replace(",", "")) if own else int(str(found.value)) if found else None
    return None


def clear_of(other: Sequence[Draft], drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts that do not stand where the others stand."""
    return [d for d in drafts if not any(d.ink.page == o.ink.page and d.ink.box.overlap(o.ink.box) > 0 for o in other)]
