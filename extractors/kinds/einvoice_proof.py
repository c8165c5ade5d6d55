"""電子發票證明聯: the slip of 5.7 cm with two QR codes, and the A4 sheet between businesses. The QR beats the print."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from domain.document import Code
from domain.field import Value
from domain.taiwan import ubn
from extractors.kind import Draft, Kind, Reader, Sketch
from extractors.kinds._invoices import big_writing, figure, invoice_numbers, net_tax_total, purchase_day, total_drafts
from extractors.readers import einvoice
from extractors.readers.einvoice import EInvoice
from extractors.readers.ink import Ink, Paper
from extractors.readers.places import Beside, Coded, Matching, in_turn
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
        spot = next((d.ink for d in anywhere if d.value == sure[0].value), None)
        rest = [replace(d, firm=d.firm and loud) for d in seen]
        return [Draft(sure[0].value, spot or sure[0].ink, witness="qr"), *rest]

    return read


def _random(ink: Ink) -> Found | None:
    m = re.match(r"[^0-9]{0,2}([0-9]{4})(?![0-9])", ink.text)
    return Found(m[1], m.start(1), m.end(1)) if m else None


def _party(words: tuple[str, ...], other: tuple[str, ...]) -> Reader:
    """The 統一編號 of one party: behind its own label, else the 統一編號 that follows its label before the other party's."""

    def read(paper: Paper) -> list[Draft]:
        direct = [d for d in Beside(words, uniform_no)(paper) if d.value is not None]
        return direct or _below_party(paper, words, other)

    return read


def _below_party(paper: Paper, words: tuple[str, ...], other: tuple[str, ...]) -> list[Draft]:
    for sheet in paper.sheets:
        mine: Ink | None = None
        for ink in sheet.inks:
            head = re.sub(r"[^\u4e00-\u9fff:]", "", ink.text)
            if any(head.startswith(w) for w in words):
                mine = ink
            elif any(head.startswith(w) for w in other):
                mine = None
            elif mine is not None and "統一編號" in ink.text and abs(ink.box.left - mine.box.left) < 0.15 and (found := uniform_no(ink)):
                return [Draft(found.value, ink.part(found.start, found.end), uniform_no)]
    return []


SELLER = ("賣方統一編號", "賣方統編", "賣方", "營業人統一編號", "賣方營業人統一編號")
BUYER = ("買方統一編號", "買方統編", "買方", "買受人統一編號", "買受人統編", "買受人")


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


def parties_differ(sketch: Sketch) -> None:
    """Nobody sells to himself: one number in both places is a misread place."""
    buyer, seller = sketch.text("inv.buyer_uniform_no"), sketch.text("inv.seller_uniform_no")
    if buyer and buyer == seller:
        sketch.doubt("買賣雙方統一編號相同，請核對", "inv.buyer_uniform_no", "inv.seller_uniform_no")
    for name, number in (("inv.buyer_uniform_no", buyer), ("inv.seller_uniform_no", seller)):
        if number and not ubn.is_valid(number) and not any(d.witness == "qr" for d in sketch.drafts[name]):
            sketch.doubt("統一編號檢查碼不符，可能看錯字", name)


KIND = Kind(
    id="einvoice_proof",
    name="電子發票證明聯",
    titles=("電子發票證明聯", "電子發票證明聯補印"),
    labels=("隨機碼", "賣方", "買方", "格式", "發票號碼", "退貨", "總計", "憑電子發票證明聯", "銷售額合計"),
    fields={
        "inv.number": (printed_first(_coded(lambda i: i.number), invoice_no, in_turn(Beside(("發票號碼",), invoice_no), invoice_numbers)),),
        "inv.date": (printed_first(_coded(lambda i: i.day.isoformat()), day, purchase_day, loud=False),),
        "inv.random_code": (printed_first(_coded(lambda i: i.random), _random, Beside(("隨機碼",), _random)),),
        "inv.buyer_uniform_no": (printed_first(_coded(lambda i: i.buyer), uniform_no, _party(BUYER, SELLER)),),
        "inv.seller_uniform_no": (printed_first(_coded(lambda i: i.seller), uniform_no, _party(SELLER, BUYER)),),
        "inv.total_amount": (printed_first(_coded(lambda i: i.total), figure, total_drafts),),
    },
    checks=(code39_agrees, parties_differ, net_tax_total, big_writing),
    small=True,
)
