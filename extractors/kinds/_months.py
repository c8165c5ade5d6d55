"""Tables of months and counts of persons, however they run: a row a month, in blocks side by side, months across, a row a year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from domain.taiwan import roc_date
from extractors.kinds._columns import astray, beside, level_with
from extractors.kinds._counts import likeliest, of_stamp, weighed
from extractors.kinds._grids import counts, years_of
from extractors.kinds._splits import parted
from extractors.kinds._torn import mended_month, torn
from extractors.readers.ink import Ink, Paper, Sheet
from extractors.readers.labels import distance

MONTH = re.compile(r"(?:中華民國|民國)?[0-9零〇○一二三四五六七八九十百]{2,5}年[0-9一二三四五六七八九十]{1,3}月份?"
                   r"|[0-9]{3}[./\-][0-9]{1,2}|20[0-9]{2}[./\-][0-9]{1,2}|[01][0-9]{4}")
COUNT = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,6})[人.]?")
RANGE = re.compile(r"(?<![0-9])(?:[0-9]{2,4}[年/.\-][0-9]{1,2}月?份?|[01][0-9]{4}) ?(?:至|起?迄|~|～|-|–|—) ?(?:中華民國|民國)?[0-9]{2,5}")
EARLIEST = "1950-03"
"""勞工保險 began in March 1950: an earlier month is misread."""

_TOTAL_HEAD = re.compile(r"人數|合計|總計|小計")
_OTHER_HEAD = re.compile(r"本國|外國|外籍|本籍|國籍|(?<!月底)(?<!在)加保|退保|就保|就業|災保|職災|職業|平均|新增|[:：]|資料|[0-9]"
                         r"|勞退|提繳|退休|健保|期初|月初|上月|前月|新進|離職|增加|減少|異動|眷屬|眷口|男|女|職保|薪資|保險費|保費|金額")
_OF_ALL = re.compile(r"月底|月末|期末|生效|在保|投保人|投保總人|被保險人|勞保|納保|計費人|加保總")
"""Words of a head that tell of everybody whom the insurance counts at the end of a month; 人數 behind others may count some of them."""

_BARE = re.compile(r"(?:總|合計|總計|共計|小計)?(?:人數)?(?:合計|總計|小計)?(?:[(（].{1,4}[)）])?")


@dataclass(frozen=True)
class Month:
    """One row of the table: the month, how many, the ink of both. ``guessed``: the month was hardly legible and follows from
    its neighbours; ``chosen``: the count was. ``clash``: the month stands once more with another number (of another insurance, or
    corrected)."""

    month: str
    count: int | None
    at: Ink
    number: Ink | None
    guessed: bool = False
    clash: bool = False
    chosen: bool = False


@lru_cache(maxsize=2)
def rows(paper: Paper) -> list[Month]:
    """The rows of the table, oldest first; of a month printed twice alike the first."""
    found = [m for sheet in paper.sheets for m in _rows(sheet)]
    kept: dict[str, Month] = {}
    for m in found:
        if m.month not in kept or kept[m.month].count is None:
            kept[m.month] = m
        elif m.count not in (None, kept[m.month].count):
            kept[m.month] = replace(kept[m.month], clash=True)
    return _weighed(_filled(paper, _mended([kept[k] for k in sorted(kept)])))


def _weighed(table: list[Month]) -> list[Month]:
    """The table with counts that were hardly legible put right by their glyphs and their neighbours."""
    better = likeliest([m.number for m in table], [m.count for m in table])
    return [replace(m, count=n, number=weighed(m.number), chosen=True) if chosen and m.number else m
            for m, (n, chosen) in zip(table, better, strict=True)]


def goes_on(last: Sheet, sheet: Sheet) -> bool:
    """Whether the months of a page begin right after those of the page before it, or end right before them: one table on two pages."""
    before, after = ({m.month for m in _rows(s)} for s in (last, sheet))
    if not before or not after or before & after:
        return False
    return consecutive(max(before), 2)[1] == min(after) or consecutive(max(after), 2)[1] == min(before)


def consecutive(first: str, n: int) -> list[str]:
    """The ``n`` months from ``first`` on."""
    start = int(first[:4]) * 12 + int(first[5:]) - 1
    return [f"{k // 12:04d}-{k % 12 + 1:02d}" for k in range(start, start + n)]


def _mended(table: list[Month]) -> list[Month]:
    """The table with a month that lies apart put into the one gap that the others leave, where its figures nearly say so."""
    months = [m.month for m in table]
    for odd in table if len(table) > 3 and months != consecutive(months[0], len(months)) else ():
        rest = [m for m in table if m is not odd]
        if {consecutive(odd.month, 2)[1], _before(odd.month)} & {m.month for m in rest}:
            continue
        span = consecutive(rest[0].month, len(rest) + 1)
        gaps = sorted(set(span) - {m.month for m in rest})
        if rest[-1].month == span[-1] and len(gaps) == 1 and distance(_figures(odd.at.text), _printed(gaps[0], odd.at.text), 1) <= 1:
            return sorted([*rest, replace(odd, month=gaps[0], guessed=True)], key=lambda m: m.month)
    return [m for m in table if m.month >= EARLIEST]


def _before(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year:04d}-{number - 1:02d}" if number > 1 else f"{year - 1:04d}-12"


def _filled(paper: Paper, table: list[Month]) -> list[Month]:
    """The table with each single gap filled from the row between its neighbours, where one count stands there in their column."""
    out = list(table)
    for a, b in zip(table, table[1:], strict=False):
        gap = consecutive(a.month, 3)
        if gap[2] != b.month or a.number is None or b.number is None or a.number.page != b.number.page:
            continue
        top, foot = sorted((a.number.box.centre[1], b.number.box.centre[1]))
        column = a.number.box.grown(a.number.em, 0)
        between = [i for s in paper.sheets if s.number == a.number.page for i in s.inks if COUNT.fullmatch(i.text)
                   and top < i.box.top < i.box.bottom < foot and i.box.same_column(column) and column.same_column(b.number.box)]
        if len(between) == 1 and foot - top < 8 * a.number.height:
            out.append(Month(gap[1], _number(between[0]), between[0], between[0], guessed=True))
    return sorted(out, key=lambda m: m.month)


def _figures(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)


def _printed(month: str, like: str) -> str:
    """The figures of a month in the form in which another is printed."""
    number = int(month[5:])
    padded = f"{number:02d}" if not re.search(r"年[1-9]月", like) else str(number)
    return f"{int(month[:4]) - 1911}{padded}"


def _rows(sheet: Sheet) -> list[Month]:
    out: list[Month] = []
    done: set[int] = set()
    heads = _total_heads(sheet)
    others = beside(sheet, heads, _OTHER_HEAD)
    for ink in sheet.inks:
        if id(ink) in done:
            continue
        row = sheet.row(ink.box)
        done |= {id(i) for i in row}
        tokens = [t for i in row for t in _tokens(i, sheet)]
        several = sum(MONTH.fullmatch(t.text) is not None for t in tokens) > 2
        if RANGE.search(" ".join(t.text for t in tokens)) or any(
                re.search(r"[:：]|日期|查詢|區間|時間" if several else r"[:：]|日期|查詢|區間|期間|時間", t.text) for t in tokens[:1]):
            continue
        out += _of_row(sheet, tokens, heads, others)
    return _parted(sheet, out) or _by_year(sheet) or _by_columns(sheet) or _in_words(sheet)


def _parted(sheet: Sheet, table: Sequence[Month]) -> list[Month]:
    """The rows with the count of everybody where it stands beside those of its parts."""
    told = parted(sheet, [(m.at, m.number) for m in table], lambda i: [t for t in _tokens(i, sheet) if COUNT.fullmatch(t.text)])
    return [m if look is None else replace(m, count=_number(n) if n is not m.number else m.count, number=n, clash=look)
            for m, (n, look) in zip(table, told, strict=True)]


_SAID = re.compile(r"((?:中華民國|民國)?[0-9]{2,4}年[0-9]{1,2}月份?)(?:底|末)?[:：,，為計]?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,6})人")


def _in_words(sheet: Sheet) -> list[Month]:
    """Months and counts that follow one another in a sentence: 114年1月：12人、114年2月：13人."""
    out = []
    for ink in sheet.inks:
        for m in _SAID.finditer(ink.text):
            if value := roc_date.parse_month(m[1]):
                out.append(Month(value, int(m[2].replace(",", "")), ink.part(*m.span(1)), ink.part(*m.span(2))))
    return out if len(out) > 1 else []


_GLUED = re.compile(r"((?:民國)?[0-9]{2,4}年[0-9]{1,2}月(?:份)?)([0-9][0-9,]*人?)")


_WIDE_FIGURES = re.compile(r"[0-9](?: [0-9]){1,3}人?")
_PITCH = 1.3
"""How far apart, in their height, the middles of full-width figures of one number stand at most."""


def _closed(ink: Ink, sheet: Sheet) -> Ink:
    """A count or a month of full-width figures (1 4, 11 4年12月) without the blanks seen between them; others as they are."""
    if " " not in ink.text or not (_WIDE_FIGURES.fullmatch(ink.text) or (MONTH.fullmatch(ink.text.replace(" ", "")) and not any(
            MONTH.fullmatch(w) for w in ink.text.split()))):
        return ink
    kept = [k for k, c in enumerate(ink.text) if c != " "]
    middles = [ink.boxes[k].centre[0] * sheet.page.width for k in kept]
    if max(b - a for a, b in zip(middles, middles[1:], strict=False)) > _PITCH * ink.height * sheet.page.height:
        return ink
    scores = tuple(ink.scores[k] for k in kept) if ink.scores else ()
    return Ink("".join(ink.text[k] for k in kept), tuple(ink.boxes[k] for k in kept), ink.page, ink.confidence, ink.source, ink.cut, scores)


def _tokens(ink: Ink, sheet: Sheet) -> list[Ink]:
    """The words of a stretch; a count right behind 月, since no blank is kept there, is a word of its own."""
    out = []
    ink = _closed(mended_month(ink), sheet)
    for m in re.finditer(r"[^ ]+", ink.text):
        if clean := of_stamp(ink.part(m.start(), m.end())):
            out.append(clean)
            continue
        cut = _GLUED.fullmatch(m[0])
        edges = (m.start(), m.start() + cut.end(1), m.end()) if cut else (m.start(), m.end())
        out += [ink.part(a, b) for a, b in zip(edges, edges[1:], strict=False)]
    return out


def _total_heads(sheet: Sheet) -> list[Ink]:
    """The heads of the columns that count everybody, those first whose words say so; others of numbers of persons only where there are none
    of these."""
    heads = [i for i in sheet.inks if len(i.text) <= 14 and _TOTAL_HEAD.search(i.text) and not _OTHER_HEAD.search(i.text)]
    sure = [i for i in heads if _OF_ALL.search(i.text)]
    sure = sure or [i for i in torn(sheet) if _TOTAL_HEAD.search(i.text) and _OF_ALL.search(i.text) and not _OTHER_HEAD.search(i.text)]
    return [*sure, *(i for i in heads if i not in sure and _BARE.fullmatch(i.text))] or heads


def _of_row(sheet: Sheet, tokens: list[Ink], heads: Sequence[Ink], others: Sequence[Ink]) -> list[Month]:
    spots = [i for i, t in enumerate(tokens) if MONTH.fullmatch(t.text) and roc_date.parse_month(t.text) is not None
             and not (i and COUNT.fullmatch(t.text) and MONTH.fullmatch(tokens[i - 1].text))]
    months = [roc_date.parse_month(t.text) if MONTH.fullmatch(t.text) else None for t in tokens]
    if len(tokens) > 2 and months[0] is not None and months == consecutive(months[0], len(months)):
        spots = [*range(len(tokens))]
    out = []
    for k, i in enumerate(spots):
        token, value = tokens[i], roc_date.parse_month(tokens[i].text)
        later = tokens[i + 1:spots[k + 1] if k + 1 < len(spots) else len(tokens)]
        numbers = [t for t in later if COUNT.fullmatch(t.text)]
        over = [h for h in heads if h.box.bottom <= token.box.top + token.height]
        number = _chosen(numbers, over) if numbers else (None if later else _under(sheet, token))
        lost = number is not None and astray(number, over, others)
        if lost:
            number = level_with(sheet, token, over, COUNT)
        if value is not None:
            clash = not lost and _unsure(numbers, over)
            out.append(Month(value, _number(number), token, number or (later[0] if later and not lost else None), clash=clash, chosen=lost))
    return out


def _number(ink: Ink | None) -> int | None:
    m = COUNT.fullmatch(ink.text) if ink else None
    return int(m[1].replace(",", "")) if m else None


def _chosen(numbers: Sequence[Ink], heads: Sequence[Ink]) -> Ink:
    """Of several numbers behind a month the one under the head of the total; else the sum of the others; else the first."""
    if len(numbers) == 1:
        return numbers[0]
    if heads:
        sure = [h for h in heads if _OF_ALL.search(h.text)] or heads
        return min(numbers, key=lambda n: min(abs(n.box.centre[0] - h.box.centre[0]) for h in sure))
    figures = [_number(n) or 0 for n in numbers]
    return next((n for n, f in zip(numbers, figures, strict=True) if len(figures) > 2 and 2 * f == sum(figures)), numbers[0])


def _unsure(numbers: Sequence[Ink], heads: Sequence[Ink]) -> bool:
    """Whether several numbers stand behind a month and neither a head nor their sum tells which of them counts everybody."""
    figures = [_number(n) or 0 for n in numbers]
    # two columns that both call themselves a number of persons
    under = {_number(n) for n in numbers if (own := _head_of(n, heads)) and "人數" in own.text}
    if len(under) > 1 and not any(2 * f == sum(figures) for f in figures):
        return True
    return len({*figures}) > 1 and not heads and not any(len(figures) > 2 and 2 * f == sum(figures) for f in figures)


def _head_of(number: Ink, heads: Sequence[Ink]) -> Ink | None:
    """The nearest head over which or beside which a number stands."""
    head = min(heads, key=lambda h: abs(h.box.centre[0] - number.box.centre[0]), default=None)
    return head if head and abs(head.box.centre[0] - number.box.centre[0]) < 0.5 * (head.box.width + number.box.width) + head.em else None


def _under(sheet: Sheet, head: Ink) -> Ink | None:
    """The count right under a month, in tables that run across."""
    cell = sheet.cell_of(head.box)
    span = cell.box if cell else head.box.grown(0.4 * head.box.width, 0)
    under = [i for i in sheet.inks if i.box.top > head.box.bottom - 0.2 * head.height and span.left <= i.box.centre[0] <= span.right
             and i.box.top - head.box.bottom < 3 * head.height]
    return next((i for i in sorted(under, key=lambda i: i.box.top) if COUNT.fullmatch(i.text)), None)


def _by_year(sheet: Sheet) -> list[Month]:
    """Tables with years on one side and months on the other."""
    return [Month(month, _number(ink), ink, ink) for month, ink in counts(sheet, _tokens, lambda text: COUNT.fullmatch(text) is not None)]


def _by_columns(sheet: Sheet) -> list[Month]:
    """Tables with year and month in columns of their own; the year may stand in the first row only."""
    years = [i for i in sheet.inks if re.fullmatch(r"年(?:度|份)?", i.text)]
    months = [i for i in sheet.inks if re.fullmatch(r"月份?", i.text)]
    pair = next(((y, m) for y in years for m in months if y.box.same_row(m.box) and y.box.left < m.box.left), None)
    heads = [h for h in _total_heads(sheet) if pair and h.box.same_row(pair[1].box)]
    if pair is None or not heads:
        return []
    under = [i for i in sheet.inks if i.box.top >= pair[0].box.bottom]
    said = [(i, int(y[1])) for i in under if abs(i.box.centre[0] - pair[0].box.centre[0]) < 0.04
            and (y := re.fullmatch(r"([0-9]{2,4})年?", i.text))]
    rows = [(i, int(m[1])) for i in under if abs(i.box.centre[0] - pair[1].box.centre[0]) < 0.04
            and (m := re.fullmatch(r"(0?[1-9]|1[0-2])月?", i.text))]
    out = []
    for ink, month, year in years_of(rows, [(i, y + 1911 if y < 1911 else y) for i, y in said]):
        numbers = [t for i in sheet.row(ink.box) for t in _tokens(i, sheet) if t.box.left > ink.box.right and COUNT.fullmatch(t.text)]
        number = _chosen(numbers, heads) if numbers else None
        out.append(Month(f"{year:04d}-{month:02d}", _number(number), ink, number))
    return out
