"""Papers of insurance and tax of which a fax or a camera took titles, labels or the level of the rows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hand_pages import Row, line, page, read, values

from domain.document import OCR, Page
from extractors.kinds._written import parse_words
from extractors.papers import read_papers
from extractors.readers.ink import Ink


def seen(paper: Page) -> Page:
    """The page as an engine gives it."""
    return replace(paper, source=OCR, lines=tuple(replace(n, source=OCR, confidence=0.99) for n in paper.lines))


BILL: list[Row] = [
    [(0.3, "勞動部亭工保儉司")], [(0.1, "01877300K"), (0.5, "日告年月"), (0.7, "114年11日")], [(0.1, "雲海資訊股份有限公司")],
    [(0.1, "普港事政律行"), (0.4, "8"), (0.5, "289,200"), (0.65, "11.5%"), (0.85, "33,257")],
    [(0.1, "就莱"), (0.4, "8"), (0.5, "289,200"), (0.65, "1%"), (0.858, "2,891")],
    [(0.1, "墊償"), (0.4, "8"), (0.5, "289,200"), (0.65, "0.025%"), (0.874, "72")],
    [(0.85, "36,220")]]


def test_a_bill_is_known_by_its_rates_where_its_title_is_lost() -> None:
    (paper,) = read_papers([seen(page(*BILL))])
    assert paper.kind == "insurance_premium_bill"
    found = {name: f.value for name, f in paper.fields.items()}
    assert found["ins.unit_no"] == "01877300K"
    assert found["ins.amount_due"] == 36220
    assert found["hc.latest_count"] == 8
    assert paper.fields["hc.latest_month"].value == "2025-11"
    assert paper.fields["hc.latest_month"].status == "review"


def test_rates_without_the_number_of_an_insurance_make_no_bill() -> None:
    rows = [[(at, text) for at, text in row if text != "01877300K"] for row in BILL]
    assert {p.kind for p in read_papers([seen(page(*rows))])} == {"unknown"}


def test_an_amount_that_the_rows_above_do_not_make_is_not_taken() -> None:
    (paper,) = read_papers([seen(page(*BILL[:-1], [(0.85, "36,221")]))])
    assert "ins.amount_due" not in paper.fields


NET: list[tuple[str, str, str]] = [
    ("1", "三聯式發票、電子計算機發票銷售額", "1,876,968"), ("5", "收銀機發票(三聯式)及電子發票銷售額", "1,806,731"),
    ("21", "應稅銷售額合計", "3,683,699"), ("22", "銷項稅額合計", "184,185"), ("23", "零稅率銷售額合計", "0"),
    ("25", "銷售額總計(21+23)", "3,683,699"), ("101", "本期(月)銷項稅額合計", "184,185"), ("107", "得扣抵進項稅額合計", "45,310"),
    ("108", "上期(月)累積留抵稅額", "16,253"), ("110", "小計(107+108)", "61,563"), ("111", "本期(月)應實繳稅額(101-110)", "122,622"),
    ("112", "本期(月)申報留抵稅額(110-101)", "0"), ("115", "本期(月)累積留抵稅額", "0")]


@pytest.mark.parametrize("off", [0.0, 0.013, -0.013])
def test_figures_half_a_line_off_their_labels_are_told_by_the_numbers_of_the_lines(off: float) -> None:
    head: list[Row] = [[(0.3, "營業人銷售額與稅額申報書(401)")], [(0.1, "統一編號：38618839")], [(0.1, "營業人名稱：小滿烘焙坊")],
                       [(0.1, "所屬年月：民國114年11月至12月")]]
    lines = list(page(*head).lines)
    for k, (number, words, figure) in enumerate(NET):
        y = 0.2 + 0.026 * k
        lines += [line(0.08, y, number), line(0.13, y, words), line(0.92 - 0.008 * len(figure), y + off, figure)]
    found = values(seen(Page(1, 1000, 1400, tuple(lines))))
    assert found["tax.sales_amount"] == 3683699
    assert found["tax.tax_payable"] == 122622


def test_what_is_payable_is_proposed_where_its_words_and_its_number_are_lost() -> None:
    rows: list[Row] = [[(0.3, "營業人銷售額與稅額申報書(401)")], [(0.1, "統一編號：38618839"), (0.5, "營業人名稱：小滿烘焙坊")],
                       [(0.1, "所屬年月：民國114年11月至12月")],
                       *([(0.08, n if n != "111" else "1l!"), (0.13, w if n != "111" else "本期感買微稅鎖"), (0.8, f)] for n, w, f in NET)]
    paper = read(seen(page(*rows)))
    assert (paper.fields["tax.tax_payable"].value, paper.fields["tax.tax_payable"].status) == (122622, "review")


def test_a_month_whose_last_sign_was_misread_keeps_its_row() -> None:
    rows: list[Row] = [[(0.3, "投保單位人數資料表")], [(0.1, "保險證號：01877300K"), (0.5, "單位名稱：雲海資訊股份有限公司")],
                       [(0.1, "計費年月"), (0.4, "月底生效人數")],
                       *([(0.1, f"114年{m:02d}{'日' if m == 12 else '月'}"), (0.45, str(30 + m))] for m in range(8, 13))]
    assert values(seen(page(*rows)))["hc.monthly_insured"] == [{"month": f"2025-{m:02d}", "count": 30 + m} for m in range(8, 13)]


@pytest.mark.parametrize(("head", "day"), [("2026/10/5 上午9:44", "2026-10-05"), ("2026/10/05, 09:44", "2026-10-05"),
                                           ("2026/10/05 09:44 FROM: 02-23456789 P.02", None)])
def test_the_day_in_the_head_of_a_browsers_page_is_the_day_of_printing_but_a_faxs_is_not(head: str, day: str | None) -> None:
    rows: list[Row] = [[(0.05, head)], [(0.3, "投保單位人數查詢")], [(0.1, "保險證號：01877300K"), (0.5, "單位名稱：雲海資訊股份有限公司")],
                       [(0.1, "計費年月"), (0.4, "月底生效人數")], *([(0.1, f"114年{m:02d}月"), (0.45, "12")] for m in range(8, 13))]
    assert values(page(*rows)).get("ins.printed_on") == day


@pytest.mark.parametrize(("text", "amount"), [("壹萬肆仟零佰肆零元整", 14040), ("參仟伍柒拾元整", 3570), ("貳萬參陸佰元整", 23600)])
def test_a_lost_place_between_two_numerals_is_told_by_its_neighbours(text: str, amount: int) -> None:
    found = parse_words(Ink(text, line(0.1, 0.1, text).chars, 1))
    assert found is not None
    assert found.value == amount


def test_numerals_in_one_line_over_printed_places_make_an_amount_only_one_a_place() -> None:
    def receipt(written: str) -> object:
        rows: list[Row] = [[(0.1, "免用統一發票收據")], [(0.1, "買受人：小滿烘焙坊")], [(0.3, "中華民國114年10月20日")],
                           [(0.1, "品名"), (0.7, "總價")],
                           [(0.1, "文具一批"), (0.7, "7258")], [(0.1, f"合計新臺幣{written}元整")], [(0.5, "免用統一發票專用章")]]
        made = page(*rows)
        places = line(0.3, made.lines[-2].box.top + 0.006, "萬 仟 佰 拾")
        return values(replace(made, lines=(*made.lines, places))).get("inv.total_amount")

    assert receipt("零柒貳伍捌") == 7258
    assert receipt("柒貳伍捌") is None


def net(**other: tuple[str, str, str]) -> Page:
    """The return as an engine sees it, with lines put in the place of others by their numbers."""
    rows: list[Row] = [[(0.3, "營業人銷售額與稅額申報書(401)")], [(0.1, "統一編號：38618839"), (0.5, "營業人名稱：小滿烘焙坊")],
                       [(0.1, "所屬年月：114年11-12F")],
                       *([(0.08, a), (0.13, b), (0.75, c)] for a, b, c in (other.get("n" + n, (n, w, f)) for n, w, f in NET))]
    return seen(page(*rows))


def test_a_number_of_a_box_that_was_misread_is_told_by_those_above_and_below() -> None:
    assert values(net(n111=("11!", "本朋應責微稅鎖", "122,622")))["tax.tax_payable"] == 122622


def test_a_refund_is_no_tax_payable_whatever_a_copy_makes_of_its_words() -> None:
    assert values(net(n111=("1", "本朋應責微稅鎖", "122,622"), n112=("112", "本期應組稅額", "9,999")))["tax.tax_payable"] != 9999


def test_the_credit_of_this_period_is_not_that_of_the_one_before() -> None:
    lines = net(n108=("1o8", "上期1累積留批秘疆", "16,253"), n110=("11o", "小舒", "61,563"), n115=("115", "本期(月)累積留抵稅額", "40,000"))
    assert values(lines)["tax.tax_payable"] == 122622


def test_a_period_whose_last_sign_was_misread_is_still_the_period() -> None:
    assert values(net())["tax.period"] == "2025-11"


def test_two_pages_of_one_return_make_one_paper_and_two_returns_make_two() -> None:
    head: list[Row] = [[(0.3, "營業人銷售額與稅額申報書(403)")], [(0.1, "統一編號：38618839"), (0.5, "營業人名稱：小滿烘焙坊")],
                       [(0.1, "所屬年月份：114年11-12月"), (0.5, "稅籍編號：552217200")]]
    rows: list[Row] = [[(0.08, a), (0.13, b), (0.75, c)] for a, b, c in NET]
    first, second = page(*head, *rows[:6]), page([(0.1, "小滿烘焙坊"), (0.4, "38618839"), (0.8, "第2頁")], *rows[6:], number=2)
    (paper,) = read_papers([first, second])
    assert (paper.fields["tax.sales_amount"].value, paper.fields["tax.tax_payable"].value) == (3683699, 122622)
    assert len(read_papers([page(*head, *rows), page(*head, *rows, number=2)])) == 2


def test_a_record_of_one_person_is_no_roster() -> None:
    rows: list[Row] = [[(0.3, "勞工保險被保險人投保資料表(明細)")], [(0.1, "姓名：傅珈"), (0.5, "身分證號：A12****789")],
                       [(0.1, "出生日期：74/08/06"), (0.5, "投保年資：9年147天")],
                       [(0.1, "保險證號"), (0.3, "投保單位"), (0.5, "投保薪資"), (0.65, "生效日期"), (0.8, "退保日期")],
                       [(0.1, "01877300K"), (0.3, "雲海資訊股份有限公司"), (0.5, "45,800"), (0.65, "110/11/05")]]
    assert {p.kind for p in read_papers([page(*rows)])} == {"unknown"}


def test_a_count_in_a_sentence_on_the_month_before_is_not_the_bills() -> None:
    rows = [*BILL, [(0.1, "上月(114年10月)投保人數9人;本月加保1人、退保2人。")]]
    rows[3:6] = [[(0.1, words), *row[1:]] for words, row in zip(("普通事故保險費", "就業保險費", "墊償基金"), BILL[3:6], strict=True)]
    rows[0] = [(0.3, "勞工保險費繳款單")]
    rows.insert(3, [(0.1, "項目"), (0.39, "人數"), (0.5, "投保薪資總額"), (0.65, "費率"), (0.85, "金額")])
    assert values(seen(page(*rows)))["hc.latest_count"] == 8


@pytest.mark.parametrize(("third", "kind"), [("882", "insurance_premium_bill"), ("1,882", "unknown")])
def test_premiums_that_stand_to_each_other_as_their_rates_do_make_a_bill(third: str, kind: str) -> None:
    amounts = ("406,121", "35,314", "4,944", third, "447,261")
    rows: list[Row] = [[(0.1, "09957689N"), (0.4, "雲海資訊股份有限公司")], [(0.1, "115.03")],
                       *([(0.95 - 0.008 * len(a), a)] for a in amounts)]
    papers = read_papers([seen(page(*rows))])
    assert {p.kind for p in papers} == {kind}
    if kind != "unknown":
        assert {name: f.value for name, f in papers[0].fields.items()} == {
            "ins.unit_no": "09957689N", "ins.unit_name": "雲海資訊股份有限公司", "hc.latest_month": "2026-03", "ins.amount_due": 447261}
