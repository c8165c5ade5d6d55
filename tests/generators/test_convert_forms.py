"""LibreOffice makes ODT and PDF of the forms, and a call that dies or hangs does not lose the form."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from domain.case import CaseFacts
from domain.errors import FormNotFilled
from generators import check, template, trace
from generators.convert import convert
from generators.fill import fill

Case = Callable[[Mapping[str, Any]], CaseFacts]
FORMS = template.load()

MOST = {
    "org.name": "虹杉國際綠色永續循環經濟環境保護塑膠精密模具射出成型工業股份有限公司臺灣分公司 A<B & C {{ 7*7 }}",
    "org.responsible_person": "歐陽司徒鳳凰・穆罕默德", "org.registered_address": "新北市新店區" + "中正北路三段一百二十八巷" * 8,
    "org.main_products": "塑膠射出成型、" * 80 + "完", "contact.title": "總經理特別助理兼廠務暨職業安全衛生部經理",
    "contact.email": "a.very.long.mail.address.of.the.department.in.charge@energy-management.example.com.tw",
    "advisor.name": "財團法人國際綠色永續循環經濟環境保護工業技術研究發展推廣中心",
}


def script(path: Path, body: str) -> str:
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.fixture
def letter(case: Case, green_giant: dict[str, Any], when: datetime, tmp_path: Path) -> Path:
    return trace.save([fill(FORMS["F10"], case(green_giant), when)], tmp_path / "forms")[0]


@pytest.mark.office
def test_the_forms_print_as_pdf_and_odt(case: Case, green_giant: dict[str, Any], when: datetime, tmp_path: Path) -> None:
    """One test for many promises: LibreOffice takes its time to start."""
    typical = trace.save([fill(FORMS[f], case(green_giant), when) for f in ("F10", "F11", "F12")], tmp_path / "typical")
    most = trace.save([fill(FORMS[f], case(green_giant | MOST), when) for f in ("F10", "F11", "F12")], tmp_path / "most")
    made = convert(typical, ["odt", "pdf"], tmp_path / "out")
    assert [f.name for f in made] == ["F10.odt", "F11.odt", "F12.odt", "F10.pdf", "F11.pdf", "F12.pdf"]
    for file in made[3:]:
        reader = PdfReader(file)
        assert len(reader.pages) == 1
        assert [round(float(x)) for x in reader.pages[0].mediabox[2:]] == [595, 842]
        assert reader.metadata is not None
        assert reader.metadata.title == f"{FORMS[file.stem].title}（{file.stem}）"
        fonts = {str(f["/BaseFont"]) for f in (o.get_object() for o in reader.pages[0]["/Resources"]["/Font"].values())}
        assert any("TW-Kai" in f for f in fonts)
        text = check.squeezed(reader.pages[0].extract_text())
        assert "虹杉精密塑膠股份有限公司" in text
    assert "■節能管理個廠" in check.squeezed(PdfReader(made[3]).pages[0].extract_text())
    assert "林峯𠮷" in check.squeezed(PdfReader(made[5]).pages[0].extract_text())
    content = ZipFile(made[0]).read("content.xml").decode()
    assert "虹杉精密塑膠股份有限公司" in content
    assert "標楷體" in content + ZipFile(made[0]).read("styles.xml").decode()
    long = {f.stem: check.squeezed("".join(p.extract_text() for p in PdfReader(f).pages))
            for f in convert(most, ["pdf"], tmp_path / "long")}
    for form, fields in (("F10", ("org.name", "org.responsible_person")), ("F12", tuple(set(MOST) - {"advisor.name"}))):
        for field in fields:
            assert check.squeezed(MOST[field]) in long[form] or _in_pieces(check.squeezed(MOST[field]), long[form]), (form, field)


def _in_pieces(value: str, text: str) -> bool:
    """Whether all of ``value`` stands in ``text`` in its order; cells beside it are extracted between its lines."""
    at = 0
    for k in range(0, len(value), 6):
        found = text.find(value[k:k + 6], at)
        if found < 0:
            half = [text.find(c, at) for c in value[k:k + 6]]
            if min(half) < 0:
                return False
            found = max(half)
        at = found
    return True


@pytest.mark.office
def test_a_killed_office_is_started_again(letter: Path, tmp_path: Path) -> None:
    once = tmp_path / "once"
    dies = script(tmp_path / "dies", f'if [ ! -e "{once}" ]; then touch "{once}"; exec sh -c \'kill -9 $$\'; fi\nexec soffice "$@"')
    made = convert([letter], ["pdf"], tmp_path / "out", soffice=dies)
    assert made[0].read_bytes().startswith(b"%PDF")
    assert once.exists()


def test_an_office_that_always_hangs_is_given_up_with_its_children(letter: Path, tmp_path: Path) -> None:
    hangs = script(tmp_path / "hangs", f'sh -c \'echo $$ >> "{tmp_path}/children"; sleep 600\' &\nwait')
    with pytest.raises(FormNotFilled) as caught:
        convert([letter], ["pdf"], tmp_path / "out", soffice=hangs, timeout=1.5)
    assert caught.value.form == "F10"
    assert "1.5 s" in caught.value.detail
    children = [int(n) for n in (tmp_path / "children").read_text().split()]
    assert len(children) == 2
    deadline = time.monotonic() + 10
    while any(_alive(c) for c in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(_alive(c) for c in children)


def _alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.office
def test_one_form_that_fails_does_not_take_the_others_along(letter: Path, tmp_path: Path) -> None:
    broken = tmp_path / "F99.docx"
    broken.write_bytes(b"PK\x03\x04 not a document")
    with pytest.raises(FormNotFilled) as caught:
        convert([broken, letter], ["pdf"], tmp_path / "out")
    assert caught.value.form == "F99"
    assert (tmp_path / "out" / "F10.pdf").read_bytes().startswith(b"%PDF")


def test_an_office_that_is_not_there_is_said(letter: Path, tmp_path: Path) -> None:
    with pytest.raises(FormNotFilled, match="no-such-office"):
        convert([letter], ["pdf"], tmp_path / "out", soffice=str(tmp_path / "no-such-office"))


def test_a_format_that_is_not_known_is_said(letter: Path, tmp_path: Path) -> None:
    with pytest.raises(FormNotFilled, match="'doc'"):
        convert([letter], ["doc"], tmp_path / "out")


def test_docx_is_a_copy(letter: Path, tmp_path: Path) -> None:
    made = convert([letter], ["docx"], tmp_path / "out")
    assert made == [tmp_path / "out" / "F10.docx"]
    assert made[0].read_bytes() == letter.read_bytes()
    assert os.listdir(tmp_path / "out") == ["F10.docx"]
