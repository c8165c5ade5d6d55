"""An engine's answers kept in a file, and an engine that gives them again: whole reads are tested without weights.

Answers are kept in the order of the questions, for one file known by its SHA-256. A replay checks that the questions are the same in
kind and number, not pixel by pixel, since resampling differs a little between processors.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from extractors.ocr.engine import Engine, Pixels, Quad, Reply

_TOLERANCE = 2
"""Pixels by which a picture may differ in size from the recorded one."""


class StaleRecording(Exception):
    """The questions are no longer those that were recorded: record anew, if the change is meant."""


class Recorder:
    """Asks ``engine`` and keeps what it says; ``save`` writes it."""

    def __init__(self, engine: Engine, sha256: str) -> None:
        self.name = engine.name
        self._engine, self._sha256 = engine, sha256
        self._calls: list[dict[str, Any]] = []

    def detect(self, image: Pixels) -> list[Quad]:
        quads = self._engine.detect(image)
        self._calls.append({"size": [image.shape[1], image.shape[0]], "quads": [np.round(q, 1).ravel().tolist() for q in quads]})
        return quads

    def recognise_lines(self, crops: Sequence[Pixels]) -> list[Reply]:
        replies = self._engine.recognise_lines(crops)
        self._calls.append({"replies": [[r.text, _short(r.confidence), [_short(c) for c in r.centres], [_short(s) for s in r.scores],
                                    [[[c, _short(s)] for c, s in others] for others in r.alternatives]]
                                        for r in replies]})
        return replies

    def save(self, path: Path) -> None:
        body = {"engine": self.name, "sha256": self._sha256, "calls": self._calls}
        path.write_bytes(gzip.compress(json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(), 9, mtime=0))


class RecordedEngine:
    """Gives the answers of ``path`` again, for the file with the digest ``sha256``. Raises StaleRecording."""

    def __init__(self, path: Path, sha256: str) -> None:
        body = json.loads(gzip.decompress(path.read_bytes()))
        if body["sha256"] != sha256:
            raise StaleRecording(f"{path.name} was recorded from another file")
        self.name = body["engine"]
        self._path, self._calls = path, iter(body["calls"])

    def detect(self, image: Pixels) -> list[Quad]:
        call = self._next("quads")
        if max(abs(call["size"][0] - image.shape[1]), abs(call["size"][1] - image.shape[0])) > _TOLERANCE:
            raise StaleRecording(f"{self._path.name}: a picture of {image.shape[1]} by {image.shape[0]}, recorded was {call['size']}")
        return [np.asarray(q, np.float32).reshape(4, 2) for q in call["quads"]]

    def recognise_lines(self, crops: Sequence[Pixels]) -> list[Reply]:
        found = self._next("replies")["replies"]
        if len(found) != len(crops):
            raise StaleRecording(f"{self._path.name}: {len(crops)} lines, recorded were {len(found)}")
        return [_reply(*reply) for reply in found]

    def _next(self, wanted: str) -> dict[str, Any]:
        call: dict[str, Any] | None = next(self._calls, None)
        if call is None or wanted not in call:
            raise StaleRecording(f"{self._path.name}: a question that was not recorded")
        return call


def _reply(text: str, confidence: float, centres: list[float], scores: list[float],
           alternatives: Sequence[list[tuple[str, float]]] = ()) -> Reply:
    return Reply(text, confidence, tuple(centres), tuple(scores), tuple(tuple((c, s) for c, s in others) for others in alternatives))


def _short(value: float) -> float:
    return round(value, 4)
