"""F05 附件三 費用支出明細表, 107."""

from __future__ import annotations

from scripts.draw_forms.sheet import Cell, Row, Sheet

EDITION = "107"


def label(text: str, span: int = 1) -> Cell:
    return Cell(text, span, align="center", size=12)


def money(tag: str) -> Cell:
    return Cell("{{ " + tag + " }}", align="right", size=12)


def draw() -> Sheet:
    s = Sheet(margins=(2.0, 1.8, 2.0, 1.8), size=12)
    s.line("【附件三】")
    s.line("費用支出明細表", align="center", size=20, bold=True, after=8)
    s.line("單位：新臺幣元", align="right", after=3)
    s.table((5.6, 3.2, 5.4, 3.2), [
        Row([label("計畫名稱"), Cell("107 年度採購新創產品或服務計畫-{{ plan_title }}", 3)], 1.0),
        Row([label("受補助機關"), Cell("{{ agency }}", 3)], 1.0),
        Row([label("收入來源"), label("金額"), label("支出明細", 2)], 0.9),
        Row([Cell("經濟部中小企業處補助款(核定數)", size=10), money("income_subsidy"), label("項目"), label("金額")], 0.9),
        Row([Cell("{%tr for i in range([income_own_rows | length, expense_rows | length] | max) %}", 4)], 0.6),
        Row([Cell("{% if i == 0 %}自籌款 (需註明來源) {% endif %}{{ income_own_rows.at(i).source }}"),
             money("income_own_rows.at(i).amount"),
             Cell("{{ expense_rows.at(i).item }}"), money("expense_rows.at(i).amount")], 0.9),
        Row([Cell("{%tr endfor %}", 4)], 0.6),
        Row([label("合計"), money("income_total"), label("合計"), money("expense_total")], 1.0),
    ])
    s.line(size=6)
    s.table((3.4, 3.4, 3.4, 3.4, 3.8), [
        Row([label("承辦人員"), label("承辦單位主管"), label("主辦會計主管"), label("機關首長"), label("(機關印信)")], 0.9),
        Row([Cell(), Cell(), Cell(), Cell(), Cell()], 3.0),
    ], together=True)
    s.line("{{ form_date }}", align="center", size=16, before=24)
    return s
