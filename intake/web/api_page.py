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
    """One call of the API. ``example`` is a body as JSON, ``answer`` an answer; "" where there is none, or a file."""

    method: str
    path: str
    summary: str
    about: str
    example: str
    answer: str


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
                out.append(Call(method.upper(), path, call["summary"], call.get("description", ""),
                                _example(call.get("requestBody", {})), _example(_good(call), 1)))
    return out


def _example(part: dict[str, Any], indent: int | None = None) -> str:
    """The example of a body or an answer as JSON, "" where there is none."""
    content = part.get("content", {}).get("application/json", {})
    return json.dumps(content["example"], ensure_ascii=False, indent=indent) if "example" in content else ""


def _good(call: dict[str, Any]) -> dict[str, Any]:
    return next((answer for status, answer in call["responses"].items() if status.startswith("2")), {})
