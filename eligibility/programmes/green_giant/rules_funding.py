"""計畫經費 and 配合事項 (簡章 柒, 捌, 壹拾 to 壹拾貳): who pays how much, and what is owed afterwards. Amounts in 元."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from eligibility.dates import OfficeCalendar, anniversary, days_after, roc
from eligibility.paper import Paper, there
from eligibility.rule import Answer, at_least, at_most, both, either, failed, needs, not_applicable, passed, undetermined, valued
from eligibility.words import about, yuan


def funding_bright(
    bright_max_total: int,
    bright_max_government: int,
    bright_min_self: int,
    app__mode: str,
    fund__total: int | None = None,
    fund__government: int | None = None,
    fund__self: int | None = None,
) -> Answer:
    """Three absolute limits; no share is stated."""
    if app__mode != "bright":
        return not_applicable("不是申請優質亮點個廠。")
    return _capped((fund__total, fund__government, fund__self), (bright_max_total, bright_max_government, bright_min_self))


def funding_energy(
    energy_min_self_percent: int,
    app__mode: str,
    fund__total: int | None = None,
    fund__government: int | None = None,
    fund__self: int | None = None,
) -> Answer:
    """The firm pays at least a quarter of the total, 查驗費用 included; no absolute limit."""
    if app__mode != "energy":
        return not_applicable("不是申請節能管理個廠。")
    if fund__total is None or (fund__self is None and fund__government is None):
        return needs(
            "還不知道輔導款項總額與企業自籌款。", *(f for f, v in (("fund.total", fund__total), ("fund.self", fund__self)) if v is None)
        )
    own = None if fund__self is None else 100 * fund__self >= energy_min_self_percent * fund__total
    state = None if fund__government is None else 100 * fund__government <= (100 - energy_min_self_percent) * fund__total
    said = "，".join(
        f"{n} {yuan(v)}"
        for n, v in (("總額", fund__total), ("政府輔導經費", fund__government), ("企業自籌款", fund__self))
        if v is not None
    )
    if own is False or (own is None and state is False):
        return failed(
            f"{said}，企業自籌未達總額的 {energy_min_self_percent}%。",
            f"企業自籌款至少 {yuan(-(-energy_min_self_percent * fund__total // 100))}才符合。",
        )
    if own is None:
        return needs(f"{said}，還不知道企業自籌款。", "fund.self")
    if state is False:
        return needs(f"{said}，三個數字加不起來，請確認。", "fund.government")
    return passed(f"{said}，企業自籌達總額的 {energy_min_self_percent}%。")


def funding_chain(
    chain_max_total: int,
    chain_max_government: int,
    chain_min_self: int,
    app__mode: str,
    fund__total: int | None = None,
    fund__government: int | None = None,
    fund__self: int | None = None,
) -> Answer:
    """The same three limits for a whole 體系."""
    if app__mode != "chain":
        return not_applicable("不是申請綠色供應鏈。")
    return _capped((fund__total, fund__government, fund__self), (chain_max_total, chain_max_government, chain_min_self))


def self_fund_tax_included(fund__self: int) -> Answer:
    """What the firm pays itself, tax included."""
    return valued(fund__self, f"企業自籌款 {yuan(fund__self)}為含稅金額，由受輔導業者自行出資。")


def self_fund_30d(
    self_fund_days: int,
    office_calendar: OfficeCalendar,
    contract__signed_date: date | None = None,
    fund__self_paid_date: date | None = None,
) -> Answer:
    """Paid within thirty days of signing, else the place goes to the next in line."""
    if contract__signed_date is None:
        return not_applicable("還沒有簽訂輔導合約。")
    due = days_after(contract__signed_date, self_fund_days)
    rolled = office_calendar.rolled(due)
    value = {"due": due, "due_after_holidays": rolled}
    said = f"{roc(contract__signed_date)}簽約，自籌款最晚{roc(due)}支付"
    if fund__self_paid_date is None:
        return needs(f"{said}，還沒有支付紀錄。", "fund.self_paid_date", value=value)
    in_time = either(fund__self_paid_date <= due, None if rolled is None else fund__self_paid_date <= rolled)
    if in_time:
        return passed(f"{said}，已於{roc(fund__self_paid_date)}支付。", value)
    if in_time is None:
        return undetermined(
            f"{said}，{roc(fund__self_paid_date)}支付；{office_calendar.unknown}，末日是否順延無法確定。", value=value
        )
    return failed(f"{said}，{roc(fund__self_paid_date)}才支付，視為放棄資格。", "由備取企業遞補，不能補救。", value)


def no_misuse(fund__total: int) -> Answer:
    """An undertaking: all of it goes to the work."""
    return valued(fund__total, f"輔導款 {yuan(fund__total)}須全數使用於該工作項目，不得移作他用。")


def approved_amount_governs(fund__government: int) -> Answer:
    """The approved amount, once decided, goes before any computed ceiling."""
    return valued(fund__government, f"政府輔導經費 {yuan(fund__government)}，以總計畫核定金額為準。")


def cooperation(app__sign_date: date | None = None) -> Answer:
    """An undertaking."""
    if app__sign_date is None:
        return not_applicable("通過後的義務：配合成果發表、曝光、參訪、查訪及績效追蹤。")
    return valued({"signed": app__sign_date}, f"{roc(app__sign_date)}已簽署；須配合成果發表、曝光、參訪、查訪及績效追蹤。")


def followup_3y(followup_years: int, contract__project_end_date: date | None = None) -> Answer:
    """Until when the firm reports its results."""
    if contract__project_end_date is None:
        return not_applicable(f"計畫還沒有結束日；結束後 {followup_years} 年內須配合填報成效追蹤表。")
    until = anniversary(contract__project_end_date, followup_years)
    return valued({"until": until}, f"計畫{roc(contract__project_end_date)}結束，到{roc(until)}須配合填報成效追蹤表。")


def abnormal(app__false_material_found: bool | None = None) -> Answer:
    """Ending a case is the agency's discretion (得)."""
    if not app__false_material_found:
        return not_applicable("沒有查實的異常情況。")
    return undetermined("申請資料經查有異常；是否中止計畫、解除合約並追回經費，由經濟部中小企業處認定。")


def false_statement(app__false_material_found: bool | None = None) -> Answer:
    """Proven false material ends the guidance."""
    if app__false_material_found is None:
        return not_applicable("沒有經證實的不實情事。")
    if app__false_material_found:
        return failed("申請資料經證實有不實情事，停止輔導並取消資格，並須賠償已負擔之費用。")
    return passed("查無申請資料不實。")


def personal_data(doc__privacy_consent: Paper | None = None) -> Answer:
    """The consent is there."""
    if there(doc__privacy_consent):
        return passed("已附個人資料使用同意書；個人資料須保密。")
    return needs("還缺個人資料使用同意書。", "doc.privacy_consent")


def contracting(contract__signed_date: date | None = None, plan__revised_submitted_date: date | None = None) -> Answer:
    """The day by which to sign is in the contract rules, not in the clause."""
    if contract__signed_date is None:
        return not_applicable("還沒有簽約。")
    revised = f"，{roc(plan__revised_submitted_date)}提送修正版提案資料" if plan__revised_submitted_date else ""
    return undetermined(f"{roc(contract__signed_date)}簽約{revised}；簽約期限（依規定內）簡章沒有寫明，由總計畫認定。")


def midterm_final_reports(contract__report_dates: Sequence[Mapping[str, Any]] | None = None) -> Answer:
    """The days are announced; the firm and the advising unit both attend."""
    if contract__report_dates is None:
        return not_applicable("期中、期末報告時間由總計畫統一公告。")
    return valued(list(contract__report_dates), f"已記錄 {len(contract__report_dates)} 次報告；「廠商代表」及「輔導單位」須共同出席。")


def _capped(amounts: tuple[int | None, int | None, int | None], limits: tuple[int, int, int]) -> Answer:
    """Total and government share at most, own share at least; the three must add up."""
    total, government, own = amounts
    max_total, max_government, min_own = limits
    adds_up = None if None in amounts else total == (government or 0) + (own or 0)
    checks = (
        (at_most(total, max_total), f"輔導款項總額超過上限 {about(max_total)}", f"總額降到 {about(max_total)}以下"),
        (
            at_most(government, max_government),
            f"政府輔導經費超過上限 {about(max_government)}",
            f"政府輔導經費降到 {about(max_government)}以下",
        ),
        (at_least(own, min_own), f"企業自籌款不到 {about(min_own)}", f"企業自籌款至少 {about(min_own)}"),
        (adds_up, "總額不等於政府輔導經費加企業自籌款", "三個金額加起來相符"),
    )
    said = "，".join(f"{n} {yuan(v)}" for n, v in zip(("總額", "政府輔導經費", "企業自籌款"), amounts, strict=True) if v is not None)
    holds = both(*(c for c, _, _ in checks))
    wrong = [(w, f) for c, w, f in checks if c is False]
    if holds is False:
        return failed(f"{said}；{'；'.join(w for w, _ in wrong)}。", f"{'，且'.join(f for _, f in wrong)}才符合。")
    if holds is None:
        lacking = [
            (f, n)
            for f, n, v in zip(("fund.total", "fund.government", "fund.self"), ("總額", "政府輔導經費", "企業自籌款"), amounts, strict=True)
            if v is None
        ]
        return needs(f"還不知道{'、'.join(n for _, n in lacking)}。", *(f for f, _ in lacking))
    return passed(f"{said}，都在規定之內。")
