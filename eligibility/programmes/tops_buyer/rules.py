"""採購方註冊 (簡章 參、一): who may register, what is filled in, what it gives."""

from __future__ import annotations

from datetime import datetime

from eligibility.bodies import CHINESE, ENTERPRISES, GOVERNMENT, LEGAL_PERSONS, STATE_ENTERPRISES
from eligibility.dates import roc
from eligibility.rule import Answer, failed, needs, not_applicable, passed, undetermined, valued
from eligibility.words import yuan


def org_type(org__type: str) -> Answer:
    """The clause ends in 等: registered bodies beyond those it names are for the organiser."""
    said = CHINESE[org__type]
    if org__type in (*GOVERNMENT, *STATE_ENTERPRISES, *ENTERPRISES, *LEGAL_PERSONS):
        return passed(f"組織類型為{said}，屬註冊對象。")
    if org__type == "natural_person":
        return failed("自然人不是註冊對象。", "以依法登記的企業或法人申請才符合。")
    return undetermined(f"組織類型為{said}，條文沒有列出，是否屬「等」所指的對象由主辦單位認定；建議接受。")


def registration_fields(
    org__uniform_no: str | None = None,
    org__name: str | None = None,
    org__responsible_person: str | None = None,
    org__industry_text: str | None = None,
    contact__name: str | None = None,
    contact__email: str | None = None,
    contact__phone: str | None = None,
) -> Answer:
    """The account (統一編號) and the six basic data; the password is the platform's own matter."""
    fields = {
        "org.uniform_no": ("統一編號", org__uniform_no),
        "org.name": ("組織全稱", org__name),
        "org.responsible_person": ("組織代表人姓名", org__responsible_person),
        "org.industry_text": ("組織之行業別", org__industry_text),
        "contact.name": ("組織聯絡窗口姓名", contact__name),
        "contact.email": ("組織聯絡信箱", contact__email),
        "contact.phone": ("組織連絡電話", contact__phone),
    }
    empty = [n for n, v in fields.values() if v is not None and not v.strip()]
    if empty:
        return failed(f"{'、'.join(empty)}是空白的，註冊資料不完整。", "全部填寫後才能註冊。")
    unknown = {f: n for f, (n, v) in fields.items() if v is None}
    if unknown:
        return needs(f"還缺{'、'.join(unknown.values())}。", *unknown)
    return passed("帳戶與組織基本資料都已填寫。")


def email_verified(account__email_verified: bool) -> Answer:
    """The account is active once the e-mailed code was entered."""
    if account__email_verified:
        return passed("已輸入 Email 驗證碼，帳號開通。")
    return failed("還沒有輸入 Email 驗證碼，帳號沒有開通。", "輸入以 Email 提供的驗證碼即可開通。")


def no_fee(fee: int) -> Answer:
    """No fee; travel and other costs of events are the buyer's own."""
    return valued(fee, "不收費用；參加活動的差旅費等自行負擔。")


def award_entitlement(account__buyer_active: bool, purchase__supplier_registration_valid: bool | None = None) -> Answer:
    """An active buyer may apply for awards; a purchase counts only from a supplier validly registered when it was made."""
    if not account__buyer_active:
        return failed("採購方帳號沒有開通，不能申請獎項。", "開通採購方帳號後即可申請。")
    if purchase__supplier_registration_valid is False:
        return passed("具備報獎申請資格；但這一筆的供應方在採購當時不是有效登錄，不計入採購金額。")
    return passed("具備報獎申請資格；向有效登錄的供應方採購才計入金額。")


def monthly_exposure(
    exposure_top: int,
    exposure_limit: int,
    purchase__upload_month_rank: int,
    award__exposure_count_this_round: int,
    purchase__upload_month_amount: int | None = None,
) -> Answer:
    """The month's first three, once a round. What is ranked (amount or number of uploads) is not said; the rank is taken as given."""
    value = {"rank": purchase__upload_month_rank, "exposures": award__exposure_count_this_round}
    amount = "" if purchase__upload_month_amount is None else f"（當月上傳 {yuan(purchase__upload_month_amount)}）"
    if award__exposure_count_this_round >= exposure_limit:
        return not_applicable(f"本屆已曝光 {award__exposure_count_this_round} 次，以 {exposure_limit} 次為上限。", value)
    if purchase__upload_month_rank > exposure_top:
        return not_applicable(f"當月上傳排名第 {purchase__upload_month_rank} 名{amount}，不在前 {exposure_top} 名。", value)
    return passed(f"當月上傳排名第 {purchase__upload_month_rank} 名{amount}，得獲曝光 1 次。", {**value, "exposures": 1})


def may_also_be_supplier(account__buyer_active: bool) -> Answer:
    """An activated buyer may go on to register as a supplier."""
    if account__buyer_active:
        return passed("已是採購方，符合資格者得再申請供應方登錄。")
    return failed("採購方帳號沒有開通，還不能申請供應方登錄。", "先完成採購方註冊並開通帳號。")


def terms_consent(account__terms_accepted_at: datetime) -> Answer:
    """Applying is consent; its time is on record."""
    return valued(
        {"accepted_at": account__terms_accepted_at.isoformat(timespec="seconds")},
        f"已於{roc(account__terms_accepted_at.date())}同意簡章的權利義務。",
    )


def benefits() -> Answer:
    """What a buyer may have."""
    return valued(["採購資訊電子報", "政府資源推送", "媒合活動參與"], "註冊完成後可獲得的資源。")
