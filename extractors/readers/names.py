"""Names out of ink: of persons, and of companies and businesses."""

from __future__ import annotations

import re

from extractors.readers.ink import Ink, is_han
from extractors.readers.values import Found
from extractors.readers.words import is_printed

_NOT_A_NAME = re.compile(
    r"資料|查詢|列印|印章|簽章|蓋章|姓名|名稱|負責人|代表人|統一編號|電話|地址|日期|身分證|董事|股東|登記|編號|職稱|阿拉伯|資本|金額|以下空白|空白|同上|如附|公司所在|郵遞|新[臺台]幣"
    r"|^(?:元|股|人|是|否|有|無|中文|外文|本人|文|章|印|年|月|日)$|出資|合夥人|機關|附件|速別|普通件|政府|公司|經濟部"
    r"|實收|變更|異動|[增減外投]資|增加|減少|營運|法人|代理|機構|組織|併購")


_NEXT = re.compile(r"[一二三四五六七八九十壹貳參肆伍陸柒捌玖拾]{1,2}$")
"""The numeral of the next item of a list, where a point follows it: 王小明三、出資額."""

_FORM_OF_FIRM = re.compile(r"(?:閉鎖性)?(?:股份|有限|無限|兩合)+")
"""What is left of a firm's form when the word for a company is cut off; nobody is called so."""


def person(ink: Ink) -> Found | None:
    """A person's name: two to six Chinese characters (more with a middle dot), or a Latin name; never a label or boilerplate."""
    text = ink.text
    if masked := re.match(r"[\u3400-\u9fff][O0○〇*＊●ＯXx]{1,2}[\u3400-\u9fff]?(?![\u3400-\u9fffA-Za-z0-9])", text):
        return Found(masked[0], 0, masked.end())
    m = re.match(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff][\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff·•‧・]{1,14}", text)
    if m is None:
        m = re.match(r"[A-Z][A-Za-z.,'\- ]{2,40}", text)
        return Found(m[0].strip(), 0, len(m[0].rstrip())) if m else None
    if is_printed(text) or is_printed(m[0]):
        return None
    stop = _NEXT.search(m[0]) if text[m.end():m.end() + 1] in ("、", ".", "．") else None
    stop = stop or _NOT_A_NAME.search(m[0])
    end = stop.start() if stop and stop.start() >= 2 else len(m[0])
    name = m[0][:end]
    if len(name) < 2 or _FORM_OF_FIRM.fullmatch(name) or _NOT_A_NAME.search(name) or (len(name) > 5 and not re.search(r"[·•‧・]", name)):
        return None
    return Found(name, 0, end)


_NAME_STOP = re.compile(r"統一編號|地址|電話|負[責貴賁貢]人|代表人|保險證號|計費年月|計費人數|投保人數|繳納期限|寬限期|印表日期|列印日期"
                        r"|電子地圖|Google|訂閱|登記現況|組織類型|所屬年月|稅籍編號|發文日期|發文字號|查詢區間|單位名稱|所在地|承辦人|代表公司"
                        r"|(?<=[\u4e00-\u9fff])[一二三四五六七八九十]{1,2}、|[(（](?:印|章|簽|統一|統編|原名|以下|保險|證號|負責|代表|[0-9]{8})|[:：]")
_BOILERPLATE = re.compile(r"保險費|收據聯|存根聯|存查聯|繳款|須知|查詢|申報|名冊|人數|備註|說明"
                          r"|正本相符|影本|辦理|應於|敬請|蓋用|專用章|發票|收據|品名|金額|總計|合計")
_NAME_BAD = re.compile(r"^[0-9\W_]+$|^[^0-9]{0,8}[0-9]{7,10}\W*$"
                       r"|^(?:中文|外文|文|名稱|全銜|先生|女士|君|收|鈞鑒|無|如正副本行文單位|如說明|同上)$")


def entity(ink: Ink) -> Found | None:
    """The name of a company or business: all that the ink says up to the next label."""
    text = ink.text
    start = len(text) - len(text.lstrip(" ,.:;、。-_—·*※"))
    m = re.search(r"(?:股份有限公司|有限公司|兩合公司|無限公司)(?:[\u4e00-\u9fff]{2,8}分公司)?", text[start:])
    end = start + m.end() if m else len(text)
    if m and (foreign := re.match(r"[\x20-\x7e]*[):](?=[\u4e00-\u9fff]{3})", text[start:end])):
        start += foreign.end()
    if m is None:
        stop = _NAME_STOP.search(text, start)
        end = stop.start() if stop else end
    name = text[start:end].strip(" ,.;、。_—*※(")
    if len(name) < 2 or is_printed(name) or is_printed(text):
        return None
    if _NAME_BAD.search(name) or _BOILERPLATE.search(name) or not (any(map(is_han, name)) or re.search(r"[A-Za-z]{3}",
            name)):
        return None
    return Found(name, start, start + len(name))


_SUFFIX = re.compile(r"公司|[行社店坊館廠所室舖鋪屋園院堂號軒莊閣苑]$|企業|商號|中心|工作室"
                     r"|商會|商店|小吃|工程|餐飲|超市|市場|事務所|協會|合作社")


def has_suffix(name: str) -> bool:
    """Whether a name ends as names of companies and businesses mostly do."""
    return _SUFFIX.search(name) is not None


NOT_TAIL = re.compile(r"[:：]|字第|文號|電話|日期|統一編號|資本|負責人|代表")
"""What stands in no second line of a name or an address."""


def company_goes_on(text: str, later: str) -> bool:
    """Whether a line below goes on with the name of a company that the line above begins."""
    return "公司" not in text and re.match(r"[\u4e00-\u9fff]{0,10}公司", later) is not None and NOT_TAIL.search(later) is None


def cut_form(name: str) -> bool:
    """Whether a name ends within a firm's form (股份有限): its end stands in the next line, or is lost."""
    return _CUT_FORM.search(name) is not None


_CUT_FORM = re.compile(r"(?:股份|股份有|有限|無限|兩合)公?$")


def form_goes_on(text: str, later: str) -> bool:
    """Whether a line below ends a firm's form that the line above begins: 某某股份有限, then 公司."""
    return (re.search(r"[股份有限無兩合公]$", text) is not None and NOT_TAIL.search(later) is None
            and re.search(r"(?:有限|無限|兩合)公司", text[-5:] + later[:6]) is not None and "公司" not in text)


def name_goes_on(text: str, later: str) -> bool:
    """Whether a line below goes on with the name of a company or business that the line above begins: 捷亨早, then 餐店."""
    if company_goes_on(text, later):
        return True
    body = "".join(later.split())
    if re.fullmatch("(?:企業/[社行])|工作/室", f"{text[-2:]}/{body}"):
        return True
    return (re.fullmatch(r"[\u4e00-\u9fff]{1,10}", body) is not None and re.search(r"[\u4e00-\u9fff]{2,}$", text) is not None
            and not has_suffix(text) and has_suffix(body) and not is_printed(body) and NOT_TAIL.search(body) is None)
