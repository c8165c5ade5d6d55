"""What a second engine's answer is worth: agreement on figures, on the doubtful glyphs of a name, on most of a list; another value counts
against one engine's word, a name that it misreads does not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.document import OCR, Box, Document, Page
from domain.field import Reading, Value
from extractors.kind import Draft, Sketch
from extractors.policy import Policy
from extractors.readers import addresses, names, values
from extractors.readers.ink import Ink, Paper
from extractors.readers.letters import letter_no
from extractors.risk import risk
from extractors.witnesses import settle

PAPER = Paper(Document((Page(1, 1000, 1400, (), OCR),)))


def read(name: str, value: Value, text: str, parser: values.Parser, answers: Sequence[str], weak: str = "",
         score: float = 0.999) -> Reading:
    """A labelled value that the first engine read, sure of all but the glyphs ``weak``; what the second engine says at each look."""
    boxes = tuple(Box(0.1 + 0.01 * i, 0.1, 0.11 + 0.01 * i, 0.11) for i in range(len(text)))
    ink = Ink(text, boxes, 1, score, OCR, scores=tuple(0.9 if c in weak else score for c in text))
    left = list(answers)

    def second(page: int, places: Sequence[Box], alphabet: str) -> list[str]:
        return [left.pop(0) if left else ""]

    return settle(Sketch("receipt", PAPER, {name: [Draft(value, ink, parser, labelled=True)]}), second)[name]


@pytest.mark.parametrize(("answer", "status"), [
    ("112 說 07 列 20", "accepted"), ("112年07月26日", "review"), ("11207", "review"),
])
def test_of_a_date_the_same_figures_are_enough_whatever_stands_between_them(answer: str, status: str) -> None:
    reading = read("inv.date", "2023-07-20", "112年07月20日", values.day, [answer], weak="7")
    assert reading.status == status
    assert ("ocr:second" in reading.witnesses) is (status == "accepted")


def test_a_chinese_numeral_is_no_figure_to_compare() -> None:
    reading = read("inv.date", "2023-07-20", "112年七月20日", values.day, ["112 年 十 月 20 日"], weak="七")
    assert "ocr:second" not in reading.witnesses


@pytest.mark.parametrize(("answers", "agrees"), [
    (["雲海化工有限公玲"], True),                  # the glyph it misreads belongs to a form of firm
    (["雪海化工有限公司"], True),                  # … is one of which the first engine is sure
    (["雲悔化工有限公司"], False),                 # … is the doubtful one
    (["雲海之化工有限公司"], False),               # it sees one more glyph
    (["雪海", "", "化工有限公司"], True),           # its looks together
    (["有限公司"], False),
])
def test_a_name_is_agreed_on_where_its_doubtful_glyphs_are(answers: list[str], agrees: bool) -> None:
    reading = read("org.name", "雲海化工有限公司", "雲海化工有限公司", names.entity, answers, weak="海")
    assert ("ocr:second-glyphs" in reading.witnesses) is agrees


def test_a_figure_of_an_address_or_of_a_letter_must_be_agreed_on() -> None:
    for name, text, parser, other in (
            ("org.registered_address", "臺北市大安區和平東路12號", addresses.place, "臺北市大安區和手東路72號"),
            ("reg.approval_no", "府授商字第11154321000號", letter_no, "府校商字第11154321008號")):
        assert not any(w.startswith("ocr:second") for w in read(name, text, text, parser, [other]).witnesses)


def test_a_glyph_that_stands_for_a_rarer_one_must_be_agreed_on() -> None:
    for text, answer, agrees in (("涂美海雲", "徐美海雲", False), ("涂美海雲", "涂美每雲", True)):
        assert ("ocr:second-glyphs" in read("org.responsible_person", text, text, names.person, [answer]).witnesses) is agrees


def test_another_value_speaks_against_one_engine_s_word_and_silence_does_not() -> None:
    """Two things speak for the place: its label, and that no other amount is on the paper."""
    for answer, status in (("6,000,000", "review"), ("一", "accepted"), ("", "accepted"), ("5,000,000", "accepted")):
        reading = read("fin.paid_in_capital", 5_000_000, "5,000,000", values.amount, [answer] * 3)
        assert (answer, reading.status) == (answer, status)


def test_arithmetic_outweighs_what_the_second_engine_reads() -> None:
    boxes = tuple(Box(0.1 + 0.01 * i, 0.1, 0.11 + 0.01 * i, 0.11) for i in range(9))
    draft = Draft(5_000_000, Ink("5,000,000", boxes, 1, 0.99, OCR), values.amount, labelled=True)
    s = Sketch("company_registration_form", PAPER, {"fin.paid_in_capital": [draft]})
    s.vouch("check:shares-times-par", "fin.paid_in_capital")
    assert settle(s, lambda page, places, alphabet: ["6,000,000"])["fin.paid_in_capital"].status == "accepted"


@given(st.text("雲海化工美和昌隆", min_size=2, max_size=6), st.text("雲海化工美和昌隆悔每", max_size=8))
def test_a_name_with_no_glyph_in_common_is_never_agreed_on(name: str, answer: str) -> None:
    reading = read("org.name", name + "有限公司", name + "有限公司", names.entity, [answer])
    agreed = {*reading.witnesses} & {"ocr:second", "ocr:second-glyphs"}
    assert not agreed or set(name) & set(answer)


def test_agreement_on_the_doubtful_glyphs_says_less_than_on_all() -> None:
    text = "雲海化工有限公司"
    ink = Ink(text, (Box(0.1, 0.1, 0.2, 0.11),) * len(text), 1, 0.97, OCR)
    some, every, none = (risk("org.name", Draft(text, ink), {"label", "sole", *more}) for more in
                         (["ocr:second-glyphs"], ["ocr:second"], []))
    assert every < some <= Policy().risk < none
