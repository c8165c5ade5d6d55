"""統一發票字軌號碼 (uniform invoice number): two letters and eight digits, no check digit.

>>> tidy("ZX-10293847"), tidy("2X10293847"), tidy("AB1234567")
('ZX10293847', 'ZX10293847', None)
"""

from __future__ import annotations

import re

_TO_LETTER = str.maketrans("0152 8", "OISZ B")
_TO_DIGIT = str.maketrans("OoDQIlSZBG", "0000115286")


def tidy(text: str) -> str | None:
    """The number without hyphen or blanks; letters misread as digits in the first two places are mended, and the reverse in the
    other eight. None where the form does not fit."""
    body = re.sub(r"[\s\-－—‐–:：]", "", text).upper()
    if len(body) != 10:
        return None
    number = body[:2].translate(_TO_LETTER) + body[2:].translate(_TO_DIGIT)
    return number if is_valid(number) else None


def is_valid(number: str) -> bool:
    return re.fullmatch(r"[A-Z]{2}[0-9]{8}", number) is not None
