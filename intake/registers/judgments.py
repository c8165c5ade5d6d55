"""司法院裁判書系統: looked up by people; its replies to programs are not documented."""

from intake.registers.register import OnPaper

REGISTER = OnPaper(
    "judgments",
    "司法院裁判書系統",
    ("cmp.rp_criminal_final",),
    "https://judgment.judicial.gov.tw/",
    "查負責人的刑事案件有沒有判決有罪確定；同名的要核對身分，並附上裁判字號",
)
