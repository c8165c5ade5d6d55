"""拒絕往來 and 迴避, 評選 and 決標 (投標須知 十八 to 二十四, 評選須知). Amounts in 元, scores in 分."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from eligibility.bodies import LEGAL_PERSONS
from eligibility.dates import OfficeCalendar, days_after, period_end, roc
from eligibility.rule import Answer, failed, needs, not_applicable, passed, undetermined, valued
from eligibility.words import yuan

Scores = Sequence[Mapping[str, Any]]


def excluded_vendor(cmp__conflict_of_interest: bool) -> Answer:
    """Planners, drafters and kin of the tender, and political parties."""
    if cmp__conflict_of_interest:
        return failed("有規劃設計審標、利益衝突或政黨關係企業之情形，不得參加投標。")
    return passed("沒有應迴避之情形。")


def debarment_period(
    debarred_years_long: int,
    debarred_years_short: int,
    cmp__debarred_vendor: bool | None = None,
    cmp__debarred_published_date: date | None = None,
    cmp__debarred_ground: int | None = None,
    bid__received_at: datetime | None = None,
) -> Answer:
    """Grounds 1 to 5: three years from the day after publication; 7 to 14: one year from that very day; 6 depends on the sentence."""
    if cmp__debarred_published_date is None:
        if cmp__debarred_vendor is False:
            return passed("不是拒絕往來廠商。")
        return needs("還不知道是不是拒絕往來廠商，或刊登政府採購公報日與款次。", "cmp.debarred_vendor", "cmp.debarred_published_date")
    if cmp__debarred_ground is None or bid__received_at is None:
        return needs("還不知道採購法第 101 條款次或投標日。")
    published, bid = cmp__debarred_published_date, bid__received_at.date()
    long = period_end(published + timedelta(days=1), debarred_years_long)
    short = period_end(published, debarred_years_short)
    ends = {1: [long], 6: [short, long], 7: [short]}[1 if cmp__debarred_ground <= 5 else min(cmp__debarred_ground, 7)]
    said = f"{roc(published)}以第 {cmp__debarred_ground} 款刊登，停權至{'或'.join(roc(e) for e in ends)}，{roc(bid)}投標"
    barred = {published <= bid <= e for e in ends}
    if cmp__debarred_vendor is False and barred != {False}:
        return needs(f"{said}，但又記為不是拒絕往來廠商，請確認。", "cmp.debarred_vendor")
    if barred == {True}:
        return failed(f"{said}，期間未滿。", f"{roc(ends[0])}以後才得投標。")
    if barred == {False}:
        return passed(f"{said}，不在停權期間。")
    return undetermined(f"{said}；第 6 款依判處的刑而定（有期徒刑三年，拘役、罰金或緩刑一年）。")


def debarment_grounds(cmp__debarred_ground: int | None = None) -> Answer:
    """A ground leads to publication after notice and without objection."""
    if cmp__debarred_ground is None:
        return not_applicable("沒有應刊登政府採購公報之情形。")
    return undetermined(f"有第 {cmp__debarred_ground} 款情形；經通知而未提出異議者，將刊登政府採購公報。")


def ngo_conflict(org__type: str | None = None, cmp__moea_staff_as_officer: bool | None = None) -> Answer:
    """A private association or foundation with serving staff of the ministry among its officers."""
    if org__type is not None and org__type not in LEGAL_PERSONS:
        return not_applicable("不是民間社團法人或財團法人。")
    if cmp__moea_staff_as_officer is False:
        return passed("沒有經濟部暨所屬機關現職人員擔任負責人、理監事或主要經理人。")
    if org__type is None or cmp__moea_staff_as_officer is None:
        return needs("還不知道組織類型，或有無經濟部暨所屬機關現職人員擔任負責人、理監事或主要經理人。")
    return failed("有經濟部暨所屬機關現職人員擔任負責人、理監事或主要經理人。", "該人員卸任後才符合。")


def pi_limit_2(max_projects: int, plan__pi_concurrent_projects: int) -> Answer:
    """More needs a special approval."""
    said = f"計畫主持人同期主持 {plan__pi_concurrent_projects} 項政府委託研究計畫"
    if plan__pi_concurrent_projects <= max_projects:
        return passed(f"{said}，未超過 {max_projects} 項。")
    return undetermined(f"{said}，超過 {max_projects} 項，須經本處專案簽核。")


def retired_pay_rule(org__type: str | None = None) -> Answer:
    """For foundations that the government endowed; people judge."""
    if org__type != "foundation":
        return not_applicable("不是政府捐助成立之財團法人。")
    return undetermined("財團法人若為政府捐助成立，支領退休給與人員再任之薪資由機關查核。")


def criteria_weights(weights: list[int]) -> Answer:
    """The five criteria; together a hundred."""
    names = ("整體需求建議與解決", "經驗實績及履約能力", "專業及執行管理能力", "價格之合理性", "簡報內容及答詢")
    return valued(dict(zip(names, weights, strict=True)), f"五項評選配分合計 {sum(weights)}。")


def pass_mark(pass_mark: int, review__scores: Scores) -> Answer:
    """The mean of the members' totals."""
    totals: dict[Any, Decimal] = {}
    for row in review__scores:
        if row.get("score") is None:
            return needs("有評分還不知道。", "review.scores")
        totals[row.get("member")] = totals.get(row.get("member"), Decimal()) + Decimal(str(row["score"]))
    if not totals:
        return needs("還沒有評分。", "review.scores")
    mean = sum(totals.values(), Decimal()) / len(totals)
    said = f"{len(totals)} 位委員總平均 {mean:.2f} 分"
    if mean >= pass_mark:
        return passed(f"{said}，達 {pass_mark} 分。", mean)
    return failed(f"{said}，未達 {pass_mark} 分，不列入優勝廠商。", "", mean)


def ranking(review__scores: Scores) -> Answer:
    """Ranks compare the bidders with each other: the scores of one do not give it."""
    return undetermined(f"已有 {len(review__scores)} 筆評分；序位須與其他廠商合計比較，由作業人員統計。")


def tie_break(bid__price: int | None = None) -> Answer:
    """Lower price, then the score of the weightiest criterion, then the lot."""
    if bid__price is None:
        return not_applicable("沒有序位相同的情形。")
    return valued(["標價低者優先", "配分最高之評選項目得分高者", "抽籤"], f"標價 {yuan(bid__price)}；序位相同時依此順序決定。")


def price_cut(price_cuts: int, bid__price: int, bid__reserve_price: int) -> Answer:
    """Up to three reductions."""
    if bid__price <= bid__reserve_price:
        return passed(f"標價 {yuan(bid__price)}，未超過底價 {yuan(bid__reserve_price)}，即宣布決標。")
    return undetermined(
        f"標價 {yuan(bid__price)}，超過底價 {yuan(bid__reserve_price)}，洽減以 {price_cuts} 次為限。", "減至底價以內即決標。"
    )


def over_reserve(over_reserve_percent: int, bid__price: int, bid__reserve_price: int, bid__budget: int) -> Answer:
    """Up to eight per cent over the reserve, within the budget, and with approval; at exactly eight both clauses speak."""
    if bid__price <= bid__reserve_price:
        return not_applicable(f"標價 {yuan(bid__price)}，沒有超過底價。")
    said = f"標價 {yuan(bid__price)}，底價 {yuan(bid__reserve_price)}，預算 {yuan(bid__budget)}"
    over, line = 100 * bid__price, (100 + over_reserve_percent) * bid__reserve_price
    if over > line:
        return failed(f"{said}，超過底價 {over_reserve_percent}%，宣布廢標。")
    if bid__price > bid__budget:
        return failed(f"{said}，逾預算金額，不得決標。", "減至預算金額以內。")
    if over == line:
        return undetermined(f"{said}，剛好超過底價 {over_reserve_percent}%，兩款規定都適用；建議認為得決標。")
    return undetermined(f"{said}，超過底價未達 {over_reserve_percent}%，得於報經核准後決標。")


def original_check_7d(
    original_check_days: int,
    office_calendar: OfficeCalendar,
    bid__award_date: date | None = None,
    bid__original_check_date: date | None = None,
) -> Answer:
    """Within seven days of the award, holidays not counted."""
    return _after_award(
        bid__award_date, bid__original_check_date, original_check_days, office_calendar, "核對證件正本", "bid.original_check_date"
    )


def contract_14d(
    signing_days: int, office_calendar: OfficeCalendar, bid__award_date: date | None = None, contract__submitted_date: date | None = None
) -> Answer:
    """Plan book and contract within fourteen days of the award, holidays not counted."""
    return _after_award(
        bid__award_date, contract__submitted_date, signing_days, office_calendar, "檢送計畫書及契約書", "contract.submitted_date"
    )


def performance_bond(
    bond_percent: int,
    signing_days: int,
    office_calendar: OfficeCalendar,
    contract__price: int | None = None,
    bid__award_date: date | None = None,
    contract__bond_paid_date: date | None = None,
) -> Answer:
    """A tenth of the price, paid within fourteen days of the award, holidays not counted."""
    if contract__price is None:
        if bid__award_date is None:
            return not_applicable("還沒有決標。")
        return needs("還不知道契約金額。", "contract.price")
    bond = contract__price * bond_percent // 100
    if bid__award_date is None and contract__bond_paid_date is None:
        return valued(bond, f"履約保證金為契約金額 {bond_percent}%，{yuan(bond)}。")
    if bid__award_date is None:
        return needs("還不知道議價決標日。", "bid.award_date", value=bond)
    answer = _after_award(
        bid__award_date, contract__bond_paid_date, signing_days, office_calendar, f"繳納履約保證金 {yuan(bond)}", "contract.bond_paid_date"
    )
    return Answer(answer.outcome, answer.explanation, bond, answer.forward, answer.missing)


def _after_award(award: date | None, done: date | None, days: int, calendar: OfficeCalendar, act: str, field: str) -> Answer:
    if award is None:
        return not_applicable("還沒有決標。")
    due = calendar.workday_after(award, days)
    limit = f"最晚{roc(due)}" if due else f"決標後 {days} 日（不含例假日）內"
    if done is None:
        return needs(f"{roc(award)}決標，{limit}{act}，還沒有紀錄。", field, value=None if due is None else {"due": due})
    said = f"{roc(award)}決標，{roc(done)}{act}"
    if done <= (due or days_after(award, days)):
        return passed(f"{said}，{limit}，未逾期。")
    if due is None:
        return undetermined(f"{said}；{calendar.unknown}，不含例假日的末日算不出來。")
    return failed(f"{said}，{limit}，已逾期。", "逾期得撤銷決標。")
