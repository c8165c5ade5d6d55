"""The readers that are compared: what each found and what it cost."""

from __future__ import annotations

import resource
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import plain_rapid, plain_tesseract
from benchmarks.scoring import Outcome, judge
from domain.errors import ReadRefused
from domain.field import FileReading
from extractors.read import read_file

OURS, TESSERACT, RAPID = "ours", "tesseract", "rapidocr"
ALL, SCANNED = "all", "q1-q4"


@dataclass
class Cost:
    """Pages read, and the seconds of wall and CPU time that they took."""

    pages: int = 0
    seconds: float = 0.0
    cpu: float = 0.0


class Side:
    """One reader."""

    def __init__(self, name: str, read: Callable[[Path], FileReading]) -> None:
        self.name, self.read = name, read
        self.outcome = Outcome()
        self.costs: dict[str, Cost] = defaultdict(Cost)
        self.refused: list[str] = []
        self.lines: list[dict[str, Any]] = []
        """READING's line of every file, for the contract's own scorer."""

    def take(self, path: Path, truth: dict[str, Any]) -> None:
        """Read one file, on the clock, and judge what was found."""
        wall, cpu = time.perf_counter(), cpu_seconds()
        try:
            line = self.read(path).as_json()
        except ReadRefused as refusal:
            line = {"file": path.name, "error": str(refusal), "documents": []}
            self.refused.append(f"{path.name}: {refusal}")
        wall, cpu = time.perf_counter() - wall, cpu_seconds() - cpu
        for key in {truth["quality"], ALL, *(() if truth["quality"] == "q0" else (SCANNED,))}:
            cost = self.costs[key]
            cost.pages, cost.seconds, cost.cpu = cost.pages + truth["pages"], cost.seconds + wall, cost.cpu + cpu
        self.lines.append(line)
        judge(truth, line["documents"], self.outcome)


def sides(ours_only: bool) -> list[Side]:
    """Ours, and the rivals unless they are not wanted."""
    ours = Side(OURS, lambda path: read_file(path, path.name))
    return [ours] if ours_only else [ours, Side(TESSERACT, plain_tesseract.read_file), Side(RAPID, plain_rapid.read_file)]


def cpu_seconds() -> float:
    """User and system seconds of this process and of the children it has waited for."""
    uses = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(u.ru_utime + u.ru_stime for u in uses)
