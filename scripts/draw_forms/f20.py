"""F20 投標廠商聲明書, 103."""

from __future__ import annotations

from scripts.draw_forms.sheet import Cell, Row, Sheet

EDITION = "103"
SIZE = 9.5
ITEMS = (
    "本廠商之營業項目不符合公司法或商業登記法規定，無法於得標後作為簽約廠商，合法履行契約。",
    "本廠商有違反政府採購法(以下簡稱採購法)施行細則第 33 條之情形。",
    "本廠商或負責人與招標機關之首長/採購案之洽辦機關之首長/受委託辦理採購之法人或團體之負責人，有採購法第 15 條第 4 項規定之涉及本人、"
    "配偶、三親等以內血親或姻親，或同財共居親屬之利益之情形。",
    "本廠商是採購法第 38 條規定之政黨或與政黨具關係企業關係之廠商。",
    "本廠商之負責人或合夥人是採購法第 39 條第 2 項所稱同時為規劃、設計、施工或供應廠商之負責人或合夥人。",
    "本廠商是採購法第 39 條第 3 項所稱與規劃、設計、施工或供應廠商同時為關係企業或同一其他廠商之關係企業。",
    "本採購案如係以選擇性招標或限制性招標辦理，或係以公開招標辦理但投標廠商未達 3 家之情形，本廠商之得標價款會有採購法第 59 條第 1 項所稱"
    "高於本廠商於同樣市場條件之相同工程、財物或勞務之最低價格之情形。",
    "本廠商已有或將有採購法第 59 條第 2 項所稱支付他人佣金、比例金、仲介費、後謝金或其他利益為條件，促成採購契約之簽訂之情形。",
    "本廠商、共同投標廠商或分包廠商是採購法第 103 條第 1 項及採購法施行細則第 38 條第 1 項所規定之不得參加投標或作為決標對象或分包廠商之"
    "廠商。【投標廠商應於投標當日遞送投標文件前至工程會網站 web.pcc.gov.tw 查詢自己(包括總公司及各分公司)、共同投標廠商、分包廠商是否為"
    "採購法第 103 條第 1 項之拒絕往來廠商】",
    "本廠商就本採購案，係屬公職人員利益衝突迴避法第 2 條及第 3 條所稱公職人員或其關係人，涉及違反公職人員利益衝突迴避法第 9 條"
    "『公職人員或其關係人，不得與公職人員服務之機關或其監督之機關為買賣、租賃、承攬等交易行為』。"
    "【公職人員利益衝突迴避法第 15 條規定處該交易行為 1 倍至 3 倍之罰鍰】",
)
SMALL = (
    "本廠商是依法辦理公司或商業登記且合於中小企業發展條例關於中小企業認定規定之中小企業。(該認定標準第 2 條摘要如下：一、製造業、"
    "營造業、礦業及土石採取業實收資本額在新臺幣 8,000 萬元以下或經常僱用員工數未滿 200 人者。二、除前款規定外之其他行業前一年營業額在"
    "新臺幣 1 億元以下或經常僱用員工數未滿 100 人者。)\n"
    "(答「否」者，請於下列空格填寫得標後預計分包予中小企業之項目及金額(無請填 \"0\")，可自備附件填寫)"
)
ADDED = ("{% if item_11_rows | selectattr('amount') | list and not (item_11_rows | selectattr('item') | rejectattr('amount') | list) %}"
         "{{ '{:,}'.format(item_11_rows | map(attribute='amount') | map('replace', ',', '') | map('int', 0) | sum) }}"
         "{% endif %}")
"""The sum of the amounts as printed; nothing where an item stands without its amount."""

STAFF = ("本廠商目前在中華民國境內員工總人數逾 100 人。\n"
         "(答「是」者，請填目前總人數計[[{{ item_12_total }}]]人；其中屬於身心障礙人士計[[{{ item_12_disabled }}]]人，"
         "原住民計[[{{ item_12_indigenous }}]]人。)")
NOTES = ("1. 第 1 項至第 10 項答「是」或未答者，不得參加投標；其投標者，不得作為決標對象；聲明書內容有誤者，不得作為決標對象。\n"
         "2. 第 11-12 項未填或有疑義時，機關得洽廠商澄清。\n"
         "3. 本聲明書填妥後附於投標文件遞送。")


def label(text: str, span: int = 1, down: int = 1) -> Cell:
    return Cell(text, span, down, "center", size=SIZE)


def boxes(number: int, down: int = 1) -> tuple[Cell, Cell]:
    one, two = (Cell(f"{{{{ item_{number:02d}_{n} }}}}{word}", 1, down, "center", size=11) for n, word in ((1, "是"), (2, "否")))
    return one, two


def text(words: str, span: int = 3) -> Cell:
    return Cell(words, span, align="left", size=SIZE)


def draw() -> Sheet:
    s = Sheet(margins=(1.0, 1.4, 0.9, 1.4), size=SIZE)
    s.line("投標廠商聲明書", align="center", size=17, bold=True, spacing=1.0)
    s.line("本廠商參加經濟部中小企業處招標採購「103 年度提升中小企業節能減碳能力輔導計畫」(案號：A31038709)案之投標，茲聲明如下：",
           size=10.5, after=2, spacing=1.05)
    s.table((1.0, 5.0, 5.6, 3.0, 1.8, 1.8), [
        Row([label("項次"), label("聲明事項", 3), label("是(打✓)"), label("否(打✓)")], 0.6, header=True),
        *(Row([label(str(n)), text(words), *boxes(n)], 0.5) for n, words in enumerate(ITEMS, 1)),
        Row([label("11", 1, 5), text(SMALL), *boxes(11, 5)], 1.0),
        Row([Cell("{%tr for r in item_11_rows %}", 3)], 0.5),
        Row([Cell("項目　{{ r.item }}", 2, size=SIZE), Cell("{{ r.amount }}", align="right", size=SIZE)], 0.5),
        Row([Cell("{%tr endfor %}", 3)], 0.5),
        Row([Cell("合計金額", 2, size=SIZE), Cell(ADDED, align="right", size=SIZE)], 0.5),
        Row([label("12"), text(STAFF), *boxes(12)], 0.5),
        Row([label("附註"), text(NOTES, 5)], 0.5),
    ])
    s.line(size=4, spacing=1.0)
    s.table((11.4, 6.8), [
        Row([Cell("投標廠商中文名稱：{{ vendor_name_zh }}", size=11), Cell("統一編號：{{ uniform_no }}", size=11)], 0.65),
        Row([Cell("投標廠商英文名稱：{{ vendor_name_en }}", size=11), Cell("電話：{{ phone }}", size=11)], 0.65),
        Row([Cell("投標廠商英文地址：{{ address_en }}", size=11), Cell("傳真電話：{{ fax }}", size=11)], 0.65),
        Row([Cell("投標廠商章及代表人(代表公司負責人)章：", size=11, valign="top"),
             Cell("日期：{{ sign_date }}", size=11)], 2.8, whole=True),
    ], together=True)
    return s
