"""F10 受輔導廠商意願書, 108."""

from __future__ import annotations

from scripts.draw_forms.sheet import Cell, Row, Sheet

EDITION = "108"


def draw() -> Sheet:
    s = Sheet(margins=(2.5, 2.5, 2.5, 2.5), size=16)
    s.line("經濟部中小企業處", align="center", size=20, bold=True)
    s.line("108 年度中小企業綠色小巨人輔導計畫", align="center", size=20, bold=True)
    s.line("受輔導廠商意願書", align="center", size=22, bold=True, before=6, after=24)
    s.line("本公司願意配合輔導單位財團法人[[{{ advisor_name }}]]，提案申請「108 年度中小企業綠色小巨人輔導計畫」(簡稱總計畫)"
           "之輔導案(簡稱本案)。本案經中小企業處核定通過，本公司同意做為受輔導業者，並依計畫規定，配合支付廠商輔導自籌款，並接受前述輔導單位依核定通過內容進行輔導工作。",
           align="both", first=2, spacing=1.5, after=14)
    s.line("申請輔導模式(擇一勾選)：", after=6)
    s.line("{{ mode_1 }}優質亮點個廠　　{{ mode_2 }}節能管理個廠　　{{ mode_3 }}綠色供應鏈", indent=2, after=18)
    s.line("此致", indent=2, after=4)
    s.line("經濟部 中小企業處/財團法人塑膠工業技術發展中心", after=24)
    seal = "top=dashed left=dashed bottom=dashed right=dashed"
    s.table((11.9, 4.0), [
        Row([Cell("受輔導廠商名稱：{{ company_name }}", size=15),
             Cell("(公司章)", align="center", size=12, borders=seal, valign="bottom")], 3.8),
        Row([Cell(size=6), Cell(size=6)], 0.4),
    ], lines=False)
    s.table((11.9, 0.9, 2.2, 0.9), [
        Row([Cell("負責人：{{ responsible_person }}", size=15), Cell(),
             Cell("(負責人章)", align="center", size=10, borders=seal, valign="bottom"), Cell()], 2.2),
    ], lines=False)
    s.line("{{ sign_date }}", align="center", size=18, before=30)
    return s
