"""A name that a paper prints twice is read by the better print of each glyph, and a person is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hand_pages import Row, page, read

from domain.document import OCR, Line, Page


def scored(*rows: Row, poor: dict[str, tuple[int, float]]) -> Page:
    """The page as an engine reads it; ``poor`` tells of a text which glyph has what score."""
    sheet = page([(0.35, "商業登記抄本")], [(0.08, "統一編號"), (0.3, "38618839")], *rows, top=0.1)

    def read_line(line: Line) -> Line:
        at, score = poor.get(line.text, (0, 0.999))
        scores = tuple(score if k == at else 0.999 for k in range(len(line.text)))
        return replace(line, source=OCR, confidence=min(scores), scores=scores)

    return replace(sheet, lines=tuple(map(read_line, sheet.lines)), source=OCR)


@pytest.mark.parametrize(("label", "field", "wrong", "right", "at"), [
    ("負責人姓名", "org.responsible_person", "黃群豐", "黃雲豐", 1),
    ("商業名稱", "org.name", "允模咖啡烘焙坊", "允樸咖啡烘焙坊", 1),
])
def test_the_clearer_print_gives_the_glyph(label: str, field: str, wrong: str, right: str, at: int) -> None:
    found = read(scored([(0.08, label), (0.3, wrong)], [(0.5, right)], poor={wrong: (at, 0.6)})).fields[field]
    assert (found.value, found.status) == (right, "review")
    assert any(right in d for d in found.doubts)


def test_a_glyph_that_is_read_well_keeps_its_place() -> None:
    found = read(scored([(0.08, "負責人姓名"), (0.3, "黃群豐")], [(0.5, "黃雲豐")], poor={})).fields["org.responsible_person"]
    assert found.value == "黃群豐"


def test_a_name_that_stands_twice_alike_is_not_outvoted() -> None:
    found = read(scored([(0.08, "負責人姓名"), (0.3, "黃群豐")], [(0.5, "黃雲豐")], [(0.5, "黃群豐印")], poor={"黃群豐": (1, 0.6)})).fields
    assert found["org.responsible_person"].value == "黃群豐"
