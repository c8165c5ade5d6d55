"""Numbers that break their own rule, put right by the next best reading of their characters.

A number so mended has used up its rule: it is never evidence for itself, and a person must look at it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from domain.document import TEXT_LAYER
from domain.taiwan import ubn
from domain.vocabulary import term
from extractors.kind import Sketch
from extractors.readers.ink import Ink

FIRMS = ("org.name", "ins.unit_name", "inv.seller_name")
TRADES = tuple(sorted(Path(__file__).with_name("trades.csv").read_text(encoding="utf-8").split()[1:], key=len, reverse=True))
"""Words of trades, and of the forms of firms, that names of firms are made of; longer ones first."""

_POOR, _LONG = 0.9, 3
"""The engine's score of a sign below which it may be another one; how many signs make a word that one wrong sign does not hide."""

NAME_SENTENCE = "名稱有字看不清楚，依字形與常用詞推定為「{}」，請核對"
_DOUBTFUL = 0.97
"""The engine's score of a character below which it may be another one."""
SENTENCE = "檢查碼不符，已依字形推定為「{}」，請核對"


def mend(sketch: Sketch) -> None:
    """Put right each 統一編號 that fails its check, where nothing else on the paper gives one that holds it."""
    for name, drafts in sketch.drafts.items():
        if term(name).type != "digits8" or any(d.witness == "qr" or (isinstance(d.value, str) and ubn.is_valid(d.value)) for d in drafts):
            continue
        for i, draft in enumerate(drafts):
            value = likeliest(draft.ink, ubn.is_valid) if isinstance(draft.value, str) and draft.ink.source != TEXT_LAYER else None
            if value is not None:
                drafts[i] = replace(draft, value=value)
                sketch.doubt(SENTENCE.format(value), name)
                break


def mend_names(sketch: Sketch) -> None:
    """Put right a hardly legible sign of a firm's name that makes a trade's word (顧間 → 顧問), and say so to the person who looks."""
    for name in FIRMS:
        for i, draft in enumerate(sketch.drafts.get(name, ())):
            if isinstance(draft.value, str) and draft.value == draft.ink.text and draft.ink.source != TEXT_LAYER:
                value = as_trade(draft.ink)
                if value != draft.value:
                    sketch.drafts[name][i] = replace(draft, value=value)
                    sketch.doubt(NAME_SENTENCE.format(value), name)
            if draft.value is not None:
                break


def as_trade(ink: Ink) -> str:
    """The text with each poorly legible sign taken for the one that completes a word of ``trades.csv``: of a long word any, of a short one
    only what the engine would have read instead."""
    text = list(ink.text)
    for k, score in enumerate(ink.scores):
        if score >= _POOR:
            continue
        others = {c for c, _ in ink.alternatives[k]} if k < len(ink.alternatives) else set()
        for word in TRADES:
            for at in range(max(0, k - len(word) + 1), min(k, len(text) - len(word)) + 1):
                seen, wanted = "".join(text[at:at + len(word)]), word[k - at]
                one = sum(a != b for a, b in zip(seen, word, strict=True)) == 1 and text[k] != wanted
                if one and (wanted in others or len(word) >= _LONG) and not _is_trade(text, k):
                    text[k] = wanted
    return "".join(text)


def _is_trade(text: list[str], k: int) -> bool:
    """Whether the sign at ``k`` already stands in a trade's word."""
    return any("".join(text[at:at + len(w)]) == w for w in TRADES for at in range(max(0, k - len(w) + 1), k + 1))


def likeliest(ink: Ink, holds: Callable[[str], bool]) -> str | None:
    """The likeliest digits for the ink that satisfy ``holds`` with one doubtful digit taken for another; None where there are none, or
    where the ink's own digits satisfy it."""
    body = [(c, s, o) for c, s, o in zip(ink.text, ink.scores, ink.alternatives, strict=False) if c.isascii() and c.isdigit()]
    read = "".join(c for c, _, _ in body)
    if not read or len(read) != sum(c != " " for c in ink.text) or holds(read):
        return None
    tries = [(chance / score, read[:k] + other + read[k + 1:]) for k, (_, score, others) in enumerate(body) if score < _DOUBTFUL
             for other, chance in others if other.isascii() and other.isdigit()]
    return max(((worth, number) for worth, number in tries if holds(number)), default=(0.0, None))[1]
