"""What approval letters of companies and of businesses share: the layout of an official letter (公文程式條例)."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.kind import Draft, Reader, Sketch
from extractors.readers.ink import Ink, Paper
from extractors.readers.labels import find_in, hits
from extractors.readers.letters import letter_no, number_goes_on
from extractors.readers.places import Beside, around
from extractors.readers.values import Found, Parser, day, entity

LABELS = ("受文者", "發文日期", "發文字號", "速別", "密等及解密條件", "附件", "主旨", "說明", "正本", "副本", "准予登記", "經核符合規定",
          "經核與規定相符", "請查照")
DATE = (around(("發文日期及字號", "發文日期"), day), Beside(("日期",), day, firm=False))
NUMBER = (around(("發文日期及字號", "發文字號"), letter_no, tail=number_goes_on), Beside(("字號", "文號"), letter_no, firm=False))
NEEDS = ("設立登記", "變更登記", "准予登記", "登記事項")
NEVER = ("不予登記", "應予駁回", "礙難照准", "限期補正")
_CHANGES = re.compile(r"改選|增資|減資|遷址|修正章程|發行新股|變更|補選|改派|轉讓|經理人|解任")


def business(ink: Ink) -> Found | None:
    """The name of a business: behind 即 where its owner is addressed (○○君即小滿烘焙坊), never the owner's own."""
    at = re.search(r"[君士]?即(?=[\u4e00-\u9fff]{2})|君[(（](?!負責|代表|統一)|^「", ink.text)
    start = at.end() if at else 0
    found = entity(ink.part(start, len(ink.text))) if start < len(ink.text) else None
    if found is None or re.search(r"[君鈞]$|先生$|女士$", str(found.value)):
        return None
    name = re.split(r"[」,、;()]", str(found.value))[0]
    return Found(name, start + found.start, start + found.start + len(name)) if len(name) > 1 else None


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
            lines = [hit.after, *(i for i in sheet.inks if hit.box.bottom - 0.2 * hit.box.height < i.box.top < end and i not in hit.inks)]
            return Ink.joined(lines[:4])
    return None


_NAMED = re.compile(r"「([^」]{2,30})」(?=商業|公司|設立)|(?:所請|設立)((?!登記)[\u4e00-\u9fff]{2,26}?)(?=設立登記|變更|[(（])")


def named(parse: Parser) -> Reader:
    """A name that the 主旨 or a list of what is registered gives: 名稱：小滿烘焙坊, 「小滿烘焙坊」商業設立登記,
    所請雲海資訊股份有限公司設立登記."""

    def read(paper: Paper) -> list[Draft]:
        drafts = [d for d in Beside(("名稱",), parse, firm=False)(paper) if d.value is not None]
        for ink in [i for i in (subject(paper),) if i is not None]:
            for m in _NAMED.finditer(ink.text):
                spot = ink.part(*m.span(1 if m[1] else 2))
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
        return []
    found = _registered(ink)
    if found is None:
        return [Draft(None, ink)]
    return [Draft(found.value, ink.part(found.start, found.end), witness="closed-list")]


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
    return [replace(d) for d in DATE[0](paper)] if kinds == ["設立"] else []


def founded_with_letter(sketch: Sketch) -> None:
    """The date of founding is the letter's own date: what vouches for the one vouches for the other."""
    if "org.founding_date" in sketch.drafts:
        for witness in sketch.vouched.get("reg.approval_date", set()):
            sketch.vouch(witness, "org.founding_date")
