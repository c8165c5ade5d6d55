"""增僱要件 (辦法 第四條一項三款 to 六款, 三項, 四項): how many, how much more than before, at what wage. Amounts in 元, rounded down."""

from __future__ import annotations

from datetime import date

from eligibility.dates import roc
from eligibility.programmes.wage_deduct.headcount import Monthly, average, first_month_up, years
from eligibility.rule import Answer, failed, needs, not_applicable, passed, valued
from eligibility.words import yuan


def hires_2(
    min_hires: int, hc__new_domestic_hires: int, hc__hire_dates: list[date] | None = None, wage__trigger_announced_date: date | None = None
) -> Answer:
    """Nationals hired from the day of effect on."""
    if hc__new_domestic_hires < min_hires:
        return failed(
            f"增僱本國籍員工 {hc__new_domestic_hires} 人，不足 {min_hires} 人（新設企業亦同；說明八另有排除人數要求之語）。",
            f"增僱本國籍員工達 {min_hires} 人才符合。",
        )
    late = hc__hire_dates and wage__trigger_announced_date and sum(d >= wage__trigger_announced_date for d in hc__hire_dates) < min_hires
    if late and wage__trigger_announced_date:
        return needs(f"增僱日期在公告生效日{roc(wage__trigger_announced_date)}以後的不足 {min_hires} 人，請確認。", "hc.hire_dates")
    return passed(f"增僱本國籍員工 {hc__new_domestic_hires} 人，達 {min_hires} 人。")


def avg_headcount(
    min_increase: int,
    hc__monthly_insured_domestic: Monthly | None = None,
    hc__avg_insured_current: int | None = None,
    hc__avg_insured_prior: int | None = None,
    org__founding_date: date | None = None,
    wage__trigger_announced_date: date | None = None,
) -> Answer:
    """The year's average against the year before; else, within the year, after the month of hiring against before. Truncated averages."""
    if org__founding_date and wage__trigger_announced_date and org__founding_date >= wage__trigger_announced_date:
        return not_applicable("新設企業不受本款限制。")
    by_year = years(hc__monthly_insured_domestic) if hc__monthly_insured_domestic else []
    counted = average(by_year[-1]) if by_year else None
    current = hc__avg_insured_current if hc__avg_insured_current is not None else counted
    prior = hc__avg_insured_prior if hc__avg_insured_prior is not None else (average(by_year[-2]) if len(by_year) > 1 else None)
    if counted is not None and current != counted:
        return needs(f"所填當年度平均 {current} 人，與各月人數平均 {counted} 人不符，請確認。", "hc.avg_insured_current")
    if current is None:
        return needs("還不知道當年度本國籍員工各月投保人數。", "hc.monthly_insured_domestic")
    up = first_month_up(by_year[-1], min_increase) if by_year else None
    if prior is not None and current - prior >= min_increase:
        return passed(
            f"當年度平均 {current} 人，前一年度平均 {prior} 人，增加 {current - prior} 人，全年適用。",
            {"average": current, "prior": prior, "from_month": 1},
        )
    if prior is None:
        return needs(f"當年度平均 {current} 人，還不知道前一年度平均。", "hc.avg_insured_prior", value=current)
    said = f"當年度平均 {current} 人，前一年度平均 {prior} 人，增加 {current - prior} 人，全年不適用"
    if up:
        return passed(
            f"{said}；但 {up} 月起的平均較之前增加 {min_increase} 人以上，自 {up} 月起適用。",
            {"average": current, "prior": prior, "from_month": up},
        )
    if not by_year or len(by_year[-1]) < 12:
        return needs(f"{said}；還不知道全年各月投保人數，不能判斷年度中增僱。", "hc.monthly_insured_domestic", value=current)
    return failed(
        f"{said}，年度中增僱前後也沒有增加 {min_increase} 人。",
        f"平均增加 {min_increase} 人以上才符合。",
        {"average": current, "prior": prior},
    )


def avg_headcount_example(hc__monthly_insured_domestic: Monthly) -> Answer:
    """How the average is taken: whole people, the rest cut off."""
    counts = years(hc__monthly_insured_domestic)
    if not counts:
        return needs("各月投保人數是空白的。", "hc.monthly_insured_domestic")
    year = counts[-1]
    return valued(average(year), f"{len(year)} 個月合計 {sum(year)} 人，平均 {average(year)} 人（小數捨去）。")


def payroll(
    increment_percent: int,
    wage__total_current_domestic: int | None = None,
    wage__comparison_level: int | None = None,
    wage__total_prior: int | None = None,
    hc__new_domestic_hires: int | None = None,
    hc__total_employed_prior_year_end: int | None = None,
    hc__hire_dates: list[date] | None = None,
    org__founding_date: date | None = None,
    wage__trigger_announced_date: date | None = None,
) -> Answer:
    """Above the comparison level, stated or computed."""
    if org__founding_date and wage__trigger_announced_date and org__founding_date >= wage__trigger_announced_date:
        return not_applicable("新設企業不受本款限制。")
    computed = _level(wage__total_prior, hc__new_domestic_hires, hc__total_employed_prior_year_end, hc__hire_dates, increment_percent)
    levels = {x for x in (wage__comparison_level, computed) if x is not None}
    if wage__total_current_domestic is None or not levels:
        return needs("還不知道當年度整體薪資給付總額或比較薪資水準總額。")
    said = f"當年度整體薪資給付總額 {yuan(wage__total_current_domestic)}，比較薪資水準總額 {yuan(max(levels))}"
    above = {wage__total_current_domestic > x for x in levels}
    if len(above) > 1:
        return needs(f"所填比較薪資水準總額與計算結果 {yuan(computed or 0)}不同，請確認。", "wage.comparison_level")
    if above == {True}:
        return passed(f"{said}，高於比較水準。")
    return failed(f"{said}，沒有高於比較水準。", f"整體薪資給付總額超過 {yuan(max(levels))}才符合。")


def comparison_level(
    increment_percent: int,
    wage__total_prior: int,
    hc__new_domestic_hires: int,
    hc__total_employed_prior_year_end: int,
    hc__hire_dates: list[date],
) -> Answer:
    """By the formula and its example: last year's payroll plus the increment, prorated by the months from the first hire."""
    level = _level(wage__total_prior, hc__new_domestic_hires, hc__total_employed_prior_year_end, hc__hire_dates, increment_percent)
    if level is None:
        return needs("前一年底總僱用人數或增僱日期不足以計算。", "hc.total_employed_prior_year_end", "hc.hire_dates")
    months = 13 - min(hc__hire_dates).month
    return valued(
        level,
        f"前一年度薪資 {yuan(wage__total_prior)}，增僱 {hc__new_domestic_hires} 人、{months} 個月，比較薪資水準總額 {yuan(level)}"
        "（依公式與舉例；條文文字略有不同）。",
    )


def comparison_example() -> Answer:
    """The two results of the example, in 元."""
    return valued({"full_year": 6_160_000, "from_10_september": 5_720_000}, "說明六舉例：全年 616 萬元；九月十日起增僱為 572 萬元。")


def basic_wage(wage__new_hire_monthly: int, wage__basic_wage: int) -> Answer:
    """At least the year's basic wage."""
    said = f"增僱員工月薪 {yuan(wage__new_hire_monthly)}，當年度基本工資 {yuan(wage__basic_wage)}"
    if wage__new_hire_monthly >= wage__basic_wage:
        return passed(f"{said}，相當或高於。")
    return failed(f"{said}，低於基本工資。", f"月薪至少 {yuan(wage__basic_wage)}才符合。")


def _level(prior: int | None, hires: int | None, staff: int | None, dates: list[date] | None, percent: int) -> int | None:
    if prior is None or hires is None or not staff or not dates:
        return None
    months = 13 - min(dates).month
    return prior + prior * hires * percent * months // (staff * 100 * 12)
