"""The 統一編號 on papers of sale, and the words that stand right before them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.kinds._boxes import as_figure
from extractors.kinds._thirds import NEAR, of_third
from extractors.readers.ink import Ink, Sheet
from extractors.readers.values import uniform_no

_OTHER_NUMBERS = re.compile(r"[A-Z]{2}[ \-]?[0-9]{8}|電話|TEL|傳真|FAX|\(0[0-9]\)|帳號|日期", re.IGNORECASE)

_OWN_LABEL = re.compile(r"統[一\-－—–]?編號?[:：]?\s*([0-9]{8})(?![0-9])")
"""The bar of 一 is read as a dash now and then."""

_BUYER = (r"(?:買\s*受\s*[人者]|買\s*方|購\s*買\s*[人方]|抬\s*頭|客\s*戶|顧\s*客|付\s*款\s*人|繳\s*款\s*人)(?:名稱|註記)?"
          r"(?:統[一\-－—–]?編號?)?\s*[:：]?")
_LED_BY_BUYER = re.compile(rf"{_BUYER}\s*([0-9]{{8}})(?![0-9])")
_BUYER_ALONE = re.compile(_BUYER)


def numbers(sheet: Sheet) -> list[tuple[Ink, str]]:
    """Every 統一編號 of the sheet, in one stretch or one figure a box."""
    out = []
    letters = [i for i in sheet.inks if re.fullmatch(r"[A-Z]{2}[-－]?", i.text)]
    for ink in (*sheet.inks, *boxed(sheet)):
        if any(i.box.same_row(ink.box) and 0 <= ink.box.left - i.box.left < 10 * i.em for i in letters):
            continue
        if of_third(sheet, ink):
            continue
        own = _OWN_LABEL.search(ink.text)
        if own and (found := uniform_no(own_ink := ink.part(own.start(1), own.end(1)))):
            out.append((own_ink, str(found.value)))
        elif not _OTHER_NUMBERS.search(ink.text) and (found := uniform_no(ink)):
            out.append((ink.part(found.start, found.end), str(found.value)))
    return out


def boxed(sheet: Sheet) -> list[Ink]:
    """Eight figures of one row that stand about equally far apart."""
    out: list[Ink] = []
    done: set[int] = set()
    for seed in sheet.inks:
        if id(seed) in done or not re.fullmatch(r"[0-9]{1,2}", seed.text):
            continue
        run: list[Ink] = []
        row = sheet.row(seed.box, 0.7)
        figures = [i for i in row if re.fullmatch(r"[0-9]{1,2}", i.text)]
        done |= {id(i) for i in figures}
        if len(figures) > 4:
            figures = [f for i in row if (f := i if i in figures else as_figure(i))]
        for ink in figures:
            if run and ink.box.left - run[-1].box.right > 4 * min(ink.em, run[-1].em):
                out += _eight(run)
                run = []
            run.append(ink)
        out += _eight(run)
    return out


def _eight(run: Sequence[Ink]) -> list[Ink]:
    """A run of eight figures in at least five stretches, as one."""
    return [Ink.joined(run)] if len(run) >= 5 and sum(len(i.text) for i in run) == 8 else []


def led_by_buyer(sheet: Sheet) -> list[tuple[Ink, str]]:
    """The 統一編號 that stand right behind the buyer's words, with nothing between: 買受人：12345678, as cash registers print it."""
    out = []
    for ink in sheet.inks:
        m = _LED_BY_BUYER.match(ink.text)
        if m and (found := uniform_no(own := ink.part(m.start(1), m.end(1)))):
            out.append((own, str(found.value)))
        elif re.fullmatch("[0-9]{8}", ink.text) and (found := uniform_no(ink)):
            left = [i for i in sheet.row(ink.box) if i.box.right <= ink.box.left + 0.005]
            if left and ink.box.left - left[-1].box.right < NEAR and _BUYER_ALONE.fullmatch(left[-1].text):
                out.append((ink, str(found.value)))
    return out


def has_label(sheet: Sheet, ink: Ink) -> bool:
    """Whether 統一編號 or 統編 stands right before a number."""
    row = [i for i in sheet.row(ink.box) if i.box.left < ink.box.left]
    return bool(row) and re.search(r"統[一\-－—–]?編號?[:：]?\s*(?:[0-9]{8}|$)", row[-1].text) is not None \
        and row[-1].box.right > ink.box.left - 0.6
