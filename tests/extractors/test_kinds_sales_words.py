"""Sales papers whose labels, places and lines are not those of the usual forms: what is meant is told by words and arithmetic."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sales_pages import Row, read, sheet, spaced, values

from domain.document import Box, Code
from extractors.kinds._amounts import half_up_tax
from extractors.kinds._meanings import is_noise, meaning
from extractors.papers import read_papers

HEAD: tuple[Row, ...] = (
    [(0.3, "電子發票證明聯")],
    [(0.3, "115年03-04月")],
    [(0.3, "VB-13104999")],
    [(0.05, "2026-03-02 20:48:10")],
    [(0.05, "隨機碼:3154")],
    [(0.05, "賣方:19279692")],
    [(0.05, "買方:40279830")],
)


@pytest.mark.parametrize(
    "rows",
    [
        [[(0.05, "銷售額(應稅)"), (0.7, "12,794")], [(0.05, "營業稅額5%"), (0.7, "640")], [(0.05, "發票總金額"), (0.7, "NT$13,434")]],
        [[(0.05, "總計13,434(含稅640)")]],
        [[(0.05, "合計 3項"), (0.6, "$13,434")], [(0.05, "現金"), (0.6, "14,000")], [(0.05, "找零"), (0.6, "566")]],
        [[(0.05, "應付金額"), (0.6, "NT$"), (0.7, "13,434")], [(0.05, "信用卡"), (0.7, "13,434")]],
        [[(0.05, "銷售額:12794 稅額:640 總計:13434")]],
        [[(0.05, "未稅"), (0.3, "稅金"), (0.6, "含稅總額")], [(0.05, "12,794"), (0.3, "640"), (0.6, "13,434")]],
    ],
)
def test_the_total_of_a_slip_by_any_words(rows: list[Row]) -> None:
    assert values(sheet(*HEAD, *rows))["inv.total_amount"] == 13434


INVOICE: tuple[Row, ...] = (
    [(0.1, "三聯式統一發票"), (0.6, "字軌號碼"), (0.75, "ZM78626991")],
    [(0.1, "開立期別"), (0.3, "115年09-10月")],
    [(0.1, "買受人"), (0.3, "岳展能源技術股份有限公司"), (0.6, "買方統編"), (0.75, "61603854")],
    [(0.1, "賣方"), (0.3, "和森商行"), (0.6, "賣方統編"), (0.75, "83789799")],
    [(0.1, "開立日期"), (0.3, "中華民國115年10月25日")],
    [(0.1, "品名"), (0.4, "單價"), (0.6, "數量"), (0.8, "金額")],
    [(0.1, "顧問費"), (0.4, "30,000"), (0.6, "22"), (0.8, "660,000")],
    [(0.1, "感測器"), (0.4, "480"), (0.6, "19"), (0.8, "9,120")],
)
SUMS = {"inv.net_amount": 669120, "inv.tax_amount": 33456, "inv.total_amount": 702576}


@pytest.mark.parametrize(
    "rows",
    [
        [
            [(0.1, "銷售額"), (0.3, "課稅別"), (0.45, "稅率"), (0.6, "營業稅額"), (0.8, "總計")],
            [(0.1, "669,120"), (0.3, "應稅"), (0.45, "5%"), (0.6, "33,456"), (0.8, "702,576")],
        ],
        [[(0.1, "未稅金額"), (0.3, "669,120")], [(0.1, "稅金(5%)"), (0.3, "33,456")], [(0.1, "應收總額"), (0.3, "NT$702,576")]],
        [[(0.1, "銷貨額 669,120"), (0.4, "加值稅 33,456"), (0.7, "共計 702,576 元")]],
        [[(0.5, "669,120")], [(0.3, "33,456")], [(0.7, "702,576")]],
    ],
)
def test_net_tax_and_total_in_a_row_in_a_column_or_by_their_arithmetic(rows: list[Row]) -> None:
    found = values(sheet(*INVOICE, *rows))
    assert {k: found.get(k) for k in SUMS} == SUMS


def test_rows_that_lie_askew_are_put_right_by_arithmetic_and_shown_to_a_person() -> None:
    page = sheet(
        [(0.3, "統一發票(收執聯)")],
        [(0.3, "LX48858095")],
        [(0.3, "115年5、6月份")],
        [(0.1, "買方:47419511")],
        [(0.1, "2026/06/10")],
        [(0.1, "軟體授權費"), (0.6, "440,476")],
        [(0.1, "應稅銷售額"), (0.6, "22,024")],
        [(0.1, "稅額"), (0.6, "NT$462,500")],
        [(0.1, "合計1項"), (0.6, "462,550")],
        [(0.1, "現金"), (0.6, "50")],
    )
    fields = read(page).fields
    assert [fields[f"inv.{n}_amount"].value for n in ("net", "tax", "total")] == [440476, 22024, 462500]
    assert fields["inv.total_amount"].status == "review"


RECEIPT: tuple[Row, ...] = (
    [(0.1, "品名"), (0.4, "數量"), (0.6, "單價"), (0.8, "總價")],
    [(0.1, "包裝紙箱"), (0.4, "12"), (0.6, "28"), (0.8, "336")],
    [(0.1, "塑膠射出件"), (0.4, "2"), (0.6, "480"), (0.8, "960")],
)
FOOT: tuple[Row, ...] = ([(0.1, "統一編號：75617219(免用統一發票)")], [(0.3, "中華民國115年9月9日")])


@pytest.mark.parametrize("label", ["具領商號：", "店家名稱：", "收款人："])
def test_the_business_that_is_paid_is_the_seller_and_no_line_of_goods(label: str) -> None:
    head: Row = [(0.1, "茲收到全冠食品股份有限公司(統一編號40337281)支付下列款項，計新臺幣壹仟")]
    more: Row = [(0.1, "貳佰玖拾陸元整(NT$ 1,296)，此據。")]
    found = values(sheet([(0.4, "1.6@收據")], head, more, *RECEIPT, [(0.1, label + "捷和五金行")], *FOOT))
    assert found["inv.seller_name"] == "捷和五金行"
    assert found["inv.seller_uniform_no"] == "75617219"
    assert found["inv.total_amount"] == 1296


def test_a_line_of_goods_is_no_seller_where_none_is_named() -> None:
    found = values(sheet([(0.4, "1.6@收據")], [(0.1, "茲收到全冠食品股份有限公司")], *RECEIPT, [(0.1, "合計"), (0.8, "1,296")], *FOOT))
    assert found.get("inv.seller_name") is None


@pytest.mark.parametrize(
    ("text", "what"),
    [("發票總金額：", "total"), ("合計3項", "total"), ("合計NT$", "total"), ("含稅金額", "total"), ("應稅銷售額", "net"),
     ("未稅金額", "net"), ("營業稅額5%", "tax"), ("稅金", "tax"),
     ("免稅銷售額", None), ("小計", None), ("現金", None), ("找零", None), ("課稅別", None),
     ("稅率", None), ("品名", None), ("本發票依規定使用", None)],
)
def test_what_the_words_of_a_label_mean(text: str, what: str | None) -> None:
    assert meaning(text) == what


@given(st.integers(1, 99), st.sampled_from("項筆件"))
def test_a_count_of_items_is_no_amount(count: int, unit: str) -> None:
    assert is_noise(f"{count}{unit}")
    assert is_noise(f"(共{count}{unit})")


@given(st.integers(2000, 900_000))
def test_net_tax_and_total_are_told_by_any_figures_that_fit(net: int) -> None:
    tax = half_up_tax(net)
    found = values(sheet(*INVOICE[:5], [(0.5, f"{net:,}")], [(0.3, f"{tax:,}")], [(0.7, f"{net + tax:,}")]))
    assert (found["inv.net_amount"], found["inv.tax_amount"], found["inv.total_amount"]) == (net, tax, net + tax)


FILED: tuple[tuple[str, str], ...] = (
    ("應稅銷售額合計", "5,450,028"), ("零稅率銷售額合計", "0"), ("免稅銷售額", "0"), ("銷售額總計", "5,450,028"), ("銷項稅額", "272,502"),
    ("得扣抵進項稅額", "110,152"), ("本期應實繳稅額", "162,350"), ("本期應退稅額", "0"),
)


@pytest.mark.parametrize("who", ["營業人：大群商行(25405099)", "申報營業人：大群商行（統一編號：25405099）", "大群商行 (25405099)"])
@pytest.mark.parametrize("rise", [0, 1])
def test_a_filed_return_as_a_list_also_where_its_lines_lie_askew(who: str, rise: int) -> None:
    head: list[Row] = [[(0.1, "營業人銷售額與稅額申報書（一般稅額計算）")], []]
    head += [[(0.1, who)], [], [(0.1, "申報所屬年月：115/01～115/02")], [], []]
    rows: list[list[tuple[float, str]]] = [[] for _ in range(2 * len(FILED) + 1)]
    for k, (label, amount) in enumerate(FILED):
        rows[2 * k + rise].append((0.1, label))
        rows[2 * k].append((0.9 - 0.008 * len(amount), amount))
    found = read(sheet(*head, *rows, step=0.015)).fields
    assert {k: r.value for k, r in found.items()} == {
        "org.name": "大群商行", "org.uniform_no": "25405099", "tax.period": "2026-01",
        "tax.sales_amount": 5450028, "tax.tax_payable": 162350}
    assert not rise or found["tax.tax_payable"].status == "review"


@pytest.mark.parametrize(
    ("boxes", "amount"), [("495C0C", 495000), ("1/2O", 1120), ("4D4", 404), ("49青000", None), ("5SB0", 5580)]
)
def test_a_box_holds_a_figure_and_an_amount_with_a_lost_one_is_none(boxes: str, amount: int | None) -> None:
    found = read(sheet(*INVOICE[:5], [(0.1, "合計"), *spaced(0.5, 0.03, boxes)], score=0.97)).fields.get("inv.total_amount")
    assert (found and found.value) == amount
    assert found is None or found.status == "review"


def test_boxes_that_arithmetic_and_words_bear_out_are_read() -> None:
    rows: list[Row] = [
        [(0.1, "銷售額"), *spaced(0.5, 0.03, "495C0C")],
        [(0.1, "營業稅"), *spaced(0.53, 0.03, "2475C")],
        [(0.1, "總計"), *spaced(0.5, 0.03, "51975C")],
        [(0.1, "總計新臺幣：伍拾壹萬玖仟柒佰伍拾元整")],
    ]
    found = values(sheet(*INVOICE[:5], *rows, score=0.97))
    assert [found[f"inv.{n}_amount"] for n in ("net", "tax", "total")] == [495000, 24750, 519750]


def slip(left: float, number: str, seller: str) -> list[Row]:
    return [[(left, "1.5@電子發票證明聯")], [(left, "115年01-02月")], [(left, number)], [(left, "2026-01-13 12:01:09")],
            [(left, "隨機碼:2196")], [(left, f"賣方:{seller}")]]


def test_three_slips_that_lie_in_columns_of_one_photo_are_three_papers() -> None:
    rows: list[list[tuple[float, str]]] = [[] for _ in range(16)]
    for at, part in ((0, slip(0.05, "AM-23161273", "77269026")), (4, slip(0.75, "WQ-32104076", "57659264"))):
        for k, row in enumerate(part):
            rows[at + k] += row
    receipt: list[Row] = [[(0.4, "免用統一發票收據")], [(0.4, "日期110.11.17")], [(0.4, "合計NT$"), (0.55, "2,130")],
                          [(0.4, "優同麵包店")], [(0.42, "78787743")], [(0.4, "收據專用章")]]
    for k, row in enumerate(receipt):
        rows[7 + k] += row
    papers = {p.kind + str(p.fields.get("inv.number") and p.fields["inv.number"].value): p for p in read_papers([sheet(*rows)])}
    assert set(papers) == {"einvoice_proofAM23161273", "einvoice_proofWQ32104076", "receiptNone"}
    assert papers["receiptNone"].fields["inv.total_amount"].value == 2130
    assert papers["receiptNone"].fields["inv.seller_uniform_no"].value == "78787743"


QR = "ZX102938471150704" + "5847" + "00000000" + f"{350:08X}" + "00000000" + "91380686" + "A" * 22 + "=="


@pytest.mark.parametrize("words", [["三聯式統一發票", "買受人", "品名", "數量", "單價", "金額", "營業稅"], ["收據", "品名", "經手人"], []])
def test_the_code_of_an_e_invoice_tells_what_a_paper_is_whatever_words_stand_on_it(words: list[str]) -> None:
    code = Code("QRCode", QR.encode(), Box(0.1, 0.7, 0.3, 0.8))
    assert read(sheet(*([(0.1, word)] for word in words), codes=[code])).kind == "einvoice_proof"
