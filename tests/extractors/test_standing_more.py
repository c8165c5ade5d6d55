"""More of what speaks for a value: change given back, premiums that add up, the same signs seen twice, a number within a longer stretch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hand_pages import page, table
from hand_pages import read as read_born
from sales_pages import read, sheet

from domain.document import OCR, Box, Page
from domain.field import DocumentReading
from extractors.papers import read_papers

STRIP = (
    [(0.35, "1.2@沐青餐飲有限公司")],
    [(0.25, "統一編號 91380686")],
    [(0.25, "二聯式收銀機統一發票")],
    [(0.3, "115年7、8月份")],
    [(0.1, "HV 17609879")],
    [(0.1, "115-07-16"), (0.8, "12:52")],
    [(0.1, "便當")],
    [(0.2, "4 x 1200"), (0.8, "4,800T")],
    [(0.1, "合　計"), (0.8, "$4,800")],
    [(0.1, "收　現"), (0.8, "$4,900")],
    [(0.1, "找　零"), (0.8, "$100")],
)


def test_what_was_paid_less_the_change_vouches_for_the_total() -> None:
    found = read(sheet(*STRIP)).fields
    assert "check:change" in found["inv.total_amount"].witnesses
    assert (found["inv.total_amount"].value, found["inv.total_amount"].status) == (4800, "accepted")
    assert (found["inv.seller_uniform_no"].value, found["inv.seller_uniform_no"].status) == ("91380686", "accepted")
    assert "inv.buyer_uniform_no" not in found
    other = read(sheet(*STRIP[:-1], [(0.1, "找　零"), (0.8, "$200")])).fields
    assert "check:change" not in other["inv.total_amount"].witnesses


BILL = [[(0.25, "勞工保險費繳款單")], [(0.1, "保險證號"), (0.25, "01877300K")], [(0.1, "單位名稱"), (0.25, "雲海資訊股份有限公司")],
        [(0.1, "計費年月"), (0.25, "115/09")], [(0.1, "投保人數"), (0.25, "41")], [(0.1, "普通事故保險費(11.5%)"), (0.5, "158,000")],
        [(0.1, "就業保險費(1%)"), (0.5, "15,979")], [(0.1, "職業災害保險費"), (0.5, "5,000")]]


@pytest.mark.parametrize(("due", "vouched"), [("178,979", True), ("178,978", False)])
def test_premiums_that_add_up_vouch_for_the_amount_due(due: str, vouched: bool) -> None:
    found = read_born(page(*BILL, [(0.1, "應繳金額"), (0.5, due)])).fields["ins.amount_due"]
    assert found.value == int(due.replace(",", ""))
    assert ("check:sum" in found.witnesses) is vouched


def scanned(made: Page) -> Page:
    return replace(made, source=OCR, lines=tuple(replace(n, source=OCR, confidence=0.999) for n in made.lines))


def asked(made: Page, answer: str) -> DocumentReading:
    def second(number: int, boxes: Sequence[Box], alphabet: str) -> list[str]:
        return [answer] * len(boxes)

    return read_papers([scanned(made)], second)[0]


EXTRACT = table([["商業名稱", "小滿烘焙坊"], ["統一編號", "38618839"], ["資本額", "新臺幣壹拾萬元整"],
                 ["核准設立日期", "中華民國112年7月25日"], ["核准變更日期", "中華民國113年9月19日"]], (0.1, 0.4, 0.9),
                above=[[(0.3, "商業登記證明書")]], below=[[(0.4, "臺北市商業處")], [(0.35, "中華民國115年10月19日")]])


def test_the_day_of_issue_at_the_foot_speaks_against_no_other_day() -> None:
    found = read_born(EXTRACT).fields
    for name in ("org.founding_date", "org.last_change_date"):
        assert "apart" in found[name].witnesses
        assert found[name].status == "accepted"


@pytest.mark.parametrize(("answer", "agrees"), [("壹 拾 萬 元", True), ("壹拾萬", True), ("壹拾", False)])
def test_the_second_engine_agrees_that_sees_the_very_same_signs(answer: str, agrees: bool) -> None:
    capital = asked(EXTRACT, answer).fields["fin.paid_in_capital"]
    assert capital.value == 100_000
    assert ("ocr:second" in capital.witnesses) is agrees


@pytest.mark.parametrize(("answer", "agrees"), [("386188394", True), ("38618839", True), ("38618838", False)])
def test_a_border_beside_a_number_does_not_hide_that_both_engines_agree(answer: str, agrees: bool) -> None:
    lines = tuple(replace(n, confidence=0.6 if n.text == "38618839" else 0.999, source=OCR) for n in EXTRACT.lines)
    doubtful = replace(EXTRACT, lines=lines, source=OCR)

    def second(number: int, boxes: Sequence[Box], alphabet: str) -> list[str]:
        return [answer] * len(boxes)

    found = read_papers([doubtful], second)[0].fields["org.uniform_no"]
    assert ("ocr:second" in found.witnesses) is agrees
