"""As many cages as papers are read at the same time; each keeps its own warm child."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extractors.limits import Limits
from extractors.policy import Policy
from intake.settings import Settings
from intake.work.cage import Cage, CageSettings


def cage_of(settings: Settings, log: Path | None = None) -> Cage:
    """A cage under the limits of the settings; its child complains into ``log``, or to our own standard error."""
    return Cage(CageSettings(seconds=settings.read_wall_seconds, page_seconds=settings.read_page_seconds, memory=settings.read_memory_bytes,
                             limits=Limits(file_bytes=settings.upload_max_bytes), policy=Policy(settings.read_risk), log=log))


class Cages:
    """Lend one cage at a time to each thread; whoever finds none waits."""

    def __init__(self, settings: Settings) -> None:
        settings.log_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._all = [cage_of(settings, settings.log_dir / "cage.log") for _ in range(settings.read_workers)]
        # the last one used is the warm one
        self._free: queue.LifoQueue[Cage] = queue.LifoQueue()
        for cage in self._all:
            self._free.put(cage)

    @contextmanager
    def one(self) -> Iterator[Cage]:
        cage = self._free.get()
        try:
            yield cage
        finally:
            self._free.put(cage)

    def close(self) -> None:
        """End the children."""
        for cage in self._all:
            cage.close()
