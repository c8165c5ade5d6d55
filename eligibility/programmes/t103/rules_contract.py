"""契約期間, 付款, 報告 (契約書 第二條 to 第十八條). Amounts in 元, rounded down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from eligibility.dates import OfficeCalendar, days_after, months_after, roc
from eligibility.paper import Paper, there
from eligibility.rule import Answer, both, failed, needs, not_applicable, passed, undetermined, valued
from eligibility.words import yuan

Rows = Sequence[Mapping[str, Any]]


def start_date(contract_first_day: str, bid__award_date: date) -> Answer:
    """The day after the award where the award came later."""
    first = date.fromisoformat(contract_first_day)
    start = bid__award_date + timedelta(days=1) if bid__award_date >= first else first
    return valued(start, f"{roc(bid__award_date)}決標，執行期間自{roc(start)}起。")


def day_count() -> Answer:
    """How the contract counts."""
    return valued(
        {"工作天": "不計假日", "其餘": "日曆天", "自指定之日起": "當日算入", "自指定之日後起": "當日不計"}, "契約天數的計算方式。"
    )


def payment_1(
    instalment_percent: int, contract__fee_cap: int, contract__signed_date: date | None = None, contract__bond_paid_date: date | None = None
) -> Answer:
    """After signing and the bond, about three tenths."""
    amount = contract__fee_cap * instalment_percent // 100
    said = f"第 1 次付款約為服務費用上限的 {instalment_percent}%，{yuan(amount)}"
    if contract__signed_date and contract__bond_paid_date:
        return passed(f"{said}；已簽約並提供履約保證金。", amount)
    return valued(amount, f"{said}；於簽約及提供履約保證金後撥付。")


def payment_2(
    instalment_percent: int,
    progress_percent: int,
    contract__fee_cap: int,
    contract__progress_percent: Decimal | None = None,
    contract__expense_progress_percent: Decimal | None = None,
) -> Answer:
    """With four tenths of the work and of the spending, about three tenths."""
    amount = contract__fee_cap * instalment_percent // 100
    reached = both(
        *(None if p is None else p >= progress_percent for p in (contract__progress_percent, contract__expense_progress_percent))
    )
    said = f"第 2 次付款約為服務費用上限的 {instalment_percent}%，{yuan(amount)}"
    if reached is None:
        return valued(amount, f"{said}；契約進度與經費執行進度都達 {progress_percent}% 後撥付。")
    if reached:
        return passed(f"{said}；契約進度與經費執行進度都達 {progress_percent}%。", amount)
    return failed(f"{said}；契約進度或經費執行進度未達 {progress_percent}%。", f"兩項都達 {progress_percent}% 後再請款。", amount)


def payment_3(contract__fee_cap: int, contract__actual_cost: int, contract__paid_so_far: int) -> Answer:
    """The verified cost, at most the ceiling, less what was paid."""
    final = min(contract__actual_cost, contract__fee_cap) - contract__paid_so_far
    said = f"實際履約成本 {yuan(contract__actual_cost)}，上限 {yuan(contract__fee_cap)}，已付 {yuan(contract__paid_so_far)}"
    return valued(final, f"{said}，尾款 {yuan(final)}。" if final >= 0 else f"{said}，溢領 {yuan(-final)}應返還。")


def payment_30wd(payment_days: int, office_calendar: OfficeCalendar, contract__payment_request_date: date) -> Answer:
    """Thirty working days as a principle."""
    due = office_calendar.workday_after(contract__payment_request_date, payment_days)
    if due is None:
        return undetermined(f"{roc(contract__payment_request_date)}請款；{office_calendar.unknown}，算不出 {payment_days} 個工作日。")
    return valued({"due": due}, f"{roc(contract__payment_request_date)}請款，以{roc(due)}前撥付為原則。")


def voucher(doc__invoice: Paper | None = None, doc__receipt: Paper | None = None) -> Answer:
    """An invoice, or without one a receipt."""
    if there(doc__invoice):
        return passed("請款憑證：統一發票。")
    if there(doc__receipt):
        return passed("請款憑證：收據（無統一發票者）。")
    return needs("還缺請款憑證：統一發票，無統一發票者為收據。", "doc.invoice", "doc.receipt")


def self_fund_scaling(fund__self: int, fund__self_received: int, fund__government_matching: int) -> Answer:
    """The matching money shrinks with the self-raised money."""
    if fund__self <= 0:
        return needs("乙方自籌款額度不是正數，請確認。", "fund.self")
    part = min(fund__self_received, fund__self)
    payable = fund__government_matching * part // fund__self
    return valued(payable, f"自籌款額度 {yuan(fund__self)}，實收 {yuan(fund__self_received)}，甲方對應款應付 {yuan(payable)}。")


def hidden_income(hidden_income_percent: int, contract__hidden_income: int | None = None) -> Answer:
    """Paid back with half as much again."""
    if not contract__hidden_income:
        return not_applicable("沒有隱藏未繳之衍生收入。")
    fine = contract__hidden_income * hidden_income_percent // 100
    return valued({"repay": contract__hidden_income, "penalty": fine}, f"繳回 {yuan(contract__hidden_income)}，並計罰 {yuan(fine)}。")


def excess_self_fund(fund__self: int | None = None, fund__self_received: int | None = None) -> Answer:
    """Money collected without an agreed amount goes to the agency."""
    if not fund__self_received:
        return not_applicable("沒有向第三人收取費用。")
    if fund__self is None:
        return needs("還不知道契約有沒有約定乙方自籌款金額。", "fund.self")
    if fund__self > 0:
        return not_applicable("契約已約定乙方自籌款金額。")
    return valued(fund__self_received, f"未約定自籌款而收取的 {yuan(fund__self_received)}應悉數繳交甲方。")


def surplus_return(contract__actual_cost: int, contract__paid_so_far: int | None = None) -> Answer:
    """What was paid and not spent."""
    if contract__paid_so_far is None:
        return needs("還不知道已付金額。", "contract.paid_so_far")
    surplus = max(0, contract__paid_so_far - contract__actual_cost)
    return valued(surplus, f"已付 {yuan(contract__paid_so_far)}，實支 {yuan(contract__actual_cost)}，結餘 {yuan(surplus)}繳交國庫。")


def subsidy_withholding_slip(subsidy__received: int | None = None) -> Answer:
    """Reported as 95A income each year."""
    if subsidy__received is None:
        return not_applicable("沒有受託發放補助款。")
    return valued(
        {"income_code": "95A", "amount": subsidy__received}, f"補助款 {yuan(subsidy__received)}須於年終申報 95A 所得並印發扣繳憑單。"
    )


def voucher_retention(retention_years: int) -> Answer:
    """From 決算審定日; destroyed only with consent."""
    return valued({"years": retention_years}, f"會計憑證及帳冊自決算審定之日起至少保存 {retention_years} 年。")


def reports_schedule(contract__report_dates: Rows | None = None) -> Answer:
    """Every report by its day: 20 April, 20 August, 20 October, final 8 December."""
    if contract__report_dates is None:
        return not_applicable("還沒有報告送達紀錄；4、8、10 月 20 日前進度報告，8 月 20 日期中，12 月 8 日期末。")
    late = [r for r in contract__report_dates if r.get("due") and r.get("received") and r["received"] > r["due"]]
    if late:
        return failed("；".join(f"{r.get('report', '報告')}期限{roc(r['due'])}，{roc(r['received'])}才送達" for r in late) + "。")
    if any(not r.get("due") or not r.get("received") for r in contract__report_dates):
        return needs("有報告的期限或送達日還不知道。", "contract.report_dates")
    return passed(f"{len(contract__report_dates)} 項報告都在期限內送達。")


def rd_result_reports(contract__report_dates: Rows | None = None) -> Answer:
    """Later results within ten days, the year's use within twenty days of its end."""
    count = len(contract__report_dates or ())
    return valued(
        {"later_result_days": 10, "yearly_use_days": 20},
        f"研發成果取得後 10 日內通知，會計年度終了後 20 日內提出運用情形（已有 {count} 筆報告紀錄）。",
    )


def travel_report(contract__travel_report_copies: int | None = None) -> Answer:
    """Within three months of the return, at latest the day before acceptance."""
    if contract__travel_report_copies is None:
        return not_applicable("沒有出國計畫。")
    return valued(
        {"copies": contract__travel_report_copies, "months": 3},
        f"出國報告 {contract__travel_report_copies} 份，返國後 3 個月內繳交，至遲驗收日前 1 日。",
    )


def closing_documents() -> Answer:
    """What is handed in at the end."""
    return valued({"bound_copies": 10, "electronic": 1}, "期限內送達報告、費用支出明細表等；驗收前印製成果報告 10 份及電子檔 1 份。")


def change_request_2_months(
    change_months: int, change__applied_date: date | None = None, contract__project_end_date: date | None = None
) -> Answer:
    """At latest two months before the contract ends."""
    if change__applied_date is None:
        return not_applicable("沒有申請變更。")
    if contract__project_end_date is None:
        return needs("還不知道執行期間截止日。", "contract.project_end_date")
    last = months_after(contract__project_end_date, -change_months)
    said = f"{roc(change__applied_date)}申請變更，最遲{roc(last)}"
    return passed(f"{said}，在期限內。") if change__applied_date <= last else failed(f"{said}，已逾期。")


def bond_validity_and_return(
    bond_extra_days: int, contract__project_end_date: date, contract__bond_paid_date: date | None = None
) -> Answer:
    """Valid to ninety days after the end; returned after acceptance."""
    until = days_after(contract__project_end_date, bond_extra_days)
    paid = f"{roc(contract__bond_paid_date)}繳納；" if contract__bond_paid_date else ""
    return valued({"valid_until": until}, f"{paid}保證金文件有效期至少到{roc(until)}，驗收合格且無待解決事項後發還。")


def rd_income_share(org__type: str, fund__self: int, fund__total: int) -> Answer:
    """The agency's share of what the results earn, in per cent."""
    if fund__total <= 0:
        return needs("契約總價金不是正數，請確認。", "fund.total")
    half = 2 * fund__self >= fund__total
    public = org__type in ("public_school", "public_university", "central_gov", "municipality_or_county_gov", "township_office")
    if public:
        share: Decimal | int = 10 if half else 20
    else:
        share = 50 if not half else (Decimal(100 * (fund__total - fund__self)) / fund__total).quantize(Decimal("0.01"))
    return valued(share, f"自籌款占契約總價金{'達' if half else '未達'} 50%，研發成果收入繳交甲方 {share}%。")


def work_weights() -> Answer:
    """The six tasks; together a hundred."""
    parts = {
        "減碳潛力評析": 6,
        "節能與溫室氣體減量輔導": 42,
        "產業群聚示範輔導": 20,
        "綠色人才養成": 8,
        "教育宣導及推廣": 14,
        "執行與協調": 10,
    }
    return valued(parts, f"六項工作權重合計 {sum(parts.values())}%。")


def cure_10d(cure_days: int, app__notice_date: date | None = None) -> Answer:
    """Ten days from the day after the notice, or longer where the notice says so."""
    if app__notice_date is None:
        return not_applicable("沒有改善通知。")
    due = days_after(app__notice_date, cure_days)
    return valued({"due": due}, f"{roc(app__notice_date)}接獲通知，最晚{roc(due)}改善（通知載有較長期限者依其期限）。")


def defect_correction() -> Answer:
    """Notices of defects reach one year after acceptance."""
    return valued({"notice_within_years": 1}, "驗收後 1 年內得通知限期改正；改正逾執行期間者，自履約期限次日起計逾期違約金。")


def kpis(plan__kpi_commitments: Rows) -> Answer:
    """The eleven minimum results are compared by people."""
    return undetermined(f"計畫書承諾 {len(plan__kpi_commitments)} 項成果；是否達構想書六所列十一項最低數量，由審查人員比對。")


def force_majeure_notice() -> Answer:
    """Thirty days after it happened and after it ended."""
    return valued(
        {"notice_days": 30, "terminate_after_days": 90}, "不可抗力事件發生及結束後 30 日內以書面通知；不能履約逾 90 日者得終止契約。"
    )
