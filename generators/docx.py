"""A .docx template with its tags replaced. Values are data: they are escaped, never run, and never looked at again."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

AUTHOR = "收文 Shouwen"
BROKEN = (TemplateError, OpcError, zipfile.BadZipFile, OSError, ValueError, KeyError, TypeError, SyntaxError)
"""What reading or rendering a damaged or ill-written template raises."""

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def environment() -> SandboxedEnvironment:
    """Sandboxed, escaping, and strict: a tag without a value is an error, never an empty place."""
    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def render(template: Path, context: Mapping[str, Any], title: str, when: datetime) -> bytes:
    """The filled .docx; the same input gives the same bytes. Raises one of BROKEN."""
    document = DocxTemplate(str(template))
    document.render(dict(context), environment())
    _bare_underscores(document.docx)
    properties = document.docx.core_properties
    properties.title, properties.author, properties.last_modified_by = title, AUTHOR, AUTHOR
    properties.comments, properties.language, properties.revision = "", "zh-TW", 1
    properties.created = properties.modified = when.replace(microsecond=0, tzinfo=None)
    raw = io.BytesIO()
    document.save(raw)
    return _repacked(raw.getvalue())


def tags(template: Path) -> set[str]:
    """The names that the template's tags ask for."""
    jinja = environment()
    found: set[str] = DocxTemplate(str(template)).get_undeclared_template_variables(jinja)
    return found - set(jinja.globals)


def text(document: Document) -> str:
    """Every word of the body in reading order, one line a paragraph; a merged cell once."""
    return "\n".join(p.text for p in _paragraphs(document))


def _paragraphs(container: Any) -> Iterator[Paragraph]:
    for item in container.iter_inner_content():
        if isinstance(item, Table):
            seen = set()
            for row in item.rows:
                for cell in row.cells:
                    if cell._tc not in seen:
                        seen.add(cell._tc)
                        yield from _paragraphs(cell)
        else:
            yield item


def _bare_underscores(document: Document) -> None:
    """A blank line printed as underscores is not underlined a second time."""
    for paragraph in _paragraphs(document):
        for run in paragraph.runs:
            if run.underline and run.text and not run.text.strip("_"):
                run.underline = None


def _repacked(data: bytes) -> bytes:
    """The same archive without the hour of its making."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(zipfile.ZipInfo(entry.filename, _ZIP_EPOCH), old.read(entry), zipfile.ZIP_DEFLATED)
    return out.getvalue()
