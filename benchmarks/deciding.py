"""How long does deciding take? ``.venv/bin/python -m benchmarks.deciding [--json FILE|-] [--cases N] [--cores N] [--rounds N]``

The facts are those of the programmes' worked examples, so every rule is asked with much and with little known. Milliseconds are the
median of wall time over the examples, each the best of ``--rounds``. Each programme is asked alone; ``all`` puts the facts of one example
to every rule that there is, the checks of ``intake`` among them, once. The re-deciding of a whole office is the work of the day on which
a figure of the law changes: cases, each with those checks, are dealt out to processes that hold the programmes already.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from typing import Any

from eligibility.cases import TODAY, Example, examples
from eligibility.decide import decide
from eligibility.programme import Programme, intake_checks, load

ALL = "all"
BATCH = 250
TARGET_MS, TARGET_SECONDS = 5.0, 60.0


@dataclass(frozen=True)
class Timing:
    """Milliseconds for one decision."""

    programme: str
    rules: int
    examples: int
    median_ms: float
    slowest_ms: float


@dataclass(frozen=True)
class Redeciding:
    """Wall seconds for many cases, start of the processes included."""

    cases: int
    cores: int
    seconds: float
    outcomes: dict[str, int]


def every() -> list[Programme]:
    """Every folder of rules."""
    return [*load().values(), intake_checks()]


def worked() -> list[tuple[Programme, Example]]:
    """Every worked example with its programme."""
    return [(p, e) for p in every() for e in examples(p.folder)]


def timings(rounds: int) -> list[Timing]:
    """One line a programme, and ``all`` as the last."""
    programmes, shown = every(), worked()
    out = [_timing(p.id, [p], [e for q, e in shown if q is p], rounds) for p in programmes]
    return [*out, _timing(ALL, programmes, [e for _, e in shown], rounds)]


def _timing(name: str, programmes: Sequence[Programme], shown: Sequence[Example], rounds: int) -> Timing:
    spent = [min(_once(programmes, e) for _ in range(rounds)) for e in shown]
    return Timing(name, sum(len(p.rules) for p in programmes), len(shown), round(statistics.median(spent), 3), round(max(spent), 3))


def _once(programmes: Sequence[Programme], example: Example) -> float:
    start = time.perf_counter()
    for p in programmes:
        decide(p, example.facts, example.as_of, TODAY, intake=False)
    return 1000 * (time.perf_counter() - start)


def redecide(cases: int, cores: int) -> Redeciding:
    """``cases`` cases, the worked examples over and over, each decided by its own programme."""
    wanted = list(islice(cycle(range(len(worked()))), cases))
    batches = [wanted[i : i + BATCH] for i in range(0, cases, BATCH)]
    start = time.perf_counter()
    with ProcessPoolExecutor(cores) as pool:
        outcomes = sum(pool.map(_decide_batch, batches), Counter[str]())
    return Redeciding(cases, cores, round(time.perf_counter() - start, 2), dict(sorted(outcomes.items())))


_held: list[tuple[Programme, Example]] = []


def _decide_batch(numbers: Sequence[int]) -> Counter[str]:
    if not _held:
        _held.extend(worked())
    return Counter(decide(p, e.facts, e.as_of, TODAY).outcome for p, e in (_held[n] for n in numbers))


def table(found: Sequence[Timing], office: Redeciding) -> str:
    lines = ["| programme | rules | examples | median ms | slowest ms |", "|---|---|---|---|---|"]
    lines += [f"| {t.programme} | {t.rules} | {t.examples} | {t.median_ms:.2f} | {t.slowest_ms:.2f} |" for t in found]
    lines += ["", f"All {found[-1].rules} rules for one set of facts: {found[-1].median_ms:.2f} ms (wanted: under {TARGET_MS:.0f} ms)"]
    lines.append(
        f"{office.cases:,} cases decided again on {office.cores} processes: {office.seconds:.1f} s (wanted: under {TARGET_SECONDS:.0f} s)"
    )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    words = argparse.ArgumentParser(description="How long deciding takes.")
    words.add_argument("--cases", type=int, default=10_000, help="cases to decide again")
    words.add_argument("--cores", type=int, default=2, help="processes for that")
    words.add_argument("--rounds", type=int, default=5, help="times that each example is timed; the best counts")
    words.add_argument("--json", metavar="FILE", help="write the figures here; - prints them instead of the table")
    asked = words.parse_args(arguments)
    office = redecide(asked.cases, asked.cores)
    found = timings(asked.rounds)
    figures: dict[str, Any] = {
        "decisions": [asdict(t) for t in found],
        "again": asdict(office),
        "machine": {"python": platform.python_version(), "processor": platform.machine(), "cores": os.cpu_count()},
    }
    text = json.dumps(figures, ensure_ascii=False, indent=1) + "\n"
    if asked.json == "-":
        sys.stdout.write(text)
        return
    print(table(found, office))
    if asked.json:
        with open(asked.json, "w", encoding="utf-8") as file:
            file.write(text)


if __name__ == "__main__":
    main()
