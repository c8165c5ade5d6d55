"""Pages recorded as JSON, so that the readers are tested without an engine.

``python tests/extractors/recorded_pages.py FILE …`` records files anew with the engines (name: the file's without its ending).
"""

from __future__ import annotations

import base64
import gzip
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from domain.document import Box, Code, Line, Page, Rule
from extractors.limits import Limits
from extractors.ocr.default import default_engine
from extractors.pages.source import open_source
from extractors.papers import read_papers

FOLDER = Path(__file__).parents[2] / "fixtures" / "recorded"


def edges(b: Box) -> list[float]:
    return [round(v, 5) for v in (b.left, b.top, b.right, b.bottom)]


def dump(page: Page) -> dict[str, Any]:
    """A page as JSON. Of the characters' boxes only the left and right edges differ from the line's."""
    return {
        "number": page.number, "width": page.width, "height": page.height, "source": page.source, "turned": page.turned,
        "displayed": page.displayed, "notes": page.notes,
        "lines": [{"text": n.text, "box": edges(n.box), "confidence": round(n.confidence, 4), "source": n.source,
                   "chars": [[round(c.left, 5), round(c.right, 5)] for c in n.chars], "scores": [round(s, 3) for s in n.scores]}
                  for n in page.lines],
        "codes": [[c.symbology, base64.b64encode(c.payload).decode(), edges(c.box)] for c in page.codes],
        "cells": [edges(c.box) for c in page.cells],
    }


def load(data: dict[str, Any]) -> Page:
    """The page that ``dump`` wrote."""
    lines = []
    for n in data["lines"]:
        box = Box(*n["box"])
        chars = tuple(Box(a, box.top, b, box.bottom) for a, b in n["chars"])
        lines.append(Line(n["text"], box, chars, n["confidence"], n["source"], tuple(n.get("scores", ()))))
    return Page(data["number"], data["width"], data["height"], tuple(lines), data["source"], data["turned"], tuple(data["displayed"]),
                tuple(Code(s, base64.b64decode(p), Box(*b)) for s, p, b in data["codes"]), tuple(Rule(Box(*b)) for b in data["cells"]),
                tuple(data["notes"]))


def names() -> list[str]:
    return sorted(p.name.removesuffix(".pages.json.gz") for p in FOLDER.glob("*.pages.json.gz"))


def reading(name: str) -> list[dict[str, Any]]:
    """What the readers make of the recorded pages today."""
    data = json.loads(gzip.decompress((FOLDER / f"{name}.pages.json.gz").read_bytes()))
    said = data["second"]

    def second(page: int, boxes: Sequence[Box], alphabet: str) -> list[str]:
        return [said.get(spot(page, box), "") for box in boxes]

    return [d.as_json() for d in read_papers([load(p) for p in data["pages"]], second)]


def golden(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((FOLDER / f"{name}.reading.json").read_text(encoding="utf-8"))
    return found


def rewrite(name: str) -> None:
    """Make today's reading the golden one."""
    (FOLDER / f"{name}.reading.json").write_text(json.dumps(reading(name), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def spot(page: int, box: Box) -> str:
    """The key under which the second engine's answer is kept."""
    return f"{page}:{','.join(f'{v:.2f}' for v in edges(box))}"


def record(path: Path) -> None:
    """Read a file with the engines and keep the pages, what the second engine said, and the reading."""
    said: dict[str, str] = {}
    with open_source(path, Limits(), default_engine) as source:
        sheets = list(source.sheets())

        def second(page: int, boxes: Sequence[Box], alphabet: str) -> list[str]:
            texts = sheets[page - 1].second_opinions(boxes, alphabet=alphabet)
            said.update((spot(page, box), text) for box, text in zip(boxes, texts, strict=True))
            return texts

        read_papers([load(json.loads(json.dumps(dump(s.page)))) for s in sheets], second)
        keep(path.stem, [s.page for s in sheets], said)


def keep(name: str, pages: list[Page], said: dict[str, str]) -> None:
    body = json.dumps({"pages": [dump(p) for p in pages], "second": said}, ensure_ascii=False, separators=(",", ":"))
    (FOLDER / f"{name}.pages.json.gz").write_bytes(gzip.compress(body.encode(), 9, mtime=0))
    rewrite(name)


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        record(Path(argument))
