"""Facts that follow from others, where nobody stated them."""

from __future__ import annotations

from collections.abc import Mapping

from domain.field import Computed, Fact, Read, Value
from domain.taiwan import address

REGISTRATION_KIND = {"company_registration_form": "company", "company_approval_letter": "company",
                     "business_registration_transcript": "business", "business_approval_letter": "business"}


def derived(facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """City of the address, kind of registration, headcount for forms."""
    out: dict[str, Fact] = {}

    def derive(name: str, value: Value, source: str, how: str) -> None:
        if value is not None and name not in facts:
            out[name] = Fact(name, value, (Computed((source,), how), *facts[source].origins), facts[source].status)

    place = facts.get("org.registered_address")
    if place and isinstance(place.value, str):
        derive("org.registered_city", address.city(place.value), "org.registered_address", "登記地址所在縣市")
    kinds = {(REGISTRATION_KIND[o.kind], n) for n, f in facts.items() if n.startswith(("org.", "fin.", "doc."))
             for o in f.origins if isinstance(o, Read) and o.kind in REGISTRATION_KIND}
    if len({k for k, _ in kinds}) == 1:
        kind, source = sorted(kinds)[0]
        if "org.registration_kind" not in facts:
            out["org.registration_kind"] = Fact("org.registration_kind", kind, (Computed((source,), "由登記文件種類得知"),))
    if "hc.insured_latest_count" in facts:
        derive("hc.regular_employees", facts["hc.insured_latest_count"].value, "hc.insured_latest_count", "以最近一期投保人數代之")
    if "reg.form_kind" in facts and facts["reg.form_kind"].value in ("設立", "變更"):
        derive("org.is_foreign_branch", False, "reg.form_kind", "登記表為本國公司之設立或變更登記表")
    return out
