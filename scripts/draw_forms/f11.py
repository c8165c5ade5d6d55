"""F11 個人資料使用同意書, 108."""

from __future__ import annotations

from scripts.draw_forms.sheet import Sheet

EDITION = "108"

CLAUSES = (
    "一、經濟部中小企業處「108 年度中小企業綠色小巨人輔導計畫」，為提供計畫輔導相關服務，基於「008 中小企業及其他產業之輔導」、"
    "「157 調查、統計與研究分析」、「165 環境保護」之特定目的而蒐集輔導申請人之個人資料，並將遵循個人資料保護法及相關法令之規定，"
    "蒐集、處理及利用個人資料。蒐集之個人資料類別列舉如下：「C001 辨識個人者」、「C003 政府資料中之辨識者」、「C011 個人描述」、"
    "「C052 資格或技術」、「C061 現行之受僱情形」、「C070 工作管理之細節」、「C101 商業主體之商業活動」、「C102 約定或契約」、"
    "「C103 與營業有關之執照」",
    "二、輔導單位將於蒐集目的之存續期間合理利用輔導申請人/代表人之個人資料。",
    "三、輔導單位僅同意於中華民國領域內利用輔導申請人/代表人之個人資料。",
    "四、申請人/代表人可依個人資料保護法第 3 條規定，就其個人資料向輔導單位行使下列權利：",
)
RIGHTS = ("1.查詢或請求閱覽。", "2.請求製給複製本。", "3.請求補充或更正。", "4.請求停止蒐集、處理或利用。", "5.請求刪除。")
LATER = (
    "五、申請人得自由選擇是否提供個人資料或行使個人資料保護法第 3 條所定之權利，但提供資料不足或有其他冒用、盜用、不實之情形，"
    "可能將不能參加相關輔導及影響各項相關服務或權益。",
    "六、在輔導申請人就其個人資料依個人資料保護法第 3 條之規定，請求停止蒐集、處理、利用或請求刪除前，"
    "輔導單位得依循個人資料保護法及相關法令之規定，於個人資料提供之範圍與目的內使用該等個人資料。",
)


def draw() -> Sheet:
    s = Sheet(margins=(1.8, 2.2, 1.8, 2.2), size=12.5)
    s.line("經濟部中小企業處", align="center", size=18, bold=True)
    s.line("108 年度中小企業綠色小巨人輔導計畫", align="center", size=18, bold=True)
    s.line("個人資料使用同意書", align="center", size=20, bold=True, before=4, after=12)
    s.line("貴公司擬申請「108 年度中小企業綠色小巨人輔導計畫」，為保障貴公司申請人之權益，請詳細閱讀個人資料使用同意書所有內容。",
           align="both", spacing=1.2, after=8)
    for text in CLAUSES:
        s.line(text, align="both", hang=2, spacing=1.2, after=3)
    for text in RIGHTS:
        s.line(text, indent=2, hang=1, spacing=1.2)
    for text in LATER:
        s.line(text, align="both", hang=2, spacing=1.2, before=3)
    s.line("{{ consent_read }}", before=14, after=16, bold=True)
    s.line("公司全銜：[[{{ company_name }}]]", after=16)
    s.line("申請人/代表人簽名：{{ signer_name }}", after=18)
    s.line("簽署日期：{{ sign_date }}")
    return s
