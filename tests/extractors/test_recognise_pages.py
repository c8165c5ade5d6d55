"""Which pages make one paper where they print only a number each, or come out of order with another paper behind them."""

from __future__ import annotations

from hand_pages import page

from domain.document import Page
from extractors.kinds import load
from extractors.papers import read_papers
from extractors.readers.ink import Sheet
from extractors.recognise import judge
from extractors.recognise import recognise as recognised


def roster(number: int, says: str, name: str = "林曉晴") -> Page:
    people = [[(0.1, str(k)), (0.2, name), (0.4, "A12****89"), (0.6, "30,300")] for k in range(1, 4)]
    return page([(0.3, "勞工保險被保險人投保名冊")], [(0.1, "保險證號：01234567A"), (0.6, "單位名稱：雲海資訊股份有限公司")],
                [(0.1, "計費年月：115年09月"), (0.7, says)], [(0.1, "序號"), (0.2, "姓名"), (0.4, "身分證號"), (0.6, "投保薪資")], *people,
                number=number)


def slip(number: int) -> Page:
    return page([(0.3, "停車費收費單")], [(0.1, "車號：ABC-1234")], [(0.1, "入場時間：115/10/01 10:00")], number=number)


def test_a_slip_behind_pages_out_of_order_is_no_page_of_theirs() -> None:
    found = recognised([roster(1, "第1頁/共3頁"), roster(2, "第3頁/共3頁"), roster(3, "第2頁/共3頁"), slip(4)])
    assert [(f.kind, f.document.numbers) for f in found] == [("insured_roster", (1, 3, 2)), ("unknown", (4,))]


def test_a_page_without_a_number_goes_on_where_the_first_page_says_there_are_more() -> None:
    blank = page([(0.1, "備註：本頁以下空白。")], number=2)
    found = recognised([roster(1, "第1頁/共2頁"), blank])
    assert [f.document.numbers for f in found] == [(1, 2)]


def test_a_return_on_two_pages_of_which_the_second_prints_its_number_alone() -> None:
    first = page([(0.3, "營業人銷售額與稅額申報書（403）")],
                 [(0.1, "所屬年月份"), (0.3, "115年09-10月"), (0.6, "統一編號"), (0.75, "22099131")],
                 [(0.1, "營業人名稱"), (0.3, "雲海資訊股份有限公司"), (0.6, "稅籍編號"), (0.75, "332107696")],
                 [(0.1, "銷售額總計"), (0.7, "5,595,291")])
    rows = [("101", "本期(月)銷項稅額合計", "245,341"), ("107", "得扣抵進項稅額合計", "54,555"), ("110", "小計(7+8+9)", "54,555"),
            ("111", "本期(月)應實繳稅額", "190,786"), ("112", "本期(月)申報留抵稅額", "0")]
    second = page([(0.07, "雲海資訊股份有限公司"), (0.3, "22099131"), (0.7, "115年09-10月"), (0.88, "第2頁")],
                  [(0.1, "丙、稅額計算")], [(0.1, "代號"), (0.4, "項目"), (0.8, "稅額")],
                  *([(0.4, said), (0.1, line), (0.8, tax)] for line, said, tax in rows), number=2)
    (paper,) = read_papers([first, second])
    assert (paper.kind, paper.pages) == ("vat_return", (1, 2))


def test_words_that_name_a_seal_are_no_title() -> None:
    sheet = Sheet(page([(0.1, "核收機關及人員蓋章處")], [(0.1, "申報單位蓋章處（統一發票專用章）")], [(0.1, "合計"), (0.4, "100")]))
    assert judge(sheet, load()).kind == "unknown"
