"""The tax return on sales in its forms 401 and 403, typed and printed from a program."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sales_pages import Row, line, read, sheet, values

from domain.document import Box, Page
from extractors.papers import read_papers

WANTED = {
    "org.uniform_no": "38618839",
    "org.name": "小滿烘焙坊",
    "tax.period": "2025-11",
    "tax.sales_amount": 54187,
    "tax.tax_payable": 355,
}


def form(*rows: Row, title: str = "財政部臺北國稅局營業人銷售額與稅額申報書（401）") -> tuple[Row, ...]:
    return ([(0.3, title)], [(0.3, "（一般稅額計算－專營應稅營業人使用）"), (0.7, "金額單位：新臺幣元")], *rows)


HEAD: tuple[Row, ...] = (
    [(0.05, "統一編號"), (0.14, "38618839"), (0.3, "稅籍編號"), (0.4, "552217200")],
    [(0.05, "營業人名稱"), (0.14, "小滿烘焙坊"), (0.3, "所屬年月份"), (0.4, "114年11－12月")],
    [(0.05, "負責人姓名"), (0.14, "傅珈"), (0.3, "營業地址"), (0.4, "臺北市中正區濟南路一段130號")],
)


def test_401_as_the_office_prints_it() -> None:
    page = sheet(
        *form(
            *HEAD,
            [
                (0.12, "項　目＼區　分"),
                (0.3, "銷　售　額"),
                (0.38, "稅　額"),
                (0.46, "零稅率銷售額"),
                (0.58, "代號"),
                (0.65, "稅額計算項目"),
                (0.9, "稅　額"),
            ],
            [
                (0.06, "三聯式發票、電子計算機發票"),
                (0.27, "1"),
                (0.33, "44,649"),
                (0.36, "2"),
                (0.4, "2,232"),
                (0.45, "3"),
                (0.53, "0"),
                (0.58, "1"),
                (0.61, "本期(月)銷項稅額合計②"),
                (0.82, "101"),
                (0.92, "2,709"),
            ],
            [
                (0.06, "收銀機發票(三聯式)及電子發票"),
                (0.27, "5"),
                (0.34, "6,945"),
                (0.36, "6"),
                (0.42, "347"),
                (0.45, "7"),
                (0.53, "0"),
                (0.58, "7"),
                (0.61, "得扣抵進項稅額合計⑨+⑩"),
                (0.82, "107"),
                (0.92, "2,354"),
            ],
            [
                (0.06, "二聯式發票、收銀機發票(二聯式)"),
                (0.27, "9"),
                (0.34, "2,593"),
                (0.36, "10"),
                (0.42, "130"),
                (0.45, "11"),
                (0.53, "0"),
                (0.58, "8"),
                (0.61, "上期(月)累積留抵稅額"),
                (0.82, "108"),
                (0.94, "0"),
            ],
            [
                (0.06, "免　用　發　票"),
                (0.27, "13"),
                (0.36, "0"),
                (0.42, "0"),
                (0.53, "0"),
                (0.58, "10"),
                (0.61, "小計(7+8)"),
                (0.82, "110"),
                (0.92, "2,354"),
            ],
            [
                (0.06, "減：退回及折讓"),
                (0.27, "17"),
                (0.36, "0"),
                (0.42, "0"),
                (0.53, "0"),
                (0.58, "11"),
                (0.61, "本期(月)應實繳稅額(1-10)"),
                (0.82, "111"),
                (0.93, "355"),
            ],
            [
                (0.13, "合　計"),
                (0.27, "21①"),
                (0.33, "54,187"),
                (0.36, "22②"),
                (0.4, "2,709"),
                (0.45, "23③"),
                (0.53, "0"),
                (0.58, "12"),
                (0.61, "本期(月)申報留抵稅額(10-1)"),
                (0.82, "112"),
                (0.94, "0"),
            ],
            [
                (0.06, "銷售額總計　①+③"),
                (0.27, "25⑦27"),
                (0.35, "54,187 元（內含銷售固定資產 0 元）"),
                (0.58, "14"),
                (0.61, "本期(月)應退稅額"),
                (0.82, "114"),
                (0.94, "0"),
            ],
            [
                (0.06, "進項總金額(包括不得扣抵憑證及普通收據)"),
                (0.42, "48"),
                (0.48, "89,890 元"),
                (0.58, "15"),
                (0.61, "本期(月)累積留抵稅額(12-14)"),
                (0.82, "115"),
                (0.94, "0"),
            ],
        ),
        em=0.01,
        width=1400,
        height=1000,
        step=0.05,
    )
    found = read(page)
    assert {k: r.value for k, r in found.fields.items()} == WANTED
    assert "check:tax" in found.fields["tax.tax_payable"].witnesses
    assert "check:tax-rate" in found.fields["tax.sales_amount"].witnesses


def test_403_with_three_sorts_of_sales() -> None:
    page = sheet(
        *form(
            *HEAD,
            [
                (0.12, "項目"),
                (0.24, "應稅銷售額"),
                (0.33, "稅額"),
                (0.4, "零稅率銷售額"),
                (0.5, "免稅銷售額"),
                (0.6, "稅額計算"),
                (0.92, "稅額"),
            ],
            [
                (0.06, "三聯式發票、電子計算機發票"),
                (0.25, "44,187"),
                (0.33, "2,209"),
                (0.42, "0"),
                (0.52, "10,000"),
                (0.6, "1. 本期(月)銷項稅額合計"),
                (0.85, "101"),
                (0.92, "2,209"),
            ],
            [
                (0.06, "合計"),
                (0.25, "44,187"),
                (0.33, "2,209"),
                (0.42, "0"),
                (0.52, "10,000"),
                (0.6, "7. 得扣抵進項稅額合計"),
                (0.85, "107"),
                (0.92, "1,854"),
            ],
            [
                (0.06, "銷售額總計"),
                (0.14, "25"),
                (0.16, "(7)"),
                (0.25, "54,187"),
                (0.33, "元"),
                (0.36, "(內含銷售土地"),
                (0.46, "26"),
                (0.48, "0"),
                (0.5, "元)"),
                (0.6, "11. 本期(月)應實繳稅額(6-10)"),
                (0.85, "111"),
                (0.92, "355"),
            ],
            title="營業人銷售額與稅額申報書（403）（一般稅額計算－兼營免稅、特種稅額計算營業人使用）",
        ),
        em=0.01,
        width=1400,
        height=1000,
        step=0.05,
    )
    assert values(page) == WANTED


def test_a_refund_pays_nothing() -> None:
    page = sheet(
        *form(
            *HEAD,
            [(0.06, "銷售額總計"), (0.3, "54,187 元"), (0.6, "本期(月)銷項稅額合計"), (0.85, "101"), (0.92, "2,709")],
            [(0.6, "得扣抵進項稅額合計"), (0.85, "107"), (0.92, "3,354")],
            [(0.6, "本期(月)應實繳稅額"), (0.85, "111"), (0.92, "0")],
            [(0.6, "本期(月)申報留抵稅額"), (0.85, "112"), (0.92, "645")],
        ),
        em=0.01,
        width=1400,
        height=1000,
        step=0.05,
    )
    assert values(page) == WANTED | {"tax.tax_payable": 0}


def askew(due: str, score: float = 0.99) -> Page:
    """A return whose boxes' numbers and figures stand two thirds of a row above their words, as on a sheet that lies askew."""
    rows = (("本期(月)銷項稅額合計", "101", "2,709"), ("得扣抵進項稅額合計", "107", "3,354"), ("本期(月)應實繳稅額(1－10)", "111", due),
            ("本期(月)申報留抵稅額(10－1)", "112", "645"), ("本期(月)應退稅額", "114", "0"))
    made = sheet(*form(*HEAD, [(0.06, "銷售額總計"), (0.3, "54,187 元")]), em=0.01, width=1400, height=1000)
    more = [line(x, 0.4 + 0.018 * k - up, text, em=0.01, score=score) for k, row in enumerate(rows)
            for x, text, up in zip((0.1, 0.5, 0.6), row, (0.0, 0.008, 0.012), strict=True)]
    return replace(made, lines=(*made.lines, *more))


@pytest.mark.parametrize("due", ["0", "o]"])
def test_the_number_of_its_box_tells_the_figure_where_the_words_lie_askew(due: str) -> None:
    assert values(askew(due)) == WANTED | {"tax.tax_payable": 0}


def test_a_tax_that_cannot_be_read_is_proposed_from_the_others() -> None:
    found = read(askew("5", score=0.7)).fields["tax.tax_payable"]
    assert (found.value, found.status) == (0, "review")


def test_an_empty_box_of_tax_payable_gives_no_amount() -> None:
    page = sheet(
        *form(
            *HEAD,
            [(0.06, "銷售額總計"), (0.3, "54,187 元"), (0.6, "本期(月)銷項稅額合計"), (0.85, "101"), (0.92, "2,709")],
            [(0.6, "本期(月)應實繳稅額"), (0.85, "111")],
            [(0.6, "本期(月)申報留抵稅額"), (0.85, "112"), (0.92, "645")],
        ),
        em=0.01,
        width=1400,
        height=1000,
        step=0.05,
    )
    found = read(page).fields.get("tax.tax_payable")
    assert found is None or found.value is None


def test_the_list_of_a_filing_over_the_net_with_its_values_in_boxes() -> None:
    cells = [Box(0.05 + 0.022 * k, 0.115, 0.072 + 0.022 * k, 0.14) for k in range(8)]
    rows = form(
        [(0.05, "統一編號")],
        [(0.055 + 0.022 * k, c) for k, c in enumerate("38618839")],
        [(0.05, "營業人名稱"), (0.14, "小滿烘焙坊")],
        [(0.05, "所屬年月份："), (0.14, "中華民國 114 年 11 - 12 月")],
        [(0.05, "銷售額總計"), (0.3, "54,187")],
        [(0.05, "本期(月)應實繳稅額"), (0.3, "355")],
    )
    assert values(sheet(*rows, cells=cells)) == WANTED


def test_404_is_another_return() -> None:
    page = sheet(
        [(0.3, "營業人銷售額與稅額申報書（404）")], [(0.3, "（特種稅額計算營業人使用）")], *HEAD, [(0.06, "銷售額總計"), (0.3, "54,187 元")]
    )
    (paper,) = read_papers([page])
    assert paper.kind == "unknown"


def test_the_number_of_a_box_read_with_its_amount_is_told_by_the_sum() -> None:
    page = sheet(
        *form(
            *HEAD,
            [(0.1, "合計"), (0.25, "5,384,651"), (0.33, "269,233"), (0.42, "0"), (0.52, "10,000")],
            [(0.06, "銷售額總計"), (0.25, "255,394,651"), (0.33, "元")],
        ),
        em=0.01,
        width=1400,
        height=1000,
        step=0.05,
        score=0.99,
    )
    found = read(page).fields["tax.sales_amount"]
    assert (found.value, found.status) == (5394651, "review")
