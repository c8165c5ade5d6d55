"""The command. See the package for what is measured."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from pathlib import Path

from benchmarks.reading import figures, picture, tables
from benchmarks.reading.papers import Wanted, given, papers, thinned
from benchmarks.reading.sides import Side, sides
from fixtures.render.wear import QUALITIES

SEED = 20260
OTHERS = {
    "bundles": (6, "files with several papers of one firm"),
    "mixed": (3, "bundles with pages of other sorts and strangers among them"),
    "shared": (2, "pages with two papers on them; counted apart"),
    "slips": (3, "photographs of small slips"),
    "strangers": (10, "papers that are none of ours"),
}


def asked_for(arguments: list[str] | None = None) -> argparse.Namespace:
    words = argparse.ArgumentParser(description="Our reading against plain Tesseract and plain RapidOCR, in the same run.")
    words.add_argument("--layouts", choices=("report", "tune"), default="report")
    words.add_argument("--given", type=Path, metavar="DIR", help="read the papers of DIR (with truth.jsonl) instead of making any")
    words.add_argument("--seed", type=int, default=SEED)
    words.add_argument("--qualities", nargs="*", default=list(QUALITIES))
    words.add_argument("--kinds", nargs="*", default=[])
    words.add_argument("--per", type=int, default=1, help="papers for each layout and quality")
    for name, (count, what) in OTHERS.items():
        words.add_argument(f"--{name}", type=int, default=count, metavar="N", help=what)
    words.add_argument("--every", type=int, default=1, help="read only every so manieth file; 2 still meets every layout and quality")
    words.add_argument("--cache", type=Path, metavar="DIR", help="keep the papers here, and take them from here when nothing has changed")
    words.add_argument("--ours-only", action="store_true", help="no rivals")
    words.add_argument("--fields", action="store_true", help="also by field")
    words.add_argument("--by-layout", action="store_true", help="also by layout")
    words.add_argument("--errors", type=int, default=0, metavar="N", help="show so many values that ours got wrong, silent ones first")
    words.add_argument("--json", metavar="FILE", help="write the figures here; - prints them instead of the tables")
    words.add_argument("--lines", type=Path, metavar="FILE", help="write READING's line of each file as ours read it")
    words.add_argument("--curve", type=Path, metavar="FILE", help="draw the reliability curve as SVG")
    return words.parse_args(arguments)


def main() -> None:
    asked = asked_for()
    readers = sides(asked.ours_only)
    wanted = Wanted(asked.layouts, asked.seed, tuple(asked.qualities), tuple(asked.kinds), asked.per,
                    tuple((name, getattr(asked, name)) for name in OTHERS))
    if asked.given:
        _run(asked.given, thinned(given(asked.given), asked.every), readers)
    else:
        with papers(wanted, asked.cache) as (folder, truths):
            _run(folder, thinned(truths, asked.every), readers)
    _tell(asked, readers)


def _run(folder: Path, truths: list[dict[str, object]], readers: list[Side]) -> None:
    if not truths:
        sys.exit("no papers: is the set of layouts empty?")
    warm = next((t for t in truths if t["quality"] != "q0"), truths[0])
    for side in readers:
        side.read(folder / str(warm["file"]))
    for i, truth in enumerate(truths, start=1):
        if sys.stderr.isatty():
            print(f"\r{i}/{len(truths)} {truth['file']:50}", end="", file=sys.stderr)
        for side in readers:
            side.take(folder / str(truth["file"]), truth)


def _tell(asked: argparse.Namespace, readers: list[Side]) -> None:
    ours, qualities = readers[0], [q for q in QUALITIES if q in asked.qualities]
    body = {"sides": {s.name: figures.as_json(s, qualities) for s in readers},
            "machine": {"python": platform.python_version(), "processor": platform.machine(), "cores": os.cpu_count()}}
    text = json.dumps(body, ensure_ascii=False, indent=1) + "\n"
    if asked.json == "-":
        sys.stdout.write(text)
    else:
        print(tables.every(readers, qualities))
        if asked.fields:
            print("\n" + tables.by(ours, "field"))
        if asked.by_layout:
            print("\n" + tables.by(ours, "layout"))
        if asked.errors:
            print("\n" + tables.errors(ours, asked.errors))
        for refusal in ours.refused:
            print("refused", refusal)
        if asked.json:
            Path(asked.json).write_text(text, encoding="utf-8")
    if asked.lines:
        asked.lines.write_text("".join(json.dumps(x, ensure_ascii=False) + "\n" for x in ours.lines), encoding="utf-8")
    if asked.curve:
        bins = figures.reliability([v for v in ours.outcome.values if not v.shared])
        asked.curve.write_text(picture.svg(bins, "Reliability of the stated confidence"), encoding="utf-8")


if __name__ == "__main__":
    main()
