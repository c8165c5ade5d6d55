"""投保單位被保險人名冊・計算名冊: the persons whom a unit insures in one month (勞動部勞工保險局)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from domain.document import OCR
from domain.taiwan import national_id, roc_date
from extractors.kind import Draft, Kind, Sketch
from extractors.kinds._amounts import or_else
from extractors.kinds._months import MONTH
from extractors.kinds._persons import MONTH_LABELS, Person, goes_on, people, sections, serials
from extractors.kinds._rosters import before_heading, listed
from extractors.kinds._shared import DATED, UNIT_NO, above_title, of_our_time, recent, unit_name
from extractors.readers import families
from extractors.readers.ink import Ink, Paper, Sheet
from extractors.readers.places import Beside, Matching, Only, around, column, in_turn
from extractors.readers.values import Found, count, month
from extractors.readers.values import latest_month as a_latest
from extractors.readers.wording import Worded
from extractors.standing import others, words_beside

TOTAL = re.compile(
    r"(?:被保險人數|投保人數|計費人數|合計人數|人數合計|人數總計|總人數|(?<![籍國勞])(?<!國人)人數)(?:合計|共計|總計)?"
    r"(?:[(（][^()（）0-9][^()（）]{0,6}[)）])?[:：]?(?:共計?|計)?([0-9]{1,6})(?![0-9,.:元月年/])"
    r"|(?:合計|共計|總計|^計|被保險人|以上共?|共有?)[:：]?(?:共計?)?([0-9]{1,6})[人名筆]")
DOMESTIC = re.compile(r"(?<!非)(?<!外)(?:本國籍|本國人|本國|本籍|國人)(?:勞工|人數|被保險人)?"
                      r"(?:[(（][^()（）0-9][^()（）]*[)）])?[:：]?(?:共計?|計)?([0-9]{1,6})(?:人|名|(?![0-9,.:元]))")
NATIVE = re.compile(r"本國籍?|中華民國|[臺台]灣|本籍|國人|我國|R\.?O\.?C\.?|TWN?")


_COUNTRY = re.compile("(?<=[本外])[園圓圈圖四西因](?=籍|人|勞|[0-9])")
"""國 as engines misread it in copies, one glyph for one."""

_OF_SOME = re.compile(r"(?:(?<!勞)健保|勞退|提繳|退休金?|職災|職保|就業|就保|上[月期]|前月|加保|退保|外籍|眷屬|眷口|工時|庇護|育嬰|留停"
                      r"|原住民|[男女]性?|身心障礙|新進|離職|無投保薪資)(?:保險|投保|提繳|被保險)*(?:人|者|人員)?(?:總?人)?數?[:：]?[0-9]+$")
"""A number of persons that are not all of the roster's."""


@lru_cache(maxsize=4)
def _said(paper: Paper, pattern: re.Pattern[str]) -> list[Draft]:
    """Numbers that the roster prints in words such as 被保險人數：4 人, also where the row is in several stretches. Of parts of several
    months those of the latest; those of one page alone (本頁小計) do not count."""
    parts = sections(paper)
    latest = max((p.month for p in parts), default="")
    spans = ([s for p in parts if p.month == latest for s in p.sheets] if len({p.month for p in parts}) > 1
             else [(s, 0.0, 1.0) for s in paper.sheets])
    out = []
    for sheet, top, bottom in reversed(spans):
        whole = [i for i in sheet.inks if top - 0.01 <= i.box.top < bottom]
        heads = [i for i in whole if re.search("[合總]計|^計 ?[0-9]|人[數教]|國籍", i.text)]
        heads += [run[0] for ink, run in sheet.wide if top - 0.01 <= ink.box.top < bottom and ink.text.replace(" ", "") in ("合計", "總計")]
        for ink in [*whole, *(Ink.joined(sheet.row(i.box)) for i in heads)]:
            places = [k for k, c in enumerate(ink.text) if c != " "]
            text = "".join(ink.text[k] for k in places).replace("人教", "人數")
            text = _COUNTRY.sub("國", text)
            m = pattern.search(text)
            if m and not re.search(r"本頁|小計|前頁|次頁", text[:m.start() + 2]) and not _OF_SOME.search(text[:m.end()]):
                group = next(g for g in range(1, pattern.groups + 1) if m[g])
                found = _of_latest(sheet, ink.part(places[m.start(group)], places[m.end(group) - 1] + 1))
                if found is not None:
                    out.append(Draft(int(found.text.replace(" ", "")), found, count, labelled=True))
    return out[:2]


def _of_latest(sheet: Sheet, ink: Ink) -> Ink | None:
    """Of one number a month that stand side by side (30 28) the one of the latest month, where a row of as many months tells which;
    figures set wide (1 2) as they are; None where nothing tells."""
    numbers = [ink.part(*m.span()) for m in re.finditer("[^ ]+", ink.text)]
    if len(numbers) < 2:
        return ink
    for other in sheet.inks:
        said = [roc_date.parse_month(w) for i in sheet.row(other.box) for w in i.text.split() if MONTH.fullmatch(w)]
        months = [m for m in said if m]
        if len(months) == len(numbers) and len({*months}) > 1:
            return numbers[months.index(max(months))]
    return ink if all(len(n.text) == 1 for n in numbers) else None


def latest_count(paper: Paper) -> list[Draft]:
    """The printed total. Where none is printed, or where rows and serial numbers agree on another than one that is hardly legible,
    the number of rows."""
    said, rows = _said(paper, TOTAL), people(paper)
    counted = _counted(paper, rows)
    last = max((p.serial or 0 for p in rows), default=0)
    if not said:
        return counted
    doubtful = said[0].ink.source == OCR and said[0].ink.confidence < SURE
    if doubtful and len(rows) == last != said[0].value and len({d.value for d in said}) == 1:
        return [*counted, *said]
    return said


def _counted(paper: Paper, rows: Sequence[Person]) -> list[Draft]:
    """The number of rows, or the last serial number where that is more and rows may have been missed."""
    numbered = max(serials(paper), key=lambda i: int(i.text), default=None)
    if numbered is not None and not any(p.month for p in rows) and len(rows) <= int(numbered.text) <= 2 * len(rows) + 2:
        return [Draft(int(numbered.text), numbered)]
    led = [p.serial for p in rows if p.serial is not None]
    if numbered is not None and 1 < len(led) < len(rows) and sorted(led) == [*range(1, int(numbered.text) + 1)]:
        return [Draft(len(led), numbered)]
    return [Draft(len(rows), rows[-1].inks[0])] if rows else []


SURE = 0.97
"""The engine's score from which a printed total is believed against the rows."""


def latest_month(paper: Paper) -> list[Draft]:
    """The latest of the months that rows or parts of the roster say they are of."""
    rows = [p for p in people(paper) if p.month]
    parts = sections(paper)
    if rows:
        at = next(i for i in rows[-1].inks if MONTH.fullmatch(i.text))
        return [Draft(rows[-1].month, at, month)]
    if len({p.month for p in parts}) > 1:
        latest = max(parts, key=lambda p: p.month)
        return [Draft(latest.month, latest.at, month, labelled=True)]
    return []


def domestic(paper: Paper) -> list[Draft]:
    """The nationals: as printed; else those whose 國籍 column says so, where every row has one."""
    said = _said(paper, DOMESTIC)
    if said:
        return said
    marks = [i for s in paper.sheets if (under := column(s, ("國籍別", "國籍"))) for i in under.inks if not re.search(r"[0-9:：]", i.text)]
    if not marks or len(marks) != len(people(paper)):
        return []
    return [Draft(sum(bool(NATIVE.fullmatch(i.text)) for i in marks), Ink.joined([i for i in marks if i.page == marks[0].page]))]


def rows_agree(sketch: Sketch) -> None:
    """As many rows as the total says; as many nationals as the personal numbers show."""
    rows = people(sketch.paper)
    total = sketch.number("hc.latest_count")
    if total is None:
        return
    printed = bool(_said(sketch.paper, TOTAL))
    numbered = {int(i.text) for i in serials(sketch.paper)}
    if numbered == set(range(1, total + 1)) or (len(rows) == total and (printed or max(numbered, default=0) == total)):
        sketch.vouch("check:row-count", "hc.latest_count")
    elif not printed:
        sketch.doubt(f"名冊未印合計人數，數得 {total} 列，請核對", "hc.latest_count")
    elif not rows:
        sketch.doubt("名冊的列讀不出來，合計人數無從核對", "hc.latest_count")
    else:
        sketch.doubt(f"名冊列出 {len(rows)} 人，合計印為 {total} 人", "hc.latest_count")
        sketch.problems.append(f"名冊列出 {len(rows)} 人，合計印為 {total} 人。")
    numbers = [p.number for p in rows if p.number]
    native = sum(not national_id.is_foreign(n) for n in numbers)
    domestic_count = sketch.number("ins.domestic_count")
    if domestic_count is not None and len(numbers) == total and native == domestic_count:
        sketch.vouch("check:row-count", "ins.domestic_count")
    if domestic_count is not None and domestic_count > total:
        sketch.doubt("本國籍人數多於被保險人數", "ins.domestic_count", "hc.latest_count")


_OF_PAYMENT = re.compile("繳|扣款|資料|列印|製表")


def month_of_the_roster(sketch: Sketch) -> None:
    """The month of a payment or of the data may be another than the roster's, where the paper names one more."""
    best = next((d for d in sketch.drafts.get("hc.latest_month", ()) if d.value is not None), None)
    words = words_beside(sketch, best) if best else ""
    if best and _OF_PAYMENT.search(words) and next(others(sketch, "hc.latest_month", best, month), None):
        sketch.doubt(f"另有其他月份，「{words.strip(':：')}」可能不是名冊的月份，請核對", "hc.latest_month")


def _figure(ink: Ink) -> Found | None:
    found = count(ink)
    return found if found and len(ink.text) <= 8 and not re.search("[0-9] +[0-9]", ink.text) else None


KIND = Kind(
    id="insured_roster",
    name="被保險人名冊",
    titles=("被保險人名冊", "計算名冊", "投保單位被保險人名冊", "被保險人投保名冊", "被保險人明細表", "被保險人清冊"),
    labels=("保險證號", "單位名稱", "計費年月", "身分證號", "出生日期", "投保薪資", "計費日數", "個人負擔", "單位負擔", "異動別", "頁次",
            "被保險人數", "姓名"),
    fields={
        "ins.unit_no": UNIT_NO,
        "ins.unit_name": (in_turn(unit_name(("被保險人",)), above_title("被保險人.{0,4}(?:名冊|清冊|明細)"), before_heading),),
        "hc.latest_month": (of_our_time(in_turn(latest_month, or_else(around(MONTH_LABELS, a_latest), Worded(families.MONTH, a_latest)),
                                    Matching(month, near="月份|名冊|月.{0,4}(?:計費|投保)", most=1),
                                    Only(month, recent, unless=DATED))),),
        "hc.latest_count": (latest_count, Beside(("被保險人數", "投保人數", "合計人數", "總人數"), _figure, firm=False)),
        "ins.domestic_count": (domestic, Beside(("本國籍人數", "本國籍"), _figure, firm=False)),
    },
    signs=(listed,),
    checks=(rows_agree, month_of_the_roster),
    against=("繳款單", "人數資料表", "董事"),
    never=("被保險人投保資料表", "投保年資", "年資計算"),
    several=True,
    first_page=(),
    goes_on=goes_on,
)
