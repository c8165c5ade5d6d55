"""保險證號 (labour insurance certificate number): eight digits and a check letter whose rule is not public.

>>> tidy("01458989－K"), tidy("0145898")
('01458989K', None)
"""

from __future__ import annotations

import re


def tidy(text: str) -> str | None:
    """The number without hyphen or blanks, its letter in upper case; None where the form does not fit."""
    body = re.sub(r"[\s\-－—‐–]", "", text).upper()
    return body if re.fullmatch(r"[0-9]{8}[A-Z0-9]?", body) else None
