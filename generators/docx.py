"""A .docx template with its tags replaced. Values are data: they are escaped, never run, and never looked at again."""

from __future__ import annotations

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
from jinja2 import TemplateError
from lxml.etree import LxmlError

from generators import warm

AUTHOR = warm.AUTHOR
BROKEN = (TemplateError, LxmlError, OpcError, zipfile.BadZipFile, OSError, ValueError, KeyError, TypeError, SyntaxError)
"""What reading or rendering a damaged or ill-written template raises."""


def render(template: Path, context: Mapping[str, Any], title: str, when: datetime, media: Mapping[str, bytes] | None = None) -> bytes:
    """The filled .docx; the same input gives the same bytes. ``media`` replaces pictures by their name in the archive
    (``word/media/image1.png``). Raises one of BROKEN."""
    return warm.ready(template).render(context, title, when, media)


def tags(template: Path) -> set[str]:
    """The names that the template's tags ask for."""
    jinja = warm.environment()
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
