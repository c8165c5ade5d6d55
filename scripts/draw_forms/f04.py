"""F04 附件二 財物勞務結算驗收證明書, 107."""

from __future__ import annotations

from scripts.draw_forms.sheet import Cell, Row, Sheet

EDITION = "107"
SIZE = 11
LEVELS = ("未達公告金額", "公告金額以上未達查核金額", "查核金額以上未達巨額", "巨額")
NOTES = (
    "一、本證明書已含有結算內容者，得免附具「結算明細表」，以資簡化；依實做數量或自行購料僱工辦理者，應附具「結算明細表」。",
    "二、本證明書份數請各機關自行依需要備具，例如由主辦機關自存、送主(會)計單位製作憑證之用、報上級機關備查、交廠商收執。",
    "三、「驗收完畢/驗收合格日期」，指政府採購法第 73 條所定「驗收完畢」之日期，亦即參加驗收人員於驗收紀錄會同簽認廠商履約與契約、圖說、"
    "貨樣規定相符時之日期。惟其屬減價收受者，指依政府採購法第 72 條第 2 項"
    "報經上級機關核准(查核金額以上)或經機關首長或其授權人核准(未達查核金額)之日期。",
    "四、「逾期違約金」及「其他違約金」以預算外或營業外收入處理，不必扣抵結算總價；「其他違約金」，指例如政府採購法施行細則第 98 條第 2 項"
    "所定之減價收受懲罰性違約金。",
    "五、「結算總價」之計算方式為「契約金額」加「增加金額」減「減少金額」減「驗收扣款」。至主辦機關供給材料及管理費或作業費等契約以外之各項支出均不必"
    "合併結算。",
    "六、本證明書所定欄位如不敷使用，得新增其他欄位或增補續頁。",
    "七、本證明書原則不得塗改，並應循公文處理程序簽核後加蓋驗收機關印信；供機關自存者，得免加蓋機關印信。",
)


def label(text: str, span: int = 1, down: int = 1) -> Cell:
    return Cell(text, span, down, "center", size=SIZE)


def value(tag: str, span: int = 1, align: str = "left") -> Cell:
    return Cell("{{ " + tag + " }}", span, align=align, size=10.5)


def money(tag: str, span: int = 1) -> Cell:
    return value(tag, span, "right")


def change(name: str, tag: str) -> Row:
    cells = [money(f"{tag}_1"), value(f"{tag}_1_ref"), money(f"{tag}_2"), value(f"{tag}_2_ref"), money(f"{tag}_total")]
    return Row([label(name), *cells], 0.9)


def draw() -> Sheet:
    s = Sheet(margins=(1.5, 1.8, 1.3, 1.8), size=12)
    s.line("【附件二】", size=11)
    s.line("{{ agency_full_name }} 財物勞務結算驗收證明書", align="center", size=17, bold=True, after=4)
    s.line("填發日期：{{ issue_date }}　　　　發文字號：{{ doc_no }}", size=11, align="right", after=3)
    boxes = "　".join(f"{{{{ procurement_level_{n} }}}}{text}" for n, text in enumerate(LEVELS, 1))
    s.table((1.0, 2.6, 2.5, 3.0, 2.6, 3.0, 2.7), [
        Row([label("案號及契約號", 2), value("case_contract_no", 2), label("廠商名稱"), value("vendor_name", 2)], 0.8),
        Row([label("標的名稱及\n數量摘要", 2), value("subject_qty", 5)], 0.8),
        Row([Cell("採購金額　" + boxes, 7, size=10.5)], 0.8),
        Row([label("履約期限", 2), value("term", 2), label("履約地點"), value("place", 2)], 0.8),
        Row([label("完成履約日期", 2), value("completion_date"), label("開始驗收日期"), value("acceptance_start"),
             label("驗收完畢/驗收\n合格日期"), value("acceptance_date")], 0.9),
        Row([label("履約逾期總天數", 2), value("overdue_days"), label("不計違約金\n天數"), value("exempt_days"), label("應計違約金\n天數"),
             value("penalty_days")], 0.8),
        Row([label("逾期違約金", 2), money("late_penalty", 2), label("其他違約金"), money("other_penalty", 2)], 0.8),
        Row([label("契約金額", 2), money("contract_amount", 5)], 0.8),
        Row([label("增減\n價\n款", 1, 4), label("次別"), label("第 1 次", 2), label("第 2 次", 2), label("合 計")], 0.7),
        Row([label("類別"), label("金 額"), label("簽准日期或\n核准文號"), label("金 額"), label("簽准日期或\n核准文號"), Cell()], 0.7),
        change("增加金額", "increase"),
        change("減少金額", "decrease"),
        Row([Cell("驗收扣款(不包括逾期\n違約金及其他違約金)", 2, align="center", size=10), money("acceptance_deduction", 5)], 0.9),
        Row([label("結算總價", 2), money("settlement_total", 5)], 0.8),
        Row([label("驗收意見", 2), value("acceptance_opinion", 5)], 1.2, whole=False),
        Row([label("承辦單位主管\n及人員簽章", 2), label("本機關監驗\n人員簽章"), label("上級機關監驗\n人員簽章或授\n權自辦文號"),
             label("主 驗 人 員\n簽 章"),
             Cell("(機關印信)", 2, 2, "center", size=SIZE, valign="top")], 0.9),
        Row([Cell(span=2), Cell(), Cell("(未達查核\n金額者免)", align="center", size=9, valign="bottom"), Cell()], 2.0),
    ])
    s.line("{%p for r in increase_more %}")
    s.line("增加金額續列　第 {{ r.no + 2 }} 次：{{ r.amount }} 元，簽准日期或核准文號：{{ r.ref }}", size=10)
    s.line("{%p endfor %}")
    s.line("{%p for r in decrease_more %}")
    s.line("減少金額續列　第 {{ r.no + 2 }} 次：{{ r.amount }} 元，簽准日期或核准文號：{{ r.ref }}", size=10)
    s.line("{%p endfor %}")
    s.line("說明：", size=9, before=3, spacing=0.95)
    for note in NOTES:
        s.line(note, size=9, hang=2, spacing=0.95, align="both")
    return s
