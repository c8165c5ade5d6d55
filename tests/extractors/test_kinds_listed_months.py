"""Bills that list several months: the latest month and its own figures, in whatever order; no other month's pass by a label."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hand_pages import Row, page, read
from hypothesis import given
from hypothesis import strategies as st

from domain.document import OCR, Page
from domain.field import DocumentReading

TOP: list[Row] = [[(0.35, "勞工保險費繳費清單")], [(0.08, "投保單位名稱：雲海資訊股份有限公司"), (0.6, "保險證號：01877300K")]]
MONTHS = ["115年5月", "115年6月", "115年7月", "115年8月", "115年9月", "115年10月"]
HEAD: Row = [(0.08, "計費年月"), (0.28, "月底人數"), (0.5, "普通事故保險費"), (0.72, "應繳金額"), (0.86, "繳納情形")]
WANTED = ("hc.latest_month", "hc.latest_count", "ins.amount_due")


def line(month: str, count: int) -> Row:
    return [(0.08, month), (0.3, str(count)), (0.52, f"{count * 2_100:,}"), (0.73, f"{count * 2_500:,}"), (0.88, "已繳")]


def said(found: DocumentReading) -> list[object]:
    return [found.fields[n].value if n in found.fields else None for n in WANTED]


def accepted(found: DocumentReading) -> list[object]:
    return [found.fields[n].value for n in WANTED if n in found.fields and found.fields[n].status == "accepted"]


def scanned(sheet: Page) -> Page:
    return replace(sheet, lines=tuple(replace(x, source=OCR, confidence=0.99) for x in sheet.lines), source=OCR)


@given(st.lists(st.integers(5, 300), min_size=6, max_size=6, unique=True), st.permutations(range(6)), st.booleans())
def test_of_listed_months_the_latest_and_its_figures_are_given(counts: list[int], order: list[int], scan: bool) -> None:
    rows = [line(MONTHS[k], counts[k]) for k in order]
    sheet = page(*TOP, HEAD, *rows, [(0.08, "註：各月金額以當月計費結果為準。")])
    found = read(scanned(sheet) if scan else sheet)
    wanted = ["2026-10", counts[5], counts[5] * 2_500]
    assert said(found) == wanted
    assert set(accepted(found)) <= set(wanted)


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("foot", [[], [(0.08, "合計"), (0.28, "45"), (0.52, "94,500"), (0.73, "112,500")]])
def test_the_order_of_the_rows_and_a_row_of_totals_change_nothing(newest_first: bool, foot: Row) -> None:
    rows = [line(m, 5 + k) for k, m in enumerate(MONTHS)]
    found = read(page(*TOP, HEAD, *(rows[::-1] if newest_first else rows), foot))
    assert said(found) == ["2026-10", 10, 25_000]


@pytest.mark.parametrize("payment", ["繳款月份", "入帳年月"])
def test_of_two_columns_of_months_those_of_the_premiums_count(payment: str) -> None:
    later = [*MONTHS[1:], "115年11月"]
    rows = [[*line(m, 5 + k), (0.18, p)] for k, (m, p) in enumerate(zip(MONTHS, later, strict=True))]
    assert said(read(page(*TOP, [*HEAD, (0.18, payment)], *rows))) == ["2026-10", 10, 25_000]


def test_months_at_the_heads_of_columns() -> None:
    rows: list[Row] = [[(0.08, "計費年月"), *((0.3 + 0.1 * k, m) for k, m in enumerate(MONTHS))],
                       [(0.08, "投保人數"), *((0.31 + 0.1 * k, str(15 + k)) for k in range(6))],
                       [(0.08, "應繳金額"), *((0.31 + 0.1 * k, f"{(15 + k) * 2_500:,}") for k in range(6))]]
    found = read(page(*TOP, *rows))
    wanted = ["2026-10", 20, 50_000]
    assert set(accepted(found)) <= set(wanted)
    assert said(found) == wanted


@pytest.mark.parametrize("lost", [1, 3])
def test_where_the_figure_of_the_latest_month_is_lost_no_other_takes_its_place(lost: int) -> None:
    rows = [line(m, 5 + k) for k, m in enumerate(MONTHS)]
    rows[5] = [cell for k, cell in enumerate(rows[5]) if k != lost]
    found = read(scanned(page(*TOP, HEAD, *rows)))
    assert said(found)[1 if lost == 1 else 2] in (None, 25_000 if lost == 3 else 10)
    assert set(accepted(found)) <= {"2026-10", 10, 25_000}


def test_a_latest_month_that_cannot_be_read_lets_none_pass() -> None:
    rows = [line(m, 5 + k) for k, m in enumerate([*MONTHS[:5], "115年1口月"])]
    assert not accepted(read(scanned(page(*TOP, HEAD, *rows))))


def test_a_form_of_one_month_with_others_beside_labels_is_no_list() -> None:
    found = read(page(*TOP, [(0.08, "計費年月"), (0.3, "115年10月")], [(0.08, "上次繳費年月"), (0.3, "115年9月")],
                      [(0.08, "投保人數"), (0.3, "12")], [(0.08, "應繳金額"), (0.3, "30,000")]))
    assert said(found) == ["2026-10", 12, 30_000]


def test_of_counts_before_and_behind_the_rates_the_larger_waits_for_a_person() -> None:
    parts = [("11.5%", "45,470"), ("1%", "3,953"), ("0.14%", "553"), ("0.025%", "98")]
    rows: list[Row] = [[(0.08, "某某項目"), (0.32, "11"), (0.43, rate), (0.6, "3"), (0.85, amount)] for rate, amount in parts]
    found = read(scanned(page(*TOP, [(0.08, "計費年月"), (0.3, "115年10月")], *rows, [(0.84, "$50,074")])))
    assert found.fields["hc.latest_count"].value == 11
    assert found.fields["hc.latest_count"].status == "review"


def test_an_amount_behind_a_dollar_sign_that_those_above_it_make_is_found_without_its_words() -> None:
    amounts = ["45,470", "3,953", "553", "98"]
    rows: list[Row] = [[(0.08, "某某項目"), (0.914 - 0.008 * len(a), a)] for a in amounts]
    found = read(scanned(page(*TOP, [(0.08, "計費年月"), (0.3, "115年10月")], *rows, [(0.914 - 0.008 * 7, "$50,074")])))
    assert found.fields["ins.amount_due"].value == 50_074
