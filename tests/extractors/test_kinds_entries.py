"""A register's list of entries tells the day of founding and that of the last change by the sort of each entry."""

from __future__ import annotations

import pytest
from hand_pages import Row, page, read
from hypothesis import given
from hypothesis import strategies as st

from domain.field import DocumentReading

HEAD: list[Row] = [[(0.35, "商業登記資料抄本")],
                   [(0.06, "統一編號"), (0.2, "商業名稱"), (0.4, "負責人姓名"), (0.6, "組織類型"), (0.8, "資本額(元)")],
                   [(0.06, "38618839"), (0.2, "小滿烘焙坊"), (0.4, "羅穎政"), (0.6, "獨資"), (0.8, "200,000")],
                   [(0.06, "核准日期"), (0.3, "核准文號"), (0.6, "登記類別"), (0.8, "變更事項")]]


def entry(day: str, sort: str) -> Row:
    return [(0.06, day), (0.3, "屏府城工字第09472442944號"), (0.6, sort), (0.8, "設立時資本額200,000元" if "設立" in sort else "遷移地址")]


def register(*rows: Row) -> DocumentReading:
    return read(page(*HEAD, *rows, [(0.06, "出資人"), (0.3, "負責人"), (0.4, "羅穎政"), (0.6, "200,000元")]))


@given(st.lists(st.integers(95, 113), min_size=1, max_size=4, unique=True), st.booleans(), st.sampled_from(("變更登記", "變更", "遷址")))
def test_founding_and_last_change_by_the_sort_of_each_entry(years: list[int], newest_first: bool, word: str) -> None:
    days = sorted(years, reverse=newest_first)
    changes = [entry(f"{y:03}年03月14日", word) for y in days]
    founding = entry("094年03月14日", "設立登記")
    found = register(*((*changes, founding) if newest_first else (founding, *changes))).fields
    assert found["org.founding_date"].value == "2005-03-14"
    assert found["org.last_change_date"].value == f"{max(years) + 1911}-03-14"


def test_without_a_change_there_is_no_day_of_one() -> None:
    found = register(entry("094年03月14日", "設立登記")).fields
    assert found["org.founding_date"].value == "2005-03-14"
    assert "org.last_change_date" not in found or found["org.last_change_date"].value is None


@pytest.mark.parametrize("later", [entry("110年03月14日", "夂更豋圮"), entry("1l0年O3月", "變更登記")])
def test_an_entry_that_cannot_be_read_leaves_the_last_change_open(later: Row) -> None:
    found = register(entry("094年03月14日", "設立登記"), entry("100年01月02日", "變更登記"), later).fields.get("org.last_change_date")
    assert found is None or found.status == "review"


def test_the_responsible_person_stands_in_his_own_field() -> None:
    found = register(entry("094年03月14日", "設立登記")).fields["org.responsible_person"]
    assert found.value == "羅穎政"
    assert found.box.bottom < 0.1


def test_figures_of_another_list_below_are_no_entry() -> None:
    below: Row = [(0.02, "出資人"), (0.075, "羅穎政245,000元")]
    found = read(page(*HEAD, entry("094年03月14日", "設立登記"), entry("100年01月02日", "變更登記"), below)).fields
    assert (found["org.founding_date"].value, found["org.last_change_date"].value) == ("2005-03-14", "2011-01-02")
