"""A sheet of A4 as government forms are set: 標楷體, even table lines, seal boxes of fixed size.

Text is written with three marks: ``{{ tag }}`` is a slot, ``[[ … ]]`` is underlined, ``^…^`` is raised.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

SHORT = 1.6
"""A row of this least height (cm) or less stays on one page."""

SIDES = ("top", "left", "bottom", "right")
KAI, LATIN = "標楷體", "Times New Roman"
ALIGN = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT,
         "both": WD_ALIGN_PARAGRAPH.JUSTIFY, "spread": WD_ALIGN_PARAGRAPH.DISTRIBUTE}


@dataclass(frozen=True)
class Cell:
    """A table cell. ``span`` columns wide, ``down`` rows high; ``borders`` such as ``top=nil right=double``."""

    text: str = ""
    span: int = 1
    down: int = 1
    align: str = "left"
    bold: bool = False
    size: float = 12
    valign: str = "center"
    borders: str = ""
    fit: bool = False


@dataclass(frozen=True)
class Row:
    """``height`` in cm is the least height; ``fixed`` keeps it whatever stands in it (seal boxes). ``whole`` keeps the row on one page;
    unless given, rows of at most SHORT are kept whole."""

    cells: Sequence[Cell]
    height: float = 0.9
    fixed: bool = False
    header: bool = False
    whole: bool | None = None


class Sheet:
    """A document being drawn."""

    def __init__(self, margins: tuple[float, float, float, float] = (2.0, 2.0, 2.0, 2.0), size: float = 12) -> None:
        """``margins`` in cm: top, right, bottom, left; ``size`` of the text in points."""
        self.document = Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21.0), Cm(29.7)
        section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = (Cm(m) for m in margins)
        section.header_distance = section.footer_distance = Cm(1.0)
        style = self.document.styles["Normal"]
        style.font.size = Pt(size)
        style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
        _fonts(style.element.get_or_add_rPr(), LATIN)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "en-US")
        language.set(qn("w:eastAsia"), "zh-TW")
        style.element.get_or_add_rPr().append(language)
        self.size = size

    def line(self, text: str = "", *, align: str = "left", size: float | None = None, bold: bool = False, before: float = 0,
             after: float = 0, indent: float = 0, hang: float = 0, first: float = 0, spacing: float = 1.15,
             keep: bool = False) -> Paragraph:
        """One paragraph; ``before``, ``after`` in points, ``indent``, ``hang``, ``first`` in characters."""
        paragraph = self.document.add_paragraph()
        size = size or self.size
        form = paragraph.paragraph_format
        form.alignment, form.line_spacing = ALIGN[align], _even(size, spacing)
        form.space_before, form.space_after, form.keep_with_next = Pt(before), Pt(after), keep
        form.left_indent, form.first_line_indent = Pt((indent + hang) * size), Pt((first - hang) * size)
        write(paragraph, text, size, bold)
        return paragraph

    def table(self, widths: Sequence[float], rows: Sequence[Row], *, lines: bool = True, align: str = "center",
              side: float = 0.15, together: bool = False) -> None:
        """A table of fixed column widths in cm; ``lines`` False draws none (layout only); ``side`` is the air at the sides of
        each cell in cm; ``together`` keeps its rows on one page."""
        table = self.document.add_table(rows=len(rows), cols=len(widths))
        table.autofit = False
        _cell_margins(table._tbl.tblPr, round(side * 567))
        table.alignment = {"center": WD_TABLE_ALIGNMENT.CENTER, "left": WD_TABLE_ALIGNMENT.LEFT}[align]
        if lines:
            table.style = "Table Grid"
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        taken: set[tuple[int, int]] = set()
        for r, row in enumerate(rows):
            table.rows[r].height = Cm(row.height)
            table.rows[r].height_rule = WD_ROW_HEIGHT_RULE.EXACTLY if row.fixed else WD_ROW_HEIGHT_RULE.AT_LEAST
            if row.whole or (row.whole is None and row.height <= SHORT):
                _mark(table.rows[r]._tr.get_or_add_trPr(), "w:cantSplit")
            if row.header:
                _mark(table.rows[r]._tr.get_or_add_trPr(), "w:tblHeader")
            c = 0
            for cell in row.cells:
                while (r, c) in taken:
                    c += 1
                corner = table.cell(r, c)
                last = table.cell(r + cell.down - 1, c + cell.span - 1)
                if last._tc is not corner._tc:
                    corner = corner.merge(last)
                corner.width = Cm(sum(widths[c:c + cell.span]))
                taken |= {(r + i, c + j) for i in range(cell.down) for j in range(cell.span)}
                _fill(corner, cell)
                for paragraph in corner.paragraphs if together and r + 1 < len(rows) else ():
                    paragraph.paragraph_format.keep_with_next = True
                c += cell.span

    def contents_line(self, text: str, bookmark: str, width: float) -> Paragraph:
        """A line of the contents: ``text``, dots, and the number of the page on which ``bookmark`` stands, at ``width`` cm."""
        paragraph = self.line(text, after=6)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        write(paragraph, "\t", self.size)
        number(paragraph, f"PAGEREF {bookmark} \\h", self.size)
        return paragraph

    def new_section(self, *, restart: bool = False) -> None:
        """A new page; its numbers begin again at 1 where ``restart``."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        if restart:
            kind = OxmlElement("w:pgNumType")
            kind.set(qn("w:start"), "1")
            section._sectPr.find(qn("w:pgMar")).addnext(kind)

    def page_numbers(self, before: str = "", after: str = "", *, total: bool = False) -> None:
        """Number the pages of the last section at their foot: ``before`` 1 ``after``; with 共 n 頁 where ``total``."""
        footer = self.document.sections[-1].footer
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = ALIGN["center"]
        write(paragraph, before, 10)
        number(paragraph, "PAGE", 10)
        write(paragraph, after, 10)
        if total:
            write(paragraph, "，共 ", 10)
            number(paragraph, "NUMPAGES", 10)
            write(paragraph, " 頁", 10)

    def page_break(self) -> None:
        self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def save(self, path: str) -> None:
        self.document.save(path)


def number(paragraph: Paragraph, instruction: str, size: float) -> None:
    """A field that the word processor counts; marked so that it counts when it opens the file."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    field.set(qn("w:dirty"), "true")
    paragraph._p.append(field)
    run = paragraph.add_run("1")
    run.font.size = Pt(size)
    _fonts(run._r.get_or_add_rPr(), LATIN)
    field.append(run._r)


def bookmark(paragraph: Paragraph, name: str, identity: int, *, at_end: bool = False) -> None:
    """Mark the paragraph's start (or its end), for the contents."""
    for tag in ("w:bookmarkEnd", "w:bookmarkStart"):
        mark = OxmlElement(tag)
        mark.set(qn("w:id"), str(identity))
        if tag == "w:bookmarkStart":
            mark.set(qn("w:name"), name)
        properties = paragraph._p.pPr
        if at_end:
            paragraph._p.insert(len(paragraph._p) - (tag == "w:bookmarkStart"), mark)
        elif properties is None:
            paragraph._p.insert(0, mark)
        else:
            properties.addnext(mark)


def write(paragraph: Paragraph, text: str, size: float, bold: bool = False) -> None:
    """Write marked text: each tag and each underlined piece in a run of its own."""
    for piece in re.split(r"(\[\[.*?\]\])", text):
        underlined = piece.startswith("[[")
        for part in re.split(r"(\{\{.*?\}\}|\{%.*?%\}|\^.+?\^|□)", piece[2:-2] if underlined else piece):
            if not part:
                continue
            raised = part.startswith("^")
            run = paragraph.add_run(part.strip("^"))
            run.font.superscript = raised or None
            run.font.size, run.bold, run.underline = Pt(size), bold or None, underlined or None
            box = part == "□" or re.fullmatch(r"\{\{ (?!(?:in|de)crease_)[\w.]+_\d+ \}\}", part) is not None
            _fonts(run._r.get_or_add_rPr(), KAI if box else LATIN)


def _fonts(properties: Any, latin: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for name in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(name), latin)
    fonts.set(qn("w:eastAsia"), KAI)
    fonts.set(qn("w:hint"), "eastAsia")
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        if fonts.get(qn(name)) is not None:
            del fonts.attrib[qn(name)]


def _even(size: float, spacing: float) -> Pt:
    """Lines of one height, whichever fonts meet in them."""
    return Pt(round(size * spacing * 1.2, 1))


def _cell_margins(properties: Any, sides: int) -> None:
    """Air between text and line: 0.06 cm above and below, ``sides`` beside (in twentieths of a point)."""
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", 34), ("left", sides), ("bottom", 34), ("right", sides)):
        element = OxmlElement(f"w:{side}")
        element.set(qn("w:w"), str(width))
        element.set(qn("w:type"), "dxa")
        margins.append(element)
    look = properties.find(qn("w:tblLook"))
    if look is None:
        properties.append(margins)
    else:
        look.addprevious(margins)


def _mark(properties: Any, name: str) -> None:
    properties.append(OxmlElement(name))


def _fill(cell: _Cell, given: Cell) -> None:
    properties = cell._tc.get_or_add_tcPr()
    if given.borders:
        borders = OxmlElement("w:tcBorders")
        for side, kind in sorted((b.split("=") for b in given.borders.split()), key=lambda b: SIDES.index(b[0])):
            border = OxmlElement(f"w:{side}")
            for key, value in (("val", kind), ("sz", "4"), ("space", "0"), ("color", "auto")):
                border.set(qn(f"w:{key}"), value)
            borders.append(border)
        properties.append(borders)
    align = OxmlElement("w:vAlign")
    align.set(qn("w:val"), given.valign)
    properties.append(align)
    for i, line in enumerate(given.text.split("\n")):
        paragraph = cell.paragraphs[0] if i == 0 else cell.add_paragraph()
        paragraph.alignment = ALIGN[given.align]
        paragraph.paragraph_format.line_spacing = _even(given.size, 1.05)
        write(paragraph, line, given.size, given.bold)
