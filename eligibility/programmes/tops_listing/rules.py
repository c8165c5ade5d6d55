"""上架 and 下架 (簡章 參、二(一)2 and (六)): what an item must be."""

from __future__ import annotations

from datetime import date

from eligibility.dates import anniversary, roc
from eligibility.rule import Answer, failed, needs, not_applicable, passed, undetermined, valued


def hall_taxonomy(listing__hall: str, halls: list[str]) -> Answer:
    """One of the five halls; the supplier chooses."""
    named = _named(listing__hall, halls)
    if named:
        return passed(f"主題館別為{'、'.join(named)}。")
    return failed(f"「{listing__hall}」不是五大主題館別之一。", f"請從{'、'.join(halls)}擇定。")


def one_hall(listing__hall: str, halls: list[str]) -> Answer:
    """One item, one hall: 只能 settles 為原則."""
    named = _named(listing__hall, halls)
    if len(named) == 1:
        return passed(f"上架於單一館別：{named[0]}。")
    if named:
        return failed(f"同時列了{'、'.join(named)}，1 件商品只能上架 1 個主題館別。", "請只選一個館別。")
    return needs(f"「{listing__hall}」看不出是哪一個主題館別。", "listing.hall")


def hall_quota(listing__items_per_hall: int) -> Answer:
    """The limit stands on the platform's own page, not in the notice."""
    return undetermined(f"本館已上架 {listing__items_per_hall} 件；上限以網站公告為準，簡章沒有數字。", value=listing__items_per_hall)


def description(listing__text: str | None = None, listing__images: list[str] | None = None) -> Answer:
    """Words and pictures, both."""
    empty = [n for n, v in (("文字說明", listing__text), ("圖片說明", listing__images)) if v is not None and not v]
    if empty:
        return failed(f"沒有{'、'.join(empty)}，先行下架並通知補正。", "補上詳盡、明確的文字與圖片說明後重新上架。")
    if listing__text is None or listing__images is None:
        return needs("還沒有看到商品的文字說明或圖片。")
    return passed(f"有文字說明與 {len(listing__images)} 張圖片。")


def matches_product(listing__text: str) -> Answer:
    """Only people can compare the page with the product."""
    return undetermined(f"商品頁面（{len(listing__text)} 字）是否與實際規格相符，須由人比對。")


def prohibited(listing__text: str) -> Answer:
    """Only people can judge the three prohibitions."""
    return undetermined(f"商品頁面（{len(listing__text)} 字）有無不實廣告、違反食安法規或網路禁售商品，須由人檢視。")


def delist_procedure(listing__violation: str | None = None) -> Answer:
    """The order of the steps; no day is set."""
    if not listing__violation:
        return not_applicable("沒有發現違反情形。")
    return valued(
        ["先行下架", "通知供應方", "重新檢視、補正", "補正後上架"], f"因「{listing__violation}」先行下架，再通知補正後上架；沒有規定期限。"
    )


def noncooperation(update_within_years: int, listing__last_update_date: date | None = None, day: date | None = None) -> Answer:
    """Taking information down is the platform's discretion (保留權利)."""
    if listing__last_update_date is None or day is None:
        return not_applicable("沒有不配合的紀錄。")
    due = anniversary(listing__last_update_date, update_within_years)
    if day <= due:
        return not_applicable(f"{roc(listing__last_update_date)}更新過，到{roc(due)}以前都在期限內。")
    return undetermined(f"{roc(listing__last_update_date)}以後逾一年沒有更新，平台得將廠商資訊下架，由平台認定。", "更新登錄資訊即可。")


def _named(said: str, halls: list[str]) -> list[str]:
    bare = "".join(said.split())
    return [h for h in halls if "".join(h.split()) in bare]
