"""F13 節能管理個廠輔導廠商資料表, 108."""

from __future__ import annotations

from scripts.draw_forms.sheet import Cell, Row, Sheet

EDITION = "108"


def amount(name: str, tag: str, unit: str) -> str:
    return f"{name}，平均[[{{{{ {tag} }}}}]]{unit}"


def draw() -> Sheet:
    s = Sheet(margins=(1.5, 2.0, 1.4, 2.0), size=11.5)
    s.line("經濟部中小企業處 108 年度中小企業綠色小巨人輔導計畫", align="center", size=16, bold=True)
    s.line("節能管理個廠輔導廠商資料表", align="center", size=18, bold=True, after=8)
    s.line("廠商名稱：[[{{ company_name }}]]", size=13, after=6)

    def head(text: str) -> None:
        s.line(text, bold=True, before=4, after=1, keep=True)

    head("一、能源使用現況")
    energies = (("燃料油", "fuel_oil", "公秉/年；"), ("天然氣", "natural_gas", "立方公尺/年"), ("柴油", "diesel", "公秉/年；"),
                ("燃煤", "coal", "公噸/年"), ("液化石油氣(LPG)", "lpg", "公斤/年；"), ("用電量", "electricity", "度/年"))
    cells = [Cell(amount(*e), size=11.5) for e in energies]
    s.table((9.0, 8.0), [
        *(Row(cells[i:i + 2], 0.55) for i in (0, 2, 4)),
        Row([Cell("其他：[[{{ other_energy_name }}]]，平均[[{{ other_energy_amount }}]]/年", span=2, size=11.5)], 0.55),
        Row([Cell("溫室氣體排放量：[[{{ ghg_emission }}]]公噸 CO₂e/年", span=2, size=11.5)], 0.55),
    ], lines=False)
    s.line(size=3)
    choices = (("①經常契約容量：", "contract_capacity", "有({{ contract_capacity_kw }}kW)", "無"),
               ("②離峰契約容量：", "offpeak_capacity", "有({{ offpeak_capacity_kw }}kW)", "無"),
               ("③時間電價選擇：", "tou", "二段式時間電價", "三段式時間電價"),
               ("④自動功因調整：", "power_factor", "有", "無"), ("⑤電力需量管理：", "demand_mgmt", "有", "無"))
    s.table((5.0, 6.5, 5.5), [
        Row([Cell(name), Cell(f"{{{{ {tag}_1 }}}}{one}"), Cell(f"{{{{ {tag}_2 }}}}{two}")], 0.6) for name, tag, one, two in choices])
    head("二、是否有供應鏈客戶要求或同業競爭壓力：")
    s.line("{{ supply_chain_pressure_1 }}無；　{{ supply_chain_pressure_2 }}同業競爭壓力", indent=2, spacing=1.05)
    s.line("{{ supply_chain_pressure_3 }}有，客戶名稱：[[{{ customer_name }}]]；要求項目：[[{{ customer_request }}]]",
           indent=2, spacing=1.05)
    head("三、是否曾接受國內政府單位碳揭露查驗證輔導：")
    s.line("{{ prior_guidance_1 }}無", indent=2, spacing=1.05)
    s.line("{%p for r in prior_guidance_rows %}")
    s.line("{% if loop.first %}{{ prior_guidance_2 }}有，{% else %}　　　{% endif %}年度：[[{{ r.year }}]]；輔導單位：[[{{ r.unit }}]]；"
           "輔導項目：[[{{ r.item }}]]", indent=2, spacing=1.05)
    s.line("{%p endfor %}")
    head("四、工廠目前已推行之制度/系統(提供證明文件)")
    s.line("{{ systems_1 }}無(以下免填)", indent=2, spacing=1.05)
    names = ("TQM", "TPM", "5S/6S", "ISO9001", "ISO14001", "QS9000", "CE Mark", "OHSAS18001", "TOSHMS", "ISO14064-1", "ISO 50001")
    boxes = [f"{{{{ systems_{n} }}}}{name}" for n, name in enumerate(names, 2)]
    s.line("　".join(boxes[:7]), indent=2, spacing=1.05)
    s.line("　".join(boxes[7:]) + "　{{ systems_13 }}其他(請說明)[[{{ system_other }}]]", indent=2, spacing=1.05)
    head("五、廠內具有節能改善潛力：{{ improvement_potential_1 }}有；{{ improvement_potential_2 }}無")
    s.line("改善方案：(如電力、照明、空壓、空調、鍋爐、蒸汽、熱回收等)", indent=2, spacing=1.05)
    numbered(s, "improvement_plans")
    head("六、公司是否有綠色相關獎項或標章：{{ green_awards_flag_1 }}有；{{ green_awards_flag_2 }}無")
    s.line("獎項或標章名稱：", indent=2, spacing=1.05)
    numbered(s, "green_awards")
    head("七、接受輔導後，做為示範觀摩工廠之意願：{{ demo_willing_1 }}願意；{{ demo_willing_2 }}不願意")
    return s


def numbered(s: Sheet, tag: str) -> None:
    s.line(f"{{%p for r in {tag} %}}")
    s.line("{{ r.no }}. [[{{ r.name }}]]", indent=2, hang=1.5)
    s.line("{%p endfor %}")
