"""Every form, filled to the brim: what is printed survives DOCX → ODT → PDF, whole, on A4, never under nine points."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from docx import Document

from domain import vocabulary
from domain.case import CaseFacts
from domain.field import Entry, Fact
from domain.form import FilledForm
from generators import check, docx, expression, template, trace
from generators.convert import convert
from generators.fill import fill
from generators.printing import TICKED
from generators.template import FormTemplate, How

FORMS = template.load()
WHEN = datetime(2019, 2, 20, 9, 30)
NAME = "堃喆峯𠮷虹杉國際綠色永續循環經濟環境保護塑膠精密模具射出成型工業股份有限公司臺灣分公司"
PLACE = "新北市新店區" + "中正北路三段一百二十八巷" * 4 + "堃喆峯𠮷"
ROWS = 30
SMALLEST = 9.0
"""Points; a raised mark (註) is smaller."""

BY_TYPE: dict[str, Any] = {
    "money": 987654321012, "integer": 98765, "number": 12345.75, "percent": 99.5, "date": "2018-12-31", "datetime": "2018-12-31T23:59:00",
    "bool": True, "longtext": f"第一段：{NAME}。" * 4 + "\n第二段完堃喆峯𠮷", "texts": [f"{NAME}{i}" for i in range(10)],
    "digits8": "04595257", "document": True,
    "record": {"bank": NAME + "銀行", "branch": NAME + "分行", "code": "1234567", "account": "9" * 20, "holder": NAME, "kw": 123456},
}


def most(form: FormTemplate) -> CaseFacts:
    """For every field of the form more than its space holds, in the form that the vocabulary gives it."""
    facts = {name: _most(name, next((form.how[s.id] for s in form.slots if s.field == name), None)) for name in _fields(form)}
    return CaseFacts({k: Fact(k, v, (Entry(k, v, "clerk", WHEN),)) for k, v in facts.items()})


def _fields(form: FormTemplate) -> list[str]:
    asked = {s.field for s in form.slots} | {f for h in form.how.values() for f in expression.fields(f"{h.compute} {h.fallback}")}
    return sorted(asked & set(vocabulary.terms()))


def _most(name: str, how: How | None) -> Any:
    kind = vocabulary.term(name).type
    if how is not None and how.values:
        options = [v[0] if isinstance(v, list) else v for v in how.values]
        chosen = options if how.type == "checkN" else options[-1]
        return {how.key: chosen, "kw": 123456} if how.key else "、".join(map(str, chosen)) if how.type == "checkN" and kind == "text" \
            else chosen
    if kind == "rows":
        record = {c.key: 1234567 if c.type.startswith("money") else 12 if c.type in ("int", "percent") else NAME
                  for c in (how.columns if how else ()) if not c.options}
        return [{"amount": 1234567, "ref": f"107年12月31日府經字第107{i:07d}號", **record} for i in range(ROWS)]
    return BY_TYPE.get(kind, NAME if "name" in name else PLACE)


def pieces(form: FilledForm) -> dict[str, list[str]]:
    """What each slot printed, in pieces that stand together on the form; boxes are counted apart."""
    return {slot: [p for p in re.split(r"[，、；\s]", value.printed) if p]
            for slot, value in form.slots.items() if TICKED not in value.printed}


@dataclass(frozen=True)
class Char:
    """A character on the page: its box in points from the lower left corner, and its size."""

    text: str
    size: float
    left: float
    right: float
    bottom: float
    top: float


def ink(page: pypdfium2.PdfPage) -> list[Char]:
    """The characters of an A4 page, blanks left out."""
    assert [round(x) for x in page.get_size()] == [595, 842]
    text = page.get_textpage()
    out = []
    half = ""
    for i in range(text.count_chars()):
        char = half + chr(pdfium.FPDFText_GetUnicode(text.raw, i))
        half = char if len(char) == 1 and "\ud800" <= char <= "\udbff" else ""
        char = char.encode("utf-16", "surrogatepass").decode("utf-16") if len(char) == 2 else char
        if not half and char.strip() and not pdfium.FPDFText_IsGenerated(text.raw, i):
            left, bottom, right, top = text.get_charbox(i, loose=True)
            out.append(Char(char, pdfium.FPDFText_GetFontSize(text.raw, i), left, right, bottom, top))
    return out


def joined(pages: list[list[Char]]) -> str:
    """The text in its order. LibreOffice draws a character of another font (𠮷) after the rest of its line: here it goes back to the
    character at its left."""
    out: list[str] = []
    for page in pages:
        line = [c for c in page if ord(c.text) < 0x10000]
        for rare in (c for c in page if ord(c.text) >= 0x10000):
            near = [i for i, c in enumerate(line) if abs((c.bottom + c.top) - (rare.bottom + rare.top)) < rare.size]
            after = [i + 1 for i in near if abs(line[i].right - rare.left) < rare.size / 2]
            before = [i for i in near if abs(line[i].left - rare.right) < rare.size / 2]
            line.insert((after + before + [len(line)])[0], rare)
        out += [c.text for c in line]
    return "".join(out)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[FilledForm, Path, Path]]:
    """LibreOffice starts twice for all forms together."""
    room = tmp_path_factory.mktemp("forms")
    filled = [fill(form, most(form), WHEN) for form in FORMS.values()]
    odt = convert(trace.save(filled, room / "docx"), ["odt"], room / "odt", timeout=400)
    pdf = convert(odt, ["pdf"], room / "pdf", timeout=400)
    return {f.form: (f, o, p) for f, o, p in zip(filled, odt, pdf, strict=True)}


@pytest.mark.office
@pytest.mark.parametrize("name", FORMS)
def test_every_printed_value_survives_the_round_trip(name: str, printed: dict[str, tuple[FilledForm, Path, Path]]) -> None:
    form, odt, pdf = printed[name]
    written = check.squeezed(re.sub(r"<[^>]+>", "", ZipFile(odt).read("content.xml").decode()))
    pages = [ink(page) for page in pypdfium2.PdfDocument(pdf)]
    chars = [c for page in pages for c in page]
    shown = joined(pages)
    for stray in ("None", "{{", "}}", "{%", "Undefined"):
        assert stray not in shown
    assert {c.text for c in chars if c.size < SMALLEST - 0.05} <= {"註"}
    assert [c for c in chars if not (0 < c.left < c.right < 595.5 and 0 < c.bottom < c.top < 842)] == []
    rows_with_boxes = any(c.options for how in FORMS[name].how.values() for c in how.columns)
    assert rows_with_boxes or shown.count(TICKED) == sum(v.printed.count(TICKED) for v in form.slots.values())
    for slot, texts in pieces(form).items():
        for text in texts:
            assert text.replace("&", "&amp;") in written, (slot, text)
            assert text in shown, (slot, text)


@pytest.mark.office
def test_thirty_rows_are_thirty_rows(printed: dict[str, tuple[FilledForm, Path, Path]]) -> None:
    for name in ("F05", "F09", "F20", "F27"):
        form, _, pdf = printed[name]
        pages = [ink(page) for page in pypdfium2.PdfDocument(pdf)]
        shown = joined(pages)
        assert len(pages) > 1
        rows = max((v.value for v in form.slots.values() if isinstance(v.value, list)), key=len)
        assert len(rows) == ROWS
        assert shown.count(NAME) >= ROWS


@pytest.mark.office
def test_templates_that_libreoffice_saved_are_still_sound(tmp_path: Path) -> None:
    """A clerk opens a template, saves it, and nothing else changes: its tags, boxes, loops and words are found as before."""
    for name, form in FORMS.items():
        (tmp_path / "saved").mkdir(exist_ok=True)
        shutil.copyfile(form.docx, tmp_path / "saved" / f"{name}.docx")
    office = ["soffice", "--headless",
              f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", "docx:Office Open XML Text"]
    subprocess.run([*office, "--outdir", str(tmp_path / "again"), *map(str, sorted((tmp_path / "saved").iterdir()))],
                   check=True, capture_output=True, timeout=300)
    for name, form in FORMS.items():
        folder = tmp_path / "forms" / name / form.edition
        folder.mkdir(parents=True)
        shutil.copyfile(form.yaml, folder / "form.yaml")
        shutil.copyfile(tmp_path / "again" / f"{name}.docx", folder / "template.docx")
    assert {m.place for m in check.check(tmp_path / "forms")} == {"template.sha256"}
    assert len(check.record(tmp_path / "forms")) == len(FORMS)
    saved = template.load(tmp_path / "forms")
    for name, form in FORMS.items():
        before, after = (fill(f, most(form), WHEN) for f in (form, saved[name]))
        assert {s: v.printed for s, v in before.slots.items()} == {s: v.printed for s, v in after.slots.items()}
        text, again = (check.squeezed(docx.text(Document(io.BytesIO(f.docx)))) for f in (before, after))
        # page numbers of the contents are counted by the word processor
        assert re.sub("[0-9]", "", text) == re.sub("[0-9]", "", again)
