"""Does our reading beat plain Tesseract, and at what cost? ``.venv/bin/python -m benchmarks.reading [--json FILE] [--errors N]``

Makes papers of the ``report`` layouts with a fixed seed, in five qualities, and reads each twice in the same run: by
``extractors.read.read_file`` and by plain Tesseract whose words go to the same field readers. Seconds are wall time; CPU seconds are user
and system time of this process and its children. The engine is warm before the clock starts. Silent errors are values that the
service would let pass without a person and that are wrong.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import plain_tesseract
from benchmarks.scoring import Miss, Tally, score, wilson
from domain.errors import ReadRefused
from domain.field import FileReading
from extractors.read import read_file
from fixtures.render.layouts import load
from fixtures.render.make import bundles, series
from fixtures.render.sheet import press
from fixtures.render.wear import QUALITIES

SEED = 20260
ALL, SCANNED = "all", "q1-q4"
OURS, RIVAL = "ours", "tesseract"


class Side:
    """One of the two readers: what it counted and what it cost (pages, seconds, CPU seconds)."""

    def __init__(self, read: Callable[[Path], FileReading]) -> None:
        self.read = read
        self.tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
        self.costs: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
        self.misses: list[Miss] = []
        self.refused: list[str] = []

    def take(self, path: Path, truth: dict[str, Any]) -> None:
        wall, cpu = time.perf_counter(), _cpu()
        try:
            documents = [d.as_json() for d in self.read(path).documents]
        except ReadRefused as refusal:
            documents = []
            self.refused.append(f"{path.name}: {refusal}")
        spent = time.perf_counter() - wall, _cpu() - cpu
        for key in {truth["quality"], ALL, "q0" if truth["quality"] == "q0" else SCANNED}:
            cost = self.costs[key]
            cost[0], cost[1], cost[2] = cost[0] + truth["pages"], cost[1] + spent[0], cost[2] + spent[1]
        for i, paper in enumerate(truth["documents"]):
            scanned = () if paper["quality"] == "q0" else (self.tallies[ALL, SCANNED],)
            cells = [self.tallies[k, q] for k in (paper["kind"], ALL) for q in (paper["quality"], ALL)]
            self.misses += score(truth, documents, [*cells, *scanned], i)


def _cpu() -> float:
    """User and system seconds of this process and of the children it has waited for."""
    uses = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(u.ru_utime + u.ru_stime for u in uses)


@contextmanager
def papers(
    folder: Path | None, qualities: list[str], kinds: list[str], per: int, bundled: int
) -> Iterator[tuple[Path, list[dict[str, Any]]]]:
    """The folder of papers and their truth: made now, or taken from ``folder`` where an earlier run left them."""
    if folder is not None and (folder / "truth.jsonl").exists():
        yield folder, [json.loads(line) for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()]
        return
    with tempfile.TemporaryDirectory() as scratch:
        home = folder or Path(scratch)
        home.mkdir(parents=True, exist_ok=True)
        layouts = [x for x in load("report") if not kinds or x.kind in kinds]
        truths = []
        with press() as chromium:
            for made in series(chromium, layouts, qualities, SEED, per):
                (home / made.name).write_bytes(made.data)
                truths.append(made.truth)
            for made in bundles(chromium, layouts, qualities, SEED, bundled):
                (home / made.name).write_bytes(made.data)
                truths.append(made.truth)
        (home / "truth.jsonl").write_text("".join(json.dumps(t, ensure_ascii=False) + "\n" for t in truths), encoding="utf-8")
        yield home, truths


def table(sides: dict[str, Side]) -> str:
    """Exact values in per cent, ours / Tesseract, by kind and quality; then totals, costs and ratios."""
    columns = [*QUALITIES, ALL]
    lines = ["Exact values, core fields double, % (ours / Tesseract chi_tra, the same field readers)", ""]
    lines += ["| kind | " + " | ".join(columns) + " | values |", "|---" * (len(columns) + 2) + "|"]
    kinds = sorted({k for k, _ in sides[OURS].tallies if k != ALL})
    for kind in [*kinds, ALL]:
        cells = [" / ".join(_percent(sides[s].tallies[kind, q].share) for s in (OURS, RIVAL)) for q in columns]
        lines.append(f"| {kind} | " + " | ".join(cells) + f" | {sides[OURS].tallies[kind, ALL].fields} |")
    lines += ["", "| | ours | Tesseract | ratio |", "|---|---|---|---|"]
    a, b = (sides[s].tallies[ALL, ALL] for s in (OURS, RIVAL))
    lines.append(f"| papers of the right kind | {a.kinds_right}/{a.papers} | {b.kinds_right}/{b.papers} | |")
    for name, key in (("all", ALL), ("scanned (q1-q4)", SCANNED)):
        shares = [sides[s].tallies[ALL, key].share or 0.0 for s in (OURS, RIVAL)]
        wrong = (100 - shares[1]) / (100 - shares[0]) if shares[0] < 100 else float("inf")
        lines.append(f"| exact values, {name}, % | {shares[0]:.1f} | {shares[1]:.1f} | {wrong:.1f} × fewer not exact |")
        costs = [sides[s].costs[key] for s in (OURS, RIVAL)]
        for what, i in (("seconds", 1), ("CPU seconds", 2)):
            mine, theirs = (c[i] / c[0] if c[0] else 0.0 for c in costs)
            lines.append(f"| {what} a page, {name} | {mine:.2f} | {theirs:.2f} | {mine / theirs if theirs else 0:.2f} |")
    for s in (a, b):
        low, high = wilson(s.silent, s.accepted)
        who = OURS if s is a else RIVAL
        counted = f"{s.silent} of {s.accepted} accepted ({s.fields} values)"
        lines.append(f"| silent errors, {who} | {counted} | 95 %: {100 * low:.2f}-{100 * high:.2f} % | |")
    return "\n".join(lines)


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.0f}"


def main() -> None:
    words = argparse.ArgumentParser(description="Our reading against plain Tesseract, on the same pages in the same run.")
    words.add_argument("--papers", type=Path, help="keep the papers here, or take those that an earlier run kept")
    words.add_argument("--qualities", nargs="*", default=list(QUALITIES))
    words.add_argument("--kinds", nargs="*", default=[])
    words.add_argument("--per", type=int, default=1, help="papers for each layout and quality")
    words.add_argument("--bundles", type=int, default=3)
    words.add_argument("--every", type=int, default=1, help="read only every so manieth paper; 2 still meets every layout and quality")
    words.add_argument("--errors", type=int, default=0, help="show so many values that ours got wrong, silent errors first")
    words.add_argument("--json", type=Path, help="write the figures here")
    asked = words.parse_args()
    sides = {OURS: Side(lambda path: read_file(path, path.name)), RIVAL: Side(plain_tesseract.read_file)}
    with papers(asked.papers, asked.qualities, asked.kinds, asked.per, asked.bundles) as (folder, truths):
        truths = truths[:: asked.every]
        warm = next((t for t in truths if t["quality"] != "q0"), truths[0])
        for side in sides.values():
            side.read(folder / warm["file"])
        for i, truth in enumerate(truths, start=1):
            if sys.stderr.isatty():
                print(f"\r{i}/{len(truths)} {truth['file']:50}", end="", file=sys.stderr)
            for side in sides.values():
                side.take(folder / truth["file"], truth)
    print(table(sides))
    for miss in sorted(sides[OURS].misses, key=lambda m: (m.status != "SILENT", m.kind, m.field))[: asked.errors]:
        print(f"{miss.status}  {miss.file}  {miss.field}  wanted {miss.wanted!r}  got {miss.got!r}")
    for refusal in sides[OURS].refused:
        print("refused", refusal)
    if asked.json:
        figures = {
            name: {
                "tallies": {f"{k}/{q}": t.as_json() for (k, q), t in side.tallies.items()},
                "costs": {key: {"pages": c[0], "seconds": round(c[1], 2), "cpu_seconds": round(c[2], 2)} for key, c in side.costs.items()},
            }
            for name, side in sides.items()
        }
        asked.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
