"""認定標準第二條 by the day: the 98 version with its two sections, the 109 version with one test for all (RULES.md 11).

Where the day is not known, only what both versions say counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.decision import NEEDS_EVIDENCE
from eligibility.rule import SUBMITTED, Answer, needs
from eligibility.sme import CAPITAL_SECTIONS, Test, agreed


@dataclass(frozen=True)
class Firm:
    """What the tests look at; each may be unknown. Amounts in 元."""

    section: str | None
    capital: int | None
    revenue: int | None
    heads: int | None


@dataclass(frozen=True)
class Limits:
    """The limits of one version. ``max_revenue`` None: one test for all sections."""

    max_capital: int
    heads_under: int
    max_revenue: int | None = None
    revenue_heads_under: int = 0


def is_small(firm: Firm, before: Limits, after: Limits, amended: date, day: date | None) -> Answer:
    """Whether the firm is small under the version of ``day``; ``after`` holds from ``amended`` on."""
    if day is not None:
        return _by(firm, before if day < amended else after)
    old, new = _by(firm, before), _by(firm, after)
    if old.outcome == new.outcome:
        return new if old.outcome != NEEDS_EVIDENCE else needs(new.explanation, *dict.fromkeys((*old.missing, *new.missing)))
    return needs(f"舊版標準：{old.explanation}新版標準：{new.explanation}還不知道適用哪一版。", SUBMITTED)


def _by(firm: Firm, limits: Limits) -> Answer:
    heads = "hc.regular_employees"
    capital = Test(firm.capital, limits.max_capital, "實收資本額", "fin.paid_in_capital", firm.heads, limits.heads_under, heads)
    if limits.max_revenue is None:
        return capital.answer()
    revenue = Test(
        firm.revenue,
        limits.max_revenue,
        "前一年營業額",
        "fin.prior_year_revenue",
        firm.heads,
        limits.revenue_heads_under,
        "hc.regular_employees",
    )
    if firm.section is None:
        return agreed(capital, revenue)
    return (capital if firm.section in CAPITAL_SECTIONS else revenue).answer()
