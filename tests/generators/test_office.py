"""Many forms at once: each to its own folder, and a LibreOffice that dies or hangs costs one form at most."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from domain.case import CaseFacts
from generators import template, trace
from generators.fill import fill
from generators.office import Sheet, convert_many

CASES = ("甲", "乙", "丙", "丁")
STAND_IN = """out=; for a in "$@"; do case "$last" in --outdir) out="$a";; esac; last="$a"; done
mkdir -p "$out"; for a in "$@"; do case "$a" in *.docx) {before} cp "$a" "$out/$(basename "$a" .docx).odt";; esac; done"""
"""What stands in for LibreOffice where only its dying and hanging matters: it copies."""


@pytest.fixture
def sheets(case: Callable[[Mapping[str, Any]], CaseFacts], when: datetime, tmp_path: Path) -> list[Sheet]:
    form = template.load()["F10"]
    out = []
    for name in CASES:
        (docx,) = trace.save([fill(form, case({"org.name": f"{name}股份有限公司"}), when)], tmp_path / name)
        out.append(Sheet(docx, tmp_path / name))
    return out


def office(tmp_path: Path, before: str) -> str:
    file = tmp_path / "office"
    file.write_text("#!/bin/sh\n" + STAND_IN.replace("{before}", before) + "\n", encoding="utf-8")
    file.chmod(0o755)
    return str(file)


@pytest.mark.office
def test_every_form_comes_back_into_the_folder_of_its_own_case(sheets: list[Sheet]) -> None:
    assert convert_many(sheets, ["pdf"], batch=2) == []
    for name, sheet in zip(CASES, sheets, strict=True):
        assert f"{name}股份有限公司" in "".join(PdfReader(sheet.out / "F10.pdf").pages[0].extract_text().split())
        assert sorted(p.name for p in sheet.out.iterdir()) == ["F10.docx", "F10.pdf", "F10.trace.json"]


@pytest.mark.parametrize("trouble", ["sleep 600;", "kill -9 $$;"])
def test_one_bad_form_costs_no_other(trouble: str, sheets: list[Sheet], tmp_path: Path) -> None:
    program = office(tmp_path, 'if [ "$(basename "$a")" = 0001.docx ]; then ' + trouble + " fi;")
    failures = convert_many(sheets, ["odt"], workers=1, soffice=program, timeout=2.0)
    assert [f.form for f in failures] == ["F10"]
    assert [(s.out / "F10.odt").is_file() for s in sheets] == [True, False, True, True]
    assert ZipFile(sheets[3].out / "F10.odt").testzip() is None


def test_an_office_that_never_answers_is_not_asked_for_every_form(sheets: list[Sheet], tmp_path: Path) -> None:
    count = tmp_path / "calls"
    program = tmp_path / "dead"
    program.write_text(f'#!/bin/sh\necho x >> "{count}"\nexit 1\n', encoding="utf-8")
    program.chmod(0o755)
    failures = convert_many(sheets, ["odt"], workers=1, soffice=str(program))
    assert len(failures) == 4
    assert len(count.read_text().split()) == 4, "once for all, then three alone"


def test_nothing_to_convert_needs_no_office() -> None:
    assert convert_many([], ["pdf"], soffice="no-such-office") == []
