"""F15 TOPS 採購方線上註冊, 114: what is typed in on the site. The password is never printed."""

from __future__ import annotations

from scripts.draw_forms.sheet import Cell, Row, Sheet

EDITION = "114"
ACCOUNT = (("網站帳號（統一編號）", "{{ account }}"), ("密碼設定", ""))
BASICS = (("組織全稱", "org_name"), ("組織代表人姓名", "representative"), ("組織之行業別", "industry"),
          ("組織聯絡窗口姓名", "contact_name"), ("組織聯絡信箱", "contact_email"), ("組織連絡電話", "contact_phone"))


def rows(pairs: tuple[tuple[str, str], ...]) -> list[Row]:
    return [Row([Cell(name, align="center", size=13), Cell(text, size=13)], 1.1) for name, text in pairs]


def draw() -> Sheet:
    s = Sheet(margins=(2.5, 2.2, 2.0, 2.2), size=12)
    s.line("採購方線上註冊", align="center", size=20, bold=True, before=12, after=6)
    s.line("線上註冊帳戶與基本資料填寫內容", align="center", size=14, after=14)
    s.line("(1) 帳戶註冊", size=13, bold=True, after=4, keep=True)
    s.table((5.4, 11.2), rows(ACCOUNT))
    s.line("(2) 組織基本資料", size=13, bold=True, before=14, after=4, keep=True)
    s.table((5.4, 11.2), rows(tuple((name, f"{{{{ {tag} }}}}") for name, tag in BASICS)))
    return s
