"""F01 附件一 封面, 107."""

from __future__ import annotations

from scripts.draw_forms.sheet import Sheet

EDITION = "107"


def draw() -> Sheet:
    s = Sheet(margins=(2.5, 2.5, 2.5, 2.5), size=16)
    s.line("【附件一】", size=12)
    s.line("封面格式", size=12, after=120)
    s.line("{{ year }} 年度「採購新創產品或服務」", align="center", size=26, bold=True)
    s.line("提案計畫書-{{ serial_no }}/{{ total_applications }}", align="center", size=26, bold=True, before=6, after=24)
    s.line("同一機關為複數以上提案者，就不同提案計畫書於標題後予以-1/n、-2/n、-3/n.....依此類推之流水編號。n 為同一機關之總申請案數。",
           size=12, indent=3, after=190)
    s.line("申請機關：{{ applicant_agency }}", align="center", size=20, after=60)
    s.line("{{ cover_date }}", align="center", size=20)
    return s
