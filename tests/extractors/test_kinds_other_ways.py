"""Papers that obey none of the usual layouts: no label, labels above their values, labels in a row, notices without 主旨."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hand_pages import Row, page, read, table, values

from domain.document import Box, Rule
from extractors.readers.ink import plain
from extractors.readers.letters import letter_no
from extractors.readers.names import entity, person
from extractors.readers.words import ANSWERS, LABELS, is_label

NOTICE: dict[str, object] = {
    "org.uniform_no": "38618839", "org.name": "小滿書坊", "reg.approval_date": "2023-07-25",
    "reg.approval_no": "府經登字第11229904915號", "reg.form_kind": "設立", "org.founding_date": "2023-07-25"}


@pytest.mark.parametrize("word", sorted(LABELS | ANSWERS))
def test_no_printed_label_or_answer_is_a_name(word: str) -> None:
    assert person(plain(word)) is None
    assert entity(plain(word)) is None


@pytest.mark.parametrize("text", ["統一編號：", "（三）資本總額（元）", "※核准登記日期文號", "公司狀況 資本總額", "1. 代表人姓名"])
def test_a_label_is_known_with_its_numeral_and_its_note(text: str) -> None:
    assert is_label(text)


@pytest.mark.parametrize("text", ["小滿書坊", "侯海寧", "雲海資訊股份有限公司", "10,000", "核准設立", ""])
def test_a_value_is_no_label(text: str) -> None:
    assert not is_label(text)


@pytest.mark.parametrize("rows", [
    [[(0.3, "桃園市政府經濟發展局")], [(0.3, "商業設立登記核准通知書")], [(0.6, "中華民國112年7月25日")],
     [(0.6, "府經登字第11229904915號")],
     [(0.1, "　茲據侯海寧申請設立「小滿書坊」商業登記，經核尚無不合，應准登記，並")],
     [(0.1, "配賦統一編號38618839，特此通知。")]],
    [[(0.3, "桃園市政府")], [(0.3, "商業登記核准通知書")], [(0.1, "核准文號"), (0.3, "府經登字第11229904915號")],
     [(0.1, "商業名稱"), (0.3, "小滿書坊")], [(0.1, "統一編號"), (0.3, "38618839")],
     [(0.1, "台端申請商業設立登記一案，准予登記。")], [(0.3, "中華民國一百一十二年七月二十五日")]],
    [[(0.3, "商業設立登記通知書")], [(0.1, "字號：府經登字第11229904915號")], [(0.1, "日期：112年7月25日")],
     [(0.1, "所請「小滿書坊」設立登記，核與規定相符，准予登記，編配統一編號38618839。")]],
], ids=["prose", "table", "colons"])
def test_a_notice_without_a_subject_line(rows: list[Row]) -> None:
    found = read(page(*rows))
    assert found.kind == "business_approval_letter"
    assert {f: r.value for f, r in found.fields.items()} == NOTICE


def test_labels_in_one_row_and_their_values_in_the_next() -> None:
    rows = [["統一編號", "公司名稱", "代表人姓名", "公司狀況", "資本總額", "實收資本額"],
            ["16158574", "雲海資訊股份有限公司", "侯海寧", "核准設立", "30,000,000", "18,806,430"]]
    more = [[(0.05, "核准設立日期"), (0.25, "最後核准變更日期"), (0.5, "登記機關名稱")],
            [(0.05, "0950703"), (0.25, "1111214"), (0.5, "經濟部")], [(0.05, "序"), (0.1, "營業項目代碼"), (0.3, "營業項目")],
            [(0.05, "1"), (0.1, "I301010"), (0.3, "資訊軟體服務業")], [(0.05, "2"), (0.1, "F118010"), (0.3, "資訊軟體批發業")]]
    found = values(table(rows, (0.03, 0.15, 0.4, 0.52, 0.64, 0.8, 0.97), above=[[(0.1, "商工登記公示資料查詢結果（公司登記基本資料）")]],
                         below=more))
    assert found == {"org.uniform_no": "16158574", "org.name": "雲海資訊股份有限公司", "org.responsible_person": "侯海寧",
                     "org.status": "核准設立", "fin.authorized_capital": 30_000_000, "fin.paid_in_capital": 18_806_430,
                     "org.founding_date": "2006-07-03", "org.last_change_date": "2022-12-14", "org.business_items": ["I301010", "F118010"]}


@pytest.mark.parametrize("before", ["本次變更前資本總額", "變更前資本總額"])
def test_a_change_form_with_its_labels_above_gives_the_capital_after_the_change(before: str) -> None:
    rows = [["公司統一編號\n38618839", ""], ["公司名稱（變更後）\n小滿食品有限公司", ""],
            ["公司所在地\n臺北市中正區東門里濟南路一段130巷73號17樓", ""], ["資本總額（變更後）\n10,070,000元", f"{before}\n5,035,000元"],
            ["代表人姓名\n傅珈", "董事人數\n壹人"]]
    found = values(table(rows, (0.05, 0.55, 0.95), above=[[(0.3, "有限公司變更登記表")]]))
    assert found["fin.paid_in_capital"] == 10_070_000
    assert (found["org.uniform_no"], found["org.name"]) == ("38618839", "小滿食品有限公司")
    assert (found["org.responsible_person"], found["org.registered_address"]) == ("傅珈", "臺北市中正區東門里濟南路一段130巷73號17樓")


@pytest.mark.parametrize(("founded", "changed"), [("核准設立日", "最後核准變更日"), ("設立日", "變更日"), ("核准設立日期", "最近異動日期")])
def test_a_register_card(founded: str, changed: str) -> None:
    rows = [["商號名稱", "小滿書坊", "營利事業統一編號", "38618839"], ["組織", "獨資", "資本額", "新臺幣 50,000 元整"],
            [founded, "92年12月5日", changed, "105年2月3日"], ["負責人", "傅珈", "出資額", "50,000 元"]]
    found = values(table(rows, (0.05, 0.25, 0.5, 0.72, 0.95), above=[[(0.3, "商業登記事項抄本")]]))
    assert found == {"org.uniform_no": "38618839", "org.name": "小滿書坊", "org.organization_type": "獨資", "fin.paid_in_capital": 50_000,
                     "org.responsible_person": "傅珈", "org.founding_date": "2003-12-05", "org.last_change_date": "2016-02-03"}


@pytest.mark.parametrize("month", ["104-{:02d}", "104/{:02d}", "104年{}月", "104{:02d}"])
def test_a_serial_number_right_before_a_month_is_no_range(month: str) -> None:
    rows: list[Row] = [[(0.1, f"{n} {month.format(n)} {n + 8}")] for n in range(1, 13)]
    found = values(page([(0.3, "勞動部勞工保險局")], [(0.3, "投保單位人數資料表")], [(0.1, "保險證號：01877300 K")],
                        [(0.1, "單位名稱：小滿書坊")], [(0.1, "序號 計費年月 月底生效人數")], *rows))
    assert found["hc.monthly_insured"] == [{"month": f"2015-{n:02d}", "count": n + 8} for n in range(1, 13)]
    assert (found["hc.latest_month"], found["hc.latest_count"]) == ("2015-12", 20)


def test_a_month_printed_with_two_counts_is_for_a_person() -> None:
    rows: list[Row] = [[(0.3, f"113年{n}月"), (0.6, str(20 + n))] for n in range(1, 7)]
    paper = read(page([(0.3, "投保單位人數資料表")], [(0.1, "保險證號：01877300K")], [(0.3, "計費年月"), (0.6, "人數")], *rows,
                      [(0.3, "113年6月"), (0.6, "11")]))
    assert paper.fields["hc.latest_count"].status == "review"


BILL: list[Row] = [[(0.3, "勞工保險費繳款單")], [(0.1, "保險證號：06337807U"), (0.5, "計費年月：10608")]]


def test_a_bill_with_nationals_and_all_in_columns_of_one_head() -> None:
    page_ = table([["保險別", "投保人數", "", "保險費"], ["", "本國籍", "合計", "小計"], ["普通事故保險費", "0", "2", "7,513"],
                   ["就業保險費", "0", "0", "790"]], (0.05, 0.3, 0.45, 0.6, 0.9), above=BILL,
                  below=[[(0.1, "應繳總額"), (0.3, "8,432")]])
    left, right = (c for c in page_.cells if c.box.left in (0.3, 0.45) and c.box.top < 0.1)
    rest = tuple(c for c in page_.cells if c not in (left, right))
    found = values(replace(page_, cells=(Rule(Box.around([left.box, right.box])), *rest)))
    assert (found["hc.latest_count"], found["ins.amount_due"]) == (2, 8_432)


@pytest.mark.parametrize("address", ["雲海企業顧問股份有限公司　台鑒：", "雲海企業顧問股份有限公司　公鑒",
                                     "致：雲海企業顧問股份有限公司 寶號"],
                         ids=["台鑒", "公鑒", "寶號"])
def test_a_bill_in_prose_names_whom_it_is_addressed_to(address: str) -> None:
    found = read(page([(0.2, "保險費電子繳費通知（繳款單）")], [(0.1, address)],
                      [(0.1, "　貴單位（保險證號 09446567V）民國115年5月份保險費業已計算完竣，該月份投保")],
                      [(0.1, "人數計 34 人，投保薪資總額 1,248,300 元，應繳保險費新臺幣 158,095 元整，請於115年6月28日前繳納。")]))
    assert {f: r.value for f, r in found.fields.items()} == {
        "ins.unit_no": "09446567V", "ins.unit_name": "雲海企業顧問股份有限公司", "hc.latest_month": "2026-05", "hc.latest_count": 34,
        "ins.amount_due": 158_095}
    assert found.fields["hc.latest_count"].text == "34"


@pytest.mark.parametrize("head", [("單位代號 04062401Z", "單位全名 小滿書坊", "名冊月份 11411"),
                                  ("保險證號 04062401Z", "投保單位全銜：小滿書坊", "投保月份：114/11"),
                                  ("04062401Z", "單位名稱 小滿書坊", "114年11月")])
def test_a_roster_of_lines(head: tuple[str, str, str]) -> None:
    rows: list[Row] = [[(0.05, f"00{n}"), (0.15, name), (0.3, number), (0.5, "76/02/26"), (0.7, "45,800")] for n, name, number in
                       ((1, "石婷", "A123456789"), (2, "蕭文", "A123456789"))]
    found = values(page([(0.7, "1141206 PAGE 1")], [(0.1, "** 勞保被保險人名冊 **")], *[[(0.1, text)] for text in head],
                        [(0.05, "NO"), (0.15, "姓名"), (0.3, "身分證字號"), (0.5, "生日"), (0.7, "投保薪資")], *rows,
                        [(0.1, "總人數 002 薪資合計 91,600")]))
    assert found == {"ins.unit_no": "04062401Z", "ins.unit_name": "小滿書坊", "hc.latest_month": "2025-11", "hc.latest_count": 2}


def test_a_transcript_whose_dates_bear_their_meaning_behind_them() -> None:
    paper = read(page([(0.3, "商業登記抄本")], [(0.1, "小滿書坊")], [(0.1, "統一編號38618839")], [(0.1, "獨資")],
                      [(0.1, "臺中市西區公益里公益路12號")], [(0.1, "負責人 傅珈")], [(0.1, "資本額 50,000元")],
                      [(0.1, "民國92年12月5日核准設立")], [(0.1, "民國105年2月3日核准變更")], [(0.1, "F209060 文教用品零售業")]))
    assert {f: r.value for f, r in paper.fields.items()} == {
        "org.uniform_no": "38618839", "org.name": "小滿書坊", "org.organization_type": "獨資", "org.responsible_person": "傅珈",
        "org.registered_address": "臺中市西區公益里公益路12號", "fin.paid_in_capital": 50_000, "org.founding_date": "2003-12-05",
        "org.last_change_date": "2016-02-03", "org.business_items": ["F209060"]}


def test_a_letter_to_the_owner_names_the_business_without_the_word_before_it() -> None:
    found = values(page([(0.3, "臺南市政府　函")], [(0.1, "受文者：傅珈君（即小滿書坊）")], [(0.1, "發文日期：中華民國113年9月19日")],
                        [(0.1, "發文字號：府經工商字第1131234567號")],
                        [(0.1, "主旨：台端申請小滿書坊商業設立登記一案，准予登記，統一編號38618839，請查照。")]))
    assert found["org.name"] == "小滿書坊"


@pytest.mark.parametrize("before", ["業經本部113年9月19日", "本府民國113年9月19日以", "中華民國113年9月19日"])
def test_the_number_of_a_letter_begins_with_its_office(before: str) -> None:
    found = letter_no(plain(f"{before}經授商字第11330123456號函"))
    assert found is not None
    assert found.value == "經授商字第11330123456號"


def test_months_and_counts_in_a_sentence() -> None:
    found = values(page([(0.2, "勞動部勞工保險局　投保單位人數證明")], [(0.1, "保險證號：01877300K")], [(0.1, "單位名稱：小滿書坊")],
                        [(0.1, "114年1月：12人、114年2月：13人、114年3月：13人")], [(0.1, "114年4月：14人、114年5月：15人")],
                        [(0.1, "列印日期：114年7月20日")]))
    assert [m["count"] for m in found["hc.monthly_insured"]] == [12, 13, 13, 14, 15]  # type: ignore[attr-defined]
    assert (found["hc.latest_month"], found["hc.latest_count"]) == ("2025-05", 15)


def test_a_roster_of_persons_in_lines_of_labels() -> None:
    found = values(page([(0.3, "投保單位被保險人名冊")], [(0.1, "保險證號：01877300K　單位名稱：小滿書坊　計費年月：114年11月")],
                        [(0.1, "姓名：王大明　身分證號：A123456789　投保薪資：45,800")],
                        [(0.1, "姓名：李小華　身分證號：B223456789　投保薪資：27,470")]))
    assert (found["ins.unit_name"], found["hc.latest_count"]) == ("小滿書坊", 2)
