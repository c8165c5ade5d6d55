"""中小企業認定標準, both versions as the programme documents quote them."""

from __future__ import annotations

from eligibility.rule import Answer, needs, valued
from eligibility.sme import Firm, Limits, Test, small


def v98(
    v98_max_paid_in_capital: int,
    v98_capital_headcount_under: int,
    v98_max_revenue: int,
    v98_revenue_headcount_under: int,
    org__industry_section: str | None = None,
    fin__paid_in_capital: int | None = None,
    fin__prior_year_revenue: int | None = None,
    hc__regular_employees: int | None = None,
) -> Answer:
    """Capital sections: capital or head count; all others: revenue or head count; an unknown section only where both agree."""
    return small(
        Firm(org__industry_section, fin__paid_in_capital, fin__prior_year_revenue, hc__regular_employees),
        Limits(v98_max_paid_in_capital, v98_capital_headcount_under, v98_max_revenue, v98_revenue_headcount_under),
    )


def v109(
    v109_max_paid_in_capital: int,
    v109_headcount_under: int,
    fin__paid_in_capital: int | None = None,
    hc__insured_latest_count: int | None = None,
) -> Answer:
    """One test for every section; the head count is the insured count of the latest bill."""
    return Test(
        fin__paid_in_capital,
        v109_max_paid_in_capital,
        "實收資本額",
        "fin.paid_in_capital",
        hc__insured_latest_count,
        v109_headcount_under,
        "hc.insured_latest_count",
        "最近一期投保人數",
    ).answer()


def headcount_definition(
    hc__insured_latest_count: int | None = None,
    hc__avg_insured_current: int | None = None,
    hc__regular_employees: int | None = None,
) -> Answer:
    """Three measures of 經常僱用員工數, kept apart: latest insured count, yearly average of insured nationals, stated number."""
    measures = {
        "insured_latest": hc__insured_latest_count,
        "average_insured_nationals": hc__avg_insured_current,
        "stated": hc__regular_employees,
    }
    known = {k: v for k, v in measures.items() if v is not None}
    if not known:
        return needs("三種員工數（最近一期投保人數、全年平均投保人數、申請人所填人數）都還不知道。")
    said = {"insured_latest": "最近一期投保 {} 人", "average_insured_nationals": "全年平均投保 {} 人", "stated": "申請人所填 {} 人"}
    return valued(known, "、".join(said[k].format(v) for k, v in known.items()) + "；三者分別記錄，各計畫採用的不同。")
