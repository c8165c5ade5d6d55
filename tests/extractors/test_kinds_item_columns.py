"""Business items set in several columns are read in printed order; where the page does not tell it, a person is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hand_pages import Row, page, read
from hypothesis import given
from hypothesis import strategies as st

from domain.document import OCR, TEXT_LAYER
from domain.field import Reading

HEAD: list[Row] = [[(0.35, "公司基本資料")], [(0.1, "公司名稱"), (0.3, "石樂傳播股份有限公司")], [(0.1, "統一編號"), (0.3, "38618839")],
                   [(0.1, "登記現況"), (0.3, "核准設立")], [(0.1, "核准設立日期"), (0.3, "102年02月02日")], [(0.1, "所營事業資料")]]
CODES = ("F401010", "I103060", "E603050", "F113030", "IF04010", "A301030", "F102170")
LAST = "ZZ99999"
TRADE = "國際貿易業"


def register(*rows: Row) -> Reading:
    return read(page(*HEAD, *rows)).fields["org.business_items"]


def set_down(items: list[str], columns: int) -> list[Row]:
    """Rows of a list that runs down its columns, the first of them the longest."""
    high = -(-len(items) // columns)
    return [[(0.1 + 0.28 * (k // high), f"{items[k]}　{TRADE}") for k in range(row, len(items), high)] for row in range(high)]


def set_across(items: list[str], columns: int) -> list[Row]:
    rows = [items[start:start + columns] for start in range(0, len(items), columns)]
    return [[(0.1 + 0.28 * k, f"{item}　{TRADE}") for k, item in enumerate(row)] for row in rows]


@given(st.permutations(CODES), st.integers(2, 7), st.sampled_from((2, 3)), st.booleans())
def test_a_list_is_accepted_in_its_order_or_waits_for_a_person(codes: list[str], many: int, columns: int, down: bool) -> None:
    items = [*codes[:many], LAST]
    found = register(*(set_down if down else set_across)(items, columns))
    assert found.value == items or found.status == "review"
    assert isinstance(found.value, list)
    assert sorted(map(str, found.value)) == sorted(items)


@pytest.mark.parametrize("laid", [set_down, set_across])
def test_the_item_that_ends_lists_tells_the_order(laid: Callable[[list[str], int], list[Row]]) -> None:
    items = [*CODES[:4], LAST]
    found = register(*laid(items, 2))
    assert (found.value, found.status) == (items, "accepted")


def test_an_order_that_nothing_tells_waits_for_a_person() -> None:
    full = register(*set_down([*CODES[:5], LAST], 2))
    open_end = register(*set_down(list(CODES[:5]), 2))
    assert full.status == open_end.status == "review"
    assert any("次序" in doubt for doubt in full.doubts)


@pytest.mark.parametrize("down", [True, False])
def test_numbers_of_lines_tell_the_order(down: bool) -> None:
    items = list(CODES[:6])
    places = [(k % 3, k // 3) if down else (k // 2, k % 2) for k in range(6)]
    rows: list[Row] = [[] for _ in range(3)]
    for k, (row, column) in sorted(enumerate(places), key=lambda p: p[1]):
        rows[row] += [(0.1 + 0.3 * column, f"{k + 1}."), (0.13 + 0.3 * column, f"{items[k]}　{TRADE}")]
    found = register(*rows)
    assert found.value == items
    assert not any("次序" in doubt for doubt in found.doubts)


def test_codes_in_running_text_keep_their_order() -> None:
    rows: list[Row] = [[(0.1, "F401010、I103060、E603050")], [(0.1, "F113030、IF04010、A301030")]]
    found = register(*rows)
    assert found.value == list(CODES[:6])
    assert not any("次序" in doubt for doubt in found.doubts)


@pytest.mark.parametrize(("source", "read_as"), [
    (OCR, ["F401010", "I199990", "E603050", LAST]), (TEXT_LAYER, ["F401010", "E603050", LAST])])
def test_six_figures_before_a_trade_are_a_code_that_lost_its_thin_letter(source: str, read_as: list[str]) -> None:
    rows: list[Row] = [[(0.1, code), (0.3, TRADE)] for code in ("F401010", "199990", "E603050", LAST)]
    sheet = page(*HEAD, *rows)
    found = read(replace(sheet, lines=tuple(replace(i, source=source) for i in sheet.lines), source=source)).fields["org.business_items"]
    assert (found.value, found.status) == (read_as, "review")


def test_codes_behind_names_of_unlike_lengths_stand_in_no_columns() -> None:
    names = ("首飾及貴金屬批發業", "其他零售業", "首飾及貴金屬零售業")
    rows: list[Row] = [[(0.1, f"0{k}.{name}（{code}）")] for k, (name, code) in enumerate(zip(names, CODES, strict=False), 1)]
    found = register(*rows)
    assert found.value == list(CODES[:3])
    assert not any("次序" in doubt for doubt in found.doubts)
