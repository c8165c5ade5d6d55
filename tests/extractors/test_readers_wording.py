"""A label is known by its family: what no list of labels names is read as well, and words of another meaning are not taken for it."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hand_pages import line, page, read, table, values
from hypothesis import given
from hypothesis import strategies as st

from extractors.readers import families
from extractors.readers.addresses import place
from extractors.readers.ink import Ink, Sheet
from extractors.readers.labels import folded
from extractors.readers.letters import letter_no
from extractors.readers.wording import labels_of
from extractors.readers.words import is_label

NAME = "雲海資訊股份有限公司"
ADDRESS = "臺北市信義區景新里基隆路一段248號7樓"


@pytest.mark.parametrize(("family", "said", "not_said"), [
    (families.PERSON, "負責人姓名 代表人 公司代表人 商業負責人 經營者姓名 代表公司之負責人", "買受人 經手人 合夥人 承辦人 保證人"),
    (families.ADDRESS, "公司登記地址 營業處所 商業地址 營業所在地址 總公司所在地", "通訊地址 戶籍地址 機關地址"),
    (families.FOUNDED, "設立核准日期 公司成立日期 首次核准設立登記日期 創設日", "變更日期 發文日期 申請日期"),
    (families.CHANGED, "最近一次核准變更登記日期 末次異動日期 最後變更核准日", "設立日期 異動別"),
    (families.PAID_IN, "已收資本額 實繳股本總額 實收資本", "資本總額 每股金額"),
    (families.AUTHORIZED, "授權資本額 核定資本總額 資本總額", "實收資本額 出資額"),
    (families.UNIT_NO, "投保單位保險證號碼 單位編號 勞保號碼", "統一編號 稅籍編號 銷帳編號 電話號碼"),
    (families.UNIT_NAME, "繳費單位 事業單位 雇主名稱", "單位負擔 單價"),
    (families.MONTH, "保費所屬年月 繳費月份 計費期間", "月份 繳納期限 發票期別"),
    (families.DUE, "本期應繳納保險費總額 應付保險費 繳費總金額", "繳款期限 應繳人數 保險費率"),
    (families.COUNT, "月底加保人數 納保人數 被保險人數合計", "就業保險人數 職災人數 加保日期"),
    (families.PRINTED, "產製時間 本表列印日期 查印日", "發文日期 繳納期限"),
])
def test_a_family_holds_what_is_said_and_nothing_else(family: str, said: str, not_said: str) -> None:
    holds = re.compile(folded(family)).fullmatch
    assert [w for w in said.split() if not holds(folded(w))] == []
    assert [w for w in not_said.split() if holds(folded(w))] == []


@given(st.sampled_from(["商業負責人姓名", "公司登記地址", "最近一次核准變更登記日期", "投保單位保險證號碼", "本期應繳納保險費總額"]),
       st.sampled_from(["{}", "{}：", "三、{}", "※{}", "【{}】", "{}（註）", "(2){}：", "{}："]))
def test_marks_around_a_label_do_not_hide_it(label: str, dress: str) -> None:
    sheet = Sheet(page([(0.1, dress.format(label))]))
    found = [labels_of([sheet], family) for family in families.ALL]
    assert (label,) in found
    assert is_label(dress.format(label))


@pytest.mark.parametrize(("number", "unit", "month", "count", "due", "dress"), [
    (*words, dress) for words, dress in product(
        [("投保單位保險證號", "繳費單位", "保費所屬年月", "納保人數", "本期應繳保險費總額"),
         ("勞保證號碼", "事業單位", "繳費年月", "在保人數", "應繳納金額")], ["{}", "{}：", "【{}】"])])
def test_a_bill_in_words_of_its_own(number: str, unit: str, month: str, count: str, due: str, dress: str) -> None:
    rows = [[dress.format(number), "01877300K"], [dress.format(unit), NAME], [dress.format(month), "115年09月"],
            [dress.format(count), "41 人"], [dress.format(due), "178,979 元"]]
    found = values(table(rows, (0.06, 0.4, 0.94), above=[[(0.3, "勞工保險費繳款單")]]))
    assert found == {"ins.unit_no": "01877300K", "ins.unit_name": NAME, "hc.latest_month": "2026-09", "hc.latest_count": 41,
                     "ins.amount_due": 178_979}


def test_a_transcript_in_words_of_its_own() -> None:
    rows = [["商號統一編號", "38618839"], ["商業登記全銜", "小滿烘焙坊"], ["商業組織型態", "獨資"], ["營業處所", ADDRESS],
            ["商業經營人", "侯海寧"], ["商業資本額", "245,000"], ["商號核准設立登記日", "民國112年7月25日"],
            ["末次核准異動登記日期", "民國113年9月19日"]]
    assert values(table(rows, (0.06, 0.4, 0.94), above=[[(0.3, "商業登記抄本")]])) == {
        "org.uniform_no": "38618839", "org.name": "小滿烘焙坊", "org.organization_type": "獨資", "org.registered_address": ADDRESS,
        "org.responsible_person": "侯海寧", "fin.paid_in_capital": 245_000, "org.founding_date": "2023-07-25",
        "org.last_change_date": "2024-09-19"}


def _ink(text: str) -> Ink:
    ink = Ink.of(line(0.05, 0.1, text), 1)
    assert ink is not None
    return ink


@pytest.mark.parametrize("text", ["(含鄉鎮市區村里)" + ADDRESS, "鄉鎮市區(110051)" + ADDRESS, "鄉鎮市區村里)" + ADDRESS,
                                  ADDRESS + " 1 1 0"])
def test_words_and_postal_figures_around_an_address_are_no_part_of_it(text: str) -> None:
    found = place(_ink(text))
    assert found is not None
    assert found.value == ADDRESS


@pytest.mark.parametrize("day", ["113年9月19日", "中華民國一百一十三年九月十九日", "民國一百年十二月十日"])
def test_a_day_before_the_number_of_a_letter_is_no_part_of_its_office(day: str) -> None:
    found = letter_no(_ink(f"{day}府產業商字第11354321000號"))
    assert found is not None
    assert found.value == "府產業商字第11354321000號"


def test_foreigners_are_not_counted_as_nationals() -> None:
    rows = [["1", "侯海寧", "A1****6789", "36,300"], ["2", "左德族", "B1****6780", "36,300"], ["3", "阮文安", "F8****6781", "29,500"]]
    sheet = table([["項次", "姓名", "身分證號", "投保薪資"], *rows], (0.06, 0.2, 0.4, 0.6, 0.94),
                  above=[[(0.3, "被保險人名冊")], [(0.1, "保險證號：01877300K")], [(0.1, f"單位名稱：{NAME}")],
                         [(0.1, "計費年月：115年09月")]],
                  below=[[(0.1, "共 3 筆（非本國籍 1、本國籍 2）")]])
    found = values(sheet)
    assert (found["ins.domestic_count"], found["hc.latest_count"]) == (2, 3)


def test_of_several_numbers_of_a_month_none_passes_alone_where_no_head_tells_which() -> None:
    months = [(f"115年{m}月", str(m + 1), str(m % 3), str(20 + m)) for m in range(1, 9)]
    sheet = table([["年月", "甲", "乙", "丙"], *map(list, months)], (0.06, 0.3, 0.5, 0.7, 0.94),
                  above=[[(0.3, "投保單位人數資料表")], [(0.1, "保險證號：01877300K")], [(0.1, f"單位名稱：{NAME}")]])
    from_heads = table([["年月", "本月加保", "本月退保", "月底加保人數"], *map(list, months)], (0.06, 0.3, 0.5, 0.7, 0.94),
                       above=[[(0.3, "投保單位人數資料表")], [(0.1, "保險證號：01877300K")], [(0.1, f"單位名稱：{NAME}")]])
    unsure, sure = (paper.fields["hc.latest_count"] for paper in map(read, (sheet, from_heads)))
    assert unsure.status == "review"
    assert sure.value == 28


@pytest.mark.parametrize("numerals", ["一二三四五六七八", "壹貳參肆伍陸柒捌"])
def test_the_numeral_of_the_next_item_is_no_part_of_a_name(numerals: str) -> None:
    labels = ["商業名稱", "統一編號", "負責人", "資本額", "組織", "所在地", "設立日期", "異動日期"]
    said = ["小滿烘焙坊", "38618839", "侯海寧", "245,000元", "獨資", ADDRESS, "112年7月25日", "113年9月19日"]
    pairs = [(f"{n}、{label}", value) for n, label, value in zip(numerals, labels, said, strict=True)]
    found = values(page([(0.3, "商業登記抄本")], *([(0.08, a), (0.25, b), (0.5, c), (0.66, d)] for (a, b), (c, d) in zip(
        pairs[::2], pairs[1::2], strict=True))))
    assert (found["org.name"], found["org.responsible_person"], found["fin.paid_in_capital"]) == ("小滿烘焙坊", "侯海寧", 245_000)


@pytest.mark.parametrize(("net", "total"), [("合計(未稅)", "總計"), ("合計", "含稅總額"), ("銷售額合計", "發票總額")])
def test_of_two_sums_the_one_with_the_tax_is_the_total(net: str, total: str) -> None:
    sheet = page([(0.35, "電子發票證明聯")], [(0.1, "發票號碼：QN30589820")], [(0.1, "開立日期：115年10月21日")],
                 [(0.1, "買受人統一編號：88945974")], [(0.1, "不鏽鋼螺絲"), (0.4, "29"), (0.5, "1200"), (0.7, "34,800")],
                 [(0.1, net), (0.7, "34,800")], [(0.1, "營業稅額"), (0.3, "應稅"), (0.4, "免稅"), (0.7, "1,740")],
                 [(0.1, total), (0.7, "36,540")], [(0.1, "營業人統一編號：47574457")])
    assert values(sheet)["inv.total_amount"] == 36_540


def test_months_across_stand_under_a_head_that_speaks_of_a_period() -> None:
    rows = [["計費期間", *(f"2025年{m:02d}月" for m in range(1, 7))], ["投保總人數", *(f"{140 + m}人" for m in range(1, 7))]]
    found = values(table(rows, (0.04, 0.16, 0.3, 0.44, 0.58, 0.72, 0.86, 1.0), above=[
        [(0.3, "投保單位人數資料表")], [(0.1, "保險證號：01877300K")], [(0.1, f"單位名稱：{NAME}")]]))
    assert (found["hc.latest_month"], found["hc.latest_count"]) == ("2025-06", 146)


def test_the_authorized_capital_is_not_read_behind_the_paid_in_one() -> None:
    rows: list[list[tuple[float, str]]] = [[(0.3, "股份有限公司變更登記表")], [(0.1, "公司統一編號：16158574")],
                                           [(0.1, "公司名稱：" + NAME)], [(0.1, "實收資本總額：18,806,430元")],
                                           [(0.1, "代表公司負責人：侯海寧")], [(0.1, "每股金額：10元")]]
    found = values(page(*rows))
    assert (found["fin.paid_in_capital"], found.get("fin.authorized_capital")) == (18_806_430, None)
