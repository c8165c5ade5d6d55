"""Amounts in 大寫: a running line (壹萬貳仟元整) or a printed row of places (億 仟 佰 拾 萬 仟 佰 拾 元) that a pen fills with numerals.

A row of places leaves empty ones blank or crosses them out, so that a bare 拾 means no ten; in a running line a leading 拾 means ten.
Where nothing tells which it is, both amounts are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.taiwan import numerals
from extractors.readers.ink import Ink, Paper, Sheet
from extractors.readers.values import Found

_SLIPS = str.maketrans("伯柏什件仕任恰捨扮叶万厲亿圆圓弍貮弐戴贰叁叄肄仵陵陆別○〇Ｏ",
                       "佰佰仟仟仟仟拾拾拾拾萬萬億元元貳貳貳貳貳參參肆伍陸陸捌零零零")
"""Glyphs that an engine gives for those of an amount, and variants of these; none of them is itself part of an amount."""

_NUMERALS = "零壹貳參肆伍陸柒捌玖"
_UNITS = "拾佰仟萬億"
_CROSSES = "×xXⅩ⊗※/／－—_\\-"
_PART = re.compile(rf"[{_NUMERALS}{_UNITS}0-9{_CROSSES} ]*(?:元|(?<=[{_NUMERALS}{_UNITS}0-9 ])整)?[整正]?[。.]?")
_LABEL = re.compile(r"新[臺台][幣市]|^.?幣|[合總共]計|大[寫寓]|[):：]")
_ALONE = re.compile(rf"[{_NUMERALS}{_UNITS}]{{3,}}元[整正]")
"""A line that is an amount and nothing else, whatever stands before it in its row."""
SURE = 0.9
"""The engine's score from which a line in 大寫 may speak against the figures."""


@dataclass(frozen=True)
class Words:
    """An amount in 大寫: ``value`` and, where the line can be read in two ways, ``others``."""

    value: int
    others: frozenset[int]
    ink: Ink

    def says(self, amount: int) -> bool:
        return amount == self.value or amount in self.others


def in_words(paper: Paper) -> Words | None:
    """The amount that a paper writes in 大寫; the one with most places where there are several."""
    found = [w for sheet in paper.sheets for run in _runs(sheet) if (w := _amount(_with_head(sheet, run)))]
    return max(found, key=lambda w: len(re.sub(r"[^\u4e00-\u9fff]", "", w.ink.text)), default=None)


_HEAD = re.compile(rf"(?:計|幣|[:：寫額])([{_NUMERALS}{_UNITS}]+)$")


def _with_head(sheet: Sheet, run: Ink) -> Ink:
    """An amount that begins at the left edge of its line, with the numerals at the end of the line above, where it broke over."""
    edge = min(i.box.left for i in sheet.inks)
    above = [i for i in sheet.inks if 0 < run.box.centre[1] - i.box.centre[1] < 3 * run.height and i.box.right > run.box.right]
    line = max(above, key=lambda i: i.box.bottom, default=None)
    if line is None or run.box.left > edge + 3 * run.em:
        return run
    m = _HEAD.search(line.text.translate(_SLIPS))
    return Ink.joined([line.part(m.start(1), len(line.text)), run]) if m else run


def in_cells(paper: Paper) -> tuple[int, Ink] | None:
    """The amount whose numerals stand one a place, where the printed units between them are lost: told by their even distance, from the
    first to the one before 元. None where one of them may be lost too."""
    for sheet in paper.sheets:
        for label in sheet.inks:
            if not re.search("合計|總計|新[臺台]幣|[臺台]幣", label.text):
                continue
            row = [i for i in sheet.row(label.box) if i.box.left >= label.box.right - 0.002]
            if whole := _over_places(sheet, label):
                return whole
            signs = [i for i in row if re.fullmatch(rf"[{_NUMERALS}]元?[整正]?", i.text.translate(_SLIPS))]
            if len(signs) > 2 and (value := _evenly(signs, row)):
                return value, Ink.joined(signs)
    return None


_OVER = re.compile(rf"(?:[合總]計|新[臺台]?[幣市])[:：]?([{_NUMERALS}]{{3,}})元[整正]?[。.]?")


def _over_places(sheet: Sheet, label: Ink) -> tuple[int, Ink] | None:
    """The amount whose numerals a pen wrote into one line with its label (合計新臺幣零柒貳伍捌元整), over a row of printed places that lies
    a little off: one numeral a place, which 元 ends."""
    text = "".join(label.text.translate(_SLIPS).split())
    m = _OVER.search(text)
    if m is None:
        return None
    units = "".join(re.sub(rf"[^{_UNITS}]", "", i.text.translate(_SLIPS)) for i in sheet.row(label.box, 0.2) if i is not label)
    printed = re.search("億?仟?佰?拾?萬?仟?佰?拾$", units)
    if printed is None or len(printed[0]) != len(m[1]) - 1:
        return None
    value = int("".join(str(numerals.DIGITS[c]) for c in m[1]))
    return (value, label) if value else None


def _evenly(signs: list[Ink], row: list[Ink]) -> int | None:
    """The amount of numerals that stand evenly; None where a gap, or a strange sign before the first figure, says that one is lost."""
    starts = [i.box.left for i in signs]
    ways = [b - a for a, b in zip(starts, starts[1:], strict=False)]
    figures = "".join(str(numerals.DIGITS[i.text.translate(_SLIPS)[0]]) for i in signs)
    before = [i for i in row if signs[0].box.left - 1.5 * min(ways) < i.box.left < signs[0].box.left]
    after = [i for i in row if 0 <= i.box.left - signs[-1].box.right < 1.2 * min(ways) and i.text[0] in "元圓整正"]
    ended = "元" in signs[-1].text.translate(_SLIPS) or bool(after)
    if max(ways) > 1.4 * min(ways) or not ended or (before and figures[0] != "0"):
        return None
    return int(figures) or None


def parse_words(ink: Ink) -> Found | None:
    """The amount in 大寫 that stands in the ink."""
    start = _start(ink.text)
    if start >= len(ink.text):
        return None
    hit = _amount(ink.part(start, len(ink.text)), alone=True)
    return Found(hit.value, start, len(ink.text)) if hit else None


def _runs(sheet: Sheet) -> Iterator[Ink]:
    """Stretches of one row that hold nothing but an amount in 大寫, behind their label."""
    done: set[int] = set()
    for seed in sheet.inks:
        if id(seed) in done or not re.search(rf"[{_UNITS}]", seed.text.translate(_SLIPS)):
            continue
        run: list[Ink] = []
        begun = True
        for ink in sheet.row(seed.box):
            done.add(id(ink))
            part = _of_amount(ink) if begun or _LABEL.search(ink.text) or _ALONE.fullmatch(ink.text.translate(_SLIPS)) else None
            begun = part is not None or re.search("[計幣寫額)）:：]$", ink.text) is not None
            if part is None or (run and part.text != ink.text):
                if run:
                    yield Ink.joined(run)
                run = []
            if part is not None:
                run.append(part)
                if re.search(r"[元整正]", part.text.translate(_SLIPS)):
                    yield Ink.joined(run)
                    run = []
        if run:
            yield Ink.joined(run)


def _start(text: str) -> int:
    """Where the amount begins: behind the last label before its first sign."""
    first = re.search(rf"[{_NUMERALS}{_UNITS}]", text.translate(_SLIPS))
    ends = [m.end() for m in _LABEL.finditer(text) if first is None or m.start() <= first.start()]
    return max(ends, default=0)


def _of_amount(ink: Ink) -> Ink | None:
    """The part of the ink that is of an amount: all of it, or what stands behind its label. None where other words follow."""
    text = ink.text.translate(_SLIPS)
    start = _start(ink.text)
    m = _PART.match(text, start)
    if m is None or not text[start:m.end()].strip(" 整正。."):
        return None
    rest = text[m.end():].strip()
    if rest and (re.search(rf"[{_NUMERALS}{_UNITS}]", rest) or "元" not in m[0]):
        return None
    return ink.part(start, m.end())


def _amount(ink: Ink, alone: bool = False) -> Words | None:
    """``alone``: a single numeral before 元 will do, since nothing of the row can be lost."""
    text = "".join(ink.text.translate(_SLIPS).split())
    body = re.sub(r"[元整正。.]+$", "", text)
    plain = len(re.findall(rf"[{_UNITS}]", body)) + ("元" in text) > 1 or (alone and re.fullmatch(rf"[{_NUMERALS}]元.*", text))
    if not plain or not re.fullmatch(rf"[{_NUMERALS}{_UNITS}0-9{_CROSSES}]+", body) or re.search("[0-9]{2}", body):
        return None
    for pattern, whole in _LOST_PLACE:
        body = pattern.sub(whole, body)
    value = _sum(body, ten=0)
    if not value:
        return None
    places = re.search(rf"零[拾佰仟萬]|零$|[{_CROSSES}]|[0-9]|[佰仟][拾萬]|佰仟|拾佰", body) is not None or _set_wide(ink)
    other = _sum(body, ten=1)
    if places or other is None or other == value:
        return Words(value, frozenset(), ink)
    return Words(other, frozenset({value}), ink)


_LOST_PLACE = tuple((re.compile(rf"(?<={before})([{_NUMERALS}])([{_NUMERALS}])(?={after})"), rf"\g<1>{lost}\g<2>")
                    for before, lost, after in (("佰", "拾", "$"), ("仟", "佰", "拾"), ("萬", "仟", "佰")))
"""A printed unit that was lost between two numerals, where those before and after it tell which one it was."""


def _set_wide(ink: Ink) -> bool:
    """Whether some signs stand farther apart than signs of one line do."""
    gaps = [b.left - a.right for a, b in zip(ink.boxes, ink.boxes[1:], strict=False)]
    width = min(b.width for b in ink.boxes)
    return any(g > 1.2 * width for g in gaps)


def _sum(body: str, ten: int) -> int | None:
    """What the signs make together; ``ten`` is what a bare 拾 at the head of four places counts. None where they are out of order."""
    total = section = 0
    digit: int | None = None
    unit, myriad = 10_000, 10**12
    head = True
    for c in body:
        if c in numerals.UNITS:
            if numerals.UNITS[c] >= unit:
                return None
            unit = numerals.UNITS[c]
            section += (digit if digit is not None else ten if head and unit == 10 else 0) * unit
            digit, head = None, False
        elif c in numerals.MYRIADS:
            if numerals.MYRIADS[c] >= myriad:
                return None
            myriad, unit, head = numerals.MYRIADS[c], 10_000, True
            total, section, digit = total + (section + (digit or 0)) * myriad, 0, None
        elif c in numerals.DIGITS:
            if digit:
                return None
            digit, head = numerals.DIGITS[c], head and numerals.DIGITS[c] == 0
    return total + section + (digit or 0)
