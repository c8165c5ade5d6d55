"""Registers in running text, lists over pages, amounts under units, codes set wide: what is printed so is read, what is cut is doubted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hand_pages import Row, line, page, read, values

from domain.document import OCR, Page

CERTIFIED = {"org.uniform_no": "38618839", "org.name": "小滿烘焙坊", "org.organization_type": "合夥", "org.responsible_person": "羅穎政",
             "fin.paid_in_capital": 100_000, "org.registered_address": "臺南市安平區億載里新港路一段55巷383號11樓之8",
             "org.founding_date": "2003-09-12", "org.last_change_date": "2019-02-12", "org.business_items": ["F214010", "JA01010"]}
ITEMS: list[Row] = [[(0.17, "登記營業項目如下：")], [(0.17, "一、F214010"), (0.4, "汽車零售業")], [(0.17, "二、JA01010"), (0.4,
                                                                                                         "汽車修理業")]]


def certificate(*lines: str) -> Page:
    return page([(0.35, "商業登記證明書")], [(0.75, "證字第733922號")], *[[(0.12, text)] for text in lines], *ITEMS,
                [(0.22, "臺南市政府經濟發展局")], [(0.3, "中華民國115年10月27日")])


BROKEN = ("查小滿烘焙坊（統一編號：38618839）係合夥商業，負責人羅穎", "政，登記資本額新臺幣100,000元整，營業所設於臺南市安平區億載里新",
          "港路一段55巷383號11樓之8，於民國92年9月12日核准設立登記，最近一", "次變更登記為民國108年2月12日，現仍登記在案，特此證明。")
OTHERWISE = ("茲證明小滿烘焙坊，係合夥組織，負責人為羅穎政，統一編號38618839，",
             "資本額為新臺幣壹拾萬元整，所在地為臺南市安平區億載里新港路一段",
             "55巷383號11樓之8，民國92年9月12日經核准設立，最後變更登記日期為", "民國108年2月12日。")


@pytest.mark.parametrize("lines", [BROKEN, OTHERWISE])
def test_a_certificate_in_running_text(lines: tuple[str, ...]) -> None:
    found = read(certificate(*lines))
    assert {f: r.value for f, r in found.fields.items()} == CERTIFIED
    assert found.fields["org.responsible_person"].status == "accepted"


def test_a_name_whose_end_may_stand_in_the_next_line_waits_for_a_person() -> None:
    found = read(certificate("查小滿烘焙坊（統一編號：38618839）係合夥商業，負責人羅穎",
                             "經本府核准設立登記在案。")).fields["org.responsible_person"]
    assert (found.value, found.status) == ("羅穎", "review")


def test_a_letter_to_an_agent_names_the_firm_in_its_subject() -> None:
    agent = "柯會計師事務所（代理人）"
    found = values(page([(0.4, "經濟部　函")], [(0.1, f"受文者：{agent}")], [(0.1, "發文日期：中華民國113年9月19日")],
                        [(0.1, "發文字號：經授商字第11354321000號")], [(0.1,
                                                             "主旨：石樂傳播股份有限公司（統一編號：38618839）申請增資、發行新股、")],
                        [(0.15, "修正章程變更登記乙案，准予登記，請查照。")], [(0.1, "說明：")], [(0.1, f"正本：{agent}")],
                        [(0.1, "副本：石樂傳播股份有限公司、財政部臺北國稅局")]))
    assert (found["org.name"], found["org.uniform_no"], found["reg.form_kind"]) == ("石樂傳播股份有限公司", "38618839", "變更")


def test_a_status_without_a_word_before_it() -> None:
    card = page([(0.1, "商工登記公示資料")], [(0.07, "玄百玻璃股份有限公司"), (0.8, "核准設立")], [(0.07, "統一編號")], [(0.07,
                                                                                                "38618839")],
                [(0.07, "資本總額(元)")], [(0.07, "4,000,000")], [(0.07, "核准設立日期")], [(0.07, "102年02月02日")])
    assert values(card)["org.status"] == "核准設立"


NAMES = ("汽車零售業", "汽車修理業", "圖書出版業", "軟體出版業", "雜誌出版業")
CODES = ("F214010", "JA01010", "J304010", "J399010", "J303010")


def listing(codes: tuple[str, ...], names: tuple[str, ...], number: int, head: bool = True) -> Page:
    rows: list[Row] = [[(0.3, code), (0.45, name)] for code, name in zip(codes, names, strict=True)]
    top: list[Row] = [[(0.3, "公司基本資料")], [(0.1, "統一編號"), (0.3, "38618839")], [(0.1, "公司名稱"), (0.3, "石樂傳播股份有限公司")],
                      [(0.1, "登記現況"), (0.3, "核准設立")], [(0.1, "所營事業資料")]] if head else [[(0.6, "商工登記公示資料查詢服務")]]
    return page(*top, *rows, [(0.9, f"{number}/2")], number=number)


def test_a_list_goes_on_to_a_page_without_its_head() -> None:
    found = read(listing(CODES[:3], NAMES[:3], 1), listing(CODES[3:], NAMES[3:], 2, head=False))
    assert found.fields["org.business_items"].value == list(CODES)
    cut = listing(CODES[3:], NAMES[3:], 2, head=False)
    lost = replace(cut, lines=tuple(n for n in cut.lines if n.text not in CODES))
    left = read(listing(CODES[:3], NAMES[:3], 1), lost).fields["org.business_items"]
    assert "paired" not in left.witnesses


@pytest.mark.parametrize("printed", ["F ２ 1 4 0 1 0", "F2 14 010", "Ｆ２１４０１０"])
def test_a_code_whose_signs_stand_apart(printed: str) -> None:
    made = listing(CODES[:3], NAMES[:3], 1)
    lines = tuple(replace(line(n.box.left, n.box.top, printed)) if n.text == CODES[0] else n for n in made.lines)
    assert values(replace(made, lines=lines))["org.business_items"] == list(CODES[:3])


def form(*more: Row) -> Page:
    head: list[Row] = [[(0.3, "股份有限公司變更登記表")], [(0.1, "公司統一編號"), (0.4, "38618839")], [(0.1, "公司名稱"), (0.4,
                                                                                                      "石樂傳播股份有限公司")],
                       [(0.1, "每股金額"), (0.4, "10元")]]
    return page(*head, *more)


UNITS = "拾億仟佰拾萬仟佰拾元"


def under(figures: str, first: int) -> Row:
    return [(0.4 + 0.015 * (first + k), c) for k, c in enumerate(figures)]


def test_figures_under_printed_units_make_one_amount() -> None:
    found = read(form([(0.1, "實收資本總額"), (0.4, UNITS)], under("48250000", 2), [(0.1, "普通股"), (0.4, "4,825,000股")])).fields
    assert (found["fin.paid_in_capital"].value, found["fin.paid_in_capital"].status) == (48_250_000, "accepted")
    for figures, first in (("4825000", 2), ("48", 2)):
        short = read(form([(0.1, "實收資本總額"), (0.4, UNITS)], under(figures, first))).fields.get("fin.paid_in_capital")
        assert short is None or short.status == "review"


def test_a_capital_is_found_by_its_shares_where_its_words_are_lost() -> None:
    found = read(form([(0.1, "八、已發行股份總數"), (0.5, "普通股360,000股　特別股0股")], [(0.6, "3,600,000元")], [(0.1, "五、實本總"),
                                                                                                (0.6, "8,000,000元")]))
    paid = found.fields["fin.paid_in_capital"]
    assert paid.value == 3_600_000
    assert "check:shares-times-par" in paid.witnesses


def test_an_extract_calls_its_approval_by_shorter_words() -> None:
    found = values(form([(0.1, "核准日期"), (0.4, "103年08月17日")], [(0.1, "核准文號"), (0.4, "經授商字第10351845970號")]))
    assert (found["reg.approval_date"], found["reg.approval_no"]) == ("2014-08-17", "經授商字第10351845970號")


def test_a_year_that_lost_figures_is_proposed_by_the_letter_s_number() -> None:
    made = page([(0.4, "經濟部　函")], [(0.1, "受文者：石樂傳播股份有限公司")], [(0.1, "發文日期：中華民國1年1月18日")],
                [(0.1, "發文字號：經授商字第11154321000號")], [(0.1, "主旨：貴公司申請設立登記，准予登記，請查照。統一編號：38618839")],
                [(0.1, "說明：")])
    lines = tuple(replace(n, source=OCR, confidence=0.95) for n in made.lines)
    found = read(replace(made, source=OCR, lines=lines)).fields
    for name in ("reg.approval_date", "org.founding_date"):
        assert (found[name].value, found[name].status) == ("2022-01-18", "review")


@pytest.mark.parametrize("printed", ["1F214010", "01F214010", "1.F214010", "(1)F214010"])
def test_a_code_right_behind_the_number_of_its_line(printed: str) -> None:
    made = listing(CODES[:3], NAMES[:3], 1)
    lines = tuple(line(n.box.left, n.box.top, printed) if n.text == CODES[0] else n for n in made.lines)
    assert values(replace(made, lines=lines))["org.business_items"] == list(CODES[:3])


def test_the_form_of_a_firm_is_nobody_s_name() -> None:
    made = form([(0.1, "（代表公司負責"), (0.4, "有限公司設立登記表")], [(0.1, "代表公司負責人"), (0.4, "鍾芬瑜")])
    chief = read(made).fields["org.responsible_person"]
    assert (chief.value, chief.status) == ("鍾芬瑜", "accepted")


@pytest.mark.parametrize(("office", "sure"), [("經授商", True), ("經授窗", False)])
def test_of_a_letter_s_number_only_the_figures_count_where_its_office_is_known(office: str, sure: bool) -> None:
    made = page([(0.4, "經濟部　函")], [(0.1, "受文者：石樂傳播股份有限公司")], [(0.1, "發文日期：中華民國111年1月18日")],
                [(0.1, f"發文字號：{office}字第11154321000號")], [(0.1, "主旨：貴公司申請設立登記，准予登記，請查照。統一編號：38618839")],
                [(0.1, "說明：")])
    lines = tuple(replace(n, source=OCR, confidence=0.95,
                          scores=tuple(0.93 if c in "授字第" else 0.999 for c in n.text)) for n in made.lines)
    found = read(replace(made, source=OCR, lines=lines)).fields["reg.approval_no"]
    assert (found.confidence >= 0.99) is sure
    assert found.status == "review"


def test_the_postal_codes_of_directors_are_no_codes_of_business_items() -> None:
    title = "石樂傳播股份有限公司變更登記表"
    rows: list[Row] = [[(0.3, code), (0.45, name)] for code, name in zip(CODES, NAMES, strict=True)]
    first = page([(0.3, title), (0.8, "共2頁第1頁")], [(0.1, "公司統一編號"), (0.3, "38618839")], [(0.4, "所營事業")], *rows)
    people = page([(0.3, title), (0.8, "共2頁第2頁")], [(0.3, "董事、監察人名單")], [(0.1, "1"), (0.2, "董事"), (0.4, "徐鳳佑")],
                  [(0.2, "[973022]花蓮縣吉安鄉光華村中央路三段332號")], [(0.1, "2"), (0.2, "董事"), (0.4, "沈佩豪")],
                  [(0.2, "1814065高雄市仁武區烏林里鳳仁路36巷163號")], number=2)
    scanned = [replace(p, source=OCR, lines=tuple(replace(n, source=OCR, confidence=0.99) for n in p.lines)) for p in (first, people)]
    assert read(*scanned).fields["org.business_items"].value == list(CODES)
