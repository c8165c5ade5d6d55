"""The reliability curve as a small SVG: the stated chance of being wrong against the share that was wrong, both on a log scale."""

from __future__ import annotations

import math
from collections.abc import Sequence

from benchmarks.reading.figures import Bin

WIDTH, HEIGHT, LEFT, BOTTOM, ROOM = 420, 330, 64, 48, 14
LEAST, MOST = 0.0002, 1.0
TICKS = (1.0, 0.1, 0.01, 0.001)


def _x(risk: float) -> float:
    return LEFT + (WIDTH - LEFT - ROOM) * _along(risk)


def _y(risk: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - ROOM) * _along(risk)


def _along(risk: float) -> float:
    return math.log(min(MOST, max(LEAST, risk)) / LEAST) / math.log(MOST / LEAST)


def svg(bins: Sequence[Bin], title: str) -> str:
    """One mark a bin, its 95 % interval as a bar; on the line what is stated is what happens, below it the service is more careful."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-family="sans-serif" font-size="11">',
        f"<title>{title}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for t in TICKS:
        parts.append(f'<path d="M{_x(t):.1f} {_y(LEAST):.1f}V{_y(MOST):.1f}M{_x(LEAST):.1f} {_y(t):.1f}H{_x(MOST):.1f}" stroke="#ddd"/>')
        parts.append(f'<text x="{_x(t):.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{100 * t:g} %</text>')
        parts.append(f'<text x="{LEFT - 6}" y="{_y(t) + 4:.1f}" text-anchor="end">{100 * t:g} %</text>')
    parts.append(f'<path d="M{_x(LEAST):.1f} {_y(LEAST):.1f}L{_x(MOST):.1f} {_y(MOST):.1f}" stroke="#999" stroke-dasharray="4 3"/>')
    for b in bins:
        x, y = _x(1 - b.stated), _y(1 - b.right / b.values)
        parts.append(f'<path d="M{x:.1f} {_y(1 - b.most):.1f}V{_y(1 - b.least):.1f}" stroke="#1b5e8c" stroke-width="1.5"/>')
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{2.5 + math.log10(b.values):.1f}" fill="#1b5e8c">'
                     f"<title>{b.low:g}–{b.high:g}: {b.right}/{b.values}</title></circle>")
    parts.append(f'<text x="{(LEFT + WIDTH) / 2:.0f}" y="{HEIGHT - 10}" text-anchor="middle">stated chance of being wrong</text>')
    parts.append(f'<text transform="translate(14 {(HEIGHT - BOTTOM) / 2:.0f}) rotate(-90)" text-anchor="middle">share wrong</text>')
    return "\n".join([*parts, "</svg>", ""])
