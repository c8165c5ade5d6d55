"""食品藥物管理署檢驗不合格產品公告: looked up by people; its replies to programs are not documented."""

from intake.registers.register import OnPaper

REGISTER = OnPaper(
    "food",
    "食品藥物管理署檢驗不合格產品公告",
    ("cmp.food_violations",),
    "https://www.fda.gov.tw/",
    "以名稱查不合格產品與裁罰；每一筆記下日期，沒有就填空白清單，並附上查詢結果的列印",
)
