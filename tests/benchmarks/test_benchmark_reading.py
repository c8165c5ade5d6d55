"""The benchmark's own arithmetic: what counts as exact, how sure a share is, where Tesseract's boxes lie on the page as displayed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PIL import Image

from benchmarks.contract import CORE, FIELDS
from benchmarks.plain_tesseract import BACK, _lines
from benchmarks.reading import figures, picture, tables, trust
from benchmarks.reading.sides import Side
from benchmarks.scoring import Judged, Outcome, judge, located, same, wilson
from domain.document import Box
from domain.field import FileReading
from extractors.policy import DEFAULT
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


def truth(*papers: dict[str, Any]) -> dict[str, Any]:
    return {"file": "a.pdf", "quality": "q2", "bundle": len(papers) > 1, "documents": list(papers)}


def paper(kind: str, pages: list[int], shared: bool = False, **fields: Any) -> dict[str, Any]:
    told = {name.replace("__", "."): {"value": v, "page": pages[0], "box": [0.1, 0.1, 0.3, 0.12]} for name, v in fields.items()}
    return {"kind": kind, "layout": "x", "quality": "q2", "pages": pages, "optional": [], "shared_page": shared, "fields": told}


def found(kind: str, pages: list[int], status: str = "accepted", confidence: float = 0.999, **fields: Any) -> dict[str, Any]:
    read = {n.replace("__", "."): {"value": v, "page": pages[0], "box": [0.1, 0.1, 0.3, 0.12], "status": status, "confidence": confidence}
            for n, v in fields.items()}
    return {"kind": kind, "pages": pages, "fields": read}


def judged(told: dict[str, Any], *documents: dict[str, Any]) -> Outcome:
    outcome = Outcome()
    judge(told, documents, outcome)
    return outcome


def test_an_accepted_wrong_value_is_a_silent_error_and_one_under_review_is_not() -> None:
    for status, silent in (("accepted", 1), ("review", 0)):
        out = judged(truth(paper("uniform_invoice", [1], inv__total_amount=5)), found("uniform_invoice", [1], status, inv__total_amount=6))
        counted = figures.count(out.values)
        assert (counted.silent, counted.weight, counted.exact) == (silent, 2, 0)
        assert figures.kinds_right(out) == (1, 1)


def test_a_paper_that_was_not_found_misses_every_field() -> None:
    out = judged(truth(paper("receipt", [2], inv__total_amount=5)), found("receipt", [1], inv__total_amount=5))
    counted = figures.count(out.values)
    assert (counted.missing, counted.values, counted.exact, out.invented) == (1, 1, 0, 1)


def test_a_value_that_is_not_printed_is_an_extra_and_a_field_of_no_such_kind_claims_nothing() -> None:
    out = judged(truth(paper("receipt", [1])), found("receipt", [1], inv__total_amount=5, org__name="雲海"))
    assert [(x.field, x.accepted) for x in out.extras] == [("inv.total_amount", True)]


def test_papers_that_share_a_page_stay_out_of_every_figure() -> None:
    out = judged(truth(paper("receipt", [1], shared=True, inv__total_amount=5)), found("receipt", [1], inv__total_amount=6))
    assert figures.cell(out).values == 0
    assert figures.kinds_right(out) == (0, 0)


def test_a_bundle_is_right_only_when_every_paper_has_its_own_pages() -> None:
    told = truth(paper("receipt", [1]), paper("vat_return", [2, 3]))
    right = judged(told, found("receipt", [1]), found("vat_return", [2, 3]))
    wrong = judged(told, found("receipt", [1]), found("vat_return", [2]))
    assert [(o.bundles_right, o.bundles) for o in (right, wrong)] == [(1, 1), (0, 1)]
    assert [(o.pages_right, o.pages) for o in (right, wrong)] == [(3, 3), (2, 3)]


def test_a_stranger_left_unknown_is_right_and_so_is_one_that_was_not_mentioned() -> None:
    told = truth(paper("unknown", [1]))
    for documents in ([found("unknown", [1])], []):
        assert figures.strangers(judged(told, *documents)) == (1, 1)
    assert figures.confused(judged(told, found("receipt", [1]))) == [("unknown", "receipt", 1)]


def test_a_box_is_right_where_it_covers_the_value_or_its_middle_lies_inside() -> None:
    spot = {"page": 1, "box": [0.1, 0.1, 0.3, 0.12], "alt": [{"page": 2, "box": [0.5, 0.5, 0.6, 0.6]}]}
    for page, box, right in ((1, [0.12, 0.1, 0.3, 0.125], True), (1, [0.0, 0.0, 0.41, 0.22], True), (1, [0.8, 0.8, 0.9, 0.9], False),
                             (2, [0.5, 0.5, 0.6, 0.6], True), (2, [0.1, 0.1, 0.3, 0.12], False)):
        assert located(spot, {"page": page, "box": box}) is right


def value(right: bool, confidence: float, doubted: bool = False) -> Judged:
    return Judged("a", "receipt", "x", "q2", "inv.total_amount", 5, 5 if right else 6, right, "review", confidence, doubted=doubted)


def test_the_curve_counts_every_value_once_and_a_stricter_point_never_accepts_more() -> None:
    values = [value(True, 0.9991), value(False, 0.996), value(True, 1.0), value(True, 0.7, doubted=True), value(False, 0.3)]
    bins = figures.reliability(values)
    assert sum(b.values for b in bins) == len(values)
    assert [(b.low, b.values, b.right) for b in bins if b.low == 0.999] == [(0.999, 2, 2)]
    points = trust.points(values)
    assert all(a.accepted <= b.accepted and a.silent <= b.silent for a, b in zip(points, points[1:], strict=False))
    assert [(p.accepted, p.silent) for p in points if p.risk == 0.004] == [(3, 1)]
    assert picture.svg(bins, "x").count("<circle") == len(bins)


def test_a_point_tells_each_quality_and_the_default_is_among_them() -> None:
    values = [replace(value(right, 0.999), quality=q) for right, q in ((True, "q0"), (True, "q2"), (False, "q2"))]
    points = trust.points(values)
    assert DEFAULT.risk in [p.risk for p in points]
    assert [p.by_quality for p in points if p.risk == DEFAULT.risk] == [{"q0": (1, 1, 0), "q2": (2, 2, 1)}]


def test_a_layout_is_judged_at_a_point_that_it_had_no_say_in() -> None:
    """Two layouts are right at every point; what a third gets wrong at 0.02 makes the others stricter, and slips through on itself."""
    sure = [replace(value(True, 0.99), layout=layout) for layout in ("a", "b") for _ in range(20)]
    rest = [replace(value(False, 0.985), layout="c")]
    apart = trust.left_out([*sure, *rest, replace(value(False, 1.0), layout="")])
    assert (apart.layouts, apart.values, apart.accepted, apart.silent) == (3, 41, 41, 1)
    assert apart.chosen == {0.012: 2, 0.04: 1}
    assert apart.least <= apart.most


def test_what_is_doubted_passes_at_no_point() -> None:
    assert not value(True, 1.0, doubted=True).passes(1.0)


def test_intervals_of_shares() -> None:
    assert wilson(0, 100)[1] == pytest.approx(0.0370, abs=1e-3)
    assert wilson(5, 100)[0] == pytest.approx(0.0215, abs=1e-3)
    assert wilson(0, 0) == (0.0, 1.0)


def test_every_kind_that_can_be_made_has_core_fields() -> None:
    assert set(CORE) >= set(MAKERS)
    assert all(CORE[kind] <= set(FIELDS[kind]) for kind in CORE)


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


def test_lost_values_are_counted_apart_and_stay_in_the_figure_over_all() -> None:
    told = truth(paper("receipt", [1], inv__total_amount=5, inv__seller_name="岳禾行", inv__date="2024-01-02", inv__seller_uniform_no="1"))
    told["documents"][0]["quality"] = "q3"
    for name in ("inv.total_amount", "inv.seller_name", "inv.date"):
        told["documents"][0]["fields"][name]["legible"] = False
    out = judged(told, found("receipt", [1], inv__total_amount=6, inv__seller_name="岳禾行", inv__seller_uniform_no="1"))
    eye = figures.by_eye(out)
    assert (eye.lost, eye.blank, eye.right, eye.wrong, eye.wrong_accepted) == (3, 1, 1, 1, 1)
    assert (eye.every.values, eye.legible.values, eye.legible.share) == (4, 1, 100.0)
    assert eye.every == figures.cell(out, quality="q3")
    assert figures.by_eye(out, "vat_return").every.values == 0


def test_the_table_of_legible_values_stands_only_where_faxes_were_read() -> None:
    side = Side("ours", lambda path: FileReading(path.name, "", 0, ()))
    judge(truth(paper("receipt", [1], inv__total_amount=5)), [found("receipt", [1], inv__total_amount=5)], side.outcome)
    assert "legible values" not in tables.every([side], ["q2"])
    told = tables.legible([side])
    assert [line for line in told.splitlines() if line.startswith("| all ")] == ["| all | - | - | 0 of 0 | 0 | 0 | 0 | 0 |"]
