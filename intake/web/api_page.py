"""The API's documentation as a plain page, made from its own OpenAPI description: no script, no other site."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from intake.web import api, render
from intake.web.door import Anyone

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Call:
    """One call of the API. ``example`` is a body as JSON, "" where none is sent."""

    method: str
    path: str
    summary: str
    about: str
    example: str


@router.get("/api")
def documentation(visit: Anyone) -> Response:
    described: dict[str, Any] = visit.request.app.openapi()
    groups = [(t["description"], list(_calls(described, t["name"]))) for t in api.TAGS]
    return render.page(visit, "api.html", groups=groups)


def _calls(described: dict[str, Any], tag: str) -> list[Call]:
    out = []
    for path, methods in described["paths"].items():
        for method, call in methods.items():
            if tag in call.get("tags", ()):
                out.append(Call(method.upper(), path, call["summary"], call.get("description", ""), _example(described, call)))
    return out


def _example(described: dict[str, Any], call: dict[str, Any]) -> str:
    schema = call.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    name = schema.get("$ref", "").rpartition("/")[2]
    example = described["components"]["schemas"].get(name, {}).get("example")
    return json.dumps(example, ensure_ascii=False) if example else ""
