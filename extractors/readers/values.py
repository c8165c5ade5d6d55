"""Values out of ink: each parser finds one value of its form in a stretch of ink, and where in it the value stands.

A parser returns None where the ink does not hold its value; it never guesses. The value forms are READING's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from domain.field import Value
from domain.taiwan import insurance_no, invoice_number, money, numerals, roc_date, ubn
from extractors.readers.ink import Ink


@dataclass(frozen=True)
class Found:
    """A value and its span in the ink's text."""

    value: Value
    start: int
    end: int


Parser = Callable[[Ink], Found | None]

_DIGIT_SLIPS = str.maketrans("OoDQlI|Zz", "000011122")


def without_blanks(ink: Ink) -> tuple[str, list[int]]:
    """The text without blanks, and the place of each of its characters in the ink's text."""
    places = [i for i, c in enumerate(ink.text) if c != " "]
    return "".join(ink.text[i] for i in places), places


def placed(value: Value, places: list[int], start: int, end: int) -> Found:
    """A value found in a text without blanks, whose characters stand at ``places`` of the ink's text."""
    return Found(value, places[start], places[end - 1] + 1)


_AMOUNT = re.compile(r"(?<![0-9A-Za-z.,/])(?:NTD|TWD|NT\$?|\$)?([0-9][0-9,.'|]*[0-9]|[0-9])"
                     r"(?![0-9]|[\-.,/][0-9]|%|[年月日股人筆期張枚個級頁號樓萬億仟千佰百])")
_CHINESE_AMOUNT = re.compile(r"[零〇壹貳貮參叁肆伍陸柒捌玖拾佰仟萬億一二三四五六七八九十百千]{2,}(?=[元圓整])")
_MIXED = re.compile(r"(?:([0-9][0-9,]{0,6})億)?(?:([0-9][0-9,]{0,6})萬)?(?:([0-9])[仟千])?(?:([0-9])[佰百])?([0-9]{1,4})?(?=[元圓])")
"""Figures with 億, 萬 and smaller units between them: 24萬5仟元, 1億2,000萬元."""

_PLACES = re.compile(r"[仟佰千百][拾佰十百]|[萬億][仟佰千百]|^[拾佰仟萬億十百千]{3,}$")
"""Units without numerals before them: places printed for figures, no amount."""

_CENTS = re.compile(r"\.0{1,2}$")


def amount(ink: Ink) -> Found | None:
    """The first amount of money, in digits or in Chinese numerals followed by 元."""
    text, places = without_blanks(ink)
    m = _CHINESE_AMOUNT.search(text)
    if m and not _PLACES.search(m[0]) and (value := money.parse(m[0])) is not None and not _AMOUNT.match(text):
        return placed(value, places, m.start(), m.end())
    if found := _mixed(text):
        return placed(found[0], places, *found[1:])
    if m := _AMOUNT.search(text):
        value = figures(m[1]) if not re.search(r"[0-9]-[0-9]", text) else None
        return None if value is None else placed(value, places, m.start(1), m.end(1))
    return None


def _mixed(text: str) -> tuple[int, int, int] | None:
    """An amount of figures and units, with its span; only where a unit stands among the figures."""
    for m in _MIXED.finditer(text):
        if any(m[k] for k in range(1, 5)) and not re.search("[0-9,]$", text[:m.start()]):
            parts = (int((m[k] or "0").replace(",", "")) for k in range(1, 6))
            return sum(p * u for p, u in zip(parts, (10**8, 10**4, 1000, 100, 1), strict=True)), m.start(), m.end()
    return None


def figures(text: str) -> int | None:
    """The amount that figures write; cents of zero are dropped, a thousands mark that was lost or misread is forgiven where all
    the others stand right (8,890000)."""
    body = re.sub(r"(?<=[0-9])[|｜](?=[0-9]{3}(?![0-9]))", ",", _CENTS.sub("", text))
    value = money.parse(body)
    if value is None and re.fullmatch(r"[0-9]{1,3}(?:[,.']?[0-9]{3})+", body):
        return int(re.sub(r"[,.']", "", body))
    return value


def misgrouped(text: str) -> bool:
    """Whether an amount has thousands marks in some places and lacks them in others."""
    return re.search(r"[0-9]{4,}", text) is not None and re.search(r"[0-9][,.'][0-9]{3}", text) is not None


def digits_amount(ink: Ink) -> Found | None:
    """An amount that is all the ink says, but for 元, a currency and marks such as ＄ or -."""
    text, places = without_blanks(ink)
    m = re.fullmatch(r"[^0-9A-Za-z]{0,6}?(?:NTD|TWD|NT\$?|\$)?([0-9][0-9,.'|]*)(?:元整?|圓|整|-|\*|※)?[。.]?", text)
    value = figures(m[1].rstrip(".,")) if m else None
    return None if m is None or value is None else placed(value, places, m.start(1), m.end(1))


def count(ink: Ink) -> Found | None:
    """A number of persons: 41, 41 人, 1,024人."""
    text, places = without_blanks(ink)
    m = re.search(r"(?<![0-9,./])([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,6})(?![0-9,./%年月日元])", text)
    return placed(int(m[1].replace(",", "")), places, m.start(1), m.end(1)) if m else None


_TIMED = re.compile(r"[0-9]{2,4}[./\-][0-9]{1,2}[./\-][0-9]{2}(?=[0-9]{2}:[0-9]{2})")


def day(ink: Ink) -> Found | None:
    """The first date, as YYYY-MM-DD. A time behind it (2026-08-07 10:12:19), also set close, is not part of it; digits
    set wide (1 1 3 年) belong together where 年 stands."""
    apart = re.sub(r"(?<=[0-9]) (?=[0-9])", ",", ink.text)
    places = [i for i, c in enumerate(apart) if c != " "]
    text = "".join(apart[i] for i in places)
    if m := _TIMED.search(text):
        hit = roc_date.find(m[0])
        if hit:
            return placed(hit[0].isoformat(), places, m.start(), m.end())
    tries = [(text, places), without_blanks(ink)]
    for body, spots in reversed(tries) if "年" in text and ":" not in text else tries:
        if hit := roc_date.find(body.translate(_DIGIT_SLIPS) if not body.isascii() else body):
            return placed(hit[0].isoformat(), spots, hit[1], hit[2])
    return None


_MONTH_SPAN = re.compile(
    r"(?:中華民國|民國)?[0-9零〇○一二三四五六七八九十百]{1,5}年[0-9一二三四五六七八九十]{1,3}(?:月?[、,\-~－—–一至][0-9一二三四五六七八九十]{1,3})?月(?:份)?"
    r"|(?<![0-9])[0-9]{2,4}[./\-][0-9]{1,2}(?![0-9./\-])|(?<![0-9])[0-9]{5}(?![0-9])")


def month(ink: Ink) -> Found | None:
    """The first year and month, as YYYY-MM; of a two-month period its first month."""
    text, places = without_blanks(ink)
    for m in _MONTH_SPAN.finditer(text):
        if re.match(r"[0-9一二三四五六七八九十]{1,3}日", text[m.end():]):
            continue
        if value := roc_date.parse_month(re.sub(r"[—–]", "-", m[0])):
            return placed(value, places, m.start(), m.end())
    return None


def latest_month(ink: Ink) -> Found | None:
    """The latest of months that are listed (115年05月、115年06月), as YYYY-MM; of one alone, that one."""
    text, places = without_blanks(ink)
    best = month(ink)
    for m in _MONTH_SPAN.finditer(text):
        before, after = text[:m.start()], text[m.end():]
        if best is None or not re.search("[、,，.．·及和與月]$", before) or re.match("[0-9一二三四五六七八九十]{1,3}日", after):
            continue
        value = roc_date.parse_month(re.sub(r"[—–]", "-", m[0]))
        if value and value > str(best.value):
            best = placed(value, places, m.start(), m.end())
    return best


def uniform_no(ink: Ink) -> Found | None:
    """A 統一編號: eight digits that stand alone, in boxes or not. Its check is a witness, not a condition."""
    text, places = without_blanks(ink)
    for m in re.finditer(r"(?<![0-9A-Za-z\-])[0-9]{8}(?![0-9A-Za-z\-])", re.sub(r"[|｜\[\]]", "", text) if "|" in text else text):
        if m[0] != "00000000":
            return placed(m[0], places, m.start(), min(m.end(), len(places)))
    for m in re.finditer(r"(?<![0-9A-Za-z\-])[0-9OoDQlI|Zz]{8}(?![0-9A-Za-z\-])", text):
        number = m[0].translate(_DIGIT_SLIPS)
        if number != m[0] and ubn.is_valid(number) and "ZZ9999" not in m[0]:
            return placed(number, places, m.start(), m.end())
    return None


def insured_unit_no(ink: Ink) -> Found | None:
    """A 保險證號, with or without its check letter."""
    text, places = without_blanks(ink)
    m = re.search(r"(?<![0-9\-])[0-9]{8}(?:[-－—‐–]?[A-Z0-9](?![0-9A-Za-z.]))?(?![0-9])", text)
    value = insurance_no.tidy(m[0]) if m else None
    return placed(value, places, m.start(), m.end()) if m and value else None


def lettered_unit_no(ink: Ink) -> Found | None:
    """A 保險證號 with its check letter, a form that nothing else on these papers has."""
    text, places = without_blanks(ink)
    m = re.search(r"(?<![0-9A-Za-z\-])[0-9]{8}[-－—‐–]?[A-Z](?![0-9A-Za-z.])", text)
    value = insurance_no.tidy(m[0]) if m else None
    return placed(value, places, m.start(), m.end()) if m and value else None


def invoice_no(ink: Ink) -> Found | None:
    """A 發票字軌號碼, with or without blank or hyphen."""
    text, places = without_blanks(ink)
    for m in re.finditer(r"(?<![0-9A-Za-z])[A-Z]{2}[-－—:]?[0-9]{8}(?![0-9])", text):
        return placed(invoice_number.tidy(m[0]), places, m.start(), m.end())
    whole = re.fullmatch(r"(?:[^A-Z0-9]*)([A-Z0-9]{2}[-－—:]?[0-9OoDQlISZBG]{8})", text)
    value = invoice_number.tidy(whole[1]) if whole else None
    return placed(value, places, whole.start(1), whole.end(1)) if whole and value else None


def _ticked(text: str, words: list[str]) -> list[str]:
    """Of the words beside boxes the ones that are ticked; a tick that was not read leaves the others with their empty boxes."""
    ticked = [w for w in words if re.search(rf"[■☑✓✔▣◼●☒]\s*{re.escape(w)}", text)]
    empty = [w for w in words if re.search(rf"[□☐口○]\s*{re.escape(w)}", text)]
    return ticked or ([w for w in words if w not in empty] if len(empty) == len(words) - 1 else words)


def one_of(*words: str) -> Parser:
    """A parser for a closed list of words: exactly one of them must stand in the ink."""

    def parse(ink: Ink) -> Found | None:
        there = [w for w in words if w in ink.text]
        there = [w for w in there if not any(w != o and w in o for o in there)]
        if len(there) > 1:
            there = _ticked(ink.text, there)
        return Found(there[0], ink.text.index(there[0]), ink.text.index(there[0]) + len(there[0])) if len(there) == 1 else None

    return parse


def chinese_amount(text: str) -> int | None:
    """The amount of a 大寫 line, also of a pre-printed skeleton (億 仟 佰 × 拾 陸 萬 …) whose empty places bear ×, － or nothing."""
    body = re.sub(r"[^零〇壹貳貮弍參叁叄肆伍陸柒捌玖拾佰仟萬億×xX⊗※－\-\u2014]", "", text)
    total = section = 0
    digit: int | None = None
    for c in body:
        if c in numerals.UNITS:
            section, digit = section + (digit or 0) * numerals.UNITS[c], None
        elif c in numerals.MYRIADS:
            total, section, digit = total + (section + (digit or 0)) * numerals.MYRIADS[c], 0, None
        elif c in numerals.DIGITS:
            digit = numerals.DIGITS[c]
    total += section + (digit or 0)
    return total or None
