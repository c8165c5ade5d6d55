"""The figures as Markdown, for the terminal and for docs/reading.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks.contract import UNKNOWN
from benchmarks.reading import figures as f
from benchmarks.reading import trust
from benchmarks.reading.sides import ALL, SCANNED, Side
from benchmarks.scoring import Judged, wilson


def every(sides: Sequence[Side], qualities: Sequence[str]) -> str:
    faxes = [legible(sides)] if f.FAXED in qualities else []
    parts = [exact(sides, qualities), *faxes, passed(sides[0], qualities), curve(sides[0]), kinds(sides, qualities), costs(sides)]
    return "\n\n".join(parts)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def exact(sides: Sequence[Side], qualities: Sequence[str]) -> str:
    """Exact values by kind and quality, every side in one cell."""
    columns = [*qualities, ALL]
    known = sorted({v.kind for v in sides[0].outcome.values if not v.shared})
    rows = []
    for kind in [*known, ALL]:
        cells = [" / ".join(_percent(f.cell(s.outcome, kind, q).share) for s in sides) for q in columns]
        rows.append([kind, *cells, str(f.cell(sides[0].outcome, kind).values)])
    names = " / ".join(s.name for s in sides)
    return f"Exact values, core fields double, % ({names})\n\n" + table(["kind", *columns, "values"], rows)


def legible(sides: Sequence[Side]) -> str:
    """Exact values on faxes, over all and over those that a person could still read, and what became of the lost ones."""
    known = sorted({v.kind for v in sides[0].outcome.values if not v.shared and v.quality == f.FAXED})
    rows = []
    for kind in [*known, ALL]:
        each = [f.by_eye(s.outcome, kind) for s in sides]
        ours = each[0]
        rows.append([kind, " / ".join(_percent(g.every.share) for g in each), " / ".join(_percent(g.legible.share) for g in each),
                     f"{ours.lost} of {ours.every.values}", str(ours.blank), str(ours.right), str(ours.wrong), str(ours.wrong_accepted)])
    names = " / ".join(s.name for s in sides)
    head = ["kind", "all values", "legible values", "lost", "left blank", "right", "wrong", "wrong and accepted"]
    return (f"Exact values at {f.FAXED}, core fields double, % ({names}), and the values that nobody could read any more "
            f"({sides[0].name})\n\n" + table(head, rows))


def passed(side: Side, qualities: Sequence[str]) -> str:
    """What passes without a person and what of it is wrong, by quality; the place of the right values."""
    rows = []
    for quality in [*qualities, SCANNED, ALL]:
        c = f.cell(side.outcome, ALL, quality)
        low, high = wilson(c.silent, c.accepted)
        rows.append([quality, str(c.values), _percent(c.acceptance), f"{c.silent} of {c.accepted}", f"{100 * low:.2f}–{100 * high:.2f}",
                     _percent(100 * c.boxes_right / c.boxes if c.boxes else None), str(c.missing)])
    o = side.outcome
    sent = [p for p in o.papers if not p.shared and p.kind != UNKNOWN]
    more = (f"Values where nothing is printed: {len(o.extras)}, accepted {sum(x.accepted for x in o.extras)}. Papers of the right kind with"
            f" every core value accepted and right: {sum(p.straight for p in sent)} of {len(sent)}.")
    head = ["quality", "values", "accepted, %", "accepted but wrong", "95 %, %", "right values in the right place, %", "missing"]
    return f"Without a person ({side.name})\n\n" + table(head, rows) + "\n\n" + more


def curve(side: Side) -> str:
    """The reliability curve, a row of operating points, and what a point chosen on other layouts gives."""
    mine = [v for v in side.outcome.values if not v.shared]
    bins = [[f"{b.low:g}–{b.high:g}", str(b.values), f"{100 * b.stated:.2f}", f"{100 * b.right / b.values:.2f}",
             f"{100 * b.least:.2f}–{100 * b.most:.2f}"] for b in f.reliability(mine)]
    return (f"Reliability of the stated confidence ({side.name})\n\n"
            + table(["confidence", "values", "stated in the mean, %", "right, %", "95 %"], bins) + "\n\n" + operating(mine))


def operating(values: Sequence[Judged]) -> str:
    """Operating points by quality, and the same chosen without the layout that it is used on."""
    rows = []
    points = trust.points(values)
    qualities = sorted({v.quality for v in values})
    for p in points:
        low, high = wilson(p.silent, p.accepted)
        cells = [f"{100 * a / n:.1f} ({w})" for n, a, w in (p.by_quality[q] for q in qualities)]
        rows.append([f"{p.risk:g}", *cells, _percent(100 * p.accepted / p.values if p.values else None), f"{p.silent} of {p.accepted}",
                     f"{1000 * p.silent / p.accepted:.1f} ({1000 * low:.1f}–{1000 * high:.1f})" if p.accepted else "-"])
    apart = trust.left_out(values)
    low, high = wilson(apart.silent, apart.accepted)
    chosen = ", ".join(f"{risk:g} for {n}" for risk, n in apart.chosen.items()) or "none"
    return ("Operating points, the largest stated chance of being wrong that passes: accepted in % (wrong ones)\n\n"
            + table(["risk", *qualities, ALL, "wrong", "wrong in 1,000 (95 %)"], rows)
            + f"\n\nThe point chosen for each of {apart.layouts} layouts on all others, for {1000 * trust.TARGET:g} wrong in 1,000 there"
            f" ({chosen} of them): {apart.accepted} of {apart.values} accepted, {apart.silent} wrong (95 %: "
            f"{1000 * low:.1f}–{1000 * high:.1f} in 1,000). "
            f"At the default, with layouts drawn anew: {10 * apart.least:.1f}–{10 * apart.most:.1f} wrong in 1,000.")


def kinds(sides: Sequence[Side], qualities: Sequence[str]) -> str:
    rows = [[s.name, *("/".join(map(str, f.kinds_right(s.outcome, q))) for q in [*qualities, ALL]),
             "/".join(map(str, f.strangers(s.outcome))), f"{s.outcome.bundles_right}/{s.outcome.bundles}", str(s.outcome.invented)]
            for s in sides]
    taken = "; ".join(f"{a} → {b} × {n}" for a, b, n in f.confused(sides[0].outcome)) or "none"
    head = ["papers of the right kind", *qualities, ALL, "strangers left unknown", "bundles split", "invented"]
    return table(head, rows) + f"\n\nTaken for another ({sides[0].name}): {taken}"


def costs(sides: Sequence[Side]) -> str:
    """Seconds a page and their ratios; how many times more values each rival gets wrong."""
    rows = []
    for key in ("q0", SCANNED, ALL):
        for what, pick in (("CPU seconds", "cpu"), ("seconds", "seconds")):
            each = [getattr(s.costs[key], pick) / s.costs[key].pages if s.costs[key].pages else 0.0 for s in sides]
            ratios = [f"{each[0] / theirs:.2f}" if theirs else "-" for theirs in each[1:]]
            rows.append([f"{what} a page, {key}", *(f"{v:.3f}" for v in each), *ratios])
    for key in (SCANNED, ALL):
        wrong = [100 - (f.cell(s.outcome, ALL, key).share or 0.0) for s in sides]
        rows.append([f"not exact, {key}, %", *(f"{v:.1f}" for v in wrong), *(f"{wrong[0] / v:.2f}" if v else "-" for v in wrong[1:])])
    return table(["", *(s.name for s in sides), *(f"ours / {s.name}" for s in sides[1:])], rows)


def by(side: Side, what: str) -> str:
    """Exact, accepted and silent by ``field``, or by ``layout``."""
    mine = [v for v in side.outcome.values if not v.shared]
    rows = []
    for name in sorted({getattr(v, what) for v in mine}):
        c = f.count([v for v in mine if getattr(v, what) == name])
        rows.append([name, str(c.values), _percent(100 * c.exact / c.values), _percent(c.acceptance), str(c.silent)])
    return table([what, "values", "exact, %", "accepted, %", "silent"], rows)


def errors(side: Side, most: int) -> str:
    """The values that are not exact and those that are not printed, silent ones first."""
    bad: list[Judged] = [v for v in (*side.outcome.values, *side.outcome.extras) if not v.right]
    bad.sort(key=lambda v: (not v.silent, v.kind, v.field, v.file))
    return "\n".join(f"{'SILENT' if v.silent else v.status}  {v.file}  {v.field}  wanted {v.wanted!r}  got {v.got!r}  {v.confidence:.4f}"
                     f"  {' '.join(v.witnesses)}" for v in bad[:most])


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.1f}"
