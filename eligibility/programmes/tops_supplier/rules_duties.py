"""What follows on admission: deadlines, duties, fees (簡章 參、二(二), (三), (四)3, 四). None of it shuts an applicant out."""

from __future__ import annotations

from datetime import date, datetime

from eligibility.dates import OfficeCalendar, anniversary, roc
from eligibility.rule import Answer, not_applicable, undetermined, valued


def review_5wd(app__received_date: date, review_working_days: int, office_calendar: OfficeCalendar) -> Answer:
    """The day by which the executing unit answers. No day is set for the supplier's own supplements."""
    due = office_calendar.workday_after(app__received_date, review_working_days)
    if due is None:
        return undetermined(f"{roc(app__received_date)}收件；{office_calendar.unknown}，算不出 {review_working_days} 個工作天。")
    return valued({"due": due}, f"{roc(app__received_date)}收件，{review_working_days} 個工作天內，最晚{roc(due)}回覆；補正沒有規定期限。")


def annual_update(update_within_years: int, listing__last_update_date: date | None = None) -> Answer:
    """The day by which the next update is due."""
    if listing__last_update_date is None:
        return not_applicable("還沒有登錄資訊更新紀錄；登錄後每年至少更新一次。")
    due = anniversary(listing__last_update_date, update_within_years)
    return valued({"due": due}, f"上次更新是{roc(listing__last_update_date)}，下次最晚{roc(due)}更新。")


def promotion_duties(account__terms_accepted_at: datetime | None = None) -> Answer:
    """An undertaking: the consent is on record or not."""
    return _undertaking("配合推廣、參與活動及提供資料", account__terms_accepted_at)


def ip_and_accuracy(account__terms_accepted_at: datetime | None = None) -> Answer:
    """An undertaking; revoking on an infringement is the organiser's discretion (得)."""
    return _undertaking("作品不侵權、上架資訊正確", account__terms_accepted_at)


def no_fee(fee: int) -> Answer:
    """No fee; travel and other costs of events are the supplier's own."""
    return valued(fee, "不收費用；參加活動的差旅費等自行負擔。")


def benefits() -> Answer:
    """What a registered supplier may do."""
    return valued(
        ["公開推廣產品與服務", "參與推廣活動與媒合", "參加主題式公開課程", "申請一對一客製化深度輔導", "行銷推廣資源"],
        "登錄完成後享有的資源。",
    )


def organiser_amendment(notice_edition: str) -> Answer:
    """The rules may be supplemented: the edition that decided is on record."""
    return valued({"edition": notice_edition}, f"本結果依{notice_edition}簡章判斷；主辦單位得修正補充。")


def _undertaking(what: str, accepted: datetime | None) -> Answer:
    if accepted is None:
        return not_applicable(f"登錄後的義務：{what}；申請即視為同意。")
    return valued({"accepted_at": accepted.isoformat(timespec="seconds")}, f"已於{roc(accepted.date())}同意：{what}。")
