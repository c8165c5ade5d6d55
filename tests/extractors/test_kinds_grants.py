"""A letter that grants a registration is told by what it says, whatever its heading is; letters of other offices are not."""

from __future__ import annotations

import pytest
from hand_pages import page

from extractors.kinds._grants import grants
from extractors.readers.ink import Sheet


def signs(*texts: str) -> tuple[bool, bool]:
    """Whether the page is a grant to a business, and to a company."""
    sheet = Sheet(page(*([(0.1, text)] for text in texts)))
    return grants(business=True)(sheet) > 0, grants(business=False)(sheet) > 0


@pytest.mark.parametrize("lines", [
    ("新北市政府經濟發展局", "商業設立登記核准通知書", "新北經商字第08227905918號", "茲據申請設立「方登書坊」商業登記，應准登記。"),
    ("彰化縣政府　函", "發文字號：府綠商字第1130012345號", "主旨：貴商號申請變更登記一案，准予登記，請查照。"),
    ("臺北市商業處書函", "北市商二字第1140001234號", "主旨：核准小滿烘焙坊商業變更登記，復如說明。"),
    ("花蓮縣吉安鄉公所", "吉鄉建字第1120003456號", "獨資商號小滿烘焙坊申請轉讓登記，經核符合規定。"),
    ("屏東縣政府", "函", "屏府工字第1130004874號", "所請「小滿種苗園」商業設立登記，應予照准，請查照。",
     "稅籍登記已由本機關通報，領用統一發票由國稅局另函通知。"),
])
def test_grants_to_businesses(lines: tuple[str, ...]) -> None:
    assert signs(*lines) == (True, False)


@pytest.mark.parametrize("lines", [
    ("經濟部商業發展署", "經授商字第11330012340號", "貴公司申請改選董事變更登記，准予登記。"),
    ("桃園市政府", "公司設立登記核准通知", "府經商行字第1149012345號", "所請公司設立登記，經核與規定相符。"),
    ("國家科學及技術委員會新竹科學園區管理局函", "竹商字第1130001234號", "主旨：核准雲海股份有限公司發行新股變更登記。"),
])
def test_grants_to_companies(lines: tuple[str, ...]) -> None:
    assert signs(*lines) == (False, True)


@pytest.mark.parametrize("lines", [
    ("財政部臺北國稅局　函", "財北國稅大安字第1130012345號", "主旨：貴公司申請稅籍登記核准，請查照。"),
    ("臺北市政府產業發展局函", "北市產業字第1130012345號", "主旨：貴公司申請補助案，准予補助。"),
    ("雲海股份有限公司", "雲字第1130012345號", "主旨：本公司業經核准變更登記。"),
    ("臺北市商業處", "商業登記抄本", "商號名稱：小滿烘焙坊", "核准設立日期：113年1月2日"),
    ("高雄市政府經濟發展局", "商業登記資料抄本", "商業統一編號", "高市經發商字第11163681011號", "獨資商號經核准設立登記"),
    ("臺北市地政局函", "北市地字第1130012345號", "主旨：土地登記申請，准予登記。"),
])
def test_other_letters(lines: tuple[str, ...]) -> None:
    assert signs(*lines) == (False, False)


def test_what_speaks_of_businesses_is_less_of_a_letter_to_a_company() -> None:
    letter = Sheet(page([(0.1, "屏東縣政府　函")], [(0.1, "主旨：所請商業設立登記，請補正。")]))
    assert (grants(business=True)(letter), grants(business=False)(letter) < 0) == (0.0, True)
