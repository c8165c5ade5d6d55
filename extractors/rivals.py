"""What the structure of a page says against a value whose ink was read rightly: words of an earlier time or of another party before it,
another value of its form beside it, a column of like figures, figures of two numbers in one. A layout that is not understood gives the
wrong place every mark of the right one, so these doubts ask for nothing that a label says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from domain.document import TEXT_LAYER, Box
from domain.field import Value
from domain.vocabulary import term
from extractors.kind import Draft, Sketch
from extractors.readers.ink import Ink, Sheet
from extractors.readers.words import is_label
from extractors.risk import ENTITIES
from extractors.standing import MANY, others

_BEFORE = re.compile(
    r"(?:上|前)(?:月|期|季|年度|一?個月|月底|次(?!變更|異動|核准))|去年|(?:變更|異動|修正|更正|調整|增資|減資|遷移|改選)前"
    r"|原(?:登記|核准|公司|商業|商號|名稱|址|地址|所在|負責人|代表人|資本|實收|人數|保險證|投保)|舊(?:名稱|址|地址|負責人|代表人|資本)")
"""Words that make a value one of an earlier time."""

_TIMED = ("hc.latest_count", "hc.latest_month", "ins.domestic_count", "ins.amount_due", "ins.unit_name", "ins.unit_no", "org.name",
          "org.responsible_person", "org.registered_address", "fin.authorized_capital", "fin.paid_in_capital", "tax.sales_amount",
          "tax.tax_payable")
"""Fields of which a paper may print an earlier value too; dates of founding and of change speak of earlier times by themselves."""

_OTHERS = re.compile(r"事務所|會計師|律師|記帳士|銀行|國稅局|稅捐|副本|代理人|受任人|代收人|受託|分公司|總機構|被投資|關係企業|法人股東")
"""Words before a value that make it another's."""

_LABEL_FIRST = re.compile("(?:投保|繳費|繳款|事業)單位|單位(?:名稱|全銜)|(?:公司|商業|商號|營業人|行號)名稱|買受人|納稅義務人")
"""Labels that no name begins with."""

_OTHER_INSURANCE, _THIS_INSURANCE = re.compile("職災|職保|勞退|提繳|退休金|健保"), re.compile("勞保|勞工保險|勞就?保")
"""Words before the number of an insured unit: of another insurance, and of this one, which may stand with them."""

_WORDS = 14
"""So many signs right before a value may be its label."""

_OWN = ("org.uniform_no", "org.name", "org.responsible_person", "org.registered_address")
_SINGLE = ("integer", "month", "digits8")
_PARTED = re.compile(r"[\s、,，/／;；及與和暨]+|(?<=[月份])")
"""What stands between two values of a list; of months nothing, where the blank between them is lost."""

COUNT, MONTH = "hc.latest_count", "hc.latest_month"
_HEAD = re.compile(r"(?<![均資薪])人數(?:合計|總計)?(?:[(（].*)?$|總人數|員工數")
_NUMBER = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,6})[人名]?")


def rivals(sketch: Sketch, name: str, draft: Draft) -> list[str]:
    """Sentences for a person, in 正體中文; none where nothing on the page rivals the value."""
    if draft.witness == "qr":
        return []
    out = _codes(draft) if name == "org.business_items" else []
    sheet = next(s for s in sketch.paper.sheets if s.number == draft.ink.page)
    if draft.parts or name == COUNT:
        out += _columns(sketch, name, draft)
    if draft.parts:
        return out
    said = before(sheet, draft.ink)
    if name in _TIMED and (m := _BEFORE.search(said)) and not _known(said, name):
        out.append(f"值的前面印有「{m[0]}」，可能是以前的資料")
    if name in _OWN and (m := _OTHERS.search(said)) and m[0] not in str(draft.value):
        out.append(f"值的前面印有「{m[0]}」，可能是別人的資料")
    if name in ENTITIES and (m := _LABEL_FIRST.match(str(draft.value))):
        out.append(f"名稱前面的「{m[0]}」像是欄名，請核對")
    if name == "ins.unit_no" and (m := _OTHER_INSURANCE.search(said)) and not _THIS_INSURANCE.search(said):
        out.append(f"值的前面印有「{m[0]}」，可能是另一種保險的證號")
    if term(name).type in _SINGLE:
        out += _beside(sheet, draft)
    if term(name).type in ("integer", "money"):
        out += _split(draft)
    out += _akin(sketch, name, draft)
    if name == COUNT and "hc.monthly_insured" not in sketch.drafts:
        out += _under_other_heads(sheet, draft)
    if name == "org.registered_address" and isinstance(draft.value, str):
        out += _no_place(draft.value)
    return out


def before(sheet: Sheet, ink: Ink) -> str:
    """What stands before a value in its own stretch; where nothing does, the stretch left of it in its row."""
    start = ink.boxes[0].left
    row = sheet.row(ink.boxes[0])
    own = next((i for i in row if i.box.left < start - 0.002 and i.box.overlap(ink.boxes[0]) > 0), None)
    if own is not None:
        said = "".join(c for c, b in zip(own.text, own.boxes, strict=True) if b.right <= start + 0.3 * b.width)
        if said.strip():
            return "".join(said.split())
    left = [i for i in row if i.box.right <= start + 0.002]
    return "".join(left[-1].text.split()) if left else ""


def _known(said: str, name: str) -> bool:
    """Whether the words are a label that the vocabulary knows, of a field of the past."""
    return name.endswith("_date") and is_label(said)


def _holder(sheet: Sheet, ink: Ink) -> Ink | None:
    """The stretch in which a value stands."""
    return next((i for i in sheet.row(ink.boxes[0]) if i.box.overlap(ink.box) > 0 and ink.text in i.text), None)


def _beside(sheet: Sheet, draft: Draft) -> list[str]:
    """Another value of the form in the same stretch, with nothing but a comma or a blank between them; or alone in the same cell."""
    own = _holder(sheet, draft.ink)
    if own is None or draft.parser is None:
        return []
    at = next((k for k, b in enumerate(own.boxes) if b.left >= draft.ink.boxes[0].left - 0.001), 0)
    end = at + len(draft.ink.text)
    found = [_first(own, end, draft), _last(own, at, draft)]
    cell = sheet.cell_of(own.box)
    if cell is not None and 1 < len(cell.inks) <= 3:
        found += [_whole(i, draft) for i in cell.inks if i is not own]
    other = next((v for v in found if v is not None and v != draft.value), None)
    return [f"同一處並列另一個值「{other}」，請核對"] if other is not None else []


def _first(own: Ink, end: int, draft: Draft) -> Value:
    m = _PARTED.match(own.text, end) if end < len(own.text) else None
    if m is None or m.end() >= len(own.text) or draft.parser is None:
        return None
    found = draft.parser(own.part(m.end(), len(own.text)))
    return found.value if found and found.start == 0 and _alone(own.text[m.end() + found.end:]) else None


def _last(own: Ink, at: int, draft: Draft) -> Value:
    head = own.text[:at]
    rest = re.split("[:：]", head)[-1]
    body = rest.rstrip(" 、,，/／;；及與和暨")
    if not body or (body == rest and body[-1] not in "月份") or draft.parser is None:
        return None
    start = len(head) - len(rest)
    found = draft.parser(own.part(start, start + len(body)))
    return found.value if found and found.end == len(body) and _alone(body[:found.start]) else None


def _alone(text: str) -> bool:
    """Whether nothing of a word or of a longer number goes on here."""
    return re.match(r"[0-9\u4e00-\u9fff%.:：]", text.strip().removeprefix("人").removeprefix("名")) is None


def _whole(ink: Ink, draft: Draft) -> Value:
    found = draft.parser(ink) if draft.parser else None
    return found.value if found and found.start == 0 and found.end == len(ink.text) else None


def _split(draft: Draft) -> list[str]:
    """A number whose figures stand in two rows, or with one gap wider than a figure and than the others: two numbers read as one."""
    signs = [(c, b) for c, b in zip(draft.ink.text, draft.ink.boxes, strict=True) if c != " "]
    pairs = [(a, b) for (c, a), (d, b) in zip(signs, signs[1:], strict=False) if c.isdigit() and d.isdigit()]
    if any(not a.same_row(b) for a, b in pairs):
        return ["數字分成兩行，可能是兩個數"]
    gaps = sorted(b.left - a.right for a, b in pairs)
    wide = bool(gaps) and gaps[-1] > 1.2 * max(b.width for _, b in pairs) and (len(gaps) < 2 or gaps[(len(gaps) - 1) // 2] < 0.2 * gaps[-1])
    return ["數字之間隔得很開，可能是並列的兩個數"] if wide else []


TELLING = {
    "hc.latest_month": "年月|月份",
    "hc.latest_count": "投保人數|被保險人?人數|生效人數|計費人數|總人數", "ins.domestic_count": "(?<!非)本國",
    "ins.unit_no": "保險證|單位[編代]號|證號",
    "fin.paid_in_capital": "實收|實繳", "fin.authorized_capital": "資本總額|章定|額定", "ins.printed_on": "印表|列印|製表|印製",
    "org.founding_date": "設立|創設|成立", "org.last_change_date": "變更|異動", "reg.approval_date": "發文日|核准日|核准登記日",
    "reg.approval_no": "發文字號|核准.{0,4}文號", "ins.amount_due": "應繳(?:總?金額|總額|保險費)",
    "org.responsible_person": "負責人|代表人",
    "org.registered_address": "公司所在地|營業所在地|商業所在地|登記地址|營業地址", "inv.date": "開立日|發票日", "inv.number": "發票號碼",
}
"""The morphemes by which the labels of a field are told, whatever stands around them."""


def _akin(sketch: Sketch, name: str, draft: Draft) -> list[str]:
    """Another value of the form that stands by words with the field's own morpheme: one of the two labels means something else."""
    if name == MONTH and "hc.monthly_insured" in sketch.drafts:
        return []  # a table has many months, and its head says from which to which
    if name not in TELLING or draft.parser is None or sum(len(s.inks) for s in sketch.paper.sheets) > MANY:
        return []
    for sheet, ink, start in others(sketch, name, draft, draft.parser):
        said = "".join(ink.text[:start].split()) or before(sheet, ink)
        words = re.split("[0-9,，、;；]", said.rstrip(":："))[-1][-_WORDS:]
        if re.search(TELLING[name], words) and not _BEFORE.search(said[-2 * _WORDS:]):
            return [f"另一處也印有這一欄的值（{words}），請核對是哪一個"]
    return []


def _under_other_heads(sheet: Sheet, draft: Draft) -> list[str]:
    """A column of numbers of persons elsewhere on the page in which the count does not stand."""
    for head in sheet.inks:
        text = "".join(head.text.split())
        if len(text) > 8 or not _HEAD.search(text) or head.box.same_row(draft.ink.box):
            continue
        under = _under(sheet, head)
        if len(under) > 1 and all(_value(i) != draft.value for i in under) and not any(i.box.overlap(draft.ink.box) > 0 for i in under):
            return [f"「{text}」一欄印的是其他人數，請核對"]
    return []


def _under(sheet: Sheet, head: Ink) -> list[Ink]:
    """The numbers that follow one another under a head."""
    reach = Box(head.box.left - 1.5 * head.em, head.box.top, head.box.right + 1.5 * head.em, head.box.bottom)
    top = head.box.bottom - 0.2 * head.height
    below = sorted((i for i in sheet.inks if i.box.top >= top and reach.left < i.box.centre[0] < reach.right), key=lambda i: i.box.top)
    out: list[Ink] = []
    at = head.box.bottom
    for ink in below:
        if not _NUMBER.fullmatch(ink.text) or ink.box.top - at > 4 * head.height:
            break
        out.append(ink)
        at = ink.box.bottom
    return out


def _value(ink: Ink) -> int | None:
    m = _NUMBER.fullmatch(ink.text)
    return int(m[1].replace(",", "")) if m else None


def _columns(sketch: Sketch, name: str, draft: Draft) -> list[str]:
    """A table of months with another column of numbers of persons, where no head that is known tells the two apart."""
    table = next((d for d in sketch.drafts.get("hc.monthly_insured", ()) if d.value is not None), None)
    if table is None or name not in ("hc.monthly_insured", COUNT) or len(table.parts) < 3:
        return []
    for sheet in sketch.paper.sheets:
        own = [p.ink for p in table.parts if p.ink.page == sheet.number]
        if len(own) < 3 or not _one_column(own):
            continue
        mine = _head_over(sheet, own)
        columns = list(_like(sheet, own))
        for other in columns:
            head = _head_over(sheet, other)
            if (_tells(head) and not _tells(mine)) or (head is None and any(_make(own, other, c) for c in columns if c is not other)):
                continue
            if head is None or (_HEAD.search(head) and not (mine is not None and is_label(mine) and not _HEAD.search(mine))):
                return [f"表上另有一欄數字{f'（{head}）' if head else ''}，請核對哪一欄是投保人數"]
    return []


def _make(own: Sequence[Ink], a: Sequence[Ink], b: Sequence[Ink]) -> bool:
    """Whether two columns make the chosen one in every row: they count parts of it (男, 女)."""
    rows = zip(*(sorted(c, key=lambda i: i.box.top) for c in (own, a, b)), strict=False)
    return len(own) == len(a) == len(b) and all((_value(x) or 0) + (_value(y) or 0) == _value(total) for total, x, y in rows)


def _tells(head: str | None) -> bool:
    """Whether a head says that not all who are insured are counted in its column."""
    return head is not None and re.search("加保|退保|本國|外國|外籍|增|減|平均|天|薪資|金額|費|序|備註", head) is not None


def _one_column(inks: Sequence[Ink]) -> bool:
    return max(i.box.centre[0] for i in inks) - min(i.box.centre[0] for i in inks) < 0.05


def _like(sheet: Sheet, own: Sequence[Ink]) -> Iterator[list[Ink]]:
    """The other columns of bare numbers in the rows of one: those that stand in two thirds of the rows."""
    found: list[list[Ink]] = []
    for ink in own:
        for other in sheet.row(ink.box):
            if other.box.overlap(ink.box) > 0 or not _NUMBER.fullmatch(other.text):
                continue
            group = next((g for g in found if abs(g[-1].box.centre[0] - other.box.centre[0]) < 0.03), None)
            if group is None:
                found.append([other])
            else:
                group.append(other)
    for group in found:
        values = [v for i in group if (v := _value(i)) is not None]
        numbered = len(values) > 2 and values in (sorted(set(values)), sorted(set(values), reverse=True)) and min(values) <= 1
        if 3 * len(group) >= 2 * len(own) and not numbered:
            yield group


def _head_over(sheet: Sheet, inks: Sequence[Ink]) -> str | None:
    """The words over a column."""
    top = min(i.box.top for i in inks)
    box = Box.around([i.box for i in inks])
    over = [i for i in sheet.inks if i.box.bottom <= top + 0.3 * i.height and len(i.text) <= 16
            and i.box.left < box.right + i.em and box.left - i.em < i.box.right and re.search(r"[\u4e00-\u9fff]", i.text)]
    nearest = max(over, key=lambda i: i.box.bottom, default=None)
    return "".join(nearest.text.split()) if nearest is not None and top - nearest.box.bottom < 6 * nearest.height else None


def _no_place(value: str) -> list[str]:
    """What ends like an address but is none: a letter's number, or a text without a road, a lane or a village."""
    if "字第" in value or "文號" in value:
        return ["讀到的像是文號，不是地址"]
    if re.search("號.*[縣市].*號", value):
        return ["讀到的像是兩個地址"]
    return [] if re.search("[路街道段巷弄村里鄰]", value) else ["地址裡沒有路、街或村里，請核對"]


def _codes(draft: Draft) -> list[str]:
    """A code whose first sign the engine took for a figure, before a 2 that may as well be a Z: I2 and IZ look alike then."""
    odd = next((p for p in draft.parts if p.ink.source != TEXT_LAYER and re.match("[1l|]2", p.ink.text)), None)
    return [f"「{odd.value}」的第二個字可能是英文字母，請核對"] if odd else []
