"""政府採購拒絕往來廠商名單: looked up by people; its replies to programs are not documented."""

from intake.registers.register import OnPaper

REGISTER = OnPaper(
    "debarred",
    "政府採購拒絕往來廠商名單",
    ("cmp.debarred_vendor", "cmp.debarred_published_date", "cmp.debarred_ground"),
    "https://web.pcc.gov.tw/",
    "以統一編號查拒絕往來廠商；在名單上的，記下刊登日與採購法第101條的款次，並附上查詢結果的列印",
)
