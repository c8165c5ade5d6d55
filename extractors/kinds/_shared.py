"""Readers and checks that several kinds share."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from statistics import median

from domain.document import OCR
from domain.field import Value
from domain.taiwan import money, ubn
from extractors.kind import Check, Draft, Reader, Sketch
from extractors.kinds._amounts import or_else
from extractors.readers import families
from extractors.readers.addresses import place
from extractors.readers.ink import Ink, Paper
from extractors.readers.names import entity, form_goes_on, has_suffix
from extractors.readers.places import Beside, Matching, Only, Running, around, in_turn
from extractors.readers.values import Found, day, insured_unit_no, lettered_unit_no, uniform_no
from extractors.readers.wording import Worded

ADDRESS_LABELS = ("公司所在地", "商業所在地", "營業所在地", "所在地", "登記地址", "營業地址", "地址")

FOUNDED = ("核准設立日期文號", "設立核准日期文號", "核准設立登記日期", "核准設立日期", "設立核准日期", "設立登記日期", "核准登記日期",
           "設立日期", "創設日期",
           "核准設立日", "設立登記日", "設立核准日", "設立日", "設立登記")
CHANGED = ("最近異動核准日期文號", "最後核准變更日期", "最近一次異動日期", "最近核准變更日期", "最近異動核准日期", "變更核准日期",
           "核准變更日期", "異動核准日期", "最近一次變更登記日期", "最近一次變更日期", "最近異動日期", "最後異動日期", "最近變更日期",
           "最後變更日期", "變更登記日期", "異動日期", "變更日期",
           "最後核准變更日", "核准變更日", "最近異動日", "最後異動日",
           "最近變更日", "最後變更日", "變更登記日", "異動日", "變更日",
           "最近一次變更", "最近一次異動", "最後一次變更", "最近變更", "最近異動", "最後變更", "最後異動")


founded = or_else(around(FOUNDED, day), Worded(families.FOUNDED, day), Worded("登記日期?", day, sure=False))
changed = or_else(around(CHANGED, day), Worded(families.CHANGED, day))
"""The day of founding and that of the last change, by their labels."""

SAID_FOUNDED = Matching(day, near="日(?:核准)?設立(?:登記)?[。)]?$", most=1, told=True)
SAID_CHANGED = Matching(day, near="日(?:核准)?變更(?:登記)?[。)]?$", most=1, told=True)
"""A date with its meaning behind it: 民國92年12月5日核准設立."""


def _lone_name(ink: Ink) -> Found | None:
    """A name that has its line to itself and ends as firms' names do."""
    found = entity(ink)
    return found if found and len(ink.text) <= 30 and found.value == ink.text and re.search(_FIRM, ink.text) else None


_FIRM = r"公司$|[行社店坊館舖鋪屋園堂軒莊閣苑]$|企業社$|商號$|工作室$"
_OF_OFFICES = "政府|局$|署$|處$|銀行|中心|有限公司(?:設立|變更)"


def LONE_NAME(paper: Paper) -> list[Draft]:
    """The one lone name of the paper. Of several those do not count that an engine read out of a seal's columns, whose signs are larger
    than all else."""
    if alone := Only(_lone_name, unless=_OF_OFFICES)(paper):
        return alone
    found = [(s, i) for s in paper.sheets for i in s.inks if not re.search(_OF_OFFICES, i.text) and _lone_name(i)]
    flat = [i for s, i in found if i.source != OCR or i.height < 1.5 * median(n.height for n in s.inks)]
    return [Draft(i.text, i, entity) for i in flat[:1]] if len({i.text for i in flat}) == 1 else []


LONE_ADDRESS = Only(place, unless="政府|機關|電話|傳真")
NUMBER_LABELS = ("統一編號為", "統一編號係", "統編為", "統一編號", "統編")


def number(*labels: str) -> Reader:
    """The 統一編號 by its labels; without any the one number on the paper that holds its check. Agents' numbers do not count."""
    return in_turn(_of_firm(around((*labels, *NUMBER_LABELS), uniform_no)),
                   Only(uniform_no, _holds, unless=f"電話|傳真|保險證號|帳號|{_AGENTS}"))


_AGENTS = "會計師|記帳士|律師|地政士|事務所|代理人"


def _of_firm(reader: Reader) -> Reader:
    """The drafts in whose line no agent stands before them."""

    def read(paper: Paper) -> list[Draft]:
        drafts = list(reader(paper))
        lines = [(s.number, i) for s in paper.sheets for i in s.inks if re.search(_AGENTS, i.text)]
        return [d for d in drafts if not any(n == d.ink.page and i.box.same_row(d.ink.box) and i.box.left < d.ink.box.left
                                             for n, i in lines)]

    return read


def _holds(value: Value) -> bool:
    return isinstance(value, str) and ubn.is_valid(value)


def company(ink: Ink) -> Found | None:
    """A company's name, which ends with 公司 and has a word before it; anything else is no name of a company."""
    start = 2 if ink.text.startswith("中文") else 0
    found = entity(ink.part(start, len(ink.text))) if len(ink.text) > start else None
    if found is None or not re.search(r"(?!股份).{2}(?:股份)?(?:有限|兩合|無限)公司", str(found.value)):
        return None
    return Found(found.value, found.start + start, found.end + start)


def first_amount(paper: Paper, *readers: Reader) -> int | None:
    """The first whole number that one of the readers gives."""
    for reader in readers:
        for draft in reader(paper):
            if isinstance(draft.value, int):
                return draft.value
    return None


_IN_WORDS = re.compile(r"[零壹貳參肆伍陸柒捌玖拾佰仟萬億]{2,}[元圓]")
_IN_FIGURES = re.compile(r"(?<![0-9,])([0-9]{1,3}(?:[,.][0-9]{3})+|[0-9]{5,})(?=元|圓|[)）]|$)")


def both_written(sketch: Sketch, *names: str) -> None:
    """An amount that the paper writes in words and in figures beside each other."""
    for sheet in sketch.paper.sheets:
        rows = {id(i): "".join("".join(n.text.split()) for n in sheet.inks if abs(n.box.centre[1] - i.box.centre[1]) < 2.5 * i.height)
                for i in sheet.inks if _IN_WORDS.search("".join(i.text.split()))}
        said = {v for text in rows.values() for m in _IN_WORDS.finditer(text) if (v := money.parse(m[0])) is not None
                and any(int(re.sub("[,.]", "", f[1])) == v for f in _IN_FIGURES.finditer(text))}
        for name in names:
            if sketch.number(name) in said:
                sketch.vouch("financial-numerals", name)


UNIT_NO: tuple[Reader, ...] = (
    in_turn(or_else(around(("保險證號", "保險證字號", "投保單位代號", "投保單位證號", "勞保證號", "投保證號", "保險編號", "單位代號",
                            "單位證號"), insured_unit_no), Worded(families.UNIT_NO, insured_unit_no)),
            Matching(lettered_unit_no, most=1)),)
DATED = r"(?:[0-9][/.\-]|年)[0-9]{1,2}[/.\-月][0-9]|日"
"""Where a date stands, so that its year and month are none of their own."""


def recent(value: Value) -> bool:
    """Whether a month is of the time since the insured were counted by computer."""
    return isinstance(value, str) and value >= "1990-01"


def of_our_time(reader: Reader) -> Reader:
    """The months; one before all such papers has lost the first figure of its year (15年 is left of 115年) and waits for a person."""

    def read(paper: Paper) -> list[Draft]:
        return [replace(d, value=f"{int(d.value[:4]) + 100}{d.value[4:]}", repaired="year", firm=False)
                if isinstance(d.value, str) and d.value < "1971" else d for d in reader(paper)]

    return read


def _addressed(ink: Ink) -> Found | None:
    """Whom a notice is addressed to: 雲海資訊股份有限公司 台鑒."""
    m = re.match(rf"(?:致|此致|受文者)?[:：]?\s*([^,，。:：]{{2,40}}?)\s*({_HONOURS})(?:[:：。]|$)", ink.text)
    found = entity(ink.part(*m.span(1))) if m else None
    if m and found and len(m[2]) == 1 and not has_suffix(str(found.value)):
        return None
    return Found(found.value, m.start(1) + found.start, m.start(1) + found.end) if m and found else None


_HONOURS = "[臺台公鈞惠]鑒|[臺台鈞]照|寶號|[臺台鈞]啟|啟|收"


def _honoured(paper: Paper) -> list[Draft]:
    """The name before which a word to whom a notice goes (台照) stands apart in its row."""
    for ink in paper.first.inks:
        before = [i for i in paper.first.row(ink.box) if i.box.right <= ink.box.left and ink.box.left - i.box.right < 6 * ink.em]
        if before and re.fullmatch(_HONOURS, ink.text) and (found := entity(before[-1])) and (
                len(ink.text) > 1 or has_suffix(str(found.value))):
            return [Draft(found.value, before[-1].part(found.start, found.end), entity, labelled=len(ink.text) > 1)]
    return []


_AFTER_NUMBER = Running(r"證號[:：]?[0-9]{8}-?[A-Z]?(?:投保)?單位(?!名|全)[:：]?([\u4e00-\u9fff()]{2,30})", entity)
"""The name right behind the unit's number, with the one word between them: 保險證號01234567A 單位 …."""


_ABOVE_TITLE = re.compile(r"(?!.*(?:[局署處會所]|(?<!小吃)部|政府|系統|報表|名冊|明細|資料)$)[\u4e00-\u9fff]{3,24}")


def above_title(title: str) -> Reader:
    """The name that stands alone at the head of the first page, right above the paper's own title, as programs for wages print it."""

    def read(paper: Paper) -> list[Draft]:
        for head in (i for i in paper.first.inks if re.search(title, i.text)):
            over = [i for i in paper.first.inks if 0 < head.box.centre[1] - i.box.centre[1] < 3 * head.height
                    and i.box.bottom < head.box.centre[1] and i.box.right > head.box.left and i.box.left < head.box.right]
            if len(over) == 1 and _ABOVE_TITLE.fullmatch(over[0].text) and (found := entity(over[0])):
                return [Draft(found.value, over[0].part(found.start, found.end), entity, firm=False)]
        return []

    return read


_LED = re.compile(r"(?:投保|繳費|繳款|事業|雇主)?(?:單位|雇主)(?:名稱|全銜|全名)?(?=[\u4e00-\u9fff]{2})")


def _unit(ink: Ink) -> Found | None:
    """A unit's name, without the label before it that was read as part of it."""
    m = _LED.match(ink.text)
    if m is None or len(ink.text) <= m.end() + 2:
        return entity(ink)
    found = entity(ink.part(m.end(), len(ink.text)))
    return Found(found.value, found.start + m.end(), found.end + m.end()) if found and has_suffix(str(found.value)) else entity(ink)


def unit_name(unless_after: tuple[str, ...]) -> Reader:
    """The insured unit's name; the bare word 投保單位 begins many other phrases, so it counts only with a colon or apart."""
    return in_turn(around(("投保單位名稱", "單位名稱", "單位全名", "單位全銜", "投保單位全銜", "事業單位名稱", "單位名", "雇主名稱"),
                          _unit, unless_after, tail=form_goes_on),
                   or_else(Beside(("投保單位", "單位"), _unit, whole=True, unless_after=unless_after, glued=False, tail=form_goes_on),
                           Worded(families.UNIT_NAME, _unit, tail=form_goes_on)),
                   _AFTER_NUMBER, Matching(_led, pages=1, most=1),
                   Beside(("投保單位",), _unit, below=True, unless_after=unless_after, glued=False, firm=False),
                   Matching(_addressed, pages=1, most=1), _honoured, Only(_unit_alone, pages=1, unless="保險局|銀行"))


_NO_NAME = re.compile("地址|電話|負責|代表|編號|證號|印章|收[執據]|存[根查]|填[寫表]|應於|自行")


def _led(ink: Ink) -> Found | None:
    """The name that a unit's label is set close before, all that the stretch says: 投保單位小滿烘焙坊."""
    m = _LED.match(ink.text)
    found = _unit(ink) if m and re.fullmatch("[\u4e00-\u9fff]{3,24}", ink.text[m.end():]) and not _NO_NAME.search(ink.text) else None
    return found if m and found and found.start == m.end() else None


def _unit_alone(ink: Ink) -> Found | None:
    """A company's name that may have the unit's label before it."""
    m = _LED.match(ink.text)
    if m is None or len(ink.text) <= m.end() + 2:
        return company(ink)
    found = company(ink.part(m.end(), len(ink.text)))
    return Found(found.value, found.start + m.end(), found.end + m.end()) if found else None


def year_of_letter(sketch: Sketch) -> None:
    """A letter's number begins with the year of its date: 府產業商字第111… is of 民國 111."""
    when, number = sketch.text("reg.approval_date"), sketch.text("reg.approval_no")
    best = next((d for d in sketch.drafts.get("reg.approval_no", ()) if d.value is not None), None)
    if best is not None and number and number.split("字第")[0] not in "".join(best.ink.text.split()):
        sketch.doubt("發文字號的機關代字看不清楚，依常用代字推定", "reg.approval_no")
    if not when or not number:
        return
    digits = "".join(c for c in number.split("字第")[-1] if c.isdigit())
    year = date.fromisoformat(when).year - 1911
    if len(digits) >= 9 and digits.startswith(f"{year:03d}"):
        sketch.vouch("check:year", "reg.approval_date", "reg.approval_no")
    elif len(digits) >= 10 and digits[0] in "01" and when < _LETTERS:
        _year_of_number(sketch, when, int(digits[:3]))
    elif len(digits) >= 10 and digits[0] in "01":
        sketch.doubt("文號開頭的年度與日期不同", "reg.approval_date", "reg.approval_no")


_LETTERS = "1945-10-25"
"""No letter of today's offices is older."""


def _year_of_number(sketch: Sketch, when: str, year: int) -> None:
    """Propose the year with which the letter's number begins where that of its date lost figures (1年 is left of 111年)."""
    for name in ("reg.approval_date", "org.founding_date"):
        drafts = sketch.drafts.get(name, [])
        for i, draft in enumerate(drafts):
            if draft.value == when:
                drafts[i] = replace(draft, value=f"{year + 1911}{when[4:]}", repaired="check:year")
    sketch.doubt("日期的年度看不清楚，依文號開頭的年度推定，請核對", "reg.approval_date", "org.founding_date")


def in_order(earlier: str, later: str, sentence: str) -> Check:
    """A check that two dates do not stand in the wrong order."""

    def check(sketch: Sketch) -> None:
        a, b = sketch.text(earlier), sketch.text(later)
        if a and b and a > b:
            sketch.doubt(sentence, earlier, later)
            sketch.problems.append(sentence + "。")

    return check


def ubn_form(*names: str) -> Check:
    """A check that 統一編號 hold their check digit."""

    def check(sketch: Sketch) -> None:
        for name in names:
            value = sketch.text(name)
            if value is not None and not ubn.is_valid(value):
                sketch.doubt("統一編號檢查碼不符，可能看錯字", name)

    return check
