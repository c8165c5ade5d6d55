"""What speaks on one page for one kind of paper: its titles, its labels, its signs, and the words that stand on no such paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from extractors.kind import Kind
from extractors.readers.ink import Sheet
from extractors.readers.labels import find_in, folded, likely, may_hold, signs, slips_allowed

TITLE = 5.0
LABEL = 1.0
AGAINST = 4.0
ENOUGH = 5.0
"""The least evidence that makes a page a paper of ours: a title and a label, or a good many labels."""

LABELS_AT_MOST = 6.0
LONG = 10
"""A title of so many signs that begins its line without a slip is one, however much follows it."""

SHORT = 6
"""Titles of so many signs are too short to be told by all but one of them."""


def evidence(sheet: Sheet, kind: Kind) -> tuple[float, bool]:
    """How much speaks for a kind on one page, and whether a title or a sign as strong as one is part of it."""
    text, run = _texts_of(sheet)
    if any(folded(w) in run for w in kind.never):
        return 0.0, False
    title = max((_title_weight(sheet, text, t) for t in kind.titles), default=0.0)
    labels = min(LABELS_AT_MOST, label_weight(sheet, kind))
    against = sum(AGAINST for word in kind.against if folded(word) in text)
    signs = sum(sign(sheet) for sign in kind.signs)
    if kind.needs and signs < TITLE and title + labels + signs - against >= ENOUGH and not _has_any(run, kind.needs):
        return 0.0, False
    if not title and signs < TITLE and _headed_otherwise(sheet):
        against += 2 * AGAINST
    return title + labels + signs - against, title > 0 or signs >= TITLE


_OTHER_PAPER = re.compile(
    r"[\u4e00-\u9fff]{2,24}(?:申請書|申請表|申報表|調整表|投保證明書?|切結書|委託書|委任書|授權書|契約書?|合約書?|同意書|聲明書|保證書|保固卡|許可證|登記證|執照|識別證|會員卡|診斷書"
    r"|訂購單|訂單|採購單|請購單|報價單|估價單|出貨單|送貨單|領料單|簽到[表單簿]|考勤表|出勤表|薪資[單條表]|薪資明細表?|履歷表|存證信函|住宿單|存摺|匯款單|公告)"
    r"(?:[及暨兼][\u4e00-\u9fff]{2,10})?")
"""Headings of everyday papers that are none of ours."""


@lru_cache(maxsize=64)
def _headed_otherwise(sheet: Sheet) -> bool:
    """Whether a page is headed as some other paper: no labels that it shares with one of ours make it that."""
    return any(i.box.top < 0.25 and _OTHER_PAPER.fullmatch(_MARKS.sub("", i.text)) for i in sheet.headings)


def label_weight(sheet: Sheet, kind: Kind) -> float:
    """What the labels of a kind that stand on the page weigh together."""
    return sum(LABEL for label in kind.labels if _stands_in(sheet, label))


@lru_cache(maxsize=64)
def _texts_of(sheet: Sheet) -> tuple[str, str]:
    """The folded text of a page, in its lines and in one: every kind asks for both."""
    text = folded(sheet.text)
    return text, text.replace("\n", "")


def _has_any(text: str, words: Sequence[str]) -> bool:
    """Whether one of the words stands in the text, also misread."""
    return any(folded(w) in text for w in words) or any(find_in(text, w) for w in words)


def _stands_in(sheet: Sheet, label: str) -> bool:
    wanted = folded(label)
    text, run = _texts_of(sheet)
    if wanted in text or len(label) < 4:
        return wanted in text
    if wanted in run:
        return True
    return may_hold(text, label) and any(find_in(i.text, label) for i in likely(sheet, label) if len(i.text) <= 2 * len(label) + 6)


_FOR_A_SEAL = re.compile("專用章|章|蓋")
"""What follows a title that only says, behind other words, which seal belongs somewhere; an invoice has a box for its own."""

_WHAT_FOR = re.compile(r"[\u4e00-\u9fff]{0,6}(?:證|卡|簿|申請[書表]|須知|辦法|要點|委託書|切結書)$")
"""What behind a title makes it another paper's, which is about the one that the title names: 統一發票購票證."""

_LISTED = re.compile(r"[\u4e00-\u9fff]{0,6}(?:明細表?|彙總表|清冊|清單|登記表|統計表|一覽表|封面|樣張)")
"""What behind the title of a sale's paper makes it a list of such papers."""

_NOT = re.compile(r"(?:非|不是|並非|不等於|不得作為|不能作為|不可作為|無法作為|不得替代|不能代替|不能替代)(?:正式)?$")
"""What right before a title says that the paper is none such: 船票購票證明（非統一發票）."""

_MARKS = re.compile(r"[()\s:_]")


@lru_cache(maxsize=64)
def _titles_of(sheet: Sheet) -> tuple[tuple[str, frozenset[str]], ...]:
    """What may be a heading, also set letter by letter, without marks, with the characters in it; each text once."""
    spread = (ink for ink, run in sheet.wide if len(run) > 3)
    told = dict.fromkeys(_MARKS.sub("", ink.text) for ink in (*sheet.headings, *spread))
    return tuple((line, signs(folded(line))) for line in told)


def _title_weight(sheet: Sheet, text: str, title: str) -> float:
    """TITLE for a title in a short line; less where it is only part of a sentence, or misread: a short one may be other words, and the last
    sign says what sort of paper it is (登記 is no 登記表, 經濟部中 no 經濟部函)."""
    wanted = folded(title)
    best = 0.0
    letters, allowed = signs(wanted), slips_allowed(title)
    for line, there in _titles_of(sheet) if may_hold(text, title) else ():
        if not len(title) - 2 <= len(line) <= len(title) + 22 or len(letters - there) > allowed:
            continue
        spot = find_in(line, title)
        if spot is None or (spot[0] and _FOR_A_SEAL.match(line[spot[1]:]) and not line.startswith("營業人")):
            continue
        behind = line[spot[1]:]
        if _NOT.search(line[:spot[0]]):
            continue
        if _WHAT_FOR.fullmatch(behind) or (title.endswith(("發票", "收據")) and _LISTED.fullmatch(behind)):
            continue
        unmistakable = len(title) >= LONG and spot[0] == spot[2] == 0
        alone = (unmistakable or len(line) <= len(title) + 12) and not re.search("[,;。，；]", line)
        whole = not spot[2] or folded(line[spot[1] - 1]) == wanted[-1]
        slip = 2.0 if len(title) <= SHORT else 0.5
        best = max(best, (1.0 if whole else 0.5) * ((TITLE if alone else 0.6 * TITLE) - slip * spot[2]))
    if not best and wanted in _texts_of(sheet)[1]:
        best = 0.4 * TITLE
    return best
