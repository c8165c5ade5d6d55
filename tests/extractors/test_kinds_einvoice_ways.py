"""The ways in which an 電子發票證明聯 reaches a desk: with codes, with one, with none, several at once, on A4."""

from __future__ import annotations

import pytest
from sales_pages import line, read, sheet, values

from domain.document import Box, Code, Page
from extractors.papers import read_papers

CIPHER = "ydXZt4LAN1UHN/j1juVcRA=="
LEFT = f"ZX1029384711507045847000000000000015E0000000091380686{CIPHER}:**********:2:2:1:鮮乳:2:90:"
WANTED = {
    "inv.number": "ZX10293847",
    "inv.date": "2026-07-04",
    "inv.random_code": "5847",
    "inv.seller_uniform_no": "91380686",
    "inv.total_amount": 350,
}


def qr(text: str, left: float = 0.1, top: float = 0.4) -> Code:
    return Code("QRCode", text.encode(), Box(left, top, left + 0.3, top + 0.2))


SLIPS = (
    (
        ((0.2, "電子發票證明聯"),),
        ((0.2, "1.4@115年07-08月"),),
        ((0.2, "1.6@ZX-10293847"),),
        ((0.1, "2026-07-04 13:03:00"),),
        ((0.1, "隨機碼 5847"), (0.5, "總計 350")),
        ((0.1, "賣方 91380686"),),
    ),
    (
        ((0.2, "電子發票證明聯"),),
        ((0.2, "115年07-08月"),),
        ((0.2, "ZX-10293847"),),
        ((0.1, "2026-07-04 13:03:00"), (0.6, "格式25")),
        ((0.1, "隨機碼:5847"), (0.5, "總計:350")),
        ((0.1, "賣方:91380686"),),
    ),
    (
        ((0.2, "電子發票證明聯補印"),),
        ((0.2, "115年07-08月"),),
        ((0.2, "ZX10293847"),),
        ((0.1, "2026/07/04 13:03"),),
        ((0.1, "隨機碼5847總計350"),),
        ((0.1, "賣方91380686"),),
    ),
    (
        ((0.2, "電子發票證明聯"),),
        ((0.2, "115年07-08月"),),
        ((0.2, "ZX-10293847"),),
        ((0.1, "115-07-04 13:03:00"),),
        ((0.1, "隨機碼"), (0.25, "5847"), (0.5, "總計"), (0.6, "$350")),
        ((0.1, "賣方"), (0.2, "91380686")),
        ((0.1, "店號 012345 機 02"),),
        ((0.1, "退貨時請攜帶電子發票證明聯正本辦理"),),
    ),
    (
        ((0.2, "電子發票證明聯"),),
        ((0.2, "115年7-8月"),),
        ((0.2, "ZX - 10293847"),),
        ((0.1, "2026-07-0413:03:00"),),
        ((0.1, "隨機碼 5847"), (0.5, "總計 NT$350元")),
        ((0.1, "賣方 91380686"),),
    ),
)


@pytest.mark.parametrize("rows", SLIPS)
def test_a_slip_of_which_no_code_can_be_read(rows: tuple[tuple[tuple[float, str], ...], ...]) -> None:
    assert values(sheet(*rows, width=430, height=700)) == WANTED


@pytest.mark.parametrize("rows", SLIPS[:2])
def test_the_code_and_the_print_agree(rows: tuple[tuple[tuple[float, str], ...], ...]) -> None:
    paper = read(sheet(*rows, codes=(qr(LEFT), qr("**:吐司:1:170", 0.55)), width=430, height=700))
    assert {k: r.value for k, r in paper.fields.items()} == WANTED
    assert all(r.status == "accepted" and "qr" in r.witnesses for r in paper.fields.values())


def test_the_code_beats_the_print_and_the_difference_is_told() -> None:
    rows = (*SLIPS[0][:4], ((0.1, "隨機碼 5847"), (0.5, "總計 850")), SLIPS[0][5])
    paper = read(sheet(*rows, codes=(qr(LEFT),), width=430, height=700))
    total = paper.fields["inv.total_amount"]
    assert (total.value, total.status) == (350, "review")
    assert any("850" in d for d in total.doubts)


def test_the_two_parties_in_one_line() -> None:
    rows = (*SLIPS[0][:5], ((0.1, "賣方91380686買方04595257"),))
    assert values(sheet(*rows, width=430, height=700)) == WANTED | {"inv.buyer_uniform_no": "04595257"}


def test_the_parties_with_their_labels_over_them() -> None:
    rows = (*SLIPS[0][:5], ((0.1, "賣方 Seller"), (0.5, "買方 Buyer")), ((0.1, "91380686"), (0.5, "04595257")))
    assert values(sheet(*rows, width=430, height=700)) == WANTED | {"inv.buyer_uniform_no": "04595257"}


def test_the_one_dimensional_code_alone_carries_number_and_random_code() -> None:
    bar = Code("Code39", b"11508ZX102938475847", Box(0.1, 0.3, 0.9, 0.36))
    paper = read(sheet(*SLIPS[0], codes=(bar,), width=430, height=700))
    assert {k: r.value for k, r in paper.fields.items()} == WANTED
    assert paper.fields["inv.number"].status == paper.fields["inv.random_code"].status == "accepted"


def test_a_faded_number_is_taken_from_the_one_dimensional_code() -> None:
    bar = Code("Code39", b"11508ZX102938475847", Box(0.1, 0.3, 0.9, 0.36))
    rows = (*SLIPS[0][:2], ((0.2, "ZX-1029"),), SLIPS[0][3], ((0.5, "總計 350"),), SLIPS[0][5])
    paper = read(sheet(*rows, codes=(bar,), width=430, height=700))
    assert (paper.fields["inv.number"].value, paper.fields["inv.random_code"].value) == ("ZX10293847", "5847")


def test_business_to_business_on_a4_with_the_seller_at_the_seal() -> None:
    page = sheet(
        [(0.35, "1.6@雲海資訊股份有限公司")],
        [(0.4, "1.4@電子發票證明聯")],
        [(0.45, "2026-06-26")],
        [(0.08, "發票號碼：QE95990881"), (0.75, "格　　式：25")],
        [(0.08, "買　　方：焱昇綠能股份有限公司"), (0.75, "第 1 頁／共 1 頁")],
        [(0.08, "統一編號：62975121")],
        [(0.08, "地　　址：臺南市東區林森路二段286巷30弄238號")],
        [(0.2, "品　名"), (0.42, "數量"), (0.5, "單價"), (0.65, "金額"), (0.8, "備註")],
        [(0.08, "軟體開發費"), (0.45, "1"), (0.5, "236,030.00"), (0.65, "236,030")],
        [(0.08, "銷售額合計"), (0.65, "236,030"), (0.75, "營業人蓋統一發票專用")],
        [(0.08, "營業稅　應稅 V　零稅率　免稅"), (0.65, "11,802"), (0.75, "賣　　方：雲海資訊股")],
        [(0.08, "總計"), (0.65, "247,832"), (0.75, "份有限公司")],
        [(0.08, "總計新臺幣（中文大寫）：貳拾肆萬柒仟捌佰參拾貳元整"), (0.75, "統一編號：16158574")],
        [(0.75, "地　　址：臺北市信義區")],
    )
    assert values(page) == {
        "inv.number": "QE95990881",
        "inv.date": "2026-06-26",
        "inv.buyer_uniform_no": "62975121",
        "inv.seller_uniform_no": "16158574",
        "inv.total_amount": 247832,
    }


def test_a4_with_both_parties_in_blocks_side_by_side() -> None:
    page = sheet(
        [(0.4, "1.4@電子發票證明聯")],
        [(0.08, "發票號碼"), (0.3, "發票日期"), (0.5, "隨機碼"), (0.65, "發票期別")],
        [(0.08, "QE-95990881"), (0.3, "115/06/26"), (0.5, "4821"), (0.65, "115年05-06月")],
        [],
        [(0.08, "賣方"), (0.5, "買方")],
        [(0.08, "名稱：雲海資訊股份有限公司"), (0.5, "名稱：焱昇綠能股份有限公司")],
        [(0.08, "統一編號：16158574"), (0.5, "統一編號：62975121")],
        [(0.08, "地址：臺北市信義區基隆路一段248號"), (0.5, "地址：臺南市東區林森路二段286號")],
        [(0.2, "品名"), (0.42, "數量"), (0.5, "單價"), (0.65, "金額")],
        [(0.08, "軟體開發費"), (0.45, "1"), (0.5, "236,030"), (0.65, "236,030")],
        [(0.5, "銷售額合計"), (0.65, "236,030")],
        [(0.5, "營業稅額(5%)"), (0.65, "11,802")],
        [(0.5, "總計"), (0.65, "247,832")],
    )
    assert values(page) == {
        "inv.number": "QE95990881",
        "inv.date": "2026-06-26",
        "inv.random_code": "4821",
        "inv.buyer_uniform_no": "62975121",
        "inv.seller_uniform_no": "16158574",
        "inv.total_amount": 247832,
    }


def test_two_slips_beside_each_other_are_two_papers_with_their_own_codes() -> None:
    other = LEFT.replace("ZX10293847", "ZX10293999").replace("0000015E", "000003C0").replace("1150704", "1150831")
    lines = []
    for left, number, when, total in (
        (0.03, "ZX-10293847", "2026-07-04 13:03:00", "350"),
        (0.55, "ZX-10293999", "2026-08-31 20:15:44", "960"),
    ):
        for k, text in enumerate(("電子發票證明聯", "115年07-08月", number, when, f"隨機碼 5847　總計 {total}", "賣方 91380686")):
            lines.append(line(left, 0.1 + 0.03 * k, text))
    page = Page(1, 1400, 1000, tuple(lines), codes=(qr(LEFT, 0.05), qr(other, 0.58)))
    first, second = read_papers([page])
    assert [p.fields["inv.number"].value for p in (first, second)] == ["ZX10293847", "ZX10293999"]
    assert [p.fields["inv.total_amount"].value for p in (first, second)] == [350, 960]


def test_four_slips_in_two_rows_are_four_papers() -> None:
    lines, wanted = [], []
    for k, (left, top) in enumerate(((0.03, 0.05), (0.55, 0.06), (0.04, 0.55), (0.56, 0.54))):
        wanted.append((f"ZX1029384{k}", 100 + k))
        for j, text in enumerate(
            ("電子發票證明聯", "115年07-08月", f"ZX-1029384{k}", "2026-07-04 13:03:00", f"隨機碼 584{k}　總計 {100 + k}", "賣方 91380686")
        ):
            lines.append(line(left, top + 0.03 * j, text))
    papers = read_papers([Page(1, 1400, 1400, tuple(lines))])
    assert sorted((p.fields["inv.number"].value, p.fields["inv.total_amount"].value) for p in papers) == wanted


def test_a_slip_and_a_receipt_on_one_page_are_two_papers() -> None:
    slip = ("電子發票證明聯", "115年07-08月", "ZX-10293847", "2026-07-04 13:03:00", "隨機碼 5847　總計 350", "賣方 91380686")
    pad = (
        "免用統一發票收據",
        "買受人：禾町設計有限公司　115年7月5日",
        "品名　數量　單價　總價",
        "合計 $8,550",
        "小滿烘焙坊",
        "免用統一發票專用章",
        "38618839",
    )
    lines = [line(left, top + 0.03 * k, text) for left, top, texts in ((0.05, 0.05, slip), (0.3, 0.5, pad)) for k, text in enumerate(texts)]
    first, second = read_papers([Page(1, 1000, 1400, tuple(lines))])
    assert (first.kind, second.kind) == ("einvoice_proof", "receipt")
    assert (first.fields["inv.total_amount"].value, second.fields["inv.total_amount"].value) == (350, 8550)


def test_slips_whose_titles_are_lost_are_told_apart_by_their_codes() -> None:
    other = LEFT.replace("ZX10293847", "ZX10293999").replace("0000015E", "000003C0").replace("1150704", "1150831")
    lines = [
        line(0.03, 0.1, "電子發票證明聯"),
        line(0.03, 0.16, "ZX-10293847"),
        line(0.03, 0.25, "隨機碼 5847　總計 350"),
        line(0.55, 0.25, "總計 960"),
    ]
    page = Page(1, 1400, 1000, tuple(lines), codes=(qr(LEFT, 0.05), qr("**", 0.25), qr(other, 0.58), qr("**", 0.8)))
    papers = read_papers([page])
    assert [(p.kind, p.fields["inv.number"].value, p.fields["inv.total_amount"].value) for p in papers] == [
        ("einvoice_proof", "ZX10293847", 350),
        ("einvoice_proof", "ZX10293999", 960),
    ]
