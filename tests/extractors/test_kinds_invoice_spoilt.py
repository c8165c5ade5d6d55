"""Invoices on poor copies: what the arithmetic and the places still tell, and what must not pass for a value."""

from __future__ import annotations

from sales_pages import read, sheet, values


def test_a_fax_that_lost_its_labels_is_read_by_its_figures() -> None:
    page = sheet(
        [(0.04, "RE 06926838"), (0.42, "統一發票(三聯式)")],
        [(0.4, "中重民圖1:5月分")],
        [(0.05, "可受人鴻鼎精密塑膠股份有限公司")],
        [(0.14, "14170188"), (0.7, "中學民4115年8.月10日")],
        [(0.3, "影資"), (0.44, "維價")],
        [(0.05, "感測器"), (0.35, "30"), (0.49, "480"), (0.638, "14400")],
        [(0.05, "設計費"), (0.36, "2"), (0.46, "15000"), (0.638, "30000")],
        [(0.05, "角售操合售"), (0.627, "44.400")],
        [(0.05, "官利"), (0.13, "4RVE稅超"), (0.635, "2,2"), (0.659, "20")],
        [(0.62, "46.620")],
        [(0.05, "割亞營中文文男零律零任零物肆為陸汗壓")],
        score=0.93,
    )
    found = read(page)
    assert {k: r.value for k, r in found.fields.items()} == {
        "inv.number": "RE06926838",
        "inv.date": "2026-08-10",
        "inv.buyer_uniform_no": "14170188",
        "inv.net_amount": 44400,
        "inv.tax_amount": 2220,
        "inv.total_amount": 46620,
    }
    assert "inv.seller_uniform_no" not in found.fields


def test_a_paper_without_a_legible_title_is_known_by_number_and_arithmetic() -> None:
    page = sheet(
        [(0.04, "UV 06455606")],
        [(0.05, "受人亞駿半學體材料股份有限公司")],
        [(0.05, "統一編灣:")],
        [(0.586, "備註")],
        [(0.05, "會議點心"), (0.31, "33"), (0.4, "65"), (0.5, "2,145")],
        [(0.494, "2,145")],
        [(0.52, "107")],
        [(0.494, "2,252")],
        score=0.93,
    )
    paper = read(page)
    assert paper.kind == "uniform_invoice"
    assert paper.fields["inv.total_amount"].value == 2252


def test_the_other_party_s_label_is_never_taken_for_a_slip() -> None:
    page = sheet(
        [(0.3, "收銀機統一發票")],
        [(0.3, "TC55102938")],
        [(0.1, "115年7月9日")],
        [(0.1, "買方統編：04595257")],
        [(0.1, "商業午餐"), (0.8, "1,680")],
        [(0.1, "總計"), (0.8, "1,680")],
    )
    found = values(page)
    assert found["inv.buyer_uniform_no"] == "04595257"
    assert "inv.seller_uniform_no" not in found


def test_the_sum_of_the_lines_of_a_three_part_invoice_is_not_its_total() -> None:
    page = sheet(
        [(0.05, "QX20481357"), (0.4, "電子計算機統一發票"), (0.7, "第二聯 扣抵聯")],
        [(0.42, "中華民國105年3、4月份"), (0.6, "105年4月18日")],
        [(0.05, "品名"), (0.3, "數量"), (0.4, "單價"), (0.55, "金額")],
        [(0.05, "治具"), (0.3, "1"), (0.4, "100"), (0.55, "100")],
        [(0.05, "工資"), (0.3, "1"), (0.4, "275"), (0.55, "275")],
        [(0.05, "銷售額合計"), (0.55, "375")],
        [(0.05, "營業稅"), (0.2, "應稅V")],
        score=0.99,
    )
    total = read(page).fields.get("inv.total_amount")
    assert total is None or total.value is None


def test_a_figure_lost_from_its_place_gives_no_amount() -> None:
    page = sheet(
        [(0.05, "QX20481357"), (0.4, "統一發票（二聯式）")],
        [(0.42, "中華民國115年9、10月份"), (0.6, "115年9月14日")],
        [(0.05, "品名"), (0.3, "數量"), (0.4, "單價"), (0.55, "金額")],
        [(0.05, "治具"), (0.3, "1"), (0.4, "52071"), (0.52, "x")],
        [(0.05, "總計"), (0.55, "5"), (0.57, "2"), (0.61, "7"), (0.63, "1")],
        score=0.99,
    )
    total = read(page).fields.get("inv.total_amount")
    assert total is None or total.value is None


def test_a_figure_that_the_other_two_contradict_by_one_sign_is_proposed_mended_to_a_person() -> None:
    page = sheet(
        [(0.05, "QX20481357"), (0.4, "統一發票（三聯式）")],
        [(0.42, "中華民國115年9、10月份"), (0.6, "115年9月14日")],
        [(0.05, "品名"), (0.3, "數量"), (0.4, "單價"), (0.55, "金額")],
        [(0.05, "銷售額合計"), (0.55, "120,000")],
        [(0.05, "營業稅"), (0.55, "60,000")],
        [(0.05, "總計"), (0.55, "1,260,000")],
        score=0.99,
    )
    net = read(page).fields["inv.net_amount"]
    assert (net.value, net.status, net.text) == (1200000, "review", "120,000")
    assert net.doubts
