"""The bundle holds cover, contents, forms and papers, whatever the papers are."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from docx import Document
from PIL import Image, ImageChops, ImageOps, ImageStat
from pillow_heif import register_heif_opener
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from domain.case import CaseFacts, Conflict
from domain.document import Box
from domain.field import REVIEW, Fact, Read
from generators import archival, check, convert, cover, docx, numerals, papers, template, trace
from generators import bundle as build
from generators.bundle import Form, Paper, build_pdf, build_zip
from generators.cover import Bring, Cover, Entry
from generators.fill import fill

Case = Callable[[Mapping[str, Any]], CaseFacts]
FORMS = template.load()


def pdf(path: Path, pages: int = 1, size: tuple[float, float] = (595, 842), rotate: int = 0) -> Path:
    canvas = Canvas(str(path), pagesize=size)
    for n in range(pages):
        if rotate:
            canvas.setPageRotation(rotate)
        canvas.drawString(72, 72, f"{path.stem} sheet {n + 1}")
        canvas.showPage()
    canvas.save()
    return path


def doubtful(case: Case, facts: dict[str, Any]) -> CaseFacts:
    reads = tuple(Read("ab" * 32, p, Box(0.1, 0.1, 0.2, 0.2), v, REVIEW, "company_registration_form", (), ("兩次辨識不同",))
                  for p, v in ((1, "甲公司"), (2, "乙公司")))
    known = dict(case({k: v for k, v in facts.items() if k != "contact.phone"}).facts)
    known["org.name"] = Fact("org.name", None, reads, REVIEW)
    known["org.responsible_person"] = Fact("org.responsible_person", "王堃吉", reads[:1], REVIEW)
    return CaseFacts(known, (Conflict("org.name", (("甲公司", reads[:1]), ("乙公司", reads[1:]))),))


def cover_of(forms: list[Any], facts: CaseFacts, when: datetime) -> Cover:
    return Cover("申請文件", "2019-0001", "虹杉精密塑膠股份有限公司", "04595257", "108 年度中小企業綠色小巨人輔導計畫", "尚需補件。", when,
                 cover.points(forms, FORMS, facts, {"ab" * 32: "登記表.pdf"}), cover.signs(forms, FORMS),
                 (Bring("受輔導廠商意願書", "正本 1 份，蓋大小章"),), "0f" * 32)


def test_the_cover_names_blanks_doubts_and_contradictions_with_why(case: Case, green_giant: dict[str, Any], when: datetime) -> None:
    facts = doubtful(case, green_giant)
    forms = [fill(FORMS[f], facts, when) for f in ("F10", "F12")]
    text = docx.text(Document(io.BytesIO(cover.sheet(cover_of(forms, facts, when), [Entry("甲 <&> {{ x }}", "3")]))))
    for said in ("尚需補件。", "民國108年2月20日 09:30", "沒有資料，留白待補填：「聯絡電話」。",
                 "讀成「王堃吉」，待人確認（兩次辨識不同），見登記表.pdf 第 1 頁。表單上先留白。",
                 "文件之間不一致：「甲公司」見登記表.pdf 第 1 頁；「乙公司」見登記表.pdf 第 2 頁。表單上先留白。",
                 "「公司全銜」：受輔導廠商意願書、節能管理輔導申請表", "節能管理輔導申請表：申請人簽章", "甲 <&> {{ x }}",
                 "正本 1 份，蓋大小章", "識別碼 0f0f0f0f 0f0f0f0f"):
        assert said in text
    assert text.count("文件之間不一致") == 1
    assert "沒有留白" not in text


def test_a_case_without_doubts_says_so(case: Case, green_giant: dict[str, Any], when: datetime) -> None:
    facts = case(green_giant)
    text = docx.text(Document(io.BytesIO(cover.sheet(cover_of([], facts, when), []))))
    assert "沒有留白、待確認或不一致之處。" in text
    assert "沒有需要簽名或蓋章的表單。" in text


@pytest.mark.office
def test_the_bundle(case: Case, green_giant: dict[str, Any], when: datetime, tmp_path: Path) -> None:
    facts = doubtful(case, green_giant)
    forms = [fill(FORMS[f], facts, when) for f in ("F10", "F12")]
    printed = convert.convert(trace.save(forms, tmp_path / "forms"), ["pdf"], tmp_path / "forms")
    locked = tmp_path / "locked.pdf"
    with pikepdf.open(pdf(tmp_path / "plain.pdf")) as plain:
        plain.save(locked, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and then nothing")
    Image.new("RGB", (900, 600), "red").save(tmp_path / "photo.jpg")
    uploads = [Paper(pdf(tmp_path / "turned.pdf", 2, (500, 300), 90), "變更登記表"), Paper(locked, "核准函"), Paper(broken, "抄本"),
               Paper(tmp_path / "photo.jpg", "發票")]
    parts: list[Form | Paper] = [Form(printed[0], "F10"), *uploads[:3], Form(printed[1], "F12"), uploads[3]]
    out = build_pdf(cover_of(forms, facts, when), parts, tmp_path / "bundle.pdf")
    reader = PdfReader(out)
    texts = [check.squeezed(p.extract_text()) for p in reader.pages]
    total = len(texts)
    assert all(t.endswith(f"{n}/{total}") for n, t in enumerate(texts, 1))
    front = total - 2 - 2 - 1
    assert front >= 2
    assert "受輔導廠商意願書" in texts[front]
    assert "turnedsheet1" in texts[front + 1]
    assert reader.pages[front + 1].rotation == 90
    with pikepdf.open(out) as made:
        assert made.check_pdf_syntax() == []
    assert [round(float(x)) for x in reader.pages[-1].mediabox[2:]] == [842, 595]
    contents = texts[front - 1]
    for line in (f"受輔導廠商意願書（F10）{front + 1}", f"附件1變更登記表{front + 2}", "附件2核准函（有密碼，請另附）未併入",
                 "附件3抄本（檔案無法併入，請另附）未併入", f"附件4發票{total}"):
        assert line in contents
    assert [str(o["/Title"]) for o in reader.outline if isinstance(o, dict)] == [
        "封面與目錄", "受輔導廠商意願書（F10）", "附件 1　變更登記表", "節能管理輔導申請表（F12）", "附件 4　發票"]
    assert reader.page_labels[front - 1:] == [f"封面-{front}", "F10-1", "附件1-1", "附件1-2", "F12-1", "附件4-1"]
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.subject) == ("申請文件 2019-0001", "108 年度中小企業綠色小巨人輔導計畫")
    assert archival.flaws(out)[:1] == ["no identification as PDF/A-2b"], "an uploaded PDF may be anything: nothing is claimed of it"
    alone = build_pdf(cover_of(forms, facts, when), [*parts[:1], uploads[3]], tmp_path / "alone.pdf")
    assert archival.flaws(alone) == []
    again = build_pdf(cover_of(forms, facts, when), [*parts[:1], uploads[3]], tmp_path / "again.pdf")
    assert again.read_bytes() == alone.read_bytes()
    picture = pypdfium2.PdfDocument(alone)[0].render(scale=3).to_pil()
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [f"SHOUWEN/1 2019-0001 {'0f' * 32}"]


def test_a_paper_leaves_its_actions_behind(tmp_path: Path) -> None:
    source = pdf(tmp_path / "active.pdf")
    with pikepdf.open(source, allow_overwriting_input=True) as active:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        active.Root.OpenAction = script
        active.pages[0].AA = pikepdf.Dictionary(O=script)
        active.save()
    assert papers.prepare(source, tmp_path / "out.pdf") is None
    assert b"JavaScript" not in (tmp_path / "out.pdf").read_bytes()
    assert "active sheet 1" in PdfReader(tmp_path / "out.pdf").pages[0].extract_text()


@pytest.mark.parametrize("kind", ["TIFF", "WEBP", "PNG", "HEIF"])
def test_every_kind_of_picture_stands_on_a4(kind: str, tmp_path: Path) -> None:
    register_heif_opener()
    picture = Image.new("RGBA" if kind == "PNG" else "RGB", (300, 400), "blue")
    more = {"save_all": True, "append_images": [Image.new("RGB", (400, 300))]} if kind == "TIFF" else {}
    picture.save(tmp_path / "p", kind, **more)
    assert papers.prepare(tmp_path / "p", tmp_path / "out.pdf") is None
    sizes = [[round(float(x)) for x in p.mediabox[2:]] for p in PdfReader(tmp_path / "out.pdf").pages]
    assert sizes == [[595, 842], [842, 595]][:len(more) or 1]


def test_a_lying_picture_is_refused_not_unpacked(tmp_path: Path) -> None:
    Image.new("1", (20000, 10000)).save(tmp_path / "bomb.png")
    assert papers.prepare(tmp_path / "bomb.png", tmp_path / "out.pdf") == "檔案無法併入"


def test_a_paper_that_takes_too_long_is_left_out(tmp_path: Path) -> None:
    assert papers.prepare(pdf(tmp_path / "a.pdf"), tmp_path / "out.pdf", timeout=0.01) == "檔案處理逾時"


def test_the_zip_holds_everything_with_its_hash(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    (folder / "forms").mkdir(parents=True)
    (folder / "facts.json").write_text("{}", encoding="utf-8")
    (folder / "forms" / "F10.docx").write_bytes(b"x" * 1000)
    (folder / "forms" / "half.part").write_bytes(b"unfinished")
    out = build_zip(folder, folder / "bundle.zip")
    first = out.read_bytes()
    with ZipFile(out) as archive:
        assert archive.namelist() == ["facts.json", "forms/F10.docx", "manifest.json"]
        manifest = json.loads(archive.read("manifest.json"))
        assert manifest["files"] == {n: hashlib.sha256(archive.read(n)).hexdigest() for n in archive.namelist()[:2]}
    assert build_zip(folder, out).read_bytes() == first
    assert sorted(p.name for p in folder.iterdir()) == ["bundle.zip", "facts.json", "forms"]



@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_page_number_stands_upright_at_the_foot_as_displayed(turn: int, tmp_path: Path) -> None:
    """Also where the page's corner is not at the origin."""
    seen = {}
    for angle in (0, turn):
        with pikepdf.new() as document:
            document.add_blank_page(page_size=(400, 400))
            page = document.pages[0]
            page.obj.MediaBox = page.obj.CropBox = pikepdf.Array([100, 50, 500, 450])
            page.obj.Rotate = angle
            build.stamp(page, "12 / 345", numerals.font(document))
            document.save(tmp_path / "p.pdf")
        picture = pypdfium2.PdfDocument(tmp_path / "p.pdf")[0].render(scale=2).to_pil().convert("L")
        assert picture.getextrema()[0] < 100
        box = ImageOps.invert(picture).getbbox()
        assert box is not None
        assert box[1] > 760
        assert abs((box[0] + box[2]) / 2 - 400) < 8
        seen[angle] = picture.crop(box).resize((60, 12))
    assert ImageStat.Stat(ImageChops.difference(seen[0], seen[turn])).mean[0] < 25
