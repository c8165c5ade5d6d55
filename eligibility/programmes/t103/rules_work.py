"""人力, 分包 and 自籌 (契約書 第九, 十二, 二十二條, 計畫構想書 三, 四). Shares in per cent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from eligibility.rule import Answer, both, failed, needs, not_applicable, passed, undetermined, valued
from eligibility.words import yuan

Rows = Sequence[Mapping[str, Any]]


def auto_termination(cmp__bankruptcy_declared: bool | None = None) -> Answer:
    """Bankruptcy and the like end the contract without notice."""
    if cmp__bankruptcy_declared is None:
        return not_applicable("沒有破產、解散、清算、重整或停業的紀錄。")
    return failed("受破產宣告，契約當然終止。") if cmp__bankruptcy_declared else passed("沒有受破產宣告。")


def person_months_12(max_person_months: int, plan__person_months: Decimal) -> Answer:
    """Each person and year."""
    if plan__person_months <= max_person_months:
        return passed(f"每人 {plan__person_months} 人月，未超過 {max_person_months} 人月。")
    return failed(f"每人 {plan__person_months} 人月，超過 {max_person_months} 人月。", f"降到 {max_person_months} 人月以內。")


def disability_quota(
    staff_over: int, hc__domestic_total: int, hc__disabled: int | None = None, hc__indigenous: int | None = None
) -> Answer:
    """Above a hundred people, one in a hundred of each, parts not counted."""
    if hc__domestic_total <= staff_over:
        return not_applicable(f"國內員工 {hc__domestic_total} 人，未逾 {staff_over} 人。")
    least = hc__domestic_total // 100
    enough = both(*(None if n is None else n >= least for n in (hc__disabled, hc__indigenous)))
    if enough is None:
        return needs(f"國內員工 {hc__domestic_total} 人，各應僱用 {least} 人；還不知道身心障礙或原住民人數。")
    said = f"國內員工 {hc__domestic_total} 人，各應僱用 {least} 人"
    if enough:
        return passed(f"{said}，已達。", least)
    return failed(f"{said}，僱用不足，應繳納代金。", f"身心障礙者與原住民各僱用 {least} 人。", least)


def subcontract_notice(subcontract_from: int, bid__sme_subcontracts: Rows | None = None) -> Answer:
    """Larger subcontracts are shown to the agency."""
    large = [r for r in bid__sme_subcontracts or () if (r.get("amount") or 0) >= subcontract_from]
    if not large:
        return not_applicable(f"沒有 {yuan(subcontract_from)}以上的分包。")
    return valued(
        [{"item": r.get("item"), "amount": r["amount"]} for r in large],
        f"{len(large)} 項分包達 {yuan(subcontract_from)}，應送分包契約及分包廠商證照影本。",
    )


def main_part_59(main_part_percent: int, plan__subcontract_share: Decimal) -> Answer:
    """What must be done oneself leaves the rest for subcontracting."""
    most = 100 - main_part_percent
    if plan__subcontract_share <= most:
        return passed(f"分包 {plan__subcontract_share}%，主要部分 {main_part_percent}% 自行履行。")
    return failed(f"分包 {plan__subcontract_share}%，主要部分不足 {main_part_percent}%。", f"分包降到 {most}% 以內。")


def self_fund_ratios(training_self_percent: int, verification_self_percent: int, fund__self: int, fund__total: int) -> Answer:
    """Half for training, a quarter for verification; which of the two a sum belongs to is not said."""
    said = f"自費 {yuan(fund__self)}，總額 {yuan(fund__total)}"
    if 100 * fund__self >= training_self_percent * fund__total:
        return passed(f"{said}，達 {training_self_percent}%。")
    if 100 * fund__self < verification_self_percent * fund__total:
        return failed(
            f"{said}，未達 {verification_self_percent}%。",
            f"人才培訓至少 {training_self_percent}%，規範查證輔導至少 {verification_self_percent}%。",
        )
    return undetermined(
        f"{said}，達 {verification_self_percent}%、未達 {training_self_percent}%；規範查證輔導符合，人才培訓不符，須知道是哪一種。"
    )
