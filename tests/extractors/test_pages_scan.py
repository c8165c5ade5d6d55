"""Scans and photographs through the real engine: whichever way they stand, the values lie where the truth says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
import pytest
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from domain.document import OCR, Box, Page
from extractors.limits import Limits
from extractors.look import Sheet
from extractors.ocr.default import default_engine
from extractors.ocr.engine import Pixels
from extractors.ocr.recorded import RecordedEngine, Recorder, StaleRecording
from extractors.pages import frame, scan
from extractors.pages.clean import ink
from extractors.pages.scan import Frame
from extractors.pages.source import open_source
from extractors.read import digest

PAPERS = Path(__file__).parents[2] / "fixtures" / "documents"
INVOICE = PAPERS / "uniform_invoice" / "invoice3-q2"
PHOTO = PAPERS / "insured_headcount_table" / "headcount-down-q4"

pytestmark = pytest.mark.engine


def truth(folder: Path) -> tuple[Path, dict[str, Any]]:
    told = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    return folder / told["file"], told["documents"][0]["fields"]


def read(path: Path, number: int = 1) -> Page:
    with open_source(path, Limits(), default_engine) as source:
        return source.sheet(number).page


def at(page: Page, place: Box) -> str:
    """What the page says in a place of the page as displayed."""
    room = place.grown(0.006, 0.006)
    return "".join(c for line in page.lines for c, b in zip(line.text, line.chars, strict=True)
                   if c != " " and room.holds(b.mapped(page.displayed)))


def turned(box: list[float], quarter: int) -> Box:
    left, top, right, bottom = box
    for _ in range(quarter):
        left, top, right, bottom = 1 - bottom, left, 1 - top, right
    return Box(left, top, right, bottom)


def save(pixels: Pixels, path: Path, **options: Any) -> Path:
    Image.fromarray(pixels[:, :, ::-1]).save(path, **options)
    return path


@pytest.fixture(scope="module")
def invoice() -> Iterator[tuple[Pixels, dict[str, Any]]]:
    path, fields = truth(INVOICE)
    with open_source(path, Limits(), default_engine) as source:
        yield source.pixels(1), fields


@pytest.mark.parametrize("quarter", [0, 1, 2, 3])
def test_a_page_on_its_side_is_turned_and_its_places_stay(invoice: tuple[Pixels, dict[str, Any]], quarter: int, tmp_path: Path) -> None:
    pixels, fields = invoice
    page = read(save(np.ascontiguousarray(np.rot90(pixels, -quarter)), tmp_path / "a.png"))
    assert page.source == OCR
    assert page.turned == (360 - 90 * quarter) % 360
    for field in ("inv.number", "inv.seller_uniform_no", "inv.seller_name"):
        assert fields[field]["value"] in at(page, turned(fields[field]["box"], quarter))


@pytest.mark.parametrize(("ending", "options"), [("webp", {"quality": 90}), ("heic", {"quality": 80}), ("jpg", {"quality": 85})])
def test_every_kind_of_picture_is_read(
    invoice: tuple[Pixels, dict[str, Any]], ending: str, options: dict[str, int], tmp_path: Path
) -> None:
    pixels, fields = invoice
    page = read(save(pixels, tmp_path / f"a.{ending}", **options))
    assert fields["inv.number"]["value"] in at(page, Box(*fields["inv.number"]["box"]))


def test_the_turn_told_by_the_camera_is_the_displayed_frame(invoice: tuple[Pixels, dict[str, Any]], tmp_path: Path) -> None:
    pixels, fields = invoice
    exif = Image.Exif()
    exif[0x0112] = 6  # the picture is to be turned by a quarter clockwise to be displayed
    page = read(save(np.ascontiguousarray(np.rot90(pixels, 1)), tmp_path / "a.jpg", exif=exif, quality=85))
    assert page.turned == 0
    assert fields["inv.number"]["value"] in at(page, Box(*fields["inv.number"]["box"]))


def test_the_frames_of_a_tiff_are_pages(invoice: tuple[Pixels, dict[str, Any]], tmp_path: Path) -> None:
    pixels, fields = invoice
    frames = [Image.new("L", (300, 200), 255), Image.fromarray(pixels[:, :, ::-1])]
    path = tmp_path / "a.tiff"
    frames[0].save(path, save_all=True, append_images=frames[1:])
    with open_source(path, Limits(), default_engine) as source:
        first, second = (s.page for s in source.sheets())
    assert (first.number, first.lines) == (1, ())
    assert second.number == 2
    assert fields["inv.number"]["value"] in at(second, Box(*fields["inv.number"]["box"]))


def test_the_seal_of_a_paper_written_in_columns_is_read(tmp_path: Path) -> None:
    made = Canvas(str(tmp_path / "a.pdf"), pagesize=(360, 842))
    pdfmetrics.registerFont(UnicodeCIDFont("MSung-Light"))
    for left, text in ((270, "收據"), (220, "茲收到禾町設計公司台照"), (170, "盆栽十二個計貳仟參佰元"), (120, "合計新臺幣貳仟參佰元整"),
                       (70, "此據中華民國一百一十五年八月十二日")):
        made.setFont("MSung-Light", 20)
        for k, c in enumerate(text):
            made.drawString(left, 780 - 24 * k, c)
    for k, text in enumerate(("大富水行", "免用統一發票專用章", "統一編號38618839", "負責人傅珈雲")):
        made.setFont("MSung-Light", 13)
        made.drawString(90, 240 - 20 * k, text)
    made.save()
    drawn = pypdfium2.PdfDocument(str(tmp_path / "a.pdf"))[0].render(scale=2).to_numpy()[:, :, :3]
    page = read(save(np.ascontiguousarray(drawn), tmp_path / "a.png"))
    said = {"".join(n.text.split()): n.box.mapped(page.displayed) for n in page.lines}
    assert {"合計新臺幣貳仟參佰元整", "統一編號38618839", "大富水行"} <= set(said)
    assert said["統一編號38618839"].left == pytest.approx(90 / 360, abs=0.03)
    assert said["統一編號38618839"].bottom == pytest.approx(1 - 200 / 842, abs=0.02)


def test_a_lean_of_some_degrees_is_taken_out(invoice: tuple[Pixels, dict[str, Any]], tmp_path: Path) -> None:
    pixels, fields = invoice
    height, width = pixels.shape[:2]
    lean = cv2.getRotationMatrix2D((width / 2, height / 2), -4.0, 1.0)
    leaning = np.asarray(cv2.warpAffine(pixels, lean, (width, height), borderValue=(240, 240, 240)), np.uint8)
    page = read(save(leaning, tmp_path / "a.png"))
    left, top, right, bottom = fields["inv.number"]["box"]
    edges = [(x * width, y * height, 1.0) for x, y in ((left, top), (right, top), (right, bottom), (left, bottom))]
    moved = np.asarray(edges) @ lean.T
    box = Box(moved[:, 0].min() / width, moved[:, 1].min() / height, moved[:, 0].max() / width, moved[:, 1].max() / height)
    assert fields["inv.number"]["value"] in at(page, box)


def test_boxed_digits_are_one_number(invoice: tuple[Pixels, dict[str, Any]], tmp_path: Path) -> None:
    pixels, fields = invoice
    page = read(save(pixels, tmp_path / "a.png"))
    assert fields["inv.buyer_uniform_no"]["value"] in at(page, Box(*fields["inv.buyer_uniform_no"]["box"]))


def test_a_photographed_sheet_is_flattened_and_its_places_stay() -> None:
    path, fields = truth(PHOTO)
    page = read(path)
    for field in ("ins.unit_name", "ins.unit_no"):
        assert fields[field]["value"] in at(page, Box(*fields[field]["box"]))


def test_a_frame_laid_through_the_text_is_given_up(invoice: tuple[Pixels, dict[str, Any]]) -> None:
    pixels, fields = invoice
    height, width = pixels.shape[:2]
    wrong = Frame(frame.shift(-1, 0), (width // 2, height), (width, height))
    page, used = scan.read(ink(pixels), 1, default_engine(), wrong)
    assert used.size == (width, height)
    assert fields["inv.number"]["value"] in at(page, Box(*fields["inv.number"]["box"]))


def test_a_place_is_looked_at_again(invoice: tuple[Pixels, dict[str, Any]], tmp_path: Path) -> None:
    pixels, fields = invoice
    path = save(pixels, tmp_path / "a.png")
    with open_source(path, Limits(), default_engine) as source:
        sheet: Sheet = source.sheet(1)
        line = next(n for n in sheet.page.lines if fields["inv.number"]["value"] in n.text.replace(" ", ""))
        assert sheet.read_again(line.box).text.replace(" ", "") == fields["inv.number"]["value"]
        assert fields["inv.number"]["value"][2:] in sheet.second_opinion(line.box, alphabet="0123456789")


def test_a_list_is_looked_at_again_in_one_go() -> None:
    path, fields = truth(PAPERS / "business_registration_transcript" / "transcript-list-q2")
    codes = fields["org.business_items"]["value"]
    with open_source(path, Limits(), default_engine) as source:
        sheet = source.sheet(1)
        lines = [next(n for n in sheet.page.lines if code in n.text) for code in codes]
        assert len(lines) > 1
        boxes = [Box(n.chars[n.text.index(c)].left, n.box.top, n.chars[n.text.index(c) + 6].right, n.box.bottom)
                 for n, c in zip(lines, codes, strict=True)]
        assert sheet.second_opinions(boxes) == codes
        assert sheet.second_opinions(boxes[:1])[0][1:] == codes[0][1:]


def test_a_recording_gives_the_same_page_without_an_engine(invoice: tuple[Pixels, dict[str, Any]], tmp_path: Path) -> None:
    pixels, _ = invoice
    path, kept = save(pixels, tmp_path / "a.png"), tmp_path / "a.json.gz"
    recorder = Recorder(default_engine(), digest(path))
    with open_source(path, Limits(), lambda: recorder) as source:
        live = source.sheet(1).page
    recorder.save(kept)
    with open_source(path, Limits(), lambda: RecordedEngine(kept, digest(path))) as source:
        again = source.sheet(1).page
    assert [n.text for n in again.lines] == [n.text for n in live.lines]
    with pytest.raises(StaleRecording):
        RecordedEngine(kept, "0" * 64)
