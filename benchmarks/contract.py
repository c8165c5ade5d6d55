"""The kinds of READING and their fields; ``*`` marks the core ones, which count double."""

from __future__ import annotations

UNKNOWN = "unknown"

_REGISTERED = "org.uniform_no* org.name* org.registered_address org.responsible_person"
_LETTER = "org.uniform_no* org.name* reg.approval_date* reg.approval_no reg.form_kind org.founding_date*"
_TABLE = {
    "company_registration_form": f"{_REGISTERED} fin.authorized_capital fin.paid_in_capital* reg.form_kind reg.approval_date"
    " reg.approval_no org.business_items",
    "company_approval_letter": _LETTER,
    "business_approval_letter": _LETTER,
    "business_registration_transcript": f"{_REGISTERED} fin.paid_in_capital* org.founding_date* org.last_change_date"
    " org.organization_type org.business_items",
    "registry_printout": f"{_REGISTERED} fin.authorized_capital fin.paid_in_capital* org.founding_date* org.last_change_date"
    " org.status org.business_items",
    "insured_headcount_table": "ins.unit_no ins.unit_name* hc.monthly_insured* hc.latest_month hc.latest_count* ins.printed_on",
    "insurance_premium_bill": "ins.unit_no ins.unit_name* hc.latest_month* hc.latest_count* ins.amount_due",
    "insured_roster": "ins.unit_no ins.unit_name* hc.latest_month* hc.latest_count* ins.domestic_count",
    "uniform_invoice": "inv.number* inv.date* inv.buyer_uniform_no inv.seller_uniform_no* inv.seller_name inv.net_amount"
    " inv.tax_amount inv.total_amount*",
    "einvoice_proof": "inv.number* inv.date* inv.random_code inv.buyer_uniform_no inv.seller_uniform_no* inv.total_amount*",
    "receipt": "inv.date* inv.seller_uniform_no inv.seller_name inv.total_amount*",
    "vat_return": "org.uniform_no* org.name* tax.period tax.sales_amount* tax.tax_payable",
    UNKNOWN: "",
}
FIELDS: dict[str, tuple[str, ...]] = {kind: tuple(f.rstrip("*") for f in words.split()) for kind, words in _TABLE.items()}
CORE: dict[str, frozenset[str]] = {
    kind: frozenset(f[:-1] for f in words.split() if f.endswith("*")) for kind, words in _TABLE.items()
}
