"""申請資格 (簡章 肆): who may apply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from eligibility.dates import anniversary, roc
from eligibility.paper import Paper, there
from eligibility.rule import Answer, failed, needs, not_applicable, passed, undetermined, valued
from eligibility.sme import CAPITAL_SECTIONS, Firm, Limits, small

PRIORITY_INDUSTRIES = ("化學材料", "食品製造", "塑膠製品", "專門營造")
Members = Sequence[Mapping[str, Any]]


def sme_manufacturing(
    max_paid_in_capital: int,
    capital_headcount_under: int,
    max_prior_year_revenue: int,
    revenue_headcount_under: int,
    org__industry_section: str | None = None,
    fin__paid_in_capital: int | None = None,
    fin__prior_year_revenue: int | None = None,
    hc__regular_employees: int | None = None,
) -> Answer:
    """製造業, 營造業, 礦業及土石採取業: capital or head count. Section unknown: only where both branches agree."""
    if org__industry_section is not None and org__industry_section not in CAPITAL_SECTIONS:
        return not_applicable("不是製造業、營造業、礦業及土石採取業，適用其他行業的標準。")
    return small(
        Firm(org__industry_section, fin__paid_in_capital, fin__prior_year_revenue, hc__regular_employees),
        Limits(max_paid_in_capital, capital_headcount_under, max_prior_year_revenue, revenue_headcount_under),
    )


def sme_other(
    max_paid_in_capital: int,
    capital_headcount_under: int,
    max_prior_year_revenue: int,
    revenue_headcount_under: int,
    org__industry_section: str | None = None,
    fin__paid_in_capital: int | None = None,
    fin__prior_year_revenue: int | None = None,
    hc__regular_employees: int | None = None,
) -> Answer:
    """Other sections: revenue of the year before or head count; the capital does not matter."""
    if org__industry_section in CAPITAL_SECTIONS:
        return not_applicable(f"行業別為{org__industry_section}，適用實收資本額或員工數的標準。")
    return small(
        Firm(org__industry_section, fin__paid_in_capital, fin__prior_year_revenue, hc__regular_employees),
        Limits(max_paid_in_capital, capital_headcount_under, max_prior_year_revenue, revenue_headcount_under),
    )


def registered(
    org__registration_kind: str,
    doc__registration_form: Paper | None = None,
    doc__business_license: Paper | None = None,
    doc__business_transcript: Paper | None = None,
) -> Answer:
    """公司登記 or 商業登記 with one paper that shows it; 商業登記抄本 stands in for 營利事業登記證, which is no longer issued."""
    if org__registration_kind not in ("company", "business"):
        return failed("沒有辦理公司登記或商業登記。", "完成公司登記或商業登記後才符合。")
    return _registration_paper(doc__registration_form, doc__business_license, doc__business_transcript)


def single_resource_same_year(prior__smea_guidance_same_year: bool) -> Answer:
    """No other 專案輔導 of the agency in the same year."""
    if prior__smea_guidance_same_year:
        return failed("同年已接受經濟部中小企業處其他專案輔導。", "隔年以後，並在前次輔導結案滿 3 年後才得再申請。")
    return passed("同年沒有接受經濟部中小企業處其他專案輔導。")


def three_year_cooldown(
    cooldown_years: int, day: date, prior__smea_guidance_close_date: date | None = None, prior__guidance_records: Members | None = None
) -> Answer:
    """Open again from the third anniversary of the closing day. An empty list of earlier guidance: there was none."""
    none_before = prior__guidance_records is not None and not prior__guidance_records
    if prior__smea_guidance_close_date is None:
        if none_before:
            return passed("以前沒有受過專案輔導，不受結案後 3 年的限制。")
        return needs("還不知道前次專案輔導的結案日；沒有受過輔導的，請說明曾受輔導紀錄為無。", "prior.smea_guidance_close_date")
    free = anniversary(prior__smea_guidance_close_date, cooldown_years)
    said = f"前次專案輔導{roc(prior__smea_guidance_close_date)}結案，到送件日{roc(day)}"
    if day >= free:
        return passed(f"{said}已滿 {cooldown_years} 年。")
    if none_before:
        return needs("資料同時記有前次結案日，又說沒有受過輔導，請確認。", "prior.smea_guidance_close_date", "prior.guidance_records")
    return failed(f"{said}未滿 {cooldown_years} 年。", f"{roc(free)}以後才得再申請。")


def chain_never_guided(
    min_never_guided: int, min_never_guided_percent: int, app__mode: str | None = None, chain__members: Members | None = None
) -> Answer:
    """At least half of the firms, and at least four, were never guided. Whether the centre counts is not said: both are tried."""
    if app__mode not in (None, "chain"):
        return not_applicable("不是申請綠色供應鏈。")
    if chain__members is None:
        return needs("還不知道供應鏈有哪些廠、哪些受過輔導。", *_chain_missing(app__mode))
    satellites = [m for m in chain__members if m.get("role") == "衛星廠"]
    everybody = list(chain__members)
    if not any(m.get("role") == "中心廠" for m in everybody):
        everybody.append({})
    readings = {
        _enough(firms, sure, min_never_guided, min_never_guided_percent) for firms in (satellites, everybody) for sure in (True, False)
    }
    never = sum(m.get("guided") is False for m in satellites)
    said = f"衛星廠 {len(satellites)} 家，其中 {never} 家未曾受輔導"
    if readings == {True}:
        return passed(f"{said}，占 {min_never_guided_percent}% 以上且至少 {min_never_guided} 家。")
    if readings == {False}:
        return failed(
            f"{said}，未達 {min_never_guided_percent}% 或不足 {min_never_guided} 家。",
            f"未曾受輔導的至少要 {min_never_guided} 家且占一半以上。",
        )
    if all(m.get("guided") is not None for m in everybody):
        return undetermined(
            f"{said}；中心廠算不算進家數，結果不同，簡章沒有寫明，請總計畫認定。", "再增加一家未曾受輔導的衛星廠，就不必認定。"
        )
    return needs(f"{said}；有的廠是否受過輔導還不知道。", "chain.members")


def chain_min_satellites(min_satellites: int, app__mode: str | None = None, chain__members: Members | None = None) -> Answer:
    """Eight satellites; the centre is not counted."""
    if app__mode not in (None, "chain"):
        return not_applicable("不是申請綠色供應鏈。")
    if chain__members is None:
        return needs("還不知道供應鏈有哪些廠。", *_chain_missing(app__mode))
    sure = sum(m.get("role") == "衛星廠" for m in chain__members)
    perhaps = sum(m.get("role") is None for m in chain__members)
    if sure >= min_satellites:
        return passed(f"衛星廠 {sure} 家，達 {min_satellites} 家。")
    if sure + perhaps >= min_satellites:
        return needs(f"確定的衛星廠 {sure} 家，另有 {perhaps} 家還不知道是中心廠或衛星廠。", "chain.members")
    return failed(f"衛星廠 {sure} 家，不足 {min_satellites} 家。", f"再加 {min_satellites - sure} 家衛星廠才符合。")


def no_major_issues(
    cmp__major_env_violation: bool | None = None,
    cmp__labor_dispute: bool | None = None,
    cmp__industrial_accident: bool | None = None,
    cmp__negative_news: bool | None = None,
) -> Answer:
    """A major environmental violation fails; the other three, where they occurred, are for people (重大 may govern them or not)."""
    if cmp__major_env_violation:
        return failed("近三年有重大環保違規。", "重大環保違規超過三年後才符合。")
    others = {"勞資爭議": cmp__labor_dispute, "工安事故": cmp__industrial_accident, "負面新聞": cmp__negative_news}
    seen = [k for k, v in others.items() if v]
    if seen:
        return undetermined(f"近三年有{'、'.join(seen)}，是否屬重大須由審查人員認定。")
    unknown = [k for k, v in {"重大環保違規": cmp__major_env_violation, **others}.items() if v is None]
    if unknown:
        return needs(f"近三年有沒有{'、'.join(unknown)}還不知道。")
    return passed("近三年沒有重大環保違規、勞資爭議、工安事故、負面新聞。")


def env_self_confirm(org__env_compliance_confirmed: bool | None = None, advisor__env_compliance_confirmed: bool | None = None) -> Answer:
    """The firm confirms for itself and the advising unit takes responsibility for it."""
    pairs = (
        ("org.env_compliance_confirmed", "受輔導廠商的自主確認", org__env_compliance_confirmed),
        ("advisor.env_compliance_confirmed", "輔導單位的確認", advisor__env_compliance_confirmed),
    )
    lacking = [(f, n) for f, n, v in pairs if not v]
    if lacking:
        return needs(f"還缺{'、'.join(n for _, n in lacking)}（符合環保相關法令與規定）。", *(f for f, _ in lacking))
    return passed("廠商已自主確認符合環保法令，輔導單位也已確認。")


def priority_items(
    plan__sdgs_topics: list[str] | None = None,
    org__is_startup: bool | None = None,
    plan__has_renewable_certificate: bool | None = None,
    plan__circular_economy: bool | None = None,
    fin__export_order_strength: str | None = None,
    org__industry_text: str | None = None,
) -> Answer:
    """Which of the priorities are met; they give no points and never decide."""
    given = (
        plan__sdgs_topics,
        org__is_startup,
        plan__has_renewable_certificate,
        plan__circular_economy,
        fin__export_order_strength,
        org__industry_text,
    )
    if all(g is None for g in given):
        return needs("優先條件的資料都還不知道。")
    met = {
        "因應 SDGs 或產業創新政策": bool(plan__sdgs_topics),
        "新創企業": bool(org__is_startup),
        "再生能源憑證": bool(plan__has_renewable_certificate),
        "循環經濟示範效益": bool(plan__circular_economy),
        "外銷訂單優勢": bool(fin__export_order_strength),
        "優先產業": any(i in (org__industry_text or "") for i in PRIORITY_INDUSTRIES),
    }
    matched = [k for k, v in met.items() if v]
    return valued(matched, f"符合的優先條件：{'、'.join(matched) or '目前資料中沒有'}。")


def _registration_paper(form: Paper | None, old_license: Paper | None, transcript: Paper | None) -> Answer:
    shown = [n for n, p in (("公司登記文件", form), ("營利事業登記證", old_license), ("商業登記抄本", transcript)) if there(p)]
    if shown:
        return passed(f"已附{shown[0]}。")
    return needs("還缺公司登記文件或營利事業登記證影本（擇一；商業可附商業登記抄本）。", "doc.registration_form", "doc.business_license")


def _chain_missing(mode: str | None) -> tuple[str, ...]:
    return ("chain.members",) if mode else ("app.mode", "chain.members")


def _enough(firms: Members, sure: bool, least: int, percent: int) -> bool:
    """Whether enough firms were never guided; ``sure`` counts those not known as guided, else as never guided."""
    never = sum(m.get("guided") is False or (not sure and m.get("guided") is None) for m in firms)
    return never >= least and 100 * never >= percent * len(firms)
