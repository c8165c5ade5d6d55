"""中小企業認定標準第二條: an amount 以下 a limit, or a head count 未滿 another, three-valued (RULES.md 11).

The 98 version has two sections (capital or revenue), the 109 version one test for all. Used by every programme that quotes a version;
the limits are the programme's own figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.decision import NEEDS_EVIDENCE
from eligibility.evidence import where
from eligibility.rule import SUBMITTED, Answer, at_most, below, either, failed, needs, passed
from eligibility.words import about, yuan

CAPITAL_SECTIONS = ("製造業", "營造業", "礦業及土石採取業")
"""The sections that the 98 version measures by paid-in capital; all others by revenue."""
HEADS = "hc.regular_employees"


@dataclass(frozen=True)
class Test:
    """``amount`` and ``heads`` may be unknown. ``amount_label`` and ``heads_label`` are the words of the clause."""

    amount: int | None
    max_amount: int
    amount_label: str
    amount_field: str
    heads: int | None
    max_heads: int
    heads_field: str
    heads_label: str = "經常僱用員工數"

    @property
    def holds(self) -> bool | None:
        return either(at_most(self.amount, self.max_amount), below(self.heads, self.max_heads))

    @property
    def missing(self) -> tuple[str, ...]:
        pairs = ((self.amount, self.amount_field), (self.heads, self.heads_field))
        return tuple(f for v, f in pairs if v is None) if self.holds is None else ()

    @property
    def why(self) -> str:
        said = []
        if self.amount is not None:
            small = self.amount <= self.max_amount
            said.append(f"{self.amount_label} {yuan(self.amount)}，{'未超過' if small else '超過'} {about(self.max_amount)}")
            if small:
                return said[0]
        if self.heads is not None:
            few = self.heads < self.max_heads
            said.append(f"{self.heads_label} {self.heads:,} 人，{'未滿' if few else '已達'} {self.max_heads} 人")
            if few:
                return said[-1]
        if self.amount is None:
            said.append(f"還不知道{self.amount_label}（來源：{where(self.amount_field)}）")
        if self.heads is None:
            said.append(f"還不知道{self.heads_label}（來源：{where(self.heads_field)}）")
        return "；".join(said)

    def answer(self) -> Answer:
        if self.holds is None:
            return needs(f"{self.why}，無法判斷。", *self.missing)
        if self.holds:
            return passed(f"{self.why}。")
        return failed(
            f"{self.why}，兩項都不符。",
            f"{self.amount_label}在 {about(self.max_amount)}以下，或{self.heads_label}未滿 {self.max_heads} 人，才符合。",
        )


def agreed(capital: Test, revenue: Test) -> Answer:
    """The answer for a firm whose section is not known: only where both tests agree."""
    if capital.holds is not None and capital.holds == revenue.holds:
        said = f"行業別未知，但兩種行業的標準結果相同：{capital.why}；{revenue.why}。"
        return passed(said) if capital.holds else failed(said, "兩種行業的標準都不符，須資本額、營業額或員工數變更才符合。")
    missing = ("org.industry_section", *(m for t in (capital, revenue) for m in t.missing))
    if capital.holds is None and revenue.holds is None:
        return needs("還不知道行業別、實收資本額、前一年營業額或經常僱用員工數，無法判斷。", *dict.fromkeys(missing))
    return needs(f"行業別未知，製造業等與其他行業的標準結果不一致或還不能判斷：{capital.why}；{revenue.why}。", *dict.fromkeys(missing))


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
        return small(firm, before if day < amended else after)
    old, new = small(firm, before), small(firm, after)
    if old.outcome == new.outcome:
        return new if old.outcome != NEEDS_EVIDENCE else needs(new.explanation, *dict.fromkeys((*old.missing, *new.missing)))
    return needs(f"舊版標準：{old.explanation}新版標準：{new.explanation}還不知道適用哪一版。", SUBMITTED)


def small(firm: Firm, limits: Limits) -> Answer:
    """Whether the firm is small under one version; where its section decides and is not known, only what both sections say counts."""
    capital, revenue = capital_test(firm, limits), revenue_test(firm, limits)
    if revenue is None:
        return capital.answer()
    if firm.section is None:
        return agreed(capital, revenue)
    return (capital if firm.section in CAPITAL_SECTIONS else revenue).answer()


def capital_test(firm: Firm, limits: Limits) -> Test:
    """The test of 製造業, 營造業, 礦業及土石採取業 in the 98 version, and of all in the 109 version."""
    return Test(firm.capital, limits.max_capital, "實收資本額", "fin.paid_in_capital", firm.heads, limits.heads_under, HEADS)


def revenue_test(firm: Firm, limits: Limits) -> Test | None:
    """The test of all other sections in the 98 version; None in a version without."""
    if limits.max_revenue is None:
        return None
    revenue = "fin.prior_year_revenue"
    return Test(firm.revenue, limits.max_revenue, "前一年營業額", revenue, firm.heads, limits.revenue_heads_under, HEADS)
