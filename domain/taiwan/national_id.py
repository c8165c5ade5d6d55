"""身分證字號 and 統一證號 (national and resident numbers): a letter, a digit or letter, eight digits.

The letter's two-digit value weighs 1 and 9, the following digits 8 … 1, the check digit 1; the sum divides by 10 (戶政司).
Second character: 1, 2 nationals; 8, 9 residents since 2021-01-02; A–D residents before.

>>> is_valid("A123456789"), is_valid("A123456788"), is_valid("A800000014"), is_valid("FA12345689")
(True, False, True, True)
"""

from __future__ import annotations

import re

LETTERS = dict(zip("ABCDEFGHJKLMNPQRSTUVXYWZIO", range(10, 36), strict=True))


def is_valid(number: str) -> bool:
    """Whether form and check digit hold."""
    if not re.fullmatch(r"[A-Z][1289A-D][0-9]{8}", number):
        return False
    first = LETTERS[number[0]]
    second = LETTERS[number[1]] % 10 if number[1].isalpha() else int(number[1])
    digits = [second, *map(int, number[2:])]
    return (first // 10 + first % 10 * 9 + sum(d * w for d, w in zip(digits, (8, 7, 6, 5, 4, 3, 2, 1, 1), strict=True))) % 10 == 0


def is_foreign(number: str) -> bool:
    """Whether the number is a resident's, not a national's (its second character says)."""
    return len(number) > 1 and number[1] in "89ABCD"
