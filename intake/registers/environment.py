"""環境部裁罰處分查詢: looked up by people; its replies to programs are not documented."""

from intake.registers.register import OnPaper

REGISTER = OnPaper(
    "environment",
    "環境部裁罰處分查詢",
    ("cmp.env_violations",),
    "https://prtr.moenv.gov.tw/",
    "以統一編號或名稱查環保裁罰；每一筆記下裁處日與金額，沒有就填空白清單，並附上查詢結果的列印",
)
