"""F19 委託代理出席授權書, 103."""

from __future__ import annotations

from scripts.draw_forms.sheet import Cell, Row, Sheet

EDITION = "103"
BOX = "top=dashed left=dashed bottom=dashed right=dashed"


def draw() -> Sheet:
    s = Sheet(margins=(2.5, 2.5, 2.5, 2.5), size=16)
    s.line("委託代理出席授權書", align="center", size=24, bold=True, after=24)
    s.line("本廠商投標「103 年度提升中小企業節能減碳能力輔導計畫」(案號：A31038709)，茲授權下列代理人全權代理本廠商參加開(決)標、評選、"
           "行使減價或比減價及相關事宜，該代理人資料如下：", align="both", first=2, spacing=1.5, after=18)
    s.line("代理人姓名：[[{{ agent_name }}]]", indent=2, after=10)
    s.line("身分證字號：[[{{ agent_id_no }}]]", indent=2, after=24)
    s.line("委任人", after=8)
    s.table((9.8, 2.2, 4.0), [
        Row([Cell("廠商名稱：{{ vendor_name }}", size=15), Cell("印章：", size=15), Cell(borders=BOX)], 3.8),
        Row([Cell(size=6), Cell(size=6), Cell(size=6)], 0.4),
    ], lines=False)
    s.table((9.8, 2.2, 0.9, 2.2, 0.9), [
        Row([Cell("代表人(代表公司負責人)姓名：{{ representative }}", size=15), Cell("印章：", size=15), Cell(), Cell(borders=BOX),
             Cell()], 2.2),
    ], lines=False)
    s.line("注意：", size=14, bold=True, before=30, after=4)
    s.line("一、無身分證件可資核對證明被授權人者不得出席開標現場。", size=14, hang=2)
    s.line("二、倘參加投標單位負責人委託授權人參加時，應出具此授權書，並當場核對出席人身分證件。", size=14, hang=2)
    return s
