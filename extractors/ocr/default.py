"""The engine that reads when nobody names another; made once a process, since the weights take a third of a second to load."""

from __future__ import annotations

from functools import cache

from extractors.ocr.engine import Engine
from extractors.ocr.rapid import RapidEngine


@cache
def default_engine() -> Engine:
    return RapidEngine()
