"""F29 切結書: 中小企業增僱員工薪資費用加成減除辦法 第五條第二項. The regulation fixes what it declares, not its layout."""

from __future__ import annotations

from scripts.draw_forms.sheet import Cell, Row, Sheet

EDITION = "103"
BOX = "top=dashed left=dashed bottom=dashed right=dashed"


def draw() -> Sheet:
    s = Sheet(margins=(1.8, 2.4, 1.4, 2.4), size=14)
    s.line("切　結　書", align="center", size=24, bold=True, after=10)
    s.line("具切結書人[[{{ declarant }}]](統一編號：[[{{ uniform_no }}]])申請中小企業增僱員工薪資費用加成減除，"
           "茲依中小企業增僱員工薪資費用加成減除辦法第五條第二項規定，聲明無前項規定情形(即無同條第一項下列各款情形之一)：",
           align="both", first=2, spacing=1.4, after=8)
    s.line("{%p for c in circumstances.split('\\n') %}")
    s.line("{{ c }}", hang=2, spacing=1.2, after=3)
    s.line("{%p endfor %}")
    s.line("此致", indent=2, before=10, after=2)
    s.line("稅捐稽徵機關", after=8)
    s.table((11.9, 4.0), [
        Row([Cell("具切結書人：{{ declarant }}", size=14), Cell("(公司章)", align="center", size=12, borders=BOX, valign="bottom")], 3.6),
        Row([Cell(size=6), Cell(size=6)], 0.4),
    ], lines=False)
    s.table((11.9, 0.9, 2.2, 0.9), [
        Row([Cell("負責人：{{ representative }}", size=14), Cell(),
             Cell("(負責人章)", align="center", size=10, borders=BOX, valign="bottom"), Cell()], 2.2),
    ], lines=False)
    s.line("{{ sign_date }}", align="center", size=16, before=14)
    return s
