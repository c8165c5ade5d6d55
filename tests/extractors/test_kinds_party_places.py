"""Whose number it is on papers of sale: what words tell is read, what only the place tells is for a person."""

from __future__ import annotations

import pytest
from sales_pages import Row, read, sheet

from domain.field import ACCEPTED, REVIEW
from extractors.papers import read_papers

SELLER, BUYER = "75283579", "53963216"
GOODS: list[Row] = [
    [(0.06, "護腰")],
    [(0.1, "@1280×32"), (0.8, "40,960")],
    [(0.06, "測試治具")],
    [(0.1, "@100×10"), (0.8, "1,000")],
    [],
    [(0.06, "銷售額"), (0.8, "39,962")],
    [(0.06, "營業稅"), (0.8, "1,998")],
    [(0.06, "總計"), (0.8, "41,960")],
    [(0.06, "收現"), (0.8, "41,960")],
]


def strip(head: list[Row], buyer: Row, score: float = 1.0) -> dict[str, tuple[object, str]]:
    """Value and status of both numbers on a cash register's strip that the title begins."""
    made = sheet(
        [(0.06, "統一發票"), (0.8, "收執聯")],
        [(0.3, "JN 27773142")],
        [(0.33, "114年3、4月份")],
        *head,
        [(0.06, "114年03月22日"), (0.8, "18:10")],
        [(0.06, "收銀員02"), (0.74, "NO.7263")],
        buyer,
        [],
        *GOODS,
        score=score,
    )
    found = read(made).fields
    return {
        n: (found[f"inv.{n}_uniform_no"].value, found[f"inv.{n}_uniform_no"].status)
        for n in ("buyer", "seller")
        if f"inv.{n}_uniform_no" in found
    }


@pytest.mark.parametrize("words", ["買受人：", "買受人", "買方:", "客戶統編：", "抬頭：", "顧客 ", "買受人註記："])
@pytest.mark.parametrize("own_line", [True, False])
def test_a_number_right_behind_the_buyers_words_is_the_buyers_and_the_shops_own_the_sellers(
    words: str, own_line: bool
) -> None:
    phone = [(0.5, "TEL:07-41987017")] if own_line else []
    number = f"統一編號：{SELLER}" + ("" if own_line else " TEL:07-41987017")
    found = strip(
        [[(0.06, "谷川雲端服務股份有限公司")], [(0.06, number), *phone], [(0.06, "桃園市桃園區春日路30號")]],
        [(0.06, f"{words}{BUYER}")],
    )
    assert found["buyer"][0] == BUYER
    assert found["seller"][0] == SELLER


@pytest.mark.parametrize("number", [f"統-編號：{SELLER} TEL:05-69730909", f"統—編號：{SELLER}"])
def test_a_bar_that_was_read_as_a_dash_leaves_the_sellers_number(number: str) -> None:
    found = strip([[(0.06, "谷川活動企劃股份有限公司")], [(0.06, number)]], [(0.06, f"買受人：{BUYER}")], score=0.97)
    assert (found["buyer"][0], found["seller"][0]) == (BUYER, SELLER)


def test_the_buyers_number_is_never_the_sellers_where_that_is_not_legible() -> None:
    found = strip(
        [[(0.06, "谷川活動企劃股份有限公司")], [(0.06, "統扁虎；6558 TEL:05-69730909")]],
        [(0.06, f"買受人：{BUYER}")],
        score=0.97,
    )
    assert found["buyer"][0] == BUYER
    assert "seller" not in found


def test_a_number_whose_words_are_lost_is_for_a_person_to_look_at() -> None:
    found = strip(
        [[(0.06, "谷川活動企劃股份有限公司")], [(0.06, "統扁虎；6558 TEL:05-69730909")]], [(0.06, BUYER)], score=0.97
    )
    assert found
    assert all(status == REVIEW for _, status in found.values())


@pytest.mark.parametrize("name", ["谷川冰果室", "雲海髮廊", "小滿烘焙坊", "禾町工作室"])
@pytest.mark.parametrize("fax", [True, False])
def test_a_shop_left_of_the_title_is_the_seller_with_the_number_under_it(name: str, fax: bool) -> None:
    top: list[Row] = [[(0.05, "2019/08/20 17:37 FR0M: 05-27664756"), (0.6, "P.08")]] if fax else []
    made = sheet(
        *top,
        [(0.06, name), (0.86, "收據")],
        [(0.06, f"統一編號{SELLER}"), (0.3, "電話05-47123504"), (0.7, "(本商號免用統一發票)")],
        [(0.06, "新竹市東區光復路一段20號")],
        [],
        [(0.06, "客戶"), (0.18, "澤川復健器材股份有限公司"), (0.6, "收據編號"), (0.75, "191804")],
        [(0.06, "客戶統編"), (0.18, BUYER), (0.6, "收款日期"), (0.75, "108/10/28")],
        [],
        [(0.2, "項目"), (0.42, "數量"), (0.53, "單價"), (0.66, "小計"), (0.8, "備註")],
        [(0.06, "講義影印"), (0.42, "11"), (0.53, "36"), (0.66, "396")],
        [(0.06, "紅茶"), (0.42, "1"), (0.53, "150"), (0.66, "150")],
        [(0.06, "實收金額"), (0.17, "新臺幣伍佰肆拾陸元整"), (0.66, "546")],
        [(0.06, "負責人：朱○慶"), (0.66, "（店章）")],
    )
    found = read(made).fields
    assert found["inv.seller_name"].value == name
    assert (found["inv.seller_uniform_no"].value, found["inv.seller_uniform_no"].status) == (SELLER, ACCEPTED)


def test_a_title_that_names_no_seal_is_none() -> None:
    """The buyer's name under the title of a fax that lost its labels is not the name in a seal."""
    made = sheet(
        [(0.03, "EG00891609"), (0.39, "統一發票"), (0.57, "二聯式")],
        [(0.2, "禾町咖啡烘焙股份有限公司")],
        [],
        [(0.04, "團膳午餐"), (0.5, "19"), (0.7, "85"), (0.85, "1615")],
        [],
        [(0.85, "1615")],
        score=0.97,
    )
    assert "inv.seller_name" not in read(made).fields


def test_the_sellers_number_of_a_sheet_that_lost_its_words_is_read_and_doubted() -> None:
    made = sheet(
        [(0.07, "電子發票證明聯")],
        [(0.07, "115年07-08月PD-11182570")],
        [(0.2, "2026年07月10日"), (0.6, "9844")],
        [(0.07, "(1万"), (0.2, "谷川建築顧問有限公司"), (0.5, "作方境激"), (0.62, SELLER)],
        [(0.07, "0方"), (0.2, "禾町環境清潔股份有限公司"), (0.5, "買方噴械"), (0.62, BUYER)],
        [],
        [(0.07, "品項"), (0.4, "單價"), (0.55, "數量"), (0.87, "金額")],
        [(0.07, "講義影印"), (0.4, "36"), (0.55, "3"), (0.87, "108")],
        [(0.5, "應稅銷售額"), (0.87, "108")],
        [(0.5, "營業稅"), (0.87, "5")],
        [(0.5, "總計"), (0.87, "113")],
        score=0.97,
    )
    found = read(made).fields["inv.seller_uniform_no"]
    assert (found.value, found.status) == (SELLER, REVIEW)


@pytest.mark.parametrize(
    ("printed", "day"), [("中華民715年7.月19日", "2026-07-19"), ("中華民國715年7月19日", "2026-07-19")]
)
def test_a_year_whose_hundred_was_read_as_another_figure_is_mended_for_a_person(printed: str, day: str) -> None:
    made = sheet(
        [(0.3, "免用統一發票收據")],
        [(0.06, "買受人：禾町活動企劃股份有限公司")],
        [(0.06, printed)],
        [(0.07, "摘要"), (0.45, "數量"), (0.6, "單價"), (0.78, "總價")],
        [(0.07, "耶加雪菲半磅"), (0.45, "7"), (0.6, "385"), (0.78, "2695")],
        [(0.07, "合計"), (0.78, "2695")],
        score=0.97,
    )
    found = read(made).fields["inv.date"]
    assert (found.value, found.status) == (day, REVIEW)


@pytest.mark.parametrize("title", ["電子發票證明聯", "電子發粟證明聯"])
def test_two_slips_on_a_page_are_two_papers_though_a_sign_of_one_title_is_misread(title: str) -> None:
    gap: list[Row] = [[]] * 5
    one: list[Row] = [[(0.42, f"1.2@{title}")], [(0.42, "115年01-02月")], [(0.42, "CP-98234499")], [(0.4, "2026-02-07 15:02:34")],
                      [(0.4, "隨機碼9093"), (0.55, "總計12,320")], [(0.4, f"賣方{SELLER}"), (0.55, f"買方{BUYER}")]]  # fmt: skip
    two: list[Row] = [[(0.25, "XN73910417"), (0.5, "1.2@統一發票（二聯式）")], [(0.25, "108年6月5日")],
                      [(0.25, "品名"), (0.6, "數量"), (0.75, "單價"), (0.85, "金額")],
                      [(0.25, "講義影印"), (0.6, "12"), (0.75, "36"), (0.85, "432")], [(0.25, "總計"), (0.85, "432")]]  # fmt: skip
    papers = read_papers([sheet(*one, *gap, *two, score=0.97)])
    assert [(p.kind, p.fields["inv.number"].value) for p in papers] == [("einvoice_proof", "CP98234499"), ("uniform_invoice", "XN73910417")]
