"""What the structure of a page says against a value read rightly: it is asked of drafts alone, whatever the readers would take."""

from __future__ import annotations

import pytest
from hand_pages import Row, page, table

from domain.document import OCR, Box, Document, Page
from domain.field import Value
from extractors.kind import Draft, Sketch
from extractors.readers.ink import Ink, Paper
from extractors.readers.values import Parser, count, month, uniform_no
from extractors.rivals import rivals

PARSERS: dict[str, Parser] = {"hc.latest_count": count, "ins.domestic_count": count, "hc.latest_month": month, "org.uniform_no": uniform_no}


def drawn(at: Page, name: str, text: str, value: Value, kind: str = "insurance_premium_bill", nth: int = 0) -> list[str]:
    """The doubts about ``text``, at its ``nth`` place on the page, read as the field."""
    paper = Paper(Document((at,)))
    spots = [(i, i.text.index(text)) for i in paper.first.inks if text in i.text]
    ink, start = spots[nth]
    draft = Draft(value, ink.part(start, start + len(text)), PARSERS.get(name), labelled=True)
    return rivals(Sketch(kind, paper, {name: [draft]}), name, draft)


@pytest.mark.parametrize(("said", "doubted"), [
    ("※上月（115年8月）投保人數 201 人", True), ("前期投保人數：201", True), ("變更前投保人數 201 人", True),
    ("去年同月投保人數 201 人", True),
    ("投保人數 201 人", False), ("本月投保人數：201", False),
])
def test_a_value_of_an_earlier_time_is_doubted(said: str, doubted: bool) -> None:
    assert bool(drawn(page([(0.1, said)]), "hc.latest_count", "201", 201)) is doubted


@pytest.mark.parametrize("words", ["上期", "前次", "變更前", "原"])
def test_so_is_one_whose_label_stands_left_of_it(words: str) -> None:
    rows: list[Row] = [[(0.1, f"{words}保險證號"), (0.5, "01877300K")]]
    assert drawn(page(*rows), "ins.unit_no", "01877300K", "01877300K")
    assert not drawn(page([(0.1, "保險證號"), (0.5, "01877300K")]), "ins.unit_no", "01877300K", "01877300K")


@pytest.mark.parametrize(("said", "doubted"), [
    ("副本：財政部臺北國稅局（統一編號：22099131）", True), ("周明會計師事務所（統一編號：22099131）", True),
    ("貴公司申請變更登記（統一編號：22099131）", False), ("統一編號：22099131", False),
])
def test_the_number_of_another_party_is_doubted(said: str, doubted: bool) -> None:
    assert bool(drawn(page([(0.1, said)]), "org.uniform_no", "22099131", "22099131", "company_approval_letter")) is doubted


@pytest.mark.parametrize(("said", "doubted"), [
    ("資料月份：115年05月、115年06月", True), ("資料月份：115年05月 115年06月", True), ("資料月份：115年05月", False),
    ("資料月份：115年05月 印表日期：115年06月07日", False), ("資料月份：115年05月、115年05月", False),
])
def test_values_side_by_side_are_doubted(said: str, doubted: bool) -> None:
    assert bool(drawn(page([(0.1, said)]), "hc.latest_month", "115年05月", "2026-05", "insured_roster")) is doubted


def test_so_is_the_second_of_them() -> None:
    said = page([(0.1, "資料月份：115年05月、115年06月")])
    assert drawn(said, "hc.latest_month", "115年06月", "2026-06", "insured_roster")


def test_two_numbers_in_one_cell_are_doubted() -> None:
    cell = table([["人數", "21\n34"]], (0.1, 0.3, 0.5))
    assert drawn(cell, "ins.domestic_count", "21", 21, "insured_roster")
    assert not drawn(table([["人數", "21"]], (0.1, 0.3, 0.5)), "ins.domestic_count", "21", 21, "insured_roster")


@pytest.mark.parametrize(("apart", "doubted"), [(0.0, False), (0.002, False), (0.03, True)])
def test_two_numbers_read_as_one_are_told_by_the_gap(apart: float, doubted: bool) -> None:
    boxes = tuple(Box(at, 0.1, at + 0.008, 0.112) for at in (0.3, 0.308, 0.316 + apart, 0.324 + apart))
    ink = Ink("2121", boxes, 1, 0.99, OCR)
    draft = Draft(2121, ink, count)
    sketch = Sketch("insured_roster", Paper(Document((page([(0.1, "本國籍")]),))), {"ins.domestic_count": [draft]})
    assert bool(rivals(sketch, "ins.domestic_count", draft)) is doubted


def test_a_count_that_no_column_of_persons_bears_is_doubted() -> None:
    column: list[Row] = [[(0.4, "人 數")], [(0.41, "202")], [(0.41, "202")]]
    assert drawn(page([(0.1, "投保人數 201 人")], *column), "hc.latest_count", "201", 201)
    assert not drawn(page([(0.1, "投保人數 202 人")], *column), "hc.latest_count", "202", 202)


def months(heads: tuple[str, ...], *columns: tuple[str, ...]) -> list[str]:
    """The doubts about a table of months whose first column of numbers was taken."""
    rows: list[Row] = [[(0.1 + 0.2 * k, h) for k, h in enumerate(heads)]]
    rows += [[(0.1, f"115/0{k + 1}"), *((0.3 + 0.2 * j, c[k]) for j, c in enumerate(columns))] for k in range(len(columns[0]))]
    paper = Paper(Document((page(*rows),)))
    parts = tuple(Draft(int(i.text), i, count) for i in paper.first.inks if i.text in columns[0] and abs(i.box.left - 0.3) < 0.01)
    said: Value = [{"month": f"2026-0{k + 1}", "count": p.value} for k, p in enumerate(parts)]
    whole = Draft(said, Ink.joined([p.ink for p in parts]), parts=parts)
    return rivals(Sketch("insured_headcount_table", paper, {"hc.monthly_insured": [whole]}), "hc.monthly_insured", whole)


FIRST, SECOND = ("31", "32", "34", "33"), ("30", "31", "35", "36")


@pytest.mark.parametrize(("heads", "doubted"), [
    (("計費年月", "勞保月底人數", "勞退提繳人數"), True), (("計費年月", "月底生效人數", "派駐人數"), True),
    (("計費年月", "月底生效人數", ""), True),
    (("計費年月", "月底生效人數", "加保"), False), (("計費年月", "月底生效人數", "退保人數"), False),
])
def test_a_second_column_of_persons_puts_the_table_in_doubt(heads: tuple[str, ...], doubted: bool) -> None:
    assert bool(months(tuple(h or "　" for h in heads), FIRST, SECOND)) is doubted


def test_one_column_of_persons_does_not_nor_do_the_numbers_of_the_rows() -> None:
    assert not months(("計費年月", "月底生效人數"), FIRST)
    assert not months(("計費年月", "月底生效人數", "序號"), FIRST, ("1", "2", "3", "4"))


@pytest.mark.parametrize(("other", "doubted"), [
    ("委辦投保人數：35人", True), ("上月投保人數：35人", False), ("※上月（115年8月）投保人數 35人", False),
    ("加保：35人", False), ("委辦投保人數：12人", False),
])
def test_another_value_by_words_of_the_fields_own_is_doubted(other: str, doubted: bool) -> None:
    rows: list[Row] = [[(0.1, "投保人數：12人")], [(0.1, other)]]
    assert bool(drawn(page(*rows), "hc.latest_count", "12", 12)) is doubted


def test_two_amounts_of_two_rows_read_as_one_are_doubted() -> None:
    boxes = tuple(Box(0.3 + 0.008 * (k % 6), 0.1 + 0.02 * (k // 6), 0.308 + 0.008 * (k % 6), 0.112 + 0.02 * (k // 6)) for k in range(12))
    draft = Draft(433333100000, Ink("433333100000", boxes, 1, 0.99, OCR), count)
    sketch = Sketch("registry_printout", Paper(Document((page([(0.1, "實收資本額")]),))), {"fin.paid_in_capital": [draft]})
    assert rivals(sketch, "fin.paid_in_capital", draft)


@pytest.mark.parametrize("figures", ["100000", "105", "22"])
def test_figures_one_a_box_are_one_amount_unless_they_are_but_two(figures: str) -> None:
    boxes = tuple(Box(0.3 + 0.03 * k, 0.1, 0.308 + 0.03 * k, 0.112) for k in range(len(figures)))
    draft = Draft(int(figures), Ink(figures, boxes, 1, 0.99, OCR), count)
    sketch = Sketch("vat_return", Paper(Document((page([(0.1, "應實繳稅額")]),))), {"tax.tax_payable": [draft]})
    assert bool(rivals(sketch, "tax.tax_payable", draft)) is (len(figures) == 2)


@pytest.mark.parametrize(("value", "doubted"), [
    ("基隆市七堵區長興里工建西路104號基隆市七堵區長興里工建西路437號", True),
    ("苗栗縣商抄字第596894號", True), ("臺北市中正區100號", True), ("苗栗縣苑裡鎮苑南里為公路402號", False),
    ("新北市板橋區縣民大道二段7號", False),
])
def test_what_only_ends_like_an_address_is_doubted(value: str, doubted: bool) -> None:
    assert bool(drawn(page([(0.1, f"所在地：{value}")]), "org.registered_address", value, value)) is doubted


@pytest.mark.parametrize(("seen", "source", "doubted"), [("1201010", OCR, True), ("I201010", OCR, False), ("1401010", OCR, False)])
def test_a_two_behind_a_figure_that_should_be_a_letter_is_doubted(seen: str, source: str, doubted: bool) -> None:
    boxes = tuple(Box(0.1 + 0.01 * k, 0.1, 0.11 + 0.01 * k, 0.12) for k in range(len(seen)))
    part = Draft(f"I{seen[1:]}", Ink(seen, boxes, 1, 0.99, source))
    whole = Draft([part.value], part.ink, parts=(part,))
    sketch = Sketch("company_registration_form", Paper(Document((page([(0.1, "所營事業")]),))), {"org.business_items": [whole]})
    assert bool(rivals(sketch, "org.business_items", whole)) is doubted
