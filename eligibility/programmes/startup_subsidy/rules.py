"""補助對象, 補助金額 (要點 二 to 四, 十二): who, for what, how much. Amounts in 元, rounded down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from eligibility.bodies import CHINESE
from eligibility.dates import anniversary, months_after, roc
from eligibility.rule import Answer, failed, needs, not_applicable, passed, undetermined, valued
from eligibility.words import about, yuan

Rows = Sequence[Mapping[str, Any]]


def applicant(org__type: str) -> Answer:
    """A municipality or a county or city government; a bureau files in its government's name."""
    if org__type == "municipality_or_county_gov":
        return passed("申請機關為直轄市或縣（市）政府。")
    return failed(f"申請者為{CHINESE[org__type]}，不是直轄市或縣（市）政府。", "由直轄市或縣（市）政府提出申請才符合。")


def startup_age(
    max_startup_years: int,
    supplier__founding_date: date | None = None,
    supplier__startup_recognised: bool | None = None,
    proc__order_date: date | None = None,
) -> Answer:
    """Founded within five years (the fifth anniversary included) of the order, or recognised by a competent authority."""
    if supplier__startup_recognised:
        return passed("新創事業經主管機關認定，不受五年成立期限之限制。")
    if supplier__founding_date is None or proc__order_date is None:
        return needs("還不知道新創事業的成立日、採購日或是否經主管機關認定。")
    if supplier__founding_date > proc__order_date:
        said = f"新創事業成立日{roc(supplier__founding_date)}晚於採購日{roc(proc__order_date)}，請確認。"
        return needs(said, "supplier.founding_date", "proc.order_date")
    said = f"{roc(supplier__founding_date)}成立，到採購日{roc(proc__order_date)}"
    if proc__order_date <= anniversary(supplier__founding_date, max_startup_years):
        return passed(f"{said}在 {max_startup_years} 年內。")
    if supplier__startup_recognised is None:
        return needs(f"{said}超過 {max_startup_years} 年，還不知道是否經主管機關認定。", "supplier.startup_recognised")
    return failed(f"{said}超過 {max_startup_years} 年，也沒有經主管機關認定。", "經主管機關認定為新創事業，就不受成立期限之限制。")


def item_on_contract(proc__item_on_joint_contract: bool, proc__contract_no: str | None = None) -> Answer:
    """Bought on 政府電子採購網 from 新創共同供應契約."""
    if not proc__item_on_joint_contract:
        return failed("採購品項不是新創共同供應契約的上架品項。", "改至政府電子採購網採購新創共同供應契約之上架品項。")
    return passed("採購品項為新創共同供應契約之上架品項" + (f"（{proc__contract_no}）。" if proc__contract_no else "。"))


def item_category_announced(proc__category: str) -> Answer:
    """The categories are announced apart, year by year."""
    return undetermined(f"類別品項為「{proc__category}」；當年度類別品項另案公告，請對照公告。")


def innovation(proc__item_name: str, proc__item_on_joint_contract: bool | None = None) -> Answer:
    """A quality that listing on the contract presumes."""
    if proc__item_on_joint_contract:
        return passed(f"「{proc__item_name}」已上架新創共同供應契約，推定具備一定創新程度。")
    return undetermined(f"「{proc__item_name}」是否具備一定創新程度，由本處認定。", "採購已上架新創共同供應契約的品項，就不必另外認定。")


def eligible_base(
    proc__contract_price: int,
    proc__is_continuous_service: bool | None = None,
    proc__order_date: date | None = None,
    proc__payment_schedule: Rows | None = None,
    proc__contract_start: date | None = None,
    proc__contract_end: date | None = None,
) -> Answer:
    """The price of this purchase; of a continuing service the part of one year from the purchase."""
    if proc__is_continuous_service is None:
        return needs("還不知道是不是持續性服務採購。", "proc.is_continuous_service", value=proc__contract_price)
    if not proc__is_continuous_service:
        return valued(proc__contract_price, f"補助計算基礎為契約價金 {yuan(proc__contract_price)}。")
    base = _first_year(proc__contract_price, proc__order_date, proc__payment_schedule, proc__contract_start, proc__contract_end)
    if base is None:
        return needs("持續性服務還不知道採購日與付款期程（或契約期間），算不出採購時起一年內的價金。")
    return valued(base, f"持續性服務採購，採購時起一年內之契約價金為 {yuan(base)}（條文沒有寫明分攤方式）。")


def ratio(ratio_tier_1: int, ratio_other_tiers: int, org__fiscal_tier: int | None = None) -> Answer:
    """The tier table is 行政院主計總處's."""
    if org__fiscal_tier is None:
        return undetermined(
            f"財力級次未知：第一級補助上限 {ratio_tier_1}%，第二級至第五級 {ratio_other_tiers}%。", "查行政院主計總處財力分級表即可判斷。"
        )
    percent = ratio_tier_1 if org__fiscal_tier == 1 else ratio_other_tiers
    return valued(percent, f"財力級次第 {org__fiscal_tier} 級，補助上限 {percent}%。")


def cap(max_subsidy: int, subsidy__requested: int) -> Answer:
    """The ceiling of one case."""
    if subsidy__requested <= max_subsidy:
        return passed(f"申請補助款 {yuan(subsidy__requested)}，未超過每案上限 {about(max_subsidy)}。")
    return failed(f"申請補助款 {yuan(subsidy__requested)}，超過每案上限 {about(max_subsidy)}。", f"降到 {about(max_subsidy)}以下才符合。")


def max_amount(
    ratio_tier_1: int,
    ratio_other_tiers: int,
    max_subsidy: int,
    proc__contract_price: int,
    org__fiscal_tier: int | None = None,
    subsidy__requested: int | None = None,
    proc__is_continuous_service: bool | None = None,
    proc__order_date: date | None = None,
    proc__payment_schedule: Rows | None = None,
    proc__contract_start: date | None = None,
    proc__contract_end: date | None = None,
) -> Answer:
    """The share of the price, rounded down, at most the ceiling. How a continuing service is shared out is not said, so there a request
    between the two results is undetermined."""
    percents = [ratio_tier_1 if org__fiscal_tier == 1 else ratio_other_tiers] if org__fiscal_tier else [ratio_tier_1, ratio_other_tiers]
    most = [min(proc__contract_price * p // 100, max_subsidy) for p in percents]
    if proc__is_continuous_service:
        base = _first_year(proc__contract_price, proc__order_date, proc__payment_schedule, proc__contract_start, proc__contract_end)
        if base is None:
            return needs("持續性服務還不知道一年內的契約價金，算不出補助上限。")
        most += [min(base * p // 100, max_subsidy) for p in percents]
    low, high = min(most), max(most)
    said = f"補助上限 {yuan(low)}" if low == high else f"補助上限介於 {yuan(low)}與 {yuan(high)}之間"
    if subsidy__requested is None:
        if org__fiscal_tier is None:
            return undetermined(f"財力級次未知，{said}。")
        return valued(low, f"契約價金 {yuan(proc__contract_price)}，{said}；其餘為分擔款。")
    asked = f"{said}，申請 {yuan(subsidy__requested)}"
    if subsidy__requested <= low:
        return passed(f"{asked}，在上限之內。", low if low == high else None)
    if subsidy__requested > high:
        return failed(f"{asked}，超過上限。", f"申請補助款降到 {yuan(high)}以下才符合。", high if low == high else None)
    return undetermined(f"{asked}，是否超過須先知道財力級次或持續性服務的分攤方式。")


def discretion(subsidy__approved: int | None = None) -> Answer:
    """The approved amount is decided, not computed."""
    if subsidy__approved is None:
        return not_applicable("補助金額還沒有核定；本處得視預算、計畫內容、品項及審查會決議調整。")
    return valued(subsidy__approved, f"核定補助款 {yuan(subsidy__approved)}，以核定數為準。")


def pilot_period(pilot_first_day: str, pilot_last_day: str, day: date) -> Answer:
    """107 to 109."""
    first, last = date.fromisoformat(pilot_first_day), date.fromisoformat(pilot_last_day)
    if first <= day <= last:
        return passed(f"{roc(day)}在試行期間 107 年至 109 年內。")
    return failed(f"{roc(day)}不在試行期間 107 年至 109 年內。", "試行期間已屆滿，須另有新的公告。" if day > last else "")


def _first_year(price: int, order: date | None, schedule: Rows | None, start: date | None, end: date | None) -> int | None:
    """What falls into one year from the order: by the payment schedule, else by whole months of the contract. A payment on the very day
    of the order begins the year, then one on its anniversary is outside."""
    if order and schedule and all(r.get("due") and r.get("amount") is not None for r in schedule):
        limit = anniversary(order, 1)
        opening = any(r["due"] == order for r in schedule)
        return sum(int(r["amount"]) for r in schedule if order <= r["due"] and (r["due"] < limit if opening else r["due"] <= limit))
    if start and end:
        months = next(n for n in range(1, 1200) if months_after(start, n) > end)
        return price if months <= 12 else price * 12 // months
    return None
