"""Amounts of New Taiwan dollars: integer 元, from any of the ways paper prints them.

>>> parse("新臺幣 5,000,000元整"), parse("NT$1,234"), parse("壹佰萬元整"), parse("５，０００"), parse("12.5")
(5000000, 1234, 1000000, 5000, None)
>>> grouped(5000000), in_financial(1234500), in_wan(18806430)
('5,000,000', '壹佰貳拾參萬肆仟伍佰元整', '1,880.643')
"""

from __future__ import annotations

import re
from decimal import Decimal

from domain.taiwan import numerals

_WIDE = str.maketrans("０１２３４５６７８９，．＄’", "0123456789,.$'")
_PREFIX = re.compile(r"^(?:新[臺台]幣|NT\$?D?|TWD|\$)[:：]?")
_SUFFIX = re.compile(r"(?:元整|圓整|元正|元|圓|整)$")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[,.'][0-9]{3})+")


def parse(text: str) -> int | None:
    """The amount in 元, or None where ``text`` is not one amount. A period before three digits is taken as a misread comma
    (OCR's commonest slip in amounts); any other fraction is refused."""
    body = "".join(text.translate(_WIDE).split())
    body = _SUFFIX.sub("", _PREFIX.sub("", body))
    if re.fullmatch(r"[0-9]+", body):
        return int(body)
    if _GROUPED.fullmatch(body):
        return int(re.sub(r"[,.']", "", body))
    return numerals.to_int(body) if body else None


def grouped(amount: int) -> str:
    """5,000,000."""
    return f"{amount:,}"


def in_financial(amount: int) -> str:
    """大寫 with 元整."""
    return numerals.to_financial(amount) + "元整"


def in_wan(amount: int) -> str:
    """In 萬元 with thousands separators; decimals are kept, never rounded (FORMS.md F12)."""
    value = Decimal(amount) / 10000
    return f"{value:,f}".rstrip("0").rstrip(".") if value != value.to_integral_value() else f"{int(value):,}"
