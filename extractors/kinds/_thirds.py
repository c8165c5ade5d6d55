"""Third parties on papers of sale: who printed the pad, who carries the goods, the head office, the bank. Neither buyer nor seller."""

from __future__ import annotations

import re

from extractors.readers.ink import Ink, Sheet

_WORDS = re.compile("承印|印製|印刷[廠所]|平[台臺]業|物流|運送|貨運|宅配|配送|總公司|總店|加盟主|經銷|保固|維修"
                    "|送貨|交貨|銀行|合作社|會員|代收|製造[商廠]|進口商|監製|保險公司|租賃公司|發卡")
"""What labels of third parties say."""

_LED = re.compile(r"^([\u4e00-\u9fff]{2,8}?)(?:名稱|統一編號|統編|編號)?(?:[:：]|(?=[0-9]))")
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,9}?(?:名稱|統一編號|統編|編號)?[:：]?")
NEAR = 0.25
"""How far right of its label a value may stand, as a fraction of the page's width."""


def of_third(sheet: Sheet, ink: Ink, near: float = NEAR) -> bool:
    """Whether the words before a number or a name, in its own stretch or right before it in its row, no further away than ``near``, are
    those of a third party."""
    led = _LED.match("".join(ink.text.split()))
    if led:
        return _WORDS.search(led[1]) is not None
    left = [i for i in sheet.row(ink.box) if i is not ink and i.box.right <= ink.box.left + 0.005]
    if not left or ink.box.left - left[-1].box.right > near:
        return False
    words = "".join(left[-1].text.split())
    return _LABEL.fullmatch(words) is not None and _WORDS.search(words) is not None and not _FIRM.search(words)


_FIRM = re.compile("(?<!總)公司$|企業社$|商行$|工作室$")
