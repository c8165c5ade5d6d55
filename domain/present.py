"""What it makes known that a paper is there: which papers a case has, and what its invoices say was bought."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from domain.field import ACCEPTED, Computed, DocumentReading, Fact, FileReading, Read

INVOICES = ("uniform_invoice", "einvoice_proof", "receipt")

PAPER: Mapping[str, tuple[str, ...]] = {
    "company_registration_form": ("doc.registration_form",),
    "company_approval_letter": ("doc.approval_letter",),
    "business_approval_letter": ("doc.approval_letter",),
    "business_registration_transcript": ("doc.business_transcript",),
    "insured_headcount_table": ("doc.labor_insurance_list",),
    "insurance_premium_bill": ("doc.labor_insurance_list",),
    "insured_roster": ("doc.labor_insured_roster_current",),
    "uniform_invoice": ("doc.invoice",),
    "einvoice_proof": ("doc.invoice",),
    "receipt": ("doc.invoice",),
}
"""Which ``doc.*`` fact a paper's presence makes known."""

PURCHASE_KEYS = {"inv.date": "date", "inv.total_amount": "amount", "inv.net_amount": "net_amount", "inv.tax_amount": "tax_amount",
                 "inv.number": "invoice_no", "inv.seller_uniform_no": "supplier_uniform_no", "inv.seller_name": "supplier_name"}


def papers(files: Sequence[FileReading]) -> Iterable[tuple[str, DocumentReading]]:
    """The papers of some kind of ours, each with the hash of its file."""
    for f in files:
        for paper in f.documents:
            if paper.kind != "unknown":
                yield f.sha256, paper


def listed(files: Sequence[FileReading]) -> dict[str, Fact]:
    """Which papers are there. That a person has found one in order is not known from a scan: only that it is present."""
    facts: dict[str, Fact] = {}
    for sha, paper in papers(files):
        for name in () if paper.foreign else PAPER.get(paper.kind, ()):
            spot = next(iter(paper.fields.values()), None)
            origin = Read(sha, paper.pages[0], spot.box, "", ACCEPTED, paper.kind) if spot else Computed((), f"附件 {sha[:8]}")
            earlier = facts[name].origins if name in facts else ()
            facts[name] = Fact(name, {"present": True, "sha256": sha}, (*earlier, origin))
    return facts


def purchases(files: Sequence[FileReading]) -> dict[str, Fact]:
    """The fact ``purchase``: one record an invoice, of its accepted values alone."""
    records, origins, doubtful = [], [], False
    for sha, paper in papers(files):
        if paper.kind not in INVOICES:
            continue
        record = {}
        for name, r in paper.fields.items():
            if name in PURCHASE_KEYS:
                record[PURCHASE_KEYS[name]] = r.value if r.status == ACCEPTED else None
                doubtful |= r.status != ACCEPTED
                origins.append(Read(sha, r.page, r.box, r.text, r.status, paper.kind, r.witnesses, r.doubts))
        records.append({k: v for k, v in record.items() if v is not None})
    if not records:
        return {}
    return {"purchase": Fact("purchase", records, tuple(origins), ACCEPTED, ("有發票欄位待確認",) if doubtful else ())}
