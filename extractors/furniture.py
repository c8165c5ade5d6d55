"""What a page says of its own printing, sending and receipt: the head and the foot that a browser or a mail program prints, the line of a
fax, 列印日期 and its like, the stamp of an office that received the paper. None of it is a value of the paper, but the day of its printing
where a kind asks for that.

A head or a foot is known by its place (the uppermost and the lowest rows of the page) together with its form: an address of a page, a
page number, a time of day beside a day, the words of a fax. One of these alone is not enough where slips and papers print it too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.readers.ink import Ink, Sheet

SLIP = 0.6
"""A page whose width is less than this share of its height is a slip, on which the day and the time of a sale may stand at either end."""

LONGEST = 26
"""So many signs at most a day with its time, a number or a name has."""

BAND = 0.07
"""The share of the page's ink, at either end, in which the rows of a head or a foot lie."""

_DAY = re.compile(r"(?<![0-9])(?:[0-9]{2,4}[./\-,:·][0-9]{1,2}[./\-,:·][0-9]{1,2}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}"
                  r"|[0-9]{2,4}年[0-9]{1,2}月[0-9]{1,2}日)|[A-Z]{3,9}[-. ]?[0-9]{1,2}[-., ]+[0-9]{4}")
_DAY_LABEL = re.compile(r"(?:日期?|期|時間|年月日|於|自|至|迄|[Dd]ate|DATE)\s*[:：]?$")
_LABEL = re.compile(r"[\u4e00-\u9fff()（）]{2,12}[:：]")
_TIME = re.compile(r"[0-9]{1,2}[:：][0-9]{2}(?![0-9])|[0-9]{1,2}時[0-9]{1,2}分|[上下]午")
_URL = re.compile(r"(?:https?|file|ftp):|www\.|[a-z0-9\-]{2,}\.(?:com|gov|org|net|edu|idv)(?:\.tw)?(?:/|$)|about:blank"
                  r"|\.(?:x[lI1i]sx?|docx?|odt|ods|pdf|csv|html?|txt|jpe?g|png|tiff?)$", re.IGNORECASE)
"""The address of a page, or the name of a file."""

_COUNTER = re.compile(r"-?(?:[0-9]{1,3}\s*(?:[/／]|of|的|之)\s*[0-9]{1,3}|第\s*[0-9]{1,3}\s*頁.{0,8}|(?:Page|P)[. ]*[0-9]{1,3}.{0,8})-?",
                      re.IGNORECASE)
_FAX = re.compile(r"FR[O0]M|FAX|傳真|TEL[:.]|(?<![0-9])0[0-9]{1,2}[- ][0-9]{6,8}(?![0-9])|(?:^|\s)P[. ]*0?[0-9]{1,3}(?:/[0-9]{1,3})?$",
                  re.IGNORECASE)

_SENDER = re.compile(r"(?:寄件[者人]|寄信人|發件人|發信人|From)\s*(?:[:：]|$)", re.IGNORECASE)
_MAIL = re.compile(r"(?:寄件[者人]|寄信人|發件人|發信人|收件[者人]|收信人|密件副本|副本|主旨|主題"
                   r"|(?:寄件|寄送|傳送|發送|收件)?(?:日期|時間)|傳送|附件|回覆|重要性"
                   r"|From|To|Cc|Bcc|Sent|Date|Subject|Attachments?|Reply-To)\s*(?:[:：].*|$)", re.IGNORECASE)
_LETTERS = re.compile(r"[0-9]{1,3}\s?封(?:電子)?(?:郵件|信件?)|[0-9]{1,3} messages?")
_ADDRESSED = re.compile(r"<[^<>\s]+@[^<>\s]+>")

_PRINTED = re.compile(
    r"(?:資料|本表|報表|網頁|檔案|文件)?(?:列印|印表|印製|製表|查詢|下載|產製|產生|產出|匯出|輸出|存檔|傳送|寄送|傳真|收文|收件|到文|簽收)"
    r"之?(?:日期(?:時間)?|時間|日|年月日|人員?|者|序號|編號|流水號|單號|號碼?|文號|代碼)\s*(?:[:：]|(?=[0-9]|$))")
_STAMP = re.compile(r"(?:總)?收(?:文|件)章?|簽收|到文|收發(?:章|室)?|來文|(?:現金)?[收付驗]訖章?")
_STAMPED = re.compile(r"(?:中華民國|民國)?[0-9]{2,4}[.年/\- ]+[0-9]{1,2}[.月/\- ]+[0-9]{1,2}日?(?:收文|收件|到文)?"
                      r"|(?:總?收文)?字?第?[0-9]{5,12}號")


def without(sheet: Sheet, *, keep_printed: bool) -> Sheet:
    """The sheet without its furniture; the sheet itself where it has none. ``keep_printed``: the day of its printing is asked for."""
    rows = _rows(sheet)
    gone = [*_mail(rows)]
    if not keep_printed:
        gone += [*_margins(sheet, rows), *_labelled(sheet), *_stamps(sheet)]
    return sheet.without(gone) if gone else sheet


def _rows(sheet: Sheet) -> list[list[Ink]]:
    """The rows of the page from the top, each from the left."""
    rows: list[list[Ink]] = []
    for ink in sheet.inks:
        if rows and rows[-1][0].box.same_row(ink.box):
            rows[-1].append(ink)
        else:
            rows.append([ink])
    return [sorted(row, key=lambda i: i.box.left) for row in rows]


def _margins(sheet: Sheet, rows: Sequence[Sequence[Ink]]) -> Iterator[Ink]:
    """The ink of the rows at either end of the page that a browser, a mail program or a fax put there."""
    if not rows:
        return
    top, bottom = min(i.box.top for i in sheet.inks), max(i.box.bottom for i in sheet.inks)
    band = BAND * (bottom - top)
    head = [row for row in rows if row is rows[0] or all(i.box.bottom < top + band for i in row)]
    foot = [row for row in rows[1:] if row is rows[-1] or all(i.box.top > bottom - band for i in row)]
    both = [i for row in (*head, *foot) for i in row]
    web, counted = any(_URL.search(i.text) for i in both), any(_COUNTER.fullmatch(i.text) for i in both)
    slip = sheet.page.width < SLIP * sheet.page.height or sheet.region is not None
    for row in (*head, *foot):
        text = " ".join(i.text for i in row)
        dated = next((i for k, i in enumerate(row) if _bare_day(row, k)), None)
        marked = _URL.search(text) or any(_COUNTER.fullmatch(i.text) for i in row)
        if dated is None:
            ours = marked and web
        elif _FAX.search(text) or (_TIME.search(text) and (web or not slip)):
            ours = True
        elif web:
            ours = bool(marked) or row in (rows[0], rows[-1])
        else:
            ours = counted and not slip and all(_DAY.fullmatch(i.text) or _COUNTER.fullmatch(i.text) for i in row)
        if ours:
            yield from (i for i in row if i is dated or _URL.search(i.text) or _COUNTER.fullmatch(i.text) or not _LABEL.match(i.text))


def _bare_day(row: Sequence[Ink], k: int) -> bool:
    """Whether a stretch of a row holds a day before which no word says what day it is."""
    m = _DAY.search(row[k].text)
    if m is None:
        return False
    before = row[k].text[:m.start()].strip() or (row[k - 1].text if k else "")
    return _DAY_LABEL.search(before) is None


def _mail(rows: Sequence[Sequence[Ink]]) -> Iterator[Ink]:
    """The head of a letter as a mail program prints it: rows that begin with its words, one of which names the sender; and the line with
    the sender's address and the time."""
    for at, row in enumerate(rows):
        if _SENDER.match(row[0].text):
            first = last = at
            while first and _MAIL.match(rows[first - 1][0].text):
                first -= 1
            while last + 1 < len(rows) and _MAIL.match(rows[last + 1][0].text):
                last += 1
            if last > first:
                yield from (i for r in rows[first:last + 1] for i in r)
        elif any(_ADDRESSED.search(i.text) for i in row) and any(_DAY.search(i.text) for i in row):
            yield from row
            if at + 1 < len(rows) and _MAIL.match(rows[at + 1][0].text):
                yield from rows[at + 1]
            if at > 1 and _LETTERS.fullmatch(rows[at - 1][0].text):
                yield from (*rows[at - 1], *rows[at - 2])


def _labelled(sheet: Sheet) -> Iterator[Ink]:
    """What stands by 列印日期, 查詢時間, 收文日期 and their like: behind them, right of them, else under them."""
    for ink in sheet.inks:
        m = _PRINTED.match(ink.text)
        if m is None:
            continue
        if ink.text[m.end():].strip():
            if len(ink.text) - m.end() <= LONGEST and not _LABEL.search(ink.text[m.end():]):
                yield ink
            continue
        yield ink
        right = [i for i in sheet.row(ink.box) if i.box.left >= ink.box.right - 0.005]
        if right and right[0].box.left - ink.box.right < 0.25:
            yield from (i for i in right[:2] if i is right[0] or _TIME.match(i.text))
            continue
        yield from [i for i in sheet.inks if 0 < i.box.centre[1] - ink.box.centre[1] < 2.2 * ink.height and i.box.left < ink.box.right
                    and i.box.right > ink.box.left and re.match("[0-9民]", i.text)][:1]


def _stamps(sheet: Sheet) -> Iterator[Ink]:
    """The day and the number in the stamp of an office that received the paper, above or below its word."""
    for ink in sheet.inks:
        text = "".join(ink.text.split())
        if _STAMPED.fullmatch(text) and text.endswith(("文", "件")):
            yield ink
        if not _STAMP.fullmatch(text):
            continue
        yield ink
        near = [i for i in sheet.inks if i is not ink and abs(i.box.centre[1] - ink.box.centre[1]) < 5 * ink.height
                and i.box.left < ink.box.right + ink.em and i.box.right > ink.box.left - ink.em]
        yield from (i for i in near if _STAMPED.fullmatch("".join(i.text.split())))
