"""Bills, slips, tables and rosters as hands and printers set them: what the paper need not obey must not be asked of it."""

from __future__ import annotations

import pytest
from hand_pages import page
from sales_pages import line, read, sheet, values

from domain.document import OCR, Box, Line, Page

GOODS = ([(0.1, "品名"), (0.4, "數量"), (0.55, "單價"), (0.75, "總價")], [(0.1, "盆栽"), (0.42, "12"), (0.57, "22"), (0.77, "264")],
         [(0.1, "花器"), (0.42, "8"), (0.57, "149"), (0.77, "1192")])
SEAL = ([(0.4, "小滿花坊")], [(0.36, "免用統一發票專用章")], [(0.36, "統一編號38618839")])


@pytest.mark.parametrize("said", ["NT$1,456", "NT$ 1,456元", "$1,456", "NTS 1,456"])
def test_the_only_amount_behind_a_currency_is_the_total(said: str) -> None:
    made = sheet([(0.35, "1.5@免用統一發票收據")], [(0.1, "禾町設計公司寶號"), (0.6, "日期：115/3/30")], *GOODS, [], *SEAL, [(0.1,
                                                                                                           "經手人：林"), (0.75, said)])
    assert values(made)["inv.total_amount"] == 1456


def test_of_two_amounts_behind_a_currency_none_is_the_total() -> None:
    made = sheet([(0.35, "1.5@免用統一發票收據")], [(0.1, "禾町設計公司寶號"), (0.6, "日期：115/3/30")], GOODS[0], [(0.1, "盆栽"), (0.75,
                                                                                                               "NT$264")],
                 [(0.1, "訂金"), (0.75, "NT$100")], *SEAL)
    assert values(made).get("inv.total_amount") is None


@pytest.mark.parametrize("label", ["賣方統編 38618839", "賣方：統編38618839", "賣方 統一編號38618839"])
def test_a_number_is_no_name(label: str) -> None:
    made = sheet([(0.35, "1.2@小滿國際股份有限公司")], [(0.35, "三聯式收銀機統一發票")], [(0.1, "115年03-04月")], [(0.1, "AP-37094711")],
                 [(0.1, "2026/04/02 11:21")],
                 [(0.1, label)], [(0.1, "買方統編 04595257")], [(0.1, "盆栽"), (0.75, "295,200TX")], [(0.1, "銷售額"), (0.75, "295,200")],
                 [(0.1, "營業稅 5%"), (0.75, "14,760")], [(0.1, "總計"), (0.75, "309,960")])
    found = values(made)
    assert found["inv.seller_name"] == "小滿國際股份有限公司"
    assert found["inv.seller_uniform_no"] == "38618839"


def test_a_firms_whole_name_at_the_head_goes_before_the_short_one_of_its_seal() -> None:
    made = sheet([(0.35, "1.2@小滿國際股份有限公司")], [(0.35, "三聯式收銀機統一發票")], [(0.1, "115年03-04月")], [(0.1, "AP-37094711")],
                 [(0.1, "2026/04/02")],
                 [(0.1, "賣方統編 38618839")], [(0.1, "買方統編 04595257")], [(0.1, "盆栽"), (0.75, "2,000TX")], [(0.1, "銷售額"), (0.75,
                                                                                                                       "2,000")],
                 [(0.1, "營業稅 5%"), (0.75, "100")], [(0.1, "總計"), (0.75, "2,100")], [], [(0.5, "小滿國際")], [(0.45, "統一發票專用章")],
                 [(0.5, "38618839")])
    assert values(made)["inv.seller_name"] == "小滿國際股份有限公司"


@pytest.mark.parametrize("price", ["22.00", "22", "?"])
def test_a_number_under_the_buyers_name_is_not_the_sellers_where_the_buyers_words_are_lost(price: str) -> None:
    made = sheet([(0.3, "1.3@小滿家具行統一發票（三聯式）")], [(0.1, "NU-84794402"), (0.8, "115年04月04日")],
                 [(0.14, "禾町能源科技股份有限公司")], [(0.14, "04595257")], [(0.14, "南投縣草屯鎮碧峰里中正路406號")], [],
                 [(0.07, "盆栽"), (0.5, price), (0.7, "22")], [(0.07, "花器"), (0.5, "978.00"), (0.7, "978")],
                 [(0.65, "1,000")], [(0.65, "50")], [(0.65, "1,050")], score=0.98)
    found = values(made)
    assert found["inv.seller_name"] == "小滿家具行"
    assert found["inv.buyer_uniform_no"] == "04595257"
    assert found.get("inv.seller_uniform_no") is None


BILL = ([(0.3, "勞工保險費繳款單")], [(0.1, "保險證號：01877300K"), (0.5, "計費年月：115年09月")], [(0.1, "投保人數：18 人")],
        [(0.1, "應繳保險費：79,593 元")], [(0.1, "繳納期限：115年10月31日")])


@pytest.mark.parametrize("word", ["台照", "寶號", "鈞啟", "收"])
def test_a_bill_is_of_whom_it_is_sent_to(word: str) -> None:
    made = page([(0.1, "臺中市北屯區松竹里松竹五路一段548號")], [(0.1, "小滿雜貨店"), (0.26, word)], *BILL)
    assert values(made)["ins.unit_name"] == "小滿雜貨店"


def test_the_units_name_stands_under_its_label() -> None:
    made = page(BILL[0], [(0.1, "投保單位：")], [(0.1, "小滿輪業")], *BILL[1:], [(0.6, "超商代收")], [(0.6, "收訖")])
    assert values(made)["ins.unit_name"] == "小滿輪業"


def test_a_stamp_of_the_shop_that_took_the_money_names_no_unit() -> None:
    assert values(page(*BILL, [(0.6, "超商代收")], [(0.6, "收訖")])).get("ins.unit_name") is None


def test_stars_guard_what_is_due_and_a_count_stands_beside_its_rate() -> None:
    made = sheet([(0.3, "勞動部勞工保險局保險費繳款單")], [(0.1, "11508"), (0.6, "08269646E")], [(0.1, "保險證號"), (0.3, "繳納期限")],
                 *[[(0.3, rate), (0.47, "8"), (0.63, "309,200"), (0.9, due)] for rate, due in (
                     ("11.5%", "35,557"), ("1%", "3,091"), ("0.14%", "432"), ("0.025%", "77"))], [(0.87, "***39,157")])
    found = values(made)
    assert found["ins.amount_due"] == 39157
    assert found["hc.latest_count"] == 8


def engine(left: float, top: float, text: str, pitch: float) -> Line:
    """A stretch as an engine reads full-width figures: a blank between them, their middles ``pitch`` apart."""
    boxes = tuple(Box(left + pitch / 2 * k, top, left + pitch / 2 * (k + 1), top + 0.016) for k in range(len(text)))
    return Line(text, Box.around(boxes), boxes, 0.97, OCR)


def monthly(count: Line) -> Page:
    rows = [line(0.3, 0.2 + 0.03 * k, f"115年{k + 1:02d}月", score=0.98) for k in range(4)]
    counts = [line(0.6, 0.2 + 0.03 * k, str(n), score=0.98) for k, n in enumerate((12, 14, 15)) if k != 1]
    heads = [line(0.3, 0.05, "投保單位人數資料表", score=0.98), line(0.1, 0.1, "保險證號：01877300K", score=0.98),
             line(0.3, 0.15, "計費年月", score=0.98), line(0.6, 0.15, "月底生效人數", score=0.98), line(0.6, 0.29, "16", score=0.98)]
    return Page(1, 1000, 1400, (*heads, *rows, *counts, count), OCR)


def test_full_width_figures_are_one_count() -> None:
    months = values(monthly(engine(0.6, 0.23, "1 4", 0.02)))["hc.monthly_insured"]
    assert isinstance(months, list)
    assert [m["count"] for m in months] == [12, 14, 15, 16]


def test_figures_of_two_columns_are_two_counts() -> None:
    months = values(monthly(engine(0.63, 0.23, "9 4", 0.06)))["hc.monthly_insured"]
    assert isinstance(months, list)
    assert months[1]["count"] == 9


def by_years(ran_together: bool) -> Page:
    heads = [line(0.1, 0.15, "年月")] + [line(0.16 + 0.065 * k, 0.15, f"{k + 1}月") for k in range(12)]
    rows = [line(0.1, 0.2, "114年", score=0.98), line(0.1, 0.25, "115年", score=0.98)]
    rows += [line(0.16 + 0.065 * k, 0.2, str(48 + k), score=0.98) for k in range(8, 12)]
    later = [61, 62, 63, 64, 65, 66]
    if ran_together:
        text = "616263.646566"
        places = [(0.16 + 0.065 * (k // 2) + 0.01 * (k % 2)) for k in range(6)] + [0.16 + 0.065 * 2.5] + [
            (0.16 + 0.065 * (k // 2) + 0.01 * (k % 2)) for k in range(6, 12)]
        boxes = tuple(Box(p, 0.25, p + 0.008, 0.266) for p in places)
        rows.append(Line(text, Box.around(boxes), boxes, 0.95, OCR))
    else:
        rows += [line(0.16 + 0.065 * k, 0.25, str(n), score=0.98) for k, n in enumerate(later)]
    top = [line(0.3, 0.05, "投保單位人數資料表"), line(0.1, 0.1, "保險證號：01877300K"), line(0.4, 0.1, "單位名稱：小滿烘焙坊")]
    foot = [line(0.1, 0.35, "查詢期間：114/09至115/06"), line(0.5, 0.35, "印表日期：115/07/19")]
    return Page(1, 1400, 1000, (*top, *heads, *rows, *foot), OCR)


@pytest.mark.parametrize("ran_together", [False, True])
def test_a_row_of_a_year_is_parted_by_the_heads_of_its_months(ran_together: bool) -> None:
    found = read(by_years(ran_together)).fields
    months = found["hc.monthly_insured"].value
    assert isinstance(months, list)
    assert [m["month"] for m in months] == [f"2025-{k:02d}" for k in range(9, 13)] + [f"2026-{k:02d}" for k in range(1, 7)]
    assert [m["count"] for m in months] == [56, 57, 58, 59, 61, 62, 63, 64, 65, 66]
    assert found["hc.latest_count"].value == 66


def test_a_table_that_begins_after_its_printed_period_waits_for_a_person() -> None:
    whole = by_years(False)
    lost = Page(1, 1400, 1000, tuple(n for n in whole.lines if n.text != "56"), OCR)
    found = read(lost).fields["hc.monthly_insured"]
    assert found.status == "review"
    assert any("期間" in doubt for doubt in found.doubts)


@pytest.mark.parametrize(("serial", "said"), [("序", "115年09月底在保人數：5 人"), ("序號", "115年09月底在保人數：5 人"), ("編號",
                                                                                                      "合計 5 人 115年09月")])
def test_lists_side_by_side_are_counted_all(serial: str, said: str) -> None:
    people = [("王大明", "A123***789"), ("李小華", "B223***780"), ("陳志強", "C123***781"), ("林美玲", "F223***784"), ("吳國安",
                                                                                                           "G123***785")]
    heads = [(0.05, serial), (0.12, "姓名"), (0.22, "身分證號"), (0.36, "投保薪資"), (0.52, serial), (0.59, "姓名"), (0.69, "身分證號"),
             (0.83, "投保薪資")]
    rows = []
    for k in range(3):
        row = [(0.05, str(k + 1)), (0.12, people[k][0]), (0.22, people[k][1]), (0.36, "34,800")]
        if k < 2:
            row += [(0.52, str(k + 4)), (0.59, people[k + 3][0]), (0.69, people[k + 3][1]), (0.83, "27,600")]
        rows.append(row)
    made = sheet([(0.35, "投保單位被保險人名冊")], [(0.05, "投保單位名稱：小滿烘焙坊")], [(0.05, "保險證號：01877300K"), (0.6, said)],
                 heads, *rows, [(0.05, "以下空白")], score=0.96)
    found = read(made).fields["hc.latest_count"]
    assert found.value == 5
    assert not any("名冊列出" in doubt for doubt in found.doubts)


def test_the_other_of_two_numbers_behind_names_is_the_other_partys() -> None:
    made = sheet([(0.05, "電子發票證明聯"), (0.3, "115年03-04月")], [(0.05, "發票號碼 RA12847459"), (0.3, "隨機碼 0802")], [(0.05,
                                                                                                             "開立日期115年04月22日")],
                 [(0.1, "禾町醫療器材股份有限公司（04595257）")], [(0.05, "賣方"), (0.12, "小滿商號（38618839）")], [(0.05, "品名"), (0.4,
                                                                                                              "數量"), (0.6, "單價"), (0.8,
                                                                                                                                   "金額")],
                 [(0.05, "盆栽"), (0.4, "3"), (0.6, "175"), (0.8, "525")], [(0.5, "銷售額 500"), (0.65, "稅額 25"), (0.8, "總計NT$ 525")])
    found = values(made)
    assert found["inv.seller_uniform_no"] == "38618839"
    assert found["inv.buyer_uniform_no"] == "04595257"


def down(left: float, text: str, top: float = 0.05) -> Line:
    """A column written from top to bottom."""
    boxes = tuple(Box(left, top + 0.022 * k, left + 0.03, top + 0.022 * (k + 1)) for k in range(len(text)))
    return Line(text, Box.around(boxes), boxes)


def in_columns(total: str, *seal: str) -> Page:
    columns = [down(0.85, "收據"), down(0.7, "茲收到禾町設計公司台照"), down(0.57, "盆栽十二個計參佰元"), down(0.44, "花器一個計貳仟元"),
               down(0.3, f"合計新臺幣{total}"), down(0.17, "此據中華民國一百一十五年八月十二日")]
    return Page(1, 1000, 1400, (*columns, *(line(0.2, 0.7 + 0.02 * k, text) for k, text in enumerate(seal))))


SEALED = ("小滿花坊", "免用統一發票專用章", "統一編號38618839", "負責人傅珈")


@pytest.mark.parametrize("seal", [SEALED, ("小滿環境維護企", "業社", *SEALED[1:]), ("小滿股份有", "限公司", *SEALED[1:])])
def test_a_receipt_written_in_columns_is_read(seal: tuple[str, ...]) -> None:
    found = read(in_columns("貳仟參佰元整", *seal)).fields
    assert found["inv.total_amount"].value == 2300
    assert found["inv.total_amount"].status == "accepted"
    assert found["inv.date"].value == "2026-08-12"
    assert found["inv.seller_uniform_no"].value == "38618839"
    assert found["inv.seller_name"].value == "".join(seal[:-3])


def test_lines_in_words_that_make_another_total_vouch_for_none() -> None:
    assert "check:sum" not in read(in_columns("貳仟肆佰元整", *SEALED)).fields["inv.total_amount"].witnesses


@pytest.mark.parametrize("before", ["阿江的套特", "月結三十日", "×"])
def test_the_words_of_a_total_tell_net_and_tax_where_its_figures_are_lost(before: str) -> None:
    made = sheet([(0.3, "1.3@小滿家具行統一發票（三聯式）")], [(0.1, "NU-84794402"), (0.8, "115年04月04日")], [(0.1, "買受人"), (0.2,
                                                                                                             "禾町能源科技股份有限公司")],
                 [(0.1, "統一編號"), (0.2, "04595257")], [], [(0.07, "盆栽"), (0.4, "8"), (0.5, "600"), (0.7, "4,800")], [(0.7, "4, 800")],
                 [(0.7, "240")],
                 [(0.7, "5,04G")], [(0.07, before), (0.3, "伍仟零肆拾元整")], score=0.98)
    found = values(made)
    assert (found["inv.net_amount"], found["inv.tax_amount"], found["inv.total_amount"]) == (4800, 240, 5040)


@pytest.mark.parametrize("word", ["捐款", "租金", "押標"])
def test_a_receipt_of_another_sort_set_wide_is_none_of_ours(word: str) -> None:
    title = [(0.3 + 0.06 * k, f"1.5@{c}") for k, c in enumerate(word + "收據")]
    made = sheet(title, [(0.1, "茲收到禾町設計公司")], [(0.1, "新臺幣貳仟參佰元整")], [(0.1, "此據")], [(0.1, "中華民國115年8月12日")])
    assert read(made).kind == "unknown"


def test_a_deadline_below_what_is_due_is_no_amount() -> None:
    made = page(*BILL[:3], [(0.1, "應繳金額")], [(0.1, "104/04/28")], [(0.1, "***45,659")])
    assert values(made)["ins.amount_due"] == 45659


MONTHS = ("1月", "2月", "3月", "4月")
CHINESE = ("一月", "二月", "三月", "四月")


@pytest.mark.parametrize("across", [MONTHS, CHINESE, tuple(f"{m}份" for m in MONTHS)])
@pytest.mark.parametrize("years", [("114年", "115年"), ("114年度", "115年度"), ("2025年", "2026年"), ("114", "115"),
                                   ("民國114年", "民國115年")])
@pytest.mark.parametrize("turned", [False, True])
def test_years_and_months_make_a_grid_either_way_round(across: tuple[str, ...], years: tuple[str, ...], turned: bool) -> None:
    counts = {(y, m): 20 + 4 * k + n for k, y in enumerate(years) for n, m in enumerate(across) if (k, n) not in ((0, 0), (1, 3))}
    heads, sides = (years, across) if turned else (across, years)
    rows = [[(0.1, side), *((0.3 + 0.13 * n, str(count)) for n, head in enumerate(heads)
                            if (count := counts.get((head, side) if turned else (side, head))))] for side in sides]
    made = page([(0.3, "投保單位人數資料表")], [(0.1, "保險證號：01877300K"), (0.5, "單位名稱：小滿烘焙坊")],
                [(0.1, "印表日期：115/10/16")], [(0.1, "年月"), *((0.3 + 0.13 * n, head) for n, head in enumerate(heads))], *rows,
                [(0.1, "資料結束")])
    months = values(made)["hc.monthly_insured"]
    assert isinstance(months, list)
    assert [m["month"] for m in months] == ["2025-02", "2025-03", "2025-04", "2026-01", "2026-02", "2026-03"]
    assert [m["count"] for m in months] == [21, 22, 23, 24, 25, 26]


def test_the_line_under_the_buyers_word_is_the_sellers_where_its_own_word_is_lost() -> None:
    made = sheet([(0.05, "電子發票證明聯"), (0.3, "115年03-04月")], [(0.05, "發票號碼 RA12847459"), (0.3, "隨機碼 0802")],
                 [(0.05, "開立日期115年04月22日")], [(0.05, "買"), (0.1, "方"), (0.127, "禾町醫療器材股份有限公司（04595257）")],
                 [(0.1, "方小滿商號（38618839）")], [], [(0.14, "品名/規格"), (0.34, "數量"), (0.61, "單價"), (0.79, "金額")],
                 [(0.05, "盆栽"), (0.4, "3"), (0.6, "175"), (0.8, "525")],
                 [(0.5, "銷售額 500"), (0.65, "稅額 25"), (0.8, "總計NT$ 525")], score=0.97)
    found = values(made)
    assert (found["inv.buyer_uniform_no"], found["inv.seller_uniform_no"]) == ("04595257", "38618839")


@pytest.mark.parametrize("due", ["本期應實繳稅額", "本月應實繳稅額", "應實繳稅額"])
def test_a_figure_stands_under_the_whole_of_its_head(due: str) -> None:
    made = page([(0.3, "營業人銷售額與稅額申報書")], [(0.05, "統一編號"), (0.35, "營業人名稱"), (0.65, "所屬年月份")],
                [(0.05, "38618839"), (0.35, "小滿烘焙坊"), (0.65, "114年11-12月")], [(0.05, "銷售額總計"), (0.35, due)],
                [(0.05, "54,187"), (0.35, "355")])
    assert values(made)["tax.tax_payable"] == 355
