"""Does a worker's memory stay bounded? ``.venv/bin/python -m benchmarks.soak [--pages 1000] [--never-anew] [--given DIR]``

The samples of this repository, or the papers of a folder, are read again and again in one cage, as the worker reads them, until so many
pages have passed. Printed are the resident size of the child that lives then, the most that any child has held, and how many there were.
``--never-anew`` keeps one child for all pages, to see how it grows by itself.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path

from intake.work.cage import Cage, CageSettings, resident

SAMPLES = Path(__file__).parents[1] / "fixtures" / "documents"
ENDINGS = {".pdf", ".jpg", ".png", ".tiff", ".webp", ".heic"}
MEBIBYTE = 1024**2


def papers(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.suffix.lower() in ENDINGS)


def soak(files: Sequence[Path], pages: int, settings: CageSettings, step: int = 100) -> Iterator[tuple[int, int, int, int]]:
    """After every ``step`` pages and at the end: pages read, MiB of the child that lives, MiB at most of any child, children so far."""
    done, most = 0, 0
    told = step
    children: set[int] = set()
    with Cage(settings) as cage:

        def look(*_: int) -> None:
            nonlocal most
            if cage.pid is not None:
                children.add(cage.pid)
                most = max(most, _peak(cage.pid) // MEBIBYTE)

        for path in cycle(files):
            done += max(1, cage.read(path, path.name, look).pages)
            look()
            now = resident(cage.pid) // MEBIBYTE if cage.pid is not None else 0
            if done >= min(told, pages):
                yield done, now, most, len(children)
                told = done - done % step + step
            if done >= pages:
                return


def _peak(pid: int) -> int:
    """The largest resident size that a process has had, in bytes; 0 when it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM:")), 0)


def main() -> None:
    words = argparse.ArgumentParser(description="The memory of a worker over many pages.")
    words.add_argument("--pages", type=int, default=1000)
    words.add_argument("--given", type=Path, default=SAMPLES, metavar="DIR")
    words.add_argument("--never-anew", action="store_true", help="do not replace the child between files")
    asked = words.parse_args()
    files = papers(asked.given)
    if not files:
        sys.exit("no papers there")
    plain = CageSettings()
    lasting = CageSettings(recycle_memory=plain.memory, recycle_pages=10**9)
    started = time.monotonic()
    for done, now, most, children in soak(files, asked.pages, lasting if asked.never_anew else plain):
        print(f"{done:5} pages  {now:5} MiB now  {most:5} MiB at most  {children} children  {time.monotonic() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
