"""申請期限, 申請方式 and 遴選流程 (簡章 伍, 陸, 玖): the papers and their days. A step that has not come yet is not applicable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from eligibility.dates import OfficeCalendar, days_after, roc
from eligibility.paper import Paper, there, wanting
from eligibility.rule import Answer, both, either, failed, needs, not_applicable, passed, undetermined, valued
from eligibility.words import listed

Rows = Sequence[Mapping[str, Any]]


def window(
    last_day: str, app__submitted_date: date | None = None, app__received_date: date | None = None, day: date | None = None
) -> Answer:
    """Arrival by the last day is safe; posted by it but arriving later is undetermined, as the clause names neither."""
    limit = date.fromisoformat(last_day)
    posted = app__submitted_date or (day if app__received_date is None and day is not None and day <= limit else None)
    if posted and app__received_date and app__received_date < posted:
        return needs(f"收件日{roc(app__received_date)}早於送件日{roc(posted)}，請確認。", "app.submitted_date", "app.received_date")
    if posted and posted > limit:
        return failed(f"{roc(posted)}送件，已過申請期限{roc(limit)}。", "等下一梯次公告。")
    if app__received_date and app__received_date <= limit:
        return passed(f"{roc(app__received_date)}收到，在申請期限{roc(limit)}以前。")
    if posted is None:
        return needs(f"還不知道送件日；申請期限是{roc(limit)}。", "app.submitted_date")
    if app__received_date:
        return undetermined(
            f"{roc(posted)}寄出、{roc(app__received_date)}收到，期限{roc(limit)}以寄出或收到為準，簡章沒有寫明，請總計畫認定。"
        )
    return passed(f"{roc(posted)}送件，在申請期限{roc(limit)}以前。")


def proposers(org__name: str | None = None, advisor__name: str | None = None) -> Answer:
    """The firm and the advising unit propose together."""
    lacking = [n for n, v in (("受輔導廠商名稱", org__name), ("輔導單位名稱", advisor__name)) if not v]
    if lacking:
        return needs(f"還缺{listed(lacking)}；須由受輔導廠商及輔導單位共同提案。")
    return passed(f"由{org__name}與{advisor__name}共同提案。")


def doc1_registration(
    doc__registration_form: Paper | None = None, doc__business_license: Paper | None = None, doc__business_transcript: Paper | None = None
) -> Answer:
    """One of them as a photocopy."""
    if any(there(p) for p in (doc__registration_form, doc__business_license, doc__business_transcript)):
        return passed("資料 1 資格證明影本已附。")
    return needs("還缺資料 1：公司登記文件或營利事業登記證影本，擇一即可。", "doc.registration_form", "doc.business_license")


def doc2_letter_and_consent(
    app__mode: str | None = None, doc__willingness_letter: Paper | None = None, doc__privacy_consent: Paper | None = None
) -> Answer:
    """The letter as an original with both seals, the consent once. For a chain every firm signs, which one scan does not show."""
    letter = wanting("受輔導廠商意願書", doc__willingness_letter, original=True, seals=("company_seal", "responsible_seal"))
    if not letter and app__mode == "chain" and doc__willingness_letter and not doc__willingness_letter.in_order:
        letter = "綠色供應鏈各廠的意願書是否都已附，還須承辦人確認"
    consent = wanting("個人資料使用同意書", doc__privacy_consent)
    said = [s for s in (letter, consent) if s]
    missing = [f for f, s in (("doc.willingness_letter", letter), ("doc.privacy_consent", consent)) if s]
    if said:
        return needs("；".join(said) + "。", *missing)
    return passed("資料 2 意願書正本與個人資料使用同意書都有了。")


def doc3_guidance_plan(plan_copies: int, doc__guidance_plan: Paper | None = None) -> Answer:
    """Five copies, with 廠商基本資料表 and 亮點評估表."""
    return _copies(doc__guidance_plan, "doc.guidance_plan", "資料 3 輔導計畫書", plan_copies)


def doc4_slides(slides_copies: int, doc__proposal_slides: Paper | None = None) -> Answer:
    """Five copies."""
    return _copies(doc__proposal_slides, "doc.proposal_slides", "資料 4 遴選提案簡報", slides_copies)


def doc5_energy_form(
    app__mode: str | None = None, doc__energy_application_form: Paper | None = None, doc__energy_data_sheet: Paper | None = None
) -> Answer:
    """Only 節能管理個廠 hands in the application form, and with it the data sheet that its note asks for."""
    pairs = (
        ("doc.energy_application_form", "節能管理輔導申請表", doc__energy_application_form),
        ("doc.energy_data_sheet", "節能管理個廠輔導廠商資料表", doc__energy_data_sheet),
    )
    lacking = {f: n for f, n, p in pairs if not there(p)}
    needed = None if app__mode is None else app__mode == "energy"
    if either(None if needed is None else not needed, not lacking):
        return passed("資料 5 都有了。" if not lacking else "不是申請節能管理個廠，不需要資料 5。")
    if needed is None:
        return needs(f"還不知道申請哪一種輔導；申請節能管理個廠須附{listed(list(lacking.values()))}。", "app.mode", *lacking)
    return needs(f"資料 5 還缺{listed(list(lacking.values()))}。", *lacking)


def electronic_copy(doc__electronic_file: Paper | None = None) -> Answer:
    """One electronic file of everything."""
    if there(doc__electronic_file):
        return passed("電子檔已附。")
    return needs("還缺電子檔 1 份。", "doc.electronic_file")


def supplement_3d(
    supplement_days: int, office_calendar: OfficeCalendar, app__notice_date: date | None = None, app__supplement_date: date | None = None
) -> Answer:
    """Calendar days after the notice; later counts as given up."""
    return _in_time(app__notice_date, app__supplement_date, supplement_days, office_calendar, "補件通知", "補齊", "app.supplement_date")


def not_qualified_return() -> Answer:
    """What happens to an application that does not qualify."""
    return valued("退件或補件", "不符合資格者，會通知退件或補件。")


def site_visit_attendance(app__mode: str | None = None, chain__members: Rows | None = None) -> Answer:
    """For the record: how many suppliers attend the visit of a chain."""
    if app__mode not in (None, "chain"):
        return not_applicable("不是申請綠色供應鏈。")
    if chain__members is None:
        return needs("還不知道供應鏈有哪些廠。", "chain.members")
    count = sum(m.get("role") != "中心廠" for m in chain__members)
    return valued({"suppliers": count}, f"實地訪視時 {count} 家供應商需共同出席。")


def second_review_3d(
    revision_days: int,
    office_calendar: OfficeCalendar,
    review__second_decision_date: date | None = None,
    plan__revised_submitted_date: date | None = None,
) -> Answer:
    """Revised material within three days of the decision; later counts as given up."""
    return _in_time(
        review__second_decision_date,
        plan__revised_submitted_date,
        revision_days,
        office_calendar,
        "複審選案會議決議",
        "提供修訂之提案資料",
        "plan.revised_submitted_date",
    )


def result_classes(review__result: str | None = None) -> Answer:
    """通過, 備取/補件後通過 or 不通過."""
    if review__result is None:
        return not_applicable("審查結果還沒有公告。")
    if review__result.startswith("不通過"):
        return failed(f"審查結果為{review__result}。", "", "不通過")
    if review__result.startswith(("備取", "補件後")):
        return undetermined(f"審查結果為{review__result}，等候遞補通知，並依時限提供修正版提案資料。", value="備取/補件後通過")
    if review__result.startswith("通過"):
        return passed("審查結果為通過。", "通過")
    return needs(f"審查結果「{review__result}」不是通過、備取/補件後通過或不通過。", "review.result")


def quota(quota_bright: int, quota_energy: int, quota_chain: int, app__mode: str) -> Answer:
    """How many are chosen in the mode; beyond it one waits (備取)."""
    places = {
        "bright": (quota_bright, "優質亮點個廠", "家"),
        "energy": (quota_energy, "節能管理個廠", "家"),
        "chain": (quota_chain, "綠色供應鏈", "體系"),
    }
    count, name, unit = places[app__mode]
    return valued(count, f"{name}名額 {count} {unit}，超過名額為備取。")


def review_panel(review__members: int | None = None, review__attending: int | None = None) -> Answer:
    """For the record: 3 to 5 experts on paper, at least 2 on site, 3 to 5 in the second review."""
    known = {k: v for k, v in {"members": review__members, "attending": review__attending}.items() if v is not None}
    if not known:
        return not_applicable("還沒有審查委員紀錄；書審 3-5 位、訪視至少 2 位、複審 3-5 位。")
    return valued(
        known,
        f"審查委員 {known.get('members', '未記')} 位、出席 {known.get('attending', '未記')} 位"
        "（書審 3-5 位、訪視至少 2 位、複審 3-5 位）。",
    )


def _copies(paper: Paper | None, field: str, name: str, copies: int) -> Answer:
    lacking = wanting(name, paper, copies=copies)
    if lacking:
        return needs(f"{lacking}。", field)
    return passed(f"{name} {copies} 份都有了。")


def _in_time(start: date | None, done: date | None, days: int, calendar: OfficeCalendar, event: str, act: str, field: str) -> Answer:
    """Within ``days`` calendar days; a last day on which the offices are closed moves on, and both days are shown."""
    if start is None:
        return not_applicable(f"還沒有{event}的日期，不適用。")
    due = days_after(start, days)
    rolled = calendar.rolled(due)
    value = {"due": due, "due_after_holidays": rolled}
    if done is None:
        return needs(f"{roc(start)}{event}，最晚{roc(due)}{act}，還沒有紀錄。", field, value=value)
    said = f"{roc(start)}{event}，{roc(done)}{act}，期限{roc(due)}"
    in_time = either(done <= due, None if rolled is None else done <= rolled)
    if both(in_time, done >= start):
        return passed(f"{said}，未逾期。", value)
    if done < start:
        return needs(f"{said}，日期先後不合理，請確認。", field)
    if in_time is None:
        return undetermined(f"{said}；{calendar.unknown}，期限末日是否遇假日順延無法確定。", value=value)
    return failed(f"{said}，已逾期，視同放棄。", "逾期不能補救，請等下一梯次。", value)
