"""The cover sheet and the contents of a bundle."""

from __future__ import annotations

from scripts.draw_forms.sheet import Cell, Row, Sheet


def draw() -> Sheet:
    s = Sheet(margins=(2.0, 2.0, 2.2, 2.0), size=12)
    s.line("{{ programme }}", align="center", size=18, bold=True)
    s.line("{{ title }}", align="center", size=22, bold=True, before=4, after=12)
    facts = (("案件編號", "case_number"), ("申請人", "applicant"), ("統一編號", "uniform_no"), ("審查結果", "decision"),
             ("製作時間", "made_at"))
    s.table((3.2, 13.8), [Row([Cell(name, align="center"), Cell("{{ " + tag + " }}")]) for name, tag in facts])
    s.line("一、留白、待確認與不一致之處", bold=True, size=13, before=12, after=3, keep=True)
    s.table((1.2, 4.8, 11.0), [
        Row([Cell("編號", align="center"), Cell("所在", align="center"), Cell("說明", align="center")], 0.8, header=True),
        Row([Cell("{%tr for p in points %}", span=3)], 0.6),
        Row([Cell("{{ loop.index }}", align="center", size=11), Cell("{{ p.where }}", size=11), Cell("{{ p.message }}", size=11)], 0.7),
        Row([Cell("{%tr endfor %}", span=3)], 0.6),
        Row([Cell("{%tr if not points %}", span=3)], 0.6),
        Row([Cell("沒有留白、待確認或不一致之處。", span=3)], 0.7),
        Row([Cell("{%tr endif %}", span=3)], 0.6),
    ])
    s.line("二、送件前請親自簽名、蓋章", bold=True, size=13, before=12, after=3, keep=True)
    s.line("{%p for s in signs %}")
    s.line("□ {{ s }}", indent=1, spacing=1.2)
    s.line("{%p endfor %}")
    s.line("{%p if not signs %}")
    s.line("沒有需要簽名或蓋章的表單。", indent=1)
    s.line("{%p endif %}")
    s.page_break()
    s.line("目　　錄", align="center", size=20, bold=True, after=10)
    s.table((1.6, 12.8, 2.6), [
        Row([Cell("項次", align="center"), Cell("文件", align="center"), Cell("頁次", align="center")], 0.9, header=True),
        Row([Cell("{%tr for e in entries %}", span=3)], 0.6),
        Row([Cell("{{ loop.index }}", align="center"), Cell("{{ e.title }}"), Cell("{{ e.page }}", align="center")], 0.8),
        Row([Cell("{%tr endfor %}", span=3)], 0.6),
    ])
    return s
