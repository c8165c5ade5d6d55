"""稅捐稽徵機關重大欠稅名單: looked up by people; its replies to programs are not documented."""

from intake.registers.register import OnPaper

REGISTER = OnPaper(
    "tax-arrears",
    "稅捐稽徵機關重大欠稅名單",
    ("cmp.tax_arrears_3y",),
    "https://www.etax.nat.gov.tw/",
    "查公告的重大欠稅名單；名單以外的欠稅要由申請人提出無違章欠稅證明",
)
