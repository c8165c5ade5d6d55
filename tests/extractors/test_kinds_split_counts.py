"""Tables of months that count men and women, or nationals and foreigners, beside their sum: the sum is given, a part never passes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hand_pages import Row, page, read
from hypothesis import given
from hypothesis import strategies as st

from domain.document import OCR
from domain.field import DocumentReading, Reading

TOP: list[Row] = [[(0.3, "投保單位人數資料")], [(0.1, "保險證號：01877300K"), (0.5, "單位名稱：雲海資訊股份有限公司")]]
MONTHS = [f"11{4 + (8 + k) // 12}年{(8 + k) % 12 + 1:02d}月" for k in range(6)]
PARTS = st.lists(st.tuples(st.integers(2, 80), st.integers(2, 80)), min_size=6, max_size=6)
HEADS = [("男", "女"), ("男性", "女性"), ("本國籍", "外國籍")]


def table(rows: list[Row], scan: bool, *head: str, over: bool = True) -> DocumentReading:
    heads = [(0.08, "年月"), *((0.3 + 0.15 * k, h) for k, h in enumerate(head))]
    above: list[Row] = [[(0.3, "勞工保險(月底生效人數)")]] if over else []
    sheet = page(*TOP, *above, heads, *rows)
    return read(replace(sheet, lines=tuple(replace(x, source=OCR, confidence=0.99) for x in sheet.lines), source=OCR) if scan else sheet)


def counts(found: DocumentReading) -> list[int]:
    value = found.fields["hc.monthly_insured"].value
    return [row["count"] for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def passed(field: Reading, wanted: object) -> bool:
    return field.status != "accepted" or field.value == wanted


@given(PARTS, st.booleans(), st.sampled_from(HEADS), st.booleans())
def test_of_two_parts_and_their_sum_the_sum_is_given(parts: list[tuple[int, int]], scan: bool, heads: tuple[str, str], over: bool) -> None:
    rows: list[Row] = [[(0.08, m), (0.3, str(a)), (0.45, str(b)), (0.6, str(a + b))] for m, (a, b) in zip(MONTHS, parts, strict=True)]
    found = table(rows, scan, *heads, "合計", over=over)
    assert counts(found) == [a + b for a, b in parts]
    assert found.fields["hc.latest_count"].value == sum(parts[-1])


@given(PARTS)
def test_other_insurances_beside_the_sum_change_nothing(parts: list[tuple[int, int]]) -> None:
    rows: list[Row] = [[(0.08, m), (0.3, str(a)), (0.45, str(b)), (0.6, str(a + b)), (0.75, str(a + b - 1)), (0.9, str(a + b + 3))]
                       for m, (a, b) in zip(MONTHS, parts, strict=True)]
    assert table(rows, False, "男", "女", "合計", "就業保險", "職災保險").fields["hc.latest_count"].value == sum(parts[-1])


@pytest.mark.parametrize("scan", [False, True])
@pytest.mark.parametrize("heads", HEADS)
def test_without_the_sum_no_part_passes(scan: bool, heads: tuple[str, str]) -> None:
    rows: list[Row] = [[(0.08, m), (0.3, str(9 + k)), (0.45, str(5 + k))] for k, m in enumerate(MONTHS)]
    fields = table(rows, scan, *heads).fields
    assert all(passed(fields[n], None) for n in ("hc.latest_count", "hc.monthly_insured") if n in fields)


@pytest.mark.parametrize("k", [0, 3, 5])
def test_a_sum_that_its_parts_do_not_make_waits_for_a_person(k: int) -> None:
    rows: list[Row] = [[(0.08, m), (0.3, str(9 + n)), (0.45, "5"), (0.6, str(14 + n + 4 * (n == k)))] for n, m in enumerate(MONTHS)]
    fields = table(rows, True, "男", "女", "合計").fields
    assert fields["hc.monthly_insured"].status == "review"
