"""勞工保險費繳款單・繳費清單 (勞工保險條例施行細則第 29 條): what a unit owes for one month, and for how many persons."""

from __future__ import annotations

import re
from dataclasses import replace

from domain.document import OCR, Document
from domain.taiwan import money, roc_date
from extractors.kind import Draft, Kind, Sketch
from extractors.kinds._amounts import or_else
from extractors.kinds._listed import latest_only, of_latest
from extractors.kinds._periods import of_this_period
from extractors.kinds._shared import DATED, UNIT_NO, of_our_time, recent, unit_name
from extractors.readers import families
from extractors.readers.ink import Ink, Paper, Sheet
from extractors.readers.labels import hits
from extractors.readers.places import Below, Beside, Matching, Only, Running, around, column, in_turn
from extractors.readers.values import Found, amount, count, month
from extractors.readers.wording import Worded

COUNT_LABELS = ("投保人數", "投保總人數", "被保險人總數", "總人數",
                "被保險人數", "計費人數", "被保險人人數", "應計費人數", "加保人數", "月末人數", "月底人數", "期末人數", "生效人數",
                "人數")
MONTH_LABELS = ("計費年月", "費用年月", "保險費年月", "計費月份", "保費年月", "所屬年月", "計費月", "費用月份", "保費月份", "保險費月份",
                "所屬月份")
DUE_LABELS = ("應繳保險費合計", "應繳總金額", "應繳金額合計", "應繳保險費總額", "本期應繳金額", "應繳保費合計", "應繳保險費金額",
              "應繳保險費", "應繳金額", "繳款金額",
              "應繳總額", "合計應繳", "應繳合計", "應繳總計", "總計應繳", "本月應繳")

WITH_OTHERS = ("(含健保", "(含全民", "(含勞退", "(含退休")
"""Notes behind a label that say that it is the sum of this insurance and others."""


def _persons(ink: Ink) -> Found | None:
    """A count that is all the ink says, or that 人 follows."""
    text = "".join(ink.text.split())
    if re.fullmatch(r"(?:共計?|計)?[0-9,]{1,7}[人名]?", text):
        if several := re.fullmatch(r"([0-9]+)[人名]? +[0-9 ]{2,}[人名]?", ink.text):  # of two columns the first, and the ink of both
            return Found(int(several[1]), 0, len(ink.text))
        return count(ink)
    if (total := re.search(r"(?:合計|總計|共計?)([0-9]{1,6})[人名]", text)) and (at := ink.text.rfind(total[1])) >= 0:
        return Found(int(total[1]), at, at + len(total[1]))
    m = re.search(r"([0-9]{1,6})人", text)
    at = ink.text.find(m[1]) if m else -1
    return Found(int(m[1]), at, at + len(m[1])) if m and at >= 0 else None


def headcount(paper: Paper) -> list[Draft]:
    """The persons insured in the ordinary risk: the first number under (or beside) 投保人數."""
    out = _under_total(paper) or [d for d in Below(COUNT_LABELS[:-1], _persons)(paper) if d.value is not None]
    out += [d for d in Beside(COUNT_LABELS[:-1], _persons)(paper) if d.value is not None]
    out = out or [d for d in Below(COUNT_LABELS[-1:], _persons)(paper) if d.value is not None] or Worded(families.COUNT, _persons)(paper)
    if out:
        return _topmost([*out, *_same_column(paper, out[0])])
    sheets = [i for s in paper.sheets for i in s.inks if re.search(r"[0-9]{1,6}人", "".join(i.text.split()))]
    return [Draft(f.value, i.part(f.start, f.end), count, firm=False) for i in sheets if (f := _persons(i))][:1]


def _under_total(paper: Paper) -> list[Draft]:
    """The first count under 合計, where the head of the counts is parted into nationals, foreigners and all."""
    for sheet in paper.sheets:
        for hit in (h for label in COUNT_LABELS for h in hits(sheet, label)):
            cell = sheet.cell_of(hit.box)
            span = cell.box if cell else hit.box.grown(0.5 * hit.box.width, 0)
            totals = [i for i in sheet.inks if re.fullmatch("合計|總計|小計|共計|計", i.text) and span.left <= i.box.centre[0] <= span.right
                      and 0 <= i.box.top - hit.box.bottom + 0.4 * hit.box.height < 4 * hit.box.height]
            for head in totals:
                home = sheet.cell_of(head.box)
                lane = home.box if home else head.box.grown(0.5 * head.box.width, 0)
                under = [i for i in sheet.inks if -0.2 * head.height < i.box.top - head.box.bottom < 4 * head.height
                         and lane.left <= i.box.centre[0] <= lane.right]
                for ink in sorted(under, key=lambda i: i.box.top)[:1]:
                    if found := _persons(ink):
                        return [Draft(found.value, ink.part(found.start, found.end), count, labelled=True)]
    return []


def _same_column(paper: Paper, first: Draft) -> list[Draft]:
    """The counts of the other insurances, in the column under the first."""
    return [Draft(f.value, i, count) for sheet in paper.sheets if sheet.number == first.ink.page for i in sheet.inks
            if i.box.top > first.ink.box.bottom and i.box.same_column(first.ink.box,
                                                                      0.5) and i.box.top - first.ink.box.bottom < 8 * first.ink.height
            and (f := _persons(i)) and f.start == 0]


def _topmost(drafts: list[Draft]) -> list[Draft]:
    """Several insurances may count differently (就業保險 leaves out some): the first is the ordinary one; the others only agree."""
    first = drafts[0]
    return [first, *(Draft(d.value, d.ink, d.parser, firm=False) for d in drafts[1:])]


def adds_up(sketch: Sketch) -> None:
    """The insurances' premiums add up to the amount due; the bar codes below carry it and the unit's number."""
    due, unit = sketch.number("ins.amount_due"), sketch.text("ins.unit_no")
    if due:
        for sheet in sketch.paper.sheets:
            under = column(sheet, ("應繳金額", "應繳保險費", "金額", "保險費", "小計"))
            parts = [v for i in (under.inks if under else ()) if (v := money.parse(i.text)) and v != due]
            if len(parts) > 1 and any(sum(parts[:n]) == due for n in range(2, len(parts) + 1)) or _parts_above(sketch, sheet, due):
                sketch.vouch("check:sum", "ins.amount_due")
    _begun_alike(sketch)
    payloads = [c.payload.decode("ascii", "replace").strip("*") for s in sketch.paper.sheets for c in s.codes]
    if due and any(p.endswith(f"{due:09d}") for p in payloads):
        sketch.vouch("bar-code", "ins.amount_due")
    if unit and any(p.startswith(unit[:8]) for p in payloads):
        sketch.vouch("bar-code", "ins.unit_no")


def _begun_alike(sketch: Sketch) -> None:
    """Of readings of the unit's number that differ, that first with whose figures the long numbers for the till begin (銷帳編號)."""
    drafts = sketch.drafts.get("ins.unit_no", [])
    long = [i.text for s in sketch.paper.sheets for i in s.inks if re.fullmatch("[0-9]{12,20}", i.text)]
    if len({d.value for d in drafts if d.value is not None}) > 1:
        drafts.sort(key=lambda d: not any(n.startswith(str(d.value)[:8]) for n in long))


def _parts_above(sketch: Sketch, sheet: Sheet, due: int) -> bool:
    """Whether the amounts right above the amount due in its column, or right before it in its row, make it together."""
    best = next(d.ink for d in sketch.drafts["ins.amount_due"] if d.value == due)
    if best.page != sheet.number:
        return False
    amounts = [(i.box, v) for i in sheet.inks if (v := money.parse(i.text.strip(" 元"))) is not None and i.box.overlap(best.box) == 0]
    above = sorted(((-b.bottom, v) for b, v in amounts if b.bottom < best.box.centre[1] and abs(b.right - best.box.right) < 0.02))
    before = sorted(((-b.right, v) for b, v in amounts if b.right < best.box.centre[0] and b.same_row(best.box)))
    return any(sum(v for _, v in run[:n]) == due for run in (above, before) for n in range(2, min(len(run), 8) + 1)
               if sum(v > 0 for _, v in run[:n]) > 1)


def starred(paper: Paper) -> list[Draft]:
    """The only amount that stars guard (***39,157), as bills print what is due."""
    found = {m[1]: i.part(m.start(1), m.end(1)) for s in paper.sheets for i in s.inks
             if (m := re.fullmatch(r"\*{2,} ?([0-9]{1,3}(?:,[0-9]{3})*)元?\*?", i.text))}
    return [Draft(int(text.replace(",", "")), ink, amount) for text, ink in found.items() if len(found) == 1]


RATE = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,4})?%")
FUND = re.compile(r"0\.0?25%")
"""The rate of the fund for wages in arrears (工資墊償基金, 勞動基準法第 28 條), which only this bill prints with an insurance's number."""

UNIT = re.compile("[0-9]{8}[A-Z]")


def beside_rates(paper: Paper) -> list[Draft]:
    """The count that stands right of the rate in two rows or more, or at the head of the row before a sum of wages, alike in all, where
    the heads are lost."""
    if larger := _either_side(paper):
        return [Draft(int(larger[0].text.rstrip("人")), larger[0], count)]
    after: list[Ink] = []
    before: list[Ink] = []
    for sheet in paper.sheets:
        for rate in (i for i in sheet.inks if RATE.fullmatch(i.text)):
            right = [i for i in sheet.row(rate.box) if i.box.left >= rate.box.right]
            left = [i for i in sheet.row(rate.box) if i.box.right <= rate.box.left and re.match("[0-9]", i.text)]
            if len(right) > 1 and re.fullmatch(r"[0-9]{1,4}人?", right[0].text) and "," in right[1].text:
                after.append(right[0])
            if len(left) == 2 and re.fullmatch(r"[0-9]{1,4}人?", left[0].text) and money.parse(left[1].text.replace(".", ",")):
                before.append(left[0])
    return next(([Draft(int(found[0].text.rstrip("人")), found[0], count)] for found in (after, before)
                 if len(found) > 1 and len({i.text for i in found}) == 1), [])


def _either_side(paper: Paper) -> list[Ink]:
    """The larger of two counts of persons, one before the rate and one behind it, each alike in two rows or more; of these the smaller
    counts some of the others (其中外國籍)."""
    pairs = [(left[-1], right[0]) for s in paper.sheets for rate in s.inks if RATE.fullmatch(rate.text)
             if (left := [i for i in s.row(rate.box) if i.box.right <= rate.box.left])
             and (right := [i for i in s.row(rate.box) if i.box.left >= rate.box.right])
             and all(re.fullmatch("[0-9]{1,4}人?", i.text) for i in (left[-1], right[0]))]
    if len(pairs) < 2 or len({(a.text, b.text) for a, b in pairs}) > 1:
        return []
    return [max(pairs[0], key=lambda i: int(i.text.rstrip("人")))]


def summed(paper: Paper) -> list[Draft]:
    """The figure at the foot of a column of amounts that all those above it make together, three or more, where its words are lost."""
    for sheet in paper.sheets:
        figures = [(i, v) for i in sheet.inks if (v := money.parse(i.text.strip(" 元*$").replace(".", ","))) is not None
                   and re.fullmatch(r"[0-9]{1,3}(?:[,.][0-9]{3})*", i.text.strip(" 元*$"))]
        for foot, value in figures:
            above = sorted(((i, v) for i, v in figures if i.box.bottom <= foot.box.centre[1] and abs(i.box.right - foot.box.right) < 0.012),
                           key=lambda p: -p[0].box.top)
            if value > 99 and any(sum(v for _, v in above[:n]) == value for n in range(3, min(len(above), 8) + 1)):
                return [Draft(value, foot, amount, firm=False)]
    return []


_NO_DAY = re.compile(r"([0-9]{2,3}年[0-9]{2})[日曰目用]?")


def lost_month(paper: Paper) -> list[Draft]:
    """The only year and month of the paper without a day, whose last sign was lost or taken for a like one (115年04日); for a person to
    look at."""
    found = {value: i for s in paper.sheets for i in s.inks if i.source == OCR and (m := _NO_DAY.fullmatch(i.text))
             and (value := roc_date.parse_month(m[1] + "月")) and recent(value)}
    return [Draft(value, ink, firm=False) for value, ink in found.items() if len(found) == 1]


def billed(sheet: Sheet) -> float:
    """An insurance's number beside the rate of the fund for wages in arrears, or beside amounts that make the one at their foot."""
    if not any(UNIT.fullmatch(i.text) for i in sheet.inks) or sum("," in i.text for i in sheet.inks) > TOO_MANY:
        return 0.0
    if any(FUND.fullmatch(i.text) for i in sheet.inks) or _at_rates(sheet):
        return TITLED
    return 3.0 if summed(Paper(Document((sheet.page,), sheet.region), (sheet,))) else 0.0


def _at_rates(sheet: Sheet) -> bool:
    """Whether amounts of one column stand to each other as the premiums of one sum of wages do: those of the ordinary insurance
    (9.5 to 12.5 %), of employment (1 %) and of the fund (0.025 %), within what rounding leaves."""
    figures = [(i.box, v) for i in sheet.inks if re.fullmatch(r"[0-9]{1,3}(?:[,.][0-9]{3})*", i.text)
               and (v := money.parse(i.text.replace(".", ","))) is not None]
    for box, one in figures if len(figures) < TOO_MANY else ():
        column = [(b, v) for b, v in figures if abs(b.right - box.right) < 0.012 and abs(b.centre[1] - box.centre[1]) < 8 * box.height]
        over = any(b.bottom <= box.centre[1] and 95 * one <= 10 * v <= 125 * one for b, v in column)
        under = any(b.top >= box.centre[1] and abs(1000 * v - 25 * one) <= 1000 for b, v in column)
        if one >= LEAST_OF_ONE and over and under:
            return True
    return False


TOO_MANY = 80
"""So many figures stand on a list of persons, on no bill."""

LEAST_OF_ONE = 400
"""元: of smaller amounts too many others stand so to each other."""

TITLED = 5.0
"""What weighs as much as a title."""


LEAST, MOST = 100, 9_000
"""元 a month that one person's premiums can come to: a person of one day's wage, and one of the highest grade in a risky trade."""


def persons_fit(sketch: Sketch) -> None:
    """The amount due and the count fit each other, and the count is that of the rows: none is some other figure of the bill."""
    due, persons = sketch.number("ins.amount_due"), sketch.number("hc.latest_count")
    if _either_side(sketch.paper) and not any(d.labelled and d.value == persons for d in sketch.drafts.get("hc.latest_count", ())):
        sketch.doubt("費率前後各有一個人數，看不清楚欄名，請核對", "hc.latest_count")
    if persons and (rows := beside_rates(sketch.paper)) and rows[0].value != persons:
        sketch.doubt(f"各項保險費的列上印的是 {rows[0].value:,} 人，請核對", "hc.latest_count")
        drafts = sketch.drafts["hc.latest_count"]
        if not any(d.labelled and d.value == persons for d in drafts):
            drafts.insert(0, replace(rows[0], firm=False))
    if due and persons and not LEAST * persons <= due <= MOST * persons:
        sketch.doubt(f"{persons:,} 人與應繳 {due:,} 元不相稱，請核對", "ins.amount_due", "hc.latest_count")


_months = in_turn(or_else(around(MONTH_LABELS, month), Worded(families.MONTH_DUE, month), Worded(families.MONTH, month, sure=False)),
                  Matching(month, near="月份|月.{0,4}(?:保險費|保費)", most=1),
                  Only(month, recent, unless=DATED), lost_month)
_due = in_turn(*(r for label in DUE_LABELS for r in (Beside((label,), amount, unless_after=WITH_OTHERS),
                                                     Beside((label,), amount, below=True, unless_after=WITH_OTHERS))),
               or_else(Worded(families.DUE, amount), starred, summed),
               Running(r"(?:應繳|繳納).{0,12}?(?:新[臺台]幣|NT\$|計)([0-9][0-9,]*)元", amount))

KIND = Kind(
    id="insurance_premium_bill",
    name="勞工保險費繳款單",
    titles=("保險費繳款單", "保險費繳費清單", "保險費計算清單", "保險費繳納清單", "保險費繳款書", "保險費通知單", "勞工保險費繳款單",
            "保險費電子繳費通知", "保險費電子繳款單", "保險費繳費通知", "保險費繳款通知", "保險費繳納通知", "勞保費繳款單",
            "保險費繳納收據", "勞工保險費收據"),
    labels=("保險證號", "投保單位名稱", "計費年月", "繳納期限", "寬限期滿", "投保人數", "普通事故保險費", "就業保險費", "職業災害保險費",
            "應繳保險費", "投保單位收據聯",
            "代收機構存根聯", "銷帳編號", "滯納金", "費率", "應繳總金額", "費用年月", "計費人數", "繳費期限"),
    fields={
        "ins.unit_no": UNIT_NO,
        "ins.unit_name": (unit_name(("收據聯", "存查", "填")),),
        "hc.latest_month": (of_latest(of_our_time(_months), month),),
        "hc.latest_count": (of_latest(of_this_period(or_else(headcount, beside_rates), count), count),),
        "ins.amount_due": (of_latest(of_this_period(_due, amount), amount),),
    },
    checks=(adds_up, persons_fit, latest_only("hc.latest_month", "hc.latest_count", "ins.amount_due")),
    signs=(billed,),
    against=("繳納證明", "全民健康保險", "人數資料表", "名冊"),
    never=("全民健康保險保險費", "健保保險費繳款單", "勞工退休金繳款單", "勞工退休金提繳"),
)
