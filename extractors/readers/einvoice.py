"""The bar codes of the 電子發票證明聯 (財政部財政資訊中心《電子發票證明聯一維及二維條碼規格說明》).

Left QR, by offset: 0 number (10) · 10 date yyyMMdd of the Republic (7) · 17 random code (4; four blanks in business to business) ·
21 sales in hexadecimal (8; zero where the tax is not split) · 29 total in hexadecimal (8) · 37 buyer (8; 00000000 a consumer) ·
45 seller (8) · 53 cipher in Base64 (24). Then, after colons: the seller's own 10 characters, items in the code, items in all,
the encoding (0 Big5, 1 UTF-8, 2 Base64, 3 overseas seller in UTF-8: two more amounts of 8 + 2 hexadecimal digits follow).
Some tills set a byte order mark before the number, or leave a consumer's eight places blank.
The right QR begins with ** and carries only items. Hexadecimal digits come in either case.
Code 39: period yyyMM (5, the even month), number (10), random code (4).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.document import Code

_HEAD = re.compile(
    rb"(?:\xef\xbb\xbf)?(?P<no>[A-Z]{2}[0-9]{8})(?P<day>[0-9]{7})(?P<random>[0-9]{4}|    )"
    rb"(?P<sales>[0-9A-Fa-f]{8})(?P<total>[0-9A-Fa-f]{8})(?P<buyer>[0-9]{8}| {8})(?P<seller>[0-9]{8})(?P<cipher>[A-Za-z0-9+/=]{20,24})")
_CODE39 = re.compile(r"\*?([0-9]{3})(0[2468]|1[02])([A-Z]{2}[0-9]{8})([0-9]{4})\*?")

NOT_THIS = 12.0
"""How much the QR code of an e-invoice speaks against any other kind of paper, in the measure of ``kind.Sign``."""


@dataclass(frozen=True)
class EInvoice:
    """What the left QR says. ``sales`` None: the tax is not split. ``buyer`` None: a consumer. ``random`` None: business to business."""

    number: str
    day: date
    random: str | None
    sales: int | None
    total: int
    buyer: str | None
    seller: str


def parse(payload: bytes) -> EInvoice | None:
    """The invoice of a left QR's bytes; None where they are not one (the right QR, another code, an impossible date)."""
    m = _HEAD.match(payload)
    if m is None:
        return None
    day = _day(m["day"].decode())
    if day is None:
        return None
    sales, total = int(m["sales"], 16), int(m["total"], 16)
    if overseas := _overseas(payload[m.end():]):
        sales, total = overseas
    buyer = m["buyer"].decode()
    random = m["random"].decode()
    return EInvoice(m["no"].decode(), day, random if random.strip() else None, sales or None, total,
                    None if buyer in ("00000000", " " * 8) else buyer, m["seller"].decode())


def _day(text: str) -> date | None:
    try:
        return date(int(text[:3]) + 1911, int(text[3:5]), int(text[5:]))
    except ValueError:
        return None


def _overseas(rest: bytes) -> tuple[int, int] | None:
    """Sales and total of an overseas seller, cents dropped where there are none; None for any other invoice or where cents are owed."""
    parts = rest.split(b":")
    if len(parts) < 7 or parts[4] != b"3":
        return None
    values = [p for p in parts[5:7] if re.fullmatch(rb"[0-9A-Fa-f]{10}", p)]
    if len(values) != 2 or any(int(v[8:], 16) for v in values):
        return None
    return int(values[0][:8], 16), int(values[1][:8], 16)


def find(codes: Iterable[Code]) -> tuple[EInvoice, Code] | None:
    """The invoice among a paper's codes."""
    for code in codes:
        if invoice := parse(code.payload):
            return invoice, code
    return None


def parse_code39(text: str) -> tuple[str, str, str] | None:
    """The period's first month (YYYY-MM), the number and the random code of the one-dimensional code; None where it is none."""
    m = _CODE39.fullmatch(text.strip())
    if m is None:
        return None
    return f"{int(m[1]) + 1911:04d}-{int(m[2]) - 1:02d}", m[3], m[4]
