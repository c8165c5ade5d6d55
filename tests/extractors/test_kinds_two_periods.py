"""Two periods side by side, and counts in columns: a number is never put together of two, nor taken from another column."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hand_pages import Row, line, page, read, values
from hypothesis import given
from hypothesis import strategies as st

from domain.document import OCR, Page
from domain.field import DocumentReading

TOP: list[Row] = [[(0.35, "勞工保險保險費繳費清單")], [(0.08, "投保單位：雲海資訊股份有限公司")], [(0.08, "保險證號：01877300K")],
                  [(0.08, "本期計費年月：115年4月")], [(0.25, "項目"), (0.53, "上期(115年3月)"), (0.74, "本期(115年4月)")]]


def bill(before: int, now: int, due_before: str = "－", label: str = "月底投保人數(人)") -> DocumentReading:
    last: Row = [(0.09, "本期應繳總額"), (0.59, due_before), (0.84, f"{now * 1_500:,}")]
    return read(page(*TOP, [(0.09, label), (0.69, str(before)), (0.9, str(now))], last if due_before else [last[0], last[2]]))


@given(st.integers(1, 400), st.integers(1, 400), st.sampled_from(["月底投保人數(人)", "投保人數", "計費人數", "本月計費人數"]))
def test_of_two_periods_the_count_is_that_of_the_present_one(before: int, now: int, label: str) -> None:
    assert bill(before, now, label=label).fields["hc.latest_count"].value == now


@pytest.mark.parametrize("due_before", ["－", "19,500", ""])
def test_of_two_periods_the_amount_is_that_of_the_present_one(due_before: str) -> None:
    assert bill(13, 14, due_before).fields["ins.amount_due"].value == 21_000


def test_where_the_present_count_was_lost_the_one_before_is_not_taken() -> None:
    found = read(page(*TOP, [(0.09, "月底投保人數(人)"), (0.6, "13")], [(0.09, "本期應繳總額"), (0.84, "21,000")])).fields
    assert found["hc.latest_count"].value is None


def test_counts_of_columns_without_heads_are_not_joined() -> None:
    found = read(page(*TOP[:-1], [(0.09, "月底投保人數(人)"), (0.4, "12"), (0.46, "13")], [(0.09, "應繳總額"), (0.44, "19,500")])).fields
    assert found["hc.latest_count"].value != 1213
    assert found["hc.latest_count"].status == "review"


MONTHS = [f"11{4 + (8 + k) // 12}年{(8 + k) % 12 + 1:02d}月" for k in range(6)]
HEAD: list[Row] = [[(0.3, "投保單位人數資料")], [(0.1, "保險證號：01877300K"), (0.5, "單位名稱：雲海資訊股份有限公司")]]


def copied(sheet: Page) -> Page:
    return replace(sheet, lines=tuple(replace(x, source=OCR, confidence=0.99) for x in sheet.lines), source=OCR)


def changes(head: Row, totals: list[str]) -> list[Row]:
    rows: list[Row] = [[(0.07, m), (0.35, "2"), (0.5, "1"), *([(0.7, n)] if n else [])] for m, n in zip(MONTHS, totals, strict=True)]
    return [*HEAD, [(0.07, "計費年月"), (0.31, "當月加保"), (0.46, "當月退保"), *head], *rows]


@pytest.mark.parametrize("lost", [2, 5])
def test_where_the_total_was_lost_the_number_of_those_who_joined_is_not_taken(lost: int) -> None:
    totals = [str(30 + k) if k != lost else "" for k in range(6)]
    found = read(copied(page(*changes([(0.66, "月底生效人數")], totals)))).fields
    assert found["hc.monthly_insured"].value is None
    assert found["hc.latest_count"].value == (35 if lost != 5 else None)


def test_a_head_that_an_engine_read_in_pieces_still_tells_the_column() -> None:
    head: Row = [(0.66, "月底"), (0.692, "生"), (0.709, "效人"), (0.741, "數")]
    found = values(copied(page(*changes(head, [str(30 + k) for k in range(6)]))))
    assert found["hc.latest_count"] == 35


def test_a_total_that_stands_a_little_higher_on_a_page_askew_waits_for_a_person() -> None:
    rows = changes([(0.66, "月底生效人數")], ["31", "32", "", "34", "35", "36"])
    sheet = page(*rows)
    at = next(x.box.top for x in sheet.lines if x.text == MONTHS[2])
    found = read(copied(replace(sheet, lines=(*sheet.lines, line(0.7, at - 0.0075, "33"))))).fields["hc.monthly_insured"]
    assert isinstance(found.value, list)
    assert found.value[2] == {"month": "2025-11", "count": 33}
    assert found.status == "review"


def test_a_speck_in_a_month_does_not_hide_it() -> None:
    rows: list[Row] = [[(0.1, f"106/{m:02d}"), (0.25, str(10 + m)), (0.45, f"107{'.' if m == 11 else ''}/{m:02d}"), (0.6, str(20 + m))]
                       for m in range(7, 13)]
    found = read(copied(page(*HEAD, [(0.1, "計費年月"), (0.25, "月底生效人數"), (0.45, "計費年月"), (0.6, "月底生效人數")], *rows))).fields
    months = found["hc.monthly_insured"].value
    assert isinstance(months, list)
    assert {"month": "2017-11", "count": 21} in months
    assert {"month": "2018-11", "count": 31} in months
