"""投保單位被保險人名冊・計算名冊: the persons whom a unit insures in one month (勞動部勞工保險局)."""

from __future__ import annotations

import re

from domain.taiwan import national_id
from extractors.kind import Draft, Kind, Sketch
from extractors.kinds._shared import UNIT_NO, unit_name
from extractors.readers.ink import Ink, Paper
from extractors.readers.places import Beside, Matching, around, column, in_turn
from extractors.readers.values import Found, count, month

TOTAL = re.compile(r"(?:被保險人數|投保人數|合計人數|人數合計|總人數|合計|共計|總計|被保險人)[:：]?(?:共計?)?([0-9]{1,6})人")
DOMESTIC = re.compile(r"(?:本國籍|本國人|本國|本籍)(?:勞工|人數|被保險人)?[:：]?([0-9]{1,6})人?")
NATIVE = re.compile(r"本國籍?|中華民國|[臺台]灣|本籍|國人")
NATIONAL = re.compile(r"(?<![A-Z])[A-Z][A-D0-9][0-9*＊xX]{8}")


def _said(paper: Paper, pattern: re.Pattern[str]) -> list[Draft]:
    """Numbers that the roster prints in words such as 被保險人數：4 人, also where the row is in several stretches."""
    out = []
    for sheet in reversed(paper.sheets):
        for ink in [*sheet.inks, *(Ink.joined(sheet.row(i.box)) for i in sheet.inks if "合計" in i.text or "人數" in i.text)]:
            places = [k for k, c in enumerate(ink.text) if c != " "]
            text = "".join(ink.text[k] for k in places)
            if m := pattern.search(text):
                out.append(Draft(int(m[1]), ink.part(places[m.start(1)], places[m.end(1) - 1] + 1), count))
    return out[:2]


def rows(paper: Paper) -> list[Ink]:
    """The serial numbers of the persons' rows, each row once: rows that hold a personal number, or count up in the first column."""
    out: list[Ink] = []
    for sheet in paper.sheets:
        for ink in sheet.inks:
            if NATIONAL.search(ink.text) and not re.search(r"[:：]", ink.text):
                out.append(ink)
    if out:
        return out
    serials: list[Ink] = []
    for sheet in paper.sheets:
        under = column(sheet, ("序號", "編號", "項次"))
        for ink in under.inks if under else ():
            if re.fullmatch(r"0{0,3}[0-9]{1,4}", ink.text) and int(ink.text) == len(serials) + 1:
                serials.append(ink)
    return serials


def serials(paper: Paper) -> list[Ink]:
    """The numbers in the column of serial numbers, all pages."""
    return [i for s in paper.sheets if (under := column(s, ("序號", "編號", "項次"))) for i in under.inks if re.fullmatch(r"[0-9]{1,4}",
            i.text)]


def latest_count(paper: Paper) -> list[Draft]:
    """The printed total; where none is printed, the last serial number or the number of rows, whichever is more."""
    said = _said(paper, TOTAL)
    if said:
        return said
    people = rows(paper)
    last = max(serials(paper), key=lambda i: int(i.text), default=None)
    if last is not None and int(last.text) >= len(people):
        return [Draft(int(last.text), last)]
    return [Draft(len(people), people[-1])] if people else []


def domestic(paper: Paper) -> list[Draft]:
    """The nationals: as printed; else those whose 國籍 column says so, where every row has one."""
    said = _said(paper, DOMESTIC)
    if said:
        return said
    marks = [i for s in paper.sheets if (under := column(s, ("國籍別", "國籍"))) for i in under.inks if not re.search(r"[0-9:：]", i.text)]
    if not marks or len(marks) != len(rows(paper)):
        return []
    return [Draft(sum(bool(NATIVE.fullmatch(i.text)) for i in marks), Ink.joined([i for i in marks if i.page == marks[0].page]))]


def rows_agree(sketch: Sketch) -> None:
    """As many rows as the total says; as many nationals as the personal numbers show."""
    people = rows(sketch.paper)
    total = sketch.number("hc.latest_count")
    if total is None:
        return
    printed = bool(_said(sketch.paper, TOTAL))
    numbered = {int(i.text) for i in serials(sketch.paper)}
    if numbered == set(range(1, total + 1)) or (len(people) == total and (printed or max(numbered, default=0) == total)):
        sketch.vouch("check:row-count", "hc.latest_count")
    elif not printed:
        sketch.doubt(f"名冊未印合計人數，數得 {total} 列，請核對", "hc.latest_count")
    elif not people:
        sketch.doubt("名冊的列讀不出來，合計人數無從核對", "hc.latest_count")
    else:
        sketch.doubt(f"名冊列出 {len(people)} 人，合計印為 {total} 人", "hc.latest_count")
        sketch.problems.append(f"名冊列出 {len(people)} 人，合計印為 {total} 人。")
    numbers = [m[0] for i in people if (m := NATIONAL.search(i.text))]
    native = sum(not national_id.is_foreign(n) for n in numbers)
    domestic_count = sketch.number("ins.domestic_count")
    if domestic_count is not None and len(numbers) == total and native == domestic_count:
        sketch.vouch("check:row-count", "ins.domestic_count")


def _figure(ink: Ink) -> Found | None:
    found = count(ink)
    return found if found and len(ink.text) <= 8 else None


KIND = Kind(
    id="insured_roster",
    name="被保險人名冊",
    titles=("被保險人名冊", "計算名冊", "投保單位被保險人名冊", "被保險人投保名冊", "被保險人明細表", "被保險人清冊"),
    labels=("保險證號", "單位名稱", "計費年月", "身分證號", "出生日期", "投保薪資", "計費日數", "個人負擔", "單位負擔", "異動別", "頁次",
            "被保險人數", "姓名"),
    fields={
        "ins.unit_no": UNIT_NO,
        "ins.unit_name": (unit_name(("被保險人",)),),
        "hc.latest_month": (in_turn(around(("計費年月", "費用年月", "投保年月", "資料年月", "保險費年月", "計算年月", "計費月份"), month),
                                    Matching(month, near="月份|名冊|月.{0,4}(?:計費|投保)", most=1)),),
        "hc.latest_count": (latest_count, Beside(("被保險人數", "投保人數", "合計人數", "總人數"), _figure, firm=False)),
        "ins.domestic_count": (domestic, Beside(("本國籍人數", "本國籍"), _figure, firm=False)),
    },
    checks=(rows_agree,),
    against=("繳款單", "人數資料表", "董事"),
    several=True,
    first_page=(),
)
