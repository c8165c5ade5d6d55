"""F28 專案計畫勞務委辦契約書, 103: the clauses that have blanks, with the blanks filled. The contract's other clauses stay in the "
  "office's own paper."""

from __future__ import annotations

from scripts.draw_forms.sheet import Cell, Row, Sheet

EDITION = "103"


def clause(s: Sheet, text: str, indent: float = 0) -> None:
    s.line(text, size=13, indent=indent, hang=2, after=5, spacing=1.2)


def amount(tag: str) -> str:
    return f"新台幣(大寫)[[{{{{ {tag} }}}}]]元整"


def heading(s: Sheet, text: str) -> None:
    s.line(text, size=14, bold=True, before=8, after=4, keep=True)


def draw() -> Sheet:
    s = Sheet(margins=(2.0, 2.2, 1.8, 2.2), size=13)
    s.page_numbers("第 ", " 頁", total=True)
    s.line("經濟部中小企業處 103 年度專案計畫勞務委辦契約書", align="center", size=18, bold=True, after=8)
    s.line("契約編號：A31038709", size=13)
    s.line("計畫名稱：103 年度提升中小企業節能減碳能力輔導計畫(以下簡稱本計畫)", size=13, after=6)
    s.line("立契約書人：經濟部中小企業處(以下簡稱甲方)及[[{{ contractor }}]](以下簡稱乙方)雙方同意依政府採購法(以下簡稱採購法)及其"
           "主管機關訂定之"
           "規定，訂定本契約，共同遵守，其條款如下：", size=13, spacing=1.2)
    heading(s, "第三條　服務費用(服務成本加公費法)及結算方式")
    clause(s, f"1.本契約服務費用金額上限為{amount('fee_cap')}(以下簡稱「上限金額」)，包括直接費用(直接薪資、管理費用及其他直接費用)"
              f"、公費及營業稅。")
    clause(s, f"2.本契約公費為定額{amount('fee')}。")
    clause(s, f"3.本契約服務費用不包含乙方自籌款。乙方應至少自行籌措{amount('self_fund_min')}。(詳如附件專案計畫書中經費需求表)")
    heading(s, "第四條　服務費用(服務成本加公費法)之給付條件")
    clause(s, "(1)第 1 次付款：甲方於契約簽訂及乙方提供履約保證金後，憑乙方檢送契約書影本及開立憑證，撥付乙方"
              f"{amount('pay1_amount')}。(約佔服務費用上限 30%)。")
    clause(s, "(2)第 2 次付款：乙方應於民國 103 年 8 月 20 日前，檢送完成契約進度達 40%之工作成果報告(含括「專案計畫執行進度報告」"
              "之工作進度彙報表、"
              "量化成果彙報表、人力運用統計表、輔導/服務企業彙報表等，格式均依甲方規定辦理)，計畫經費執行累計進度達 40%之費用支出明"
              "細表(格式依甲方規定"
              f"辦理)、契約書影本及開立憑證，經甲方審核同意後，撥付乙方{amount('pay2_amount')}。(約佔服務費用上限 30%)。")
    heading(s, "第七條　服務費用(服務成本加公費法)處理及支給方式")
    clause(s, "2.本契約服務費用之給付，以匯款方式直接撥入乙方帳戶【撥款帳號：[[{{ bank_name_bank }}]]銀行"
              "[[{{ bank_name_branch }}]]總(分)行；"
              "金融機構編號(銀行代碼含分行共 7 碼)：[[{{ bank_code }}]]；帳號：[[{{ bank_account_account }}]]；戶名："
              "[[{{ bank_account_holder }}]]】。"
              "已發生之收支事項，應自首次撥款之日起，依所訂之工作實施預定進度及經費分配比率執行。")
    heading(s, "第十三條　契約之工作報告")
    clause(s, "(十三)乙方人員執行出國計畫，應依規定格式繳交出國報告[[{{ travel_report_copies }}]]份予甲方，繳交期限為返國後 3 個月"
              "內，如返國日距驗收日不足 3 "
              "個月者，至遲應於驗收日之前 1 日繳交。")
    heading(s, "第二十五條　保證金")
    clause(s, f"履約保證金：{amount('bond_amount')}(乙方未依規定期限繳納保證金，或繳納之額度不足或不合規定程式者，不予受理。但其情形"
              f"可以補正者，甲方應"
              "定期命其補正；逾期不補正者，不予受理。)。於履約驗收合格，及無待解決事項後發還，有分段或部份驗收情形者，得按比例分次發還。")
    s.line("立約人：", size=14, before=10, after=4, keep=True)
    s.table((8.3, 8.3), [
        Row([Cell("甲方：經濟部中小企業處\n代表人：", size=13, valign="top"),
             Cell("乙方：{{ contractor }}\n代表人：", size=13, valign="top")], 4.2),
    ], lines=False)
    s.line("{{ signature_date }}", size=14, align="center", before=10)
    return s
