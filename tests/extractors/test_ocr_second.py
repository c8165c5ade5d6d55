"""The second engine reads a line in this process, and no crop, however broken, ends it."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from extractors.ocr import tesseract
from extractors.ocr.engine import Pixels
from extractors.ocr.tesseract import read_crop, read_crops

FIGURES = "0123456789,.-/"


def line(text: str, paper: int = 255, ink: int = 0, scale: float = 1.2) -> Pixels:
    """A printed line of Latin letters and figures."""
    (width, height), below = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, scale, 2)
    image = np.full((height + below + 16, width + 24), paper, np.uint8)
    return np.asarray(cv2.putText(image, text, (12, height + 6), cv2.FONT_HERSHEY_SIMPLEX, scale, ink, 2, cv2.LINE_AA), np.uint8)


@pytest.mark.engine
@pytest.mark.parametrize(("paper", "ink"), [(255, 0), (200, 60), (120, 70)])
def test_reads_figures_on_light_and_on_dark_paper(paper: int, ink: int) -> None:
    assert read_crop(line("12345678", paper, ink), alphabet=FIGURES) == "12345678"


@pytest.mark.engine
def test_reads_the_same_whether_asked_alone_or_with_others() -> None:
    lines = [line("12345678"), line("2026-11-20"), np.asarray(cv2.cvtColor(line("60,000,000"), cv2.COLOR_GRAY2BGR), np.uint8)]
    alone = [read_crop(x, alphabet=FIGURES) for x in lines]
    assert read_crops(lines, alphabet=FIGURES) == alone == ["12345678", "2026-11-20", "60,000,000"]


@pytest.mark.engine
@settings(max_examples=25, deadline=None)
@given(arrays(np.uint8, st.tuples(st.integers(1, 90), st.integers(1, 400)) | st.tuples(st.integers(1, 60), st.integers(1, 90), st.just(3))),
       st.sampled_from(("", FIGURES)))
def test_no_crop_is_refused(image: Pixels, alphabet: str) -> None:
    said = read_crop(image, alphabet=alphabet)
    assert said == said.strip()
    assert "\n" not in said


def test_what_cannot_be_a_line_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "_loaded", lambda language: pytest.fail("asked"))
    for shape in ((3, 40), (40, 3), (10, 20_000)):
        assert read_crop(np.tile(np.asarray([[0, 255]], np.uint8), shape)[: shape[0], : shape[1]]) == ""
    assert read_crop(np.full((40, 200), 180, np.uint8)) == ""


def test_without_trained_data_it_says_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tesseract, "_folders", lambda: iter([tmp_path]))
    tesseract._loaded.cache_clear()
    try:
        assert read_crop(line("12345678"), alphabet=FIGURES) == ""
    finally:
        tesseract._loaded.cache_clear()


def test_it_is_installed_where_both_trained_data_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tesseract, "_folders", lambda: iter([tmp_path / "none", tmp_path]))
    assert not tesseract.installed()
    (tmp_path / "eng.traineddata").touch()
    assert not tesseract.installed()
    (tmp_path / "chi_tra.traineddata").touch()
    assert tesseract.installed()
