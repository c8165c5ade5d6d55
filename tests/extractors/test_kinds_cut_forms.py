"""A firm's name whose form (股份有限公司) goes on in the next line: it is read whole, or waits for a person."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hand_pages import Row, page, read

from domain.document import OCR, Page
from domain.field import Reading

RETURN: list[Row] = [[(0.3, "營業人銷售額與稅額申報書(401)")], [(0.05, "統一編號"), (0.2, "12345675")]]
REST: list[Row] = [[(0.05, "稅籍編號"), (0.2, "397175509")], [(0.05, "所屬年月份：115年7月至8月")],
                   [(0.05, "銷售額總計"), (0.5, "1,854,404")]]
BILL: list[Row] = [[(0.35, "勞工保險費繳款單")], [(0.05, "保險證號"), (0.2, "01877300K")]]
DUE: list[Row] = [[(0.05, "計費年月"), (0.2, "115年4月")], [(0.05, "投保人數"), (0.2, "12")], [(0.05, "應繳金額"), (0.2, "30,000")]]


def scanned(sheet: Page) -> Page:
    return replace(sheet, lines=tuple(replace(x, source=OCR, confidence=0.99) for x in sheet.lines), source=OCR)


def name_on(kind: str, first: str, second: str, scan: bool) -> Reading:
    below: list[Row] = [[(0.2, second)]] if second else [[]]
    label = "營業人名稱" if kind == "return" else "投保單位名稱"
    rows = [*(RETURN if kind == "return" else BILL), [(0.05, label), (0.2, first)], *below, *(REST if kind == "return" else DUE)]
    return read(scanned(page(*rows)) if scan else page(*rows)).fields["org.name" if kind == "return" else "ins.unit_name"]


@pytest.mark.parametrize("scan", [False, True])
@pytest.mark.parametrize("kind", ["return", "bill"])
@pytest.mark.parametrize(("first", "second"), [("雲海果品加工股份有限", "公司"), ("雲海果品加工股份", "有限公司"),
                                               ("雲海果品加工有限公", "司"),
                                               ("雲海果品加工股份有", "限公司")])
def test_a_form_that_the_next_line_ends_is_read_whole(kind: str, first: str, second: str, scan: bool) -> None:
    found = name_on(kind, first, second, scan)
    assert found.value == first + second or found.status != "accepted"
    if first.endswith("股份有限"):
        assert found.value == "雲海果品加工股份有限公司"


@pytest.mark.parametrize("kind", ["return", "bill"])
@pytest.mark.parametrize("name", ["雲海果品加工股份有限", "雲海果品加工有限", "雲海果品加工股份", "雲海果品加工股份有限公"])
def test_a_form_whose_end_is_lost_never_passes(kind: str, name: str) -> None:
    assert name_on(kind, name, "", True).status == "review"


def test_a_line_below_that_ends_no_form_is_left_alone() -> None:
    assert name_on("return", "雲海果品行", "南灣股份有限公司", False).value == "雲海果品行"
