"""F07 附件五 初驗紀錄, 107."""

from __future__ import annotations

from scripts.draw_forms.sheet import Cell, Row, Sheet

EDITION = "107"
LEVELS = ("未達公告金額", "公告金額以上未達查核金額", "查核金額以上未達巨額", "巨額")


def label(text: str, span: int = 1, down: int = 1) -> Cell:
    return Cell(text, span, down, "center", size=12)


def value(tag: str, span: int = 1, align: str = "left") -> Cell:
    return Cell("{{ " + tag + " }}", span, align=align, size=12)


def draw() -> Sheet:
    s = Sheet(margins=(1.8, 1.8, 1.6, 1.8), size=12)
    s.line("【附件五】")
    s.line("{{ agency_full_name }}", align="center", size=18, bold=True)
    s.line("初驗紀錄", align="center", size=18, bold=True, before=2)
    s.line("{{ scope_1 }}全部/{{ scope_2 }}部分", align="center", size=13, before=4, after=6)
    s.line("時間：{{ datetime }}")
    s.line("地點：{{ place }}", after=4)
    boxes = "  ".join(f"{{{{ procurement_level_{n} }}}}{text}" for n, text in enumerate(LEVELS, 1))
    s.table((3.4, 2.2, 2.2, 2.2, 3.0, 4.4), [
        Row([label("案號及契約號"), value("case_contract_no", 3), label("廠商名稱"), value("vendor_name")], 0.9),
        Row([label("標的名稱及數量\n摘要"), value("subject_qty", 3), label("驗收批次"), value("batch")], 1.0),
        Row([label("採購金額"), Cell(boxes, 5, size=10)], 1.0),
        Row([label("履約期限"), value("term", 5)], 0.9),
        Row([label("完成履約日期"), Cell("{{ completion_date_y }}年", align="right"), Cell("{{ completion_date_m }}月", align="right"),
             Cell("{{ completion_date_d }}日", align="right"), label("履約有無逾期"),
             Cell("{{ overdue_1 }}逾期　{{ overdue_2 }}未逾期")], 0.9),
        Row([label("契約金額"), value("contract_amount", 3, "right"), label("契約變更或\n加減價次數"), value("changes_count")], 1.0),
        Row([Cell("[初驗經過]：\n{{ course }}\n[初驗結果]：\n{{ result_1 }}與契約、圖說、貨樣規定相符。\n"
                  "{{ result_2 }}與契約、圖說、貨樣規定不符及其情形：{{ nonconformity }}\n"
                  "[改善、拆除、重作、退貨、換貨之期限]：{{ fix_deadline }}\n[備註]：{{ note }}", 6, valign="top")], 6.4),
    ])
    s.line(size=6)
    person = (label("單位"), label("職稱"), label("初驗人員姓名及簽章"))
    s.table((2.3, 2.1, 4.3, 2.3, 2.1, 4.3), [
        Row([label("記錄"), Cell("(簽章)", 2, align="right"), *person], 1.0),
        Row([*person, Cell(), Cell(), Cell()], 1.0),
        *(Row([Cell() for _ in range(6)], 1.1) for _ in range(3)),
    ], together=True)
    s.line("本紀錄所定格式僅供參考，使用機關得視實際需要自行調整。", size=11, before=6)
    return s
