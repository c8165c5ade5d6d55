"""What each kind promises of its paper, on pages set by hand."""

from __future__ import annotations

import pytest

from domain.document import Box, Line, Page, Rule
from domain.field import DocumentReading
from extractors.papers import read_papers

Row = list[tuple[float, str]]


def page(*rows: Row, number: int = 1, cells: tuple[Rule, ...] = (), step: float = 0.03) -> Page:
    """Rows of (left edge, text) from a text layer; a character is 1.5 % wide, a Latin one half of it."""
    lines = []
    for k, row in enumerate(rows):
        top = 0.03 + step * k
        for left, text in row:
            at, chars = left, []
            for c in text:
                width = 0.015 if ord(c) > 0x2E80 else 0.008
                chars.append(Box(at, top, at + width, top + 0.015))
                at += width
            lines.append(Line(text, Box.around(chars), tuple(chars)))
    return Page(number, 1000, 1400, tuple(lines), cells=cells)


def read(*pages: Page) -> DocumentReading:
    (paper,) = read_papers(pages)
    return paper


def values(paper: DocumentReading) -> dict[str, object]:
    return {f: r.value for f, r in paper.fields.items()}


def letter(subject: str, *more: str) -> Page:
    return page([(0.35, "臺北市政府　函")], [(0.1, "受文者：雲海資訊股份有限公司")], [(0.1, "發文日期：中華民國一百一十一年十二月十四日")],
                [(0.1, "發文字號：府產業商字第11156136990號")], [(0.1, "速別：普通件")], [(0.1, f"主旨：{subject}")], [(0.1, "說明：")],
                [(0.12, "一、依據公司法、公司登記辦法及貴公司111年12月10日（收文日）申請書辦理。")], *([(0.12, m)] for m in more),
                [(0.1, "正本：雲海資訊股份有限公司")])


class TestApprovalLetter:
    def test_a_founding_letter_s_date_is_the_date_of_founding(self) -> None:
        found = values(read(letter("貴公司申請公司設立登記（統一編號：16158574），經核符合規定，准予登記，請查照。")))
        assert found == {"org.uniform_no": "16158574", "org.name": "雲海資訊股份有限公司", "reg.approval_date": "2022-12-14",
                         "reg.approval_no": "府產業商字第11156136990號", "reg.form_kind": "設立", "org.founding_date": "2022-12-14"}

    @pytest.mark.parametrize("subject", [
        "貴公司申請改選董事監察人、修正章程變更登記(統一編號：16158574)，經核與規定相符，准予登記，隨函檢送變更登記表1份，請查照。",
        "貴公司申請增資、發行新股登記（統一編號：16158574）乙案，准如所請，准予登記。"])
    def test_a_letter_of_change_gives_no_date_of_founding(self, subject: str) -> None:
        found = values(read(letter(subject)))
        assert found["reg.form_kind"] == "變更"
        assert "org.founding_date" not in found

    def test_a_number_of_another_year_than_the_date_is_doubted(self) -> None:
        made = letter("貴公司申請公司設立登記（統一編號：16158574），經核符合規定，准予登記。")
        lines = tuple(Line(n.text.replace("第111", "第109"), n.box, n.chars) for n in made.lines)
        paper = read(Page(1, 1000, 1400, lines))
        assert paper.fields["reg.approval_no"].status == "review"


def form(*rows: Row, title: str = "股份有限公司變更登記表", number: int = 1, of: int = 1) -> Page:
    return page([(0.7, f"共 {of} 頁 第 {number} 頁")], [(0.4, title)], [(0.45, "公司預查編號"), (0.7, "111070592")], [(0.45,
            "※公司統一編號"), (0.7, "16158574")],
                [(0.45, "僑外投資事業"), (0.7, "□是■否")], *rows, number=number)


SHARES: tuple[Row, ...] = (
    [(0.1, "一、公司名稱"), (0.3, "中文"), (0.4, "雲海資訊"), (0.75, "股份有限公司")], [(0.1, "二、（郵遞區號）公司所在地"), (0.4,
            "(110045)臺北市信義區基隆路一段248號7樓")],
    [(0.1, "三、代表公司負責人"), (0.4, "侯海寧")], [(0.1, "四、每股金額（阿拉伯數字）"), (0.4, "10元")], [(0.1,
            "五、資本總額（阿拉伯數字）"), (0.5, "30,000,000元")],
    [(0.1, "※核准登記日期文號"), (0.4, "111年12月14日　府產業商字第11156136990號")])


class TestRegistrationForm:
    @pytest.mark.parametrize("order", [("六、實收資本總額", "七、股份總數"), ("七、實收資本總額", "六、股份總數")])
    def test_the_numeral_of_a_label_does_not_matter(self, order: tuple[str, str]) -> None:
        rows = sorted(([(0.1, order[0]), (0.5, "18,806,430元")], [(0.1, order[1]), (0.5, "3,000,000股")]), key=lambda r: r[0][1])
        found = values(read(form(*SHARES, *rows, [(0.1, "八、已發行股份總數"), (0.4, "1.普通股"), (0.6, "1,880,643股")])))
        assert found["fin.paid_in_capital"] == 18806430
        assert found["fin.authorized_capital"] == 30000000

    def test_a_name_s_preprinted_suffix_belongs_to_it(self) -> None:
        assert values(read(form(*SHARES)))["org.name"] == "雲海資訊股份有限公司"

    def test_shares_times_par_vouch_for_the_capital(self) -> None:
        paper = read(form(*SHARES, [(0.1, "六、實收資本總額"), (0.5, "18,806,430元")], [(0.1, "八、已發行股份總數"), (0.4, "1.普通股"),
                                                                                        (0.6, "1,880,643股")]))
        assert "check:shares-times-par" in paper.fields["fin.paid_in_capital"].witnesses

    def test_shares_that_contradict_the_capital_send_it_to_a_person(self) -> None:
        paper = read(form(*SHARES, [(0.1, "六、實收資本總額"), (0.5, "8,806,430元")], [(0.1, "八、已發行股份總數"), (0.4, "1.普通股"),
                                                                                       (0.6, "1,880,643股")]))
        assert paper.fields["fin.paid_in_capital"].status == "review"

    def test_a_limited_company_s_total_is_its_paid_in_capital(self) -> None:
        paper = read(page([(0.4, "有限公司設立登記表")], [(0.45, "公司預查編號"), (0.7, "111070592")], [(0.45, "※公司統一編號"), (0.7,
                "16158574")],
                          [(0.45, "僑外投資事業"), (0.7, "□是■否")], [(0.1, "一、公司名稱"), (0.3, "中文"), (0.4, "雲海餐飲有限公司")],
                          [(0.1, "三、資本總額"), (0.4, "新臺幣 1,000,000 元（阿拉伯數字）")], [(0.1, "五、代表人姓名"), (0.4, "侯海寧")],
                          [(0.1, "六、公司章程訂定日期"), (0.4, "111年12月5日")]))
        assert paper.fields["fin.paid_in_capital"].value == 1000000
        assert paper.fields["reg.form_kind"].value == "設立"

    def test_missing_pages_are_told(self) -> None:
        assert any("共 3 頁" in p for p in read(form(*SHARES, of=3)).problems)

    def test_an_empty_approval_box_gives_no_field(self) -> None:
        paper = read(form(*SHARES[:-1], [(0.1, "※核准登記日期文號")]))
        assert "reg.approval_no" not in paper.fields


def table(*rows: Row) -> Page:
    return page([(0.3, "勞動部勞工保險局投保單位人數資料表")], [(0.1, "保險證號：01877300K"), (0.5, "單位名稱：雲海資訊股份有限公司")],
                [(0.1, "計費年月：11409 至 11411"), (0.5, "印表日期：115/10/16")], [(0.2,
                                                                                     "月底生效人數(不含月底當日退保者)")], *rows, [(0.1,
                                                                                             "資料結束")])


HEAD: Row = [(0.1, "序號"), (0.3, "計費年月"), (0.6, "月底生效人數")]


class TestHeadcountTable:
    def test_the_rows_are_read_oldest_first_whatever_their_order(self) -> None:
        paper = read(table(HEAD, [(0.1, "1"), (0.3, "11411"), (0.6, "36")], [(0.1, "2"), (0.3, "11410"), (0.6, "37")], [(0.1, "3"), (0.3,
                "11409"), (0.6, "35")]))
        found = values(paper)
        assert found["hc.monthly_insured"] == [{"month": "2025-09", "count": 35}, {"month": "2025-10", "count": 37}, {"month": "2025-11",
                "count": 36}]
        assert (found["hc.latest_month"], found["hc.latest_count"]) == ("2025-11", 36)
        assert found["ins.printed_on"] == "2026-10-16"

    def test_two_columns_side_by_side_are_both_read(self) -> None:
        head = [*HEAD[1:], (0.7, "計費年月"), (0.85, "月底生效人數")]
        row = [(0.3, "114/09"), (0.6, "35"), (0.7, "114/10"), (0.9, "37")]
        assert values(read(table(head, row)))["hc.monthly_insured"] == [{"month": "2025-09", "count": 35}, {"month": "2025-10",
                "count": 37}]

    def test_a_table_of_years_and_months_is_read(self) -> None:
        months = [(0.2 + 0.06 * m, f"{m}月") for m in range(1, 13)]
        counts = [(0.2 + 0.06 * m, f"{30 + m}") for m in range(1, 13)]
        found = values(read(table([(0.1, "年度"), *months], [(0.1, "114年"), *counts])))
        assert found["hc.monthly_insured"] == [{"month": f"2025-{m:02d}", "count": 30 + m} for m in range(1, 13)]

    def test_a_gap_between_months_is_doubted(self) -> None:
        paper = read(table(HEAD, [(0.1, "1"), (0.3, "11411"), (0.6, "36")], [(0.1, "2"), (0.3, "11409"), (0.6, "35")]))
        assert paper.fields["hc.monthly_insured"].status == "review"
        assert paper.problems

    def test_a_leap_of_one_month_is_doubted(self) -> None:
        rows: list[Row] = [[(0.1, str(i)), (0.3, f"114{m:02d}"), (0.6, "4" if m == 5 else "41")] for i, m in enumerate(range(3, 9))]
        assert read(table(HEAD, *rows)).fields["hc.monthly_insured"].status == "review"


class TestInvoice:
    def slip(self, net: str, tax: str, total: str, words: str) -> Page:
        return page([(0.1, "QX20481357"), (0.4, "統一發票（三聯式）")], [(0.4, "中華民國115年9、10月份")], [(0.1,
                "買受人：東曜精密工業股份有限公司")],
                    [(0.1, "統一編號：04595257"), (0.6, "中華民國115年9月14日")], [(0.1, "品名"), (0.3, "數量"), (0.4, "單價"), (0.5,
                            "金額"), (0.7, "備註")],
                    [(0.1, "維護服務"), (0.5, net)], [(0.1, "銷售額合計"), (0.5, net), (0.7, "雲海資訊股份有限公司")],
                    [(0.1, "營業稅"), (0.2, "應稅✓零稅率免稅"), (0.5, tax), (0.7, "統一發票專用章")], [(0.1, "總"), (0.4, "計"), (0.5,
                            total), (0.7, "16158574")],
                    [(0.1, f"總計新臺幣（中文大寫）{words}")], [(0.1, "第三聯　收執聯")])

    def test_all_of_a_typed_invoice_is_read(self) -> None:
        paper = read(self.slip("110,000", "5,500", "115,500", "億仟佰壹拾壹萬伍仟伍佰零拾零元"))
        assert values(paper) == {"inv.number": "QX20481357", "inv.date": "2026-09-14", "inv.buyer_uniform_no": "04595257",
                                 "inv.seller_uniform_no": "16158574",
                                 "inv.seller_name": "雲海資訊股份有限公司", "inv.net_amount": 110000, "inv.tax_amount": 5500,
                                 "inv.total_amount": 115500}

    def test_amounts_in_words_and_figures_that_differ_go_to_a_person(self) -> None:
        paper = read(self.slip("110,000", "5,500", "115,500", "億仟佰壹拾壹萬陸仟伍佰零拾零元"))
        assert paper.fields["inv.total_amount"].status == "review"
        assert "116,500" in paper.fields["inv.total_amount"].doubts[0]

    def test_a_sum_that_does_not_add_up_goes_to_a_person(self) -> None:
        paper = read(self.slip("110,000", "5,500", "116,500", ""))
        assert paper.fields["inv.net_amount"].status == "review"
        assert paper.problems


def roster(total: str, *numbers: str) -> Page:
    people: list[Row] = [[(0.1, str(i + 1)), (0.2, "傅海寧"), (0.35, n), (0.6, "30,300")] for i, n in enumerate(numbers)]
    return page([(0.3, "勞工保險被保險人名冊（計算名冊）")], [(0.1, "保險證號：05974145U"), (0.4, "單位名稱：小滿烘焙坊"), (0.7,
            "計費年月：115年10月")],
                [(0.1, "序號"), (0.2, "姓名"), (0.35, "身分證號"), (0.6, "投保薪資")], *people, [(0.1, total)])


class TestRoster:
    def test_the_printed_total_is_vouched_for_by_the_rows(self) -> None:
        paper = read(roster("合計　被保險人數：2 人（本國籍 1 人、外國籍 1 人）", "B246425605", "A800000014"))
        assert (paper.fields["hc.latest_count"].value, paper.fields["ins.domestic_count"].value) == (2, 1)
        assert "check:row-count" in paper.fields["hc.latest_count"].witnesses

    def test_rows_that_do_not_make_the_total_are_told(self) -> None:
        paper = read(roster("合計　被保險人數：3 人", "B246425605", "A800000014"))
        assert paper.fields["hc.latest_count"].status == "review"
        assert paper.problems

    def test_nationals_are_counted_from_a_column_of_nationalities(self) -> None:
        people: list[Row] = [[(0.1, str(i + 1)), (0.2, "傅海寧"), (0.35, n), (0.6, "30,300"), (0.8, c)]
                             for i, (n, c) in enumerate((("B246425605", "本國"), ("A800000014", "越南")))]
        head: Row = [(0.1, "保險證號：05974145U"), (0.4, "單位名稱：小滿烘焙坊"), (0.7, "計費年月：115年10月")]
        columns: Row = [(0.1, "序號"), (0.2, "姓名"), (0.35, "身分證號"), (0.6, "投保薪資"), (0.8, "國籍")]
        paper = read(page([(0.3, "勞工保險被保險人名冊（計算名冊）")], head, columns, *people))
        assert (paper.fields["hc.latest_count"].value, paper.fields["ins.domestic_count"].value) == (2, 1)
