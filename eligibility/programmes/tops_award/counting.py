"""Which purchases count for an award, and what they add up to.

A purchase counts when it is dated within the period, was uploaded (by the last day, as far as that is known) and its supplier was
validly registered when it was made. An invoice number counts once. What is not known about a purchase leaves it open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from eligibility.rule import both

Purchases = Sequence[Mapping[str, Any]]
RANKING = "主辦單位確定名次後即可判斷。"


@dataclass(frozen=True)
class Sum:
    """``sure`` is what counts for certain, ``open`` what may be added (元); ``unpriced`` purchases may count but have no amount."""

    sure: int
    open: int
    unpriced: int
    net: int

    @property
    def exact(self) -> bool:
        return self.open == 0 and self.unpriced == 0


def unranked(rank: int | None, tied: bool | None) -> str:
    """Why there is no sure place: nobody ranked yet, or equal amounts, for which no rule is given."""
    if tied:
        return f"與他人同額並列{'' if rank is None else f'第 {rank} 名'}，並列如何排名簡章沒有寫明，由主辦單位認定。"
    return "還沒有確定的名次；名次由主辦單位結算，同額並列如何排名簡章沒有寫明，由主辦單位認定。"


def distinct(purchases: Purchases) -> list[Mapping[str, Any]]:
    """Each invoice number of a seller once; purchases without a number are kept."""
    seen: set[tuple[Any, Any]] = set()
    out = []
    for p in purchases:
        key = (p.get("supplier_uniform_no"), p.get("invoice_no"))
        if p.get("invoice_no") and key in seen:
            continue
        seen.add(key)
        out.append(p)
    return out


def amount(p: Mapping[str, Any]) -> int | None:
    """The total with tax, or net plus tax; None where neither is known."""
    if p.get("amount") is not None:
        return int(p["amount"])
    if p.get("net_amount") is not None and p.get("tax_amount") is not None:
        return int(p["net_amount"]) + int(p["tax_amount"])
    return None


def in_period(p: Mapping[str, Any], first: date, last: date) -> bool | None:
    """Dated and uploaded within the period; None where that is open."""
    dated = None if p.get("date") is None else first <= p["date"] <= last
    uploaded = p.get("uploaded")
    late = p.get("uploaded_on") is not None and p["uploaded_on"] > last
    return both(dated, None if uploaded and late else uploaded)


def counts(p: Mapping[str, Any], first: date, last: date, startups_only: bool = False) -> bool | None:
    """Whether the purchase counts; None where that is open."""
    startup = p.get("supplier_is_startup") if startups_only else True
    return both(in_period(p, first, last), p.get("supplier_registration_valid"), startup)


def total(purchases: Purchases, first: date, last: date, startups_only: bool = False) -> Sum:
    """What the counted purchases add up to."""
    sure = open_ = unpriced = net = 0
    for p in distinct(purchases):
        counted = counts(p, first, last, startups_only)
        price = amount(p)
        if counted is False:
            continue
        if price is None:
            unpriced += 1
        elif counted is None:
            open_ += price
        else:
            sure += price
            net += p.get("net_amount") or price
    return Sum(sure, open_, unpriced, net)
