"""The API's description with an example for every call: ``api_examples.yaml`` is laid over what FastAPI finds in the code.

For each call, by method and path: ``send`` is a body, ``answer`` a good answer, ``file`` the media type where the answer is a file.
A call without its lines, or lines without a call, stop the start.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from fastapi import FastAPI

from domain.errors import DefinitionError

HERE = Path(__file__).with_name("api_examples.yaml")
ROOT = "/api/v1"


@cache
def examples() -> dict[str, Any]:
    """The file: ``parameters`` by name, ``calls`` by "METHOD /path"."""
    loaded: dict[str, Any] = yaml.safe_load(HERE.read_text(encoding="utf-8"))
    return loaded


class Described(FastAPI):
    """An application whose description has examples."""

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            _lay_over(super().openapi())
        return super().openapi()


def _lay_over(described: dict[str, Any]) -> None:
    known, given = examples()["calls"], examples()["parameters"]
    found = {f"{m.upper()} {path.removeprefix(ROOT)}": call for path, calls in described["paths"].items() for m, call in calls.items()}
    if odd := sorted(found.keys() ^ known.keys()):
        raise DefinitionError(HERE.name, f"calls and examples differ: {', '.join(odd)}", "give every call its example")
    for name, call in found.items():
        example = known[name] or {}
        for parameter in call.get("parameters", ()):
            if parameter["name"] in given:
                parameter["example"] = given[parameter["name"]]
        if "send" in example:
            call["requestBody"]["content"]["application/json"]["example"] = example["send"]
        good = next(answer for status, answer in call["responses"].items() if status.startswith("2"))
        if "file" in example:
            good["content"] = {example["file"]: {"schema": {"type": "string", "format": "binary"}}}
        if "answer" in example:
            good.setdefault("content", {}).setdefault("application/json", {"schema": {}})["example"] = example["answer"]
