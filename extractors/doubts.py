"""What speaks against a value, whatever its witnesses: it is a label, a part of a longer name, of another time, or not all there is."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from domain.document import TEXT_LAYER
from domain.field import Value
from domain.taiwan import ubn
from domain.vocabulary import term
from extractors import kinds
from extractors.kind import Draft, Sketch
from extractors.readers.ink import is_han
from extractors.readers.labels import folded
from extractors.readers.letters import OFFICES
from extractors.readers.names import cut_form
from extractors.risk import CAPITALS, ENTITIES, LEAST_CAPITAL, NAMES
from extractors.rivals import rivals
from extractors.standing import LABELISH, MONTHLY, PERSONS, other_months

EARLIEST = {
    "inv.date": "1986-04-01", "tax.period": "1986-04", "ins.printed_on": "1990-01-01", "hc.latest_month": "1990-01",
    "org.founding_date": "1895-01-01", "org.last_change_date": "1945-10-25", "reg.approval_date": "1945-10-25",
}
"""Before these days no such paper was issued: 加值型營業稅 began on 1986-04-01; computer lists of insured persons are younger than 1990."""

FORMS = re.compile(r".?(?:股份有限公司|有限公司|兩合公司|無限公司|公司|企業社|商行|工作室|行|社|店)")


def doubts(sketch: Sketch, name: str, draft: Draft) -> list[str]:
    """Sentences for a person, in 正體中文; none where nothing speaks against the value."""
    out = [*_glyphs(name, draft), *_too_early(name, draft.value), *_no_name(name, draft.value), *_cut_name(sketch, name, draft),
           *_cut_person(sketch, name, draft)]
    if draft.ink.cut and draft.witness != "qr":
        out.append("字在影像邊緣，可能被切掉一部分")
    if name in MONTHLY:
        out += _later_months(sketch)
    if name == "hc.monthly_insured":
        out += _unread_pages(sketch, draft)
    if term(name).type == "date":
        out += _cut_date(sketch, draft)
    if term(name).type == "money":
        out += _cut_amount(sketch, draft)
    if name in CAPITALS and isinstance(draft.value, int) and draft.value < LEAST_CAPITAL:
        out.append("資本額小得不合理，可能沒有讀完")
    if name == "org.registered_address" and isinstance(draft.value, str) and not re.search("號.*[^之－-]$|號$", draft.value):
        out.append("地址可能沒有讀完")
    if name == "org.registered_address" and isinstance(draft.value, str) and re.search("[路街道]段[0-9]", draft.ink.text):
        out.append("地址的「段」前面少了數字，已推定為一段，請核對")
    if name == "reg.approval_no":
        out += _longer_office(draft.value)
    out += _shared(sketch, name, draft)
    if name == "org.business_items":
        out += _stray_codes(draft)
    return out + rivals(sketch, name, draft)


def _glyphs(name: str, draft: Draft) -> list[str]:
    """Glyphs in a name that Taiwan's own character set does not have, or an engine's low score: both engines fail on them silently."""
    if draft.ink.source == TEXT_LAYER:
        return []
    if term(name).type == "digits8" and draft.witness != "qr" and isinstance(draft.value, str) and not ubn.is_valid(draft.value):
        return ["統一編號檢查碼不符，可能看錯字"]
    if name == "ins.unit_no" and re.fullmatch("[0-9]{9}", str(draft.value)):
        return ["保險證號的檢查碼通常是英文字母，可能看錯"]
    if name in NAMES and isinstance(draft.value, str):
        odd = [c for c in draft.value if is_han(c) and not _in_big5(c)]
        if odd:
            return [f"「{'、'.join(odd)}」字形罕見或為異體字，請核對"]
    if name in PERSONS and isinstance(draft.value, str):
        return [f"很少人以「{c}」為名，可能是「{_unnamed()[c]}」，請核對" for c in draft.value[1:] if c in _unnamed()][:1]
    return []


@cache
def _unnamed() -> dict[str, str]:
    """Words of every day that hardly anybody has in his name, and the sign of almost the same shape that many have: ``unnamed.csv`` (read,
    named). Engines that have learnt from texts take the one for the other alike, so that a second one tells nothing."""
    rows = Path(__file__).with_name("unnamed.csv").read_text(encoding="utf-8").split()[1:]
    return dict(row.split(",", 1) for row in rows)


def _in_big5(c: str) -> bool:
    try:
        c.encode("cp950")
    except UnicodeEncodeError:
        return False
    return True


def _too_early(name: str, value: Value) -> list[str]:
    return ["日期早得不合理，可能看錯"] if isinstance(value, str) and value < EARLIEST.get(name, "") else []


def _longer_office(value: Value) -> list[str]:
    """A sign before the mark of an office that is known belongs to the line before it."""
    mark = str(value).split("字第")[0]
    known = next((o for o in OFFICES if len(o) > 2 and mark.endswith(o)), None)
    return [f"「{known}」前面多出「{mark.removesuffix(known)}」，請核對"] if known and mark not in OFFICES else []


def _cut_date(sketch: Sketch, draft: Draft) -> list[str]:
    """A date of 年 and 月 that ends without 日, which does not begin the next line either."""
    if not re.search(r"年.*月[0-9]{1,2}$", draft.ink.text):
        return []
    foot = draft.ink.boxes[-1]
    inks = [i for s in sketch.paper.sheets if s.number == draft.ink.page for i in s.inks]
    near = [i.text for i in inks if -0.5 * foot.height < i.box.top - foot.top < 3 * foot.height
            and (i.box.top > foot.centre[1] or i.box.left >= foot.right - 0.005)]
    return [] if any(t.startswith("日") for t in near) else ["日期後面沒有「日」字，可能沒有讀完"]


def _cut_amount(sketch: Sketch, draft: Draft) -> list[str]:
    """An amount right before which another figure stands."""
    first = draft.ink.boxes[0]
    for sheet in sketch.paper.sheets:
        for ink in sheet.row(first) if sheet.number == draft.ink.page else ():
            if re.search("[0-9],?$", ink.text) and -0.3 * first.width < first.left - ink.boxes[-1].right < 1.2 * first.width:
                return ["金額前面緊接另一個數字，可能沒有讀完"]
    return []


EXCLUSIVE = (("org.founding_date", "org.last_change_date"), ("inv.net_amount", "inv.tax_amount", "inv.total_amount"),
             ("inv.seller_uniform_no", "inv.buyer_uniform_no"), ("org.name", "org.responsible_person"),
             ("hc.latest_count", "ins.domestic_count"))
"""Fields of which no two stand in one place."""


def _shared(sketch: Sketch, name: str, draft: Draft) -> list[str]:
    """A place that is read as two fields: one of them stands elsewhere."""
    others = [o for group in EXCLUSIVE if name in group for o in group if o != name]
    bests = [next((d for d in sketch.drafts.get(o, ()) if d.value is not None), None) for o in others]
    if draft.witness != "qr" and any(b is not None and b.witness != "qr" and b.ink.page == draft.ink.page
                                     and b.ink.box.holds(draft.ink.box) and draft.ink.box.holds(b.ink.box) for b in bests):
        return ["同一處文字被讀作兩個欄位，請核對"]
    return []


_INSIDE = re.compile(r"名稱|姓名|資本[總額]|統一編號|代表人|負責人|所在地|地址|日期|總額|金額|證號|字號|[:：]")
"""Words that stand in labels and in no name of a firm or a person."""


@cache
def _labels() -> frozenset[str]:
    """The labels and titles of all kinds."""
    return frozenset(folded(word) for kind in kinds.load().values() for word in (*kind.labels, *kind.titles))


def _no_name(name: str, value: Value) -> list[str]:
    """A name that is a firm's form without its name, or a label, or something else that the paper says."""
    if not isinstance(value, str) or name not in (*ENTITIES, *PERSONS):
        return []
    if name in ENTITIES and FORMS.fullmatch(value):
        return ["只讀到組織種類，沒有讀到名稱"]
    if name in ENTITIES and cut_form(value):
        return ["名稱最後少了「公司」，可能沒有讀完"]
    if folded(value) in _labels() or LABELISH.search(value) or _INSIDE.search(value):
        return ["讀到的像是欄名，不是名稱或姓名"]
    if name in PERSONS and re.search(r"公司|政府|[縣市局處署院]$", value):
        return ["讀到的像是機關或公司名稱，不是姓名"]
    return []


def _cut_name(sketch: Sketch, name: str, draft: Draft) -> list[str]:
    """A name that stands elsewhere on the paper with more before it, which is no label: here its beginning is cut off, as in a seal."""
    if name not in ENTITIES or not isinstance(draft.value, str) or draft.ink.source == TEXT_LAYER:
        return []
    for sheet in sketch.paper.sheets:
        for ink in sheet.inks:
            text = re.split("[:：]", ink.text)[-1].strip()
            head = text.removesuffix(draft.value)
            if head != text and re.fullmatch(r"[\u3400-\u9fff]{1,3}", head) and head != "中文" and not LABELISH.search(head):
                return [f"同一份文件另一處寫作「{text}」"]
    return []


PROSE = 16
"""A line of more signs is running text, whose words go on in the next line."""


def _cut_person(sketch: Sketch, name: str, draft: Draft) -> list[str]:
    """A name of two signs at the very end of a line of running text: its third may begin the next line."""
    if name not in PERSONS or not isinstance(draft.value, str) or len(draft.value) != 2:
        return []
    lines = [i for s in sketch.paper.sheets if s.number == draft.ink.page for i in s.inks if len(i.text) > PROSE]
    return ["姓名在行末，可能沒有讀完"] if any(i.text.endswith(draft.value) and i.boxes[-1] == draft.ink.boxes[-1] for i in lines) else []


def _later_months(sketch: Sketch) -> list[str]:
    """A month later than the latest one of the table that stands alone on the paper."""
    latest = sketch.text("hc.latest_month")
    if latest is None or "hc.monthly_insured" not in sketch.drafts:
        return []
    return [f"表上另有較後的月份（{token}）沒有讀入" for month, token in other_months(sketch) if month > latest][:1]


def _unread_pages(sketch: Sketch, draft: Draft) -> list[str]:
    """A table of months on a paper of several pages, one of which gave no month."""
    pages = {p.ink.page for p in draft.parts}
    silent = [s.number for s in sketch.paper.sheets if s.number not in pages]
    return [f"第 {silent[0]} 頁沒有讀到月份，表可能沒有讀完"] if pages and silent else []


def _stray_codes(draft: Draft) -> list[str]:
    """A code that stands far from all others of its list may be another number."""
    for page in {p.ink.page for p in draft.parts}:
        parts = [p for p in draft.parts if p.ink.page == page]
        if len(parts) < 3:
            continue
        gaps = [min(abs(p.ink.box.centre[1] - q.ink.box.centre[1]) for q in parts if q is not p) for p in parts]
        usual = sorted(gaps)[len(gaps) // 2]
        for p, gap in zip(parts, gaps, strict=True):
            if gap > 3 * max(usual, p.ink.height):
                return [f"「{p.value}」離其他營業項目代碼很遠，請核對"]
    return []
