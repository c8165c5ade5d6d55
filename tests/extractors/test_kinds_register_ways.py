"""The ways in which registers, transcripts, registration forms and approval letters are printed: what is said alike is read alike."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hand_pages import line, page, read, table, values

from domain.document import OCR, Box, Page, Rule
from extractors.papers import read_papers

COMPANY = {"org.uniform_no": "16158574", "org.name": "雲海資訊股份有限公司",
           "org.registered_address": "臺北市信義區景新里基隆路一段248號7樓",
           "org.responsible_person": "侯海寧", "fin.authorized_capital": 30_000_000, "fin.paid_in_capital": 18_806_430,
           "org.founding_date": "2006-07-03", "org.last_change_date": "2022-12-14", "org.status": "核准設立",
           "org.business_items": ["I301010", "F118010", "ZZ99999"]}
BUSINESS = {"org.uniform_no": "38618839", "org.name": "小滿烘焙坊", "org.registered_address": "臺北市中正區東門里濟南路一段130巷73號17樓",
            "org.responsible_person": "傅珈", "fin.paid_in_capital": 245_000, "org.founding_date": "2023-07-25",
            "org.last_change_date": "2024-09-19", "org.business_items": ["C104020", "F203010"]}
OWNED = BUSINESS | {"org.organization_type": "獨資"}
PAIR = (0.06, 0.3, 0.94)
TWO_PAIRS = (0.05, 0.2, 0.5, 0.68, 0.95)
ITEMS = [[(0.1, "所營事業資料")], [(0.1, "I301010"), (0.2, "資訊軟體服務業")], [(0.1, "F118010"), (0.2, "資訊軟體批發業")],
         [(0.1, "ZZ99999"), (0.2, "除許可業務外，得經營法令非禁止或限制之業務")]]
BAKERY = [[(0.1, "營業項目")], [(0.1, "C104020"), (0.25, "烘焙炊蒸食品製造業")], [(0.1, "F203010"), (0.25, "食品什貨、飲料零售業")]]
WEB = [[(0.05, "2026/10/31 14:27"), (0.6, "商工登記公示資料查詢服務")], [(0.1, "公司基本資料")]]


def test_a_register_s_page_with_its_links() -> None:
    rows = [["統一編號", "16158574　訂閱"], ["登記現況", "核准設立　「查詢最新營業狀況請至 財政部稅務入口網 」"], ["股權狀況", "僑外資"],
            ["公司名稱", "雲海資訊股份有限公司　Google搜尋"], ["資本總額(元)", "30,000,000"], ["實收資本額(元)", "18,806,430"],
            ["每股金額(元)", "10"], ["已發行股份總數(股)", "1,880,643"], ["代表人姓名", "侯海寧"],
            ["公司所在地", "臺北市信義區景新里基隆路一段248號7樓　電子地圖"], ["登記機關", "臺北市政府"], ["核准設立日期", "095年07月03日"],
            ["最後核准變更日期", "111年12月14日"],
            ["所營事業資料", "I301010　資訊軟體服務業\nF118010　資訊軟體批發業\nZZ99999　除許可業務外"]]
    assert values(table(rows, PAIR, above=WEB)) == COMPANY


def test_a_register_in_two_columns_with_dates_in_seven_figures() -> None:
    rows = [["統一編號", "16158574", "登記現況", "核准設立"], ["公司名稱", "雲海資訊股份有限公司", "代表人姓名", "侯海寧"],
            ["資本總額(元)", "30,000,000", "實收資本額(元)", "18,806,430"],
            ["公司所在地", "臺北市信義區景新里基隆\n路一段248號7樓", "登記機關", "臺北市政府"],
            ["核准設立日期", "0950703", "最後核准變更日期", "1111214"]]
    assert values(table(rows, TWO_PAIRS, above=WEB, below=ITEMS)) == COMPANY


def test_a_register_with_its_labels_above_the_values() -> None:
    found = values(page(*WEB, [(0.1, "統一編號"), (0.5, "登記現況")], [(0.1, "16158574"), (0.5, "核准設立")], [(0.1, "公司名稱")],
                        [(0.1, "雲海資訊股份有限公司")], [(0.1, "資本總額(元)"), (0.5, "實收資本額(元)")],
                        [(0.1, "30,000,000"), (0.5, "18,806,430")], [(0.1, "代表人姓名")], [(0.1, "侯海寧")], [(0.1, "公司所在地")],
                        [(0.1, "臺北市信義區景新里基隆路一段248號7樓")], [(0.1, "核准設立日期"), (0.5, "最後核准變更日期")],
                        [(0.1, "095年07月03日"), (0.5, "111年12月14日")], *ITEMS))
    assert found == COMPANY


def test_a_limited_company_s_total_is_paid_in_and_no_authorized_capital_is_claimed() -> None:
    found = values(page(*WEB, [(0.1, "統一編號：16158574")], [(0.1, "登記現況：核准設立")], [(0.1, "公司名稱：雲海餐飲有限公司")],
                        [(0.1, "資本總額(元)：1,000,000")], [(0.1, "代表人姓名：侯O寧")], [(0.1, "核准設立日期：民國95年7月3日")]))
    assert found == {"org.uniform_no": "16158574", "org.status": "核准設立", "org.name": "雲海餐飲有限公司",
                     "fin.paid_in_capital": 1_000_000, "org.responsible_person": "侯O寧", "org.founding_date": "2006-07-03"}


def test_a_business_in_the_register() -> None:
    rows = [["商業統一編號", "38618839　訂閱"], ["現況", "核准設立　「查詢最新營業狀況請至 財政部稅務入口網 」"],
            ["商業名稱", "小滿烘焙坊　Google搜尋"],
            ["負責人姓名", "傅珈　出資額(元): 245,000"], ["資本額(元)", "245,000"], ["組織類型", "獨資"],
            ["地址", "臺北市中正區東門里濟南路一段130巷73號17樓　電子地圖"],
            ["核准設立日期", "112年07月25日"], ["最近異動日期", "113年09月19日"],
            ["營業項目", "C104020　烘焙炊蒸食品製造業\nF203010　食品什貨、飲料零售業"]]
    above = [[(0.1, "商工登記公示資料查詢服務")], [(0.1, "商業登記基本資料")]]
    assert values(table(rows, PAIR, above=above)) == BUSINESS | {"org.status": "核准設立"}


def test_a_transcript_with_words_set_wide_capital_in_words_and_dates_in_numerals() -> None:
    found = values(page([(0.35, "商 業 登 記 抄 本")], [(0.1, "商業統一編號"), (0.4, "３８６１８８３９")],
                        [(0.1, "商　業　名　稱"), (0.4, "小滿烘焙坊")], [(0.1, "組　織　類　型"), (0.4, "獨　資")],
                        [(0.1, "資　　本　　額"), (0.4, "新臺幣貳拾肆萬伍仟元整")], [(0.1, "負　　責　　人"), (0.4, "傅　珈")],
                        [(0.1, "所　　在　　地"), (0.4, "100　臺北市中正區東門里濟南路一段130巷73號17樓")],
                        [(0.1, "核准設立日期"), (0.4, "中華民國一百一十二年七月二十五日")],
                        [(0.1, "最近異動日期"), (0.4, "中華民國一百十三年九月十九日")],
                        [(0.1, "營　業　項　目"), (0.4, "1. C104020　烘焙炊蒸食品製造業")], [(0.4, "2. F203010　食品什貨、飲料零售業")],
                        [(0.1, "抄錄日期：中華民國115年9月28日")]))
    assert found == OWNED


def test_a_certificate_in_items_whose_address_wraps() -> None:
    found = values(page([(0.35, "商業登記證明書")], [(0.1, "字號：北市商二字第11257497900號")], [(0.1, "一、商業名稱：小滿烘焙坊")],
                        [(0.1, "二、統一編號：38618839")], [(0.1, "三、組織型態：獨資")], [(0.1, "四、資本額：NT$245,000")],
                        [(0.1, "五、負責人姓名：傅珈"), (0.5, "出資額：NT$245,000")],
                        [(0.1, "六、商業所在地：臺北市中正區東門里濟南路一段130巷")], [(0.25, "73號17樓")],
                        [(0.1, "七、核准設立登記日期：112.7.25")], [(0.1, "八、最後異動日期：113.09.19")],
                        [(0.1, "九、所營業務：C104020烘焙炊蒸食品製造業、F203010食品什貨、飲料零售業")], [(0.1, "中華民國115年9月28日")]))
    assert found == OWNED


def test_a_transcript_whose_heads_stand_over_its_cells() -> None:
    rows = [["商業統一編號", "商業名稱", "組織類型"], ["38618839", "小滿烘焙坊", "獨資"], ["負責人姓名", "資本額(元)", "出資額(元)"],
            ["傅珈", "245,000", "245,000"], ["核准設立日期", "最近異動日期", "登記機關"], ["112/07/25", "113/09/19", "臺北市商業處"]]
    below = [[(0.1, "商業所在地")], [(0.1, "臺北市中正區東門里濟南路一段130巷73號17樓")], *BAKERY]
    assert values(table(rows, (0.05, 0.35, 0.65, 0.95), above=[[(0.35, "商業登記抄本")]], below=below)) == OWNED


def test_a_seal_behind_a_complete_name_is_no_part_of_it() -> None:
    found = values(page([(0.35, "商業登記抄本")], [(0.1, "商業名稱"), (0.3, "小滿烘焙坊"), (0.385, "專展府桃")],
                        [(0.1, "商業統一編號"), (0.3, "38618839")], [(0.1, "組織類型"), (0.3, "獨資")]))
    assert found["org.name"] == "小滿烘焙坊"


@pytest.mark.parametrize("choice", ["■獨資　□合夥", "獨資　□合夥", "☑獨資　合夥"])
def test_of_two_words_beside_boxes_the_ticked_one_counts(choice: str) -> None:
    rows = [["商業名稱", "小滿烘焙坊"], ["統一編號", "38618839"], ["組織類型", choice]]
    assert values(table(rows, PAIR, above=[[(0.35, "商業登記抄本")]]))["org.organization_type"] == "獨資"


def test_labels_that_join_date_and_number_and_a_date_among_codes() -> None:
    found = values(page([(0.35, "商業登記資料")], [(0.08, "1.統一編號"), (0.35, "38618839")], [(0.08, "2.商業名稱"), (0.35, "小滿烘焙坊")],
                        [(0.08, "3.設立核准日期文號"), (0.35, "112年7月25日北市商二字第11257497900號")],
                        [(0.08, "4.異動日期"), (0.35, "1130919")], [(0.08, "5.營業項目"), (0.35, "C104020")], [(0.35, "F203010")]))
    assert (found["org.founding_date"], found["org.last_change_date"]) == ("2023-07-25", "2024-09-19")
    assert found["org.business_items"] == ["C104020", "F203010"]


def test_a_value_whose_cell_was_not_found_is_still_nearer_than_the_next_cell() -> None:
    made = table([["負責人姓名", "傅珈", "組織類型", "合夥"], ["資本額", "245,000元", "出資額", "145,000元"]], TWO_PAIRS,
                 above=[[(0.35, "商業登記抄本")], [(0.06, "商業統一編號"), (0.22, "38618839")]])
    found = values(replace(made, cells=tuple(c for i, c in enumerate(made.cells) if i not in (1, 5))))
    assert (found["org.responsible_person"], found["fin.paid_in_capital"], found["org.organization_type"]) == ("傅珈", 245_000, "合夥")


def test_a_cell_that_lost_a_rule_gives_each_label_its_own_row() -> None:
    made = table([["商業所在地", "臺北市中正區東門里濟南路一段130巷73號"], ["資本額", "245,000元"], ["負責人", "傅珈"]], PAIR,
                 above=[[(0.35, "商業登記抄本")], [(0.06, "商業統一編號"), (0.22, "38618839")]])
    first, second, third = made.cells[1].box, made.cells[3].box, made.cells[5].box
    joined = Rule(Box(first.left, first.top, third.right, third.bottom))
    found = values(replace(made, cells=(*(c for c in made.cells if c.box not in (first, second, third)), joined)))
    assert (found["org.registered_address"], found["fin.paid_in_capital"], found["org.responsible_person"]) == (
        "臺北市中正區東門里濟南路一段130巷73號", 245_000, "傅珈")


LETTER = {"org.uniform_no": "16158574", "org.name": "雲海資訊股份有限公司", "reg.approval_date": "2022-12-14",
          "reg.approval_no": "府產業商字第11156136990號", "reg.form_kind": "變更"}
FOUNDED = LETTER | {"reg.form_kind": "設立", "org.founding_date": "2022-12-14"}


def letter(addressee: str, *rows: str, number: int = 1) -> Page:
    return page([(0.35, "臺北市政府　函")], [(0.55, "地址：110204臺北市信義區市府路1號")], [(0.1, "臺北市信義區基隆路一段248號7樓")],
                [(0.1, f"受文者：{addressee}")], [(0.1, "發文日期：中華民國111年12月14日")], [(0.1, "發文字號：府產業商字第11156136990號")],
                [(0.1, "速別：普通件")], *([(0.1, row)] for row in rows), number=number)


@pytest.mark.parametrize(("rows", "wanted"), [
    (("主旨：貴公司申請改選董事、監察人、修正章程、發行新股變更登", "　　記（統一編號：16158574），經核符合規定，准予登記。", "說明：",
      "一、依據公司法第387條及貴公司111年12月10日申請書辦理（原設立登記日期94年5月3日）。", "正本：雲海資訊股份有限公司"), LETTER),
    (("主旨：所請雲海資訊股份有限公司（統一編號16158574）設立登記一案，准予登記，復請查照。", "說明：",
      "一、嗣後如有變更登記事項，應於15日內申請變更登記。", "正本：雲海資訊股份有限公司（代表人：侯海寧）"), FOUNDED)])
def test_what_a_letter_approves_stands_in_its_subject_alone(rows: tuple[str, ...], wanted: dict[str, object]) -> None:
    assert values(letter("雲海資訊股份有限公司　代表人：侯海寧　君", *rows)) == wanted


def test_a_letter_with_its_head_in_a_table_and_one_that_joins_date_and_number() -> None:
    rows = [["受文者", "雲海資訊股份有限公司"], ["發文日期", "111年12月14日"], ["發文字號", "府產業商字第11156136990號"],
            ["主旨", "貴公司申請董事長變更、所營事業變更登記，經核符合，准予登記。"], ["統一編號", "16158574"]]
    made = table(rows, (0.08, 0.25, 0.92), above=[[(0.35, "臺北市政府 函")]], below=[[(0.1, "說明：一、依公司法辦理。")]])
    assert values(made) == LETTER
    assert values(page([(0.35, "經濟部函")], [(0.1, "受文者：雲海資訊股份有限")], [(0.16, "公司")],
                       [(0.1, "發文日期及字號：中華民國111年12月14日府產業商字第11156136990號")],
                       [(0.1, "主旨：貴公司申請公司名稱變更登記，准予登記。")], [(0.1, "說明：貴公司統一編號：16158574。")])) == LETTER


@pytest.mark.parametrize(("addressee", "rows"), [
    ("傅珈君即小滿烘焙坊", ("主旨：臺端申請「小滿烘焙坊」商業設立登記一案，准予登記。", "說明：一、依商業登記法第9條。",
                   "二、商業名稱：小滿烘焙坊", "三、統一編號：38618839", "正本：傅珈君")),
    ("傅珈　君", ("主旨：臺端申請獨資設立小滿烘焙坊（統一編號38618839）登記乙案，准予登記。", "說明：一、依商業登記法第9條。",
              "二、核准登記事項：名稱：小滿烘焙坊", "正本：傅珈君（小滿烘焙坊）"))])
def test_a_letter_to_the_owner_names_the_business(addressee: str, rows: tuple[str, ...]) -> None:
    paper = read(letter(addressee, *rows))
    assert (paper.kind, paper.fields["org.name"].value, paper.fields["reg.form_kind"].value) == (
        "business_approval_letter", "小滿烘焙坊", "設立")


def test_two_letters_of_one_company_and_one_of_another_are_three_papers() -> None:
    pages = [letter(name, f"主旨：貴公司申請{what}登記（統一編號：16158574），准予登記。", "說明：依公司法辦理。", number=n)
             for n, (name, what) in enumerate((("雲海餐飲有限公司", "公司設立"), ("雲海餐飲有限公司", "董事變更、修正章程變更"),
                                               ("大山機械有限公司", "遷址變更")), start=1)]
    found = read_papers(pages)
    assert [(p.fields["org.name"].value, p.fields["reg.form_kind"].value, p.pages) for p in found] == [
        ("雲海餐飲有限公司", "設立", (1,)), ("雲海餐飲有限公司", "變更", (2,)), ("大山機械有限公司", "變更", (3,))]


def test_an_office_s_mark_is_put_right_only_in_what_an_engine_read_and_then_doubted() -> None:
    made = letter("雲海資訊股份有限公司", "主旨：貴公司申請董事變更登記（統一編號：16158574），准予登記。", "說明：依公司法辦理。")
    spoilt = tuple(replace(n, text=n.text.replace("府產業商字", "府本業商字"), source=OCR) for n in made.lines)
    number = read(replace(made, lines=spoilt, source=OCR)).fields["reg.approval_no"]
    assert (number.value, number.status) == ("府產業商字第11156136990號", "review")
    printed = tuple(replace(n, text=n.text.replace("府產業商字", "府本業商字")) for n in made.lines)
    assert read(replace(made, lines=printed)).fields["reg.approval_no"].value == "府本業商字第11156136990號"


def form(of: int, number: int = 1) -> Page:
    above = [[(0.7, f"共 {of} 頁 第 1 頁")], [(0.4, "有限公司設立登記表")], [(0.5, "公司預查編號"), (0.75, "111070592")],
             [(0.5, "※公司統一編號"), (0.75, "16158574")], [(0.5, "僑外投資事業"), (0.75, "□是■否")]]
    rows = [["一、公司名稱", "中文　雲海餐飲有限公司\n（章程所訂）外文"], ["二、（郵遞區號）公司所在地",
                                                            "(110045)臺北市信義區景新里\n基隆路一段248號\n7樓"],
            ["三、資本總額", "新臺幣壹佰萬元整"], ["四、董事人數", "1 人"], ["五、代表人姓名", "侯海寧"],
            ["六、公司章程訂定日期", "111年12月5日"], ["※核准登記日期文號", "111年12月14日\n府產業商字第11156136990號"]]
    below = [[(0.05, "註：公司變更登記時請改用變更登記表；設立登記表請另行下載。")]]
    return table(rows, (0.05, 0.4, 0.95), above=above, below=below, number=number)


def listing(page_no: int, of: int, number: int) -> Page:
    rows = [["編號", "代碼", "營業項目說明"], ["001", "F501060", "餐館業"], ["002", "ZZ99999", "除許可業務外"]]
    return table(rows, (0.05, 0.15, 0.3, 0.95), number=number,
                 above=[[(0.7, f"共 {of} 頁 第 {page_no} 頁")], [(0.3, "雲海餐飲　有限公司設立登記表")], [(0.4, "所營事業")]])


WHOLE = {"org.uniform_no": "16158574", "org.name": "雲海餐飲有限公司",
         "org.registered_address": "臺北市信義區景新里基隆路一段248號7樓",
         "org.responsible_person": "侯海寧", "fin.authorized_capital": 1_000_000, "fin.paid_in_capital": 1_000_000, "reg.form_kind": "設立",
         "reg.approval_date": "2022-12-14", "reg.approval_no": "府產業商字第11156136990號", "org.business_items": ["F501060", "ZZ99999"]}


def test_pages_that_came_out_of_order_are_one_paper_and_told() -> None:
    assert values(form(2), listing(2, 2, number=2)) == WHOLE
    paper = read(listing(2, 2, number=1), form(2, number=2))
    assert {f: r.value for f, r in paper.fields.items()} == WHOLE
    assert paper.pages == (2, 1)
    assert any("次序" in p for p in paper.problems)


def of_another(page: Page) -> Page:
    return replace(page, lines=tuple(replace(n, text=n.text.replace("雲海", "山石")) for n in page.lines))


def test_pages_whose_numbers_do_not_make_one_paper_stay_apart() -> None:
    assert len(read_papers([of_another(listing(2, 3, number=1)), form(3, number=2)])) == 2
    assert len(read_papers([form(1), replace(form(1), number=2)])) == 2
    assert len(read_papers([form(3), of_another(listing(3, 3, number=2))])) == 2


@pytest.mark.parametrize("pages", [(listing(2, 3, number=1), form(3, number=2)), (form(3), listing(3, 3, number=2))])
def test_what_is_left_of_a_paper_stays_together_and_the_rest_is_missed(pages: tuple[Page, Page]) -> None:
    paper = read(*pages)
    assert {f: r.value for f, r in paper.fields.items()} == WHOLE
    assert any("請補齊" in p for p in paper.problems)


def test_a_page_number_half_read_still_counts_and_a_day_in_the_margin_does_not() -> None:
    spoilt = replace(form(2), lines=tuple(replace(n, text=n.text.replace("第 1 頁", "第 1 百")) for n in form(2).lines))
    assert values(spoilt, listing(2, 2, number=2)) == WHOLE
    noted = replace(form(2), lines=(*form(2).lines, line(0.01, 0.69, "11/20")))
    assert values(noted, listing(2, 2, number=2)) == WHOLE


def test_a_postal_code_in_its_own_words_is_no_part_of_the_address() -> None:
    made = form(1)
    lines = tuple(replace(n, text=n.text.replace("(110045)臺北市", "郵遞區號 110045")) for n in made.lines)
    at = next(n for n in lines if "郵遞區號 110045" in n.text)
    split = (line(at.box.left, at.box.top, "郵遞區號 110045"), line(at.box.left, at.box.top + 0.014, "臺北市信義區景新里"))
    kept = tuple(n for n in lines if n is not at and "基隆路" not in n.text and "7樓" not in n.text)
    road = line(at.box.left + 0.14, at.box.top + 0.014, "基隆路一段248號7樓")
    assert values(replace(made, lines=(*kept, *split, road)))["org.registered_address"] == WHOLE["org.registered_address"]
