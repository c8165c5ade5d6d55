"""F09 附件七 計畫終止申請表, 107."""

from __future__ import annotations

from scripts.draw_forms.sheet import Cell, Row, Sheet

EDITION = "107"
DOUBLE = "left=double right=double"


def label(text: str, span: int = 1) -> Cell:
    return Cell(text, span, align="center", size=11.5)


def amount(name: str, tag: str, borders: str = "") -> Row:
    theirs = Cell("", 2, borders=f"{DOUBLE} {borders}".strip())
    return Row([label(name), Cell(f"{{{{ {tag} }}}}", 1, align="right", size=11.5), theirs], 0.6)


def draw() -> Sheet:
    s = Sheet(margins=(1.3, 1.8, 1.1, 1.8), size=11.5)
    s.line("【附件七】", size=11, spacing=1.0)
    s.line("計畫終止申請表", align="center", size=18, bold=True, spacing=1.0, after=2)
    s.line("申請日期：{{ apply_date }}", align="right", after=2, spacing=1.0)
    papers = ("{{ attachments }}\n3.不可抗力因素：\n{{ force_majeure_1 }}無\n"
              "{{ force_majeure_2 }}有 (應敘明不可抗力事由並檢具證明資料)")
    s.table((3.8, 6.0, 3.0, 4.6), [
        Row([label("受補助機關"), Cell("{{ agency }}", 3, size=11.5)], 0.62),
        Row([label("計畫名稱"), Cell("{{ plan_title }}", 3, size=11.5)], 0.62),
        Row([label("聯絡人"), Cell("{{ contact }}", size=11.5), label("聯絡電話"),
             Cell("{{ contact_phone_number }}　分機{{ contact_phone_ext }}", size=11.5)], 0.7),
        Row([label("執行期間"), Cell("{{ period_start }}{{ period_end }}", 3, size=11.5)], 0.62),
        Row([label("申請終止"), Cell("自{{ terminate_from }}起計畫終止", 3, size=11.5)], 0.62),
        Row([Cell("申請計畫終止之具體事由說明：\n{{ reason }}", 4, size=11.5, valign="top")], 1.4),
        Row([Cell("計畫工作內容執行現況：　　　　　　　　　　　　　　單位：新臺幣千元", 4, size=11.5)], 0.7),
        Row([label("執行項目"), label("已執行（說明執行現況與比例）"), label("未執行"), label("已動支金額")], 0.7),
        Row([Cell("{%tr for r in item_rows %}", 4)], 0.6),
        Row([Cell("{{ r.nn }}.{{ r.item }}", size=11), Cell("{{ r.done_1 }} ({{ r.done_percent }})%", size=11),
             Cell("{{ r.undone_1 }}", align="center", size=11), Cell("{{ r.spent }}", align="right", size=11)], 0.5),
        Row([Cell("{%tr endfor %}", 4)], 0.6),
        Row([Cell("（以下左側框內「原核定金額」由受補助機關填寫，右側雙線框內由經濟部中小企業處填寫）", 4, size=10.5)], 0.6),
        Row([Cell(), label("原核定金額"), Cell("核算應退回金額", 2, align="center", size=11.5, borders=f"{DOUBLE} top=double")], 0.7),
        amount("補助款", "orig_subsidy"),
        amount("孳息 (截至申請日)", "orig_interest"),
        amount("其 他", "orig_other"),
        amount("合 計", "orig_total", "bottom=double"),
        Row([label("補助經費\n異動說明"), Cell("{{ subsidy_change_note }}", 3, size=10.5)], 0.8, whole=False),
        Row([label("受補助機關\n應檢具之附件"), Cell(papers, 3, size=10.5)], 1.8),
        Row([Cell("補充說明：\n一、因遭遇不可抗力事由(如天災)申請補助計畫終止，經本處廢止補助之核定後，應就終止之計畫工作項目核計未執行部分之"
                  "受補助經費，於通知期限內繳回該未執行部分已領取之補助款及孳息。\n二、非因前述事由申請補助計畫終止，經本處廢止補助之核定後，"
                  "已領取之補助款須於通知期限內全部繳回。", 4, size=9.5)], 1.5),
    ])
    s.line(size=3)
    s.table((4.35, 4.35, 4.35, 4.35), [
        Row([label("承辦人"), label("業務主管"), label("主辦會計"), label("機關首長")], 0.7),
        Row([Cell() for _ in range(4)], 1.5),
    ], together=True)
    return s
