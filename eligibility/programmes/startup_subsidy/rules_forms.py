"""Arithmetic of the annexes (附件二 to 附件七). Amounts in 元."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from domain.taiwan import money
from eligibility.dates import roc
from eligibility.rule import Answer, both, failed, needs, not_applicable, passed, valued
from eligibility.words import yuan

RAISED = date(2023, 1, 1)


def settlement_total(
    settle__contract_amount: int,
    settle__increase_total: int,
    settle__decrease_total: int,
    settle__acceptance_deduction: int,
    settle__total: int | None = None,
) -> Answer:
    """Penalties are not deducted."""
    total = settle__contract_amount + settle__increase_total - settle__decrease_total - settle__acceptance_deduction
    said = f"契約金額加增加、減減少、減驗收扣款為 {yuan(total)}"
    return _against(total, settle__total, said, "結算總價", "元")


def settlement_overdue_days(settle__overdue_days: int, settle__exempt_days: int, settle__penalty_days: int | None = None) -> Answer:
    """Days overdue less those exempt, never below zero."""
    days = settle__overdue_days - settle__exempt_days
    if days < 0:
        return failed(f"不計違約金天數 {settle__exempt_days} 大於履約逾期總天數 {settle__overdue_days}。", "請更正天數。", days)
    return _against(
        days, settle__penalty_days, f"逾期 {settle__overdue_days} 日減不計 {settle__exempt_days} 日為 {days} 日", "應計違約金天數", "日"
    )


def acceptance_date_def(proc__acceptance_date: date) -> Answer:
    """The day on which those present signed the record; with 減價收受 the day of approval."""
    return valued(proc__acceptance_date, f"驗收完畢日期為{roc(proc__acceptance_date)}（會同簽認之日；減價收受者為核准之日）。")


def procurement_level(
    announced_before_2023: int,
    announced_since_2023: int,
    audit_goods_works: int,
    audit_services: int,
    huge_works: int,
    huge_goods: int,
    huge_services: int,
    proc__procurement_amount: int,
    proc__category_kind: str,
    proc__order_date: date,
) -> Answer:
    """One of four boxes; the thresholds are those of the day of the order."""
    huge = {"工程": huge_works, "財物": huge_goods, "勞務": huge_services}.get(proc__category_kind)
    if huge is None:
        return needs(f"採購性質「{proc__category_kind}」不是工程、財物或勞務。", "proc.category_kind")
    audit = audit_services if proc__category_kind == "勞務" else audit_goods_works
    announced = announced_since_2023 if proc__order_date >= RAISED else announced_before_2023
    steps = ((huge, "巨額"), (audit, "查核金額以上未達巨額"), (announced, "公告金額以上未達查核金額"), (0, "未達公告金額"))
    level = next(name for least, name in steps if proc__procurement_amount >= least)
    return valued(level, f"{proc__category_kind}採購 {yuan(proc__procurement_amount)}，屬{level}（級距金額依採購法規，不在要點內）。")


def expense_balance(
    expense__expense_total: int,
    expense__income_total: int | None = None,
    subsidy__approved: int | None = None,
    subsidy__local_share: int | None = None,
) -> Answer:
    """Both totals are the same; the income is the approved subsidy and the agency's own money."""
    shares = None if subsidy__approved is None or subsidy__local_share is None else subsidy__approved + subsidy__local_share
    if expense__income_total is not None and shares is not None and expense__income_total != shares:
        return needs(f"收入合計 {yuan(expense__income_total)}不等於補助款加自籌款 {yuan(shares)}，請確認。", "expense.income_total")
    income = expense__income_total if expense__income_total is not None else shares
    if income is None:
        return needs("還不知道收入合計。", "expense.income_total")
    said = f"收入合計 {yuan(income)}，支出合計 {yuan(expense__expense_total)}"
    return passed(f"{said}，相等。") if income == expense__expense_total else failed(f"{said}，不相等。", "兩邊合計須相等。")


def budget_proof_amounts(subsidy__approved: int, subsidy__local_share: int | None = None) -> Answer:
    """The amounts in formal numerals, which know no amount below 0 and none from 10**16 on."""
    amounts = {"subsidy.approved": subsidy__approved, "subsidy.local_share": subsidy__local_share}
    odd = [f for f, amount in amounts.items() if amount is not None and not 0 <= amount < 10**16]
    if odd:
        return needs("補助款或分擔款的金額寫不成大寫，請確認。", *odd)
    value = {"subsidy": money.in_financial(subsidy__approved)}
    if subsidy__local_share is not None:
        value["share"] = money.in_financial(subsidy__local_share)
    return valued(value, f"大寫金額：補助款{value['subsidy']}" + (f"，分擔款{value['share']}。" if "share" in value else "。"))


def change_c_equals_a_plus_b(
    change__original_total: int | None = None,
    change__original_subsidy: int | None = None,
    change__original_share: int | None = None,
    change__revised_total: int | None = None,
    change__revised_subsidy: int | None = None,
    change__revised_share: int | None = None,
) -> Answer:
    """C = A + B in both rows, and A does not grow."""
    checks = {
        "原核定 (C)=(A)+(B)": _adds(change__original_total, change__original_subsidy, change__original_share),
        "變更後 (C)=(A)+(B)": _adds(change__revised_total, change__revised_subsidy, change__revised_share),
        "變更後 (A) 不大於原核定 (A)": None
        if change__original_subsidy is None or change__revised_subsidy is None
        else change__revised_subsidy <= change__original_subsidy,
    }
    holds = both(*checks.values())
    if holds is False:
        return failed(f"不成立：{'；'.join(n for n, c in checks.items() if c is False)}。", "更正金額使三項都成立。")
    if holds is None:
        return needs(f"還不能核對：{'；'.join(n for n, c in checks.items() if c is None)}。")
    return passed("兩列的 (C)=(A)+(B) 都成立，補助款沒有增加。")


def termination_items(max_termination_items: int, term__items: Sequence[Mapping[str, Any]] | None = None) -> Answer:
    """At most ten items, each with a ratio of 0 to 100 or marked as not done."""
    if term__items is None:
        return not_applicable("沒有申請計畫終止。")
    wrong = []
    if len(term__items) > max_termination_items:
        wrong.append(f"項目 {len(term__items)} 項，超過 {max_termination_items} 項")
    for i, row in enumerate(term__items, 1):
        percent, not_done = row.get("done_percent"), row.get("not_done")
        if percent is not None and not_done is True:
            wrong.append(f"第 {i} 項同時填已執行比例與未執行")
        if percent is not None and not 0 <= percent <= 100:
            wrong.append(f"第 {i} 項已執行比例 {percent}% 不在 0 至 100")
    if wrong:
        return failed("；".join(wrong) + "。", "更正後再送。")
    if any(r.get("done_percent") is None and r.get("not_done") is not True for r in term__items):
        return needs("有項目沒有填已執行比例，也沒有勾未執行。", "term.items")
    return passed(f"{len(term__items)} 個執行項目都填妥。")


def _adds(total: int | None, a: int | None, b: int | None) -> bool | None:
    return None if total is None or a is None or b is None else total == a + b


def _against(computed: int, stated: int | None, said: str, label: str, unit: str) -> Answer:
    if stated is None:
        return valued(computed, f"{said}。")
    if stated == computed:
        return passed(f"{said}，與所填{label}相符。", computed)
    return failed(f"{said}，所填{label}卻是 {stated:,} {unit}。", f"{label}應為 {computed:,} {unit}。", computed)
