"""登錄資格取消 (簡章 參、二(一)1.(5)B、C and (五)): fail means that the registration is cancelled."""

from __future__ import annotations

from datetime import date

from eligibility.place import registered_city
from eligibility.registers import Records, clear, fined_over, within
from eligibility.rule import Answer, both, either, failed, needs, not_applicable, passed, undetermined
from eligibility.words import yuan


def cancel_on_violation(
    look_back_years: int,
    labor_fine_over: int,
    day: date,
    cmp__rp_criminal_final: bool | None = None,
    cmp__debarred_vendor: bool | None = None,
    cmp__tax_arrears_3y: bool | None = None,
    cmp__env_violations: Records | None = None,
    cmp__labor_violations: Records | None = None,
    cmp__food_violations: Records | None = None,
    cmp__disability_act_violations: Records | None = None,
) -> Answer:
    """Any row of the table, looked up again after registration."""
    rows = {
        "負責人有罪確定": cmp__rp_criminal_final,
        "政府採購拒絕往來": cmp__debarred_vendor,
        "欠繳應納稅捐": cmp__tax_arrears_3y,
        "違反環境保護法": _hit(cmp__env_violations, day, look_back_years),
        "違反勞動法規": _fined(cmp__labor_violations, day, look_back_years, labor_fine_over),
        "違反食品及安全衛生法律": _hit(cmp__food_violations, day, look_back_years),
        "違反身心障礙者權益保障法": _hit(cmp__disability_act_violations, day, look_back_years),
    }
    hits = [n for n, v in rows.items() if v]
    if hits:
        return failed(f"登錄後查有{'、'.join(hits)}，立即取消資格並下架。")
    if both(*(None if v is None else not v for v in rows.values())):
        return passed("七項登記查核都沒有違規事證。")
    small = within(cmp__labor_violations or [], day, look_back_years)
    total = sum(r.get("amount") or 0 for r in small)
    if total > labor_fine_over and all(v is False for n, v in rows.items() if n != "違反勞動法規"):
        return undetermined(f"勞動法規裁罰合計 {yuan(total)}，沒有一筆逾 {yuan(labor_fine_over)}，是否累計由主辦單位認定。")
    return needs(f"還沒有查完：{'、'.join(n for n, v in rows.items() if v is None)}。")


def cancel_on_bankruptcy_or_conviction(cmp__bankruptcy_declared: bool | None = None, cmp__rp_criminal_final: bool | None = None) -> Answer:
    """Either cancels at once."""
    hit = either(cmp__bankruptcy_declared, cmp__rp_criminal_final)
    if hit:
        what = "公司受破產宣告" if cmp__bankruptcy_declared else "負責人有刑事案件經判決有罪確定"
        return failed(f"{what}，立即取消資格並下架。")
    if hit is None:
        return needs("公司有無受破產宣告、負責人有無有罪確定判決，還沒有查完。")
    return passed("公司沒有受破產宣告，負責人沒有有罪確定判決。")


def cancel_voluntary(
    city: str,
    org__registered_address: str | None = None,
    org__registered_city: str | None = None,
    listing__cancel_request_in_writing: bool | None = None,
) -> Answer:
    """A supplier that no longer qualifies asks in writing; one that moved out of the city no longer qualifies."""
    place = registered_city(org__registered_address, org__registered_city)
    if place.contradicts:
        return needs(f"登記地址在{place.contradicts[0]}，登記縣市卻是{place.contradicts[1]}，請確認。", "org.registered_address")
    if listing__cancel_request_in_writing:
        return failed("供應方已以書面申請取消登錄資格。")
    if place.city is None:
        return needs("還不知道登記地址所在縣市。", "org.registered_address", "org.registered_city")
    if place.city != city:
        return failed(f"登記地址在{place.city}，已不符登錄資格，應以書面聯絡執行單位申請取消。", f"登記地址遷回{city}才符合。")
    if listing__cancel_request_in_writing is None:
        return not_applicable(f"登記地址在{city}，沒有收到取消的申請。")
    return passed(f"登記地址在{city}，也沒有書面申請取消。")


def cancel_reported(listing__public_report_in_writing: bool | None = None) -> Answer:
    """A written report is verified by people before anything is cancelled."""
    if not listing__public_report_in_writing:
        return not_applicable("沒有民眾書面舉證。")
    return undetermined("民眾已書面舉證，須經查核確認不符資格，才書面通知取消。")


def cancel_audit(city: str, org__registered_address: str | None = None, org__registered_city: str | None = None) -> Answer:
    """What an audit finds: no longer in the city, so cancelled with a written notice."""
    place = registered_city(org__registered_address, org__registered_city)
    if place.contradicts or place.city is None:
        return needs("還不能確定登記地址所在縣市。", "org.registered_address", "org.registered_city")
    if place.city != city:
        return failed(f"登記地址在{place.city}，不符登錄資格，將書面通知取消資格。", f"登記地址遷回{city}才符合。")
    return passed(f"登記地址仍在{city}。")


def _hit(records: Records | None, day: date, years: int) -> bool | None:
    found = None if records is None else clear(records, day, years)
    return None if found is None else not found


def _fined(records: Records | None, day: date, years: int, limit: int) -> bool | None:
    """True for a single fine over the limit; None where the figures do not settle it, also where only their sum is over."""
    if records is None:
        return None
    if fined_over(records, day, years, limit):
        return True
    near = within(records, day, years)
    settled = all(r.get("date") and r.get("amount") is not None for r in near) and sum(r["amount"] for r in near) <= limit
    return False if settled else None
