"""A form of another agency, as it arrives, becomes a form of ours by what docs/forms.md leads through: a DOCX, an ODT, a fillable PDF."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import yaml
from docx import Document
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas
from typer.testing import CliRunner

from domain.case import CaseFacts
from domain.errors import FormNotFilled, UsageError
from generators import acroform, check, convert, docx, template, trace
from generators.fill import fill
from generators.template import FormTemplate
from intake.cli import main
from intake.cli.app import app

Case = Callable[[Mapping[str, Any]], CaseFacts]
SLOTS = [{"id": "company", "label": "公司名稱", "type": "text", "field": "org.name", "source": "reg", "required": "Y"},
         {"id": "people", "label": "員工人數", "type": "int", "field": "hc.regular_employees", "source": "ins"},
         {"id": "mode", "label": "輔導模式", "type": "check1", "field": "app.mode", "source": "case",
          "options": [{"text": "節能", "value": "energy"}, {"text": "亮點", "value": "bright"}]}]
NAME = "虹杉𠮷堃精密塑膠股份有限公司"


def folder(root: Path, fixed: list[str]) -> Path:
    out = root / "X01" / "114"
    out.mkdir(parents=True)
    (out / "form.yaml").write_text(yaml.safe_dump(
        {"form": "X01", "edition": "114", "title": "他機關申請表", "slots": SLOTS, "fixed": fixed}, allow_unicode=True), encoding="utf-8")
    return out


def official(path: Path) -> Path:
    """A form as another agency publishes it: a heading, a table with empty cells, boxes."""
    document = Document()
    document.add_heading("他機關補助申請表", 1)
    table = document.add_table(3, 2)
    for row, label in zip(table.rows, ("公司名稱", "員工人數", "模式"), strict=True):
        row.cells[0].text = label
    table.cell(2, 1).text = "□節能 □亮點"
    document.save(str(path))
    return path


def tagged(path: Path) -> None:
    """What the clerk types into it."""
    document = Document(str(path))
    table = document.tables[0]
    table.cell(0, 1).text, table.cell(1, 1).text = "{{ company }}", "{{ people }}"
    table.cell(2, 1).text = "{{ mode_1 }}節能 {{ mode_2 }}亮點"
    document.save(str(path))


def taken(where: Path, case: Case, green_giant: dict[str, Any], when: datetime) -> tuple[FormTemplate, Any]:
    """The form, checked and filled."""
    form = template.load(where.parent.parent)["X01"]
    assert [m for m in check.check(where.parent.parent) if "雜湊" not in m.problem] == []
    return form, fill(form, case(green_giant | {"org.name": NAME}), when)


@pytest.mark.office
@pytest.mark.parametrize("arrives", ["docx", "odt"])
def test_a_document_is_taken_over(arrives: str, case: Case, green_giant: dict[str, Any], when: datetime, tmp_path: Path) -> None:
    source = official(tmp_path / "official.docx")
    if arrives == "odt":
        (source,) = convert.convert([source], ["odt"], tmp_path / "published")
    where = folder(tmp_path / "form_templates", ["他機關補助申請表", "公司名稱", "員工人數"])
    convert.take_over(source, where / "template.docx")
    tagged(where / "template.docx")
    _, filled = taken(where, case, green_giant, when)
    files = trace.save([filled], tmp_path / "forms")
    text = check.squeezed(PdfReader(convert.convert(files, ["pdf"], tmp_path / "forms")[0]).pages[0].extract_text())
    for said in ("他機關補助申請表", NAME, "員工人數85"):
        assert said in text
    assert "■節能 □亮點" in docx.text(Document(str(files[0])))
    assert filled.trace()["slots"]["company"]["value"] == NAME


def fillable(path: Path) -> Path:
    """A fillable PDF: a field of one line, one of several, two boxes to tick, one to sign."""
    canvas = Canvas(str(path), pagesize=(595, 842))
    canvas.drawString(60, 780, "OFFICIAL FORM")
    form = canvas.acroForm
    form.textfield(name="company", x=150, y=700, width=300, height=22)
    form.textfield(name="people", x=150, y=660, width=80, height=22, fieldFlags="multiline")
    form.checkbox(name="mode_1", x=150, y=620, size=14, buttonStyle="check")
    form.checkbox(name="mode_2", x=200, y=620, size=14, buttonStyle="check")
    canvas.save()
    return path


@pytest.mark.office
def test_a_fillable_pdf_is_taken_over(case: Case, green_giant: dict[str, Any], when: datetime, tmp_path: Path) -> None:
    where = folder(tmp_path / "form_templates", [])
    found = acroform.take_over(fillable(tmp_path / "official.pdf"), where / "template.docx")
    assert [(f.tag, f.box) for f in found] == [("company", False), ("people", False), ("mode_1", True), ("mode_2", True)]
    form, filled = taken(where, case, green_giant, when)
    files = trace.save([filled], tmp_path / "forms")
    (out,) = convert.convert(files, ["pdf"], tmp_path / "forms")
    assert acroform.finish([filled], {"X01": form}, tmp_path / "forms") == []
    with pikepdf.open(out) as document:
        kept = {str(w.T): w for w in document.pages[0].Annots}
        assert str(kept["company"].V) == NAME
        assert str(kept["people"].V) == "85"
        assert [str(kept[m].AS) for m in ("mode_1", "mode_2")] == ["/Yes", "/Off"]
        assert document.check_pdf_syntax() == []
    flat = acroform.flat(out, tmp_path / "flat.pdf")
    text = check.squeezed(pypdfium2.PdfDocument(flat)[0].get_textpage().get_text_range())
    assert "OFFICIALFORM" in text
    assert sorted(NAME + "85") == sorted(text.removeprefix("OFFICIALFORM"))
    assert not PdfReader(flat).pages[0].get("/Annots")


def test_a_value_that_does_not_fit_its_field_is_said_and_never_cut(tmp_path: Path) -> None:
    source, sheet = fillable(tmp_path / "template.pdf"), tmp_path / "sheet.pdf"
    canvas = Canvas(str(sheet), pagesize=(300, 22))
    for _ in range(5):
        canvas.showPage()
    canvas.save()
    with pytest.raises(FormNotFilled, match="does not fit"):
        acroform.overlay(source, sheet, tmp_path / "X01.pdf")
    assert not (tmp_path / "X01.pdf").exists()


def test_a_pdf_without_fields_is_said(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "plain.pdf"))
    canvas.drawString(60, 60, "plain")
    canvas.save()
    with pytest.raises(FormNotFilled, match="no fillable field"):
        acroform.make_sheet(tmp_path / "plain.pdf", tmp_path / "template.docx")


def test_a_pdf_without_fields_is_bundled_as_it_is(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "plain.pdf"))
    canvas.drawString(60, 60, "plain")
    canvas.save()
    assert acroform.flat(tmp_path / "plain.pdf", tmp_path / "out.pdf") == tmp_path / "plain.pdf"


def test_the_command_takes_over_and_never_over_another(tmp_path: Path) -> None:
    main.load("forms")
    where = tmp_path / "X01" / "114"
    done = CliRunner().invoke(app, ["forms", "take", str(fillable(tmp_path / "official.pdf")), str(where)])
    assert done.exit_code == 0, done.output
    assert "mode_1" in done.stdout
    assert (where / "template.pdf").read_bytes() == (tmp_path / "official.pdf").read_bytes()
    assert "{{ company }}" in docx.text(Document(str(where / "template.docx")))
    with pytest.raises(UsageError):
        CliRunner().invoke(app, ["forms", "take", str(official(tmp_path / "official.docx")), str(where)], catch_exceptions=False)
