"""The bundle of a case: one PDF with cover sheet, contents, forms and papers, and one ZIP with everything."""

from __future__ import annotations

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

from generators import convert, cover, docx, papers
from generators.cover import Cover, Entry

FRONT_PAGES = 2
ROUNDS = 4
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
NUMBERS = "/ShouwenNo"
"""The name of the page numbers' font among a page's resources."""
FOOT = 12
"""How far above the foot of the page its number stands, in points."""
FORMS, PAPERS, LEFT_OUT = "表單", "附件", "未併入"


@dataclass(frozen=True)
class Paper:
    """An uploaded file as it came; ``title`` is what people call it: 公司變更登記表（變更登記表.pdf）."""

    path: Path
    title: str


@dataclass(frozen=True)
class _Piece:
    """A part of the bundle: ``reader`` None is one that is only listed."""

    title: str
    group: str
    reader: PdfReader | None

    @property
    def pages(self) -> int:
        return len(self.reader.pages) if self.reader else 0


def build_pdf(sheet: Cover, forms: Sequence[Path], uploads: Sequence[Paper], out: Path, *, soffice: str = "soffice",
              timeout: float = 120.0) -> Path:
    """Write the bundle to ``out``: ``forms`` are PDFs, ``uploads`` stand in the programme's order. A paper that cannot be put in
    (a password, a broken file) is listed with the reason. Raises FormNotFilled where the cover sheet cannot be made."""
    with tempfile.TemporaryDirectory(prefix="shouwen-bundle-") as name:
        room = Path(name)
        pieces = [_Piece(_title(r, f), FORMS, r) for f in forms for r in [PdfReader(f)]]
        for number, paper in enumerate(uploads, 1):
            plain = room / f"paper{number}.pdf"
            why = papers.prepare(paper.path, plain)
            title = f"附件 {number}　{paper.title}"
            pieces.append(_Piece(f"{title}（{why}，請另附）", PAPERS, None) if why else _Piece(title, PAPERS, PdfReader(plain)))
        front = _front(sheet, pieces, room, soffice, timeout)
        writer = _joined(front, pieces, sheet)
        writer.write(room / "joined.pdf")
        out.parent.mkdir(parents=True, exist_ok=True)
        part = out.with_suffix(".part")
        with pikepdf.open(room / "joined.pdf") as joined:
            for number, page in enumerate(joined.pages, 1):
                stamp(page, f"{number} / {len(joined.pages)}")
            joined.save(part, deterministic_id=True)
        part.replace(out)
    return out


def _title(reader: PdfReader, file: Path) -> str:
    return (reader.metadata.title if reader.metadata else None) or file.stem


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
    writer.add_outline_item(title="封面與目錄", page_number=0)
    parents = {}
    for piece in pieces:
        if piece.reader is None:
            continue
        at = len(writer.pages)
        writer.append(piece.reader, import_outline=False)
        if piece.group not in parents:
            parents[piece.group] = writer.add_outline_item(title=piece.group, page_number=at)
        writer.add_outline_item(title=piece.title, page_number=at, parent=parents[piece.group])
    made = f"D:{sheet.made_at:%Y%m%d%H%M%S}+08'00'"
    writer.add_metadata({"/Title": f"{sheet.title} {sheet.case_number}".strip(), "/Author": docx.AUTHOR, "/Subject": sheet.programme,
                         "/Creator": docx.AUTHOR, "/CreationDate": made, "/ModDate": made})
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject("zh-TW")
    root[NameObject("/PageMode")] = NameObject("/UseOutlines")
    root[NameObject("/ViewerPreferences")] = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    return writer


def stamp(page: pikepdf.Page, text: str) -> None:
    """The page number at the foot of the page as displayed, on a small white ground. What the page holds is left unread and as it is."""
    left, bottom, right, top = (float(x) for x in page.cropbox)
    turn = int(page.obj.get("/Rotate", 0)) % 360
    width = sum(5.0 if c.isdigit() else 2.5 for c in text) + 8
    across, up = (left + right - width) / 2, (bottom + top - width) / 2
    frames = {0: f"1 0 0 1 {across:.2f} {bottom + FOOT:.2f}", 90: f"0 1 -1 0 {right - FOOT:.2f} {up:.2f}",
              180: f"-1 0 0 -1 {across + width:.2f} {top - FOOT:.2f}", 270: f"0 -1 1 0 {left + FOOT:.2f} {up + width:.2f}"}
    if "/Font" not in page.resources:
        page.resources.Font = pikepdf.Dictionary()
    page.resources.Font[NUMBERS] = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    ground, words = f"1 g 0 -3 {width:.2f} 12 re f", f"BT {NUMBERS} 9 Tf 4 0 Td ({text}) Tj ET"
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(f"\nQ q {frames[turn]} cm {ground} 0 g {words} Q\n".encode("ascii"))


def build_zip(folder: Path, out: Path) -> Path:
    """Everything in ``folder`` (but ``out`` itself and unfinished files), with manifest.json of each file's SHA-256. The same files give
    the same archive."""
    files = sorted(f for f in folder.rglob("*") if f.is_file() and f.resolve() != out.resolve() and f.suffix != ".part")
    manifest = {"files": {f.relative_to(folder).as_posix(): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}}
    part = out.with_suffix(".part")
    with zipfile.ZipFile(part, "w") as archive:
        for f in files:
            archive.writestr(_entry(f.relative_to(folder).as_posix()), f.read_bytes())
        archive.writestr(_entry("manifest.json"), json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
    part.replace(out)
    return out


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
