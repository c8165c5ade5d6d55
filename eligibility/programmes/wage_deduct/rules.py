"""適用主體, 期間 and 投資要件 (辦法 第二條 to 第四條一項二款): which firm, when, what was invested. Amounts in 元."""

from __future__ import annotations

from datetime import date

from domain.decision import PASS
from eligibility.dates import period_end, roc
from eligibility.rule import Answer, at_least, both, either, failed, needs, not_applicable, passed, undetermined
from eligibility.sme import Firm, Limits, is_small
from eligibility.words import about, yuan


def sme(
    sme_amended: str,
    v98_max_paid_in_capital: int,
    v98_capital_headcount_under: int,
    v98_max_revenue: int,
    v98_revenue_headcount_under: int,
    v109_max_paid_in_capital: int,
    v109_headcount_under: int,
    org__registration_kind: str | None = None,
    org__is_small_scale_exempt: bool | None = None,
    org__industry_section: str | None = None,
    fin__paid_in_capital: int | None = None,
    fin__prior_year_revenue: int | None = None,
    hc__regular_employees: int | None = None,
    day: date | None = None,
) -> Answer:
    """A company or business, small under article 2, and no exempt small-scale business."""
    if org__is_small_scale_exempt:
        return failed("屬免課營利事業所得稅之小規模營利事業，不適用。", "使用統一發票並課徵營利事業所得稅後才符合。")
    if org__registration_kind == "licensed":
        return failed("沒有辦理公司或商業登記。", "辦理公司或商業登記後才符合。")
    answer = is_small(
        Firm(org__industry_section, fin__paid_in_capital, fin__prior_year_revenue, hc__regular_employees),
        Limits(v98_max_paid_in_capital, v98_capital_headcount_under, v98_max_revenue, v98_revenue_headcount_under),
        Limits(v109_max_paid_in_capital, v109_headcount_under),
        date.fromisoformat(sme_amended),
        day,
    )
    if answer.outcome == PASS and (org__registration_kind is None or org__is_small_scale_exempt is None):
        return needs("規模合於標準，還不知道登記種類或是否為免課營所稅之小規模營利事業。")
    return answer


def econ_trigger(wage__trigger_announced_date: date | None = None) -> Answer:
    """The figure of the unemployment rate is announced, not written in the rule."""
    if wage__trigger_announced_date is None:
        return undetermined("還沒有經濟景氣指數達一定情形之公告生效日。", "主管機關公告後即可判斷。")
    return passed(f"經濟景氣指數達一定情形，公告生效日為{roc(wage__trigger_announced_date)}。", wage__trigger_announced_date)


def period(
    first_day: str,
    last_day: str,
    benefit_years: int,
    hc__hire_dates: list[date],
    wage__trigger_announced_date: date | None = None,
    wage__is_first_announcement: bool | None = None,
) -> Answer:
    """Two years from the announcement, at most to the end of the rule; the first announcement reaches back to its first day."""
    first, last = date.fromisoformat(first_day), date.fromisoformat(last_day)
    spans = set()
    if wage__is_first_announcement is not False:
        spans.add((first, period_end(first, benefit_years)))
    if not wage__is_first_announcement:
        if wage__trigger_announced_date is None:
            return needs("還不知道公告生效日，或是不是首次公告。", "wage.trigger_announced_date")
        start = wage__trigger_announced_date
        spans.add((start, min(period_end(start, benefit_years), last)))
    if not hc__hire_dates:
        return needs("還沒有增僱日期。", "hc.hire_dates")
    results = {any(a <= d <= b for d in hc__hire_dates) for a, b in spans}
    a, b = min(spans)
    inside = sum(a <= d <= b for d in hc__hire_dates)
    said = f"適用期間{roc(a)}至{roc(b)}，增僱 {len(hc__hire_dates)} 人，其中 {inside} 人在期間內"
    if len(results) > 1:
        return needs("增僱日期是否在適用期間內，要看是不是首次公告。", "wage.is_first_announcement")
    if results == {True}:
        return passed(f"{said}。", {"from": a, "until": b, "hires": inside})
    return failed(f"{said}。", "期間內增僱才適用。", {"from": a, "until": b, "hires": inside})


def new_investment(
    wage__trigger_announced_date: date,
    org__founding_date: date | None = None,
    org__capital_change_date: date | None = None,
    org__is_restructuring: bool | None = None,
) -> Answer:
    """Founded or enlarged on or after the day of effect; a mere merger or split without new hiring does not count."""
    recent = either(*(None if d is None else d >= wage__trigger_announced_date for d in (org__founding_date, org__capital_change_date)))
    said = f"公告生效日{roc(wage__trigger_announced_date)}"
    if recent is False:
        return failed(f"設立登記與增資變更登記都在{said}以前。", "生效日以後完成設立或增資變更登記才符合。")
    if recent is None:
        return needs("還不知道設立登記或增資變更登記的日期。")
    if org__is_restructuring:
        return undetermined("屬合併、分割、轉讓或關係企業人員流動；是否實質增僱員工由稅捐稽徵機關認定。")
    if org__is_restructuring is None:
        return needs(f"登記在{said}以後，還不知道是否屬合併、分割、轉讓。", "org.is_restructuring")
    return passed(f"設立或增資變更登記在{said}以後。")


def capital_500k(
    min_capital: int,
    wage__trigger_announced_date: date | None = None,
    org__founding_date: date | None = None,
    org__capital_change_date: date | None = None,
    fin__paid_in_capital: int | None = None,
    fin__capital_increase: int | None = None,
) -> Answer:
    """A new firm by its paid-in capital, an older one by the increase."""
    new = _is_new(org__founding_date, wage__trigger_announced_date)
    paid, more = at_least(fin__paid_in_capital, min_capital), at_least(fin__capital_increase, min_capital)
    if new is not None:
        enough = paid if new else more
    else:
        enough = True if both(paid, more) else (False if either(paid, more) is False else None)
    said = "新投資創立" if new else "增資擴展"
    figure = fin__paid_in_capital if new else fin__capital_increase
    if enough is None:
        return needs("還不知道是新投資創立或增資擴展，或其資本額。")
    if figure is None:
        figure = fin__paid_in_capital or 0
    if enough:
        return passed(f"{said}，資本額 {yuan(figure)}，達 {about(min_capital)}。", figure)
    return failed(f"{said}，資本額 {yuan(figure)}，未達 {about(min_capital)}。", f"達 {about(min_capital)}才符合。", figure)


def net_worth(fin__net_worth: int) -> Answer:
    """Above zero."""
    if fin__net_worth > 0:
        return passed(f"企業淨值 {yuan(fin__net_worth)}，為正值。")
    return failed(f"企業淨值 {yuan(fin__net_worth)}，不是正值。", "淨值轉為正值才符合。")


def new_firm_exemption(org__founding_date: date, wage__trigger_announced_date: date) -> Answer:
    """A firm founded from the day of effect on skips 款4 and 款5, not 款3."""
    if org__founding_date < wage__trigger_announced_date:
        return not_applicable(f"{roc(org__founding_date)}設立，早於公告生效日，不是新設企業。")
    return passed(
        f"{roc(org__founding_date)}設立，在公告生效日以後，不受第四款、第五款限制；第三款增僱二人仍須符合（說明八另有排除人數要求之語）。",
        {"skipped": ["avg-headcount", "payroll"]},
    )


def _is_new(founded: date | None, effective: date | None) -> bool | None:
    return None if founded is None or effective is None else founded >= effective
