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


PARTNERS = table([["商業名稱", "登美電器行"], ["統一編號", "38618839"], ["資本額", "100,000（新臺幣元）"], ["核准設立日期", "113/07/14"]],
                 (0.1, 0.4, 0.9), above=[[(0.3, "商業登記抄本")]],
                 below=[[(0.1, "出資人及出資額：負責人 羅雅竹 D15*****22"), (0.6, "79,000元")], [(0.3,
                                                                                   "合夥人 楊美冬 N20*****9221,000元")]])


def test_what_the_partners_put_in_makes_the_capital() -> None:
    capital = read_born(PARTNERS).fields["fin.paid_in_capital"]
    assert (capital.value, capital.status) == (100_000, "accepted")
    assert "check:contributions" in capital.witnesses
    lines = tuple(replace(n, text=n.text.replace("79,000", "78,000")) for n in PARTNERS.lines)
    assert "check:contributions" not in read_born(replace(PARTNERS, lines=lines)).fields["fin.paid_in_capital"].witnesses


@pytest.mark.parametrize(("figures", "vouched"), [("（25,048,000 元）", True), ("（25,084,000 元）", False)])
def test_a_capital_in_words_and_in_figures_vouches_for_itself(figures: str, vouched: bool) -> None:
    made = table([["公司名稱", "立綠材料有限公司"], ["資本總額", f"新臺幣貳仟伍佰零肆萬捌仟元整\n{figures}"], ["代表人姓名", "巫海嶽"]],
                 (0.1, 0.4, 0.9),
                 above=[[(0.3, "有限公司變更登記表")], [(0.5, "公司預查編號：105025409")], [(0.5, "※公司統一編號：38618839")]])
    capital = read_born(made).fields["fin.authorized_capital"]
    assert capital.value == 25_048_000
    assert ("financial-numerals" in capital.witnesses) is vouched


def test_a_number_in_a_sentence_is_told_by_the_words_before_it() -> None:
    made = page([(0.4, "經濟部　函")], [(0.1, "受文者：雲海資訊股份有限公司")], [(0.1, "發文日期：中華民國113年9月19日")],
                [(0.1, "發文字號：經授商字第11354321000號")], [(0.1, "主旨：貴公司申請設立登記，准予登記，請查照。")], [(0.1, "說明：")],
                [(0.12, "一、依據貴公司113年9月10日申請書辦理（本部收文")], [(0.15, "號：16158574）。")],
                [(0.12, "二、貴公司統一編號為38618839，登記費計新臺幣1,347元。")])
    number = read_born(made).fields["org.uniform_no"]
    assert (number.value, number.status) == ("38618839", "accepted")


def test_a_date_right_before_a_letter_s_number_is_the_letter_s() -> None:
    made = table([["公司名稱", "雲海資訊股份有限公司"], ["公司統一編號", "16158574"], ["九、董事人數任期",
                                                                   "3人 自112年09月11日至115年09月10日"],
                  ["核准＊記日期文＊", "112年9月29日 府產業商字第11266344816號"]], (0.1, 0.4, 0.95),
                 above=[[(0.3, "股份有限公司變更登記表")], [(0.5, "公司預查編號"), (0.7, "112066344")]])
    when = read_born(made).fields["reg.approval_date"]
    assert (when.value, when.status) == ("2023-09-29", "accepted")
