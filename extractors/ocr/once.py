"""An engine that reads each crop once: what told which way up a page stands need not be read again."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.ocr.engine import Engine, Pixels, Quad, Reply


class Once:
    """Asks ``engine``, and remembers its answer for each crop, known by identity, as long as this object lives."""

    def __init__(self, engine: Engine) -> None:
        self.name, self._engine = engine.name, engine
        self._known: dict[int, tuple[Pixels, Reply]] = {}

    def detect(self, image: Pixels) -> list[Quad]:
        return self._engine.detect(image)

    def recognise_lines(self, crops: Sequence[Pixels]) -> list[Reply]:
        new = [c for c in crops if id(c) not in self._known]
        for crop, reply in zip(new, self._engine.recognise_lines(new), strict=True):
            self._known[id(crop)] = crop, reply
        return [self._known[id(c)][1] for c in crops]
