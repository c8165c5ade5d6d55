"""The one protocol of all engines. Pixels are uint8, grey (height × width) or BGR (height × width × 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from domain.document import Others

Pixels = NDArray[np.uint8]
Quad = NDArray[np.float32]
"""Four corners, clockwise from the text's top left, in pixels of the picture: shape (4, 2)."""
Matrix = NDArray[np.float64]
"""A 3 × 3 homography between pixel frames."""

@dataclass(frozen=True)
class Reply:
    """What a recogniser makes of one line. ``centres`` says, for each character of ``text``, where along the line its middle
    lies (0 left end, 1 right end); empty where the engine does not know. ``scores`` are the characters' own.
    ``alternatives``, where the engine gives any: for each character what it may be instead; none for one that it is sure of."""

    text: str
    confidence: float
    centres: tuple[float, ...] = ()
    scores: tuple[float, ...] = ()
    alternatives: tuple[Others, ...] = ()

class Engine(Protocol):
    """Detection and recognition can be called apart, since most lines of a paper hold no field."""

    name: str

    def detect(self, image: Pixels) -> list[Quad]:
        """Where lines of text stand, in reading order as far as the engine can tell."""
        ...

    def recognise_lines(self, crops: Sequence[Pixels]) -> list[Reply]:
        """The text of each upright crop of one line, in the order given."""
        ...

