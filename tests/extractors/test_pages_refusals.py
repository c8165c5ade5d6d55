"""Files that cannot be read are refused with the code that says why, whatever they are called."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from domain.errors import ReadRefused
from extractors.limits import Limits
from extractors.ocr.engine import Engine
from extractors.pages.source import open_source
from extractors.read import read_file


def no_engine() -> Engine:
    raise AssertionError("a refused file must not reach an engine")


def refusal(path: Path, limits: Limits | None = None) -> ReadRefused:
    with pytest.raises(ReadRefused) as caught:
        read_file(path, path.name, limits=limits or Limits(), engine=no_engine)
    return caught.value


def picture(form: str, size: tuple[int, int] = (60, 40)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, form)
    return out.getvalue()


def png(width: int, height: int, rows: bytes) -> bytes:
    """A PNG whose header claims a size, with the given grey rows, whatever they are."""
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def pdf(pages: int, box: tuple[float, float] = (200, 200), content: bytes = b"0 0 1 1 re f") -> pikepdf.Pdf:
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page()
        made.pages[-1].MediaBox = [0, 0, *(Decimal(str(v)) for v in box)]
        made.pages[-1].Contents = made.make_stream(content)
    return made


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.pdf", b"", "empty"),
        ("zeros.pdf", b"\0" * 300, "empty"),
        ("text.pdf", "統一編號 12345675".encode(), "unsupported_type"),
        ("page.jpg", b"<html><body>hello</body></html>", "unsupported_type"),
        ("program.png", b"\x7fELF" + b"\0" * 200, "unsupported_type"),
        ("old.gif", b"GIF89a" + b"\0" * 40, "unsupported_type"),
        ("cut.jpg", picture("JPEG", (400, 300))[:700], "corrupt"),
        ("cut.png", picture("PNG", (400, 300))[:90], "corrupt"),
        ("cut.tiff", picture("TIFF")[:200], "corrupt"),
        ("cut.webp", picture("WEBP")[:40], "corrupt"),
        ("head.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 60, "corrupt"),
        ("head.pdf", b"%PDF-1.7\n", "corrupt"),
        ("noise.pdf", b"%PDF-1.4\n" + bytes(range(256)) * 40, "corrupt"),
        ("short-rows.png", png(4000, 4000, b"\0" * 100), "corrupt"),
        ("lying.png", png(60_000, 60_000, b"\0" * 1000), "too_large"),
        ("just-over.png", png(12_001, 10_000, b"\0" * 1000), "too_large"),
    ],
)
def test_each_bad_file_has_its_code(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert refusal(path).code == code


def test_a_zip_called_pdf_is_no_pdf_even_with_one_inside(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    inner = io.BytesIO()
    pdf(1).save(inner)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.pdf", inner.getvalue())
    assert refusal(path).code == "unsupported_type"


def test_a_big_picture_is_unsafe_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(png(60_000, 60_000, b""))
    assert refusal(path).unsafe


def test_a_file_over_the_size_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7" + b" " * 5000)
    assert refusal(path, Limits(file_bytes=4000)).code == "too_large"


def test_a_pdf_that_asks_for_a_password_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    pdf(1).save(path, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert refusal(path).code == "encrypted"


def test_a_pdf_with_an_owner_password_only_is_read(tmp_path: Path) -> None:
    path = tmp_path / "open.pdf"
    pdf(2).save(path, encryption=pikepdf.Encryption(owner="a", user=""))
    with open_source(path, Limits(), no_engine) as source:
        assert source.pages == 2


def test_two_hundred_pages_are_read_and_one_more_is_not(tmp_path: Path) -> None:
    most, more = tmp_path / "200.pdf", tmp_path / "201.pdf"
    pdf(200).save(most)
    pdf(201).save(more)
    with open_source(most, Limits(), no_engine) as source:
        assert source.pages == 200
    assert refusal(more).code == "too_many_pages"


def test_a_tiff_of_too_many_frames_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "many.tiff"
    frames = [Image.new("1", (8, 8)) for _ in range(6)]
    frames[0].save(path, save_all=True, append_images=frames[1:])
    assert refusal(path, Limits(pages=5)).code == "too_many_pages"


@pytest.mark.parametrize("box", [(14_000, 14_000), (30, 14_000), (595, 842)])
def test_a_page_of_any_size_is_rendered_within_bounds(tmp_path: Path, box: tuple[float, float]) -> None:
    path = tmp_path / "page.pdf"
    pdf(1, box).save(path)
    with open_source(path, Limits(render_pixels=1_000_000), no_engine) as source:
        height, width = source.pixels(1).shape[:2]
    assert height * width <= 1_010_000
    assert height / width == pytest.approx(box[1] / box[0], rel=0.05)


@pytest.mark.parametrize("box", [(0.001, 0.001), (1, 1e6)])
def test_a_page_of_nonsense_size_is_refused(tmp_path: Path, box: tuple[float, float]) -> None:
    path = tmp_path / "page.pdf"
    pdf(1, box).save(path)
    assert refusal(path).code in ("corrupt", "too_large")


def test_a_page_tree_that_bites_its_tail_ends(tmp_path: Path) -> None:
    made = pdf(1)
    tree = made.Root.Pages
    tree.Kids.append(tree)
    tree.Count = 2
    path = tmp_path / "loop.pdf"
    made.save(path)
    with open_source(path, Limits(), no_engine) as source:
        assert source.pages <= 2
