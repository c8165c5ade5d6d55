"""Taiwanese addresses out of ink, also over a line's end."""

from __future__ import annotations

import re

from domain.document import OCR
from domain.taiwan import address as addresses
from extractors.readers.ink import Ink
from extractors.readers.names import NOT_TAIL
from extractors.readers.values import Found

_PLACE_STOP = re.compile(r"[\u4e00-\u9fff]{0,4}字第|電話|傳真|承辦人|負責人|統一編號|代表人|登記機關|資本"
                         r"|[一二三四五六七八九十]{1,2}、|電子地|[\u4e00-\u9fff]子地圖|電[\u4e00-\u9fff]地圖|查看地圖|Google|\((?:未|使用|以下)|[:：]")


def place(ink: Ink) -> Found | None:
    """A Taiwanese address without its postal code, up to the next label."""
    text = ink.text
    coded = _CODE_BEFORE.match(text) or _CODE_WIDE.match(text)
    body = addresses.strip_postcode(text[coded.end():] if coded else text)
    start = len(text) - len(body)
    if ink.source == OCR and (city := _city_misread(body)):
        body = city + body[len(city):]
    m = _CITY.search(body[:24]) or (re.search(r"(?!鄉鎮)[\u4e00-\u9fff]{2}[市縣]", body[:12]) if ink.source != OCR else None)
    if m is None:
        return None
    start += m.start()
    body = body[m.start():]
    stop = _PLACE_STOP.search(body)
    end = stop.start() if stop else len(body)
    body = _APART.sub("", body[:min(_complete(ink, start, end), _stranger(ink, start, end))].rstrip(" ,.;、。"))
    end = start + len(body)
    body = "".join(c for k, c in enumerate(body) if c != " " or not _breaks(ink, start + k))
    if ink.source == OCR:
        body = _SECTION.sub("一段", _VILLAGE.sub(r"\1里", body))
    return Found(body, start, end) if len(body) >= 6 else None


def _breaks(ink: Ink, at: int) -> bool:
    """Whether the blank there is only the end of a line within a number: 203號 broken behind its 2."""
    return 0 < at < len(ink.text) - 1 and ink.text[at - 1].isdigit() and ink.text[at + 1].isdigit() and (
        ink.boxes[at + 1].top > ink.boxes[at - 1].bottom - 0.4 * ink.boxes[at - 1].height)


def _city_misread(body: str) -> str | None:
    """The only city or county that the first three signs are but for one of the first two, before a district's name: 苗慄縣苑裡鎮."""
    m = re.match(r"[\u4e00-\u9fff]{2}[縣市](?=[\u4e00-\u9fff]{1,3}[區鄉鎮市])", body)
    if m is None or _CITY.match(m[0]):
        return None
    near = [c for c in addresses.CITIES if c[-1] == m[0][-1] and sum(a != b for a, b in zip(c, m[0], strict=True)) == 1]
    return near[0] if len(near) == 1 else None


_CITY = re.compile("|".join(c.replace("臺", "[臺台]") for c in (*addresses.CITIES, *addresses.FORMER)))
_APART = re.compile(r"(?<=[號樓室弄])\s?[0-9](?:\s[0-9]){1,5}$")
"""Figures that stand apart behind a complete address: the boxes of a postal code."""

_VILLAGE = re.compile(r"(?<=[區鄉鎮])([\u4e00-\u9fff]{2,3})甲(?=[\u4e00-\u9fff]{2,6}(?:路|街|大道))")
"""What an engine makes of 里 in a copy: behind a district and before a road nothing but a village stands."""


_SECTION = re.compile(r"(?<=[路街道])段(?=[0-9])")
"""A road's section has a number: a poor copy loses that of one stroke first."""


def _complete(ink: Ink, start: int, end: int) -> int:
    """Where an address ends that is complete at the end of a line, when what the next line adds has no figures: another's value."""
    for m in re.finditer(r"[號樓室](?:之[0-9]+)?", ink.text[start:start + end]):
        at = start + m.end()
        if at < start + end and ink.boxes[at].top > ink.boxes[at - 1].bottom - 0.4 * ink.boxes[at - 1].height and not re.search(
                "[0-9號樓室]", ink.text[at:start + end]):
            return m.end()
    return end


def _stranger(ink: Ink, start: int, end: int) -> int:
    """Where an address ends that is complete before a gap, when what follows in its line has no figures: a button or a stamp."""
    for m in re.finditer(r"(?<=[0-9])[號樓室](?:之[0-9]+)?(?=[\u4e00-\u9fff]{2,8}$)", ink.text[start:start + end]):
        at = start + m.end()
        gap = ink.boxes[at].left - ink.boxes[at - 1].right
        if gap > 0.3 * ink.boxes[at - 1].width and not re.search("[號樓室層棟座區]", ink.text[at:start + end]):
            return m.end()
    return end


_CODE_BEFORE = re.compile(r"\s*[(（]?郵遞區號[:：]?\s*(?=[(（]?[0-9]{3})")
"""What stands before a postal code in its own words."""

_CODE_WIDE = re.compile(r"\s*[(（〔\[]\s*(?:[0-9]\s*){3,6}[)）〕\]]\s*|\s*(?:[0-9]\s+){2,5}[0-9]\s*(?=[^0-9\s])")
"""A postal code whose figures stand apart."""

_END = re.compile(r"(?:[號樓室巷弄段]|之[0-9]+|[0-9]F)$")
_TAIL = re.compile(r"^(?:[0-9之\-、]{1,8}|[一二三四五六七八九十]{1,3})(?:號|樓|室|巷|弄|F)")


def address_goes_on(text: str, later: str) -> bool:
    """Whether a line below goes on with an address: 73號17樓, or a road and number that the line above still lacks."""
    body = "".join(later.split())
    if len(body) > 34 or NOT_TAIL.search(body):
        return False
    if re.match(r"[樓號室巷弄段里路街]", body) and re.search(r"[0-9一二三四五六七八九十\u4e00-\u9fff]$", text) and not _END.search(text):
        return True
    if text.endswith("之") and re.fullmatch("[0-9]{1,3}", body):
        return True
    if re.search("[號樓0-9]$", text) and re.fullmatch(r"之[0-9一二三四五六七八九十]{1,3}(?:[號樓室])?", body):
        return True
    return _TAIL.match(body) is not None or (not re.search(r"[0-9]號", text) and re.search(r"[0-9]號", body) is not None)
