"""A poor copy that spoilt the labels: what the form, the place and the rest of the words still tell, always for a person's eye."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hand_pages import Row, page, read
from hypothesis import given
from hypothesis import strategies as st

from domain.document import OCR, Page
from extractors.remains import SENTENCE

TITLE: Row = [(0.4, "商業登記抄本")]
NUMBER: Row = [(0.08, "統一編號"), (0.3, "38618839")]


def copied(*rows: Row, poor: float = 0.5) -> Page:
    """The page as an engine reads a fax: words of a score of ``poor`` (but for the title), figures well."""
    sheet = page(*rows, top=0.1)
    lines = tuple(replace(x, source=OCR, confidence=0.99 if x.text == TITLE[0][1] or x.text[-1].isdigit() or len(x.text) > 6 else poor)
                  for x in sheet.lines)
    return replace(sheet, lines=lines, source=OCR)


@given(st.integers(3, 100), st.integers(1, 12), st.integers(1, 28), st.integers(0, 9))
def test_days_over_which_no_label_can_be_read(year: int, month: int, day: int, later: int) -> None:
    first, change = f"{year:03d}年{month:02d}月{day:02d}日", f"{year + later:03d}年{month:02d}月{day:02d}日"
    found = read(copied(TITLE, NUMBER, [(0.08, "傳準湖海機"), (0.32, "義性運動球期")], [(0.08, first), (0.32, change)])).fields
    for name, value in (("org.founding_date", year), ("org.last_change_date", year + later)):
        assert (found[name].value, found[name].status) == (f"{value + 1911}-{month:02d}-{day:02d}", "review")
        assert SENTENCE in found[name].doubts


@pytest.mark.parametrize(("label", "left"), [("負肖人", "侯海寧"), ("百蠢大性名", "侯海寧"), ("貴人姓名", "侯海寧")])
def test_a_person_by_what_is_left_of_the_words(label: str, left: str) -> None:
    found = read(copied(TITLE, NUMBER, [(0.08, label), (0.3, left)], [(0.08, "資本簡"), (0.3, "245,000元")])).fields
    assert (found["org.responsible_person"].value, found["org.responsible_person"].status) == (left, "review")
    assert (found["fin.paid_in_capital"].value, found["fin.paid_in_capital"].status) == (245_000, "review")


def test_what_stands_by_another_label_is_not_taken() -> None:
    found = read(copied(TITLE, NUMBER, [(0.08, "合夥人"), (0.3, "侯海寧")], [(0.08, "抄錄日期"), (0.3, "115年10月06日")])).fields
    assert not {"org.responsible_person", "org.founding_date", "org.last_change_date"} & found.keys()


def test_a_clean_copy_is_silent_where_nothing_names_a_value() -> None:
    found = read(copied(TITLE, NUMBER, [(0.3, "侯海寧")], [(0.3, "245,000元")], poor=0.99)).fields
    assert not {"org.responsible_person", "fin.paid_in_capital"} & found.keys()


def test_a_text_layer_is_never_guessed_at() -> None:
    found = read(page(TITLE, NUMBER, [(0.08, "百蠢大性名"), (0.3, "侯海寧")])).fields
    assert "org.responsible_person" not in found


def test_days_that_fall_tell_nothing() -> None:
    found = read(copied(TITLE, NUMBER, [(0.08, "103年01月08日"), (0.32, "101年09月27日")])).fields
    assert not {"org.founding_date", "org.last_change_date"} & found.keys()


def test_a_number_with_a_speck_and_one_in_boxes() -> None:
    specked = read(copied(TITLE, [(0.08, "骨其城一貓結"), (0.3, "3861883.9")], [(0.08, "商業名稱"), (0.3, "雲海商行")])).fields
    assert (specked["org.uniform_no"].value, specked["org.uniform_no"].status) == ("38618839", "review")
    boxed = read(copied(TITLE, [(0.08, "學公純一編建"), *((0.3 + 0.03 * k, c) for k, c in enumerate("38618839"))],
                        [(0.08, "商業名稱"), (0.3, "雲海商行")])).fields
    assert (boxed["org.uniform_no"].value, boxed["org.uniform_no"].status) == ("38618839", "review")


FORM: tuple[Row, ...] = ([(0.35, "股份有限公司變更登記表")], [(0.1, "公司統一編號"), (0.4, "16158574")],
                         [(0.1, "實收資本總額"), (0.4, "1,000,000元")])


@pytest.mark.parametrize("sign", ["日", "號", "用"])
def test_the_day_of_an_approval_whose_month_lost_its_sign(sign: str) -> None:
    found = read(copied(*FORM, [(0.1, "公司章程修正日期"), (0.4, "111年9月21日")],
                        [(0.1, "守核准發記"), (0.3, f"111年10{sign}02日經授商字第11183193760號")])).fields
    assert (found["reg.approval_date"].value, found["reg.approval_date"].status) == ("2022-10-02", "review")


@pytest.mark.parametrize("label", ["營芽人名納", "營業大名弼"])
def test_a_firm_set_close_behind_its_spoilt_label(label: str) -> None:
    found = read(copied([(0.3, "營業人銷售額與稅額申報書（401）")], [(0.1, "統一編號"), (0.3, "38618839")], [(0.1, f"{label}榕揚茶莊")],
                        [(0.1, "所屬年月份"), (0.3, "115年07月至08月")])).fields["org.name"]
    assert (found.value, found.status) == ("榕揚茶莊", "review")


def test_a_number_that_another_field_has_is_not_told_twice() -> None:
    found = read(copied([(0.3, "電子發票證明聯")], [(0.3, "115年07-08月")], [(0.3, "AB-12345678")], [(0.1, "隨機碼9584"), (0.5, "總計432")],
                        [(0.1, "買方38618839")], [(0.1, "剪芳統指"), (0.3, "38618839")])).fields
    assert found["inv.buyer_uniform_no"].value == "38618839"
    assert "inv.seller_uniform_no" not in found
