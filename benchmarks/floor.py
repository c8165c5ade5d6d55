"""How far is reading a scanned page from the least that it can cost? ``.venv/bin/python -m benchmarks.floor [--given DIR] [--every N]``

The floor is bare model time: the detector once a page, and the recogniser over those lines alone that hold a field, as the truth beside the
papers places them. Nothing of it tells beforehand which lines these are, so no reader can reach it. CPU seconds throughout, warm.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.document import OCR, Box
from extractors.limits import Limits
from extractors.look import Sheet
from extractors.ocr.default import default_engine
from extractors.ocr.engine import Engine, Pixels, Quad, Reply
from extractors.pages.source import open_source
from extractors.read import read_file

SAMPLES = Path(__file__).parents[1] / "fixtures" / "documents"
ALL = "all"


@dataclass
class Floor:
    """Sums over scanned pages: how many, lines that hold fields and all lines, CPU seconds of the bare models and of a whole read."""

    pages: int = 0
    field_lines: int = 0
    lines: int = 0
    detect: float = 0.0
    recognise: float = 0.0
    ours: float = 0.0

    @property
    def ratio(self) -> float:
        """How many times the floor a read costs."""
        least = self.detect + self.recognise
        return self.ours / least if least else 0.0


class _Watched:
    """An engine that keeps the pictures it is shown to find lines in."""

    def __init__(self, engine: Engine) -> None:
        self.name, self._engine = engine.name, engine
        self.shown: list[Pixels] = []

    def detect(self, image: Pixels) -> list[Quad]:
        self.shown.append(image)
        return self._engine.detect(image)

    def recognise_lines(self, crops: Sequence[Pixels]) -> list[Reply]:
        return self._engine.recognise_lines(crops)


def floor(papers: Sequence[tuple[Path, dict[str, Any]]]) -> dict[str, Floor]:
    """The sums by quality and for all, over the scanned pages of files given with their truth."""
    engine = default_engine()
    out: dict[str, Floor] = defaultdict(Floor)
    for path, truth in papers:
        read_file(path, path.name)
        started = time.process_time()
        read_file(path, path.name)
        spent = time.process_time() - started
        watched = _Watched(engine)
        with open_source(path, Limits(), lambda: watched) as source:  # noqa: B023
            for number in range(1, source.pages + 1):
                watched.shown.clear()
                sheet = source.sheet(number)
                if sheet.page.source == OCR:
                    for key in (truth["quality"], ALL):
                        _add(out[key], sheet, list(_fields(truth, number)), watched.shown[0], engine, spent / source.pages)
    return dict(out)


def _add(sums: Floor, sheet: Sheet, fields: Sequence[Box], shown: Pixels, engine: Engine, spent: float) -> None:
    held = [n for n in sheet.page.lines if any(_holds(n.box.mapped(sheet.page.displayed), f) for f in fields)]
    crops = [sheet.crop(n.box, pad=0.0) for n in held]
    engine.recognise_lines(crops)
    start = time.process_time()
    engine.detect(shown)
    middle = time.process_time()
    engine.recognise_lines(crops)
    sums.detect += middle - start
    sums.recognise += time.process_time() - middle
    sums.pages, sums.field_lines, sums.lines = sums.pages + 1, sums.field_lines + len(held), sums.lines + len(sheet.page.lines)
    sums.ours += spent


def _holds(line: Box, place: Box) -> bool:
    return line.overlap(place) > 0.3 * min(line.width * line.height, place.width * place.height)


def _fields(truth: dict[str, Any], number: int) -> Iterator[Box]:
    """Where the fields of a page are printed, as fractions of the page as displayed."""
    for paper in truth["documents"]:
        for field in paper["fields"].values():
            if field.get("page") == number and field.get("box"):
                yield Box(*field["box"])


def given(folder: Path | None) -> list[tuple[Path, dict[str, Any]]]:
    """The papers of a folder with ``truth.jsonl``, or the samples of this repository."""
    if folder is None:
        truths = [(p.parent, json.loads(p.read_text(encoding="utf-8"))) for p in sorted(SAMPLES.glob("*/*/truth.json"))]
    else:
        truths = [(folder, json.loads(row)) for row in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines() if row.strip()]
    return [(home / truth["file"], truth) for home, truth in truths if truth["quality"] != "q0"]


def table(sums: dict[str, Floor]) -> str:
    rows = ["| quality | pages | lines | lines with fields | detector ms | recogniser ms | floor ms | ours ms | ratio |", "|---" * 9 + "|"]
    for quality, f in sorted(sums.items(), key=lambda item: (item[0] == ALL, item[0])):
        detect, recognise, ours = (1000 * v / f.pages for v in (f.detect, f.recognise, f.ours))
        rows.append(f"| {quality} | {f.pages} | {f.lines / f.pages:.1f} | {f.field_lines / f.pages:.1f} | {detect:.0f} | {recognise:.0f} | "
                    f"{detect + recognise:.0f} | {ours:.0f} | {f.ratio:.2f} |")
    return "\n".join(rows)


def main() -> None:
    words = argparse.ArgumentParser(description="CPU time of a scanned page against the bare model time of the lines that hold fields.")
    words.add_argument("--given", type=Path, metavar="DIR", help="the papers of DIR (with truth.jsonl) instead of the samples")
    words.add_argument("--every", type=int, default=1, help="only every so manieth paper")
    asked = words.parse_args()
    print(table(floor(given(asked.given)[:: asked.every])))


if __name__ == "__main__":
    main()
