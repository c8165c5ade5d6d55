"""The papers of a run: made from a seed, or taken from a cache that the drawing code and the layouts name."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fixtures import render

Truth = dict[str, Any]


@dataclass(frozen=True)
class Wanted:
    """Which papers: layouts of one set (``only`` some kinds), ``per`` for each layout and quality, and so many files of other sorts:
    ``bundles`` of papers of ours, ``mixed`` ones with strangers among them, papers ``shared`` on a page, ``slips``, ``strangers``."""

    layouts: str
    seed: int
    qualities: tuple[str, ...]
    only: tuple[str, ...] = ()
    per: int = 1
    others: tuple[tuple[str, int], ...] = ()

    @property
    def key(self) -> str:
        """A name that changes with the request, with the layouts and with the code that draws them."""
        body = hashlib.sha256(repr(self).encode())
        for path in sorted(Path(render.__file__).parent.rglob("*")):
            other = "report" if self.layouts == "tune" else "tune"
            if path.suffix in (".py", ".html", ".json", ".csv") and path.parent.name != other:
                body.update(path.read_bytes())
        return f"{self.layouts}-{self.seed}-{body.hexdigest()[:12]}"

    def command(self, out: Path) -> list[str]:
        """What makes them in the folder ``out``."""
        words = ["--out", str(out), "--layouts", self.layouts, "--seed", str(self.seed), "--per", str(self.per)]
        words += ["--qualities", *self.qualities, *(("--kinds", *self.only) if self.only else ())]
        for name, count in self.others:
            words += [f"--{name}", str(count)] if count else []
        return [sys.executable, "-m", "fixtures.render", *words]


@contextmanager
def papers(wanted: Wanted, cache: Path | None) -> Iterator[tuple[Path, list[Truth]]]:
    """The folder of the papers and the truth of each file."""
    with tempfile.TemporaryDirectory() as scratch:
        home = (cache or Path(scratch)) / wanted.key
        if not (home / "truth.jsonl").exists():
            partial = home.with_name(home.name + ".partial")
            shutil.rmtree(partial, ignore_errors=True)
            subprocess.run(wanted.command(partial), check=True)
            partial.rename(home)
        yield home, given(home)


def given(folder: Path) -> list[Truth]:
    """The truth of papers that lie in ``folder`` with a ``truth.jsonl``, as the contract's examples do."""
    return [json.loads(line) for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines() if line.strip()]


def thinned(truths: Sequence[Truth], every: int) -> list[Truth]:
    """Every so manieth file; 2 still meets every layout and quality, since there are five of these."""
    return list(truths[::every])
