"""As many cages as papers are read at the same time; each keeps its own warm child."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from contextlib import contextmanager

from extractors.limits import Limits
from intake.settings import Settings
from intake.work.cage import Cage, CageSettings


class Cages:
    """Lend one cage at a time to each thread; whoever finds none waits."""

    def __init__(self, settings: Settings) -> None:
        wanted = CageSettings(seconds=settings.read_wall_seconds, page_seconds=settings.read_page_seconds,
                              memory=settings.read_memory_bytes, limits=Limits(file_bytes=settings.upload_max_bytes),
                              log=settings.log_dir / "cage.log")
        self._all = [Cage(wanted) for _ in range(settings.read_workers)]
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
