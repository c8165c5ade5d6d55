"""Finding printed labels: tolerant of OCR slips, of justified spacing, of Simplified or variant glyphs and of line breaks.

Folding is for comparing labels only; no value is ever folded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from domain.document import OCR, Box
from extractors.readers.ink import Ink, Sheet, is_han

_PAIRS = (
    "台臺证證占佔布佈发發统統编編号號码碼联聯电電负負责責费費额額颜額税稅险險缴繳单單称稱业業营營计計总總买買卖賣员員数數务務劳勞动動会會"
    "据據项項种種价價备備帐帳纳納银銀货貨讫訖经經办辦书書华華国國录錄现現况況状狀资資产產産產查查査查减減内內为為爲為变變变變东東东東"
    "设設设設册冊记記记記记記时時门門间間开開关關实實实實报報执執对對应應当當义義万萬与與业業专專类類级級组組织織给給给給结結绩績维維网網"
    "长長張张处處机機构構权權来來来來车車转轉轮輪输輸达達选選进進远遠连連违違还還适適里裡过過这這边邊运運办辦农農决決净淨凭憑"
    "别別則则创創删刪制製历歷压壓参參双雙号號听聽吴吳员員园園图圖团團场場坏壞块塊声聲处處备備夹夾头頭奖獎妇婦学學宁寧审審宽寬对對"
    "导導届屆属屬岁歲帮幫幣币广廣库庫应應庆慶异異张張归歸录錄彻徹径徑恒恆态態怀懷总總恳懇戶户扣扣执執扩擴担擔择擇挡擋换換损損掛挂"
    "搜搜携攜断斷旧舊显顯晋晉术術机機杂雜权權条條板板极極检檢楼樓标標栏欄样樣档檔欠欠残殘毕畢气氣汇匯没沒济濟浅淺测測涉涉满滿灭滅"
    "点點热熱爱愛环環现現画畫畅暢疗療监監盖蓋离離种種积積称稱稳穩穷窮竞競笔筆筹籌签簽簿簿类類粮糧系係纪紀约約纸紙线線练練组組细細终終"
    "绍紹绝絕统統继繼续續缓緩编編罚罰职職联聯聘聘肃肅胜勝脑腦艺藝节節药藥获獲落落蓝藍虽雖虑慮补補表表装裝规規视視览覽订訂认認让讓议議"
    "讯訊许許论論证證评評识識诉訴词詞译譯试試话話询詢该該详詳语語说說请請诸諸课課调調谢謝负負财財败敗账帳货貨质質贩販贯貫购購贵貴贷貸"
    "贸貿费費贺賀资資赋賦赔賠赖賴赚賺赛賽赞贊车車轻輕载載较較辅輔边邊迁遷过過迟遲适適选選递遞逻邏遗遺邮郵邻鄰释釋钟鐘钱錢铁鐵销銷锁鎖"
    "错錯键鍵锦錦镇鎮长長闭閉问問闰閏闲閒队隊阳陽阶階际際陆陸陈陳险險随隨难難雇僱静靜项項顺順须須预預领領频頻题題额額风風飞飛馆館"
    "驗验騎骑驻駐齐齊龄齡")
"""Glyphs that count as one when labels are compared: each pair is variant, then the form it counts as. Reversed or repeated pairs
do no harm, since both sides of every comparison are folded."""

_FOLD = {a: b for a, b in zip(_PAIRS[::2], _PAIRS[1::2], strict=True) if a != b}
_FOLD |= dict.fromkeys("領頒顆頭", "額")
_FOLD |= {"子": "予", "冊": "冊", "册": "冊", "末": "未", "巳": "已", "己": "已", "曰": "日", "薑": "董"}
_TABLE = str.maketrans({a: _FOLD.get(b, b) for a, b in _FOLD.items()})


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """``text`` with variant glyphs as one; the same length."""
    return text.translate(_TABLE)


OPPOSITES = (("買", "賣"), ("銷", "進"), ("前", "後"), ("繳", "退"), ("發", "收"), ("表", "理"), ("本", "產"), ("投", "退"), ("加", "退"))
"""Characters that tell opposite labels apart: one of them in the place of the other is no slip of the engine but another
label (買方 beside 賣方, 變更前 beside 變更後)."""


def _opposite(window: str, label: str) -> bool:
    return any((a in label and b in window and b not in label) or (b in label and a in window and a not in label) for a, b in OPPOSITES)


@lru_cache(maxsize=20_000)
def signs(text: str) -> frozenset[str]:
    """The characters of a text, each once."""
    return frozenset(text)


def slips_allowed(label: str) -> int:
    """How many characters of a label may be misread: none of up to three, one of up to seven, two beyond."""
    return 0 if len(label) <= 3 else 1 if len(label) <= 7 else 2


@lru_cache(maxsize=20_000)
def _sought(label: str) -> tuple[str, frozenset[str], int]:
    """A label folded, its characters, and how many of them may be misread."""
    return folded(label), signs(folded(label)), slips_allowed(label)


def find_in(text: str, label: str) -> tuple[int, int, int] | None:
    """Where ``label`` stands in ``text`` (start, end, slips), the best place first; None where it does not. Both may be unfolded."""
    wanted, letters, allowed = _sought(label)
    said = folded(text)
    at = said.find(wanted)
    if at >= 0:
        return at, at + len(label), 0
    if not allowed or len(said) < len(wanted) - allowed or len(letters - signs(said)) > allowed:
        return None
    return _fuzzy(said, wanted, allowed)


def may_hold(text: str, label: str) -> bool:
    """Whether the text has enough of the label's characters, in any order, for ``find_in`` to find it there. Cheap, for sifting."""
    _, letters, allowed = _sought(label)
    return len(letters - signs(folded(text))) <= allowed


def _fuzzy(text: str, label: str, allowed: int) -> tuple[int, int, int] | None:
    n = len(label)
    best: tuple[int, int, int] | None = None
    for start in range(max(1, len(text) - n + allowed + 1)):
        for size in (n, n - 1, n + 1) if n > 4 else (n,):
            if size < 1 or start + size > len(text) or (best and best[2] <= abs(size - n)):
                continue
            window = text[start:start + size]
            if (window[0] != label[0] and window[-1] != label[-1]) or (window[-1].isascii() and not label[-1].isascii()):
                continue
            slips = distance(window, label, allowed)
            if slips <= allowed and not _opposite(window, label) and (best is None or slips < best[2]):
                best = (start, start + size, slips)
    return best


def distance(a: str, b: str, limit: int = 99) -> int:
    """The edit distance of two short strings; anything above ``limit`` may be returned as limit + 1."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    if len(a) == len(b):
        swaps = sum(x != y for x, y in zip(a, b, strict=True))
        if swaps <= 1:
            return swaps
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
        if min(row) > limit:
            return limit + 1
    return row[-1]


@dataclass(frozen=True)
class Hit:
    """A label found on a sheet. ``after`` is the ink behind it in its own line, if any; ``glued`` tells that words follow the label
    without a colon or a gap, so that it may be no label but part of a sentence."""

    label: str
    sheet: Sheet
    box: Box
    slips: int
    after: Ink | None
    inks: tuple[Ink, ...]
    glued: bool = False


_TERM = r"(?:\([0-9]{1,2}\)|[①-⑳])"
_NOTE = re.compile(rf"^\s*[】〕」』〉》]?\s*(?:{_TERM}(?:\s*[-+＋－−–—]\s*{_TERM})+\s*$)?"
                   r"\s*(?:\((?:[^()0-9]|[0-9](?![0-9]{2}))*\)?|\[[^\]]*\]|[※*])*\s*[:;=]*\s*[-—–_]{0,2}\s*")
"""What may stand between a label and its value: notes in brackets, of which rows it is the sum where the line ends with that, marks."""


_PREFIX = re.compile(r"[一二三四五六七八九十]{1,3}|[本當](?:月|期|次)|應|[本貴該]?(?:商業|公司|商號|行號|單位)|營業人"
                     r"|營利事業|廠商|事業|(?:配賦|編配|核給|核發|賦予)之?")
_OTHERS = re.compile(r"[原前舊母分子預]$|扣繳|原(?!始)|[前次]次|前任|舊|(?:變更|異動|改[組選]|[增減]資|遷[入移址])前"
                     r"|[母子分]公司|總(?:公司|機構|行)|被|法人|代理|預查|收文|來文|簽證|事務所|實際|聯[絡繫]|通訊|郵寄|寄送"
                     r"|戶籍|工廠|[(（]或|(?<!勞)健保|勞退|提繳|退休金|職災|職保|(?<![及、])就[業保]|上[期月次]|前月|逾期|外籍|眷屬|累計|[加退]保|全年|去年|合併|承印|平[台臺]業|物流|加盟主|會員|送貨|訂[購貨]|製造|有效|出貨")
"""Words before a label that make it another one: the value of before, of another firm, of another letter, of another insurance."""


def _starts_well(before: str, label: str) -> bool:
    """Whether a label may begin here: at the start, after punctuation, digits, a numeral (十一、) or a word such as 本月; a long label
    also after one stray glyph, since ※ is often misread."""
    if not before or not (is_han(before[-1]) or before[-1].isalpha()):
        return True
    before = _last_word(before) or before
    return _PREFIX.fullmatch(before) is not None or (len(before) == 1 and len(label) >= 5 and not _anothers(before, label))


def _last_word(text: str) -> str:
    """The Chinese characters with which a text ends."""
    return text[next((k for k in range(len(text), 0, -1) if not is_han(text[k - 1])), 0):]


def _anothers(before: str, label: str) -> bool:
    """Whether the words before a label make it another one, with its own first two signs where these belong to them (總 before 公司…)."""
    return _OTHERS.search(before) is not None or _OTHERS.search(before[-1:] + label[:2]) is not None


def hits(sheet: Sheet, label: str, unless_after: Sequence[str] = ()) -> list[Hit]:
    """Every place of ``label`` on the sheet; exact ones alone where there are any. Labels broken over two lines or set wide apart are
    put together first."""
    return _found(sheet, label, tuple(unless_after)) if may_hold(sheet.text, label) or label in SET_WIDE else []


@lru_cache(maxsize=64)
def _letters_of(sheet: Sheet) -> tuple[tuple[Ink, str, frozenset[str]], ...]:
    """Every stretch of ink with its text folded and the characters in it."""
    return tuple((ink, folded(ink.text), signs(folded(ink.text))) for ink in sheet.inks)


def likely(sheet: Sheet, label: str) -> list[Ink]:
    """The stretches that have enough of a label's characters, as ``may_hold`` says of each."""
    _, letters, allowed = _sought(label)
    return [ink for ink, _, there in _letters_of(sheet) if len(letters - there) <= allowed]


@lru_cache(maxsize=256)
def _found(sheet: Sheet, label: str, unless_after: tuple[str, ...]) -> list[Hit]:
    """What ``hits`` gives; kept, since several readers ask for the same label of a sheet."""
    probable = likely(sheet, label)
    found = [h for ink in probable for h in _hits_in(sheet, ink, (ink,), label, unless_after)]
    if not any(h.slips == 0 and not h.glued for h in found):
        broken = ((Ink.joined(inks), inks) for inks in _pairs(sheet, label))
        found += [h for ink, inks in (*broken, *sheet.wide) for h in _hits_in(sheet, ink, inks, label, unless_after)]
    if not found and len(label) >= 5:
        found = [h for ink in probable for h in _hits_in(sheet, ink, (ink,), label, unless_after, loose=True)]
    if not found and label in SET_WIDE:
        runs = [tuple(i for i in run if len(i.text) == 1 and i.confidence >= LEGIBLE) for run in sheet.spread]
        found = [Hit(label, sheet, Box.around(i.box for i in run), 1, None, run) for run in runs if _lacks_one(run, label)]
    least = min((h.slips for h in found), default=0)
    return [h for h in found if h.slips == least or least > 0]


SET_WIDE = ("負責人", "代表人", "資本額", "所在地", "買受人", "出資額")
"""Labels of three signs that are told by two of them where each stands apart, as forms set them: no other label is so."""


LEGIBLE = 0.5
"""The engine's score below which a lone sign is dirt."""


def _lacks_one(run: Sequence[Ink], label: str) -> bool:
    """Whether an engine lost one sign of a label set wide: the two others stand apart in their order."""
    signs_read = folded("".join(i.text for i in run))
    goal = folded(label)
    apart = len(run) == 2 and run[1].box.left - run[0].box.right > 0.8 * run[0].em
    return apart and all(i.source == OCR and len(i.text) == 1 for i in run) and signs_read in (goal[:2], goal[1:], goal[0] + goal[2])


_PARTY = re.compile(r"(?:法人|買受人|買方|賣方|營業人|商業|公司|身分證|居留證|投保單位|應|總|實收|實繳|已收|已繳|變更前)$")


def _hits_in(sheet: Sheet, ink: Ink, parts: tuple[Ink, ...], label: str, unless_after: Sequence[str], loose: bool = False) -> list[Hit]:
    """``loose``: words before the label are taken for misread ones, where the label ends its line."""
    out = []
    offset = 0
    text = ink.text
    while offset < len(text) and (spot := find_in(text[offset:], label)):
        start, end = spot[0] + offset, spot[1] + offset
        offset = end
        rest = text[end:]
        noted = _NOTED.search(text[:start])
        if noted and _anothers(_last_word(text[:noted.start()]), label):
            continue
        midline = spot[2] == 0 and rest.startswith(":") and (len(label) >= 4 or _apart(ink, start)) and not (
            _PARTY.search(text[:start]) or _anothers(_last_word(text[:start]), label))
        if not (_starts_well(text[:start], label) or midline or (loose and not rest.strip(" :()")
                                                      and not _anothers(text[:start], label))) or any(rest.startswith(w)
                                                              or folded(rest).startswith(folded(w)) for w in unless_after):
            continue
        note = _NOTE.match(rest)
        begin = end + (note.end() if note else 0)
        after = ink.part(begin, len(text)) if text[begin:].strip() else None
        glued = after is not None and begin == end and is_han(text[end]) and len(parts) == 1 and not _spaced(ink, start, end)
        out.append(Hit(label, sheet, ink.part(start, end).box, spot[2], after, parts, glued))
    return out


_NOTED = re.compile(r"[(（][^()（）]{1,14}[)）]$")
"""A note behind the words that stand before a label: 上月(115年4月)投保人數."""


def _apart(ink: Ink, at: int) -> bool:
    """Whether a gap stands before the character at ``at``."""
    return at > 0 and ink.boxes[at].left - ink.boxes[at - 1].right > 0.6 * ink.em


def _spaced(ink: Ink, start: int, end: int) -> bool:
    """Whether a blank stands between a label and what follows it, wider than any between the label's own characters."""
    gaps = [b.left - a.right for a, b in zip(ink.boxes[start:end], ink.boxes[start + 1:end + 1], strict=True)]
    return gaps[-1] > 0.2 * ink.em and gaps[-1] > 2 * max(gaps[:-1], default=0.0)


def _pairs(sheet: Sheet, label: str) -> list[tuple[Ink, ...]]:
    """Two or three neighbouring stretches that may hold a broken label: the first begins as the label does and ends within it."""
    out: list[tuple[Ink, ...]] = []
    goal = folded(label)
    for ink, stem, _ in _letters_of(sheet):
        if not 0 < len(stem) < len(label) + 8 or goal[0] not in stem:
            continue
        kept = next((k for k in range(min(len(goal) - 1, len(stem)), 0, -1) if stem.endswith(goal[:k])), 0)
        if not kept or not _starts_well(stem[:-kept], label):
            continue
        rest = goal[kept:]
        for other, text, _ in _letters_of(sheet):
            if other is not ink and text.startswith(rest) and _adjoins(ink, other):
                out.append((ink, other))
    return out


def _adjoins(a: Ink, b: Ink) -> bool:
    """Whether ``b`` continues ``a``: beside it within three characters, or right below it."""
    h = a.height
    if a.box.same_row(b.box) and -0.3 * a.em <= b.box.left - a.box.right < 6 * a.em:
        return True
    below = b.box.top - a.box.bottom
    return -0.4 * h < below < 0.8 * h and (abs(a.box.left - b.box.left) < 2 * a.em or a.box.same_column(b.box, 0.6))
