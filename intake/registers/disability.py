"""違反身心障礙者權益保障法公告: looked up by people; its replies to programs are not documented."""

from intake.registers.register import OnPaper

REGISTER = OnPaper(
    "disability",
    "違反身心障礙者權益保障法公告",
    ("cmp.disability_act_violations",),
    "https://www.sfaa.gov.tw/",
    "以名稱查違反紀錄；每一筆記下日期，沒有就填空白清單，並附上查詢結果的列印",
)
