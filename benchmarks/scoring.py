"""Readings against truth, in READING's value forms: exact or not, accepted or not; core fields count double."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

CORE = {
    "company_registration_form": {"org.uniform_no", "org.name", "fin.paid_in_capital"},
    "company_approval_letter": {"org.uniform_no", "org.name", "reg.approval_date", "org.founding_date"},
    "business_approval_letter": {"org.uniform_no", "org.name", "reg.approval_date", "org.founding_date"},
    "business_registration_transcript": {"org.uniform_no", "org.name", "fin.paid_in_capital", "org.founding_date"},
    "insured_headcount_table": {"ins.unit_name", "hc.monthly_insured", "hc.latest_count"},
    "insurance_premium_bill": {"ins.unit_name", "hc.latest_month", "hc.latest_count"},
    "uniform_invoice": {"inv.number", "inv.date", "inv.seller_uniform_no", "inv.total_amount"},
    "registry_printout": {"org.uniform_no", "org.name", "fin.paid_in_capital", "org.founding_date"},
    "insured_roster": {"ins.unit_name", "hc.latest_month", "hc.latest_count"},
    "receipt": {"inv.date", "inv.total_amount"},
    "vat_return": {"org.uniform_no", "org.name", "tax.sales_amount"},
    "einvoice_proof": {"inv.number", "inv.date", "inv.seller_uniform_no", "inv.total_amount"},
}


@dataclass
class Tally:
    """Counts of fields (``weight``: with core fields double) and of papers."""

    papers: int = 0
    kinds_right: int = 0
    fields: int = 0
    exact: int = 0
    weight: int = 0
    weight_exact: int = 0
    missing: int = 0
    accepted: int = 0
    silent: int = 0

    @property
    def share(self) -> float | None:
        """Exact values, core fields double, in per cent."""
        return 100 * self.weight_exact / self.weight if self.weight else None

    def as_json(self) -> dict[str, Any]:
        low, high = wilson(self.silent, self.accepted)
        return {
            "papers": self.papers, "kinds_right": self.kinds_right, "fields": self.fields, "exact": self.exact, "missing": self.missing,
            "exact_weighted_percent": None if self.share is None else round(self.share, 2), "accepted": self.accepted,
            "silent_errors": self.silent, "silent_percent_95": [round(100 * low, 2), round(100 * high, 2)],
        }


@dataclass(frozen=True)
class Miss:
    """One field that is not exact."""

    file: str
    kind: str
    field: str
    wanted: Any
    got: Any
    status: str


def wilson(hits: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson); (0, 1) where nothing was counted."""
    if of == 0:
        return 0.0, 1.0
    p, d = hits / of, 1 + z * z / of
    middle, half = p + z * z / (2 * of), z * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    return max(0.0, (middle - half) / d), min(1.0, (middle + half) / d)


def same(name: str, wanted: Any, got: Any) -> bool:
    """Whether a value is the true one. Forgiven: width of Latin letters and digits, blanks beside Chinese characters, a postal code
    before an address, a missing check letter of a 保險證號. Nothing else: 台 is not 臺, "5" is not 5."""
    if isinstance(wanted, str) and isinstance(got, str):
        a, b = _plain(wanted), _plain(got)
        if name == "org.registered_address":
            a, b = (re.sub(r"^[(\[]?\d{3,6}[)\]]?\s*", "", x) for x in (a, b))
        if name == "ins.unit_no":
            a, b = (re.sub(r"[\s\-－]", "", x) for x in (a, b))
            return a == b or a[:8] == b
        return a == b
    return type(wanted) is type(got) and bool(wanted == got)


def _plain(text: str) -> str:
    narrow = "".join(unicodedata.normalize("NFKC", c) if "！" <= c <= "～" or c in "\u3000\u00a0" else c for c in text)
    return re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", re.sub(r"\s+", " ", narrow).strip())


def score(truth: Mapping[str, Any], documents: Sequence[Mapping[str, Any]], tallies: Iterable[Tally], paper: int = 0) -> list[Miss]:
    """Counts one paper of a file's ``truth`` against the ``documents`` that a reading found; the one that shares most pages is compared."""
    wanted = truth["documents"][paper]
    pages = set(wanted["pages"])

    def shared(document: Mapping[str, Any]) -> float:
        theirs = set(document["pages"])
        return len(pages & theirs) / len(pages | theirs)

    found = max(documents, key=lambda d: (shared(d), d["kind"] == wanted["kind"]), default=None)
    if found is None or not shared(found):
        found = {"kind": "unknown", "fields": {}}
    kept = list(tallies)
    for tally in kept:
        tally.papers += 1
        tally.kinds_right += found["kind"] == wanted["kind"]
    misses = []
    for name, field in wanted["fields"].items():
        reading = found["fields"].get(name) or {}
        value = reading.get("value")
        if value is None and name in wanted["optional"]:
            continue
        right = value is not None and same(name, field["value"], value)
        accepted = value is not None and reading.get("status") == "accepted"
        weight = 2 if name in CORE[wanted["kind"]] else 1
        for tally in kept:
            tally.fields += 1
            tally.exact += right
            tally.weight += weight
            tally.weight_exact += weight * right
            tally.missing += value is None
            tally.accepted += accepted
            tally.silent += accepted and not right
        if not right:
            status = "SILENT" if accepted else str(reading.get("status", "absent"))
            misses.append(Miss(truth["file"], wanted["kind"], name, field["value"], value, status))
    return misses
