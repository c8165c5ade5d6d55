"""Text from outside, as every database keeps it."""

from __future__ import annotations

import unicodedata


def storable(text: str) -> str:
    """Without control characters (PostgreSQL keeps no NUL), and with � for each byte that is no text, as names on a disk may have.

    >>> storable("a\\0b\\n.pdf"), storable("\\udcb3\\udcf8　.pdf")
    ('ab.pdf', '��　.pdf')
    """
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return "".join(c for c in whole if unicodedata.category(c) != "Cc")
