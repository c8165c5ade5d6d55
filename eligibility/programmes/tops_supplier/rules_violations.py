"""無違規事證 (簡章 參、二(一)1.(5)): seven registers, looked up by a person. An empty list means: looked up, nothing found."""

from __future__ import annotations

from datetime import date

from eligibility.dates import roc, years_before
from eligibility.registers import Records, clear, fined_over, free_from, within
from eligibility.rule import Answer, failed, needs, not_applicable, passed, undetermined
from eligibility.words import yuan


def viol_criminal(cmp__rp_criminal_final: bool) -> Answer:
    """A final conviction, at any time; an appeal that is pending is not final."""
    if cmp__rp_criminal_final:
        return failed("負責人有刑事案件經判決有罪確定，這一項沒有年限。", "由未受有罪確定判決的人擔任負責人才符合。")
    return passed("司法院裁判書系統查無負責人有罪確定判決。")


def viol_debarred(cmp__debarred_vendor: bool) -> Answer:
    """Being on the list disqualifies, though the row of the table words the good state."""
    if cmp__debarred_vendor:
        return failed("列在政府採購拒絕往來廠商名單上。", "停權期滿、不在名單上之後才符合。")
    return passed("不在政府採購拒絕往來廠商名單上。")


def viol_tax(cmp__tax_arrears_3y: bool) -> Answer:
    """An entry in the list of large arrears within three years."""
    if cmp__tax_arrears_3y:
        return failed("3 年內有欠繳應納稅捐情事。", "欠稅情事超過 3 年後才符合。")
    return passed("重大欠稅名單上查無 3 年內欠繳應納稅捐。")


def viol_environment(cmp__env_violations: Records, day: date, look_back_years: int) -> Answer:
    """Any penalty within three years of the day it was imposed; no floor."""
    return _any_within(cmp__env_violations, day, look_back_years, "環境保護法裁罰", "cmp.env_violations")


def viol_labor(cmp__labor_violations: Records, day: date, look_back_years: int, labor_fine_over: int) -> Answer:
    """A single fine over the limit fails; fines that only add up to more are for the organiser."""
    over = fined_over(cmp__labor_violations, day, look_back_years, labor_fine_over)
    if over:
        return failed(
            f"{roc(over['date'])}勞動法規裁罰 {yuan(over['amount'])}，在 {look_back_years} 年內且逾 {yuan(labor_fine_over)}。",
            f"{roc(free_from(over['date'], look_back_years))}以後送件，這一筆就不在 {look_back_years} 年內。",
        )
    near = within(cmp__labor_violations, day, look_back_years)
    if any(r.get("date") is None or r.get("amount") is None for r in near):
        return needs("有勞動法規裁罰紀錄的處分日或金額還不清楚，請看違反勞動法令事業單位查詢系統。", "cmp.labor_violations")
    total = sum(r["amount"] for r in near)
    if total > labor_fine_over:
        return undetermined(
            f"{look_back_years} 年內勞動法規裁罰合計 {yuan(total)}，但沒有一筆逾 {yuan(labor_fine_over)}，"
            "簡章沒有寫是否累計，請主辦單位認定。"
        )
    return passed(f"{look_back_years} 年內勞動法規裁罰 {len(near)} 筆，沒有逾 {yuan(labor_fine_over)}的。")


def viol_food(cmp__food_violations: Records, day: date, look_back_years: int) -> Answer:
    """Any entry within three years in either of the two registers."""
    return _any_within(cmp__food_violations, day, look_back_years, "食品及安全衛生法律的違反紀錄", "cmp.food_violations")


def viol_disability(cmp__disability_act_violations: Records, day: date, look_back_years: int) -> Answer:
    """Any entry within three years."""
    return _any_within(
        cmp__disability_act_violations, day, look_back_years, "身心障礙者權益保障法的違反紀錄", "cmp.disability_act_violations"
    )


def other_major(cmp__other_major_circumstances: str | None = None) -> Answer:
    """The organiser decides case by case when something was reported; never automatic."""
    if cmp__other_major_circumstances in (None, "", "無"):
        return not_applicable("沒有人提出其他重大情事。")
    return undetermined(f"有其他重大情事待主辦單位個案認定：{cmp__other_major_circumstances}。")


def _any_within(records: Records, day: date, years: int, what: str, field: str) -> Answer:
    near = [r["date"] for r in within(records, day, years) if r.get("date")]
    if near:
        latest = max(near)
        return failed(
            f"{roc(latest)}有{what}，在送件日{roc(day)}前 {years} 年內。", f"{roc(free_from(latest, years))}以後送件，就不在 {years} 年內。"
        )
    if clear(records, day, years) is None:
        return needs(f"有{what}，但處分日還不清楚。", field)
    return passed(f"{roc(years_before(day, years))}以後查無{what}。")
