"""PDF files that last: PDF/A-2b (ISO 19005-2) where every part is of our making, and the same bytes for the same content.

LibreOffice writes the hour of the export into a PDF (dates, colour profile, identifiers) and a random number into an ODT; both are
replaced by the hour of the document itself. ``flaws`` looks at the points of PDF/A that a bundle can miss; it is no full validator.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pikepdf

_XMP_DAY = "%Y-%m-%dT%H:%M:%S"
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_RSID = re.compile(rb'(config:name="Rsid(?:Root)?" config:type="int">)\d+')
_CREATED = re.compile(r"<dcterms:created[^>]*>([^<]*)<")
_ICC_DATE = slice(24, 36)
"""Where a colour profile bears its date (ICC.1, 7.2.8)."""


def pdf_date(when: datetime) -> str:
    """A time in Taipei as a PDF writes it."""
    return f"D:{when:%Y%m%d%H%M%S}+08'00'"


def day_of(document: Path) -> datetime | None:
    """When a .docx says that it was made; None where it does not say."""
    try:
        with zipfile.ZipFile(document) as archive:
            found = _CREATED.search(archive.read("docProps/core.xml").decode())
            return datetime.strptime(found[1].rstrip("Z"), _XMP_DAY) if found else None
    except (zipfile.BadZipFile, KeyError, ValueError, OSError):
        return None


def steady(file: Path, when: datetime) -> None:
    """Take the hour of the export out of a PDF or ODT that LibreOffice made; ``when`` stands there instead."""
    if file.suffix == ".pdf":
        with pikepdf.open(file, allow_overwriting_input=True) as document:
            dated(document, when)
            for name in ("/ID", "/DocChecksum"):
                if name in document.trailer:
                    del document.trailer[name]
            document.save(file, deterministic_id=True)
    elif file.suffix == ".odt":
        file.write_bytes(_odt(file.read_bytes()))


def dated(document: pikepdf.Pdf, when: datetime) -> None:
    """Give the document one day everywhere: information, metadata, colour profiles."""
    document.docinfo.CreationDate = document.docinfo.ModDate = pdf_date(when)
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as about:
        for key in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
            about[key] = f"{when.strftime(_XMP_DAY)}+08:00"
    for intent in document.Root.get("/OutputIntents", ()):
        profile = bytearray(intent.DestOutputProfile.read_bytes())
        profile[_ICC_DATE] = bytes(12)
        intent.DestOutputProfile.write(bytes(profile))


def claim(document: pikepdf.Pdf, colours: pikepdf.Pdf) -> None:
    """Say that the document is PDF/A-2b. ``colours`` is a PDF/A whose colour profile is taken over; the information of the document
    is repeated in its metadata, as PDF/A wants (6.6.3)."""
    if "/OutputIntents" in colours.Root:
        # only an indirect object can be copied from one document to another
        document.Root.OutputIntents = document.copy_foreign(colours.make_indirect(colours.Root.OutputIntents))
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as about:
        about["pdfaid:part"], about["pdfaid:conformance"] = "2", "B"


def describe(document: pikepdf.Pdf) -> None:
    """Repeat the document's information as metadata."""
    info = document.docinfo
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as about:
        about["dc:title"], about["dc:description"] = str(info.get("/Title", "")), str(info.get("/Subject", ""))
        about["dc:creator"], about["dc:language"] = [str(info.get("/Author", ""))], ["zh-TW"]
        about["xmp:CreatorTool"], about["pdf:Producer"] = str(info.get("/Creator", "")), str(info.get("/Producer", ""))


def flaws(file: Path) -> list[str]:
    """What keeps a file from being PDF/A-2b, of the points looked at: identification, output intent, embedded fonts, no encryption, no
    actions, an identifier, one title in information and metadata."""
    with pikepdf.open(file) as document:
        return list(_flaws(document))


def _flaws(document: pikepdf.Pdf) -> Iterator[str]:
    with document.open_metadata() as about:
        if (about.get("pdfaid:part"), about.get("pdfaid:conformance")) != ("2", "B"):
            yield "no identification as PDF/A-2b"
        if about.get("dc:title") != str(document.docinfo.get("/Title", "")):
            yield "the title differs between information and metadata"
    intents = document.Root.get("/OutputIntents", ())
    if not any(i.get("/S") == "/GTS_PDFA1" and "/DestOutputProfile" in i for i in intents):
        yield "no output intent"
    if document.is_encrypted:
        yield "encrypted"
    if "/ID" not in document.trailer:
        yield "no identifier"
    for thing in document.objects:
        if not isinstance(thing, pikepdf.Dictionary):
            continue
        if thing.get("/S") in ("/JavaScript", "/Launch") or "/AA" in thing:
            yield "an action"
        if thing.get("/Type") == "/Font" and thing.get("/Subtype") in ("/Type1", "/TrueType", "/MMType1"):
            yield from _embedded(thing)
        if thing.get("/Subtype") in ("/CIDFontType0", "/CIDFontType2"):
            yield from _embedded(thing)


def _embedded(font: pikepdf.Dictionary) -> Iterator[str]:
    about = font.get("/FontDescriptor")
    if about is None or not any(k in about for k in ("/FontFile", "/FontFile2", "/FontFile3")):
        yield f"the font {font.get('/BaseFont')} is not embedded"


def _odt(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            body = old.read(entry)
            if entry.filename == "settings.xml":
                body = _RSID.sub(rb"\g<1>0", body)
            steady_entry = zipfile.ZipInfo(entry.filename, _ZIP_EPOCH)
            steady_entry.compress_type = entry.compress_type  # the first, the file's kind, is stored as it is (ODF 1.3, part 2, 3.3)
            steady_entry.external_attr = 0o644 << 16
            new.writestr(steady_entry, body)
    return out.getvalue()
