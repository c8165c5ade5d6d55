"""A value passes only when independent evidence agrees; what disagrees is shown to a person, never settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.document import OCR, TEXT_LAYER, Box, Document, Line, Page
from domain.field import Reading
from extractors.kind import Draft, Sketch
from extractors.policy import Policy
from extractors.readers import addresses, names, values
from extractors.readers.ink import Ink, Paper
from extractors.readers.items import business_code
from extractors.risk import WORTH, risk
from extractors.witnesses import DOUBTED, between_papers, settle

PAPER = Paper(Document((Page(1, 1000, 1400, (), OCR),)))
NAME = "org.name"


def ink(text: str, top: float = 0.1, score: float = 0.99, source: str = OCR) -> Ink:
    boxes = tuple(Box(0.1 + 0.01 * i, top, 0.11 + 0.01 * i, top + 0.01) for i in range(len(text)))
    return Ink(text, boxes, 1, score, source)


def draft(value: object, text: str = "", top: float = 0.1, score: float = 0.99, source: str = OCR, parser: values.Parser | None = None,
          firm: bool = True, labelled: bool = True) -> Draft:
    return Draft(value, ink(text or str(value), top, score, source), parser, firm, labelled=labelled)


def sketch(**drafts: list[Draft]) -> Sketch:
    return Sketch("company_registration_form", PAPER, {name.replace("__", "."): ds for name, ds in drafts.items()})


def one(s: Sketch, second: str | None = None) -> Reading:
    (reading,) = settle(s, None if second is None else lambda page, boxes, alphabet: [second for _ in boxes]).values()
    return reading


def test_an_engine_s_word_alone_does_not_pass() -> None:
    reading = one(sketch(fin__paid_in_capital=[draft(5000000, "5,000,000", score=1.0, parser=values.amount)]))
    assert (reading.value, reading.status) == (5000000, "review")


def test_a_second_engine_that_agrees_lets_it_pass() -> None:
    reading = one(sketch(fin__paid_in_capital=[draft(5000000, "5,000,000", parser=values.amount)]), second="5,000,000元")
    assert reading.status == "accepted"
    assert set(reading.witnesses) == {"ocr", "ocr:second", "label", "sole"}


def test_a_second_engine_that_reads_otherwise_does_not() -> None:
    reading = one(sketch(fin__paid_in_capital=[draft(5000000, "5,000,000", parser=values.amount)]), second="6,000,000元")
    assert (reading.value, reading.status) == (5000000, "review")


def test_a_text_layer_passes_where_two_things_speak_for_its_place() -> None:
    """A label of its own, and that no other name of a firm stands on the paper."""
    sure = draft("雲海有限公司", source=TEXT_LAYER, parser=names.entity)
    assert one(sketch(org__name=[sure])).status == "accepted"
    assert one(sketch(org__name=[replace(sure, parser=None)])).status == "review"


def test_two_places_of_one_paper_that_differ_go_to_a_person_even_from_a_text_layer() -> None:
    reading = one(sketch(org__name=[draft("雲海有限公司", source=TEXT_LAYER), draft("雲悔有限公司", top=0.3, source=TEXT_LAYER)]))
    assert reading.status == "review"
    assert "雲悔有限公司" in reading.doubts[0]


def test_a_seal_may_agree_but_not_contradict() -> None:
    name = draft("雲海有限公司", source=TEXT_LAYER, parser=names.entity)
    reading = one(sketch(org__name=[name, draft("雲悔公司", top=0.3, firm=False)]))
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
    reading = one(sketch(org__name=[draft("雲驿有限公司", parser=names.entity)]), second="雲驿有限公司")
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
    cut = replace(whole, ink=replace(whole.ink, cut=True))
    assert one(sketch(fin__paid_in_capital=[whole]), second="5,000,000").status == "accepted"
    assert one(sketch(fin__paid_in_capital=[cut]), second="5,000,000").status == "review"


def test_the_box_is_of_the_page_as_displayed() -> None:
    turned = Page(1, 1400, 1000, (), OCR, 180, (-1.0, 0.0, 1.0, 0.0, -1.0, 1.0, 0.0, 0.0, 1.0))
    s = Sketch("receipt", Paper(Document((turned,))), {"org.name": [draft("雲海")]})
    box = one(s).box
    assert (round(box.right, 3), round(box.bottom, 3)) == (0.9, 0.9)


def test_a_list_passes_only_when_every_part_of_it_does() -> None:
    codes = ["F401010", "ZZ99999", "I501010"]
    parts = tuple(draft(c, c, 0.1 + 0.05 * i, parser=business_code) for i, c in enumerate(codes))
    home = Draft(codes, Ink.joined([p.ink for p in parts]), parts=parts)
    for last, agrees in (("I501010", "ocr:second-parts"), ("I501020", ""), ("", "ocr:second-most")):
        said = dict(zip([p.ink.box.centre[1] for p in parts], [*codes[:2], last], strict=True))

        def second(page: int, boxes: Sequence[Box], alphabet: str, said: dict[float, str] = said) -> list[str]:
            return [next(text for middle, text in said.items() if b.top <= middle < b.bottom) for b in boxes]

        (reading,) = settle(sketch(org__business_items=[home]), second).values()
        assert {w for w in reading.witnesses if w.startswith("ocr:")} == {agrees} - {""}


def test_a_value_over_two_lines_is_shown_line_by_line() -> None:
    top, foot = ink("臺北市中正區", 0.1), ink("忠孝東路1號", 0.12)
    home = Draft("臺北市中正區忠孝東路1號", Ink.joined([top, foot]), addresses.place, labelled=True)
    asked: list[int] = []

    def second(page: int, boxes: Sequence[Box], alphabet: str) -> list[str]:
        asked.append(len(boxes))
        return ["臺北市中正區", "忠孝東路1號"]

    (reading,) = settle(sketch(org__registered_address=[home]), second).values()
    assert asked == [2]
    assert "ocr:second" in reading.witnesses


@pytest.mark.parametrize(("text", "alphabet"), [("60,000,000", "0123456789,.-/"), ("F401010", "0123456789,.-/ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
                                                ("113年9月", "")])
def test_the_second_engine_is_told_what_may_stand_there(text: str, alphabet: str) -> None:
    told: list[str] = []

    def second(page: int, boxes: Sequence[Box], letters: str) -> list[str]:
        told.append(letters)
        return ["" for _ in boxes]

    settle(sketch(fin__paid_in_capital=[draft(1_000_000, text, parser=values.amount)]), second)
    assert told == [alphabet, "", alphabet]


def test_specks_and_a_hyphen_read_as_one_do_not_hide_that_both_engines_agree() -> None:
    for text, said, parser in (("01255193-F", "01255193一F", values.insured_unit_no), ("106", "106-", values.count)):
        first = parser(ink(text))
        assert first is not None
        assert "ocr:second" in one(sketch(ins__unit_no=[draft(first.value, text, parser=parser)]), second=said).witnesses


def page_of(*texts: str) -> Paper:
    lines = []
    for i, text in enumerate(texts):
        chars = tuple(Box(0.1 + 0.01 * k, 0.1 * i, 0.11 + 0.01 * k, 0.1 * i + 0.01) for k in range(len(text)))
        lines.append(Line(text, Box.around(chars), chars, 0.99, OCR))
    return Paper(Document((Page(1, 1000, 1400, tuple(lines), OCR),)))


def witnesses_of(paper: Paper, name: str, **drafts: list[Draft]) -> tuple[str, ...]:
    return settle(Sketch("uniform_invoice", paper, {n.replace("__", "."): ds for n, ds in drafts.items()}))[name].witnesses


def test_a_value_is_sole_where_nothing_else_on_the_paper_could_be_meant() -> None:
    seller = draft("04595257", parser=values.uniform_no, labelled=False)
    assert "sole" in witnesses_of(page_of("04595257"), "inv.seller_uniform_no", inv__seller_uniform_no=[seller])
    both = page_of("04595257", "10458570")
    assert "sole" not in witnesses_of(both, "inv.seller_uniform_no", inv__seller_uniform_no=[seller])
    buyer = draft("10458570", parser=values.uniform_no, labelled=True)
    told_apart = witnesses_of(both, "inv.seller_uniform_no", inv__seller_uniform_no=[seller], inv__buyer_uniform_no=[buyer])
    assert "sole" in told_apart
    assert "sole" in witnesses_of(page_of("04595257", "12345678"), "inv.seller_uniform_no", inv__seller_uniform_no=[seller])


def test_a_label_found_by_another_reader_speaks_for_the_same_value_and_for_no_other() -> None:
    first = draft("04595257", parser=values.uniform_no, labelled=False)
    for value, labelled in (("04595257", True), ("10458570", False)):
        other = draft(value, parser=values.uniform_no, firm=False)
        assert ("label" in witnesses_of(page_of("04595257"), "org.uniform_no", org__uniform_no=[first, other])) is labelled


def test_a_value_of_the_right_form_without_any_sign_of_its_place_goes_to_a_person_even_from_a_text_layer() -> None:
    home = draft(5000000, "5,000,000", source=TEXT_LAYER, parser=values.amount, labelled=False)
    figures = page_of("5,000,000", "6,000,000")
    reading = settle(Sketch("receipt", figures, {"inv.total_amount": [home]}))["inv.total_amount"]
    assert (reading.status, reading.doubts) == ("review", ())


# What must hold of every value, whatever speaks for it.

EVIDENCE = st.sets(st.sampled_from(sorted({*WORTH, "check:sum", "qr"})))
FIELD = st.sampled_from(["org.name", "org.uniform_no", "fin.paid_in_capital", "org.founding_date", "reg.approval_no", "hc.latest_count"])


@given(FIELD, st.floats(0, 1), st.sampled_from([OCR, TEXT_LAYER]), EVIDENCE, EVIDENCE)
def test_more_evidence_never_lowers_confidence(name: str, score: float, source: str, some: set[str], more: set[str]) -> None:
    home = draft("04595257", score=score, source=source)
    assert 0 <= risk(name, home, some | more) <= risk(name, home, some) <= 1


@given(FIELD, st.floats(0, 1), st.floats(0, 1), EVIDENCE)
def test_a_better_score_never_lowers_confidence(name: str, a: float, b: float, some: set[str]) -> None:
    worse, better = (draft("04595257", score=s) for s in sorted((a, b)))
    assert risk(name, better, some) <= risk(name, worse, some)


@given(EVIDENCE, st.floats(0, 0.5))
def test_a_doubted_value_passes_at_no_operating_point(some: set[str], most: float) -> None:
    s = sketch(inv__total_amount=[draft(100, source=TEXT_LAYER)])
    for witness in some:
        s.vouch(witness, "inv.total_amount")
    s.doubt("大寫與數字不同", "inv.total_amount")
    (reading,) = settle(s, policy=Policy(most)).values()
    assert reading.status == "review"
    assert reading.confidence <= 1 - DOUBTED


@given(st.lists(st.tuples(st.floats(0, 1), EVIDENCE), min_size=1, max_size=6), st.floats(0, 0.5), st.floats(0, 0.5))
def test_a_stricter_operating_point_never_accepts_more(values_: list[tuple[float, set[str]]], a: float, b: float) -> None:
    names = ["org.name", "org.uniform_no", "fin.paid_in_capital", "org.founding_date", "reg.approval_no", "hc.latest_count"]
    s = sketch(**{n.replace(".", "__"): [draft("04595257", score=score)] for n, (score, _) in zip(names, values_, strict=False)})
    for n, (_, some) in zip(names, values_, strict=False):
        for witness in some:
            s.vouch(witness, n)
    strict, lax = ({n for n, r in settle(s, policy=Policy(p)).items() if r.status == "accepted"} for p in sorted((a, b)))
    assert strict <= lax


@given(FIELD, st.floats(0.9, 1), EVIDENCE, st.sampled_from(["check:uniform-no", "check:sum"]))
def test_the_rule_that_repaired_a_value_does_not_vouch_for_it(name: str, score: float, some: set[str], rule: str) -> None:
    home = replace(draft("04595257", score=score), repaired=rule)
    assert risk(name, home, some | {rule}) == risk(name, home, some)
    assert risk(name, home, {rule, "label", "sole", "ocr:second"}) > Policy().risk


def test_a_name_with_a_glyph_that_stands_for_rarer_ones_needs_the_second_engine() -> None:
    for name, sure in (("林玲美", True), ("涂玲美", False)):
        home = draft(name, score=1.0, labelled=True)
        assert (risk("org.responsible_person", home, {"label", "sole"}) < 0.01) is sure
        assert risk("org.responsible_person", home, {"label", "sole", "ocr:second"}) <= Policy().risk
        assert risk("org.responsible_person", replace(home, ink=replace(home.ink, source=TEXT_LAYER)), {"label", "sole"}) <= Policy().risk


@pytest.mark.parametrize(("name", "status"), [("有限公司", "review"), ("份有限公司", "review"), ("雲海有限公司", "accepted")])
def test_the_form_of_a_firm_is_no_name(name: str, status: str) -> None:
    assert one(sketch(inv__seller_name=[draft(name, source=TEXT_LAYER, parser=names.entity)])).status == status


def test_a_code_s_first_letter_is_told_by_the_form_of_codes() -> None:
    for scores, sure in (((0.6, *[0.999] * 6), True), ((0.999, 0.6, *[0.999] * 5), False)):
        part = draft("I501010", "1501010")
        part = replace(part, ink=replace(part.ink, scores=scores))
        home = Draft(["I501010"], part.ink, parts=(part,))
        assert (risk("org.business_items", home, {"ocr:second-parts", "paired"}) <= Policy().risk) is sure


def test_a_year_in_which_no_such_paper_was_issued_goes_to_a_person() -> None:
    reading = one(sketch(inv__date=[draft("1926-06-12", source=TEXT_LAYER)]))
    assert (reading.status, len(reading.doubts)) == ("review", 1)


@pytest.mark.parametrize("risk_", [-0.1, 0.6, float("nan")])
def test_an_operating_point_outside_its_bounds_is_refused(risk_: float) -> None:
    with pytest.raises(ValueError, match="risk"):
        Policy(risk_)
