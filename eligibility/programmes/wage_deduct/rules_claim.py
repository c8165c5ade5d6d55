"""不得申請之情形, 文件 and 金額 (辦法 第五條 to 第八條). Amounts in 元, rounded down."""

from __future__ import annotations

from datetime import date

from eligibility.dates import roc
from eligibility.paper import Paper, there
from eligibility.rule import Answer, either, failed, needs, not_applicable, passed, undetermined, valued
from eligibility.words import listed, yuan


def excluded_jobs(wage__job_overseas: bool | None = None, wage__job_part_time_or_fixed_term: bool | None = None) -> Answer:
    """Work abroad, part-time work and fixed terms do not count."""
    hit = either(wage__job_overseas, wage__job_part_time_or_fixed_term)
    if hit:
        return failed("增僱的工作" + ("位於境外。" if wage__job_overseas else "屬部分工時或定期契約。"), "增僱境內的不定期全時工作才符合。")
    if hit is None:
        return needs("還不知道增僱的工作是否位於境外、是否為部分工時或定期契約。")
    return passed("增僱的工作在境內，不是部分工時或定期契約。")


def excluded_industry(
    excluded_industries: list[str], org__industry_text: str | None = None, org__business_items: list[str] | None = None
) -> Answer:
    """What the firm runs; a registered item alone does not show that it is run."""
    run = [i for i in excluded_industries if i in (org__industry_text or "")]
    if run:
        return failed(f"經營{'、'.join(run)}，不得申請。")
    listed_items = [i for i in excluded_industries if any(i in item for item in org__business_items or [])]
    if listed_items:
        return undetermined(f"登記的營業項目有{'、'.join(listed_items)}，是否實際經營由稅捐稽徵機關認定。")
    if org__industry_text is None:
        return needs("還不知道行業別。", "org.industry_text")
    return passed(f"行業別為{org__industry_text}，不在不得申請之列。")


def excluded_credit_tax(cmp__bill_refusal: bool | None = None, cmp__tax_arrears_final_3y: bool | None = None) -> Answer:
    """Refused bills not restored, or confirmed arrears within three years."""
    hit = either(cmp__bill_refusal, cmp__tax_arrears_final_3y)
    if hit:
        return failed(
            "使用票據經拒絕往來尚未恢復。" if cmp__bill_refusal else "最近三年內有欠繳已確定應納稅捐。", "恢復往來或繳清並逾三年後才符合。"
        )
    if hit is None:
        return needs("還不知道票據往來或最近三年的欠稅情形。")
    return passed("票據往來正常，最近三年沒有欠繳已確定應納稅捐。")


def excluded_acquisition(org__is_restructuring: bool) -> Answer:
    """People who came with a business, or from an affiliate."""
    if org__is_restructuring:
        return failed("收購他企業之營業或財產而增僱，或屬關係企業間人員流動。")
    return passed("不是因收購或關係企業間人員流動而增僱。")


def excluded_poaching(cmp__unfair_hiring_final: bool) -> Answer:
    """Unfair hiring, once the disposition or judgment is final."""
    if cmp__unfair_hiring_final:
        return failed("增僱行為違法，經處分確定或判決確定。")
    return passed("增僱行為沒有經處分確定或判決確定的違法情形。")


def excluded_violations(cmp__major_env_labor_food_final_3y: bool) -> Answer:
    """Major violations within three years, once final."""
    if cmp__major_env_labor_food_final_3y:
        return failed("最近三年內違反環保、勞工或食安法律情節重大，並經確定。", "超過三年後才符合。")
    return passed("最近三年內沒有經確定的重大環保、勞工或食安違反。")


def affidavit(doc__affidavit: Paper | None = None) -> Answer:
    """A statement that none of the seven applies."""
    if there(doc__affidavit):
        return passed("切結書已附。")
    return needs("還缺切結書，聲明沒有第五條各款情形。", "doc.affidavit")


def documents(
    doc__wage_deduct_form: Paper | None = None,
    doc__registration_form: Paper | None = None,
    doc__labor_insured_roster_current: Paper | None = None,
    doc__labor_insured_roster_prior: Paper | None = None,
    doc__new_hire_insurance_records: Paper | None = None,
    doc__new_hire_payroll: Paper | None = None,
    doc__affidavit: Paper | None = None,
    doc__business_transcript: Paper | None = None,
) -> Answer:
    """Filed with the annual return; a business shows its transcript."""
    registration = doc__registration_form if there(doc__registration_form) else doc__business_transcript
    papers = {
        "doc.wage_deduct_form": ("加成減除申請表", doc__wage_deduct_form),
        "doc.registration_form": ("設立或增資變更登記文件影本", registration),
        "doc.labor_insured_roster_current": ("當年度被保險人名冊", doc__labor_insured_roster_current),
        "doc.labor_insured_roster_prior": ("前一年度被保險人名冊", doc__labor_insured_roster_prior),
        "doc.new_hire_insurance_records": ("增僱員工投保資料表", doc__new_hire_insurance_records),
        "doc.new_hire_payroll": ("薪資明細資料", doc__new_hire_payroll),
        "doc.affidavit": ("切結書", doc__affidavit),
    }
    lacking = {f: n for f, (n, p) in papers.items() if not there(p)}
    if lacking:
        return needs(f"還缺{listed(list(lacking.values()))}。", *lacking)
    return passed("應附文件都有了。")


def cure(app__supplement_date: date | None = None, app__tax_return_deadline: date | None = None) -> Answer:
    """Mended before the filing deadline; later, it may be refused (得不予受理)."""
    if app__supplement_date is None:
        return not_applicable("沒有補正。")
    if app__tax_return_deadline is None:
        return needs("還不知道結算申報期限。", "app.tax_return_deadline")
    said = f"{roc(app__supplement_date)}補正，申報期限{roc(app__tax_return_deadline)}"
    if app__supplement_date <= app__tax_return_deadline:
        return passed(f"{said}，在期限內。")
    return undetermined(f"{said}，已屆期，稅捐稽徵機關得不予受理。")


def exclude_subsidy(wage__new_hire_total: int, wage__government_subsidy: int) -> Answer:
    """Wages less what the government paid of them."""
    eligible = max(0, wage__new_hire_total - wage__government_subsidy)
    return valued(
        eligible,
        f"增僱員工薪資 {yuan(wage__new_hire_total)}，減政府補助款 {yuan(wage__government_subsidy)}，為 {yuan(eligible)}"
        "（以稅捐稽徵機關核定數為準）。",
    )


def deduction_amount(deduction_percent: int, wage__new_hire_total: int, wage__government_subsidy: int) -> Answer:
    """The most that may be deducted."""
    eligible = max(0, wage__new_hire_total - wage__government_subsidy)
    most = eligible * deduction_percent // 100
    return valued(most, f"薪資支出 {yuan(eligible)}的 {deduction_percent}%，最高減除 {yuan(most)}。")


def clawback(cmp__major_env_labor_food_final_3y: bool | None = None) -> Answer:
    """The year of a major violation loses the benefit."""
    if not cmp__major_env_labor_food_final_3y:
        return not_applicable("沒有經確定的重大違反。")
    return failed("有重大違反並經確定，停止並追回違章行為所屬年度的優惠。")
