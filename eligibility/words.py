"""Figures in Chinese sentences.

>>> yuan(50000000), about(100000000), about(80000000), about(1234567), about(250000)
('50,000,000 元', '1 億元', '8,000 萬元', '1,234,567 元', '25 萬元')
>>> listed(["公司章", "負責人章", "正本"])
'公司章、負責人章及正本'
"""

from __future__ import annotations

from collections.abc import Sequence


def yuan(amount: int) -> str:
    """50,000,000 元."""
    return f"{amount:,} 元"


def about(amount: int) -> str:
    """A round limit in 億 or 萬, any other amount in 元."""
    if amount >= 100_000_000 and amount % 100_000_000 == 0:
        return f"{amount // 100_000_000:,} 億元"
    return f"{amount // 10_000:,} 萬元" if amount and amount % 10_000 == 0 else yuan(amount)


def listed(things: Sequence[str]) -> str:
    """甲、乙及丙."""
    return things[0] if len(things) == 1 else "、".join(things[:-1]) + "及" + things[-1]
