"""The words that papers print as labels, and the set answers to them: none of them is ever a name, and a value ends where one begins."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from extractors.readers import families
from extractors.readers.labels import folded


def _listed(sort: str) -> frozenset[str]:
    """The words of one sort (label, answer) in ``words.csv``."""
    rows = Path(__file__).with_name("words.csv").read_text(encoding="utf-8").split()[1:]
    return frozenset(folded(word) for word, _, kind in (row.partition(",") for row in rows) if kind == sort)


LABELS = _listed("label")
ANSWERS = _listed("answer")
"""What stands beside labels of statuses, choices and links."""

_DRESS = re.compile(r"^[(（]?(?:[0-9]{1,2}|[一二三四五六七八九十壹貳參肆伍陸柒捌玖拾]{1,3})[)）、.]"
                    r"|[\s:：;；※*＊·•●○□■◆◇。,，【】〔〕「」『』]|[(（][^()（）]*[)）]?")


def _any_of(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})+")


_LABELS, _NO_NAMES = _any_of(LABELS), _any_of(LABELS | ANSWERS)
_FAMILIES = re.compile(folded("|".join(f"(?:{f})" for f in families.ALL)))


@lru_cache(maxsize=20_000)
def is_label(text: str) -> bool:
    """Whether the text is nothing but a printed label, or several in a row; numerals, notes in brackets and colons do not count."""
    body = folded(_DRESS.sub("", text))
    return _LABELS.fullmatch(body) is not None or _FAMILIES.fullmatch(body) is not None


@lru_cache(maxsize=20_000)
def is_printed(text: str) -> bool:
    """Whether the text is nothing but labels and the set answers to them, so that it names nobody."""
    body = folded(_DRESS.sub("", text))
    return _NO_NAMES.fullmatch(body) is not None or _FAMILIES.fullmatch(body) is not None
