"""F03 附件一 內文, 107: the six sections of 要點第五點, with contents and page numbers. The sources have rules for it and no text."""

from __future__ import annotations

from scripts.draw_forms.sheet import Sheet, bookmark, number, write

EDITION = "107"
SECTIONS = (
    ("sec1_demand_items", "(一)需求品項"),
    ("sec2_use", "(二)預定用途"),
    ("sec3_adoption", "(三)採用規劃、相關資源整合及配套措施說明"),
    ("sec4_benefits", "(四)預期效益"),
    ("sec5_budget", "(五)經費與配合款編列情形、支用期程規劃"),
    ("sec6_control", "(六)管考機制規劃"),
)
RULES = (
    "一、以中文撰寫，紙張大小以 A4 規格（直式橫書編排）、編列目錄、頁碼。其頁數至多不得逾二十頁為原則（不含封面、封底、綜合資料表、"
    "目錄、隔頁紙、附錄）。",
    "二、書寫順序：提案計畫書內容陳述應依本要點第五點提案計畫書應包括事項之順序書寫，並將「綜合資料表」置於提案計畫書封面後首頁，書寫格式請依下頁"
    "「綜合資料表」格式。",
    "三、圖說：倘有以 A3 或 A1 規格製作之圖說，應折成 A4 規格於編頁碼後，併同提案計畫書一同裝訂。",
    "四、提供提案計畫書書面 1 式 10 份及電子檔，書面以雙面印刷、左側膠裝為原則。",
)


def draw() -> Sheet:
    s = Sheet(margins=(2.5, 2.5, 2.3, 2.5), size=14)
    s.line("{{ toc }}", align="center", size=18, bold=True, before=12, after=18)
    for tag, title in SECTIONS:
        s.contents_line(title, tag, 16.0)
    s.line("{%p if page_count %}")
    s.line("頁數：{{ page_count }} 頁", before=12)
    s.line("{%p else %}")
    counted = s.line("頁數：", before=12)
    number(counted, "PAGEREF body_end \\h", s.size)
    write(counted, " 頁", s.size)
    s.line("{%p endif %}")
    s.line(after=130)
    s.line("內文格式", size=10, bold=True, spacing=1.05)
    for rule in RULES:
        s.line(rule, size=10, hang=2, spacing=1.05, align="both")
    s.new_section(restart=True)
    s.page_numbers("- ", " -")
    for i, (tag, title) in enumerate(SECTIONS):
        heading = s.line(title, size=16, bold=True, before=18 if i else 0, after=6, keep=True)
        bookmark(heading, tag, i + 1)
        last = s.line("{{ " + tag + " }}", size=14, spacing=1.3)
    bookmark(last, "body_end", len(SECTIONS) + 1, at_end=True)
    return s
