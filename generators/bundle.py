"""The bundle of a case: one PDF with cover sheet, contents, forms and papers, and one ZIP with everything."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pypdf import PdfReader, PdfWriter
from pypdf.constants import PageLabelStyle
from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

from generators import acroform, archival, convert, cover, docx, numerals, papers, proof
from generators.cover import Cover, Entry

FRONT_PAGES = 2
ROUNDS = 4
NUMBERS, SIZE = "/ShouwenNo", 10
"""The name of the page numbers' font among a page's resources, and its size in points."""
FOOT = 12
"""How far above the foot of the page its number stands, in points."""
FRONT, LEFT_OUT = "封面與目錄", "未併入"
NOBODY = proof.About()


@dataclass(frozen=True)
class Paper:
    """An uploaded file as it came; ``title`` is what people call it: 公司變更登記表（變更登記表.pdf）."""

    path: Path
    title: str


@dataclass(frozen=True)
class Form:
    """A filled form as PDF; ``id`` is its number: F12."""

    path: Path
    id: str
    title: str = ""


@dataclass(frozen=True)
class _Piece:
    """A part of the bundle: ``reader`` None is one that is only listed. ``label`` begins the labels of its pages: F12-1, 附件2-1.
    ``ours``: its pages were drawn by us, so that they are known to be PDF/A."""

    title: str
    label: str
    reader: PdfReader | None
    ours: bool

    @property
    def pages(self) -> int:
        return len(self.reader.pages) if self.reader else 0


def build_pdf(sheet: Cover, parts: Sequence[Form | Paper], out: Path, *, soffice: str = "soffice", timeout: float = 120.0) -> Path:
    """Write the bundle to ``out``: ``parts`` in the order in which the programme wants them. A paper that cannot be put in (a password,
    a broken file) is listed with the reason. PDF/A-2b where every part is of our drawing; an uploaded PDF comes along as it is, and
    then the bundle does not claim it. The same parts give the same bytes. Raises FormNotFilled where the cover sheet cannot be made."""
    with tempfile.TemporaryDirectory(prefix="shouwen-bundle-") as name:
        room = Path(name)
        pieces = list(_pieces(parts, room))
        front = _front(sheet, pieces, room, soffice, timeout)
        _joined(front, pieces, sheet).write(room / "joined.pdf")
        out.parent.mkdir(parents=True, exist_ok=True)
        part = out.with_suffix(".part")
        with pikepdf.open(room / "joined.pdf") as joined, pikepdf.open(room / "cover.pdf") as colours:
            figures = numerals.font(joined)
            for number, page in enumerate(joined.pages, 1):
                stamp(page, f"{number} / {len(joined.pages)}", figures)
            archival.describe(joined)
            if all(p.ours for p in pieces):
                archival.claim(joined, colours)
            archival.dated(joined, sheet.made_at)
            joined.save(part, deterministic_id=True)
        part.replace(out)
    return out


def _pieces(parts: Sequence[Form | Paper], room: Path) -> Iterator[_Piece]:
    number = 0
    for part in parts:
        if isinstance(part, Form):
            plain = acroform.flat(part.path, room / f"{part.id}.pdf")
            reader = PdfReader(plain)
            yield _Piece(_title(reader, part), part.id, reader, plain == part.path)
            continue
        number += 1
        plain = room / f"paper{number}.pdf"
        why = papers.prepare(part.path, plain)
        title, label = f"附件 {number}　{part.title}", f"附件{number}"
        if why:
            yield _Piece(f"{title}（{why}，請另附）", label, None, True)
        else:
            yield _Piece(title, label, PdfReader(plain), not papers.is_pdf(part.path))


def _title(reader: PdfReader, form: Form) -> str:
    """The title that the form's file has, or else its own."""
    return (reader.metadata.title if reader.metadata else None) or f"{form.title}（{form.id}）"


def _front(sheet: Cover, pieces: Sequence[_Piece], room: Path, soffice: str, timeout: float) -> PdfReader:
    """Cover sheet and contents. How many pages they take is known only when they are made: made again until the numbers hold."""
    pages = FRONT_PAGES
    for _ in range(ROUNDS):
        at, entries = pages + 1, []
        for piece in pieces:
            entries.append(Entry(piece.title, str(at) if piece.reader else LEFT_OUT))
            at += piece.pages
        file = room / "cover.docx"
        file.write_bytes(cover.sheet(sheet, entries))
        reader = PdfReader(convert.convert([file], ["pdf"], room, soffice=soffice, timeout=timeout)[0])
        if len(reader.pages) == pages:
            break
        pages = len(reader.pages)
    return reader


def _joined(front: PdfReader, pieces: Sequence[_Piece], sheet: Cover) -> PdfWriter:
    writer = PdfWriter()
    writer.append(front, import_outline=False)
    writer.add_outline_item(title=FRONT, page_number=0)
    labels = [(0, "封面", len(front.pages))]
    for piece in pieces:
        if piece.reader is None:
            continue
        at = len(writer.pages)
        writer.append(piece.reader, import_outline=False)
        writer.add_outline_item(title=piece.title, page_number=at)
        labels.append((at, piece.label, piece.pages))
    for at, label, pages in labels:
        writer.set_page_label(at, at + pages - 1, style=PageLabelStyle.DECIMAL, prefix=f"{label}-")
    writer.add_metadata({"/Title": f"{sheet.title} {sheet.case_number}".strip(), "/Author": docx.AUTHOR, "/Subject": sheet.programme,
                         "/Creator": docx.AUTHOR, "/Producer": docx.AUTHOR})
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject("zh-TW")
    root[NameObject("/PageMode")] = NameObject("/UseOutlines")
    root[NameObject("/ViewerPreferences")] = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    return writer


def stamp(page: pikepdf.Page, text: str, figures: pikepdf.Object) -> None:
    """The page number at the foot of the page as displayed, on a small white ground. What the page holds is left unread and as it is."""
    left, bottom, right, top = (float(x) for x in page.cropbox)
    turn = int(page.obj.get("/Rotate", 0)) % 360
    width = numerals.width(text, SIZE) + 8
    across, up = (left + right - width) / 2, (bottom + top - width) / 2
    frames = {0: f"1 0 0 1 {across:.2f} {bottom + FOOT:.2f}", 90: f"0 1 -1 0 {right - FOOT:.2f} {up:.2f}",
              180: f"-1 0 0 -1 {across + width:.2f} {top - FOOT:.2f}", 270: f"0 -1 1 0 {left + FOOT:.2f} {up + width:.2f}"}
    if "/Font" not in page.resources:
        page.resources.Font = pikepdf.Dictionary()
    page.resources.Font[NUMBERS] = figures
    ground, words = f"1 g 0 -3 {width:.2f} 12 re f", f"BT {NUMBERS} {SIZE} Tf 4 0 Td ({text}) Tj ET"
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(f"\nQ q {frames[turn]} cm {ground} 0 g {words} Q\n".encode("ascii"))


def build_zip(folder: Path, out: Path, about: proof.About = NOBODY) -> Path:
    """Everything in ``folder`` (but ``out`` itself and unfinished files), with its manifest. The same files give the same archive;
    ``proof.seal`` signs it."""
    files = proof.hashes(folder, out)
    manifest = proof.manifest(folder, files, about)
    part = out.with_suffix(".part")
    with zipfile.ZipFile(part, "w") as archive:
        for name in files:
            archive.writestr(proof.entry(name), (folder / name).read_bytes())
        archive.writestr(proof.entry(proof.MANIFEST), json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
    part.replace(out)
    return out
