"""Labels are found through slips, spacing, variants and line breaks; values come out in READING's forms or not at all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.document import OCR, Box, Document, Line, Page, Rule
from extractors.readers import addresses, items, labels, letters, names, values
from extractors.readers.ink import Ink, Paper, Sheet, plain
from extractors.readers.places import Below, Beside


def line(text: str, left: float, top: float, width: float | None = None, confidence: float = 1.0) -> Line:
    """A line of OCR: each character 1.2 % of the page wide, 1.5 % high."""
    step = 0.012 if width is None else width / max(1, len(text))
    chars = tuple(Box(left + i * step, top, left + (i + 1) * step, top + 0.015) for i in range(len(text)))
    return Line(text, Box.around(chars), chars, confidence, OCR)


def page(*lines: Line, cells: tuple[Rule, ...] = ()) -> Page:
    return Page(1, 1000, 1400, lines, OCR, cells=cells)


def paper(*lines: Line, cells: tuple[Rule, ...] = ()) -> Paper:
    return Paper(Document((page(*lines, cells=cells),)))




class TestLabels:
    def test_simplified_and_variant_glyphs_count_as_the_same_label(self) -> None:
        assert labels.find_in("统一发票（三联式）", "統一發票") == (0, 4, 0)
        assert labels.find_in("台北市政府", "臺北市政府") == (0, 5, 0)

    def test_one_slip_is_forgiven_in_a_label_of_four(self) -> None:
        assert labels.find_in("統一編虎：16158574", "統一編號") == (0, 4, 1)

    def test_no_slip_is_forgiven_in_a_short_label(self) -> None:
        assert labels.find_in("總評", "總計") is None

    def test_a_longer_word_is_not_a_slip_of_a_short_label(self) -> None:
        assert labels.find_in("資本額(元)", "資本總額") is None

    @given(st.sampled_from(["核准登記日期文號", "已發行股份總數", "投保單位名稱", "實收資本總額"]), st.data())
    def test_any_single_substitution_is_found_at_its_place(self, label: str, data: st.DataObject) -> None:
        at = data.draw(st.integers(0, len(label) - 1))
        wrong = data.draw(st.sampled_from("龘鱻爨齉".replace(label[at], "")))
        text = "※" + label[:at] + wrong + label[at + 1:] + ":100"
        spot = labels.find_in(text, label)
        assert spot is not None
        assert spot == (1, 1 + len(label), 1)

    @given(st.text(max_size=40), st.text(min_size=1, max_size=12))
    def test_a_find_always_lies_within_the_text(self, text: str, label: str) -> None:
        spot = labels.find_in(text, label)
        assert spot is None or (0 <= spot[0] < spot[1] <= len(text) and spot[2] <= labels.slips_allowed(label))

    def test_a_label_within_a_longer_word_is_not_that_label(self) -> None:
        sheet = Sheet(page(line("被合併公司統一編號", 0.1, 0.1)))
        assert labels.hits(sheet, "統一編號") == []

    def test_a_numeral_before_a_label_is_allowed(self) -> None:
        sheet = Sheet(page(line("六、實收資本總額(阿拉伯數字)", 0.1, 0.1)))
        hit = labels.hits(sheet, "實收資本總額")[0]
        assert hit.after is None

    def test_a_label_broken_over_two_lines_is_put_together(self) -> None:
        sheet = Sheet(page(line("統一編", 0.14, 0.444), line("號", 0.14, 0.462)))
        assert len(labels.hits(sheet, "統一編號")) == 1

    def test_a_label_set_wide_is_put_together(self) -> None:
        sheet = Sheet(page(*(line(c, 0.05 + 0.09 * i, 0.5) for i, c in enumerate("銷售額合計"))))
        assert len(labels.hits(sheet, "銷售額合計")) == 1

    def test_an_exact_place_beats_a_slip(self) -> None:
        sheet = Sheet(page(line("統一編虎:11111111", 0.1, 0.1), line("統一編號:22222222", 0.1, 0.2)))
        assert [h.after.text for h in labels.hits(sheet, "統一編號") if h.after] == ["22222222"]


class TestInk:
    def test_blanks_between_chinese_characters_go_and_width_is_halved(self) -> None:
        assert plain("臺 北　市 １１３年（ABC DEF）").text == "臺北市113年(ABC DEF)"

    def test_chinese_characters_stay_as_printed(self) -> None:
        assert plain("台峯㈱①").text == "台峯㈱①"

    @given(st.text(max_size=30))
    def test_every_character_keeps_a_box(self, text: str) -> None:
        ink = plain(text)
        assert len(ink.text) == len(ink.boxes)

    def test_lines_one_over_another_are_never_one_row(self) -> None:
        sheet = Sheet(page(line("F201070", 0.31, 0.569), line("F209060", 0.31, 0.576), line("F109070", 0.31, 0.562)))
        assert [i.text for i in sheet.inks] == ["F109070", "F201070", "F209060"]

    def test_a_line_over_a_ruled_border_is_cut_there(self) -> None:
        cells = (Rule(Box(0.1, 0.1, 0.2, 0.13)), Rule(Box(0.2, 0.1, 0.4, 0.13)))
        sheet = Sheet(page(line("28 47,080", 0.17, 0.105, width=0.1), cells=cells))
        assert [i.text for i in sheet.inks] == ["28", "47,080"]


class TestPlaces:
    def test_a_value_behind_its_label_in_one_line(self) -> None:
        draft = Beside(("統一編號",), values.uniform_no)(paper(line("(一)統一編號：16158574", 0.1, 0.1)))[0]
        assert draft.value == "16158574"
        assert draft.ink.text == "16158574"

    def test_a_value_to_the_right(self) -> None:
        drafts = Beside(("資本額",), values.amount)(paper(line("資本額(元)：", 0.1, 0.1), line("245,000", 0.4, 0.1)))
        assert [d.value for d in drafts] == [245000]

    def test_a_value_below(self) -> None:
        drafts = Below(("應繳金額",), values.amount)(paper(line("應繳金額", 0.6, 0.1), line("178,979", 0.61, 0.13)))
        assert [d.value for d in drafts] == [178979]

    def test_a_value_in_the_next_cell_over_two_lines(self) -> None:
        cells = (Rule(Box(0.1, 0.1, 0.2, 0.15)), Rule(Box(0.2, 0.1, 0.4, 0.15)))
        made = paper(line("商業名", 0.11, 0.105), line("稱", 0.11, 0.125), line("小滿烘焙", 0.21, 0.105), line("坊", 0.21, 0.125),
                     cells=cells)
        assert [d.value for d in Beside(("商業名稱",), names.entity)(made)] == ["小滿烘焙坊"]

    def test_a_printed_value_that_cannot_be_read_has_no_value_and_still_a_place(self) -> None:
        draft = Beside(("資本額",), values.amount)(paper(line("資本額：", 0.1, 0.1), line("8.806.40", 0.4, 0.1)))[0]
        assert draft.value is None
        assert draft.ink.text == "8.806.40"

    def test_nothing_printed_gives_no_draft(self) -> None:
        assert Beside(("資本額",), values.amount)(paper(line("資本額：", 0.1, 0.1))) == []

    def test_a_preprinted_suffix_belongs_to_the_name(self) -> None:
        made = paper(line("中文", 0.1, 0.1), line("雲海資訊", 0.2, 0.1), line("股份有限公司", 0.7, 0.1))
        draft = Beside(("中文",), names.entity, whole=True)(made)[0]
        assert draft.value == "雲海資訊股份有限公司"
        assert draft.ink.box.right > 0.7


class TestValues:
    @pytest.mark.parametrize(("text", "value"), [
        ("新臺幣 5,000,000 元整", 5000000), ("30,000,000元", 30000000), ("1.000元", 1000), ("壹佰萬元整", 1000000), ("NT$1,234",
                1234), ("236,030.00", 236030),
        ("3人", None), ("115年", None), ("8.806.40", None)])
    def test_amounts(self, text: str, value: int | None) -> None:
        found = values.amount(plain(text))
        assert (found.value if found else None) == value

    @pytest.mark.parametrize(("text", "value"), [
        ("中華民國111年12月14日", "2022-12-14"), ("112/07/25", "2023-07-25"), ("111年12月14日 府產業商字第11156136990號", "2022-12-14"),
        ("一一四年一、二月份", None), ("114年11-12月", None), ("2026-08-07 10:12:19", "2026-08-07"), ("2026-08-0710:12:19", "2026-08-07"),
        ("1 1 3 年 9 月 1 9 日", "2024-09-19")])
    def test_days(self, text: str, value: str | None) -> None:
        found = values.day(plain(text))
        assert (found.value if found else None) == value

    @pytest.mark.parametrize(("text", "value"), [("11510", "2026-10"), ("115年09月", "2026-09"), ("114年11-12月", "2025-11"),
                                                 ("一一四年一、二月份", "2025-01"),
                                                 ("115/13", None)])
    def test_months(self, text: str, value: str | None) -> None:
        found = values.month(plain(text))
        assert (found.value if found else None) == value

    @pytest.mark.parametrize(("text", "value"), [
        ("3 0 9 4 0 7 2 7", "30940727"), ("16158574", "16158574"), ("(02)4377-9989", None), ("01877300115098420", None), ("00000000",
                None)])
    def test_uniform_numbers(self, text: str, value: str | None) -> None:
        found = values.uniform_no(plain(text))
        assert (found.value if found else None) == value

    def test_an_address_loses_its_postal_code(self) -> None:
        ink = plain("(110045)臺北市信義區景新里基隆路一段248號7樓")
        found = addresses.place(ink)
        assert found is not None
        assert found.value == "臺北市信義區景新里基隆路一段248號7樓"
        assert ink.text[found.start:found.end] == found.value

    @pytest.mark.parametrize("button", ["電子地圖", "雷子地圖", "電予地圖"])
    def test_a_button_behind_an_address_is_none_of_it(self, button: str) -> None:
        found = addresses.place(plain(f"臺東縣池上鄉大埔村中西三路382號5樓之4{button}"))
        assert found is not None
        assert found.value == "臺東縣池上鄉大埔村中西三路382號5樓之4"

    @pytest.mark.parametrize("text", ["印章", "姓名", "蓋章", "身分證號", "阿拉伯數字", "以下空白", "元"])
    def test_boilerplate_is_no_person(self, text: str) -> None:
        assert names.person(plain(text)) is None

    @pytest.mark.parametrize("text", ["傅珈", "侯瑞宥", "歐陽若蘭", "伊斯坦大·比恩"])
    def test_persons(self, text: str) -> None:
        found = names.person(plain(text))
        assert found is not None
        assert found.value == text

    @pytest.mark.parametrize(("text", "value"), [("I301010", "I301010"), ("1301010資訊軟體服務業", "I301010"), ("ZZ99999", "ZZ99999"),
                                                 ("IG03010", "IG03010"), ("Z7,99999", "ZZ99999"), ("99,99999", None),
                                                 ("Q146396789", None), ("A123456789", None), ("11156136990", None)])
    def test_business_codes(self, text: str, value: str | None) -> None:
        found = items.business_code(plain(text))
        assert (found.value if found else None) == value

    @pytest.mark.parametrize(("text", "value"), [("億仟佰×拾陸萬伍仟陸佰貳拾伍元", 65625), ("⊗仟壹佰壹拾玖萬柒仟零佰零拾零元", 1197000),
                                                 ("拾萬捌仟伍佰伍拾零元整", 8550),
                                                 ("貳拾肆萬柒仟捌佰參拾貳元整", 247832)])
    def test_amounts_on_a_printed_skeleton(self, text: str, value: int) -> None:
        assert values.chinese_amount(text) == value

    @given(st.integers(1, 99_999_999))
    def test_an_amount_in_figures_comes_back(self, amount: int) -> None:
        for text in (f"{amount:,}", f"{amount:,}元", f"NT${amount:,}", f"新臺幣{amount}元整"):
            found = values.amount(plain(text))
            assert found is not None
            assert found.value == amount

    @given(st.dates(date(1912, 1, 1), date(2099, 12, 31)))
    def test_a_date_comes_back_from_every_printed_form(self, day: date) -> None:
        y = day.year - 1911
        for text in (f"中華民國{y}年{day.month}月{day.day}日", f"{y:03d}/{day:%m/%d}", f"{y:03d}年{day:%m}月{day:%d}日", day.isoformat()):
            found = values.day(plain(text))
            assert found is not None
            assert found.value == day.isoformat()

    @given(st.text(max_size=40))
    def test_no_text_breaks_a_parser(self, text: str) -> None:
        ink = plain(text)
        for parse in (values.amount, values.count, values.day, values.month, values.uniform_no, values.insured_unit_no, values.invoice_no,
                      letters.letter_no, names.person, names.entity, addresses.place, items.business_code):
            found = parse(ink)
            assert found is None or 0 <= found.start < found.end <= len(ink.text)


def test_joined_ink_keeps_words_apart() -> None:
    a, b = plain("ABC"), plain("DEF")
    assert Ink.joined([a, b]).text == "ABC DEF"
