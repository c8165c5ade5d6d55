"""申請程序 and 審查 (要點 五 to 八, 附件一)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from eligibility.dates import roc
from eligibility.paper import Paper, there, wanting
from eligibility.rule import Answer, failed, needs, not_applicable, passed, undetermined, valued
from eligibility.words import listed

ITEMS = ("關聯程度", "完整性", "合理性", "預期效益", "可行性")
"""A word of each criterion of 要點八, in its order."""


def window(day: date, app__window_start: date | None = None, app__window_end: date | None = None) -> Answer:
    """The announced days, both included; late applications are not accepted."""
    if app__window_end and day > app__window_end:
        return failed(f"{roc(day)}提出，已逾受理期間末日{roc(app__window_end)}，不予受理。", "等下一次公告受理。")
    if app__window_start and day < app__window_start:
        return failed(f"{roc(day)}提出，早於受理期間首日{roc(app__window_start)}。", f"{roc(app__window_start)}起再提出。")
    if app__window_start is None or app__window_end is None:
        return needs("還不知道本處公告的受理提案期間。")
    return passed(f"{roc(day)}在受理期間{roc(app__window_start)}至{roc(app__window_end)}內。")


def required_docs(doc__proposal_letter: Paper | None = None, doc__proposal: Paper | None = None) -> Answer:
    """The letter and the proposal; what is missing may be mended within the time of a notice."""
    lacking = {
        f: n
        for f, n, p in (("doc.proposal_letter", "提案函文", doc__proposal_letter), ("doc.proposal", "提案計畫書（附件一）", doc__proposal))
        if not there(p)
    }
    if lacking:
        return needs(f"還缺{listed(list(lacking.values()))}；本處得限期補正，逾期得予駁回。", *lacking)
    return passed("提案函文與提案計畫書都有了。")


def proposal_six_items(
    plan__demand_items: str | None = None,
    plan__intended_use: str | None = None,
    plan__adoption_plan: str | None = None,
    plan__expected_benefits: str | None = None,
    plan__budget_plan: str | None = None,
    plan__control_mechanism: str | None = None,
) -> Answer:
    """Six sections, in this order (the form prints them so)."""
    items = {
        "plan.demand_items": ("需求品項", plan__demand_items),
        "plan.intended_use": ("預定用途", plan__intended_use),
        "plan.adoption_plan": ("採用規劃", plan__adoption_plan),
        "plan.expected_benefits": ("預期效益", plan__expected_benefits),
        "plan.budget_plan": ("經費編列與支用期程", plan__budget_plan),
        "plan.control_mechanism": ("管考機制", plan__control_mechanism),
    }
    lacking = {f: n for f, (n, v) in items.items() if not (v or "").strip()}
    if lacking:
        return needs(f"提案計畫書還缺{listed(list(lacking.values()))}。", *lacking)
    return passed("提案計畫書六項內容都有了，須依序書寫。")


def proposal_format(
    max_pages: int, proposal_copies: int, plan__page_count: int | None = None, doc__proposal: Paper | None = None
) -> Answer:
    """At most twenty pages of body as a principle (為原則): more is a warning. Ten paper copies."""
    if plan__page_count is not None and plan__page_count > max_pages:
        return undetermined(
            f"正文 {plan__page_count} 頁，逾 {max_pages} 頁；條文為「為原則」，提醒精簡，不因此不予受理。", "精簡到 20 頁以內。"
        )
    lacking = wanting("提案計畫書", doc__proposal, copies=proposal_copies)
    if plan__page_count is None or lacking:
        return needs(
            lacking + "。" if lacking else "還不知道正文頁數。",
            *(["plan.page_count"] if plan__page_count is None else []),
            *(["doc.proposal"] if lacking else []),
        )
    return passed(f"正文 {plan__page_count} 頁，{proposal_copies} 份都有了。")


def serial_numbering(plan__total_applications: int, plan__serial_no: int | None = None) -> Answer:
    """-1/n, -2/n … over the applications of one agency; a single one is -1/1."""
    titles = [f"-{i}/{plan__total_applications}" for i in range(1, plan__total_applications + 1)]
    if plan__serial_no is None:
        return valued(titles, f"同一機關 {plan__total_applications} 案，標題後依序為{'、'.join(titles) or '無'}。")
    if not 1 <= plan__serial_no <= plan__total_applications:
        return failed(f"流水編號 {plan__serial_no} 不在 1 至 {plan__total_applications} 之間。", "依總申請案數重新編號。")
    return valued(titles[plan__serial_no - 1], f"標題後加註 {titles[plan__serial_no - 1]}。")


def committee(committee_least: int, committee_most: int, review__members: int, review__attending: int, review__votes_for: int) -> Answer:
    """Half of the members make the quorum, more than half of those attending the resolution; a tie is the chair's."""
    said = f"委員 {review__members} 人，出席 {review__attending} 人，同意 {review__votes_for} 人"
    if not committee_least <= review__members <= committee_most:
        return failed(f"{said}；委員應為 {committee_least} 至 {committee_most} 人。")
    if 2 * review__attending < review__members:
        return failed(f"{said}；出席不足二分之一。", "改期再開會。")
    if 2 * review__votes_for == review__attending:
        return undetermined(f"{said}；可否同數，由主席裁決。")
    if 2 * review__votes_for > review__attending:
        return passed(f"{said}；出席達二分之一，同意過半數。")
    return failed(f"{said}；同意未過半數。")


def scoring_weights(weights: list[int], review__scores: Sequence[Mapping[str, Any]]) -> Answer:
    """The weighted total of each member's scores (0 to 100 an item), averaged; there is no pass mark."""
    by_member: dict[Any, Decimal] = {}
    for row in review__scores:
        weight = next((w for item, w in zip(ITEMS, weights, strict=True) if item in str(row.get("item", ""))), None)
        if weight is None or row.get("score") is None:
            return needs("有評分的項目或分數看不出來。", "review.scores")
        by_member[row.get("member")] = by_member.get(row.get("member"), Decimal()) + Decimal(str(row["score"])) * weight / 100
    if not by_member:
        return needs("還沒有評分。", "review.scores")
    total = sum(by_member.values(), Decimal()) / len(by_member)
    return valued(
        total.quantize(Decimal("0.01")), f"{len(by_member)} 位委員，加權平均 {total:.2f} 分（百分之二十五、二十五、二十、二十、十）。"
    )


def revised_plan(plan__revised_submitted_date: date | None = None, plan__revised_due_date: date | None = None) -> Answer:
    """Late: the agency may refuse (得不予核定)."""
    if plan__revised_due_date is None:
        return not_applicable("沒有通知修訂計畫書的期限。")
    if plan__revised_submitted_date is None:
        return needs(f"修訂計畫書最晚{roc(plan__revised_due_date)}提送，還沒有紀錄。", "plan.revised_submitted_date")
    said = f"修訂計畫書{roc(plan__revised_submitted_date)}提送，期限{roc(plan__revised_due_date)}"
    if plan__revised_submitted_date <= plan__revised_due_date:
        return passed(f"{said}，未逾期。")
    return undetermined(f"{said}，已逾期，本處得不予核定補助。")


def review_stages(review__result: str | None = None) -> Answer:
    """For the record: papers, 初審, 複審."""
    if review__result is None:
        return not_applicable("審查結果還沒有紀錄；依序為文件審查、初審、複審。")
    return valued(review__result, f"審查結果：{review__result}。")


def governing_law() -> Answer:
    """What else applies."""
    return valued(["補助處理原則", "政府採購法", "行政程序法"], "本要點沒有規定的，依這些法令辦理。")
