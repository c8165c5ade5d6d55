"""投標廠商聲明書 (F20): every item words the bad state; 是 or no answer on 1 to 10 shuts out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.decision import FAIL
from eligibility.programmes.t103.statement import must_be_no, said
from eligibility.rule import Answer, needs, passed
from eligibility.sme import Firm, Limits, small
from eligibility.words import yuan

Answers = Sequence[str]


def statement_01(bid__statement_answers: Answers) -> Answer:
    """Items of business that cannot lawfully carry the contract."""
    return must_be_no(bid__statement_answers, 1)


def statement_02(bid__statement_answers: Answers) -> Answer:
    """施行細則第33條: several bids of one vendor."""
    return must_be_no(bid__statement_answers, 2)


def statement_03(bid__statement_answers: Answers) -> Answer:
    """採購法第15條: interests of kin."""
    return must_be_no(bid__statement_answers, 3)


def statement_04(bid__statement_answers: Answers) -> Answer:
    """採購法第38條: a political party or its affiliate."""
    return must_be_no(bid__statement_answers, 4)


def statement_05(bid__statement_answers: Answers) -> Answer:
    """採購法第39條2項: the same person plans and supplies."""
    return must_be_no(bid__statement_answers, 5)


def statement_06(bid__statement_answers: Answers) -> Answer:
    """採購法第39條3項: an affiliate of the planner."""
    return must_be_no(bid__statement_answers, 6)


def statement_07(bid__statement_answers: Answers) -> Answer:
    """採購法第59條1項: a price above the market."""
    return must_be_no(bid__statement_answers, 7)


def statement_08(bid__statement_answers: Answers) -> Answer:
    """採購法第59條2項: commissions."""
    return must_be_no(bid__statement_answers, 8)


def statement_09(bid__statement_answers: Answers, cmp__debarred_vendor: bool | None = None) -> Answer:
    """採購法第103條: debarred. A hit in the register against a 否 is a contradiction that somebody must settle."""
    answer = must_be_no(bid__statement_answers, 9)
    if cmp__debarred_vendor and said(bid__statement_answers, 9) == "否":
        return needs("聲明書第 9 項答「否」，但登記查得為拒絕往來廠商，兩者矛盾，請確認。", "bid.statement_answers", "cmp.debarred_vendor")
    return answer


def statement_10(bid__statement_answers: Answers) -> Answer:
    """公職人員利益衝突迴避法."""
    return must_be_no(bid__statement_answers, 10)


def statement_11(
    v98_max_paid_in_capital: int,
    v98_capital_headcount_under: int,
    v98_max_revenue: int,
    v98_revenue_headcount_under: int,
    bid__statement_answers: Answers,
    bid__sme_subcontracts: Sequence[Mapping[str, Any]] | None = None,
    org__industry_section: str | None = None,
    fin__paid_in_capital: int | None = None,
    fin__prior_year_revenue: int | None = None,
    hc__regular_employees: int | None = None,
) -> Answer:
    """Small or not; one that is not says what it will subcontract to small firms ("0" for nothing)."""
    found = said(bid__statement_answers, 11)
    if not found:
        return needs("聲明書第 11 項未填或有疑義，機關得洽廠商澄清。", "bid.statement_answers")
    if found == "否":
        rows = bid__sme_subcontracts
        if rows is None or any(r.get("amount") is None for r in rows):
            return needs("聲明書第 11 項答「否」，還缺預計分包予中小企業之項目及金額（無請填 0）。", "bid.sme_subcontracts")
        total = sum(r["amount"] for r in rows)
        return passed(f"聲明書第 11 項答「否」，預計分包予中小企業 {yuan(total)}。", total)
    checked = small(
        Firm(org__industry_section, fin__paid_in_capital, fin__prior_year_revenue, hc__regular_employees),
        Limits(v98_max_paid_in_capital, v98_capital_headcount_under, v98_max_revenue, v98_revenue_headcount_under),
    )
    if checked.outcome == FAIL:
        return needs(f"聲明書第 11 項答「是」，但與中小企業認定標準不符，請澄清：{checked.explanation}", "bid.statement_answers")
    return passed("聲明書第 11 項答「是」，為中小企業。")


def statement_12(
    staff_over: int,
    bid__statement_answers: Answers,
    hc__domestic_total: int | None = None,
    hc__disabled: int | None = None,
    hc__indigenous: int | None = None,
) -> Answer:
    """More than a hundred people at home, and then how many of them are disabled or indigenous."""
    found = said(bid__statement_answers, 12)
    if not found:
        return needs("聲明書第 12 項未填或有疑義，機關得洽廠商澄清。", "bid.statement_answers")
    if hc__domestic_total is not None and (hc__domestic_total > staff_over) != (found == "是"):
        return needs(f"聲明書第 12 項答「{found}」，但國內員工總人數為 {hc__domestic_total} 人，兩者矛盾，請澄清。", "hc.domestic_total")
    if found == "是" and None in (hc__domestic_total, hc__disabled, hc__indigenous):
        return needs("聲明書第 12 項答「是」，還缺總人數、身心障礙人數或原住民人數。")
    return passed(f"聲明書第 12 項答「{found}」。")


def statement_seals(
    org__name: str | None = None,
    org__name_en: str | None = None,
    org__address_en: str | None = None,
    org__uniform_no: str | None = None,
    org__phone: str | None = None,
    org__fax: str | None = None,
) -> Answer:
    """The foot of the statement; English name and address because foreign vendors may bid."""
    fields = {
        "org.name": ("中文名稱", org__name),
        "org.name_en": ("英文名稱", org__name_en),
        "org.address_en": ("英文地址", org__address_en),
        "org.uniform_no": ("統一編號", org__uniform_no),
        "org.phone": ("電話", org__phone),
        "org.fax": ("傳真電話", org__fax),
    }
    lacking = {f: n for f, (n, v) in fields.items() if not v}
    if lacking:
        return needs(f"聲明書還缺{'、'.join(lacking.values())}；並須蓋投標廠商章及代表人章。", *lacking)
    return passed("聲明書的名稱、地址、統一編號與電話都有了；須蓋投標廠商章及代表人章並填日期。")
