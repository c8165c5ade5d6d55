"""F14 TOPS 附件一 委託代理授權書: a sheet that holds the place of the office's own paper, whose text the sources do not give."""

from __future__ import annotations

from scripts.draw_forms.sheet import Cell, Row, Sheet

EDITION = "114"
NOTE = ("本附件之條文未載於簡章，本頁只列簡章所示之簽署人；請附上主辦機關公告之授權書正式檔案，由委託人(申請單位)與代理人簽章。")


def label(text: str) -> Cell:
    return Cell(text, align="center", size=13)


def draw() -> Sheet:
    s = Sheet(margins=(2.5, 2.2, 2.0, 2.2), size=12)
    s.line("附件一", size=12)
    s.line("委託代理授權書", align="center", size=20, bold=True, before=12, after=6)
    s.line("(供應方登錄授權書)", align="center", size=13, after=18)
    s.table((4.6, 12.0), [
        Row([label("委託人(申請單位)"), Cell("{{ principal_name }}", size=13)], 1.2),
        Row([label("統一編號"), Cell("{{ principal_uniform_no }}", size=13)], 1.2),
        Row([label("委託人簽章"), Cell()], 4.0),
        Row([label("代理人"), Cell("{{ agent_name }}", size=13)], 1.2),
        Row([label("代理人簽章"), Cell()], 4.0),
    ])
    s.line("說明：" + NOTE, size=11, before=12, hang=3)
    return s
