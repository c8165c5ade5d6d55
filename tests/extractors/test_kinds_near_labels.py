"""Values beside labels that are nearly those wanted: of before, of another firm, of another letter."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hand_pages import page, read, values
from hypothesis import given
from hypothesis import strategies as st

from domain.document import OCR, TEXT_LAYER, Page
from extractors.readers.addresses import place
from extractors.readers.ink import Ink, plain
from extractors.readers.items import business_code
from extractors.readers.letters import letter_no, number_goes_on
from extractors.readers.names import entity

ADDRESS = "臺北市中山區中山里南京東路二段88號5樓"
OTHER_ADDRESS = "臺中市西屯區惠來里市政路386號12樓"


def transcript(*more: tuple[str, str]) -> Page:
    """A transcript whose rows of near-by labels stand before its own."""
    rows = [*more, ("商業名稱", "小滿烘焙坊"), ("商業統一編號", "22099131"), ("組織類型", "獨資"), ("負責人姓名", "林曉晴"),
            ("登記資本額", "200,000元"), ("商業所在地", ADDRESS), ("核准設立日期", "民國104年3月2日"), ("最近異動日期", "民國110年5月6日")]
    return page([(0.35, "商業登記抄本")], *([(0.1, f"{label}："), (0.4, value)] for label, value in rows))


def printout(*more: tuple[str, str]) -> Page:
    """A print-out of the register on a 有限公司."""
    rows = [*more, ("統一編號", "22099131"), ("登記現況", "核准設立"), ("公司名稱", "雲海資訊有限公司"), ("資本總額(元)", "3,000,000"),
            ("代表人姓名", "林曉晴"), ("公司所在地", ADDRESS), ("核准設立日期", "104年03月02日"), ("最後核准變更日期", "110年05月06日")]
    return page([(0.1, "商工登記公示資料查詢服務")], [(0.1, "公司基本資料")], *([(0.1, label), (0.4, value)] for label, value in rows))


def letter(*more: tuple[str, str]) -> Page:
    rows = [("受文者", "雲海資訊股份有限公司"), *more, ("發文日期", "中華民國113年9月19日"), ("發文字號", "府產業商字第11354321000號"),
            ("主旨", "貴公司申請公司設立登記（統一編號：22099131），經核符合規定，准予登記，請查照。")]
    return page([(0.35, "臺北市政府 函")], *([(0.1, f"{label}：{value}")] for label, value in rows))


@pytest.mark.parametrize(("label", "value", "field", "wanted"), [
    ("原登記資本額", "90,000元", "fin.paid_in_capital", 200_000),
    ("變更前登記資本額", "90,000元", "fin.paid_in_capital", 200_000),
    ("原組織類型", "合夥", "org.organization_type", "獨資"),
    ("前商業名稱", "大寒麵包店", "org.name", "小滿烘焙坊"),
    ("變更前商業名稱", "大寒麵包店", "org.name", "小滿烘焙坊"),
    ("實際營業地址", OTHER_ADDRESS, "org.registered_address", ADDRESS),
    ("原商業所在地", OTHER_ADDRESS, "org.registered_address", ADDRESS),
    ("前任負責人姓名", "簡文豪", "org.responsible_person", "林曉晴"),
    ("代理人姓名", "簡文豪", "org.responsible_person", "林曉晴"),
    ("申請日期", "民國97年9月22日", "org.founding_date", "2015-03-02"),
])
def test_a_transcript_is_read_past_near_by_labels(label: str, value: str, field: str, wanted: object) -> None:
    assert values(transcript((label, value)))[field] == wanted


@pytest.mark.parametrize(("label", "value", "field", "wanted"), [
    ("原公司名稱", "雲山資訊有限公司", "org.name", "雲海資訊有限公司"),
    ("分公司名稱", "雲海資訊有限公司臺中分公司", "org.name", "雲海資訊有限公司"),
    ("分公司所在地", OTHER_ADDRESS, "org.registered_address", ADDRESS),
    ("總公司統一編號", "04595257", "org.uniform_no", "22099131"),
    ("原資本總額", "1,000,000", "fin.paid_in_capital", 3_000_000),
    ("資產總額", "1,000,000", "fin.paid_in_capital", 3_000_000),
    ("法人股東名稱", "雲天投資股份有限公司", "fin.paid_in_capital", 3_000_000),
])
def test_a_printout_is_read_past_near_by_labels(label: str, value: str, field: str, wanted: object) -> None:
    assert values(printout((label, value)))[field] == wanted


@pytest.mark.parametrize(("label", "value", "field", "wanted"), [
    ("收文日期", "中華民國113年9月10日", "reg.approval_date", "2024-09-19"),
    ("收文字號", "府產業商字第11354320001號", "reg.approval_no", "府產業商字第11354321000號"),
    ("原發文字號", "府產業商字第11354320001號", "reg.approval_no", "府產業商字第11354321000號"),
])
def test_a_letter_is_read_past_the_days_and_numbers_of_others(label: str, value: str, field: str, wanted: str) -> None:
    assert values(letter((label, value)))[field] == wanted


def test_a_date_before_the_label_of_the_founding_is_not_said_to_be_its_date() -> None:
    assert values(transcript(("抄錄日期", "民國115年10月21日")))["org.founding_date"] == "2015-03-02"


FORM_HEAD = [[(0.45, "雲海資訊有限公司")], [(0.5, "設立"), (0.58, "登 記 表")], [(0.5, "公司預查編號："), (0.65, "113012345")],
             [(0.5, "※公司統一編號："), (0.65, "22099131")]]
FORM_ROWS = [("一、公司名稱", "雲海資訊有限公司"), ("二、（郵遞區號）公司所在地", ADDRESS), ("三、資本總額（阿拉伯數字）", "3,000,000 元"),
             ("四、董事人數", "1 人"), ("五、代表公司負責人", "林曉晴"), ("六、公司章程訂定日期", "113年9月1日")]


def form(number: int, *rows: list[tuple[float, str]]) -> Page:
    return page(*rows, *[[]] * (35 - len(rows)), [(0.1, f"第{number}頁")], number=number)


def test_pages_of_a_form_that_print_their_number_alone_belong_together() -> None:
    first = form(1, *FORM_HEAD, *([(0.1, label), (0.45, value)] for label, value in FORM_ROWS),
                 [(0.1, "核准登記"), (0.25, "113.09.19核准")], [(0.1, "日期文號"), (0.25, "府產業商字第11354321000號")])
    later = form(2, [(0.4, "所 營 事 業")], [(0.1, "編號"), (0.2, "代碼"), (0.4, "營業項目說明")],
                 [(0.1, "01"), (0.2, "I301010"), (0.4, "資訊軟體服務業")], [(0.1, "02"), (0.2, "I301020"), (0.4, "資料處理服務業")])
    found = read(first, later)
    said = {name: reading.value for name, reading in found.fields.items()}
    assert found.pages == (1, 2)
    assert said["reg.form_kind"] == "設立"
    assert said["reg.approval_no"] == "府產業商字第11354321000號"
    assert said["org.business_items"] == ["I301010", "I301020"] or said["org.business_items"] == ("I301010", "I301020")


def test_a_company_whose_member_is_a_company_by_shares_is_none_itself() -> None:
    first = form(1, *FORM_HEAD, *([(0.1, label), (0.45, value)] for label, value in FORM_ROWS),
                 [(0.1, "股東"), (0.3, "雲天投資股份有限公司"), (0.6, "出資額"), (0.7, "3,000,000 元")])
    assert values(first)["fin.paid_in_capital"] == 3_000_000


@pytest.mark.parametrize(("first", "rest", "whole"), [
    ("臺北市士林區天福里承德路四段374巷484號7樓", "之9", "臺北市士林區天福里承德路四段374巷484號7樓之9"),
    ("臺北市士林區天福里承德路四段374巷484號", "之3號", "臺北市士林區天福里承德路四段374巷484號之3號"),
])
def test_the_part_of_an_address_after_its_number_may_stand_on_the_next_line(first: str, rest: str, whole: str) -> None:
    rows = [("商業名稱", "小滿烘焙坊"), ("商業統一編號", "22099131"), ("商業所在地", first)]
    sheet = page([(0.35, "商業登記抄本")], *([(0.1, f"{label}："), (0.4, value)] for label, value in rows), [(0.4, rest)],
                 [(0.1, "組織類型："), (0.4, "獨資")])
    assert values(sheet)["org.registered_address"] == whole


def test_the_last_sign_of_a_letters_number_may_stand_on_the_next_line() -> None:
    sheet = page([(0.35, "臺中市政府經濟發展局")], [(0.35, "商業登記核准通知")], [(0.1, "受文者：小滿烘焙坊"), (0.6, "日期：92.06.18")],
                 [(0.6, "文號：中市經登字第09213866887")], [(0.6, "號")], [(0.1, "貴商號申請商業設立登記，業經審查核准，請查照。")])
    assert values(sheet)["reg.approval_no"] == "中市經登字第09213866887號"


@pytest.mark.parametrize("lines", [
    ("主旨：貴公司申請增資、發行新股、修正章程變更登記（統一編號：", "22099131），經核與規定相符，准予登記，請查照。"),
    ("主旨：貴公司申請變更登記（統一編號：22099131），經核與規定", "相符，准予登記，請查照。"),
])
def test_a_letter_is_about_the_firm_of_its_subject_not_about_its_agent(lines: tuple[str, str]) -> None:
    sheet = page([(0.4, "經濟部 函")], [(0.1, "受文者：雲海資訊股份有限公司")], [(0.1, "發文日期：中華民國115年5月18日")],
                 [(0.1, "發文字號：經授商字第11518586511號")], *([(0.1, text)] for text in lines),
                 [(0.1, "說明：一、依據貴公司申請書辦理。")],
                 [(0.1, "副本：財政部臺北國稅局、黃昌會計師事務所（統一編號：04595257）")])
    found = read(sheet).fields["org.uniform_no"]
    assert (found.value, found.status) == ("22099131", "accepted")


def test_the_number_of_a_paper_is_no_address() -> None:
    sheet = page([(0.35, "商業登記證明書")], [(0.6, "苗栗縣商抄字第 596894 號")], [(0.1, "商號名稱："), (0.4, "曙鎮早餐店")],
                 [(0.1, "統一編號："), (0.4, "22099131")], [(0.1, "組織型態："), (0.4, "合夥")],
                 [(0.1, "登記資本額："), (0.4, "500,000元")])
    assert "org.registered_address" not in values(sheet)


@pytest.mark.parametrize(("said", "read_as"), [
    ("苗慄縣苑裡鎮苑南里為公路402號", "苗栗縣苑裡鎮苑南里為公路402號"),
    ("桃團市中壢區中堅里吉林北路264號", "桃園市中壢區中堅里吉林北路264號"),
])
def test_a_county_that_lost_a_stroke_is_told_where_there_is_one_only(said: str, read_as: str) -> None:
    found, printed = (place(Ink(said, plain(said).boxes, 1, 0.98, source)) for source in (OCR, TEXT_LAYER))
    assert found is not None
    assert found.value == read_as
    assert printed is None or printed.value == said


def test_a_county_that_may_be_one_of_two_is_none() -> None:
    said = "新此市中和區連城里連城路239號"
    found = place(Ink(said, plain(said).boxes, 1, 0.98, OCR))
    assert found is None or not str(found.value).startswith(("新北", "新竹"))


@pytest.mark.parametrize(("seen", "code"), [("I201010", "IZ01010"), ("Z299999", "ZZ99999"), ("F206010", "F206010")])
def test_the_z_of_a_class_that_an_engine_took_for_a_2(seen: str, code: str) -> None:
    found = business_code(Ink(seen, plain(seen).boxes, 1, 0.99, OCR))
    assert found is not None
    assert found.value == code


def test_a_code_whose_second_sign_is_told_by_its_class_waits_for_a_person() -> None:
    rows = [("商業名稱", "小滿烘焙坊"), ("商業統一編號", "22099131"), ("組織類型", "獨資")]
    items = [("F206010", "五金零售業"), ("I201010", "影印業"), ("ZZ99999", "除許可業務外，得經營法令非禁止或限制之業務")]
    made = page([(0.35, "商業登記抄本")], *([(0.1, f"{label}："), (0.4, value)] for label, value in rows), [(0.1, "營業項目")],
                *([(0.1, code), (0.3, name)] for code, name in items))
    scanned = replace(made, lines=tuple(replace(n, source=OCR, confidence=0.999) for n in made.lines), source=OCR)
    found = read(scanned).fields["org.business_items"]
    assert found.value == ["F206010", "IZ01010", "ZZ99999"]
    assert found.status == "review"


@pytest.mark.parametrize("heading", [
    [[(0.3, "有 限 公 司 變"), (0.54, "更 登 記 表")]],
    [[(0.5, "變更")], [(0.5, "登記表")]],
    [[(0.3, "雲海資訊有限公司"), (0.5, "變更"), (0.56, "登 記 表")]],
])
def test_the_kind_of_a_form_whose_heading_is_set_apart(heading: list[list[tuple[float, str]]]) -> None:
    sheet = page(*heading, *([(0.1, label), (0.45, value)] for label, value in FORM_ROWS),
                 [(0.1, "核准登記日期文號"), (0.35, "113年9月19日 府產業商字第11354321000號")])
    assert values(sheet)["reg.form_kind"] == "變更"


def test_a_business_is_not_called_by_the_misread_label_behind_its_name() -> None:
    assert entity(plain("小滿烘焙坊負貴人:林曉晴")).value == "小滿烘焙坊"  # type: ignore[union-attr]


def broken(first: str, rest: str, label: str, *others: tuple[str, str]) -> Page:
    """A transcript in which the value beside ``label`` goes on in the next line."""
    rows: list[list[tuple[float, str]]] = [[(0.1, f"{said}："), (0.4, value)] for said, value in others]
    return page([(0.35, "商業登記抄本")], *rows, [(0.1, f"{label}："), (0.4, first)], [(0.4, rest)], [(0.1, "組織類型："), (0.4, "獨資")])


@pytest.mark.parametrize(("first", "rest"), [("捷亨早", "餐店"), ("力升搬家貨運", "行"), ("力升搬家", "貨運行"),
                                             ("華東企業", "社"), ("利百攝影工作", "室")])
def test_the_name_of_a_business_may_go_on_in_the_next_line(first: str, rest: str) -> None:
    sheet = broken(first, rest, "商業名稱", ("商業統一編號", "22099131"))
    assert values(sheet)["org.name"] == first + rest


@pytest.mark.parametrize(("first", "rest"), [
    ("屏東縣東港鎮東隆里中正路2", "03號3樓"), ("屏東縣東港鎮東隆里中正路20", "3號3樓"), ("高雄市大寮區琉球里華東路47", "2巷193號4樓"),
])
def test_a_number_of_an_address_may_be_broken(first: str, rest: str) -> None:
    sheet = broken(first, rest, "商業所在地", ("商業統一編號", "22099131"), ("商業名稱", "小滿烘焙坊"))
    assert values(sheet)["org.registered_address"] == first + rest


@pytest.mark.parametrize("rest", ["子", "琪昌"])
def test_a_person_below_whose_name_more_stands_waits_for_somebody(rest: str) -> None:
    sheet = broken("方燕", rest, "負責人姓名", ("商業統一編號", "22099131"), ("商業名稱", "小滿烘焙坊"))
    assert read(sheet).fields["org.responsible_person"].status == "review"


@given(st.sampled_from(("府授經登字第09316537989號", "經授商字第11518586511號", "新北府經司字第09859696352號")), st.integers(1, 16))
def test_a_letters_number_may_be_broken(number: str, at: int) -> None:
    assert with_tail(number[:at], number[at:]) in (number, None)
    if at > number.index("第") + 1 or at < number.index("字"):
        assert with_tail(number[:at], number[at:]) == number


def with_tail(first: str, rest: str) -> object:
    """The letter's number in two lines, where the rule of its going on puts them together."""
    found = letter_no(plain(first + rest)) if number_goes_on(first, rest) else None
    return found.value if found else None


def test_the_place_of_a_kind_broken_over_two_lines_is_its_word_alone() -> None:
    first = page([(0.35, "宜蘭縣政府 函")], [(0.1, "受文者：小滿烘焙坊")], [(0.1, "發文日期：中華民國113年9月19日")],
                 [(0.1, "發文字號：府旅商字第1135432100號")], [(0.1, "主旨：貴商業（統一編號：22099131）申請名稱及負責人變更")],
                 [(0.1, "登記一案，經核符合規定，准予登記，請查照。")])
    kind = read(first).fields["reg.form_kind"]
    assert (kind.value, kind.text) == ("變更", "變更")
    assert kind.box.height < 1.5 * max(i.box.height for i in first.lines)
