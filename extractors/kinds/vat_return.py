"""營業人銷售額與稅額申報書 (401・403): the two-monthly return of value-added tax (營業稅法第 35 條)."""

from __future__ import annotations

import re

from extractors.kind import Draft, Kind, Sketch
from extractors.kinds._shared import ubn_form
from extractors.readers.ink import Ink, Paper, Sheet
from extractors.readers.labels import find_in
from extractors.readers.places import Beside
from extractors.readers.values import Found, entity, month, uniform_no

_FIGURE = re.compile(r"(?<![0-9,])([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?![0-9,])")


def _figures(inks: list[Ink]) -> list[tuple[int, Ink]]:
    out = []
    for ink in inks:
        for m in _FIGURE.finditer(ink.text.replace(".", ",")):
            out.append((int(m[1].replace(",", "")), ink.part(m.start(1), m.end(1))))
    return out


def _row_value(sheet: Sheet, words: tuple[str, ...], left: float = 0.0, right: float = 1.0) -> tuple[int, Ink] | None:
    """The amount of the row of a label: of the numbers right of it within the bounds, the last one before another text begins;
    small field numbers (111, 25) are not amounts."""
    for word in words:
        for ink in sheet.inks:
            spot = find_in(ink.text, word)
            if spot is None or len(ink.text) > len(word) + 16:
                continue
            row = [i for i in sheet.row(ink.box) if i.box.left >= ink.part(spot[0], spot[1]).box.right - 0.002 and i.box.left < right]
            if found := _last_amount(row):
                return found
    return None


def _last_amount(row: list[Ink]) -> tuple[int, Ink] | None:
    """The amount of a row: the first number with a thousands comma or 元 behind it, else the last number before other words begin."""
    seen: list[tuple[int, Ink]] = []
    for ink in row:
        figures = _figures([ink])
        if not figures:
            if seen and len(ink.text) > 2:
                break
            continue
        for value, spot in figures:
            if "," in spot.text or "." in spot.text or f"{spot.text}元" in ink.text:
                return value, spot
        seen += figures
    return seen[-1] if seen else None


def _figure(ink: Ink) -> Found | None:
    m = _FIGURE.search(ink.text)
    return Found(int(m[1].replace(",", "")), m.start(1), m.end(1)) if m else None


def sales(paper: Paper) -> list[Draft]:
    """銷售額總計 (field 25); else the 合計 of the sales column."""
    for sheet in paper.sheets:
        if hit := _row_value(sheet, ("銷售額總計", "銷售額合計")):
            return [Draft(hit[0], hit[1], _figure)]
    return []


def payable(paper: Paper) -> list[Draft]:
    """本期(月)應實繳稅額 (field 111)."""
    for sheet in paper.sheets:
        if hit := _row_value(sheet, ("應實繳稅額", "本期應實繳稅額", "本月應實繳稅額")):
            return [Draft(hit[0], hit[1], _figure)]
    return []


def tax_adds_up(sketch: Sketch) -> None:
    """Output tax less input tax and the credit carried over is what is payable; output tax is near 5 % of the sales."""
    paper = sketch.paper
    output = _of(paper, ("銷項稅額合計",))
    credit = _of(paper, ("小計",)) or sum(filter(None, (_of(paper, ("得扣抵進項稅額合計",)), _of(paper, ("累積留抵稅額",)))))
    due, sold = sketch.number("tax.tax_payable"), sketch.number("tax.sales_amount")
    if output is not None and credit is not None and due is not None and due == max(0, output - credit):
        sketch.vouch("check:tax", "tax.tax_payable")
    if output and sold and abs(sold * 5 - output * 100) <= max(300, sold // 200):
        sketch.vouch("check:tax-rate", "tax.sales_amount")


def _of(paper: Paper, words: tuple[str, ...]) -> int | None:
    for sheet in paper.sheets:
        if hit := _row_value(sheet, words):
            return hit[0]
    return None


KIND = Kind(
    id="vat_return",
    name="營業稅申報書",
    titles=("營業人銷售額與稅額申報書", "銷售額與稅額申報書"),
    labels=("統一編號", "營業人名稱", "稅籍編號", "所屬年月份", "銷項", "進項", "零稅率銷售額", "應實繳稅額", "銷售額總計",
            "累積留抵稅額", "固定資產", "進貨及費用", "得扣抵進項稅額合計"),
    fields={
        "org.uniform_no": (Beside(("統一編號", "營業人統一編號"), uniform_no, whole=True),),
        "org.name": (Beside(("營業人名稱",), entity, whole=True),),
        "tax.period": (Beside(("所屬年月份", "所屬年月", "所屬期間"), month),),
        "tax.sales_amount": (sales,),
        "tax.tax_payable": (payable,),
    },
    checks=(tax_adds_up, ubn_form("org.uniform_no")),
    against=("買受人",),
)
