"""The ways in which a small business writes a 收據."""

from __future__ import annotations

import pytest
from sales_pages import read, sheet, spaced, values

from extractors.papers import read_papers

HEAD = ((0.1, "品　名"), (0.32, "數量"), (0.45, "單價"), (0.55, "總　價"), (0.72, "備　註"))
WANTED = {"inv.date": "2026-03-30", "inv.seller_uniform_no": "38618839", "inv.seller_name": "小滿烘焙坊", "inv.total_amount": 8550}


def test_a_pad_with_places_and_an_oval_seal() -> None:
    page = sheet(
        [(0.3, "1.5@免用統一發票收據"), (0.64, "統一編號："), *spaced(0.73, 0.025, "64824482")],
        [
            (0.07, "買受人："),
            (0.16, "禾町設計有限公司"),
            (0.65, "中華民國"),
            (0.75, "115"),
            (0.79, "年"),
            (0.82, "3"),
            (0.85, "月"),
            (0.88, "30"),
            (0.92, "日"),
        ],
        HEAD,
        [(0.1, "禮盒"), (0.34, "6"), (0.45, "1255"), (0.58, "7530"), (0.75, "收據專用章")],
        [(0.1, "餐盒"), (0.34, "2"), (0.45, "90"), (0.58, "180")],
        [(0.1, "便當"), (0.34, "6"), (0.45, "140"), (0.58, "840")],
        [(0.76, "小滿烘焙坊")],
        [(0.74, "免用統一發票專用章")],
        [(0.77, "統一編號")],
        [(0.75, "1.4@38618839")],
        [(0.77, "負責人：傅珈")],
        [(0.77, "☎(02)3797-5443")],
        [
            (0.07, "合計新臺幣"),
            (0.2, "拾"),
            (0.25, "萬"),
            (0.27, "捌"),
            (0.29, "仟"),
            (0.31, "伍"),
            (0.33, "佰"),
            (0.35, "伍"),
            (0.37, "拾"),
            (0.39, "零"),
            (0.41, "元整"),
            (0.8, "銀貨兩訖"),
        ],
        [(0.85, "經手人：")],
    )
    found = read(page)
    assert {k: r.value for k, r in found.fields.items()} == WANTED
    assert "check:sum" in found.fields["inv.total_amount"].witnesses
    assert found.fields["inv.total_amount"].box.left > 0.19


def test_a_pad_with_numerals_in_its_places() -> None:
    page = sheet(
        [(0.4, "收　據"), (0.7, "NO. 004512")],
        [(0.07, "抬頭：禾町設計有限公司"), (0.6, "統編：64824482")],
        [(0.07, "日期：115.3.30")],
        HEAD,
        [(0.1, "禮盒"), (0.34, "6"), (0.45, "1425"), (0.58, "8550")],
        [
            (0.07, "合計新臺幣"),
            (0.2, "拾"),
            (0.25, "萬"),
            (0.27, "8"),
            (0.29, "仟"),
            (0.31, "5"),
            (0.33, "佰"),
            (0.35, "5"),
            (0.37, "拾"),
            (0.39, "0"),
            (0.41, "元整"),
        ],
        [(0.7, "免用統一發票專用章")],
        [(0.7, "小滿烘焙坊")],
        [(0.7, "統一編號：38618839")],
        [(0.7, "臺北市中正區濟南路一段130號")],
    )
    assert values(page) == WANTED


def test_a_total_in_figures_and_in_words() -> None:
    page = sheet(
        [(0.4, "收據")],
        [(0.07, "買受人：禾町設計有限公司"), (0.6, "115年3月30日")],
        HEAD,
        [(0.1, "禮盒"), (0.34, "6"), (0.45, "1,425"), (0.58, "8,550")],
        [(0.1, "合　計"), (0.55, "$8,550")],
        [(0.07, "新臺幣（大寫）：捌仟伍佰伍拾元整")],
        [(0.7, "小滿烘焙坊")],
        [(0.7, "免用統一發票專用章")],
        [(0.7, "38618839")],
        [(0.7, "傅珈")],
    )
    found = read(page)
    assert {k: r.value for k, r in found.fields.items()} == WANTED
    assert found.fields["inv.total_amount"].status == "accepted"


def test_words_and_figures_that_differ_go_to_a_person() -> None:
    page = sheet(
        [(0.4, "收據")],
        [(0.07, "買受人：禾町設計有限公司"), (0.6, "115年3月30日")],
        HEAD,
        [(0.1, "禮盒"), (0.34, "6"), (0.45, "1,425"), (0.58, "8,550")],
        [(0.1, "合　計"), (0.55, "$8,550")],
        [(0.07, "新臺幣（大寫）：捌仟伍佰陸拾元整")],
        [(0.7, "小滿烘焙坊")],
        [(0.7, "免用統一發票專用章")],
        [(0.7, "38618839")],
    )
    assert read(page).fields["inv.total_amount"].status == "review"


def test_a_written_statement_that_money_was_received() -> None:
    page = sheet(
        [(0.4, "1.6@收　　據")],
        [(0.1, "茲收到　禾町設計有限公司　交付餐盒款項")],
        [(0.1, "新臺幣捌仟伍佰伍拾元整，無訛。")],
        [(0.1, "此據")],
        [(0.1, "商號名稱：小滿烘焙坊")],
        [(0.1, "統一編號：38618839")],
        [(0.1, "負責人：傅珈")],
        [(0.1, "地址：臺北市中正區濟南路一段130號")],
        [(0.6, "免用統一發票專用章")],
        [(0.25, "中　華　民　國　115　年　3　月　30　日")],
    )
    assert values(page) == WANTED


@pytest.mark.parametrize("title", ["捐款收據", "代收轉付收據", "勞工保險費繳款收據聯", "存款收據"])
def test_a_receipt_of_another_sort_is_not_forced(title: str) -> None:
    page = sheet([(0.4, title)], [(0.1, "茲收到 陳先生 捐款")], [(0.1, "金額：新臺幣壹仟元整")], [(0.1, "中華民國115年3月30日")])
    (paper,) = read_papers([page])
    assert paper.kind == "unknown"


@pytest.mark.parametrize(("signs", "amount"), [("零零玖捌陸", 986), ("零?玖捌陸", None), ("零零玖捌?", None), ("捌伍伍零", 8550)])
def test_numerals_in_cells_whose_units_are_lost_are_read_by_their_places(signs: str, amount: int | None) -> None:
    written = [(0.2 + 0.06 * k, c) for k, c in enumerate(signs) if c != "?"]
    page = sheet(
        [(0.3, "免用統一發票收據"), (0.7, "115年3月30日")],
        HEAD,
        [(0.1, "禮盒"), (0.34, "6"), (0.45, "1425"), (0.58, "8550")],
        [(0.07, "合計新臺幣"), *written, (0.2 + 0.06 * len(signs), "元整")],
        [(0.7, "小滿烘焙坊")],
        [(0.7, "免用統一發票專用章")],
    )
    total = read(page).fields.get("inv.total_amount")
    assert (total and total.value) == amount


PRINTER = (
    [(0.4, "1.3@小滿烘焙坊")],
    [(0.3, "臺北市中正區東門里濟南路一段130巷7號")],
    [(0.4, "電話 02-37975443")],
    [(0.25, "1.3@收"), (0.36, "1.3@據（免用統一發票）")],
    [(0.1, "統一編號"), (0.7, "38618839")],
    [(0.1, "單號"), (0.7, "R340316")],
    [(0.1, "日期"), (0.7, "2026/03/30")],
    [(0.1, "客戶"), (0.5, "禾町設計有限公司")],
    [(0.1, "禮盒x6"), (0.72, "7,530")],
    [(0.1, "餐盒x2"), (0.72, "1,020")],
    [(0.1, "應收總額"), (0.7, "8,550元")],
    [(0.1, "實收現金"), (0.7, "8,550元")],
    [(0.1, "經手人：傅珈")],
)


def test_a_strip_of_a_shops_own_printer() -> None:
    found = read(sheet(*PRINTER))
    assert found.kind == "receipt"
    assert {k: r.value for k, r in found.fields.items()} == WANTED


@pytest.mark.parametrize("word", ["客戶名稱", "顧客", "購買人", "付款人", "茲收自"])
def test_whoever_pays_does_not_sell(word: str) -> None:
    rows = [row if row[0][1] != "客戶" else [(0.1, word), (0.5, "禾町設計有限公司")] for row in PRINTER]
    assert values(sheet(*rows)) == WANTED


@pytest.mark.parametrize("number", [((0.35, "1.3@收據"), (0.6, "統一編號：04595257")), ((0.6, "統一編號：04595257"),)])
def test_a_pad_with_the_shops_name_over_its_title_still_leaves_the_right_to_the_buyer(number: tuple[tuple[float, str], ...]) -> None:
    title = [] if len(number) > 1 else [[(0.35, "1.3@收據")]]
    made = sheet([(0.35, "1.2@小滿烘焙坊")], *title, list(number), [(0.1, "買受人：禾町設計有限公司"), (0.6, "115年3月30日")], list(HEAD),
                 [(0.1, "禮盒"), (0.34, "6"), (0.45, "1425"), (0.55, "8550")], [(0.1, "合計"), (0.55, "8,550")], [(0.72,
                                                                                                               "免用統一發票專用章")])
    found = read(made).fields
    assert "inv.seller_uniform_no" not in found
    assert found["inv.seller_name"].value == "小滿烘焙坊"
