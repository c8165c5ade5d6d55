"""Numbers that break their own rule, put right by the next best reading of their characters.

A number so mended has used up its rule: it is never evidence for itself, and a person must look at it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from domain.document import TEXT_LAYER
from domain.taiwan import ubn
from domain.vocabulary import term
from extractors.kind import Sketch
from extractors.readers.ink import Ink

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
