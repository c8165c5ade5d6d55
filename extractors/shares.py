"""The parts of one page that several small papers on it take, told by where their titles stand and by the empty strips between them."""

from __future__ import annotations

from collections.abc import Sequence

from domain.document import Box

APART = 0.12
"""How far titles of two papers on one page lie apart at least."""

LANE = 0.015
"""How wide an empty strip between two papers is at least, as a fraction of the page's width."""

REACH = 0.3
"""How far over a title its paper may begin."""

ALIKE, ALIKE_APART = 0.65, 0.5
"""How large a title is at least beside the largest: of papers one over another, and of papers with an empty strip between them. Smaller
words name another paper without being its title."""


def shares(titles: Sequence[Box], sizes: Sequence[float], inks: Sequence[Box], feet: Sequence[Box] = ()) -> list[tuple[int, Box]]:
    """The part of the page of each title that counts, by its place in ``titles``: first the page is cut where an empty strip from top to
    bottom parts some titles from the others, then each part between its titles. ``feet`` are what stands at the foot of a paper."""
    large = [i for i, size in enumerate(sizes) if size > ALIKE_APART * max(sizes)]
    out: list[tuple[int, Box]] = []
    for group, left, right in _lanes(sorted(large, key=lambda i: titles[i].left), titles, inks):
        kept = [i for i in group if sizes[i] > ALIKE * max(sizes[j] for j in group)]
        parts = _between([titles[i] for i in kept], *([b for b in boxes if left <= b.centre[0] <= right] for boxes in (inks, feet)))
        out += [(i, Box(max(left, p.left), p.top, min(right, p.right), p.bottom)) for i, p in zip(kept, parts, strict=True)]
    return out


def _lanes(order: Sequence[int], titles: Sequence[Box], inks: Sequence[Box]) -> list[tuple[list[int], float, float]]:
    """Groups of titles with an empty strip between them, each with its left and right edge; the titles come in order from the left."""
    out: list[tuple[list[int], float, float]] = []
    group: list[int] = []
    edge = 0.0
    for i in order:
        lane = _lane(max(titles[k].right for k in group), titles[i].left, inks) if group else None
        if lane is not None:
            out.append((group, edge, lane))
            group, edge = [], lane
        group.append(i)
    return [*out, (group, edge, 1.0)] if group else out


def _lane(left: float, right: float, inks: Sequence[Box]) -> float | None:
    """The middle of the widest strip without ink between ``left`` and ``right``; None where there is none."""
    best, at = (LANE, -1.0), left
    for a, b in [*sorted((i.left, i.right) for i in inks if i.right > left), (right, right)]:
        best = max(best, (min(a, right) - at, (at + min(a, right)) / 2))
        at = max(at, b)
    return best[1] if best[1] >= 0 else None


def _strip(low: float, high: float, inks: Sequence[Box], feet: Sequence[Box]) -> float | None:
    """The middle of the widest empty strip from side to side between the foot of the paper above and the title of the one below; None
    where none is at least twice as wide as the others."""
    low = max([low, *(f.bottom for f in feet if low < f.centre[1] < high)])
    if high - low > REACH:
        low = max([high - REACH, *(i.bottom for i in inks if i.top < high - REACH < i.bottom)])
    gaps, at = [], low
    for top, bottom in [*sorted((i.top, i.bottom) for i in inks if low < i.centre[1] < high), (high, high)]:
        gaps.append((min(top, high) - at, (at + min(top, high)) / 2))
        at = max(at, bottom)
    gaps.sort(reverse=True)
    return gaps[0][1] if gaps[0][0] > 0.01 and (len(gaps) < 2 or gaps[0][0] > 2 * gaps[1][0]) else None


def _between(spots: Sequence[Box], inks: Sequence[Box], feet: Sequence[Box]) -> list[Box]:
    """The page cut between titles, one part each: in bands where they stand one over another, each band in columns where several stand
    side by side. What stands over a title below an empty strip is of its paper, as a shop's name."""
    order = sorted(range(len(spots)), key=lambda i: spots[i].top)
    bands: list[list[int]] = []
    for i in order:
        near = bands and spots[i].top - spots[bands[-1][0]].top < APART
        beside = near and all(spots[i].right < spots[j].left or spots[i].left > spots[j].right for j in bands[-1])
        if beside:
            bands[-1].append(i)
        else:
            bands.append([i])
    pad = max(0.0, spots[order[0]].top)
    over = [(max(spots[i].bottom for i in above), min(spots[i].top for i in band)) for above, band in zip(bands, bands[1:], strict=False)]
    tops = [0.0, *(_strip(low, high, inks, feet) or max(0.0, high - min(pad, 0.06)) for low, high in over), 1.0]
    out: dict[int, Box] = {}
    for band, top, bottom in zip(bands, tops, tops[1:], strict=False):
        band.sort(key=lambda i: spots[i].left)
        edges = [0.0, *((spots[a].right + spots[b].left) / 2 for a, b in zip(band, band[1:], strict=False)), 1.0]
        out |= {i: Box(a, top, b, bottom) for i, a, b in zip(band, edges, edges[1:], strict=False)}
    return [out[i] for i in range(len(spots))]
