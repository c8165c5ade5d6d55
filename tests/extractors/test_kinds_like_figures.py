"""Papers of insurance, tax and sales that bear other figures of like form near the wanted one: the right one is read, or a person looks."""

from __future__ import annotations

import pytest
from hand_pages import Row, page, read, table, values

MONTHS = ("11409", "11410", "11411", "11412", "11501", "11502")
COUNTS = (35, 37, 36, 37, 39, 41)
TOP: list[Row] = [[(0.3, "勞動部勞工保險局投保單位人數資料表")], [(0.1, "保險證號：01877300K"), (0.5, "單位名稱：雲海資訊股份有限公司")]]


@pytest.mark.parametrize("other", ["男性人數", "眷屬人數", "庇護人數", "部分工時人數", "職保人數", "異動人數", "投保薪資總額"])
@pytest.mark.parametrize("first", [True, False])
def test_a_number_of_some_persons_is_not_the_number_of_all(other: str, first: bool) -> None:
    heads = ("計費年月", other, "月底生效人數") if first else ("計費年月", "月底生效人數", other)
    rows = [[m, *([str(c + 2), str(c)] if first else [str(c), str(c + 2)])] for m, c in zip(MONTHS, COUNTS, strict=True)]
    found = values(table([heads, *rows], (0.1, 0.3, 0.6, 0.9), above=TOP))
    assert found["hc.latest_count"] == COUNTS[-1]
    assert [m["count"] for m in found["hc.monthly_insured"]] == list(COUNTS)  # type: ignore[attr-defined]


def test_beside_a_column_that_says_of_all_too_another_number_is_doubted() -> None:
    rows = [[m, str(c), str(c + 2)] for m, c in zip(MONTHS, COUNTS, strict=True)]
    fields = read(table([("計費年月", "月底生效人數", "總人數"), *rows], (0.1, 0.3, 0.6, 0.9), above=TOP)).fields
    assert fields["hc.latest_count"].status == fields["hc.monthly_insured"].status == "review"


def test_a_day_in_the_line_of_its_label_comes_before_the_one_of_the_line_below() -> None:
    rows = [[m, str(c)] for m, c in zip(MONTHS, COUNTS, strict=True)]
    head = ["保險證號：01877300K\n印表日期 115/03/08\n申請日期115年03月05日", "單位名稱：雲海資訊股份有限公司"]
    found = values(table([head, ["計費年月", "月底生效人數"], *rows], (0.1, 0.5, 0.9), above=TOP[:1]))
    assert found["ins.printed_on"] == "2026-03-08"


def test_the_page_of_these_tests_is_read_without_other_figures() -> None:
    rows: list[Row] = [[(0.1, "計費年月"), (0.4, "月底生效人數")],
                       *([(0.1, m), (0.45, str(c))] for m, c in zip(MONTHS, COUNTS, strict=True))]
    assert values(page(*TOP, *rows))["hc.latest_count"] == COUNTS[-1]


BILL: list[Row] = [[(0.3, "勞工保險費繳款單")], [(0.1, "保險證號：01877300K"), (0.5, "投保單位名稱：雲海資訊股份有限公司")],
                   [(0.1, "計費年月：115年02月")], [(0.1, "投保人數：8"), (0.5, "繳納期限：115年4月15日")], [(0.1, "應繳保險費：36,220元")]]


@pytest.mark.parametrize(("other", "field"), [
    ("健保投保人數：11", "hc.latest_count"), ("上月投保人數：9", "hc.latest_count"), ("退保人數：2", "hc.latest_count"),
    ("職災投保人數：9", "hc.latest_count"), ("上期計費年月：115年01月", "hc.latest_month"), ("健保計費年月：115年01月", "hc.latest_month"),
    ("上期應繳保險費：31,004元", "ins.amount_due"), ("應繳總金額(含健保)：81,074元", "ins.amount_due"),
    ("職災保險證號：04417766D", "ins.unit_no"), ("健保投保單位代號：110234567", "ins.unit_no")])
@pytest.mark.parametrize("at", [2, 5])
def test_a_label_behind_words_that_make_it_another_does_not_count(other: str, field: str, at: int) -> None:
    wanted = values(page(*BILL))
    assert values(page(*BILL[:at], [(0.1, other)], *BILL[at:]))[field] == wanted[field]


@pytest.mark.parametrize("words", ["應繳月份", "資料年月"])
def test_words_for_the_month_of_payment_are_no_label_of_the_premiums_month(words: str) -> None:
    rows = [*BILL[:2], [(0.1, f"{words}：115年03月")], *BILL[3:]]
    fields = read(page(*rows)).fields
    assert "label" not in fields["hc.latest_month"].witnesses
