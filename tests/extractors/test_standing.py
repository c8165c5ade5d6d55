"""What speaks for the place of a value, and what against it whatever its witnesses are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hand_pages import Row, page

from domain.document import OCR, TEXT_LAYER, Box, Document
from domain.field import Reading, Value
from domain.taiwan import roc_date
from extractors.kind import Draft, Sketch
from extractors.readers import names, values
from extractors.readers.addresses import place
from extractors.readers.ink import Ink, Paper
from extractors.readers.items import business_code
from extractors.witnesses import settle


def read(name: str, value: Value, parser: values.Parser | None, *rows: Row, labelled: bool = True, kind: str = "receipt",
         source: str = TEXT_LAYER) -> Reading:
    """The reading of a field that stands where the first row that holds ``value``'s text does."""
    paper = Paper(Document((page(*rows),)))
    ink = next((i for i in paper.first.inks if parser and (f := parser(i)) and f.value == value), paper.first.inks[-1])
    found = parser(ink) if parser else None
    spot = replace(ink.part(found.start, found.end) if found else ink, source=source)
    home = Draft(value, spot, parser, labelled=labelled)
    return settle(Sketch(kind, paper, {name: [home]}))[name]


DATES: tuple[Row, ...] = ([(0.1, "核准設立日期"), (0.3, "112年07月24日")],)


@pytest.mark.parametrize("row", [
    [(0.1, "最後核准變更日期"), (0.3, "113年08月20日")], [(0.1, "查詢日期:115年9月26日")], [(0.1, "任期"), (0.3, "112年7月24日")],
    [(0.05, "115/09/26 15:59:08")], [(0.1, "I501010"), (0.3, "產品設計業")],
])
def test_other_values_of_the_form_that_stand_by_labels_of_their_own_are_no_rivals(row: Row) -> None:
    reading = read("org.founding_date", "2023-07-24", values.day, *DATES, row)
    assert reading.status == "accepted", reading.witnesses


@pytest.mark.parametrize("row", [[(0.5, "111年3月2日")], [(0.2, "（"), (0.3, "110.05.06"), (0.5, "）")]])
def test_another_date_that_stands_by_nothing_is_one(row: Row) -> None:
    """Unless the value stands right beside the words of its label: below them, or behind another number, it may be another's."""
    below: tuple[Row, ...] = ([(0.7, "核准設立日期")], [(0.7, "112年07月24日")])
    behind: tuple[Row, ...] = ([(0.1, "核准設立日期"), (0.25, "112"), (0.3, "112年07月24日")],)
    for rows, status in ((DATES, "accepted"), (below, "review"), (behind, "review")):
        assert read("org.founding_date", "2023-07-24", values.day, *rows, row).status == status


@pytest.mark.parametrize(("other", "status"), [
    ("買受人:東美節能科技股份有限公司", "accepted"), ("買受人東美節能科技股份有限公司", "accepted"),
    ("茲收到東美節能科技股份有限公司", "accepted"),
    ("東美節能科技股份有限公司", "review"), ("閉鎖性股份有限公司", "accepted"), ("正本:雲海有限公司", "accepted"),
])
def test_a_firm_s_name_passes_where_every_other_firm_is_named_as_another_party(other: str, status: str) -> None:
    reading = read("inv.seller_name", "雲海有限公司", names.entity, [(0.1, "營業人名稱"), (0.3, "雲海有限公司")], [(0.5, other)])
    assert reading.status == status, reading.witnesses


@pytest.mark.parametrize("word", ["公司狀況", "登記現況", "核准設立日期", "章程所訂外文公司名稱資本總額(元)", "印表日期", "代表人姓名"])
def test_a_label_is_no_name(word: str) -> None:
    for name in ("org.name", "org.responsible_person"):
        reading = read(name, word, None, [(0.1, "公司名稱"), (0.3, word)], kind="registry_printout")
        assert reading.status == "review"
        assert reading.doubts


@pytest.mark.parametrize(("name", "status"), [("柯彥華", "accepted"), ("桃園市政府", "review"), ("撒韻", "review")])
def test_a_person_passes_on_a_label_and_the_look_of_a_name(name: str, status: str) -> None:
    rows: tuple[Row, ...] = ([(0.1, "代表人姓名"), (0.3, name)], [(0.5, "石柏成")])
    assert read("org.responsible_person", name, names.person, *rows).status == status
    assert read("org.responsible_person", name, names.person, *rows, labelled=False).status == "review"


def test_a_seal_that_lost_its_first_characters_is_doubted_where_the_whole_name_stands_elsewhere() -> None:
    rows: tuple[Row, ...] = ([(0.1, "具領商號:祥中咖啡館")], [(0.6, "中咖啡館")])
    ink = Paper(Document((page(*rows),))).first.inks[-1]
    assert ink.text == "中咖啡館"
    reading = read("inv.seller_name", "中咖啡館", names.entity, *rows, source=OCR)
    assert any("祥中咖啡館" in d for d in reading.doubts)


def months(table: list[str], *more: str) -> Reading:
    rows: list[Row] = [[(0.1, month), (0.4, "9")] for month in (*table, *more)]
    paper = Paper(Document((page(*rows),)))
    ink = paper.first.inks[0]
    known = [roc_date.parse_month(m) for m in table]
    value, latest = [{"month": m, "count": 9} for m in known], known[-1]
    sketch = Sketch("insured_headcount_table", paper, {"hc.monthly_insured": [Draft(value, ink, parts=(Draft(9, ink),))],
                                                       "hc.latest_month": [Draft(latest, ink, values.month)]})
    sketch.vouch("check:sequence", "hc.latest_month")
    return settle(sketch)["hc.latest_month"]


def test_a_later_month_elsewhere_on_the_paper_says_that_the_table_goes_on() -> None:
    assert months(["104-08", "104-09"]).status == "accepted"
    later = months(["104-08", "104-09"], "104-10")
    assert later.status == "review"
    assert "104-10" in later.doubts[0]
    assert months(["104-08", "104-09"], "印表日期:105-03-18").status == "accepted"


def listed(*rows: Row) -> Reading:
    paper = Paper(Document((page(*rows),)))
    parts = tuple(Draft(f.value, i.part(f.start, f.end), business_code) for i in paper.first.inks if (f := business_code(i)))
    home = Draft([p.value for p in parts], Ink.joined([p.ink for p in parts]), parts=parts)
    return settle(Sketch("registry_printout", paper, {"org.business_items": [home]}))["org.business_items"]


ITEMS: tuple[Row, ...] = ([(0.3, "F401010"), (0.45, "國際貿易業")], [(0.3, "I501010"), (0.45, "產品設計業")],
                          [(0.3, "ZZ99999"), (0.45, "除許可業務外,得經營法令非禁止或限制之業務")])


def test_a_list_of_items_passes_where_every_item_has_its_code() -> None:
    assert listed(*ITEMS).status == "accepted"
    assert listed(*ITEMS, [(0.45, "管理顧問業")]).status == "review"
    far: Row = [(0.3, "I021127")]
    stray = listed(far, *([(0.1, "備註")] for _ in range(8)), *ITEMS)
    assert stray.status == "review"
    assert "I021127" in stray.doubts[0]


def test_one_place_is_not_two_dates() -> None:
    box = Box(0.3, 0.056, 0.4, 0.068)
    ink = Ink("112年07月24日", (box,) * 10, 1)
    same = Draft("2023-07-24", ink, values.day, labelled=True)
    reading = read("org.last_change_date", "2023-07-24", values.day, *DATES)
    assert reading.status == "accepted"
    paper = Paper(Document((page(*DATES),)))
    both = settle(Sketch("registry_printout", paper, {"org.founding_date": [same], "org.last_change_date": [same]}))
    assert [r.status for r in both.values()] == ["review", "review"]


@pytest.mark.parametrize(("next_line", "doubted"), [("8日", True), ("日", False), ("發文字號", True)])
def test_a_date_that_breaks_before_its_last_figure_is_doubted(next_line: str, doubted: bool) -> None:
    reading = read("reg.approval_date", "2020-07-01", values.day, [(0.1, "發文日期"), (0.3, "109年7月1")], [(0.3, next_line)])
    assert bool(reading.doubts) is doubted


def test_an_amount_or_an_address_that_seems_cut_is_doubted() -> None:
    for first, doubted in (((0.3, "1"), True), ((0.1, "1"), False), ((0.29, "計"), False)):
        paper = Paper(Document((page([(0.1, "總計")], [first, (0.309, "296")]),)))
        ink = paper.first.inks[-1]
        drafts = {"inv.total_amount": [Draft(296, ink, values.amount, labelled=True)]}
        reading = settle(Sketch("receipt", paper, drafts))["inv.total_amount"]
        assert bool(reading.doubts) is doubted, first
    for address, doubted in (("臺北市大安區和平東路二段478號7樓之", True), ("臺北市大安區和平東路二段478號7樓之4", False),
                             ("臺北市大安區和平東路", True), ("臺北市大安區和平東路478號", False)):
        reading = read("org.registered_address", address, None, [(0.1, "所在地")], [(0.3, address)])
        assert bool(reading.doubts) is doubted, address


def test_the_total_is_the_largest_amount_of_its_paper() -> None:
    rows: tuple[Row, ...] = ([(0.1, "總計"), (0.4, "4,575")], [(0.5, "4,480")])
    assert "largest" in read("inv.total_amount", 4575, values.amount, *rows).witnesses
    assert "largest" not in read("inv.total_amount", 4575, values.amount, *rows, [(0.5, "9,480")]).witnesses


def test_an_address_above_all_others_is_the_applicant_s() -> None:
    mine, other = "臺北市內湖區港墘里洲子街229號", "高雄市前鎮區竹東里新衙路106號"
    read_ = {first: read("org.registered_address", mine, place, *rows).status for first, rows in (
        (True, ([(0.1, "公司所在地"), (0.3, mine)], [(0.5, other)])), (False, ([(0.5, other)], [(0.1, "公司所在地"), (0.3, mine)])))}
    assert read_ == {True: "accepted", False: "review"}


NUMBERED: tuple[Row, ...] = ([(0.2, "1"), (0.3, "F401010"), (0.45, "國際貿易業")], [(0.2, "2"), (0.3, "E501011"), (0.45, "自來水管承裝商")],
                             [(0.2, "3"), (0.3, "ZZ99999"), (0.45, "除許可業務外,得經營法令非禁止或限制之業務")])


def test_a_numbered_list_is_whole_where_no_number_is_missing_and_its_last_item_is_the_one_that_ends_lists() -> None:
    assert "paired:numbers" in listed(*NUMBERED).witnesses
    assert listed(*NUMBERED).status == "accepted"
    for rows in (NUMBERED[:2], NUMBERED[1:], (NUMBERED[0], NUMBERED[2])):
        assert "paired:numbers" not in listed(*rows).witnesses


@pytest.mark.parametrize(("row", "beside"), [
    ([(0.1, "資本額"), (0.3, "5,000,000")], True), ([(0.1, "資本額:新臺幣5,000,000元")], True),
    ([(0.1, "資本額"), (0.3, "$"), (0.32, "5,000,000")], True),
    ([(0.1, "資本額"), (0.2, "112"), (0.3, "5,000,000")], False), ([(0.3, "5,000,000")], False),
    ([(0.1, "資本額"), (0.3, "5,000,000"), (0.39, "000")], False),
])
def test_an_amount_is_its_label_s_where_nothing_stands_between_and_no_figure_follows(row: Row, beside: bool) -> None:
    reading = read("fin.paid_in_capital", 5_000_000, values.amount, row, [(0.5, "9,000,000")])
    assert ("label:next" in reading.witnesses) is beside
    assert (reading.status == "accepted") is beside


def test_an_amount_of_a_sale_beside_a_label_may_still_be_another() -> None:
    """A slip that says 合計 of the net and of all."""
    reading = read("inv.total_amount", 29857, values.amount, [(0.1, "合計"), (0.3, "29,857")], [(0.3, "31,350")])
    assert "label:next" not in reading.witnesses
    assert reading.status == "review"
    grand = read("inv.total_amount", 31350, values.amount, [(0.1, "總計:"), (0.3, "31,350")], [(0.3, "41,350")])
    assert "label:next" in grand.witnesses


def test_a_name_beside_a_label_may_still_be_another_s() -> None:
    rows: tuple[Row, ...] = ([(0.1, "公司名稱"), (0.3, "雲海有限公司")], [(0.5, "東美節能科技股份有限公司")])
    reading = read("org.name", "雲海有限公司", names.entity, *rows)
    assert "label:next" not in reading.witnesses


@pytest.mark.parametrize(("gap", "buyer", "block"), [
    (1, "04595257", True), (1, "38618839", False), (4, "04595257", False), (1, None, True),
])
def test_a_seller_s_name_over_the_seller_s_number_is_of_one_stamp(gap: int, buyer: str | None, block: bool) -> None:
    rows: list[Row] = [[(0.6, "雲海五金行")], *([[(0.1, "備註")]] * (gap - 1)), [(0.6, "38618839")]]
    paper = Paper(Document((page(*rows),)))
    name, number = paper.first.inks[0], paper.first.inks[-1]
    drafts = {"inv.seller_name": [Draft(name.text, name, names.entity)],
              "inv.seller_uniform_no": [Draft("38618839", number, values.uniform_no)]}
    if buyer:
        drafts["inv.buyer_uniform_no"] = [Draft(buyer, paper.first.inks[0], values.uniform_no)]
    assert ("apart:block" in settle(Sketch("uniform_invoice", paper, drafts))["inv.seller_name"].witnesses) is block
