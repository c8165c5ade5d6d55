"""抵減, 申請, 罰則 (辦法 第九條 to 第十七條). Amounts in 元, rounded down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from eligibility.dates import anniversary, months_after, roc
from eligibility.paper import Paper, there
from eligibility.rule import Answer, failed, needs, not_applicable, passed, undetermined, valued
from eligibility.words import listed, yuan

Rows = Sequence[Mapping[str, Any]]


def method_choice(rd__method: str, app__tax_return_deadline: date | None = None, change__applied_date: date | None = None) -> Answer:
    """Chosen when filing; not to be changed once the filing period is over."""
    said = "15%，抵減當年度" if rd__method == "A" else "10%，抵減自當年度起三年內"
    if change__applied_date is None:
        return valued(rd__method, f"選擇支出金額 {said}；申報期間屆滿後不得變更。")
    if app__tax_return_deadline is None:
        return needs("變更過抵減方式，還不知道結算申報期限。", "app.tax_return_deadline")
    if change__applied_date > app__tax_return_deadline:
        return failed(f"{roc(change__applied_date)}才變更抵減方式，申報期間已於{roc(app__tax_return_deadline)}屆滿，不得變更。")
    return passed(f"申報期間內改選支出金額 {said}。", rd__method)


def credit_amount(
    percent_one_year: int,
    percent_three_years: int,
    max_tax_percent: int,
    rd__eligible_expense: int,
    rd__method: str,
    tax__payable_current: int,
    tax__undistributed_surplus_surtax: int | None = None,
    rd__credited_tax: int | None = None,
) -> Answer:
    """This year's credit. A: what the ceiling leaves unused is lost. B: of the pool, less what was credited in earlier years."""
    tax = tax__payable_current + (tax__undistributed_surplus_surtax or 0)
    ceiling = tax * max_tax_percent // 100
    note = "" if tax__undistributed_surplus_surtax is not None else "（未計上一年度未分配盈餘加徵稅額）"
    if rd__method == "A":
        pool = rd__eligible_expense * percent_one_year // 100
        credit = min(pool, ceiling)
        rest = f"；超過上限的 {yuan(pool - credit)}不得遞延" if pool > credit else ""
    else:
        pool = max(0, rd__eligible_expense * percent_three_years // 100 - (rd__credited_tax or 0))
        credit = min(pool, ceiling)
        rest = f"；其餘 {yuan(pool - credit)}在三年內繼續抵減" if pool > credit else ""
    return valued(
        credit,
        f"可抵減 {yuan(pool)}，應納稅額 {yuan(tax)}{note}的 {max_tax_percent}% 為 {yuan(ceiling)}，本年度抵減 {yuan(credit)}{rest}。",
    )


def exclude_subsidy(
    rd__expense_total: int | None = None,
    rd__expenses: Rows | None = None,
    rd__government_subsidy: int | None = None,
    rd__unit_income: int | None = None,
) -> Answer:
    """Spending less government subsidies and the unit's income, never below zero."""
    total = rd__expense_total
    if total is None and rd__expenses and all(r.get("amount") is not None for r in rd__expenses):
        total = sum(r["amount"] for r in rd__expenses)
    if total is None or (rd__government_subsidy is None and rd__unit_income is None):
        return needs("還不知道研究發展支出合計、政府補助款或研究發展單位之收入。")
    eligible = max(0, total - (rd__government_subsidy or 0) - (rd__unit_income or 0))
    if eligible and (rd__government_subsidy is None or rd__unit_income is None):
        return needs("還不知道政府補助款或研究發展單位之收入，算不出可適用支出。")
    said = f"支出 {yuan(total)}，減政府補助款 {yuan(rd__government_subsidy or 0)}、單位收入 {yuan(rd__unit_income or 0)}"
    return valued(eligible, f"{said}，可適用支出 {yuan(eligible)}（以稅捐稽徵機關核定數為準）。")


def application_window(
    months_before_filing: int, day: date, app__tax_return_start: date | None = None, app__tax_return_deadline: date | None = None
) -> Answer:
    """From three months before the filing period starts until it ends."""
    first = None if app__tax_return_start is None else months_after(app__tax_return_start, -months_before_filing)
    if first and day < first:
        return failed(f"{roc(day)}申請，早於申請期間首日{roc(first)}。", f"{roc(first)}起再申請。")
    if app__tax_return_deadline and day > app__tax_return_deadline:
        return failed(f"{roc(day)}申請，已過申報期間截止日{roc(app__tax_return_deadline)}。")
    if first is None or app__tax_return_deadline is None:
        return needs("還不知道結算申報期間的開始日或截止日。")
    return passed(f"{roc(day)}在{roc(first)}至{roc(app__tax_return_deadline)}的申請期間內。")


def documents(
    rd__expenses: Rows | None = None,
    doc__rd_org_chart: Paper | None = None,
    doc__rd_material_records: Paper | None = None,
    doc__rd_ip_contracts: Paper | None = None,
    doc__rd_reports: Paper | None = None,
) -> Answer:
    """Those that belong to the items claimed; where the items are not known, all."""
    kinds = None if rd__expenses is None else {r.get("kind") for r in rd__expenses}
    wanted = {
        "doc.rd_org_chart": ("組織系統圖及研究人員名冊", doc__rd_org_chart),
        "doc.rd_reports": ("研究計畫、紀錄或報告", doc__rd_reports),
    }
    if kinds is None or "消耗性器材原料樣品" in kinds:
        wanted["doc.rd_material_records"] = ("完整進、領料紀錄", doc__rd_material_records)
    if kinds is None or kinds & {"專利權專用技術著作權", "資料庫軟體系統"}:
        wanted["doc.rd_ip_contracts"] = ("契約或證明文件", doc__rd_ip_contracts)
    lacking = {f: n for f, (n, p) in wanted.items() if not there(p)}
    if lacking:
        return needs(f"還缺{listed(list(lacking.values()))}。", *lacking)
    return passed("與申請項目有關的文件都有了。")


def joint_filing_and_forms(doc__rd_tax_form: Paper) -> Answer:
    """Filed with the tax return in the form of the ministry; mended before the deadline."""
    if there(doc__rd_tax_form):
        return passed("結算申報用的表格已填報；專案認定須併案提出。")
    return needs("還缺結算申報用的研究發展支出投資抵減表格（財政部格式）。", "doc.rd_tax_form")


def three_year_holding(
    holding_years: int,
    rd__asset_purchase_date: date | None = None,
    rd__asset_disposed_date: date | None = None,
    rd__credited_tax: int | None = None,
    org__is_restructuring: bool | None = None,
) -> Answer:
    """Three years from the day after the purchase; sooner, what was credited goes back with interest. Mergers may be exempt."""
    if rd__asset_purchase_date is None or rd__asset_disposed_date is None:
        return not_applicable("沒有購置後轉借、出租、轉售、退貨或變更用途的紀錄。")
    last = anniversary(rd__asset_purchase_date, holding_years)
    said = f"{roc(rd__asset_purchase_date)}購置，{roc(rd__asset_disposed_date)}處分或變更用途，三年到{roc(last)}為止"
    if rd__asset_disposed_date > last:
        return passed(f"{said}，已滿三年。")
    if org__is_restructuring:
        return undetermined(f"{said}；因合併、分割或收購移轉並繼續從事研究發展者不在此限，由稅捐稽徵機關認定。")
    back = f"已抵減稅款 {yuan(rd__credited_tax)}" if rd__credited_tax is not None else "已抵減稅款"
    return failed(f"{said}，未滿三年，應補繳{back}並按日加計利息。", f"{roc(last)}以後處分就不必補繳。", rd__credited_tax)


def no_double_benefit(rd__other_tax_benefit: bool) -> Answer:
    """Not twice for the same matter."""
    if rd__other_tax_benefit:
        return failed("同一事項已依其他法規享有租稅優惠，不得重複享有。", "就同一事項只選一種優惠。")
    return passed("同一事項沒有享有其他租稅優惠。")


def false_report(app__false_material_found: bool | None = None) -> Answer:
    """What follows in law when spending was reported falsely."""
    if not app__false_material_found:
        return not_applicable("沒有查明虛報情事。")
    return failed("經查明虛報研究發展支出，依所得稅法逃漏稅處罰及稅捐稽徵法停止享受獎勵之規定處理。")
