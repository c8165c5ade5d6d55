"""登錄資格 and the papers to upload (簡章 參、二(一)1 and (四)2)."""

from __future__ import annotations

import re
from datetime import date

from eligibility.dates import anniversary, month_index, roc
from eligibility.paper import Paper, there, wanting
from eligibility.place import registered_city
from eligibility.rule import Answer, either, failed, needs, not_applicable, passed, undetermined, valued
from eligibility.sme import Test
from eligibility.words import listed

BRANCH = re.compile(r"分公司$|分公司[（(]")
NATIONS = (
    "香港|澳門|大陸|中國大陸|日|日本|美|美國|英|英國|德|德國|法|法國|荷|荷蘭|韓|南韓|韓國|新加坡|馬來西亞|泰|泰國|印尼|菲律賓|越南|印度|澳洲"
    "|澳大利亞|紐西蘭|加拿大|瑞士|瑞典|挪威|丹麥|芬蘭|比利時|盧森堡|義大利|西班牙|葡萄牙|奧地利|愛爾蘭|以色列|土耳其|俄羅斯|波蘭|捷克|巴西"
    "|墨西哥|巴拿馬|南非|模里西斯|薩摩亞|塞席爾|貝里斯|安圭拉|開曼群島|百慕達|賽普勒斯|馬爾他|汶萊"
)
FOREIGN = re.compile(rf"^(?:英屬[\u4e00-\u9fff]{{2,6}}|{NATIONS})商(?!業).+分公司")
"""A foreign company's branch carries its nationality first (公司名稱及業務預查審核準則): 香港商…, 英屬維京群島商…."""


def taipei_address(city: str, org__registered_address: str | None = None, org__registered_city: str | None = None) -> Answer:
    """The city of the registered address; 台 is 臺. The address and a stated city must not contradict each other."""
    place = registered_city(org__registered_address, org__registered_city)
    if place.contradicts:
        said, stated = place.contradicts
        return needs(f"登記地址在{said}，登記縣市卻是{stated}，請對照登記表或抄本。", "org.registered_address", "org.registered_city")
    if place.city is None:
        return needs("從登記表（公司所在地）或商業登記抄本（所在地）還看不出設址的縣市。", "org.registered_address")
    if place.city == city:
        return passed(f"登記地址在{city}。")
    return failed(f"登記地址在{place.city}，不在{city}。", f"登記地址遷到{city}並完成變更登記後才符合；通訊地址不算。")


def not_foreign_branch(org__is_foreign_branch: bool | None = None, org__name: str | None = None) -> Answer:
    """A branch of a foreign enterprise fails; these words do not reach the branch of a domestic company."""
    foreign_name = org__name is not None and FOREIGN.search(org__name) is not None
    if org__is_foreign_branch is False and foreign_name:
        return needs(f"名稱「{org__name}」像境外企業的分公司，資料卻記為不是，請看登記表標題。", "org.is_foreign_branch")
    if org__is_foreign_branch or foreign_name:
        return failed("是境外企業設在臺北市的分公司。", "改由依本國法律設立的公司或商業申請才符合。")
    if org__is_foreign_branch is None:
        return needs("還不知道是不是境外企業的分公司，請看登記表標題與公司名稱。")
    if org__name and BRANCH.search(org__name):
        return undetermined("是本國公司的分公司，簡章沒有寫到這種情形，請主辦單位認定。", "由總公司申請就不必認定。")
    return passed("不是境外企業的分公司。")


def capital_or_headcount(
    max_paid_in_capital: int,
    max_headcount_exclusive: int,
    fin__paid_in_capital: int | None = None,
    hc__insured_latest_count: int | None = None,
) -> Answer:
    """實收資本額, never 資本總額; the head count is that of the latest 勞保繳費清單. No split by section."""
    return Test(
        fin__paid_in_capital,
        max_paid_in_capital,
        "實收資本額",
        "fin.paid_in_capital",
        hc__insured_latest_count,
        max_headcount_exclusive,
        "hc.insured_latest_count",
        "投保人數",
    ).answer()


def startup_group(org__founding_date: date, day: date, startup_under_years: int) -> Answer:
    """``startup`` is open to those under 8 years (an option), else ``sme``; counted from 核准設立日期, never from a change."""
    limit = anniversary(org__founding_date, startup_under_years)
    said = f"{roc(org__founding_date)}核准設立，到{roc(day)}"
    if org__founding_date > day:
        return needs(f"核准設立日期{roc(org__founding_date)}晚於送件日{roc(day)}，請確認。", "org.founding_date", "app.submitted_date")
    if day < limit:
        return valued("startup", f"{said}未滿 {startup_under_years} 年，得納入新創事業組。")
    return valued("sme", f"{said}已滿 {startup_under_years} 年，屬中小企業組。")


def registration_doc_company(
    org__registration_kind: str,
    approval_letter_days: int,
    doc__approval_letter: Paper | None = None,
    doc__registration_form: Paper | None = None,
    reg__approval_letter_date: date | None = None,
    reg__approval_date: date | None = None,
    reg__form_kind: str | None = None,
    org__last_change_date: date | None = None,
    org__founding_date: date | None = None,
    reg__approval_letter_no: str | None = None,
    reg__approval_no: str | None = None,
) -> Answer:
    """Both papers; the letter must be that of the form, as far as both days (or else both numbers) are known."""
    if org__registration_kind != "company":
        return not_applicable("不是公司登記，不適用。")
    lacking = [
        f for f, p in (("doc.approval_letter", doc__approval_letter), ("doc.registration_form", doc__registration_form)) if not there(p)
    ]
    if lacking:
        names = {"doc.approval_letter": "最新公司登記核准函影本", "doc.registration_form": "公司設立／變更登記表影本"}
        return needs(f"還缺{listed([names[f] for f in lacking])}。", *lacking)
    on_form = org__last_change_date or reg__approval_date or (org__founding_date if reg__form_kind == "設立" else None)
    if reg__approval_letter_date and on_form:
        if abs((reg__approval_letter_date - on_form).days) > approval_letter_days:
            return needs(
                f"核准函{roc(reg__approval_letter_date)}發文，登記表是{roc(on_form)}核准，兩者對不起來，其中一份可能不是最新的。",
                "doc.approval_letter",
                "doc.registration_form",
            )
    elif reg__approval_letter_no and reg__approval_no and _digits(reg__approval_letter_no) != _digits(reg__approval_no):
        return needs(
            f"核准函文號「{reg__approval_letter_no}」與登記表文號「{reg__approval_no}」不同，其中一份可能不是最新的。",
            "doc.approval_letter",
            "doc.registration_form",
        )
    return passed("最新公司登記核准函與公司設立／變更登記表都有了。")


def registration_doc_business(
    org__registration_kind: str, doc__approval_letter: Paper | None = None, doc__business_transcript: Paper | None = None
) -> Answer:
    """Both papers."""
    if org__registration_kind != "business":
        return not_applicable("不是商業登記，不適用。")
    lacking = [
        f for f, p in (("doc.approval_letter", doc__approval_letter), ("doc.business_transcript", doc__business_transcript)) if not there(p)
    ]
    if lacking:
        names = {"doc.approval_letter": "最新商業登記核准函影本", "doc.business_transcript": "商業登記抄本"}
        return needs(f"還缺{listed([names[f] for f in lacking])}。", *lacking)
    return passed("最新商業登記核准函與商業登記抄本都有了。")


def registration_doc_either(org__registration_kind: str) -> Answer:
    """One of the two families of papers has to apply."""
    kinds = {"company": "公司登記證明文件", "business": "商業登記證明文件"}
    if org__registration_kind in kinds:
        return passed(f"適用{kinds[org__registration_kind]}。")
    return failed("既不是公司登記也不是商業登記。", "完成公司登記或商業登記後才符合。")


def can_invoice(
    org__can_issue_uniform_invoice: bool | None = None,
    org__can_issue_receipt: bool | None = None,
    doc__receipt_has_company_seals: bool | None = None,
    doc__receipt_has_invoice_exempt_seal: bool | None = None,
) -> Answer:
    """Invoices, or receipts with both seals; a sample without a seal can be mended, so it asks for evidence."""
    if org__can_issue_uniform_invoice:
        return passed("可開立統一發票。")
    if org__can_issue_receipt and doc__receipt_has_company_seals and doc__receipt_has_invoice_exempt_seal:
        return passed("可開立收據，收據蓋有公司大小章及免用統一發票章。")
    if either(org__can_issue_uniform_invoice, org__can_issue_receipt) is False:
        return failed("統一發票與收據都不能開立。", "能開立統一發票，或開立蓋有公司大小章及免用統一發票章的收據，才符合。")
    if not org__can_issue_receipt:
        return needs("還不知道能不能開立統一發票或收據。")
    seals = (
        ("doc.receipt_has_company_seals", "公司大小章", doc__receipt_has_company_seals),
        ("doc.receipt_has_invoice_exempt_seal", "免用統一發票章", doc__receipt_has_invoice_exempt_seal),
    )
    return needs(f"收據樣本上還看不到{listed([name for _, name, seen in seals if not seen])}。", *(f for f, _, seen in seals if not seen))


def buyer_account_first(account__buyer_active: bool) -> Answer:
    """A supplier applies from an activated buyer's account."""
    if account__buyer_active:
        return passed("採購方帳號已開通。")
    return failed("採購方帳號還沒有開通，不能申請供應方登錄。", "先在平台註冊成為採購方並完成 Email 驗證。")


def upload_authorization(doc__authorization_letter: Paper | None = None) -> Answer:
    """Signed or sealed by both sides; asked of everybody, as nothing frees a responsible person who files in person."""
    lacking = wanting("委託代理授權書（附件一）", doc__authorization_letter, seals=("company_seal", "responsible_seal", "agent_seal"))
    if not lacking:
        return passed("委託代理授權書已附，委託人與代理人都已簽章。")
    return needs(f"{lacking}；應由委託人與代理人簽章。", "doc.authorization_letter")


def upload_labor_list(
    day: date,
    latest_list_months: int,
    doc__labor_insurance_list: Paper | None = None,
    hc__insured_latest_count: int | None = None,
    hc__insured_latest_period: str | None = None,
) -> Answer:
    """Asked of everybody, even where the capital alone is enough; the billing month must not be older than two months."""
    if not there(doc__labor_insurance_list):
        return needs("還缺最近一期勞保繳費清單的投保人數資料；資本額已符合也要附。", "doc.labor_insurance_list")
    if hc__insured_latest_count is None or hc__insured_latest_period is None:
        return needs("勞保繳費清單上的投保人數或計費年月還不清楚。")
    age = month_index(day.isoformat()[:7]) - month_index(hc__insured_latest_period)
    year, month = int(hc__insured_latest_period[:4]) - 1911, int(hc__insured_latest_period[5:])
    said = f"勞保繳費清單為{year}年{month}月，投保 {hc__insured_latest_count:,} 人"
    if age < 0:
        return needs(f"{said}，計費年月晚於送件日{roc(day)}，請確認。", "hc.insured_latest_period")
    if age > latest_list_months:
        return needs(f"{said}，送件日{roc(day)}時已不是最近一期。", "doc.labor_insurance_list", forward="請附最近一期的勞保繳費清單。")
    return passed(f"{said}。")


def upload_intro(doc__company_intro: Paper | None = None, doc__product_evidence: Paper | None = None) -> Answer:
    """The introduction and at least one supporting file."""
    lacking = {
        f: n
        for f, n, p in (
            ("doc.company_intro", "公司簡介", doc__company_intro),
            ("doc.product_evidence", "產品說明書、產品 DM 或組織介紹", doc__product_evidence),
        )
        if not there(p)
    }
    if lacking:
        return needs(f"還缺{listed(list(lacking.values()))}。", *lacking)
    return passed("公司簡介與佐證檔案都有了。")


def _digits(number: str) -> str:
    return "".join(c for c in number if c.isdigit())
