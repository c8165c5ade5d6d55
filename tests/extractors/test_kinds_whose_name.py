"""Whose name, number and day it is: a firm's and not its owner's, an office's mark without what stands before it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hand_pages import Row, page, read, values

from domain.document import OCR, Box, Page
from extractors.readers.ink import plain
from extractors.readers.items import business_code
from extractors.readers.letters import letter_no

REST: list[Row] = [[(0.1, "發文日期：中華民國107年11月08日")], [(0.1, "發文字號：基府產商參字第10781337723號")],
                   [(0.1, "主旨：臺端申請白諾美甲工作室(統一編號：38618839)負責人變更登記，應予照准。")],
             [(0.1, "說明：依商業登記法規定辦理。")]]


def letter(*to: tuple[float, str]) -> Page:
    return page([(0.1, "基隆市政府函")], list(to), *REST)


@pytest.mark.parametrize("to", [[(0.1, "受文者：詹海玉"), (0.24, "君即白諾美甲工作室")], [(0.1, "受文者：詹海玉君即白諾美甲工作室")],
                                [(0.1, "受文者：詹海玉"), (0.2, "君即白諾美甲工作室")]])
def test_a_letter_to_an_owner_is_about_the_firm(to: list[tuple[float, str]]) -> None:
    assert values(letter(*to))["org.name"] == "白諾美甲工作室"


@pytest.mark.parametrize("to", [[(0.1, "受文者：詹海玉"), (0.24, "君")], [(0.1, "受文者：詹海玉"), (0.5, "負責人：詹海玉")]])
def test_a_person_is_no_firm(to: list[tuple[float, str]]) -> None:
    assert values(letter(*to)).get("org.name") != "詹海玉"


def test_a_short_name_without_a_word_of_a_trade_waits_for_a_person() -> None:
    found = read(page([(0.1, "基隆市政府函")], [(0.1, "受文者：詹海玉")], *REST[:2],
                      [(0.1, "主旨：所請商業設立登記，應予照准。")], REST[-1]))
    assert found.fields["org.name"].status == "review"


@pytest.mark.parametrize(("founded", "changed"), [("設立核准日期", "最近一次變更"), ("設立登記", "最近異動"), ("設立日", "最後變更")])
def test_days_whose_labels_do_not_say_that_they_are_days(founded: str, changed: str) -> None:
    found = read(page([(0.35, "商業登記抄本")], [(0.1, "統一編號"), (0.3, "38618839")], [(0.1, "商業名稱"), (0.3, "小滿烘焙坊")],
                      [(0.1, founded), (0.3, "097年12月05日")],
                      [(0.1, changed), (0.3, "102年04月23日"), (0.6, "府產商字第10280407364號")])).fields
    assert [(found[n].value, found[n].status) for n in ("org.founding_date", "org.last_change_date")] == [
        ("2008-12-05", "accepted"), ("2013-04-23", "accepted")]


def test_the_signs_of_a_seal_are_no_second_name() -> None:
    sheet = page([(0.35, "商業登記抄本")], [(0.2, "湛喬健身工作室"), (0.65, "統一編號"), (0.76, "38618839")],
                 [(0.1, "組織類型"), (0.3, "獨資"), (0.5, "資本額"), (0.65, "100,000元")])
    seal = page([(0.64, "印發府園")], top=0.7).lines[0]
    tall = replace(seal, chars=tuple(Box(c.left, c.top, c.right, c.top + 0.045) for c in seal.chars), box=Box(
        seal.box.left, seal.box.top, seal.box.right, seal.box.top + 0.045))
    lines = tuple(replace(x, source=OCR, confidence=0.99) for x in (*sheet.lines, tall))
    assert read(replace(sheet, lines=lines, source=OCR)).fields["org.name"].value == "湛喬健身工作室"


@pytest.mark.parametrize(("text", "wanted"), [
    ("限團經授商字第09647368541號", "經授商字第09647368541號"), ("依經濟部經授中字第09647368541號", "經授中字第09647368541號"),
    ("高市府經商公字第09647368541號", "高市府經商公字第09647368541號"), ("府授經商字第09647368541號", "府授經商字第09647368541號")])
def test_what_stands_before_the_ministrys_mark_is_no_part_of_it(text: str, wanted: str) -> None:
    found = letter_no(plain(text))
    assert found is not None
    assert (found.value, text[found.start:found.end]) == (wanted, wanted)


def test_a_code_that_lost_its_thin_letter_before_the_name_of_its_trade() -> None:
    assert [f and f.value for f in map(business_code, map(plain, ("103060 管理顧問業", "103060管理顧問業", "103060 元")))] == [
        "I103060", "I103060", None]


@pytest.mark.parametrize(("head", "unit"), [("峻悅電腦維修站", "峻悅電腦維修站"), ("素禮小吃部", "素禮小吃部"), ("勞動部勞工保險局", None),
                                            ("人力資源管理系統", None)])
def test_a_roster_printed_by_a_program_for_wages_bears_its_unit_above_the_title(head: str, unit: str | None) -> None:
    rows: list[Row] = [[(0.05, "001"), (0.2, "侯海寧"), (0.3, "A123456789"), (0.5, "0670829")]]
    found = read(page([(0.05, head), (0.9, "頁次1-1")], [(0.05, "勞工保險被保險人名冊")], [(0.05, "勞保證號01877300K"), (0.3, "月份11306")],
                      [(0.05, "序"), (0.2, "姓名"), (0.3, "身分證號"), (0.5, "出生日期")], *rows)).fields
    assert (found["ins.unit_name"].value if "ins.unit_name" in found else None) == unit
