"""The 文號 of official letters, and the marks of the offices that they begin with."""

from __future__ import annotations

import re

from domain.document import OCR
from extractors.readers.ink import Ink
from extractors.readers.values import Found, placed, without_blanks

_NUMERALS = "[0-9零〇○元一二三四五六七八九十百]{1,6}"


def letter_no(ink: Ink) -> Found | None:
    """A 文號 in full: 府產業商字第11156136990號."""
    text, places = without_blanks(ink)
    text = re.sub(rf"(?:中華民國|民國)?{_NUMERALS}年{_NUMERALS}月{_NUMERALS}日(?:業經|核准(?:登記)?|[依以奉准]|本[府部局處])*",
                  lambda m: " " * len(m[0]), text)
    m = re.search(r"(?:日期及字號|文號|字號|[年月日]{1,2})?(?:核准(?:登記)?)?([\u4e00-\u9fff]{2,14})[字宇]第([0-9A-Z\-]{6,14})號", text)
    if m is None:
        return None
    stray = len(m[1]) - len(own[0]) if (own := _MINISTRY.search(m[1])) else 0
    office = _office(m[1][stray:]) if ink.source == OCR else m[1][stray:]
    return placed(f"{office}字第{m[2]}號", places, m.start(1) + stray, m.end())


_MINISTRY = re.compile("經授[商中北南]$")
"""The marks of the ministry's own letters: what stands before them is another word (依經濟部經授商字第…) or dirt, never part of them."""


OFFICES = ("經授商", "經授中", "經授北", "經授南", "府產業商", "北市商一", "北市商二", "新北府經司", "新北府經商", "府經商行", "府經登",
           "府授經登", "府授經商", "府授經工商", "府經工商",
           "府經商", "府經工", "府建商", "府商工", "府產商", "高市府經商公", "高市府經商商",
           "竹商", "中商", "南商", "園商", "投商", "桃經登", "府綜工商", "府工商", "府城商", "經園商", "經加商")
"""Marks of the offices that register companies and businesses, as their letters' numbers begin."""


def _office(mark: str) -> str:
    """The one office's mark that a misread one of four characters or more nearly is; the mark itself where there is none or several. Parks
    have offices, fences have none."""
    mark = mark.replace("圍", "園")
    if mark in OFFICES or len(mark) < 4:
        return mark
    near = [o for o in OFFICES if len(o) == len(mark) and sum(a != b for a, b in zip(o, mark, strict=True)) == 1]
    return near[0] if len(near) == 1 else mark


def number_goes_on(text: str, later: str) -> bool:
    """Whether a line below goes on with a 文號: 第11156136990號, the last figures alone (89號), or 經登字第09316537989號 where the line
    above has no more than its mark begun."""
    body = "".join(later.split())
    if re.search(r"(?:^|[日:\s])[\u4e00-\u9fff]{1,8}$", text) and not re.search("字?第|號", text):
        return re.match(r"[\u4e00-\u9fff]{0,8}字?第[0-9]{6,14}號", body) is not None
    if (begun := re.search(r"[字宇]第([0-9]{1,14})$", text)) and (ends := re.match("([0-9]{0,13})號", body)):
        return 6 <= len(begun[1]) + len(ends[1]) <= 14
    return "號" not in text[-2:] and re.match(r"(?:字?第)?[0-9]{3,14}號", body) is not None
