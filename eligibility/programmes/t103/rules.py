"""投標廠商資格 and 投標 (投標須知 五 to 十七): who may bid, with what, until when."""

from __future__ import annotations

from datetime import date, datetime

from eligibility.bodies import CHINESE, GOVERNMENT, LEGAL_PERSONS, SCHOOLS
from eligibility.dates import days_after, roc
from eligibility.paper import Paper, there, wanting
from eligibility.rule import Answer, failed, needs, not_applicable, passed, undetermined, valued
from eligibility.words import listed

EXEMPT = (*GOVERNMENT, "public_university")
"""Bodies that need no proof of registration or tax."""


def bidder_type(org__type: str) -> Answer:
    """Companies, foundations, associations, public schools; government bodies and public universities are contemplated too."""
    said = CHINESE[org__type]
    if org__type in ("company", *LEGAL_PERSONS, *SCHOOLS, *GOVERNMENT):
        return passed(f"投標廠商為{said}，在廠商資格之內。")
    if org__type in ("business", "natural_person"):
        return failed(f"投標廠商為{said}，不在廠商資格之內。", "以公司、財團法人、社團法人或公立學校投標才符合。")
    return undetermined(f"投標廠商為{said}，是否屬依公司法設立之公司等由機關認定。")


def registration_proof(
    org__type: str | None = None, doc__registration_form: Paper | None = None, doc__registry_printout: Paper | None = None
) -> Answer:
    """Any of the two, unless exempt."""
    if org__type in EXEMPT:
        return passed("政府機關或公立大學，免提登記或設立證明。")
    if there(doc__registration_form) or there(doc__registry_printout):
        return passed("依法設立登記之證明已附。")
    return needs("還缺依法設立登記之證明，得以主管機關網站公開資料列印代之。", "doc.registration_form", "doc.registry_printout")


def tax_proof(
    org__type: str | None = None,
    doc__tax_business: Paper | None = None,
    doc__tax_profit: Paper | None = None,
    doc__tax_income: Paper | None = None,
    doc__setup_approval_letter: Paper | None = None,
    doc__no_arrears_certificate: Paper | None = None,
    doc__tax_exempt_certificate: Paper | None = None,
) -> Answer:
    """One of three; other ways are for the exempt and for new firms."""
    if any(there(p) for p in (doc__tax_business, doc__tax_profit, doc__tax_income)):
        return passed("營業稅或所得稅繳稅證明已附。")
    if org__type in EXEMPT:
        return not_applicable("政府機關或公立大學免附。")
    if there(doc__setup_approval_letter) or there(doc__no_arrears_certificate) or there(doc__tax_exempt_certificate):
        return not_applicable("以新設立、無違章欠稅或免稅的證明代之。")
    return needs("還缺最近一期營業稅或所得稅繳稅證明。", "doc.tax_business", "doc.tax_profit", "doc.tax_income")


def tax_proof_previous_period(doc__tax_business: Paper | None = None) -> Answer:
    """The period before will do where the latest is not out yet."""
    if there(doc__tax_business):
        return passed("納稅證明已附；不及提出最近一期者，前一期亦可。")
    return not_applicable("沒有附營業稅證明。")


def tax_proof_new_firm(
    doc__setup_approval_letter: Paper | None = None,
    doc__invoice_purchase_certificate: Paper | None = None,
    doc__no_arrears_certificate: Paper | None = None,
) -> Answer:
    """The letter that approved the set-up with the invoice papers, or the certificate that nothing is owed."""
    if there(doc__no_arrears_certificate):
        return passed("已附無違章欠稅之查復表。")
    if not there(doc__setup_approval_letter):
        return not_applicable("不是以新設立證明代替納稅證明。")
    if there(doc__invoice_purchase_certificate):
        return passed("已附核准設立登記公函與申領統一發票購票證相關文件。")
    return needs("使用統一發票者，還缺申領統一發票購票證相關文件。", "doc.invoice_purchase_certificate")


def tax_proof_exempt(org__type: str | None = None, doc__tax_exempt_certificate: Paper | None = None) -> Answer:
    """Government bodies and public universities need nothing; others below the threshold need the authority's paper."""
    if org__type in EXEMPT:
        return passed("政府機關或公立大學，免附納稅證明。")
    if there(doc__tax_exempt_certificate):
        return passed("已附稅捐稽徵機關出具之未達課稅標準或免稅證明。")
    return not_applicable("不是以免稅證明代替納稅證明。")


def foreign_bidder(treaty_countries: list[str], org__country: str, doc__notarised_translation: Paper | None = None) -> Answer:
    """A bidder of a treaty country brings translated papers; others and those of the mainland may not bid."""
    if org__country == "TW":
        return not_applicable("本國廠商。")
    if org__country not in treaty_countries:
        return failed(f"廠商國別 {org__country} 不是條約或協定國家（或為大陸廠商），不可參與投標。")
    if there(doc__notarised_translation):
        return passed(f"廠商國別 {org__country} 為條約或協定國家，已附經公證或認證之中文譯本。")
    return needs("外國廠商的資格文件還缺經公證或認證之中文譯本。", "doc.notarised_translation")


def no_joint_bid(bid__is_joint: bool) -> Answer:
    """Not allowed."""
    return failed("共同投標，本採購不允許。", "單獨投標才符合。") if bid__is_joint else passed("不是共同投標。")


def one_bid(bid__count: int) -> Answer:
    """One each."""
    if bid__count > 1:
        return failed(f"投遞 {bid__count} 份投標文件，每一廠商僅能 1 份。", "只投遞 1 份。")
    return passed(f"投遞 {bid__count} 份投標文件。")


def no_alternative(bid__has_alternative: bool) -> Answer:
    """An alternative is not accepted; the bid itself stands."""
    if bid__has_alternative:
        return passed("替代方案不予受理，不影響原投標文件。", {"alternative_ignored": True})
    return passed("沒有替代方案。")


def no_bid_bond() -> Answer:
    """None."""
    return valued(0, "本案無押標金（勞務採購）。")


def bid_deadline(last_moment: str, bid__received_at: datetime) -> Answer:
    """Arrival, to the minute."""
    limit = datetime.fromisoformat(last_moment)
    said = f"{roc(bid__received_at.date())} {bid__received_at:%H:%M} 送達，截止為{roc(limit.date())} {limit:%H:%M}"
    return passed(f"{said}。") if bid__received_at <= limit else failed(f"{said}，逾時不受理。")


def bid_contents(
    plan_copies: int,
    org__type: str | None = None,
    doc__outer_envelope: Paper | None = None,
    doc__registration_form: Paper | None = None,
    doc__registry_printout: Paper | None = None,
    doc__tax_business: Paper | None = None,
    doc__tax_profit: Paper | None = None,
    doc__tax_income: Paper | None = None,
    doc__setup_approval_letter: Paper | None = None,
    doc__no_arrears_certificate: Paper | None = None,
    doc__tax_exempt_certificate: Paper | None = None,
    doc__qualification_review_form: Paper | None = None,
    doc__bidder_statement: Paper | None = None,
    doc__self_check_form: Paper | None = None,
    doc__plan_book: Paper | None = None,
) -> Answer:
    """The envelope and what is in it; fifteen plan books also with an electronic bid."""
    taxes = (
        doc__tax_business,
        doc__tax_profit,
        doc__tax_income,
        doc__setup_approval_letter,
        doc__no_arrears_certificate,
        doc__tax_exempt_certificate,
    )
    exempt = org__type in EXEMPT
    registered = exempt or there(doc__registration_form) or there(doc__registry_printout)
    lacking = {
        "doc.outer_envelope": wanting("外標封", doc__outer_envelope),
        "doc.registration_form": "" if registered else "還沒有附登記證明",
        "doc.tax_business": "" if exempt or any(there(p) for p in taxes) else "還沒有附納稅證明",
        "doc.qualification_review_form": wanting("廠商資格審查表", doc__qualification_review_form),
        "doc.bidder_statement": wanting("投標廠商聲明書", doc__bidder_statement),
        "doc.self_check_form": wanting("投標廠商自我檢查表", doc__self_check_form),
        "doc.plan_book": wanting("計畫書", doc__plan_book, copies=plan_copies),
    }
    said = [s for s in lacking.values() if s]
    if said:
        return needs("；".join(said) + "。", *(f for f, s in lacking.items() if s))
    return passed(f"外標封與投標文件齊全，計畫書 {plan_copies} 份。")


def no_cure_before_opening() -> Answer:
    """Nothing may be added before the opening."""
    return valued("開標前不得補正", "開標前不允許補正非契約必要之點之文件。")


def bid_validity(validity_days: int, bid__opening_date: date) -> Answer:
    """Until 90 days after the opening."""
    until = days_after(bid__opening_date, validity_days)
    return valued({"until": until}, f"投標文件有效至開標後 {validity_days} 日，即{roc(until)}。")


def copies_not_originals() -> Answer:
    """Photocopies will do; originals are checked after the award."""
    return valued("影本", "證明文件以影本為原則，決標後 7 日內核對正本。")


def plan_format(doc__plan_book: Paper | None = None) -> Answer:
    """Chinese, A4, left to right: people look at the book itself."""
    if there(doc__plan_book):
        return passed("計畫書已附；須以中文、A4 直式由左向右橫寫，引用文獻註明來源。")
    return needs("還缺計畫書。", "doc.plan_book")


def attendance(
    agent__name: str | None = None, agent__id_no: str | None = None, doc__attendance_authorization: Paper | None = None
) -> Answer:
    """An agent needs the authorisation and an identity card."""
    if agent__name is None:
        return not_applicable("由代表人出席，憑身分證。")
    lacking = {
        "agent.id_no": "代理人身分證字號" if not agent__id_no else "",
        "doc.attendance_authorization": "" if there(doc__attendance_authorization) else "委託代理出席授權書",
    }
    said = [s for s in lacking.values() if s]
    if said:
        return needs(f"代理人{agent__name}出席，還缺{listed(said)}。", *(f for f, s in lacking.items() if s))
    return passed(f"代理人{agent__name}攜委託代理出席授權書出席。")


def doubt_deadline(announced_on: str, closing_on: str) -> Answer:
    """A quarter of the days for bidding, a part of a day counting as one; the day of the announcement counts."""
    first, last = date.fromisoformat(announced_on), date.fromisoformat(closing_on)
    days = -(-((last - first).days + 1) // 4)
    until = days_after(first, days - 1)
    return valued(
        {"days": days, "until": until}, f"等標期 {(last - first).days + 1} 日，四分之一為 {days} 日，疑義最晚{roc(until)}以書面提出。"
    )


def renewal_1_month(contract__submitted_date: date | None = None) -> Answer:
    """Next year's plan within a month of the notice."""
    if contract__submitted_date is None:
        return not_applicable("沒有通知提出次年度工作計畫書。")
    return valued(
        {"submitted": contract__submitted_date}, f"{roc(contract__submitted_date)}檢送；次年度工作計畫書應於通知後 1 個月內提出。"
    )


def budget_legislature() -> Answer:
    """What happens to the tender with the budget."""
    return valued(
        {"deleted": "撤銷本標案", "cut": "協議變更計畫內容後議價", "frozen": "暫停執行及撥款"}, "立法院刪除、刪減或凍結預算時的處理。"
    )
