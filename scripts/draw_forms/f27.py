"""F27 計畫書格式, 103: 第1部分 基本資料 and the fixed outline of 第2部分 計畫內容. Words that the source does not give stay an und"
  "erline."""

from __future__ import annotations

from scripts.draw_forms.sheet import Cell, Row, Sheet

EDITION = "103"
GAP = "[[　　　　　]]"
OUTLINE_1 = (
    "一、預定實施進度及查核點：應詳列全部計畫及各工作項目之每月預定實施進度及查核點，且以甘特圖表示。",
    "二、實施方法：應分列各工作項目及分項工作項目之詳細步驟及實施方法。",
    "三、若有出國計畫者，請加列出國計畫表並詳加說明，出國計畫表包含出國項目、國別(或地區)、人次、總出國旅費(包含政府負擔及自籌款負"
    "擔部分 2 項合計)、"
    "政府負擔出國旅運費(本處出國旅運費部分)、預計天數、出國目的等。",
    "四、如計畫內含人才培訓、自籌款者，請於投標計畫書將該工作列為一獨立分項計畫。",
    "五、若有涉及個人資料蒐集、處理及利用等情事或資訊系統處理作業規劃者，應詳實填列「個資保護及資訊系統處理規劃」(詳本處網站 "
    "http://www.moeasmea.gov.tw/下載專區/專案計畫作業/個資保護及資訊系統處理規劃)列入計畫書中，詳加說明個人資料保護、系統概述、規劃基準、技術規格、"
    "安全規劃、效能分析、系統規模、緊急應變及維護方式。",
)
OUTLINE_2 = (
    f"一、{GAP}：應包括預定參與計畫有關人員之配置狀況、參與計畫人員之個別學歷及相關經歷、職級，在本計畫所任職務及投入人月。(職級：應依「經濟部及所屬機關"
    "委辦計畫預算編列基準」)",
    "二、本計畫如需使用有關機器、儀器等非消耗性設備或固定資產，應註明儀器、機器、電腦等設備或固定資產之需求，並註明名稱、規格、數量及該設備或固定資產係屬"
    "自有或租用。除招標文件另有規定外，不得以本處委託經費購置資訊硬體設備、一般設備或固定資產、購置電腦軟體、系統開發建置。",
    f"三、{GAP}：依「經濟部及所屬機關(構)辦理各類會議及講習訓練作業規定」辦理。",
    "四、經費需求：應依「經濟部及所屬機關委辦計畫預算編列基準」編列及執行(請於本處網站 http://www.moeasmea.gov.tw 下載區下載)。",
)
BUDGET = (
    "預算編列項目－服務成本加公費法：",
    "應詳列全部計畫及各工作項目之經費需求，至少包括如直接薪資、管理費用、其他直接費用、公費及其計算方式，所列經費包含應支付之稅捐及規費，編列方式詳如服務費用"
    "編列表格式。",
    "(如有自籌款者應依科目分別列示政府經費及自籌款)，並應符合政府採購法相關計費規定。",
)
OUTLINE_3 = ("一、組織架構", "二、組織人員素質及組成", "三、計畫管理能力", "四、財務狀況及管理", "五、提出計畫主持人同一期間承接之"
    "計畫相關資料",
             "六、計畫主持人是否為專任或兼任者應敘明理由")


def part(s: Sheet, text: str) -> None:
    s.line(text, size=14, bold=True, before=10, after=3, keep=True)


def draw() -> Sheet:
    s = Sheet(margins=(2.3, 2.3, 2.0, 2.3), size=12)
    s.page_numbers("第 ", " 頁", total=True)
    s.line("計畫書", align="center", size=20, bold=True, after=16)
    s.line("第1部分　基本資料", size=16, bold=True, after=10)
    s.line("壹、「103 年度提升中小企業節能減碳能力輔導計畫」(案號：A31038709)", size=14, after=8)
    s.line("貳、廠商名稱：{{ vendor }}", size=14, after=4)
    for name, tag in (("住址", "address"), ("電話", "phone"), ("傳真", "fax")):
        s.line(f"{name}：{{{{ {tag} }}}}", size=14, indent=2, after=4)
    s.line("參、聯絡人姓名：{{ contact }}", size=14, before=4, after=4)
    for name, tag in (("電話", "contact_phone"), ("傳真", "contact_fax")):
        s.line(f"{name}：{{{{ {tag} }}}}", size=14, indent=2, after=4)
    s.new_section()
    s.line("第2部分　計畫內容", size=16, bold=True, after=6)
    part(s, "壹、計畫目標：目標說明")
    s.table((11.4, 5.0), [
        Row([Cell("{%tr for r in body %}", 2)], 0.5),
        Row([Cell("{{ r.item }}", size=12), Cell("{{ r.target }}", size=12)], 0.8),
        Row([Cell("{%tr endfor %}", 2)], 0.5),
    ])
    part(s, "貳、實施策略及方法：")
    outline(s, OUTLINE_1)
    part(s, "參、資源需求")
    outline(s, OUTLINE_2)
    for text in BUDGET:
        s.line(text, size=12, indent=2, after=3, spacing=1.1)
    part(s, "肆、計畫可行性分析：說明進行該計畫之能力")
    outline(s, OUTLINE_3)
    for text in ("伍、分包計畫及分包比例明細", "陸、計畫管理能力說明", "柒、過去履約紀錄、經驗、實績"):
        part(s, text)
    return s


def outline(s: Sheet, lines: tuple[str, ...]) -> None:
    for text in lines:
        s.line(text, size=12, hang=2, indent=1, after=3, spacing=1.1)
