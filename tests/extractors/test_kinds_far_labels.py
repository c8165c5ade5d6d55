"""Labels that stand far from a value, or say nearly the wanted words: another's number, another's name, another month."""

from __future__ import annotations

import pytest
from hand_pages import Row, page, read, table

from domain.field import ACCEPTED, REVIEW
from domain.taiwan import ubn

THIRD = next(n for k in range(34567890, 34567999) if ubn.is_valid(n := str(k)))
SLIP: list[Row] = [[(0.35, "捷綠小吃店")], [(0.3, "收據（免用統一發票）")], [(0.08, "統一編號"), (0.75, "01877305")],
                   [(0.08, "日期"), (0.75, "2026/02/14")], [(0.08, "便當x5"), (0.8, "450")], [(0.08, "應收總額"), (0.78, "450元")]]


@pytest.mark.parametrize("words", ["總公司統編", "平台業者統編", "加盟主統一編號", "承印廠統一編號"])
def test_a_number_by_the_far_label_of_a_third_party_never_passes(words: str) -> None:
    found = read(page(*SLIP[:2], [(0.08, words), (0.75, THIRD)], *SLIP[2:])).fields.get("inv.seller_uniform_no")
    assert found is None or found.value == "01877305" or found.status == REVIEW


PEOPLE = (("王一明", "A123456789"), ("林二華", "B223456788"), ("陳三多", "F123456787"))
ROWS = [("序號", "姓名", "身分證號", "出生日期", "投保薪資"), *((str(k), *p, "075/01/02", "30,300") for k, p in enumerate(PEOPLE, 1))]


def roster(*more: Row) -> str:
    above: list[Row] = [[(0.3, "投保單位被保險人名冊")], [(0.1, "保險證號：05974145U"), (0.4, "單位名稱：小滿烘焙坊")], *more]
    found = read(table(ROWS, (0.05, 0.12, 0.25, 0.5, 0.7, 0.9), above=above, below=[[(0.12, "合計 3 人")]])).fields["hc.latest_month"]
    assert found.value == "2026-10" or found.status == REVIEW
    return found.status


@pytest.mark.parametrize("words", ["應繳月份", "資料年月", "扣款年月"])
@pytest.mark.parametrize("own", ["計費年月：115年10月", "民國115年10月份"])
@pytest.mark.parametrize("first", [True, False])
def test_the_month_of_another_thing_never_passes_for_the_rosters(words: str, own: str, first: bool) -> None:
    rows: list[Row] = [[(0.1, f"{words}：115年11月")], [(0.1, own)]]
    roster(*(rows if first else rows[::-1]))


def test_the_only_month_passes_whatever_its_label() -> None:
    assert roster([(0.1, "資料年月：115年10月")]) == ACCEPTED


@pytest.mark.parametrize("words", ["職災保險證號", "勞退提繳單位保險證號"])
def test_the_number_of_another_insurance_never_passes(words: str) -> None:
    above: list[Row] = [[(0.3, "投保單位被保險人名冊")], [(0.1, f"{words}：04417766D"), (0.5, "單位名稱：小滿烘焙坊")],
                        [(0.1, "計費年月：115年10月")]]
    found = read(table(ROWS, (0.05, 0.12, 0.25, 0.5, 0.7, 0.9), above=above, below=[[(0.12, "合計 3 人")]])).fields.get("ins.unit_no")
    assert found is None or found.status == REVIEW
