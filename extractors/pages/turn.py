"""Which way up a page stands, and how far it leans: judged by what can be read, not by a classifier.

A classifier turns some pages that stand upright. Here the boxes of the lines say whether rows lie or stand, and a few lines
read both ways say which end is up: words that these papers print count most, the engine's confidence after them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from extractors.ocr.engine import Engine, Pixels, Quad, Reply

WORDS = (
    "公司", "股份", "有限", "統一", "編號", "統編", "發票", "日期", "中華", "民國", "營業", "地址", "負責", "代表", "資本",
    "金額", "合計", "總計", "銷售", "稅額", "保險", "投保", "單位", "人數", "登記", "核准", "變更", "設立", "主旨", "說明",
    "收據", "品名", "數量", "單價", "董事", "姓名", "名稱", "月份", "繳款", "申報", "商業", "電話", "號碼", "年度", "勞工",
    "臺北", "市政府", "經濟部", "買受人", "查詢", "狀況", "所在", "統計",
)
"""Words printed on nearly every paper of these kinds."""
_FIRST, _PROBES = 3, 7
"""Lines read to see whether the page stands upright, and lines read both ways where these do not settle it."""
_SURE = 0.95


def lies(quads: Sequence[Quad]) -> bool:
    """Whether the rows of text run across the picture (True) or up and down (False). Long lines count more."""
    across = down = 0.0
    for q in quads:
        w, h = _sides(q)
        if w > 2 * h:
            across += w
        elif h > 2 * w:
            down += h
    return across >= 0.8 * down


def wide(quad: Quad) -> bool:
    """Whether a line, be it of two characters, runs across the picture."""
    w, h = _sides(quad)
    return w > 1.2 * h


def lean(quads: Sequence[Quad]) -> float:
    """The lean of the rows in degrees, clockwise positive; 0 where too few rows tell."""
    angles, weights = [], []
    for q in quads:
        w, h = _sides(q)
        if w > 5 * h:
            across = (q[1] - q[0]) + (q[2] - q[3])
            angles.append(float(np.degrees(np.arctan2(across[1], across[0]))))
            weights.append(w)
    if len(angles) < 3:
        return 0.0
    order = np.argsort(angles)
    heavy = np.cumsum(np.asarray(weights)[order])
    return float(np.asarray(angles)[order][int(np.searchsorted(heavy, heavy[-1] / 2))])


def upside_down(quads: Sequence[Quad], crop: Callable[[Quad], Pixels], engine: Engine) -> bool:
    """Whether the lines read better when turned half round. ``crop`` cuts a line out of the picture."""
    probes = sorted((q for q in quads if 4 < _ratio(q) < 40), key=lambda q: -_sides(q)[0])[:_PROBES] or list(quads[:_PROBES])
    up = engine.recognise_lines([crop(q) for q in probes[:_FIRST]])
    if _evidence(up) >= _SURE:
        return False
    crops = [crop(q) for q in probes]
    up += engine.recognise_lines(crops[_FIRST:])
    down = engine.recognise_lines([np.ascontiguousarray(c[::-1, ::-1]) for c in crops])
    return _evidence(down) > _evidence(up) + 0.05


def _evidence(replies: Sequence[Reply]) -> float:
    """The mean confidence of the probes, with a bonus for words that are known."""
    if not replies:
        return 0.0
    length = sum(len(r.text) for r in replies)
    sure = sum(r.confidence * len(r.text) for r in replies) / max(1, length)
    hits = sum(1 for r in replies for w in WORDS if w in r.text)
    return sure + 0.1 * min(hits, 5)


def _sides(q: Quad) -> tuple[float, float]:
    return float(np.linalg.norm(q[1] - q[0])), float(np.linalg.norm(q[3] - q[0]))


def _ratio(q: Quad) -> float:
    w, h = _sides(q)
    return w / max(h, 1.0)
