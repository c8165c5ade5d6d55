"""F12 節能管理輔導申請表 (附件二), 108."""

from __future__ import annotations

from scripts.draw_forms.sheet import Cell, Row, Sheet

EDITION = "108"

INDUSTRIES = ("食品業", "煙草業", "紡織業", "成衣服飾業", "皮革毛皮及其製品業", "木竹製品業", "家具及裝設品業", "紙漿紙及紙製品",
              "印刷及有關事業", "化學材料業",
              "化學製品業", "石油及煤製品業", "橡膠製品業", "塑膠製品業", "非金屬礦物製品業", "金屬基本工業", "金屬製品業", "機械設備業",
              "電機電子機械器材業", "運輸工具業", "精密器械業", "雜項工業", "技術服務業", "其他製造業", "服務業")
ITEMS = ("溫室氣體排放量盤查與查證", "產品/服務碳足跡盤查與查證", "產品水足跡盤查與查證", "能源管理系統建置與驗證", "能源管理監控系統")


def label(text: str) -> Cell:
    return Cell(text, align="center", size=12)


def value(tag: str, span: int = 1, align: str = "left") -> Cell:
    return Cell("{{ " + tag + " }}", span=span, align=align, size=11.5)


def draw() -> Sheet:
    s = Sheet(margins=(1.8, 1.8, 1.5, 1.8), size=12)
    s.line("經濟部中小企業處 108 年度中小企業綠色小巨人輔導計畫", align="center", size=16, bold=True)
    s.line("節能管理輔導申請表", align="center", size=18, bold=True, after=4)
    s.line("申請日期：{{ apply_date }}", align="right", after=4)
    s.line("一、基本資料", bold=True, size=13, after=2, keep=True)
    s.table((2.5, 3.0, 2.1, 3.8, 2.1, 3.9), [
        Row([label("公司名稱"), value("company_name", 3), label("負責人"), value("responsible_person")]),
        Row([label("公司地址"), value("company_address", 5)]),
        Row([label("工廠地址"), value("factory_address", 5)]),
        Row([label("聯絡人姓名"), value("contact_name"), label("職稱"), value("contact_title"), label("聯絡電話"), value("contact_phone")]),
        Row([label("電子郵件\n信箱"), value("email", 3), label("聯絡傳真"), value("fax")]),
        Row([label("營利事業\n統一編號"), value("uniform_no"), label("核准設立\n日期"), value("founding_date"),
             label("經常雇用\n員工人數"), value("employees")], 1.2),
        Row([label("實收資本額"), Cell("{{ paid_in_capital }}萬元", align="right"), label("前一年度\n營業額"),
             Cell("{{ prior_revenue }}萬元", align="right"), label("產業別 ^註^"), value("industry")], 1.2),
        Row([label("主要產品\n(營業)項目"), value("products", 5)], 1.2),
    ])
    s.line("二、申請輔導項目", bold=True, size=13, before=8, after=2, keep=True)
    s.table((4.3, 6.2, 2.7, 4.2), [
        Row([label("輔導類型"), label("輔導項目"), label("廠商自籌款"), label("備註")]),
        Row([Cell("{{ service_type_1 }}節能管理個廠輔導", size=12),
             Cell("\n".join(f"{{{{ service_items_{i} }}}}{t}" for i, t in enumerate(ITEMS, 1)), size=12),
             Cell("{{ self_fund }}", size=12),
             Cell("1. 請填寫「規範查證輔導廠商資料表」。\n2. 需經遴選並經中小企業處核准。\n"
                  "3. 中小企業處負擔總經費之 75%。", size=11)], 3.0, whole=True),
    ], together=True)
    s.line("申請人簽章：{{ applicant_sign }}", before=16, after=14, size=13, indent=12)
    s.line("*請依主要產品分類", size=10, after=1, keep=True)
    s.table((3.96, 3.27, 3.62, 3.96, 2.59), [
        Row([Cell(f"{{{{ industry_{n} }}}}{n:02d}.{INDUSTRIES[n - 1]}", size=9) for n in (r, r + 5, r + 10, r + 15, r + 20)], 0.75)
        for r in range(1, 6)], side=0.05)
    return s
