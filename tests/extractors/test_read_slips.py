"""A photo of slips that lie every way, through the real engines: each is read for itself, and its values lie where they stand."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
import pytest
from sales_pages import sheet

from domain.document import OCR, Box, Code, Page
from extractors.ocr.engine import Pixels, Quad
from extractors.pages import frame
from extractors.papers import read_papers
from extractors.read import read_file

SLIPS = Path(__file__).parents[2] / "fixtures" / "documents" / "einvoice_proof"
WIDTH, HEIGHT = 2400, 1500


def picture(name: str) -> tuple[Pixels, dict[str, Any]]:
    truth = json.loads((SLIPS / name / "truth.json").read_text(encoding="utf-8"))
    path = SLIPS / name / truth["file"]
    if path.suffix == ".pdf":
        return np.ascontiguousarray(pypdfium2.PdfDocument(path)[0].render(scale=3).to_numpy()[:, :, :3]), truth["documents"][0]["fields"]
    return np.asarray(cv2.imread(str(path), cv2.IMREAD_COLOR), np.uint8), truth["documents"][0]["fields"]


def lay(desk: Pixels, name: str, at: tuple[float, float], degrees: float) -> dict[str, tuple[Any, Quad]]:
    """A slip put on the desk; its values, and the corners of each in shares of the photo."""
    pixels, fields = picture(name)
    h, w = pixels.shape[:2]
    scale = 950 / h
    matrix = frame.shift(*at) @ frame.rotation(degrees, (0, 0)) @ frame.scaling(scale) @ frame.shift(-w / 2, -h / 2)
    flat = cv2.warpPerspective(pixels, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_AREA)
    cover = cv2.warpPerspective(np.full((h, w), 255, np.uint8), matrix, (WIDTH, HEIGHT)) > 0
    desk[cover] = flat[cover]
    out = {}
    for name, field in fields.items():
        left, top, right, bottom = (v * s for v, s in zip(field["box"], (w, h, w, h), strict=True))
        corners = frame.points(matrix, ((left, top), (right, top), (right, bottom), (left, bottom)))
        out[name] = (field["value"], np.asarray(corners / (WIDTH, HEIGHT), np.float32))
    return out


@pytest.mark.engine
@pytest.mark.parametrize("shade", [70, 236])
def test_slips_that_lie_every_way_are_read_each_for_itself(shade: int, tmp_path: Path) -> None:
    desk = np.full((HEIGHT, WIDTH, 3), shade, np.uint8)
    truths = [lay(desk, "einvoice-slip-q1", (520, 760), 187), lay(desk, "einvoice-slip-b2b-q2", (1650, 740), 78)]
    cv2.imwrite(str(tmp_path / "a.png"), cv2.GaussianBlur(desk, (0, 0), 0.7))
    read = read_file(tmp_path / "a.png", "a.png")
    assert read.pages == 1
    assert [(d.kind, d.pages) for d in read.documents] == [("einvoice_proof", (1,))] * 2
    by_number = {d.fields["inv.number"].value: d.fields for d in read.documents}
    for truth in truths:
        fields = by_number[truth["inv.number"][0]]
        for name, (value, corners) in truth.items():
            if name not in fields:
                continue
            assert fields[name].value == value, name
            spot = fields[name].box
            assert spot is not None
            x, y = spot.centre
            assert Box(*corners.min(axis=0), *corners.max(axis=0)).grown(0.01, 0.01).holds(Box(x, y, x, y)), name
        assert {"inv.number", "inv.date", "inv.total_amount", "inv.seller_uniform_no"} <= fields.keys()


SLIP = ([(0.2, "電子發票證明聯")], [(0.2, "115年09-10月")], [(0.2, "XY-12345678")], [(0.1, "2026-09-17 12:10:11")], [(0.1, "總計500")])


def test_pages_of_one_number_are_papers_of_their_own_and_asked_about_for_themselves() -> None:
    drawn = [sheet(*SLIP[:2], [(0.2, f"XY-1234567{k}")], *SLIP[3:]) for k in range(3)]
    views = [replace(p, number=1, source=OCR, lines=tuple(replace(n, source=OCR, confidence=0.9) for n in p.lines)) for p in drawn]
    asked = set()

    def second(place: int, boxes: Any, alphabet: str) -> list[str]:
        asked.add(place)
        return [""] * len(boxes)

    found = read_papers(views, second)
    assert [d.fields["inv.number"].value for d in found] == ["XY12345670", "XY12345671", "XY12345672"]
    assert all(d.pages == (1,) for d in found)
    assert asked == {1, 2, 3}


def test_where_print_is_too_small_only_a_code_is_believed() -> None:
    code = Code("QRCode", b"XY123456781150917123400000000000001f400000000" + b"31234560" + b"A" * 24 + b":**********:1:1:1:tea:1:500:",
                Box(0.1, 0.8, 0.3, 0.9))
    drawn = sheet(*SLIP, [(0.1, "賣方31234560")])
    scanned = replace(drawn, source=OCR, lines=tuple(replace(n, source=OCR) for n in drawn.lines), notes=("字太小",))

    def readings(page: Page) -> dict[str, Any]:
        (found,) = read_papers([page], lambda place, boxes, alphabet: ["XY-12345678"] * len(boxes))
        assert found.problems[:1] == page.notes
        return {name: (r.value, r.status) for name, r in found.fields.items()}

    assert readings(scanned)["inv.number"] == ("XY12345678", "review")
    assert readings(replace(scanned, notes=()))["inv.number"] == ("XY12345678", "accepted")
    assert readings(replace(scanned, codes=(code,)))["inv.number"] == ("XY12345678", "accepted")
