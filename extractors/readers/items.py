"""Codes of 營業項目 out of ink: a letter, a letter or digit, five digits."""

from __future__ import annotations

import re

from domain.document import OCR
from extractors.readers.ink import Ink
from extractors.readers.values import Found

_CODE = re.compile(r"(?:(?<![0-9A-Za-z])|(?<=^[0-9])|(?<=^[0-9]{2}))(ZZ99999|[A-JZ][A-Z0-9][0-9]{5})(?![0-9])")
"""Also right behind the number of its line."""

_CODE_CUT = re.compile(r"(?<![0-9A-Za-z])(Z[0-9]{5})(?![0-9A-Za-z])")
_LAST_SPLIT = re.compile(r"[Z27]{2}[,. ]9{5}")
_CODE_SLIP = re.compile(r"(?<![0-9A-Za-z])([A-Z1l|0-9][A-Z0-9OQ][0-9OoQlISZB(]{5})(?![0-9])")


def is_sound(text: str) -> bool:
    """Whether a code stands in the text without a slip."""
    return _CODE.search(text) is not None


def business_code(ink: Ink) -> Found | None:
    """A code of 營業項目: a letter, a letter or digit, five digits. Misread ones are put right only where an engine read them."""
    text = ink.text
    if m := _CODE.search(text):
        return Found(_of_class(m[1]) if ink.source == OCR else m[1], m.start(1), m.end(1))
    if " " in text and len(text) <= _WIDE and (found := _set_wide(ink)):
        return found
    if ink.source != OCR:
        return None
    for m in _CODE_SLIP.finditer(text):
        body = m[1]
        head = {"1": "I", "l": "I", "|": "I", "6": "G", "8": "B", "0": "D"}.get(body[0], body[0])
        code = head + body[1].replace("O", "0").replace("Q", "0") + body[2:].translate(str.maketrans("OoQlISZB(", "000115281"))
        if re.fullmatch(r"[A-J][A-Z0-9][0-9]{5}", code) and body[:2] != "77":
            return Found(_of_class(code), m.start(1), m.end(1))
        if re.fullmatch(r"[Z27]{2}[9]{5}", body):
            return Found("ZZ99999", m.start(1), m.end(1))
    if m := _LAST_SPLIT.fullmatch(text):
        return Found("ZZ99999", m.start(), m.end())
    if m := _CODE_CUT.search(text):
        return Found(f"I{m[1]}", m.start(1), m.end(1))
    if m := _CODE_LOST.search(text):
        return Found("ZZ99999" if m[2] else f"I{m[1]}", m.start(), m.end())
    return None


def _of_class(code: str) -> str:
    """The code with the Z of a class that is called by it: there is no class I2, and what begins with Z is ZZ99999 (公司營業項目代碼表)."""
    return "ZZ99999" if re.fullmatch("Z[0-9]9{5}", code) else f"IZ{code[2:]}" if code.startswith("I2") else code


_WIDE = 16
_CODE_LOST = re.compile(r"(?:(?<=\()|^)([0-9]{6})(?=\)| ?[\u4e00-\u9fff]{3,}業$)|^(ZZ9{4})$")
"""A code in brackets or before the name of its trade that lost its thin letter, and one that lost a nine: they stay shorter than they
are, so that a person looks."""


def _set_wide(ink: Ink) -> Found | None:
    """A code whose signs stand apart (F １ 9 9 9 9 0)."""
    places = [k for k, c in enumerate(ink.text) if c != " "]
    if len(places) != CODE:
        return None
    close = Ink("".join(ink.text[k] for k in places), tuple(ink.boxes[k] for k in places), ink.page, ink.confidence, ink.source)
    found = business_code(close)
    return Found(found.value, 0, len(ink.text)) if found and found.end - found.start == CODE else None


CODE = 7
"""How many signs a code has."""
