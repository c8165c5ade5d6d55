"""The text layer of a PDF page: read where it tells the truth about the page, left alone where it does not."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import qrcode
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from domain.document import TEXT_LAYER, Page
from extractors.limits import Limits
from extractors.ocr.engine import Engine
from extractors.pages.drawing import survey
from extractors.pages.pdf import PdfFile
from extractors.pages.source import open_source
from extractors.pages.textlayer import unified

FONT = "MSung-Light"
A4 = (595.0, 842.0)
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


class NeedsOcr(Exception):
    pass


def no_engine() -> Engine:
    raise NeedsOcr


def canvas() -> tuple[io.BytesIO, Canvas]:
    out = io.BytesIO()
    made = Canvas(out, pagesize=A4)
    made.setFont(FONT, 12)
    return out, made


def page(data: bytes, folder: Path, number: int = 1) -> Page:
    path = folder / "page.pdf"
    path.write_bytes(data)
    with open_source(path, Limits(), no_engine) as source:
        return source.sheet(number).page


def form(made: Canvas) -> None:
    made.drawString(100, 700, "公司統一編號")
    made.drawString(250, 700, "12345675")
    made.drawString(100, 660, "公司名稱")
    made.drawString(250, 660, "範例股份有限公司")


def finished(made: Canvas, out: io.BytesIO) -> bytes:
    made.save()
    return out.getvalue()


def test_lines_are_the_words_where_they_stand(tmp_path: Path) -> None:
    out, made = canvas()
    form(made)
    found = page(finished(made, out), tmp_path)
    assert found.source == TEXT_LAYER
    assert [line.text for line in found.lines] == ["公司統一編號", "12345675", "公司名稱", "範例股份有限公司"]
    number = found.lines[1]
    assert number.box.left == pytest.approx(250 / A4[0], abs=0.01)
    assert number.box.bottom == pytest.approx(1 - 700 / A4[1], abs=0.01)
    assert len(number.chars) == len(number.text)
    assert number.confidence == 1.0


@pytest.mark.parametrize(("turned", "size"), [(2.0, 12), (-1.5, 30), (0.0, 60)])
def test_text_turned_by_a_degree_or_two_stands_where_it_is_printed(turned: float, size: int, tmp_path: Path) -> None:
    out, made = canvas()
    form(made)
    made.translate(100, 400)
    made.rotate(turned)
    made.setFont(FONT, size)
    made.drawString(0, 0, "大富水行")
    found = page(finished(made, out), tmp_path)
    (seal,) = (n for n in found.lines if n.text == "大富水行")
    assert seal.box.left == pytest.approx(100 / A4[0], abs=0.01)
    assert seal.box.width == pytest.approx(4 * size / A4[0], rel=0.1)


def test_a_glyph_that_a_note_explains_stands_where_it_is_drawn(tmp_path: Path) -> None:
    """A browser notes what a glyph is where its font shares it with a radical (/ActualText), within a form of another scale."""
    out, made = canvas()
    made.beginForm("sheet", 0, 0, 4 * A4[0], 4 * A4[1])
    for left, text, noted in ((400, "範例", False), (496, "工", True), (544, "程行", False), (400, "車", True)):
        made.setFont(FONT, 48)
        made._code.append(f"/Span <</ActualText <FEFF{ord(text[0]):04X}>>> BDC" if noted else "")
        made.drawString(left, 2000 if text != "車" else 1600, text)
        made._code.append("EMC" if noted else "")
    made.endForm()
    form(made)
    made.scale(0.25, 0.25)
    made.doForm("sheet")
    found = {n.text: n.box for n in page(finished(made, out), tmp_path).lines}
    assert found["範例工程行"].left == pytest.approx(100 / A4[0], abs=0.01)
    assert found["車"].left == pytest.approx(100 / A4[0], abs=0.01)
    assert found["車"].bottom == pytest.approx(1 - 400 / A4[1], abs=0.01)


def written_down(made: Canvas) -> None:
    """A receipt written from top to bottom, from right to left, the printed words before the pen's; its seal is written across."""
    printed = (("茲收到", 250, 0), ("台照", 250, 9), ("計", 200, 5), ("元", 200, 9), ("合計新臺幣", 150, 0), ("元整", 150, 10),
               ("此據中華民國", 100, 0), ("年", 100, 10), ("月", 100, 12), ("日", 100, 15))
    pen = (("禾町設計公司", 250, 3), ("盆栽十二個", 200, 0), ("參佰", 200, 6), ("貳仟參佰", 150, 5), ("一一五", 100, 7), ("八", 100, 11),
           ("十二", 100, 13))
    for text, left, first in (*printed, *pen):
        for k, c in enumerate(text):
            made.drawString(left, 780 - 18 * (first + k), c)
    for k, text in enumerate(("大富水行", "免用統一發票專用章", "統一編號38618839", "負責人傅珈")):
        made.drawString(100, 300 - 20 * k, text)


def test_columns_are_lines_and_the_seal_beside_them_stays_as_it_is(tmp_path: Path) -> None:
    out, made = canvas()
    made.setFont(FONT, 14)
    written_down(made)
    found = {n.text: n.box for n in page(finished(made, out), tmp_path).lines}
    assert {"茲收到禾町設計公司台照", "合計新臺幣貳仟參佰元整", "此據中華民國一一五年八月十二日"} <= set(found)
    assert {"大富水行", "統一編號38618839"} <= set(found)
    assert found["合計新臺幣貳仟參佰元整"].left == pytest.approx(150 / A4[0], abs=0.01)
    assert found["合計新臺幣貳仟參佰元整"].height > 5 * found["合計新臺幣貳仟參佰元整"].width


def test_a_note_in_the_margin_makes_no_page_of_columns(tmp_path: Path) -> None:
    out, made = canvas()
    form(made)
    for k, c in enumerate("第三聯收執聯"):
        made.drawString(30, 700 - 14 * k, c)
    assert "範例股份有限公司" in [n.text for n in page(finished(made, out), tmp_path).lines]


def test_a_wide_gap_ends_a_line_and_a_small_one_is_a_blank(tmp_path: Path) -> None:
    out, made = canvas()
    made.drawString(100, 700, "總計金額一二三四五六")
    made.drawString(100 + 10 * 12 + 6, 700, "AB")
    made.drawString(400, 700, "元整")
    assert [line.text for line in page(finished(made, out), tmp_path).lines] == ["總計金額一二三四五六 AB", "元整"]


def test_a_rule_between_two_words_ends_the_line_and_cells_are_found(tmp_path: Path) -> None:
    out, made = canvas()
    for y in (690, 720):
        made.line(90, y, 300, y)
    for x in (90, 150, 300):
        made.line(x, 690, x, 720)
    made.drawString(100, 700, "資本總額")
    made.drawString(152, 700, "壹佰萬元整新臺幣")
    found = page(finished(made, out), tmp_path)
    assert [line.text for line in found.lines] == ["資本總額", "壹佰萬元整新臺幣"]
    assert [[c.box.holds(line.box) for line in found.lines] for c in found.cells] == [[True, False], [False, True]]


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_turned_by_its_dictionary_is_read_as_displayed(tmp_path: Path, turned: int) -> None:
    """/Rotate turns the display of a page whose text was laid for it, and of one whose text then stands on its side."""
    out, made = canvas()
    form(made)
    with pikepdf.open(io.BytesIO(finished(made, out))) as pdf:
        pdf.pages[0].Rotate = turned
        again = io.BytesIO()
        pdf.save(again)
    found = page(again.getvalue(), tmp_path)
    assert [line.text for line in found.lines] == ["公司統一編號", "12345675", "公司名稱", "範例股份有限公司"]
    assert found.turned == 360 - turned
    x, y = 275 / A4[0], 1 - 704 / A4[1]
    shown = {90: (1 - y, x), 180: (1 - x, 1 - y), 270: (y, 1 - x)}[turned]
    assert found.lines[1].box.mapped(found.displayed).centre == pytest.approx(shown, abs=0.01)


def test_a_crop_box_beside_the_page_is_passed_over(tmp_path: Path) -> None:
    out, made = canvas()
    form(made)
    with pikepdf.open(io.BytesIO(finished(made, out))) as pdf:
        pdf.pages[0].cropbox = pikepdf.Array([700, 900, 1000, 1000])
        data = io.BytesIO()
        pdf.save(data)
    assert page(data.getvalue(), tmp_path).lines[0].text == "公司統一編號"


def test_a_scan_with_a_line_of_text_on_it_is_a_picture(tmp_path: Path) -> None:
    out, made = canvas()
    picture = Image.effect_noise((300, 400), 80).point(lambda v: 0 if v < 110 else 255)
    made.drawImage(ImageReader(picture), 0, 0, *A4)
    form(made)
    with pytest.raises(NeedsOcr):
        page(finished(made, out), tmp_path)


def test_hidden_ocr_under_a_scan_is_not_trusted(tmp_path: Path) -> None:
    out, made = canvas()
    made.drawImage(ImageReader(Image.new("L", (300, 400), 255)), 0, 0, *A4)
    hidden = made.beginText(100, 700)
    hidden.setFont(FONT, 12)
    hidden.setTextRenderMode(3)
    hidden.textLine("統一編號 12345675 公司名稱 範例股份有限公司")
    made.drawText(hidden)
    with pytest.raises(NeedsOcr):
        page(finished(made, out), tmp_path)


def test_print_over_a_pale_background_picture_keeps_its_text(tmp_path: Path) -> None:
    out, made = canvas()
    made.drawImage(ImageReader(Image.new("L", (300, 400), 235)), 0, 0, *A4)
    form(made)
    assert page(finished(made, out), tmp_path).source == TEXT_LAYER


def test_gibberish_of_a_font_without_its_table_is_a_picture(tmp_path: Path) -> None:
    out, made = canvas()
    made.setFont("Helvetica", 12)
    made.drawString(100, 700, "DPNQBOZ SFHJTUSBUJPO GPSN 00")
    with pytest.raises(NeedsOcr):
        page(finished(made, out), tmp_path)


ENGLISH = ("This agreement is made between the parties named above and shall remain in force until one of them ends it in writing.",
           "Nothing in it restrains either party from selling to others, or from buying the same goods elsewhere at another price.",
           "Notices are sent to the address given on the first page, unless the party concerned has asked for another in time.")


@pytest.mark.parametrize(("shift", "by_text"), [(0, True), (1, False), (7, False)])
def test_english_is_read_as_text_and_letters_put_for_others_are_not(shift: int, by_text: bool, tmp_path: Path) -> None:
    out, made = canvas()
    made.setFont("Helvetica", 9)
    for k, row in enumerate(ENGLISH):
        made.drawString(30, 700 - 20 * k, "".join(chr((ord(c) - 97 + shift) % 26 + 97) if c.islower() else c for c in row))
    if by_text:
        assert page(finished(made, out), tmp_path).source == TEXT_LAYER
    else:
        with pytest.raises(NeedsOcr):
            page(finished(made, out), tmp_path)


def test_english_beside_characters_without_a_name_is_a_picture(tmp_path: Path) -> None:
    out, made = canvas()
    made.setFont("Helvetica", 9)
    for k, row in enumerate(ENGLISH):
        made.drawString(30, 700 - 20 * k, row)
    made.setFont(FONT, 12)
    made.drawString(30, 500, "公司名稱")
    with pikepdf.open(io.BytesIO(finished(made, out))) as pdf:
        fonts: Any = pdf.pages[0].Resources.Font
        font = next(fonts[name] for name in fonts if fonts[name].Subtype == "/Type0")
        font.Encoding = pikepdf.Name("/Identity-H")
        font.DescendantFonts[0].CIDSystemInfo = pikepdf.Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"),
                                                                   Supplement=0)
        data = io.BytesIO()
        pdf.save(data)
    with pytest.raises(NeedsOcr):
        page(data.getvalue(), tmp_path)


def test_an_empty_page_has_no_lines_and_needs_no_engine(tmp_path: Path) -> None:
    out, made = canvas()
    made.showPage()
    assert page(finished(made, out), tmp_path).lines == ()


def test_each_page_of_a_mixed_file_is_judged_by_itself(tmp_path: Path) -> None:
    out, made = canvas()
    form(made)
    made.showPage()
    made.drawImage(ImageReader(Image.effect_noise((300, 400), 80)), 0, 0, *A4)
    data = finished(made, out)
    assert page(data, tmp_path, 1).source == TEXT_LAYER
    with pytest.raises(NeedsOcr):
        page(data, tmp_path, 2)


def test_a_filled_form_field_is_part_of_the_page(tmp_path: Path) -> None:
    out, made = canvas()
    form(made)
    made.acroForm.textfield(name="a", value="87654321", x=100, y=500, width=120, height=20, fontSize=12, borderWidth=0)
    assert "87654321" in page(finished(made, out), tmp_path).text


def test_radicals_and_compatibility_forms_are_plain_characters() -> None:
    assert "".join(unified(ord(c)) for c in "⼀⽉⺠⾦金日") == "一月民金金日"
    assert [unified(c) for c in (0x110000, 0xFFFFFFFF)] == ["\ufffd", "\ufffd"]


def as_picture(made: Canvas, dark: list[tuple[int, int]], size: int) -> None:
    image = Image.new("L", (size, size), 255)
    for x, y in dark:
        image.putpixel((x, size - 1 - y), 0)
    made.drawImage(ImageReader(image.resize((4 * size, 4 * size), Image.Resampling.NEAREST)), 100, 300, 80, 80)


def as_boxes(made: Canvas, dark: list[tuple[int, int]], size: int) -> None:
    step = 80 / size
    for x, y in dark:
        made.rect(100 + step * x, 300 + step * y, step, step, stroke=0, fill=1)


def as_one_path(made: Canvas, dark: list[tuple[int, int]], size: int) -> None:
    step = 80 / size
    path = made.beginPath()
    for x, y in dark:
        path.rect(100 + step * x, 300 + step * y, step, step)
    made.drawPath(path, stroke=0, fill=1)


@pytest.mark.parametrize("draw", [as_picture, as_boxes, as_one_path])
def test_a_code_on_a_page_with_text_is_found_however_it_is_drawn(draw: Callable[[Canvas, list[tuple[int, int]], int], None],
                                                                 tmp_path: Path) -> None:
    code = qrcode.QRCode(border=0)
    code.add_data("AB12345678")
    code.make()
    rows = code.get_matrix()
    out, made = canvas()
    form(made)
    made.drawString(100, 740, "電子發票證明聯")
    draw(made, [(x, len(rows) - 1 - y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark], len(rows))
    assert [c.payload for c in page(finished(made, out), tmp_path).codes] == [b"AB12345678"]


def test_the_cells_of_a_table_are_no_bar_code(tmp_path: Path) -> None:
    out, made = canvas()
    form(made)
    for k in range(200):
        made.rect(40 + 25 * (k % 20), 100 + 30 * (k // 20), 25, 30)
    path = tmp_path / "table.pdf"
    path.write_bytes(finished(made, out))
    file = PdfFile(path, Limits())
    drawing = survey(file.page(1), 10_000)
    file.close()
    assert len(drawing.segments) >= 200
    assert not drawing.coded
