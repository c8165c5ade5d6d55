"""Numbers, names and days on papers of sale that belong to neither buyer nor seller, and to no sale."""

from __future__ import annotations

import pytest
from hand_pages import Row, page, values

from domain.taiwan import ubn

THIRD = next(n for k in range(23456789, 23456999) if ubn.is_valid(n := str(k)))
PAPER: list[Row] = [
    [(0.3, "三聯式統一發票"), (0.7, "QK41872653")], [(0.3, "中華民國115年2月14日")],
    [(0.1, "買受人：谷川水電工程有限公司")], [(0.1, "統一編號：38618839")],
    [(0.1, "品名"), (0.4, "數量"), (0.55, "單價"), (0.7, "金額")], [(0.1, "水管"), (0.4, "4"), (0.55, "250"), (0.7, "1,000")],
    [(0.1, "銷售額合計"), (0.7, "1,000")], [(0.1, "營業稅"), (0.7, "50")], [(0.1, "總計"), (0.7, "1,050")],
    [(0.6, "統一發票專用章")], [(0.6, "雲海五金行")], [(0.6, "統一編號：01877305")]]


@pytest.mark.parametrize("words", ["承印廠統一編號", "平台業者統編", "物流公司統一編號", "總公司統編", "加盟主統編"])
@pytest.mark.parametrize("at", [4, 9, 12])
def test_the_number_of_a_third_party_is_neither_the_sellers_nor_the_buyers(words: str, at: int) -> None:
    wanted = values(page(*PAPER))
    found = values(page(*PAPER[:at], [(0.5, f"{words}：{THIRD}")], *PAPER[at:]))
    assert THIRD not in found.values()
    assert {k: found.get(k) for k in ("inv.seller_uniform_no", "inv.buyer_uniform_no")} == {
        k: wanted.get(k) for k in ("inv.seller_uniform_no", "inv.buyer_uniform_no")}


@pytest.mark.parametrize("words", ["承印：大同印刷有限公司", "運送人：迅達物流股份有限公司", "經銷商：永河商行",
                                   "收款銀行：大同商業銀行股份有限公司"])
@pytest.mark.parametrize("at", [9, 11, 12])
def test_the_name_of_a_third_party_is_not_the_sellers(words: str, at: int) -> None:
    assert values(page(*PAPER[:at], [(0.55, words)], *PAPER[at:]))["inv.seller_name"] == "雲海五金行"


@pytest.mark.parametrize("words", ["訂購日期", "製造日期", "有效日期", "出貨日期", "列印日期", "付款期限"])
@pytest.mark.parametrize("at", [1, 2, 9])
def test_a_day_that_is_none_of_the_sale_is_not_the_papers(words: str, at: int) -> None:
    assert values(page(*PAPER[:at], [(0.5, f"{words}：115年2月20日")], *PAPER[at:]))["inv.date"] == "2026-02-14"
