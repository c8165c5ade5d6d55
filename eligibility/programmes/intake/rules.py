"""Checks of every case: one applicant on every paper, values from the right places, sums that add up, originals received."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from domain.vocabulary import groups, terms
from eligibility.dates import month_index, roc
from eligibility.evidence import name
from eligibility.paper import ORIGINAL, Paper, there
from eligibility.rule import Answer, failed, needs, not_applicable, passed
from eligibility.words import yuan

INVOICE_NO = re.compile(r"[A-Z]{2}[0-9]{8}")
Purchases = Sequence[Mapping[str, Any]]


def identity_match(
    org__name: str | None = None,
    org__uniform_no: str | None = None,
    ins__unit_name: str | None = None,
    inv__seller_uniform_no: str | None = None,
    inv__buyer_uniform_no: str | None = None,
    inv__seller_name: str | None = None,
    inv__buyer_name: str | None = None,
    case__other_firm_papers: list[str] | None = None,
    case__agreeing_papers: int | None = None,
) -> Answer:
    """The number first, then the names without blanks, in one width, 台 as 臺. On an invoice the applicant is seller or buyer."""
    if case__other_firm_papers:
        return needs("".join(dict.fromkeys(case__other_firm_papers)), "org.uniform_no", "org.name")
    compared = []
    if org__uniform_no and (inv__seller_uniform_no or inv__buyer_uniform_no):
        if org__uniform_no not in (inv__seller_uniform_no, inv__buyer_uniform_no):
            return needs(
                f"發票上的統一編號都不是申請人的 {org__uniform_no}。", "org.uniform_no", "inv.seller_uniform_no", "inv.buyer_uniform_no"
            )
        compared.append("發票統一編號")
    elif org__name and (inv__seller_name or inv__buyer_name):
        if _folded(org__name) not in (_folded(inv__seller_name), _folded(inv__buyer_name)):
            return needs(f"發票上的買賣雙方都不是申請人「{org__name}」。", "org.name", "inv.seller_name", "inv.buyer_name")
        compared.append("發票名稱")
    if org__name and ins__unit_name:
        if _folded(org__name) != _folded(ins__unit_name):
            return needs(f"投保單位「{ins__unit_name}」與申請人「{org__name}」不同。", "org.name", "ins.unit_name")
        compared.append("投保單位名稱")
    if case__agreeing_papers and case__agreeing_papers > 1:
        compared.append(f"{case__agreeing_papers} 份文件上的統一編號或名稱")
    if compared:
        return passed(f"{'、'.join(compared)}與申請人一致。")
    return needs("還沒有可以互相比對的文件（勞保清單、發票）或申請人名稱。")


def capital_source(
    fin__paid_in_capital: int | None = None, fin__authorized_capital: int | None = None, doc__registration_form: Paper | None = None
) -> Answer:
    """Always 實收資本額; 資本總額 alone is not enough, and paid-in capital cannot exceed it."""
    if fin__paid_in_capital is None:
        if fin__authorized_capital is not None:
            return needs(f"只看得到資本總額 {yuan(fin__authorized_capital)}，判斷要用實收資本額。", "fin.paid_in_capital")
        where = "登記表已附，但" if there(doc__registration_form) else ""
        return needs(f"{where}還看不到實收資本額。", "fin.paid_in_capital")
    if fin__authorized_capital is not None and fin__paid_in_capital > fin__authorized_capital:
        return needs("實收資本額大於資本總額，其中一個讀錯了，請看登記表。", "fin.paid_in_capital", "fin.authorized_capital")
    return passed(f"實收資本額 {yuan(fin__paid_in_capital)}，取自登記表或抄本。", fin__paid_in_capital)


def founding_date_source(org__founding_date: date | None = None, org__last_change_date: date | None = None) -> Answer:
    """核准設立日期, never 核准變更日期."""
    if org__founding_date is None:
        note = "；核准變更日期不能代替" if org__last_change_date else ""
        return needs(f"還看不到核准設立日期{note}。", "org.founding_date")
    if org__last_change_date and org__last_change_date < org__founding_date:
        return needs(
            f"核准變更日期{roc(org__last_change_date)}早於核准設立日期{roc(org__founding_date)}，請確認。",
            "org.founding_date",
            "org.last_change_date",
        )
    return passed(f"核准設立日期為{roc(org__founding_date)}。", org__founding_date)


def headcount_source(
    hc__insured_latest_count: int | None = None,
    hc__insured_latest_period: str | None = None,
    doc__labor_insurance_list: Paper | None = None,
) -> Answer:
    """The printed total of the latest list."""
    if hc__insured_latest_count is None or hc__insured_latest_period is None or not there(doc__labor_insurance_list):
        return needs("還缺勞保繳費清單上印的投保人數與計費年月。")
    return passed(f"{hc__insured_latest_period} 投保 {hc__insured_latest_count:,} 人，取自勞保繳費清單。", hc__insured_latest_count)


def invoice_arithmetic(tax_percent: int, tax_tolerance: int, purchase: Purchases | None = None) -> Answer:
    """Net and tax make the total, the tax is five per cent within one 元, the number is well-formed and comes once a seller."""
    if not purchase:
        return not_applicable("沒有發票需要核算。")
    wrong = [w for p in purchase for w in _sums(p, tax_percent, tax_tolerance)]
    numbers = [(p.get("supplier_uniform_no"), p["invoice_no"]) for p in purchase if p.get("invoice_no")]
    wrong += [f"發票號碼 {n} 格式不對" for _, n in numbers if not INVOICE_NO.fullmatch(n)]
    wrong += [f"發票號碼 {n} 出現兩次" for n in sorted({n for s, n in numbers if numbers.count((s, n)) > 1})]
    if wrong:
        return needs("；".join(dict.fromkeys(wrong)) + "，請對照原件。", "purchase")
    return passed(f"{len(purchase)} 張發票的金額與號碼都核對相符。")


def latest_document(
    approval_letter_days: int,
    insurance_months: int,
    doc__approval_letter: Paper | None = None,
    reg__approval_letter_date: date | None = None,
    org__last_change_date: date | None = None,
    hc__insured_latest_period: str | None = None,
    day: date | None = None,
) -> Answer:
    """The approval letter is that of the last change, and the list of the insured no older than the latest that there can be."""
    behind = month_index(f"{day:%Y-%m}") - month_index(hc__insured_latest_period) if hc__insured_latest_period and day else 0
    if behind > insurance_months:
        return needs(f"投保人數是 {hc__insured_latest_period} 的，距申請日 {behind} 個月，不是最近一期。", "doc.labor_insurance_list")
    if not there(doc__approval_letter):
        return needs("還沒有附最新的登記核准函。", "doc.approval_letter")
    if reg__approval_letter_date is None or org__last_change_date is None:
        return needs("核准函發文日期或最後核准變更日期還不清楚，無法確定是不是最新的。")
    if abs((reg__approval_letter_date - org__last_change_date).days) > approval_letter_days:
        return needs(
            f"核准函{roc(reg__approval_letter_date)}發文，最後核准變更是{roc(org__last_change_date)}，其中一份可能不是最新的。",
            "doc.approval_letter",
        )
    return passed(f"核准函{roc(reg__approval_letter_date)}發文，是最後一次變更的那一份。")


def photocopy_vs_original(doc__willingness_letter: Paper | None = None, doc__claim_receipt: Paper | None = None) -> Answer:
    """A scan cannot stand for a 正本: a person records that the original came."""
    papers = {
        "doc.willingness_letter": ("受輔導廠商意願書", doc__willingness_letter),
        "doc.claim_receipt": ("請款領據", doc__claim_receipt),
    }
    asked = {f: (n, p) for f, (n, p) in papers.items() if p is not None and there(p)}
    if not asked:
        return not_applicable("這個案件目前沒有須收正本的文件。")
    open_ = {f: n for f, (n, p) in asked.items() if not p.in_order and p.form != ORIGINAL}
    if open_:
        return needs(f"{'、'.join(open_.values())}須收正本，掃描檔不算；請承辦人收到後登記。", *open_)
    return passed("須收的正本都已收到。")


def consent_before_processing(doc__privacy_consent: Paper) -> Answer:
    """No personal data is worked on before the consent is on record."""
    if there(doc__privacy_consent):
        return passed("個人資料使用同意已記錄。")
    if doc__privacy_consent.present is False:
        return failed("沒有個人資料使用同意，不能處理個人資料。", "請當事人先簽署個人資料使用同意書。")
    return needs("還不知道個人資料使用同意書在不在。", "doc.privacy_consent")


def confidence_gate(doc__registration_form: Paper | None = None, case__doubtful_fields: list[str] | None = None) -> Answer:
    """Facts that reach a rule were accepted: by agreeing witnesses or by a person. What is in doubt waits for a person."""
    if doubtful := [f for f in case__doubtful_fields or () if f in terms() or f in groups()]:
        named = "、".join(f"「{name(f)}」" for f in doubtful)
        return needs(f"{named}讀得沒有把握或文件之間不一致，還沒有用來判斷。", *doubtful, forward="請對照原件確認或更正。")
    if there(doc__registration_form):
        return passed("登記表上進入判斷的值，都經比對相符或由人確認。")
    return not_applicable("沒有登記表需要確認。")


def _folded(name: str | None) -> str | None:
    return None if name is None else "".join(unicodedata.normalize("NFKC", name).replace("台", "臺").split())


def _sums(p: Mapping[str, Any], percent: int, tolerance: int) -> Iterable[str]:
    net, tax, total, called = p.get("net_amount"), p.get("tax_amount"), p.get("amount"), p.get("invoice_no", "發票")
    if net is not None and tax is not None and total is not None and net + tax != total:
        yield f"{called} 的銷售額 {yuan(net)}加營業稅 {yuan(tax)}不等於總計 {yuan(total)}"
    if net is not None and tax and abs(100 * tax - percent * net) > 100 * tolerance:
        yield f"{called} 的營業稅 {yuan(tax)}不是銷售額 {yuan(net)}的 {percent}%"
