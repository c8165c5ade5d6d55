"""F18 廠商資格審查表, 103. The wording of the review items is that of 投標須知 九(一), where this form's own print is not legible."""

from __future__ import annotations

from scripts.draw_forms.sheet import Cell, Row, Sheet

EDITION = "103"
SIZE = 11
REGISTERED = ("□一、依法設立登記之證明(廠商登記或設立之證明，得以列印公開於目的事業主管機關網站之資料代之)□適用 GPA 案件：外商中文譯本\n"
              "　　投標廠商倘係政府機關或公立大學得免提登記或設立證明。")
TAXED = (
    "□二、合法納稅證明，請依下列規定檢附證明文件(廠商所檢附證明文件，應與投標廠商名義主體一致)：□適用 GPA 案件：外商中文譯本\n"
    "(一)檢附營業稅或所得稅繳稅證明：\n"
    "(1)營業稅部分，為最近一期營業稅繳款書收據聯或稅捐機關核章之最近一期營業人銷售額與稅額申報書收執聯。\n"
    "(2)營所稅部分，為最近一期營所稅繳款書收據聯或稅捐機關核章之最近一期年度結算申報書收執聯。\n"
    "(3)所得稅部分，為最近一期綜合所得稅納稅證明書或綜合所得稅結算申報繳費收執聯。\n"
    "(二)廠商不及提出最近一期證明者，得以前一期之納稅證明代之。\n"
    "(三)新設立且未屆第一期營業稅繳納期限者，得以營業稅主管稽徵機關核發之核准設立登記公函；經核定使用統一發票者，應一併檢附申領統一發票"
    "購票證相關文件。\n"
    "(四)未達課稅標準或依法免納稅之廠商，仍應檢附稅捐稽徵機關出具或核章之相關證明文件。\n"
    "(五)投標廠商倘係政府機關或公立大學者免附本項證明文件。"
)


def label(text: str, span: int = 1, down: int = 1) -> Cell:
    return Cell(text, span, down, "center", size=12)


def value(tag: str) -> Cell:
    return Cell("{{ " + tag + " }}", size=12)


def both(zh: str, en: str) -> Cell:
    return Cell(f"(□適用 GPA 案件請同時填寫中英文名稱)\n{{{{ {zh} }}}}\n{{{{ {en} }}}}", 1, 2, size=10.5)


def draw() -> Sheet:
    s = Sheet(margins=(1.4, 1.8, 1.2, 1.8), size=12)
    s.line("本表格提供開標審查用，請勿自行勾選", align="right", bold=True, after=4)
    s.line("經濟部中小企業處「103 年度提升中小企業節能減碳能力輔導計畫」", align="center", size=16, bold=True)
    s.line("(案號：A31038709)案廠商資格審查表", align="center", size=16, bold=True, after=6)
    s.table((2.4, 7.9, 3.7, 3.4), [
        Row([label("廠商\n名稱", 1, 2), both("vendor_name_zh", "vendor_name_en"), Cell("代表人\n(代表公司負責人)", 1, 2, "center", size=11),
             Cell("{{ representative }}", 1, 2, size=12)], 1.0),
        Row([], 1.0),
        Row([label("營業\n地址", 1, 2), both("address_zh", "address_en"), label("電話"), value("phone")], 1.0),
        Row([label("統一編號"), value("uniform_no")], 1.0),
        Row([label("審查文件", 4)], 0.7),
        Row([Cell(REGISTERED, 4, size=SIZE)], 1.6),
        Row([Cell(TAXED, 4, size=SIZE)], 1.6),
        Row([Cell("□三、投標廠商聲明書　□適用 GPA 案件：外商中文譯本", 4, size=SIZE)], 0.7),
        Row([label("審查結果", 4)], 0.7),
        Row([label("合格"), Cell("□各項證件經審查結果均合格。", 3)], 0.9),
        Row([label("不合格\n(說明理由)"), Cell("", 3)], 2.2),
    ])
    s.line(size=5)
    s.table((3.0, 7.2, 7.2), [
        Row([Cell(), label("審查人員"), label("主持人")], 0.8),
        Row([label("秘書室"), Cell(), Cell(down=2)], 1.5),
        Row([label("請購單位"), Cell()], 1.5),
    ], together=True)
    return s
