"""投保單位人數資料表: the persons insured at the end of each month (勞動部勞工保險局), the best evidence of 經常僱用員工數."""

from __future__ import annotations

import re

from domain.taiwan import roc_date
from extractors.kind import Draft, Kind, Sketch
from extractors.kinds._amounts import or_else
from extractors.kinds._months import consecutive, goes_on, rows
from extractors.kinds._persons import serials
from extractors.kinds._shared import UNIT_NO, unit_name
from extractors.readers import families
from extractors.readers.ink import Ink, Paper
from extractors.readers.places import around
from extractors.readers.values import count, day, month
from extractors.readers.wording import Worded


def monthly(paper: Paper) -> list[Draft]:
    table = rows(paper)
    if not table:
        return []
    inks = [i for m in table for i in (m.at, m.number) if i is not None]
    home = [i for i in inks if i.page == inks[0].page]
    parts = tuple(Draft(m.count, m.number, count) for m in table if m.number is not None)
    if any(m.count is None for m in table):
        return [Draft(None, Ink.joined(home), parts=parts)]
    return [Draft([{"month": m.month, "count": m.count} for m in table], Ink.joined(home), parts=parts)]


def latest_month(paper: Paper) -> list[Draft]:
    table = rows(paper)
    return [Draft(table[-1].month, table[-1].at, month)] if table else []


def latest_count(paper: Paper) -> list[Draft]:
    table = rows(paper)
    return [Draft(table[-1].count, table[-1].number or table[-1].at, count)] if table else []


_AT_EDGE = re.compile(r"20[0-9]{2}[/.\-年][0-9]{1,2}[/.\-月][0-9]{1,2}日?[, ]{0,2}(?:[上下]午)?[, ]{0,2}"
                      r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[AP]M)?")
_FAX = re.compile("FR.M|FAX|傳真|P[.:]? ?[0-9]", re.IGNORECASE)


def browsers_day(paper: Paper) -> list[Draft]:
    """The day and time that a browser prints alone in a corner of every page; never a fax's line."""
    for sheet in paper.sheets:
        for ink in sheet.inks:
            if not (ink.box.bottom < 0.06 or ink.box.top > 0.94) or not _AT_EDGE.fullmatch(ink.text):
                continue
            if not any(_FAX.search(i.text) for i in sheet.row(ink.box)) and (found := day(ink)):
                return [Draft(found.value, ink.part(found.start, found.end), day)]
    return []


def months_follow(sketch: Sketch) -> None:
    """The months follow one another without a gap, as many as the table says, within the range that it prints."""
    table = rows(sketch.paper)
    months = [m.month for m in table]
    if any(m.guessed for m in table):
        sketch.doubt("有一個月份看不清楚，依前後月份推定，請核對", "hc.monthly_insured", "hc.latest_month", "hc.latest_count")
        return
    if any(m.chosen for m in table):
        sketch.doubt("有一個月的人數看不清楚，依字形與前後月份推定，請核對", "hc.monthly_insured")
        if table[-1].chosen:
            sketch.doubt("最近一個月的人數看不清楚，依字形與前後月份推定，請核對", "hc.latest_count")
    if any(m.clash for m in table):
        sketch.doubt("有一個月份印有兩種人數，請核對", "hc.monthly_insured", "hc.latest_count")
    last = max((int(i.text) for i in serials(sketch.paper)), default=0)
    if len(months) < last < 2 * len(months) + 12:
        sketch.doubt(f"表列序號到 {last}，只讀到 {len(months)} 個月", "hc.monthly_insured", "hc.latest_month", "hc.latest_count")
    if len(months) < 2:
        return
    if months != consecutive(months[0], len(months)):
        sketch.doubt("月份不連續，可能漏讀或看錯", "hc.monthly_insured", "hc.latest_month", "hc.latest_count")
        sketch.problems.append("人數表的月份不連續，請核對。")
        return
    if (said := _said_range(sketch.paper)) and said != (months[0], months[-1]):
        sketch.doubt(f"表上印的期間是 {said[0]} 至 {said[1]}，與讀到的月份不同", "hc.monthly_insured")
    sketch.vouch("check:sequence", "hc.latest_month")
    sketch.vouch("row", "hc.latest_count", "hc.monthly_insured")
    text = "".join(sketch.paper.text.split())
    if (m := re.search(r"共([0-9]{1,3})[筆列個]", text)) and int(m[1]) != len(months):
        sketch.doubt(f"表上印有共 {m[1]} 筆，讀到 {len(months)} 筆", "hc.monthly_insured")
    _leaps(sketch, [m.count for m in table])


_SPAN = re.compile(r"([0-9]{3}[年/.\-]?[0-9]{2})月?(?:至|~|～|-|–|—)([0-9]{3}[年/.\-]?[0-9]{2})月?(?![0-9])")


def _said_range(paper: Paper) -> tuple[str, str] | None:
    """The first and the last month that the table says it is of; None where the later is not in it."""
    for sheet in paper.sheets:
        for ink in sheet.inks:
            m = _SPAN.search("".join(ink.text.split()))
            if m and re.search("期間|區間", ink.text):
                first, last = (roc_date.parse_month(re.sub("[年/.-]", "", w)) for w in m.groups())
                if first and last and first <= last:
                    return first, last
    return None


def _leaps(sketch: Sketch, counts: list[int | None]) -> None:
    """A count that leaves both its neighbours far behind is more likely misread than true."""
    for i, n in enumerate(counts):
        near = [c for c in counts[max(0, i - 1):i + 2] if c is not None and c is not n]
        if n is not None and near and all(abs(n - c) > max(10, 0.5 * max(n, c)) for c in near):
            sketch.doubt(f"有一個月的人數（{n} 人）與前後月份相差很大，請核對", "hc.monthly_insured")
            if i == len(counts) - 1:
                sketch.doubt("最近一個月的人數與前一個月相差很大，請核對", "hc.latest_count")


KIND = Kind(
    id="insured_headcount_table",
    name="投保單位人數資料表",
    titles=("投保單位人數資料表", "投保單位人數資料查詢", "投保單位人數資料", "投保人數資料表", "投保單位人數表", "投保單位投保人數",
            "投保單位人數證明", "投保單位人數查詢", "各月投保人數", "每月投保人數", "投保人數明細表", "投保人數統計表", "投保人數一覽表",
            "投保人數查詢", "月投保人數表"),
    labels=("保險證號", "單位名稱", "計費年月", "月底生效人數", "印表日期", "資料結束", "不含月底當日退保者", "查詢區間",
            "本表僅供投保單位辦理保險業務參考", "列印日期", "製表日期", "月底人數"),
    fields={
        "ins.unit_no": UNIT_NO,
        "ins.unit_name": (unit_name(("人數",)),),
        "hc.monthly_insured": (monthly,),
        "hc.latest_month": (latest_month,),
        "hc.latest_count": (latest_count,),
        "ins.printed_on": (or_else(around(("印表日期", "列印日期", "製表日期", "印製日期", "查詢日期", "印表時間", "列印時間", "下載時間",
                                   "產製日期", "資料產製日", "查詢時間", "製表時間", "下載日期", "印表日", "列印日", "製表日",
                                   "查詢(列印)日期", "列印(查詢)日期"), day), Worded(families.PRINTED, day), browsers_day),),
    },
    checks=(months_follow,),
    against=("繳款單", "被保險人名冊", "計算名冊"),
    several=True,
    first_page=("單位名稱", "保險證號"),
    goes_on=goes_on,
)
