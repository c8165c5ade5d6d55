"""Where a reading points: at the value's own signs, at plain print rather than at a seal, at print rather than at a bar code."""

from __future__ import annotations

import pytest
from hand_pages import Row, line, page, read, table
from sales_pages import read as read_sale
from sales_pages import sheet
from test_kinds_einvoice_ways import LEFT, SLIPS, qr

RECEIPT: list[Row] = [
    [(0.4, "收據")], [(0.6, "日期：民國115年7月15日")], [(0.1, "茲收到惠運米食股份有限公司")],
    [(0.1, "貨款計新臺幣陸仟柒佰零伍元整，此據。")],
    [(0.1, "項目"), (0.5, "數量"), (0.6, "單價"), (0.8, "金額")], [(0.1, "便當"), (0.5, "9"), (0.6, "745"), (0.8, "6,705")],
    [(0.4, "合計"), (0.8, "6,705")], [(0.1, "收款商號：雲海便當店")], [(0.1, "統一編號：01877305（免用統一發票）")], [],
    [(0.65, "雲海便當店")], [(0.62, "免用統一發票專用章")], [(0.65, "01877305")]]


def test_a_number_is_shown_in_plain_print_and_not_in_the_seal_that_repeats_it() -> None:
    found = read(page(*RECEIPT)).fields["inv.seller_uniform_no"]
    assert found.value == found.text == "01877305"
    assert found.box.right < 0.4


def test_a_sellers_name_in_its_seal_is_shown_in_plain_print_where_it_stands_there_too() -> None:
    found = read(page(*RECEIPT[:7], [(0.1, "雲海便當店")], *RECEIPT[8:])).fields["inv.seller_name"]
    assert found.value == found.text == "雲海便當店"
    assert found.box.right < 0.4


def test_a_number_that_stands_in_the_seal_alone_is_shown_there() -> None:
    found = read(page(*RECEIPT[:8], *RECEIPT[9:])).fields["inv.seller_uniform_no"]
    assert found.value == "01877305"
    assert found.box.left > 0.6


def test_of_the_words_about_a_registration_its_kind_alone_is_shown() -> None:
    letter: list[Row] = [[(0.3, "臺北市政府 函")], [(0.1, "受文者：雲海五金有限公司")], [(0.1, "發文日期：中華民國115年7月15日")],
                         [(0.1, "發文字號：府產業商字第11512345678號")],
                         [(0.1, "主旨：貴公司（統一編號：01877305）申請設立登記，准予登記，請查照。")]]
    found = read(page(*letter)).fields["reg.form_kind"]
    assert (found.value, found.text) == ("設立", "設立")
    assert found.box.width < 3 * line(0, 0, "設").box.width


@pytest.mark.parametrize(("row", "name", "printed"), [
    (3, "inv.date", ((0.1, "2026-07-0A 13:03:00"),)), (5, "inv.seller_uniform_no", ((0.1, "賣方 91880686"),)),
    (3, "inv.date", ((0.1, "2026-07—04l3:03:00"),))])
def test_what_a_code_says_is_shown_where_print_says_nearly_the_same(row: int, name: str, printed: tuple[tuple[float, str], ...]) -> None:
    rows = [*SLIPS[0][:row], printed, *SLIPS[0][row + 1:]]
    where = 0.03 + 0.03 * row
    found = read_sale(sheet(*rows, codes=(qr(LEFT),), width=430, height=700)).fields[name]
    assert found.box.top == pytest.approx(where, abs=0.01)


def test_what_a_code_says_and_no_print_is_shown_at_the_code() -> None:
    found = read_sale(sheet(*SLIPS[0][:5], codes=(qr(LEFT),), width=430, height=700)).fields["inv.seller_uniform_no"]
    assert found.box.as_list() == [0.1, 0.4, 0.4, 0.6]


def test_the_total_of_a_roster_whose_words_are_set_wide_is_shown_there() -> None:
    people = (("王一明", "A123456789"), ("林二華", "B223456788"), ("陳三多", "F123456787"))
    rows = [("序號", "姓名", "身分證號", "出生日期", "投保薪資"), *((str(k), *p, "075/01/02", "30,300") for k, p in enumerate(people, 1))]
    above: list[Row] = [[(0.3, "投保單位被保險人名冊")], [(0.1, "保險證號：05974145U"), (0.4, "單位名稱：小滿烘焙坊")],
                        [(0.1, "計費年月：115年10月")]]
    paper = read(table(rows, (0.05, 0.12, 0.25, 0.5, 0.7, 0.9), above=above, below=[[(0.12, "合"), (0.18, "計"), (0.24, "3 人")]]))
    found = paper.fields["hc.latest_count"]
    assert found.value == 3
    assert found.box.left > 0.2
