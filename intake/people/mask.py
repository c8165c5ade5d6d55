"""Masking of personal data (SYS-14) for lists, logs and whoever need not see it whole.

>>> national_id("A123456789"), phone("0912-345-678"), email("someone@example.com"), name("王小明"), name("王明")
('A1******89', '****-***-678', 's***@example.com', '王○明', '王○')
"""

from __future__ import annotations

import re
from typing import Any

PERSONAL = frozenset({
    "agent.id_no", "agent.name", "contact.email", "contact.name", "contact.phone", "contract.bank_account", "org.fax", "org.phone",
    "org.responsible_person", "person.birth_date",
})
"""The fields of the vocabulary that are about a natural person, besides those found by their name (``is_personal``)."""

_NAMED = re.compile(r"(^|[._])(id_no|birth_date|mobile|email|phone|fax|responsible_person|person_name|bank_account|password_hash)$")


def is_personal(field: str) -> bool:
    """Whether a field's value is personal data."""
    return field in PERSONAL or _NAMED.search(field) is not None


def value(field: str, shown: Any) -> Any:
    """The value as a list may show it: masked where the field is personal, as it is otherwise. None stays None."""
    if shown is None or not is_personal(field):
        return shown
    text = str(shown)
    if "mail" in field:
        return email(text)
    if field.endswith("id_no"):
        return national_id(text)
    if field.endswith(("phone", "fax", "mobile")):
        return phone(text)
    if field.endswith(("name", "responsible_person")):
        return name(text)
    return "＊＊＊"


def national_id(text: str) -> str:
    """The first two and the last two characters of a 身分證字號."""
    return text[:2] + "*" * max(0, len(text) - 4) + text[-2:] if len(text) > 4 else "*" * len(text)


def phone(text: str) -> str:
    """All digits but the last three become stars."""
    left = sum(c.isdigit() for c in text) - 3
    out = []
    for c in text:
        out.append("*" if c.isdigit() and left > 0 else c)
        left -= c.isdigit()
    return "".join(out)


def email(text: str) -> str:
    """The first letter and the domain."""
    local, at, domain = text.rpartition("@")
    return f"{local[:1]}***{at}{domain}" if at else "***"


def name(text: str) -> str:
    """王小明 → 王○明, 王明 → 王○; other scripts keep the first letter of each word."""
    bare = text.strip()
    if len(bare) <= 1:
        return "○" if bare else ""
    if bare.isascii():
        return " ".join(w[0] + "*" * (len(w) - 1) for w in bare.split())
    return bare[0] + "○" if len(bare) == 2 else bare[0] + "○" * (len(bare) - 2) + bare[-1]
