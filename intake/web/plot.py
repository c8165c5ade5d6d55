"""Figures over time as places in a drawing: the page draws them as SVG, and no script has a part in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 480, 230
LEFT, RIGHT, TOP, BOTTOM = 46, 14, 14, 30
TICKS = 4
LABELS = 6
"""At most so many words under the drawing, for there is no room for more."""


@dataclass(frozen=True)
class Point:
    """One figure: ``value`` None where there was nothing to count; ``low`` and ``high`` its interval, None where there is none;
    ``said`` the figure in words, ``address`` where what is behind it is shown ("" for nowhere)."""

    label: str
    value: float | None
    said: str
    address: str = ""
    low: float | None = None
    high: float | None = None
    n: int = 0


@dataclass(frozen=True)
class Series:
    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Dot:
    """A point in its place; ``low`` and ``high`` are heights."""

    x: float
    y: float
    point: Point
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Line:
    """A series in its place: ``paths`` are the stretches without a gap, as SVG polyline points. ``style`` tells it from the others by more
    than its colour."""

    name: str
    style: int
    dots: tuple[Dot, ...]
    paths: tuple[str, ...]


@dataclass(frozen=True)
class Plot:
    """Everything that the page draws, in units of the view box."""

    lines: tuple[Line, ...]
    ticks: tuple[tuple[float, str], ...]
    labels: tuple[tuple[float, str], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


def plot(series: Sequence[Series], unit: str = "", whole: bool = False) -> Plot:
    """The drawing of some series over the same labels. ``whole``: the figures are counts, and so are the ticks. ``unit`` follows the
    figure at a tick."""
    tops = [v for s in series for p in s.points for v in (p.value, p.high) if v is not None]
    top = _round_up(max(tops, default=0.0), whole)
    n = max((len(s.points) for s in series), default=0)

    def x(i: int) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * ((i + 0.5) / n), 1)

    def y(value: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top, 1)

    lines = []
    for style, s in enumerate(series):
        dots = tuple(Dot(x(i), y(p.value), p, None if p.low is None else y(p.low), None if p.high is None else y(p.high))
                     for i, p in enumerate(s.points) if p.value is not None)
        lines.append(Line(s.name, style, dots, _paths(s.points, x, y)))
    ticks = tuple((y(top * i / TICKS), _tick(top * i / TICKS, unit)) for i in range(TICKS + 1))
    every = max(1, -(-n // LABELS))
    labels = tuple((x(i), p.label) for i, p in enumerate(series[0].points) if (n - 1 - i) % every == 0) if series else ()
    return Plot(tuple(lines), ticks, labels)


def _paths(points: Sequence[Point], x: Callable[[int], float], y: Callable[[float], float]) -> tuple[str, ...]:
    out: list[list[str]] = [[]]
    for i, p in enumerate(points):
        if p.value is None:
            out.append([])
        else:
            out[-1].append(f"{x(i)},{y(p.value)}")
    return tuple(" ".join(o) for o in out if len(o) > 1)


def _round_up(value: float, whole: bool) -> float:
    """The least 1, 2, 4 or 5 times a power of ten that is not below ``value``; for counts one that the ticks divide.

    >>> _round_up(0.013, False), _round_up(37, True), _round_up(0, True)
    (0.02, 40.0, 4.0)
    """
    if value <= 0:
        return float(TICKS) if whole else 1.0
    power = 10.0 ** -9
    while True:
        for step in (1, 2, 4, 5, 8):
            at = round(step * power, 12)
            if at >= value and (not whole or at % TICKS == 0):
                return at
        power *= 10


def _tick(value: float, unit: str) -> str:
    text = f"{value:.0f}" if value == int(value) else f"{value:.3g}"
    return f"{text}{unit}"
