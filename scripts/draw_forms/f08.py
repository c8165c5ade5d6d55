"""F08 附件六 計畫變更申請表, 107."""

from __future__ import annotations

from scripts.draw_forms.sheet import Cell, Row, Sheet

EDITION = "107"


def label(text: str, span: int = 1) -> Cell:
    return Cell(text, span, align="center", size=12)


def passage(name: str, tag: str) -> Row:
    return Row([Cell(f"{name}\n{{{{ {tag} }}}}", 4, valign="top")], 2.0)


def money(name: str, side: str) -> Row:
    return Row([label(name), *(Cell(f"{{{{ {side}_{part} }}}}元", align="right") for part in "cab")], 0.9)


def draw() -> Sheet:
    s = Sheet(margins=(1.7, 1.8, 1.5, 1.8), size=12)
    s.line("【附件六】")
    s.line("計畫變更申請表", align="center", size=20, bold=True, after=4)
    s.line("申請日期：{{ apply_date }}", align="right", after=3)
    s.table((3.6, 5.0, 4.0, 4.8), [
        Row([label("計畫名稱"), Cell("{{ plan_title }}", 3)]),
        Row([label("受補助機關"), Cell("{{ county }}　縣／市"), Cell("{{ bureau }}　局／處", 2)]),
        Row([label("聯絡人"), Cell("{{ contact }}"), label("聯絡電話"), Cell("{{ contact_phone }}")]),
        Row([label("執行期間"), Cell("全程計畫：{{ period_start }}至{{ period_end }}", 3)]),
        Row([label("計畫變更項目"), Cell("{{ change_items }}", 3)], 1.2, whole=False),
        passage("申請變更之具體事由說明：", "change_reason"),
        passage("申請變更項目之內容說明：", "change_content"),
        passage("申請變更後之預期效益（含具體數據）：", "change_benefit"),
        Row([label("(C)=(A)+(B)"), label("變更項目支出費用(C)"), label("補助款(A)"), label("分擔款(B)")]),
        money("原核定計畫", "orig"),
        money("變更後計畫", "new"),
    ])
    s.line(size=5)
    money_note = ("● 計畫變更致原核定計畫支出費用增加，仍維持原核定計畫之經費，不另追加補助款。\n"
                  "● 計畫變更致原核定計畫支出費用減列者，受補助機關應按補助比例於通知期限內繳回已領取之補助款。")
    papers = ("{{ attachments }}\n4.不可抗力因素：\n{{ force_majeure_1 }}無\n"
              "{{ force_majeure_2 }}有(應敘明不可抗力事由並檢具證明資料) {{ force_majeure_proof }}")
    s.table((3.6, 13.8), [
        Row([label("補助經費\n異動說明"), Cell(money_note, size=11)], 1.6),
        Row([label("受補助機關應\n檢具之附件"), Cell(papers, size=11)], 3.0),
    ])
    s.line(size=5)
    s.table((4.35, 4.35, 4.35, 4.35), [
        Row([label("承辦人"), label("業務主管"), label("主辦會計"), label("機關首長")], 0.8),
        Row([Cell() for _ in range(4)], 2.0),
    ], together=True)
    return s
