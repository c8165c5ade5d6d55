"""What speaks for the place of a value: a label of its own, that nothing else on the paper has its form, or that all else of that form
stands by another label; the look of a person's name; that a total is the largest amount; that every business item has its code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from domain.field import Value
from domain.taiwan import roc_date, ubn
from domain.vocabulary import term
from extractors.kind import Draft, Sketch
from extractors.readers.ink import Ink, Sheet
from extractors.readers.names import has_suffix
from extractors.readers.values import Parser
from extractors.risk import CAPITALS, ENTITIES
from extractors.whole import numbered, paired

MANY = 600
"""With more stretches of ink than that a paper is not searched for other values of the same form."""

ADDRESS = "org.registered_address"
"""Of several addresses the applicant's comes first; those of its people follow."""

PERSONS = ("org.responsible_person",)
TOTALS = ("inv.total_amount", "ins.amount_due", "fin.authorized_capital")
"""Fields whose value is the largest amount of money on their paper."""

PLAIN, NUMBERED = ("date", "month", "integer"), ("ins.unit_no", "inv.random_code", *CAPITALS)
"""Values that are the wanted one where they stand right beside the words of their label. Of names and numbers of firms and of people, and
of amounts of a sale or a tax, a paper has several under like labels (合計 of the net and 合計 of all)."""

TOTAL, GRAND = "inv.total_amount", re.compile("總[計額]|應付")
"""The one amount of a sale whose words no other amount bears."""

MONTHLY = ("hc.monthly_insured", "hc.latest_month", "hc.latest_count")

SURNAMES = frozenset(
    "丁丘于任伍何余俞倪傅凃利劉包匡卓卜卞古史司吳呂周呼商喬單喻嚴塗夏姚姜姬婁孔孟季孫宋官宮寇尤尹屈岑岳左巫巴幸康廖張強彭徐成戚戴方施易晏曲曹曾朱"
    "李杜林柯柳柴梁梅楊楚樂樊樓歐武段殷毛江池汪沈沙洪涂游湛湯溫滕潘炎焦熊牛王甘田申白盛盧石祝秦程童竺符管簡粘紀練繆羅翁翟聞聶胡臧舒艾花范茅莊莫華萬葉葛董"
    "蒙蒲蔡蔣蕭薛藍藺蘇衛袁裘褚覃解許詹談諸謝譚谷費賀賈賴趙路車辛連遲邊邱邵郎郝郭鄂鄒鄔鄧鄭鄺金錢鍾鐘閔閻關阮陳陶陸雷霍鞏韋韓項顏饒馬馮高魏魯鮑麥黃黎"
    "齊龍龔侯唐")
"""Surnames of one character that are met in Taiwan; a name that begins with none is a little more likely to be no name."""

LABELISH = re.compile(
    r"(?:名稱|姓名|編號|號碼|字號|證號|代號|序號|日期|年月|期間|期限|狀況|情形|現況|資料|種類|類型|類別|組織|地址|所在地|金額|總額|稅額|資本|資本額|總計|合計|小計"
    r"|人數|機關|電話|傳真|備註|說明|項目|事由|主旨|附件|速別|負責人|代表人|聯絡人|承辦人|經理人|董事長?|監察人|股東|合夥人|營業人|買受人|品名|數量|單價|頁次"
    r"|身分證|印章|簽章|蓋章|戳記|專用章|決行|客戶|顧客|抬頭|單號|文號|變更|設立|登記|核准|申請|資格|服務|查詢|保險|單位|統一|統編)$")
"""How words end that are labels and headings."""

_BODY = re.compile(r"[\u3400-\u9fff·•‧]{2,5}")
_ONLY_FORM = re.compile(r"(?:閉鎖性)?(?:股份|兩合|無限|有限)?(?:有限)?公司|[本貴該分總子]公司|公司.{0,4}")
_LEAD = re.compile(r"^[^:：]{1,14}[:：]")
_OF_OTHERS = re.compile(r"^(?:買受人|買受|買方|茲收到|茲向|抬頭|客戶|付款人|繳款人|申請人|代理人|受款人)")
"""Words before a name that make it another party's."""

_BRACKET = re.compile(r"[(（][^)）]*[)）]?(?=[:：]?$)")
_COUNTED = re.compile(r"^(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[.、．]")
_IDENTITY = re.compile(r"[A-Z][0-9*＊○xX]{9}$")
"""The number of a person, behind which stands what is that person's."""

_CODE = re.compile(r"[A-Z]{1,2}[0-9]{5,6}")
_ISSUED = re.compile(r"(?:中華)?民國[0-9零〇○一二三四五六七八九十百]+年[0-9一二三四五六七八九十]+月[0-9一二三四五六七八九十]+日")
_SEAL_BIT = re.compile(r"[\u4e00-\u9fff]{1,6}|[0-9A-Za-z./#-]{1,6}")
_SPAN = re.compile(r"自.{4,12}[至迄]|[0-9日][~～至][0-9民中]|公告$")
"""Between two days, and the edition of a form: none is the day of anything on the paper."""

_BEFORE = re.compile(r"(?:[\u4e00-\u9fff]{2,}|號)[)）]?[:：]?(?:NT\$?|\$|新[臺台]幣|民國|中華民國)?$")
_TIME = re.compile(r"^(?:日)?(?:上午|下午|[ ]?[0-9]{1,2}[:：時])")
_DATE_ABOUT = re.compile(r"^[./\-年月日:]|[./\-年月日:]$")


def place(sketch: Sketch, name: str, draft: Draft) -> set[str]:
    """The witnesses for the place of the draft's value."""
    labelled = any(d.labelled and alike(d.value, draft.value) for d in sketch.drafts[name])
    out = {"label"} if labelled else set()
    if draft.labelled and (term(name).type in PLAIN or name in (*NUMBERED, TOTAL)):
        words = words_beside(sketch, draft)
        if words and (name != TOTAL or GRAND.search(words)):
            out.add("label:next")
    if name in PERSONS and isinstance(draft.value, str) and looks_like_person(draft.value):
        out.add("form")
    if name == "org.business_items":
        out |= {word for word, holds in (("paired", paired), ("paired:numbers", numbered)) if holds(sketch, draft)}
    if name == SELLER and in_block(sketch, draft):
        out.add("apart:block")
    if name in MONTHLY and not other_months(sketch):
        out.add("complete")
    if draft.parser is None or draft.parts:
        return out
    inks = [i for s in sketch.paper.sheets for i in s.inks]
    if len(inks) > MANY:
        return out
    if name in TOTALS and isinstance(draft.value, int) and max(_money(inks), default=None) == draft.value:
        out.add("largest")
    rivals = others(sketch, name, draft, draft.parser)
    first = next(rivals, None)
    if first is None:
        return out | {"sole"}
    if labelled:
        spots = [first, *rivals]
        if name == ADDRESS and all((ink.page, ink.box.top) > (draft.ink.page, draft.ink.box.bottom) for _, ink, _ in spots):
            out.add("first")
        if all(_elsewhere(*spot, draft.ink) for spot in spots):
            out.add("apart")
    return out


_UNIT_BEFORE = re.compile(r"(?:NT\$?|\$|新[臺台]幣|民國|中華民國)$")
_WORDS_END = re.compile(r"[\u4e00-\u9fff]{2,}[:：(（]?$")
_ONLY_WORDS = re.compile(r"[\u4e00-\u9fff()（）、:：]{2,16}")


def words_beside(sketch: Sketch, draft: Draft) -> str:
    """The words right before a value, in its own stretch or in the next one to its left; '' where something else stands between, and where
    a figure follows at once that may belong to it, as in boxes for one figure each."""
    sheet = next(s for s in sketch.paper.sheets if s.number == draft.ink.page)
    start, end = draft.ink.boxes[0].left, draft.ink.boxes[-1].right
    row = sheet.row(draft.ink.boxes[0])
    gap = 2 * draft.ink.boxes[0].height * sheet.page.height / sheet.page.width
    if any(re.match("[0-9]", i.text) and -0.002 <= i.box.left - end < gap for i in row):
        return ""
    own = next((i for i in row if i.box.left < start - 0.002 and i.box.right >= end - 0.002), None)
    if own is not None:
        said = "".join(c for c, b in zip(own.text, own.boxes, strict=True) if b.right <= start + 0.3 * b.width)
        said = _UNIT_BEFORE.sub("", "".join(said.split()))
        if said:
            found = _WORDS_END.search(said)
            return found[0] if found else ""
    left = [i for i in row if i.box.right <= start + 0.002 and not _UNIT_BEFORE.fullmatch(i.text)]
    words = "".join(left[-1].text.split()) if left else ""
    return words if _ONLY_WORDS.fullmatch(words) else ""


def looks_like_person(name: str) -> bool:
    """Whether a name is of two to four Chinese characters, the first a surname, and no label."""
    return re.fullmatch(r"[\u3400-\u9fff]{2,4}", name) is not None and name[0] in SURNAMES and not LABELISH.search(name)


SELLER, SELLER_NO, BUYER_NO = "inv.seller_name", "inv.seller_uniform_no", "inv.buyer_uniform_no"


def in_block(sketch: Sketch, draft: Draft) -> bool:
    """Whether a seller's name stands right above or below the seller's number, as in a stamp, where that number is not the buyer's: the
    buyer's is known and is another one, or none other stands on the paper."""
    number = next((d for d in sketch.drafts.get(SELLER_NO, ()) if d.value is not None), None)
    if number is None or number.parser is None or number.ink.page != draft.ink.page or not ubn.is_valid(str(number.value)):
        return False
    a, b = draft.ink.box, number.ink.box
    near = max(a.top, b.top) - min(a.bottom, b.bottom) < 1.2 * max(a.height, b.height) and not a.overlap(b)
    under = min(a.right, b.right) - max(a.left, b.left) > 0.5 * min(a.width, b.width)
    buyer = sketch.text(BUYER_NO)
    return near and under and (buyer != number.value if buyer else next(others(sketch, SELLER_NO, number, number.parser), None) is None)


def others(sketch: Sketch, name: str, best: Draft, parser: Parser) -> Iterator[tuple[Sheet, Ink, int]]:
    """Where other values of the field's form stand: sheet, ink, place in its text."""
    taken = [d.value for other, drafts in sketch.drafts.items() if other != name for d in drafts if d.labelled]
    sort = term(name).type
    for sheet in sketch.paper.sheets:
        for ink in sheet.inks:
            if not _may_hold(name, sort, ink.text) or (sort in ("date", "month") and (_SPAN.search(ink.text) or _CODE.match(ink.text))):
                continue
            rest: Ink | None = ink
            start = 0
            while rest is not None and (found := parser(rest)) is not None:
                said, after, before = rest.text[found.start:found.end], ink.text[start + found.end:], ink.text[:start + found.start]
                if _counts(name, sort, found.value, best, said, before, after) and not any(alike(found.value, t) for t in taken):
                    yield sheet, ink, start + found.start
                start += found.end
                rest = rest.part(found.end, len(rest.text)) if found.end > 0 and rest.text[found.end:].strip() else None
                start = len(ink.text) - len(rest.text) if rest is not None else start


def _may_hold(name: str, sort: str, text: str) -> bool:
    """A sift before the parser is asked."""
    if name in ENTITIES:
        return 2 < len(text) < 60 and has_suffix(_LEAD.sub("", text))
    if name in PERSONS:
        return _BODY.fullmatch(_LEAD.sub("", text).strip()) is not None
    if name == ADDRESS:
        return "號" in text
    if sort in ("money", "integer", "digits8") or name in ("inv.number", "inv.random_code", "ins.unit_no"):
        return re.search("[0-9OolI]", text) is not None
    return re.search("[0-9一二三四五六七八九十]", text) is not None


def _counts(name: str, sort: str, value: Value, best: Draft, said: str, before: str, after: str) -> bool:
    """Whether a value of the field's form that stands elsewhere is to be reckoned with at all."""
    if alike(value, best.value):
        return False
    if isinstance(value, str) and isinstance(best.value, str):
        if name in ENTITIES:
            body = _LEAD.sub("", value)
            return has_suffix(body) and best.value not in value and body not in best.value and not LABELISH.search(body) \
                and not _ONLY_FORM.fullmatch(body) and not re.search(r"[0-9]號|[、。，,;；「」]", body)
        if name in PERSONS:
            return looks_like_person(value)
        if name == ADDRESS:
            return "號" in value and value not in best.value and best.value not in value
        if sort == "digits8":
            return ubn.is_valid(value)
        if name == "inv.random_code":
            return not _DATE_ABOUT.search(after[:1]) and not re.fullmatch(r"(?:19|20)[0-9]{2}|[0-9]{3}年?", said)
        if sort == "month":
            return value >= "1986-04" and not (name == "tax.period" and _same_period(value, best.value))
        if sort == "date":
            return not _TIME.search(after) and re.search("[A-Za-z0-9]$", before) is None and value >= "1945-10-25"
        if name == "ins.unit_no":
            return "*" not in before + after and (value[-1:].isalpha() or not best.value[-1:].isalpha())
    if sort == "integer":
        return re.match("[人名位]", after) is not None or re.search("人數?[:：]?$", before) is not None
    if sort == "money" and isinstance(best.value, int) and best.value >= 1000:
        return re.search("[,$]", said) is not None or (not re.search("[,$]", best.ink.text) and isinstance(value, int) and value >= 1000)
    return True


def _same_period(a: str, b: str) -> bool:
    return a[:4] == b[:4] and (int(a[5:]) + 1) // 2 == (int(b[5:]) + 1) // 2


def _elsewhere(sheet: Sheet, ink: Ink, start: int, best: Ink) -> bool:
    """Whether a place belongs to another label, which is not the field's own, or the field's reader would have drafted it: words stand
    right before it, in its line or to its left in the row, or it stands in a column under a head. So does the day on which a paper was
    issued, which stands alone in a row below all that it says, and the trade beside its code."""
    if _OF_OTHERS.search(ink.text[start:]):
        return True
    before = "".join(ink.text[:start].split())
    if before:
        return _BEFORE.search(_BRACKET.sub("", before)) is not None or _IDENTITY.search(before) is not None
    row = sheet.row(ink.box)
    alone = ink.box.top > best.box.bottom and all(i is ink or _SEAL_BIT.fullmatch(i.text) for i in row)
    if alone and _ISSUED.fullmatch("".join(ink.text.split())):
        return True
    left = [i for i in row if i.box.right <= ink.box.left + 0.005]
    words = _BRACKET.sub("", _COUNTED.sub("", "".join(left[-1].text.split()))) if left else ""
    near = bool(left) and (ink.box.left - left[-1].box.right < 0.25 or is_label(words))
    label = _BEFORE.search(words) is not None and re.search("[0-9]", words) is None
    if near and (label or _CODE.fullmatch(words) or _IDENTITY.search(words)):
        return True
    above = (i for i in reversed(sheet.inks) if i.box.bottom < ink.box.centre[1] and i.box.left < ink.box.right
             and ink.box.left < i.box.right)
    return any(is_label(i.text) for i in above)


_NOTES = re.compile(r"[(（][^)）]*[)）]?|[:：\s]")


def is_label(text: str) -> bool:
    """Whether a stretch of ink says nothing but a label, notes in brackets left out."""
    body = _NOTES.sub("", text)
    return len(body) <= 10 and (LABELISH.search(body) is not None or _HEADS.search(body) is not None)


_HEADS = re.compile(r"(?:住所|居所|住址|職稱|股份|股數|出資額?|持股|股款|額|費|數)$")


_MONTH = re.compile(r"(?:民國)?(?:[0-9]{2,3}|20[0-9]{2})(?:[./\-]|年)(?:0?[1-9]|1[0-2])(?:月份?)?")
_NOT_OF_TABLE = re.compile(r"日期|期間|區間|查詢|列印|印表|時間|製表|至|~|期限")


def other_months(sketch: Sketch) -> list[tuple[str, str]]:
    """Months that stand alone on the paper and are none of the table's: (YYYY-MM, as printed). The table goes on where it was not read."""
    table = sketch.value("hc.monthly_insured")
    known = {row.get("month") for row in table if isinstance(row, dict)} if isinstance(table, list) else {sketch.value("hc.latest_month")}
    out = []
    for sheet in sketch.paper.sheets:
        for ink in sheet.inks:
            for token in ink.text.split():
                month = roc_date.parse_month(token) if _MONTH.fullmatch(token) else None
                if month is not None and month not in known and not any(_NOT_OF_TABLE.search(i.text) for i in _left(sheet, ink)):
                    out.append((month, token))
    return out


def _left(sheet: Sheet, ink: Ink) -> list[Ink]:
    return [i for i in sheet.row(ink.box) if i is ink or i.box.right <= ink.box.left + 0.005]


_AMOUNT = re.compile(r"(?<![0-9.,/\-])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9,])")


def _money(inks: Sequence[Ink]) -> Iterator[int]:
    """The amounts on a paper that are written with thousands marks."""
    for ink in inks:
        for m in _AMOUNT.finditer(ink.text):
            yield int(m[0].replace(",", ""))


def alike(a: Value, b: Value) -> bool:
    """Whether two values agree; text without blanks."""
    if isinstance(a, str) and isinstance(b, str):
        return "".join(a.split()) == "".join(b.split())
    return bool(a == b)
