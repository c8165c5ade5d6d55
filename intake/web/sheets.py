"""Tables as files for a spreadsheet: CSV and XLSX. A text is a text there, whatever it begins with."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from xlsxwriter import Workbook

Cell = str | int | date | None
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a cell must not begin with: a spreadsheet would compute it, and a formula can call other programs."""


def harmless(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula.

    >>> harmless("=1+1"), harmless("-"), harmless("＝1"), harmless("台北")
    ("'=1+1", "'-", '＝1', '台北')
    """
    return f"'{text}" if text.startswith(_RISKY) else text


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """CSV in UTF-8 with a byte order mark, which spreadsheets need to show Chinese; days as 2026-11-20."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(headings)
    for row in rows:
        writer.writerow([harmless(c) if isinstance(c, str) else c.isoformat() if isinstance(c, date) else c for c in row])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """An XLSX of one sheet: texts as texts and never as formulas or links, days as days, numbers as numbers; the headings stay in view."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    head, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    quoted = book.add_format({"quote_prefix": True})
    sheet = book.add_worksheet(title[:31])
    sheet.freeze_panes(1, 0)
    last = 0
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading, head)
    for last, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(last, column, cell, day)
            elif isinstance(cell, int):
                sheet.write_number(last, column, cell)
            elif cell:
                # the mark keeps it a text also when it is edited, or saved as CSV and opened again
                sheet.write_string(last, column, cell, quoted if cell.startswith(_RISKY) else None)
    sheet.autofilter(0, 0, last, len(headings) - 1)
    sheet.autofit()
    book.close()
    return out.getvalue()
