"""F22 服務費用編列表 (服務成本加公費法), 103. The amounts of the bid stand in the column of remarks."""

from __future__ import annotations

from scripts.draw_forms.sheet import Cell, Row, Sheet

EDITION = "103"
SIZE = 9.5
SALARY = ("1.僅編列直接從事專業服務工作人員之實際薪資，並包括前述人員公假與特別休假等之薪資、保險費及退休金等費用。\n"
          "2.直接薪資不可超過「經濟部及所屬機關委辦計畫預算編列基準」之基準。(各職級研究人員費如有特殊原因需逾上限規定者，須事前經本處核准)")
MANAGEMENT = ("1.管理費用包括未在直接薪資項下開支之管理及會計人員之薪資、保險費及退休金、辦公室費用、水電及冷暖氣費用、機器設備及傢俱等之"
              "折舊或租金、辦公事務費、機器設備之搬運費、郵電費、業務承攬費、廣告費、準備及結束工作所需費用、參加國內外專業會議費用、業務及"
              "人力發展費用、研究費用或專業聯繫費用及有關之稅捐等。但全部管理費用不得超過直接薪資之 100%。\n"
              "2.編列委辦計畫其他間接相關費用(不含直接薪資、其他直接費用)，並敘明各項費用之分攤基礎。\n"
              "3.管理費計算方式及上限比例")
DIRECT = ("包括執行委辦案件工作時所需直接薪資以外之各項直接費用，如差旅費、加班費、資料收集費、專利費、外聘顧問之報酬、電腦軟體費、"
          "圖表報告之複製印刷費及有關之各項稅捐、會計師簽證費用等。")
TRAVEL = "1.旅運費\n(1)短程車資　(2)國內旅費　(3)國外旅費　(4)其他：如運費"
OTHER = ("3.其他業務費\n(1)直接從事專業服務工作人員之加班費　(2)臨時人員費用\n(3)演講費、出席費、審查費、鐘點費、顧問費等　(4)材料費\n"
         "(5)維運費　(6)印刷費　(7)其他：如辦公室租金、委託勞務費(分包計畫經費)")
FEE = ("廠商提供專業服務所得之報酬，包括風險、利潤及有關之稅捐等。\n"
       "公費為定額，不得按直接薪資及管理費之金額依一定比率增加。")
TIERS = (("未達 500 萬元", 20, 30), ("500 萬元～未達 1000 萬元", 18, 50), ("1000 萬元～未達 1500 萬元", 16, 70),
         ("1500 萬元～未達 2000 萬元", 14, 85), ("2000 萬元～未達 2500 萬元", 9, 100), ("2500 萬元～未達 5000 萬元", 8, 150),
         ("5000 萬元～未達 1 億元", 7, 250), ("1 億元以上", 6, 300))
FEE_NOTES = ("備註：1.此處所指之委辦計畫經費不含代管補助款及自籌款；公費採計之範圍僅限於政府委辦經費，不含自籌款、代管補助款。"
             "若經契約變更加減價，則委辦經費係依加減價後之政府委辦經費認定。\n"
             "2.本表委辦計畫經費係指直接薪資、管理費用及其他直接費用之和。")
NOTES = (
    "1.上述各款費用之編列標準請依照「經濟部及所屬機關委辦計畫預算編列基準」，如有資訊系統人力(含開發維護)、資訊軟體及其他資訊處理費用，"
    "請詳列資訊系統人力開發費用表及軟硬體設備及其他資訊處理費用表，並依中華民國資訊軟體協會最新公布之「資訊委外服務人員計價參考要點」編列。",
    "2.各款費用(直接薪資、管理費、其他直接費用、公費及營業稅)經議定後為報支上限，且超出報支上限部分甲方不予給付，各款費用間不得相互流用。",
)


def label(text: str, span: int = 1, down: int = 1) -> Cell:
    return Cell(text, span, down, "center", size=11.5)


def text(words: str, span: int = 3) -> Cell:
    return Cell(words, span, size=SIZE)


def amount(tag: str, down: int = 1) -> Cell:
    return Cell(f"{{{{ {tag} }}}} 元", 1, down, "right", size=10.5)


def draw() -> Sheet:
    s = Sheet(margins=(1.5, 1.6, 1.3, 1.6), size=11)
    s.line("「103 年度提升中小企業節能減碳能力輔導計畫」", align="center", size=15, bold=True)
    s.line("(案號：A31038709)", align="center", size=12)
    s.line("服務費用編列表(服務成本加公費法)", align="center", size=16, bold=True, after=4)
    s.table((2.0, 4.8, 5.0, 2.4, 3.6), [
        Row([label("科目"), label("編列方式及說明", 3), label("備註")], 0.7, header=True),
        Row([label("直接薪資"), text(SALARY), amount("direct_salary")], 1.0),
        Row([label("管理費用"), text(MANAGEMENT), amount("management")], 1.6),
        Row([label("其他直接\n費用", 1, 4), text(DIRECT), amount("other_direct")], 1.0),
        Row([text(TRAVEL), amount("travel")], 0.9),
        Row([text("2.設備使用費"), amount("equipment_use")], 0.6),
        Row([text(OTHER), amount("other_business")], 1.2),
        Row([label("公費", 1, 3 + len(TIERS)), text(FEE), amount("fee", 3 + len(TIERS))], 1.0),
        Row([Cell("委辦計畫經費", align="center", size=SIZE), Cell("公費比例上限及計算方式", align="center", size=SIZE),
             Cell("公費上限", align="center", size=SIZE)], 0.55),
        *(Row([text(base, 1), text(f"(直接薪資+管理費)×{rate}%", 1), Cell(f"{cap} 萬元", align="center", size=SIZE)], 0.5)
          for base, rate, cap in TIERS),
        Row([text(FEE_NOTES)], 1.0),
        Row([label("營業稅"), text("(直接薪資+管理費用+其他直接費用+公費)×5%"), amount("business_tax")], 0.7),
        Row([label("總計"), text(""), amount("total")], 0.7),
        Row([label("政府經費\n自籌款"), Cell("{{ self_fund_columns }}", 4, size=10.5)], 0.9),
    ])
    s.line("備註：", size=10, before=4, spacing=1.05)
    for note in NOTES:
        s.line(note, size=9.5, hang=1, spacing=1.05, align="both")
    return s
