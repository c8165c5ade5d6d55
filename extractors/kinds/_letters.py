"""What approval letters of companies and of businesses share: the layout of an official letter (公文程式條例)."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.kind import Draft, Sketch
from extractors.readers.ink import Ink, Paper
from extractors.readers.labels import find_in, hits
from extractors.readers.places import Beside
from extractors.readers.values import Found, day, letter_no

LABELS = ("受文者", "發文日期", "發文字號", "速別", "密等及解密條件", "附件", "主旨", "說明", "正本", "副本", "准予登記", "經核符合規定",
          "經核與規定相符", "請查照")
DATE = (Beside(("發文日期",), day), Beside(("日期",), day, firm=False))
NUMBER = (Beside(("發文字號",), letter_no), Beside(("字號", "文號"), letter_no, firm=False))
NEEDS = ("設立登記", "變更登記", "准予登記", "登記事項")
NEVER = ("不予登記", "應予駁回", "礙難照准", "限期補正")
_CHANGES = re.compile(r"改選|增資|減資|遷址|修正章程|發行新股|變更|補選|改派|轉讓|經理人|解任")


def subject(paper: Paper) -> Ink | None:
    """The 主旨 of the letter, all its lines, up to 說明."""
    for sheet in paper.sheets:
        for hit in hits(sheet, "主旨"):
            if hit.after is None:
                continue
            end = next((i.box.top for i in sheet.inks if i.box.top > hit.box.bottom and re.match(r"說明|依據|說\b", i.text)), 1.0)
            lines = [hit.after, *(i for i in sheet.inks if hit.box.bottom - 0.2 * hit.box.height < i.box.top < end and i not in hit.inks)]
            return Ink.joined(lines[:4])
    return None


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
    spots = [(word, s) for word in ("設立登記", "變更登記") if (s := find_in(whole, word)) and s[2] == 0]
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
