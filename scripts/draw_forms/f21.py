"""F21 外標封, 103."""

from __future__ import annotations

from scripts.draw_forms.sheet import Cell, Row, Sheet

EDITION = "103"


def draw() -> Sheet:
    s = Sheet(margins=(2.0, 2.0, 2.0, 2.0), size=13)
    s.line("外標封", align="center", size=30, bold=True, after=16)
    s.line("標案名稱：【{{ tender_title }}】", size=15, hang=5)
    s.line("(案號：A31038709)", size=15, indent=5, after=6)
    s.line("領標時間：102 年 12 月 31 日上午 8 時 30 分—103 年 1 月 23 日下午 5 時 30 分", hang=5, after=6)
    s.line("收件截止時間：103 年 1 月 23 日下午 5 時 30 分", hang=7, after=6)
    s.line("開標時間：103 年 1 月 24 日上午 10 時", hang=5, after=6)
    s.line("本處地址：台北市 106 羅斯福路 2 段 95 號 3 樓", hang=5, after=14)
    s.table((9.4, 7.6), [
        Row([Cell("", borders="top=nil left=nil bottom=nil"), Cell("編號：\n(此編號請勿填寫)", size=14, valign="top")], 2.4),
    ])
    s.line("經濟部中小企業處", align="center", size=30, bold=True, before=36, after=36)
    fields = (("廠商名稱：", "vendor_name"), ("統一編號：", "uniform_no"), ("地址：", "address"),
              ("代表人(代表公司負責人)：", "representative"), ("聯絡電話：", "phone"))
    s.table((6.4, 10.6), [Row([Cell(name, size=14), Cell(f"{{{{ {tag} }}}}", size=14)], 1.5) for name, tag in fields])
    return s
