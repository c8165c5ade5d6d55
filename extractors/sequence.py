"""What tells that pages belong together: the page numbers that they print, words that say they go on, the firm that they name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.taiwan import ubn
from extractors.readers.ink import Sheet

_COUNTERS = (
    re.compile(r"共_*([0-9]{1,3})_*[^0-9_]{1,2}第_*([0-9]{1,3})_*(?![0-9])"),
    re.compile(r"第_*([0-9]{1,3})_*頁[(（,，、/／]?(?:共|總計)_*([0-9]{1,3})_*頁"),
    re.compile(r"(?:頁|^)次[:：]?([0-9]{1,3})[/／之]([0-9]{1,3})"),
    re.compile(r"頁(?:碼|數|次)?[:：]?([0-9]{1,3})[/／]([0-9]{1,3})$"),
    re.compile(r"第([0-9]{1,3})[/／]([0-9]{1,3})頁"),
    re.compile(r"^-?(?:Page|page|P\.?)([0-9]{1,2})(?:[/／]|of)([0-9]{1,2})-?$"),
)
_IN_WORDS = re.compile(r"(?<=[第共])[一二三四五六七八九]?十?[一二三四五六七八九]?(?=頁)")
_BARE_COUNTER = re.compile(r"^-?([0-9]{1,2})(?:[/／]|of)([0-9]{1,2})-?$")
"""Two numbers alone are those of a page at its head or foot only: elsewhere a hand or a stamp wrote a day."""

MARGIN_OF_PAGE = 0.08


_NUMERALS = "〇一二三四五六七八九"


def _number(word: re.Match[str]) -> str:
    """A number below a hundred in words (十二), in figures; '' for none."""
    tens, ten, ones = word[0].rpartition("十")
    number = 10 * (_NUMERALS.find(tens) if tens else 1) if ten else 0
    return str(number + (_NUMERALS.find(ones) if ones else 0)) if word[0] else ""


def page_counter(sheet: Sheet) -> tuple[int, int] | None:
    """The page number that the page prints, as (page, of): 「共 3 頁 第 1 頁」, 「第一頁（共二頁）」, 「頁次：1/2」; one in words before a
    bare one."""
    bare = None
    for ink in sheet.headings:
        text = _IN_WORDS.sub(_number, "".join(ink.text.split()))
        for i, pattern in enumerate(_COUNTERS):
            if m := pattern.search(text):
                a, b = int(m[1]), int(m[2])
                page, of = (b, a) if i == 0 else (a, b)
                if 1 <= page <= of:
                    return page, of
        m = _BARE_COUNTER.search(text)
        if m and bare is None and 1 <= int(m[1]) <= int(m[2]) and not MARGIN_OF_PAGE < ink.box.centre[1] < 1 - MARGIN_OF_PAGE:
            bare = int(m[1]), int(m[2])
    return bare


_GOES_ON = re.compile(r"[(（]?(?:[接續](?:次|下)一?頁|下頁續|未完(?:待續)?|續下頁)[)）]?")
_GOES_ON_HERE = re.compile(r"[(（]?(?:[承接續](?:上|前)一?頁|上頁續|續前|續上)[)）]?")


_LONE_NUMBER = re.compile(r"-?第([0-9]{1,2})頁-?")


def lone_number(sheet: Sheet) -> int | None:
    """The page's number where its head or foot prints that alone: 第2頁."""
    spots = [int(m[1]) for i in sheet.inks if not MARGIN_OF_PAGE < i.box.centre[1] < 1 - MARGIN_OF_PAGE
             and (m := _LONE_NUMBER.fullmatch(_IN_WORDS.sub(_number, "".join(i.text.split()))))]
    return spots[0] if len(spots) == 1 else None


def said_to_go_on(last: Sheet, sheet: Sheet) -> bool:
    """Whether the page before says at its foot that it goes on (接次頁), or this one that it does (承上頁), or both that one number comes
    after the other."""
    number = lone_number(last)
    if number is not None and lone_number(sheet) == number + 1:
        return True
    return any(i.box.top > 0.6 and _GOES_ON.fullmatch("".join(i.text.split())) for i in last.inks) \
        or any(i.box.top < 0.3 and _GOES_ON_HERE.fullmatch("".join(i.text.split())) for i in sheet.inks)


HEAD_OF_PAGE = 0.15
_FIRM = re.compile(r"[\u4e00-\u9fff]{2,16}?公司")
_FIRMS_FORM = re.compile(r"(?:閉鎖性)?(?:股份|兩合|無限)?(?:有限)?公司")


def _numbers_of(sheet: Sheet, down_to: float) -> set[str]:
    """The 統一編號 that hold their check on the upper part of a page."""
    return {m for i in sheet.inks if i.box.top < down_to
            for m in re.findall(r"(?<![0-9])[0-9]{8}(?![0-9])", "".join(i.text.split())) if ubn.is_valid(m)}


def of_one_firm(sheets: Sequence[Sheet]) -> bool:
    """Whether the firms that the heads of the pages name, or a number of theirs, stand on the first of them, which says most of a paper."""
    first = min(sheets, key=lambda s: (page_counter(s) or (0, 0))[0])
    text = "".join(first.text.split())
    named = {m[0].split("名稱")[-1] for s in sheets if s is not first for i in s.inks if i.box.top < HEAD_OF_PAGE
             for m in _FIRM.finditer("".join(i.text.split()))}
    if any(_numbers_of(first, 1.0) & _numbers_of(s, HEAD_OF_PAGE) for s in sheets if s is not first):
        return True
    return all(n in text for n in named if not _FIRMS_FORM.fullmatch(n))
