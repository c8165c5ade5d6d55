"""Recorded pages give the recorded readings, and no accepted value of them is wrong.

A golden reading changes only with SHOUWEN_REWRITE=1 in the environment; look at the difference before it is committed.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
import recorded_pages

from domain.document import Box
from extractors.read import read_file

FLAG = "SHOUWEN_REWRITE"
DOCUMENTS = Path(__file__).parents[2] / "fixtures" / "documents"


def truth_of(name: str) -> dict[str, Any]:
    """The truth of a fixture by the name of its file."""
    for path in DOCUMENTS.glob("*/*/truth.json"):
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if Path(found["file"]).stem == name:
            return found
    raise LookupError(f"no fixture called {name}")


def same(field: str, printed: Any, read: Any) -> bool:
    """READING's comparison: blanks do not count, the check letter of a 保險證號 may be left out."""
    if isinstance(printed, str) and isinstance(read, str):
        a, b = "".join(printed.split()), "".join(read.split())
        return a == b or (field == "ins.unit_no" and a[:8] == b)
    return bool(printed == read)


def test_the_flag_that_rewrites_goldens_is_off() -> None:
    assert os.environ.get(FLAG) is None


def test_something_is_recorded_of_every_kind_of_step_one() -> None:
    kinds = {d["kind"] for name in recorded_pages.names() for d in recorded_pages.golden(name)}
    assert kinds >= {"company_registration_form", "company_approval_letter", "business_registration_transcript", "insured_headcount_table",
                     "insurance_premium_bill", "uniform_invoice", "einvoice_proof"}


@pytest.mark.parametrize("name", recorded_pages.names())
def test_recorded_pages_give_the_recorded_reading(name: str) -> None:
    if os.environ.get(FLAG):
        recorded_pages.rewrite(name)
    assert recorded_pages.reading(name) == recorded_pages.golden(name)


@pytest.mark.parametrize("name", recorded_pages.names())
def test_kinds_and_pages_are_right_and_no_accepted_value_is_wrong(name: str) -> None:
    truth, papers = truth_of(name)["documents"], recorded_pages.reading(name)
    assert [(d["kind"], d["pages"]) for d in papers] == [(d["kind"], d["pages"]) for d in truth]
    for paper, printed in zip(papers, truth, strict=True):
        wrong = {f: r["value"] for f, r in paper["fields"].items() if r["status"] == "accepted"
                 and not (f in printed["fields"] and same(f, printed["fields"][f]["value"], r["value"]))}
        assert wrong == {}


@pytest.mark.parametrize("name", recorded_pages.names())
def test_boxes_lie_on_the_ink(name: str) -> None:
    """A box's middle lies within the true box (or one of the places where the same value is printed), or overlaps it well."""
    truth, papers = truth_of(name)["documents"], recorded_pages.reading(name)
    for paper, printed in zip(papers, truth, strict=True):
        for field, r in paper["fields"].items():
            spots = printed["fields"].get(field)
            if r["status"] != "accepted" or not spots or field == "org.business_items":
                continue
            boxes = [Box(*p["box"]) for p in (spots, *spots.get("alt", [])) if p["page"] == r["page"]]
            mine = Box(*r["box"])
            assert any(b.grown(0.01, 0.01).holds(mine) or mine.holds(b) for b in boxes), f"{field}: {r['box']}"


@pytest.mark.engine
@pytest.mark.parametrize("name", ["letter-company-q2", "headcount-q3"])
def test_a_live_reading_finds_the_paper_and_accepts_nothing_wrong(name: str) -> None:
    truth = truth_of(name)
    path = next(DOCUMENTS.glob(f"*/{name}/{truth['file']}"))
    (paper,) = read_file(path, path.name).documents
    (printed,) = truth["documents"]
    assert paper.kind == printed["kind"]
    accepted = {f: r.value for f, r in paper.fields.items() if r.status == "accepted"}
    assert len(accepted) >= 3
    assert all(same(f, printed["fields"][f]["value"], v) for f, v in accepted.items())
