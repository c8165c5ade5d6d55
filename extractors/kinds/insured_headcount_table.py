"""投保單位人數資料表: the persons insured at the end of each month (勞動部勞工保險局), the best evidence of 經常僱用員工數."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.taiwan import roc_date
from extractors.kind import Draft, Kind, Sketch
from extractors.kinds._shared import UNIT_NO, unit_name
from extractors.readers.ink import Ink, Paper, Sheet
from extractors.readers.places import Beside
from extractors.readers.values import count, day, month

MONTH = re.compile(r"(?:中華民國|民國)?[0-9零〇○一二三四五六七八九十百]{2,5}年[0-9一二三四五六七八九十]{1,3}月份?"
                   r"|[0-9]{3}[./\-][0-9]{1,2}|20[0-9]{2}[./\-][0-9]{1,2}|[01][0-9]{4}")
COUNT = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,6})[人.]?")
RANGE = re.compile(r"[0-9][年/.\-]?[0-9]{1,2}月?(?:至|~|～|-|–|—)[0-9]{2,4}")


@dataclass(frozen=True)
class Month:
    """One row of the table: the month, how many, and the ink of both."""

    month: str
    count: int | None
    at: Ink
    number: Ink | None


def rows(paper: Paper) -> list[Month]:
    """The rows of the table, oldest first; of a month printed twice alike the first."""
    found = [m for sheet in paper.sheets for m in _rows(sheet)]
    kept: dict[str, Month] = {}
    for m in found:
        if m.month not in kept or kept[m.month].count is None:
            kept[m.month] = m
    return [kept[k] for k in sorted(kept)]


def _rows(sheet: Sheet) -> list[Month]:
    out: list[Month] = []
    done: set[int] = set()
    for ink in sheet.inks:
        if id(ink) in done:
            continue
        row = sheet.row(ink.box)
        done |= {id(i) for i in row}
        tokens = [t for i in row for t in _tokens(i)]
        if RANGE.search("".join(t.text for t in tokens)) or any(re.search(r"[:：]|日期|查詢|區間", t.text) for t in tokens[:1]):
            continue
        out += _of_row(sheet, tokens)
    return out or _by_year(sheet)


def _by_year(sheet: Sheet) -> list[Month]:
    """Tables with a row for each year and a column for each month: 1月 … 12月 across, 113年 down the side."""
    heads: dict[int, Ink] = {}
    for ink in sheet.inks:
        for token in _tokens(ink):
            if (m := re.fullmatch(r"([0-9]{1,2})月", token.text)) and 1 <= int(m[1]) <= 12:
                heads.setdefault(int(m[1]), token)
    out = []
    for ink in sheet.inks:
        m = re.fullmatch(r"(?:民國)?([0-9]{2,3})年度?", ink.text)
        if m is None or len(heads) < 3:
            continue
        numbers = [t for i in sheet.row(ink.box) for t in _tokens(i) if COUNT.fullmatch(t.text)]
        for number in numbers:
            head = min(heads.items(), key=lambda h: abs(h[1].box.centre[0] - number.box.centre[0]))
            found = COUNT.fullmatch(number.text)
            if found and abs(head[1].box.centre[0] - number.box.centre[0]) < 0.03:
                out.append(Month(f"{int(m[1]) + 1911:04d}-{head[0]:02d}", int(found[1].replace(",", "")), number, number))
    return out


def _tokens(ink: Ink) -> list[Ink]:
    return [ink.part(m.start(), m.end()) for m in re.finditer(r"[^ ]+", ink.text)]


def _of_row(sheet: Sheet, tokens: list[Ink]) -> list[Month]:
    out = []
    for i, token in enumerate(tokens):
        if not MONTH.fullmatch(token.text) or (value := roc_date.parse_month(token.text)) is None:
            continue
        later = tokens[i + 1] if i + 1 < len(tokens) else None
        if later is not None and MONTH.fullmatch(later.text) and not COUNT.fullmatch(later.text):
            later = None
        number = later if later is not None and COUNT.fullmatch(later.text) else _under(sheet, token) if later is None else None
        m = COUNT.fullmatch(number.text) if number else None
        out.append(Month(value, int(m[1].replace(",", "")) if m else None, token, number or later))
    return out


def _under(sheet: Sheet, head: Ink) -> Ink | None:
    """The count right under a month, in tables that run across."""
    under = [i for i in sheet.inks if i.box.top > head.box.bottom - 0.2 * head.height and i.box.left <= head.box.centre[0] <= i.box.right
             and i.box.top - head.box.bottom < 3 * head.height]
    return next((i for i in sorted(under, key=lambda i: i.box.top) if COUNT.fullmatch(i.text)), None)


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


def months_follow(sketch: Sketch) -> None:
    """The months follow one another without a gap, as many as the table says, within the range that it prints."""
    table = rows(sketch.paper)
    months = [m.month for m in table]
    if len(months) < 2:
        return
    if months != _consecutive(months[0], len(months)):
        sketch.doubt("月份不連續，可能漏讀或看錯", "hc.monthly_insured", "hc.latest_month", "hc.latest_count")
        sketch.problems.append("人數表的月份不連續，請核對。")
        return
    sketch.vouch("check:sequence", "hc.latest_month", "hc.monthly_insured")
    text = "".join(sketch.paper.text.split())
    if (m := re.search(r"共([0-9]{1,3})[筆列個]", text)) and int(m[1]) != len(months):
        sketch.doubt(f"表上印有共 {m[1]} 筆，讀到 {len(months)} 筆", "hc.monthly_insured")
    _leaps(sketch, [m.count for m in table])


def _leaps(sketch: Sketch, counts: list[int | None]) -> None:
    """A count that leaves both its neighbours far behind is more likely misread than true."""
    for i, n in enumerate(counts):
        near = [c for c in counts[max(0, i - 1):i + 2] if c is not None and c is not n]
        if n is not None and near and all(abs(n - c) > max(10, 0.5 * max(n, c)) for c in near):
            sketch.doubt(f"有一個月的人數（{n} 人）與前後月份相差很大，請核對", "hc.monthly_insured")
            if i == len(counts) - 1:
                sketch.doubt("最近一個月的人數與前一個月相差很大，請核對", "hc.latest_count")


def _consecutive(first: str, n: int) -> list[str]:
    start = int(first[:4]) * 12 + int(first[5:]) - 1
    return [f"{k // 12:04d}-{k % 12 + 1:02d}" for k in range(start, start + n)]


KIND = Kind(
    id="insured_headcount_table",
    name="投保單位人數資料表",
    titles=("投保單位人數資料表", "投保單位人數資料查詢", "投保單位人數資料", "投保人數資料表", "投保單位人數表", "投保單位投保人數"),
    labels=("保險證號", "單位名稱", "計費年月", "月底生效人數", "印表日期", "資料結束", "不含月底當日退保者", "查詢區間",
            "本表僅供投保單位辦理保險業務參考"),
    fields={
        "ins.unit_no": UNIT_NO,
        "ins.unit_name": (unit_name(("人數",)),),
        "hc.monthly_insured": (monthly,),
        "hc.latest_month": (latest_month,),
        "hc.latest_count": (latest_count,),
        "ins.printed_on": (Beside(("印表日期", "列印日期", "製表日期", "印製日期", "查詢日期", "印表時間", "列印時間"), day),),
    },
    checks=(months_follow,),
    against=("繳款單", "被保險人名冊", "計算名冊"),
    several=True,
    first_page=("單位名稱", "保險證號"),
)
