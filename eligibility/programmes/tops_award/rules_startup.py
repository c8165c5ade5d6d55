"""採購新創貢獻獎, 採購新創開拓獎, 永續共榮獎 and the money (函 說明三(二) to (五))."""

from __future__ import annotations

from datetime import date

from eligibility.programmes.tops_award.counting import RANKING, Purchases, Sum, total, unranked
from eligibility.rule import Answer, needs, not_applicable, passed, undetermined
from eligibility.words import yuan


def startup_contribution(
    first_day: str,
    last_day: str,
    startup_top: int,
    award__applied: str | None = None,
    award__rank: int | None = None,
    award__tied: bool | None = None,
    award__cumulative_startup_amount: int | None = None,
    purchase: Purchases | None = None,
) -> Answer:
    """The first three by what they bought from 臺北市新創企業 (suppliers of 新創事業組) in the period; no floor."""
    found = _startups(award__cumulative_startup_amount, purchase, first_day, last_day)
    field = "award.cumulative_startup_amount"
    return _ranked("採購新創貢獻獎", award__applied, found, award__rank, award__tied, startup_top, field)


def startup_pioneer(
    first_day: str,
    pioneer_last_day: str,
    pioneer_top: int,
    award__applied: str | None = None,
    award__rank: int | None = None,
    award__tied: bool | None = None,
    award__cumulative_startup_amount_pioneer: int | None = None,
    purchase: Purchases | None = None,
) -> Answer:
    """The first ten by what they bought from startups in the first three months; 率先 is no test of its own."""
    found = _startups(award__cumulative_startup_amount_pioneer, purchase, first_day, pioneer_last_day)
    field = "award.cumulative_startup_amount_pioneer"
    return _ranked("採購新創開拓獎", award__applied, found, award__rank, award__tied, pioneer_top, field)


def sustainability(
    groups: list[str],
    award__applied: str | None = None,
    award__sustainability_group: str | None = None,
    award__project_description: str | None = None,
) -> Answer:
    """Six groups, one winner each, chosen by judges."""
    if award__applied not in (None, "永續共榮獎"):
        return not_applicable("申請的不是永續共榮獎。")
    if award__sustainability_group is None:
        if award__applied is None:
            return not_applicable("沒有申請永續共榮獎的組別。")
        return needs("還不知道申請永續共榮獎的哪一組。", "award.sustainability_group")
    if award__sustainability_group not in groups:
        return needs(f"「{award__sustainability_group}」不是永續共榮獎的組別（{'、'.join(groups)}）。", "award.sustainability_group")
    note = "；須有與臺北市新創企業的合作" if award__sustainability_group == "新創共榮" else ""
    described = "已附專案說明" if award__project_description else "專案說明還沒有附"
    return undetermined(f"申請{award__sustainability_group}組，{described}，由評審優選出 1 案{note}。")


def council_approval(award__council_approved: bool) -> Answer:
    """The money is payable once the council approved and it was announced; until then it is 預計."""
    if award__council_approved:
        return passed("臺北市議會已審議通過，獎勵金依公告實施。")
    return undetermined("臺北市議會還沒有審議通過，獎勵金都只是預計。", "議會審議通過並公告後實施。")


def _startups(stated: int | None, purchase: Purchases | None, first_day: str, last_day: str) -> Sum | None:
    if stated is not None:
        return Sum(stated, 0, 0, stated)
    first, last = date.fromisoformat(first_day), date.fromisoformat(last_day)
    return None if purchase is None else total(purchase, first, last, startups_only=True)


def _ranked(award: str, applied: str | None, found: Sum | None, rank: int | None, tied: bool | None, top: int, field: str) -> Answer:
    if applied not in (None, award):
        return not_applicable(f"申請的不是{award}。")
    if found is None:
        return needs("還沒有向新創企業採購的紀錄。", field)
    value = {"amount": found.sure, "rank": rank}
    if found.exact and found.sure == 0:
        return not_applicable(f"期間內沒有向新創企業採購，不計入{award}。", value)
    if rank is None:
        return needs(f"期間內向新創企業採購 {yuan(found.sure)}，還不知道排名。", "award.rank", value=value)
    if rank > top:
        return not_applicable(f"排名第 {rank} 名，不在前 {top} 名。", value)
    if found.sure == 0:
        return needs("向新創企業採購的金額還不能確定。", "purchase", value=value)
    if tied:
        return undetermined(f"期間內向新創企業採購 {yuan(found.sure)}，{unranked(rank, tied)}", RANKING, value)
    return passed(f"期間內向新創企業採購 {yuan(found.sure)}，排名第 {rank} 名，頒發獎項及回購獎勵金。", value)
