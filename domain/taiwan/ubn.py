"""統一編號 (Unified Business Number): 8 digits with a check by weights 1 2 1 2 1 2 4 1.

The digits of each product are added; the sum must divide by 5 (財政部, since 2023-04-01; by 10 before). Where the seventh digit is
7, the sum plus one may be used instead.

>>> is_valid("04595257"), is_valid("10458570"), is_valid("10458570", modulus=10), is_valid("00000000")
(True, True, False, False)
"""

from __future__ import annotations

import re
from datetime import date

WEIGHTS = (1, 2, 1, 2, 1, 2, 4, 1)
MODULUS_5_FROM = date(2023, 4, 1)


def _sum(number: str) -> int:
    return sum(sum(divmod(int(d) * w, 10)) for d, w in zip(number, WEIGHTS, strict=True))


def is_valid(number: str, modulus: int = 5) -> bool:
    """Whether the check holds. 00000000 (a consumer in e-invoices) is never valid."""
    if not re.fullmatch(r"[0-9]{8}", number) or number == "00000000":
        return False
    total = _sum(number)
    return total % modulus == 0 or (number[6] == "7" and (total + 1) % modulus == 0)


def is_strong(number: str) -> bool:
    """Whether the old, stronger check (modulo 10) holds too: half as many misreadings pass it."""
    return is_valid(number, 10)
