"""Addresses: the city or county, and the postal code that is not part of the value.

>>> city("台北市信義區信義路五段7號"), strip_postcode("(114065)臺北市內湖區瑞光路513巷22號")
('臺北市', '臺北市內湖區瑞光路513巷22號')
"""

from __future__ import annotations

import re

CITIES = ("臺北市", "新北市", "桃園市", "臺中市", "臺南市", "高雄市", "基隆市", "新竹市", "嘉義市", "新竹縣", "苗栗縣", "彰化縣", "南投縣",
          "雲林縣", "嘉義縣", "屏東縣", "宜蘭縣", "花蓮縣", "臺東縣", "澎湖縣", "金門縣", "連江縣")
FORMER = {"臺北縣": "新北市", "桃園縣": "桃園市", "臺中縣": "臺中市", "臺南縣": "臺南市", "高雄縣": "高雄市"}
"""Counties that became municipalities (2010-12-25; 桃園 2014-12-25)."""


def strip_postcode(text: str) -> str:
    """The address without a leading postal code of 3, 5 or 6 digits, bracketed or not."""
    return re.sub(r"^[(（\[〔]?\s*[0-9]{3}(?:-?[0-9]{2,3})?\s*[)）\]〕]?\s*(?=\D)", "", text.strip())


def city(address: str) -> str | None:
    """The official name of the city or county that the address begins with; None where it names none."""
    head = strip_postcode(address).replace("台", "臺").replace("臺灣省", "").replace("福建省", "").lstrip()[:3]
    return head if head in CITIES else FORMER.get(head)
