"""撥款, 變更, 終止 (要點 九 to 十一): duties after approval. Amounts in 元, rounded down."""

from __future__ import annotations

from datetime import date

from eligibility.dates import calendar, months_after, roc
from eligibility.paper import Paper, wanting
from eligibility.rule import Answer, failed, needs, not_applicable, passed, undetermined, valued
from eligibility.words import yuan

RECEIPT, STATEMENT = "請款領據", "費用支出明細表（附件三）"


def claim_lump_sum(
    claim_months: int,
    proc__payment_mode: str | None = None,
    proc__acceptance_date: date | None = None,
    app__claim_date: date | None = None,
    doc__settlement_certificate: Paper | None = None,
    doc__claim_receipt: Paper | None = None,
    doc__expense_statement: Paper | None = None,
    doc__budget_inclusion_proof: Paper | None = None,
) -> Answer:
    """Within a month of acceptance, with four papers; what a late claim means is not said."""
    if (proc__payment_mode or "一次").startswith("分期"):
        return not_applicable("契約價金為分期支付。")
    if proc__acceptance_date is None:
        return needs("還不知道驗收完畢日期。", "proc.acceptance_date")
    due, late = _claim(proc__acceptance_date, app__claim_date, claim_months)
    if late:
        return late
    lacking = {
        "doc.settlement_certificate": wanting("結算驗收證明書（附件二）", doc__settlement_certificate),
        "doc.claim_receipt": wanting(RECEIPT, doc__claim_receipt, original=True),
        "doc.expense_statement": wanting(STATEMENT, doc__expense_statement),
        "doc.budget_inclusion_proof": wanting("補助款納入預算證明（附件四）", doc__budget_inclusion_proof),
    }
    return _papers(due, app__claim_date, lacking, {"due": due})


def claim_instalment_short(
    claim_months: int,
    short_contract_months: int,
    proc__payment_mode: str | None = None,
    proc__contract_start: date | None = None,
    proc__contract_end: date | None = None,
    proc__acceptance_date: date | None = None,
    app__claim_date: date | None = None,
    subsidy__approved: int | None = None,
    doc__claim_receipt: Paper | None = None,
    doc__expense_statement: Paper | None = None,
    doc__acceptance_proof: Paper | None = None,
) -> Answer:
    """A contract of up to six months: everything at once. 附件四 is not asked for here, though the other branches do."""
    if (proc__payment_mode or "分期").startswith("一次"):
        return not_applicable("契約價金為一次性支付。")
    long = _long(proc__contract_start, proc__contract_end, short_contract_months)
    if long:
        return not_applicable(f"契約期間逾 {short_contract_months} 個月。")
    value = {"percent": 100, **({"amount": subsidy__approved} if subsidy__approved is not None else {})}
    if long is None or proc__acceptance_date is None:
        return needs("契約期間未逾六個月者，驗收後一次請領全額；還不知道契約期間或驗收完畢日期。", value=value)
    due, late = _claim(proc__acceptance_date, app__claim_date, claim_months)
    if late:
        return late
    lacking = {
        "doc.claim_receipt": wanting(RECEIPT, doc__claim_receipt, original=True),
        "doc.expense_statement": wanting(STATEMENT, doc__expense_statement),
        "doc.acceptance_proof": wanting("驗收證明", doc__acceptance_proof),
    }
    return _papers(due, app__claim_date, lacking, {**value, "due": due})


def claim_instalment_first(
    short_contract_months: int,
    first_instalment_percent: int,
    proc__payment_mode: str | None = None,
    proc__contract_start: date | None = None,
    proc__contract_end: date | None = None,
    app__claim_date: date | None = None,
    subsidy__approved: int | None = None,
    doc__claim_receipt: Paper | None = None,
    doc__preliminary_acceptance: Paper | None = None,
    doc__expense_statement: Paper | None = None,
    doc__budget_inclusion_proof: Paper | None = None,
) -> Answer:
    """A longer contract: half of the subsidy, not before half of the contract is over."""
    if (proc__payment_mode or "分期").startswith("一次"):
        return not_applicable("契約價金為一次性支付。")
    if _long(proc__contract_start, proc__contract_end, short_contract_months) is False:
        return not_applicable(f"契約期間未逾 {short_contract_months} 個月，一次請領全額。")
    amount = None if subsidy__approved is None else subsidy__approved * first_instalment_percent // 100
    middle = None
    if proc__contract_start and proc__contract_end:
        middle = proc__contract_start + (proc__contract_end - proc__contract_start) / 2
    if middle and app__claim_date and app__claim_date < middle:
        return failed(f"二分之一契約期間為{roc(middle)}，{roc(app__claim_date)}請款太早。", f"{roc(middle)}以後再請款。", amount)
    lacking = {
        "doc.claim_receipt": wanting(RECEIPT, doc__claim_receipt, original=True),
        "doc.preliminary_acceptance": wanting("初驗紀錄（附件五）", doc__preliminary_acceptance),
        "doc.expense_statement": wanting(STATEMENT, doc__expense_statement),
        "doc.budget_inclusion_proof": wanting("補助款與分擔款納入預算證明（附件四）", doc__budget_inclusion_proof),
    }
    unknown = [
        f for f, v in (("proc.contract_end", middle), ("app.claim_date", app__claim_date), ("subsidy.approved", amount)) if v is None
    ]
    first = "" if amount is None else f"第一期補助款 {yuan(amount)}；"
    said = [s for s in lacking.values() if s] + (["還不知道契約期間、請款日或核定補助款"] if unknown else [])
    if said:
        return needs(first + "；".join(said) + "。", *unknown, *(f for f, s in lacking.items() if s), value=amount)
    return passed(f"{first}已過二分之一契約期間，文件都有了。", amount)


def claim_instalment_final(
    first_instalment_percent: int,
    subsidy__approved: int | None = None,
    subsidy__received: int | None = None,
    doc__settlement_certificate: Paper | None = None,
    doc__claim_receipt: Paper | None = None,
    doc__expense_statement: Paper | None = None,
) -> Answer:
    """After closing: what was not yet paid, which is the approved subsidy less the first instalment."""
    rest = None
    if subsidy__approved is not None:
        paid = subsidy__approved * first_instalment_percent // 100 if subsidy__received is None else subsidy__received
        rest = subsidy__approved - paid
    lacking = {
        "doc.settlement_certificate": wanting("結算驗收證明書（附件二）", doc__settlement_certificate),
        "doc.claim_receipt": wanting(RECEIPT, doc__claim_receipt, original=True),
        "doc.expense_statement": wanting(STATEMENT, doc__expense_statement),
    }
    said = [s for s in lacking.values() if s] + ([] if rest is not None else ["還不知道核定補助款"])
    tail = "" if rest is None else f"尾款 {yuan(rest)}；"
    if said:
        return needs(
            tail + "；".join(said) + "。",
            *([] if rest is not None else ["subsidy.approved"]),
            *(f for f, s in lacking.items() if s),
            value=rest,
        )
    return passed(f"{tail}文件都有了。", rest)


def budget_inclusion(
    budget__included_year: int | None = None,
    budget__kind: str | None = None,
    subsidy__approved: int | None = None,
    subsidy__local_share: int | None = None,
) -> Answer:
    """The subsidy stands in the budget of a year, the local share beside it."""
    if None in (budget__included_year, budget__kind, subsidy__approved, subsidy__local_share):
        return needs("還不知道補助款納入哪一年度、哪一種預算，或核定補助款與分擔款的數額。")
    return passed(f"補助款納入 {budget__included_year} 年度{budget__kind}，地方配合款自行編列 {yuan(subsidy__local_share or 0)}。")


def budget_carryover(budget__carryover_requested: bool, budget__carryover_approved: bool | None = None) -> Answer:
    """Paid once 行政院 approves the carry-over; refused, nothing is paid."""
    if not budget__carryover_requested:
        return not_applicable("不須辦理預算保留。")
    if budget__carryover_approved is None:
        return needs("預算保留申請，行政院還沒有核定的紀錄。", "budget.carryover_approved")
    if budget__carryover_approved:
        return passed("預算保留已經行政院核定。")
    return failed("預算保留未奉核准，不予撥付款項。")


def legislature_adjust() -> Answer:
    """What may happen to the money."""
    return valued("依立法院審議結果調整", "所需經費如未獲立法院審議通過或經部分刪減，本處得調整或協商。")


def change_prior_approval(
    change__applied_date: date | None = None, change__effective_date: date | None = None, doc__change_application: Paper | None = None
) -> Answer:
    """The application goes before the change."""
    if change__applied_date is None and change__effective_date is None:
        return not_applicable("沒有申請計畫變更。")
    if change__applied_date is None or change__effective_date is None:
        return needs("還不知道變更申請日期或變更生效日。")
    said = f"{roc(change__applied_date)}申請變更，{roc(change__effective_date)}生效"
    if change__applied_date > change__effective_date:
        return failed(f"{said}，沒有事先提報核定。", "變更須先送本處核定，始得辦理。")
    lacking = wanting("計畫變更申請表（附件六）", doc__change_application)
    if lacking:
        return needs(f"{said}；{lacking}。", "doc.change_application")
    if change__applied_date == change__effective_date:
        return undetermined(f"{said}，同一天申請與生效，是否事先核定由本處認定。")
    return passed(f"{said}，已事先提報。")


def change_money(
    change__original_total: int, change__revised_total: int, change__original_subsidy: int, subsidy__received: int | None = None
) -> Answer:
    """More: the agency bears the extra. Less: the subsidy shrinks in proportion and what was received over it goes back."""
    if change__original_total <= 0:
        return needs("原核定變更項目支出費用不是正數，請確認。", "change.original_total")
    if change__revised_total >= change__original_total:
        subsidy = change__original_subsidy
        how = "追加經費，補助款不變，追加部分自行負擔"
    else:
        subsidy = change__revised_total * change__original_subsidy // change__original_total
        how = "減列經費，按補助比例計算"
    value = {"subsidy": subsidy, "share": change__revised_total - subsidy}
    if subsidy__received is None:
        return valued(value, f"{how}：補助款 {yuan(subsidy)}，分擔款 {yuan(value['share'])}。")
    refund = max(0, subsidy__received - subsidy)
    return valued({**value, "refund": refund}, f"{how}：補助款 {yuan(subsidy)}，分擔款 {yuan(value['share'])}，應繳回 {yuan(refund)}。")


def terminate_force_majeure(
    term__force_majeure: str | None = None,
    subsidy__received: int | None = None,
    term__unexecuted_subsidy: int | None = None,
    term__interest: int | None = None,
) -> Answer:
    """What was received for work not done goes back, with its interest."""
    if term__force_majeure is None:
        return not_applicable("沒有申請計畫終止。")
    if not term__force_majeure.startswith("有"):
        return not_applicable("不是因不可抗力終止。")
    if subsidy__received is None or term__unexecuted_subsidy is None or term__interest is None:
        return needs("還不知道已領取補助款、未執行部分之補助款或孳息。")
    refund = min(term__unexecuted_subsidy, subsidy__received) + term__interest
    return valued(refund, f"未執行部分 {yuan(term__unexecuted_subsidy)}及孳息 {yuan(term__interest)}，應繳回 {yuan(refund)}。")


def terminate_other(
    term__force_majeure: str | None = None, subsidy__received: int | None = None, term__interest: int | None = None
) -> Answer:
    """All that was received goes back; the clause is silent on interest, the form is not."""
    if term__force_majeure is None:
        return not_applicable("沒有申請計畫終止。")
    if term__force_majeure.startswith("有"):
        return not_applicable("因不可抗力終止，只繳回未執行部分。")
    if subsidy__received is None:
        return needs("還不知道已領取補助款。", "subsidy.received")
    note = f"孳息 {yuan(term__interest)}" if term__interest is not None else "孳息"
    return valued(subsidy__received, f"已領取補助款 {yuan(subsidy__received)}全部繳回；{note}條文沒有寫，由本處核算。")


def revocation(subsidy__received: int | None = None) -> Answer:
    """Three grounds, each at the agency's discretion."""
    if not subsidy__received:
        return not_applicable("還沒有撥付補助款。")
    return undetermined(f"已撥付 {yuan(subsidy__received)}；有進度落後、未覈實辦理或違反規定時，本處得撤銷或廢止並追回，由本處認定。")


def grant_condition(subsidy__approval_ref: str | None = None) -> Answer:
    """The grounds stand in the approval."""
    if subsidy__approval_ref is None:
        return not_applicable("還沒有核定補助。")
    return valued(subsidy__approval_ref, f"撤銷、廢止與追回的規定，附記於核定補助之處分（{subsidy__approval_ref}）。")


def _long(start: date | None, end: date | None, months: int) -> bool | None:
    """Whether a contract from ``start`` through ``end`` is longer than ``months`` months."""
    return None if start is None or end is None else end >= months_after(start, months)


def _claim(accepted: date, claimed: date | None, months: int) -> tuple[date, Answer | None]:
    due = months_after(accepted, months)
    if claimed is None or claimed <= due:
        return due, None
    rolled = calendar().rolled(due)
    note = f"，期限末日順延為{roc(rolled)}" if rolled and rolled != due else "" if rolled else f"，{calendar().unknown}，是否順延不明"
    return due, undetermined(
        f"{roc(accepted)}驗收完畢，期限{roc(due)}{note}，{roc(claimed)}才函報；逾期的效果條文沒有寫，請本處認定。", value={"due": due}
    )


def _papers(due: date, claimed: date | None, lacking: dict[str, str], value: dict[str, object]) -> Answer:
    said = [s for s in lacking.values() if s] + ([] if claimed else [f"還不知道請款函報日（最晚{roc(due)}）"])
    if said:
        return needs("；".join(said) + "。", *(f for f, s in lacking.items() if s), *([] if claimed else ["app.claim_date"]), value=value)
    return passed(f"{roc(claimed or due)}函報，期限{roc(due)}，文件都有了。", value)
