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
