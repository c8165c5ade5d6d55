"""服務費用編列表 (F22) and 違約金 (契約書 第十條 to 第二十五條). Amounts in 元, rounded down."""

from __future__ import annotations

from decimal import Decimal

from eligibility.rule import Answer, failed, needs, not_applicable, passed, undetermined, valued
from eligibility.words import about, yuan


def management_fee_cap(cost__management: int, cost__direct_salary: int) -> Answer:
    """At most the salaries."""
    said = f"管理費用 {yuan(cost__management)}，直接薪資 {yuan(cost__direct_salary)}"
    if cost__management <= cost__direct_salary:
        return passed(f"{said}，未超過 100%。")
    return failed(f"{said}，超過直接薪資之 100%。", f"管理費用降到 {yuan(cost__direct_salary)}以內。")


def fee_tier(
    fee_tiers: list[list[int]], cost__direct_salary: int, cost__management: int, cost__other_direct: int, cost__fee: int | None = None
) -> Answer:
    """The tier by all direct costs, the rate on salaries and management, at most the tier's ceiling."""
    base = cost__direct_salary + cost__management + cost__other_direct
    _, percent, cap = next(t for t in fee_tiers if t[0] == 0 or base < t[0])
    most = min((cost__direct_salary + cost__management) * percent // 100, cap)
    said = f"經費 {yuan(base)}，級距 {percent}%、上限 {about(cap)}，公費最高 {yuan(most)}"
    if cost__fee is None:
        return valued(most, f"{said}。")
    if cost__fee <= most:
        return passed(f"{said}，編列 {yuan(cost__fee)}。", most)
    return failed(f"{said}，編列 {yuan(cost__fee)}，超過。", f"公費降到 {yuan(most)}以內。", most)


def business_tax(
    business_tax_percent: int,
    cost__direct_salary: int,
    cost__management: int,
    cost__other_direct: int,
    cost__fee: int,
    cost__business_tax: int | None = None,
    org__vat_exempt: bool | None = None,
) -> Answer:
    """Five per cent of the sum; nothing for one that is exempt and has not waived it."""
    total = cost__direct_salary + cost__management + cost__other_direct + cost__fee
    tax = 0 if org__vat_exempt else total * business_tax_percent // 100
    said = "免納營業稅，不得編列營業稅" if org__vat_exempt else f"四項合計 {yuan(total)}，營業稅 {business_tax_percent}% 為 {yuan(tax)}"
    if cost__business_tax is None:
        return valued(tax, f"{said}。")
    if org__vat_exempt is None:
        return needs(f"{said}，還不知道是否免納營業稅。", "org.vat_exempt", value=tax)
    if cost__business_tax == tax:
        return passed(f"{said}，與編列相符。", tax)
    return failed(f"{said}，編列卻是 {yuan(cost__business_tax)}。", f"營業稅改為 {yuan(tax)}。", tax)


def total_within_budget(budget: int, bid__price: int, bid__budget: int | None = None) -> Answer:
    """The government's part of the year, as announced."""
    said = f"標價 {yuan(bid__price)}，公告預算 {yuan(budget)}"
    note = f"（所填預算金額 {yuan(bid__budget)}與公告不同）" if bid__budget not in (None, budget) else ""
    if bid__price <= budget:
        return passed(f"{said}，未超過{note}。")
    return failed(f"{said}，超過{note}。", f"降到 {yuan(budget)}以內。")


def category_caps(cost__direct_salary: int, cost__management: int, cost__other_direct: int, cost__fee: int) -> Answer:
    """Each heading is a ceiling of its own."""
    caps = {"direct_salary": cost__direct_salary, "management": cost__management, "other_direct": cost__other_direct, "fee": cost__fee}
    return valued(caps, f"各款費用為報支上限，不得相互流用，合計 {yuan(sum(caps.values()))}。")


def penalty_late_document(
    document_cap: int, contract__fee_total: int, penalty__days_late: int, penalty__item_count: int | None = None
) -> Answer:
    """Each item: 0.2 % a day, beyond the fifth day 0.1 % more a day (加加); at most 50,000 an item."""
    first, beyond = min(penalty__days_late, 5), max(0, penalty__days_late - 5)
    each = min((contract__fee_total * (2 * first + 3 * beyond)) // 1000, document_cap)
    other = min((contract__fee_total * (2 * first + beyond)) // 1000, document_cap)
    items = 1 if penalty__item_count is None else penalty__item_count
    note = f"；若逾 5 日部分只計 0.1%，為每樣 {yuan(other)}，條文用字不清" if other != each else ""
    return valued(
        each * items,
        f"逾期 {penalty__days_late} 日，每樣 {yuan(each)}（上限 {about(document_cap)}），{items} 樣共 {yuan(each * items)}{note}。",
    )


def penalty_schedule_slip(
    suspension_gap: int, slip_percent: int, slip_cap: int, contract__progress_gap_percent: Decimal, contract__fee_total: int
) -> Answer:
    """Each time, when a notice went unheeded."""
    if contract__progress_gap_percent < suspension_gap:
        return not_applicable(f"進度落後 {contract__progress_gap_percent}%，未達 {suspension_gap}%。", 0)
    fine = min(contract__fee_total * slip_percent // 100, slip_cap)
    return valued(
        fine, f"進度落後 {contract__progress_gap_percent}%，通知仍未改善者，每次扣 {yuan(fine)}（上限 {about(slip_cap)}，得連續處罰）。"
    )


def penalty_overdue(
    overdue_cap_percent: int, contract__fee_total: int, penalty__days_late: int, contract__uncompleted_fee: int | None = None
) -> Answer:
    """0.1 % a day of the fee, or of the uncompleted part where the rest can be used; at most a fifth of the fee."""
    base = contract__fee_total if contract__uncompleted_fee is None else contract__uncompleted_fee
    cap = contract__fee_total * overdue_cap_percent // 100
    fine = min(base * penalty__days_late // 1000, cap)
    part = "未完成履約部分" if contract__uncompleted_fee is not None else "服務費用"
    return valued(fine, f"逾期 {penalty__days_late} 日，按{part} {yuan(base)}每日 0.1%，違約金 {yuan(fine)}（上限 {yuan(cap)}）。")


def penalty_privacy(privacy_cap: int, contract__price: int) -> Answer:
    """Three in a thousand of the price."""
    fine = min(contract__price * 3 // 1000, privacy_cap)
    return valued(fine, f"違反個資規定者，契約總價千分之三為 {yuan(fine)}（上限 {about(privacy_cap)}）。")


def penalty_staff(contract__fee_cap: int) -> Answer:
    """One in a thousand of the ceiling."""
    return valued(contract__fee_cap // 1000, f"人員規定違反者，得處上限金額 0.1%，{yuan(contract__fee_cap // 1000)}。")


def penalty_defect(defect_percent: int, contract__defective_item_fee: int) -> Answer:
    """The whole of the item's fee and a twentieth of it."""
    fine = contract__defective_item_fee * defect_percent // 100
    return valued(
        {"deduction": contract__defective_item_fee, "penalty": fine},
        f"減價收受：減價 {yuan(contract__defective_item_fee)}，並處違約金 {yuan(fine)}。",
    )


def penalty_incomplete_plan(contract__price: int) -> Answer:
    """At least five in a thousand; how much more is the agency's discretion."""
    return valued(
        {"at_least": contract__price * 5 // 1000}, f"未完成計畫書內容者，至少計罰契約價金 0.5%，{yuan(contract__price * 5 // 1000)}。"
    )


def penalty_audit_refusal(audit_percent: int, contract__fee_total: int) -> Answer:
    """A twentieth of the fee."""
    fine = contract__fee_total * audit_percent // 100
    return valued(fine, f"拒絕查核者，得請求服務費用 {audit_percent}%，{yuan(fine)}。")


def penalty_rd_transfer(contract__fee_total: int, penalty__days_late: int) -> Answer:
    """One per cent of the fee for each day after the thirtieth."""
    fine = contract__fee_total * penalty__days_late // 100
    return valued(fine, f"研發成果逾期 {penalty__days_late} 日移轉，每日 1%，{yuan(fine)}。")


def terminate_behind_20(rescission_gap: int, contract__progress_gap_percent: Decimal) -> Answer:
    """More than a fifth behind and not cured: the agency may rescind."""
    if contract__progress_gap_percent > rescission_gap:
        return undetermined(f"進度落後 {contract__progress_gap_percent}%，逾 {rescission_gap}%；經通知仍未改善者，甲方得解除契約。")
    return passed(f"進度落後 {contract__progress_gap_percent}%，未逾 {rescission_gap}%。")


def payment_suspension(suspension_gap: int, contract__progress_gap_percent: Decimal | None = None) -> Answer:
    """A tenth behind is the first of five grounds to hold payment."""
    if contract__progress_gap_percent is None:
        return not_applicable("沒有暫停給付的紀錄。")
    if contract__progress_gap_percent >= suspension_gap:
        return undetermined(f"進度落後 {contract__progress_gap_percent}%，達 {suspension_gap}%，甲方得暫停給付。")
    return passed(f"進度落後 {contract__progress_gap_percent}%，未達 {suspension_gap}%。")


def bond_forfeiture(bond_percent: int, contract__price: int) -> Answer:
    """Never more than the bond itself."""
    bond = contract__price * bond_percent // 100
    return valued({"at_most": bond}, f"轉包者全部、部分終止者按比率不予發還，以保證金 {yuan(bond)}為限。")


def prepayment_interest(prepayment_percent: int, contract__paid_so_far: int) -> Answer:
    """Five per cent a year on what was prepaid and not worked off."""
    year = contract__paid_so_far * prepayment_percent // 100
    return valued(
        {"per_year": year}, f"已付 {yuan(contract__paid_so_far)}，契約終止或解除時按年息 {prepayment_percent}% 加計，每年 {yuan(year)}。"
    )


def setoff_30d(notice_days: int, cost__fee: int | None = None) -> Answer:
    """Set off against the fee; what is short within thirty days; forgery costs the 公費 besides."""
    value = {"days": notice_days, **({"forgery_penalty": cost__fee} if cost__fee is not None else {})}
    extra = f"；有偽造、變造、隱匿者另得請求公費 {yuan(cost__fee)}" if cost__fee is not None else ""
    return valued(value, f"應付金額得自服務費用扣抵，不足者接獲通知後 {notice_days} 日內給付{extra}。")


def rescission_refund_30d(notice_days: int, contract__paid_so_far: int | None = None) -> Answer:
    """What was paid goes back within thirty days of the notice."""
    if not contract__paid_so_far:
        return not_applicable("沒有已撥付的服務費用。")
    return valued(
        {"refund": contract__paid_so_far, "days": notice_days},
        f"解除契約時，已付 {yuan(contract__paid_so_far)}應於通知之日起 {notice_days} 日內返還。",
    )
