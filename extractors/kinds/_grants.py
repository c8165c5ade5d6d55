"""Letters by which an office grants a registration, told without their heading: an office's name, a letter's number, the words that grant,
and whether a company or a business is meant."""

from __future__ import annotations

import re

from extractors.kind import Sign
from extractors.readers.ink import Sheet

GRANT = 6.0
"""As much as a title and a label."""

_OFFICE = re.compile(r"(?:政府|經濟部|公所|辦公室|工商課|[局處署])(?:函|令|書函|通知書?|[(（].*[)）])?$")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,}字第[0-9A-Z]{6,}號?")
_WORDS = re.compile(r"(?:准予|應准|應予照准|照准|核准|予以)[^。;；]{0,14}(?:登記|備查|在案)|登記[^。;；]{0,24}准如所請"
                    r"|登記[^。;；]{0,24}(?:准予|應准|照准)"
                    r"|經核[^。;；]{0,16}(?:相符|尚無不合|符合)")
LEANS = -1.5
"""What a letter loses as one to a company where it speaks more of businesses, and the other way: letters of both have the same headings."""

_OTHER = re.compile(r"稅籍登記[^,，。]{0,6}(?:核准|准予)|國稅局(?!另)[^副另]{0,4}函|土地登記|建物登記|戶籍登記|商標")
_COMPANY = re.compile(r"貴公司|公司登記|公司設立|公司變更|公司法|股份有限公司|有限公司")
_BUSINESS = re.compile(r"貴商號|貴行號|商業登記|商業設立|商業變更|商號|獨資|合夥|商業統一編號"
                       r"|(?:受文者|正本)[:：]?(?![^,，。;；:：]{0,16}公司)[\u4e00-\u9fff]{2,12}(?:商行|企業社|工作室|[行社店坊館廠鋪舖屋園堂軒])(?![\u4e00-\u9fff])")
_NO_LETTER = re.compile(r"[\u4e00-\u9fff]{2,12}(?:抄本|謄本|登記表|事項卡)(?:[(（].{1,8}[)）])?")
"""A heading of papers that repeat what was granted, by which letters and when."""


def grants(business: bool) -> Sign:
    """The sign of a letter to a business, or else to a company."""

    def sign(sheet: Sheet) -> float:
        text = "\n".join("".join(i.text.split()) for i in sheet.inks)
        head = [i.text for i in sheet.inks if i.box.top < 0.3 and len(i.text) < 26]
        mine, other = (len(p.findall(text)) for p in ((_BUSINESS, _COMPANY) if business else (_COMPANY, _BUSINESS)))
        lean = LEANS if other > mine else 0.0
        if any(_NO_LETTER.fullmatch("".join(t.split())) for t in head):
            return lean
        if not any(_OFFICE.search("".join(t.split())) for t in head) or _NUMBER.search(text) is None or _WORDS.search(text) is None \
                or _OTHER.search(text) or "登記" not in text:
            return lean
        return GRANT if mine > other else lean

    return sign
