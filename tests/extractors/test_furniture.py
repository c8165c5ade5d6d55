"""What a page says of its own printing, sending and receipt is no value of the paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hand_pages import STEP, Row, line, page, read, values
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.document import Box, Page
from domain.field import ACCEPTED

PAPER: list[Row] = [
    [(0.3, "三聯式統一發票"), (0.7, "QK41872653")], [(0.3, "中華民國115年2月14日")],
    [(0.1, "買受人：谷川水電工程有限公司")], [(0.1, "統一編號：38618839")],
    [(0.1, "品名"), (0.4, "數量"), (0.55, "單價"), (0.7, "金額")], [(0.1, "水管"), (0.4, "4"), (0.55, "250"), (0.7, "1,000")],
    [(0.1, "銷售額合計"), (0.7, "1,000")], [(0.1, "營業稅"), (0.7, "50")], [(0.1, "總計"), (0.7, "1,050")],
    [(0.6, "統一發票專用章")], [(0.6, "雲海五金行")], [(0.6, "統一編號：01877305")]]
UNDATED = [row for row in PAPER if row != [(0.3, "中華民國115年2月14日")]]
OTHER = "ZC90817263"
MAIL: list[Row] = [[(0.1, "寄件者：業務部")], [(0.1, "日期：2026/2/20")], [(0.1, "收件者：會計")], [(0.1, f"主旨：文件寄送 {OTHER}")]]
HEADS: dict[str, tuple[list[Row], list[Row]]] = {
    "browser": ([[(0.05, "2026/2/20 下午3:27"), (0.4, "文件檢視")]],
                [[(0.05, f"https://example.test/view/{OTHER}?ban=04595257"), (0.9, "1/1")]]),
    "title with a number": ([[(0.05, f"列印 {OTHER}"), (0.8, "2026/02/20 15:27")]], []),
    "no time": ([[(0.05, "2026/02/20"), (0.4, "文件檢視")]], [[(0.05, "https://example.test/view"), (0.9, "1/1")]]),
    "at the foot": ([[(0.05, "文件檢視"), (0.6, "https://example.test/view")]], [[(0.05, "1 / 1"), (0.75, "2026/2/20 下午 3:27")]]),
    "mail": (MAIL, []),
    "mail in two columns": ([[(0.1, "From:"), (0.2, "sales@example.test")], [(0.1, "Date:"), (0.2, "2026/02/20 15:27")],
                             [(0.1, "Subject:"), (0.2, f"Invoice {OTHER}")]], []),
    "mail of a web program": ([[(0.1, f"發票通知 {OTHER}")], [(0.1, "1 封郵件")],
                               [(0.1, "業務部 <sales@example.test>"), (0.6, "2026年2月20日 下午3:27")],
                               [(0.1, "收件者：acc@example.test")]], []),
    "fax": ([[(0.05, "2026-02-20 15:27 FROM:02-23456789 P.01")]], []),
    "fax in parts": ([[(0.05, "2026/02/20 15:27"), (0.35, "大通商行"), (0.6, "02-23456789"), (0.9, "P.1")]], []),
    "printed on": ([], [[(0.1, "列印日期：115/02/20")]]),
    "asked at": ([[(0.6, "查詢時間：2026/02/20 15:27")]], []),
    "asked at, apart": ([[(0.6, "下載日期"), (0.75, "115/02/20")]], []),
    "printed on, over": ([[(0.7, "列印日期")], [(0.7, "115/02/20")]], []),
    "serial number": ([], [[(0.1, "列印序號：04595257")]]),
    "received": ([], [[(0.1, "收文")], [(0.1, "115.2.20")], [(0.1, "第04595257號")]]),
    "received, in one": ([], [[(0.1, "115.2.20 收文")]]),
    "paid": ([], [[(0.1, "115.2.20")], [(0.1, "收訖")]]),
}
FURNISHED = pytest.mark.parametrize("name", HEADS)


def framed(rows: list[Row], head: list[Row], foot: list[Row]) -> Page:
    """A page of A4's shape with its furniture at the very top and near the bottom."""
    plain = page(*head, [], *rows)
    low = [line(left, 0.99 - STEP * (len(foot) - k), text) for k, row in enumerate(foot) for left, text in row]
    return replace(plain, lines=(*plain.lines, *low))


@FURNISHED
def test_another_day_and_number_in_the_head_or_the_foot_change_no_value(name: str) -> None:
    assert values(framed(PAPER, *HEADS[name])) == values(page(*PAPER))


@FURNISHED
def test_where_only_the_furniture_has_a_day_the_paper_has_none(name: str) -> None:
    assert "inv.date" not in values(framed(UNDATED, *HEADS[name]))


@settings(max_examples=40, deadline=None)
@given(st.integers(-400, 400), st.sampled_from(["%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M", "%Y年%m月%d日 %H:%M"]), st.booleans())
def test_no_day_of_printing_is_ever_taken(away: int, form: str, at_foot: bool) -> None:
    when = date(2026, 2, 14) + timedelta(days=away)
    said: list[Row] = [[(0.1, "文件檢視"), (0.7, when.strftime(form))]]
    assert values(framed(PAPER, [] if at_foot else said, said if at_foot else []))["inv.date"] == "2026-02-14"


def test_the_day_of_printing_is_a_value_where_the_paper_is_a_printout_that_is_asked_for_it() -> None:
    rows: list[Row] = [[(0.3, "勞動部勞工保險局投保單位人數資料表")], [(0.1, "保險證號：01234567A")], [(0.1, "投保單位名稱：雲海五金行")],
                       [(0.1, "列印日期：115/02/20")], [(0.1, "年月"), (0.4, "投保人數")],
                       *([(0.1, f"115年{k:02}月"), (0.4, str(k + 3))] for k in (1, 2, 3))]
    assert values(page(*rows))["ins.printed_on"] == "2026-02-20"


def test_the_day_and_the_time_at_the_end_of_a_slip_are_those_of_the_sale() -> None:
    rows: list[Row] = [[(0.1, "雲海五金行")], [(0.1, "收銀機統一發票")], [(0.1, "QK41872653")], [(0.1, "統一編號：01877305")],
                       [(0.1, "水管"), (0.7, "1,050")], [(0.1, "合計"), (0.7, "1,050")], [(0.1, "2026-02-14 15:27")]]
    slip = replace(page(*rows), width=500, height=1400)
    assert read(slip).fields["inv.date"].value == "2026-02-14"


def test_a_day_with_its_own_label_in_the_head_of_a_page_is_the_papers() -> None:
    head: list[Row] = [[(0.1, "三聯式統一發票"), (0.45, "QK41872653"), (0.7, "日期：2026/02/14 15:27")]]
    found = read(page(*head, *PAPER[2:])).fields["inv.date"]
    assert (found.value, found.status) == ("2026-02-14", ACCEPTED)


def test_a_box_points_at_the_papers_own_day_and_not_at_the_same_day_in_the_head() -> None:
    found = read(framed(PAPER, [[(0.05, "文件檢視"), (0.75, "2026/02/14 15:27")]], [])).fields["inv.date"]
    assert Box(0.28, 0.08, 0.6, 0.2).holds(found.box)
