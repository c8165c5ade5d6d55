"""F06 附件四 接受中央計畫型補助款納入預算證明, 107."""

from __future__ import annotations

from scripts.draw_forms.sheet import Cell, Row, Sheet

EDITION = "107"


def label(text: str, span: int = 1, down: int = 1) -> Cell:
    return Cell(text, span, down, "center", size=12)


def value(tag: str, span: int = 1) -> Cell:
    return Cell("{{ " + tag + " }}", span, size=12)


def kinds(side: str) -> Cell:
    """The six kinds of budget; the number and the council's letter print at the kind that is ticked."""

    def nth(n: int) -> str:
        return f"{{% if {side}_budget_kind_{n} == '■' %}}{{{{ {side}_budget_nth }}}}{{% else %}}　{{% endif %}}"

    def box(n: int) -> str:
        return f"{{{{ {side}_budget_kind_{n} }}}}"

    return Cell("\n".join((
        f"{box(1)}總預算/", f"{box(2)}特別預算", f"{box(3)}總預算第{nth(3)}次追加減預算", f"{box(4)}特別預算第{nth(4)}次追加減預算",
        f"{box(5)}附屬單位預算", f"{box(6)}業經本縣(市)議會以{{{{ {side}_council_ref }}}}函同意以墊付款先行支用")), size=10.5)


def draw() -> Sheet:
    s = Sheet(margins=(2.0, 1.8, 2.0, 1.8), size=12)
    s.line("【附件四】")
    s.line("{{ county }}接受中央計畫型補助款納入預算證明", align="center", size=18, bold=True, after=10)
    s.table((3.0, 1.7, 5.5, 1.7, 5.5), [
        Row([label("補助機關"), value("subsidising_agency", 4)], 1.0),
        Row([label("核定日期文號"), value("approval_ref", 4)], 1.0),
        Row([label("補助計畫名稱"), value("plan_name", 4)], 1.0),
        Row([label("納入歲出預\n算金額(大寫)", 1, 2), label("補助款", 2), label("分擔款", 2)], 0.9),
        Row([value("amount_subsidy", 2), value("amount_share", 2)], 1.2),
        Row([label("納入歲出預\n算機關"), value("budget_agency", 4)], 1.2),
        Row([label("納入歲出預\n算情形", 1, 4), label("補助款", 2), label("分擔款", 2)], 0.9),
        Row([label("年度別"), value("subsidy_year"), label("年度別"), value("share_year")], 0.9),
        Row([label("預算別"), kinds("subsidy"), label("預算別"), kinds("share")], 5.0),
        Row([label("備註"), value("note", 3)], 1.4),
    ])
    s.line(size=8)
    s.table((9.4, 8.0), [
        Row([Cell("機關首長職銜簽字章", size=13, valign="top"),
             Cell("機　　關\n\n\n\n印　　信", align="center", size=13, borders="top=dashed left=dashed bottom=dashed right=dashed")], 4.6),
    ], lines=False)
    s.line("{{ form_date }}", align="center", size=16, before=16)
    return s
