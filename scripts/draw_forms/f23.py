"""F23 個資保護及資訊系統處理規劃, 103. Rows that the sources do not give whole bear the words of 個人資料保護法 第 5、8、9 條."""

from __future__ import annotations

from collections.abc import Sequence

from scripts.draw_forms import f23_words as words
from scripts.draw_forms.sheet import Cell, Row, Sheet

EDITION = "103"
SIZE = 11
WIDTHS = (0.9, 6.3, 10.4)


def cell(text: str, span: int = 1, down: int = 1, align: str = "left") -> Cell:
    return Cell(text, span, down, align, size=SIZE)


def title(s: Sheet, text: str) -> None:
    s.line(text, size=13, bold=True, before=8, after=3, keep=True)


def rows(s: Sheet, lines: Sequence[tuple[str, str]], first: int = 1) -> None:
    s.table(WIDTHS, [Row([cell(str(n), align="center"), cell(name), cell(content)], 0.9) for n, (name, content) in enumerate(lines, first)])


def servers(s: Sheet) -> None:
    uses = "{{ r.use_1 }}Web Server\n{{ r.use_2 }}AP Server\n{{ r.use_3 }}DB Server {{ r.use_4 }}其他"
    heads = ("主機名稱", "廠牌型號", "CPU", "RAM", "HD", "其他", "功用別(可複選)")
    keys = ("host", "model", "cpu", "ram", "hd", "other")
    s.table((0.9, 2.3, 2.3, 2.1, 1.6, 1.5, 1.5, 1.4, 4.0), [
        Row([cell("1", 1, 4, "center"), cell("伺服器硬體規格(置於處內機房免填本項)", 1, 4),
             *(cell(h, align="center") for h in heads)], 0.7),
        Row([cell("{%tr for r in servers_hw %}", 7)], 0.5),
        Row([*(Cell(f"{{{{ r.{k} }}}}", size=10) for k in keys), Cell(uses, size=10)], 1.2),
        Row([cell("{%tr endfor %}", 7)], 0.5),
    ])
    s.line(size=4, spacing=1.0)
    s.table((0.9, 2.3, 3.6, 4.8, 6.0), [
        Row([cell("2", 1, 4, "center"), cell("伺服器軟體規格(置處內機房免填本項)", 1, 4), cell("主機名稱", align="center"),
             cell("作業系統名稱/版本", align="center"), cell("伺服軟體名稱/版本", align="center")], 0.7),
        Row([cell("{%tr for r in servers_sw %}", 3)], 0.5),
        Row([cell("{{ r.host }}"), cell("{{ r.system }}"), cell("{{ r.software }}")], 0.8),
        Row([cell("{%tr endfor %}", 3)], 0.5),
    ], together=True)


def draw() -> Sheet:
    s = Sheet(margins=(1.8, 1.7, 1.6, 1.7), size=SIZE)
    s.page_numbers("第 ", " 頁", total=True)
    s.line("個資保護及資訊系統處理規劃", align="center", size=18, bold=True, after=4)
    s.line("五、個人資料保護及資訊系統處理作業規劃", size=14, bold=True, after=2)
    title(s, "一、背景資料")
    rows(s, words.BACKGROUND)
    title(s, "二、軟、硬體配備、平台相關資料")
    servers(s)
    title(s, "三、系統(網站)開發相關資訊、網路使用現況")
    rows(s, words.DEVELOPMENT)
    title(s, "四、安全規劃")
    s.line("下列問題，務必詳實填寫。", size=SIZE, after=2, keep=True)
    rows(s, words.SECURITY)
    title(s, "五、系統規模")
    rows(s, words.SCALE)
    title(s, "六、緊急應變")
    rows(s, words.EMERGENCY)
    title(s, "七、個人資料保護(委辦計畫完全無涉及任何個人資料蒐集、處理或利用者，無需填寫)")
    rows(s, words.PERSONAL)
    s.line("填寫說明：", size=10, before=8, spacing=1.05, keep=True)
    for text, indent in words.NOTES:
        s.line(text, size=10, indent=indent, hang=2, spacing=1.05)
    return s
