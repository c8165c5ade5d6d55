"""A copy whose labels are lost still tells some values by their order and by arithmetic; a person looks at each."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hand_pages import Row, page, read
from hypothesis import given
from hypothesis import strategies as st

from domain.document import OCR, Page

CARD: list[Row] = [[(0.1, "商工登記公示資料查詢服務")], [(0.06, "雲海資訊股份有限公司"), (0.79, "核維設立")], [(0.06, "16158574")]]


def copied(*rows: Row) -> Page:
    """The page as an engine reads it, sure of what it read."""
    sheet = page(*rows, top=0.1)
    return replace(sheet, lines=tuple(replace(x, source=OCR, confidence=0.99) for x in sheet.lines), source=OCR)


@given(st.integers(1, 9_000), st.sampled_from([1, 5, 10, 100]), st.integers(0, 5_000))
def test_a_card_of_figures_alone(thousands: int, par: int, more: int) -> None:
    shares = thousands * 1_000
    paid = shares * par
    total = paid + more * 1_000
    found = read(copied(*CARD, [(0.06, f"{total:,}")], [(0.06, f"{paid:,}")], [(0.06, str(par))], [(0.06, f"{shares:,}")],
                        [(0.06, "097年09月25日")], [(0.06, "103年01月08日")])).fields
    for name, value in (("fin.authorized_capital", total), ("fin.paid_in_capital", paid), ("org.founding_date", "2008-09-25"),
                        ("org.last_change_date", "2014-01-08"), ("org.status", "核准設立")):
        assert (found[name].value, found[name].status) == (value, "review")


def test_figures_that_do_not_fit_and_days_that_fall_tell_nothing() -> None:
    found = read(copied(*CARD, [(0.06, "30,000,000")], [(0.06, "18,806,430")], [(0.06, "10")], [(0.06, "1,234,000")],
                        [(0.06, "103年01月08日")], [(0.06, "097年09月25日")])).fields
    assert not {"fin.paid_in_capital", "fin.authorized_capital", "org.founding_date", "org.last_change_date"} & found.keys()


def test_a_second_day_beside_a_labelled_one_is_not_taken_for_the_change() -> None:
    found = read(copied(*CARD, [(0.06, "核准設立日期"), (0.3, "097年09月25日")], [(0.3, "115年10月08日")])).fields
    assert found["org.founding_date"].value == "2008-09-25"
    assert "org.last_change_date" not in found


@pytest.mark.parametrize("lost", [0, 1, 2])
def test_labels_set_wide_that_lost_a_sign(lost: int) -> None:
    def wide(label: str) -> Row:
        return [(0.1 + 0.07 * k, c) for k, c in enumerate(label) if k != lost]

    sheet = copied([(0.35, "商業登記抄本")], [(0.1, "統一編號"), (0.4, "38618839")], [*wide("負責人"), (0.4, "侯海寧")],
                   [*wide("資本額"), (0.4, "新臺幣貳拾肆萬元整")], [*wide("所在地"), (0.4, "臺北市信義區景新里基隆路一段248號7樓")])
    found = read(sheet).fields
    assert (found["org.responsible_person"].value, found["fin.paid_in_capital"].value) == ("侯海寧", 240_000)
    assert found["org.responsible_person"].status == "review"


def test_two_signs_close_together_are_no_label_but_tell_a_person_what_to_look_at() -> None:
    found = read(copied([(0.35, "商業登記抄本")], [(0.1, "統一編號"), (0.4, "38618839")],
                        [(0.1, "資"), (0.116, "本"), (0.4, "240,000")])).fields
    assert (found["fin.paid_in_capital"].value, found["fin.paid_in_capital"].status) == (240_000, "review")
    assert "label" not in found["fin.paid_in_capital"].witnesses
    assert found["fin.paid_in_capital"].doubts
