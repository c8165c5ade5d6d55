"""Does every file give a reading or a coded refusal? ``.venv/bin/python -m benchmarks.robust FOLDER … [--json FILE] [--part K/N]``

Feeds every file of the folders to one cage, as the worker does, and counts what came back: papers read, refusals by code, files
beyond their time, the slowest and the most memory. Made for the test collections of PDF projects, which hold thousands of files that
are broken on purpose; nothing of them is kept here. Exit status 1 where a file gave neither.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from domain.errors import READ_CODES, ReaderFailed
from intake.work.cage import Cage, CageSettings

GRACE = 1.2
"""How far beyond its limit a file may be seen to run: the clock of the cage ticks, and a child has to be started anew."""


@dataclass
class Counts:
    """What came of the files of one folder. ``named``: the files refused, by code. Seconds are wall time."""

    files: int = 0
    read: int = 0
    pages: int = 0
    papers: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    unsafe: int = 0
    named: dict[str, list[str]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")
    seconds: float = 0.0
    restarts: int = 0
    most_memory: int = 0


def run(folder: Path, cage: Cage, settings: CageSettings, part: tuple[int, int]) -> Counts:
    """Read every file under ``folder`` whose place in the row is ``part[0]`` modulo ``part[1]``."""
    counts = Counts()
    files = sorted(f for f in folder.rglob("*") if f.is_file())[part[0]::part[1]]
    for number, path in enumerate(files, 1):
        name = str(path.relative_to(folder))
        if sys.stderr.isatty() or number % 200 == 0:
            print(f"{folder.name} {number}/{len(files)} {name[:60]}", file=sys.stderr)
        before, started = cage.pid, time.monotonic()
        try:
            reading = cage.read(path, path.name)
        except ReaderFailed as error:
            counts.files += 1
            counts.wrong.append(f"{name}: {error.detail}")
            continue
        took = time.monotonic() - started
        counts.files += 1
        counts.seconds += took
        counts.slowest = max(counts.slowest, (round(took, 1), name))
        counts.restarts += before is not None and cage.pid != before
        counts.most_memory = max(counts.most_memory, _memory(cage.pid))
        if reading.error is None:
            counts.read += 1
            counts.pages += reading.pages
            counts.papers.update(d.kind for d in reading.documents)
            if not reading.documents or {p for d in reading.documents for p in d.pages} != set(range(1, reading.pages + 1)):
                counts.wrong.append(f"{name}: pages without a paper")
        else:
            counts.refused[reading.error[0]] += 1
            counts.named.setdefault(reading.error[0], []).append(name)
            counts.unsafe += reading.unsafe
            if reading.error[0] not in READ_CODES:
                counts.wrong.append(f"{name}: {reading.error[0]}")
        if took > GRACE * settings.seconds * max(1, reading.pages / 20):
            counts.wrong.append(f"{name}: {took:.0f} s")
    return counts


def _memory(pid: int | None) -> int:
    """Resident megabytes of the child."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096 // 1024**2
    except (OSError, IndexError):
        return 0


def report(name: str, c: Counts) -> str:
    refused = "、".join(f"{code} {n}" for code, n in c.refused.most_common()) or "none"
    ours = sum(n for kind, n in c.papers.items() if kind != "unknown")
    return (f"{name}: {c.files} files, {c.read} read ({c.pages} pages, {ours} papers taken for one of ours), "
            f"refused {sum(c.refused.values())} ({refused}), "
            f"children replaced {c.restarts}, most memory {c.most_memory} MB, {c.seconds:.0f} s, slowest {c.slowest[0]} s {c.slowest[1]}")


def main() -> int:
    words = argparse.ArgumentParser(description="Every file gives a reading or a coded refusal, inside its limits.")
    words.add_argument("folders", nargs="+", type=Path)
    words.add_argument("--part", default="0/1", help="read only the files whose place in the row is K modulo N")
    words.add_argument("--seconds", type=float, default=CageSettings().seconds, help="wall time for a file of up to 20 pages")
    words.add_argument("--log", type=Path, help="what the children complain about goes here")
    words.add_argument("--json", type=Path)
    asked = words.parse_args()
    k, n = (int(v) for v in asked.part.split("/"))
    settings = CageSettings(seconds=asked.seconds, log=asked.log)
    found: dict[str, Counts] = {}
    with Cage(settings) as cage:
        for folder in asked.folders:
            found[folder.name] = run(folder, cage, settings, (k, n))
            print(report(folder.name, found[folder.name]), flush=True)
            for line in found[folder.name].wrong:
                print("  WRONG", line)
    if asked.json:
        asked.json.write_text(json.dumps({k: vars(v) for k, v in found.items()}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 1 if any(c.wrong for c in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
