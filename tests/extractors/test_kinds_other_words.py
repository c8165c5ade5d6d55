"""Papers say the same in other words: what offices, insurers and shops call a field does not change what is read."""

from __future__ import annotations

import pytest
from hand_pages import Row, page, table, values
from sales_pages import sheet
from sales_pages import values as sold

from domain.document import Page

NAME = "雲海資訊股份有限公司"
COMPANY = {"org.uniform_no": "16158574", "org.name": NAME, "org.registered_address": "臺北市信義區景新里基隆路一段248號7樓",
           "org.responsible_person": "侯海寧", "fin.authorized_capital": 30_000_000, "fin.paid_in_capital": 18_806_430,
           "org.founding_date": "2006-07-03", "org.last_change_date": "2022-12-14", "org.status": "核准設立"}
SAID = ("16158574", "核准設立", NAME, "30,000,000", "18,806,430", "侯海寧", "臺北市信義區景新里基隆路一段248號7樓", "095年07月03日",
        "111年12月14日")


@pytest.mark.parametrize("labels", [
    ("統一編號", "登記現況", "公司名稱", "資本總額(元)", "實收資本額(元)", "代表人姓名", "公司所在地", "核准設立日期", "最後核准變更日期"),
    ("公司統一編號", "公司登記現況", "名稱", "章定資本額(元)", "已繳資本額(元)", "負責人", "登記地址", "核准設立日", "變更日期"),
    ("統一編號", "現況", "中文名稱", "額定資本額", "實收資本總額(元)", "代表人名稱", "所在地址", "公司設立日期", "公司變更日期"),
    ("統編", "公司狀態", "公司名稱", "登記資本總額", "實收資本", "公司負責人", "公司所在地", "設立登記日期", "最後變更日期"),
])
def test_a_register(labels: tuple[str, ...]) -> None:
    rows = [[label, said] for label, said in zip(labels, SAID, strict=True)]
    assert values(table(rows, (0.06, 0.3, 0.94), above=[[(0.3, "公司基本資料")]])) == COMPANY


@pytest.mark.parametrize(("label", "capital"), [("資本額(元)", "245,000"), ("資本額", "新臺幣245,000元"), ("登記資本額",
                                                                                                "新臺幣貳拾肆萬伍仟元"),
                                                ("資本金額", "24萬5仟元"), ("資本總額(新臺幣元)", "245000元")])
def test_a_capital_however_it_is_written(label: str, capital: str) -> None:
    rows = [["商業統一編號", "38618839"], ["商業名稱", "小滿烘焙坊"], ["組織方式", "獨資"], [label, capital], ["設立日",
                                                                                          "民國112年7月25日"],
            ["異動核准日期", "民國113年9月19日"]]
    found = values(table(rows, (0.06, 0.3, 0.94), above=[[(0.3, "商業登記抄本")]]))
    assert (found["fin.paid_in_capital"], found["org.organization_type"]) == (245_000, "獨資")
    assert (found["org.founding_date"], found["org.last_change_date"]) == ("2023-07-25", "2024-09-19")


@pytest.mark.parametrize("label", ["應繳保險費", "應繳金額", "應繳總額", "本期應繳金額", "合計應繳", "應繳合計", "繳款金額"])
def test_what_a_bill_asks_for(label: str) -> None:
    rows = [["保險證號", "01877300K"], ["單位名稱", NAME], ["計費年月", "115年09月"], ["投保人數", "41 人"], [label, "178,979 元"]]
    found = values(table(rows, (0.06, 0.3, 0.94), above=[[(0.3, "勞工保險費繳款單")]]))
    assert (found["ins.amount_due"], found["hc.latest_count"]) == (178_979, 41)


def letter(subject: str, to: str) -> Page:
    rows: list[Row] = [[(0.4, "臺北市政府　函")], [(0.1, f"受文者：{to}")], [(0.1, "發文日期：中華民國113年9月19日")],
                       [(0.1, "發文字號：府產業商字第11354321000號")], [(0.1, "速別：普通件")], [(0.1, f"主旨：{subject}")], [(0.1,
                                                                                                          "說明：")],
                       [(0.1, f"正本：{to}")]]
    return page(*rows)


@pytest.mark.parametrize(("subject", "kind"), [
    ("小滿烘焙坊申請負責人變更、資本額變更登記（統一編號：38618839），准予登記，請查照。", "變更"),
    ("臺端申請小滿烘焙坊轉讓變更登記一案（商業統一編號38618839），准予變更登記。", "變更"),
    ("臺端申請「小滿烘焙坊」商業設立登記（統一編號：38618839）乙案，准予登記。", "設立")])
def test_a_letter_to_a_business_that_says_so_only_by_its_name(subject: str, kind: str) -> None:
    found = values(letter(subject, "小滿烘焙坊"))
    assert (found["org.name"], found["org.uniform_no"], found["reg.form_kind"]) == ("小滿烘焙坊", "38618839", kind)


RECEIPT = {"inv.date": "2026-03-30", "inv.seller_uniform_no": "38618839", "inv.seller_name": "小滿烘焙坊", "inv.total_amount": 8550}
GOODS = ([(0.1, "品名"), (0.4, "數量"), (0.55, "單價"), (0.75, "金額")], [(0.1, "禮盒"), (0.42, "6"), (0.57, "1255"), (0.77, "7530")],
         [(0.1, "餐盒"), (0.42, "2"), (0.57, "510"), (0.77, "1020")])
SEAL = ([(0.7, "小滿烘焙坊")], [(0.66, "免用統一發票專用章")], [(0.66, "統一編號38618839")], [(0.7, "負責人：傅珈")])


@pytest.mark.parametrize(("title", "buyer", "day", "total"), [
    ("免用統一發票收據", "買受人：", "中華民國115年3月30日", ("合計", "8,550")),
    ("收據", "茲收到：", "115年3月30日", ("共計新臺幣", "捌仟伍佰伍拾元整")),
    ("收據（免用統一發票）", "客戶：", "2026-03-30", ("金額合計", "8,550元")),
    ("免用統一發票收據", "買方：", "115 年 3 月 30 日", ("實收金額", "8,550")),
    ("收據", "付款人：", "日期 115.3.30", ("收款金額", "$8,550"))])
def test_a_receipt(title: str, buyer: str, day: str, total: tuple[str, str]) -> None:
    made = sheet([(0.35, f"1.5@{title}")], [(0.1, f"{buyer}禾町設計有限公司"), (0.6, day)], *GOODS, [(0.1, total[0]), (0.7, total[1])],
                 *SEAL)
    assert sold(made) == RECEIPT


@pytest.mark.parametrize(("number", "day", "code", "seller", "buyer", "total"), [
    ("字軌號碼", "開立日期", "隨機碼", "賣方統一編號", "買方統一編號", "發票總金額"), ("發票號碼", "交易日期", "隨機碼", "營業人統編",
                                                           "買受人統編", "應付總額"),
    ("發票號碼", "開立時間", "防偽隨機碼", "銷售方統編", "購買方統編", "交易金額")])
def test_an_e_invoice(number: str, day: str, code: str, seller: str, buyer: str, total: str) -> None:
    said = ("TC-55102938", "2026.07.09", "2464", "91380686", "04595257", "1,680")
    rows = [[(0.1, label), (0.4, value)] for label, value in zip((number, day, code, seller, buyer, total), said, strict=True)]
    assert sold(sheet([(0.3, "沐青餐飲")], [(0.3, "1.5@電子發票證明聯")], *rows, width=420, height=900)) == {
        "inv.number": "TC55102938", "inv.date": "2026-07-09", "inv.random_code": "2464", "inv.seller_uniform_no": "91380686",
        "inv.buyer_uniform_no": "04595257", "inv.total_amount": 1680}


def test_a_return_with_its_heads_above_the_values() -> None:
    rows = [["統一編號", "營業人名稱", "所屬年月份"], ["38618839", "小滿烘焙坊", "114年11-12月"], ["銷售額總計", "本期應實繳稅額", ""],
            ["54,187", "355", ""]]
    assert values(table(rows, (0.05, 0.35, 0.65, 0.95), above=[[(0.3, "營業人銷售額與稅額申報書")]])) == {
        "org.uniform_no": "38618839", "org.name": "小滿烘焙坊", "tax.period": "2025-11", "tax.sales_amount": 54_187, "tax.tax_payable": 355}
