"""The bundle's order and the words for copies and seals come from the programme's own list."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from domain.field import DocumentReading, FileReading
from eligibility import programme
from eligibility.programme import Programme
from generators.bundle import Form, Paper
from intake import order

GREEN = programme.load()["green-giant"]
ENERGY = {"app.mode": "energy"}


def test_forms_and_papers_stand_in_the_programmes_order() -> None:
    files = [Path("b.pdf"), Path("a.pdf")]
    readings = {"1": FileReading("a.pdf", "1", 1, (DocumentReading("company_registration_form", 1.0, (1,), {}),)),
                "2": FileReading("b.pdf", "2", 1, ())}
    forms = [Form(Path(f"{f}.pdf"), f, t) for f, t in
             (("F13", "節能管理個廠輔導廠商資料表"), ("F12", "節能管理輔導申請表"), ("F99", "別的表"), ("F11", "個人資料使用同意書"),
              ("F10", "受輔導廠商意願書"))]
    parts = order.parts(GREEN, ENERGY, forms, files, readings, {files[0]: "2", files[1]: "1"})
    assert [p.id if isinstance(p, Form) else p.title for p in parts] == [
        "F99", "公司登記表（a.pdf）", "F10", "F11", "F12", "F13", "其他文件（b.pdf）"]
    assert {type(p) for p in parts} == {Form, Paper}


def test_copies_and_seals_are_said_as_an_office_says_them() -> None:
    said = {b.name: b.how for b in order.bring(GREEN, ENERGY)}
    assert said["受輔導廠商意願書（附件一）"] == "正本 1 份，蓋大小章"
    assert said["個人資料使用同意書（附件一）"] == "正本 1 份，簽章"
    assert said["公司登記文件"].startswith("影本 1 份")
    assert said["遴選提案簡報"] == "5 份"


@pytest.mark.parametrize(("seals", "said"), [
    (("公司章",), "1 份，蓋公司章"), (("公司章", "負責人章", "騎縫章"), "1 份，蓋大小章、騎縫章"),
    (("委託人簽章", "代理人簽章"), "1 份，委託人簽章、代理人簽章"), ((), "1 份")])
def test_every_mix_of_seals_has_words(seals: tuple[str, ...], said: str) -> None:
    paper = replace(GREEN.papers[0], form="", seals=seals, age="")
    assert order.how(paper) == said


@pytest.mark.parametrize("wanted", programme.load().values(), ids=lambda p: p.id)
def test_every_programme_says_what_to_bring(wanted: Programme) -> None:
    for b in order.bring(wanted, {}):
        assert b.name
        assert "份" in b.how
