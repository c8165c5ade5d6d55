"""What approval letters of companies and of businesses share: the layout of an official letter (公文程式條例)."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.kind import Draft, Reader, Sketch
from extractors.readers.ink import Ink, Paper
from extractors.readers.labels import find_in, hits
from extractors.readers.letters import letter_no, number_goes_on
from extractors.readers.names import entity, has_suffix, person
from extractors.readers.places import Beside, Only, around, in_turn
from extractors.readers.values import Found, Parser, day, uniform_no
from extractors.standing import looks_like_person

LABELS = ("受文者", "發文日期", "發文字號", "速別", "密等及解密條件", "附件", "主旨", "說明", "正本", "副本", "准予登記", "經核符合規定",
          "經核與規定相符", "請查照")
NEEDS = ("設立登記", "變更登記", "准予登記", "登記事項", "應准登記", "准予變更", "准予設立")
NEVER = ("不予登記", "應予駁回", "礙難照准", "限期補正")
_BODY = re.compile(r"主旨|說明|茲據?|[一二]、|貴(?:公司|商號|行號)|關於|有關")
_SET = re.compile(r"^中華民國.{5,22}日$")
"""A line that is nothing but a date, at the head or the foot of a notice."""


def _heading(parse: Parser) -> Reader:
    """The value of its form in the head of the letter, above the text itself, where there is one only."""

    def read(paper: Paper) -> list[Draft]:
        sheet = paper.first
        foot = min((i.box.top for i in sheet.inks if _BODY.match(i.text)), default=0.5)
        drafts = [Draft(f.value, i.part(f.start, f.end), parse) for i in sheet.inks if i.box.bottom < foot + 0.3 * i.height
                  and (f := parse(i)) and not re.search("收文|申請|有效|期限|電話", i.text)]
        return drafts[:1] if drafts and all(d.value == drafts[0].value for d in drafts) else []

    return read


def _dated(ink: Ink) -> Found | None:
    return day(ink) if _SET.match("".join(ink.text.split())) else None


DATE = (in_turn(around(("發文日期及字號", "發文日期", "核發日期", "發照日期"), day), Only(_dated), _heading(day), Only(day)),
        Beside(("日期",), day, firm=False))
NUMBER = (in_turn(around(("發文日期及字號", "發文字號", "核准文號", "核發字號"), letter_no, tail=number_goes_on), _heading(letter_no),
                  Only(letter_no)), Beside(("字號", "文號"), letter_no, firm=False, tail=number_goes_on))
_CHANGES = re.compile(r"改選|增資|減資|遷址|修正章程|發行新股|變更|補選|改派|轉讓|經理人|解任")


def business(ink: Ink) -> Found | None:
    """The name of a business: behind 即 where its owner is addressed (○○君即小滿烘焙坊), never the owner's own."""
    at = re.search(r"[君士]?即(?=[\u4e00-\u9fff]{2})|君[(（]即?(?!負責|代表|統一|即)|^「", ink.text)
    start = at.end() if at else 0
    found = entity(ink.part(start, len(ink.text))) if start < len(ink.text) else None
    if found is None or re.search(r"[君鈞]$|先生$|女士$", str(found.value)):
        return None
    name = re.split(r"[」,、;。()]", str(found.value))[0]
    return Found(name, start + found.start, start + found.start + len(name)) if len(name) > 1 else None


def never_owner(reader: Reader) -> Reader:
    """The drafts of names; one without a firm's ending behind which the firm's name follows (陳○○ 君即小滿烘焙坊) gives way to that, and
    one behind which a person is addressed, or that the paper names as its responsible person, is none."""

    def read(paper: Paper) -> list[Draft]:
        return [d for draft in reader(paper) if (d := _firm(paper, draft)) is not None]

    return read


def _firm(paper: Paper, draft: Draft) -> Draft | None:
    name = draft.value
    if not isinstance(name, str) or has_suffix(name):
        return draft
    sheet = next(s for s in paper.sheets if s.number == draft.ink.page)
    later = next((i for i in sheet.row(draft.ink.box) if i.box.left >= draft.ink.box.right - 0.5 * draft.ink.em), None)
    if later is not None and re.match("君?即", later.text):
        whole = Ink.joined([draft.ink, later])
        found = business(whole)
        return replace(draft, value=found.value, ink=whole.part(found.start, found.end)) if found and found.value != name else None
    if later is not None and re.match("君|先生|女士", later.text):
        return None
    owners = (d.value for d in Beside(_OWNER, person)(paper))
    return None if name in owners or re.search(f"(?:負責人|代表人)[:：為]?{re.escape(name)}(?![\u4e00-\u9fff])", paper.text) else draft


def name_of_firm(sketch: Sketch) -> None:
    """A name that looks like a person's and has no word of a trade may be the owner's."""
    name = sketch.text("org.name")
    if name and looks_like_person(name) and not has_suffix(name):
        sketch.doubt("名稱沒有行號的字樣，可能是負責人的姓名，請核對", "org.name")


_OWNER = ("負責人姓名", "負責人", "代表人")


def subject(paper: Paper) -> Ink | None:
    """The 主旨 of the letter, all its lines, up to 說明."""
    for sheet in paper.sheets:
        for hit in hits(sheet, "主旨"):
            if hit.after is None:
                cell = next(iter(Beside(("主旨",), _all)(paper)), None)
                if cell is not None:
                    return cell.ink
                continue
            end = next((i.box.top for i in sheet.inks if i.box.top > hit.box.bottom and re.match(r"說明|依據|說\b", i.text)), 1.0)
            first = [i for i in sheet.row(hit.after.box) if i.box.left >= hit.after.box.right and i not in hit.inks]
            lines = [i for i in sheet.inks if hit.box.bottom - 0.2 * hit.box.height < i.box.top < end and i not in (*hit.inks, *first)]
            rows = sorted({round(i.box.top, 2) for i in lines})[:4]
            return Ink.joined([hit.after, *first, *(i for i in lines if round(i.box.top, 2) in rows)][:12])
    return None


_NUMBER = re.compile(r"統一編號[:：為係]{0,2}([0-9]{8})(?![0-9])")


def number_in_subject(paper: Paper) -> list[Draft]:
    """The 統一編號 that the 主旨 gives of the firm that the letter is about, also over a line's end."""
    ink = subject(paper)
    places = [k for k, c in enumerate(ink.text) if c != " "] if ink else []
    m = _NUMBER.search("".join(ink.text[k] for k in places)) if ink else None
    if ink is None or m is None:
        return []
    return [Draft(m[1], ink.part(places[m.start(1)], places[m.end(1) - 1] + 1), uniform_no, labelled=True)]


def _text(paper: Paper) -> Ink | None:
    """The 主旨; of a notice without one all lines of its first page."""
    return subject(paper) or (Ink.joined(paper.first.inks) if paper.first.inks else None)


_NAMED = re.compile(r"「([^」]{2,30})」(?=商業|公司|設立|變更|登記)|(?:所請|設立)((?!登記)[\u4e00-\u9fff]{2,26}?)(?=設立登記|變更|[(（])"
                    r"|^(?!貴|該|所請|臺端|核准)([\u4e00-\u9fff]{2,30}?(?:公司|商行|企業社|工作室|[行社店坊館廠鋪舖屋園號]))(?=[(（]|申請|申辦|聲請)")


def named(parse: Parser) -> Reader:
    """A name that the 主旨 or a list of what is registered gives: 名稱：小滿烘焙坊, 「小滿烘焙坊」商業設立登記,
    所請雲海資訊股份有限公司設立登記."""

    def read(paper: Paper) -> list[Draft]:
        drafts = [d for d in Beside(("名稱",), parse, firm=False)(paper) if d.value is not None]
        for ink in [i for i in (_text(paper),) if i is not None]:
            for m in _NAMED.finditer(ink.text):
                spot = ink.part(*m.span(next(k for k in (1, 2, 3) if m[k])))
                if found := parse(spot):
                    drafts.append(Draft(found.value, spot.part(found.start, found.end), parse, firm=False))
        return drafts

    return read


def _all(ink: Ink) -> Found | None:
    return Found(ink.text, 0, len(ink.text)) if len(ink.text) > 8 else None


def form_kind(paper: Paper) -> list[Draft]:
    """設立 or 變更: what the 主旨 says is registered."""
    ink = subject(paper)
    if ink is None:
        return _titled(paper)
    found = _registered(ink)
    if found is None:
        return [Draft(None, ink)]
    spot = ink.part(found.start, found.end)
    if len(spot.text) == 4 and not spot.boxes[0].same_row(spot.boxes[-1]):
        spot = spot.part(0, 2) if spot.boxes[0].same_row(spot.boxes[1]) else spot.part(0, 1)
    return [Draft(found.value, spot, witness="closed-list")]


_TITLED = re.compile(r"(設立|變更)登記.{0,3}(?:核准|通知|證明|准)")


def _titled(paper: Paper) -> list[Draft]:
    """設立 or 變更 in the heading of a notice; else what its text says alone."""
    for ink in paper.first.inks:
        if len(ink.text) <= 24 and (m := _TITLED.search(ink.text)):
            return [Draft(m[1], ink.part(*m.span(1)), witness="closed-list")]
    ink_all = _text(paper)
    found = _registered(ink_all) if ink_all else None
    return [Draft(found.value, ink_all.part(found.start, found.end))] if ink_all and found else []


def _registered(ink: Ink) -> Found | None:
    text = ink.text.split("隨函")[0].split("檢送")[0].split("檢附")[0]
    whole = ink.text if len(text) < 10 else text
    spots = [(word, s) for word in ("設立登記", "變更登記") if (s := find_in(whole, word))]
    if len(spots) == 1:
        word, spot = spots[0]
        return Found(word[:2], spot[0], spot[1])
    if not spots and "設立" in whole and not _CHANGES.search(whole):
        at = whole.index("設立")
        return Found("設立", at, at + 2)
    if not spots and "設立" not in whole and (m := _CHANGES.search(whole)):
        return Found("變更", m.start(), m.end())
    return None


def founding(paper: Paper) -> list[Draft]:
    """The date of founding: the letter's date, where it approves a 設立."""
    kinds = [d.value for d in form_kind(paper)]
    return [replace(d) for reader in DATE for d in reader(paper)] if kinds == ["設立"] else []


def founded_with_letter(sketch: Sketch) -> None:
    """The date of founding is the letter's own date: what vouches for the one vouches for the other."""
    if "org.founding_date" in sketch.drafts:
        for witness in sketch.vouched.get("reg.approval_date", set()):
            sketch.vouch(witness, "org.founding_date")
