"""違反勞動法令事業單位查詢系統: looked up by people; its replies to programs are not documented."""

from intake.registers.register import OnPaper

REGISTER = OnPaper(
    "labour",
    "違反勞動法令事業單位查詢系統",
    ("cmp.labor_violations",),
    "https://announcement.mol.gov.tw/",
    "以事業單位名稱查裁罰；每一筆記下處分日與罰鍰金額，沒有就填空白清單，並附上查詢結果的列印",
)
