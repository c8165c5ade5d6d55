"""Rosters that firms print themselves, and persons who take two rows each."""

from __future__ import annotations

import pytest
from hand_pages import Row, page, read, values

from extractors.papers import read_papers

PEOPLE = (("王一明", "A1234****9"), ("林二華", "B2234****8"), ("陳三多", "F1234****7"))
HEADS: Row = [(0.05, "No."), (0.11, "部門"), (0.2, "姓名"), (0.3, "國籍"), (0.4, "身分證／居留證號"), (0.6, "生日"), (0.8, "勞保級距")]
ROWS: list[Row] = [[(0.05, str(k)), (0.11, "管理"), (0.2, name), (0.3, "本國"), (0.4, number), (0.6, "86/04/27"), (0.8, "34,800")]
                   for k, (name, number) in enumerate(PEOPLE, 1)]
FOOT: Row = [(0.1, "投保人數"), (0.25, "3"), (0.4, "本國籍3人／外國籍0人"), (0.65, "合計"), (0.8, "104,400")]
WANTED = {"ins.unit_no": "02031880B", "ins.unit_name": "小滿豆漿店", "hc.latest_month": "2023-02", "hc.latest_count": 3,
          "ins.domestic_count": 3}


@pytest.mark.parametrize("head", [
    [(0.05, "小滿豆漿店"), (0.2, "112年2月份投保名冊"), (0.6, "勞保保險證號02031880B")],
    [(0.05, "小滿豆漿店112年2月份投保名冊"), (0.6, "保險證號：02031880-B")],
    [(0.05, "小滿豆漿店"), (0.2, "112年02月勞保人員名冊（在職）"), (0.6, "勞保證號02031880B")]])
def test_a_firms_own_list_is_a_roster_with_the_firms_name_before_its_heading(head: Row) -> None:
    found = read(page([(0.05, "勞保名冊11202.xlsx"), (0.85, "2023/03/18")], head, HEADS, *ROWS, FOOT))
    assert found.kind == "insured_roster"
    assert {k: r.value for k, r in found.fields.items()} == WANTED


@pytest.mark.parametrize("rows", [
    [[(0.05, "小滿豆漿店"), (0.2, "112年2月份員工旅遊名冊"), (0.6, "勞保保險證號02031880B")], HEADS, *ROWS],
    [[(0.05, "小滿豆漿店"), (0.2, "112年2月份投保名冊")], HEADS, *ROWS],
    [[(0.05, "小滿豆漿店"), (0.2, "112年2月份投保名冊"), (0.6, "勞保保險證號02031880B")], [(0.1, "本月無異動。")]]])
def test_without_its_heading_its_number_or_its_persons_a_list_is_none(rows: list[Row]) -> None:
    assert [d.kind for d in read_papers([page(*rows)])] == ["unknown"]


def two_lined(*foot: Row) -> dict[str, object]:
    rows: list[Row] = []
    for k, (name, number) in enumerate(PEOPLE, 1):
        rows += [[(0.05, f"{k:04}"), (0.12, name), (0.3, number.replace("****", "5678")), (0.6, "28,800"), (0.75, "30")],
                 [(0.12, "0551122"), (0.3, "1130804"), (0.6, "28,800"), (0.75, "30")]]
    return values(page([(0.35, "勞工保險保險費計算名冊")], [(0.05, "投保單位 小滿豆漿店"), (0.4, "保險證號02031880-B")],
                       [(0.05, "計費年月 112年02月")],
                       [(0.05, "序號"), (0.12, "姓名"), (0.3, "身分證號"), (0.6, "勞保投保薪資"), (0.75, "日數")], *rows, *foot))


def test_the_month_in_a_files_name_is_not_the_rosters() -> None:
    head: Row = [(0.05, "小滿豆漿店"), (0.2, "112年2月份投保名冊"), (0.6, "勞保保險證號02031880B")]
    assert values(page([(0.05, "勞保名冊11109.xlsx"), (0.85, "2023/03/18")], head, HEADS, *ROWS, FOOT)) == WANTED


@pytest.mark.parametrize("foot", [[], [[(0.05, "總計"), (0.2, "3 人")]], [[(0.05, "總"), (0.12, "計 3人"), (0.7, "薪資總額86,400")]],
                                  [[(0.05, "本頁小計 3人")], [(0.12, "計 3 人")]]])
def test_a_person_whose_record_takes_two_rows_counts_once(foot: list[Row]) -> None:
    assert two_lined(*foot)["hc.latest_count"] == 3


@pytest.mark.parametrize("printed", ["投保單位小滿豆漿店", "投保單位雲海五金股份有限公司", "單位名稱雲海五金有限公司"])
def test_a_label_set_close_is_no_part_of_the_units_name(printed: str) -> None:
    found = read(page([(0.35, "勞工保險保險費計算名冊")], [(0.05, printed), (0.4, "保險證號02031880-B")], [(0.05, "計費年月 112年02月")],
                      HEADS, *ROWS)).fields
    assert str(found["ins.unit_name"].value) == printed.removeprefix("投保單位").removeprefix("單位名稱")
