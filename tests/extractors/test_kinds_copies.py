"""What copying does to papers of the registers: stamps over values, strokes lost, words of a screen beside an address."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hand_pages import Row, page, read, values

from domain.document import OCR, Page

TITLE: Row = [(0.4, "商業登記抄本")]
NUMBER: Row = [(0.08, "統一編號"), (0.3, "38618839")]


def copied(*rows: Row) -> Page:
    """The page as an engine reads it, sure of what it read."""
    sheet = page(*rows, top=0.1)
    return replace(sheet, lines=tuple(replace(x, source=OCR, confidence=0.99) for x in sheet.lines), source=OCR)


@pytest.mark.parametrize("stamp", ["影本與正本相符", "與正本相符", "核與正本相符", "本影本與正本相符"])
def test_a_stamp_is_no_name(stamp: str) -> None:
    assert values(copied(TITLE, [(0.08, "商業名稱"), (0.22, stamp), (0.7, "港君漫畫屋")], NUMBER))["org.name"] == "港君漫畫屋"


def test_an_address_ends_before_a_button() -> None:
    row: Row = [(0.08, "所在地"), (0.2, "臺南市麻豆區巷口里興中路282號9樓"), (0.488, "名子電器")]
    assert values(copied(TITLE, NUMBER, row))["org.registered_address"] == "臺南市麻豆區巷口里興中路282號9樓"


def test_a_floor_keeps_its_room() -> None:
    row: Row = [(0.08, "所在地"), (0.2, "臺南市麻豆區巷口里興中路282號9樓東側室")]
    assert values(copied(TITLE, NUMBER, row))["org.registered_address"] == "臺南市麻豆區巷口里興中路282號9樓東側室"


def test_a_section_that_lost_its_number_is_the_first_and_waits() -> None:
    row: Row = [(0.08, "所在地"), (0.2, "新竹縣關西鎮東安里中豐路段46巷34弄223號")]
    found = read(copied(TITLE, NUMBER, row)).fields["org.registered_address"]
    assert (found.value, found.status) == ("新竹縣關西鎮東安里中豐路一段46巷34弄223號", "review")
    assert found.doubts


@pytest.mark.parametrize(("said", "meant"), [("獨貴", "獨資"), ("獨賓", "獨資"), ("合移", "合夥")])
def test_the_sort_of_a_business_with_a_sign_misread(said: str, meant: str) -> None:
    found = read(copied(TITLE, NUMBER, [(0.08, "組織類型"), (0.3, said)])).fields["org.organization_type"]
    assert (found.value, found.status) == (meant, "review")


@pytest.mark.parametrize("spoilt", ["I5(10!0", "15010I(", "150|010", "1.50101"])
def test_a_list_whose_first_code_is_spoilt_never_passes(spoilt: str) -> None:
    rows: list[Row] = [[(0.1, str(k + 1)), (0.2, code), (0.35, name)] for k, (code, name) in enumerate((
        (spoilt, "產品設計業"), ("J503030", "廣播電視節目發行業"), ("F218010", "資訊軟體零售業"),
        ("ZZ99999", "除許可業務外得經營法令非禁止或限制之業務")))]
    found = read(copied(TITLE, NUMBER, [(0.08, "營業項目")], *rows)).fields["org.business_items"]
    assert found.value[-3:] == ["J503030", "F218010", "ZZ99999"]  # type: ignore[index]
    assert found.status == "review"


@pytest.mark.parametrize("other", ["112/07/25", "112.07.25", "12,500", "10.000"])
def test_a_day_or_an_amount_under_the_codes_is_no_spoilt_code(other: str) -> None:
    rows: list[Row] = [[(0.2, code), (0.35, name)] for code, name in (("J503030", "廣播電視節目發行業"), ("F218010", "資訊軟體零售業"))]
    found = read(copied(TITLE, NUMBER, [(0.08, "營業項目")], *rows, [(0.2, other)])).fields["org.business_items"]
    assert not any(other in d for d in found.doubts)


@pytest.mark.parametrize(("title", "kind"), [
    ("有限公司變更登表", "變更"), ("有限公司設立登記", "設立"), ("股份有限公司變更登", "變更"), ("有限公司變更", None),
])
def test_a_heading_that_lost_its_last_signs_still_says_which_registration(title: str, kind: str | None) -> None:
    sheet = copied([(0.4, title)], [(0.08, "公司預查編號"), (0.3, "105038167")], [(0.08, "公司統一編號"), (0.3, "38618839")],
                   [(0.08, "公司聯絡電話"), (0.3, "05-32584278")], [(0.08, "公司名稱"), (0.3, "石樂傳播有限公司")],
                   [(0.08, "公司所在地"), (0.3, "臺南市麻豆區巷口里興中路282號9樓")], [(0.08, "資本總額"), (0.3, "5,002,000元")],
                   [(0.08, "代表公司負責人"), (0.3, "羅穎政")], [(0.08, "董事人數任期")], [(0.08, "公司章程修正日期")])
    assert values(sheet).get("reg.form_kind") == kind
