"""Papers whose cells, lines and titles stand closer than readers first took for granted."""

from __future__ import annotations

import pytest
from hand_pages import Row, line, page, read, table, values
from hypothesis import example, given
from hypothesis import strategies as st

from domain.document import Box, Page, Rule
from extractors.kinds._grids import years_of
from extractors.papers import read_papers
from extractors.readers.ink import Ink

TOP: list[Row] = [[(0.3, "勞動部勞工保險局投保單位人數資料表")], [(0.1, "保險證號：01877300K"), (0.5, "單位名稱：雲海資訊股份有限公司")]]


def cell(text: str, left: float, top: float) -> Ink:
    return Ink(text, (Box(left, top, left + 0.05, top + 0.012),) * len(text), 1)


@given(st.integers(1, 12), st.integers(2, 40), st.booleans(), st.booleans())
@example(first=11, many=3, falls=True, merged=True)
def test_a_year_in_a_cell_of_all_its_months_is_theirs(first: int, many: int, falls: bool, merged: bool) -> None:
    """Also from the newest down, and where the year stands in the first row of its months."""
    wanted = [(2020 + (first - 1 + k) // 12, (first - 1 + k) % 12 + 1) for k in range(many)]
    wanted = wanted[::-1] if falls else wanted
    months = [(cell(f"{m}月", 0.3, 0.02 * k), m) for k, (_, m) in enumerate(wanted)]
    spots = {y: [k for k, (year, _) in enumerate(wanted) if year == y] for y, _ in wanted}
    years = [(cell(f"{y}年", 0.1, 0.02 * ((at[0] + at[-1]) / 2 if merged else at[0])), y) for y, at in spots.items()]
    assert [(y, m) for _, m, y in years_of(months, years)] == wanted


def test_a_table_whose_years_take_in_several_rows() -> None:
    counts = (35, 37, 36, 37, 39, 41)
    rows: list[Row] = [[(0.3, f"{m}月"), (0.5, str(c))] for m, c in zip((10, 11, 12, 1, 2, 3), counts, strict=True)]
    rows[1].insert(0, (0.1, "114年"))
    rows[4].insert(0, (0.1, "115年"))
    found = read(page(*TOP, [(0.1, "查詢（列印）日期：115/10/16")], [(0.1, "年度"), (0.3, "月份"), (0.5, "月底生效人數")], *rows)).fields
    assert found["hc.monthly_insured"].value == [{"month": m, "count": c} for m, c in zip(
        ("2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03"), counts, strict=True)]
    assert found["ins.printed_on"].value == "2026-10-16"


@pytest.mark.parametrize("head", [[(0.1, "保險證號01877300K單位春禾茶莊")], [(0.1, "保險證號：01877300K"), (0.35, "單位春禾茶莊")]])
def test_a_unit_named_right_behind_its_number(head: Row) -> None:
    found = values(page([(0.4, "投保單位被保險人名冊")], head, [(0.1, "計費年月 11512")],
                        [(0.1, "序號"), (0.2, "姓名"), (0.35, "身分證號"), (0.6, "月投保薪資")],
                        [(0.1, "001"), (0.2, "傅珈"), (0.35, "A123456789"), (0.6, "27,600")], [(0.1, "查詢結果：共1筆")]))
    assert (found["ins.unit_no"], found["ins.unit_name"], found["hc.latest_count"]) == ("01877300K", "春禾茶莊", 1)


def stacked(*rows: tuple[tuple[str, str], ...]) -> Page:
    """Cells with a label over a value, whose lines run a little into each other."""
    lines = [line(0.3, 0.03, "商業登記抄本")]
    cells = []
    for k, row in enumerate(rows):
        top = 0.08 + 0.03 * k
        for i, (label, value) in enumerate(row):
            left = 0.08 + 0.28 * i
            cells.append(Rule(Box(left, top, left + 0.28, top + 0.03)))
            lines += [line(left + 0.005, top + 0.003, label), line(left + 0.005, top + 0.0112, value)]
    return Page(1, 1000, 1400, tuple(lines), cells=tuple(cells))


def test_a_cell_with_a_label_over_its_value_beside_another_such() -> None:
    found = values(stacked((("商業名稱", "春禾茶莊"), ("商業統一編號", "16158574")),
                           (("負責人姓名", "傅珈"), ("負責人出資額（元）", "300,000"), ("資本額（元）", "300,000")),
                           (("核准設立日期", "089年08月19日"), ("最近異動日期", "094年09月30日"))))
    assert {f: found[f] for f in ("org.responsible_person", "org.founding_date", "org.last_change_date")} == {
        "org.responsible_person": "傅珈", "org.founding_date": "2000-08-19", "org.last_change_date": "2005-09-30"}


def test_the_rows_that_a_total_is_made_of_are_no_amount() -> None:
    bill = page([(0.3, "勞工保險保險費繳費清單")], [(0.1, "保險證號 01877300K"), (0.5, "計費年月 115年09月")],
                [(0.1, "本月計費人數 1人")], [(0.3, "本期應繳總額（1）+（2）+（3）"), (0.8, "4,475")])
    assert values(bill)["ins.amount_due"] == 4475


SALES: tuple[Row, ...] = ([(0.1, "統一編號 38618839"), (0.5, "營業人名稱 小滿烘焙坊")], [(0.1, "所屬年月份：114年11－12月")])


def test_a_blank_behind_a_thousands_mark() -> None:
    found = read(page([(0.2, "營業人銷售額與稅額申報書（401）")], *SALES, [(0.1, "合計"), (0.3, "4,590, 000"), (0.6, "0")],
                      [(0.1, "銷售額總計"), (0.25, "25"), (0.4, "4, 590, 000")])).fields["tax.sales_amount"]
    assert (found.value, "check:sum" in found.witnesses) == (4590000, True)


def test_noughts_that_make_a_nought_prove_nothing() -> None:
    found = read(page([(0.2, "營業人銷售額與稅額申報書（401）")], *SALES, [(0.1, "本期銷項稅額合計"), (0.4, "101"), (0.6, "229,500")],
                      [(0.1, "合計"), (0.3, "0"), (0.6, "0")], [(0.1, "銷售額總計"), (0.4, "0")])).fields["tax.sales_amount"]
    assert (found.value, found.status, "check:sum" in found.witnesses) == (0, "review", False)


def test_a_long_title_with_garbled_words_behind_it_is_a_title() -> None:
    title = "營業人銷售額與稅額申報書（401）一般純确算專譽座學事大使明"
    (paper,) = read_papers([page([(0.1, title)], [(0.1, "銷售額總計"), (0.4, "5,558,882")])])
    assert paper.kind == "vat_return"


def test_a_letter_that_speaks_of_an_invoice_is_none() -> None:
    (paper,) = read_papers([page([(0.1, "郵局存證信函用紙")], [(0.1, "敬啟者：緣貴公司於113年7月3日向本公")],
                                 [(0.1, "交貨並開立統一發票，惟貴公司迄未給付貨款")], [(0.1, "總價新臺幣壹佰元整，備註，數量")])])
    assert paper.kind == "unknown"


TWO: tuple[Row, ...] = ([(0.5, "楓曜油漆工程行")], [(0.55, "收據")], [(0.5, "日期：2026/09/14")], [(0.5, "客戶：五嵐畫室")],
                        [(0.5, "緊急照明燈"), (0.7, "4,320")], [(0.5, "合計"), (0.7, "$4,320")], [(0.5, "本店免用統一發票")],
                        [(0.5, "統編 88249441")], [], [], [], [], [(0.3, "統一發票（二聯式）"), (0.7, "VB81143311")],
                        [(0.1, "買受人：松藝紙器"), (0.7, "115年05月22日")], [(0.1, "品名"), (0.3, "數量"), (0.4, "單價"), (0.5, "金額")],
                        [(0.1, "棧板租金"), (0.3, "40"), (0.4, "3200"), (0.5, "128000")], [(0.1, "總計"), (0.5, "128000")],
                        [(0.7, "統一發票專用章")], [(0.7, "62840855")])


def test_a_plain_receipt_and_an_invoice_on_one_page_are_two_papers() -> None:
    papers = read_papers([page(*TWO, [(0.1, "應稅、零稅率、免稅之銷售額應分別開立統一發票，並應於各該欄打勾")])])
    assert [(p.kind, p.fields["inv.seller_uniform_no"].value) for p in papers] == [("receipt", "88249441"), ("uniform_invoice", "62840855")]


def test_nothing_of_a_receipt_passes_where_an_invoice_lies_among_it() -> None:
    """Where the papers of one page cannot be told apart for sure, no value is given as one's own."""
    (receipt,) = [p for p in read_papers([page(*TWO)]) if p.kind == "receipt"]
    assert {r.status for r in receipt.fields.values()} == {"review"}


@pytest.mark.parametrize("pages", ["第{}頁（共{}頁）", "第{}頁，共{}頁"])
def test_pages_numbered_in_words_are_one_form(pages: str) -> None:
    one = page([(0.3, "有限公司設立登記表")], [(0.6, pages.format("一", "二"))], [(0.1, "公司統一編號"), (0.3, "16158574")],
               [(0.1, "公司名稱"), (0.3, "曜灣空調工程有限公司")], [(0.1, "資本總額"), (0.3, "5,092,000元")])
    two = table([["營業項目代碼", "所營事業"], ["E603080", "交通號誌安裝工程業"], ["E501011", "自來水管承裝商"]], (0.1, 0.3, 0.8),
                above=[[(0.6, pages.format("二", "二"))], [(0.1, "公司名稱：曜灣空調工程有限公司")]], number=2)
    (paper,) = read_papers([one, two])
    assert (paper.pages, paper.fields["org.business_items"].value) == ((1, 2), ["E603080", "E501011"])
