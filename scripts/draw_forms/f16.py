"""F16 TOPS 供應方登錄 所需上傳之文件, 114: a list to check the upload against."""

from __future__ import annotations

from scripts.draw_forms.sheet import Cell, Row, Sheet

EDITION = "114"
SIZE = 12
PAPERS = (
    ("authorization", "(1) 委託代理授權書 (附件一)：委託代理授權書之目的為確保申請單位知悉並同意成為「台北好購推廣平台」供應方，應"
                      "由委託人(申請單位)與"
                      "代理人簽章。"),
    ("", "(2) 檢附公司登記證明文件或商業登記證明文件。\n"
         "A. 公司登記證明文件：最新公司登記核准函影本及公司設立/變更登記表影本。\n"
         "B. 商業登記證明文件：最新商業登記核准函影本及商業登記抄本。"),
    ("approval_letter", "　　登記核准函影本"),
    ("registration_form", "　　設立/變更登記表影本 / 商業登記抄本"),
    ("labor_list", "(3) 提供最近一期勞保繳費清單之投保人數資料，以證明經常僱用員工數。"),
    ("", "(4) 上傳公司簡介，以及有關組織/產品/服務之基礎資訊及佐證檔案，如產品說明書、產品 DM、組織介紹等。"),
    ("company_intro", "　　公司簡介"),
    ("product_docs", "　　產品說明書、產品 DM、組織介紹等"),
)


def row(tag: str, words: str) -> Row:
    if not tag:
        return Row([Cell(words, 3, size=SIZE)], 1.0)
    boxes = [Cell(f"{{{{ {tag}_{n} }}}}{word}", align="center", size=SIZE) for n, word in ((1, "已附"), (2, "未附"))]
    return Row([Cell(words, size=SIZE), *boxes], 1.0)


def draw() -> Sheet:
    s = Sheet(margins=(2.5, 2.2, 2.0, 2.2), size=12)
    s.line("供應方登錄", align="center", size=20, bold=True, before=12, after=4)
    s.line("所需上傳之文件", align="center", size=16, bold=True, after=12)
    s.table((12.4, 2.1, 2.1), [
        Row([Cell("所需上傳之文件", align="center", size=SIZE, bold=True), Cell("已附", align="center", size=SIZE, bold=True),
             Cell("未附", align="center", size=SIZE, bold=True)], 0.9, header=True),
        *(row(tag, words) for tag, words in PAPERS),
    ])
    return s
