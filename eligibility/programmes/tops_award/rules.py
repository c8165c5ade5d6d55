"""台北好購獎勵機制 (函 說明二、三): which purchases count, and the tiers of 採購貢獻獎. A tier not reached is not applicable."""

from __future__ import annotations

from datetime import date

from eligibility.bodies import CHINESE, ENTERPRISES, GOVERNMENT, LEGAL_PERSONS, STATE_ENTERPRISES
from eligibility.dates import roc
from eligibility.programmes.tops_award.counting import RANKING, Purchases, Sum, in_period, total, unranked
from eligibility.rule import Answer, both, failed, needs, not_applicable, passed, undetermined, valued
from eligibility.words import about, yuan

CONTRIBUTION = "採購貢獻獎"


def eligible_purchaser(org__type: str | None = None, account__buyer_active: bool | None = None) -> Answer:
    """An enterprise, government body or legal person anywhere in the country, with an active buyer's account."""
    if account__buyer_active is False:
        return failed("採購方帳號沒有開通。", "完成採購方註冊並開通帳號後才能申請。")
    if org__type == "natural_person":
        return failed("自然人不是表揚對象。", "以企業、政府機關或法人單位申請才符合。")
    if org__type is None or account__buyer_active is None:
        return needs("還不知道組織類型或採購方帳號是否開通。")
    if org__type in (*ENTERPRISES, *GOVERNMENT, *STATE_ENTERPRISES, *LEGAL_PERSONS):
        return passed(f"{CHINESE[org__type]}，採購方帳號已開通。")
    return undetermined(f"組織類型為{CHINESE[org__type]}，是否屬企業、政府機關、法人單位由主辦單位認定。")


def period(first_day: str, last_day: str, purchase: Purchases) -> Answer:
    """Passes when at least one purchase is dated and uploaded within the period; the invoice date is taken."""
    first, last = date.fromisoformat(first_day), date.fromisoformat(last_day)
    results = [in_period(p, first, last) for p in purchase]
    value = {"counted": results.count(True), "not_counted": results.count(False), "open": results.count(None)}
    said = f"{roc(first)}至{roc(last)}的採購：計入 {value['counted']} 筆，不計 {value['not_counted']} 筆"
    if value["counted"]:
        return passed(f"{said}。", value)
    if not value["open"]:
        return failed(f"{said}。", "採購日期在期間內並已於平台上傳登錄的才計入。", value)
    late = [p["uploaded_on"] for p in purchase if p.get("uploaded") and p.get("uploaded_on") and p["uploaded_on"] > last]
    if late:
        return undetermined(f"{said}；有採購在期間內、{roc(late[0])}才上傳，上傳截止日簡章沒有寫明，由主辦單位認定。", value=value)
    return needs(f"{said}，{value['open']} 筆的日期或上傳與否還不知道。", "purchase", value=value)


def counted_supplier(purchase: Purchases) -> Answer:
    """Passes when at least one purchase is from a supplier validly registered at the time."""
    results = [p.get("supplier_registration_valid") for p in purchase]
    value = {"counted": results.count(True), "not_counted": results.count(False), "open": results.count(None)}
    if value["counted"]:
        return passed(f"向有效登錄的供應方採購 {value['counted']} 筆，不計 {value['not_counted']} 筆。", value)
    if not value["open"]:
        return failed("沒有一筆是向有效登錄於平台的供應方採購。", "向採購當時有效登錄的供應方採購才計入。", value)
    return needs("還不知道供應方在採購當時是不是有效登錄。", "purchase", value=value)


def cumulative_amount(
    first_day: str,
    last_day: str,
    bronze_from: int,
    silver_from: int,
    gold_from: int,
    award__cumulative_amount: int | None = None,
    purchase: Purchases | None = None,
) -> Answer:
    """Invoice totals, tax included; a tier that would change without the tax is pointed out."""
    found = _total(award__cumulative_amount, purchase, first_day, last_day)
    if found is None:
        return needs("還沒有採購紀錄。", "purchase")
    if not found.exact:
        return needs(f"確定計入 {yuan(found.sure)}，另有 {yuan(found.open)}能不能計入還不知道，{found.unpriced} 筆沒有金額。", "purchase")
    tiers = [sum(amount >= limit for limit in (bronze_from, silver_from, gold_from)) for amount in (found.sure, found.net)]
    flag = f"；若以未稅 {yuan(found.net)}計算，獎別不同，含稅與否簡章沒有寫明" if tiers[0] != tiers[1] else ""
    return valued(found.sure, f"採購金額累計 {yuan(found.sure)}（發票總計，含稅）{flag}。")


def contribution_gold(
    first_day: str,
    last_day: str,
    gold_from: int,
    award__applied: str | None = None,
    award__cumulative_amount: int | None = None,
    purchase: Purchases | None = None,
) -> Answer:
    """500萬元（含）以上."""
    return _tier("金獎", award__applied, _total(award__cumulative_amount, purchase, first_day, last_day), gold_from, None)


def contribution_silver(
    first_day: str,
    last_day: str,
    silver_from: int,
    gold_from: int,
    award__applied: str | None = None,
    award__cumulative_amount: int | None = None,
    purchase: Purchases | None = None,
) -> Answer:
    """100萬元（含）以上未滿500萬."""
    return _tier("銀獎", award__applied, _total(award__cumulative_amount, purchase, first_day, last_day), silver_from, gold_from)


def contribution_bronze(
    first_day: str,
    last_day: str,
    bronze_from: int,
    silver_from: int,
    award__applied: str | None = None,
    award__cumulative_amount: int | None = None,
    purchase: Purchases | None = None,
) -> Answer:
    """50萬元（含）以上未滿100萬."""
    return _tier("銅獎", award__applied, _total(award__cumulative_amount, purchase, first_day, last_day), bronze_from, silver_from)


def contribution_top3(
    first_day: str,
    last_day: str,
    bronze_from: int,
    contribution_top: int,
    award__applied: str | None = None,
    award__rank: int | None = None,
    award__tied: bool | None = None,
    award__cumulative_amount: int | None = None,
    purchase: Purchases | None = None,
) -> Answer:
    """Among the holders of the award (其中), so from the lowest tier up. The organiser ranks; a tie has no rank, and none is sure
    before all have been counted."""
    if award__applied not in (None, CONTRIBUTION):
        return not_applicable("申請的不是採購貢獻獎。")
    found = _total(award__cumulative_amount, purchase, first_day, last_day)
    if found is None:
        return needs("還沒有採購紀錄。", "purchase")
    value = {"amount": found.sure, "rank": award__rank}
    if found.exact and found.sure < bronze_from:
        return not_applicable(f"累計 {yuan(found.sure)}，未達 {about(bronze_from)}，不在採購貢獻獎之列。", value)
    if award__rank is not None and award__rank > contribution_top:
        return not_applicable(f"排名第 {award__rank} 名，不在前 {contribution_top} 名。", value)
    if found.sure < bronze_from:
        return needs("累計金額還不能確定是否達採購貢獻獎。", "purchase", value=value)
    if award__rank is None or award__tied:
        return undetermined(f"累計 {yuan(found.sure)}，{unranked(award__rank, award__tied)}", RANKING, value)
    return passed(f"累計 {yuan(found.sure)}，排名第 {award__rank} 名，另預計頒發回購獎勵金。", value)


def _total(stated: int | None, purchase: Purchases | None, first_day: str, last_day: str) -> Sum | None:
    """The stated amount, else what the purchases add up to."""
    if stated is not None:
        return Sum(stated, 0, 0, stated)
    return None if purchase is None else total(purchase, date.fromisoformat(first_day), date.fromisoformat(last_day))


def _tier(name: str, applied: str | None, found: Sum | None, least: int, under: int | None) -> Answer:
    if applied not in (None, CONTRIBUTION):
        return not_applicable("申請的不是採購貢獻獎。")
    if found is None:
        return needs("還沒有採購紀錄。", "purchase")
    most = None if found.unpriced else found.sure + found.open
    reached = both(
        True if found.sure >= least else (None if most is None or most >= least else False),
        True if under is None or (most is not None and most < under) else (False if found.sure >= under else None),
    )
    span = f"{about(least)}以上" + (f"、未滿 {about(under)}" if under else "")
    if reached is None:
        return needs(
            f"確定計入 {yuan(found.sure)}，另有採購能不能計入還不知道，無法判斷是否達{name}（{span}）。", "purchase", value=found.sure
        )
    if reached:
        return passed(f"採購金額累計 {yuan(found.sure)}，達{name}（{span}）。", found.sure)
    return not_applicable(f"採購金額累計 {yuan(found.sure)}，不在{name}範圍（{span}）。", found.sure)
