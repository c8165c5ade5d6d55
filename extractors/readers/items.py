"""Codes of 營業項目 out of ink: a letter, a letter or digit, five digits."""

from __future__ import annotations

import re

from domain.document import OCR
from extractors.readers.ink import Ink
from extractors.readers.values import Found

_CODE = re.compile(r"(?<![0-9A-Za-z])(ZZ99999|[A-JZ][A-Z0-9][0-9]{5})(?![0-9])")
_CODE_CUT = re.compile(r"(?<![0-9A-Za-z])(Z[0-9]{5})(?![0-9A-Za-z])")
_CODE_SLIP = re.compile(r"(?<![0-9A-Za-z])([A-Z1l|0-9][A-Z0-9OQ][0-9OoQlISZB]{5})(?![0-9])")


def business_code(ink: Ink) -> Found | None:
    """A code of 營業項目: a letter, a letter or digit, five digits. Misread ones are put right only where an engine read them."""
    text = ink.text
    if m := _CODE.search(text):
        return Found(m[1], m.start(1), m.end(1))
    if ink.source != OCR:
        return None
    for m in _CODE_SLIP.finditer(text):
        body = m[1]
        head = {"1": "I", "l": "I", "|": "I", "6": "G", "8": "B", "0": "D"}.get(body[0], body[0])
        code = head + body[1].replace("O", "0").replace("Q", "0") + body[2:].translate(str.maketrans("OoQlISZB", "00011528"))
        if re.fullmatch(r"[A-J][A-Z0-9][0-9]{5}", code) and body[:2] != "77":
            return Found(code, m.start(1), m.end(1))
        if re.fullmatch(r"[Z27]{2}[9]{5}", body):
            return Found("ZZ99999", m.start(1), m.end(1))
    if m := _CODE_CUT.search(text):
        return Found(f"I{m[1]}", m.start(1), m.end(1))
    return None
