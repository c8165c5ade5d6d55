"""電子發票證明聯: the slip of 5.7 cm with two QR codes, and the A4 sheet between businesses. The QR beats the print."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from domain.document import Box, Code
from domain.field import Value
from extractors.kind import Draft, Kind, Reader, Sketch
from extractors.kinds._amounts import figure, or_else, total
from extractors.kinds._invoices import (
    big_writing,
    column_adds_up,
    date_in_period,
    invoice_numbers,
    paid_and_changed,
    purchase_day,
    written_total,
)
from extractors.kinds._numbers import has_label, numbers
from extractors.kinds._parties import heads, parties_differ, seller_no, table_top
from extractors.readers import einvoice
from extractors.readers.einvoice import EInvoice
from extractors.readers.ink import Ink, Paper, Sheet
from extractors.readers.labels import distance
from extractors.readers.places import Beside, Coded, Matching, around, in_turn
from extractors.readers.values import Found, Parser, day, invoice_no, uniform_no


def _coded(take: Callable[[EInvoice], Value]) -> Reader:
    """A field out of the QR; no draft where there is no QR or the QR does not carry it."""

    def read(codes: Sequence[Code]) -> tuple[Value, Code, str] | None:
        hit = einvoice.find(codes)
        value = take(hit[0]) if hit else None
        return (value, hit[1], str(value)) if hit and value is not None else None

    return Coded(read)


def printed_first(coded: Reader, parse: Parser, *printed: Reader, loud: bool = True) -> Reader:
    """The QR's value at the place where it is printed, if it is; the print's own value stays as a second draft, which raises a doubt
    where it differs, unless ``loud`` is off (dates: too many others stand on a slip)."""

    def read(paper: Paper) -> list[Draft]:
        sure = list(coded(paper))
        seen = [d for reader in printed for d in reader(paper)]
        if not sure:
            return seen
        anywhere = [*seen, *Matching(parse, most=99)(paper)]
        spot = next((d.ink for d in anywhere if d.value == sure[0].value), None) or _nearly(paper, str(sure[0].value))
        rest = [replace(d, firm=d.firm and loud) for d in seen]
        return [Draft(sure[0].value, spot or sure[0].ink, witness="qr"), *rest]

    return read


def _nearly(paper: Paper, value: str) -> Ink | None:
    """Where print stands that is nearly the value's: its figures with one in four misread at most, none of few."""
    wanted = re.sub("[^0-9A-Z]", "", value)
    found: list[tuple[int, Ink]] = []
    for ink in paper.first.inks if len(wanted) >= LEAST_FIGURES else ():
        at = [k for k, c in enumerate(ink.text) if c.isascii() and c.isalnum()]
        said = "".join(ink.text[k] for k in at)
        slips = [(distance(said[k:k + len(wanted)], wanted, FEW), k) for k in range(len(said) - len(wanted) + 1)]
        best = min(slips, default=(FEW + 1, 0))
        if best[0] <= (len(wanted) // 4 if len(wanted) > LONG_ENOUGH else 0):
            found.append((best[0], ink.part(at[best[1]], at[best[1] + len(wanted) - 1] + 1)))
    return min(found, key=lambda f: f[0], default=(0, None))[1]


LEAST_FIGURES, LONG_ENOUGH, FEW = 4, 7, 2


def _random(ink: Ink) -> Found | None:
    m = re.match(r"[^0-9]{0,2}([0-9]{4})(?![0-9])", ink.text)
    return Found(m[1], m.start(1), m.end(1)) if m else None


def _party(words: tuple[str, ...], other: tuple[str, ...]) -> Reader:
    """The 統一編號 of one party: behind its own label, else in the block that begins with its words, else under them."""

    def blocks(paper: Paper) -> list[Draft]:
        return heads(paper, words, other)

    return in_turn(_read(Beside(words, uniform_no)), blocks, _read(Beside(words, uniform_no, below=True)))


def placed_seller(paper: Paper) -> list[Draft]:
    """The seller's number by its place, on a sheet with a table of goods, or as the other of two behind names; else the only one beside a
    labelled buyer's."""
    buyers = {d.value for d in _party(BUYER, SELLER)(paper) if d.labelled}
    rest = [(i, n) for i, n in numbers(paper.first) if n not in buyers]
    if table_top(paper.first) is not None:
        told = next((d.value for d in _party(BUYER, SELLER)(paper)), None)
        named = [(i, n) for i, n in numbers(paper.first) if told not in (None, n) and _behind_name(paper.first, n)]
        return seller_no(paper) or [Draft(n, i, uniform_no) for i, n in named if len(named) == 1] or other_seller(paper)
    return [Draft(rest[0][1], rest[0][0], uniform_no)] if buyers and len({n for _, n in rest}) == 1 else []


def other_buyer(paper: Paper) -> list[Draft]:
    """The buyer's number where its own words are lost: the only other one, said to be a 統一編號, above the table of goods on a sheet whose
    seller is told by the seller's words."""
    seller = next((d.value for d in _party(SELLER, BUYER)(paper) if d.value is not None), None)
    top = table_top(paper.first)
    rest = [(i, n) for i, n in numbers(paper.first) if n != seller]
    if seller is None or top is None or len({n for _, n in rest}) != 1:
        return []
    ink, number = rest[0]
    told = has_label(paper.first, ink) or _behind_name(paper.first, number)
    return [Draft(number, ink, uniform_no)] if ink.box.bottom <= top and told else []


def other_seller(paper: Paper) -> list[Draft]:
    """The seller's number where its own words are lost: the only one beside the buyer's above the table of goods. Only its place tells."""
    buyer = next((d.value for d in _party(BUYER, SELLER)(paper) if d.value is not None), None)
    top = table_top(paper.first)
    rest = [(i, n) for i, n in numbers(paper.first) if n != buyer]
    if buyer is None or top is None or len({n for _, n in rest}) != 1 or rest[0][0].box.bottom > top:
        return []
    return [Draft(rest[0][1], rest[0][0], uniform_no)]


def _behind_name(sheet: Sheet, number: str) -> bool:
    """Whether a number stands in brackets behind a firm's name."""
    return any(re.search(rf"[\u4e00-\u9fff]{{3,}}[(（]{number}", i.text) for i in sheet.inks)


def _read(reader: Reader) -> Reader:
    """The drafts that have a value: a party's name behind its label says nothing of its number."""

    def read(paper: Paper) -> list[Draft]:
        return [d for d in reader(paper) if d.value is not None]

    return read


def bar_code(part: int) -> Reader:
    """The number (1) or the random code (2) of the one-dimensional code."""

    def read(paper: Paper) -> list[Draft]:
        for sheet in paper.sheets:
            for code in sheet.codes:
                if hit := einvoice.parse_code39(code.payload.decode("ascii", "replace")):
                    return [Draft(hit[part], Ink(hit[part], (code.box,) * len(hit[part]), sheet.number), witness="bar-code")]
        return []

    return read


SELLER = ("賣方統一編號", "賣方統編", "賣方", "營業人統一編號", "營業人統編", "店統編", "賣方營業人統一編號", "賣方名稱", "銷售人",
          "賣方營業人", "營業人", "出賣人", "開立人",
          "銷售方統編", "銷售方統一編號", "銷售方")
BUYER = ("買方統一編號", "買方統編", "買方", "買受人統一編號", "買受人統編", "買受人", "買方名稱",
         "購買方統編", "購買方統一編號", "購買方", "客戶統編", "客戶統一編號")

NUMBER = (in_turn(_read(around(("發票號碼", "字軌號碼"), invoice_no)), invoice_numbers, bar_code(1)),)
RANDOM = (in_turn(_read(around(("隨機碼", "防偽隨機碼", "隨機號碼", "隨機四碼"), _random)), bar_code(2)),)


def code39_agrees(sketch: Sketch) -> None:
    """The one-dimensional code carries the number and the random code once more."""
    for sheet in sketch.paper.sheets:
        for code in sheet.codes:
            hit = einvoice.parse_code39(code.payload.decode("ascii", "replace"))
            if hit is None:
                continue
            if hit[1] == sketch.value("inv.number"):
                sketch.vouch("bar-code", "inv.number")
            if hit[2] == sketch.value("inv.random_code"):
                sketch.vouch("bar-code", "inv.random_code")


def coded(sheet: Sheet) -> float:
    """The QR or the one-dimensional code of an e-invoice is on no other paper; a 隨機碼 hardly."""
    if einvoice.find(sheet.codes):
        return 6.0
    told = 2.0 if re.search(r"隨機碼[: ]*[0-9]{4}(?![0-9])", sheet.text) else 0.0
    return told + 4.0 if any(einvoice.parse_code39(c.payload.decode("ascii", "replace")) for c in sheet.codes) else told


def slips(sheet: Sheet) -> list[Box]:
    """The part of a page that each of several slips takes, by their left QR codes, which stand in a slip's lower left corner."""
    spots = {invoice.number: code.box for code in sheet.codes if (invoice := einvoice.parse(code.payload))}
    rows: list[list[Box]] = []
    for box in sorted(spots.values(), key=lambda b: b.centre[1]):
        if rows and box.top < rows[-1][0].bottom:
            rows[-1].append(box)
        else:
            rows.append([box])
    out: list[Box] = []
    top = 0.0
    for k, row in enumerate(rows):
        bottom = 1.0 if k == len(rows) - 1 else min(1.0, max(b.bottom for b in row) + 0.02)
        row.sort(key=lambda b: b.left)
        edges = [0.0, *(max(0.0, b.left - 0.03) for b in row[1:]), 1.0]
        out += [Box(a, top, b, bottom) for a, b in zip(edges, edges[1:], strict=False)]
        top = bottom
    return out


KIND = Kind(
    id="einvoice_proof",
    name="電子發票證明聯",
    titles=("電子發票證明聯", "電子發票證明聯補印"),
    labels=("隨機碼", "賣方", "買方", "格式", "發票號碼", "退貨", "總計", "憑電子發票證明聯", "銷售額合計"),
    fields={
        "inv.number": (printed_first(_coded(lambda i: i.number), invoice_no, *NUMBER),),
        "inv.date": (printed_first(_coded(lambda i: i.day.isoformat()), day, purchase_day, loud=False),),
        "inv.random_code": (printed_first(_coded(lambda i: i.random), _random, *RANDOM),),
        "inv.buyer_uniform_no": (printed_first(_coded(lambda i: i.buyer), uniform_no, or_else(_party(BUYER, SELLER), other_buyer)),),
        "inv.seller_uniform_no": (printed_first(_coded(lambda i: i.seller), uniform_no, or_else(_party(SELLER, BUYER), placed_seller)),),
        "inv.total_amount": (printed_first(_coded(lambda i: i.total), figure, or_else(total, written_total)),),
    },
    checks=(code39_agrees, parties_differ, big_writing, column_adds_up, date_in_period, paid_and_changed),
    signs=(coded,),
    parts=slips,
    small=True,
)
