"""The benchmark's own arithmetic: what counts as exact, how sure a share is, where Tesseract's boxes lie on the page as displayed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PIL import Image

from benchmarks.plain_tesseract import BACK, _lines
from benchmarks.scoring import CORE, Tally, same, score, wilson
from domain.document import Box
from fixtures.render.papers import MAKERS


@pytest.mark.parametrize(
    ("name", "wanted", "got", "right"),
    [
        ("org.name", "岳禾塑膠股份有限公司", "岳禾 塑膠股份有限公司", True),
        ("org.name", "臺北行", "台北行", False),
        ("org.registered_address", "臺北市中正區1號", "(100)臺北市中正區１號", True),
        ("ins.unit_no", "01458989K", "01458989", True),
        ("ins.unit_no", "01458989K", "01458980K", False),
        ("fin.paid_in_capital", 5, "5", False),
        ("fin.paid_in_capital", 5, 5, True),
        ("org.business_items", ["A", "B"], ["B", "A"], False),
    ],
)
def test_what_counts_as_exact(name: str, wanted: Any, got: Any, right: bool) -> None:
    assert same(name, wanted, got) is right


def test_an_accepted_wrong_value_is_a_silent_error_and_one_under_review_is_not() -> None:
    field = {"value": 5, "page": 1, "box": [0, 0, 1, 1]}
    truth = {"file": "a", "documents": [{"kind": "uniform_invoice", "pages": [1], "optional": [], "fields": {"inv.total_amount": field}}]}
    for status, silent in (("accepted", 1), ("review", 0)):
        tally = Tally()
        fields = {"inv.total_amount": {"value": 6, "status": status}}
        assert score(truth, [{"kind": "uniform_invoice", "pages": [1], "fields": fields}], [tally])
        assert (tally.silent, tally.weight, tally.exact, tally.kinds_right) == (silent, 2, 0, 1)


def test_a_paper_that_was_not_found_misses_every_field() -> None:
    field = {"value": 5, "page": 1, "box": [0, 0, 1, 1]}
    truth = {"file": "a", "documents": [{"kind": "receipt", "pages": [2], "optional": [], "fields": {"inv.total_amount": field}}]}
    tally = Tally()
    score(truth, [{"kind": "receipt", "pages": [1], "fields": {"inv.total_amount": {"value": 5, "status": "accepted"}}}], [tally])
    assert (tally.missing, tally.fields, tally.exact) == (1, 1, 0)


def test_intervals_of_shares() -> None:
    assert wilson(0, 100)[1] == pytest.approx(0.0370, abs=1e-3)
    assert wilson(5, 100)[0] == pytest.approx(0.0215, abs=1e-3)
    assert wilson(0, 0) == (0.0, 1.0)


def test_every_kind_that_can_be_made_has_core_fields() -> None:
    assert set(CORE) >= set(MAKERS)


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_box_of_the_turned_page_is_found_on_the_page_as_displayed(degrees: int) -> None:
    page = Image.new("L", (100, 200), 255)
    page.paste(0, (10, 30, 40, 50))
    turned = np.asarray(page.rotate(-degrees, expand=True))
    rows, columns = np.nonzero(turned == 0)
    height, width = turned.shape
    seen = Box(columns.min() / width, rows.min() / height, (columns.max() + 1) / width, (rows.max() + 1) / height)
    assert seen.mapped(BACK[degrees]).as_list() == pytest.approx([0.1, 0.15, 0.4, 0.25])


def test_a_wide_gap_parts_two_cells() -> None:
    row = [("統一", 10, 10, 50, 30, 0.9), ("編號", 52, 10, 92, 30, 0.8), ("12345678", 200, 10, 300, 30, 0.7)]
    lines = list(_lines(row, 400, 100))
    assert [line.text for line in lines] == ["統一編號", "12345678"]
    assert all(len(line.chars) == len(line.text) for line in lines)
