"""營業人銷售額與稅額申報書 (401・403): the two-monthly return of value-added tax (營業稅法第 35 條)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

from domain.taiwan import roc_date
from extractors.kind import Draft, Kind, Reader, Sketch
from extractors.kinds._amounts import or_else
from extractors.kinds._invoices import period
from extractors.kinds._numbers import numbers
from extractors.kinds._shared import of_our_time, ubn_form
from extractors.kinds._vat_rows import CARRIED, ENOUGH_LINES, FIGURE, NUMBERS, WHOLE, coded, figures_in, lines_of_tax, numbered, row_value
from extractors.readers import families
from extractors.readers.ink import Ink, Paper, Sheet
from extractors.readers.names import entity, form_goes_on
from extractors.readers.places import Below, Beside, around, in_turn
from extractors.readers.values import Found, digits_amount, month, uniform_no
from extractors.readers.wording import Worded


def _figure(ink: Ink) -> Found | None:
    m = FIGURE.search(ink.text)
    return Found(int(re.sub("[, ]", "", m[1])), m.start(1), m.end(1)) if m else None


def _row(*words: str) -> Callable[[Paper], list[Draft]]:
    """The amount of the row that one of the words begins."""

    def read(paper: Paper) -> list[Draft]:
        for sheet in paper.sheets:
            if hit := row_value(sheet, words):
                return [Draft(hit[0], hit[1], _figure, labelled=hit[2])]
        return []

    return read


_BUSINESS = re.compile(r"公司(?:[\u4e00-\u9fff]{2,8}分公司)?$|[行社店坊館廠鋪舖屋園]$|企業|工作室$")
_NUMBERED = re.compile(r"[(（]\s*(?:統一編號|統編)?\s*[:：]?\s*[0-9]{8}\s*[)）]")


def named(paper: Paper) -> list[Draft]:
    """The business that stands before its own number in brackets, or the only one in the head of the form."""
    head = [i for i in paper.first.inks if i.box.top < 0.35]
    for ink in head:
        if m := _NUMBERED.search(ink.text):
            start = max(ink.text.rfind(c, 0, m.start()) for c in ":：") + 1
            if start < m.start() and (found := entity(part := ink.part(start, m.start()))):
                return [Draft(found.value, part.part(found.start, found.end), entity)]
    out = {f.value: Draft(f.value, i.part(f.start, f.end), entity) for i in head if (f := entity(i)) and _BUSINESS.search(str(f.value))
           and not re.search("[0-9:]|國稅|營業人|申報", str(f.value))}
    return list(out.values()) if len(out) == 1 else []


SALES = ("銷售額總計", "銷售總額", "銷售額合計", WHOLE)
DUE = ("應實繳稅額", "實繳稅額", "應繳稅額")


def sales(paper: Paper) -> list[Draft]:
    """銷售額總計; where the number of its box (25) may have been read with it, also what is left without that."""
    out = _row(*SALES)(paper)
    for draft in list(out):
        glued = re.fullmatch(r"25([0-9]{1,3}(?:[,.][0-9]{3})+)", draft.ink.text)
        if glued:
            rest = draft.ink.part(2, len(draft.ink.text))
            out.append(Draft(int(re.sub("[,.]", "", glued[1])), rest, _figure))
    return out


def under(words: tuple[str, ...]) -> Reader:
    """The amount under one of the words where these head a column: what stands before it in its row are figures too."""

    def read(paper: Paper) -> list[Draft]:
        return [d for d in Below(words, digits_amount)(paper) if d.value is not None and all(
            digits_amount(i) for s in paper.sheets if s.number == d.ink.page for i in s.row(d.ink.box) if i.box.right < d.ink.box.left)]

    return read


def boxed_number(paper: Paper) -> list[Draft]:
    """The 統一編號 in eight boxes at the head of the form."""
    return [Draft(n, i, uniform_no, firm=False) for i, n in numbers(paper.first) if i.box.bottom < 0.35][:1]


def sales_add_up(sketch: Sketch) -> None:
    """The total of the sales is the sum of the columns' totals (應稅, 零稅率, 免稅); that noughts make a nought proves nothing."""
    total = sketch.number("tax.sales_amount")
    for sheet in sketch.paper.sheets:
        for ink in sheet.inks:
            if total is not None and re.fullmatch(r"合計", ink.text):
                parts = [v for v, spot in figures_in(sheet.row(ink.box)) if spot.box.left > ink.box.right and v >= 0]
                sums = {sum(some) for n in (1, 2, 3) for some in combinations(parts[:9], n)}
                drafts = sketch.drafts["tax.sales_amount"]
                sketch.drafts["tax.sales_amount"] = sorted(drafts, key=lambda d: d.value not in sums)
                if (lead := sketch.number("tax.sales_amount")) and lead in sums:
                    sketch.vouch("check:sum", "tax.sales_amount")
                    return


def due_beside_words(paper: Paper) -> list[Draft]:
    """What is payable beside its words, unless the number of another box stands nearer to the figure than the own number does."""
    return [d for d in _row(*DUE)(paper) if not any(_of_other_box(s, d.ink) for s in paper.sheets
                                                                              if s.number == d.ink.page)]


def _of_other_box(sheet: Sheet, figure: Ink) -> bool:
    own = str(NUMBERS["應實繳稅額"])
    boxes = [i for i in sheet.inks if re.fullmatch("1[01][0-9]", i.text) and 0 <= figure.box.left - i.box.right < 0.2]
    nearest = min(boxes, key=lambda i: abs(i.box.centre[1] - figure.box.centre[1]), default=None)
    return nearest is not None and nearest.text != own and any(i.text == own for i in boxes)


def boxed_due(paper: Paper) -> list[Draft]:
    """What is payable by the number of its box (111), which stands nearer to it than its words do: on a sheet that lies askew the line of
    the words may meet another row's figure."""
    for sheet in paper.sheets:
        if hit := numbered(sheet, NUMBERS["應實繳稅額"]):
            return [Draft(hit[0], hit[1], _figure)]
    return []


def coded_due(paper: Paper) -> list[Draft]:
    """What is payable by the code of its line (11), where a copy has lost its words and the number of its box."""
    found = next((hit for s in paper.sheets if (hit := coded(s, 11))), None)
    return [Draft(found[0], found[1], _figure, firm=False)] if found else []


_OF_25 = re.compile(r"[額計][(（]25[)）]$|[(（]?21[)）]?[+＋][(（]?23[)）]?$")


def boxed_sales(paper: Paper) -> list[Draft]:
    """The total of the sales in the row whose words end with the number of its box (25), or with those that it is the sum of (21+23)."""
    for sheet in paper.sheets:
        for ink in sheet.inks:
            if _OF_25.search(ink.text):
                right = [i for i in sheet.row(ink.box) if i.box.left >= ink.box.right]
                figures = [f for f in figures_in(right) if f[0] > 999 or f[0] == 0]
                if len(figures) == 1:
                    return [Draft(*figures[0], _figure)]
    return []


_SPAN = re.compile(r"([0-9]{2,3})年([0-9]{1,2})[\-~－～至、]([0-9]{1,2})(?![0-9])")


def first_month(ink: Ink) -> Found | None:
    """The first of the two months of a return, also where 月 behind them was misread (115年03-04F)."""
    m = _SPAN.search(ink.text)
    if m is None or ink.text[m.end():].startswith("月") or int(m[3]) != int(m[2]) + 1:
        return month(ink)
    value = roc_date.parse_month(f"{m[1]}年{m[2]}月")
    return Found(value, m.start(), m.end()) if value else None


def tax_adds_up(sketch: Sketch) -> None:
    """Output tax less input tax and the credit carried over is what is payable; output tax is near 5 % of the sales. Where what is payable
    cannot be read, or reads otherwise and poorly, what the others make is proposed to the person who looks."""
    paper = sketch.paper
    output = _of(paper, ("銷項稅額合計",))
    credit, whole = _credit(paper)
    whole = whole or (output is not None and credit >= output)  # more credit changes nothing where nothing is payable
    drafts, sold = sketch.drafts.setdefault("tax.tax_payable", []), sketch.number("tax.sales_amount")
    if output is not None and whole and credit > 0 and not drafts and (lone := _spot_of(paper, max(0, output - credit), credit)):
        sketch.doubt("應實繳稅額的欄名看不清楚，由銷項與進項稅額推得", "tax.tax_payable")
        drafts.append(lone)
    elif output is not None and drafts:
        due = max(0, output - credit)
        drafts.sort(key=lambda d: d.value != due)
        if drafts[0].value == due:
            if output:
                sketch.vouch("check:tax", "tax.tax_payable")
        elif drafts[0].value is None or (drafts[0].ink.weakest < POOR and whole and credit > 0):
            sketch.doubt("應實繳稅額看不清楚，由銷項與進項稅額推得", "tax.tax_payable")
            drafts.insert(0, replace(drafts[0], value=due, repaired="check:tax", firm=False))
    sales_drafts = sketch.drafts.get("tax.sales_amount", [])
    if output and sold and not _taxed_at_five(sold, output):
        sales_drafts.sort(key=lambda d: not (isinstance(d.value, int) and _taxed_at_five(d.value, output)))
        sold = sketch.number("tax.sales_amount")
    if output and sold and _taxed_at_five(sold, output):
        sketch.vouch("check:tax-rate", "tax.sales_amount")
    elif output and sold == 0:
        sketch.doubt("銷售額讀為 0，但有銷項稅額，請核對", "tax.sales_amount")
    elif output and sold:
        _longer(sketch, sold, output)


def _spot_of(paper: Paper, due: int, credit: int) -> Draft | None:
    """The only figure of the form that is the amount ``due``, a large one or right under the sum of the credit; for a person to look at."""
    found = [(v, i) for s in paper.sheets for v, i in figures_in(s.inks)]
    spots = [ink for value, ink in found if value == due and (due > 999 or any(
        c == credit > 999 and ink.page == at.page and abs(at.box.right - ink.box.right) < 0.01
        and 0.5 < (ink.box.centre[1] - at.box.centre[1]) / at.height < 2.2 for c, at in found))]
    return Draft(due, spots[0], _figure, firm=False, repaired="check:tax") if len(spots) == 1 else None


def _credit(paper: Paper) -> tuple[int, bool]:
    """Input tax and the credit carried over: by the number of their sum's box, else the two, else the row 小計; and whether it is whole."""
    boxed = next((hit[0] for s in paper.sheets if (hit := numbered(s, NUMBERS["小計"]))), None)
    both = [v for words in ("得扣抵進項稅額合計", CARRIED) if (v := _of(paper, (words,))) is not None]
    summed = None if boxed is not None or len(both) == 2 else _of(paper, ("小計",))
    if boxed is not None or summed is not None:
        return (boxed if boxed is not None else summed) or 0, True
    return sum(both), len(both) == 2


def _taxed_at_five(sold: int, output: int) -> bool:
    return abs(sold * 5 - output * 100) <= max(300, sold // 200)


def _longer(sketch: Sketch, sold: int, output: int) -> None:
    """Another figure of the form that ends as the sales do and bears the tax: it is proposed, for what was read has lost its beginning."""
    whole = next((hit for s in sketch.paper.sheets for hit in figures_in(s.inks) if hit[0] > sold and str(hit[0]).endswith(str(sold))
                  and _taxed_at_five(hit[0], output)), None)
    if whole:
        sketch.doubt("銷售額總計可能沒有讀完，由合計與稅額推得", "tax.sales_amount")
        sketch.drafts["tax.sales_amount"].insert(0, Draft(whole[0], whole[1], _figure, firm=False, repaired="check:"))


POOR = 0.9
"""The engine's score below which a figure gives way to what the others make."""


def _of(paper: Paper, words: tuple[str, ...]) -> int | None:
    for sheet in paper.sheets:
        if hit := numbered(sheet, NUMBERS.get(words[0])) or row_value(sheet, words):
            return hit[0]
    return None


OTHER_NAMES = Beside(("申報營業人", "營業人", "公司名稱", "商號名稱", "納稅義務人"), entity, glued=False, firm=False, tail=form_goes_on,
                     unless_after=("名稱", "蓋", "統一", "銷售額", "使用", "填", "識別", "地址", "簽"))


def months(paper: Paper) -> list[Draft]:
    """The two months that the form says it is for, wherever it does."""
    hit = period(paper)
    return [Draft(hit[0], hit[1], month, firm=False)] if hit else []


def goes_on(last: Sheet, sheet: Sheet) -> bool:
    """Whether a page has the lines of what is payable (101 to 115) and the one before it lacks them, so that both make one form."""
    return lines_of_tax(sheet) >= ENOUGH_LINES > lines_of_tax(last)


KIND = Kind(
    id="vat_return",
    name="營業稅申報書",
    titles=("營業人銷售額與稅額申報書", "銷售額與稅額申報書"),
    labels=("統一編號", "營業人名稱", "稅籍編號", "所屬年月份", "銷項", "進項", "零稅率銷售額", "應實繳稅額", "銷售額總計",
            "累積留抵稅額", "固定資產", "進貨及費用", "得扣抵進項稅額合計"),
    fields={
        "org.uniform_no": (around(("統一編號", "營業人統一編號"), uniform_no), boxed_number),
        "org.name": (in_turn(around(("營業人名稱",), entity, tail=form_goes_on),
                             or_else(Worded(families.NAME, entity, tail=form_goes_on), OTHER_NAMES, named)),),
        "tax.period": (of_our_time(in_turn(around(("所屬年月份", "所屬年月", "所屬期間", "所屬期別", "申報期別", "申報年月"), first_month),
                                            months)),),
        "tax.sales_amount": (or_else(sales, under(SALES), boxed_sales),),
        "tax.tax_payable": (or_else(due_beside_words, under(DUE)), boxed_due, coded_due),
    },
    checks=(sales_add_up, tax_adds_up, ubn_form("org.uniform_no")),
    against=("買受人",),
    several=True,
    first_page=("稅籍編號", "營業人名稱", "所屬年月份", "負責人姓名", "申報書"),
    goes_on=goes_on,
    never=("申報書(404)", "申報書404", "(特種稅額計算-專營", "(特種稅額計算營業人使用)"),
)
