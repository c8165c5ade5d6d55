"""Values beside labels that are known by what they mean rather than by their exact words (``families``)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from extractors.kind import Draft
from extractors.readers.ink import Ink, Paper, Sheet
from extractors.readers.labels import folded
from extractors.readers.places import Beside
from extractors.readers.spots import Tail
from extractors.readers.values import Parser

_DRESS = re.compile(r"^[\s※*＊·•●○□■◆◇▪▶➤★☆.。,，]*(?:[(（]?(?:[0-9]{1,2}|[一二三四五六七八九十壹貳參肆伍陸柒捌玖拾]{1,3})"
                    r"[)）、.．]\s*)?[【〔「\[『〈《]?")
_NOTES = re.compile(r"[(（\[〔][^()（）\[\]〔〕]*[)）\]〕]?|[\s】〕」』〉》*※]")
_MOST = 18
"""No label has more signs, notes and numerals with it."""


@lru_cache(maxsize=64)
def heads_of(sheet: Sheet) -> tuple[tuple[str, str], ...]:
    """What may be a label on a sheet: each stretch without figures, or what stands before a colon in it; as printed without numerals and
    brackets around it, and folded without the notes in it."""
    texts = [_head(i) for i in sheet.inks] + [ink.text for ink, _ in sheet.wide]
    out: dict[str, str] = {}
    for head in texts:
        body = head[_DRESS.match(head).end():] if _DRESS.match(head) else head  # type: ignore[union-attr]
        if not 2 <= len(body) <= _MOST or re.search("[0-9A-Za-z]", _NOTES.sub("", body)):
            continue
        stem = re.split(r"[(（\[〔】〕」』〉》]", body)[0].rstrip()
        out.setdefault(stem, folded(_NOTES.sub("", body)))
    return tuple((stem, said) for stem, said in out.items() if len(stem) >= 2)


def _head(ink: Ink) -> str:
    """What stands before the first colon, figure or wide gap of a stretch, bracketed notes kept whole."""
    m = _LEAD.match(ink.text)
    end = m.end() if m else 0
    for k in range(2, end):
        if ink.boxes[k].left - ink.boxes[k - 1].right > 0.2 * ink.em and ink.boxes[k - 1].left - ink.boxes[k - 2].right < 0.1 * ink.em:
            return ink.text[:k]
    return ink.text[:end]


_LEAD = re.compile(r"(?:[0-9]{1,2}[.、．)]|[(（\[【〔][^()（）\[\]【】〔〕]{0,12}[)）\]】〕]|[^0-9:A-Za-z])*")


@lru_cache(maxsize=256)
def _pattern(family: str) -> re.Pattern[str]:
    return re.compile(folded(family))


def labels_of(sheets: Sequence[Sheet], family: str) -> tuple[str, ...]:
    """The labels of the family on the sheets, as they are printed, in reading order."""
    pattern = _pattern(family)
    return tuple(dict.fromkeys(stem for s in sheets for stem, said in heads_of(s) if pattern.fullmatch(said)))


@dataclass(frozen=True)
class Worded:
    """The value beside, else below, a label of the ``family`` (a regular expression over the whole label, notes left out). ``sure`` False:
    the words may mean something else, so that they are no evidence of their own."""

    family: str
    parse: Parser
    whole: bool = True
    pages: int = 99
    tail: Tail | None = None
    sure: bool = True

    def __call__(self, paper: Paper) -> list[Draft]:
        labels = labels_of(paper.sheets[:self.pages], self.family)
        for below in (False, True) if labels else ():
            drafts = Beside(labels, self.parse, whole=self.whole, below=below, pages=self.pages, tail=self.tail, glued=False)(paper)
            if found := [d for d in drafts if d.value is not None]:
                return found if self.sure else [replace(d, labelled=False) for d in found]
        return []
