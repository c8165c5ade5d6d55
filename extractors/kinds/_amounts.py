"""Amounts of invoices: behind their labels, one figure a box, and by their arithmetic where a poor copy has lost the labels.

Net and tax make the total, and the tax is 5 % of the net, rounded half up (營業稅法第 14 條): figures of one column that fit so are net,
tax and total whatever stands beside them. The prices of the lines add up to the net, or to the total where the tax is included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.taiwan import ubn
from extractors.kind import Draft, Reader
from extractors.kinds._boxes import apart, as_figure, broken, figures_apart, whole
from extractors.kinds._meanings import by_meaning, is_noise, taxed_sum
from extractors.kinds._written import in_words
from extractors.readers.ink import Ink, Paper, Sheet
from extractors.readers.labels import Hit
from extractors.readers.places import After, Beside
from extractors.readers.values import Found, digits_amount

TOTAL_LABELS = ("總計", "合計", "總計金額", "應付總額", "發票金額", "總金額", "交易金額", "消費金額")
NET_LABELS = ("銷售額合計", "銷售額", "應稅銷售額", "未稅金額")
TAX_LABELS = ("營業稅額", "營業稅", "稅額")
UNTAXED = ("應稅", "零稅率", "免稅", "含稅", "課稅別")
"""The boxes to tick that stand between a label and its amount."""

UNTAXED_SUM = ("(未稅", "(不含稅", "(稅前")
"""What behind a sum says that it is the net."""

_GROUPED = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff]{0,3}(?:NT\$?|\$)?([0-9]{1,3}(?:[,.][0-9]{3})+)(?=[\u4e00-\u9fff])(?![年月日股人筆張個])")
_AT_HEAD = re.compile(
    r"[^0-9A-Za-z\u4e00-\u9fff]{0,3}(?:NT\$?|\$)?([0-9]{1,3}(?:[,.][0-9]{3})+|[0-9]+)(?![0-9年月日%.,])(?:元|\s|T?X?$|TX|[(（](?:[含內未]|NT))")


def half_up_tax(net: int) -> int:
    """5 % of ``net`` in whole 元, half up."""
    return (net * 5 + 50) // 100


def figure(ink: Ink) -> Found | None:
    """An amount that stands alone or at the head of the ink; never eight bare digits that are somebody's 統一編號."""
    if re.fullmatch(r"[0-9 ]{8,15}", ink.text) and ubn.is_valid("".join(ink.text.split())):
        return None
    if found := digits_amount(ink):
        return found
    m = _AT_HEAD.match(ink.text) or _GROUPED.match(ink.text)
    return Found(int(re.sub(r"[,.]", "", m[1])), m.start(1), m.end(1)) if m else None


@dataclass(frozen=True)
class Placed(Beside):
    """The amount beside a label, also where each figure has a box or a printed place (億千百十萬千百十元) of its own."""

    def _skipped(self, text: str) -> bool:
        """A tick may be read as one figure, not as several; a currency, a rate or a count is no amount."""
        return not re.fullmatch("[0-9]{2,}", text.replace(" ", "")) and (super()._skipped(text) or is_noise(text))

    def _places(self, hit: Hit) -> Iterator[Ink]:
        edge = hit.box.right - 0.2 * hit.box.height
        row = [i for i in hit.sheet.row(hit.box) if i.box.left >= edge and i not in hit.inks
               and (i.text.isdigit() or as_figure(i) or not self._skipped(i.text))]
        figures = row[next((k for k, i in enumerate(row) if re.match("[0-9]", i.text)), len(row)):]
        if hit.after is None or self._skipped(hit.after.text):
            if apart(figures):
                if joined := figures_apart(figures):
                    yield joined
                else:
                    return
            if joined := broken(figures):
                yield joined
        yield from super()._places(hit)
        if hit.after is None or self._skipped(hit.after.text):
            yield from row[:3]


@dataclass(frozen=True)
class Sums:
    """Amounts told by their arithmetic, each with its ink. ``net`` and ``tax`` None: only the total is told, by so many ``lines``."""

    total: tuple[int, Ink]
    net: tuple[int, Ink] | None = None
    tax: tuple[int, Ink] | None = None
    lines: int = 0


def sums(sheet: Sheet) -> Sums | None:
    """Net, tax and total of a sheet from the figures of one column, from top to bottom; else the total that its lines make."""
    columns = _columns(sheet)
    found: list[Sums] = []
    for column in columns:
        edge = column[0][1].box.right - 0.05
        most = max(v for other in columns for v, ink in other if ink.box.right > edge)
        for k in range(len(column) - 3, -1, -1):
            (net, a), (tax, b), (total, c) = column[k:k + 3]
            if net > 0 and net + tax == total == most and tax == half_up_tax(net) and tax:
                return Sums((total, c), (net, a), (tax, b))
        values = [v for v, _ in column]
        for k in range(len(values) - 1, 0, -1):
            if values[k] == most and values[k] == sum(values[:k]):
                found.append(Sums(column[k], lines=k))
                break
    return anywhere(sheet) or (found[0] if found else None)


def anywhere(sheet: Sheet) -> Sums | None:
    """Net, tax and total wherever they stand, each under its label or in one row: the only three figures of the sheet that fit so, or
    those with the largest total where the lines have taxes of their own. Small figures fit by chance and do not count."""
    figures = [(int(f.value), i.part(f.start, f.end)) for i in _mended(sheet) if (f := figure(i)) and isinstance(f.value, int)
               and f.value > 9 and not re.fullmatch(r"(?:[0-9] ?){8}", i.text)]
    spots: dict[int, list[Ink]] = {}
    for value, ink in figures:
        spots.setdefault(value, []).append(ink)
    fitting = sorted({(net + half_up_tax(net), net) for net in spots if half_up_tax(net) in spots and net + half_up_tax(net) in spots
                      and half_up_tax(net) > 9}, reverse=True)
    if not fitting or (len(fitting) > 1 and sum(net for _, net in fitting[1:]) != fitting[0][1]):
        return None
    total, net = fitting[0]
    tax = spots[total - net][-1]
    near_total, near_net = (min(spots[v], key=lambda i: abs(i.box.centre[1] - tax.box.centre[1])) for v in (total, net))
    return Sums((total, near_total), (net, near_net), (total - net, tax))


def _of_words(paper: Paper) -> Sums | None:
    """The net and the tax that make the total in 大寫, where that in figures is lost."""
    words = in_words(paper)
    for sheet in paper.sheets if words else ():
        spots = {int(f.value): i.part(f.start, f.end) for i in sheet.inks if (f := figure(i)) and isinstance(f.value, int) and f.value > 9}
        for net, ink in spots.items():
            tax = half_up_tax(net)
            if words and tax in spots and net + tax == words.value:
                return Sums((words.value, words.ink), (net, ink), (tax, spots[tax]))
    return None


def _mended(sheet: Sheet) -> list[Ink]:
    """The sheet's ink with broken figures made whole."""
    out: list[Ink] = []
    done: set[int] = set()
    for ink in sheet.inks:
        if id(ink) in done:
            continue
        row = [i for i in sheet.row(ink.box) if i.box.left >= ink.box.left] if re.fullmatch("[0-9,.]+", ink.text) else []
        joined = broken(row)
        if joined:
            done |= {id(i) for i in row if joined.box.grown(0.001, 0.01).holds(i.box)}
        elif len(run := apart(row)) > 1:
            done |= {id(i) for i in run}
            joined = figures_apart(row)
            if joined is None:
                continue
        out.append(joined or ink)
    return out


def _taxed(ink: Ink) -> Found | None:
    """The amount of a line of goods that a register marks as taxed: 4,800T, 1,680TX."""
    m = re.fullmatch(r"\$?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)TX?", ink.text)
    return Found(int(m[1].replace(",", "")), m.start(1), m.end(1)) if m else None


def _columns(sheet: Sheet) -> list[list[tuple[int, Ink]]]:
    """Figures that end or begin at one vertical line, from the right, each from top to bottom."""
    figures = [(int(f.value), i.part(f.start, f.end)) for i in _mended(sheet) if (f := digits_amount(i) or _taxed(i))
               and isinstance(f.value, int)
               and not re.fullmatch(r"(?:[0-9] ?){8}", i.text) and not re.search(r"[\u4e00-\u9fff][0-9]", i.text)]
    out: list[list[tuple[int, Ink]]] = []
    for value, ink in figures:
        for column in out:
            if any(abs(ink.box.right - other.box.right) < 0.03 or ink.box.same_column(other.box, 0.6) for _, other in column):
                column.append((value, ink))
                break
        else:
            out.append([(value, ink)])
    for column in out:
        column.sort(key=lambda p: p[1].box.top)
    return sorted((c for c in out if len(c) > 1), key=lambda c: -c[0][1].box.right)


_THREE_PART = re.compile("三聯|計算機|銷售額|營業稅")


def two_part(paper: Paper) -> bool:
    """Whether an invoice says that it is 二聯式; 第二聯 is a copy of any invoice."""
    return re.search("(?<!第)二聯", paper.text) is not None


def three_part(paper: Paper) -> bool:
    """Whether an invoice states its tax apart: then the sum of its lines is not the total."""
    return not two_part(paper) and _THREE_PART.search(paper.text) is not None


def or_else(*readers: Reader) -> Reader:
    """The drafts of the first reader that finds a value, else of the first that finds anything: what the later ones find is no evidence of
    its own."""

    def read(paper: Paper) -> list[Draft]:
        first: list[Draft] = []
        for reader in readers:
            drafts = list(reader(paper))
            if any(d.value is not None for d in drafts):
                return drafts
            first = first or drafts
        return first

    return read


def by_arithmetic(part: str) -> Reader:
    """The ``net``, ``tax`` or ``total`` that the paper's arithmetic tells."""

    def read(paper: Paper) -> list[Draft]:
        for sheet in paper.sheets:
            if (found := sums(sheet)) and (hit := getattr(found, part)):
                if found.tax is None and three_part(paper):
                    return []
                sure = found.lines > 1 and two_part(paper)
                return [Draft(hit[0], hit[1], figure, witness="check:sum" if sure else "")]
        said = _of_words(paper)
        hit = getattr(said, part) if said and part != "total" else None
        return [Draft(hit[0], hit[1], figure)] if hit else []

    return read


def labelled_total(paper: Paper) -> list[Draft]:
    """The total in figures: behind or under 總計."""
    for label in TOTAL_LABELS:
        beside = Placed((label,), figure, skip=UNTAXED, unless_after=("新臺幣", "新台幣", "筆", *UNTAXED_SUM))
        for reader in (beside, Beside((label,), figure, below=True, unless_after=UNTAXED_SUM)):
            out = [d for d in reader(paper) if d.value is not None and not (label == "合計" and _of_sales(paper, d.ink))]
            if out:
                more = next((d for s in paper.sheets if label == "合計" and (d := taxed_sum(s) or _over(s, out[0]))), None)
                return [more] if more else out
    return []


def _over(sheet: Sheet, net: Draft) -> Draft | None:
    """The total of which a sum is but the net, by the only three figures of the sheet that fit as net, tax and total."""
    fit = anywhere(sheet)
    return Draft(fit.total[0], fit.total[1], figure) if fit and fit.net and fit.net[0] == net.value else None


def _of_sales(paper: Paper, ink: Ink) -> bool:
    """Whether 合計 before the ink is what is left of 銷售額合計, set wide: other single signs stand before it in the row."""
    row = [i for s in paper.sheets if s.number == ink.page for i in s.row(ink.box) if i.box.right <= ink.box.left]
    return any(len(i.text) == 1 and re.match(r"[\u4e00-\u9fff]", i.text) and i.text not in "合計總" for i in row)


_WORDS_BEFORE = re.compile(r"[元圓][整正]?[)）]?\s*[(（]?(?:NT\$?|\$|＄|¥)")


def behind_words(paper: Paper) -> list[Draft]:
    """The total in figures behind the one in 大寫: 柒佰元整 $700."""
    for sheet in paper.sheets:
        for ink in sheet.inks:
            m = _WORDS_BEFORE.search(ink.text)
            rest = ink.part(m.end(), len(ink.text)) if m and ink.text[m.end():].strip(" )）") else None
            if rest and (found := digits_amount(rest.part(0, len(rest.text.rstrip(")）"))))):
                return [Draft(found.value, rest.part(found.start, found.end), figure)]
    return []


_CURRENCY = re.compile(r"(?:NT[S$]?\$?|\$|＄) ?((?:[0-9]{1,3}(?:,[0-9]{3})+)|[0-9]{2,7})(?:元整?|整|-)?")


def of_currency(paper: Paper) -> list[Draft]:
    """The only amount that stands alone behind the sign of a currency."""
    found = {m[1]: i.part(m.start(1), m.end(1)) for s in paper.sheets for i in s.inks if (m := _CURRENCY.fullmatch(i.text))}
    return [Draft(int(text.replace(",", "")), ink, figure) for text, ink in found.items() if len(found) == 1]


TAKEN = ("實收金額", "收款金額", "收費金額", "收取金額", "收訖金額")
"""What a small shop says of a total where it says nothing else."""

total = or_else(whole(labelled_total), whole(by_meaning("total")), behind_words, Placed(TAKEN, figure), of_currency, by_arithmetic("total"),
                After(r"^總.[:：] ?(?:NT)?[S$＄]?", figure))
net = or_else(Placed(NET_LABELS, figure, skip=UNTAXED), by_meaning("net"), by_arithmetic("net"))
tax = or_else(Placed(TAX_LABELS, figure, skip=UNTAXED), by_meaning("tax"), by_arithmetic("tax"))
