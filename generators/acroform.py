"""Fillable PDF forms of other agencies (AcroForm, ISO 32000-1, 12.7), filled without a change to a line of them.

Taking one over makes ``template.docx`` out of ``template.pdf``: a sheet with a page a field, as large as the field, with the field's tag
on it. It is filled, traced and checked like any form; when LibreOffice has printed it, each page becomes the look of its field, with its
fonts, rare characters included. A value that does not fit its field would take two pages: then the form is not made, nothing is cut off.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from docx import Document
from docx.enum.section import WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from pypdf import PdfReader

from domain.errors import FormNotFilled
from domain.form import FilledForm
from generators.printing import TICKED
from generators.template import FormTemplate

OFFICIAL = "template.pdf"
"""The fillable PDF as it was published, beside the form's template.docx."""
LEAST, MOST = 9.0, 14.0
"""The smallest and the largest size of letters, in points."""
_SMALLEST_PAGE = 15.0
"""A page of a word processor is no smaller, in points; the field's own rectangle still bounds what shows."""
_PASS_BY = ("/Sig",)


@dataclass(frozen=True)
class Field:
    """A place of the PDF that is filled: one widget. ``tag`` is its tag in the sheet; ``box`` is True for a box to tick; sizes in points;
    ``lines`` whether it may hold several."""

    tag: str
    name: str
    page: int
    width: float
    height: float
    box: bool
    lines: bool


def fields(template: Path) -> list[Field]:
    """The fields of a fillable PDF in the order of its pages; fields for signatures stay empty and are none. Raises PdfError."""
    with pikepdf.open(template) as document:
        return [_field(widget, page) for page, widget in _widgets(document)]


def take_over(source: Path, template: Path) -> list[Field]:
    """A fillable PDF as a form: its sheet as ``template``, the PDF as it is beside it. Raises FormNotFilled."""
    try:
        found = make_sheet(source, template)
    except pikepdf.PdfError as error:
        raise FormNotFilled(source.stem, str(error)) from error
    shutil.copyfile(source, template.with_name(OFFICIAL))
    return found


def make_sheet(template: Path, out: Path) -> list[Field]:
    """Write the sheet for a fillable PDF: the ``template.docx`` to be edited and filled. Raises FormNotFilled for a PDF without fields."""
    found = fields(template)
    if not found:
        raise FormNotFilled(template.stem, "no fillable field")
    document = Document()
    for number, field in enumerate(found):
        section = document.sections[0] if number == 0 else document.add_section(WD_SECTION.NEW_PAGE)
        section.page_width, section.page_height = Pt(max(_SMALLEST_PAGE, field.width)), Pt(max(_SMALLEST_PAGE, field.height))
        for edge in ("left_margin", "right_margin", "top_margin", "bottom_margin", "header_distance", "footer_distance"):
            setattr(section, edge, Pt(1 if edge in ("left_margin", "right_margin") else 0))
        run = document.add_paragraph().add_run(f"{{{{ {field.tag} }}}}")
        size = min(MOST, max(LEAST, field.height - 4 if not field.lines else 10))
        run.font.size, run.font.name = Pt(size), "標楷體"
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "標楷體")
        kept = run._r.getparent().get_or_add_pPr()
        kept.append(parse_xml(f'<w:spacing {nsdecls("w")} w:before="0" w:after="0" w:line="{int(size * 20)}" w:lineRule="exact"/>'))
    document.save(str(out))
    return found


def overlay(template: Path, sheet: Path, out: Path, values: Mapping[str, str] | None = None) -> None:
    """Fill ``template`` with the pages of ``sheet``, the printed sheet, into ``out``. ``values`` gives by tag the value that the field
    holds (else what stands on its page). Raises FormNotFilled where a value takes more room than its field."""
    texts = [p.extract_text().strip() for p in PdfReader(sheet).pages]
    with pikepdf.open(template) as document, pikepdf.open(sheet) as printed:
        widgets = list(_widgets(document))
        if len(widgets) != len(printed.pages):
            raise FormNotFilled(out.stem, f"{len(printed.pages)} pages for {len(widgets)} fields: a value does not fit its field")
        for number, (page, widget) in enumerate(widgets):
            field = _field(widget, page)
            if field.box:
                _tick(widget, TICKED in texts[number])
            else:
                look = document.copy_foreign(printed.pages[number].as_form_xobject())
                _show(document, widget, field, look, (values or {}).get(field.tag, texts[number].replace("\n", "")))
        document.Root.AcroForm.NeedAppearances = False
        part = out.with_suffix(".part")
        document.save(part, deterministic_id=True)
    part.replace(out)


def finish(forms: Sequence[FilledForm], templates: Mapping[str, FormTemplate], folder: Path) -> list[FormNotFilled]:
    """Turn the printed sheets in ``folder`` into the official PDFs, of those forms that are one. Returns what could not be made; of that
    no PDF stays, since a sheet is no form."""
    failures = []
    for form in forms:
        official, sheet = templates[form.form].folder / OFFICIAL, folder / f"{form.form}.pdf"
        if not official.is_file() or not sheet.is_file():
            continue
        try:
            overlay(official, sheet, sheet, {slot: v.printed for slot, v in form.slots.items() if v.printed})
        except FormNotFilled as error:
            sheet.unlink()
            failures.append(error)
    return failures


def flat(filled: Path, out: Path) -> Path:
    """A filled PDF with its fields made part of the pages, for the bundle; any other PDF as it is."""
    with pikepdf.open(filled) as document:
        if "/AcroForm" not in document.Root:
            return filled
        document.flatten_annotations("all")
        document.save(out, deterministic_id=True)
    return out


def _widgets(document: pikepdf.Pdf) -> Iterator[tuple[int, Any]]:
    for number, page in enumerate(document.pages, 1):
        for widget in page.get("/Annots") or ():
            if widget.get("/Subtype") == "/Widget" and _inherited(widget, "/FT") not in (None, *_PASS_BY) and not _pushed(widget):
                yield number, widget


def _pushed(widget: Any) -> bool:
    """A button that does something (table 226, bit 17) holds no value."""
    return _inherited(widget, "/FT") == "/Btn" and bool(int(_inherited(widget, "/Ff") or 0) & 1 << 16)


def _inherited(widget: Any, key: str) -> Any:
    while widget is not None:
        if key in widget:
            return widget[key]
        widget = widget.get("/Parent")
    return None


def _name(widget: Any) -> str:
    """The full name: the parts of all its ancestors."""
    parts: list[str] = []
    while widget is not None:
        parts = [str(widget["/T"]), *parts] if "/T" in widget else parts
        widget = widget.get("/Parent")
    return ".".join(parts)


def _field(widget: Any, page: int) -> Field:
    name, kind = _name(widget), _inherited(widget, "/FT")
    box = kind == "/Btn"
    state = _on(widget) if box else ""
    shared = box and "/T" not in widget and state
    left, bottom, right, top = (float(x) for x in widget["/Rect"])
    tag = re.sub(r"\W+", "_", f"{name}_{state}" if shared else name).strip("_").lower()
    lines = kind == "/Tx" and bool(int(_inherited(widget, "/Ff") or 0) & 1 << 12)
    return Field(tag if re.match(r"[^\W\d]", tag) else f"f_{tag}", name, page, abs(right - left), abs(top - bottom), box, lines)


def _on(widget: Any) -> str:
    """The state of a ticked box: the one that is not /Off."""
    states = [str(k) for k in widget.get("/AP", {}).get("/N", {})] if "/AP" in widget else []
    return next((s.removeprefix("/") for s in states if s != "/Off"), "Yes")


def _tick(widget: Any, ticked: bool) -> None:
    state = pikepdf.Name(f"/{_on(widget)}") if ticked else pikepdf.Name.Off
    widget.AS = state
    holder = widget if "/FT" in widget or "/Parent" not in widget else widget.Parent
    if ticked or "/V" not in holder:
        holder.V = state


def _show(document: pikepdf.Pdf, widget: Any, field: Field, look: Any, text: str) -> None:
    holder = widget if "/FT" in widget or "/Parent" not in widget else widget.Parent
    holder.V = pikepdf.String(text)
    left, bottom, right, top = (float(x) for x in look.BBox)
    # the page's upper edge meets the field's; a line stands in the middle of a field of one line
    look.BBox = pikepdf.Array([left, max(bottom, top - field.height), right, top])
    look.Matrix = pikepdf.Array([1, 0, 0, 1, 0, 0])
    widget.AP = pikepdf.Dictionary(N=document.make_indirect(look))
