"""Stamps: lifted off the text that they cover, kept where they only lie over a table's rules."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.ocr.engine import Pixels
from extractors.pages import clean

RED, BLACK = (60, 50, 200), (30, 30, 30)


def paper() -> Pixels:
    return np.full((700, 1000, 3), 240, np.uint8)


def write(page: Pixels, text: str, at: tuple[int, int], colour: tuple[int, int, int]) -> None:
    cv2.putText(page, text, at, cv2.FONT_HERSHEY_SIMPLEX, 1.2, colour, 3)


def dark(grey: Pixels, box: tuple[int, int, int, int]) -> float:
    """The share of ink in a box (left, top, right, bottom)."""
    left, top, right, bottom = box
    return float((grey[top:bottom, left:right] < 170).mean())


def test_a_stamp_over_rules_keeps_its_figures_and_loses_the_rules() -> None:
    page = paper()
    write(page, "69534521", (300, 330), RED)
    whole = clean.ink(page).text
    cv2.line(page, (20, 318), (980, 318), BLACK, 3)
    found = clean.ink(page)
    figures = (300, 300, 500, 335)
    assert abs(dark(found.text, figures) - dark(whole, figures)) < 0.04
    assert dark(found.text, (300, 316, 500, 321)) < 0.8
    assert found.ruled is not None
    assert dark(found.ruled, (300, 317, 500, 320)) > 0.9


def test_a_stamp_over_text_is_lifted_and_kept_apart() -> None:
    page = paper()
    write(page, "No. 12345678", (300, 330), BLACK)
    clear = clean.ink(page).text
    cv2.rectangle(page, (280, 250), (480, 420), RED, 5)
    write(page, "SEAL", (330, 325), RED)
    found = clean.ink(page)
    assert abs(dark(found.text, (290, 290, 560, 345)) - dark(clear, (290, 290, 560, 345))) < 0.03
    assert len(found.stamps) == 1


def test_coloured_print_that_stands_alone_stays() -> None:
    page = paper()
    write(page, "AB12345678", (300, 330), RED)
    assert dark(clean.ink(page).text, (300, 300, 540, 335)) > 0.1
    assert clean.ink(page).ruled is None


def test_a_fax_is_shown_wider() -> None:
    page = np.where(np.random.default_rng(1).random((400, 300)) < 0.1, 0, 255).astype(np.uint8)
    assert clean.ink(page).widened > 1
    assert clean.ink(paper()).widened == 1
