"""F17 投標廠商自我檢查表 (非屬共同投標), 103."""

from __future__ import annotations

from scripts.draw_forms.sheet import Cell, Row, Sheet

EDITION = "103"
PAPERS = ("廠商資格審查表", "依法設立登記之證明", "廠商納稅證明", "投標廠商聲明書")


def label(text: str, span: int = 1) -> Cell:
    return Cell(text, span, align="center", size=13)


def box(tag: str) -> Cell:
    return Cell(tag, align="center", size=13)


def draw() -> Sheet:
    s = Sheet(margins=(2.2, 2.0, 2.0, 2.0), size=13)
    s.line("經濟部中小企業處投標廠商自我檢查表 (非屬共同投標)", align="center", size=18, bold=True, after=6)
    s.line("「103 年度提升中小企業節能減碳能力輔導計畫」", align="center", size=16, bold=True)
    s.line("(案號：A31038709)", align="center", size=14, after=12)
    s.table((1.4, 7.2, 3.4, 2.5, 2.5), [
        Row([Cell("廠商名稱：{{ vendor_name }}", 5, size=13)], 1.2),
        Row([Cell("送審人：{{ submitter }}", 2, size=13), Cell("代表人：(代表公司負責人) [[{{ representative }}]]", 3, size=13)], 1.2),
        Row([Cell("(廠商委託代理人出席資格審查會，所備證件：[[{{ agent_note }}]])", 5, size=13)], 1.2),
        Row([label("應附之證件文件", 2), label("GPA 案件應附\n中文譯本"), label("已附"), label("未附")], 1.4, header=True),
        *(Row([label(str(n)), Cell(paper, size=13), Cell(), box(f"{{{{ doc{n}_attached_1 }}}}已附"),
               box(f"{{{{ doc{n}_attached_2 }}}}未附")], 1.2)
          for n, paper in enumerate(PAPERS, 1)),
        Row([Cell("計畫書應 1 式[[{{ plan_books }}]]份", 2, size=13), Cell(), box("□已附"), box("□未附")], 1.2),
    ])
    s.line("自我檢查結果：{{ result_1 }}齊全　{{ result_2 }}不齊全", size=14, before=18, after=18)
    s.line("檢查人：[[{{ checker }}]]", size=14)
    return s
