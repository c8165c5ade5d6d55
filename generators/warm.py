"""A template made ready once and filled many times.

Opening a .docx, patching its tags together and compiling them takes far longer than filling it; so does packing the parts that never
change (the styles alone are several hundred kilobytes). Both are done once a file: a filling renders the parts that hold tags, and the
rest goes into the archive as it was compressed the first time.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree
from markupsafe import escape

AUTHOR = "收文 Shouwen"
BODY, PROPERTIES = "word/document.xml", "docProps/core.xml"
KEPT = 128
"""How many templates stay ready: every edition of every form, several times over."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?>.*?</w:p>", re.DOTALL)
_MOVES = re.compile("[\t\n\a\f]")
_TITLE, _MOMENT = "shouwen-title", datetime(2001, 2, 3, 4, 5, 6)
_STAMP = "%Y-%m-%dT%H:%M:%SZ"
_DOS_DAY = (1 << 5) | 1
"""1 January 1980, the earliest day that a ZIP archive can name."""


@dataclass(frozen=True)
class _Packed:
    """A part of the archive: its name, CRC-32, size, and its bytes as deflated."""

    name: bytes
    crc: int
    size: int
    data: bytes


@dataclass(frozen=True)
class Warm:
    """A template ready to be filled. ``parts`` stand in the archive's order; one that is not in ``live`` never changes.
    ``body`` is the source of the document's own part."""

    parts: tuple[_Packed, ...]
    live: Mapping[str, Template]
    body: str
    properties: str
    tools: DocxTemplate

    def render(self, context: Mapping[str, Any], title: str, when: datetime, media: Mapping[str, bytes] | None = None) -> bytes:
        """The filled archive; the same input gives the same bytes. ``media`` replaces parts (pictures) by name."""
        made = {name: self._part(template, context) for name, template in self.live.items()}
        made[PROPERTIES] = self._properties(title, when)
        made |= media or {}
        return _archive([_packed(p.name.decode(), made[name]) if (name := p.name.decode()) in made else p for p in self.parts])

    def another(self, body: str) -> Warm:
        """The same with another source of the document's own part."""
        return replace(self, body=body, live={**self.live, BODY: environment().from_string(body)})

    def _properties(self, title: str, when: datetime) -> bytes:
        dated = self.properties.replace(_MOMENT.strftime(_STAMP), when.strftime(_STAMP))
        return dated.replace(_TITLE, str(escape(title))).encode()

    def _part(self, template: Template, context: Mapping[str, Any]) -> bytes:
        text = template.render(context).replace("\n<w:p", "<w:p")
        for written, meant in (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}")):
            text = text.replace(written, meant)
        if _MOVES.search(text):
            text = _PARAGRAPH.sub(self._moved, text)
        tree = self.tools.fix_tables(text.encode())
        _bare_underscores(tree)
        return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))

    def _moved(self, paragraph: re.Match[str]) -> str:
        """A line break in a value as the word processor writes it."""
        text = paragraph.group(0)
        return str(self.tools.resolve_listing(text)) if _MOVES.search(text) else text


def environment() -> SandboxedEnvironment:
    """Sandboxed, escaping, and strict: a tag without a value is an error, never an empty place."""
    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def ready(template: Path) -> Warm:
    """The template as it is on the disk now, made ready at the first call."""
    about = template.stat()
    return _ready(template, about.st_mtime_ns, about.st_size)


@lru_cache(maxsize=KEPT)
def _ready(template: Path, changed: int, size: int) -> Warm:
    tools = DocxTemplate(str(template))
    tools.init_docx()
    for relation in tools.docx.part.package.rels.values():
        # LibreOffice names this relation otherwise; python-docx would put a second part of the same name beside it
        if relation.reltype.endswith("/metadata/core-properties"):
            relation._reltype = RELATIONSHIP_TYPE.CORE_PROPERTIES
    properties = tools.docx.core_properties
    properties.title, properties.author, properties.last_modified_by = _TITLE, AUTHOR, AUTHOR
    properties.comments, properties.language, properties.revision = "", "zh-TW", 1
    properties.created = properties.modified = _MOMENT
    raw = io.BytesIO()
    tools.docx.save(raw)
    jinja, parts, live, core, body = environment(), [], {}, "", ""
    with zipfile.ZipFile(raw) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            parts.append(_packed(name, data))
            if name == PROPERTIES:
                core = data.decode()
            elif _PARTS.fullmatch(name):
                # a line a paragraph, so that a mistake in a tag is found by its line
                source = re.sub(r"<w:p([ >])", r"\n<w:p\1", tools.patch_xml(data.decode()))
                if name == BODY or "{{" in source or "{%" in source:
                    live[name] = jinja.from_string(source)
                    body = source if name == BODY else body
    return Warm(tuple(parts), live, body, core, tools)


def _bare_underscores(tree: Any) -> None:
    """A blank line printed as underscores is not underlined a second time."""
    for line in list(tree.iter(f"{_W}u")):
        properties = line.getparent()
        run = properties.getparent()
        if properties.tag != f"{_W}rPr" or run.tag != f"{_W}r":
            continue
        text = "".join(t.text or "" for t in run.iter(f"{_W}t"))
        if text and not text.strip("_") and all(c.tag in (f"{_W}rPr", f"{_W}t") for c in run):
            properties.remove(line)


def _packed(name: str, data: bytes) -> _Packed:
    deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
    return _Packed(name.encode(), zlib.crc32(data), len(data), deflate.compress(data) + deflate.flush())


def _archive(parts: list[_Packed]) -> bytes:
    """A ZIP archive of parts that are deflated already (APPNOTE 6.3.3), each dated with the first day of the format; names are UTF-8."""
    out, listed = io.BytesIO(), io.BytesIO()
    for p in parts:
        about = struct.pack("<HHHHHIIIHH", 20, 0x800, zipfile.ZIP_DEFLATED, 0, _DOS_DAY, p.crc, len(p.data), p.size, len(p.name), 0)
        at = out.tell()
        out.write(b"PK\x03\x04" + about + p.name + p.data)
        listed.write(b"PK\x01\x02" + struct.pack("<H", 20) + about + struct.pack("<HHHII", 0, 0, 0, 0o644 << 16, at) + p.name)
    at, listing = out.tell(), listed.getvalue()
    out.write(listing + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, len(parts), len(parts), len(listing), at, 0))
    return out.getvalue()
