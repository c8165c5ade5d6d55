"""What stands over the fields of a case: one sentence for each paper, the most important, with what else is to be said of it folded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.notice import INCOMPLETE, NEARLY, OTHER_FIRM, STALE, TWICE, Notice
from intake.web.open_points import OTHER_NUMBER, UNREAD, UNREADABLE_FILE, Point

ORDER = (UNREADABLE_FILE, OTHER_FIRM, OTHER_NUMBER, UNREAD, NEARLY, INCOMPLETE, STALE, TWICE)
"""The most important first: what may not be the applicant's at all comes before how old it is."""


@dataclass(frozen=True)
class Said:
    """One thing to be said. ``bad`` where nothing else on the page says it; ``foreign`` is the paper that may be another firm's."""

    code: str
    sentence: str
    bad: bool
    files: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()
    foreign: int | None = None


@dataclass(frozen=True)
class Head:
    """What is said of one paper, or of the case."""

    first: Said
    more: tuple[Said, ...]


def heads(points: Sequence[Point], notices: Sequence[Notice], foreign: Mapping[str, int]) -> tuple[Head, ...]:
    """All that is to be said, paper by paper; ``foreign`` are the papers that may be another firm's, by file name."""
    said = [Said(p.code, p.sentence, True, (p.file,) if p.file else ()) for p in points if p.loud]
    said += [Said(n.code, n.message, False, n.files, n.pages, foreign.get(n.files[0]) if n.files and n.code == OTHER_FIRM else None)
             for n in notices]
    said.sort(key=lambda s: ORDER.index(s.code))
    # another number than the applicant's is said of the paper that another firm's name stands on
    strange = next((s.files[0] for s in said if s.code == OTHER_FIRM and s.files), "")
    of_paper: dict[str, list[Said]] = defaultdict(list)
    for n, s in enumerate(said):
        of_paper[s.files[0] if s.files else strange if s.code == OTHER_NUMBER and strange else f"/{n}"].append(s)
    return tuple(Head(first, tuple(more)) for first, *more in of_paper.values())
