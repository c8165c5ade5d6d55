"""Every form folder is sound, and an unsound one says what to mend."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm

from domain.case import CaseFacts
from domain.errors import DefinitionError
from generators import check, cover, template
from generators.fill import fill

FORMS = [t for found in template.editions().values() for t in found]
ORDER = {
    "w:tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook",
    "w:tcPr": "tcW gridSpan vMerge tcBorders shd tcMar vAlign", "w:tcBorders": "top left bottom right",
    "w:rPr": "rStyle rFonts b bCs i iCs color sz szCs highlight u vertAlign lang",
    "w:pPr": "pStyle keepNext keepLines pageBreakBefore tabs spacing ind jc rPr sectPr",
}
"""The order that ECMA-376 part 1 (wml.xsd) gives the properties used here; Word refuses a file that breaks it."""

NAMES = [f"{t.id}-{t.edition}" for t in FORMS]

GREEN_GIANT_SLOTS = {
    "F10": "advisor_name mode company_name company_seal responsible_person person_seal sign_date",
    "F11": "company_name signer_name sign_date consent_read",
    "F13": "company_name fuel_oil natural_gas diesel coal lpg electricity other_energy ghg_emission contract_capacity offpeak_capacity tou "
           "power_factor demand_mgmt supply_chain_pressure customer_name customer_request prior_guidance prior_guidance_rows systems "
           "system_other improvement_potential improvement_plans green_awards_flag green_awards demo_willing",
    "F12": "apply_date company_name responsible_person company_address factory_address contact_name contact_title contact_phone email fax "
           "uniform_no founding_date employees paid_in_capital prior_revenue industry products service_type service_items self_fund "
           "applicant_sign",
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder of forms with one edition of F10, to spoil."""
    shutil.copytree(template.ROOT / "F10" / "108", tmp_path / "F10" / "108")
    return tmp_path


def spoil(root: Path, old: str, new: str) -> None:
    file = root / "F10" / "108" / "form.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_no_form_has_a_mistake() -> None:
    assert [str(m) for m in check.check()] == []


@pytest.mark.parametrize("form", GREEN_GIANT_SLOTS)
def test_the_slots_are_those_of_the_inventory(form: str) -> None:
    assert [s.id for s in template.load()[form].slots] == GREEN_GIANT_SLOTS[form].split()


@pytest.mark.parametrize("form", FORMS, ids=NAMES)
def test_a_form_is_a4_portrait_in_kai_and_never_below_nine_points(form: template.FormTemplate) -> None:
    document = Document(str(form.docx))
    section = document.sections[0]
    assert section.page_width == pytest.approx(Cm(21.0), rel=1e-3)
    assert section.page_height == pytest.approx(Cm(29.7), rel=1e-3)
    runs = list(document.element.iter(qn("w:r")))
    assert runs
    for run in runs:
        fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        assert fonts is None or fonts.get(qn("w:eastAsia")) == "標楷體"
        size = run.find(f"{qn('w:rPr')}/{qn('w:sz')}")
        assert size is None or int(size.get(qn("w:val"))) >= 18


@pytest.mark.parametrize("form", FORMS, ids=NAMES)
def test_the_hash_is_that_of_the_template(form: template.FormTemplate) -> None:
    assert form.sha256 == hashlib.sha256(form.docx.read_bytes()).hexdigest()


def test_the_newest_edition_is_loaded_and_the_older_stays_reachable(copy: Path) -> None:
    shutil.copytree(copy / "F10" / "108", copy / "F10" / "99")
    file = copy / "F10" / "99" / "form.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace('edition: "108"', 'edition: "99"'), encoding="utf-8")
    assert template.load(copy)["F10"].edition == "108"
    assert [t.edition for t in template.editions(copy)["F10"]] == ["99", "108"]


@pytest.mark.parametrize(("old", "new", "said"), [
    ('edition: "108"', 'edition: "109"', "edition"),
    ("type: check1", "type: check7", "check7"),
    ("type: seal, required", "type: seal, colour: red, required", "colour"),
    ("id: person_seal", "id: company_seal", "twice"),
    ("slot: sign_date", "slot: sing_date", "sing_date"),
    ("slots:", "slots: [", "YAML"),
    ("holds: app.sign_date <= '2019-02-25'", "holds: app.sign_date <= '2019-02-25", "cannot be read"),
])
def test_an_ill_formed_folder_says_what_to_mend(copy: Path, old: str, new: str, said: str) -> None:
    spoil(copy, old, new)
    with pytest.raises(DefinitionError) as caught:
        template.load(copy)
    assert said in str(caught.value)
    assert "F10/108" in caught.value.where
    assert caught.value.mend
    assert [m.form for m in check.check(copy)] == ["F10/108"]


def test_the_table_of_forms_has_every_form() -> None:
    table = (template.ROOT.parent / "docs" / "forms-table.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| (F\d\d) \|", table, re.M)) == {f.id for f in FORMS}


def test_a_missing_template_is_said(copy: Path) -> None:
    (copy / "F10" / "108" / "template.docx").unlink()
    with pytest.raises(DefinitionError, match="template.docx is missing"):
        template.load(copy)


@pytest.mark.parametrize(("old", "new", "place"), [
    ("field: org.name,", "field: org.nome,", "form.yaml company_name"),
    ("id: advisor_name", "id: adviser_name", "template.docx {{ advisor_name }}"),
    ("holds: app.sign_date <= '2019-02-25'", "holds: app.sing_date <= '2019-02-25'", "form.yaml checks sign_date"),
    ("  - 此致\n", "  - 謹致\n", "template.docx「謹致」"),
    ("  - 節能管理個廠\n  - 綠色供應鏈\n", "  - 綠色供應鏈\n  - 節能管理個廠\n", "template.docx「節能管理個廠」"),
])
def test_a_mistake_names_form_and_place(copy: Path, old: str, new: str, place: str) -> None:
    text = (copy / "F10" / "108" / "form.yaml").read_text(encoding="utf-8")
    if old.startswith("id:"):
        text = text.replace("slot: advisor_name", "slot: adviser_name")
        (copy / "F10" / "108" / "form.yaml").write_text(text, encoding="utf-8")
    spoil(copy, old, new)
    found = [m for m in check.check(copy) if m.place == place]
    assert found
    assert found[0].form == "F10/108"
    assert found[0].mend


def test_a_box_taken_out_of_the_form_is_missed(copy: Path) -> None:
    file = copy / "F10" / "108" / "template.docx"
    document = Document(str(file))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            if run.text == "{{ mode_3 }}":
                run.text = ""
    document.save(str(file))
    assert [m.place for m in check.check(copy)] == ["form.yaml mode", "template.sha256"]


def test_a_template_that_was_edited_is_said_until_it_is_recorded(copy: Path) -> None:
    folder = copy / "F10" / "108"
    document = Document(str(folder / "template.docx"))
    document.add_paragraph("附註")
    document.save(str(folder / "template.docx"))
    [mistake] = check.check(copy)
    assert (mistake.form, mistake.place) == ("F10/108", "template.sha256")
    assert "--record" in mistake.mend
    assert [t.id for t in check.record(copy)] == ["F10"]
    assert check.check(copy) == []
    assert check.record(copy) == []
    digest = hashlib.sha256((folder / "template.docx").read_bytes()).hexdigest()
    assert (folder / "template.sha256").read_text() == f"{digest}  template.docx\n"
    (folder / "template.sha256").unlink()
    assert [m.place for m in check.check(copy)] == ["template.sha256"]


def test_a_template_with_a_mistake_is_not_recorded(copy: Path) -> None:
    (copy / "F10" / "108" / "template.sha256").unlink()
    spoil(copy, "  - 此致\n", "  - 謹致\n")
    assert check.record(copy) == []
    assert {m.place for m in check.check(copy)} == {"template.docx「謹致」", "template.sha256"}


def test_a_template_saved_by_libreoffice_fills_without_a_second_set_of_properties(copy: Path) -> None:
    file = copy / "F10" / "108" / "template.docx"
    with zipfile.ZipFile(file) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    named = parts["_rels/.rels"].replace(b"package/2006/relationships/metadata/core", b"officedocument/2006/relationships/metadata/core")
    assert named != parts["_rels/.rels"]
    with zipfile.ZipFile(file, "w") as new:
        for name, data in (parts | {"_rels/.rels": named}).items():
            new.writestr(name, data)
    filled = fill(template.load(copy)["F10"], CaseFacts(), datetime(2019, 2, 20, 9, 30))
    names = zipfile.ZipFile(io.BytesIO(filled.docx)).namelist()
    assert len(names) == len(set(names))
    assert Document(io.BytesIO(filled.docx)).core_properties.title == "受輔導廠商意願書（F10）"


def test_a_damaged_docx_is_a_mistake_not_a_crash(copy: Path) -> None:
    (copy / "F10" / "108" / "template.docx").write_bytes(b"PK\x03\x04 not a document")
    assert check.check(copy)


def test_a_loop_in_the_wrong_place_is_said(copy: Path) -> None:
    file = copy / "F10" / "108" / "template.docx"
    document = Document(str(file))
    document.add_paragraph("{% for x in company_name %}")
    document.save(str(file))
    assert {m.place for m in check.check(copy)} == {"template.docx", "template.sha256"}
    document = Document(str(file))
    document.add_paragraph("{{ company_name + 1 }}")
    document.element.body.remove(document.paragraphs[-2]._p)
    document.save(str(file))
    assert [m.place for m in check.check(copy)] == ["template.docx", "template.sha256"]


@pytest.mark.parametrize("file", [*(f.docx for f in FORMS), cover.TEMPLATE], ids=[*NAMES, "cover"])
def test_a_template_keeps_the_order_that_word_asks_for(file: Path) -> None:
    document = Document(str(file))
    for name, order in ORDER.items():
        for properties in document.element.iter(qn(name)):
            places = [order.split().index(child.tag.rpartition("}")[2]) for child in properties]
            assert places == sorted(places), (name, [child.tag for child in properties])
