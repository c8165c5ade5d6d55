"""What speaks against a value: a page of the paper that gave nothing to a list, a sign too many before a letter's number."""

from __future__ import annotations

import pytest

from domain.document import OCR, TEXT_LAYER, Box, Document, Page
from extractors.doubts import doubts
from extractors.kind import Draft, Sketch
from extractors.readers.ink import Ink, Paper
from extractors.readers.letters import letter_no


def _months(*pages: int) -> tuple[Sketch, Draft]:
    paper = Paper(Document(tuple(Page(n, 1000, 1400, (), OCR) for n in (1, 2))))
    parts = tuple(Draft({"month": f"2024-0{i}", "count": 5}, Ink("5", (Box(0.1, 0.1, 0.2, 0.12),), page, 0.99, OCR))
                  for i, page in enumerate(pages, 1))
    whole = Draft([p.value for p in parts], parts[0].ink, parts=parts)
    return Sketch("insured_headcount_table", paper, {"hc.monthly_insured": [whole]}), whole


def test_a_page_that_gave_no_month_puts_the_table_in_doubt() -> None:
    assert any("第 2 頁" in d for d in doubts(_months(1, 1)[0], "hc.monthly_insured", _months(1, 1)[1]))


def test_a_table_read_from_all_pages_is_not() -> None:
    assert doubts(_months(1, 2)[0], "hc.monthly_insured", _months(1, 2)[1]) == []


@pytest.mark.parametrize(("number", "doubted"), [
    ("經授商字第11183193760號", False), ("日經授商字第11183193760號", True), ("府授經商字第1118319376號", False),
    ("某某商字第1118319376號", False),
])
def test_a_sign_before_a_known_office_is_doubted(number: str, doubted: bool) -> None:
    boxes = tuple(Box(0.1 + 0.01 * i, 0.1, 0.11 + 0.01 * i, 0.12) for i in range(len(number)))
    draft = Draft(number, Ink(number, boxes, 1, 0.99, OCR), letter_no)
    paper = Paper(Document((Page(1, 1000, 1400, (), OCR),)))
    sketch = Sketch("company_approval_letter", paper, {"reg.approval_no": [draft]})
    assert bool(doubts(sketch, "reg.approval_no", draft)) is doubted


@pytest.mark.parametrize(("person", "source", "doubted"), [
    ("謝動志", OCR, True), ("林志雌", OCR, True), ("謝勳志", OCR, False), ("謝動志", TEXT_LAYER, False), ("冒大維", OCR, False),
])
def test_a_word_that_is_no_name_but_looks_like_one_is_doubted(person: str, source: str, doubted: bool) -> None:
    boxes = tuple(Box(0.1 + 0.01 * i, 0.1, 0.11 + 0.01 * i, 0.12) for i in range(len(person)))
    draft = Draft(person, Ink(person, boxes, 1, 0.99, source))
    paper = Paper(Document((Page(1, 1000, 1400, (), source),)))
    sketch = Sketch("business_registration_transcript", paper, {"org.responsible_person": [draft]})
    assert any("可能是" in d for d in doubts(sketch, "org.responsible_person", draft)) is doubted
