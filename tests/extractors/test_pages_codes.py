"""Bar codes are found also where print is faint, small, soft or full of gaps."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
import zxingcpp

from domain.document import Code
from extractors.ocr.engine import Pixels
from extractors.pages.codes import find_codes, spotted
from extractors.pages.scan import Frame

PAYLOAD = b"AB123456781150103999900000064000000690000000012345675" + b"A" * 24 + b":**********:1:1:1:tea:1:105:"


def sheet(module: int) -> Pixels:
    """A slip of paper with one QR code whose modules are so many pixels wide."""
    code = np.array(zxingcpp.write_barcode_to_image(zxingcpp.create_barcode(PAYLOAD, zxingcpp.BarcodeFormat.QRCode), scale=1))
    code = cv2.resize(code, None, fx=module, fy=module, interpolation=cv2.INTER_NEAREST)
    page = np.full((900, 600), 240, np.uint8)
    page[300:300 + code.shape[0], 80:80 + code.shape[1]] = np.minimum(code, 240)
    return page


def with_gaps(page: Pixels) -> Pixels:
    """As a print head with burnt-out dots leaves it, seen through a soft lens."""
    out = page.copy()
    for x in range(0, out.shape[1], 9):
        out[:, x:x + 2] = 240
    for y in range(0, out.shape[0], 9):
        out[y:y + 2] = 240
    return out


def tiny(page: Pixels) -> Pixels:
    small = cv2.resize(page, None, fx=0.3, fy=0.3, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.GaussianBlur(small, (0, 0), 0.8), np.uint8)


def found(page: Pixels, hard: bool) -> list[bytes]:
    size = (page.shape[1], page.shape[0])

    def enough(codes: object) -> bool:
        return bool(codes)

    return [c.payload for c in find_codes(page, Frame(np.eye(3), size, size), enough if hard else None)]


def test_a_plain_code_is_found_where_it_stands() -> None:
    page = sheet(6)
    size = (page.shape[1], page.shape[0])
    codes: tuple[Code, ...] = find_codes(page, Frame(np.eye(3), size, size))
    assert [c.payload for c in codes] == [PAYLOAD]
    assert abs(codes[0].box.top - 300 / 900) < 0.05
    assert codes[0].box.left < 0.25


@pytest.mark.parametrize("spoil", [with_gaps, tiny])
def test_spoilt_codes_are_found_by_searching_harder(spoil: Callable[[Pixels], Pixels]) -> None:
    page = spoil(sheet(6))
    assert found(page, hard=False) == []
    assert found(page, hard=True) == [PAYLOAD]


def test_a_code_seen_in_several_renderings_counts_once() -> None:
    page = sheet(6)
    size = (page.shape[1], page.shape[0])
    assert len(find_codes(page, Frame(np.eye(3), size, size), lambda codes: False)) == 1


def test_a_code_that_cannot_be_decoded_is_seen_but_not_found() -> None:
    page = sheet(6)
    noise = np.random.default_rng(1).integers(0, 2, (20, 20), np.uint8) * 240
    page[380:500, 160:280] = cv2.resize(noise, (120, 120), interpolation=cv2.INTER_NEAREST)
    size = (page.shape[1], page.shape[0])
    assert {s.payload for s in spotted(page) if s.symbology == "QRCode"} == {b""}
    assert find_codes(page, Frame(np.eye(3), size, size)) == ()
