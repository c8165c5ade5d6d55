"""Pages become papers: by title and labels, split where a bundle splits, and unknown where nothing fits."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.document import OCR, Box, Line, Page
from domain.errors import DefinitionError
from extractors import kinds
from extractors.kind import Kind
from extractors.readers.ink import Sheet
from extractors.readers.places import Beside
from extractors.readers.values import uniform_no
from extractors.recognise import recognise
from extractors.sequence import page_counter


def page(number: int, *texts: str, left: float = 0.1) -> Page:
    lines = []
    for i, text in enumerate(texts):
        top = 0.03 + 0.03 * i
        chars = tuple(Box(left + k * 0.012, top, left + (k + 1) * 0.012, top + 0.015) for k in range(len(text)))
        lines.append(Line(text, Box.around(chars), chars, 0.99, OCR))
    return Page(number, 1000, 1400, tuple(lines), OCR)


FORM_1 = ("股份有限公司變更登記表", "※公司統一編號 16158574", "代表公司負責人", "每股金額", "實收資本總額", "公司預查編號")
FORM_2 = ("雲海資訊股份有限公司變更登記表", "所營事業", "編號 代碼 營業項目說明", "001 I301010 資訊軟體服務業")
FORM_3 = ("雲海資訊股份有限公司變更登記表", "董事、監察人名單", "持有股份(股)", "經理人名單")
LETTER = ("臺北市政府 函", "受文者：雲海資訊股份有限公司", "發文日期：中華民國111年12月14日", "發文字號：府產業商字第11156136990號",
          "主旨：貴公司申請變更登記乙案，經核與規定相符，准予登記，請查照。", "說明：", "一、依據公司法及公司登記辦法辦理。")
BILL = ("勞動部勞工保險局", "勞工保險、就業保險、勞工職業災害保險　保險費繳款單", "保險證號 01877300K", "計費年月 115年09月",
        "繳納期限 115年10月31日", "投保人數 41 人")


def found(*pages: Page) -> list[tuple[str, tuple[int, ...]]]:
    return [(r.kind, r.document.numbers) for r in recognise(pages)]


def test_a_form_of_three_numbered_pages_is_one_paper() -> None:
    pages = [page(i + 1, f"共 3 頁 第 {i + 1} 頁", *texts) for i, texts in enumerate((FORM_1, FORM_2, FORM_3))]
    assert found(*pages) == [("company_registration_form", (1, 2, 3))]


def test_a_bundle_splits_between_papers() -> None:
    assert found(page(1, *LETTER), page(2, *FORM_1), page(3, *FORM_2), page(4, *BILL)) == [
        ("company_approval_letter", (1,)), ("company_registration_form", (2, 3)), ("insurance_premium_bill", (4,))]


def test_two_forms_in_a_row_are_two_papers() -> None:
    first = [page(i + 1, f"共 2 頁 第 {i + 1} 頁", *t) for i, t in enumerate((FORM_1, FORM_2))]
    again = [page(i + 3, f"共 2 頁 第 {i + 1} 頁", *t) for i, t in enumerate((FORM_1, FORM_2))]
    assert [numbers for _, numbers in found(*first, *again)] == [(1, 2), (3, 4)]


def test_two_bills_of_one_page_each_stay_apart() -> None:
    assert [numbers for _, numbers in found(page(1, *BILL), page(2, *BILL))] == [(1,), (2,)]


def test_the_number_of_pages_said_is_told() -> None:
    assert recognise([page(1, "共 3 頁 第 1 頁", *FORM_1)])[0].pages_said == 3


@pytest.mark.parametrize("texts", [
    ("工程結算驗收證明書", "機關名稱", "契約金額", "驗收日期", "廠商名稱：海川營造有限公司"),
    ("會議紀錄", "時間：113年9月19日", "主席：", "統一編號 16158574"),
    ("勞動部勞工保險局 函", "受文者：雲海資訊股份有限公司", "發文日期：中華民國111年12月14日", "發文字號：保納工一字第11110001234號",
     "主旨：有關貴單位申請調整保險費一案，復如說明。"),
    (),
])
def test_a_paper_that_is_none_of_ours_is_unknown(texts: tuple[str, ...]) -> None:
    assert found(page(1, *texts)) == [("unknown", (1,))]


def test_a_refusal_is_no_approval() -> None:
    texts = [t.replace("經核與規定相符，准予登記", "經核不予登記") for t in LETTER]
    assert found(page(1, *texts)) == [("unknown", (1,))]


def test_slips_of_the_engine_do_not_hide_a_title() -> None:
    assert found(page(1, "股份有限公司变更登记表", *FORM_1[1:])) == [("company_registration_form", (1,))]


def test_a_receipt_is_not_an_invoice() -> None:
    texts = ("免用統一發票收據", "買受人：", "品名 數量 單價 總價", "合計新臺幣", "免用統一發票專用章", "銀貨兩訖")
    assert found(page(1, *texts)) == [("receipt", (1,))]


def test_two_slips_on_one_page_are_two_papers() -> None:
    slip = ("電子發票證明聯", "115年07-08月", "ZX-10293847", "隨機碼 5847 總計 350", "賣方 91380686")
    both = recognise([page(1, *slip, *slip)])
    assert [r.kind for r in both] == ["einvoice_proof", "einvoice_proof"]
    assert both[0].document.region is not None
    assert both[0].document.region != both[1].document.region


@pytest.mark.parametrize(("text", "counter"), [("共_3_頁 第_1_頁", (1, 3)), ("頁次：2/5", (2, 5)), ("第 1 頁／共 1 頁", (1, 1)),
                                               ("第1頁，共2頁", (1, 2)), ("共 2 頁 第 3 頁", None),
                                               ("2026/09", None)])
def test_page_counters(text: str, counter: tuple[int, int] | None) -> None:
    assert page_counter(Sheet(page(1, text))) == counter


@given(st.lists(st.sampled_from([FORM_1, FORM_2, LETTER, BILL, ("會議紀錄",), ()]), max_size=6))
def test_every_page_belongs_to_exactly_one_paper_in_order(bundle: list[tuple[str, ...]]) -> None:
    pages = [page(i + 1, *texts) for i, texts in enumerate(bundle)]
    assert [n for r in recognise(pages) for n in r.document.numbers] == [p.number for p in pages]


READ = {"org.uniform_no": (Beside(("統一編號",), uniform_no),)}


class TestDefinitions:
    def test_every_kind_of_the_reading_contract_is_there(self) -> None:
        assert set(kinds.load()) == {
            "company_registration_form", "company_approval_letter", "business_approval_letter", "business_registration_transcript",
            "registry_printout", "insured_headcount_table", "insurance_premium_bill", "insured_roster", "uniform_invoice",
            "einvoice_proof", "receipt", "vat_return"}

    @pytest.mark.parametrize("kind", [
        None, SimpleNamespace(id="x"), Kind("other", "名", ("題",), (), READ), Kind("x", "名", (), (), READ),
        Kind("x", "名", ("題",), (), {}), Kind("x", "", ("題",), (), READ),
        Kind("x", "名", ("題",), (), {"org.nonsense": READ["org.uniform_no"]}), Kind("x", "名", ("題",), (), {"org.uniform_no": ()})])
    def test_an_ill_formed_kind_stops_the_start(self, kind: object) -> None:
        with pytest.raises(DefinitionError):
            kinds.check(kind, "x", "extractors/kinds/x.py")

    def test_a_well_formed_kind_passes(self) -> None:
        kinds.check(Kind("x", "名", ("題",), (), READ), "x", "extractors/kinds/x.py")
