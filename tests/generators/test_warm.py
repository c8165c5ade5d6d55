"""A template that was made ready once fills as one that is opened anew, and never outlives an edit."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docxtpl import DocxTemplate
from jinja2 import UndefinedError

from domain.case import CaseFacts
from generators import docx, template, warm
from generators.fill import fill

FORMS = template.load()
WHEN = datetime(2019, 2, 20, 9, 30)
AWKWARD = "甲\n乙 <&> 𠮷 {{ x }} \"'"


def a_template(path: Path, *lines: str) -> Path:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "名稱", "{{ name }}"
    document.sections[0].footer.paragraphs[0].text = "頁尾 {{ name }}"
    document.save(str(path))
    return path


@pytest.mark.parametrize("lines", [("公司：{{ name }}",), ("{%p for r in rows %}", "{{ r }}、{{ name }}", "{%p endfor %}")])
def test_the_body_is_what_docxtpl_makes(lines: tuple[str, ...], tmp_path: Path) -> None:
    file = a_template(tmp_path / "t.docx", *lines)
    context = {"name": AWKWARD, "rows": ["一", "二\n三"]}
    plain = DocxTemplate(str(file))
    plain.render(dict(context), warm.environment())
    ours = Document(io.BytesIO(docx.render(file, context, "題", WHEN)))
    assert docx.text(ours) == docx.text(plain.docx)
    assert AWKWARD in docx.text(ours)
    assert ours.sections[0].footer.paragraphs[0].text == f"頁尾 {AWKWARD}"


def test_the_archive_is_whole_and_the_same_each_time(tmp_path: Path) -> None:
    file = a_template(tmp_path / "t.docx", "{{ name }}")
    first = docx.render(file, {"name": "甲"}, "題 <1>", WHEN)
    docx.render(file, {"name": "乙"}, "別的", datetime(2020, 1, 1))
    assert docx.render(file, {"name": "甲"}, "題 <1>", WHEN) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.testzip() is None
        assert {i.date_time[:3] for i in archive.infolist()} == {(1980, 1, 1)}
    about = Document(io.BytesIO(first)).core_properties
    assert (about.title, about.author, about.language) == ("題 <1>", docx.AUTHOR, "zh-TW")
    assert about.created is not None
    assert about.created.replace(tzinfo=None) == WHEN


def test_an_edit_of_the_template_is_seen_at_once(tmp_path: Path) -> None:
    file = a_template(tmp_path / "t.docx", "舊 {{ name }}")
    assert "舊 甲" in docx.text(Document(io.BytesIO(docx.render(file, {"name": "甲"}, "", WHEN))))
    shutil.copyfile(a_template(tmp_path / "new.docx", "新 {{ name }}"), file)
    os.utime(file, ns=(1, 1))
    assert "新 甲" in docx.text(Document(io.BytesIO(docx.render(file, {"name": "甲"}, "", WHEN))))


def test_a_tag_without_a_value_is_an_error(tmp_path: Path) -> None:
    file = a_template(tmp_path / "t.docx", "{{ name }} {{ other }}")
    with pytest.raises(UndefinedError):
        docx.render(file, {"name": "甲"}, "", WHEN)


def test_a_blank_of_underscores_is_not_underlined_twice(tmp_path: Path) -> None:
    document = Document()
    for text in ("{{ blank }}", "{{ name }}"):
        document.add_paragraph().add_run(text).underline = True
    document.save(str(tmp_path / "t.docx"))
    made = Document(io.BytesIO(docx.render(tmp_path / "t.docx", {"blank": "____", "name": "甲_乙"}, "", WHEN)))
    assert [p.runs[0].underline for p in made.paragraphs] == [None, True]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_opens_in_a_strict_reader(form: str, case: Callable[[Mapping[str, Any]], CaseFacts],
                                             green_giant: dict[str, Any]) -> None:
    filled = fill(FORMS[form], case(green_giant), WHEN)
    with zipfile.ZipFile(io.BytesIO(filled.docx)) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "[Content_Types].xml"
    assert FORMS[form].title.strip()[:2] in docx.text(Document(io.BytesIO(filled.docx))).replace(" ", "")
