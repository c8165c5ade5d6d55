"""A value passes only when independent evidence agrees; what disagrees is shown to a person, never settled."""

from __future__ import annotations

from collections.abc import Sequence

from domain.document import OCR, TEXT_LAYER, Box, Document, Page
from domain.field import Reading
from extractors.kind import Draft, Sketch
from extractors.readers import values
from extractors.readers.ink import Ink, Paper
from extractors.witnesses import between_papers, settle

PAPER = Paper(Document((Page(1, 1000, 1400, (), OCR),)))
NAME = "org.name"


def ink(text: str, top: float = 0.1, score: float = 0.99, source: str = OCR) -> Ink:
    boxes = tuple(Box(0.1 + 0.01 * i, top, 0.11 + 0.01 * i, top + 0.01) for i in range(len(text)))
    return Ink(text, boxes, 1, score, source)


def draft(value: object, text: str = "", top: float = 0.1, score: float = 0.99, source: str = OCR, parser: values.Parser | None = None,
          firm: bool = True) -> Draft:
    return Draft(value, ink(text or str(value), top, score, source), parser, firm)


def sketch(**drafts: list[Draft]) -> Sketch:
    return Sketch("company_registration_form", PAPER, {name.replace("__", "."): ds for name, ds in drafts.items()})


def one(s: Sketch, second: str | None = None) -> Reading:
    (reading,) = settle(s, None if second is None else lambda page, boxes, digits: [second for _ in boxes]).values()
    return reading


def test_an_engine_s_word_alone_does_not_pass() -> None:
    reading = one(sketch(fin__paid_in_capital=[draft(5000000, "5,000,000", score=1.0, parser=values.amount)]))
    assert (reading.value, reading.status) == (5000000, "review")


def test_a_second_engine_that_agrees_lets_it_pass() -> None:
    reading = one(sketch(fin__paid_in_capital=[draft(5000000, "5,000,000", parser=values.amount)]), second="5,000,000元")
    assert reading.status == "accepted"
    assert set(reading.witnesses) == {"ocr", "ocr:second"}


def test_a_second_engine_that_reads_otherwise_does_not() -> None:
    reading = one(sketch(fin__paid_in_capital=[draft(5000000, "5,000,000", parser=values.amount)]), second="6,000,000元")
    assert (reading.value, reading.status) == (5000000, "review")


def test_a_text_layer_passes_by_itself() -> None:
    assert one(sketch(org__name=[draft("雲海有限公司", source=TEXT_LAYER)])).status == "accepted"


def test_two_places_of_one_paper_that_differ_go_to_a_person_even_from_a_text_layer() -> None:
    reading = one(sketch(org__name=[draft("雲海有限公司", source=TEXT_LAYER), draft("雲悔有限公司", top=0.3, source=TEXT_LAYER)]))
    assert reading.status == "review"
    assert "雲悔有限公司" in reading.doubts[0]


def test_a_seal_may_agree_but_not_contradict() -> None:
    reading = one(sketch(org__name=[draft("雲海有限公司", source=TEXT_LAYER), draft("雲悔公司", top=0.3, firm=False)]))
    assert reading.status == "accepted"


def test_the_strong_check_digit_needs_less_help_than_the_weak_one() -> None:
    strong = one(sketch(org__uniform_no=[draft("04595257"), draft("04595257", top=0.3)]))
    weak = one(sketch(org__uniform_no=[draft("10458570"), draft("10458570", top=0.3)]))
    assert strong.status == "accepted"
    assert strong.confidence > weak.confidence


def test_a_number_that_fails_its_check_never_passes() -> None:
    reading = one(sketch(org__uniform_no=[draft("04595258", parser=values.uniform_no), draft("04595258", top=0.3)]), second="04595258")
    assert reading.status == "review"
    assert reading.doubts


def test_a_glyph_that_taiwan_s_character_set_lacks_is_doubted_in_a_name() -> None:
    reading = one(sketch(org__name=[draft("雲驿有限公司", parser=values.entity)]), second="雲驿有限公司")
    assert reading.status == "review"
    assert "驿" in reading.doubts[0]


def test_what_cannot_be_read_is_there_without_a_value() -> None:
    reading = one(sketch(fin__paid_in_capital=[draft(None, "8.806.40")]))
    assert (reading.value, reading.status, reading.text) == (None, "review", "8.806.40")


def test_a_doubt_beats_every_witness() -> None:
    s = sketch(inv__total_amount=[draft(100, source=TEXT_LAYER)])
    s.vouch("financial-numerals", "inv.total_amount")
    s.doubt("銷售額加稅額不等於總計", "inv.total_amount")
    reading = one(s)
    assert reading.status == "review"
    assert reading.doubts == ("銷售額加稅額不等於總計",)


def test_an_agreeing_paper_in_the_same_file_is_named() -> None:
    a, b = (sketch(fin__paid_in_capital=[draft(5000000, "5,000,000")]) for _ in range(2))
    between_papers([a, b])
    assert "other-paper" in one(a).witnesses


def test_ink_at_the_edge_of_a_picture_may_be_cut_and_goes_to_a_person() -> None:
    whole = draft(5000000, "5,000,000", parser=values.amount)
    cut = Draft(whole.value, Ink(whole.ink.text, whole.ink.boxes, 1, 0.999, OCR, cut=True), whole.parser)
    assert one(sketch(fin__paid_in_capital=[whole]), second="5,000,000").status == "accepted"
    assert one(sketch(fin__paid_in_capital=[cut]), second="5,000,000").status == "review"


def test_the_box_is_of_the_page_as_displayed() -> None:
    turned = Page(1, 1400, 1000, (), OCR, 180, (-1.0, 0.0, 1.0, 0.0, -1.0, 1.0, 0.0, 0.0, 1.0))
    s = Sketch("receipt", Paper(Document((turned,))), {"org.name": [draft("雲海")]})
    box = one(s).box
    assert (round(box.right, 3), round(box.bottom, 3)) == (0.9, 0.9)


def test_a_list_is_shown_to_the_second_engine_at_once_and_alone_only_where_it_differs() -> None:
    codes = ["F401010", "ZZ99999", "I501010"]
    parts = tuple(draft(c, c, 0.1 + 0.05 * i, parser=values.business_code) for i, c in enumerate(codes))
    asked: list[int] = []

    def second(page: int, boxes: Sequence[Box], digits: bool) -> list[str]:
        asked.append(len(boxes))
        return ["F401010", "?", "I501010"] if len(boxes) == 3 else ["ZZ99999"]

    home = Draft(codes, Ink.joined([p.ink for p in parts]), parts=parts)
    (reading,) = settle(sketch(org__business_items=[home]), second).values()
    assert asked == [3, 1]
    assert "ocr:second-parts" in reading.witnesses
