"""The forms of values that a poor copy may still tell without their labels, and the words of those labels (``remains``)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.taiwan import ubn
from extractors.readers.addresses import place
from extractors.readers.ink import Ink
from extractors.readers.letters import letter_no
from extractors.readers.names import entity, has_suffix, person
from extractors.readers.values import Found, Parser, amount, count, day, insured_unit_no, placed, uniform_no, without_blanks
from extractors.readers.words import is_label
from extractors.standing import looks_like_person

_MONEY = re.compile(r"(?:新[臺台]幣|NT\$)?(?:[0-9]{1,3}(?:[,.:][0-9]{3})+元?整?|[零壹貳參肆伍陸柒捌玖拾佰仟萬億]{2,}[元圓]整?)")
_TORN_DAY = re.compile(r"([0-9]{2,3})年([0-9]{1,2})[^0-9月]([0-9]{1,2})[日曰目]")
_STRAY = re.compile(r"(?<=[0-9])[.,:·'](?=[0-9])")


def torn_day(ink: Ink) -> Found | None:
    """A date, also one of which the sign for the month was misread (108年12號7日)."""
    if (found := day(ink)) and re.search("[年./-]", ink.text[found.start:found.end]):
        return found
    text, places = without_blanks(ink)
    for m in _TORN_DAY.finditer(text):
        mended = Ink(f"{m[1]}年{m[2]}月{m[3]}日", ink.boxes[:1] * len(m[0]), ink.page)
        if found := day(mended):
            return placed(found.value, places, m.start(), m.end())
    return None


def money(ink: Ink) -> Found | None:
    """An amount that has its stretch to itself, with its thousands marks, in figures or in words."""
    text, places = without_blanks(ink)
    if _MONEY.fullmatch(text) is None:
        return None
    found = amount(Ink(text.replace(":", ","), tuple(ink.boxes[i] for i in places), ink.page))
    return placed(found.value, places, found.start, found.end) if found else None


def number(ink: Ink) -> Found | None:
    """A 統一編號 that holds its check, also with a speck among its figures; or one that its own words stand before."""
    if (found := uniform_no(ink)) and (ubn.is_valid(str(found.value)) or re.search("統一編.$|統一.號$|.一編號$", ink.text[:found.start])):
        return found
    body = _STRAY.sub("", ink.text.strip("."))
    return Found(body, 0, len(ink.text)) if re.fullmatch("[0-9]{8}", body) and ubn.is_valid(body) else None


def name(ink: Ink) -> Found | None:
    """A person's name that has its stretch to itself, or stands behind a few signs and a colon."""
    start = max(ink.text.find(":"), ink.text.find("：")) + 1
    rest = ink.part(start, len(ink.text)) if ink.text[start:].strip() else None
    found = person(rest) if rest else None
    if rest is None or found is None or found.value != rest.text or not looks_like_person(rest.text) or is_label(rest.text):
        return None
    return Found(found.value, start, len(ink.text))


def firm(ink: Ink) -> Found | None:
    """A firm's name with the word that such names end with, and nothing behind it; also behind a label of five signs, misread."""
    start = max((n for n in (3, 4, 5) if _like(ink.text[:n], _NAME_LABELS)), default=0)
    rest = ink.part(start, len(ink.text)) if len(ink.text) > start + 3 else None
    found = entity(rest) if rest else None
    if rest is None or found is None or found.value != rest.text or not has_suffix(rest.text) or _OFFICE.search(rest.text):
        return None
    return Found(found.value, start, len(ink.text))


_OFFICE = re.compile("政府|[局署處]$|銀行")
_NAME_LABELS = ("營業人名稱", "公司名稱", "單位名稱", "商業名稱")


def _like(text: str, labels: tuple[str, ...]) -> bool:
    """Whether half of a label's signs stand in their places."""
    return any(len(text) == len(w) and 2 * sum(a == b for a, b in zip(text, w, strict=True)) >= len(w) for w in labels)


def code_of_four(ink: Ink) -> Found | None:
    """Four figures that have their stretch to themselves: a 隨機碼."""
    return Found(ink.text, 0, 4) if re.fullmatch("[0-9]{4}", ink.text) else None


def day_alone(ink: Ink) -> Found | None:
    """A date that has its stretch to itself, also in seven bare figures."""
    found = torn_day(ink) or (day(ink) if re.fullmatch("[01][0-9]{6}", ink.text) else None)
    return found if found and found.end - found.start >= len(ink.text) - 2 else None


def count_alone(ink: Ink) -> Found | None:
    """A number of persons that has its stretch to itself."""
    return count(ink) if re.fullmatch("[0-9]{1,4}人?", ink.text) else None


def unit_no(ink: Ink) -> Found | None:
    """A 保險證號 that has its stretch to itself."""
    found = insured_unit_no(ink)
    return found if found and len("".join(ink.text.split())) <= 10 else None


@dataclass(frozen=True)
class Wanted:
    """A field that may be told by its form: the words of its label, the form, how many of the first candidates may be it where the words
    say nothing (0: none), and whether it is the ``largest`` of them rather than the first."""

    words: tuple[str, ...]
    parse: Parser
    most: int = 0
    largest: bool = False


FIELDS = {
    "org.uniform_no": Wanted(("統一編號", "商業統一編號", "公司統一編號", "營利事業統一編號"), number, 1),
    "org.responsible_person": Wanted(("負責人姓名", "負責人", "代表人姓名", "代表人", "代表公司負責人", "董事長"), name, 3),
    "org.registered_address": Wanted(("所在地", "公司所在地", "商業所在地", "營業地址", "地址"), place, 1),
    "fin.paid_in_capital": Wanted(("資本額", "資本額(元)", "實收資本總額", "實收資本額", "登記資本額"), money, 9, largest=True),
    "org.name": Wanted(("營業人名稱", "公司名稱", "商業名稱", "商號名稱", "名稱"), firm, 1),
    "ins.unit_name": Wanted(("單位名稱", "投保單位名稱", "投保單位", "繳款單位"), firm, 1),
    "ins.unit_no": Wanted(("保險證號", "投保單位代號", "保險證字號", "單位代號"), unit_no, 1),
    "hc.latest_count": Wanted(("被保險人數", "投保人數", "計費人數", "人數"), count_alone),
    "inv.date": Wanted(("日期", "交易日期", "開立日期", "發票日期"), day_alone, 1),
    "inv.random_code": Wanted(("隨機碼",), code_of_four),
    "inv.seller_uniform_no": Wanted(("賣方統編", "賣方統一編號", "賣方", "營業人統一編號"), number, 1),
    "inv.seller_name": Wanted(("賣方", "營業人名稱", "賣方名稱", "店名", "商店名稱"), firm),
    "reg.approval_date": Wanted(("核准登記日期文號", "核准日期", "發文日期", "日期"), torn_day),
    "reg.approval_no": Wanted(("核准登記日期文號", "文號", "發文字號"), letter_no, 1),
}
DAYS = {
    "org.founding_date": Wanted(("核准設立日期", "設立日期", "設立登記日期", "設立登記", "核准設立登記日期"), torn_day),
    "org.last_change_date": Wanted(("最近異動日期", "最後核准變更日期", "變更日期", "異動日期", "最近異動", "最近變更日期"), torn_day),
}
