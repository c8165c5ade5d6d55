"""A 統一編號 that fails its check is put right by the engine's own next best digits, and never passes without a person."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.document import OCR, Box, Document, Line, Others, Page
from domain.field import REVIEW
from domain.taiwan import ubn
from extractors.papers import read_papers
from extractors.readers.ink import Ink
from extractors.readers.mend import TRADES, as_trade, likeliest

RIGHT, READ = "31801701", "51801701"
OTHERS: tuple[Others, ...] = ((("6", 0.05), ("3", 0.3)), (), (), (), (), (("1", 0.02),), (), ())
SCORES = (0.55, 0.99, 0.98, 0.99, 0.99, 0.96, 0.99, 0.99)
digits = st.text("0123456789", min_size=8, max_size=8)


def ink(text: str, others: tuple[Others, ...], scores: tuple[float, ...]) -> Ink:
    return Ink(text, (Box(0, 0, 1, 1),) * len(text), 1, 0.9, OCR, False, scores, others)


def test_the_digit_that_the_engine_doubts_most_gives_way() -> None:
    assert ubn.is_valid(RIGHT)
    assert not ubn.is_valid(READ)
    assert likeliest(ink(READ, OTHERS, SCORES), ubn.is_valid) == RIGHT


@given(digits, digits, st.lists(st.floats(0.3, 1.0), min_size=8, max_size=8))
def test_what_is_mended_holds_the_rule_and_differs_in_one_doubtful_place(read: str, others: str, scores: list[float]) -> None:
    found = likeliest(ink(read, tuple(((o, 0.1),) for o in others), tuple(scores)), ubn.is_valid)
    if ubn.is_valid(read):
        assert found is None
    elif found is not None:
        assert ubn.is_valid(found)
        changed = [k for k in range(8) if found[k] != read[k]]
        assert len(changed) == 1
        assert all(found[k] == others[k] and scores[k] < 0.97 for k in changed)


def test_without_alternatives_nothing_is_guessed() -> None:
    assert likeliest(ink(READ, (), SCORES), ubn.is_valid) is None
    assert likeliest(ink(READ, OTHERS, (0.99,) * 8), ubn.is_valid) is None


def page(number: str, others: tuple[Others, ...], scores: tuple[float, ...]) -> Page:
    def line(text: str, top: float, left: float = 0.1) -> Line:
        box = Box(left, top, left + 0.02 * len(text), top + 0.02)
        width = box.width / len(text)
        chars = tuple(Box(left + i * width, top, left + (i + 1) * width, top + 0.02) for i in range(len(text)))
        return Line(text, box, chars, 0.995, OCR, (0.995,) * len(text))

    told = replace(line(number, 0.2, 0.3), scores=scores, alternatives=others, confidence=0.93)
    return Page(1, 1654, 2339, (line("商業登記抄本", 0.05, 0.4), line("統一編號:", 0.2), told, line("商業名稱:", 0.25),
                                line("晨光書坊", 0.25, 0.3),
                                line("組織類型:", 0.3), line("獨資", 0.3, 0.3), line("負責人:", 0.35), line("林小滿", 0.35, 0.3),
                                line("資本額:", 0.4), line("200,000元", 0.4, 0.3), line("登記現況:核准設立", 0.45)), OCR)


def test_a_mended_number_is_shown_to_a_person() -> None:
    (found,) = read_papers(Document((page(READ, OTHERS, SCORES),)).pages)
    reading = found.fields["org.uniform_no"]
    assert (reading.value, reading.text, reading.status) == (RIGHT, READ, REVIEW)
    assert any(RIGHT in d for d in reading.doubts)


def scored(text: str, poor: int, *others: str) -> Ink:
    none: tuple[Others, ...] = ((),) * len(text)
    return ink(text, (*none[:poor], tuple((c, 0.1) for c in others), *none[poor + 1:]),
               tuple(0.4 if k == poor else 0.99 for k in range(len(text))))


@pytest.mark.parametrize(("read", "poor", "others", "name"), [
    ("禾佳管理顧間股份有限公司", 5, (), "禾佳管理顧問股份有限公司"), ("天朗烘培坊", 3, (), "天朗烘焙坊"), ("晨光曹坊", 2, ("書",),
                                                                         "晨光書坊"),
    ("晨光曹坊", 2, (), "晨光曹坊"), ("新殿企業社", 1, ("晨",), "新殿企業社"), ("合康綠熊股份有限公司", 3, ("能", "態"),
                                                             "合康綠能股份有限公司")])
def test_a_sign_hardly_legible_gives_way_to_a_word_that_names_of_firms_are_made_of(
        read: str, poor: int, others: tuple[str, ...], name: str) -> None:
    assert as_trade(scored(read, poor, *others)) == name


@given(st.text("甲乙丙丁戊管理顧問股份有限公司書坊", min_size=2, max_size=12), st.lists(st.floats(0.9, 1.0), min_size=12, max_size=12))
def test_what_is_legible_is_never_changed(text: str, scores: list[float]) -> None:
    assert as_trade(ink(text, (), tuple(scores[:len(text)]))) == text


@given(st.sampled_from(TRADES), st.data())
def test_a_mended_name_differs_only_where_it_was_hardly_legible(word: str, data: st.DataObject) -> None:
    text = "晨光" + word
    poor = data.draw(st.integers(0, len(text) - 1))
    found = as_trade(scored(text, poor, *data.draw(st.text("書問能坊司", max_size=3))))
    assert len(found) == len(text)
    assert all(a == b for k, (a, b) in enumerate(zip(found, text, strict=True)) if k != poor)


def test_a_mended_name_is_shown_to_a_person() -> None:
    made = page(RIGHT, (), (0.99,) * 8)
    lines = tuple(replace(n, text="晨光曹坊", scores=(0.99, 0.99, 0.4, 0.99), alternatives=((), (), (("書", 0.2),), ()))
                  if n.text == "晨光書坊" else n for n in made.lines)
    (found,) = read_papers([replace(made, lines=lines)])
    reading = found.fields["org.name"]
    assert (reading.value, reading.text, reading.status) == ("晨光書坊", "晨光曹坊", REVIEW)
    assert any("晨光書坊" in d for d in reading.doubts)
