"""F02 附件一 綜合資料表, 107."""

from __future__ import annotations

from scripts.draw_forms.sheet import Cell, Row, Sheet

EDITION = "107"


def label(text: str, span: int = 1, down: int = 1) -> Cell:
    return Cell(text, span, down, "center", size=12)


def value(tag: str, span: int = 1, align: str = "left") -> Cell:
    return Cell("{{ " + tag + " }}", span, align=align, size=11.5)


def passage(name: str, hint: str, tag: str) -> Row:
    return Row([label(name), Cell(f"({hint})\n{{{{ {tag} }}}}", 5, size=11.5, valign="top")], 2.4)


def draw() -> Sheet:
    s = Sheet(margins=(1.8, 1.8, 1.6, 1.8), size=12)
    s.line("綜合資料表格式（本表置於封面頁後首頁）", align="center", size=15, bold=True, after=6)
    s.table((2.9, 2.7, 2.3, 2.3, 4.2, 3.0), [
        Row([label("計畫名稱"), Cell("107 年度採購新創產品或服務計畫-{{ plan_title }}", 5)]),
        Row([label("申請機關"), value("applicant_agency", 5)]),
        Row([label("計畫期程"), Cell("{{ period_start }}至{{ period_end }}", 5)]),
        Row([label("計畫經費\n(千元)", down=2), label("全程總經費"), label("經常門", 2), label("資本門", 2)], 0.8),
        Row([value("total_budget", align="right"), value("current_account", 2, "right"), value("capital_account", 2, "right")], 0.8),
        Row([label("經費來源\n(千元)", down=3), label("申請補助款"), label("分擔款經費來源", 4)], 0.8),
        Row([Cell("{{ subsidy_requested }}", down=2, align="right", size=11.5), label("單位", 2), label("金額", 2)], 0.8),
        Row([value("share_unit", 2), value("share_amount", 2, "right")], 0.8),
        Row([label("計畫採購\n類別品項\n(可為複數\n以上)", down=2), label("產品", 3), label("服務", 2)], 0.8),
        Row([value("products", 3), value("services", 2)], 1.4, whole=False),
        passage("預定用途", "摘要使用場合、時機、對象、範圍或頻率等情形", "intended_use"),
        passage("採用規劃、\n相關資源整\n合及配套措\n施",
                "摘要敘明有無涉及結合或汰換既有資源、或與既有資源結合後功能互為提升等情形", "adoption"),
        passage("預期效益", "摘要敘明降低成本、促進效率、提升公共服務品質等情形", "benefits"),
        passage("管考機制\n規劃", "摘要敘明如何確保計畫有效率之確實執行", "control"),
        Row([label("申請機關\n聯絡人員", down=2), label("單位"), label("姓名"), label("職稱"), label("電子信箱"), label("聯絡電話")], 0.8),
        Row([value("contact_unit"), value("contact_name"), value("contact_title"),
             Cell("{{ contact_email }}", size=10), Cell("{{ contact_phone }}", size=10)], 1.0),
    ])
    return s
